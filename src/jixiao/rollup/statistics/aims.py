"""What a filing's indicators aim at and reach: what is compared from one year to the next, kept without the rows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from jixiao.audit.rows import Row, Sort
from jixiao.model.figure import Figure
from jixiao.model.target import AtLeast, AtMost, Exactly
from jixiao.rollup.statistics.marks import class_of

_COUNTED = frozenset({Sort.QUANTITY, Sort.SATISFACTION})


@dataclass(frozen=True, slots=True)
class Aim:
    """An indicator whose target has a direction: its name tidied and as printed, what it demands, what was reached.

    `demand` is the target as one phrase; `reached` None where the result is no plain figure; `reach` result ÷ target.
    """

    plain: str
    name: str
    level1: str
    rising: bool
    demand: str
    bound: Figure
    reached: Figure | None
    reach: Fraction | None


@dataclass(frozen=True, slots=True)
class Aims:
    """The aims of a filing whose names stand there but once; `wanted` counts all rows that have a direction."""

    listed: tuple[Aim, ...] = ()
    wanted: int = 0


@dataclass(frozen=True, slots=True)
class Aimed:
    """A row: its name tidied, whether its target has a direction, and its aim where that is known."""

    plain: str
    directed: bool
    aim: Aim | None


def aims_of(rows: Sequence[Row]) -> Aims:
    """Return the aims of a filing, in its order."""
    return together([aimed(row) for row in rows])


def aimed(row: Row) -> Aimed:
    """Return what one row aims at."""
    rising = _rising(row)
    aim = None if rising is None or row.bound is None else _aim(row, row.bound, rising=rising)
    return Aimed(row.plain, rising is not None, aim)


def together(rows: Sequence[Aimed]) -> Aims:
    """Return the aims of a filing's rows, in their order."""
    times = Counter(row.plain for row in rows)
    listed = tuple(row.aim for row in rows if row.aim is not None and row.plain and times[row.plain] == 1)
    return Aims(listed, sum(row.directed for row in rows))


def _aim(row: Row, bound: Figure, *, rising: bool) -> Aim:
    actual = row.indicator.actual
    reached = actual.figure if actual is not None and not actual.hedged else None
    return Aim(row.plain, row.name, class_of(row), rising, row.indicator.demand, bound, reached, row.reach)


def _rising(row: Row) -> bool | None:
    """Tell whether more is better; None where the target doesn't say."""
    match row.indicator.target:
        case AtLeast():
            return True
        case AtMost():
            return False
        case Exactly() if row.sort in _COUNTED:
            return True
        case _:
            return None
