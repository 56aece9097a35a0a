"""Layouts that other provinces print: funds beside their labels, headings in two rows, sums alone; all units are invented."""

from decimal import Decimal

from jixiao import api
from jixiao.model.evaluation import Evaluation

HEADING = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
ROWS = (
    "产出指标\t数量指标\t清淤山塘数\t≥12座\t11座\t50\t45.83\n"
    "效益指标\t社会效益指标\t受益农户\t≥500户\t520户\t40\t40\n"
)


def table_of(text: str) -> Evaluation:
    (paper,) = api.read_papers(text.encode(), name="表.txt")
    assert isinstance(paper.record, Evaluation)
    return paper.record


def told(record: Evaluation) -> tuple[str, ...]:
    """The total row of the funds and what it says of execution, as figures."""
    total, execution = record.funds.total, record.execution
    assert total is not None
    figures = (total.initial, total.annual, total.executed, execution.rate_printed)
    marks = (execution.points, execution.score_printed)
    return tuple("" if one is None else str(getattr(one, "value", one)) for one in (*figures, *marks))


def test_the_sum_of_money_and_the_marks_of_its_rate_are_read_by_the_words_of_their_form() -> None:
    text = (
        "项目支出绩效自评表\n项目名称\t山塘清淤\t自评总分（分）\t95.43\n"
        "项目资金（万元）\t年初预算数\t全年（调整）预算数\t全年执行数\t执行率（%）\t执行率权重\t执行率得分（分）\n"
        "总金额\t30.00\t28.50\t27.36\t96.00\t10\t9.60\n其中：财政资金\t30.00\t28.50\t27.36\n"
    )
    record = table_of(text + HEADING + ROWS)
    assert told(record) == ("30.00", "28.50", "27.36", "96.00", "10", "9.60")
    assert record.total_printed == Decimal("95.43")


def test_a_row_of_amounts_without_a_name_is_the_total_though_named_sources_stand_below() -> None:
    text = (
        "项目支出绩效自评表\n项目名称\t乡道养护\n"
        "项目预算执行情况（万元）\t年初预算数\t全年预算数\t全年执行数\t预算执行率\t分值\t得分\n"
        "\t420\t400\t388.8\t97.2%\t10\t9.72\n其中：财政拨款\t420\t400\t388.8\t97.2%\t—\t—\n"
    )
    record = table_of(text + HEADING + ROWS)
    assert told(record) == ("420", "400", "388.8", "97.2", "10", "9.72")
    assert record.funds.fiscal is not None


def test_amounts_beside_their_labels_are_the_fund_block_and_a_score_beside_them_the_total() -> None:
    text = (
        "项目绩效自评表\n单位：万元\n项目名称\t养老平台\n"
        "预算数\t165\t执行数\t162.53\t执行率\t98.50%\t自评得分\t95.83\n"
        "绩效目标\t保障平台稳定运行。\n完成情况\t平台稳定运行。\n"
    )
    record = table_of(text + HEADING + ROWS)
    assert told(record) == ("", "165", "162.53", "98.50", "", "")
    assert (record.total_printed, record.goal.expected) == (Decimal("95.83"), "保障平台稳定运行。")


def test_amounts_in_a_line_behind_their_labels_are_the_fund_block() -> None:
    text = "项目绩效自评表\n项目名称：河道保洁    项目单位：柳溪区水务局    单位：万元\n预算安排：50.00    实际支出：48.75    预算执行率：97.5%\n"
    record = table_of(text + HEADING + ROWS)
    assert told(record) == ("", "50.00", "48.75", "97.5", "", "")
    assert (record.project.name, record.project.unit) == ("河道保洁", "柳溪区水务局")


def test_the_column_between_sign_and_unit_is_the_target_whatever_it_is_called() -> None:
    text = (
        "项目支出绩效自评表\n项目名称\t乡道养护\n"
        "一级指标\t二级指标\t三级指标\t年度指标值\t\t\t全年完成值\t完成比例\t分值\t得分\t改进措施\n"
        "\t\t\t运算符号\t内容\t度量单位\n"
        "产出指标\t数量指标\t养护里程\t>=\t320\t公里\t318\t99.38%\t50\t49.69\t增加人员\n"
        "效益指标\t社会效益指标\t出行改善\t定性\t改善\t\t明显改善\t100%\t40\t40\t\n"
    )
    rows = table_of(text).indicators
    assert [(r.target.text, r.sign, r.unit) for r in rows if r.target] == [
        ("320", ">=", "公里"),
        ("改善", "定性", None),
    ]


def test_a_lone_sum_over_blank_scores_is_that_of_the_points() -> None:
    blank = ROWS.replace("45.83", "").replace("\t40\t40", "\t40\t")
    record = table_of("项目支出绩效自评表\n项目名称\t山塘清淤\n" + HEADING + blank + "合计\t100\n")
    assert (record.points_printed, record.total_printed) == (Decimal(100), None)
    assert [row.score_printed for row in record.indicators] == [None, None]


def test_the_sum_of_what_was_taken_off_is_no_total() -> None:
    text = (
        "项目支出绩效自评表\n项目名称\t退耕还林\n一级指标\t二级指标\t三级指标\t指标值\t完成值\t标准分\t扣分\t得分\t扣分原因\n"
        "产出指标\t数量指标\t补植株数\t12000\t9000\t60\t-15\t45\t苗木不足\n"
        "效益指标\t社会效益指标\t受益农户\t500\t520\t40\t0\t40\t\n合计\t\t\t\t\t100\t-15\t85\t\n"
    )
    record = table_of(text)
    assert (record.points_printed, record.total_printed) == (100, 85)


def test_letters_of_a_label_that_runs_down_the_side_name_no_class() -> None:
    text = (
        "项目支出绩效自评表\n项目名称 消防装备\n一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n"
        "绩 产出指标 数量指标 购置装备 50套 48套 20 19.2\n效 质量指标 验收合格率 100% 100% 20 20\n"
        "指 时效指标 按期到货率 100% 96% 20 19.2\n标\n效益指标 社会效益指标 救援能力 提升 提升 40 40\n总分 100 98.4\n"
    )
    rows = table_of(text).indicators
    assert [(r.level1, r.level2) for r in rows] == [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("产出指标", "时效指标"),
        ("效益指标", "社会效益指标"),
    ]


def test_goals_below_a_label_in_three_lines_and_a_date_in_two_are_whole() -> None:
    text = (
        "项目支出绩效自评表\n（2023年度）\n项目名称\n电网改造\n项目资金（万元）\n年初预算数\n全年预算数\n全年执行数\n分值\n执行率\n得分\n"
        "年度资金总额\n500\n480\n456\n10\n95.00%\n9.50\n年度\n总体\n目标\n预期目标\n实际完成情况\n改造线路30公里，惠\n及农户2000户。\n"
        "改造线路29公里，惠\n及农户1950户。\n一级指标\n二级指标\n三级指标\n年度指标值\n实际完成值\n分值\n得分\n偏差原因分析及改进措施\n"
        "产出指标\n数量指标\n改造线路\n≥30公里\n29公里\n25\n24.17\n征地受阻\n时效指标\n完工时间\n2023年11月\n底前\n2023年12月\n25\n20\n同上\n"
        "效益指标\n社会效益指标\n惠及农户\n≥2000户\n1950户\n40\n39\n同上\n总分\n100\n92.67\n"
    )
    record = table_of(text)
    assert (record.goal.expected, record.goal.actual) == (
        "改造线路30公里，惠及农户2000户。",
        "改造线路29公里，惠及农户1950户。",
    )
    second = record.indicators[1]
    assert second.target is not None
    assert second.actual is not None
    assert (second.target.text, second.actual.text) == ("2023年11月底前", "2023年12月")


def test_the_total_below_a_table_counts_where_the_sum_above_leaves_execution_out() -> None:
    text = (
        "项目支出绩效自评表\n项目名称\t青年交流\n预算执行情况（万元）\t年初批复数\t调整后预算数\t实际支出数\t预算执行率\t得分\n"
        "\t60.00\t55.00\t50.05\t91.00%\t9.10\n"
    )
    record = table_of(text + HEADING + ROWS + "合计\t\t\t\t\t90\t85.83\n总得分：94.93\n")
    assert told(record) == ("60.00", "55.00", "50.05", "91.00", "", "9.10")
    assert (record.points_printed, record.total_printed) == (Decimal(90), Decimal("94.93"))


def test_a_printed_class_of_inputs_is_not_moved_to_the_outputs() -> None:
    record = table_of(
        "项目支出绩效自评表\n项目名称\t青年交流\n"
        + HEADING
        + "投入\t时效指标\t支出时效\t100%\t91%\t10\t9.1\n"
        "产出\t数量指标\t交流场次\t10场\t9场\t50\t45\n效益\t社会效益指标\t报道次数\t20次\t23次\t40\t40\n"
    )
    assert [row.level1 for row in record.indicators] == ["投入", "产出", "效益"]


def test_costs_are_a_second_level_where_every_row_begins_at_the_left() -> None:
    record = table_of(
        "项目支出绩效自评表\n项目名称\t文化站\n"
        + HEADING
        + "产出指标\t数量指标\t更新站数\t12个\t11个\t30\t27.5\n"
        "质量指标\t合格率\t100%\t100%\t10\t10\n成本指标\t设备均价\t≤0.6万元\t0.54万元\t20\t20\n"
        "效益指标\t社会效益指标\t活动场次\t120场\t126场\t40\t40\n"
    )
    assert [(row.level1, row.level2) for row in record.indicators] == [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("产出指标", "成本指标"),
        ("效益指标", "社会效益指标"),
    ]


def test_headings_that_begin_with_performance_are_columns_of_their_own() -> None:
    record = table_of(
        "项目支出绩效自评表\n项目名称\t统计公报\n一级指标\t二级指标\t三级指标\t绩效指标性质\t绩效指标值\t绩效度量单位\t权重\t实际完成值\t得分\n"
        "产出指标\t数量指标\t发布公报\t=\t12\t期\t60\t12\t60\n效益指标\t社会效益指标\t服务评价\t定性\t优良\t\t40\t优\t38\n"
    )
    rows = record.indicators
    assert [(r.sign, r.unit, r.points, r.score_printed) for r in rows] == [
        ("=", "期", 60, 60),
        ("定性", None, 40, 38),
    ]
    assert [r.actual.text for r in rows if r.actual] == ["12", "优"]


def test_a_total_row_that_labels_each_of_its_sums_is_read_by_its_labels() -> None:
    text = "项目支出绩效自评表\n项目名称\t危房改造\n年度总体目标\t预期目标\t实际完成情况\n\t改造50户\t改造48户\n项目支出绩效指标表\n"
    tail = "其他需要说明的事项\t无\n总分\t总分值\t100\t总得分\t95.33\t自评等级\t优\n"
    record = table_of(text + HEADING + ROWS + tail)
    assert (record.points_printed, record.total_printed, record.grade_printed) == (
        100,
        Decimal("95.33"),
        "优",
    )
    assert (record.goal.expected, record.goal.actual) == ("改造50户", "改造48户")
    assert len(record.indicators) == 2


def test_the_whole_of_the_points_is_a_total_row_and_no_indicator() -> None:
    text = (
        "部门预算项目支出绩效自评表\n项目名称\t森林抚育\n资金总额（万元）\t预算资金\t实际支出\t预算执行率\t分值\t自评得分\n"
        "小计\t135.00\t128.25\t95.00%\t10\t9.5\n财政资金\t135.00\t128.25\t95.00%\n年度绩效目标\t抚育5000亩\n绩效目标完成情况\t抚育4860亩\n"
        "绩效指标\t一级指标\t二级指标\t三级指标\t绩效指标值\t绩效指标完成情况\t分值\t自评得分\n"
        "\t产出指标\t数量指标\t抚育面积\t5000亩\t4860亩\t50\t48.6\n\t效益指标\t生态效益指标\t森林质量\t提高\t提高\t40\t38\n总分值\t\t\t\t\t\t100\t96.1\n"
    )
    record = table_of(text)
    assert told(record) == ("", "135.00", "128.25", "95.00", "10", "9.5")
    assert [r.actual.text for r in record.indicators if r.actual] == ["4860亩", "提高"]
    assert (record.points_printed, record.total_printed) == (100, Decimal("96.1"))
    assert (record.goal.expected, record.goal.actual) == ("抚育5000亩", "抚育4860亩")
