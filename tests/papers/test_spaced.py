"""Numbers and the units or date parts that a space parts from them."""

import pytest

from jixiao.layout import Cell, Grid, Line
from jixiao.papers.cells.spaced import values_joined
from jixiao.papers.cells.stream import atoms_of


def folds(text: str, *, units: bool = True) -> list[str]:
    return [
        atom.fold for atom in values_joined(atoms_of([Line(line) for line in text.split("\n")]), units=units)
    ]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("≥6 处 6 处 10 10", ["≥6处", "6处", "10", "10"]),
        ("≥1.2 万人 1.25 万人", ["≥1.2万人", "1.25万人"]),
        ("≥15 年 15 年 15 15", ["≥15年", "15年", "15", "15"]),
        ("2022 年 11 月底\n前 2022 年 12 月 10 8", ["2022年11月底前", "2022年12月", "10", "8"]),
        ("11 月 30 日前 11 月 5 日", ["11月30日前", "11月5日"]),
        ("项目 10 10 显著提升", ["项目", "10", "10", "显著提升"]),
    ],
)
def test_a_number_keeps_the_unit_or_date_part_behind_its_space(text: str, joined: list[str]) -> None:
    assert folds(text) == joined


def test_a_unit_with_a_column_of_its_own_stays_alone() -> None:
    assert folds("≥ 95 % 96 10 10", units=False) == ["≥", "95", "%", "96", "10", "10"]


def test_cells_of_a_grid_are_never_joined() -> None:
    grid = Grid((Cell(0, 0, "6"), Cell(0, 1, "处")))
    assert len(values_joined(atoms_of([grid]), units=True)) == 2


def test_the_printed_space_is_kept_in_the_text() -> None:
    atom = values_joined(atoms_of([Line("≥6 处")]), units=True)[0]
    assert atom.text == "≥6 处"


def test_a_reason_that_says_there_is_none_is_no_unit_of_the_score() -> None:
    assert folds("巡护面积 ≥8亩 8亩 15 15 无")[-3:] == ["15", "15", "无"]
    assert folds("巡护面积 ≥8亩 8亩 15 15 /")[-3:] == ["15", "15", "/"]
