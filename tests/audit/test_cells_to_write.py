"""What may be written into a cell of a record: numbers where numbers stand, in the unit of the row, and no table into a row."""

import pytest

from jixiao.audit.remedy.cells import Written, is_cell, printed_at, rewritten
from jixiao.model.evaluation import Evaluation, FundLine, Funds, Indicator
from jixiao.model.figure import figure_of
from tests.audit.right_papers import WAN


@pytest.fixture
def table() -> Evaluation:
    funds = Funds(total=FundLine(annual=figure_of("90", WAN)), unit=WAN)
    return Evaluation(funds=funds, indicators=(Indicator(level3="走访村数"),))


@pytest.mark.parametrize(
    "where, told",
    [
        ("funds.total", False),
        ("funds.other", False),
        ("indicators", False),
        ("indicators.0", False),
        ("indicators.7.points", False),
        ("", False),
        ("nothing", False),
        ("funds.total.executed", True),
        ("indicators.0.actual", True),
        ("indicators.0.points", True),
        ("total_printed", True),
        ("year", True),
        ("project.name", True),
    ],
)
def test_only_a_cell_is_a_cell(table: Evaluation, where: str, told: bool) -> None:
    assert is_cell(table, where) is told


def test_an_amount_that_was_not_read_takes_the_unit_of_its_row(table: Evaluation) -> None:
    changed = rewritten(table, "funds.total.executed", Written("81.5"))
    assert changed is not None
    assert printed_at(changed, "funds.total.executed") == printed_at(
        rewritten(table, "funds.total.annual", Written("81.5")), "funds.total.annual"
    )


@pytest.mark.parametrize("where", ["funds.other", "year", "indicators.0.points"])
def test_words_never_become_an_amount_a_year_or_points(table: Evaluation, where: str) -> None:
    assert rewritten(table, where, Written("八分")) is None


def test_a_year_is_a_number(table: Evaluation) -> None:
    changed = rewritten(table, "year", Written("2024"))
    assert changed is not None
    assert changed.year == 2024
