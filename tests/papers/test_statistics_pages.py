"""The pages and charts of statistics: every number of a chart stands in its table, leads are never called faults."""

from dataclasses import replace
from fractions import Fraction

import pytest

from jixiao.layout import Chart, Grid, Layout, Line
from jixiao.papers.statistics.charts import beside, charts
from jixiao.papers.statistics.pages import lay_out, lay_out_briefly
from jixiao.rollup import Grouping
from jixiao.rollup.statistics import Statistics, statistics
from tests.rollup.counties import Planted, county

LEADS = statistics(
    county(1, Planted(full=2, above=3, low=4, heaped=5, hits=6, copying=(1, 7, 10))), (), Grouping.UNIT
)
NONE = statistics(county(1), (), Grouping.UNIT)


def words(layout: Layout) -> str:
    cells = (cell.text for block in layout.blocks if isinstance(block, Grid) for cell in block.cells)
    return "\n".join((*(block.text for block in layout.blocks if isinstance(block, Line)), *cells))


def test_there_is_a_page_in_front_and_one_for_each_statistic() -> None:
    assert [page.name for page in lay_out(LEADS)] == [
        "自评材料统计线索",
        "虚高",
        "目标偏低",
        "数字检验",
        "雷同",
    ]


@pytest.mark.parametrize("told", [LEADS, NONE, statistics((), (), Grouping.UNIT)])
def test_every_page_says_how_and_what_it_cannot_say_and_accuses_nobody(told: Statistics) -> None:
    for page in lay_out(told)[1:]:
        said = words(page)
        for heading in ("、办法", "、前提", "、不能说明什么"):
            assert heading in said
        assert "偏离本身不能证明任何问题" in said
        for word in ("错误", "造假", "违规", "抄袭"):
            assert word not in said


def test_leads_stand_with_the_files_behind_them() -> None:
    _, high, low, digits, alike = map(words, lay_out(LEADS))
    for page, unit in ((high, 2), (high, 3), (low, 4), (digits, 5), (digits, 6), (alike, 7)):
        assert f"青禾县第{unit}单位" in page
        assert f"/{unit}-0-" in page


def test_a_long_table_is_cut_and_says_how_much_is_left() -> None:
    whole, cut = lay_out(LEADS)[1], lay_out(LEADS, 3)[1]
    assert "另有 11 行" not in words(whole)
    assert "行，全部在 xlsx 和 json 里。" in words(cut)
    assert all(max(cell.row for cell in one.cells) <= 3 for one in cut.blocks if isinstance(one, Grid))


def test_the_brief_pages_are_those_with_leads() -> None:
    assert [page.name for page in lay_out_briefly(NONE, 5)] == ["自评材料统计线索"]
    brief = lay_out_briefly(LEADS, 5)
    assert len(brief) == 5
    assert all("不能说明什么" in words(page) for page in brief[1:])


@pytest.mark.parametrize("chart", charts(LEADS), ids=lambda chart: chart.name)
def test_each_chart_is_a_table_too(chart: Chart) -> None:
    (table,) = (block for block in beside(chart).blocks if isinstance(block, Grid))
    assert chart.title
    assert chart.across
    assert chart.up
    assert "读法" in chart.note
    assert max(cell.row for cell in table.cells) == len(chart.bars) + len(chart.dots)


def test_of_very_many_units_a_chart_draws_leads_by_name_and_the_others_where_they_stand() -> None:
    one, *rest = LEADS.inflation.comparisons
    spots = ((3, Fraction(1, 2)), (4, Fraction(3, 5)))
    cut = replace(LEADS, inflation=replace(LEADS.inflation, comparisons=(replace(one, spots=spots), *rest)))
    chart, *_ = charts(cut)
    assert {dot.name for dot in chart.dots if dot.marked} == {s.group for s in one.standings if s.lead}
    assert [(dot.across, dot.up) for dot in chart.dots if not dot.marked] == [*spots]
    assert "只画一个点" in chart.note


def test_the_same_numbers_give_the_same_charts() -> None:
    assert charts(LEADS) == charts(replace(LEADS))
    assert len({chart.name for chart in charts(LEADS)}) == len(charts(LEADS))


def test_a_collection_without_filings_has_no_charts() -> None:
    assert charts(statistics((), (), Grouping.UNIT)) == ()
