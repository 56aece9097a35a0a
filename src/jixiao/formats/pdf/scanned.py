"""Read a PDF with pages that are pictures: those are drawn and recognized, the others read as text, in their order."""

from pypdfium2 import PdfPage

from jixiao.errors import UnreadableError
from jixiao.formats.intake import LIMITS
from jixiao.formats.pdf.ink import Ink
from jixiao.formats.pdf.page import Page
from jixiao.formats.pdf.reading import read_with
from jixiao.formats.scan.reading import read_page
from jixiao.layout import Doubt, Layout, Place

DENSITY = (
    200 / 72,
    300 / 72,
)  # pixels to the point: a page is drawn as fine as its picture is, between these
UNREAD = "第 {page} 页是扫描图片，没有读出文字：{why}"
BEYOND = "第 {page} 页是扫描图片，超过一次能识别的 {most} 页，未读取；请拆成几个文件再试"


def read(data: bytes, *, name: str) -> Layout:
    """Read a PDF some pages of which are pictures.

    Raises:
        UnreadableError: as `reading.read`; nothing could be recognized, or the extra is not installed.
    """
    seen = 0

    def recognize(page: PdfPage, drawn: Ink) -> Page:
        nonlocal seen
        seen += 1
        return _recognized(page, drawn, seen)

    return read_with(recognize, data, name=name)


def _recognized(page: PdfPage, drawn: Ink, count: int) -> Page:
    number = drawn.frame.page
    if count > LIMITS.scanned_pages:
        why = BEYOND.format(page=number, most=LIMITS.scanned_pages)
        return Page(drawn.frame, doubts=[Doubt(Place(page=number), why)])
    finest = (LIMITS.pixels / (drawn.frame.width * drawn.frame.height)) ** 0.5
    scale = min(max(drawn.density, DENSITY[0]), DENSITY[1], finest)
    bitmap = page.render(scale=scale)
    try:
        found = read_page(bitmap.to_numpy()[:, :, :3].copy(), page=number, points=1 / scale)
    except UnreadableError as error:
        why = UNREAD.format(page=number, why=str(error).partition("：")[2].removesuffix("。"))
        return Page(drawn.frame, doubts=[Doubt(Place(page=number), why)])
    finally:
        bitmap.close()
    return Page(drawn.frame, blocks=found.blocks, doubts=list(found.doubts))
