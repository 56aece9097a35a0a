"""Draws the pages of a PDF as pictures, to be shown beside what was read. Reads nothing."""

from pypdfium2 import PdfDocument

from jixiao.formats.intake import LIMITS
from jixiao.formats.pdf.document import opened, page_at
from jixiao.formats.pictures import PNG, line_of, png
from jixiao.layout import Layout, Line

_INCH = 72  # points
_DPI = 110
_LARGEST = 2_000  # pixels of the longer side


def read(data: bytes, *, name: str) -> Layout:
    """Draw the first pages, as many as LIMITS allow, each a packed picture; what can't be drawn is left out.

    Raises:
        UnreadableError: damaged, protected by a password, or over a cap.
    """
    with opened(data, name) as document:
        pages = range(min(len(document), LIMITS.drawn_pages))
        found = tuple(line for line in (_drawn(document, index) for index in pages) if line is not None)
    return Layout(name=name, blocks=found, format="pdf")


def _drawn(document: PdfDocument, index: int) -> Line | None:
    page = page_at(document, index)
    if page is None:
        return None
    width, height = page.get_size()
    scale = min(_DPI / _INCH, _LARGEST / max(width, height))
    bitmap = page.render(scale=scale, grayscale=True)
    raw, across = bytes(bitmap.buffer), bitmap.width
    rows = b"".join(raw[at : at + across] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))
    picture = png(across, bitmap.height, rows)
    bitmap.close()
    page.close()
    return line_of(index + 1, (f"{width:.2f}", f"{height:.2f}"), PNG, picture)
