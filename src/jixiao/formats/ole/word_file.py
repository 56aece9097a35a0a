"""The streams of an old Word file: its text in pieces, and what is said of its paragraphs (docs/formats/doc.md)."""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from jixiao.formats.compound import Broken, Compound
from jixiao.formats.docx.numbering import Numbering
from jixiao.formats.intake import LIMITS
from jixiao.formats.ole import letters
from jixiao.formats.ole.lists import InList, numbering, styles
from jixiao.formats.ole.properties import PAGE, Properties, paragraphs

MAGIC = frozenset({0xA5EC, 0xA5DC, 0xA697, 0xA5DB})
ENCRYPTED, SECOND_TABLE = 0x0100, 0x0200
WORD_97 = 0xC1
PIECES_AT = 418  # where the head says where they are


class Piece(NamedTuple):
    """A run of the text: where it stands in the stream, how many signs, one byte or two each."""

    at: int
    signs: int
    wide: bool


@dataclass(slots=True)
class WordFile:
    """The text of the main document as shown, whether something was struck out of it, properties of any place."""

    text: str
    boxes: str  # of text boxes, which stand somewhere in it
    _places: list[tuple[int, Piece]]  # first sign of each piece, and the piece
    revised: bool = False
    words: list[str] = field(default_factory=list)  # chosen from lists, see letters.WORDS_FROM
    numbering: Numbering = field(default_factory=Numbering)
    styles: dict[int, InList] = field(default_factory=dict)  # of styles that are numbered
    _starts: list[int] = field(default_factory=list)
    _runs: list[tuple[int, int, Properties]] = field(default_factory=list)

    def properties(self, sign: int) -> Properties:
        """What is said of the paragraph that ends with this sign of the text."""
        found = bisect_right(self._places, sign, key=lambda place: place[0]) - 1
        first, piece = self._places[found]
        at = piece.at + (sign - first) * (2 if piece.wide else 1)
        run = bisect_right(self._starts, at) - 1
        if run < 0 or at >= self._runs[run][1]:
            return Properties()
        return self._runs[run][2]


def is_encrypted(data: bytes) -> bool:
    """Tell whether the head says that the rest is encrypted.

    Raises:
        Broken: no such file.
    """
    return bool(_head(Compound(data).read("WordDocument"))[1] & ENCRYPTED)


def parse(data: bytes) -> WordFile:
    """Take an old Word file apart.

    Raises:
        Broken: it can't be followed.
    """
    compound = Compound(data)
    try:
        main = compound.read("WordDocument")
        version, flags = _head(main)
        if version < WORD_97:
            return _old(main)
        table = compound.read("1Table" if flags & SECOND_TABLE else "0Table")
        more = compound.read("Data") if "Data" in compound.streams else b""
        own, notes, heads, _, remarks, ends, boxes = struct.unpack_from("<7I", main, 76)
        at, size = struct.unpack_from("<II", main, PIECES_AT)
        before = own + notes + heads + remarks + ends  # of the text boxes, which come after all these
        pieces = list(_pieces(table, at, at + size, before + boxes))
        runs = sorted(paragraphs(main, table, more))
        words: list[str] = []
        special = list(letters.runs(main, table, more, words))
    except (struct.error, KeyError, IndexError) as error:
        raise Broken from error
    places, first = [], 0
    for piece in pieces:
        places.append((first, piece))
        first += piece.signs
    text = "".join(_shown(_text(main, piece), piece, special) for piece in pieces)
    if len(text) != first:
        raise Broken
    revised = any(run.struck for run in special)
    lists = numbering(main, table), styles(main, table)
    parts = text[:own], text[before : before + boxes]
    return WordFile(*parts, places, revised, words, *lists, [run[0] for run in runs], runs)


def _head(main: bytes) -> tuple[int, int]:
    """Version and flags."""
    if len(main) < PAGE or struct.unpack_from("<H", main)[0] not in MAGIC:
        raise Broken
    return int(struct.unpack_from("<H", main, 2)[0]), int(struct.unpack_from("<H", main, 10)[0])


def _old(main: bytes) -> WordFile:
    """Word 6 and 95: the text stands in one run of bytes."""
    first, end = struct.unpack_from("<II", main, 24)
    text = _one_byte(main[first : min(end, first + LIMITS.characters)], doubled=True)
    return WordFile(text, "", [(0, Piece(first, len(text), wide=False))])


def _pieces(table: bytes, at: int, end: int, signs: int) -> Iterator[Piece]:
    """Yield the pieces of the main document in order."""
    while at < end and table[at] == 1:  # properties that pieces share
        at += 3 + struct.unpack_from("<H", table, at + 1)[0]
    if at >= end or table[at] != 2:  # noqa: PLR2004 - the mark of the piece table
        raise Broken
    (length,) = struct.unpack_from("<I", table, at + 1)
    count = (min(length, end - at - 5) - 4) // 12
    if signs > LIMITS.characters or count < 1:
        raise Broken
    borders = struct.unpack_from(f"<{count + 1}I", table, at + 5)
    for number in range(count):
        first, last = borders[number], min(borders[number + 1], signs)
        if first >= last:
            continue
        (where,) = struct.unpack_from("<I", table, at + 5 + 4 * (count + 1) + 8 * number + 2)
        narrow = bool(where & 0x40000000)
        where &= 0x3FFFFFFF
        yield Piece(where // 2 if narrow else where, last - first, not narrow)


def _text(main: bytes, piece: Piece) -> str:
    raw = main[piece.at : piece.at + piece.signs * (2 if piece.wide else 1)]
    if piece.wide:
        return "".join(
            map(chr, struct.unpack(f"<{len(raw) // 2}H", raw))
        )  # one sign a unit: places are counted
    return _one_byte(raw, doubled=False)


def _shown(text: str, piece: Piece, special: list[letters.Run]) -> str:
    """Show the letters of a piece as its runs say, sign for sign."""
    width = 2 if piece.wide else 1
    signs: list[str] | None = None
    for run in special:
        first = max((run.start - piece.at) // width, 0)
        end = min((run.end - piece.at) // width, len(text))
        if first < end:
            signs = signs or list(text)
            signs[first:end] = map(run.letter, signs[first:end])
    return text if signs is None else "".join(signs)


def _one_byte(raw: bytes, *, doubled: bool) -> str:
    """One sign a byte: Windows-1252, or GBK where two bytes make a sign (then a filler follows, to keep count)."""
    high = sum(byte >= 0x80 for byte in raw)  # noqa: PLR2004 - beyond ASCII
    if doubled or 3 * high > len(raw):
        try:
            text = raw.decode("gbk")
        except UnicodeDecodeError:
            text = ""
        if text:
            return "".join(sign if sign.isascii() else sign + "\ufeff" for sign in text)
    return "".join(bytes([byte]).decode("cp1252", "replace") for byte in raw)
