"""Picture files: looked at by their heads, then opened page by page, each as fine as it is read and no finer.

A picture never says how large it is on paper: the resolution goes beside it, in pixels to the inch.
"""

from collections.abc import Iterator

import cv2
import numpy as np

from jixiao.errors import UnreadableError
from jixiao.formats.intake import LIMITS, refusal
from jixiao.formats.scan.heads import GREY, Head, heads
from jixiao.formats.scan.ink import Picture, evened, height_of_writing, inked

LONG_SIDE, LEAST_TOLD, MOST_TOLD = (
    11.69,
    100,
    700,
)  # inches of A4; a resolution told outside this is no scanner's
PAGE_INCHES = (3.0, 24.0)
FINE, HEIGHT_OF_WRITING = 150, 0.13  # pixels to the inch from which a page is read; inches of usual writing
FINEST = 320  # dots to the inch: finer pages are made coarser, letters stay large enough
REDUCED = (
    (1, cv2.IMREAD_COLOR),
    (2, cv2.IMREAD_REDUCED_COLOR_2),
    (4, cv2.IMREAD_REDUCED_COLOR_4),
    (8, cv2.IMREAD_REDUCED_COLOR_8),
)
BROKEN = "图片不完整或已损坏，打不开"
AGAIN = "请重新扫描或重新导出为 png、jpg 或 tiff 再试"


def page_count(data: bytes) -> int:
    """Count the pages that a picture file tells of."""
    return sum(1 for _ in heads(data))


def pictures_in(data: bytes, *, name: str) -> Iterator[tuple[Picture, float]]:
    """Yield each page of a picture file with its resolution.

    Raises:
        UnreadableError: broken, of an unknown kind, or beyond the caps on pixels and pages.
    """
    told = tuple(heads(data))
    if not told:
        raise refusal(name, BROKEN, AGAIN)
    if len(told) > LIMITS.scanned_pages:
        raise refusal(
            name, f"有 {len(told)} 页，超过一次能识别的 {LIMITS.scanned_pages} 页", "请拆成几个文件再试"
        )
    if any(head.pixels > LIMITS.pixels or not head.pixels for head in told):
        raise too_many_pixels(name)
    ways = [_way(head, LIMITS.picture_bytes - len(data), name) for head in told]
    for page, (head, (smaller, flags)) in enumerate(zip(told, ways, strict=True)):
        try:
            picture = _decoded(data, (page, len(told)), flags)
        except (cv2.error, MemoryError) as error:
            raise refusal(name, BROKEN, AGAIN) from error
        if picture is None or picture.size > LIMITS.pixels * 3:
            raise refusal(name, BROKEN, AGAIN)
        picture, dpi = fit_to_read(picture, likely_dpi(picture, head.dpi / smaller))
        yield picture, dpi
        del picture  # before the next one is opened


def _way(head: Head, room: int, name: str) -> tuple[int, int]:
    """Choose how a page is opened so that it takes no more than so many bytes: by what it is made smaller, and flags.

    Raises:
        UnreadableError: there is no such way.
    """
    for smaller, flags in REDUCED if head.shrinks else REDUCED[:1]:
        if head.held + head.each * head.pixels // smaller**2 <= room:
            return smaller, cv2.IMREAD_GRAYSCALE if head.each == GREY and smaller == 1 else flags
    if (
        head.held + GREY * head.pixels <= room
    ):  # its colours are left, and a seal with them is one of a grey copy
        return 1, cv2.IMREAD_GRAYSCALE
    raise refusal(name, "图片太大，不像一页扫描件", "请按 200 至 300 dpi 重新扫描")


def fit_to_read(picture: Picture, dpi: float) -> tuple[Picture, float]:
    """Make a page coarser that is finer, or larger, than pages are read; with the resolution it has then."""
    large = picture.shape[0] * picture.shape[1]
    shrink = min(1.0, FINEST / dpi, (LIMITS.pixels_read / large) ** 0.5)
    if shrink == 1:
        return picture, dpi
    small = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), dpi * shrink


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


def _decoded(data: bytes, which: tuple[int, int], flags: int) -> Picture | None:
    """Open one page of so many."""
    page, pages = which
    raw = np.frombuffer(data, np.uint8)
    if pages == 1:
        return cv2.imdecode(raw, flags)  # type: ignore[return-value]
    done, found = cv2.imdecodemulti(raw, flags, range=(page, page + 1))
    return found[0] if done and found else None  # type: ignore[return-value]
