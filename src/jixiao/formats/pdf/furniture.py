"""What belongs to the page and not to the paper: page numbers, and small lines in the margins that come again."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from jixiao.expressions import expression
from jixiao.formats.pdf.cells import Piece
from jixiao.formats.pdf.frame import Frame
from jixiao.formats.pdf.page import Page
from jixiao.formats.pdf.rows import Row
from jixiao.formats.text.tables import is_furniture
from jixiao.layout import Line

MARGIN = 66.0  # points from the upper or lower edge: running heads and feet stand there
NUMBER_MARGIN = 96.0  # points: page numbers stand there
SMALL = 12.5  # points: a running head is no larger
LIKE_TEXT = 1.05  # times the size of the text: a centred line larger than this is a title
CENTRED = 0.05  # of the width
NUMBER = expression(r"[-—–－―·.\s第]*[\dⅠⅡⅢⅣⅤivxIVX]{1,4}\s*(?:[/／]\s*\d{1,4})?[-—–－―·.\s页]*")
DIGITS = expression(r"\d+")
Thing = Piece | Row


def clear(pages: Sequence[Page], body: float) -> None:
    """Take the furniture off the pages, in place; `body` is the commonest size of letters."""
    again = Counter(key for page in pages for key in {_key(row) for row in _margin_rows(page, body)})
    for page in pages:
        dropped = {id(row) for row in _margin_rows(page, body) if again[_key(row)] > 1}
        dropped |= {id(row) for row in _numbers(page)}
        page.things = [thing for thing in page.things if id(thing) not in dropped]
    _clear_recognized(pages)


def _clear_recognized(pages: Sequence[Page]) -> None:
    """Take the furniture off the pages that were pictures."""
    heads = {id(page): [line for line in _recognized(page) if _is_head(line, page.frame)] for page in pages}
    again = Counter(key for lines in heads.values() for key in {_words(line.text) for line in lines})
    for page in pages:
        dropped = {id(line) for line in heads[id(page)] if again[_words(line.text)] > 1}
        dropped |= {
            id(line) for line in (*page.blocks[:1], *page.blocks[-1:]) if _is_number(line, page.frame)
        }
        page.blocks = tuple(thing for thing in page.blocks if id(thing) not in dropped)


def _recognized(page: Page) -> list[Line]:
    """List the lines of a picture above, or below, all tables."""
    tables = [n for n, thing in enumerate(page.blocks) if isinstance(thing, Piece)]
    first, last = (tables[0], tables[-1]) if tables else (len(page.blocks), -1)
    return [t for n, t in enumerate(page.blocks) if isinstance(t, Line) and (n < first or n > last)]


def _is_head(line: Line, frame: Frame) -> bool:
    if line.place.box is None or line.level is not None or not _is_near_edge(line, frame, MARGIN):
        return False
    middle = (Decimal(line.place.box[0]) + Decimal(line.place.box[2])) / 2
    return not (0.5 - CENTRED) * frame.width < middle < (0.5 + CENTRED) * frame.width


def _is_number(thing: Piece | Line, frame: Frame) -> bool:
    """Tell a page number of a picture."""
    if isinstance(thing, Piece) or thing.place.box is None:
        return False
    words = is_furniture(thing.text) or NUMBER.fullmatch(thing.text) is not None
    return words and _is_near_edge(thing, frame, NUMBER_MARGIN)


def _is_near_edge(line: Line, frame: Frame, margin: float) -> bool:
    if line.place.box is None:
        return False
    return Decimal(line.place.box[3]) < margin or Decimal(line.place.box[1]) > frame.height - margin


def _words(text: str) -> str:
    return DIGITS.sub("#", text)


def _margin_rows(page: Page, body: float) -> list[Row]:
    """List the small lines in the margins that stand above, or below, all tables, and aren't like titles."""
    return [
        row
        for row in _ends(page)
        if row.size <= SMALL
        and _is_in_margin(row, MARGIN)
        and (row.size <= LIKE_TEXT * body or not _is_centred(row))
    ]


def _is_centred(row: Row) -> bool:
    return abs((row.x0 + row.x1) / 2 - row.frame.width / 2) < CENTRED * row.frame.width


def _numbers(page: Page) -> list[Row]:
    """List the page numbers: nothing stands above, or below them."""
    ends = [*page.things[:1], *page.things[-1:]]
    return [
        row
        for row in _ends(page)
        if (is_furniture(row.text) and _is_in_margin(row, NUMBER_MARGIN))
        or (row in ends and NUMBER.fullmatch(row.text) and _is_in_margin(row, NUMBER_MARGIN))
    ]


def _ends(page: Page) -> list[Row]:
    tables = [n for n, thing in enumerate(page.things) if isinstance(thing, Piece)]
    first, last = (tables[0], tables[-1]) if tables else (len(page.things), -1)
    return [row for n, row in enumerate(page.things) if isinstance(row, Row) and (n < first or n > last)]


def _is_in_margin(row: Row, margin: float) -> bool:
    return row.base < margin or row.base - row.size > row.frame.height - margin


def _key(row: Row) -> tuple[str, int]:
    """What makes two lines the same: their words but for figures, and their height on the page, by five points."""
    return _words(row.text), int(row.base / 5)
