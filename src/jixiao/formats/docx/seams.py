"""Tables that were written as two so that Word repeats the right rows are one again when they are read.

The paragraph between them is empty and has a style of its own, which programs keep that save the document again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from jixiao.formats.docx.numbering import value_of
from jixiao.formats.docx.outfit import SEAM_STYLE
from jixiao.formats.markup import Element
from jixiao.layout import Block, Grid, Line

SEAM = Line("")  # no other line is empty


def is_seam(paragraph: Element) -> bool:
    """Tell the paragraph between the two parts of a table from others."""
    return value_of(paragraph, "pPr", "pStyle") == SEAM_STYLE


def joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """Put each two tables with a seam between them together; a seam alone is nothing."""
    held: Grid | None = None
    seam = False
    for block in blocks:
        if block is SEAM:
            seam = held is not None
        elif held is not None and seam and isinstance(block, Grid):
            held, seam = _together(held, block), False
        else:
            if held is not None:
                yield held
            held, seam = (block, False) if isinstance(block, Grid) else (None, False)
            if held is None:
                yield block
    if held is not None:
        yield held


def _together(upper: Grid, lower: Grid) -> Grid:
    below = max(cell.row + cell.rowspan for cell in upper.cells)
    moved = (replace(cell, row=below + cell.row) for cell in lower.cells)
    return replace(upper, cells=(*upper.cells, *moved))
