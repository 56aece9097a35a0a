"""A ruled page under construction: its rows are put one below the other, upright labels in its first column."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from jixiao.layout import Cell, Grid, Role

_FIRST_LABEL = 3  # a head label reaches over the upright label and the two class columns below it
_NARROW = 9
_LEAST = 5


@dataclass(slots=True)
class RuledSheet:
    """A grid being written: the shares of its columns, its cells so far, and the row that comes next."""

    widths: tuple[int, ...]
    cells: list[Cell] = field(default_factory=list)
    row: int = 0
    repeated: tuple[int, int] | None = None

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.widths)

    def put(
        self, column: int, text: str | None, *, span: int = 1, rows: int = 1, role: Role = Role.TEXT
    ) -> None:
        """Put a cell into the row that is being written."""
        self.cells.append(Cell(self.row, column, text or "", rows, max(1, span), role))

    def pairs(self, pairs: Sequence[tuple[str, str | None]]) -> None:
        """Write one row of labels and values that share the width."""
        edges = [self.edge(k, len(pairs)) for k in range(len(pairs) + 1)]
        for (label, value), (start, end) in zip(pairs, pairwise(edges), strict=True):
            span = _FIRST_LABEL if start == 0 and end >= _LEAST else 1 + (self.widths[start] < _NARROW)
            span = min(span, end - start - 1)
            self.put(start, label, span=span, role=Role.HEADING)
            self.put(start + span, value, span=end - start - span)
        self.row += 1

    def edge(self, part: int, parts: int) -> int:
        """Return the column at which the part-th of equal parts of the width begins, two columns a part at least."""
        if part in (0, parts):
            return self.width * (part == parts)
        reached = list(accumulate(self.widths))
        near = min(range(self.width), key=lambda k: abs(reached[k] * parts - reached[-1] * part)) + 1
        return max(2 * part, min(near, self.width - 2 * (parts - part)))

    def grid(self) -> Grid:
        """Return the table, an empty cell wherever none was put."""
        taken = {
            (row, column)
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for column in range(cell.column, cell.column + cell.colspan)
        }
        spots = ((row, column) for row in range(self.row) for column in range(self.width))
        empty = (Cell(*spot, "") for spot in spots if spot not in taken)
        cells = sorted((*self.cells, *empty), key=lambda cell: (cell.row, cell.column))
        return Grid(tuple(cells), widths=self.widths, repeated=self.repeated)
