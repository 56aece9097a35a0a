"""A table as data for the typesetter: each cell its place, its spans, its text and its dress."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from jixiao.formats.cell_text import tidy
from jixiao.formats.pdf.proportions import SIDE, Fit
from jixiao.formats.text_width import units
from jixiao.layout import PLACEHOLDER, Cell, Grid, Role

Said = dict[str, object]

GAPS = re.compile(f"({PLACEHOLDER.pattern})")
UNSEEN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2061-\u2069\ud800-\udfff\ufe00-\ufe0f\ufffe\uffff]")
TALL = 0.45  # of a page: a cell higher than this may be torn
CENTRED = 20  # half widths: columns of longer texts begin at the left


def said_of(text: str) -> list[list[str]]:
    """Cut a text into its lines, each into pieces of which the odd ones are still to be filled in."""
    return [GAPS.split(line) for line in shown(text).split("\n")]


def shown(text: str) -> str:
    """Return what of a text is seen on paper: no marks of direction, no halves of characters, no tabs."""
    return UNSEEN.sub("", tidy(text)).replace("\t", " ")


def whole(grid: Grid) -> Grid:
    """Fill the spots that no cell owns with empty cells; of two cells on one spot the first keeps it."""
    taken: set[tuple[int, int]] = set()
    kept: list[Cell] = []
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.column)):
        spots = set(_spots(cell))
        if not spots & taken:
            taken |= spots
            kept.append(cell)
    height, width = (1 + max(spot[side] for spot in taken) for side in (0, 1))
    empty = (cell for row in range(height) for cell in _filled(row, width, taken))
    return replace(grid, cells=tuple(sorted((*kept, *empty), key=lambda c: (c.row, c.column))))


def _filled(row: int, width: int, taken: set[tuple[int, int]]) -> Iterator[Cell]:
    """Yield one empty cell for each run of spots in a row that nobody owns."""
    for free, run in groupby(range(width), key=lambda column: (row, column) not in taken):
        columns = list(run)
        if free:
            yield Cell(row, columns[0], "", 1, len(columns))


def _spots(cell: Cell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + max(cell.rowspan, 1)):
        for column in range(cell.column, cell.column + max(cell.colspan, 1)):
            yield row, column


def table(grid: Grid, fit: Fit, height: float, tail: list[Said]) -> Said:
    """Return a table without gaps as data.

    Args:
        grid: the table; see `whole`.
        fit: its measures.
        height: of the page, in points.
        tail: the lines that must not be parted from its last row.
    """
    head, left = _repeated(grid), _left_columns(grid)
    parts: dict[str, list[list[object]]] = {"before": [], "head": [], "after": []}
    for cell in grid.cells:
        for piece, bare in _pieces(cell, head):
            torn = piece.rowspan > 1 or fit.height(piece) > TALL * height
            where = "before" if piece.row < head[0] else "head" if piece.row < head[1] else "after"
            parts[where].append([
                piece.column, piece.row, piece.colspan, piece.rowspan, said_of(piece.text), piece.role.value,
                _side(piece, left), torn, bare,
            ])  # fmt: skip
    rows = max(cell.row + cell.rowspan for cell in grid.cells)
    return {
        "kind": "grid", "size": fit.size, "inset": [SIDE, fit.above], "widths": list(fit.shares), "rows": rows,
        "tail": tail, **parts,
    }  # fmt: skip


def _repeated(grid: Grid) -> tuple[int, int]:
    """The rows that stand again on each page; none where a cell reaches into them from above."""
    if grid.repeated is None:
        return (0, 0)
    first, behind = grid.repeated
    reached = any(cell.row < first < cell.row + cell.rowspan for cell in grid.cells)
    last = max(cell.row + cell.rowspan for cell in grid.cells)
    return (0, 0) if reached or not first < behind < last else (first, behind)


def _pieces(cell: Cell, head: tuple[int, int]) -> Iterator[tuple[Cell, str]]:
    """Cut a label that reaches down out of the repeated rows in two, no rule between; the lower has the text."""
    inside = head[1] - cell.row
    if not head[0] <= cell.row < head[1] or cell.rowspan <= inside:
        yield cell, ""
        return
    yield replace(cell, rowspan=inside, text=""), "bottom"
    yield replace(cell, row=head[1], rowspan=cell.rowspan - inside), "top"


def _left_columns(grid: Grid) -> set[tuple[int, int]]:
    """Return the columns, by place and span, with texts too long to stand in the middle."""
    return {
        (cell.column, cell.colspan)
        for cell in grid.cells
        if cell.role is Role.TEXT and cell.rowspan == 1 and (units(cell.text) > CENTRED or "\n" in cell.text)
    }


def _side(cell: Cell, left: set[tuple[int, int]]) -> str:
    return "left" if cell.role is Role.TEXT and (cell.column, cell.colspan) in left else "center"
