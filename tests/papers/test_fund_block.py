"""The fund block: amounts under their headings, by column or by the sums they must make."""

import pytest

from jixiao.papers.table.fund_block import FundBlock, number, read_fund_block
from tests.layouts.small import stream_of, text_of

HEAD = "项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分"


def block_of(text: str) -> FundBlock:
    stream = stream_of(text)
    block = read_fund_block(stream, 0, len(stream.fold))
    assert block is not None
    return block


def cells(block: FundBlock, source: str) -> dict[str, str]:
    row = next(row for row in block.rows if row.source == source)
    return {kind: atom.fold for kind, atom in row.cells.items()}


def test_amounts_stand_under_their_headings_in_a_sound_grid() -> None:
    block = block_of(f"{HEAD}\n\t年度资金总额：\t40.00\t50.00\t45.00\t10\t90.00%\t9.00\n")
    assert cells(block, "total") == {
        "initial": "40.00", "annual": "50.00", "executed": "45.00", "points": "10", "rate": "90.00%", "score": "9.00",
    }  # fmt: skip
    assert block.unit == "万元"


def test_a_row_glued_together_is_taken_apart_by_its_own_sums() -> None:
    text = "项目资金（万元）年初预算数全年预算数全年执行数分值执行率得分年度资金总额202010100.00%10其他资金000预期目标"
    found = cells(block_of(text), "total")
    assert (found["points"], found["rate"], found["score"]) == ("10", "100.00%", "10")
    assert (found["annual"], found["executed"]) == ("20", "20")


def test_a_silent_initial_budget_leaves_the_others_where_their_sums_hold() -> None:
    text = "项目资金（元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分\n年度资金总额： 50000 45000 10 90.00% 9.00\n"
    found = cells(block_of(text), "total")
    assert "initial" not in found
    assert (found["annual"], found["executed"], found["score"]) == ("50000", "45000", "9.00")


def test_sources_are_told_by_their_labels() -> None:
    rows = "\t年度资金总额：\t9\t9\t9\t10\t100%\t10\n\t其中：当年财政拨款\t8\t8\t8\t\t\t\n\t上年结转资金\t0\t0\t0\t\t\t\n\t其他资金\t1\t1\t1\t\t\t"
    block = block_of(f"{HEAD}\n{rows}\n")
    assert [row.source for row in block.rows] == ["total", "fiscal", "carryover", "other"]
    assert [row.label for row in block.rows][1:] == ["其中：当年财政拨款", "上年结转资金", "其他资金"]
    assert cells(block, "other")["annual"] == "1"


def test_a_source_that_no_form_names_keeps_its_label() -> None:
    block = block_of(f"{HEAD}\n\t年度资金总额：\t9\t9\t9\t10\t100%\t10\n\t中央补助资金\t9\t9\t9\t\t\t\n")
    assert [(row.source, row.label) for row in block.rows][1] == ("more", "中央补助资金")


def test_a_page_without_amount_headings_has_no_fund_block() -> None:
    stream = stream_of("项目名称\t护林员管护补助\n主管部门\t青禾县林业和草原局\n")
    assert read_fund_block(stream, 0, len(stream.fold)) is None


def test_the_block_ends_where_the_goals_begin() -> None:
    stream = stream_of(text_of())
    block = read_fund_block(stream, 0, len(stream.fold))
    assert block is not None
    assert stream.fold[block.end :].startswith("年度总体目标")


@pytest.mark.parametrize(
    ("fold", "value"), [("1,234.50", "1234.50"), ("98.5%", "98.5"), ("20万元", "20"), ("—", None), ("约20", None)]
)  # fmt: skip
def test_a_number_is_one_plain_figure(fold: str, value: str | None) -> None:
    found = number(fold)
    assert (None if found is None else f"{found:f}") == value


@pytest.mark.parametrize("score", ["得分（20分*执行率）", "得分"])
def test_points_of_the_execution_may_stand_in_a_heading(score: str) -> None:
    head = f"预算执行情况（万元）（20分）\t\t预算数（A）\t执行数（B）\t执行率（B/A）\t{score}"
    assert block_of(f"{head}\n\t年度财政资金总额\t60.00\t57.00\t95.00%\t19.00\n").points == 20


def test_one_figure_too_many_is_left_out_by_the_sums_and_told() -> None:
    text = "项目资金(万元) 年初预算数 全年预算数(A) 全年执行数(B) 分值 执行率(B/A) 得分\n年度资金总额: 31.5 31.5 31.5 31.5 10 100% 10\n"
    block = block_of(text)
    found = cells(block, "total")
    assert (found["executed"], found["points"], found["rate"], found["score"]) == ("31.5", "10", "100%", "10")
    assert [label for label, _ in block.crowded] == ["年度资金总额"]


def test_amounts_run_together_with_their_rate_are_taken_apart() -> None:
    text = "预算执行情况(万元)资金来源预算数(A)执行数(B)执行率(B/A)一般预算内拨款4848100%合计4848100%年度绩效目标"
    found = cells(block_of(text), "total")
    assert (found["annual"], found["executed"], found["rate"]) == ("48", "48", "100%")


def test_management_below_the_funds_gives_no_row_of_money() -> None:
    text = (
        "资金情况（万元）\t\t全年预算数（A）\t全年执行数（B）\t预算执行率（B/A）\n\t年度资金总额：\t560\t550\t98.21%\n"
        "\t地方资金（市级）\t80\t80\t100%\n\t地方资金（区级）\t60\t60\t100%\n资金管理情况\t\t情况说明\n\t下达及时性\t中央资金2025年4月11日收到\n"
    )
    found = [(row.label, row.cells["annual"].fold) for row in block_of(text).rows]
    assert found == [("年度资金总额", "560"), ("地方资金（市级）", "80"), ("地方资金（区级）", "60")]


def test_a_glued_row_of_a_source_repeats_the_amounts_of_the_total() -> None:
    text = "项目资金（万元）年初预算数全年预算数全年执行数分值执行率得分年度资金总额402.6402.6201.31050%5其中：一般公共预算拨款402.6402.6201.3预期目标"
    block = block_of(text)
    assert cells(block, "fiscal") == {"initial": "402.6", "annual": "402.6", "executed": "201.3"}


def test_two_short_amounts_run_together_are_those_of_the_total() -> None:
    head = "项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分\n"
    text = f"{head}年度资金总额 20 20 20 10 100% 10\n其中：本年财政拨款 2020\n其他资金\n"
    found = cells(block_of(text), "fiscal")
    assert (found["annual"], found["executed"]) == ("20", "20")


def test_words_of_a_run_on_text_before_a_row_hide_no_source() -> None:
    text = "项目资金（万元） 年初预算数全年预算数全年执行数分值执行率得分,按规定填报,不得漏填。年度资金总额:404030107575其他资金预期目标"
    assert [row.source for row in block_of(text).rows] == ["total", "other"]


@pytest.mark.parametrize(
    "reason",
    [
        "1.预算调整：7月追加2.00万元。",
        "泵站结算未审完，尾款4.00万元按合同约定结转2025年支付。",
        "结转2025年支付",
    ],
)
def test_the_figures_of_a_reason_are_no_amounts_of_a_row(reason: str) -> None:
    block = block_of(f"{HEAD}\t原因\n\t年度资金总额：\t8\t10\t9\t10\t90%\t9\t{reason}\n\t其他资金\t0\t0\t0\n")
    assert not block.crowded
    assert cells(block, "total")["executed"] == "9"
    assert all(row.cells.get("annual") is None or row.cells["annual"].fold in "10" for row in block.rows)


def test_what_a_form_explains_beside_the_amounts_hides_no_source_and_is_no_reason() -> None:
    heads = "预算执行情况（10分） | 年度预算数（万元） | 年初预算 | 调整后预算数 | 预算执行数 | 预算执行率 | 权重 | 得分 | 原因 |"
    told = "1.预算执行率=预算执行数/调整后预算数；2.调整须说明；3.其他资金包括：贷款。"
    total = f"总额 | 0.00 | 6.40 | 6.40 | 100.00% | 10 | 10 | {told} |"
    source = "其中：财政资金 | 0.00 | 6.40 | 6.40 | 100.00% | / | / | |"
    block = block_of(f"{heads}\n{total}\n{source}\n其他资金 | | | | | / | / | |\n")
    assert [row.source for row in block.rows] == ["total", "fiscal", "other"]
    assert "reason" not in cells(block, "total")
    assert cells(block, "fiscal")["annual"] == "6.40"


def test_marks_that_name_their_unit_are_the_points_and_the_score() -> None:
    block = block_of(f"{HEAD}\n\t年度资金总额\t７０\t７０\t６３\t10分\t９０．００\t９．０分\n")
    found = cells(block, "total")
    assert (found["points"], found["rate"], found["score"]) == ("10分", "90.00", "9.0分")
    assert number(found["score"]) == 9
