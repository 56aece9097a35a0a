"""Lists of properties as old Word files keep them, and the pages on which those of letters and paragraphs stand."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

PAGE = 512
PARAGRAPHS_AT = 258  # where the head says where the pages of paragraphs are listed
SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # of an operand, by the upper three bits of its code
LONG_ONES = frozenset({0xD608, 0xD606})  # their length takes two bytes
TABS, COUNT_TABS = 0xC615, 255  # a list of tabs too long for its length to be told
HUGE = frozenset({0x6645, 0x6646, 0x646B})  # too long for their page, they stand in another stream
LIST, LEVEL = 0x460B, 0x260A
IN_TABLE, DEPTH, CELL_END, ROW_END, INNER_ROW_END, CELLS = 0x2416, 0x6649, 0x244B, 0x2417, 0x244C, 0xD608
DEEPEST = 20


class Properties(NamedTuple):
    """What matters of a paragraph: style, how deep in tables, whether it ends a cell or row, the row's cells, its list.

    `list_id` is None where the paragraph says nothing of lists and its style counts.
    """

    style: int = 0
    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False
    cells: bytes = b""
    list_id: int | None = None
    list_level: int = 0


def pages(main: bytes, table: bytes, listed_at: int) -> Iterator[bytes]:
    """Yield the pages of one kind, each once.

    Raises:
        struct.error: the list can't be followed.
    """
    at, size = struct.unpack_from("<II", main, listed_at)
    count = max((min(size, len(table) - at) - 4) // 8, 0)
    numbers = {
        struct.unpack_from("<I", table, at + 4 * (count + 1) + 4 * number)[0] for number in range(count)
    }
    for number in sorted(numbers):
        page = main[number * PAGE : (number + 1) * PAGE]
        if len(page) == PAGE:
            yield page


def paragraphs(main: bytes, table: bytes, more: bytes) -> Iterator[tuple[int, int, Properties]]:
    """Yield (first byte, end, properties) of every paragraph; `more` is the stream of those too long.

    Raises:
        struct.error, IndexError: it can't be followed.
    """
    for page in pages(main, table, PARAGRAPHS_AT):
        count = page[-1]
        if 4 * (count + 1) + 13 * count > PAGE:
            continue
        borders = struct.unpack_from(f"<{count + 1}I", page)
        for number in range(count):
            start = 2 * page[4 * (count + 1) + 13 * number]
            if start:
                words = page[start]
                begin, size = (start + 1, 2 * words - 1) if words else (start + 2, 2 * page[start + 1])
                yield borders[number], borders[number + 1], _properties(page[begin : begin + size], more)


def _properties(raw: bytes, more: bytes) -> Properties:
    if len(raw) < 2:  # noqa: PLR2004 - the style's number
        return Properties()
    told = dict(said(raw[2:]))
    for code in HUGE & told.keys():
        at = int.from_bytes(told[code], "little")
        told |= dict(said(more[at + 2 : at + 2 + int.from_bytes(more[at : at + 2], "little")]))
    depth = int.from_bytes(told.get(DEPTH, b""), "little") or any(told.get(IN_TABLE, b""))
    ends_row = any(told.get(ROW_END, b"")) or any(told.get(INNER_ROW_END, b""))
    style = int.from_bytes(raw[:2], "little")
    ends_cell, cells = any(told.get(CELL_END, b"")), told.get(CELLS, b"")
    listed = int.from_bytes(told[LIST], "little") if LIST in told else None
    level = int.from_bytes(told.get(LEVEL, b""), "little")
    return Properties(style, min(depth, DEEPEST), ends_cell, ends_row, cells, listed, level)


def said(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (code, operand) of a list of properties."""
    at = 0
    while at + 2 < len(raw):
        code = int.from_bytes(raw[at : at + 2], "little")
        at += 2
        size = SIZES.get(code >> 13)
        if size is None:  # it says itself how long it is
            long = code in LONG_ONES
            size = int.from_bytes(raw[at : at + 2], "little") - 1 if long else raw[at]
            at += 2 if long else 1
            if code == TABS and size == COUNT_TABS and at < len(raw):
                gone = 1 + 4 * raw[at]
                size = gone + 1 + 3 * int.from_bytes(raw[at + gone : at + gone + 1], "little")
        yield code, raw[at : at + size]
        at += max(size, 0)
