"""Writes annotations on the pages of an untrusted PDF, in the guarded process; `annotating` gives the order.

An order is a line of JSON, the PDF of the pages in front, and the PDF itself, one behind the other. The answer is a
page of lines: the numbers of the notes that found no place, then the new file in base64.
"""

import ctypes
import json
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import md5
from io import BytesIO
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError, PdfPage

from jixiao.formats.intake import LIMITS, refusal
from jixiao.formats.notes import quotation
from jixiao.formats.pdf.document import LARGEST, NOTES, is_notes, opened
from jixiao.layout import Layout, Line

PIECE = 3 * 1024 * 1024  # bytes in a line of the answer
BORDER = Decimal("1.2")
OPAQUE, PALE = 255, 110
PRINTED, HIDDEN = 4, 2
CORNER, PINNED = 18, "5F6368"  # points; a colour
NEAR = 3  # pages behind its own on which a quotation is looked for
TRAILER = 4096  # bytes
_DRAWN = re.compile(rb"/ID ?\[ ?<[0-9A-F]*> ?<([0-9A-F]{32})> ?\]")
Corners = tuple[Decimal, Decimal, Decimal, Decimal]  # left, bottom, right, top in the file's own space


@dataclass(slots=True)
class Spot:
    """Where notes stand together on a page: boxes around words, or one around a cell; and what they say."""

    page: int
    boxes: tuple[Corners, ...]
    words: bool
    grave: int
    colour: str
    texts: list[str] = field(default_factory=list)


def read(data: bytes, *, name: str) -> Layout:
    """Carry an order out.

    Raises:
        UnreadableError: the PDF is damaged, protected, over a cap, or has notes from before.
    """
    head, _, rest = data.partition(b"\n")
    order = json.loads(head)
    front, paper = rest[: order["front"]], rest[order["front"] :]
    with opened(paper, name) as document:
        pages = (_page(document, index) for index in range(len(document)))
        if any(is_notes(page) for page in pages if page is not None):
            raise refusal(name, "已经是加过批注的文件", "请在原件上重新生成")
        spots, lost = _spots(document, order["spots"])
        for number, spot in enumerate(spots, 1):
            _annotate(document[spot.page], spot, order, number)
        if front:
            _put_in_front(document, front)
        elif lost:
            _pin(document[0], [order["spots"][number][-1] for number in lost], order)
        made = _named(_saved(document), md5(data, usedforsecurity=False).hexdigest())
    pieces = (made[at : at + PIECE] for at in range(0, len(made), PIECE))
    lines = (" ".join(map(str, lost)), *(b64encode(piece).decode() for piece in pieces))
    return Layout(name, tuple(map(Line, lines)), "pdf")


def _page(document: PdfDocument, index: int) -> PdfPage | None:
    """Load a page as it stands in the file; None where it is damaged."""
    try:
        return document[index]
    except PdfiumError:
        return None


# ---------------------------------------------------------------- where


def _spots(document: PdfDocument, wanted: list[Any]) -> tuple[list[Spot], list[int]]:
    """Return where the notes go, those of one place together, and the numbers of those that have none."""
    found: dict[tuple[int, tuple[Corners, ...]], Spot] = {}
    lost = []
    for number, (page, box, quoted, grave, colour, text) in enumerate(wanted):
        spot = _spot(document, page, box, quoted)
        if spot is None:
            lost.append(number)
            continue
        there = found.setdefault(spot[:2], Spot(*spot, grave, colour))
        if grave < there.grave:
            there.grave, there.colour = grave, colour
        there.texts.append(text)
    return list(found.values()), lost


def _spot(
    document: PdfDocument, number: int | None, box: list[str] | None, quoted: str
) -> tuple[int, tuple[Corners, ...], bool] | None:
    """Return the page from 0, the boxes on it, and whether they are those of words."""
    if number is None or not 1 <= number <= len(document):
        return None
    for index in range(number - 1, min(number - 1 + NEAR, len(document))) if quoted else ():
        page = _page(document, index)
        boxes = tuple(_words(page, quoted)) if page is not None else ()
        if boxes:
            return index, boxes, True
    page = _page(document, number - 1)
    corners = _corners(page, box) if box is not None and page is not None else None
    return None if corners is None else (number - 1, (corners,), False)


def _words(page: PdfPage, quoted: str) -> Iterator[Corners]:
    """Yield the boxes of words on a page, one a line; none where they aren't found."""
    words = page.get_textpage()
    count = min(pdfium.FPDFText_CountChars(words), LIMITS.page_characters)
    text = "".join(chr(pdfium.FPDFText_GetUnicode(words, n) or 0xFFFD) for n in range(count))
    span = quotation(text, quoted)
    if span is not None:
        bounds = [ctypes.c_double() for _ in range(4)]
        for n in range(pdfium.FPDFText_CountRects(words, span[0], span[1] - span[0])):
            pdfium.FPDFText_GetRect(words, n, *map(ctypes.byref, bounds))
            left, top, right, bottom = (Decimal(bound.value) for bound in bounds)
            yield left, bottom, right, top
    words.close()


def _corners(page: PdfPage, box: list[str]) -> Corners | None:
    """Bring a box of the page as it is shown back into the file's own space."""
    left, bottom, right, top = (Decimal(at) for at in page.get_bbox())
    turn = page.get_rotation() // 90 % 4
    x0, y0, x1, y1 = (Decimal(at) for at in box)
    if not all(abs(at) <= LARGEST for at in (x0, y0, x1, y1)):
        return None
    if turn == 0:
        return left + x0, top - y1, left + x1, top - y0
    if turn == 1:
        return left + y0, bottom + x0, left + y1, bottom + x1
    if turn == 2:  # noqa: PLR2004
        return right - x1, bottom + y0, right - x0, bottom + y1
    return right - y1, top - x1, right - y0, top - x0


# ---------------------------------------------------------------- what


def _annotate(page: PdfPage, spot: Spot, order: dict[str, str], number: int) -> None:
    """Write one annotation: words are marked, a cell is framed."""
    kind = pdfium.FPDF_ANNOT_HIGHLIGHT if spot.words else pdfium.FPDF_ANNOT_SQUARE
    annotation = pdfium.FPDFPage_CreateAnnot(page, kind)
    left, bottom = (min(box[n] for box in spot.boxes) for n in (0, 1))
    right, top = (max(box[n] for box in spot.boxes) for n in (2, 3))
    pdfium.FPDFAnnot_SetRect(annotation, pdfium.FS_RECTF(left=left, bottom=bottom, right=right, top=top))
    if spot.words:
        for x0, y0, x1, y1 in spot.boxes:
            corners = pdfium.FS_QUADPOINTSF(x0, y1, x1, y1, x0, y0, x1, y0)
            pdfium.FPDFAnnot_AppendAttachmentPoints(annotation, corners)
    else:
        pdfium.FPDFAnnot_SetBorder(annotation, 0, 0, BORDER)
    colour = bytes.fromhex(spot.colour)
    shade = PALE if spot.words else OPAQUE
    pdfium.FPDFAnnot_SetColor(annotation, pdfium.FPDFANNOT_COLORTYPE_Color, *colour, shade)
    day = f"D:{order['day']}000000"
    told = (
        (b"Contents", "\n\n".join(spot.texts)),
        (b"T", order["author"]),
        (b"M", day),
        (b"NM", f"jixiao-{number}"),
    )
    for key, text in told:
        _tell(annotation, key, text)
    pdfium.FPDFAnnot_SetFlags(annotation, PRINTED)
    pdfium.FPDFPage_CloseAnnot(annotation)


def _tell(annotation: Any, key: bytes, text: str) -> None:  # noqa: ANN401 - a handle of the library
    data = text.encode("utf-16-le", "replace") + b"\0\0"
    pdfium.FPDFAnnot_SetStringValue(
        annotation, key, (ctypes.c_ushort * (len(data) // 2)).from_buffer_copy(data)
    )


def _pin(page: PdfPage, texts: list[str], order: dict[str, str]) -> None:
    """Pin what has no place to the upper left corner of a page, where there is no page in front to say it."""
    left, _, _, top = (Decimal(at) for at in page.get_bbox())
    box = (left + CORNER, top - 2 * CORNER, left + 2 * CORNER, top - CORNER)
    _annotate(page, Spot(0, (box,), words=False, grave=0, colour=PINNED, texts=texts), order, 0)


def _put_in_front(document: PdfDocument, front: bytes) -> None:
    """Take the pages in front in, each with the hidden mark that tells what it is."""
    listed = PdfDocument(front)
    count = len(listed)
    pdfium.FPDF_ImportPages(document, listed, None, 0)
    for index in range(count):
        annotation = pdfium.FPDFPage_CreateAnnot(document[index], pdfium.FPDF_ANNOT_TEXT)
        pdfium.FPDFAnnot_SetRect(annotation, pdfium.FS_RECTF(left=0, bottom=0, right=1, top=1))
        _tell(annotation, b"NM", NOTES)
        pdfium.FPDFAnnot_SetFlags(annotation, HIDDEN)
        pdfium.FPDFPage_CloseAnnot(annotation)
    listed.close()


def _saved(document: PdfDocument) -> bytes:
    """Return the file with what is new behind its end; written anew where its own directory is broken."""
    for flags in (pdfium.FPDF_INCREMENTAL, pdfium.FPDF_NO_INCREMENTAL):
        stream = BytesIO()
        document.save(stream, flags=flags)
        if _is_whole(stream.getvalue(), len(document)):
            break
    return stream.getvalue()


def _named(made: bytes, name: str) -> bytes:
    """Put a name for this version in stead of the one that the library has drawn by lot."""
    for drawn in _DRAWN.finditer(made, max(len(made) - TRAILER, 0)):
        made = made[: drawn.start()] + made[drawn.start() :].replace(drawn[1], name.upper().encode())
    return made


def _is_whole(made: bytes, pages: int) -> bool:
    try:
        again = PdfDocument(made)
    except PdfiumError:
        return False
    whole = len(again) == pages and is_notes(again[0])
    again.close()
    return whole
