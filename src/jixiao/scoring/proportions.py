"""Numeric targets: what an actual that misses earns, as a share of the points, and how it is said.

Held here: ratio, inverse_ratio, linear_excess, all_or_nothing, met_only. All take a row with a numeric
target; a met target earns all the points under each of them. Units of target and actual may differ by a
factor (万元 and 元).
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from jixiao.model.figure import half_up, tidy
from jixiao.model.score import Score, Step
from jixiao.model.target import Between, Exactly
from jixiao.schemes.scheme import Method, Part, ZeroTarget
from jixiao.scoring import explain, formulas
from jixiao.scoring.facts import (
    NOTHING,
    ONE,
    Facts,
    allowed,
    anything,
    award,
    award_all,
    award_nothing,
    award_within,
    earned,
    fails,
    rate_first,
    rounded,
    undecided,
)
from jixiao.scoring.formulas import Formula
from jixiao.scoring.measure import NUMERIC, Hedge, Measured, Side, measure, product_rounded
from jixiao.scoring.words import smaller_may_be_better

REPEATED = "实际完成值与指标值写法相同，视为达到指标值"


class Taken(NamedTuple):
    """What a sum earns in the end: its exact value and the rounded score."""

    value: Fraction
    score: Decimal


def ratio(facts: Facts, part: Part) -> Score:
    """Score 完成值 ÷ 指标值 × 分值, never more than the points.

    An interval missed from above earns 上限 ÷ 完成值; an exact target that is exceeded counts as met. A row
    whose direction can't be told (成本 5万元 without a sign, 4万元 spent) is undecided. A target of at most
    can't be scored so.

    Args:
        facts: a numeric target and an actual, of units of one kind.
        part: `pass_threshold` is the least rate that earns anything, `zero_target` what a target of 0 earns.

    Returns:
        0 <= low <= score <= high <= points; undecided with the reason for unlike units, hedged or missing
        figures.

    Source:
        `part.source`.
    """
    return _scored(facts, part, formulas.by_ratio)


def inverse_ratio(facts: Facts, part: Part) -> Score:
    """Score 指标值 ÷ 完成值 × 分值, never more than the points: 100 ÷ 120 × 10 = 8.33.

    Shape, units and undecided cases as in `ratio`; a target of at least can't be scored so.

    Source:
        `part.source`.
    """
    return _scored(facts, part, formulas.by_inverse)


def linear_excess(facts: Facts, part: Part) -> Score:
    """Score 分值 × (1 - (完成值 - 指标值) ÷ 指标值), never below 0: nothing at twice the target.

    Shape, units and undecided cases as in `ratio`; a target of at least can't be scored so.

    Source:
        `part.source`.
    """
    return _scored(facts, part, formulas.by_excess)


def all_or_nothing(facts: Facts, part: Part) -> Score:
    """Score 直接赋分: all the points when the target is met, else none.

    Undecided for unlike units, hedged or missing figures, as in `ratio`.

    Source:
        `part.source`.
    """
    return _scored(facts, part, formulas.by_nothing)


def met_only(facts: Facts, part: Part) -> Score:
    """Score a met target with all the points; the text doesn't say what a miss earns.

    A missed target is undecided; low and high are then what the formulas known elsewhere give.

    Source:
        `part.source`.
    """
    return _scored(facts, part, formulas.by_no_rule)


def repeats(facts: Facts) -> bool:
    """Tell whether the actual repeats the target's own words."""
    return (
        facts.actual is not None
        and facts.target is not None
        and tidy(facts.actual.text) == tidy(facts.target.text)
    )


def _scored(facts: Facts, part: Part, formula: Formula) -> Score:
    target, actual = facts.target, facts.actual
    if actual is None:
        return undecided(facts, part, "实际完成值未填或无法辨认")
    if not isinstance(target, NUMERIC):
        return undecided(facts, part, "指标值不是一个数值，不能按数值计分")
    if actual.figure is None and repeats(facts):
        return award_all(facts, part, REPEATED)
    found = measure(target, actual)
    if isinstance(found, str):
        return undecided(facts, part, found)
    if found.told:
        facts = facts._replace(told=(*facts.told, *found.told))
    if part.actual_floor is not None and found.value < part.actual_floor:
        facts, found = _floored(facts, found, part.actual_floor)
    if found.hedge is not Hedge.NONE:
        return _hedged(facts, part, found, formula)
    return _plain(facts, part, found, formula)


def _plain(facts: Facts, part: Part, found: Measured, formula: Formula) -> Score:
    side = found.side(found.value)
    if _divides_by_zero(found, side, part.method):
        return _zero_target(facts, part, found)
    if side is not Side.MET:
        target = facts.target
        if isinstance(target, Exactly) and smaller_may_be_better(facts.names, target.value.value):
            return _either_way(facts, part, found, formula)
        return _missed(facts, part, found, formula)
    score = facts.top
    step = _met_step(facts, part.method, found, Taken(facts.full, score))
    if found.least is found.most or found.side(found.least) is found.side(found.most) is Side.MET:
        return award(facts, part, score, step)
    return award_within(facts, part, score, _ends(facts, part, found, formula), step)


def _missed(facts: Facts, part: Part, found: Measured, formula: Formula) -> Score:
    side = found.side(found.value)
    share = formula(found, side, found.value)
    if share is None:
        return undecided(facts, part, _no_formula(facts, part.method), *_known_ends(facts, found, side))
    value = earned(facts, part, share)
    score = rounded(value, facts)
    steps = _missed_steps(facts, part, found, share, Taken(value, score))
    if found.least is not found.most:
        return award_within(facts, part, score, _ends(facts, part, found, formula), *steps)
    return award_within(facts, part, score, rate_first(facts, part, share), *steps)


def _ends(facts: Facts, part: Part, found: Measured, formula: Formula) -> Iterable[Decimal]:
    """Yield the scores at both ends of the print."""
    sides = set()
    for value in (found.least, found.most):
        side = found.side(value)
        sides.add(side)
        share = ONE if side is Side.MET else formula(found, side, value)
        if share is not None:
            yield from allowed(facts, part, share)
    if len(sides) > 1:
        yield facts.top


def _known_ends(facts: Facts, found: Measured, side: Side) -> tuple[Decimal, ...]:
    """Return what the known formulas give for a miss that the text leaves open; nothing where none fits."""
    known = (formulas.below,) if side is Side.BELOW else (formulas.inverse, formulas.linear)
    shares = [share for share in (formula(found, found.value) for formula in known) if share is not None]
    if not shares or (found.hi == 0 and side is Side.ABOVE):
        return ()
    if found.lo == found.hi:
        shares.append(ONE)
    points = facts.full
    return tuple(rounded(points * max(share, NOTHING), facts) for share in shares)


def _either_way(facts: Facts, part: Part, found: Measured, formula: Formula) -> Score:
    """Score an exact target of which a smaller actual may be a saving: undecided unless = is printed."""
    target = facts.target
    known = (*_known_ends(facts, found, found.side(found.value)), facts.top)
    if isinstance(target, Exactly) and target.stated:
        score = _missed(facts, part, found, formula)
        if score.score is None or score.low is None or score.high is None:
            return score
        return replace(score, low=min(score.low, *known), high=max(score.high, *known))
    because = (
        f"指标值“{target.text if target else ''}”没有写符号，看不出应当不高于还是不低于它：请核对指标性质"
    )
    return undecided(facts, part, because, *known)


def _hedged(facts: Facts, part: Part, found: Measured, formula: Formula) -> Score:
    """Score an actual such as ≥95% or 至少 30人: decided only when every value it allows earns the same."""
    actual = facts.actual.text if facts.actual is not None else ""
    because = f"实际完成值“{actual}”不是确定的数：请填实际数"
    if found.hedge is Hedge.ABOUT:
        return undecided(facts, part, because, *anything(facts))
    if _divides_by_zero(found, found.side(found.value), part.method):
        return undecided(facts, part, because, *anything(facts))
    shares = _allowed_shares(found, formula)
    if None in shares:
        return undecided(facts, part, because)
    known = [earned(facts, part, share) for share in shares if share is not None]
    if min(known) == max(known) == facts.points:
        target = facts.target.text if facts.target is not None else ""
        return award_all(facts, part, f"实际完成值“{actual}”，达到指标值“{target}”")
    return undecided(facts, part, because, *(rounded(value, facts) for value in known))


def _allowed_shares(found: Measured, formula: Formula) -> tuple[Fraction | None, ...]:
    """Return the shares at the print, at the far end of the hedge, and 1 where the target lies between."""
    up = found.hedge is Hedge.UP
    side = found.side(found.value)
    near = ONE if side is Side.MET else formula(found, side, found.value)
    if up:
        far = (
            ONE
            if found.hi is None
            else formula(found, Side.ABOVE, max(found.hi, abs(found.value), Decimal(1)) * _FAR)
        )
        between = found.hi is not None and found.value <= found.hi
    else:
        far = ONE if found.lo is None else formula(found, Side.BELOW, Decimal(0))
        between = found.lo is not None and found.value >= found.lo
    far = max(far, NOTHING) if far is not None else None
    return (near, far, ONE) if between else (near, far)


_FAR = Decimal(10) ** 9


def _divides_by_zero(found: Measured, side: Side, method: Method) -> bool:
    """Tell whether the method would divide by a target of zero; a miss of =0 has no formula either."""
    if method in (Method.ALL_OR_NOTHING, Method.MET_ONLY):
        return False
    if found.hi is None:
        return found.lo == 0
    if found.lo is None:
        return found.hi == 0 and side is Side.ABOVE and method is Method.LINEAR_EXCESS
    return found.lo == found.hi == 0 and side is not Side.MET


def _zero_target(facts: Facts, part: Part, found: Measured) -> Score:
    none = found.value <= 0
    match part.zero_target:
        case ZeroTarget.UNDECIDED:
            return undecided(facts, part, "指标值为零，口径没有规定怎样计分", *anything(facts))
        case ZeroTarget.FULL:
            return award_all(facts, part, "指标值为零，口径规定按完成计")
        case ZeroTarget.FULL_IF_NONE if none:
            return award_all(facts, part, "指标值为零，实际完成值不大于零")
        case ZeroTarget.FULL_IF_NONE:
            return award_nothing(facts, part, "指标值为零，实际完成值大于零")
        case ZeroTarget.AS_ONE:
            one = Decimal(1)
            swap = found._replace(
                lo=one if found.lo is not None else None, hi=one if found.hi is not None else None
            )
            told = facts._replace(told=(*facts.told, Step("指标值为零，按 1 计算", ONE)))
            return _plain(told, part, swap, _FORMULAS[part.method])


def _floored(facts: Facts, found: Measured, floor: Decimal) -> tuple[Facts, Measured]:
    step = Step(f"实际完成值 {found.value:f} 按 {floor:f} 计", Fraction(floor))
    return facts._replace(told=(*facts.told, step)), found._replace(value=floor, least=floor, most=floor)


def _no_formula(facts: Facts, method: Method) -> str:
    target = facts.target.text if facts.target is not None else ""
    if method is Method.MET_ONLY:
        return f"未达到指标值“{target}”，而口径没有规定未达到时怎样计分"
    return f"未达到指标值“{target}”，口径的算法用不到这样的指标值上"


def _met_step(facts: Facts, method: Method, found: Measured, taken: Taken) -> Step:
    value = found.value
    bound = found.lo if method is Method.RATIO else found.hi if method is Method.INVERSE_RATIO else None
    if bound is None or bound <= 0 or value <= 0 or isinstance(facts.target, Between):
        actual, target = (facts.actual, facts.target)
        words = f"实际完成值“{actual.text if actual else ''}”，达到指标值“{target.text if target else ''}”"
        return explain.met(words, taken.value, taken.score)
    over, under = (value, bound) if method is Method.RATIO else (bound, value)
    return _sum(facts, over, under, taken)


def _sum(facts: Facts, over: Decimal, under: Decimal, taken: Taken) -> Step:
    """Say over ÷ under × points, and what is taken of it where it comes to more or less."""
    ends = f"{taken.score}"
    if over != under:
        result = product_rounded(facts.full, over, under, facts.places)
        ends = explain.comes_to(result, taken.score)
    return explain.proportion(over, under, facts.points, taken.value, ends)


def _missed_steps(
    facts: Facts, part: Part, found: Measured, share: Fraction, taken: Taken
) -> tuple[Step, ...]:
    side = found.side(found.value)
    bound = found.lo if side is Side.BELOW else found.hi
    if part.method is Method.ALL_OR_NOTHING or bound is None:
        return (explain.nothing(_miss_words(facts)),)
    rising = side is Side.BELOW or (part.method is Method.RATIO and found.lo == found.hi)
    over, under = (found.value, bound) if rising else (bound, found.value)
    if part.pass_threshold is not None and fails(part, share):
        below = f"低于合格线 {explain.per_cent(part.pass_threshold)}"
        return explain.rate(f"{over:f}", f"{under:f}", share), explain.nothing(below)
    if part.method is Method.LINEAR_EXCESS and side is Side.ABOVE:
        ends = explain.comes_to(half_up(facts.full * share, facts.places), taken.score)
        return (explain.excess(bound, found.value, facts.points, taken.value, ends),)
    return (_sum(facts, over, under, taken),)


def _miss_words(facts: Facts) -> str:
    actual, target = facts.actual, facts.target
    return f"实际完成值“{actual.text if actual else ''}”，未达到指标值“{target.text if target else ''}”"


_FORMULAS: dict[Method, Formula] = {
    Method.RATIO: formulas.by_ratio,
    Method.INVERSE_RATIO: formulas.by_inverse,
    Method.LINEAR_EXCESS: formulas.by_excess,
}
