"""A table of a page: laid down cell by cell, then told to be a grid or mere layout, then made even."""

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from itertools import pairwise

from jixiao.formats.intake import Tally
from jixiao.formats.slots import WIDEST, Slots
from jixiao.layout import Cell, Doubt, Grid, Place

SHORT = 120  # characters of a cell that is no running text
RUNNING = 400  # characters from which the text of a cell of several lines is running text
FEW_LINES = 3
FEW_ROWS = 2
PAIRS = 3  # rows that put short cells side by side: so many make a table of data in any case
OVERLAP = "合并单元格与上方的单元格重叠，已按网格截断；请核对这一行的列位"
TWO_WAYS = "单元格写的是数值，旁边带有百分比格式：网页上显示前者，用 Excel 打开显示后者"
UNSEEN = "表格中有隐藏的行或列，未读取；如需审核请取消隐藏后重新保存"


@dataclass(slots=True)
class Text:
    """A line of running text and its heading level, if any."""

    text: str
    level: int | None = None


@dataclass(slots=True)
class Box:
    """A cell as read: where it stands, what it holds in order, how many characters of it are links."""

    row: int
    column: int
    down: int
    across: int
    items: "list[Text | Draft]" = field(default_factory=list)
    linked: int = 0
    excel: str = ""

    @property
    def lines(self) -> list[str]:
        """Its own lines, without those of tables inside."""
        return [item.text for item in self.items if isinstance(item, Text)]

    @property
    def inner(self) -> "list[Draft]":
        """The tables inside."""
        return [item for item in self.items if isinstance(item, Draft)]

    @property
    def size(self) -> int:
        """Characters of its own text."""
        return sum(map(len, self.lines))

    @property
    def arranges(self) -> bool:
        """Tell a cell with a heading or a table inside."""
        return any(isinstance(item, Draft) or item.level is not None for item in self.items)

    @property
    def runs(self) -> bool:
        """Tell a cell with several lines of running text."""
        return len(self.items) >= FEW_LINES and self.size > RUNNING


@dataclass(slots=True)
class Draft:
    """A table being read: its cells so far and what is known of its columns."""

    presentation: bool = False
    ruled: bool = False  # with borders round its cells
    slots: Slots = field(default_factory=Slots)
    boxes: list[Box] = field(default_factory=list)
    columns: int = 0
    hidden_columns: set[int] = field(default_factory=set)
    unseen: bool = False

    def cell(self, span: tuple[int, int], tally: Tally) -> Box:
        """Lay one cell down; `span` is rows and columns."""
        before = self.slots.column
        slot = self.slots.take(*span)
        tally.spread(self.slots.column - before)
        box = Box(*slot)
        self.boxes.append(box)
        return box

    def column(self, span: int, *, hidden: bool) -> None:
        """Take one <col> in, or one <colgroup> that has none."""
        span = min(max(span, 1), WIDEST)
        if hidden:
            self.hidden_columns.update(range(self.columns, self.columns + span))
        self.columns += span

    def is_layout(self) -> bool:
        """Tell a table that only arranges a page from one that holds data."""
        full = [box for box in self.boxes if box.items]
        if self.presentation or len(full) < 2:  # noqa: PLR2004 - one cell puts nothing side by side
            return True
        if any(box.arranges for box in full) or (not self.ruled and any(box.runs for box in full)):
            return self._pairs() < PAIRS or (not self.ruled and self._is_shell())
        return self._is_menu()

    def _pairs(self) -> int:
        """How many rows put a short cell beside another."""
        full: dict[int, int] = {}
        short: dict[int, int] = {}
        for box in self.boxes:
            if box.items and not box.arranges:
                full[box.row] = full.get(box.row, 0) + 1
                short[box.row] = short.get(box.row, 0) + (len(box.items) <= FEW_LINES and box.size <= SHORT)
        return sum(count > 1 and short[row] > 0 for row, count in full.items())

    @property
    def size(self) -> int:
        """Characters of its text, with those of tables inside."""
        return sum(box.size + sum(inner.size for inner in box.inner) for box in self.boxes)

    def _is_shell(self) -> bool:
        """Tell a table most of whose text stands in tables inside."""
        return self.size > 2 * sum(box.size for box in self.boxes)

    def _is_menu(self) -> bool:
        """Tell a row or two of links and nothing else."""
        text = sum(box.size for box in self.boxes)
        return self.slots.row < FEW_ROWS and 10 * sum(box.linked for box in self.boxes) >= 9 * text > 0


def to_grid(draft: Draft, at: Place) -> tuple[Grid | None, tuple[Doubt, ...]]:
    """Make the grid `at` its place, None when no cell shows anything: hidden columns out, spans cut."""
    rows = sorted({box.row for box in draft.boxes})
    number = {row: index for index, row in enumerate(rows)}
    columns = _numbered_columns(draft)
    cells, doubts = [], []
    for box in draft.boxes:
        last = min(box.column + box.across, len(columns) - 1)
        row, column = number[box.row], columns[min(box.column, last)]
        across, text = columns[last] - column, "\n".join(box.lines)
        if not across:
            draft.unseen = draft.unseen or bool(text)
            continue
        place = replace(at, row=row + 1, column=column + 1)
        cells.append(
            Cell(row, column, text, bisect_left(rows, box.row + box.down) - row, across, place=place)
        )
        if box.excel:
            doubts.append(Doubt(place, TWO_WAYS, reading=text, alternative=box.excel))
    if not any(cell.text for cell in cells):
        return None, ()
    whole = [why for why, told in ((OVERLAP, draft.slots.overlaps), (UNSEEN, draft.unseen)) if told]
    return Grid(tuple(cells), at), (*(Doubt(at, why) for why in whole), *doubts)


def _numbered_columns(draft: Draft) -> list[int]:
    """For each column, and the end, how many shown ones stand before it."""
    columns = [0]
    for column in range(_width(draft)):
        columns.append(columns[-1] + (column not in draft.hidden_columns))
    return columns


def _width(draft: Draft) -> int:
    """Where the columns end: a spanned cell alone doesn't say so, the end of a single one or of two such rows does."""
    ends: dict[int, tuple[int, bool]] = {}  # by row: where it ends, and whether in a cell of one column
    cells: dict[int, int] = {}
    for box in draft.boxes:
        cells[box.row] = cells.get(box.row, 0) + 1
        ends[box.row] = max(ends.get(box.row, (0, False)), (box.column + box.across, box.across == 1))
    furthest = max(end for end, _ in ends.values())
    several = sorted(end for row, (end, _) in ends.items() if cells[row] > 1)
    sure = {end for end, single in ends.values() if single} | {a for a, b in pairwise(several) if a == b}
    starts = max(box.column + 1 for box in draft.boxes)
    return max(starts, max(sure, default=furthest), min(draft.columns, furthest))
