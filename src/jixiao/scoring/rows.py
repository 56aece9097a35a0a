"""One indicator row: what it is worth, which part of the rule-book scores it, and its score.

The part is chosen by the row's names first (`applies`), then by what its target is.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from jixiao.model.evaluation import Indicator
from jixiao.model.score import Score, Step
from jixiao.model.target import AtLeast, AtMost, Before, Between, Exactly, Qualitative, Target, Unclear
from jixiao.schemes.scheme import Method, Part
from jixiao.scoring import execution
from jixiao.scoring.execution import Ground, in_printed_places
from jixiao.scoring.facts import Facts, award_all, mark_of, rounded, undecided
from jixiao.scoring.methods import METHODS, deadline
from jixiao.scoring.proportions import REPEATED, repeats
from jixiao.scoring.tiers import award_tier
from jixiao.scoring.words import label_of, within

WITHOUT_TARGET = (Method.BANDS, Method.RUBRIC, Method.STEPS, Method.ASSESSED)
FOR_FIGURES = (Method.RATIO, Method.INVERSE_RATIO, Method.LINEAR_EXCESS, Method.BANDS, Method.STEPS)


def names_of(row: Indicator) -> str:
    """Return the row's level-2 to level-4 names, joined."""
    return f"{row.level2 or ''} {row.level3 or ''} {row.level4 or ''}"


def holds_execution(ground: Ground, row: Indicator) -> bool:
    """Tell whether the row is budget execution itself, counted among the indicators."""
    part = ground.scheme.parts["execution"]
    if row.target is not None and not part.applies:
        return False
    names = names_of(row)
    return within(names, part.applies) or (row.target is None and execution.NAME in names)


def score_row(
    ground: Ground, row: Indicator, where: str, points: Decimal | None, told: tuple[Step, ...] = ()
) -> Score:
    """Score one indicator row.

    Args:
        ground: the rule-book and the evaluation that the row belongs to.
        row: the row as read.
        where: its field path, "indicators.3".
        points: what it is worth, None where neither paper nor rule-book says.
        told: the steps that say where the points come from, if not from the row.
    """
    if points is None or points < 0:
        because = "分值未印或无法辨认" if points is None else f"分值 {points:f} 小于零"
        return Score(points, None, printed=row.score_printed, because=because, level3=row.level3, where=where)
    places = ground.scheme.rounding.places
    facts = Facts(
        *mark_of(points, places),
        places,
        row.target,
        row.actual,
        None,
        names_of(row),
        ground.evaluation.year,
        row.score_printed,
        row.level3,
        where,
        told,
    )
    return in_printed_places(ground, _deducted(ground, row, facts, _scored(ground, row, facts)))


def _scored(ground: Ground, row: Indicator, facts: Facts) -> Score:
    part = _specific(ground, row, facts)
    if part is not None:
        if by_amounts(part):
            return execution.score_amounts(ground, facts, part)
        if part.method in WITHOUT_TARGET or (facts.target is not None and facts.actual is not None):
            return METHODS[part.method](facts, part)
    target = facts.target
    part = _part_for(ground.scheme.parts, target)
    if facts.actual is None:
        missing = "实际完成值" if target is not None else "指标值和实际完成值"
        return undecided(facts, part, f"{missing}未填或无法辨认")
    if facts.actual.figure is None and not isinstance(target, Qualitative):
        qualitative = ground.scheme.parts["qualitative"]
        tier = label_of(facts.actual.text, qualitative.tiers)
        if tier is not None:
            return award_tier(facts, qualitative, tier)
    if target is None:
        return undecided(facts, part, "指标值未填或无法辨认")
    return _by_target(facts, part, target)


def _by_target(facts: Facts, part: Part, target: Target) -> Score:
    match target:
        case Unclear():
            if repeats(facts):
                return award_all(facts, part, REPEATED)
            return undecided(facts, part, f"指标值“{target.text}”不能判定：{target.why}")
        case Before():
            return deadline(facts, part)
        case _:
            return METHODS[part.method](facts, part)


def _part_for(parts: Mapping[str, Part], target: Target | None) -> Part:
    match target:
        case AtLeast() | Unclear() | None:
            return parts["positive"]
        case AtMost():
            return parts["negative"]
        case Exactly():
            return parts["exact"]
        case Between():
            return parts["interval"]
        case Before():
            return parts["deadline"]
        case Qualitative():
            return parts["qualitative"]
        case _:
            assert_never(target)


def _specific(ground: Ground, row: Indicator, facts: Facts) -> Part | None:
    """Return the part that names this row; words beside a part for figures go to the part of their kind."""
    if row.target is None and execution.NAME in facts.names:
        return ground.scheme.parts["execution"]
    part = part_named(ground, facts.names)
    if part is None:
        return None
    figureless = facts.actual is None or facts.actual.figure is None
    wordy = isinstance(facts.target, Qualitative | Before | Unclear) and figureless
    return None if wordy and part.method in FOR_FIGURES and not by_amounts(part) else part


def part_named(ground: Ground, names: str) -> Part | None:
    """Return the first part for rows of these names (`names_of`), None where no part names them."""
    return next((part for part in ground.specific if within(names, part.applies)), None)


def by_amounts(part: Part) -> bool:
    """Tell whether a part scores by amounts of the fund block, not by target and actual."""
    return part.key == "execution" or (part.numerator, part.denominator) != ("executed", "annual")


def _deducted(ground: Ground, row: Indicator, facts: Facts, score: Score) -> Score:
    """Take the paper's own 扣分 off, where the rule-book has such a column."""
    off, part = row.deduction_printed, ground.scheme.parts.get("deduction")
    if part is None or not off or off < 0 or score.score is None:
        return score
    exact = score.steps[-1].value - Fraction(off)
    low, high = (rounded(Fraction(end or 0) - Fraction(off), facts) for end in (score.low, score.high))
    value = max(exact, Fraction(0))
    kept = rounded(value, facts)
    step = Step(f"{score.score:f} - {off:f} = {kept:f}（扣分栏，{part.source}）", value)
    return Score(
        facts.points,
        kept,
        min(low, kept),
        max(high, kept),
        score.printed,
        score.method,
        (*score.steps, step),
        score.source,
        "",
        score.level3,
        score.where,
    )
