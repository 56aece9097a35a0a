"""The shape of a table that is to be written: which cell owns which place, how wide its columns are, what is centred.

Widths are counted in half widths of a character, as in `text_width`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from jixiao.expressions import expression
from jixiao.formats.text_width import units, widest
from jixiao.layout import Cell, Grid, Role

NARROWEST, WIDEST = 6, 44
MORE = 8  # of what a text is longer than that, a column is wider by one in so many
LONGEST_WORD = 20  # a longer one is broken
WORD = expression(r"[!-~]+")
SIDES = 2  # half widths that a cell leaves free beside its text
LONGEST_CENTRED = 24  # half widths: a column of longer texts than this begins at the left

Spot = tuple[int, int]


class Placed(NamedTuple):
    """A cell with the places that it has in its table: all four borders inside."""

    cell: Cell
    top: int
    left: int
    bottom: int
    right: int

    def spots(self) -> Iterator[Spot]:
        """Every place, row by row."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield row, column

    @property
    def rows(self) -> int:
        """How many rows it goes down."""
        return self.bottom - self.top + 1


def placed(grid: Grid) -> list[Placed]:
    """Place each cell; where spans run into each other, the earlier keeps its own, the other the place it began in."""
    taken: set[Spot] = set()
    found = []
    for cell in grid.cells:
        one = Placed(cell, cell.row, cell.column, cell.row + cell.rowspan - 1, cell.column + cell.colspan - 1)
        if cell.rowspan > 1 or cell.colspan > 1:
            spots = set(one.spots())
            if not taken.isdisjoint(spots):
                one = Placed(cell, cell.row, cell.column, cell.row, cell.column)
                spots = {(cell.row, cell.column)}
        else:
            spots = {(cell.row, cell.column)}
        if taken.isdisjoint(spots):
            taken |= spots
            found.append(one)
    return found


def whole(grid: Grid) -> Grid:
    """Return a table whose cells cover it: each run of places in a row that nobody owns is an empty cell."""
    cells = placed(grid)
    taken = owners(cells)
    kept = (replace(one.cell, rowspan=1, colspan=1) if _cut(one) else one.cell for one in cells)
    height = max((one.bottom for one in cells), default=-1) + 1
    width = max((one.right for one in cells), default=-1) + 1
    empty = (cell for row in range(height) for cell in _empty(row, width, taken))
    return replace(grid, cells=tuple(sorted((*kept, *empty), key=lambda cell: (cell.row, cell.column))))


def _cut(one: Placed) -> bool:
    return (one.rows, one.right - one.left + 1) != (one.cell.rowspan, one.cell.colspan)


def _empty(row: int, width: int, taken: Mapping[Spot, Placed]) -> Iterator[Cell]:
    for free, run in groupby(range(width), key=lambda column: (row, column) not in taken):
        columns = list(run)
        if free:
            yield Cell(row, columns[0], "", 1, len(columns))


def width_of(grid: Grid) -> int:
    """How many columns a table has."""
    return max((cell.column + cell.colspan for cell in grid.cells), default=1)


def centred(cells: Iterable[Placed]) -> frozenset[tuple[int, int]]:
    """The columns, first and last of a span, whose texts are all short: they stand in the middle."""
    longest: dict[tuple[int, int], int] = {}
    for one in cells:
        column = one.left, one.right
        if one.cell.role is Role.TEXT:
            longest[column] = max(longest.get(column, 0), units(one.cell.text))
    return frozenset(column for column, length in longest.items() if length <= LONGEST_CENTRED)


def is_centred(one: Placed, short: frozenset[tuple[int, int]]) -> bool:
    """Tell whether a cell stands in the middle: headings, figures, and short texts among short ones."""
    return one.cell.role is not Role.TEXT or (one.left, one.right) in short


def column_widths(grids: Sequence[Grid], width: int, room: int) -> list[int]:
    """Share the width of a page out among columns.

    Args:
        grids: the tables in these columns; the widths that one of them asks for are given, else what they hold decides.
        width: how many columns there are, at least 1.
        room: half widths between the margins.
    """
    if width == 1:
        return [room]
    asked = asked_widths(grids, width)
    if asked:
        return [max(room * share // sum(asked), 2) for share in asked]
    cells = [cell for grid in grids for cell in grid.cells if cell.colspan == 1 and cell.text]
    leasts, wants = [NARROWEST] * width, [NARROWEST] * width
    for cell in cells:
        leasts[cell.column] = max(leasts[cell.column], min(_longest_word(cell.text) + SIDES, LONGEST_WORD))
        wants[cell.column] = max(wants[cell.column], leasts[cell.column], _wanted(cell))
    return _shared(leasts, wants, room)


def asked_widths(grids: Sequence[Grid], width: int) -> tuple[int, ...]:
    """Return the shares that the first of the tables asks for which asks for all columns, none where none does."""
    asked = (grid.widths for grid in grids)
    return next((shares for shares in asked if len(shares) == width and min(shares) > 0), ())


def _wanted(cell: Cell) -> int:
    """What a cell would take if there were room: its longest line, of a very long one not much more."""
    longest = widest(cell.text) if cell.rowspan == 1 else units(cell.text) // cell.rowspan
    return min(longest + SIDES, WIDEST) + min(max(longest - WIDEST, 0) // MORE, WIDEST)


def _longest_word(text: str) -> int:
    """The longest piece that is not broken at the end of a line: a figure, a number, a word in Latin letters."""
    return max((len(word) for word in WORD.findall(text)), default=0)


def _shared(leasts: list[int], wants: list[int], room: int) -> list[int]:
    """Widen all columns alike where there is room to spare; else narrow them, those most that want most."""
    total, least = sum(wants), sum(leasts)
    if total <= room:
        return [want * room // total for want in wants]
    spare, over = max(room - least, 0), max(total - least, 1)
    return [low + (want - low) * spare // over for low, want in zip(leasts, wants, strict=True)]


def owners(cells: Iterable[Placed]) -> Mapping[Spot, Placed]:
    """Which cell each place belongs to."""
    return {spot: one for one in cells for spot in one.spots()}
