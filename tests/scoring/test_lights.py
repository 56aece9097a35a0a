"""The lights of monitoring: the unit's own word first, then the result against the share of the year."""

from dataclasses import replace

import pytest

from jixiao.model.evaluation import Evaluation, FundLine, Funds, Indicator, Particular
from jixiao.model.parsing import parse_actual, parse_figure, parse_target
from jixiao.scoring.lights import Light, light_of, light_of_spending, worst


def row(target: str, actual: str) -> Indicator:
    return Indicator(level3="管护里程", target=parse_target(target), actual=parse_actual(actual))


@pytest.mark.parametrize(("actual", "light"), [
    ("70公里", Light.GREEN), ("58公里", Light.AMBER), ("46公里", Light.RED), ("0公里", Light.RED), ("", None), ("正在施工", None),
])  # fmt: skip
def test_a_result_is_set_against_the_seven_months_that_have_passed(actual: str, light: Light | None) -> None:
    assert light_of(row("≥100公里", actual)) is light


def test_what_must_stay_below_a_bound_is_green_until_it_is_above_it() -> None:
    assert light_of(row("≤5起", "5起")) is Light.GREEN
    assert light_of(row("≤5起", "6起")) is Light.RED


def test_the_units_own_word_comes_before_the_sum() -> None:
    told = (Particular("有可能", "√"),)
    assert light_of(replace(row("≥100公里", "90公里"), particulars=told)) is Light.AMBER


def test_a_target_in_words_has_no_light_until_the_unit_says_one() -> None:
    assert light_of(row("成效显著", "较好")) is None


def test_spending_has_its_own_light_and_the_worst_is_the_filings() -> None:
    line = FundLine(annual=parse_figure("100万元"), executed=parse_figure("20万元"))
    assert light_of_spending(Evaluation(funds=Funds(total=line))) is Light.RED
    assert light_of_spending(Evaluation()) is None
    assert worst([Light.GREEN, None, Light.AMBER]) is Light.AMBER
    assert worst([None]) is None
