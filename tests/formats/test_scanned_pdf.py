"""PDFs with pages that are pictures: recognized in their place among the others, or a sentence about them."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

import cv2
import numpy as np
import pypdfium2
import pytest

from jixiao.errors import UnreadableError
from jixiao.formats import FORMATS, read
from jixiao.formats.pdf import album, reading, scanned
from jixiao.formats.scan import reading as scan
from jixiao.formats.scan.reading import Outline, Page, Part
from jixiao.layout import Block, Cell, Doubt, Grid, Layout, Line, Place
from tests.formats.drawn import pdf_of
from tests.formats.made_pdf import Drawn, pdf, text
from tests.formats.test_pdf import grids_of, lines_of, texts

PICTURE = "q 595 0 0 842 0 0 cm /P Do Q\n"
INK = b"<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 4 >> stream\n\x00\xff\xff\x00\nendstream"


def pictured(*before: str) -> bytes:
    """Pages of text, then one page that is a picture of nothing."""
    number = 5 + 2 * (len(before) + 1)
    page = Drawn(PICTURE, resources=f"/XObject << /P {number} 0 R >>")
    return pdf(*before, page, more=(INK,))


HEADING = ("三级指标", "指标值")


def pictures(count: int) -> bytes:
    """Pages that are pictures of nothing."""
    page = Drawn(PICTURE, resources=f"/XObject << /P {5 + 2 * count} 0 R >>")
    return pdf(*[page] * count, more=(INK,))


def searchable() -> bytes:
    """A picture with text over it that is not drawn."""
    words = "".join(text(50, 700 - 20 * n, "别的软件认出的文字，不一定对", mode=3) for n in range(4))
    return pdf(Drawn(PICTURE + words, resources="/XObject << /P 7 0 R >>"), more=(INK,))


def seen(
    page: int, rows: Sequence[Sequence[str]], *, top: int, wider: float = 0, doubted: tuple[int, int] | None = None,
    margins: tuple[str, str] | None = None,
) -> Page:  # fmt: skip
    """What may be recognized on a page: a table of two columns, 20 points a row, a head and a page number."""
    edges, height = (50.0, 300.0, 500.0 + wider), 20
    boxes, cells = [], []
    for r, row in enumerate(rows):
        for c, words in enumerate(row):
            boxes.append((edges[c], top + r * height, edges[c + 1], top + (r + 1) * height))
            place = Place(page=page, table=1, row=r + 1, column=c + 1, box=(f"{r}", f"{c}", "9", "9"))
            cells.append(Cell(r, c, words, place=place, confidence=Decimal("0.9")))
    lines = tuple(((box[0] + 5, box[1] + 5, box[2] - 90, box[3] - 5),) for box in boxes)
    blocks: tuple[Block, ...] = (Grid(tuple(cells), Place(page=page, table=1)),)
    if margins:
        head, foot = (
            Line(text, Place(page=page, box=box))
            for text, box in zip(
                margins, (("50", "20", "120", "30"), ("290", "825", "310", "835")), strict=True
            )
        )
        blocks = (head, *blocks, foot)
    doubts = [Doubt(cell.place, "看不清") for cell in cells if (cell.row + 1, cell.column + 1) == doubted]
    return Page((Part(blocks, (Outline(tuple(boxes), lines),), 595, 842, 10),), tuple(doubts))


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


def test_a_page_of_text_that_is_not_drawn_over_its_picture_is_looked_at() -> None:
    layout = reading.read(searchable(), name="a.pdf")
    assert layout.format == "scanned_pdf"
    assert layout.blocks == ()


def test_text_that_another_program_recognized_is_taken_where_nothing_can_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scanned, "read_page", refused)
    layout = scanned.read(searchable(), name="a.pdf")
    assert lines_of(layout)[0].startswith("别的软件认出的文字")
    assert any("没有安装" in doubt.why for doubt in layout.doubts)
    assert any("看不见的文字层" in doubt.why for doubt in layout.doubts)


def test_a_table_of_pictures_runs_on_over_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    first = seen(1, (HEADING, ("培训人数", "≥100人")), top=790, margins=("青禾县财政局", "— 1 —"))
    second = seen(
        2, (HEADING, ("满意度", "≥95%")), top=50, wider=4, doubted=(2, 2), margins=("青禾县财政局", "— 2 —")
    )
    shown = iter((first, second))
    monkeypatch.setattr(scanned, "read_page", lambda *_, **__: next(shown))
    layout = scanned.read(pictures(2), name="a.pdf")
    (grid,) = layout.blocks
    assert isinstance(grid, Grid)
    assert texts(grid) == [list(HEADING), ["培训人数", "≥100人"], ["满意度", "≥95%"]]
    assert [(c.place.page, c.place.table, c.place.row) for c in grid.cells][::2] == [
        (1, 1, 1),
        (1, 1, 2),
        (2, 1, 3),
    ]
    assert [cell.confidence for cell in grid.cells] == [Decimal("0.9")] * 6
    assert [d.place for d in layout.doubts if d.place.row] == [grid.cells[-1].place]


def test_a_table_in_a_picture_file_of_several_pages_runs_on_too(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytes(cv2.imencodemulti(".tiff", [np.full((400, 300), 255, np.uint8)] * 2)[1])
    assert scan.read(data, name="a.tif").format == "scanned_pages"
    parts = (
        seen(1, (HEADING, ("培训人数", "≥100人")), top=790),
        seen(2, (HEADING, ("满意度", "≥95%")), top=50),
    )
    monkeypatch.setattr(album, "pages_of", lambda *_, **__: iter(parts))
    layout = album.read(data, name="a.tif")
    (grid,) = grids_of(layout)
    assert texts(grid) == [list(HEADING), ["培训人数", "≥100人"], ["满意度", "≥95%"]]
    assert {cell.place.page for cell in grid.cells} == {1, 2}
    assert layout.format == "scan"


def test_pages_of_pictures_for_which_no_time_is_left_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytes(cv2.imencodemulti(".tiff", [np.full((400, 300), 255, np.uint8)] * 2)[1])
    monkeypatch.setattr(
        album, "pages_of", lambda *_, **__: iter([seen(1, (HEADING, ("甲", "乙")), top=100)] * 2)
    )
    monkeypatch.setattr(album, "ENOUGH", -1)
    layout = album.read(data, name="a.tif")
    assert len(grids_of(layout)) == 1
    assert [(d.place.page, "从第 2 页起未读取" in d.why) for d in layout.doubts] == [(2, True)]


def test_tables_of_pictures_that_do_not_belong_together_are_counted_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = (HEADING, ("培训人数", "≥100人"))
    shown = iter((seen(1, rows, top=100), seen(2, rows, top=100, doubted=(1, 1))))
    monkeypatch.setattr(scanned, "read_page", lambda *_, **__: next(shown))
    layout = scanned.read(pictures(2), name="a.pdf")
    assert [grid.place.table for grid in grids_of(layout)] == [1, 2]
    assert [d.place for d in layout.doubts if d.place.row] == [grids_of(layout)[1].cells[0].place]


def test_what_was_recognized_in_time_is_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanned, "read_page", lambda *_, **__: seen(1, (HEADING,), top=100))
    clock = iter((0.0, 1.0, 10_000.0))
    monkeypatch.setattr(scanned, "monotonic", lambda: next(clock))
    layout = scanned.read(pictures(2), name="a.pdf")
    assert len(grids_of(layout)) == 1
    assert "第 2 页是扫描图片，识别前面各页已用去 10000 秒" in layout.doubts[-1].why


def test_a_picture_too_coarse_to_be_read_well_is_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanned, "read_page", lambda *_, **__: seen(1, (HEADING,), top=100))
    layout = scanned.read(pictures(1), name="a.pdf")
    assert [doubt.why for doubt in layout.doubts] == ["约 0 dpi，识别容易出错；请按 200 dpi 以上重新扫描"]


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
    told = [(block.place.page, [c.text for c in block.cells]) for block in grids_of(layout)]
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
