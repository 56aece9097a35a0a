"""Read a PDF whose text can be selected: ruled and aligned tables as grids, the rest as paragraphs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from pypdfium2 import PdfPage

from jixiao.errors import UnreadableError
from jixiao.formats.intake import LIMITS, Tally, refusal
from jixiao.formats.notes import UNREAD
from jixiao.formats.pdf import aligned, continuing, furniture, overprinted
from jixiao.formats.pdf.cells import Piece
from jixiao.formats.pdf.document import is_notes, opened, page_at
from jixiao.formats.pdf.grids import grid
from jixiao.formats.pdf.ink import Ink, ink
from jixiao.formats.pdf.page import Page, body_size, pages, text_size
from jixiao.formats.pdf.paragraphs import Margins, lines, margins
from jixiao.formats.pdf.rows import Row
from jixiao.layout import NOWHERE, Block, Doubt, Layout, Line, Place

LOST = "有 {count} 个字的字体没有文字对照表，读不出是什么字，以“\ufffd”代替"
HIDDEN = "文字是扫描软件识别后附上的（看不见的文字层），可能有识别错误，请与页面图像核对"
SLANTED = "斜排的文字按水印略去：{text}"
INSTEAD = "请提供制作它的 docx 或 xlsx"
FEW = 30  # letters: a page of no more, most of which is a picture, is a picture
OUTLINES = 1_000  # things drawn on a page without letters: letters turned into shapes
BLANK = "这一页读不出内容，已略去"


Recognizer = Callable[[PdfPage, Ink, Page | None], list[Page]]


def read(data: bytes, *, name: str) -> Layout:
    """Read a PDF.

    Returns:
        the page; if its format is "scanned_pdf", some pages are pictures and left out, for `scanned` to read.

    Raises:
        UnreadableError: damaged, protected by a password, over a cap, or nothing in it.
    """
    return read_with(None, data, name=name)


def read_with(recognize: Recognizer | None, data: bytes, *, name: str) -> Layout:
    """Read a PDF, the pages that are pictures by `recognize`; see `read`."""
    found: list[Page] = []
    doubts: list[Doubt] = []
    format_ = "pdf"
    with opened(data, name) as document:
        for index in range(len(document)):
            page = page_at(document, index)
            if page is None:
                doubts.append(Doubt(Place(page=index + 1), BLANK))
                continue
            if is_notes(page):
                doubts += [Doubt(NOWHERE, UNREAD)] if Doubt(NOWHERE, UNREAD) not in doubts else []
                page.close()
                continue
            drawn = ink(page, index + 1, name)
            if is_picture(drawn):
                format_ = "scanned_pdf"
                before = found[-1] if found else None
                found += recognize(page, drawn, before) if recognize is not None else []
            else:
                doubts += notes(drawn)
                found += pages(drawn, name)
            page.close()
    layout = composed(found, doubts, name=name, format_=format_)
    if not layout.blocks and (format_ == "pdf" or recognize is not None):
        raise _nothing(name, doubts)
    return layout


def composed(found: Sequence[Page], doubts: list[Doubt], *, name: str, format_: str) -> Layout:
    """Put pages together: what stands on all of them is left out, tables and paragraphs run on over their ends.

    Args:
        found: the pages as they are read one by one.
        doubts: about the file; those about what is put together are added.
        name: what the user calls the file.
        format_: what it is.
    """
    body = body_size(found)
    furniture.clear(found, body)
    for before, each in zip([None, *found], found, strict=False):
        aligned.gather(each, before)
        doubts += each.doubts
    blocks = tuple(_blocks(found, body, Tally(name), doubts))
    return Layout(name=name, blocks=blocks, format=format_, doubts=tuple(doubts[: LIMITS.doubts]))


def _nothing(name: str, doubts: Sequence[Doubt]) -> UnreadableError:
    if doubts:
        return refusal(name, doubts[0].why, INSTEAD)
    return refusal(name, "PDF 里没有文字，也没有可以识别的图片", INSTEAD)


def is_picture(drawn: Ink) -> bool:
    """Tell a page that has to be looked at: a picture over most of it, or letters that are shapes only.

    Letters that are not drawn are what some other program recognized in the picture: lines, no tables.
    """
    most = max(FEW, 2 * drawn.lost) + 1  # a page has thousands
    letters = len(list(islice((True for glyph in drawn.glyphs if not glyph.text.isspace()), most)))
    if drawn.lost * 2 > letters > FEW:
        return True
    area = drawn.frame.width * drawn.frame.height
    covered = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in drawn.pictures)
    if letters > FEW:
        return drawn.hidden * 2 > letters and covered * 2 > area
    return covered * 2 > area or (letters == 0 and drawn.objects > OUTLINES)


def notes(drawn: Ink) -> Iterator[Doubt]:
    """Say what is doubtful about the text of a page as a whole."""
    place = Place(page=drawn.frame.page)
    if drawn.lost:
        yield Doubt(place, LOST.format(count=drawn.lost))
    if 2 * drawn.hidden > len(drawn.glyphs) > 0:
        yield Doubt(place, HIDDEN)
    if text := "".join(drawn.slanted).strip():
        yield Doubt(place, SLANTED.format(text=text[:40]))


def _blocks(found: Sequence[Page], body: float, tally: Tally, doubts: list[Doubt]) -> Iterator[Block]:
    """Yield tables and paragraphs in order; both may run on over the end of a page."""
    rows = [[thing for thing in page.things if isinstance(thing, Row)] for page in found]
    margin = margins(rows, text_size(found, body))
    number, before = 0, None
    for group in _groups(found):
        if isinstance(group, Line):
            yield replace(group, text=tally.add(group.text))
        elif isinstance(group, continuing.Table):
            number += 1
            made = grid(group, number, tally)
            doubts += group.doubts
            doubts += overprinted.doubts(before, made) if before is not None else ()
            before = made
            yield made
        else:
            yield from _paragraphs(group, margin, tally)


def _paragraphs(group: Sequence[tuple[int, Row]], margin: Margins, tally: Tally) -> Iterator[Block]:
    for line in lines(group, margin):
        if tally.add(line.text):
            yield line


Rows = list[tuple[int, Row]]


def _groups(found: Sequence[Page]) -> Iterator[continuing.Table | Rows | Line]:
    """Yield tables with all their pieces, runs of lines with the numbers of their pages, and lines recognized."""
    group: continuing.Table | Rows = []
    for number, at_head, thing in _things(found):
        if _takes(group, thing, number, at_head=at_head):
            continue
        if group:
            yield group
        group = []
        if isinstance(thing, Line):
            yield thing
        else:
            group = continuing.begun(thing) if isinstance(thing, Piece) else [(number, thing)]
    if group:
        yield group


def _takes(group: continuing.Table | Rows, thing: Piece | Row | Line, number: int, *, at_head: bool) -> bool:
    """Add a line to the lines, or a piece to the table that it goes on with."""
    if isinstance(thing, Row) and isinstance(group, list):
        group.append((number, thing))
        return True
    if (
        isinstance(thing, Piece)
        and isinstance(group, continuing.Table)
        and at_head
        and continuing.goes_on(group, thing)
    ):
        continuing.add(group, thing)
        return True
    return False


def _things(found: Sequence[Page]) -> Iterator[tuple[int, bool, Piece | Row | Line]]:
    """Yield what stands on the pages, with the number of the page and whether it stands first there."""
    for number, page in enumerate(found):
        for n, thing in enumerate((*page.things, *page.blocks)):
            yield number, n == 0, thing
