"""Read a PDF with pages that are pictures: those are drawn and recognized, the others read as text, in their order."""

from dataclasses import replace
from time import monotonic
from typing import Any

from pypdfium2 import PdfPage

from jixiao.errors import UnreadableError
from jixiao.formats.intake import LIMITS
from jixiao.formats.pdf import recognized
from jixiao.formats.pdf.ink import Ink
from jixiao.formats.pdf.page import Page, pages
from jixiao.formats.pdf.reading import notes, read_with
from jixiao.formats.scan.reading import POINTS, coarse, read_page
from jixiao.formats.scan.reading import Page as Scanned
from jixiao.layout import Doubt, Layout, Place

DENSITY = (
    200 / 72,
    300 / 72,
)  # pixels to the point: a page is drawn as fine as its picture is, between these
UNREAD = "第 {page} 页是扫描图片，没有读出文字：{why}"
ENOUGH = LIMITS.guard_of_scans.seconds * 0.8  # seconds: then what is there is handed over, before all is lost
LATE = "第 {page} 页是扫描图片，识别前面各页已用去 {seconds} 秒，这一页未读取；请拆成几个文件再试"
BEYOND = "第 {page} 页是扫描图片，超过一次能识别的 {most} 页，未读取；请拆成几个文件再试"


def read(data: bytes, *, name: str) -> Layout:
    """Read a PDF some pages of which are pictures.

    Raises:
        UnreadableError: as `reading.read`; nothing could be recognized, or the extra is not installed.
    """
    seen, began = 0, monotonic()

    def recognize(page: PdfPage, drawn: Ink, before: Page | None) -> list[Page]:
        nonlocal seen
        seen += 1
        if seen > LIMITS.scanned_pages:
            return _unread(drawn, BEYOND.format(page=drawn.frame.page, most=LIMITS.scanned_pages), name)
        if (spent := monotonic() - began) > ENOUGH:
            return _unread(drawn, LATE.format(page=drawn.frame.page, seconds=int(spent)), name)
        try:
            return recognized.pages(_looked_at(page, drawn), drawn.frame.page, before)
        except UnreadableError as error:
            why = str(error).partition("：")[2].removesuffix("。")
            return _unread(drawn, UNREAD.format(page=drawn.frame.page, why=why), name)

    return read_with(recognize, data, name=name)


def _looked_at(page: PdfPage, drawn: Ink) -> Scanned:
    finest = (LIMITS.pixels_read / (drawn.frame.width * drawn.frame.height)) ** 0.5
    scale = min(max(drawn.density, DENSITY[0]), DENSITY[1], finest)
    found = read_page(_picture(page, drawn, scale), page=drawn.frame.page, points=1 / scale)
    rough = coarse(drawn.density * POINTS, drawn.frame.page) if drawn.pictures else []
    return replace(found, doubts=(*rough, *found.doubts))


def _picture(page: PdfPage, drawn: Ink, scale: float) -> Any:  # noqa: ANN401 - an array of pixels
    """Draw a page by a handle of its own: what the library decodes for it is given back before it is looked at."""
    own = page.pdf[drawn.frame.page - 1]
    try:
        bitmap = own.render(scale=scale)
        try:
            return bitmap.to_numpy()[:, :, :3].copy()
        finally:
            bitmap.close()
    finally:
        own.close()


def _unread(drawn: Ink, why: str, name: str) -> list[Page]:
    """Say why a page was not recognized; what another program recognized on it is better than nothing."""
    found = pages(drawn, name) if drawn.hidden else []
    return [Page(drawn.frame, doubts=[Doubt(Place(page=drawn.frame.page), why), *notes(drawn)]), *found]
