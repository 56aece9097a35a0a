"""How a table is proportioned on paper: the shares of its columns, the size of its letters, what its rows take.

Everything is reckoned from how wide texts are; nothing is drawn for it. Measures are in points, widths of text in half
widths (see formats.text_width).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.formats.text_width import lines, units, widest
from jixiao.layout import Cell, Grid, Role

NARROWEST, LABEL, WIDEST = 4, 5, 34
SHORT = 12  # half widths that stand on one line wherever it can be done
PITCH = 1.3  # of the size of the letters, from line to line
SIDE = 3.0  # between a rule and the text beside it
TRIED = ((10.5, 5.0), (10.5, 4.0), (10.0, 4.0), (10.0, 3.0), (9.5, 3.0), (9.0, 2.6), (9.0, 2.0))
FLOWING = (10.0, 3.5)  # of a table that takes more than a page anyway


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
        return int((self.width * share / sum(self.shares) - 2 * SIDE) * 2 / self.size)

    def height(self, cell: Cell) -> float:
        """What a cell's text takes with the room above and below it."""
        return lines(cell.text, self.room(cell)) * self.size * PITCH + 2 * self.above


def fitted(grid: Grid, width: float, height: float) -> Fit:
    """Choose the largest letters with which a table stands on one page; a table that can't flows over several."""
    shares = shares_of(grid)
    for size, above in TRIED:
        fit = Fit(shares, size, above, width)
        if sum(heights(grid, fit)) <= height:
            return fit
    return Fit(shares, *FLOWING, width)


def heights(grid: Grid, fit: Fit) -> list[float]:
    """Reckon how high each row will be."""
    found = [fit.size * PITCH + 2 * fit.above] * (1 + max(c.row + c.rowspan - 1 for c in grid.cells))
    for cell in sorted(grid.cells, key=lambda c: c.rowspan):
        last = cell.row + cell.rowspan
        missing = fit.height(cell) - sum(found[cell.row : last])
        if missing > 0:
            found[last - 1] += missing
    return found


def shares_of(grid: Grid) -> tuple[int, ...]:
    """Return the given shares, or such as the texts want."""
    count = max(cell.column + cell.colspan for cell in grid.cells)
    if len(grid.widths) == count and all(share > 0 for share in grid.widths):
        return grid.widths
    alone: defaultdict[int, list[Cell]] = defaultdict(list)
    for cell in grid.cells:
        if cell.colspan == 1 and cell.text:
            alone[cell.column].append(cell)
    return tuple(_share(alone[column]) for column in range(count))


def _share(cells: Sequence[Cell]) -> int:
    if not cells:
        return NARROWEST
    if all(cell.rowspan > 1 for cell in cells):
        return LABEL
    headings = [_half(widest(cell.text)) for cell in cells if cell.role is Role.HEADING]
    texts = [widest(cell.text) for cell in cells if cell.role is not Role.HEADING]
    long = [text for text in texts if text > SHORT]
    mean = sum(map(units, (c.text for c in cells if c.role is not Role.HEADING))) // max(len(texts), 1)
    wanted = [*headings, *(min(text, SHORT) for text in texts), SHORT + mean // 3 if long else 0]
    return min(max(NARROWEST, *wanted) + 1, WIDEST)


def _half(width: int) -> int:
    """Room for a heading: short ones on one line, longer ones on two."""
    return width if width <= LABEL + 1 else width // 2 + 1
