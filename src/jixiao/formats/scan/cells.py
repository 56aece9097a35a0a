"""From lines as read to the text of a cell or paragraph, with its confidence and what is doubtful about it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from jixiao.expressions import expression
from jixiao.formats.cell_text import tidy
from jixiao.formats.scan.recognition import Letter, Line
from jixiao.formats.scan.writing import Strip
from jixiao.layout import Doubt, Place

SURE, SURE_OF_FIGURES = 0.8, 0.9  # a letter less likely is doubted; figures are held to more
FIGURES = frozenset("0123456789.%,-+=<>≥≤≦≧＜＞＝")
LARGE, FAR, TALL = (
    0.6,
    0.8,
    2.0,
)  # heights of the writing: a mark like a letter, the next letter, a column of letters
ROOM = 2.2  # heights of the writing: less than this is left of a line that goes on in the next
BETWEEN = expression(r"(?<=[^\x00-\x7f])[ \u3000]+|[ \u3000]+(?=[^\x00-\x7f])")
UNSURE = "扫描件上这一处看不清，识别的把握不大"
SEALED = "印章盖住了这一处，下面的字可能认错"
EMPTY_SEALED = "印章盖住了这一格，没有认出字；可能本来就是空的"
CREASED = "折痕或扫描的条纹穿过这一处，字可能认错"
OPEN = "这一格的框线不全，可能与相邻的格连在一起或被分开"
UNREAD = "这一处有墨迹，但没有认出字"


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in a cell: text, how surely it was read (None: nothing to read), and the other reading."""

    text: str = ""
    sure: float | None = None
    other: str | None = None
    doubtful: bool = False
    unread: bool = False

    @property
    def confidence(self) -> Decimal | None:
        """The likelihood of the least likely letter, to three places."""
        return None if self.sure is None else Decimal(f"{self.sure:.3f}")


def said(lines: Sequence[tuple[Strip, Line]], width: int, em: float) -> Said:
    """Put the lines of a cell together; `width` is its inner width in pixels.

    A line that leaves no room for the next letter was broken there only because the cell ends: it goes on.
    """
    parts = [_part(strip, line) for strip, line in lines]
    text, other = "", ""
    for n, part in enumerate(parts):
        if not part.text:
            continue
        between = "\n" if text and not _full(lines[n - 1][0], width, em, lines) else ""
        text += between + part.text
        other += between + (part.other or part.text)
    sure = min((part.sure for part in parts if part.sure is not None), default=None)
    unread = any(part.unread for part in parts)
    clean = tidied(text)
    return Said(
        clean, sure, tidied(other) if tidied(other) != clean else None, any(p.doubtful for p in parts), unread
    )


def lost_ink(strip: Strip, line: Line, marks: Any, em: float) -> bool:  # noqa: ANN401 - an array of integers
    """Tell whether a mark as large as a letter stands where no letter was read: a box, a tick, a hand's stroke."""
    left, top, right, bottom = strip.box
    if strip.sign or bottom - top > TALL * em or not line.letters:
        return False
    read = [left + letter.at * (right - left) for letter in line.letters if letter.text.strip()]
    for mark in marks[(marks[:, 2:] >= LARGE * em).all(axis=1)].tolist():
        first, last = mark[0] - FAR * em + mark[2] / 2, mark[0] + mark[2] / 2 + FAR * em
        if not any(min(first, mark[0]) <= at <= max(last, mark[0] + mark[2]) for at in read):
            return True
    return False


def _part(strip: Strip, line: Line) -> Said:
    if strip.sign:
        return Said(strip.sign, 1.0)
    if not line.text.strip():
        return Said("", 0.0, None, doubtful=True, unread=True)
    weak = min(line.letters, key=_strength)
    doubtful = _strength(weak) < 1
    other = "".join(c.second if c is weak else c.text for c in line.letters) if doubtful else None
    return Said(line.text, line.sure, other, doubtful)


def _strength(letter: Letter) -> float:
    if letter.text == " ":
        return 2.0
    return letter.sure / (SURE_OF_FIGURES if letter.text in FIGURES else SURE)


def _full(strip: Strip, width: int, em: float, lines: Sequence[tuple[Strip, Line]]) -> bool:
    widest = max(s.box[2] - s.box[0] for s, _ in lines)
    own = strip.box[2] - strip.box[0]
    return own > width - ROOM * em and own > widest - ROOM * em


def tidied(text: str) -> str:
    """Tidy a text; the spaces that a page sets beside Chinese letters are none."""
    return tidy(BETWEEN.sub("", text))


def doubts(found: Said, place: Place, *, hurt: str = "", opened: bool = False) -> list[Doubt]:
    """Say what is doubtful about a cell or line; `hurt` is what happened to the paper there, in words."""
    doubt = Doubt(place, UNSURE, found.text, found.other)
    out = []
    if hurt:
        out.append(replace(doubt, why=hurt))
    elif found.unread:
        out.append(replace(doubt, why=UNREAD))
    elif found.doubtful:
        out.append(doubt)
    if opened:
        out.append(replace(doubt, why=OPEN))
    return out
