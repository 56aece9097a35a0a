"""Scoring forms and base-data forms whose cells are kept apart by spaces alone."""

import re

import pytest

from jixiao.formats import read
from jixiao.layout import Grid, Line
from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Kind
from jixiao.papers.cells.gridded import gridded
from tests.layouts.small import readings_of

FORM = """附件3

项目支出绩效评价指标评分表

一级指标\t\t二级指标\t\t三级指标\t\t评分标准\t评分说明\t得分
名称\t分值\t名称\t分值\t名称\t分值\t\t\t
决策\t20\t项目立项\t20\t立项依据充分性\t12\t依据充分得满分，缺一项扣2分。\t依据齐全\t12
\t\t\t\t立项程序规范性\t8\t程序完整得满分。\t缺会议纪要，扣1分\t7
产出\t80\t产出数量\t50\t管护里程完成率\t50\t完成率乘以分值。\t全部完成\t50
\t\t产出质量\t30\t路面完好率\t30\t达标得满分，每低1%扣1分。\t低2%\t28
合计\t100\t\t100\t\t100\t\t\t97
"""


def indicators(text: str) -> list[tuple[object, ...]]:
    found = [one for one in readings_of(text) if one.kind is Kind.SCORING_FORM]
    assert len(found) == 1
    record = found[0].record
    assert isinstance(record, Evaluation)
    return [(i.level1, i.level2, i.level3, i.points, i.score_printed) for i in record.indicators]


@pytest.mark.parametrize("gap", ["  ", "    ", "\u3000\u3000"])
def test_a_form_apart_by_spaces_is_read_as_one_apart_by_tabs(gap: str) -> None:
    spaced = re.sub(r"\t+", gap, FORM)
    assert indicators(spaced) == indicators(FORM)
    assert [row[2] for row in indicators(spaced)] == [
        "立项依据充分性", "立项程序规范性", "管护里程完成率", "路面完好率",
    ]  # fmt: skip


def test_a_line_knows_where_its_cells_stood_apart() -> None:
    (line,) = read("  产出  80    产出 数量".encode(), name="文件").blocks
    assert isinstance(line, Line)
    assert (line.text, line.gaps) == ("产出 80 产出 数量", (0, 2, 5))
    (grid,) = gridded((line,))
    assert isinstance(grid, Grid)
    assert [(cell.column, cell.text) for cell in grid.cells] == [(1, "产出"), (2, "80"), (3, "产出 数量")]


def test_lines_beside_a_larger_grid_stay_lines() -> None:
    blocks = read(b"name  1\n\na\tb\nc\td\ne\tf\n", name="文件").blocks
    assert gridded(blocks) == blocks
