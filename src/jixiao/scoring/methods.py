"""The methods that a rule-book may name, a function each under the method's name: (facts, part) -> Score.

The families stand in modules of their own: proportions (ratio, inverse_ratio, linear_excess,
all_or_nothing, met_only), rates (bands, and ratios of amounts), tiers (rubric). Here: steps, judgement,
time limits, and the table of all.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

from jixiao.model.figure import Figure
from jixiao.model.moments import meets
from jixiao.model.score import Score
from jixiao.model.target import Actual, Before, Qualitative, Target, Unclear
from jixiao.schemes.scheme import Method, Part
from jixiao.scoring import explain, proportions, rates, tiers
from jixiao.scoring.facts import (
    NOTHING,
    Facts,
    anything,
    award_all,
    award_nothing,
    award_within,
    rounded,
    undecided,
)
from jixiao.scoring.measure import Hedge, Side, hedge_of, measure, some_bound
from jixiao.scoring.words import within

_ON_TIME = ("按时", "按期", "如期", "及时", "准时", "提前")
_LATE = ("未", "不", "没", "逾期", "超期", "延期", "推迟", "滞后", "部分", "基本")


def ratio(facts: Facts, part: Part) -> Score:
    """Score 完成值 ÷ 指标值 × 分值 (`proportions`), or a rate of amounts × points (`rates`)."""
    if facts.amounts is not None:
        return rates.amounts_ratio(facts, part)
    return proportions.ratio(facts, part)


def steps(facts: Facts, part: Part) -> Score:
    """Score 每超过一个单位扣几分: less `deduct` for every `per` beyond `limit`, or beyond the row's target.

    Args:
        facts: an actual with a figure; without `limit`, a numeric target too.
        part: `settings` with `per`, `deduct` and perhaps `limit`, of rates of 1 where the actual is a rate.

    Returns:
        by default in proportion to what is beyond; low counts a begun unit as a whole one, high doesn't
        count it; undecided for hedged figures, unlike units or none.

    Source:
        `part.source`.
    """
    beyond = _beyond(facts, part)
    if isinstance(beyond, str):
        return undecided(facts, part, beyond)
    points = facts.full
    if beyond <= 0:
        return award_all(facts, part, "没有超过规定的限度")
    per, deduct = Fraction(part.settings["per"]), Fraction(part.settings["deduct"])
    units = beyond / per
    off = units * deduct
    value = max(points - off, NOTHING)
    whole = units.numerator // units.denominator
    ends = [
        rounded(points - count * deduct, facts) for count in (whole, whole if whole == units else whole + 1)
    ]
    why = (
        f"超出 {explain.plain(beyond)}，每 {explain.plain(per)} 扣 {explain.plain(deduct)} 分，扣到 0 分为止"
    )
    score = rounded(value, facts)
    return award_within(facts, part, score, ends, explain.less(facts.points, off, why, value, score))


def assessed(facts: Facts, part: Part) -> Score:
    """Give no score: an evaluator judges between 0 and the points, and the rule-book has no default.

    Source:
        `part.source`.
    """
    because = f"由评价人评分：{part.says}" if part.says else "由评价人评分"
    return undecided(facts, part, because, *anything(facts))


def deadline(facts: Facts, part: Part) -> Score:
    """Score a time limit under any method: kept earns all, missed earns nothing only under all_or_nothing.

    Args:
        facts: a Before target, and an actual with a moment, with the words of the target, or with 按时 and
            the like; a side without a year is in the evaluation's.
        part: the part of time limits.

    Returns:
        undecided for a missed limit without a rule, for words that don't say when, and where the printed
        precision doesn't decide (12月 against 12月20日).

    Source:
        `part.source`.
    """
    target, actual = facts.target, facts.actual
    if not isinstance(target, Before) or actual is None:
        return undecided(facts, part, "指标值不是期限，或实际完成值未填")
    words, limit = f"实际完成值“{actual.text}”", f"期限“{target.text}”"
    kept = kept_limit(facts, target, actual)
    if kept:
        return award_all(facts, part, f"{words}，在{limit}之内")
    if kept is None:
        return undecided(facts, part, f"{words}看不出是否在{limit}之内完成", *anything(facts))
    if part.method is Method.ALL_OR_NOTHING:
        return award_nothing(facts, part, f"{words}，超过{limit}")
    return undecided(facts, part, f"{words}超过{limit}，口径没有规定逾期怎样计分", *anything(facts))


def kept_limit(facts: Facts, target: Before, actual: Actual) -> bool | None:
    """Tell whether the actual keeps the time limit, None where its words don't say."""
    if proportions.repeats(facts):
        return True
    if actual.moment is not None:
        return meets(actual.moment, target.limit, year=facts.year)
    return True if within(actual.text, _ON_TIME) and not within(actual.text, _LATE) else None


def _beyond(facts: Facts, part: Part) -> Fraction | str:
    """Return by how much the actual lies beyond the limit or the target, or why that isn't known."""
    actual, limit = facts.actual, part.settings.get("limit")
    if actual is None:
        return "实际完成值未填或无法辨认"
    if actual.figure is None or hedge_of(actual.hedged) is not Hedge.NONE:
        return f"实际完成值“{actual.text}”不是确定的数：请填实际数"
    if limit is None:
        return beyond_target(facts.target, actual, actual.figure)
    if actual.figure.unit is None:
        return f"实际完成值“{actual.text}”没有单位，不知是比例还是百分数：请写明单位"
    return actual.figure.exact - Fraction(limit)


def beyond_target(target: Target | None, actual: Actual, figure: Figure) -> Fraction | str:
    """Return by how much the actual misses its target, a rate as a rate of 1, or why that isn't known."""
    if target is None or isinstance(target, Before | Qualitative | Unclear):
        return "指标值不是一个数值，不知从哪里起扣分"
    found = measure(target, actual)
    if isinstance(found, str):
        return found
    bound = some_bound(target)
    unit = figure.unit or bound.unit
    rate = unit is not None and unit.kind == "ratio"
    scale = min(figure.scale, bound.scale) if rate else Fraction(1)
    match found.side(found.value):
        case Side.BELOW if found.lo is not None:
            return (Fraction(found.lo) - Fraction(found.value)) * scale
        case Side.ABOVE if found.hi is not None:
            return (Fraction(found.value) - Fraction(found.hi)) * scale
        case _:
            return NOTHING


METHODS: Mapping[Method, Callable[[Facts, Part], Score]] = {
    Method.RATIO: ratio,
    Method.INVERSE_RATIO: proportions.inverse_ratio,
    Method.LINEAR_EXCESS: proportions.linear_excess,
    Method.BANDS: rates.bands,
    Method.RUBRIC: tiers.rubric,
    Method.STEPS: steps,
    Method.ALL_OR_NOTHING: proportions.all_or_nothing,
    Method.MET_ONLY: proportions.met_only,
    Method.ASSESSED: assessed,
}
