"""A row whose score and rate of completion stand in each other's column."""

import pytest

from jixiao.formats import read
from jixiao.papers import recognize
from jixiao.papers.cells.swapped import unswapped
from tests.layouts.small import HEAD

HEADING = (
    "绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t单位\t完成率\t得分\t偏差原因分析"
)
ROWS = (
    "\t产出指标\t数量指标\t巡护林地面积\t≥800\t820\t30\t亩\t100%\t30\t",
    "\t\t质量指标\t管护合格率\t≥95\t96\t30\t%\t30\t101.05%\t",
    "\t满意度指标\t服务对象满意度指标\t林区群众满意度\t≥90\t93\t30\t%\t100%\t30\t",
)


def test_the_score_and_the_rate_are_put_back_with_one_doubt() -> None:
    text = "\n".join((*HEAD, HEADING, *ROWS, "总分\t\t\t\t\t\t100\t\t\t99\t"))
    (reading,) = recognize(read(text.encode(), name="a.txt"))
    row = reading.record.indicators[1]  # type: ignore[union-attr]
    assert (str(row.score_printed), str(row.completion_printed)) == ("30", "101.05%")
    (doubt,) = [d for d in reading.doubts if d.where.startswith("indicators")]
    assert doubt.where == "indicators.1.score_printed"
    assert "两格填反" in doubt.why


@pytest.mark.parametrize("values", [
    {"points": "30", "score": "30", "completion": "100%"},
    {"points": "30", "score": "98.5%", "completion": None},
    {"points": "30", "score": "30", "completion": "1.01"},
    {"points": "30", "score": "98%", "completion": "980"},
])  # fmt: skip
def test_cells_that_may_stand_where_they_should_are_left(values: dict[str, str | None]) -> None:
    assert unswapped(values) == (values, None, "")
