"""A filing's risk: added up point by point from a file that may be changed."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.errors import SchemeError
from jixiao.rollup.risk import USUAL, Rate, load_weights, risk_of
from tests.rollup.test_summing import reviewed, table

WEIGHTS = load_weights()


def told(*, annual: str = "40.00", executed: str = "40.00", total: str = "95") -> dict[str, Decimal]:
    (review,) = reviewed(table("甲", annual, executed, total))
    return {one.says: one.adds for one in risk_of(replace(review, findings=()), WEIGHTS).reasons}


def test_every_filing_has_the_base() -> None:
    assert told(total="98") == {"每份都有": Decimal(1)}


@pytest.mark.parametrize(
    ("executed", "says", "adds"), [("31.00", "执行率低于 80%", 1), ("19.00", "执行率低于 50%", 2)]
)
def test_money_that_was_not_spent_adds_the_first_level_that_fits(executed: str, says: str, adds: int) -> None:
    found = told(executed=executed, total="50")
    assert found[says] == adds
    assert len([name for name in found if name.startswith("执行率")]) == 1


def test_large_amounts_add_and_a_kind_adds_once() -> None:
    found = told(annual="600.00", executed="600.00", total="98")
    assert found == {"每份都有": Decimal(1), "预算 500 万元以上": Decimal(2)}


def test_full_marks_add_points() -> None:
    assert told(total="100")["自评满分"] == 1


def test_a_total_above_ours_adds_by_the_point_up_to_the_most() -> None:
    assert told(executed="30.00", total="99")["自评比重算高 1.5 分"] == Decimal("0.30")
    assert Rate(Decimal("0.2"), Decimal(2)).of(Decimal(40)) == 2


def test_findings_add_by_their_severity() -> None:
    (review,) = reviewed(table("甲", "40.00", "20.00", "50"))
    found = [one.says for one in risk_of(review, WEIGHTS).reasons]
    assert any(says.startswith("确定的错误") for says in found)


def test_the_points_are_their_sum() -> None:
    (review,) = reviewed(table("甲", "40.00", "20.00", "50"))
    risk = risk_of(review, WEIGHTS)
    assert risk.points == sum(one.adds for one in risk.reasons)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("base       = 1", "base       = 0", "base：写的是 0，应为大于 0 的数"),
        ("undecided  = 0.5", "undecided  = -1", "undecided：写的是 -1"),
        ("[overstated]", "[overdone]", "overdone：没有这个键"),
        ("below = 0.5", "bellow = 0.5", "bellow：没有这个键"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(tmp_path: Path, old: str, new: str, says: str) -> None:
    changed = tmp_path / "风险.toml"
    changed.write_text(USUAL.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(SchemeError, match=says):
        load_weights(changed)
