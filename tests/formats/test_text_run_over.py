"""Text with columns kept apart by spaces: the lines of one cell are joined, and nothing else is."""

import pytest

from jixiao.formats.text.run_over import joined

HEAD = "一级指标    二级指标    三级指标    年度指标值  分值  得分  偏差原因分"
ROW = "效益指标    社会效益指  应急信息覆  ≥98%        30    28    部分终端老"


def test_words_below_full_cells_end_them() -> None:
    lines = [HEAD, ROW, "            标          盖率                                化"]
    whole = "效益指标  社会效益指标  应急信息覆盖率  ≥98%  30  28  部分终端老化"
    assert joined(lines) == [HEAD, whole, ""]


def test_words_above_a_row_begin_its_cell_where_it_goes_on_below_too() -> None:
    first = "产出指标    数量指标    清淤长度    ≥3公里      20    20"
    lines = [HEAD, first, " " * 60 + "因雨季停工", ROW, " " * 60 + "未更换"]
    whole = "效益指标  社会效益指  应急信息覆  ≥98%  30  28  因雨季停工部分终端老未更换"
    assert joined(lines) == [HEAD, first, "", whole, ""]


@pytest.mark.parametrize(
    "below",
    [
        "                        盖率",  # below a cell that had room left
        "            标                      2019",  # a figure
        "                               线率",  # beside the beginning of its cell
        "主管部门    某某局",
    ],
)
def test_what_stands_under_no_full_cell_stays_a_line(below: str) -> None:
    row = "效益指标    社会效益指  覆盖        ≥98%        30    28"
    assert joined([HEAD, row, below]) == [HEAD, row, below]


def test_the_second_line_of_a_heading_belongs_to_it_where_most_of_its_pieces_do() -> None:
    wide = "项目资金（元）                      年初预算数  全年预算数  全年执行数"
    head = "绩效指    一级指标    年度指标值  实际完成值  未完成原因  分值"
    below = "标                    （A）       （B）       分析"
    whole = "绩效指标  一级指标  年度指标值（A）  实际完成值（B）  未完成原因分析  分值"
    assert joined([wide, head, below])[1:] == [whole, ""]


def test_letters_may_count_as_one_position_or_as_two() -> None:
    lines = [
        "一级  二级指标  三级指标  年度指标值  分值",
        "产出  社会效益  应急信息  ≥98%        30",
        "      指标      覆盖率",
    ]
    assert joined(lines)[1] == "产出  社会效益指标  应急信息覆盖率  ≥98%  30"


def test_running_text_and_other_tables_are_left_alone() -> None:
    lines = ["项目概况", "  本项目预算20万元。", "|甲|乙|丙|丁|", "a\tb\tc\td", "", "第 1 页"]
    assert joined(lines) == lines
