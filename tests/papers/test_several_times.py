"""Tables with goals and targets of several times: 实施期目标 beside 年度目标; and reasons under a blank heading."""

import pytest

from jixiao import api
from jixiao.model.evaluation import Evaluation, Particular

HEAD = "项目支出绩效自评表\n（2023年度）\n项目名称：农田管护\n"
GOALS = "总体目标\t实施期目标（2022年—2024年）\t年度目标\t年度目标实际完成情况\n\t三年管护3万亩。\t管护1万亩。\t已管护1万亩。\n"
BELOW = "实施期目标：三年管护3万亩。\n年度目标：管护1万亩。\n实际完成情况：已管护1万亩。\n"
ROWS = (
    "一级指标\t二级指标\t三级指标\t实施期指标值\t年度指标值\t实际完成值\t分值\t得分\n"
    "产出指标\t数量指标\t管护面积\t≥30000亩\t≥10000亩\t10000亩\t60\t60\n"
    "效益指标\t社会效益指标\t受益农户\t≥6000户\t≥2000户\t2100户\t40\t40\n总分\t\t\t\t\t\t100\t100\n"
)
FUNDS = (
    "项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\t\n"
    "\t年度资金总额\t42\t42\t30.2\t10\t71.90%\t7.19\t尾款按合同次年支付\n\t其中：当年财政拨款\t42\t42\t30.2\t-\t71.90%\t-\t\n"
)


def read(text: str) -> Evaluation:
    (found,) = api.read_papers((HEAD + text).encode(), name="表.txt")
    assert isinstance(found.record, Evaluation)
    return found.record


@pytest.mark.parametrize("goals", [GOALS, GOALS.replace("\t", "\n").replace("\n\n", "\n"), BELOW])
def test_the_goal_of_the_year_is_the_goal_and_that_of_all_years_stays_beside_it(goals: str) -> None:
    record = read(goals + ROWS)
    assert (record.goal.expected, record.goal.actual) == ("管护1万亩。", "已管护1万亩。")
    assert Particular("实施期目标", "三年管护3万亩。") in record.particulars


@pytest.mark.parametrize("between", ["\t", "\n"])
def test_the_target_of_the_year_is_the_target(between: str) -> None:
    rows = [between.join(filter(None, row.split("\t"))) for row in ROWS.splitlines()]
    record = read("\n".join(rows) + "\n")
    assert [r.target.text for r in record.indicators if r.target] == ["≥10000亩", "≥2000户"]


@pytest.mark.parametrize("between", ["\t", "\n"])
def test_words_behind_the_figures_of_the_funds_are_their_reason(between: str) -> None:
    rows = [between.join(c for c in row.split("\t") if c or between == "\t") for row in FUNDS.splitlines()]
    execution = read("\n".join(rows) + "\n" + ROWS).execution
    assert execution.reason == "尾款按合同次年支付"
    assert str(execution.score_printed) == "7.19"


def test_a_row_of_amounts_without_a_name_may_stand_beside_their_unit() -> None:
    funds = "资金情况\t\t年初预算\t全年预算\t全年支出\t执行率\n（万元）\t\t150\t156.8\t156.8\t100%\n"
    total = read(funds + ROWS).funds.total
    assert total is not None
    assert (str(total.initial), str(total.annual), str(total.executed)) == (
        "150万元",
        "156.8万元",
        "156.8万元",
    )
