"""What reading a PDF costs beside pdfplumber on the same files: its tables, and its text, as a user would ask for them.

Both are taken by turns and in processor time: a machine that does other work too slows neither more than the other.
pdfplumber gives the texts of the raster, a merged cell as one text and empty fields; it tells no spans and no places.
"""

from collections.abc import Iterator
from io import BytesIO
from random import Random

import pdfplumber

from jixiao.formats import write
from jixiao.formats.pdf import reading
from jixiao.layout import Grid
from jixiao.papers.form import load_form
from jixiao.papers.pages.selfeval_page import lay_out
from tests.bench.clock import by_turns
from tests.formats.drawn import pdf_of
from tests.layouts.invention import invent
from tests.reading.office import converted, found

FORMS = ("f-10", "f-sys")
ROUNDS = 9


def told() -> Iterator[str]:
    """Yield a line for each file: milliseconds of both, and how many times faster this reader is."""
    for says, data in _files():
        ours, plain = (
            1000 * spent.processor
            for spent in by_turns(
                ROUNDS, lambda data=data: reading.read(data, name="a"), lambda data=data: _plain(data)
            )
        )
        grids = [block for block in reading.read(data, name="a").blocks if isinstance(block, Grid)]
        cells = sum(len(grid.cells) for grid in grids)
        yield f"  {says}（{cells} 格）：pdfplumber {plain:.0f} 毫秒，jixiao {ours:.0f} 毫秒，快 {plain / ours:.1f} 倍"


def _files() -> Iterator[tuple[str, bytes]]:
    pages = [lay_out(invent(Random(form), load_form(form)), form) for form in FORMS]
    for form, page in zip(FORMS, pages, strict=True):
        yield f"{form}，typst 画", pdf_of(page)
    if found():
        documents = [write(page, "docx") for page in pages]
        for form, data in zip(FORMS, converted(documents, "docx", "pdf"), strict=True):
            if data is not None:
                yield f"{form}，LibreOffice 导出", data


def _plain(data: bytes) -> int:
    with pdfplumber.open(BytesIO(data)) as document:
        return sum(len(page.extract_tables()) + len(page.extract_text()) for page in document.pages)
