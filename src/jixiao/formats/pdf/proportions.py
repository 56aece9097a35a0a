"""How a table is proportioned on paper: the shares of its columns, the size of its letters, what its rows take.

Everything is reckoned from how wide texts are; nothing is drawn for it. Measures are in points, widths of text in half
widths (see formats.text_width).
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from jixiao.expressions import expression
from jixiao.formats.text_width import lines, units, widest
from jixiao.layout import Cell, Grid, Role

PITCH = 1.3  # of the size of the letters, from line to line
SIDE = 3.0  # between a rule and the text beside it
TRIED = ((10.5, 5.0), (10.5, 4.0), (10.0, 4.0), (10.0, 3.0), (9.5, 3.0), (9.0, 2.6), (9.0, 2.0))
FLOWING = (10.0, 3.5)  # of a table that takes more than a page anyway
SURE = 0.97  # of a page's height: what was reckoned may be a little less than what is drawn

CHARACTER = 2  # half widths
SHORT, WIDEST = 12, 40  # a text stands on one line where it can be done; no column asks for more
DEEP = 3  # lines that a heading, or a long text, should not go beyond
WORD = expression(r"[!-~]+")  # never broken
WORD_WIDTH = 1.15  # of a half width, for one of its letters


@dataclass(frozen=True, slots=True)
class Fit:
    """A table's measures: the shares of its columns, the size of its letters, the room above and below them."""

    shares: tuple[int, ...]
    size: float
    above: float
    width: float

    def room(self, cell: Cell) -> int:
        """Half widths on one line of a cell."""
        share = sum(self.shares[cell.column : cell.column + cell.colspan])
        return int((self.width * share / sum(self.shares) - 2 * SIDE) * CHARACTER / self.size)

    def height(self, cell: Cell, less: int = 0) -> float:
        """What a cell's text takes with the room above and below it; `less` half widths are kept free in each line."""
        return lines(cell.text, self.room(cell) - less) * self.size * PITCH + 2 * self.above


def fitted(grids: Sequence[Grid], width: float, height: float) -> list[Fit]:
    """Choose the largest letters with which tables stand on one page together; else they flow over several."""

    def stands(measures: tuple[float, float]) -> bool:
        fits = (sized(grid, width, *measures) for grid in grids)
        return sum(sum(heights(grid, fit)) for grid, fit in zip(grids, fits, strict=True)) <= height * SURE

    first = bisect_left(TRIED, True, key=stands)  # noqa: FBT003 - what is looked for is the first that stands
    return [sized(grid, width, *(TRIED[first] if first < len(TRIED) else FLOWING)) for grid in grids]


def sized(grid: Grid, width: float, size: float, above: float) -> Fit:
    """Measure a table whose letters have a given size: in the widths asked for, or such as the texts want."""
    count = max(cell.column + cell.colspan for cell in grid.cells)
    side = 2 * SIDE * CHARACTER / size
    room = width * CHARACTER / size - side * count
    alone: defaultdict[int, list[Cell]] = defaultdict(list)
    for cell in grid.cells:
        if cell.colspan == 1 and cell.text:
            alone[cell.column].append(cell)
    columns = [alone[column] for column in range(count)]
    if len(grid.widths) == count and all(share > 0 for share in grid.widths):
        needs = [max(map(_word, cells), default=0) for cells in columns]
        wants = [(room + side * count) * share / sum(grid.widths) - side for share in grid.widths]
    else:
        needs = [max(map(_need, cells), default=CHARACTER) for cells in columns]
        wants = [max(map(_want, cells), default=0) for cells in columns]
    shares = _shared(needs, [*map(max, needs, wants)], room)
    return Fit(tuple(int(100 * (share + side)) for share in shares), size, above, width)


def heights(grid: Grid, fit: Fit) -> list[float]:
    """Reckon how high each row will be."""
    found = [fit.size * PITCH + 2 * fit.above] * max(cell.row + cell.rowspan for cell in grid.cells)
    for cell in sorted(grid.cells, key=lambda c: c.rowspan):
        last = cell.row + cell.rowspan
        missing = fit.height(cell) - sum(found[cell.row : last])
        if missing > 0:
            found[last - 1] += missing
    return found


def _shared(needs: Sequence[float], wants: Sequence[float], room: float) -> list[float]:
    """Share out the room: first what columns can't do without, then what they want, then what is left over."""
    if sum(wants) > room:
        spare, over = max(room - sum(needs), 0), max(sum(wants) - sum(needs), 1)
        return [need + (want - need) * spare / over for need, want in zip(needs, wants, strict=True)]
    weights = [max(want - SHORT / 2, 1) for want in wants]
    left = room - sum(wants)
    return [want + left * weight / sum(weights) for want, weight in zip(wants, weights, strict=True)]


def _word(cell: Cell) -> float:
    """The width of the longest piece of a text that is never broken."""
    return max(map(len, WORD.findall(cell.text)), default=0) * WORD_WIDTH


def _need(cell: Cell) -> float:
    return max(_word(cell), _upright(cell) if cell.rowspan > 1 else _stacked(cell.text))


def _upright(cell: Cell) -> int:
    """A label beside several rows: one character a line, or two where it would be higher than its rows."""
    return CHARACTER if units(cell.text) <= CHARACTER * cell.rowspan else 2 * CHARACTER


def _stacked(text: str) -> int:
    """The least width at which a short text doesn't go too deep."""
    return (
        min(CHARACTER * ceil(units(text) / CHARACTER / DEEP), SHORT) if units(text) > CHARACTER else CHARACTER
    )


def _want(cell: Cell) -> float:
    width = widest(cell.text)
    if cell.rowspan > 1 and cell.column == 0:
        return _need(cell)
    if cell.role is Role.HEADING:
        return width if width <= 3 * CHARACTER else ceil(width / 2 / CHARACTER) * CHARACTER
    return width * 1.05 if width <= SHORT else min(max(SHORT, *_long(cell.text)), WIDEST)


def _long(text: str) -> Iterator[int]:
    yield ceil(units(text) / DEEP)
    yield from (ceil(units(line) / DEEP) for line in text.split("\n"))
