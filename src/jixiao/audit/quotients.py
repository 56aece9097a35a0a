"""Shares of one printed amount in another, with all that their rounding leaves open."""

from fractions import Fraction

from jixiao.audit.reach import comparable, in_one_unit
from jixiao.model.figure import Figure, at_most

_NONE, _WHOLE = Fraction(0), Fraction(1)


def quotient(part: Figure, whole: Figure) -> tuple[Fraction, Fraction] | None:
    """Return every value that part ÷ whole may have, given how both were rounded; None for a whole near zero."""
    if whole.low.numerator <= 0 or not comparable(part, whole):
        return None
    a, b = in_one_unit(part, whole)
    return a.low / b.high if a.low.numerator > 0 else _NONE, a.high / b.low


def overlap(one: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction]) -> bool:
    """Tell whether two ranges have a value in common."""
    return at_most(one[0], other[1]) and at_most(other[0], one[1])


def capped(span: tuple[Fraction, Fraction], rate: tuple[Fraction, Fraction]) -> bool:
    """Tell whether a rate above the whole was printed as 100 %."""
    return at_most(_WHOLE, span[0]) and overlap((_WHOLE, _WHOLE), rate)
