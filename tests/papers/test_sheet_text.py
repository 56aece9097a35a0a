"""A report typed into a workbook is read as one typed into a document; tables in it stay tables."""

import pytest

from jixiao import formats
from jixiao.layout import Cell, Grid, Layout, Line, Place
from jixiao.model.reading import Kind
from jixiao.papers import recognize
from jixiao.papers.drafts import Scope, draft, draft_all, list_outlines, load_outline
from jixiao.papers.pieces.sheet_text import has_text, unfolded
from tests.papers.drafts.drafted import clean, department


def report(outline: str) -> Layout:
    if load_outline(outline).scope is Scope.PROJECT:
        return draft(*clean(1), outline).layout
    return draft_all(department(1), outline).layout


@pytest.mark.slow
@pytest.mark.parametrize("outline", list_outlines())
def test_a_report_in_a_workbook_reads_as_in_a_document(outline: str) -> None:
    page = report(outline)
    book, document = (
        recognize(formats.read(formats.write(page, kind), name="甲")) for kind in ("xlsx", "docx")
    )
    assert [(one.kind, one.record) for one in book] == [(one.kind, one.record) for one in document]
    assert book[0].kind is not Kind.UNKNOWN


def test_a_report_on_the_second_sheet_is_read_beside_the_table_on_the_first() -> None:
    review, scheme = clean(1)
    table = Layout("表", (Line("项目支出绩效自评表", level=0),))
    text = "项目名称\t道路\n一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t数量指标\t道路\t≥5公里\t5公里\t10\t10\n"
    grid = Grid(
        tuple(
            Cell(r, c, word)
            for r, line in enumerate(text.splitlines())
            for c, word in enumerate(line.split("\t"))
        )
    )
    pages = [Layout("表", (*table.blocks, grid)), draft(review, scheme, "o-self").layout]
    found = recognize(formats.read(formats.bind(pages, "xlsx"), name="甲"))
    assert [one.kind for one in found] == [Kind.SELFEVAL_TABLE, Kind.SELFEVAL_REPORT]
    assert [one.index for one in found] == [0, 1]


def test_rows_across_the_sheet_are_lines_where_they_stand_and_the_others_a_table() -> None:
    place = Place(sheet="甲", cell="A1")
    cells = (
        Cell(0, 0, "一、概况", 1, 2, place=place),
        Cell(1, 0, "项目"),
        Cell(1, 1, "道路"),
        Cell(2, 0, "完。", 1, 2),
    )
    grid = Grid(cells)
    assert has_text((grid,))
    assert unfolded((grid,)) == (
        Line("一、概况", place),
        Grid((Cell(0, 0, "项目"), Cell(0, 1, "道路"))),
        Line("完。"),
    )
    assert not has_text((Line("甲"), Grid((Cell(0, 0, "甲"), Cell(0, 1, "乙")))))
