"""A table as data for the typesetter: each cell its place, its spans, its text and its dress."""

from collections.abc import Iterator
from dataclasses import replace

from jixiao.expressions import expression
from jixiao.formats.cell_text import tidy
from jixiao.formats.pdf.proportions import CHARACTER, SIDE, Fit, heights
from jixiao.formats.row_groups import Group, kept
from jixiao.formats.table_shape import Placed, centred, is_centred, placed
from jixiao.layout import PLACEHOLDER, Cell, Grid

Said = dict[str, object]

GAPS = expression(f"({PLACEHOLDER.pattern})")
UNSEEN = expression("[\u061c\u200e\u200f\u202a-\u202e\u2061-\u2069\ud800-\udfff\ufe00-\ufe0f\ufffe\uffff]")
TALL = 0.45  # of a page: a cell higher than this may be torn


def said_of(text: str) -> list[list[str]]:
    """Cut a text into its lines, each into pieces of which the odd ones are still to be filled in."""
    return [GAPS.split(line) for line in shown(text).split("\n")]


def shown(text: str) -> str:
    """Return what of a text is seen on paper: no marks of direction, no halves of characters, no tabs."""
    return UNSEEN.sub("", tidy(text)).replace("\t", " ")


def table(grid: Grid, fit: Fit, height: float, tail: list[Said]) -> Said:
    """Return a table without gaps as data.

    Args:
        grid: the table, its cells covering it.
        fit: its measures.
        height: of the page, in points.
        tail: the lines that must not be parted from its last row.
    """
    head, short = _repeated(grid), centred(placed(grid))
    parts: dict[str, list[list[object]]] = {"before": [], "head": [], "after": []}
    for cell in grid.cells:
        for piece, bare in _pieces(cell, head):
            torn = piece.rowspan > 1 or fit.height(piece) > TALL * height
            where = "before" if piece.row < head[0] else "head" if piece.row < head[1] else "after"
            parts[where].append([
                piece.column, piece.row, piece.colspan, piece.rowspan, said_of(piece.text), piece.role.value,
                _side(piece, short), torn, bare,
            ])  # fmt: skip
    rows = max(cell.row + cell.rowspan for cell in grid.cells)
    groups = kept(_labelled(grid, fit, head), heights(grid, fit), height, whole=head[1] > 0)
    runs = [[first, behind - first] for first, behind in _with_tail(groups, rows if tail else 0)]
    return {
        "kind": "grid", "size": fit.size, "inset": [SIDE, fit.above], "widths": list(fit.shares), "rows": rows,
        "tail": tail, "kept": runs, **parts,
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


def _labelled(grid: Grid, fit: Fit, head: tuple[int, int]) -> Iterator[Group]:
    """Yield the rows beside each label; below the repeated ones, where it reaches down out of them."""
    for cell in grid.cells:
        first = max(cell.row, head[1]) if cell.row >= head[0] else cell.row
        behind = cell.row + cell.rowspan
        if cell.rowspan > 1 and cell.text and first < behind:
            yield Group(first, behind, fit.height(cell, CHARACTER))  # rather a line too many than too few


def _with_tail(groups: list[tuple[int, int]], rows: int) -> list[tuple[int, int]]:
    """Keep what is signed below the table with its last row, and with those that are kept with that."""
    if not rows:
        return groups
    first = next((first for first, behind in groups if behind == rows), rows - 1)
    return [*(group for group in groups if group[1] < rows), (first, rows + 1)]


def _side(cell: Cell, short: frozenset[tuple[int, int]]) -> str:
    one = Placed(cell, cell.row, cell.column, cell.row + cell.rowspan - 1, cell.column + cell.colspan - 1)
    return "center" if is_centred(one, short) else "left"
