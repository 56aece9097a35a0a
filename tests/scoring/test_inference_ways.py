"""The ways in which a printed score may have come about: each is named by its own sum, and none where it doesn't fit."""

from decimal import Decimal

import pytest

from jixiao.scoring.inference_ways import Explanation, Way, explanations, known_bands, likeness
from tests.audit.notation import case_of

Row = list[str]
FULL = ["产出指标", "检测样品", "≥30份", "30份", "10", "10"]


def ways(*rows: Row, scheme: str = "anhui-huaiyuan", at: int = 0) -> tuple[Explanation, ...]:
    case = case_of({"rows": rows, "scheme": scheme})
    assert case.evaluation is not None
    assert case.sheet is not None
    return explanations(case.evaluation.indicators, at, case.sheet.indicators[at], case.scheme)


def row(target: str, actual: str, points: str, score: str, name: str = "检测费用") -> Row:
    return ["成本指标", name, target, actual, points, score]


@pytest.mark.parametrize(
    ("cells", "way", "says"),
    [
        (row("≤100%", "87.97%", "20", "17.59"), Way.AS_POSITIVE, "正向指标计分：87.97 ÷ 100 × 20 = 17.59"),
        (row("≤100%", "87.97%", "20", "17.6"), Way.AS_POSITIVE, "= 17.59"),
        (row("≤8万元", "9万元", "10", "10"), Way.AS_POSITIVE, "取满分 10"),
        (row("≥90%", "96%", "10", "9.38"), Way.AS_NEGATIVE, "反向指标计分：90 ÷ 96 × 10 = 9.38"),
        (row("≤100元", "128元", "10", "7.2"), Way.LINEAR_EXCESS, "10 × (1 - (128 - 100) ÷ 100) = 7.20"),
        (row("≥20人", "24人", "10", "12"), Way.UNCAPPED, "没有以分值封顶：24 ÷ 20 × 10 = 12.00"),
        (row("≥50次", "34次", "10", "2"), Way.STEPS, "每少 1 次扣 0.5 分：相差 16，扣 8 分"),
        (row("≥20人", "17人", "10", "0"), Way.ALL_OR_NOTHING, "没有达到指标值就不得分"),
        (row("≥30份", "26份", "10", "8.6"), Way.CUT, "算得 8.67 后舍去小数，取 8.6"),
        (row("≥95%", "92%", "10", "10"), Way.CUT, "算得 9.68 后取整数 10"),
    ],
)  # fmt: skip
def test_a_way_is_named_with_its_sum(cells: Row, way: Way, says: str) -> None:
    (found,) = ways(cells)
    assert found.way is way
    assert says in found.says
    assert likeness((found,)) == f"自评分相当于{found.says}。"


def test_satisfaction_by_the_bands_of_a_book_is_named_with_the_book() -> None:
    found = ways(row("≥95%", "83%", "10", "8", "群众满意度"))
    assert [one.way for one in found] == [Way.BANDS, Way.CUT]
    assert "national-2021 的分档：80%～90% 得分值的 80%" in found[0].says
    assert likeness(found) == ""


def test_bands_for_satisfaction_are_not_tried_on_other_rows() -> None:
    assert Way.BANDS not in {one.way for one in ways(row("≥95%", "83%", "10", "8", "合格率"))}
    assert all(band.share < 1 or applies for band, applies, _ in known_bands())


def test_the_tier_of_a_book_is_tried_on_numbers_too() -> None:
    (found,) = ways(row("≥95%", "96%", "10", "9"), scheme="gansu-ningxian")
    assert found.way is Way.TIER


def test_a_full_mark_may_be_that_of_the_row_beside_it() -> None:
    (found,) = ways(FULL, row("≤100%", "87.97%", "20", "10"), at=1)
    assert (found.way, found.says) == (Way.OTHER_POINTS, "按上一行的分值 10 给了满分")
    (found,) = ways(row("≤100%", "87.97%", "20", "10"), FULL)
    assert found.says == "按下一行的分值 10 给了满分"


def test_a_full_mark_is_not_looked_for_farther_away() -> None:
    other = ["产出指标", "检测报告", "≥3份", "3份", "8", "8"]
    assert ways(FULL, other, row("≤100%", "87.97%", "20", "10"), at=2) == ()


def test_the_right_share_of_another_rows_points_is_named() -> None:
    (found,) = ways(row("≥20人", "17人", "15", "8.5"), FULL)
    assert (found.way, found.value) == (Way.OTHER_POINTS, Decimal("8.5"))


def test_one_share_on_many_rows_is_a_custom_and_on_two_is_none() -> None:
    rows = [
        row("≥20人", "20人", points, score) for points, score in (("10", "9"), ("20", "18"), ("5", "4.5"))
    ]
    (found,) = ways(*rows)
    assert (found.way, found.says) == (Way.SAME_SHARE, "一律按分值的 90% 计（共 3 行）")
    assert ways(*rows[:2]) == ()


def test_one_deduction_on_many_rows_is_a_custom() -> None:
    rows = [row("≥20人", "20人", points, score) for points, score in (("10", "9"), ("20", "19"), ("5", "4"))]
    (found,) = ways(*rows)
    assert (found.way, found.says) == (Way.FIXED_DEDUCTION, "一律扣 1 分（共 3 行）")


def test_the_deduction_that_a_row_states_explains_it() -> None:
    (found,) = ways([*row("≥20人", "20人", "10", "9"), "签订合同较晚，扣1分"])
    assert found.says == "按所写的扣 1 分"


def test_several_ways_are_all_named_and_no_sentence_chooses() -> None:
    found = ways(row("≥20人", "17人", "10", "7"))
    assert {one.way for one in found} == {Way.BANDS, Way.STEPS}
    assert likeness(found) == ""


@pytest.mark.parametrize(
    "cells",
    [
        row("≥20人", "17人", "10", "7.77"),
        row("≥20人", "约17人", "10", "7"),
        row("成效显著", "达成预期指标", "10", "7"),
        row("≥0人", "0人", "10", "7"),
        row("≥20人", "17人", "", "7"),
        row("≥20人", "17人", "10", ""),
    ],
)
def test_nothing_is_said_where_no_way_fits_or_a_cell_is_silent(cells: Row) -> None:
    assert ways(cells) == ()
