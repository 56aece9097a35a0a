"""What of a page is no ruled table: its lines, each parted where wide gaps stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from jixiao.formats.pdf.frame import Box, Frame
from jixiao.formats.pdf.ink import Glyph
from jixiao.formats.pdf.lines import TextLine, first_unit, text_lines

WIDE_GAP = "    "
APART = 0.6  # of the size: chunks stand so far apart
WIDE = 1.8  # times the size: such a gap parts what stands beside it


class Chunk(NamedTuple):
    """What stands together on a line: its text, from where to where it reaches, its baseline."""

    text: str
    x0: float
    x1: float
    base: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a page: its chunks, baseline and size in points; `unit` is the width of its first word."""

    frame: Frame
    chunks: tuple[Chunk, ...]
    base: float
    size: float
    unit: float

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.chunks[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.chunks[-1].x1

    @property
    def text(self) -> str:
        """Its text, a wide gap as four spaces, a less wide one as one."""
        pieces = [self.chunks[0].text]
        for before, chunk in pairwise(self.chunks):
            pieces += [WIDE_GAP if chunk.x0 - before.x1 > WIDE * self.size else " ", chunk.text]
        return "".join(pieces)

    @property
    def is_wide(self) -> bool:
        """Tell whether wide gaps stand in it, as never in running text."""
        return any(b.x0 - a.x1 > WIDE * self.size for a, b in pairwise(self.chunks))

    @property
    def box(self) -> Box:
        """Where it stands: a fifth of its size hangs below the baseline."""
        return self.x0, self.base - self.size * 4 / 5, self.x1, self.base + self.size / 5


def rows(glyphs: Iterable[Glyph], frame: Frame) -> list[Row]:
    """Make rows of characters, from the top down."""
    return [
        Row(frame, tuple(_chunks(line)), line.base, line.size, first_unit(line))
        for line in text_lines(glyphs)
    ]


def _chunks(line: TextLine) -> Iterable[Chunk]:
    group: list[Glyph] = []
    inked: Glyph | None = None
    for glyph in line.glyphs:
        if glyph.text.isspace():
            group.append(glyph)
            continue
        if inked is not None and glyph.x0 - inked.x1 > APART * max(glyph.size, inked.size):
            yield _chunk(group)
            group = []
        group.append(glyph)
        inked = glyph
    yield _chunk(group)


def _chunk(group: list[Glyph]) -> Chunk:
    while group[-1].text.isspace():
        group.pop()
    return Chunk(TextLine(group).text(), group[0].x0, group[-1].x1, TextLine(group).base)
