"""The whole table: what slid, is lost or stands double is put back where it can be, and said."""

from decimal import Decimal

import pytest

from jixiao.model.figure import WAN, figure_of
from jixiao.model.reading import Kind
from tests.layouts.small import HEAD, HEADING, ROWS, TOTAL, readings_of, table_of, text_of


def with_row(number: int, row: str) -> tuple[str, ...]:
    return tuple(row if k == number else kept for k, kept in enumerate(ROWS))


def levels(text: str) -> list[tuple[str | None, str | None, str | None]]:
    record, _ = table_of(text)
    return [(row.level1, row.level2, row.level3) for row in record.indicators]


def test_a_sound_table_is_read_without_a_doubt() -> None:
    record, reading = table_of(text_of())
    assert reading.doubts == ()
    assert reading.confidence == 1
    assert (record.project.name, record.project.department) == ("护林员管护补助", "青禾县林业和草原局")
    assert (record.year, f"{record.points_printed}", f"{record.total_printed}") == (2023, "100", "97.50")
    assert record.form == "F-10"


def test_a_class_is_carried_down_to_the_rows_below_it() -> None:
    assert [row[0] for row in levels(text_of())] == [
        "产出指标",
        "产出指标",
        "产出指标",
        "效益指标",
        "满意度指标",
    ]


def test_a_row_that_slid_to_the_right_is_put_back_with_both_readings_in_a_doubt() -> None:
    record, reading = table_of(text_of(with_row(1, "\t\t\t质量指标\t管护合格率\t≥95%\t96%\t15\t15")))
    row = record.indicators[1]
    assert (row.level1, row.level2, row.level3) == ("产出指标", "质量指标", "管护合格率")
    assert row.target is not None
    assert row.target.text == "≥95%"
    assert (row.points, row.score_printed) == (Decimal(15), Decimal(15))
    (doubt,) = reading.doubts
    assert doubt.where == "indicators.1"
    assert doubt.reading is not None
    assert "三级指标：管护合格率" in doubt.reading
    assert doubt.alternative is not None
    assert "质量指标｜管护合格率｜≥95%" in doubt.alternative


def test_a_row_that_slid_to_the_left_is_put_back() -> None:
    record, _ = table_of(text_of(with_row(1, "\t质量指标\t管护合格率\t≥95%\t96%\t15\t15\t\t")))
    row = record.indicators[1]
    assert (row.level1, row.level2, row.level3, row.points) == (
        "产出指标",
        "质量指标",
        "管护合格率",
        Decimal(15),
    )


def test_a_row_with_more_cells_than_headings_leaves_target_and_actual_open() -> None:
    crowded = "\t产出指标\t数量指标\t巡护林地面积\t≥800亩\t巡护林地\t≥900亩\t820亩\t20\t20\t"
    record, reading = table_of(text_of(with_row(0, crowded)))
    row = record.indicators[0]
    assert (row.target, row.actual) == (None, None)
    assert (row.points, row.score_printed) == (Decimal(20), Decimal(20))
    assert {"indicators.0.target", "indicators.0.actual"} <= {doubt.where for doubt in reading.doubts}


def test_a_dash_is_an_empty_cell_and_no_zero() -> None:
    record, _ = table_of(text_of(with_row(1, "\t\t质量指标\t管护合格率\t≥95%\t—\t15\t0\t—")))
    row = record.indicators[1]
    assert (row.actual, row.reason, row.score_printed) == (None, None, Decimal(0))


def test_points_and_score_run_together_are_taken_apart_and_said() -> None:
    record, reading = table_of(text_of(with_row(1, "\t\t质量指标\t管护合格率\t≥95%\t96%\t1515\t\t")))
    assert (record.indicators[1].points, record.indicators[1].score_printed) == (Decimal(15), Decimal(15))
    assert [doubt.where for doubt in reading.doubts] == ["indicators.1"]


def test_a_total_without_its_label_is_still_the_total() -> None:
    record, _ = table_of(text_of(total="\t\t\t\t\t\t100\t97.50\t"))
    assert len(record.indicators) == 5
    assert (f"{record.points_printed}", f"{record.total_printed}") == ("100", "97.50")


def test_a_total_above_the_rows_is_no_indicator() -> None:
    record, _ = table_of(text_of((TOTAL, *ROWS), total=""))
    assert len(record.indicators) == 5
    assert f"{record.total_printed}" == "97.50"


def test_labels_of_the_satisfaction_class_below_their_row_are_put_back_and_said() -> None:
    rows = (
        *ROWS[:4],
        "\t\t\t林区群众满意度\t≥90%\t93%\t10\t10\t",
        "\t满意度指标\t服务对象满意度指标\t\t\t\t\t\t",
    )
    record, reading = table_of(text_of(rows))
    assert record.indicators[4].level1 == "满意度指标"
    assert record.indicators[4].level2 == "服务对象满意度指标"
    (doubt,) = reading.doubts
    assert doubt.where == "indicators.4.level1"
    assert doubt.alternative == "效益指标／生态效益指标"


def test_template_rows_are_no_indicators_and_a_number_is_no_part_of_a_name() -> None:
    rows = (
        ROWS[0].replace("巡护", "指标1：巡护"), "\t\t\t指标2：\t\t\t\t\t", "\t\t\t……\t\t\t\t\t", *ROWS[1:3],
        "\t效益指标\t经济效益指标\t\t\t\t\t\t", "\t\t生态效益指标\t林区生态环境\t持续改善\t达成预期指标\t30\t30\t", ROWS[4],
    )  # fmt: skip
    assert levels(text_of(rows)) == levels(text_of())
    assert table_of(text_of(rows))[0].residue == ("指标2：", "……")
    assert table_of(text_of())[0].residue == ()


def test_class_points_in_brackets_are_a_mark_and_no_part_of_the_name() -> None:
    record, _ = table_of(text_of(with_row(0, ROWS[0].replace("产出指标", "产出指标（50分）"))))
    assert record.indicators[0].level1 == "产出指标"
    assert [(mark.name, mark.points) for mark in record.classes] == [("产出指标", Decimal(50))]


def test_a_label_set_wide_is_the_class_it_says() -> None:
    record, _ = table_of(text_of(with_row(0, ROWS[0].replace("产出指标", "产 出 指 标"))))
    assert record.indicators[0].level2 == "数量指标"
    assert (record.indicators[0].level1 or "").replace(" ", "") == "产出指标"


def test_a_heading_that_is_not_there_is_found_by_what_the_rows_hold() -> None:
    record, _ = table_of(text_of(heading=""))
    assert [(row.level3, row.points) for row in record.indicators] == [
        ("巡护林地面积", Decimal(20)), ("管护合格率", Decimal(15)), ("补助发放及时率", Decimal(15)), ("林区生态环境", Decimal(30)), ("林区群众满意度", Decimal(10)),
    ]  # fmt: skip


def test_head_and_fund_block_that_are_missing_are_said_to_be_missing() -> None:
    record, reading = table_of(text_of(head=HEAD[:2]))
    assert record.project.name is None
    assert record.funds.total is None
    assert record.execution.score_printed is None
    assert {"project.name", "funds.total"} <= {doubt.where for doubt in reading.doubts}


def test_a_heading_repeated_on_the_next_page_begins_no_second_table() -> None:
    text = text_of((*ROWS[:2], "", HEADING, *ROWS[2:])).replace(
        ROWS[1] + "\n", ROWS[1] + "\n\n第 2 页 共 3 页\n\n"
    )
    assert levels(text) == levels(text_of())


def test_two_papers_in_a_file_are_two_readings_in_order() -> None:
    second = text_of().replace("护林员管护补助", "灌溉渠道清淤工程")
    readings = readings_of(text_of() + "\n\n" + second)
    assert [(r.index, r.kind, r.record.project.name) for r in readings] == [  # type: ignore[union-attr]
        (0, Kind.SELFEVAL_TABLE, "护林员管护补助"),
        (1, Kind.SELFEVAL_TABLE, "灌溉渠道清淤工程"),
    ]


def test_notes_behind_the_table_are_kept_item_by_item() -> None:
    record, _ = table_of(text_of() + "\n注：1.得分保留两位小数。\n2.定量指标按比例计分。\n")
    assert record.notes == ("1.得分保留两位小数。", "2.定量指标按比例计分。")
    assert len(record.indicators) == 5


def test_a_grade_is_read_where_the_tail_prints_one() -> None:
    assert table_of(text_of() + "\n自评等级\t优\t\t\t\t\t\t\t")[0].grade_printed == "优"
    assert table_of(text_of() + "\n自评等级：“良好”")[0].grade_printed == "良好"
    assert table_of(text_of())[0].grade_printed is None


def test_confidence_falls_where_the_total_is_not_the_sum() -> None:
    _, reading = table_of(text_of(total="总分\t\t\t\t\t\t100\t87.50\t"))
    assert reading.confidence < 1


def test_every_cell_that_was_read_has_its_place() -> None:
    _, reading = table_of(text_of())
    assert reading.places["indicators.2.score_printed"].line == 13
    assert reading.places["funds.total.annual"].line == 6
    assert reading.places["project.name"].line == 3


def test_amounts_carry_the_unit_that_the_block_prints() -> None:
    record, _ = table_of(text_of())
    assert record.funds.total is not None
    assert record.funds.total.annual == figure_of("50.00", WAN)


@pytest.mark.parametrize("text", ["", "会议通知\n请各单位于周五前报送材料。\n"])
def test_a_page_without_a_table_is_unknown_and_says_what_was_missed(text: str) -> None:
    (reading,) = readings_of(text or "空白页")
    assert reading.kind is Kind.UNKNOWN
    assert "没有找到自评表的表头" in reading.doubts[0].why


def test_a_heading_that_was_guessed_is_said_in_a_doubt() -> None:
    _, reading = table_of(text_of(heading=""))
    assert reading.doubts


def test_an_unknown_last_column_is_no_reason_for_a_deviation() -> None:
    rows = tuple(row + "\t台账及照片" for row in ROWS)
    record, _ = table_of(text_of(rows, heading=HEADING + "\t归档册号"))
    assert record.indicators[0].reason is None


def test_a_second_level_that_belongs_to_a_class_not_printed_is_doubted() -> None:
    _, reading = table_of(text_of(with_row(3, ROWS[3].replace("\t效益指标", "\t", 1))))
    assert reading.doubts


def test_a_goal_may_speak_of_the_budget_itself() -> None:
    head = tuple(line.replace("完成管护任务。", "严格按年初预算执行，完成管护任务。") for line in HEAD)
    record, _ = table_of(text_of(head=head))
    assert record.goal.actual == "严格按年初预算执行，完成管护任务。"


def test_the_last_class_of_a_table_that_the_file_cuts_off_is_doubtful() -> None:
    rows = tuple(
        row.replace("产出指标", "产出指标（50分）").replace("效益指标\t生态", "效益指标（30分）\t生态")
        for row in ROWS[:4]
    )
    _, cut_off = table_of(text_of(rows, total=""))
    assert [d.where for d in cut_off.doubts if "没有印全" in d.why] == ["classes.1"]
    _, whole = table_of(text_of(rows))
    assert not [d for d in whole.doubts if "没有印全" in d.why]


def test_goals_end_where_the_tasks_of_a_department_begin() -> None:
    tasks = ("年度主要任务\t任务名称\t主要内容\t预算金额", "\t管护\t管护林地800亩\t40")
    record, _ = table_of(text_of(head=(*HEAD, *tasks)))
    assert record.goal.actual == "完成管护任务。"


def test_a_fund_block_that_is_printed_and_not_read_is_the_readings_fault() -> None:
    lost = (*HEAD[:4], "项目资金（万元）\t年度资金总额\t\t\t\t\t\t\t\t", *HEAD[7:])
    _, printed = table_of(text_of(head=lost))
    assert "funds" in {d.where for d in printed.doubts}
    _, silent = table_of(text_of(head=(*HEAD[:4], *HEAD[7:])))
    assert "funds" not in {d.where for d in silent.doubts}


def test_a_row_named_after_the_execution_is_an_indicator_where_no_row_has_a_class() -> None:
    rows = ("资金执行率\t≥90%\t100%\t10", "巡护面积\t≥800亩\t820亩\t10", "合格率\t≥95%\t96%\t10")
    record, _ = table_of(
        text_of(rows, head=HEAD[:4], heading="三级指标\t年初目标值\t实际完成值\t得分", total="")
    )
    assert [row.level3 for row in record.indicators][:1] == ["资金执行率"]


def test_satisfaction_may_stand_below_the_benefits() -> None:
    record, reading = table_of(text_of(with_row(4, ROWS[4].replace("\t满意度指标", "\t", 1))))
    assert record.indicators[4].level1 == "效益指标"
    assert not [d for d in reading.doubts if "漏印" in d.why]


ADJUSTED = """2022年度部门整体绩效自评表

| 部门（单位）名称 | 青禾区交通局 | 财政处室 | 经济建设科 | 自评总分（分） | 97.05 | | | | |
| 部门预算执行情况（万元） | 年初预算数 | 全年（调整）预算数 | 全年执行数 | 执行率（%） | 执行率权重 | 执行率得分（分） | | | |
| | 1200.00 | 1000.00 | 905.00 | 90.50% | 10 | 9.05 | | | |
| 当年绩效目标 | 年初绩效目标 | 全年（调整）绩效目标 | 全年目标实际完成情况 | | | | | | |
| | 养护公路。 | 无 | 养护公路120公里。 | | | | | | |
| 绩效指标 | 指标名称 | 计量单位 | 指标性质 | 年初指标值 | 调整指标值 | 全年完成值 | 得分系数（%） | 指标权重（分） | 指标得分（分） | 是否核心指标 |
| | 养护里程 | 公里 | ≥ | 120 | | 120 | 100 | 50 | 50 | 是 |
| | 检测桥梁 | 座 | ≥ | 30 | 20 | 18 | 90 | 40 | 38 | 否 |
| 说明 | 桥梁检测因汛期推迟，次年3月底前完成。 |
"""


def test_a_form_with_initial_and_adjusted_figures_is_read_by_those_that_hold() -> None:
    record, reading = table_of(ADJUSTED)
    total = record.funds.total
    assert total is not None
    assert [f"{f}" for f in (total.initial, total.annual, total.executed)] == [
        "1200.00万元",
        "1000.00万元",
        "905.00万元",
    ]
    assert (f"{record.execution.points}", f"{record.execution.score_printed}") == ("10", "9.05")
    assert (record.goal.expected, record.goal.actual) == ("养护公路。", "养护公路120公里。")
    assert [r.target.text if r.target else None for r in record.indicators] == ["120", "20"]
    assert [f"{r.points}/{r.score_printed}" for r in record.indicators] == ["50/50", "40/38"]
    assert (f"{record.total_printed}", record.project.unit) == ("97.05", "青禾区交通局")
    assert record.reason == "桥梁检测因汛期推迟，次年3月底前完成。"
    assert [d.where for d in reading.doubts] == ["project.name"]


def test_a_lone_sum_called_the_total_score_is_no_sum_of_points() -> None:
    record, _ = table_of(text_of(total="自评总分\t\t\t\t\t\t97.50\t\t"))
    assert (record.points_printed, f"{record.total_printed}") == (None, "97.50")


def test_the_reason_may_be_told_in_a_line_below_the_table() -> None:
    record, _ = table_of(text_of() + "\n未完成原因：发放推迟，改进措施：提前造册。\n")
    assert record.reason == "发放推迟，改进措施：提前造册。"
