"""The score sheet of one evaluation under one rule-book: execution, every row, total and grade."""

from collections.abc import Mapping
from decimal import Decimal

from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.finding import FieldPath
from jixiao.model.score import Score, ScoreSheet, Step
from jixiao.schemes.scheme import Scheme
from jixiao.scoring.execution import Ground, score_execution
from jixiao.scoring.facts import Facts, award, mark_of
from jixiao.scoring.rows import holds_execution, score_row
from jixiao.scoring.totals import grade_of, total_of
from jixiao.scoring.worth import Worth, worths


def score(
    evaluation: Evaluation, scheme: Scheme, *, why: str = "", supplied: Mapping[FieldPath, str] | None = None
) -> ScoreSheet:
    """Score an evaluation under a rule-book.

    Args:
        evaluation: the table's content; amounts and figures in their printed units.
        scheme: the rule-book, all inheritance resolved.
        why: the Chinese sentence that says why this rule-book was chosen; it goes into the sheet as it is.
        supplied: field paths ("funds.total.annual") that another paper of the filing supplied, each with
            the sentence that says so; the steps repeat it.

    Returns:
        a Score per indicator in the paper's order; 0 <= low <= score <= high <= points in each. What can't
        be decided has score None and the reason, and then the total is None too. Nothing is ever raised.
    """
    specific = tuple(part for part in scheme.parts.values() if part.applies)
    ground = Ground(evaluation, scheme, supplied or {}, specific)
    worth = worths(ground)
    rows = tuple(_row(ground, row, n, worth[n]) for n, row in enumerate(evaluation.indicators))
    execution = score_execution(ground, _where_execution_is(ground), _sum_of_points(worth))
    left_out = sum((w.points for w in worth if w.out and w.points is not None), Decimal(0))
    total = total_of(ground, execution, rows, left_out)
    grade = grade_of(scheme, total, evaluation.grade_printed)
    return ScoreSheet(scheme.id, why, scheme.verified, execution, rows, total, grade)


def _row(ground: Ground, row: Indicator, n: int, worth: Worth) -> Score:
    where = f"indicators.{n}"
    if worth.out:
        return _left_out(ground, row, where, worth.out)
    return score_row(ground, row, where, worth.points, worth.told)


def _left_out(ground: Ground, row: Indicator, where: str, out: str) -> Score:
    places = ground.scheme.rounding.places
    mark = mark_of(Decimal(0), places)
    facts = Facts(*mark, places, printed=row.score_printed, level3=row.level3, where=where)
    return award(facts, ground.scheme.parts["positive"], mark.top, Step(out, mark.full))


def _where_execution_is(ground: Ground) -> str:
    """Say which indicator row holds budget execution, empty when none does."""
    for row in ground.evaluation.indicators:
        if holds_execution(ground, row):
            return f"预算执行率已在指标“{row.level4 or row.level3 or row.level2}”一行计分，不另计分"
    return ""


def _sum_of_points(worth: tuple[Worth, ...]) -> Decimal | None:
    total = Decimal(0)
    for row in worth:
        if row.points is None and not row.out:
            return None
        total += row.points if row.points is not None and not row.out else 0
    return total if worth else None
