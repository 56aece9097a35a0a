"""Picture files: their size by the head of the file, before a single pixel is decoded; then the pixels.

A picture never says how large it is on paper: the resolution goes beside it, in pixels to the inch.
"""

import struct
from collections.abc import Iterator

import cv2
import numpy as np

from jixiao.errors import UnreadableError
from jixiao.formats.intake import LIMITS, refusal
from jixiao.formats.scan.ink import Picture, evened, height_of_writing, inked

INCH_OF_METRES, INCH_OF_CENTIMETRES = 0.0254, 2.54
LONG_SIDE, LEAST_TOLD, MOST_TOLD = (
    11.69,
    100,
    700,
)  # inches of A4; a resolution told outside this is no scanner's
PAGE_INCHES = (3.0, 24.0)
FINE, HEIGHT_OF_WRITING = 150, 0.13  # pixels to the inch from which a page is read; inches of usual writing
SOF = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
BROKEN = "图片不完整或已损坏，打不开"
AGAIN = "请重新扫描或重新导出为 png、jpg 或 tiff 再试"


def pictures_in(data: bytes, *, name: str) -> Iterator[tuple[Picture, float]]:
    """Yield each page of a picture file with its resolution.

    Raises:
        UnreadableError: broken, of an unknown kind, or beyond the caps on pixels and pages.
    """
    told = tuple(_heads(data))
    if not told:
        raise refusal(name, BROKEN, AGAIN)
    if len(told) > LIMITS.scanned_pages:
        raise refusal(
            name, f"有 {len(told)} 页，超过一次能识别的 {LIMITS.scanned_pages} 页", "请拆成几个文件再试"
        )
    if any(width * height > LIMITS.pixels or not width * height for width, height, _ in told):
        raise too_many_pixels(name)
    raw = np.frombuffer(data, np.uint8)
    for page, (_, _, dpi) in enumerate(told):
        try:
            picture = _decoded(raw, page, pages=len(told))
        except (cv2.error, MemoryError) as error:
            raise refusal(name, BROKEN, AGAIN) from error
        if picture is None or picture.size > LIMITS.pixels * 3:
            raise refusal(name, BROKEN, AGAIN)
        yield picture, likely_dpi(picture, dpi)


def too_many_pixels(name: str) -> UnreadableError:
    """Refuse a page by its pixels."""
    return refusal(
        name,
        f"图片超过 {LIMITS.pixels // 1_000_000} 百万像素，不像一页扫描件",
        "请按 200 至 300 dpi 重新扫描",
    )


def likely_dpi(picture: Picture, told: float) -> float:
    """Believe the resolution that the file tells where the page gets a likely size by it, else take it for A4.

    Where that would make it coarse it may be a part of a page: then the height of its writing decides.
    """
    long = float(max(picture.shape[:2]))
    if LEAST_TOLD <= told <= MOST_TOLD and PAGE_INCHES[0] <= long / told <= PAGE_INCHES[1]:
        return told
    guess = long / LONG_SIDE
    if guess >= FINE:
        return guess
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) if picture.ndim > 2 else picture  # noqa: PLR2004
    ink = inked(evened(np.asarray(grey, np.uint8), FINE), FINE)
    return max(guess, height_of_writing(ink, FINE) / HEIGHT_OF_WRITING) if ink.any() else guess


def _decoded(raw: Picture, page: int, *, pages: int) -> Picture | None:
    if pages == 1:
        return cv2.imdecode(raw, cv2.IMREAD_COLOR)  # type: ignore[return-value]
    done, found = cv2.imdecodemulti(raw, cv2.IMREAD_COLOR, range=(page, page + 1))
    return found[0] if done and found else None  # type: ignore[return-value]


def _heads(data: bytes) -> Iterator[tuple[int, int, float]]:
    """Yield width, height and told resolution (0 when silent) of each page, by the head of the file alone."""
    try:
        if data.startswith(b"\x89PNG"):
            yield _png(data)
        elif data.startswith(b"\xff\xd8\xff"):
            yield from _jpeg(data)
        elif data.startswith((b"II*\0", b"MM\0*")):
            yield from _tiff(data)
        elif data.startswith(b"BM"):
            width, height, per_metre = (
                *struct.unpack_from("<ii", data, 18),
                struct.unpack_from("<i", data, 38)[0],
            )
            yield abs(width), abs(height), per_metre * INCH_OF_METRES
        elif data[8:12] == b"WEBP":
            yield from _webp(data)
    except (struct.error, IndexError):
        return


def _png(data: bytes) -> tuple[int, int, float]:
    width, height = struct.unpack_from(">II", data, 16)
    at = data[:4096].find(b"pHYs")
    if at > 0 and data[at + 12] == 1:
        return width, height, struct.unpack_from(">I", data, at + 4)[0] * INCH_OF_METRES
    return width, height, 0.0


def _jpeg(data: bytes) -> Iterator[tuple[int, int, float]]:
    at, dpi = 2, 0.0
    while at + 4 < len(data):
        if data[at] != 0xFF:  # noqa: PLR2004 - a marker begins so
            return
        mark, size = data[at + 1], struct.unpack_from(">H", data, at + 2)[0]
        if data[at + 4 : at + 9] == b"JFIF\0" and data[at + 11] in (1, 2):
            across = struct.unpack_from(">H", data, at + 12)[0]
            dpi = float(across) if data[at + 11] == 1 else across * INCH_OF_CENTIMETRES
        if mark in SOF:
            height, width = struct.unpack_from(">HH", data, at + 5)
            yield width, height, dpi
            return
        at += 2 + size


def _webp(data: bytes) -> Iterator[tuple[int, int, float]]:
    kind = data[12:16]
    if kind == b"VP8X":
        yield 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little"), 0.0
    elif kind == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        yield 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF), 0.0
    elif kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        yield width & 0x3FFF, height & 0x3FFF, 0.0


WIDTH, HEIGHT, ACROSS, UNIT = 256, 257, 282, 296
SHORT = 3


def _tiff(data: bytes) -> Iterator[tuple[int, int, float]]:
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
        yield tags.get(WIDTH, 0), tags.get(HEIGHT, 0), _tiff_dpi(data, order, tags)
        at = struct.unpack_from(order + "I", data, at + 2 + 12 * count)[0]


def _tiff_dpi(data: bytes, order: str, tags: dict[int, int]) -> float:
    if ACROSS not in tags or tags[ACROSS] + 8 > len(data):
        return 0.0
    over, under = struct.unpack_from(order + "II", data, tags[ACROSS])
    dpi = over / under if under else 0.0
    return dpi * INCH_OF_CENTIMETRES if tags.get(UNIT) == SHORT else dpi
