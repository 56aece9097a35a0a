"""The notes above a county's roll-up: projects that occur twice, told of a few groups, so that the numbers come soon."""

from jixiao.layout import Line
from jixiao.papers.pages.rollup_page import lay_out
from jixiao.rollup import Grouping, roll_up
from tests.rollup.counties import county


def test_projects_that_occur_twice_are_told_of_all_and_of_a_few_groups() -> None:
    reviews = county(3, units=9) * 2
    rollups = roll_up(reviews, Grouping.UNIT) + roll_up(reviews, Grouping.ALL)
    page = lay_out(rollups, {})
    said = [block.text for block in page.blocks if isinstance(block, Line) and "出现不止一次" in block.text]
    assert len(said) == 6
    assert said[0].startswith("合计有 ")
    assert said[-1] == "另有 5 个单位也有出现不止一次的项目。"
