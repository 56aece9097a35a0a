"""The total of a sheet and its grade: never a guess added up.

Rows are added as rounded or exact, as the rule-book says; rows left out may be made up for by scaling the
rest, and a rule-book may cap the total by the execution rate.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from jixiao.model.figure import half_up, tidy
from jixiao.model.score import Grade, Score, Step
from jixiao.schemes.scheme import AbsentRule, GradeBand, Scheme
from jixiao.scoring import explain
from jixiao.scoring.execution import NAME, Ground, in_printed_places, score_amounts
from jixiao.scoring.facts import NOTHING, Facts, mark_of

WHERE = "total_printed"


def total_of(ground: Ground, execution: Score, rows: Sequence[Score], left_out: Decimal) -> Score:
    """Add up the sheet.

    Args:
        ground: the rule-book says how to round, scale and cap.
        execution: its Score, worth 0 where it isn't counted.
        rows: the Scores of the indicators.
        left_out: the points of rows that don't count.

    Returns:
        score None when any row is undecided, with low..high where every row has both.
    """
    counted = (execution, *rows)
    total = _sum(ground, counted)
    if total.score is not None:
        total = _counted_twice(ground, total, execution)
    points = total.points
    absent = ground.scheme.absent
    if absent is not None and absent.rule is AbsentRule.RESCALED and left_out and points:
        total = _rescaled(ground.scheme, total, points)
    return in_printed_places(ground, _capped(ground, total))


def grade_of(scheme: Scheme, total: Score, printed: str | None) -> Grade:
    """Return the total's grade; `agrees` is true when any total in low..high earns the printed word."""
    word = _band_of(scheme.grades, total.score).word if total.score is not None and scheme.grades else None
    claimed = claimed_band(scheme.grades, printed)
    if claimed is None or total.low is None or total.high is None:
        return Grade(word, printed)
    best, worst = _band_of(scheme.grades, total.high), _band_of(scheme.grades, total.low)
    return Grade(word, printed, worst.low <= claimed.low <= best.low)


def _sum(ground: Ground, counted: Sequence[Score]) -> Score:
    scheme, printed = ground.scheme, ground.evaluation.total_printed
    source = scheme.sources.get("total", scheme.rounding_source)
    points = _added([s.points for s in counted])
    low, high = _added([s.low for s in counted]), _added([s.high for s in counted])
    if low is None or high is None:
        low = high = None
    shown = _added([s.score for s in counted])
    if shown is None or low is None or high is None:
        return Score(points, None, low, high, printed, "sum", (), source, _why_open(counted), None, WHERE)
    exact = Fraction(*shown.as_integer_ratio())
    if not scheme.rounding.round_then_sum:
        exact = sum((s.steps[-1].value for s in counted if s.steps), NOTHING)
        shown = half_up(exact, scheme.rounding.places)
        low, high = min(low, shown), max(high, shown)
    step = explain.sum_up([s.score for s in counted if s.score is not None], exact, shown)
    return Score(points, shown, low, high, printed, "sum", (step,), source, "", None, WHERE)


def _added(listed: Sequence[Decimal | None]) -> Decimal | None:
    """Add up, None where one of them is."""
    total = Decimal(0)
    for figure in listed:
        if figure is None:
            return None
        total += figure
    return total


def _why_open(counted: Sequence[Score]) -> str:
    names = [s.level3 or s.where for s in counted if s.score is None]
    if not names:
        return ""
    shown = "、".join(f"“{name}”" for name in names[:3])
    return f"{shown}{'等' if len(names) > 3 else ''} {len(names)} 行不能计分，合计也不能得出"  # noqa: PLR2004 three fit a line


def _counted_twice(ground: Ground, total: Score, execution: Score) -> Score:
    """Leave the total open where the indicators make up the full mark and execution prints points besides."""
    full, points = ground.scheme.total, execution.points
    if not points or total.points != full + points or total.low is None or execution.low is None:
        return total
    because = f"指标分值合计已是 {full:f} 分，{NAME}另有 {points:f} 分，看不出是否计入总分：请核对分值"
    low = total.low - execution.low
    return replace(total, score=None, low=low, steps=(), because=because)


def _rescaled(scheme: Scheme, total: Score, points: Decimal) -> Score:
    """Scale the rows that count to the full mark."""
    by, places = Fraction(scheme.total) / Fraction(points), scheme.rounding.places
    low, high = (
        None if end is None else half_up(Fraction(end) * by, places) for end in (total.low, total.high)
    )
    told, score = total.steps, None
    if total.score is not None:
        value = Fraction(total.score) * by
        score = half_up(value, places)
        told = (
            *told,
            Step(
                f"{total.score:f} ÷ {points:f} × {scheme.total:f} = {score:f}（不计分的行剔除，其余折算）",
                value,
            ),
        )
    return Score(
        scheme.total, score, low, high, total.printed, "sum", told, total.source, total.because, None, WHERE
    )


def _capped(ground: Ground, total: Score) -> Score:
    """Hold the total under the rule-book's cap by execution rate, where it has one."""
    part = ground.scheme.parts.get("total_cap")
    if part is None or total.low is None or total.high is None:
        return total
    places = ground.scheme.rounding.places
    facts = Facts(*mark_of(ground.scheme.total, places), places, level3=NAME, where=WHERE)
    cap = score_amounts(ground, facts, part)
    if cap.low is None or cap.high is None:
        return Score(
            total.points,
            None,
            None,
            None,
            total.printed,
            "sum",
            total.steps,
            total.source,
            total.because or cap.because,
            None,
            WHERE,
        )
    low, high = min(total.low, cap.low), min(total.high, cap.high)
    score = min(total.score, cap.score) if total.score is not None and cap.score is not None else None
    told = total.steps
    if score is not None and total.score is not None and score < total.score:
        told = (
            *told,
            Step(
                f"{total.score:f} 高于总分上限 {score:f}（{part.says or part.source}），取 {score:f}",
                Fraction(score),
            ),
        )
    because = total.because or (cap.because if score is None else "")
    return Score(
        total.points, score, low, high, total.printed, "sum", told, total.source, because, None, WHERE
    )


def _band_of(grades: Sequence[GradeBand], total: Decimal) -> GradeBand:
    return next((band for band in grades if total >= band.low), grades[-1])


def claimed_band(grades: Sequence[GradeBand], printed: str | None) -> GradeBand | None:
    """Return the band whose word a printed grade is, None where it is none of them."""
    word = tidy(printed or "").strip("“”\"'。.;；:：").removesuffix("等级").removesuffix("等")
    return next((band for band in grades if word and word in (band.word, *band.also)), None)
