"""Workbooks that print as the issued form: paper, widths, heights, headings on each page, pages that end between rows."""

import io

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from jixiao import formats
from jixiao.formats.table_shape import column_widths, placed, width_of
from jixiao.formats.text_width import cut, lines, units, widest
from jixiao.formats.xlsx import table
from jixiao.formats.xlsx.fitting import fitted, row_heights
from jixiao.formats.xlsx.paging import page_ends
from jixiao.formats.xlsx.sheet import Area
from jixiao.layout import Block, Cell, Grid, Layout, Line, Role


def book_of(*layouts: Layout) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(formats.bind(layouts, "xlsx")))


def sheet_of(*blocks: Block, landscape: bool = False) -> Worksheet:
    sheet = book_of(Layout("自评表", blocks, landscape=landscape)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def column(*texts: str) -> Grid:
    return Grid(tuple(Cell(row, 0, text) for row, text in enumerate(texts)))


def test_a_sheet_is_printed_on_a4_over_its_full_width() -> None:
    sheet = sheet_of(Line("表", level=0))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToHeight, sheet.print_options.horizontalCentered) == (1, True)
    assert sheet_of(Line("表"), landscape=True).page_setup.orientation == "landscape"


def test_page_numbers_stand_outside_between_dashes() -> None:
    sheet = sheet_of(Line("表"))
    assert sheet.HeaderFooter.differentOddEven
    assert (sheet.oddFooter.right.text, sheet.evenFooter.left.text) == ("— &P —　", "　— &P —")


def test_titles_and_cells_have_the_official_fonts() -> None:
    sheet = sheet_of(
        Line("自评表", level=0),
        Line("（2023年度）", role=Role.SUBTITLE),
        Line("注", role=Role.NOTE),
        column("项目"),
    )
    assert [(sheet[f"A{n}"].font.name, sheet[f"A{n}"].font.size) for n in (1, 2, 3, 4)] == [
        ("方正小标宋简体", 18), ("宋体", 11), ("宋体", 9), ("宋体", 10),
    ]  # fmt: skip
    assert [sheet[f"A{n}"].alignment.horizontal for n in (1, 2, 3)] == ["center", "center", "left"]
    assert [sheet[f"A{n}"].border.left.style for n in (1, 4)] == [None, "thin"]


def test_columns_share_the_page_as_they_are_asked_to_or_as_their_texts_need() -> None:
    cells = tuple(Cell(0, at, text) for at, text in enumerate(("甲", "乙", "丙")))
    asked = sheet_of(Grid(cells, widths=(1, 1, 7)))
    assert [asked.column_dimensions[name].width for name in "ABC"] == [10, 10, 70]
    long = Grid((Cell(0, 0, "短"), Cell(0, 1, "很长的说明" * 9), Cell(0, 2, "12.50")))
    widths = [sheet_of(long).column_dimensions[name].width for name in "ABC"]
    assert widths[1] > widths[2] >= widths[0]
    assert 80 <= sum(widths) <= 90


def test_widths_asked_for_in_vain_are_passed_over() -> None:
    grid = Grid((Cell(0, 0, "甲"), Cell(0, 1, "乙")), widths=(1, 0))
    assert column_widths((grid,), 2, 90) == [45, 45]
    assert column_widths((grid,), 1, 90) == [90]
    assert min(column_widths((grid,), 40, 90)) == 6  # more columns than the page has room for


def test_a_wrapped_text_is_seen_whole() -> None:
    sheet = sheet_of(Grid((Cell(0, 0, "甲"), Cell(0, 1, "长" * 300))))
    assert sheet.row_dimensions[1].height > 7 * 13
    assert sheet["B1"].font.size == 10


def test_a_text_too_long_for_the_highest_row_is_set_smaller() -> None:
    sheet = sheet_of(Grid((Cell(0, 0, "甲"), Cell(0, 1, "长" * 1800))))
    assert sheet.row_dimensions[1].height <= 409
    assert sheet["B1"].font.size < 10


def test_what_a_tall_cell_lacks_is_shared_out_among_its_rows() -> None:
    assert row_heights([(0, 1, 3_000), (0, 3, 12_000), (1, 1, 100)], 3) == [4_800, 3_600, 3_600]
    assert row_heights([(0, 2, 90_000)], 2) == [40_000, 40_000]
    assert row_heights([(0, 2, 1_000)], 2) == [1_800, 1_800]


def test_a_line_taller_than_a_row_goes_on_in_the_next_from_a_new_sentence() -> None:
    sentence = "本项目由青禾县水利局组织实施，资金按进度拨付。"
    sheet = sheet_of(Line(sentence * 120))
    pieces = [sheet[f"A{n}"].value for n in range(1, sheet.max_row + 1)]
    assert len(pieces) > 1
    assert "".join(pieces) == sentence * 120
    assert all(piece.endswith("。") for piece in pieces)
    assert all(sheet.row_dimensions[n].height <= 409 for n in range(1, sheet.max_row + 1))


def test_a_number_is_made_smaller_rather_than_hidden() -> None:
    sheet = sheet_of(Grid((Cell(0, 0, "123,456,789.00", role=Role.NUMBER), Cell(0, 1, "乙"))))
    assert sheet["A1"].alignment.shrink_to_fit
    assert (sheet["A1"].value, sheet["A1"].number_format) == (123456789, "#,##0.00")


def test_short_columns_stand_in_the_middle_and_long_ones_at_the_left() -> None:
    sheet = sheet_of(
        Grid(
            (
                Cell(0, 0, "甲"),
                Cell(1, 0, "乙"),
                Cell(0, 1, "短"),
                Cell(1, 1, "长" * 30),
                Cell(2, 1, "指标", role=Role.HEADING),
            )
        )
    )
    assert [sheet[name].alignment.horizontal for name in ("A1", "B1", "B2", "B3")] == [
        "center",
        "left",
        "left",
        "center",
    ]


def test_a_blank_that_is_still_to_be_filled_in_is_marked() -> None:
    sheet = sheet_of(Line("【请填写：人数】"), Grid((Cell(0, 0, "【请填写】"), Cell(0, 1, "甲"))))
    assert [sheet[name].fill.fgColor.rgb for name in ("A1", "A2", "B2")] == [
        "FFFFF2AB",
        "FFFFF2AB",
        "00000000",
    ]


def test_rows_stand_again_on_each_page() -> None:
    book = book_of(
        Layout("甲", (Line("甲"),)),
        Layout("表'二", (Line("题", level=0), Grid(column("一", "二", "三").cells, repeated=(1, 2)))),
    )
    assert book.worksheets[1].print_title_rows == "$3:$3"


def heights_of(*high: int) -> list[int]:
    return [points * 100 for points in high]


@pytest.mark.parametrize(("high", "merged", "repeated", "ends"), [
    ([], [], None, []),
    ([100] * 6, [], None, []),
    ([100] * 15, [], None, [7, 14]),
    ([100] * 9, [(5, 7)], None, [5]),
    ([100] * 9, [(6, 8)], None, [6]),
    ([100] * 9, [(4, 7)], None, [7]),  # more than half a page: cut anyhow
    ([100] * 14, [(6, 8)], None, [7]),  # no page more for it
    ([100] * 16, [], (0, 1), [7, 13]),
    ([100] * 12, [], (6, 7), [6]),  # no headings alone at the foot
    ([800, 800, 10], [], None, [1, 2]),
    ([100, 100, 100, 100, 600, 600], [], None, [4, 5]),
    ([100] * 4_000, [], None, []),  # more pages than Excel counts
])  # fmt: skip
def test_a_page_ends_between_merged_cells(
    high: list[int], merged: list[tuple[int, int]], repeated: tuple[int, int] | None, ends: list[int]
) -> None:
    areas = [Area(top, 0, bottom, 0) for top, bottom in merged]
    assert page_ends(heights_of(*high), areas, repeated, 70_000) == ends


def test_a_long_table_has_page_ends_of_its_own() -> None:
    sheet = sheet_of(column(*(f"指标{n}" for n in range(100))))
    assert [mark.id for mark in sheet.row_breaks.brk] == [38, 76]
    assert sheet.page_setup.fitToHeight == 0
    assert not sheet_of(column("甲")).row_breaks.brk


def test_each_page_has_a_sheet_named_after_it() -> None:
    names = ("自评表.xlsx", "自评表", "a/b:c", "A B C", "甲" * 40, "", "𠮷" * 16, "'引'")
    book = book_of(*(Layout(name, (Line("甲"),)) for name in names))
    assert book.sheetnames == [
        "自评表",
        "自评表 (2)",
        "a b c",
        "A B C (2)",
        "甲" * 31,
        "Sheet",
        "𠮷" * 15,
        "引",
    ]


def test_texts_are_measured_in_half_widths() -> None:
    assert (units("abc"), units("表a"), widest("一\nabcde")) == (3, 3, 5)
    assert (lines("甲" * 10, 10), lines("", 10), lines("甲\n乙", 0)) == (2, 1, 2)
    assert (cut("𠮷𠮷", 3), cut("甲乙", 2)) == ("𠮷", "甲乙")


def test_cells_that_run_into_each_other_keep_their_first_place() -> None:
    cells = (
        Cell(0, 0, "甲", 2, 2),
        Cell(0, 1, "没了"),
        Cell(1, 1, "乙", 2, 2),
        Cell(2, 0, "丙", 1, 2),
        Cell(2, 1, "没了"),
    )
    found = [(one.cell.text, one.top, one.left, one.bottom, one.right) for one in placed(Grid(cells))]
    assert found == [("甲", 0, 0, 1, 1), ("丙", 2, 0, 2, 1)]


def test_the_size_of_letters_follows_the_room() -> None:
    assert fitted("短", 20, 1) == (10, 1_750)
    assert fitted("长" * 700, 40, 1)[0] < fitted("长" * 700, 40, 2)[0] == 10
    assert fitted("长" * 9000, 20, 1)[0] == 6


def test_a_long_table_is_measured_once_and_not_at_each_row(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Grid] = []

    def counted(grid: Grid) -> int:
        asked.append(grid)
        return width_of(grid)

    monkeypatch.setattr(table, "width_of", counted)
    cells = tuple(Cell(row, column, "行") for row in range(50) for column in range(3))
    formats.write(Layout("长表", (Grid(cells),)), "xlsx")
    assert len(asked) == 1
