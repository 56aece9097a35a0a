"""Moments and time limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model.moments import earliest, latest, meets, parse_moment
from jixiao.model.target import Moment
from tests import strategies


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2023年", Moment(2023)),
        ("2023年度", Moment(2023)),
        ("二〇二三年", Moment(2023)),
        ("2023年11月完成", Moment(2023, 11)),
        ("2023 年 12 月 31 日前", Moment(2023, 12, 31)),
        ("二〇二三年十二月三十一日", Moment(2023, 12, 31)),
        ("12月底前完成", Moment(month=12)),
        ("6月30日", Moment(None, 6, 30)),
        ("十二月", Moment(month=12)),
        ("2023-12-31", Moment(2023, 12, 31)),
        ("2023/6", Moment(2023, 6)),
        ("2023.5.6", Moment(2023, 5, 6)),
        ("2023.12", Moment(2023, 12)),
        ("20231231", Moment(2023, 12, 31)),
        ("年底前", Moment(month=12)),
        ("2023年底", Moment(2023, 12)),
        ("当年", Moment(month=12)),
        ("第三季度", Moment(month=9)),
        ("上半年", Moment(month=6)),
        ("2023年1-12月", Moment(2023, 12)),
        ("2023年1月至2024年3月", Moment(2024, 3)),
        ("2021-2025年", Moment(2025)),
    ],
)
def test_a_text_that_is_one_moment_is_read(text: str, moment: Moment) -> None:
    assert parse_moment(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "及时",
        "13月",
        "2月30日",
        "2023年13月",
        "每月",
        "12个月",
        "3年",
        "全年",
        "每季度",
        "100",
        "5日",
        "完成17期",
        "按年度计划执行",
    ],
)
def test_what_is_no_single_moment_is_none(text: str) -> None:
    assert parse_moment(text) is None


@pytest.mark.parametrize(
    ("moment", "limit", "year", "answer"),
    [
        (Moment(2023, 11), Moment(2023, 12, 31), None, True),
        (Moment(2023, 12, 31), Moment(2023, 12), None, True),
        (Moment(2024, 1), Moment(2023, 12), None, False),
        (Moment(2023, 12), Moment(2023, 12, 20), None, None),
        (Moment(2023), Moment(2023, 6), None, None),
        (Moment(2023), Moment(2023), None, True),
        (Moment(month=11), Moment(month=12), None, True),
        (Moment(2023, 11), Moment(month=12), None, None),
        (Moment(2023, 11), Moment(month=12), 2023, True),
        (Moment(2024, 1), Moment(month=12), 2023, False),
        (Moment(), Moment(month=12), 2023, None),
    ],
)
def test_a_limit_is_met_missed_or_left_open_by_the_print(
    moment: Moment, limit: Moment, year: int | None, answer: object
) -> None:
    assert meets(moment, limit, year=year) is answer


@given(strategies.moments())
def test_a_moment_begins_before_it_ends(moment: Moment) -> None:
    assert earliest(moment) <= latest(moment)


@given(strategies.moments(), strategies.moments())
def test_of_two_moments_one_at_least_is_not_later(one: Moment, other: Moment) -> None:
    assert meets(one, other, year=2023) is not False or meets(other, one, year=2023) is not False


@given(st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    parse_moment(text)
