"""Base-data forms: head, fund stages, tick box, indicators."""

import json

import pytest

from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Kind, Reading
from jixiao.papers.base_data import base_data_form
from tests.papers.paper_blocks import SEEDS, blocks_of, lines_of, seed

FORM = """项目支出绩效自评基础数据表
填报单位名称(盖章)\t\t\t\t\t金额单位: 万元
基本情况\t项目名称\t敬老院改造\t评价年度\t2023\t评价金额\t120.5
\t主管部门\t\t联系人及联系电话\t\t联系邮箱
\t实施单位\t青禾县民政局
资金安排和使用情况\t本次评价资金来源\t预算安排\t\t\t实际分配下达\t\t实际到位\t\t实际支出\t\t存在问题和改进措施
\t\t期初预算数\t预算调整/调剂金额\t实际预算数\t市本级\t转移支付至县区\t市本级\t县区\t市本级支出\t县区支出
\t合计\t100\t20.5\t120.5\t20.5\t100\t20.5\t100\t20\t98.6
\t县财政资金\t100\t20.5\t120.5\t20.5\t100\t20.5\t100\t20\t98.6
\t省财政资金
评价年度总体目标\t预期目标综述\t\t实际完成情况\t\t是否如期实现预期目标: □是 ☑部分实现 □否
\t改造床位50张\t\t已改造48张
绩效指标\t一级指标\t二级指标\t三级指标名称\t预期目标值\t实际完成值\t目标偏差原因分析及改进措施
\t产出指标\t数量指标\t指标1: 改造床位\t50张\t48张\t施工延期，已督促。
\t\t\t指标2:
\t\t\t……
\t\t质量指标\t指标1：验收合格率\t≥95%\t100%
\t效益指标\t社会效益指标\t1.入住老人增加\t\t完成
\t\t生态效益指标\t指标1:
\t满意度指标\t服务对象满意度指标\t老人满意度\t≥90%\t96%
"""


def read(text: str) -> tuple[Evaluation, Reading]:
    reading = base_data_form.read(blocks_of(text))
    assert reading.kind is Kind.BASE_DATA_FORM
    assert isinstance(reading.record, Evaluation)
    return reading.record, reading


def test_the_head_is_found_by_its_labels_and_a_label_is_no_value() -> None:
    record, reading = read(FORM)
    assert (record.project.name, record.project.unit, record.project.department) == (
        "敬老院改造",
        "青禾县民政局",
        None,
    )
    assert record.year == 2023
    assert str(record.evaluated_amount) == "120.5万元"
    assert reading.places["project.name"].column == 3


def test_cells_of_the_blank_form_are_kept_as_residue() -> None:
    assert read(FORM)[0].residue == ("指标2:", "……", "指标1:")
    asked = FORM + "\t\t\t\t\t\t问题：1. 2. ….. 改进措施：1. 2. …..\n"
    assert read(asked)[0].residue[-1] == "问题：1. 2. ….. 改进措施：1. 2. ….."
    filled = FORM.replace("指标2:", "指标2:\t改造浴室\t2间\t2间").replace("……", "1.配餐\t3次\t3次")
    assert read(filled)[0].residue == ("指标1:",)


def test_parts_of_a_stage_add_up() -> None:
    record, reading = read(FORM)
    total = record.funds.total
    assert total is not None
    assert [str(f) for f in (total.initial, total.annual, total.allocated, total.received, total.executed)] == [
        "100万元", "120.5万元", "120.5万元", "120.5万元", "118.6万元",
    ]  # fmt: skip
    assert [line.label for line in record.funds.more] == ["县财政资金"]
    assert not [d for d in reading.doubts if d.where.startswith("funds")]


@pytest.mark.parametrize("label", ["总计", "资金合计", "合 计（万元）", "年度资金总额"])
def test_the_row_of_totals_has_many_names(label: str) -> None:
    record, _ = read(FORM.replace("\t合计\t", f"\t{label}\t").replace("\t县财政资金\t", "\t1.县财政资金\t"))
    assert record.funds.total is not None
    assert str(record.funds.total.executed) == "118.6万元"
    assert [line.label for line in record.funds.more] == ["1.县财政资金"]


def test_words_beside_the_fund_block_do_not_end_it() -> None:
    record, _ = read(
        FORM.replace("\t县财政资金\t100", "\t\t\t\t\t\t\t\t\t\t\t改进措施：无\n\t县财政资金\t100")
    )
    assert [line.label for line in record.funds.more] == ["县财政资金"]


def test_figures_right_under_the_stages_are_taken_for_them_with_a_doubt() -> None:
    slid = FORM.replace(
        "\t县财政资金\t100\t20.5\t120.5\t20.5\t100\t20.5\t100\t20\t98.6",
        "\t县财政资金\t\t\t\t118\t\t117\t\t116\t",
    )
    slid = slid.replace(
        "预算安排\t\t\t实际分配下达\t\t实际到位\t\t实际支出",
        "预算安排\t\t实际分配下达\t\t实际到位\t\t实际支出\t",
    )
    slid = slid.replace("\t县财政资金\t\t\t\t118", "\t县财政资金\t\t\t118")
    record, reading = read(slid)
    (line,) = record.funds.more
    assert [str(f) for f in (line.annual, line.allocated, line.received, line.executed)] == [
        "None",
        "118万元",
        "117万元",
        "116万元",
    ]
    assert {d.alternative for d in reading.doubts} == {"实际预算数", "实际分配下达", "实际到位"}


def test_template_rows_are_dropped_and_prefixes_taken_off() -> None:
    record, _ = read(FORM)
    assert [(i.level1, i.level2, i.level3) for i in record.indicators] == [
        ("产出指标", "数量指标", "改造床位"), ("产出指标", "质量指标", "验收合格率"),
        ("效益指标", "社会效益指标", "入住老人增加"), ("满意度指标", "服务对象满意度指标", "老人满意度"),
    ]  # fmt: skip
    assert [(i.target and i.target.text, i.actual and i.actual.text) for i in record.indicators] == [
        ("50张", "48张"), ("≥95%", "100%"), (None, "完成"), ("≥90%", "96%"),
    ]  # fmt: skip
    assert record.indicators[0].reason == "施工延期，已督促。"


@pytest.mark.parametrize(
    "box, answer",
    [("☑是 □部分实现 □否", "是"), ("□是 √部分实现 □否", "部分实现"), ("□是 □部分实现 ■否", "否"), ("□是 □部分实现 □否", None),
     ("☑是 ☑否", None), ('<input type="checkbox" checked> 是 <input type="checkbox"> 否', "是")],
)  # fmt: skip
def test_the_ticked_box_is_the_answer_and_only_one_counts(box: str, answer: str | None) -> None:
    record, _ = read(FORM.replace("□是 ☑部分实现 □否", box))
    assert record.achieved_printed == answer


def test_the_goal_stands_under_its_headings() -> None:
    record, _ = read(FORM)
    assert (record.goal.expected, record.goal.actual) == ("改造床位50张", "已改造48张")


def test_the_title_marks_the_form() -> None:
    assert base_data_form.looks_like(blocks_of(FORM))
    assert not base_data_form.looks_like(blocks_of("项目支出绩效自评表\n项目名称\t敬老院改造"))


def test_nothing_is_read_from_nothing() -> None:
    assert base_data_form.read(()).record == Evaluation()


def test_the_form_of_the_fourth_seed_is_read_as_the_golden_file_has_it() -> None:
    record, _ = read(lines_of(seed(3), 79, 128))
    golden = json.loads((SEEDS / "../golden/seeds.json").read_text("utf-8"))
    wanted = next(r for r in golden if r["kind"] == "base_data_table")
    found = [
        {
            "level1": i.level1,
            "level2": i.level2,
            "level3": i.level3,
            "target": i.target and i.target.text,
            "actual": i.actual and i.actual.text,
        }
        for i in record.indicators
    ]
    assert found == wanted["indicators"]
    assert (record.project.name, record.project.unit, record.year) == (
        wanted["project"],
        wanted["unit"],
        wanted["year"],
    )
    assert record.achieved_printed == wanted["achieved_printed"]
    assert record.evaluated_amount is not None
    assert str(record.evaluated_amount.value) == wanted["evaluated_amount"]
    money = next(r for r in golden if r["kind"] == "scoring_form")["funds"]
    (line,) = record.funds.more
    assert {k: str(getattr(line, k).value) for k in money} == money


def test_a_goal_beside_its_labels_and_funds_under_one_row_of_headings() -> None:
    text = """项目支出绩效自评基础数据表
填报单位名称（盖章）\t金额单位：万元
资金安排和使用情况\t本次评价资金来源\t期初预算数\t预算调整/调剂金额\t实际预算数\t实际到位\t实际支出\t存在问题和改进措施
\t合计\t60.00\t-5.00\t55.00\t55.00\t52.80\t
\t县财政资金\t60.00\t-5.00\t55.00\t55.00\t52.80
项目管理\t立项情况\t已批复\t政府采购情况\t\t是否完工\t是
评价年度总体目标\t预期目标综述\t改造床位50张\t实际完成情况\t已改造48张\t是否如期实现预期目标：□是 ☑部分实现 □否
绩效指标\t一级指标\t二级指标\t三级指标名称\t预期目标值\t实际完成值\t目标偏差原因分析及改进措施
\t产出指标\t数量指标\t改造床位\t50张\t48张\t施工延期
"""
    record, reading = read(text)
    total = record.funds.total
    assert total is not None
    assert [str(f) for f in (total.initial, total.annual, total.received, total.executed)] == [
        "60.00万元", "55.00万元", "55.00万元", "52.80万元",
    ]  # fmt: skip
    assert str(total.adjusted) == "-5.00万元"
    assert (record.goal.expected, record.goal.actual) == ("改造床位50张", "已改造48张")
    assert record.blanks == ("政府采购情况",)
    assert not reading.doubts


def test_questions_that_nobody_answered_are_kept() -> None:
    asked = FORM.replace("\t改造床位50张\t\t已改造48张\n", "").replace(
        "评价年度总体目标",
        "项目管理情况\t立项情况\t\t\t存在问题和改进措施\n\t政府采购情况\t\t\t问题：1. 2. …..\n评价年度总体目标",
    )
    assert read(asked)[0].blanks == ("预期目标", "目标实际完成情况", "立项情况", "政府采购情况")
    assert read(FORM)[0].blanks == ()


@pytest.mark.parametrize(
    "cells, target, actual",
    [
        ("明显改善\t", "明显改善", None),
        ("\t明显改善", None, "明显改善"),
        ("\t30户", None, "30户"),
        ("30户\t", "30户", None),
    ],
)
def test_a_value_alone_in_its_row_goes_by_its_column(
    cells: str, target: str | None, actual: str | None
) -> None:
    row = read(FORM.replace("质量指标\t指标1：验收合格率\t≥95%\t100%", f"质量指标\t居住条件\t{cells}"))[
        0
    ].indicators[1]
    assert (row.level3, row.target and row.demand, row.actual and row.actual.text) == (
        "居住条件",
        target,
        actual,
    )


def test_in_a_text_that_lost_its_columns_a_value_alone_goes_by_its_words() -> None:
    text = FORM.replace("\n\t\t", "\n").replace("\n\t", "\n").replace("绩效指标\t一级", "一级")
    rows = read(text.replace("100%", "").replace("48张", ""))[0].indicators
    assert [(row.target is None, row.actual is None) for row in rows[:2]] == [(False, True), (False, True)]
    assert rows[2].actual is not None
