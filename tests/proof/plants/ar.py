"""Plantings of AR: sums, rates, scores and counts that don't work out (数字勾稽). The model for the other families."""

from decimal import Decimal
from random import Random

from tests.proof.planting import (
    Clean,
    Planted,
    plants,
    row_spot,
    section_of,
    some_row,
    spot,
    with_row,
    with_sentence,
    with_table,
)

_ALONE = ("AR02", "AR04", "AR10")  # what a changed row's points or score also breaks


@plants("AR01", ways=4)
def points_of_one_row(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A row's points are raised or lowered; the scores still add up."""
    by = (Decimal(5), Decimal(-2), Decimal(1), Decimal("0.5"))[way]
    at = some_row(clean, rng, lambda i: i.points and i.points > 4 and (by > 0 or i.score_printed < i.points + by))
    if at is None or clean.table.points_printed is None:
        return None
    points = (clean.rows[at].points or 0) + by
    return Planted(
        with_row(clean, at, points=points),
        (spot(clean, "points_printed"),),
        follows=("AR02", "AR07", "SC02", "SC03", "AR04", "AR10", "AR11"),
    )


@plants("AR04", ways=4)
def another_total(clean: Clean, way: int, rng: Random) -> Planted | None:
    """The total is another than the sum: by tens, by one, by a slip of the pen, by a hair."""
    total = clean.table.total_printed
    if total is None or total < 50 or total > 99:
        return None
    wrong = total + (Decimal(-10), Decimal(1), Decimal(-9), Decimal("0.6"))[way]
    return Planted(
        with_table(clean, total_printed=wrong), (spot(clean, "total_printed"),), follows=("AR09", "XD01", "AR10")
    )


_BILLS = (
    "项目到位资金41.02万元，实际支出39.74万元，结余2.28万元。",
    "全年预算安排20万元，实际支付15.5万元，剩余5.4万元。",
    "聘用人员6人，每人每月补助500元，全年12个月，共计4.6万元。",
)


@plants("AR14", ways=3)
def a_bill_that_is_wrong(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A sentence of the report adds, subtracts or multiplies wrongly."""
    place = section_of(clean, "资金", "支出") or section_of(clean)
    if place is None:
        return None
    return Planted(with_sentence(clean, place, _BILLS[way]), (place,), follows=("XD",))


@plants("AR03", ways=3)
def more_than_the_points(clean: Clean, way: int, rng: Random) -> Planted | None:
    """A score above the points, below zero, or points of zero."""
    at = some_row(clean, rng, lambda i: i.points and i.score_printed is not None)
    if at is None:
        return None
    points = clean.rows[at].points or Decimal(0)
    wrong = with_row(clean, at, score_printed=points + 2 if way != 1 else Decimal(-1))
    return Planted(wrong, (row_spot(clean, at),), follows=_ALONE + ("AR11", "AR12", "XD03"))
