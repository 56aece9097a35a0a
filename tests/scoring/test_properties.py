"""What holds for every evaluation under every rule-book."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import half_up
from jixiao.model.score import Score, ScoreSheet
from jixiao.schemes import list_schemes, load_scheme
from jixiao.schemes.scheme import Rounding, Scheme
from jixiao.scoring import score
from tests.scoring.papers import full_papers
from tests.scoring.sums import fault
from tests.strategies import evaluations

SCHEMES = {name: load_scheme(name) for name in list_schemes()}
CENT = Decimal("0.01")


def schemes() -> st.SearchStrategy[Scheme]:
    return st.sampled_from(sorted(SCHEMES)).map(SCHEMES.__getitem__)


def papers() -> st.SearchStrategy[Evaluation]:
    """Papers with silence anywhere, and papers that print everything."""
    return evaluations() | full_papers()


def all_scores(sheet: ScoreSheet) -> tuple[Score, ...]:
    return (sheet.execution, *sheet.indicators, sheet.total)


@given(papers())
def test_scoring_never_raises_under_any_rule_book(evaluation: Evaluation) -> None:
    for scheme in SCHEMES.values():
        assert len(score(evaluation, scheme).indicators) == len(evaluation.indicators)


@given(papers(), schemes())
def test_every_score_lies_between_its_ends_and_they_between_nothing_and_the_points(
    evaluation: Evaluation, scheme: Scheme
) -> None:
    for found in all_scores(score(evaluation, scheme)):
        assert (found.low is None) == (found.high is None), found
        if found.score is not None:
            assert found.low is not None, found
            assert found.high is not None, found
            assert found.points is not None, found
            assert 0 <= found.low <= found.score <= found.high <= found.points, found
        elif found.low is not None and found.high is not None and found.points is not None:
            assert 0 <= found.low <= found.high <= found.points, found


@given(papers(), schemes())
def test_the_last_step_rounded_half_up_is_the_score(evaluation: Evaluation, scheme: Scheme) -> None:
    for found in all_scores(score(evaluation, scheme)):
        if found.score is not None and found.points is not None:
            value = half_up(found.steps[-1].value, scheme.rounding.places)
            assert min(value, found.points) == found.score, found


@given(full_papers(), schemes())
def test_every_printed_sum_can_be_redone_digit_by_digit(evaluation: Evaluation, scheme: Scheme) -> None:
    for found in all_scores(score(evaluation, scheme)):
        for step in found.steps:
            assert not fault(step.says, step.value), found


@given(papers(), schemes())
def test_a_score_has_steps_and_a_silence_has_a_reason(evaluation: Evaluation, scheme: Scheme) -> None:
    for found in all_scores(score(evaluation, scheme)):
        assert bool(found.because) == (found.score is None), found
        assert found.score is None or found.steps, found


@given(papers(), schemes())
def test_the_total_is_the_sum_of_decided_rows_and_none_beside_an_undecided_one(
    evaluation: Evaluation, scheme: Scheme
) -> None:
    sheet = score(evaluation, scheme)
    if sheet.undecided:
        assert sheet.total.score is None
    elif sheet.total.score is not None and scheme.absent is None:
        parts = [found.score or Decimal(0) for found in (sheet.execution, *sheet.indicators)]
        assert sheet.total.score == sum(parts, Decimal(0))


@given(papers(), schemes(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(
    evaluation: Evaluation, scheme: Scheme, random: Random
) -> None:
    """Save where a rule-book splits a class equally: there the last row gets the odd hundredth."""
    parts = {key: part for key, part in scheme.parts.items() if key != "equal_split"}
    scheme = replace(scheme, parts=parts)
    order = list(range(len(evaluation.indicators)))
    random.shuffle(order)
    mixed = replace(evaluation, indicators=tuple(evaluation.indicators[n] for n in order))
    before, after = score(evaluation, scheme), score(mixed, scheme)
    for found, n in zip(after.indicators, order, strict=True):
        assert replace(found, where="") == replace(before.indicators[n], where="")
    assert (after.total.score, after.total.low, after.total.high) == (
        before.total.score, before.total.low, before.total.high,
    )  # fmt: skip
    assert after.grade == before.grade


def scaled(evaluation: Evaluation, by: int) -> Evaluation:
    """All points multiplied; nothing else is."""
    times = [replace(row, points=row.points * by if row.points is not None else None)
             for row in evaluation.indicators]  # fmt: skip
    points = evaluation.execution.points
    execution = replace(evaluation.execution, points=points * by if points is not None else None)
    return replace(evaluation, indicators=tuple(times), execution=execution)


@given(full_papers(), schemes(), st.integers(2, 9))
def test_scaling_all_points_scales_the_total_up_to_the_rounding_of_its_rows(
    evaluation: Evaluation, scheme: Scheme, by: int
) -> None:
    """Each row is rounded once before and once after: the totals differ by at most (by + 1) half cents a row.

    Left out are papers whose indicators alone make up the full mark: there it is open whether execution counts.
    """
    free = replace(scheme, total=Decimal(-1))
    before, after = score(evaluation, free).total.score, score(scaled(evaluation, by), free).total.score
    assert (before is None) == (after is None)
    if before is not None and after is not None:
        assert abs(after - before * by) <= (by + 1) * CENT / 2 * (len(evaluation.indicators) + 1)


@given(papers(), schemes())
def test_adding_before_rounding_differs_by_less_than_half_a_cent_a_row(
    evaluation: Evaluation, scheme: Scheme
) -> None:
    late = replace(scheme, rounding=Rounding(scheme.rounding.places, round_then_sum=False))
    first, last = score(evaluation, scheme).total.score, score(evaluation, late).total.score
    assert (first is None) == (last is None)
    if first is not None and last is not None:
        assert abs(first - last) <= CENT / 2 * (len(evaluation.indicators) + 2)
