"""Hypothesis strategies for what is said about a filing: scores, findings and reviews."""

from functools import cache

from hypothesis import strategies as st

from jixiao.model.citation import Citation
from jixiao.model.finding import Finding, Fix, Origin, Severity, Swap
from jixiao.model.review import Review
from jixiao.model.score import Grade, Score, ScoreSheet, Step
from tests.printed import decimals, rows_of, silent
from tests.strategies import filings


@cache
def citations() -> st.SearchStrategy[Citation]:
    return st.builds(
        Citation, st.sampled_from(("", "财预〔2020〕10号")), st.sampled_from(("", "表后注3")), st.booleans()
    )


@cache
def scores() -> st.SearchStrategy[Score]:
    mark = silent(decimals("0", "30"))
    step = st.builds(Step, st.just("17 ÷ 20 × 10 = 8.50"), st.fractions(max_denominator=10**6))
    return st.builds(
        Score, mark, mark, mark, mark, mark, st.sampled_from(("", "ratio")), rows_of(step, 0, 3), citations(),
        st.sampled_from(("", "完成值未填")), silent(st.just("培训人数")), st.sampled_from(("", "indicators.0")),
    )  # fmt: skip


@cache
def score_sheets() -> st.SearchStrategy[ScoreSheet]:
    word = silent(st.sampled_from(("优", "良")))
    return st.builds(
        ScoreSheet, st.just("national-2020"), st.just("没有更合适的口径"), st.booleans(), scores(), rows_of(scores()), scores(),
        st.builds(Grade, word, word, silent(st.booleans())),
    )  # fmt: skip


@cache
def findings() -> st.SearchStrategy[Finding]:
    text = silent(st.just("8.84"))
    swaps = rows_of(
        st.builds(Swap, st.just("sections.0"), st.just("〔2023〕5号"), st.just("[2023]5号")), 0, 2
    )
    return st.builds(
        Finding, st.sampled_from(("AR01", "SC04")), st.just("total-is-not-the-sum"), st.sampled_from(Severity),
        st.sampled_from(Origin), st.integers(0, 3), st.just("indicators.0"), st.just("合计不符"), st.just("100"), text, text,
        silent(st.tuples(decimals(), decimals())), citations(), silent(st.just("national-2020")),
        silent(st.builds(Fix, st.just("改为"), text, st.booleans(), st.just(""), swaps)), st.sampled_from(("", "合计")),
    )  # fmt: skip


@cache
def reviews() -> st.SearchStrategy[Review]:
    return st.builds(
        Review,
        filings(),
        silent(score_sheets()),
        rows_of(findings()),
        st.just("national-2020"),
        st.just("0f"),
    )
