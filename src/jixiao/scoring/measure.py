"""Target and actual as plain numbers of one unit: on which side the actual lies, and what is left open.

A target is a norm and counts as printed; an actual keeps open what its Figure keeps open, unless it prints
exactly the target's own number. Nothing here gives points.
"""

from decimal import Context, Decimal
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from jixiao.model.figure import Figure, Unit, half_up_of
from jixiao.model.score import Step
from jixiao.model.target import Actual, AtLeast, AtMost, Between, Exactly
from jixiao.scoring.explain import conversion

_WIDE = Context(prec=200)
_NOTHING = Decimal(0)

Numeric = AtLeast | AtMost | Exactly | Between
NUMERIC = (AtLeast, AtMost, Exactly, Between)  # the same for isinstance, which is slow on a union


class Side(Enum):
    """Where an actual lies: it meets the target, misses it from below, or exceeds what is allowed."""

    MET = 0
    BELOW = 1
    ABOVE = 2


class Hedge(Enum):
    """What the word beside an actual says: nothing, at least so much, at most so much, or about so much."""

    NONE = 0
    UP = 1
    DOWN = 2
    ABOUT = 3


_UP = ("≥", "≧", "⩾", ">=", "≥=", ">", "以上", "及以上", "超过", "超", "大于", "高于", "多于",
       "至少", "最低", "最少", "不少于", "不低于", "不小于", "余", "多")  # fmt: skip
_DOWN = ("≤", "≦", "⩽", "<=", "≤=", "<", "以下", "及以下", "以内", "之内", "不超过", "不大于",
         "不高于", "不多于", "至多", "最多", "最高", "低于", "少于", "小于", "不足", "不到", "未达",
         "未达到", "未满", "近", "将近", "接近")  # fmt: skip
_BEYOND = (">", "超过", "超", "大于", "高于", "多于", "<", "低于", "少于", "小于", "不足", "不到",
           "未达", "未达到", "未满")  # fmt: skip


class Measured(NamedTuple):
    """An actual beside its target, in one unit: allowed is lo..hi (None is open), `*_out` ends excluded.

    `value` is the actual as printed, `least`..`most` what its print leaves open; `told` are the steps of
    conversion. (A named tuple, because one is made for every row: it takes a third of the time.)
    """

    lo: Decimal | None
    hi: Decimal | None
    lo_out: bool
    hi_out: bool
    value: Decimal
    least: Decimal
    most: Decimal
    hedge: Hedge = Hedge.NONE
    told: tuple[Step, ...] = ()

    def side(self, value: Decimal) -> Side:
        """Tell on which side of the target `value` lies."""
        lo, hi = self.lo, self.hi
        if lo is not None and (value < lo or (self.lo_out and value == lo)):
            return Side.BELOW
        if hi is not None and (value > hi or (self.hi_out and value == hi)):
            return Side.ABOVE
        return Side.MET


def measure(target: Numeric, actual: Actual) -> Measured | str:
    """Set the actual's figure beside the target's bounds, in one unit.

    Returns:
        the Measured, or the Chinese reason why the two can't be compared: no figure, unlike units, 0.98
        beside 98%.
    """
    figure = actual.figure
    if figure is None:
        return f"实际完成值填的是“{actual.text}”，而指标值是“{target.text}”：请填数值"
    if isinstance(target, Between) and target.low.scale != target.high.scale:
        return f"指标值“{target.text}”两端的单位不同，不能比较：请核对单位"
    bound = some_bound(target)
    have, want = figure.unit, bound.unit
    if have is want or have is None or want is None or have.name == want.name:
        if have is None and _may_be_share(figure, bound):
            words = f"实际完成值“{actual.text}”没有单位，可能是比例，也可能是百分数"
            return f"{words}（指标值是“{target.text}”）：请写明单位"
        return _in_one_unit(target, bound, figure, actual.hedged)
    if have.kind != want.kind:
        return f"实际完成值的单位是“{have.name}”，指标值的单位是“{want.name}”，不能比较：请核对单位"
    return _converted(target, bound, figure, actual.hedged)


def some_bound(target: Numeric) -> Figure:
    """Return the target's figure, the lower one of an interval."""
    match target:
        case AtLeast() | AtMost():
            return target.bound
        case Exactly():
            return target.value
        case Between():
            return target.low


def quotient(over: Decimal, under: Decimal) -> Fraction:
    """Divide exactly; `under` is not 0."""
    a, b = over.as_integer_ratio()
    c, d = under.as_integer_ratio()
    return Fraction(a * d, b * c)


def product_rounded(points: Fraction, over: Decimal, under: Decimal, places: int) -> Decimal:
    """Work out points × over ÷ under and round it half up; `under` is not 0."""
    a, b = over.as_integer_ratio()
    c, d = under.as_integer_ratio()
    sign = -1 if c < 0 else 1
    return half_up_of(sign * points.numerator * a * d, sign * points.denominator * b * c, places)


def hedge_of(word: str) -> Hedge:
    """Tell what a hedging word (≥, 至少, 不足, 约) makes of its figure; a word not known blurs it."""
    if not word:
        return Hedge.NONE
    if word in _UP:
        return Hedge.UP
    return Hedge.DOWN if word in _DOWN else Hedge.ABOUT


def _may_be_share(figure: Figure, bound: Figure) -> bool:
    """Tell whether a bare 0.98 or 1 beside a target of some 95% may have been meant as 98% or 100%."""
    return bound.unit is not None and bound.unit.kind == "ratio" and 0 < figure.value <= 1 < bound.value


def _half(figure: Figure, bound: Figure) -> Decimal:
    """Return what the print leaves open; a bare whole number beside a target that is no rate is a count."""
    if (
        figure.unit is not None
        or figure.half != _WHOLE
        or (bound.unit is not None and bound.unit.kind == "ratio")
    ):
        return figure.half
    return _NOTHING


_WHOLE = Decimal("0.5")


def _in_one_unit(target: Numeric, bound: Figure, figure: Figure, hedged: str) -> Measured:
    lo, hi, lo_out, hi_out = _limits(target)
    value, hedge = figure.value, Hedge.NONE
    if hedged:
        hedge = hedge_of(hedged)
        if hedged in _BEYOND:  # 超过 95% meets >95%
            lo_out, hi_out = lo_out and hedge is not Hedge.UP, hi_out and hedge is not Hedge.DOWN
    half = _half(figure, bound)
    if not half or value in (lo, hi):
        return Measured(lo, hi, lo_out, hi_out, value, value, value, hedge)
    least, most = _WIDE.subtract(value, half), _WIDE.add(value, half)
    return Measured(lo, hi, lo_out, hi_out, value, least, most, hedge)


def _limits(target: Numeric) -> tuple[Decimal | None, Decimal | None, bool, bool]:
    match target:
        case AtLeast():
            return target.bound.value, None, target.strict, False
        case AtMost():
            return None, target.bound.value, False, target.strict
        case Exactly():
            return target.value.value, target.value.value, False, False
        case Between():
            return target.low.value, target.high.value, False, False


def _converted(target: Numeric, bound: Figure, figure: Figure, hedged: str) -> Measured:
    """Bring both sides into the smaller unit, by whole factors, so that no digit is lost."""
    factor = figure.scale / bound.scale
    unit = bound.unit if factor >= 1 else figure.unit
    a = _times(figure, factor.numerator, unit)
    aim = _target_times(target, factor.denominator, unit)
    pairs = ((figure, a), *zip(_figures(target), _figures(aim), strict=True))
    told = tuple(conversion(x, y) for x, y in pairs if x.value != y.value)
    return _in_one_unit(aim, some_bound(aim), a, hedged)._replace(told=told)


def _figures(target: Numeric) -> tuple[Figure, ...]:
    return (target.low, target.high) if isinstance(target, Between) else (some_bound(target),)


def _target_times(target: Numeric, factor: int, unit: Unit | None) -> Numeric:
    match target:
        case AtLeast():
            return AtLeast(target.text, _times(target.bound, factor, unit), target.strict)
        case AtMost():
            return AtMost(target.text, _times(target.bound, factor, unit), target.strict)
        case Exactly():
            return Exactly(target.text, _times(target.value, factor, unit), target.stated)
        case Between():
            return Between(target.text, _times(target.low, factor, unit), _times(target.high, factor, unit))


def _times(figure: Figure, factor: int, unit: Unit | None) -> Figure:
    by = Decimal(factor)
    return Figure(_WIDE.multiply(figure.value, by), _WIDE.multiply(figure.half, by), unit)
