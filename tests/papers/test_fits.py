"""How well a text fits a column."""

import pytest

from jixiao.papers.cells.fits import fit


@pytest.mark.parametrize("text", ["94%(有效问卷200份,满意188份)", "86.5%", "320户"])
def test_a_measured_value_fits_a_result_and_no_name(text: str) -> None:
    assert fit("actual", text) >= 200
    assert fit("level3", text) < -200


def test_a_sentence_of_clauses_fits_a_reason_better_than_a_name() -> None:
    text = "两批水泵年底断货,少购8台,已列入下年3月采购计划"
    assert fit("reason", text) > fit("level3", text)


@pytest.mark.parametrize(
    "name",
    ["建设普通省道二级公路", "台式电脑、笔记本电脑、一体机设备验收合格率达到采购合同要求", "3个村通水"],
)
def test_a_long_name_without_clauses_stays_a_name(name: str) -> None:
    assert fit("level3", name) == 200


def test_an_amount_by_a_measure_is_no_unit() -> None:
    assert fit("unit", "元/亩") > 200
    assert fit("unit", "12元/亩") < -200
    assert fit("actual", "12元/亩") == 200
