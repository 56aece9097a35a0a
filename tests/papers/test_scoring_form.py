"""Scoring forms and framework tables: columns by headings, and by content where rows slid."""

import json
from decimal import Decimal

from jixiao.layout import Cell, Grid, Line, Place
from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Kind, Reading
from jixiao.papers.scoring_forms import scoring_form
from tests.papers.paper_blocks import SEEDS, blocks_of, lines_of, seed

Row = tuple[str | None, str | None, str | None, str | None, str, str]


def read(text: str) -> tuple[Evaluation, Reading]:
    reading = scoring_form.read(blocks_of(text))
    assert reading.kind is Kind.SCORING_FORM
    assert isinstance(reading.record, Evaluation)
    return reading.record, reading


def rows(record: Evaluation) -> list[Row]:
    return [
        (i.level1, i.level2, i.level3, i.level4, str(i.points), str(i.score_printed))
        for i in record.indicators
    ]


FRAMEWORK = """项目支出绩效评价指标体系框架
序号\t一级指标\t二级指标\t三级指标\t标准分值\t评分情况\t得分\t扣分
1\t决策（20分）\t项目立项（8分）\t立项依据充分性（3分）\t3\t符合政策规定。\t3\t0
2\t\t\t立项程序规范性（5分）\t5\t缺少批复文件。\t4\t1
3\t\t资金投入（12分）\t资金分配合理性（12分）\t12\t分配合理。\t12\t0
4\t产出（80分）\t产出数量（80分）\t实际完成率（80分）\t80\t完成率97%。\t77.6\t2.4
合计\t\t\t\t100\t\t96.6\t3.4
"""


def test_a_framework_table_with_deductions() -> None:
    record, _ = read(FRAMEWORK)
    assert rows(record) == [
        ("决策", "项目立项", "立项依据充分性（3分）".removesuffix("（3分）"), None, "3", "3"),
        ("决策", "项目立项", "立项程序规范性", None, "5", "4"),
        ("决策", "资金投入", "资金分配合理性", None, "12", "12"),
        ("产出", "产出数量", "实际完成率", None, "80", "77.6"),
    ]
    assert [str(i.deduction_printed) for i in record.indicators] == ["0", "1", "0", "2.4"]
    assert [i.remarks for i in record.indicators][1] == "缺少批复文件。"
    assert [(c.name, c.level, str(c.points)) for c in record.classes] == [
        ("决策", 1, "20"), ("项目立项", 2, "8"), ("资金投入", 2, "12"), ("产出", 1, "80"), ("产出数量", 2, "80"),
    ]  # fmt: skip
    assert (record.points_printed, record.total_printed) == (Decimal(100), Decimal("96.6"))


def test_a_row_of_dots_is_kept_as_residue() -> None:
    assert read(FRAMEWORK)[0].residue == ()
    assert read(FRAMEWORK.replace("合计", "5\t\t……\n合计"))[0].residue == ("……",)


def test_a_row_that_slid_by_a_cell_keeps_its_values() -> None:
    slid = FRAMEWORK.replace(
        "3\t\t资金投入（12分）\t资金分配合理性（12分）\t12",
        "3\t\t\t资金投入（12分）\t资金分配合理性（12分）\t12",
    )
    assert rows(read(slid)[0]) == rows(read(FRAMEWORK)[0])


def test_a_second_level_whose_points_are_used_up_is_not_inherited() -> None:
    lost = FRAMEWORK.replace(
        "3\t\t资金投入（12分）\t资金分配合理性（12分）\t12", "3\t\t资金分配合理性（12分）\t12"
    )
    record, reading = read(lost)
    assert rows(record)[2][:3] == ("决策", None, "资金分配合理性")
    assert any(d.where == "indicators.2.level2" and d.alternative == "项目立项" for d in reading.doubts)


def test_a_table_broken_by_a_page_is_one_table() -> None:
    broken = FRAMEWORK.replace("3\t\t资金投入", "\n3\t\t资金投入")
    assert rows(read(broken)[0]) == rows(read(FRAMEWORK)[0])


def test_columns_in_another_order_are_found_by_their_headings() -> None:
    text = (
        "绩效评价指标体系及评分表\n一级指标\t二级指标\t三级指标\t分值\t指标解释\t评价标准\t得分\t扣分原因\n"
        "产出（100分）\t产出数量\t实际完成率\t60\t完成率\t按比例得分\t58.5\t有2个村未完成\n\t产出质量\t质量达标率\t40\t达标率\t按比例得分\t40\t\n总分\t\t\t100\t\t\t98.5\t"
    )
    record, _ = read(text)
    assert rows(record) == [
        ("产出", "产出数量", "实际完成率", None, "60", "58.5"),
        ("产出", "产出质量", "质量达标率", None, "40", "40"),
    ]
    assert record.indicators[0].remarks == "有2个村未完成"


def test_targets_and_results_are_taken_where_the_form_has_them() -> None:
    text = "指标评分表\n一级指标\t二级指标\t三级指标\t指标值\t实际完成值\t权重\t得分\n产出指标\t数量指标\t培训人次\t≥500人次\t520人次\t50\t50\n\t质量指标\t合格率\t≥95%\t93%\t50\t48.95"
    record, _ = read(text)
    assert [(i.target and i.target.text, i.actual and i.actual.text) for i in record.indicators] == [
        ("≥500人次", "520人次"),
        ("≥95%", "93%"),
    ]


def four_levels() -> Grid:
    table: list[list[str | tuple[str, int, int] | None]] = [
        [("一级指标", 1, 2), None, ("二级指标", 1, 2), None, ("三级指标", 1, 2), None, ("四级指标", 1, 2), None, ("评分标准", 2, 1), ("评分说明", 2, 1), ("得分", 2, 1)],
        ["名称", "分值", "名称", "分值", "名称", "分值", "名称", "分值"],
        [("决策", 2, 1), ("20", 2, 1), ("项目立项", 2, 1), ("20", 2, 1), "论证决策", "12", "论证充分性", "12", "依据充分得12分", "有会议纪要", "12"],
        [None, None, None, None, "目标设置", "8", "完整性", "8", "要素完整得8分", "缺少时效目标", "6.5"],
        ["过程", "80", "资金管理", "80", "资金支付", "80", "预算执行率", "80", "执行率×80", "", "78.4"],
        ["合计", "100", "", "100", "", "100", "", "100", "", "", "96.9"],
    ]  # fmt: skip
    cells = []
    for r, row in enumerate(table):
        for c, entry in enumerate(row):
            if entry is not None:
                text, rowspan, colspan = (entry, 1, 1) if isinstance(entry, str) else entry
                cells.append(Cell(r, c, text, rowspan, colspan, place=Place(row=r + 1, column=c + 1)))
    return Grid(tuple(cells))


def test_a_four_level_form_with_merged_cells() -> None:
    blocks = (
        Line("附件2"),
        Line("2023年度项目支出绩效自评指标评分表"),
        Line("项目名称：卫生院建设"),
        Line("项目单位：青禾县卫健局"),
        four_levels(),
    )
    assert scoring_form.looks_like(blocks)
    reading = scoring_form.read(blocks)
    record = reading.record
    assert isinstance(record, Evaluation)
    assert (record.project.name, record.project.unit, record.year) == ("卫生院建设", "青禾县卫健局", 2023)
    assert rows(record) == [
        ("决策", "项目立项", "论证决策", "论证充分性", "12", "12"),
        ("决策", "项目立项", "目标设置", "完整性", "8", "6.5"),
        ("过程", "资金管理", "资金支付", "预算执行率", "80", "78.4"),
    ]
    assert [i.remarks for i in record.indicators] == ["有会议纪要", "缺少时效目标", None]
    assert (record.points_printed, record.total_printed) == (Decimal(100), Decimal("96.9"))
    assert reading.places["indicators.1.score_printed"] == Place(row=4, column=11)


def test_a_score_without_a_name_is_given_to_no_row() -> None:
    text = FRAMEWORK.replace(
        "2\t\t\t立项程序规范性（5分）\t5\t缺少批复文件。\t4\t1", "2\t\t\t\t\t缺少批复文件，按规定扣分。\t4\t1"
    )
    record, reading = read(text)
    assert [i.level3 for i in record.indicators] == ["立项依据充分性", "资金分配合理性", "实际完成率"]
    assert any("没有指标名称" in d.why and d.alternative == "4" for d in reading.doubts)


def test_a_name_alone_is_no_indicator() -> None:
    record, reading = read(FRAMEWORK.replace("合计\t", "\t\t\t生态效益\t\t\t\t\n合计\t"))
    assert len(record.indicators) == 4
    assert any("生态效益" in d.why for d in reading.doubts)


def test_nothing_is_read_from_nothing() -> None:
    assert scoring_form.read(()).record == Evaluation()
    assert not scoring_form.looks_like(())


def test_the_four_level_form_of_the_fourth_seed_agrees_with_the_golden_file() -> None:
    record, reading = read(lines_of(seed(3), 129, 192))
    golden = json.loads((SEEDS / "../golden/seeds.json").read_text("utf-8"))
    wanted = next(r for r in golden if r["kind"] == "scoring_form")
    firsts = {c.name: [str(c.points), str(c.score_printed)] for c in record.classes if c.level == 1}
    assert firsts == wanted["level1"]
    assert (str(record.points_printed), str(record.total_printed)) == (
        wanted["points_printed"],
        wanted["total_printed"],
    )
    assert (record.project.name, record.project.unit) == (wanted["project"], wanted["unit"])
    assert all(
        i.score_printed is None or i.points is None or i.score_printed <= i.points for i in record.indicators
    )
    assert sum("没有单独印出" in d.why for d in reading.doubts) == 4


def test_the_framework_of_the_third_seed_has_its_twenty_rows() -> None:
    record, _ = read(lines_of(seed(2), 319, 346))
    assert len(record.indicators) == 20
    assert sum(i.points or 0 for i in record.indicators) == record.points_printed == Decimal(100)
    assert sum(i.score_printed or 0 for i in record.indicators) == record.total_printed == Decimal("99.7")
    assert sum(i.deduction_printed or 0 for i in record.indicators) == Decimal("0.3")


def test_a_name_that_ends_in_a_digit_keeps_it() -> None:
    text = "指标评分表\n一级指标\t二级指标\t三级指标\t分值\t得分\n产出 100\t数量\t指标1\t60\t55\n\t\t二期工程2\t40\t40\n合计\t\t\t100\t95"
    record, _ = read(text)
    assert rows(record) == [
        ("产出", "数量", "指标1", None, "60", "55"),
        ("产出", "数量", "二期工程2", None, "40", "40"),
    ]
    assert [(c.name, str(c.points)) for c in record.classes] == [("产出", "100"), ("数量", "None")]


def test_an_empty_column_of_explanations_is_kept_as_a_question_nobody_answered() -> None:
    head = "指标评分表\n一级指标\t分值\t二级指标\t分值\t三级指标\t分值\t评分说明\t得分\n"
    row = "决策\t20\t项目立项\t20\t论证充分性\t20\t{}\t20\n"
    assert read(head + row.format(""))[0].blanks == ("评分说明",)
    assert read(head + row.format("有会议纪要"))[0].blanks == ()
    assert read(head.replace("评分说明", "扣分原因") + row.format(""))[0].blanks == ()


def test_a_name_that_begins_like_an_explanation_is_a_name_where_its_points_stand_behind_it() -> None:
    text = "评分表\n| 一级指标 | 二级指标 | 三级指标 | 得分 |\n| 管理（7分） | 评价（7分） | 评价开展（4分） | 4 |\n| 评价结果应用（3分） | 2 |\n"
    record, _ = read(text)
    assert rows(record)[1] == ("管理", "评价", "评价结果应用", None, "3", "2")
