"""How far a printed result reaches a printed target, as far as the two can be compared at all."""

from fractions import Fraction
from typing import assert_never

from jixiao.model.figure import Figure
from jixiao.model.target import (
    Actual,
    AtLeast,
    AtMost,
    Before,
    Between,
    Exactly,
    Qualitative,
    Target,
    Unclear,
)

FLOORS = (AtLeast, Exactly)
BOUNDED = (AtLeast, AtMost, Exactly)
_WHOLE = Fraction(1)
NUMERIC = (AtLeast, AtMost, Exactly, Between)


def is_numeric(target: Target | None) -> bool:
    """Tell whether the target promises a number."""
    return isinstance(target, NUMERIC)


def bound_of(target: Target | None) -> Figure | None:
    """Return the one figure that the target names; None for an interval, a date or words."""
    if isinstance(target, (AtLeast, AtMost)):
        return target.bound
    return target.value if isinstance(target, Exactly) else None


def is_met(target: Target | None, actual: Actual | None) -> bool | None:
    """Tell whether the printed result reaches the printed target; None where that can't be compared."""
    figure = actual.figure if actual is not None and not actual.hedged else None
    if figure is None or target is None:
        return None
    match target:
        case AtLeast(bound=bound, strict=strict):
            return _compare(figure, bound, strict=strict)
        case AtMost(bound=bound, strict=strict):
            return _compare(bound, figure, strict=strict)
        case Exactly(value=value):
            return _compare(figure, value, strict=False)
        case Between(low=low, high=high):
            reached, kept = _compare(figure, low, strict=False), _compare(high, figure, strict=False)
            return None if reached is None or kept is None else reached and kept
        case Before() | Qualitative() | Unclear():
            return None
        case _:
            assert_never(target)


def share_reached(target: Target | None, actual: Actual | None) -> Fraction | None:
    """Return result ÷ target; None where they can't be compared or the target is 0."""
    bound = bound_of(target)
    figure = actual.figure if actual is not None and not actual.hedged else None
    if bound is None or figure is None or not bound.value or not comparable(figure, bound):
        return None
    one, other = figure.unit, bound.unit
    if one is not other and one is not None and other is not None and one.scale != other.scale:
        return figure.exact / bound.exact
    if figure.value == bound.value:
        return _WHOLE
    (n, d), (m, e) = figure.value.as_integer_ratio(), bound.value.as_integer_ratio()
    return Fraction(n * e, d * m)


def is_times(share: Fraction, times: Fraction) -> bool:
    """Tell whether a share is at least `times`: `>=` without its dispatch on other kinds of number."""
    return share.numerator * times.denominator >= times.numerator * share.denominator


def comparable(one: Figure, other: Figure) -> bool:
    """Tell whether two figures measure one kind of thing as far as printed; a bare figure takes the other's unit."""
    a, b = one.unit, other.unit
    return a is b or a is None or b is None or a.kind == b.kind


def in_one_unit(one: Figure, other: Figure) -> tuple[Figure, Figure]:
    """Return both figures in one unit: a bare one takes the unit of the other."""
    if one.unit is None and other.unit is not None:
        return Figure(one.value, one.half, other.unit), other
    if other.unit is None and one.unit is not None:
        return one, Figure(other.value, other.half, one.unit)
    return one, other


def _compare(reached: Figure, bound: Figure, *, strict: bool) -> bool | None:
    if not comparable(reached, bound):
        return None
    one, other = reached.unit, bound.unit
    if one is None or other is None or one is other:
        return reached.value > bound.value if strict else reached.value >= bound.value
    return reached.exact > bound.exact if strict else reached.exact >= bound.exact
