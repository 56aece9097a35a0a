"""The content of a table: how an indicator's demand is said."""

import pytest

from jixiao.model.evaluation import Indicator
from jixiao.model.parsing import parse_target


@pytest.mark.parametrize(
    ("text", "sign", "unit", "demand"),
    [
        ("600", "≥", "人次", "≥600人次"),
        ("≥95%", None, "%", "≥95%"),
        ("=2万元", None, "万元", "=2万元"),
        ("有效改善", "定性", None, "有效改善"),
        ("≤30", "≤", "天", "≤30天"),
    ],
)
def test_a_demand_says_sign_and_unit_once(text: str, sign: str | None, unit: str | None, demand: str) -> None:
    row = Indicator(target=parse_target(text, sign=sign, unit=unit), sign=sign, unit=unit)
    assert row.demand == demand


def test_a_row_without_a_target_demands_nothing() -> None:
    assert Indicator(sign="≥", unit="人次").demand == ""
