"""The characters and rules of one page, in points from the upper left corner of the page as it is read."""

import ctypes
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage

from jixiao.formats.intake import LIMITS, too_much
from jixiao.formats.pdf.frame import Box, Frame
from jixiao.formats.pdf.signs import LOST, MEANT, PRIVATE, sign
from jixiao.formats.pdf.strokes import Strokes, strokes

SPACES = (0x20, 0xA0, 0x09)
NAME_BYTES = 128
MIDDLE = 0.35  # of its size a character's middle stands above the baseline
QUARTER = math.pi / 2
OBLIQUE = 0.1  # of a quarter turn off the upright: such text is slanted
WIDE = 0x2E80  # from here on characters are as wide as they are high

Handle = Any  # of the library's own: its wrapped object costs a look-up in every call
Rule = tuple[float, float, float]  # where it stands, where it begins, where it ends
Mark = tuple[str, int, float, float]  # a character in the file's space: text, number in the text page, origin


class Glyph(NamedTuple):
    """A character: where it begins and the next may, its baseline, its size, the height of its middle, in points."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    middle: float


@dataclass(slots=True)
class Ink:
    """A page: upright characters, those turned by a quarter or half (by turns clockwise), rules, pictures.

    `across` are (y, x0, x1), `down` (x, y0, y1). `slanted` is text neither upright nor turned by quarters, `lost`
    counts the characters whose meaning the file doesn't tell, `hidden` those that are not drawn. `density` is that of
    the finest picture, in pixels to the point; `objects` counts everything drawn.
    """

    frame: Frame
    glyphs: list[Glyph] = field(default_factory=list)
    turned: dict[int, list[Glyph]] = field(default_factory=dict)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    slanted: list[str] = field(default_factory=list)
    lost: int = 0
    hidden: int = 0
    density: float = 0
    objects: int = 0


def ink(page: PdfPage, number: int, name: str) -> Ink:
    """Gather what stands on a page; `number` counts from 1.

    Raises:
        UnreadableError: more characters or objects than any paper has.
    """
    drawn = strokes(page, name)
    left, bottom, right, top = page.get_bbox()
    shown = page.get_rotation() // 90 % 4
    frame = Frame(number, left, bottom, right, top, shown, shown)
    text = page.get_textpage()
    try:
        if pdfium.FPDFText_CountChars(text) > LIMITS.page_characters:
            raise too_much(name, "一页中的文字")
        found = Ink(frame, density=drawn.density, objects=drawn.objects)
        marks = _marks(text.raw, found, drawn)
        if drawn.turned or shown:
            _place_turned(text.raw, marks, found)
        else:
            _place_upright(text.raw, marks, found)
    finally:
        text.close()
    _lay_rules(drawn, found)
    return found


# ---------------------------------------------------------------- characters


def _marks(text: Handle, found: Ink, drawn: Strokes) -> Iterator[Mark]:
    """Yield what is a character of the paper: no spaces that pdfium made up, nothing without a meaning or a place."""
    at_x, at_y = ctypes.c_double(), ctypes.c_double()
    unicode_of, origin_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetCharOrigin
    is_unknown, hidden = pdfium.FPDFText_HasUnicodeMapError, drawn.hidden
    left, bottom, right, top = found.frame.left, found.frame.bottom, found.frame.right, found.frame.top
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = unicode_of(text, index)
        if code in SPACES and pdfium.FPDFText_IsGenerated(text, index):
            continue
        if is_unknown(text, index) == 1 or code in PRIVATE:
            shown = sign(code, _font(text, index)) or LOST
        else:
            shown = MEANT[code] if code in MEANT else chr(code)
        if not shown or not origin_of(text, index, at_x, at_y):
            continue
        x, y = at_x.value, at_y.value
        if left <= x <= right and bottom <= y <= top:
            found.lost += shown == LOST
            if hidden:
                found.hidden += _is_hidden(text, index) and not shown.isspace()
            yield shown, index, x, y


def _font(text: Handle, index: int) -> str:
    buffer, flags = ctypes.create_string_buffer(NAME_BYTES), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, buffer, NAME_BYTES, flags)
    return buffer.value.decode("utf-8", "replace")


def _is_hidden(text: Handle, index: int) -> bool:
    thing = pdfium.FPDFText_GetTextObject(text, index)
    return bool(thing) and pdfium.FPDFTextObj_GetTextRenderMode(thing) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


def _place_upright(text: Handle, marks: Iterable[Mark], found: Ink) -> None:
    rect, frame, add = pdfium.FS_RECTF(), found.frame, found.glyphs.append
    left, top = frame.left, frame.top
    loose = pdfium.FPDFText_GetLooseCharBox
    for shown, index, x, y in marks:
        loose(text, index, rect)
        size = rect.top - rect.bottom
        if size > 0:
            right, base = rect.right, top - y
            end = right - left if right > x else x - left
            add(Glyph(shown, x - left, end, base, size, base - MIDDLE * size))


def _place_turned(text: Handle, marks: Iterable[Mark], found: Ink) -> None:
    """Find which way most of the text is written, turn the page so, and set the rest aside."""
    matrix = pdfium.FS_MATRIX()
    ways: list[tuple[Mark, float, float, float]] = []
    for mark in marks:
        _, number, _, _ = mark
        pdfium.FPDFText_GetMatrix(text, number, matrix)
        size = pdfium.FPDFText_GetFontSize(text, number) * math.hypot(matrix.c, matrix.d)
        along, down = found.frame.direction(matrix.a, matrix.b)
        if size > 0:
            ways.append((mark, math.atan2(down, along) / QUARTER, size, math.hypot(matrix.a, matrix.b)))
    found.frame = _upright(found.frame, [way for (shown, *_), way, _, _ in ways if not shown.isspace()])
    more = found.frame.turn - found.frame.shown
    for mark, way, size, _ in ways:
        _set_down(text, (mark, (way + more) % 4, size), found)


def _upright(frame: Frame, ways: list[float]) -> Frame:
    """Turn the frame further so that most of its text, by its quarter turns clockwise as shown, is upright."""
    quarters = Counter(int(way + 4.5) % 4 for way in ways if abs((way + 0.5) % 1 - 0.5) < OBLIQUE)
    if not quarters:
        return frame
    most, count = quarters.most_common(1)[0]
    if most == 0 or count * 2 < len(ways):
        return frame
    turn = (frame.shown - most) % 4
    return Frame(frame.page, frame.left, frame.bottom, frame.right, frame.top, frame.shown, turn)


def _set_down(text: Handle, piece: tuple[Mark, float, float], found: Ink) -> None:
    (shown, number, *origin), way, size = piece
    quarter = int(way + 0.5) % 4
    if abs((way + 0.5) % 1 - 0.5) >= OBLIQUE:
        found.slanted.append(shown)
        return
    x, y = found.frame.point(*origin)
    bounds = [ctypes.c_double() for _ in range(4)]  # left, right, bottom, top
    pdfium.FPDFText_GetCharBox(text, number, *bounds)
    left, right, bottom, top = (bound.value for bound in bounds)
    x0, y0, x1, y1 = found.frame.box((left, bottom, right, top))
    along = size if ord(shown[0]) >= WIDE else 0
    if quarter == 0:
        found.glyphs.append(_glyph(shown, x, max(x1, x + along, x + size / 4), y, size))
        return
    start, end, base = _along(quarter, (x, y), (x0, y0, x1, y1))
    found.turned.setdefault(quarter, []).append(_glyph(shown, start, max(end, start + along), base, size))


def _glyph(text: str, x0: float, x1: float, base: float, size: float) -> Glyph:
    return Glyph(text, x0, x1, base, size, base - MIDDLE * size)


def _along(quarter: int, origin: tuple[float, float], box: Box) -> tuple[float, float, float]:
    """Where a turned character begins and ends along its own line, and where its line stands, growing line by line."""
    x, y = origin
    if quarter == 1:  # downward: lines follow each other to the left
        return y, box[3], -x
    if quarter == 3:  # noqa: PLR2004 - upward: lines follow each other to the right
        return -y, -box[1], x
    return -x, -box[0], -y


# ---------------------------------------------------------------- rules


def _lay_rules(drawn: Strokes, found: Ink) -> None:
    """Bring rules and pictures onto the page as it is read; white ones only where the ground is shaded."""
    frame = found.frame
    grounds = [frame.box(box) for box in drawn.grounds]
    seen = [frame.box(box) for box in drawn.rules]
    pale = [box for box in map(frame.box, drawn.pale) if any(_on(box, ground) for ground in grounds)]
    for x0, y0, x1, y1 in [*seen, *pale]:
        if x1 < 0 or y1 < 0 or x0 > frame.width or y0 > frame.height:
            continue
        if x1 - x0 >= y1 - y0:
            found.across.append(((y0 + y1) / 2, max(x0, 0), min(x1, frame.width)))
        else:
            found.down.append(((x0 + x1) / 2, max(y0, 0), min(y1, frame.height)))
    found.pictures = [frame.box(box) for box in drawn.pictures]


def _on(box: Box, ground: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return ground[0] < x < ground[2] and ground[1] < y < ground[3]
