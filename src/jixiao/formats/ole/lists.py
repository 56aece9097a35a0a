"""The lists of an old Word file, as the numbering of docx knows them, and which style belongs to which list."""

import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jixiao.formats.docx.numbering import Level, Numbering
from jixiao.formats.ole.properties import LEVEL, LIST, said

STYLES_AT, LISTS_AT, USES_AT = 162, 738, 746  # where the head says where these are
WAYS = (
    "decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "cardinalText", "ordinalText",
    "hex", "chicago", "ideographDigital", "japaneseCounting", "aiueo", "iroha", "decimalFullWidth",
    "decimalHalfWidth", "japaneseLegal", "japaneseDigitalTenThousand", "decimalEnclosedCircle", "decimalFullWidth2",
    "aiueoFullWidth", "irohaFullWidth", "decimalZero", "bullet", "ganada", "chosung", "decimalEnclosedFullstop",
    "decimalEnclosedParen", "decimalEnclosedCircleChinese", "ideographEnclosedCircle", "ideographTraditional",
    "ideographZodiac", "ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional",
    "taiwaneseCountingThousand", "taiwaneseDigital", "chineseCounting", "chineseLegalSimplified",
    "chineseCountingThousand",
)  # fmt: skip
LEVELS, MOST = 9, 5_000
PARAGRAPH_STYLE = 1


class InList(NamedTuple):
    """The list of a paragraph or style, 0 for none, and the level in it."""

    use: int
    level: int


def in_list(told: Mapping[int, bytes]) -> InList | None:
    """What properties say of a list, None where they are silent."""
    if LIST not in told:
        return None
    return InList(
        int.from_bytes(told[LIST], "little"), min(int.from_bytes(told.get(LEVEL, b""), "little"), LEVELS - 1)
    )


def numbering(main: bytes, table: bytes) -> Numbering:
    """The lists by the numbers that paragraphs call them; what can't be followed is left out."""
    lists = Numbering()
    try:
        at, size = struct.unpack_from("<II", main, LISTS_AT)
        known = _lists(table, at, lists) if size else set()
        at, size = struct.unpack_from("<II", main, USES_AT)
        count = struct.unpack_from("<I", table, at)[0] if size else 0
        for number in range(min(count, MOST)):
            (key,) = struct.unpack_from("<i", table, at + 4 + 16 * number)
            if key in known:
                lists.lists[str(number + 1)] = str(key)
    except (struct.error, IndexError):
        pass
    return lists


def styles(main: bytes, table: bytes) -> dict[int, InList]:
    """Which list each paragraph style belongs to, by the styles' numbers; what can't be followed is left out."""
    own: dict[int, tuple[int, InList | None]] = {}
    try:
        at, size = struct.unpack_from("<II", main, STYLES_AT)
        own.update(enumerate(_records(table[at : at + size])))
    except (struct.error, IndexError):
        pass
    found: dict[int, InList] = {}
    for number in own:
        at, steps = number, 0
        while at in own and own[at][1] is None and steps < LEVELS:
            at, steps = own[at][0], steps + 1
        listed = own[at][1] if at in own else None
        if listed is not None:
            found[number] = listed
    return found


def _lists(table: bytes, at: int, lists: Numbering) -> set[int]:
    """Take the lists in and name them; their levels follow the list of all of them."""
    (count,) = struct.unpack_from("<H", table, at)
    heads = [table[at + 2 + 28 * number : at + 30 + 28 * number] for number in range(min(count, MOST))]
    at += 2 + 28 * len(heads)
    known: set[int] = set()
    for head in heads:
        (key,) = struct.unpack_from("<i", head)
        levels: dict[int, Level] = {}
        for level in range(1 if head[26] & 1 else LEVELS):
            levels[level], at = _level(table, at)
        lists.levels[str(key)] = levels
        known.add(key)
    return known


def _level(table: bytes, at: int) -> tuple[Level, int]:
    """One level, and where the next begins: its text has the numbers of levels for what is counted there."""
    start, way, flags = struct.unpack_from("<iBB", table, at)
    letters, paragraphs = table[at + 24], table[at + 25]
    at += 28 + letters + paragraphs
    (size,) = struct.unpack_from("<H", table, at)
    raw = table[at + 2 : at + 2 + 2 * size].decode("utf-16-le", "replace")
    text = "".join(f"%{ord(sign) + 1}" if ord(sign) < LEVELS else sign for sign in raw)
    counts = WAYS[way] if way < len(WAYS) else "none"
    return Level(counts, text[:60], start, bool(flags & 4)), at + 2 + 2 * size


def _records(raw: bytes) -> Iterator[tuple[int, InList | None]]:
    """Yield, for each style, the one it is based on and its list."""
    head, count, base = struct.unpack_from("<HHH", raw)
    at = 2 + head
    for _ in range(min(count, MOST)):
        (size,) = struct.unpack_from("<H", raw, at)
        yield _style(raw[at + 2 : at + 2 + size], base)
        at += 2 + size + size % 2


def _style(record: bytes, base: int) -> tuple[int, InList | None]:
    if len(record) < base + 2:
        return -1, None
    (kind,) = struct.unpack_from("<H", record, 2)
    if kind & 15 != PARAGRAPH_STYLE:
        return -1, None
    (letters,) = struct.unpack_from("<H", record, base)
    at = base + 2 + 2 * letters + 2
    size = int.from_bytes(record[at : at + 2], "little")
    return kind >> 4, in_list(dict(said(record[at + 4 : at + 2 + size])))
