import io
import time

import openpyxl
import pytest

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats.intake import LIMITS
from jixiao.layout import Cell, Grid, Layout, Line, Place, Role
from tests.formats.made import inline, sheet, workbook


def read(data: bytes) -> Layout:
    return formats.read(data, name="自评表.xlsx")


def grid_of(data: bytes) -> Grid:
    (block,) = read(data).blocks
    assert isinstance(block, Grid)
    return block


def number(cell: str, value: str, style: int = 0) -> str:
    return f'<c r="{cell}" s="{style}"><v>{value}</v></c>'


def rows(*cells: str) -> str:
    return "".join(f'<row r="{n}">{markup}</row>' for n, markup in enumerate(cells, 1))


def test_numbers_stand_as_printed_and_cells_know_their_names() -> None:
    data = workbook(
        sheet(
            rows(
                inline("A1", "执行率") + number("B1", "0.88439999999999996", 1),
                number("B2", "20", 2) + number("C2", "35.370000000000005"),
            )
        ),
        formats=["0.00%", "0.00"],
    )
    assert [(c.row, c.column, c.text, c.place.cell) for c in grid_of(data).cells] == [
        (0, 0, "执行率", "A1"), (0, 1, "88.44%", "B1"), (1, 1, "20.00", "B2"), (1, 2, "35.37", "C2"),
    ]  # fmt: skip


def test_shared_texts_lose_reading_aids_and_keep_runs_breaks_and_escapes() -> None:
    strings = "<si><t>年初\n预算数</t></si><si><r><t>村道</t></r><r><t>修缮</t></r><rPh><t>xiu</t></rPh></si><si><t>甲_x000D_\n乙_x4E00_</t></si>"
    cells = "".join(f'<c r="{"ABCD"[n]}1" t="s"><v>{n}</v></c>' for n in range(4))
    assert [c.text for c in grid_of(workbook(sheet(f'<row r="1">{cells}</row>'), strings=strings)).cells] == [
        "年初\n预算数",
        "村道修缮",
        "甲\n乙一",
    ]


def test_formulas_give_their_stored_value_and_a_doubt_without_one() -> None:
    cells = '<c r="A1" t="str"><f>B1</f><v>优</v></c><c r="B1"><f>SUM(C1:C9)</f><v>98.5</v></c><c r="C1"><f>1+1</f></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="E1" t="b"><v>1</v></c>'
    layout = read(workbook(sheet(rows(cells))))
    (grid,) = layout.blocks
    assert isinstance(grid, Grid)
    assert [c.text for c in grid.cells] == ["优", "98.5", "#DIV/0!", "TRUE"]
    assert [d.place.cell for d in layout.doubts] == ["C1", "D1"]
    assert "没有保存计算结果" in layout.doubts[0].why


def test_a_formula_with_an_empty_value_is_doubted_and_a_demand_written_as_one_is_text() -> None:
    cells = '<c r="A1"><f>SUM(C1:C9)</f><v/></c><c r="B1"><f>8座</f><v></v></c><c r="C1" t="str"><f>D1</f><v></v></c>'
    layout = read(workbook(sheet(rows(cells))))
    (grid,) = layout.blocks
    assert isinstance(grid, Grid)
    assert [c.text for c in grid.cells if c.text] == ["=8座"]
    assert [d.place.cell for d in layout.doubts] == ["A1"]


def test_hidden_sheets_rows_and_columns_are_left_out_and_named() -> None:
    before = '<cols><col min="2" max="2" hidden="1"/></cols>'
    body = '<row r="1">' + inline("A1", "甲") + inline("B1", "密") + inline("C1", "乙") + "</row>"
    body += (
        '<row r="2" hidden="1">' + inline("A2", "藏") + '</row><row r="3">' + inline("A3", "丙") + "</row>"
    )
    layout = read(
        workbook(
            sheet(body, before=before),
            (sheet(rows(inline("A1", "底稿"))), "hidden"),
            (sheet(rows(inline("A1", "底稿"))), "veryHidden"),
        )
    )
    (grid,) = layout.blocks
    assert isinstance(grid, Grid)
    assert [(c.row, c.column, c.text, c.place.cell) for c in grid.cells] == [
        (0, 0, "甲", "A1"),
        (0, 1, "乙", "C1"),
        (1, 0, "丙", "A3"),
    ]
    assert [d.why.partition("，")[0] for d in layout.doubts] == [
        "工作表“表1”的第 2 行、B 列被隐藏",
        "工作表“表2”被隐藏",
        "工作表“表3”被隐藏",
    ]


def test_hidden_columns_without_content_raise_no_doubt() -> None:
    before = '<cols><col min="5" max="16384" hidden="1"/></cols>'
    assert read(workbook(sheet(rows(inline("A1", "甲")), before=before))).doubts == ()


def test_a_merged_cell_is_owned_once_with_its_span() -> None:
    merges = (
        '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A2:A3"/><mergeCell ref="B2:C3"/></mergeCells>'
    )
    body = rows(inline("A1", "标题") + '<c r="B1"/><c r="C1"/>', inline("A2", "资金"), inline("A3", "被遮住"))
    assert [(c.row, c.column, c.text, c.rowspan, c.colspan) for c in grid_of(workbook(sheet(body, after=merges))).cells] == [
        (0, 0, "标题", 1, 3), (1, 0, "资金", 2, 1), (1, 1, "", 2, 2),
    ]  # fmt: skip


def test_a_merged_cell_whose_first_row_is_hidden_shows_in_the_rest() -> None:
    merges = '<mergeCells><mergeCell ref="A1:A3"/></mergeCells>'
    body = f'<row r="1" hidden="1">{inline("A1", "产出")}</row><row r="2">{inline("B2", "数量")}</row><row r="3">{inline("B3", "质量")}</row>'
    assert [(c.row, c.text, c.rowspan) for c in grid_of(workbook(sheet(body, after=merges))).cells] == [
        (0, "产出", 2),
        (0, "数量", 1),
        (1, "质量", 1),
    ]


def test_overlapping_and_senseless_merges_are_passed_over() -> None:
    refs = ("A1:B2", "B2:C3", "D4:D4", "Z9:A1", "x", "", "A1", "A1:XFE9", "C3:XFD1048576", "C3:XFD1048576")
    merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in refs)
    (first, second) = grid_of(
        workbook(sheet(rows(inline("A1", "甲")), after=f"<mergeCells>{merges}</mergeCells>"))
    ).cells
    assert (first.rowspan, first.colspan) == (2, 2)
    assert second.text == ""


@pytest.mark.slow
def test_a_million_merges_are_refused() -> None:
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 1_000_001))
    with pytest.raises(UnreadableError, match="合并单元格过多"):
        read(workbook(sheet(rows(inline("A1", "甲")), after=f"<mergeCells>{merges}</mergeCells>")))


@pytest.mark.slow
def test_too_many_cells_are_refused() -> None:
    body = rows(*(f"{inline('', '甲') * 50}" for _ in range(LIMITS.pieces // 50 + 1)))
    with pytest.raises(UnreadableError, match="单元格过多"):
        read(workbook(sheet(body)))


def test_a_sheet_as_large_as_excel_allows_with_two_cells_is_cheap() -> None:
    body = f'<row r="1">{inline("A1", "甲")}</row><row r="1048576">{inline("XFD1048576", "乙")}</row>'
    started = time.process_time()
    cells = grid_of(workbook(sheet(body, before='<dimension ref="A1:XFD1048576"/>'))).cells
    assert time.process_time() - started < 1
    assert [(c.row, c.column, c.place.row, c.place.column) for c in cells] == [
        (0, 0, 1, 1),
        (6, 6, 1048576, 16384),
    ]


def test_small_gaps_between_rows_and_columns_are_kept() -> None:
    assert [
        (c.row, c.column)
        for c in grid_of(
            workbook(sheet(f'<row r="2">{inline("C2", "甲")}</row><row r="5">{inline("E5", "乙")}</row>'))
        ).cells
    ] == [(1, 2), (4, 4)]


def test_sheets_come_in_the_order_of_their_tabs() -> None:
    layout = read(workbook(sheet(rows(inline("A1", "甲"))), sheet(""), sheet(rows(inline("A1", "乙")))))
    assert [(b.place.sheet, b.place.table) for b in layout.blocks] == [("表1", 1), ("表3", 2)]


def test_a_workbook_without_content_is_refused() -> None:
    with pytest.raises(UnreadableError, match="没有内容"):
        read(workbook(sheet("")))


def test_a_workbook_saved_by_another_program_is_read_alike() -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page["A1"], page["B1"], page["B2"] = "得分", 0.95, 9.5
    page["B1"].number_format = "0.0%"
    page.merge_cells("A1:A2")
    stream = io.BytesIO()
    book.save(stream)
    assert [(c.text, c.rowspan) for c in grid_of(stream.getvalue()).cells] == [
        ("得分", 2),
        ("95.0%", 1),
        ("9.5", 1),
    ]


# ---------------------------------------------------------------- writing


TABLE = Grid((
    Cell(0, 0, "执行率", role=Role.HEADING), Cell(0, 1, "88.44%", role=Role.NUMBER), Cell(1, 0, "金额"),
    Cell(1, 1, "1,234.50", role=Role.NUMBER), Cell(2, 1, "=1+1"), Cell(3, 1, "007", role=Role.NUMBER), Cell(3, 0, "—", role=Role.NUMBER),
))  # fmt: skip


def test_number_cells_are_numbers_that_print_their_text_and_nothing_is_a_formula() -> None:
    data = formats.write(Layout("x", (TABLE,)), "xlsx")
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert page is not None
    assert (page["B1"].value, page["B1"].number_format) == (0.8844, "0.00%")
    assert (page["B2"].value, page["B2"].number_format) == (1234.5, "#,##0.00")
    assert [page[c].data_type for c in ("B3", "B4", "A4")] == ["s", "s", "s"]
    assert {c.text for c in grid_of(data).cells} == {c.text for c in TABLE.cells}


@pytest.mark.slow
def test_lines_are_rows_over_the_full_width_and_the_bytes_repeat() -> None:
    layout = Layout("x", (Line("项目支出绩效自评表", level=0), TABLE, Line("注：甲"), TABLE, TABLE))
    data = formats.write(layout, "xlsx")
    time.sleep(2.1)  # a zip counts in steps of two seconds
    assert formats.write(layout, "xlsx") == data
    assert [(c.row, c.colspan) for c in grid_of(data).cells if c.column == 0][:1] == [(0, 2)]


def test_a_new_sheet_begins_where_the_place_names_another() -> None:
    names = ("自评表", "自评表", "自评表[2]:" + "长" * 40, "HISTORY")
    layout = Layout("x", tuple(Line(f"第{n}", Place(sheet=name)) for n, name in enumerate(names)))
    sheets = [block.place.sheet or "" for block in read(formats.write(layout, "xlsx")).blocks]
    assert len(sheets) == 3
    assert sheets[0] == "自评表"
    assert all(len(name) <= 31 for name in sheets)


def test_spans_that_run_into_each_other_are_still_written() -> None:
    grid = Grid((Cell(0, 0, "甲", colspan=2), Cell(0, 1, "乙", colspan=2), Cell(0, 2, "丙")))
    assert {c.text for c in grid_of(formats.write(Layout("x", (grid,)), "xlsx")).cells} == {"甲", "丙"}
