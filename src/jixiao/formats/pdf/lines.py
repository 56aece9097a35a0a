"""Characters to lines: by baseline, then from left to right, whatever the order of drawing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter

from jixiao.expressions import expression
from jixiao.formats.pdf.ink import WIDE, Glyph

MIDDLE_OF, BEGINNING, SIZE_OF = attrgetter("middle"), attrgetter("x0"), attrgetter("size")
SAME_LINE = 0.45  # of the larger size: middles not further apart are on one line
OVERPRINT = 0.15  # of its size: the same character so near is the same, printed twice
WORD_GAP = 0.25  # of the size: between two Latin letters this is a space
SPACE = 0.9  # of the size: between any two characters this is a space
OPENING = "（(《“‘[【〈「"
CLOSING = "，。、；：！？）)》”’]】〉」%％…·～,.;:!?℃"
LIST_MARK = expression(
    r"\s*(?:[(（][\d一二三四五六七八九十]{1,3}[)）]|[\d]{1,2}(?:[、）)]|[.．](?!\d))|[一二三四五六七八九十]{1,3}、"
    r"|第[\d一二三四五六七八九十]{1,3}[、，：,:章节条]|[①-⑳●■◆▪☑☐□√])"
)


@dataclass(slots=True)
class TextLine:
    """One line: its characters from left to right, printed spaces too, where the first begins and the last ends.

    Size and baseline are those of the largest.
    """

    glyphs: list[Glyph]
    x0: float = field(init=False)
    x1: float = field(init=False)
    size: float = field(init=False)
    base: float = field(init=False)

    def __post_init__(self) -> None:
        largest = max(self.glyphs, key=SIZE_OF)
        self.size, self.base = largest.size, largest.base
        self.x0, self.x1 = self.glyphs[0].x0, self.glyphs[-1].x1

    def text(self) -> str:
        """The line as read, a space where a gap is one."""
        pieces = [self.glyphs[0].text]
        for before, glyph in pairwise(self.glyphs):
            if glyph.x0 - before.x1 > WORD_GAP * before.size and _is_space(before, glyph):
                pieces.append(" ")
            pieces.append(glyph.text)
        return "".join(pieces)


def text_lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Gather characters into lines, from the top down; what is printed twice is taken once."""
    found: list[list[Glyph]] = []
    at = size = 0.0
    for glyph in sorted(glyphs, key=MIDDLE_OF):
        larger = glyph.size > size
        if found and glyph.middle - at <= SAME_LINE * (glyph.size if larger else size):
            found[-1].append(glyph)
            if not larger:
                continue
        else:
            found.append([glyph])
        at, size = glyph.middle, glyph.size
    lines = (_once(sorted(group, key=BEGINNING)) for group in found)
    return [TextLine(line) for line in lines if line]


def _once(glyphs: list[Glyph]) -> list[Glyph]:
    """Drop overprints, and the spaces at both ends."""
    kept: list[Glyph] = []
    before = -1e9
    for glyph in glyphs:
        near = OVERPRINT * glyph.size
        if glyph.x0 - before >= near or not any(
            k.text == glyph.text and glyph.x0 - k.x0 < near for k in kept[-3:]
        ):
            kept.append(glyph)
            before = glyph.x0
    while kept and kept[-1].text.isspace():
        kept.pop()
    if kept and kept[0].text.isspace():
        kept = kept[next(n for n, glyph in enumerate(kept) if not glyph.text.isspace()) :]
    return kept


def _is_space(before: Glyph, glyph: Glyph) -> bool:
    gap, size = glyph.x0 - before.x1, max(before.size, glyph.size)
    if gap <= WORD_GAP * size or before.text.isspace() or glyph.text.isspace():
        return False
    return gap > SPACE * size or (_is_letter(before.text) and _is_letter(glyph.text))


def _is_letter(text: str) -> bool:
    return ord(text[0]) < WIDE and text[0].isalnum()


# ---------------------------------------------------------------- wrapped lines


def first_unit(line: TextLine) -> float:
    """The width of what can't be parted at a line's beginning: a word, a number, a character with its mark."""
    glyphs = (glyph for glyph in line.glyphs if not glyph.text.isspace())
    first = last = next(glyphs)
    for glyph in glyphs:
        if not sticks(last.text, glyph.text):
            break
        last = glyph
    return last.x1 - first.x0


def last_unit(line: TextLine) -> float:
    """The width of what can't be parted at a line's end."""
    glyphs = (glyph for glyph in reversed(line.glyphs) if not glyph.text.isspace())
    first = last = next(glyphs)
    for glyph in glyphs:
        if not sticks(glyph.text, first.text):
            break
        first = glyph
    return last.x1 - first.x0


def sticks(before: str, after: str) -> bool:
    """Tell whether no line ends between two characters."""
    if after[0] in CLOSING or before[0] in OPENING:
        return True
    return _is_wordy(before[0]) and _is_wordy(after[0])


def _is_wordy(letter: str) -> bool:
    return ord(letter) < WIDE and (letter.isalnum() or letter in "-+./%≥≤<>=_")


def unwrapped(lines: Sequence[TextLine], walls: tuple[float, float]) -> list[str]:
    """Join the lines that a program wrapped between the walls of a cell; what comes back are the writer's own."""
    found = [lines[0].text()]
    if len(lines) == 1:
        return found
    limit = Limit(lines, walls)
    for before, line in pairwise(lines):
        text = line.text()
        if (
            limit.room(before) < first_unit(line)
            and not LIST_MARK.match(text)
            and not limit.is_indented(line)
        ):
            found[-1] = glued(found[-1], text)
        else:
            found.append(text)
    return found


def glued(before: str, after: str) -> str:
    """Join two lines: a space between Latin letters, nothing between Chinese."""
    between = (
        " "
        if before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
        else ""
    )
    return f"{before}{between}{after}"


class Limit:
    """How wide a line in a cell may grow: as wide as the walls and the margins that its text keeps allow."""

    PADDING = 6.0  # points that a cell keeps free at most on each side

    def __init__(self, lines: Sequence[TextLine], walls: tuple[float, float]) -> None:
        left, right = walls
        self.left = min(line.x0 for line in lines)
        middles = [(line.x0 + line.x1) / 2 for line in lines]
        self.ragged = max(middles) - min(middles) > lines[0].size / 3  # set from the left, not centred
        padding = min(max(self.left - left, 0), self.PADDING)
        widest = max(self._width(line) for line in lines)
        self.width = max(widest, right - left - 2 * padding)

    def _width(self, line: TextLine) -> float:
        return line.x1 - (self.left if self.ragged else line.x0)

    def room(self, line: TextLine) -> float:
        """Tell how much more would have fitted into a line."""
        return self.width - self._width(line) - line.size / 10

    def is_indented(self, line: TextLine) -> bool:
        """Tell whether a line begins further right than the others."""
        return self.ragged and line.x0 - self.left > line.size * 1.2
