"""Heads of picture files: how large each page is and what opening it will take, before a single pixel is decoded."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from jixiao.formats.intake import LIMITS

INCH_OF_METRES, INCH_OF_CENTIMETRES = 0.0254, 2.54
SOF = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
WHOLE = frozenset((0xC2, 0xC6, 0xCA, 0xCE))  # frames whose every pixel is refined scan by scan
SOS, EXIF = 0xDA, 0xE1
GREY, COLOUR = 2, 6  # bytes that a pixel takes: OpenCV makes a copy of what it has decoded


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a picture says: pixels, resolution (0 when silent), and what its decoder takes.

    `each` is the bytes that a pixel takes, `held` those that the decoder holds beside all of them. A picture that
    `shrinks` can be opened at a half, a quarter, an eighth of its size, and never be whole in memory.
    """

    width: int
    height: int
    dpi: float = 0.0
    each: int = COLOUR
    held: int = 0
    shrinks: bool = False

    @property
    def pixels(self) -> int:
        """How many pixels it has."""
        return self.width * self.height


def heads(data: bytes) -> Iterator[Head]:
    """Yield the head of each page; none where it is broken or of an unknown kind."""
    try:
        if data.startswith(b"\x89PNG"):
            yield _png(data)
        elif data.startswith(b"\xff\xd8\xff"):
            yield from _jpeg(data)
        elif data.startswith((b"II*\0", b"MM\0*")):
            yield from _tiff(data)
        elif data.startswith(b"BM"):
            width, height = struct.unpack_from("<ii", data, 18)
            yield Head(abs(width), abs(height), struct.unpack_from("<i", data, 38)[0] * INCH_OF_METRES)
        elif data[8:12] == b"WEBP":
            yield from _webp(data)
    except (struct.error, IndexError):
        return


def _png(data: bytes) -> Head:
    width, height = struct.unpack_from(">II", data, 16)
    each = GREY if data[25] in (0, 4) else COLOUR
    at = data[:4096].find(b"pHYs")
    dpi = 0.0
    if at > 0 and data[at + 12] == 1:
        dpi = struct.unpack_from(">I", data, at + 4)[0] * INCH_OF_METRES
    return Head(width, height, dpi, each)


def _jpeg(data: bytes) -> Iterator[Head]:
    """Walk the segments as far as the first scan."""
    at, dpi, turned, found = 2, 0.0, False, None
    while at + 4 < len(data) and data[at] == 0xFF:  # noqa: PLR2004 - a marker begins so
        mark, size = data[at + 1], struct.unpack_from(">H", data, at + 2)[0]
        if data[at + 4 : at + 9] == b"JFIF\0" and data[at + 11] in (1, 2):
            across = struct.unpack_from(">H", data, at + 12)[0]
            dpi = float(across) if data[at + 11] == 1 else across * INCH_OF_CENTIMETRES
        turned |= mark == EXIF
        if mark in SOF and found is None:
            found = at
        if mark == SOS and found is not None:
            yield _frame(data, found, dpi, turned=turned, parts=data[at + 4])
            return
        at += 2 + size


def _frame(data: bytes, at: int, dpi: float, *, turned: bool, parts: int) -> Head:
    """Read the frame at a place; `parts` of its colours come in the first scan.

    One that comes in several scans is held whole, two bytes for each sample; one that the telephone turned is copied.
    """
    height, width, colours = struct.unpack_from(">HHB", data, at + 5)
    each = GREY if colours == 1 else COLOUR
    held = 0
    if data[at + 1] in WHOLE or parts < colours:
        samples = [(data[at + 11 + 3 * k] >> 4) * (data[at + 11 + 3 * k] & 15) for k in range(colours)]
        held = 2 * width * height * sum(samples) // max(1, *samples)
    return Head(width, height, dpi, each * 3 // 2 if turned else each, held, shrinks=True)


def _webp(data: bytes) -> Iterator[Head]:
    kind = data[12:16]
    if kind == b"VP8X":
        size = 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    elif kind == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        size = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    elif kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        size = width & 0x3FFF, height & 0x3FFF
    else:
        return
    yield Head(*size, held=4 * size[0] * size[1])


WIDTH, HEIGHT, SAMPLES, STRIP, ACROSS, UNIT, TILE_WIDTH, TILE_HEIGHT = 256, 257, 277, 278, 282, 296, 322, 323
SHORT = 3


def _tiff(data: bytes) -> Iterator[Head]:
    """Walk the directories of a TIFF, one a page; a directory is never visited twice."""
    order = "<" if data.startswith(b"II") else ">"
    at = struct.unpack_from(order + "I", data, 4)[0]
    seen: set[int] = set()
    while at and at not in seen and len(seen) <= LIMITS.scanned_pages:
        seen.add(at)
        count = struct.unpack_from(order + "H", data, at)[0]
        tags: dict[int, int] = {}
        for n in range(count):
            tag, kind, _ = struct.unpack_from(order + "HHI", data, at + 2 + 12 * n)
            value = struct.unpack_from(order + ("H" if kind == SHORT else "I"), data, at + 10 + 12 * n)[0]
            tags[tag] = value
        yield _directory(data, order, tags)
        at = struct.unpack_from(order + "I", data, at + 2 + 12 * count)[0]


def _directory(data: bytes, order: str, tags: dict[int, int]) -> Head:
    """Tell a page of a TIFF by its tags: it is unpacked by strips or tiles, of which each may be all of it."""
    width, height = tags.get(WIDTH, 0), tags.get(HEIGHT, 0)
    at_once = width * min(height, tags.get(STRIP, height))
    if TILE_WIDTH in tags:
        at_once = tags[TILE_WIDTH] * tags.get(TILE_HEIGHT, 0)
    each = GREY if tags.get(SAMPLES, 1) == 1 else COLOUR
    return Head(width, height, _tiff_dpi(data, order, tags), each, 4 * at_once)


def _tiff_dpi(data: bytes, order: str, tags: dict[int, int]) -> float:
    if ACROSS not in tags or tags[ACROSS] + 8 > len(data):
        return 0.0
    over, under = struct.unpack_from(order + "II", data, tags[ACROSS])
    dpi = over / under if under else 0.0
    return dpi * INCH_OF_CENTIMETRES if tags.get(UNIT) == SHORT else dpi
