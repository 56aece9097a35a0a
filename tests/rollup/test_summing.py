"""Many reviews put together: sums and means that can be redone by hand, and silence that stays silence."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from jixiao import api
from jixiao.model.evaluation import Evaluation, Execution, FundLine, Funds, Indicator, Project
from jixiao.model.figure import UNITS, figure_of
from jixiao.model.finding import Severity
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.model.review import Review
from jixiao.rollup import Band, Deviation, Grouping, Rollup, roll_up

WAN, YUAN = UNITS["万元"], UNITS["元"]


def table(
    name: str, annual: str | None, executed: str | None, total: str | None, unit: str = "万元"
) -> Evaluation:
    money = UNITS[unit]
    line = FundLine(
        annual=figure_of(annual, money) if annual else None,
        executed=figure_of(executed, money) if executed else None,
    )
    row = Indicator("产出指标", "数量指标", "硬化里程", target=parse_target("≥20公里"), actual=parse_actual("20公里"),
                    points=Decimal(90), score_printed=Decimal(90))  # fmt: skip
    return Evaluation(
        Project(name, department="青禾县交通运输局", unit=f"{name}站"), 2024, Funds(money, line),
        Execution(Decimal(10), score_printed=Decimal(8)), indicators=(row,),
        total_printed=Decimal(total) if total else None,
    )  # fmt: skip


def reviewed(*tables: Evaluation, scheme: str = "national-2020") -> list[Review]:
    filings = [api.file_together([Reading(Kind.SELFEVAL_TABLE, one)])[0] for one in tables]
    return [api.review(filing, api.choose(filing, scheme)) for filing in filings]


def whole(*tables: Evaluation, scheme: str = "national-2020") -> Rollup:
    (one,) = roll_up(reviewed(*tables, scheme=scheme), Grouping.ALL)
    return one


def test_amounts_in_unlike_units_add_up_exactly() -> None:
    one = whole(table("甲", "40.00", "35.37", "98"), table("乙", "99187", "99187", "100", "元"))
    total = one.funds["total"]["annual"].sum
    assert total is not None
    assert total.exact == Fraction(499187)
    assert one.rate == Fraction(353700 + 99187, 499187)


def test_what_a_table_leaves_blank_is_counted_and_no_zero() -> None:
    one = whole(table("甲", "40.00", "20.00", "98"), table("乙", None, None, None))
    amount = one.funds["total"]["annual"]
    assert amount.sum is not None
    assert (amount.sum.value, amount.silent) == (Decimal("40.00"), 1)
    assert one.rate == Fraction(1, 2)
    assert (one.printed.simple, one.printed.counted) == (Decimal("98.00"), 1)


def test_the_two_means_are_told_apart() -> None:
    one = whole(table("甲", "10.00", "10.00", "100"), table("乙", "30.00", "30.00", "90"))
    assert one.printed.simple == Decimal("95.00")
    assert one.printed.weighted == Decimal("92.50")


def test_nothing_known_gives_no_mean() -> None:
    means = whole(table("甲", None, None, None)).printed
    assert (means.simple, means.counted, means.weighted, means.weighed) == (None, 0, None, 0)


def test_bands_grades_and_full_marks_count_the_computed_totals() -> None:
    one = whole(table("甲", "40.00", "40.00", "100"), table("乙", "40.00", "20.00", "95"))
    assert one.bands == (
        Band(Decimal(90), None, 2), Band(Decimal(80), Decimal(90), 0), Band(Decimal(60), Decimal(80), 0),
        Band(None, Decimal(60), 0),
    )  # fmt: skip
    assert one.grades == {"优": 2}
    assert one.full_marks == 1


def test_a_rule_book_with_its_own_bands_counts_in_them() -> None:
    one = whole(table("甲", "40.00", "40.00", "100"), scheme="hebei-xushui")
    assert [(band.low, band.high, band.count) for band in one.bands] == [
        (Decimal(90), None, 1), (Decimal(60), Decimal(90), 0), (None, Decimal(60), 0),
    ]  # fmt: skip


def test_projects_whose_rule_books_count_differently_have_no_bands_together() -> None:
    one, other = (
        reviewed(table("甲", "40.00", "40.00", "100")),
        reviewed(table("乙", "40.00", "40.00", "100"), scheme="hebei-xushui"),
    )
    (both,) = roll_up([*one, *other], Grouping.ALL)
    assert both.bands == ()
    assert both.schemes == ("national-2020", "hebei-xushui")


def test_a_row_below_its_points_counts_with_its_reason() -> None:
    short = table("甲", "40.00", "40.00", "95")
    (row,) = short.indicators
    rows = (
        replace(row, score_printed=Decimal(85), reason="雨季停工"),
        replace(row, score_printed=Decimal(80)),
        row,
    )
    assert whole(replace(short, indicators=rows)).deviations == (Deviation("产出指标", 2, 1),)


def test_findings_are_counted_by_rule_the_certain_ones_first() -> None:
    wrong = [table(name, "40.00", "20.00", "50") for name in "甲乙"]
    found = whole(*wrong).findings
    assert [part.severity for part in found] == sorted((p.severity for p in found), key=list(Severity).index)
    totals = next(part for part in found if part.code == "AR04")
    assert (totals.severity, totals.count, totals.projects) == (Severity.ERROR, 2, 2)


def test_groups_stand_in_the_order_in_which_they_come() -> None:
    tables = [
        table("乙", "40.00", "40.00", "100"),
        table("甲", "40.00", "40.00", "100"),
        table("乙", "10.00", "10.00", "100"),
    ]
    assert [(one.name, one.projects) for one in roll_up(reviewed(*tables), Grouping.UNIT)] == [
        ("乙站", 2),
        ("甲站", 1),
    ]
    assert [one.name for one in roll_up(reviewed(*tables), Grouping.DEPARTMENT)] == ["青禾县交通运输局"]


def test_a_filing_without_a_table_is_counted_apart() -> None:
    bare = Review(Filing((Reading(Kind.UNKNOWN, Evaluation()),)), None, (), "national-2020", "")
    (one,) = roll_up([bare], Grouping.ALL)
    assert (one.projects, one.without_table, one.funds, one.bands) == (0, 1, {}, ())


def test_a_project_that_comes_twice_is_named() -> None:
    same = table("甲", "40.00", "40.00", "100")
    assert whole(same, same, table("乙", "40.00", "40.00", "100")).repeated == ("甲",)
