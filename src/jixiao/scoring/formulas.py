"""What a value that misses its target earns, as a share of the points: exact, not yet held inside 0 and 1."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from jixiao.scoring.measure import Measured, Side, quotient

ONE = Fraction(1)
NOTHING = Fraction(0)

# The share that a value on this side of its target earns; None where the formula doesn't fit such a target.
Formula = Callable[[Measured, Side, Decimal], Fraction | None]


def by_ratio(found: Measured, side: Side, value: Decimal) -> Fraction | None:
    """Return 完成值 ÷ 指标值 from below; an interval is inverse from above, an exact target exceeded is met."""
    if side is Side.BELOW:
        return below(found, value)
    if found.lo is None or found.hi is None:
        return None
    if found.lo == found.hi:
        return ONE if found.hi > 0 else None
    return inverse(found, value)


def by_inverse(found: Measured, side: Side, value: Decimal) -> Fraction | None:
    """Return 指标值 ÷ 完成值 from above; only an interval can be missed from below."""
    if side is Side.BELOW:
        return below(found, value) if _is_interval(found) else None
    return inverse(found, value)


def by_excess(found: Measured, side: Side, value: Decimal) -> Fraction | None:
    """Return 1 - (完成值 - 指标值) ÷ 指标值 from above; only an interval can be missed from below."""
    if side is Side.BELOW:
        return below(found, value) if _is_interval(found) else None
    return linear(found, value)


def by_nothing(found: Measured, side: Side, value: Decimal) -> Fraction | None:  # noqa: ARG001 a Formula
    """Return nothing for any miss."""
    return NOTHING


def by_no_rule(found: Measured, side: Side, value: Decimal) -> Fraction | None:  # noqa: ARG001 a Formula
    """Return None: the text doesn't say what a miss earns."""
    return None


def _is_interval(found: Measured) -> bool:
    return found.lo is not None and found.hi is not None and found.lo != found.hi


def below(found: Measured, value: Decimal) -> Fraction | None:
    """Return value ÷ lower bound, 0 for a negative value; None without a positive bound."""
    if found.lo is None or found.lo <= 0:
        return None
    return quotient(value, found.lo) if value > 0 else NOTHING


def inverse(found: Measured, value: Decimal) -> Fraction | None:
    """Return upper bound ÷ value; None where that is no share."""
    if found.hi is None or found.hi < 0 or value <= 0:
        return None
    return quotient(found.hi, value)


def linear(found: Measured, value: Decimal) -> Fraction | None:
    """Return 1 less the excess in proportion to a positive upper bound; negative beyond twice of it."""
    if found.hi is None or found.hi <= 0:
        return None
    return 2 - quotient(value, found.hi)
