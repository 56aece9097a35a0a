"""Where cells stand that are only listed row by row, as HTML lists them: each takes the next free spot of its row.

A cell may reach down over rows below; what it covers there is not free. A cell too wide for its gap is cut at the next
covered spot, so that no spot belongs to two cells.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

WIDEST, TALLEST = 1_000, 10_000


class Slot(NamedTuple):
    """A cell's upper left spot, from 0, and how many rows and columns it takes."""

    row: int
    column: int
    down: int
    across: int


@dataclass(slots=True)
class Slots:
    """A table being laid down; `overlaps` counts the cells that had to be cut."""

    row: int = -1
    column: int = 0
    overlaps: int = 0
    _free_from: dict[int, int] = field(default_factory=dict)  # column -> first row free of a cell from above

    def next_row(self) -> None:
        """Begin a row."""
        self.row, self.column = self.row + 1, 0

    def take(self, down: int, across: int, *, column: int | None = None) -> Slot:
        """Take the next free spot of the row, or the first from `column` on, for a cell of this size."""
        self.row = max(self.row, 0)
        self.column = max(self.column, column or 0)
        while self._free_from.get(self.column, 0) > self.row:
            self.column += 1
        start, end = self.column, self.column + 1
        down, across = min(max(down, 1), TALLEST), min(max(across, 1), WIDEST)
        while end < start + across and self._free_from.get(end, 0) <= self.row:
            end += 1
        self.overlaps += end < start + across
        if down > 1:
            self._free_from.update(dict.fromkeys(range(start, end), self.row + down))
        self.column = end
        return Slot(self.row, start, down, end - start)
