import codecs
import contextlib
import re
import time
from pathlib import Path

import pytest

from jixiao import formats
from jixiao.errors import UnreadableError
from jixiao.formats.intake import LIMITS
from jixiao.layout import Block, Grid, Layout, Line

SEEDS = Path(__file__).resolve().parents[2] / "../shared/seeds"


def read(text: str | bytes) -> Layout:
    return formats.read(text.encode() if isinstance(text, str) else text, name="自评.txt")


def shape(block: Block) -> list[list[str]]:
    assert isinstance(block, Grid)
    return [[cell.text for cell in row] for row in block.rows()]


def only(text: str) -> list[list[str]]:
    (block,) = read(text).blocks
    return shape(block)


def texts(text: str) -> list[str | list[list[str]]]:
    return [block.text if isinstance(block, Line) else shape(block) for block in read(text).blocks]


# ---------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    "data",
    [
        "云岭市自评表\n得分\t≥95%".encode(),
        codecs.BOM_UTF8 + "云岭市自评表\n得分\t≥95%".encode(),
        codecs.BOM_UTF16_LE + "云岭市自评表\n得分\t≥95%".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "云岭市自评表\n得分\t≥95%".encode("utf-16-be"),
        "云岭市自评表\n得分\t≥95%".encode("gbk"),
        "云岭市自评表\r\n得分\t≥95%".encode("gb18030"),
        "云岭市自评表\r得分\t≥95%".encode(),
    ],
)
def test_the_usual_encodings_and_line_ends_give_the_same_page(data: bytes) -> None:
    line, grid = read(data).blocks
    assert isinstance(line, Line)
    assert line.text == "云岭市自评表"
    assert shape(grid) == [["得分", "≥95%"]]


def test_rare_characters_of_gb18030_are_read() -> None:
    (line,) = read("㑇㳀镕喆堃䶮𠮷村".encode("gb18030")).blocks
    assert isinstance(line, Line)
    assert line.text == "㑇㳀镕喆堃䶮𠮷村"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_cut_inside_a_character_is_read_with_a_doubt(encoding: str) -> None:
    layout = read(("青禾县绩效自评报告" * 20).encode(encoding)[:-1])
    assert layout.doubts[0].why == "文中有 1 处字节损坏、不成文字，已略去"
    assert isinstance(layout.blocks[0], Line)
    assert layout.blocks[0].text.startswith("青禾县绩效自评报告")


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(1, 256)) * 20,
        "Оценка эффективности бюджета".encode("cp1251") * 20,
        "\x01\x02\x03甲".encode() * 50,
        b"\xff\xfe" + b"\x00\x00" * 50,
        codecs.BOM_UTF16_LE + b"\x00\xd8" * 50,
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"“自评.txt”：.*；.*。"):
        read(data)


@pytest.mark.parametrize("text", [" ", "— 1 —\n---", "\n\n\t\n", "\ufeff", "　　\r\n"])
def test_a_file_without_a_word_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError, match=r"没有文字|空"):
        read(text)


def test_too_large_a_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"超过 16 MB"):
        read(b"a" * (LIMITS.text_bytes + 1))
    with pytest.raises(UnreadableError, match="文字过多"):
        read(b"a" * (LIMITS.characters + 1))
    with pytest.raises(UnreadableError, match="单元格过多"):
        read(b"a\t" * (LIMITS.pieces + 1))
    with pytest.raises(UnreadableError, match="单元格过多"):
        read(b"a  " * (LIMITS.pieces + 1))


# ---------------------------------------------------------------- lines


def test_each_line_knows_its_number_and_blank_lines_are_dropped() -> None:
    lines = read("\n青禾县\n\n  自评报告  \n").blocks
    assert [(line.text, line.place.line) for line in lines if isinstance(line, Line)] == [
        ("青禾县", 2),
        ("自评报告", 4),
    ]


@pytest.mark.parametrize(
    "text, shown, level",
    [
        ("# 自评报告", "自评报告", 0),
        ("### **（一）资金**", "（一）资金", 2),
        ("##一、概况##", "一、概况", 1),
        ("**一、概况**", "一、概况", None),
        ("#1机组检修", "#1机组检修", None),
        ("满意度 $\\geq 95\\%$ 。", "满意度 $\\geq 95\\%$ 。", None),
        ("2 * 3 * 4 ** 5", "2 * 3 * 4 ** 5", None),
        ("成本&lt;5万元&nbsp;且&ge;1万元", "成本<5万元 且≥1万元", None),
        ("得分<8分，且分值>5", "得分<8分，且分值>5", None),
        ("甲\u200b乙\ufeff丙", "甲乙丙", None),
        (
            '实现：<input checked="" type="checkbox"/> 是 <input type=\'checkbox\'> 否',
            "实现：☑ 是 ☐ 否",
            None,
        ),
    ],
)
def test_marks_are_taken_off_and_the_papers_characters_kept(text: str, shown: str, level: int | None) -> None:
    (line,) = read(text).blocks
    assert isinstance(line, Line)
    assert (line.text, line.level) == (shown, level)


@pytest.mark.parametrize(
    "furniture",
    [
        "— 3 —",
        "—3—",
        "- 12 -",
        "第 3 页 共 8 页",
        "第3页",
        "第3页/共8页",
        "共 8 页，第 3 页",
        "Page 3 of 8",
        "---",
        "————————",
        "\f— 4 —",
    ],
)
def test_page_furniture_is_dropped_and_nothing_else(furniture: str) -> None:
    assert texts(f"甲\n{furniture}\n乙") == ["甲", "乙"]


@pytest.mark.parametrize(
    "text", ["-", "—", "3", "-3", "3/8", "第 3 页指标", "100%", "12-31", "— 甲 —", "第三页"]
)
def test_what_could_be_a_value_is_no_page_furniture(text: str) -> None:
    assert texts(f"甲\n{text}\n乙") == ["甲", text, "乙"]


def test_a_list_numbered_with_tabs_and_an_indented_paragraph_are_lines() -> None:
    assert texts("1.\t组织开展自评\n2.\t汇总结果") == ["1. 组织开展自评", "2. 汇总结果"]
    assert texts("\t本项目按期完成。\n\t资金全部到位。") == ["本项目按期完成。", "资金全部到位。"]


# ---------------------------------------------------------------- tabs


def test_consecutive_tab_lines_are_one_grid_and_empty_cells_keep_their_places() -> None:
    (grid,) = read("项目名称\t村道修缮\t\n\t预期目标\n合计\t\t\t100").blocks
    assert shape(grid) == [["项目名称", "村道修缮", ""], ["", "预期目标"], ["合计", "", "", "100"]]
    assert isinstance(grid, Grid)
    last = grid.cells[-1]
    assert (last.row, last.column) == (2, 3)
    assert (last.place.line, last.place.row, last.place.column, last.place.table) == (3, 3, 4, 1)


@pytest.mark.parametrize("between", ["", "— 2 —", "第 2 页 共 3 页"])
def test_a_blank_line_or_a_page_number_ends_a_grid(between: str) -> None:
    first, second = read(f"甲\t乙\n{between}\n丙\t丁").blocks
    assert (shape(first), shape(second)) == ([["甲", "乙"]], [["丙", "丁"]])
    assert second.place.table == 2


def test_a_row_of_tabs_alone_stays_a_row_inside_a_grid() -> None:
    assert only("甲\t乙\n\t\n丙\t丁") == [["甲", "乙"], ["", ""], ["丙", "丁"]]


def test_a_cell_of_several_lines_copied_out_of_a_workbook_is_one_cell() -> None:
    assert only('项目资金\t"年初\n预算数"\t执行数\n总额\t"年初""预算""\n数"\t5') == [
        ["项目资金", "年初\n预算数", "执行数"],
        ["总额", '年初"预算"\n数', "5"],
    ]  # fmt: skip


def test_quotation_marks_that_close_nothing_are_text() -> None:
    assert only('甲\t"以案定补\n乙\t5') == [["甲", '"以案定补'], ["乙", "5"]]
    assert only('"甲"\t乙') == [['"甲"', "乙"]]


def test_breaks_and_tick_boxes_inside_a_tab_cell_are_read() -> None:
    assert only('年初<br>预算\t<input type="checkbox" checked> 是') == [["年初\n预算", "☑ 是"]]


def test_a_break_in_a_sentence_stays_for_it_breaks_no_cell() -> None:
    assert texts("渠道已经通水。<br>") == ["渠道已经通水。<br>"]
    assert texts("渠道清淤<br>") == ["渠道清淤"]


# ---------------------------------------------------------------- pipes


def test_a_markdown_table_is_a_grid_without_its_separator() -> None:
    text = (
        "| 指标 | **指标值** | 说明 |\n|:---|---:|:-:|\n| 满意度 | $\\geq 95\\%$ | 甲\\|乙<br>丙 |\n| | | |"
    )
    assert only(text) == [["指标", "指标值", "说明"], ["满意度", "$\\geq 95\\%$", "甲|乙\n丙"], ["", "", ""]]
    (grid,) = read(text).blocks
    assert isinstance(grid, Grid)
    assert [cell.place.line for cell in grid.cells[::3]] == [1, 3, 4]


@pytest.mark.parametrize(
    "text, rows",
    [
        ("指标 | 分值 | 得分 |\n数量 | 10 | 10 |", [["指标", "分值", "得分"], ["数量", "10", "10"]]),
        ("| 指标 | 分值\n| 数量 | 10", [["指标", "分值"], ["数量", "10"]]),
        ("指标 | 分值\n数量 | 10", [["指标", "分值"], ["数量", "10"]]),
        ("| 标题 |||||", [["标题", "", "", "", ""]]),
        ("总额 |\n20.00 |", [["总额"], ["20.00"]]),
        ("| # 表头 | - |\n| - | - |", [["表头", "-"], ["-", "-"]]),
    ],
)
def test_rows_of_pipes_are_read_in_every_fashion(text: str, rows: list[list[str]]) -> None:
    assert only(text) == rows


@pytest.mark.parametrize(
    "line", ["-5\t\t—\t", "—  3  —", "\t\t— 3 —", "---", "-\t3\t-", "第 3 页  共 8 页", "- 3 -|", "— 3 —\t"]
)
@pytest.mark.parametrize("before", ["", "甲\t乙\t丙\t丁\n", "正文。\n", "\n"])
def test_what_looks_like_a_page_number_holds_nothing_up(before: str, line: str) -> None:
    assert read(f"{before}{line}\n甲\t乙\t丙\t丁\n".encode()).blocks


def test_a_row_of_numbers_and_dashes_is_a_row_and_no_page_number() -> None:
    (grid,) = read("得分\t扣分\t说明\n-5\t\t—\n10\t0\t—".encode()).blocks
    assert shape(grid)[1] == ["-5", "", "—"]


def test_where_rows_have_no_pipe_in_front_one_in_front_is_an_empty_cell() -> None:
    (grid,) = read("一级|二级|分值\n产出|数量|10\n|质量|5\n||5".encode()).blocks
    assert shape(grid) == [["一级", "二级", "分值"], ["产出", "数量", "10"], ["", "质量", "5"], ["", "", "5"]]


def test_a_pipe_in_front_of_a_row_as_wide_as_the_others_is_an_empty_cell() -> None:
    (grid,) = read(
        "单位 | 青禾县林场\n产出 | 数量 | 造林面积 | 5 |\n | 质量 | 成活率 | 5 |\n".encode()
    ).blocks
    assert shape(grid)[1:] == [["产出", "数量", "造林面积", "5"], ["", "质量", "成活率", "5"]]


def test_a_lone_pipe_among_cells_a_line_each_is_one_empty_cell() -> None:
    (grid,) = read("总分 |\n100 |\n|\n98 |\n".encode()).blocks
    assert shape(grid) == [["总分"], ["100"], [""], ["98"]]


def test_a_lone_pipe_in_a_sentence_makes_no_table() -> None:
    assert texts("联系人：某某|电话：略") == ["联系人：某某|电话：略"]


# ---------------------------------------------------------------- drawn lines, spaces, tags


def test_a_table_of_box_lines_is_a_grid() -> None:
    text = "┌────┬────┬────┐\n│指标│分值│得分│\n├────┼────┼────┤\n│数量│ 10 │ 9  │\n│质量│ 10 │    │\n└────┴────┴────┘"
    assert only(text) == [["指标", "分值", "得分"], ["数量", "10", "9"], ["质量", "10", ""]]


def test_a_table_of_plus_and_minus_is_a_grid_and_its_broken_lines_are_joined() -> None:
    text = "+------+------+\n| 指标 | 分值 |\n+------+------+\n| 数量 | 10   |\n| 达标 |      |\n+------+------+\n| 质量 | 5    |\n+------+------+"
    assert only(text) == [["指标", "分值"], ["数量\n达标", "10"], ["质量", "5"]]


def test_a_wide_cell_of_a_drawn_table_spans_its_columns() -> None:
    text = "┌────────┬────┐\n│项目资金│备注│\n├───┬────┼────┤\n│甲 │ 乙 │ 丙 │\n└───┴────┴────┘"
    (grid,) = read(text).blocks
    assert isinstance(grid, Grid)
    assert [(c.text, c.column, c.colspan) for c in grid.cells] == [
        ("项目资金", 0, 2), ("备注", 2, 1), ("甲", 0, 1), ("乙", 1, 1), ("丙", 2, 1),
    ]  # fmt: skip


def test_a_sentence_that_begins_with_a_plus_is_a_line() -> None:
    assert texts("+5%的增幅") == ["+5%的增幅"]


def test_three_lines_of_columns_set_apart_by_spaces_are_a_grid() -> None:
    assert only("指标    分值   得分\n数量    10     9\n质量    5      5") == [
        ["指标", "分值", "得分"],
        ["数量", "10", "9"],
        ["质量", "5", "5"],
    ]


@pytest.mark.parametrize(
    "text", ["单位：青禾县  日期：4月", "甲  乙\n丙  丁", "甲是  乙。\n丙是  丁。\n戊是  己。"]
)
def test_fewer_lines_or_sentences_are_no_table(text: str) -> None:
    assert all(isinstance(block, Line) for block in read(text).blocks)


def test_a_simple_html_table_is_a_grid_with_its_spans() -> None:
    text = "前\n<table><tr><td rowspan=2>资金</td><td colspan='2'>预算&nbsp;数</td></tr>\n<tr><td>10</td><td>9<br>元</td></tr></table>\n后"
    before, grid, after = read(text).blocks
    assert isinstance(grid, Grid)
    assert [(c.row, c.column, c.text, c.rowspan, c.colspan) for c in grid.cells] == [
        (0, 0, "资金", 2, 1), (0, 1, "预算 数", 1, 2), (1, 1, "10", 1, 1), (1, 2, "9\n元", 1, 1),
    ]  # fmt: skip
    assert [before.place.line, grid.place.line, grid.cells[-1].place.line, after.place.line] == [1, 2, 3, 4]


def test_a_table_tag_that_never_closes_stays_text() -> None:
    assert all(isinstance(block, Line) for block in read("<table><tr><td>甲\n乙").blocks)


# ---------------------------------------------------------------- real papers


@pytest.mark.skipif(not SEEDS.exists(), reason="SKIPPED: ../shared/seeds is not on this machine")
def test_no_character_of_the_seeds_is_lost() -> None:
    for path in sorted(SEEDS.iterdir()):
        source = path.read_text("utf-8")
        kept = "".join(
            block.text if isinstance(block, Line) else "".join(cell.text for cell in block.cells)
            for block in formats.read(path.read_bytes(), name=path.name).blocks
        )
        for mark in set("".join(re.findall(r"[\u4e00-\u9fff0-9%≥$]", kept))):
            lost = source.count(mark) - kept.count(mark)
            assert lost == 0, (path.name, mark, lost)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "# " + "# " * 150_000 + "甲",
        "甲" + " " * 1_000_000 + "\n乙" + "\t" + " " * 1_000_000 + "丙",
        "1." + "1" * 60 + "甲\t乙",
        "┌──┐\n│甲│\n" + "├──┤\n" * 60_000,
        "<table><tr>\n" * 60_000,
        "<table>" + "<tr><td>甲\n" * 60_000 + "</table>",
        '"' * 100_000 + "\t甲\n乙",
        '甲\t"乙\n' * 40_000,
        "**甲 " * 100_000,
        "<input " * 100_000,
        "| " * 90_000 + "\n",
        "\t甲\n" * 60_000,
        "甲  乙\n" * 60_000,
        "甲  乙\n丙  丁\n\n" * 30_000,
    ],
    ids=range(14),
)
def test_no_text_takes_more_than_its_length(text: str) -> None:
    started = time.process_time()
    with contextlib.suppress(UnreadableError):
        read(text)
    assert time.process_time() - started < 20
