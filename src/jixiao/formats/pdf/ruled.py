"""A frame of rails to a raster, and the raster's fields to cells: fields without a wall between them are one."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from jixiao.formats.intake import LIMITS, too_much
from jixiao.formats.pdf.rails import Rail, Web

COLUMN = 5.0  # points: no column is narrower
ROW = 4.0  # points: no row is lower
OPEN = 8.0  # points that rules reach beyond the last one across them: there is a column without an outer rule
COVERED = 0.55  # of a field's side: a rule so long is its wall
OUTSIDE = -1
Spot = tuple[int, int]


class Area(NamedTuple):
    """A cell in raster steps: its first row and column, and those after its last; `open` if a side has no rule."""

    top: int
    left: int
    bottom: int
    right: int
    open: bool = False


@dataclass(slots=True)
class Raster:
    """A ruled table: the places of its lines, its cells, and for each field of the raster the cell that owns it.

    `owner` has a margin of OUTSIDE all round; `torn` says that some cell was no rectangle.
    """

    xs: list[float]
    ys: list[float]
    areas: list[Area]
    owner: list[list[int]]
    torn: bool

    def area_at(self, x: float, y: float) -> int:
        """Tell which cell holds a point, OUTSIDE when none does."""
        return self.owner[bisect_right(self.ys, y)][bisect_right(self.xs, x)]

    def size(self) -> float:
        """How much of the page the table covers, in square points."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])


def raster(web: Web, name: str) -> Raster | None:
    """Make a raster of a web; None for a single box, which is no table.

    Raises:
        UnreadableError: more fields than any paper has.
    """
    xs = _with_ends(_places(web.down, COLUMN), web.across)
    ys = _with_ends(_places(web.across, ROW), web.down)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns < 2:  # noqa: PLR2004
        return None
    if rows * columns > LIMITS.merged_spots:
        raise too_much(name, "单元格")
    left = zip(*_covered(web.down, xs, ys), strict=True)
    walls = _Walls([*map(_bits, left)], [*map(_bits, _covered(web.across, ys, xs))])
    areas, torn = _areas(walls, rows, columns)
    return Raster(xs, ys, areas, _owner(areas, rows, columns), torn) if len(areas) > 1 else None


def _places(rails: Sequence[Rail], apart: float) -> list[float]:
    """The places of rails in order, those too near for a column or row as one."""
    found: list[float] = []
    for at in sorted({rail.at for rail in rails}):
        if not found or at - found[-1] > apart:
            found.append(at)
    return found


def _with_ends(places: list[float], crossing: Sequence[Rail]) -> list[float]:
    """Close a side that has no rule where the rules that cross it end, if more than one does."""
    first = sorted(rail.start for rail in crossing)[:2]
    last = sorted((rail.end for rail in crossing), reverse=True)[:2]
    if len(crossing) > 1:
        if places[0] - max(first) > OPEN:
            places = [min(first), *places]
        if min(last) - places[-1] > OPEN:
            places = [*places, max(last)]
    return places


class _Walls(NamedTuple):
    """Where rules stand, a whole number for each row of fields, a bit for each of its columns.

    Bit c of `left[r]` is set where a rule is at the left of the field (r, c), of `above[r]` where one is above it.
    `left` has a bit more than there are columns, `above` one more row.
    """

    left: list[int]
    above: list[int]


def _covered(rails: Sequence[Rail], places: Sequence[float], steps: Sequence[float]) -> list[list[bool]]:
    """For each place, and each step between two crossing places, whether rails cover it."""
    lengths = [[0.0] * (len(steps) - 1) for _ in places]
    for rail in rails:
        row = lengths[max(bisect_right(places, rail.at) - 1, 0)]
        first = max(bisect_right(steps, rail.start) - 1, 0)
        last = min(bisect_left(steps, rail.end), len(steps) - 1)
        marks = [max(rail.start, steps[first]), *steps[first + 1 : last], min(rail.end, steps[last])]
        for step, (start, end) in zip(range(first, last), pairwise(marks), strict=False):
            row[step] += end - start
    wanted = [COVERED * (end - start) for start, end in pairwise(steps)]
    return [[length >= least for length, least in zip(row, wanted, strict=True)] for row in lengths]


def _bits(row: Iterable[bool]) -> int:
    return sum(1 << place for place, is_set in enumerate(row) if is_set)


def _lowest(bits: int) -> int:
    """Tell the place of the lowest bit that is set."""
    return (bits & -bits).bit_length() - 1


def _areas(walls: _Walls, rows: int, columns: int) -> tuple[list[Area], bool]:
    """Part the raster into cells, row by row, and tell whether some is no rectangle."""
    whole = (1 << columns) - 1
    taken = [0] * rows
    areas: list[Area] = []
    torn = False
    for row in range(rows):
        while taken[row] != whole:
            area, closed = _area(walls, taken, (row, _lowest(~taken[row])), columns)
            torn = torn or not closed
            areas.append(area)
            for r in range(area.top, area.bottom):
                taken[r] |= (1 << area.right) - (1 << area.left)
    return areas, torn


def _area(walls: _Walls, taken: Sequence[int], spot: Spot, columns: int) -> tuple[Area, bool]:
    """Grow a cell to the right, then down, as far as no wall stands in its way; and tell whether it is closed."""
    top, left = spot
    rows = len(taken)
    right = left + 1 + _lowest((walls.left[top] | taken[top] | 1 << columns) >> left + 1)
    span = (1 << right) - (1 << left)
    inner = span & ~(1 << left)
    beside, bottom = walls.left[top], top + 1
    while bottom < rows and not ((walls.above[bottom] | taken[bottom]) & span or walls.left[bottom] & inner):
        beside &= walls.left[bottom]
        bottom += 1
    sides = 1 << left | 1 << right
    closed = beside & sides == sides and walls.above[top] & walls.above[bottom] & span == span
    outer = top == 0 or left == 0 or bottom == rows or right == columns
    return Area(top, left, bottom, right, not closed and outer), closed or outer


def _owner(areas: Sequence[Area], rows: int, columns: int) -> list[list[int]]:
    """For each field the number of its cell, with a margin all round."""
    owner = [[OUTSIDE] * (columns + 2) for _ in range(rows + 2)]
    for number, area in enumerate(areas):
        for row in owner[area.top + 1 : area.bottom + 1]:
            row[area.left + 1 : area.right + 1] = [number] * (area.right - area.left)
    return owner
