"""Which characters a font file has glyphs for, read from its table `cmap`: no library is needed for that alone."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

COLLECTION = b"ttcf"
BY_UNICODE = {(3, 10), (3, 1), (0, 6), (0, 4), (0, 3), (0, 2), (0, 1), (0, 0)}  # platform and encoding
SEGMENTS, GROUPS = 4, 12  # the two forms that such tables have


def characters(path: Path, index: int = 0) -> frozenset[int]:
    """Return the code points that a font has glyphs for; `index` counts the fonts of a collection.

    Raises:
        OSError, ValueError: the file can't be opened, or is no font.
    """
    try:
        with path.open("rb") as font:
            table = _table(font, index)
        return frozenset(_points(table))
    except struct.error as error:
        raise ValueError(f"{path} is no font") from error


def _table(font: BinaryIO, index: int) -> bytes:
    start = 0
    if font.read(4) == COLLECTION:
        font.seek(12 + 4 * index)
        (start,) = struct.unpack(">I", font.read(4))
    font.seek(start + 4)
    (count,) = struct.unpack(">H6x", font.read(8))
    for tag, offset, length in struct.iter_unpack(">4s4xII", font.read(16 * count)):
        if tag == b"cmap":
            font.seek(offset)
            return font.read(length)
    raise ValueError("a font without cmap")


def _points(table: bytes) -> Iterator[int]:
    (count,) = struct.unpack_from(">2xH", table)
    for platform, encoding, offset in struct.iter_unpack(">HHI", table[4 : 4 + 8 * count]):
        if (platform, encoding) in BY_UNICODE:
            (form,) = struct.unpack_from(">H", table, offset)
            if form == GROUPS:
                yield from _grouped(table, offset)
            elif form == SEGMENTS:
                yield from _segmented(table, offset)


def _grouped(table: bytes, offset: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", table, offset + 12)
    for first, last, glyph in struct.iter_unpack(">III", table[offset + 16 : offset + 16 + 12 * count]):
        yield from range(first if glyph else first + 1, last + 1)


def _segmented(table: bytes, offset: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">H", table, offset + 6)
    count, start = twice // 2, offset + 14
    ends = struct.unpack_from(f">{count}H", table, start)
    starts, deltas, ranges = (
        struct.unpack_from(f">{count}H", table, start + 2 + n * twice) for n in (1, 2, 3)
    )
    for n, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for point in range(first, min(last, 0xFFFE) + 1):
            at = start + 2 + 3 * twice + 2 * n + ranges[n] + 2 * (point - first)
            glyph = struct.unpack_from(">H", table, at)[0] if ranges[n] else 1
            if glyph and (ranges[n] or (point + deltas[n]) & 0xFFFF):
                yield point
