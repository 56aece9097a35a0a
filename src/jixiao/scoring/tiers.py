"""Qualitative rows: the tier that their words mean, its range, and the rule-book's default inside it."""

from decimal import Context, Decimal
from fractions import Fraction

from jixiao.model.figure import PERCENT, half_up
from jixiao.model.score import Score
from jixiao.schemes.scheme import Part, Tier
from jixiao.scoring import explain
from jixiao.scoring.facts import Facts, anything, award_within, rounded, undecided
from jixiao.scoring.proportions import repeats
from jixiao.scoring.words import tier_of

_WIDE = Context(prec=200)


def rubric(facts: Facts, part: Part) -> Score:
    """Score by tier: the words choose it, the evaluator chooses inside it, the rule-book has a default.

    A qualitative actual in the target's own words, or of 100%, is in the best tier.

    Args:
        facts: the actual is words; the target doesn't matter.
        part: `tiers`, the best first, with shares of the points.

    Returns:
        low..high is the tier's range, the score its default; undecided with that range where the rule-book
        has no default, and with 0..points where the words are of no tier or of two.

    Source:
        `part.source`.
    """
    actual = facts.actual
    if actual is None:
        return undecided(facts, part, "实际完成值未填或无法辨认")
    tier = tier_of(actual.text, part.tiers)
    if tier is None and part.tiers and (repeats(facts) or is_whole(facts)):
        tier = part.tiers[0]
    if tier is None:
        because = (
            f"实际完成值“{actual.text}”没有说明属于哪一档（{'、'.join(tier.says for tier in part.tiers)}）"
        )
        return undecided(facts, part, because, *anything(facts))
    return award_tier(facts, part, tier)


def award_tier(facts: Facts, part: Part, tier: Tier) -> Score:
    """Give the default of `tier`, with the tier's range; undecided where the rule-book names no default."""
    words = facts.actual.text if facts.actual is not None else ""
    ends = _ends(facts, tier)
    if tier.default is None:
        because = f"“{words}”属“{tier.says}”（{explain.tier_range(tier)}），档内得多少分由评价人确定"
        return undecided(facts, part, because, *ends)
    value = _share(facts, tier.default)
    score = rounded(value, facts)
    step = explain.in_tier(words, tier, facts.points, value, score)
    return award_within(facts, part, score, ends, step)


def _ends(facts: Facts, tier: Tier) -> tuple[Decimal, Decimal]:
    """Return the least and the greatest score inside the tier; an open edge belongs to the neighbour."""
    least, most = _WIDE.multiply(facts.points, tier.low), _WIDE.multiply(facts.points, tier.high)
    low, high = rounded(least, facts), rounded(most, facts)
    if not tier.high_open and not tier.low_open:
        return low, high
    unit = Decimal(1).scaleb(-facts.places)
    if tier.high_open and high >= most:
        high = max(high - unit, half_up(0, facts.places))
    if tier.low_open and low <= least:
        low = min(low + unit, high)
    return min(low, high), high


def _share(facts: Facts, share: Decimal) -> Fraction:
    a, b = facts.points.as_integer_ratio()
    c, d = share.as_integer_ratio()
    return Fraction(a * c, b * d)


def is_whole(facts: Facts) -> bool:
    """Tell whether the actual is 100%, which any wording of a qualitative target allows."""
    actual = facts.actual
    if actual is None or actual.figure is None or actual.hedged:
        return False
    return actual.figure.unit == PERCENT and actual.figure.exact == 1
