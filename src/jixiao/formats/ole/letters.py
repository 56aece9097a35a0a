"""What an old Word file says of single letters: struck out by revision, hidden, a sign of a symbol font."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from jixiao.formats.docx.paragraph import SYMBOLS
from jixiao.formats.ole.properties import PAGE, pages, said

LETTERS_AT, FONTS_AT = 250, 274  # where the head says where these are
STRUCK, HIDDEN, SYMBOL, FONT = 0x0800, 0x083C, 0x6A09, 0x4A4F
NAME_AT = 40  # of a font in its record
UNSEEN = "\ufeff"  # fills the place of a letter that isn't shown, so that places can be counted
PRIVATE = range(0xF000, 0xF100)


class Run(NamedTuple):
    """A run of bytes whose letters are shown otherwise: a sign for each, or by the signs of a font."""

    start: int
    end: int
    shown: str | None
    signs: dict[str, str]
    struck: bool

    def letter(self, letter: str) -> str:
        """What a letter of the run shows."""
        if letter in "\r\x07":
            return letter
        if self.shown is not None:
            return self.shown
        return (self.signs.get(f"{ord(letter) & 0xFF:02X}") or UNSEEN) if ord(letter) in PRIVATE else letter


def runs(main: bytes, table: bytes) -> Iterator[Run]:
    """Yield the runs that are not simply what they spell.

    Raises:
        struct.error, IndexError: it can't be followed.
    """
    fonts = list(_fonts(table, *struct.unpack_from("<II", main, FONTS_AT)))
    for page in pages(main, table, LETTERS_AT):
        count = page[-1]
        if 5 * count + 4 > PAGE:
            continue
        borders = struct.unpack_from(f"<{count + 1}I", page)
        for number in range(count):
            at = 2 * page[4 * (count + 1) + number]
            run = _run(page[at + 1 : at + 1 + page[at]], fonts) if at else None
            if run is not None:
                yield run._replace(start=borders[number], end=borders[number + 1])


def _run(raw: bytes, fonts: list[str]) -> Run | None:
    told = dict(said(raw))
    if told.get(STRUCK) == b"\1" or told.get(HIDDEN) == b"\1":
        return Run(0, 0, UNSEEN, {}, STRUCK in told)
    font = int.from_bytes(told.get(SYMBOL, told.get(FONT, b"\xff\xff"))[:2], "little")
    signs = SYMBOLS.get(fonts[font].lower()) if font < len(fonts) else None
    if SYMBOL in told:
        code = f"{int.from_bytes(told[SYMBOL][2:4], 'little') & 0xFF:02X}"
        return Run(0, 0, (signs or {}).get(code) or UNSEEN, {}, struck=False)
    return None if signs is None else Run(0, 0, None, signs, struck=False)


def _fonts(table: bytes, at: int, size: int) -> Iterator[str]:
    """Yield the names of the fonts in order."""
    end = min(at + size, len(table))
    at += 4
    while at + NAME_AT < end:
        record = table[at : at + 1 + table[at]]
        yield record[NAME_AT:].decode("utf-16-le", "replace").partition("\0")[0]
        at += 1 + table[at]
