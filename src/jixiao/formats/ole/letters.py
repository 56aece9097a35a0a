"""What an old Word file says of single letters: struck out by revision, hidden, a sign of a symbol font."""

import struct
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from jixiao.formats.docx.paragraph import SYMBOLS
from jixiao.formats.ole.properties import PAGE, pages, said

LETTERS_AT, FONTS_AT = 250, 274  # where the head says where these are
STRUCK, HIDDEN, SYMBOL, FONT, DATA = 0x0800, 0x083C, 0x6A09, 0x4A4F, 0x6A03
ON = frozenset({b"\1", b"\x81"})  # 0x81: other than the style says
FIELD = "\x01"  # where an old form field keeps what was chosen in it
NO_CHOICE = 25
TICK_BOX, DROP_DOWN = 1, 2
WORDS_FROM = 0x100000  # letters that no text holds, for words chosen from a list
NAME_AT = 40  # of a font in its record
UNSEEN = "\ufeff"  # fills the place of a letter that isn't shown, so that places can be counted
PRIVATE = range(0xF000, 0xF100)
MOST_WORDS, MOST_CHOICES = 10_000, 100
NO_SIGNS: Mapping[str, str] = MappingProxyType({})


class Run(NamedTuple):
    """A run of bytes whose letters are shown otherwise: a sign for each, or by the signs of a font."""

    start: int = 0
    end: int = 0
    shown: str | None = None
    signs: Mapping[str, str] = NO_SIGNS
    struck: bool = False
    field: str | None = None

    def letter(self, letter: str) -> str:
        """What a letter of the run shows."""
        if letter in "\r\x07":
            return letter
        if self.shown is not None:
            return self.shown
        if self.field is not None and letter == FIELD:
            return self.field
        return (self.signs.get(f"{ord(letter) & 0xFF:02X}") or UNSEEN) if ord(letter) in PRIVATE else letter


def runs(main: bytes, table: bytes, more: bytes, words: list[str]) -> Iterator[Run]:
    """Yield the runs that are not simply what they spell; words chosen from lists are added to `words`.

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
            told = dict(said(page[at + 1 : at + 1 + page[at]])) if at else {}
            run = _field(told, more, words) or _run(told, fonts)
            if run is not None:
                yield run._replace(start=borders[number], end=borders[number + 1])


def _run(told: Mapping[int, bytes], fonts: list[str]) -> Run | None:
    struck = told.get(STRUCK) in ON
    if struck or told.get(HIDDEN) in ON:
        return Run(shown=UNSEEN, struck=struck)
    font = int.from_bytes(told.get(SYMBOL, told.get(FONT, b"\xff\xff"))[:2], "little")
    signs = SYMBOLS.get(fonts[font].lower()) if font < len(fonts) else None
    if SYMBOL in told:
        code = f"{int.from_bytes(told[SYMBOL][2:4], 'little') & 0xFF:02X}"
        return Run(shown=(signs or {}).get(code) or UNSEEN)
    return None if signs is None else Run(signs=signs)


def _field(told: Mapping[int, bytes], more: bytes, words: list[str]) -> Run | None:
    """What an old form field holds: a tick box, or the word chosen from a list."""
    at = int.from_bytes(told.get(DATA, b""), "little")
    if (
        not at
        or at + 80 > len(more)
        or told.get(STRUCK) in ON
        or more[at + 68 : at + 72] != b"\xff\xff\xff\xff"
    ):
        return None
    (bits,) = struct.unpack_from("<H", more, at + 72)
    kind, choice = bits & 3, bits >> 2 & 31
    after = at + 78 + 2 * struct.unpack_from("<H", more, at + 78)[0] + 4  # the field's name
    if kind not in {TICK_BOX, DROP_DOWN}:
        return None
    choice = int.from_bytes(more[after : after + 2], "little") if choice == NO_CHOICE else choice
    if kind == TICK_BOX:
        return Run(field="☑" if choice else "☐")
    words.append(_word(more, after + 2, choice))
    return Run(field=chr(WORDS_FROM + len(words) - 1)) if len(words) < MOST_WORDS else None


def _word(more: bytes, at: int, choice: int) -> str:
    """The chosen word of a list, which follows five texts about the field."""
    for _ in range(5):
        at += 4 + 2 * int.from_bytes(more[at : at + 2], "little")
    count = int.from_bytes(more[at + 2 : at + 4], "little") if more[at : at + 2] == b"\xff\xff" else 0
    at += 6
    for number in range(min(count, MOST_CHOICES)):
        size = int.from_bytes(more[at : at + 2], "little")
        if number == choice:
            return more[at + 2 : at + 2 + 2 * size].decode("utf-16-le", "replace")
        at += 2 + 2 * size
    return ""


def _fonts(table: bytes, at: int, size: int) -> Iterator[str]:
    """Yield the names of the fonts in order."""
    end = min(at + size, len(table))
    at += 4
    while at + NAME_AT < end:
        record = table[at : at + 1 + table[at]]
        yield record[NAME_AT:].decode("utf-16-le", "replace").partition("\0")[0]
        at += 1 + table[at]
