"""Documents as offices expect them: GB/T 9704-2012 for running text, forms as they are issued."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree

from jixiao import formats
from jixiao.layout import Block, Cell, Grid, Layout, Line, Place, Role
from tests.formats.docx_rules import W

Tree = etree._Element
TABLE = Grid(
    (Cell(0, 0, "项目", role=Role.HEADING), Cell(0, 1, "甲"), Cell(1, 0, "得分"), Cell(1, 1, "9.50"))
)


def part(data: bytes, name: str) -> Tree:
    with ZipFile(BytesIO(data)) as parts:
        return etree.fromstring(parts.read(name))


def body_of(*blocks: Block, landscape: bool = False) -> Tree:
    layout = Layout("甲", blocks, landscape=landscape)
    return part(formats.write(layout, "docx"), "word/document.xml")[0]


def styles() -> dict[str, Tree]:
    found = part(formats.write(Layout("甲", ()), "docx"), "word/styles.xml").iter(f"{W}style")
    return {str(style.get(f"{W}styleId")): style for style in found}


def value(tree: Tree, path: str, name: str = "val") -> str | None:
    found = tree.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}{name}")


def style_names(body: Tree) -> list[str | None]:
    return [value(paragraph, "pPr/pStyle") for paragraph in body.iter(f"{W}p")]


@pytest.mark.parametrize(
    ("style", "font", "half_points"),
    [
        ("Title", "方正小标宋简体", "44"),
        ("Heading1", "黑体", "32"),
        ("Heading2", "楷体_GB2312", "32"),
        ("Heading3", "仿宋_GB2312", "32"),
        ("Heading4", "仿宋_GB2312", "32"),
        ("BodyText", "仿宋_GB2312", "32"),
        ("CellMiddle", "宋体", "21"),
        ("CellLeftSmall", "宋体", "18"),
        ("Footer", "宋体", "28"),
    ],
)
def test_each_style_names_its_official_font_in_every_slot(style: str, font: str, half_points: str) -> None:
    tree = styles()[style]
    assert value(tree, "rPr/rFonts", "eastAsia") == font
    assert all(value(tree, "rPr/rFonts", slot) for slot in ("ascii", "hAnsi", "cs"))
    assert value(tree, "rPr/sz") == half_points


def test_running_text_has_22_lines_of_28_characters() -> None:
    text = styles()["BodyText"]
    assert (value(text, "pPr/spacing", "line"), value(text, "pPr/spacing", "lineRule")) == ("579", "exact")
    assert value(text, "pPr/ind", "firstLineChars") == "200"
    paper = body_of(Line("正文"))[-1]
    width, height = (int(value(paper, "pgSz", side) or 0) for side in "wh")
    top, right, bottom, left = (
        int(value(paper, "pgMar", side) or 0) for side in ("top", "right", "bottom", "left")
    )
    assert [edge * 254 // 14400 for edge in (top, bottom, left, right)] == [
        37,
        34,
        28,
        25,
    ]  # whole millimetres
    assert (height - top - bottom) // 579 == 22
    spacing = int(value(text, "rPr/spacing") or 0)
    assert (width - left - right) // (320 + spacing) == 28


def test_a_font_that_is_missing_has_others_that_may_stand_for_it() -> None:
    fonts = part(formats.write(Layout("甲", ()), "docx"), "word/fontTable.xml")
    others = {str(font.get(f"{W}name")): value(font, "altName") for font in fonts}
    assert others["仿宋_GB2312"] == "仿宋,FangSong,华文仿宋"
    assert set(others) == {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"}


def test_page_numbers_stand_outside_between_dashes() -> None:
    data = formats.write(Layout("甲", (Line("正文"),)), "docx")
    for name, side in (("footer1", "right"), ("footer2", "left")):
        footer = part(data, f"word/{name}.xml")
        assert "".join(footer.itertext()) == "— 1 —"
        assert value(footer, "p/pPr/jc") == side
        assert value(footer, "p/fldSimple", "instr") == " PAGE "
    assert part(data, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None


def test_lines_are_dressed_by_level_and_role() -> None:
    lines = (
        Line("题", level=0), Line("副题", role=Role.SUBTITLE), Line("一、", level=1), Line("（一）", level=2), Line("正文"),
        Line("深", level=12), Line("注", role=Role.NOTE), Line("落款", role=Role.SIGNATURE),
    )  # fmt: skip
    assert style_names(body_of(*lines)) == [
        "Title", "Subtitle", "Heading1", "Heading2", "BodyText", "Heading9", "Note", "Signature",
    ]  # fmt: skip
    form = body_of(
        Line("题", level=0),
        Line("年度", role=Role.SUBTITLE),
        Line("单位：万元"),
        TABLE,
        Line("落款", role=Role.SIGNATURE),
    )
    assert [name for name in style_names(form) if not str(name).startswith("Cell")] == ["Title", "FormSubtitle", "FormText", "FormSignature"]  # fmt: skip


def test_a_signature_is_never_parted_from_what_stands_before_it() -> None:
    body = body_of(
        Line("一、", level=1),
        Line("正文"),
        Line("署名", role=Role.SIGNATURE),
        Line("日期", role=Role.SIGNATURE),
    )
    kept = ["".join(p.itertext()) for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}keepNext") is not None]
    assert kept == ["正文", "署名"]
    assert styles()["Signature"].find(f"{W}pPr/{W}keepLines") is not None
    form = body_of(TABLE, Line("署名", role=Role.SIGNATURE))
    kept = ["".join(p.itertext()) for p in form.iter(f"{W}p") if p.find(f"{W}pPr/{W}keepNext") is not None]
    assert kept == ["得分", "9.50"]


def test_a_blank_is_marked_and_nothing_else() -> None:
    (paragraph,) = body_of(Line("受益【请填写：人数】人，其中【请填写：户数】。")).iter(f"{W}p")
    runs = [("".join(run.itertext()), value(run, "rPr/highlight")) for run in paragraph.iter(f"{W}r")]
    assert runs == [
        ("受益", None),
        ("【请填写：人数】", "yellow"),
        ("人，其中", None),
        ("【请填写：户数】", "yellow"),
        ("。", None),
    ]


def test_columns_share_the_page_as_they_are_asked_to() -> None:
    grid = Grid(TABLE.cells, widths=(1, 3))
    (table,) = body_of(grid).iter(f"{W}tbl")
    widths = [int(str(column.get(f"{W}w"))) for column in table.iter(f"{W}gridCol")]
    assert (sum(widths), widths[0] * 3 - widths[1]) == (10206, pytest.approx(0, abs=4))
    assert value(table, "tblPr/tblW", "w") == "10206"
    (wide,) = body_of(grid, landscape=True).iter(f"{W}tbl")
    assert value(wide, "tblPr/tblW", "w") == str(16838 - 2 * 850)


def rows_of(body: Tree) -> list[list[tuple[str, bool]]]:
    """Of each table in the file its rows: their text, and whether they are repeated."""
    return [
        [
            ("".join(row.itertext()), row.find(f"{W}trPr/{W}tblHeader") is not None)
            for row in table.iter(f"{W}tr")
        ]
        for table in body.iter(f"{W}tbl")
    ]


def column_of(*texts: str, start: int = 0) -> tuple[Cell, ...]:
    return tuple(Cell(row, 0, text) for row, text in enumerate(texts, start))


def test_leading_rows_are_repeated_on_each_page() -> None:
    body = body_of(Grid(column_of("甲", "乙", "丙"), repeated=(0, 2)))
    assert rows_of(body) == [[("甲", True), ("乙", True), ("丙", False)]]


def test_a_table_is_parted_where_rows_in_its_middle_are_repeated_and_read_whole() -> None:
    grid = Grid(
        (*column_of("甲", "乙", "丙", "丁"), Cell(0, 1, "上", 2), Cell(2, 1, "下", 2)), repeated=(2, 3)
    )
    data = formats.write(Layout("甲", (Line("题", level=0), grid, Line("注"))), "docx")
    body = part(data, "word/document.xml")[0]
    assert rows_of(body) == [[("甲上", False), ("乙", False)], [("丙", True), ("丁下", False)]]
    blocks = formats.read(data, name="甲").blocks
    assert [type(block) for block in blocks] == [Line, Grid, Line]
    again = blocks[1]
    assert isinstance(again, Grid)
    assert [(c.row, c.column, c.text, c.rowspan) for c in again.cells] == sorted(
        (c.row, c.column, c.text, c.rowspan) for c in grid.cells
    )


def test_a_cell_across_the_edge_keeps_a_table_whole() -> None:
    grid = Grid((*column_of("甲", "乙", "丙"), Cell(0, 1, "全", 3)), repeated=(1, 2))
    assert rows_of(body_of(grid)) == [[("甲全", False), ("乙", False), ("丙", False)]]


def test_two_tables_in_a_row_stay_two_without_a_seam() -> None:
    blocks = formats.read(formats.write(Layout("甲", (TABLE, TABLE)), "docx"), name="甲").blocks
    assert len(blocks) == 2


def test_a_row_stays_on_its_page_unless_it_is_very_long() -> None:
    body = body_of(Grid(column_of("短", "长" * 2000)))
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in body.iter(f"{W}tr")] == [True, False]


def test_bound_papers_have_a_section_and_a_bookmark_each() -> None:
    pages = [
        Layout("渠道清淤 自评表", (Line("甲", level=0), TABLE)),
        Layout("渠道清淤 自评表", (Line("乙", level=0), TABLE), landscape=True),
        Layout("名" * 60, (Line("丙", level=0), Line("一、", level=1), TABLE)),
    ]
    data = formats.bind(pages, "docx")
    body = part(data, "word/document.xml")[0]
    papers = list(body.iter(f"{W}sectPr"))
    assert [value(paper, "pgSz", "orient") for paper in papers] == [None, "landscape", None]
    assert [value(paper, "pgMar", "top") for paper in papers] == ["1020", "1020", "2098"]
    assert [value(paper, "pgNumType", "start") for paper in papers] == ["1"] * 3
    names = [str(mark.get(f"{W}name")) for mark in body.iter(f"{W}bookmarkStart")]
    assert names == ["材料_渠道清淤_自评表_1", "材料_渠道清淤_自评表_2", f"材料_{'名' * 35}_3"]
    assert value(styles()["Title"], "pPr/outlineLvl") == "0"
    assert [block.text for block in formats.read(data, name="册").blocks if isinstance(block, Line)] == [
        "甲",
        "乙",
        "丙",
        "一、",
    ]


def test_blocks_of_another_sheet_begin_a_page_of_their_own() -> None:
    body = body_of(Line("甲", Place(sheet="表1")), Line("乙", Place(sheet="表2")))
    assert len(list(body.iter(f"{W}sectPr"))) == 2


def test_the_bytes_repeat() -> None:
    layout = Layout("甲", (Line("题", level=0), TABLE, Line("正文\x07\x0b\ud800")))
    assert formats.write(layout, "docx") == formats.write(layout, "docx")


def test_a_label_that_reaches_out_of_the_repeated_rows_is_parted_there_and_read_as_one() -> None:
    cells = (Cell(0, 0, "绩效指标", 4), *column_of_second("名称", "甲", "乙", "丙"))
    grid = Grid(cells, repeated=(0, 1))
    rows = body_of(grid).findall(f".//{W}tr")
    assert ["".join(row.itertext()) for row in rows] == ["名称", "绩效指标甲", "乙", "丙"]
    sides = [row.find(f"{W}tc/{W}tcPr/{W}tcBorders")[0] for row in rows[:2]]  # type: ignore[index]
    assert [(side.tag, side.get(f"{W}val")) for side in sides] == [(f"{W}bottom", "nil"), (f"{W}top", "nil")]
    (again,) = formats.read(formats.write(Layout("甲", (grid,)), "docx"), name="甲").blocks
    assert isinstance(again, Grid)
    assert {(c.row, c.column, c.text, c.rowspan) for c in again.cells} == {
        (c.row, c.column, c.text, c.rowspan) for c in cells
    }


def column_of_second(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(row, 1, text) for row, text in enumerate(texts))


@pytest.mark.parametrize(("rows", "least"), [(20, "400"), (34, "340"), (41, "300"), (60, "400")])
def test_a_form_stands_on_one_page_where_lower_rows_are_enough(rows: int, least: str) -> None:
    heights = {row.get(f"{W}val") for row in body_of(Grid(column_of(*"甲" * rows))).iter(f"{W}trHeight")}
    assert heights == {least}
