"""The list of projects inside a department's report, and a page head that looks like a second title."""

from jixiao.formats import read
from jixiao.model.claims import DepartmentReport, ProjectList
from jixiao.model.reading import Kind, Reading
from jixiao.papers import recognize

_REPORT = (
    "青禾县水利局\n2023年度部门预算项目支出绩效自评工作报告\n一、开展情况\n我局共有项目2个，均已开展自评。各项目情况如下：\n{unit}"
    "序号\t项目名称\t预算数\t执行数\t自评得分\n1\t渠道清淤\t60.00\t58.50\t97.50\n2\t泵站维修\t40.00\t40.00\t98.00\n合计 100.00 98.50\n"
    "二、存在问题\n个别项目的指标没有量化。\n"
)
_SPLIT = (
    "青禾县水利局\n2023年度渠道清淤项目支出绩效自评报告\n一、基本情况\n渠道清淤12公里。\n二、评价工作\n评价组到现场核查\n— 2 —\n\n"
    "青禾县水利局项目支出绩效自评报告\n\n点位18处。\n三、评价结论\n项目得分96分，等级为优。\n四、存在问题\n管护人员不足。\n"
)


def readings(text: str) -> tuple[Reading, ...]:
    return recognize(read(text.encode(), name="a.txt"))


def test_the_list_is_a_paper_of_its_own_with_the_unit_and_year_of_the_report() -> None:
    report, listed = (r.record for r in readings(_REPORT.format(unit="单位：万元\n")))
    assert isinstance(report, DepartmentReport)
    assert isinstance(listed, ProjectList)
    assert [(p.name, str(p.budget), str(p.score_printed)) for p in listed.projects] == [
        ("渠道清淤", "60.00万元", "97.50"), ("泵站维修", "40.00万元", "98.00"),
    ]  # fmt: skip
    assert (listed.unit, listed.year) == (report.unit, 2023)
    assert "98.50" not in report.sections[0].text


def test_a_table_of_names_without_amounts_stays_in_the_report() -> None:
    text = "青禾县水利局\n2023年度部门绩效自评工作报告\n一、情况\n责任分工如下：\n序号\t项目名称\t预算数\t科室\n1\t渠道清淤\t\t农水科\n"
    assert [r.kind for r in readings(text)] == [Kind.DEPARTMENT_REPORT]


def test_a_page_head_in_the_middle_begins_no_second_report() -> None:
    (report,) = readings(_SPLIT)
    assert report.kind is Kind.SELFEVAL_REPORT
    assert str(getattr(report.record, "total_printed", None)) == "96"


def test_a_second_report_begins_with_its_first_chapter() -> None:
    second = "青禾县水利局\n2023年度泵站维修项目支出绩效自评报告\n一、基本情况\n维修泵站3座。\n"
    assert len(readings(f"{_SPLIT}{second}")) == 2
