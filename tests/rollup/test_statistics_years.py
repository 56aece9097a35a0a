"""目标偏低 and 数字检验 in small: which rows are paired over years, what is surpassed, which tests are held."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from jixiao.model.evaluation import Evaluation, FundLine, Funds, Indicator, Project
from jixiao.model.figure import WAN, figure_of
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.model.review import Review
from jixiao.model.score import Grade, Score, ScoreSheet
from jixiao.rollup import Grouping
from jixiao.rollup.statistics import Heaping, Lowness, statistics
from jixiao.rollup.statistics.digits import Digits

Told = tuple[str, str, str]  # an indicator's name, target and result


def filing(
    year: int, rows: Sequence[Told], project: str = "渠道清淤", spent: str = "12.00", level2: str = "数量指标"
) -> Review:
    indicators = tuple(
        Indicator("产出指标", level2, name, target=parse_target(target), actual=parse_actual(actual), points=Decimal(10),
                  score_printed=Decimal(10))
        for name, target, actual in rows
    )  # fmt: skip
    line = FundLine(annual=figure_of("999999.00", WAN), executed=figure_of(spent, WAN))
    table = Evaluation(Project(project, unit="青禾县水利站"), year, Funds(WAN, line), indicators=indicators)
    none = Score(None, None)
    sheet = ScoreSheet("national-2020", "", True, none, tuple(none for _ in rows), none, Grade(None))  # noqa: FBT003 - a record
    reading = Reading(Kind.SELFEVAL_TABLE, table, file=f"{year}-{project}.xlsx")
    return Review(Filing((reading,), table, 0), sheet, (), "national-2020", "")


def lowness(*filings: Review) -> Lowness:
    return statistics(filings, (), Grouping.UNIT).lowness


def heaping(*filings: Review) -> Heaping:
    return statistics(filings, (), Grouping.UNIT).heaping


# ---------------------------------------------------------------- pairs


@pytest.mark.parametrize(
    ("last", "now", "demanded", "below"),
    [
        (("清淤长度", "≥20公里", "30公里"), ("清淤长度", "≥24公里", "24公里"), Fraction(4, 5), True),
        (("清淤长度", "≥20公里", "30公里"), ("清淤长度", "≥30公里", "30公里"), Fraction(1), False),
        (("清淤长度", "≥20公里", "3000米"), ("清淤长度", "≥2公里", "2公里"), Fraction(2, 3), True),
        (("单位成本", "≤50元", "40元"), ("单位成本", "≤50元", "45元"), Fraction(4, 5), True),
        (("单位成本", "≤50元", "40元"), ("单位成本", "≤38元", "38元"), Fraction(20, 19), False),
        (("培训人数", "20人", "30人"), ("培训人数", "＝20人", "20人"), Fraction(2, 3), True),
    ],
)
def test_a_target_stands_beside_last_years_result(
    last: Told, now: Told, demanded: Fraction, *, below: bool
) -> None:
    (pair,) = lowness(filing(2023, [last]), filing(2024, [now])).pairs
    assert (pair.demanded, pair.below) == (demanded, below)
    assert (pair.before.file, pair.now.file) == ("2023-渠道清淤.xlsx", "2024-渠道清淤.xlsx")


@pytest.mark.parametrize(
    ("last", "now"),
    [
        ([("清淤长度", "≥20公里", "30公里")], [("清淤里程", "≥20公里", "20公里")]),
        ([("清淤长度", "≥20公里", "30公里")], [("清淤长度", "≤20公里", "20公里")]),
        ([("清淤长度", "≥20公里", "30公里")], [("清淤长度", "≥20处", "20处")]),
        ([("清淤长度", "≥20公里", "30公里")] * 2, [("清淤长度", "≥20公里", "20公里")]),
        ([("清淤长度", "≥20公里", "完成")], [("清淤长度", "≥20公里", "20公里")]),
    ],
)
def test_what_is_not_surely_the_same_is_never_paired(last: list[Told], now: list[Told]) -> None:
    told = lowness(filing(2023, last), filing(2024, now))
    assert (told.pairs, told.unpaired) == ((), 1)


def test_years_apart_and_other_projects_are_no_pair() -> None:
    row = [("清淤长度", "≥20公里", "30公里")]
    assert lowness(filing(2022, row), filing(2024, row)).pairs == ()
    assert lowness(filing(2023, row), filing(2024, row, "泵站维修")).pairs == ()


def test_a_bare_figure_of_quality_has_no_direction() -> None:
    row = [("验收合格率", "95%", "99%")]
    assert lowness(*(filing(year, row, level2="质量指标") for year in (2023, 2024))).pairs == ()


def test_what_is_surpassed_year_after_year_is_told_once_with_its_years() -> None:
    rows = {2021: "≥20公里", 2022: "≥20公里", 2023: "≥18公里", 2024: "≥18公里"}
    told = lowness(*(filing(year, [("清淤长度", target, "27公里")]) for year, target in rows.items()))
    (one,) = told.repeated
    assert one.years == (2021, 2022, 2023, 2024)
    assert one.shares == (Fraction(27, 20), Fraction(27, 20), Fraction(3, 2), Fraction(3, 2))
    assert one.far
    assert len(one.files) == 4


@pytest.mark.parametrize(
    "years",
    [
        {2023: ("≥20公里", "27公里"), 2024: ("≥21公里", "27公里")},
        {2023: ("≥20公里", "27公里"), 2024: ("≥20公里", "23公里")},
        {2022: ("≥20公里", "27公里"), 2024: ("≥20公里", "27公里")},
        {2023: ("≤20公里", "27公里"), 2024: ("≤20公里", "27公里")},
    ],
)
def test_a_target_raised_a_year_not_surpassed_and_a_ceiling_are_no_run(
    years: dict[int, tuple[str, str]],
) -> None:
    assert lowness(*(filing(year, [("清淤长度", *told)]) for year, told in years.items())).repeated == ()


# ---------------------------------------------------------------- digits


def held(told: Heaping, name: str) -> Digits:
    (one,) = [test for test in told.tests if test.name == name]
    return one


def satisfied(rates: Sequence[str]) -> Heaping:
    rows = [[("群众满意度", "≥80%", rate)] for rate in rates]
    return heaping(*(filing(2024, row, f"项目甲{n}", level2="满意度指标") for n, row in enumerate(rows)))


def test_a_rate_that_outdoes_its_neighbours_is_a_lead() -> None:
    told = satisfied(["95%"] * 24 + ["94%"] * 3 + ["96.2%"] * 3)
    spike = held(told, "satisfaction_95")
    assert (spike.counts, spike.lead) == ((3, 24, 3), True)
    assert len(spike.behind) == 30
    assert dict(told.rates)["95%"] == 24


def test_rates_spread_evenly_are_none_and_few_are_not_tested() -> None:
    assert not held(satisfied(["94%", "95%", "96%"] * 8), "satisfaction_95").lead
    few = held(satisfied(["95%"] * 9), "satisfaction_95")
    assert (few.chance, few.lead) == (None, False)
    assert "只有 9 份" in few.why


def spent(amounts: Sequence[str]) -> Heaping:
    return heaping(*(filing(2024, [], f"项目甲{n}", amount) for n, amount in enumerate(amounts)))


def test_last_digits_that_favour_a_figure_are_a_lead_and_even_ones_none() -> None:
    rng = Random(3)
    even = [f"{rng.randint(1000, 9999)}.{rng.randint(0, 9)}{rng.randint(1, 9)}" for _ in range(200)]
    assert not held(spent(even), "last_digit").lead
    assert held(
        spent([amount[:-1] + ("8" if n % 2 else amount[-1]) for n, amount in enumerate(even)]), "last_digit"
    ).lead


def test_first_digits_are_tested_only_over_two_orders_of_magnitude() -> None:
    rng = Random(4)
    wide = [f"{Decimal(int(rng.lognormvariate(9, 2))) / 100 + 1:.2f}" for _ in range(300)]
    assert held(spent(wide), "first_digit").why == ""
    assert not held(spent(wide), "first_digit").lead
    narrow = held(spent([f"{rng.randint(100, 999)}.00" for _ in range(300)]), "first_digit")
    assert (narrow.chance, narrow.why) == (None, "中间九成的数没有跨两个数量级")
    assert held(
        spent([f"{9 * 10 ** rng.randint(0, 4)}.{rng.randint(10, 99)}" for _ in range(300)]), "first_digit"
    ).lead


def test_a_paper_that_is_no_self_evaluation_is_left_out() -> None:
    row = [("清淤长度", "≥20公里", "30公里")]
    one = filing(2024, row)
    (reading,) = one.filing.readings
    goal = replace(one, filing=replace(one.filing, readings=(replace(reading, kind=Kind.GOAL_DECLARATION),)))
    told = statistics([goal], (), Grouping.UNIT)
    assert (told.filings, told.without) == (0, 1)
