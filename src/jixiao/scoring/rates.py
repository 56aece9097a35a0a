"""Rates: execution and arrival out of the fund block, and rows scored by the band that a rate falls into."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jixiao.model.figure import Figure, half_up
from jixiao.model.score import Score, Step
from jixiao.model.target import Before, Qualitative, Unclear
from jixiao.schemes.scheme import Band, Part, ZeroTarget
from jixiao.scoring import explain
from jixiao.scoring.facts import (
    NOTHING,
    ONE,
    Amounts,
    Facts,
    allowed,
    anything,
    award_all,
    award_nothing,
    award_within,
    earned,
    fails,
    rate_first,
    rounded,
    undecided,
)
from jixiao.scoring.measure import Hedge, hedge_of, some_bound

_RATE_PLACES = 4
_RATE = 10**_RATE_PLACES


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of 1 and the ends of what printing left open, with the steps that lead to it."""

    value: Fraction
    least: Fraction
    most: Fraction
    told: tuple[Step, ...] = ()


def amounts_ratio(facts: Facts, part: Part) -> Score:
    """Score a rate of amounts (预算执行率, 资金到位率): points × rate, a rate above 1 counting as 1.

    Args:
        facts: `amounts` of one currency, each open by half its last printed place; equal amounts give
            exactly 1.
        part: `zero_target` is what a base of 0 earns, `pass_threshold` the least rate that earns anything.

    Returns:
        low..high covers both ends of the printed amounts, and a rate rounded to 0.01% before it is used;
        undecided when the base is zero (unless the rule-book says more) or negative.

    Source:
        `part.source`.
    """
    rate = _amounts_rate(facts, part)
    if isinstance(rate, Score):
        return rate
    value = earned(facts, part, rate.value)
    score = rounded(value, facts)
    ends: Iterable[Decimal] = ()
    if rate.least is not rate.most:
        ends = (end for rate_ in (rate.least, rate.most) for end in allowed(facts, part, rate_))
    steps = (*rate.told, *_last_steps(facts, part, rate.value, value, score))
    return award_within(facts, part, score, ends, *steps)


def bands(facts: Facts, part: Part) -> Score:
    """Score the band that a rate falls into: of the amounts, or the row's actual (a satisfaction of 92%).

    Args:
        facts: `amounts`, or an actual in per cent (without a unit only beside a target in per cent).
        part: `bands` from high to low, of rates of 1. A band with a condition (`needs`) that amounts can't
            show leaves its share open to lower rates of at most 1.

    Returns:
        low..high holds the shares of all bands that the print or hedge of the rate touches; undecided
        outside every band, for an actual that is no rate, and for 约.

    Source:
        `part.source`.
    """
    rate = _amounts_rate(facts, part) if facts.amounts is not None else _own_rate(facts, part)
    if isinstance(rate, Score):
        return rate
    band = _band_at(part.bands, rate.value)
    shown = explain.per_cent(rate.value)
    if band is None:
        return undecided(facts, part, f"{shown} 不在口径的任何一档之内", *anything(facts))
    touched = [other for other in part.bands if _touches(other, rate)]
    value = _band_value(facts, band)
    ends = [rounded(_band_value(facts, other), facts) for other in touched]
    score = rounded(value, facts)
    steps = (*rate.told, explain.in_band(shown, band), _band_step(facts, band, value))
    return award_within(facts, part, score, ends, *steps)


def _amounts_rate(facts: Facts, part: Part) -> Rate | Score:
    amounts = facts.amounts
    if amounts is None:
        return undecided(facts, part, "没有可以计算比率的金额")
    spent, base = amounts.spent, amounts.base
    if base.value < 0:
        return undecided(facts, part, f"{amounts.base_word}为负数（{base}），不能计算比率")
    if base.value == 0:
        return _zero_base(facts, part, amounts)
    value, least, most = _interval(spent, base)
    alike = spent.scale == base.scale
    over, under = (f"{spent.value:f}", f"{base.value:f}") if alike else (str(spent), str(base))
    return Rate(value, least, most, (*amounts.told, explain.rate(over, under, value)))


def _interval(spent: Figure, base: Figure) -> tuple[Fraction, Fraction, Fraction]:
    """Return the rate and what the prints leave open; equal amounts are the same amount."""
    if spent.exact == base.exact:
        return ONE, ONE, ONE
    value, least = _over(spent.exact, base.exact), _over(spent.low, base.high)
    most = _over(spent.high, base.low) if base.low.numerator > 0 else max(value, ONE)
    return value, least, most


def _over(a: Fraction, b: Fraction) -> Fraction:
    """Divide; twice as fast as the operator."""
    return Fraction(a.numerator * b.denominator, a.denominator * b.numerator)


def _zero_base(facts: Facts, part: Part, amounts: Amounts) -> Rate | Score:
    word, spent = amounts.base_word, amounts.spent
    match part.zero_target:
        case ZeroTarget.UNDECIDED:
            because = f"{word}为零，不能计算比率，口径也没有规定怎样计分"
            return undecided(facts, part, because, *anything(facts))
        case ZeroTarget.FULL:
            return award_all(facts, part, f"{word}为零，口径规定按完成计")
        case ZeroTarget.FULL_IF_NONE if spent.value <= 0:
            return award_all(facts, part, f"{word}为零，{amounts.spent_word}也为零")
        case ZeroTarget.FULL_IF_NONE:
            return award_nothing(facts, part, f"{word}为零，而{amounts.spent_word}大于零")
        case ZeroTarget.AS_ONE:
            rate = Fraction(spent.value)
            told = (Step(f"{word}为零，按 1 计算", ONE), explain.rate(f"{spent.value:f}", "1", rate))
            return Rate(rate, rate, rate, (*amounts.told, *told))


def _printings(rate: Rate) -> Iterable[Fraction]:
    """Yield the ends of what the print leaves open, and the same rounded to 0.01% where that is another rate."""
    for end in (rate.least,) if rate.least == rate.most else (rate.least, rate.most):
        yield end
        if _RATE % end.denominator:
            yield Fraction(half_up(end, _RATE_PLACES))


def _last_steps(
    facts: Facts, part: Part, rate: Fraction, value: Fraction, score: Decimal
) -> tuple[Step, ...]:
    if part.pass_threshold is not None and fails(part, rate):
        return (explain.nothing(f"低于合格线 {explain.per_cent(part.pass_threshold)}"),)
    over = rate.numerator > rate.denominator
    share, capped = (ONE, (explain.capped_rate(rate),)) if over else (max(rate, NOTHING), ())
    if all(first == score for first in rate_first(facts, part, share)):
        return *capped, explain.share_of(facts.points, share, value, score)
    amounts = facts.amounts
    words = f"{amounts.spent_word} ÷ {amounts.base_word}" if amounts is not None else "比率"
    return *capped, Step(f"{words} × {facts.points:f} = {score:f}（比率不先舍入）", value)


def _own_rate(facts: Facts, part: Part) -> Rate | Score:
    actual, value = facts.actual, as_rate(facts)
    if actual is None or actual.figure is None or value is None:
        words = (
            f"实际完成值“{actual.text}”不是一个百分数" if actual is not None else "实际完成值未填或无法辨认"
        )
        return undecided(facts, part, f"{words}，不能按比率分档")
    match hedge_of(actual.hedged):
        case Hedge.UP:
            return Rate(value, value, max(value, ONE))
        case Hedge.DOWN:
            return Rate(value, NOTHING, value)
        case Hedge.ABOUT:
            return undecided(
                facts, part, f"实际完成值“{actual.text}”不是确定的数：请填实际数", *anything(facts)
            )
        case Hedge.NONE:
            return _as_printed(part, actual.figure, value)


def _as_printed(part: Part, figure: Figure, value: Fraction) -> Rate:
    """Return the rate with what its print leaves open; one that prints a band's edge is that edge."""
    edges = {edge for band in part.bands for edge in (band.low, band.high) if edge is not None}
    if not value or any(Fraction(edge) == value for edge in edges):
        return Rate(value, value, value)
    half = Fraction(figure.half) * value / Fraction(figure.value)
    return Rate(value, value - half, value + half)


def as_rate(facts: Facts) -> Fraction | None:
    """Return the actual as a rate of 1, None when it is none or may be either (a bare 0.98 beside 95%)."""
    figure = facts.actual.figure if facts.actual is not None else None
    if figure is None:
        return None
    if figure.unit is not None:
        return figure.exact if figure.unit.kind == "ratio" else None
    target = facts.target
    if target is None or isinstance(target, Before | Qualitative | Unclear):
        return None
    bound = some_bound(target)
    if bound.unit is None or bound.unit.kind != "ratio" or 0 < figure.value <= 1 < bound.value:
        return None
    return Fraction(figure.value) * bound.scale


def _band_at(listed: Iterable[Band], rate: Fraction) -> Band | None:
    return next((band for band in listed if _holds(band, rate)), None)


def _holds(band: Band, rate: Fraction) -> bool:
    low, high = Fraction(band.low), None if band.high is None else Fraction(band.high)
    if rate < low or (band.low_open and rate == low):
        return False
    return high is None or rate < high or (band.high_closed and rate == high)


def _touches(band: Band, rate: Rate) -> bool:
    """Tell whether a rate that prints so may lie in the band, or its condition hold in spite of the rate."""
    if any(_holds(band, end) for end in _printings(rate)):
        return True
    if rate.least < Fraction(band.low) and band.high is not None and Fraction(band.high) < rate.most:
        return True
    return bool(band.needs) and Fraction(band.low) > rate.value


def _band_value(facts: Facts, band: Band) -> Fraction:
    if band.deduct is not None:
        return max(facts.full - Fraction(band.deduct), NOTHING)
    return facts.full * Fraction(band.share)


def _band_step(facts: Facts, band: Band, value: Fraction) -> Step:
    score = rounded(value, facts)
    if band.deduct is not None:
        return explain.less(facts.points, Fraction(band.deduct), "按所在档扣分", value, score)
    return explain.share_of(facts.points, band.share, value, score)
