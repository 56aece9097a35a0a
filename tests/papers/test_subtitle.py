"""The project's name below a report's title or in its brackets."""

import pytest

from jixiao.formats import read
from jixiao.model.claims import Report
from jixiao.model.reading import Kind
from jixiao.papers import recognize
from jixiao.papers.reports import selfeval_report
from tests.papers.paper_blocks import blocks_of

TITLE = "青禾县林业局2023年度项目绩效自评报告"
BODY = "一、项目基本情况\n全县巡护林地4800亩。\n"


def named(text: str) -> str | None:
    record = selfeval_report.read(blocks_of(text)).record
    assert isinstance(record, Report)
    return record.project.name


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (f"{TITLE}\n（护林员管护补助项目）\n", "护林员管护补助项目"),
        (f"{TITLE}(护林员管护补助项目)\n", "护林员管护补助项目"),
        (f"{TITLE}\n护林员管护补助资金\n", "护林员管护补助资金"),
        (f"{TITLE}（护林员）\n（云岭片区护林员管护补助项目）\n", "云岭片区护林员管护补助项目"),
        (f"{TITLE}\n（2023年度）\n", None),
        (f"{TITLE}（参考提纲）\n", None),
        (f"{TITLE}\n青禾县林业局\n", None),
        (f"{TITLE}\n现将项目报告如下，资金来自县级财政资金\n", None),
    ],
)
def test_the_line_below_the_title_or_its_brackets_name_the_project(head: str, name: str | None) -> None:
    assert named(head + BODY) == name


def test_labels_in_the_chapters_name_project_department_and_unit() -> None:
    text = f"2023年度项目支出绩效自评报告\n{BODY}1.项目名称：机井维修项目。\n项目主管部门：青禾县水利局。\n项目实施单位：东塘镇人民政府。\n"
    record = selfeval_report.read(blocks_of(text)).record
    assert isinstance(record, Report)
    project = record.project
    assert (project.name, project.department, project.unit) == (
        "机井维修项目",
        "青禾县水利局",
        "东塘镇人民政府",
    )


def test_labels_of_several_projects_name_none() -> None:
    text = f"2023年度项目支出绩效自评报告\n{BODY}1.项目名称：机井维修项目。\n2.项目名称：水塔维修项目。\n"
    assert named(text) is None


def test_a_title_printed_twice_begins_one_report() -> None:
    text = f"x\n公开目录 自评报告 发布日期 2024-03-26\n主题词\n{TITLE}(护林员管护补助项目)\n\n{TITLE}\n\n(护林员管护补助项目)\n{BODY}"
    (reading,) = recognize(read(text.encode(), name="文件"))
    assert reading.kind is Kind.SELFEVAL_REPORT


def test_the_year_is_the_only_one_that_the_text_names() -> None:
    text = f"机井维修项目绩效自评报告\n{BODY}2023年安排资金20万元，2023年底完工。\n"
    reading = selfeval_report.read(blocks_of(text))
    assert isinstance(reading.record, Report)
    assert reading.record.year == 2023
    assert any(d.where == "year" for d in reading.doubts)
