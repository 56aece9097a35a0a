"""What was recognized on a page that is a picture, in the terms of pages of text: so its tables run on over pages."""

from collections.abc import Iterator, Sequence

from jixiao.formats.pdf.cells import Field, Piece
from jixiao.formats.pdf.frame import Box, Frame
from jixiao.formats.pdf.page import Page
from jixiao.formats.scan.reading import Outline, Part
from jixiao.formats.scan.reading import Page as Scanned
from jixiao.layout import Cell, Doubt, Grid, Line

ALIKE = 0.03  # by which two scans of one table may differ in width


def pages(scanned: Scanned, number: int, before: Page | None) -> list[Page]:
    """Make a page of each part of a page; `before` is the page before it, whose last table may go on.

    The doubts about cells go with their tables, which will get other numbers and perhaps other rows.
    """
    found: list[Page] = []
    for part in scanned.parts:
        page = Page(Frame(number, 0, 0, part.width, part.height))
        last = found[-1] if found else before
        page.blocks = tuple(_things(part, page.frame, scanned.doubts, last))
        found.append(page)
    found = found or [Page(Frame(number, 0, 0, 1, 1))]
    found[0].doubts += [doubt for doubt in scanned.doubts if not _is_of_a_cell(doubt)]
    return found


def _is_of_a_cell(doubt: Doubt) -> bool:
    return doubt.place.table is not None and doubt.place.row is not None


def _things(part: Part, frame: Frame, doubts: Sequence[Doubt], before: Page | None) -> Iterator[Line | Piece]:
    outlines = iter(part.outlines)
    for block in part.blocks:
        if isinstance(block, Grid):
            made = _piece(block, next(outlines), frame, part.em)
            made.doubts += [d for d in doubts if _is_of_a_cell(d) and d.place.table == block.place.table]
            _widen(made, before)
            yield made
        else:
            yield block


def _piece(grid: Grid, outline: Outline, frame: Frame, em: float) -> Piece:
    edges = list(zip(*outline.boxes, strict=True))
    whole = min(edges[0]), min(edges[1]), max(edges[2]), max(edges[3])
    fields = [
        _field(cell, box, lines, em)
        for cell, box, lines in zip(grid.cells, outline.boxes, outline.lines, strict=True)
    ]
    return Piece(frame, whole, fields, place=grid.place)


def _field(cell: Cell, box: Box, lines: Sequence[Box], em: float) -> Field:
    made = Field(box, cell.text, len(lines), size=em, unit=em, letter=em, cell=cell)
    if lines:
        last = lines[-1]
        made.width = box[2] - box[0]
        made.tail = last[2] - last[0]
        made.room = made.width - made.tail - em  # a margin of half a letter at either side
        made.base = last[3]
    return made


def _widen(piece: Piece, before: Page | None) -> None:
    """Make a table as wide as the one before it, where no more than the scanner made the difference."""
    last = next((t for t in reversed(before.blocks) if isinstance(t, Piece)), None) if before else None
    left, _, right, _ = piece.box
    if last is None or abs((last.box[2] - last.box[0]) / (right - left) - 1) > ALIKE:
        return
    factor = (last.box[2] - last.box[0]) / (right - left)
    piece.box = _stretched(piece.box, left, factor)
    for each in piece.fields:
        each.box = _stretched(each.box, left, factor)


def _stretched(box: Box, left: float, factor: float) -> Box:
    return left + (box[0] - left) * factor, box[1], left + (box[2] - left) * factor, box[3]
