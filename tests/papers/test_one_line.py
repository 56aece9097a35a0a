"""Whole papers in one line, as a page that lost its line ends gives them."""

from jixiao.model.claims import Report
from jixiao.model.reading import Kind
from jixiao.papers.pieces.cutting import Table, Text
from tests.layouts.small import readings_of, text_of
from tests.papers.test_cutting import parts_of


def test_a_report_behind_a_table_in_the_same_line_is_a_part_of_its_own() -> None:
    report = (
        "项目支出绩效评价报告 护林员管护补助项目 一、项目概况 全年按计划巡护林地。 二、评价结论 得分96分。"
    )
    parts = parts_of(" ".join(f"{text_of()} {report}".split()))
    assert [type(part) for part in parts] == [Table, Text]
    assert isinstance(parts[1], Text)
    assert "".join(getattr(block, "text", "") for block in parts[1].blocks) == report


def test_a_report_in_one_line_has_its_title_project_chapters_and_classes() -> None:
    """As a page without line ends tells it: cover, title, date and chapters one after the other."""
    text = (
        "项目支出绩效评价报告 道路养护经费 项目支出绩效评价报告 2023年6月 一、基本情况 （一）项目概况 "
        "为做好辖区道路养护，安排经费120万元，实际支出118.5万元。 （二）项目绩效目标 养护县道86公里。 "
        "二、综合评价结论 经评价，得分96.5分，评价结果为优。 三、绩效评价指标分析 （一）项目决策情况 指标满分20分，评价得分19.5分。 "
        "（二）项目产出情况 指标满分80分，评价得分77分。 四、存在的问题 巡查记录不完整。"
    )
    (reading,) = readings_of(text)
    assert isinstance(reading.record, Report)
    report = reading.record
    assert (reading.kind, report.project.name, report.year) == (Kind.EVALUATION_REPORT, "道路养护经费", None)
    assert [(section.title, section.level) for section in report.sections] == [
        ("基本情况", 1), ("项目概况", 2), ("项目绩效目标", 2), ("综合评价结论", 1), ("绩效评价指标分析", 1),
        ("项目决策情况", 2), ("项目产出情况", 2), ("存在的问题", 1),
    ]  # fmt: skip
    assert report.sections[-1].text == "巡查记录不完整。"
