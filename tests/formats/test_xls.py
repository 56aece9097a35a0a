import datetime as dt
import struct
import time

import pytest
import xlwt

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats.xls import reading
from jixiao.layout import Grid, Layout
from tests.formats.made_xls import (
    BIFF5,
    formula,
    label,
    number,
    record,
    saved,
    small,
    stream,
    substream,
    wide_label,
)


def read(data: bytes) -> Layout:
    return reading.read(data, name="自评表.xls")


def texts(data: bytes) -> dict[str, str]:
    (grid,) = read(data).blocks
    assert isinstance(grid, Grid)
    return {str(cell.place.cell): cell.text for cell in grid.cells}


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        read(data)
    assert str(caught.value).startswith("“自评表.xls”：")
    return str(caught.value)


def style(code: str) -> xlwt.XFStyle:
    made = xlwt.XFStyle()
    made.num_format_str = code
    return made


def book(*titles: str) -> tuple[xlwt.Workbook, *tuple[xlwt.Worksheet, ...]]:
    made = xlwt.Workbook()
    return made, *(made.add_sheet(title) for title in titles)


@pytest.mark.parametrize(
    "value, code, shown",
    [
        (0.8844, "0.00%", "88.44%"),
        (0.885, "0%", "89%"),
        (2.675, "0.00", "2.68"),
        (35.370000000000005, "General", "35.37"),
        (20, "0.00", "20.00"),
        (353700, '0!.0,"万元"', "35.4万元"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (0, '#,##0;-#,##0;"-"', "-"),
        (-3, "0;(0)", "(3)"),
        (45042, 'yyyy"年"m"月"d"日"', "2023年4月26日"),
        (1e15, "General", "1000000000000000"),
        (True, "General", "TRUE"),
        ("年初\n预算数 ", "General", "年初\n预算数"),
    ],
)
def test_a_cell_stands_as_printed(value: object, code: str, shown: str) -> None:
    made, sheet = book("表")
    sheet.write(0, 0, value, style(code))
    assert texts(saved(made)) == {"A1": shown}


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    made, sheet = book("表")
    made.dates_1904 = True
    sheet.write(0, 0, dt.date(2024, 5, 6), style("yyyy-mm-dd"))
    assert texts(saved(made)) == {"A1": "2024-05-06"}


def test_a_format_known_by_its_number_means_what_chinese_excel_prints() -> None:
    styles = [(0x00E0, struct.pack("<HH", 0, key) + bytes(16)) for key in (14, 31)]
    data = stream([number(0, 0, 45042.0, 0), number(0, 1, 45042.0, 1)], shared=styles)
    assert texts(data) == {"A1": "2023/4/26", "B1": "2023年4月26日"}


def test_merged_cells_are_owned_once() -> None:
    made, sheet = book("表")
    sheet.write_merge(0, 0, 0, 3, "项目支出绩效自评表")
    sheet.write_merge(1, 3, 0, 0, "产出指标")
    (grid,) = read(saved(made)).blocks
    assert isinstance(grid, Grid)
    assert [(c.row, c.column, c.rowspan, c.colspan, c.text) for c in grid.cells] == [
        (0, 0, 1, 4, "项目支出绩效自评表"), (1, 0, 3, 1, "产出指标"),
    ]  # fmt: skip


def test_what_is_hidden_is_left_out_and_named() -> None:
    made, sheet, hidden = book("表", "底表")
    hidden.visibility = 2
    hidden.write(0, 0, "下拉")
    for row in range(3):
        for column in range(3):
            sheet.write(row, column, f"{row}{column}")
    sheet.row(1).hidden = True
    sheet.col(2).hidden = True
    sheet.col(0).width = 0
    data = saved(made)
    assert texts(data) == {"B1": "01", "B3": "21"}
    assert [doubt.why for doubt in read(data).doubts] == [
        "工作表“表”的第 2 行、A 列、C 列被隐藏，未读取；如需审核请取消隐藏",
        "工作表“底表”被隐藏，未读取；如需审核请取消隐藏",
    ]


def test_rich_text_is_joined_and_errors_are_doubted() -> None:
    made, sheet = book("表")
    sheet.write_rich_text(0, 0, ["村道", ("修缮", xlwt.easyfont("bold on"))])
    sheet.row(0).set_cell_error(1, "#DIV/0!")
    data = saved(made)
    assert texts(data) == {"A1": "村道修缮", "B1": "#DIV/0!"}
    assert [doubt.place.cell for doubt in read(data).doubts] == ["B1"]


def test_formulas_give_their_last_result() -> None:
    text = (
        formula(1, 0, b"\0\0\0\0\0\0\xff\xff"),
        (0x0207, struct.pack("<HB", 1, 1) + "优".encode("utf-16-le")),
    )
    truth, error = formula(2, 0, b"\x01\0\x01\0\0\0\xff\xff"), formula(3, 0, b"\x02\0\x07\0\0\0\xff\xff")
    sums = formula(0, 0, struct.pack("<d", 98.5)), formula(4, 0, bytes(8))
    data = stream([sums[0], *text, truth, error, sums[1]])
    assert texts(data) == {"A1": "98.5", "A2": "优", "A3": "TRUE", "A4": "#DIV/0!", "A5": "0"}
    assert [doubt.place.cell for doubt in read(data).doubts] == ["A4"]


def test_formulas_that_all_lack_a_result_are_doubted() -> None:
    empty = formula(1, 0, b"\x03\0\0\0\0\0\xff\xff")
    layout = read(stream([wide_label(0, 1, "合计"), formula(0, 0, bytes(8)), empty]))
    assert [(doubt.place.cell, doubt.reading) for doubt in layout.doubts] == [("A1", "0"), ("A2", "")]
    made, sheet = book("表")
    sheet.write(0, 0, xlwt.Formula("SUM(B1:B3)"))
    (doubt,) = read(saved(made)).doubts
    assert "没有保存计算结果" in doubt.why


def gbk(codepage: int | None) -> bytes:
    shared = [] if codepage is None else [(0x0042, struct.pack("<H", codepage))]
    return stream([label(0, 0, "绩效自评表".encode("gbk"))], version=BIFF5, shared=shared)


@pytest.mark.parametrize("codepage, doubts", [(936, 0), (None, 1), (1252, 1), (10008, 1)])
def test_texts_before_unicode_are_read_as_chinese(codepage: int | None, doubts: int) -> None:
    layout = read(gbk(codepage))
    assert texts(gbk(codepage)) == {"A1": "绩效自评表"}
    assert len(layout.doubts) == doubts
    assert all("字符集" in doubt.why for doubt in layout.doubts)


def test_texts_that_are_not_chinese_are_read_as_the_file_says() -> None:
    western = stream([label(0, 0, b"caf\xe9 1")], version=BIFF5, shared=[(0x0042, struct.pack("<H", 1252))])
    japanese = stream(
        [label(0, 0, "表".encode("cp932"))], version=BIFF5, shared=[(0x0042, struct.pack("<H", 932))]
    )
    assert texts(western) == {"A1": "café 1"}
    assert texts(japanese) == {"A1": "表"}


def test_a_sheet_of_the_first_excel_is_read() -> None:
    cells = [
        (0x0004, struct.pack("<HH3sB", 0, 0, b"\0\0\0", 4) + "分值".encode("gbk")),
        (0x0003, struct.pack("<HH3sd", 0, 1, b"\0\0\0", 9.5)),
    ]
    bare = (
        record(0x0009, struct.pack("<HH", 2, 0x10))
        + b"".join(record(*c) for c in cells)
        + record(0x000A, b"")
    )
    assert texts(bare) == {"A1": "分值", "B1": "9.5"}
    assert formats.read(bare, name="旧.xls").format == "xls"


def test_the_few_records_that_a_web_program_writes_are_read() -> None:
    cells = [label(0, 0, "得分".encode("gbk")), number(0, 1, 95.5)]
    head = record(0x0809, struct.pack("<HHHH", 0, 0x10, 0, 0))
    bare = head + b"".join(record(*cell) for cell in cells) + record(0x000A, b"")
    page = formats.read(bare, name="导出.xls")
    assert (texts(bare), page.format, len(page.doubts)) == ({"A1": "得分", "B1": "95.5"}, "xls", 1)


def test_a_style_that_the_file_lacks_and_a_text_that_never_comes_cost_no_workbook() -> None:
    promised = formula(0, 2, b"\0\0\0\0\0\0\xff\xff")
    assert texts(stream([number(0, 0, 9.5, style=99), promised, number(0, 1, 2.0), promised])) == {
        "A1": "9.5",
        "B1": "2",
    }


def test_what_the_cells_do_not_need_is_passed_over_however_broken() -> None:
    chart = (0x0809, struct.pack("<HHHH", 0x0600, 0x20, 0, 1997)), number(7, 7, 1.0), (0x000A, b"")
    broken = [
        (kind, b"\xff" * 7)
        for kind in (0x001C, 0x005D, 0x01B6, 0x00EC, 0x01B0, 0x01B1, 0x01B8, 0x0055, 0x023E, 0x00A0)
    ]
    names = [
        (kind, b"\x00\xff" * 9) for kind in (0x0018, 0x0017, 0x01AE, 0x0023, 0x0092, 0x0293, 0x0031, 0x008C)
    ]
    assert texts(stream([*broken, number(0, 0, 9.5), *chart, number(0, 1, 10.0)], shared=names)) == {
        "A1": "9.5",
        "B1": "10",
    }


@pytest.mark.parametrize("name", ["表.et", "表.xls", "表.docx"])
def test_the_content_decides_and_a_process_apart_reads(name: str) -> None:
    made, sheet = book("表")
    sheet.write(0, 0, "数量指标")
    page = formats.read(saved(made), name=name)
    assert (page.format, page.name) == ("xls", name)
    assert page.blocks == read(saved(made)).blocks


def test_a_small_stream_in_the_short_sectors_is_read() -> None:
    assert texts(small(stream([number(0, 0, 9.5)]))) == {"A1": "9.5"}


@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 0.9])
def test_half_a_workbook_is_refused(share: float) -> None:
    made, sheet = book("表")
    for row in range(400):
        sheet.write(row, 0, f"指标{row}")
    data = saved(made)
    assert "损坏" in refused(data[: int(len(data) * share)])


def test_an_empty_workbook_is_refused() -> None:
    assert "没有内容" in refused(saved(book("表")[0]))


@pytest.mark.slow
def test_more_cells_or_merges_than_any_paper_has_are_refused() -> None:
    rows = (
        struct.pack("<HH", row, 0) + struct.pack("<HI", 0, 0x40240000) * 250 + struct.pack("<H", 249)
        for row in range(900)
    )
    assert "单元格过多" in refused(stream([(0x00BD, data) for data in rows]))
    ranges = b"".join(struct.pack("<4H", row, row, 0, 1) for row in range(1000))
    merges = [(0x00E5, struct.pack("<H", 1000) + ranges)] * 51
    assert "合并单元格过多" in refused(stream([number(0, 0, 1.0), *merges]))


def test_a_million_empty_cells_cost_nothing() -> None:
    blanks = [
        (0x00BE, struct.pack("<HH", row, 0) + bytes(2 * 250) + struct.pack("<H", 249)) for row in range(4_000)
    ]
    data = stream([number(0, 0, 9.5), *blanks])
    started = time.process_time()
    assert texts(data) == {"A1": "9.5"}
    assert time.process_time() - started < 10


def test_a_cell_at_the_farthest_corner_costs_little() -> None:
    assert texts(stream([number(0, 0, 1.0), number(65535, 255, 2.0)])) == {"A1": "1", "IV65536": "2"}


def test_a_sheet_that_leads_nowhere_is_damage_and_a_thousand_sheets_at_one_place_are_read_once() -> None:
    nowhere = (0x0085, struct.pack("<IBB", 9_000_000, 0, 0) + b"\x01\0A")
    assert "损坏" in refused(substream(5, [nowhere]))
    listed = [(0x0085, struct.pack("<IBB", 4_000_000, 0, 0) + b"\x01\0A")] * 300
    at = len(substream(5, listed))
    body = [
        (kind, data.replace(struct.pack("<I", 4_000_000), struct.pack("<I", at))) for kind, data in listed
    ]
    data = substream(5, body) + substream(0x10, [number(0, 0, 1.0)])
    assert len(read(data).blocks) == 300
