"""A page as data for the typesetter: what `page.typ` is told of lines and tables, and nothing that it would interpret.

A line is its text, cut where something has still to be filled in (the odd pieces), and how it is dressed; a cell is its
place, its spans, its text and its dress. How a whole paper is set follows from what there is more of: running text
(GB/T 9704-2012) or tables.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from jixiao.formats.cell_text import tidy
from jixiao.formats.pdf.proportions import SIDE, Fit, fitted
from jixiao.formats.text_width import units
from jixiao.layout import PLACEHOLDER, Block, Cell, Grid, Layout, Line, Role

Said = dict[str, object]

GAPS = re.compile(f"({PLACEHOLDER.pattern})")
MILLIMETRE = 72 / 25.4
PAPER = (210, 297)
FORM_MARGINS, TEXT_MARGINS = (30, 36), (54, 72)  # mm, both sides together: across, down
TITLES = 60.0  # what a form's title and year take above its table
PROSE_SIZE, PROSE_ABOVE = 10.5, 3.0  # of a table inside running text
TALL = 0.45  # of a page: a cell higher than this may be torn
DEEPEST = 6
CENTRED = 10  # half widths: columns of longer texts begin at the left


def composed(layout: Layout) -> Said:
    """Return one paper as data; its bookmark is the layout's name."""
    prose = _is_prose(layout)
    width, height = _area(layout, TEXT_MARGINS if prose else FORM_MARGINS)
    blocks: list[Said] = []
    depth, titles = 1, 0
    for k, block in enumerate(layout.blocks):
        if isinstance(block, Line):
            titled = block.level is not None
            depth = min(max(block.level or 0, 0) + 2, depth + 1, DEEPEST) if titled else depth
            titles += block.level == 0
            said = _line(block, depth if titled else 0)
            said["marked"] = titled and (block.level != 0 or titles > 1)
            said["kept"] = _is_signature(layout.blocks, k + 1)
            blocks.append(said)
        elif block.cells:
            grid = _whole(block)
            fit = fitted(grid, width, height - TITLES)
            fit = Fit(fit.shares, PROSE_SIZE, PROSE_ABOVE, width) if prose else fit
            blocks.append(_grid(grid, fit, height))
    name = tidy(layout.name).replace("\n", " ") or "未命名"
    return {
        "name": name,
        "style": "text" if prose else "form",
        "landscape": layout.landscape,
        "blocks": blocks,
    }


def _is_prose(layout: Layout) -> bool:
    """Whether running text outweighs the tables."""
    weight = Counter[str]()
    for block in layout.blocks:
        if isinstance(block, Line):
            weight["text"] += len(block.text) if block.role is Role.TEXT else 0
        else:
            weight["table"] += sum(len(cell.text) for cell in block.cells)
    return weight["text"] > weight["table"]


def _area(layout: Layout, margins: tuple[int, int]) -> tuple[float, float]:
    across, down = PAPER[::-1] if layout.landscape else PAPER
    return (across - margins[0]) * MILLIMETRE, (down - margins[1]) * MILLIMETRE


def _is_signature(blocks: tuple[Block, ...], k: int) -> bool:
    if k >= len(blocks):
        return False
    block = blocks[k]
    return isinstance(block, Line) and block.role is Role.SIGNATURE


def _line(line: Line, depth: int) -> Said:
    role = "title" if line.level == 0 else line.role.value if line.level is None else "heading"
    return {"kind": "line", "text": _text(line.text), "role": role, "level": line.level or 0, "depth": depth}


def _text(text: str) -> list[list[str]]:
    """Cut a text into its lines, each into pieces of which the odd ones are still to be filled in."""
    return [GAPS.split(line) for line in tidy(text).replace("\t", " ").split("\n")]


def _whole(grid: Grid) -> Grid:
    """Fill the spots that no cell owns with empty cells; of two cells on one spot the first keeps it."""
    taken: set[tuple[int, int]] = set()
    kept: list[Cell] = []
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.column)):
        spots = set(_spots(cell))
        if not spots & taken:
            taken |= spots
            kept.append(cell)
    height, width = (1 + max(spot[side] for spot in taken) for side in (0, 1))
    empty = [
        Cell(row, column, "")
        for row in range(height)
        for column in range(width)
        if (row, column) not in taken
    ]
    return replace(grid, cells=tuple(sorted((*kept, *empty), key=lambda c: (c.row, c.column))))


def _spots(cell: Cell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + max(cell.rowspan, 1)):
        for column in range(cell.column, cell.column + max(cell.colspan, 1)):
            yield row, column


def _grid(grid: Grid, fit: Fit, height: float) -> Said:
    head = _repeated(grid)
    left = _left_columns(grid)
    parts: dict[str, list[list[object]]] = {"before": [], "head": [], "after": []}
    for cell in grid.cells:
        where = "before" if cell.row < head[0] else "head" if cell.row < head[1] else "after"
        for piece, open_side in _pieces(cell, head):
            whole = piece.rowspan == 1 and fit.height(piece) < TALL * height
            parts["after" if open_side == "t" else where].append(
                [
                    piece.column,
                    piece.row,
                    piece.colspan,
                    piece.rowspan,
                    _text(piece.text),
                    piece.role.value,
                    _side(piece, left),
                    whole,
                    open_side,
                ]
            )
    return {
        "kind": "grid",
        "size": fit.size,
        "inset": [SIDE, fit.above],
        "widths": list(fit.shares),
        **parts,
    }


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
    yield replace(cell, rowspan=inside, text=""), "b"
    yield replace(cell, row=head[1], rowspan=cell.rowspan - inside), "t"


def _left_columns(grid: Grid) -> set[tuple[int, int]]:
    """Return the columns, by place and span, whose texts are long enough to begin at the left."""
    return {
        (cell.column, cell.colspan)
        for cell in grid.cells
        if cell.role is Role.TEXT and cell.rowspan == 1 and (units(cell.text) > CENTRED or "\n" in cell.text)
    }


def _side(cell: Cell, left: set[tuple[int, int]]) -> str:
    if cell.role is Role.TEXT and cell.rowspan == 1 and (cell.column, cell.colspan) in left:
        return "left"
    return "center"
