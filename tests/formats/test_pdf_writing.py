"""Written PDF: official pages with every character, bookmarks, tags, repeated headings, and blanks that are seen."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats.pdf import typefaces as faces
from jixiao.layout import Cell, Grid, Layout, Line, Place, Role
from tests.formats.page_samples import FOLDER, GREYS, SAMPLES, drawn, form, report, wide

needs_fonts = pytest.mark.skipif(
    not [*faces.FOLDER.glob("*.ttf")], reason="SKIPPED: the fonts of `make assets` are missing"
)
SIGNS = "≥≤≠±×÷％‰①②—…□☑☒√○〔〕【】《》“”‘’℃㎡№·￥"
MARKUP = (
    "#pagebreak()", "$x$ *粗* _斜_ `码`", "\\u{41} \"引\" '号'", "<标> @引用 ~ // 注 /* */", "= 题", "[方] {花} (圆)", "- 一 + 二", "https://example.org",
)  # fmt: skip


def texts(data: bytes) -> list[str]:
    """What can be selected on each page, without white space."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def marks(data: bytes) -> list[tuple[int, str, int]]:
    """Each bookmark: how deep, its title, the page it leads to."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    finally:
        document.close()


@pytest.fixture
def without_bundled_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(faces, "FOLDER", tmp_path / "none")
    faces.typefaces.cache_clear()
    yield
    faces.typefaces.cache_clear()


@needs_fonts
@pytest.mark.parametrize("name", SAMPLES)
def test_pages_look_as_they_did(name: str) -> None:
    kept = np.asarray(cv2.imread(str(FOLDER / f"{name}.png"), cv2.IMREAD_GRAYSCALE), np.int16)
    now = drawn(formats.write(SAMPLES[name](), "pdf")).astype(np.int16)
    assert kept.shape == now.shape
    apart = np.abs(kept - now)
    assert float(apart.mean()) < GREYS / 2 + 1
    assert float((apart > 4 * GREYS).mean()) < 0.004


def test_a_changed_page_does_not_look_as_it_did() -> None:
    kept = drawn(formats.write(form(), "pdf")).astype(np.int16)
    page = form()
    grid = page.blocks[2]
    assert isinstance(grid, Grid)
    changed = Layout(page.name, (*page.blocks[:2], Grid(grid.cells[:-6]), *page.blocks[3:]))
    assert float((np.abs(kept - drawn(formats.write(changed, "pdf"))) > 4 * GREYS).mean()) > 0.004


def test_the_same_page_gives_the_same_bytes() -> None:
    pages = [form(), report(), wide()]
    assert formats.bind(pages, "pdf") == formats.bind(pages, "pdf")


@pytest.mark.parametrize("text", MARKUP)
def test_text_is_never_taken_for_markup(text: str) -> None:
    page = Layout(text, (Line(text, level=0), Line(text), Grid((Cell(0, 0, text), Cell(0, 1, "甲")))))
    (said,) = texts(formats.write(page, "pdf"))
    assert said.count(re.sub(r"\s", "", text)) == 3


def test_each_paper_and_each_heading_has_a_bookmark() -> None:
    found = marks(formats.bind([report(), form()], "pdf"))
    assert found == [
        (0, "自评报告", 0), (1, "一、项目基本情况", 0), (2, "（一）项目概况", 0), (3, "1.资金情况", 0), (1, "二、存在的问题", 0),
        (0, "村级道路维修项目", 1),
    ]  # fmt: skip


def test_many_papers_are_bound_with_their_bookmarks_and_tags_in_order() -> None:
    pages = [Layout(f"第{n}份", (Line("一、甲", level=1), Line(f"正文{n}"))) for n in range(40)]
    data = formats.bind(iter(pages), "pdf")
    assert [mark for mark in marks(data) if mark[0] == 0] == [(0, f"第{n}份", n) for n in range(40)]
    assert [page.removesuffix("—1—") for page in texts(data)] == [f"一、甲正文{n}" for n in range(40)]
    assert data.count(b"/Type/StructTreeRoot") == data.count(b"/S/Document") == 1
    runs = sorted(int(key) for key in re.findall(rb"/StructParents (\d+)", data))
    assert runs == list(range(40))
    assert data == formats.bind(pages, "pdf")


def test_every_reference_of_a_bound_file_leads_to_an_object() -> None:
    data = formats.bind([form()] * 20, "pdf")
    bare = re.sub(rb"stream\r?\n.*?endstream", b"", data, flags=re.DOTALL)
    there = {int(number) for number in re.findall(rb"(?m)^(\d+) 0 obj", bare)}
    assert {int(number) for number in re.findall(rb"\b(\d+) 0 R", bare)} <= there
    for number in (1, max(there)):
        offset = int(data[data.rindex(b"\nxref") :].splitlines()[number + 3][:10])
        assert data[offset:].startswith(b"%d 0 obj" % number)


def test_pages_are_tagged_and_say_that_they_may_be_archived() -> None:
    data = formats.write(wide(), "pdf")
    assert b"/MarkInfo<</Marked true" in data
    assert b"<pdfaid:part>2" in data
    assert b"<pdfuaid:part>1" in data
    assert b"/S/TH" in data


def test_a_page_stands_upright_or_across() -> None:
    for page, size in ((form(), (595, 842)), (wide(), (842, 595))):
        document = pypdfium2.PdfDocument(formats.write(page, "pdf"))
        assert tuple(round(side) for side in document[0].get_size()) == size
        document.close()


def test_the_heading_stands_again_on_each_page() -> None:
    pages = texts(formats.write(wide(60), "pdf"))
    assert len(pages) > 2
    assert all("财政拨款其他资金" in page and "年初预算全年预算全年执行" in page for page in pages)


def long_form(rows: int) -> Grid:
    """A table whose heading stands in its middle, with one label beside it and all rows below."""
    heads = [
        Cell(1, k + 1, text, role=Role.HEADING) for k, text in enumerate(("一级指标", "三级指标", "得分"))
    ]
    body = [(Cell(r, 2, f"指标{r}的名称"), Cell(r, 3, "2")) for r in range(2, rows)]
    classes = [Cell(r, 1, f"第{r}类产出指标的名称", min(7, rows - r)) for r in range(2, rows, 7)]
    cells = [
        Cell(0, 0, "项目名称", role=Role.HEADING),
        Cell(0, 1, "道路", 1, 3),
        Cell(1, 0, "绩效指标", rows - 1, 1, Role.HEADING),
    ]
    return Grid(
        (*cells, *heads, *classes, *(cell for pair in body for cell in pair), Cell(rows, 0, "总分", 1, 4)),
        repeated=(1, 2),
    )


@pytest.mark.slow
@pytest.mark.parametrize("rows", (44, 57, 82, 83, 84))
def test_a_heading_in_the_middle_stands_again_and_the_table_is_read_as_one(rows: int) -> None:
    grid = long_form(rows)
    data = formats.write(Layout("长表", (Line("表", level=0), grid)), "pdf")
    pages = texts(data)
    assert len(pages) > 1
    assert all("一级指标三级指标得分" in page for page in pages)
    (read,) = [b for b in formats.read(data, name="a").blocks if isinstance(b, Grid)]
    assert {(c.row, c.column, c.rowspan, c.colspan, c.text) for c in read.cells} == {
        (c.row, c.column, c.rowspan, c.colspan, c.text) for c in grid.cells
    }


@pytest.mark.slow
@pytest.mark.parametrize("lines", range(6, 13))
def test_a_signature_is_never_parted_from_the_text_before_it(lines: int) -> None:
    body = [Line("这是一段正文，说明项目的情况和完成的结果，以便凑够篇幅。") for _ in range(lines)]
    end = (
        Line("末段文字。"),
        Line("青禾县农业农村局", role=Role.SIGNATURE),
        Line("2024年3月15日", role=Role.SIGNATURE),
    )
    *_, last = texts(formats.write(Layout("报告", (*body, *end)), "pdf"))
    assert "末段文字。青禾县农业农村局2024年3月15日" in last


@pytest.mark.slow
@pytest.mark.parametrize("rows", range(12, 19))
def test_a_signature_is_never_parted_from_the_last_row_of_a_table(rows: int) -> None:
    *_, last = texts(formats.write(wide(rows), "pdf"))
    assert f"青禾县第{rows}中学" in last
    assert "填报人：" in last


def test_nothing_of_a_cell_that_is_higher_than_a_page_is_lost() -> None:
    text = "这是很长的目标说明，" * 400
    grid = Grid((Cell(0, 0, "年度总体目标", 2), Cell(0, 1, "预期目标"), Cell(1, 1, text)))
    assert sum(page.count("这") for page in texts(formats.write(Layout("长", (grid,)), "pdf"))) == 400


def test_a_blank_to_be_filled_in_is_seen() -> None:
    for line, seen in ((Line("甲【请填写：人数】乙"), True), (Line("甲（请填写：人数）乙"), False)):
        document = pypdfium2.PdfDocument(formats.write(Layout("甲", (line,)), "pdf"))
        pixels = document[0].render(scale=1).to_numpy().astype(int)
        document.close()
        assert bool((np.abs(pixels[:, :, 0] - pixels[:, :, 2]) > 40).any()) is seen


@needs_fonts
def test_the_bundled_fonts_have_every_character_of_the_standards() -> None:
    gb2312 = {bytes((a, b)).decode("gb2312", "ignore") for a in range(0xA1, 0xF8) for b in range(0xA1, 0xFF)}
    beyond = "䓖䗪䴙㛃㙘镕堃喆旸㧟䥽㳘㑇"  # of the 8,105 of the general table, outside of GB2312
    assert {
        char for char in {*"".join(gb2312), *SIGNS, *beyond} if ord(char) not in faces.typefaces().points
    } == set()


def test_signs_are_drawn_and_not_boxes() -> None:
    (said,) = texts(formats.write(Layout("甲", (Line(SIGNS),)), "pdf"))
    assert said.startswith(SIGNS)
    shapes = {drawn(formats.write(Layout("甲", (Line(char * 3),)), "pdf")).tobytes() for char in SIGNS}
    assert len(shapes) == len(SIGNS)


def test_a_character_that_no_font_has_is_named_with_its_place() -> None:
    page = Layout("自评表", (Line("甲"), Grid((Cell(0, 0, "乙"), Cell(0, 1, "丙\ue5e5")))))
    with pytest.raises(
        UnreadableError, match=r"“自评表”第 1 个表第 1 行第 2 列有一个字写不进 PDF：自造字（U\+E5E5）"
    ):
        formats.write(page, "pdf")


def test_what_cannot_be_seen_is_left_out() -> None:
    (said,) = texts(formats.write(Layout("甲", (Line("甲\u202e乙\ud800\ufeff丙\x07丁"),)), "pdf"))
    assert said.startswith("甲乙丙丁")


@pytest.mark.usefixtures("without_bundled_fonts")
def test_the_fonts_of_the_system_are_taken_where_none_came_with_the_program() -> None:
    try:
        (said,) = texts(formats.write(Layout("甲", (Line("青禾县"),)), "pdf"))
    except UnreadableError:
        pytest.skip("SKIPPED: no Chinese font on the system (apt-get install fonts-noto-cjk)")
    assert said.startswith("青禾县")


@pytest.mark.usefixtures("without_bundled_fonts")
def test_without_any_font_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faces, "SERIFS", ())
    monkeypatch.setattr(faces, "SANSES", ())
    with pytest.raises(UnreadableError, match="fonts-noto-cjk"):
        formats.write(Layout("甲", (Line("甲"),)), "pdf")


@pytest.mark.slow
@pytest.mark.usefixtures("unmeasured")
def test_the_memory_does_not_grow_with_the_papers() -> None:
    program = (
        "import resource\nfrom jixiao import formats\nfrom tests.formats.page_samples import form\n"
        "def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024\n"
        "formats.bind([form()] * 32, 'pdf')\nsmall = peak()\n"
        "whole = len(formats.bind((form() for _ in range(160)), 'pdf')) >> 20\nprint(peak() - small - 3 * whole)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert int(run.stdout) < 40


def test_what_stood_on_another_sheet_begins_a_page() -> None:
    lines = (Line("甲", Place(sheet="一")), Line("乙", Place(sheet="一")), Line("丙", Place(sheet="二")))
    assert [page.split("—")[0] for page in texts(formats.write(Layout("表", lines), "pdf"))] == ["甲乙", "丙"]


def test_nothing_to_write_gives_one_empty_page() -> None:
    for pages in ([], [Layout("", ())], [Layout("空", (Grid(()),))]):
        assert texts(formats.bind(pages, "pdf")) == ["—1—"]


def test_figures_stay_inside_the_columns_that_are_asked_for() -> None:
    cells = (
        Cell(0, 0, "说明", role=Role.HEADING),
        Cell(0, 1, "金额", role=Role.HEADING),
        Cell(1, 0, "甲"),
        Cell(1, 1, "123456789.00"),
    )
    data = formats.write(Layout("表", (Grid(cells, widths=(97, 3)),)), "pdf")
    document = pypdfium2.PdfDocument(data)
    text = document[0].get_textpage()
    start = text.get_text_range().index("123456789.00")
    left, right = text.get_charbox(start)[0], text.get_charbox(start + 11)[2]
    pixels = document[0].render(scale=4).to_numpy()[:, :, 0]
    document.close()
    rules = np.flatnonzero((pixels < 128).mean(axis=0) > 0.035) / 4
    assert 0 < left - rules[rules < left].max() < 20
    assert 0 < rules.max() - right < 20
