"""Tables that were written as two so that Word repeats the right rows are one again when they are read.

The paragraph between them is empty and has a style of its own, which programs keep that save the document again.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from jixiao.formats.docx.numbering import value_of
from jixiao.formats.docx.outfit import SEAM_STYLE
from jixiao.formats.markup import Element
from jixiao.layout import Block, Cell, Grid, Line

SEAM = Line("")  # no other line is empty
NEAR = 40  # twentieths of a point: edges so near are one

Edges = tuple[int, ...]


def is_seam(paragraph: Element) -> bool:
    """Tell the paragraph between the two parts of a table from others."""
    return value_of(paragraph, "pPr", "pStyle") == SEAM_STYLE


def joined(blocks: Iterable[Block], edges: Mapping[int, Edges]) -> Iterator[Block]:
    """Put each two tables with a seam between them together; a seam alone is nothing.

    Args:
        blocks: in reading order, SEAM where a seam stands.
        edges: of the columns of each table by its number, filled while the blocks are read.
    """
    held: Grid | None = None
    seam = False
    for block in blocks:
        if block is SEAM:
            seam = held is not None
        elif held is not None and seam and isinstance(block, Grid):
            held, seam = _together(held, block, edges), False
        else:
            if held is not None:
                yield held
            held, seam = (block, False) if isinstance(block, Grid) else (None, False)
            if held is None:
                yield block
    if held is not None:
        yield held


def _together(upper: Grid, lower: Grid, edges: Mapping[int, Edges]) -> Grid:
    below = max(cell.row + cell.rowspan for cell in upper.cells)
    over, under = (edges.get(grid.place.table or 0, ()) for grid in (upper, lower))
    shared = _shared(over, under)
    cells = (
        *(_moved(cell, 0, over, shared) for cell in upper.cells),
        *(_moved(cell, below, under, shared) for cell in lower.cells),
    )
    return replace(upper, cells=cells)


def _shared(over: Edges, under: Edges) -> Edges:
    """The edges of both parts: a program that saves the document leaves out of a part those that it does not use."""
    if over == under or not over or not under:
        return ()
    found: list[int] = []
    for edge in sorted({*over, *under}):
        if not found or edge - found[-1] > NEAR:
            found.append(edge)
    return tuple(found)


def _moved(cell: Cell, down: int, own: Edges, shared: Edges) -> Cell:
    """A cell in the columns of the whole table."""
    if not shared or cell.column + cell.colspan >= len(own):
        return replace(cell, row=cell.row + down)
    left, right = (_at(own[column], shared) for column in (cell.column, cell.column + cell.colspan))
    return replace(cell, row=cell.row + down, column=left, colspan=max(right - left, 1))


def _at(edge: int, shared: Edges) -> int:
    return max(bisect_right(shared, edge) - 1, 0)
