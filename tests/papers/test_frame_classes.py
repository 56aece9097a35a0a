"""Tables by the frame for evaluations (决策, 过程, 产出, 效益) in lines of text, and money beside its own label."""

import pytest

from jixiao import api
from jixiao.model.evaluation import Evaluation

HEAD = "公共自行车绩效自评表\n项目名称：公共自行车\n"
ROWS = (
    ("一级指标", "二级指标", "三级指标", "评分标准", "目标值", "实际值", "分值", "得分", "说明"),
    ("决策", "项目立项", "立项依据充分性", "依据充分得满分", "充分", "充分", "10", "10", ""),
    ("", "绩效目标", "目标合理性", "合理得满分", "合理", "基本合理", "10", "9", "目标值偏低"),
    ("过程", "组织管理", "制度健全性", "健全得满分", "健全", "健全", "20", "20", ""),
    ("产出", "数量", "投放车辆", "完成率×分值", "≥5000辆", "5100辆", "60", "60", ""),
    ("合计", "", "", "", "", "", "100", "99", ""),
)


def read(text: str) -> Evaluation:
    (found,) = api.read_papers((HEAD + text).encode(), name="表.txt")
    assert isinstance(found.record, Evaluation)
    return found.record


@pytest.mark.parametrize("between", ["\t", " ", "\n"])
def test_a_score_and_what_is_said_of_it_are_two_headings_however_they_are_parted(between: str) -> None:
    rows = [between.join(c for c in row if c or between == "\t") for row in ROWS]
    found = read("\n".join(rows) + "\n").indicators
    assert [(r.level1, r.level2, r.level3) for r in found] == [
        ("决策", "项目立项", "立项依据充分性"),
        ("决策", "绩效目标", "目标合理性"),
        ("过程", "组织管理", "制度健全性"),
        ("产出", "数量", "投放车辆"),
    ]
    assert [(str(r.points), str(r.score_printed)) for r in found] == [
        ("10", "10"),
        ("10", "9"),
        ("20", "20"),
        ("60", "60"),
    ]
    assert found[1].reason == "目标值偏低"


@pytest.mark.parametrize("between", ["\t", "\n"])
def test_the_budget_of_a_project_beside_its_label_is_that_of_the_year(between: str) -> None:
    pairs = between.join(("项目预算", "50", "实际支出", "48"))
    rows = [between.join(c for c in row if c or between == "\t") for row in ROWS]
    total = read(f"{pairs}\n" + "\n".join(rows) + "\n").funds.total
    assert total is not None
    assert (str(total.annual), str(total.executed)) == ("50", "48")


def test_the_whole_spending_of_a_department_is_the_total_of_its_funds() -> None:
    funds = (
        "预算执行情况\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n"
        "\t部门整体支出\t2200\t2300\t2250\t10\t97.83%\t9.78\n"
    )
    record = read(funds + "\n".join("\t".join(row) for row in ROWS) + "\n")
    assert record.funds.total is not None
    assert (str(record.funds.total.annual), str(record.execution.score_printed)) == ("2300", "9.78")


@pytest.mark.parametrize("between", ["\t", " ", "\n"])
def test_the_classes_of_a_whole_department_are_classes(between: str) -> None:
    rows = (
        ("一级指标", "二级指标", "三级指标", "年度指标值", "完成值", "分值", "得分"),
        ("履职效能", "重点工作履行情况", "重点工作完成率", "=100%", "100%", "40", "40"),
        ("预算执行", "预算执行效率", "预算调整率", "≤5%", "6%", "10", "8"),
        ("管理效率", "预算编制管理", "目标覆盖率", "=100%", "100%", "20", "20"),
        ("社会效应", "社会效益", "知晓率", "≥80%", "76%", "30", "28"),
        ("合计", "", "", "", "", "100", "96"),
    )
    text = "\n".join(between.join(c for c in row if c or between == "\t") for row in rows)
    found = read(text + "\n").indicators
    assert [(r.level1, r.level2, r.level3) for r in found] == [row[:3] for row in rows[1:-1]]
