"""Scores that a report tells in several places: the classes in its conclusion, their items further down."""

from decimal import Decimal

from jixiao import api
from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Kind, Reading
from jixiao.papers.reports import selfeval_report
from tests.papers.paper_blocks import blocks_of


def selfeval(text: str) -> tuple[Report, Reading]:
    reading = selfeval_report.read(blocks_of(text))
    assert isinstance(reading.record, Report)
    return reading.record, reading


def test_items_follow_their_class_when_all_classes_are_told_first() -> None:
    text = (
        "经费绩效自评报告\n一、自评结论\n其中：产出指标满分50分，得49分；效益指标满分30分，得30分。\n二、完成情况\n"
        "（一）产出指标完成情况\n1.清淤长度：标准分值20分，得19分。\n2.验收合格率：标准分值30分，得30分。\n"
        "（二）效益指标完成情况\n1.受益农户：标准分值30分，得30分。"
    )
    report, reading = selfeval(text)
    assert [c.name for c in report.classes] == ["产出", "清淤长度", "验收合格率", "效益", "受益农户"]
    assert [reading.places[f"classes.{k}"].line for k in range(5)] == [3, 6, 7, 3, 9]


def test_items_follow_their_class_when_a_table_tells_the_classes() -> None:
    text = "经费绩效自评报告\n一、自评结论\n项目\t分值\t得分\n产出\t50\t49\n效益\t30\t30\n\n二、产出情况\n1.清淤长度：分值20分，得19分。"
    report, _ = selfeval(text)
    assert [c.name for c in report.classes] == ["产出", "清淤长度", "效益"]


def test_a_section_with_its_points_in_the_title_has_its_own_score_and_its_items_theirs() -> None:
    text = (
        "经费绩效自评报告\n一、自评结论\n自评得分90分。\n二、过程指标分析\n（一）过程\n"
        "1.资金管理（15分）。得分13.65分，其中预算执行率94%，得4.7分（满分5分）；资金使用合规性得8.95分（满分10分）。\n2.组织实施（10分）。得8分。\n"
    )
    report, _ = selfeval(text)
    marks = [(c.name, str(c.points), str(c.score_printed)) for c in report.classes]
    assert marks == [("资金管理", "15", "13.65"), ("组织实施", "10", "8")]
    items = [(r.level2, r.level3, str(r.points), str(r.score_printed)) for r in report.indicators]
    assert items == [
        ("资金管理", "预算执行率", "5", "4.7"),
        ("资金管理", "资金使用合规性", "10", "8.95"),
    ]


def test_a_sentence_that_names_the_project_does_not_begin_a_table() -> None:
    text = (
        "2022年度垃圾治理项目绩效评价报告\n\n一、基本情况\n（一）项目概况\n项目名称为垃圾治理，实施单位为沅溪县城管局。\n三、评价结论\n"
        "该项目综合得分为88.65分，评价等级为“良”。\n一级指标\t决策\t过程\t产出\t效益\t合计\n权重\t15\t25\t30\t30\t100\n得分\t13\t21.65\t27\t27\t88.65\n"
        "\n六、有关建议\n细化绩效目标。\n\n附件：绩效评价指标体系评分表\n一级指标\t权重\t二级指标\t权重\t三级指标\t权重\t评分标准\t评价得分\n"
        "决策\t15\t项目立项\t15\t立项依据充分性\t15\t充分得满分\t13\n过程\t25\t资金管理\t25\t资金使用合规性\t25\t合规得满分\t21.65\n"
        "产出\t30\t产出数量\t30\t垃圾清运量\t30\t按比例\t27\n效益\t30\t社会效益\t30\t环境改善\t30\t显著\t27\n合计\t100\t\t100\t\t100\t\t88.65\n"
    )
    report, form = api.read_papers(text.encode(), name="报告.txt")
    assert (report.kind, form.kind) == (Kind.EVALUATION_REPORT, Kind.SCORING_FORM)
    assert isinstance(report.record, Report)
    assert report.record.total_printed == Decimal("88.65")
    assert [c.name for c in report.record.classes] == ["决策", "过程", "产出", "效益"]
    assert isinstance(form.record, Evaluation)
    assert len(form.record.indicators) == 4


def test_a_report_goes_on_behind_its_tables_and_each_table_ends_at_the_next_chapter() -> None:
    text = (
        "# 湄江县农田项目绩效评价报告\n\n## 摘要\n\n项目综合得分85.2分。\n\n| 一级指标 | 二级指标 | 分值 | 得分 |\n|---|---|---|---|\n| 决策 | 项目立项 | 20 | 17.5 |\n"
        "| 过程 | 资金管理 | 80 | 67.7 |\n| 合计 | | 100 | 85.2 |\n\n## 一、基本情况\n\n建设农田。\n\n## 二、评价指标分析\n\n### （一）项目决策情况\n\n"
        "| 一级指标 | 二级指标 | 三级指标 | 分值 | 得分 |\n|---|---|---|---|---|\n| 决策 | 项目立项 | 立项依据充分性 | 20 | 17.5 |\n\n### （二）项目过程情况\n\n"
        "| 一级指标 | 二级指标 | 三级指标 | 分值 | 得分 |\n|---|---|---|---|---|\n| 过程 | 资金管理 | 资金使用合规性 | 80 | 67.7 |\n\n## 三、存在的问题\n\n执行率低。\n"
    )
    report, *tables = api.read_papers(text.encode(), name="报告.md")
    assert isinstance(report.record, Report)
    assert [s.title for s in report.record.sections] == [
        "基本情况",
        "评价指标分析",
        "项目决策情况",
        "项目过程情况",
        "存在的问题",
    ]
    assert [len(t.record.indicators) for t in tables if isinstance(t.record, Evaluation)] == [2, 1, 1]


def test_items_told_on_the_level_of_their_class_follow_it_when_all_classes_are_told_first() -> None:
    text = (
        "湄江县2021年公路养护项目绩效评价报告\n一、评价结论\n项目综合评价得分92分，其中：决策类指标得分18分（满分20分），产出类指标得分74分"
        "（满分80分）。\n二、指标分析\n（一）项目决策情况\n决策类指标分值20分，得分18分。其中：项目立项12分，得10分；资金投入8分，得8分。\n"
        "（二）项目产出情况\n产出类指标分值80分，得分74分。\n"
    )
    reading = next(iter(api.read_papers(text.encode(), name="报告.txt")))
    assert isinstance(reading.record, Report)
    assert [c.name for c in reading.record.classes] == ["决策", "项目立项", "资金投入", "产出"]
