"""Reasons for points lost, grouped by what they speak of."""

import pytest

from jixiao.rollup.reasons import NONE, OTHER, Short, group, kind_of


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("两处路段与供水管网改造工期重叠", "工期和进度"),
        ("尾款未到付款期", "资金拨付和结算"),
        ("招标节约资金", "节约或结余"),
        ("连续降雨，施工停工", "天气和自然条件"),
        ("两名学员临时请假", "人员和组织"),
        ("设备到货破损", OTHER),
        ("无。", NONE),
        (None, NONE),
    ],
)
def test_a_reason_is_of_the_first_kind_with_a_word_in_it(reason: str | None, kind: str) -> None:
    assert kind_of(reason) == kind


def test_rows_are_grouped_the_most_frequent_first_and_the_silent_last() -> None:
    rows = [Short("甲", "一", None), Short("甲", "二", None), Short("乙", "一", None), Short("甲", "三", "雨季停工"),
            Short("乙", "二", "汛期停工"), Short("丙", "一", "设备到货破损")]  # fmt: skip
    found = group(rows)
    assert [(one.kind, one.rows, one.projects) for one in found] == [
        ("天气和自然条件", 2, 2), (OTHER, 1, 1), (NONE, 3, 2),
    ]  # fmt: skip
    assert found[0].told == ("雨季停工", "汛期停工")
    assert found[-1].told == ()


def test_points_lost_in_budget_execution_are_counted_too() -> None:
    from tests.rollup.test_summing import table, whole  # noqa: PLC0415 - the makers of tables stand there

    (one,) = whole(table("甲", "40.00", "32.00", "98")).reasons
    assert (one.kind, one.rows, one.projects) == (NONE, 1, 1)
