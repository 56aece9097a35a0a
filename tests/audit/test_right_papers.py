"""No error on papers whose arithmetic is right, under any rule-book; and every fault put into one is found."""

import os
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from jixiao.audit import audit
from jixiao.audit.rule import Case
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.figure import figure_of
from jixiao.model.finding import Finding, Severity
from jixiao.schemes import list_schemes, load_scheme
from jixiao.schemes.scheme import Scheme
from tests.audit.right_papers import right_case, with_paper

MANY = int(os.environ.get("JIXIAO_RIGHT_PAPERS", "60"))
BOOKS = [load_scheme(getattr(one, "id", str(one))) for one in list_schemes()]
HUAIYUAN = load_scheme("anhui-huaiyuan")


def errors(case: Case) -> list[Finding]:
    return [f for f in audit(case.filing, case.sheet, case.scheme) if f.severity is Severity.ERROR]


@pytest.mark.parametrize("scheme", BOOKS, ids=lambda scheme: scheme.id)
def test_a_right_paper_has_no_error(scheme: Scheme) -> None:
    no_error(scheme, 4)


@pytest.mark.slow
@pytest.mark.parametrize("scheme", BOOKS, ids=lambda scheme: scheme.id)
def test_none_of_many_right_papers_has_an_error(scheme: Scheme) -> None:
    no_error(scheme, MANY)


def no_error(scheme: Scheme, papers: int) -> None:
    rng = Random(scheme.id)
    for _ in range(papers):
        case = right_case(rng, scheme)
        assert not errors(case), [(f.code, f.says) for f in errors(case)]


Spoil = Callable[[Evaluation, Random], Evaluation]


def spoil_total(paper: Evaluation, rng: Random) -> Evaluation:
    return replace(paper, total_printed=(paper.total_printed or Decimal(0)) - rng.randrange(1, 9))


def spoil_points(paper: Evaluation, rng: Random) -> Evaluation:
    return _with_row(paper, 0, points=(paper.indicators[0].points or Decimal(0)) + rng.randrange(2, 9))


def spoil_over(paper: Evaluation, rng: Random) -> Evaluation:
    return _with_row(paper, 1, score_printed=(paper.indicators[1].points or Decimal(0)) + rng.randrange(1, 9))


def spoil_rate(paper: Evaluation, rng: Random) -> Evaluation:
    rate = paper.execution.rate_printed
    assert rate is not None
    wrong = rate.value - rng.randrange(3, 20)
    return replace(paper, execution=replace(paper.execution, rate_printed=figure_of(f"{wrong:f}", rate.unit)))


def spoil_source(paper: Evaluation, rng: Random) -> Evaluation:
    line = paper.funds.fiscal
    assert line is not None
    assert line.annual is not None
    wrong = replace(line.annual, value=line.annual.value + 1 + rng.randrange(9))
    return replace(paper, funds=replace(paper.funds, fiscal=replace(line, annual=wrong)))


def spoil_zero(paper: Evaluation, rng: Random) -> Evaluation:  # noqa: ARG001 - the shape of all spoils
    assert paper.funds.total is not None
    zero = figure_of("0.00", paper.funds.unit)
    return replace(paper, funds=replace(paper.funds, total=replace(paper.funds.total, annual=zero)))


def _with_row(paper: Evaluation, at: int, **cells: Decimal) -> Evaluation:
    rows: list[Indicator] = list(paper.indicators)
    rows[at] = replace(rows[at], **cells)  # type: ignore[arg-type]
    return replace(paper, indicators=tuple(rows))


@pytest.mark.parametrize(
    ("spoil", "code"),
    [(spoil_total, "AR04"), (spoil_points, "AR01"), (spoil_over, "AR03"), (spoil_rate, "AR05"),
     (spoil_source, "FD01"), (spoil_zero, "FD10")],
)  # fmt: skip
def test_a_fault_put_into_a_right_paper_is_certain(spoil: Spoil, code: str) -> None:
    rng = Random(code)
    for _ in range(8):
        case = right_case(rng, HUAIYUAN)
        assert case.evaluation is not None
        spoiled = with_paper(case, spoil(case.evaluation, rng))
        assert code in {f.code for f in errors(spoiled)}, [f.says for f in errors(spoiled)]


@pytest.mark.slow
def test_a_wrong_row_score_is_found_under_the_verified_articles() -> None:
    rng, seen = Random("row"), 0
    for _ in range(60):
        case = right_case(rng, HUAIYUAN)
        assert case.evaluation is not None
        assert case.sheet is not None
        for at, mark in enumerate(case.sheet.indicators):
            row = case.evaluation.indicators[at]
            if (
                not mark.source.verified
                or mark.low is None
                or mark.method not in {"ratio", "inverse_ratio"}
                or mark.low < 3
            ):
                continue
            wrong = with_paper(case, _with_row(case.evaluation, at, score_printed=mark.low - 2))
            told = [
                f
                for f in audit(wrong.filing, wrong.sheet, wrong.scheme)
                if f.where == f"indicators.{at}.score_printed"
            ]
            assert [f.code for f in told if f.code in {"AR07", "SC01", "SC02", "SC03", "SC04"}], (row, told)
            seen += 1
    assert seen > 100
