"""PDFs with pages that are pictures: recognized in their place among the others, or a sentence about them."""

from io import BytesIO

import pypdfium2
import pytest

from jixiao.errors import UnreadableError
from jixiao.formats import FORMATS, read
from jixiao.formats.pdf import reading, scanned
from jixiao.layout import Cell, Grid, Layout, Line
from tests.formats.drawn import pdf_of
from tests.formats.made_pdf import Drawn, pdf, text
from tests.formats.test_pdf import grids_of, lines_of

PICTURE = "q 595 0 0 842 0 0 cm /P Do Q\n"
INK = b"<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 4 >> stream\n\x00\xff\xff\x00\nendstream"


def pictured(*before: str) -> bytes:
    """Pages of text, then one page that is a picture of nothing."""
    number = 5 + 2 * (len(before) + 1)
    page = Drawn(PICTURE, resources=f"/XObject << /P {number} 0 R >>")
    return pdf(*before, page, more=(INK,))


def refused(*_: object, **__: object) -> None:
    raise UnreadableError("“第 2 页”：识别扫描件和照片所需的组件没有安装；请安装。")


def test_a_page_that_is_a_picture_is_left_for_the_reader_of_scans() -> None:
    layout = reading.read(pictured(text(50, 700, "第一页的文字")), name="a.pdf")
    assert layout.format == "scanned_pdf"
    assert lines_of(layout) == ["第一页的文字"]
    assert [row.read for row in FORMATS if row.name == layout.format] == ["jixiao.formats.pdf.scanned"]


def test_without_the_reader_of_scans_a_doubt_names_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanned, "read_page", refused)
    layout = scanned.read(pictured(text(50, 700, "第一页的文字")), name="a.pdf")
    assert lines_of(layout) == ["第一页的文字"]
    assert [(d.place.page, d.why[:15]) for d in layout.doubts] == [(2, "第 2 页是扫描图片，没有读出")]


def test_pictures_only_that_nobody_can_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanned, "read_page", refused)
    with pytest.raises(
        UnreadableError, match=r"第 1 页是扫描图片.*没有安装.*；请提供制作它的 docx 或 xlsx。"
    ):
        scanned.read(pictured(), name="a.pdf")


def test_a_picture_beside_text_makes_no_scan() -> None:
    words = "".join(text(50, 700 - 20 * n, "这一页有许多可以选中的文字") for n in range(4))
    data = pdf(Drawn(PICTURE + words, resources="/XObject << /P 7 0 R >>"), more=(INK,))
    assert reading.read(data, name="a.pdf").format == "pdf"


@pytest.mark.slow
def test_pages_of_text_and_pages_of_pictures_keep_their_order(small: Layout) -> None:
    clean = pdf_of(small, width=150, height=90)
    data = in_order(clean, as_pictures(clean), clean)
    layout = read(data, name="a.pdf")
    assert layout.format == "scanned_pdf"
    told = [
        (block.place.page, [c.text for c in block.cells])
        for block in grids_of(layout)
        if isinstance(block, Grid)
    ]
    cells = [cell.text for block in small.blocks if isinstance(block, Grid) for cell in block.cells]
    assert told == [(1, cells), (2, cells), (3, cells)]
    assert [block.place.table for block in grids_of(layout)] == [1, 2, 3]
    assert [block.place.page for block in layout.blocks if isinstance(block, Line)] == [1, 2, 3]


def as_pictures(data: bytes) -> bytes:
    stream = BytesIO()
    document = pypdfium2.PdfDocument(data)
    document[0].render(scale=200 / 72).to_pil().save(stream, "PDF", resolution=200)
    document.close()
    return stream.getvalue()


def in_order(*files: bytes) -> bytes:
    whole, stream = pypdfium2.PdfDocument.new(), BytesIO()
    for data in files:
        part = pypdfium2.PdfDocument(data)
        whole.import_pages(part)
        part.close()
    whole.save(stream)
    whole.close()
    return stream.getvalue()


@pytest.fixture
def small() -> Layout:
    words = (
        ("三级指标", "年度指标值", "实际完成值"),
        ("培训人数", "≥100人", "105人"),
        ("群众满意度", "≥95%", "96%"),
    )
    cells = tuple(Cell(r, c, words[r][c]) for r in range(3) for c in range(3))
    return Layout("a", (Line("项目支出绩效自评表", level=0), Grid(cells)))
