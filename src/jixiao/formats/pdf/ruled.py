"""A frame of rails to a raster, and the raster's fields to cells: fields without a wall between them are one."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
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

    `torn` says that some cell was no rectangle.
    """

    xs: list[float]
    ys: list[float]
    areas: list[Area]
    owner: list[list[int]]
    torn: bool

    def area_at(self, x: float, y: float) -> int:
        """Tell which cell holds a point, OUTSIDE when none does."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        if not (0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1):
            return OUTSIDE
        return self.owner[row][column]

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
    left = [list(row) for row in zip(*_walls(web.down, xs, ys), strict=True)]
    walls = _Walls(left, _walls(web.across, ys, xs))
    areas, owner, torn = _areas(walls, rows, columns)
    return Raster(xs, ys, areas, owner, torn) if len(areas) > 1 else None


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
    """For each field (row, column) whether a rule stands on its left side, and on its upper side.

    `left` has one more column than the raster, `above` one more row.
    """

    left: list[list[bool]]
    above: list[list[bool]]


def _walls(rails: Sequence[Rail], places: Sequence[float], steps: Sequence[float]) -> list[list[bool]]:
    """For each place, and each step between two crossing places, whether rails cover it."""
    lengths = [[0.0] * (len(steps) - 1) for _ in places]
    for rail in rails:
        row = lengths[max(bisect_right(places, rail.at) - 1, 0)]
        first = max(bisect_right(steps, rail.start) - 1, 0)
        for step in range(first, min(bisect_left(steps, rail.end), len(steps) - 1)):
            row[step] += min(rail.end, steps[step + 1]) - max(rail.start, steps[step])
    return [
        [length >= COVERED * (steps[step + 1] - steps[step]) for step, length in enumerate(row)]
        for row in lengths
    ]


def _areas(walls: _Walls, rows: int, columns: int) -> tuple[list[Area], list[list[int]], bool]:
    owner = [[OUTSIDE] * columns for _ in range(rows)]
    areas: list[Area] = []
    torn = False
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] != OUTSIDE:
                continue
            area, whole = _area(walls, owner, (row, column))
            torn = torn or not whole
            for r in range(area.top, area.bottom):
                owner[r][area.left : area.right] = [len(areas)] * (area.right - area.left)
            areas.append(area)
    return areas, owner, torn


def _area(walls: _Walls, owner: list[list[int]], spot: Spot) -> tuple[Area, bool]:
    """Grow a cell to the right, then down, as far as no wall stands in its way; and tell whether it is closed."""
    top, left = spot
    rows, columns = len(owner), len(owner[0])
    right, bottom = left + 1, top + 1
    while right < columns and not walls.left[top][right] and owner[top][right] == OUTSIDE:
        right += 1
    while bottom < rows and _goes_down(walls, owner, bottom, (left, right)):
        bottom += 1
    area = Area(top, left, bottom, right)
    sides = [walls.left[r][left] and walls.left[r][right] for r in range(top, bottom)]
    sides += [walls.above[top][c] and walls.above[bottom][c] for c in range(left, right)]
    outer = top == 0 or left == 0 or bottom == rows or right == columns
    closed = all(sides)
    return area._replace(open=not closed and outer), closed or outer


def _goes_down(walls: _Walls, owner: list[list[int]], row: int, span: Spot) -> bool:
    left, right = span
    return all(
        not walls.above[row][c] and owner[row][c] == OUTSIDE and (c == left or not walls.left[row][c])
        for c in range(left, right)
    )
