"""Which papers make a filing, and what a table takes from the others."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model.claims import DepartmentReport, ProjectList, Report, Unknown
from jixiao.model.evaluation import Evaluation, FundLine, Funds, Project
from jixiao.model.figure import WAN, YUAN, Figure, figure_of
from jixiao.model.filing import file_together
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.model.statements import Claim
from tests import strategies

TOWN = "青禾县东塘镇人民政府"
AMOUNT, SPENT = (Figure(Decimal(text), Decimal("0.005"), WAN) for text in ("545.00", "468.70"))


def table(
    name: str | None = None, *, unit: str | None = None, file: str = "a.txt", **rest: object
) -> Reading:
    evaluation = replace(Evaluation(Project(name, unit=unit), 2024), **rest)
    return Reading(Kind.SELFEVAL_TABLE, evaluation, file=file)


def report(
    name: str | None = None, *, unit: str | None = None, file: str = "a.txt", **rest: object
) -> Reading:
    return Reading(Kind.SELFEVAL_REPORT, replace(Report(Project(name, unit=unit), 2024), **rest), file=file)


def claims(*figures: tuple[str, Figure]) -> tuple[Claim, ...]:
    return tuple(Claim(what, figure, "", f"{what} 是 {figure}") for what, figure in figures)


def grouped(*readings: Reading) -> list[list[int]]:
    """The positions of the readings that each filing holds."""
    return [[readings.index(r) for r in filing.readings] for filing in file_together(readings)]


def only(*readings: Reading) -> Filing:
    (filing,) = file_together(readings)
    return filing


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("食堂经费", "食堂经费项目"),
        ("食堂经费", "食堂"),
        ("2024年护林员补助", "护林员补助"),
        ("2024 年护林员补助", "２０２４年护林员补助"),
        ("护林员补助（东塘镇）", "护林员补助"),
        ("护林员补助(东塘镇)", "护林员补助（东塘镇）"),
        ("“三资”清理项目", "三资清理"),
        ("2024年2024年培训费", "2024年培训费项目"),
    ],
)
def test_one_project_under_two_printed_names_is_one_filing(one: str, other: str) -> None:
    assert grouped(table("图书购置"), table(one), report(other)) == [[0], [1, 2]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("食堂经费", "食堂改造经费"),
        ("工作经费（运转保障）", "工作经费（人员）"),
        ("2023年衔接资金", "2022年衔接资金"),
    ],
)
def test_two_projects_with_similar_names_stay_apart(one: str, other: str) -> None:
    assert grouped(table("图书购置"), table(one), report(other)) == [[0], [1], [2]]


def test_a_report_joins_the_only_table_of_its_file_though_that_names_no_project() -> None:
    filing = only(report("护林员补助", unit=TOWN), table())
    assert filing.main == 1
    assert filing.evaluation is not None
    assert filing.evaluation.project == Project("护林员补助", unit=TOWN)
    assert filing.supplied["project.name"] == "自评表未印项目名称，取自自评报告“护林员补助”"
    assert filing.supplied["project.unit"] == f"自评表未印实施单位，取自自评报告“{TOWN}”"


def test_a_report_joins_the_only_table_of_its_file_though_the_names_differ_a_little() -> None:
    assert grouped(report("护林员生活补助和交通补助"), table("护林员生活补助")) == [[0, 1]]


def test_a_report_joins_no_table_when_the_file_has_two_and_it_names_neither() -> None:
    assert grouped(table("甲乙工程"), table("丙丁工程"), report()) == [[0], [1], [2]]


def test_a_report_of_quite_another_project_stays_alone_even_beside_one_table() -> None:
    assert grouped(table("道路维修"), report("图书购置")) == [[0], [1]]


def test_two_reports_and_a_nameless_table_stay_apart() -> None:
    assert grouped(table(), report("道路维修"), report("图书购置")) == [[0], [1], [2]]


def test_papers_of_different_years_stay_apart() -> None:
    assert grouped(table("食堂经费"), report("食堂经费", year=2023)) == [[0], [1]]


def test_papers_of_different_units_stay_apart() -> None:
    assert grouped(table("食堂经费", unit="青禾县民政局"), report("食堂经费", unit="青禾县教育局")) == [
        [0],
        [1],
    ]


def test_a_unit_with_its_code_or_its_county_in_front_is_the_same_unit() -> None:
    pair = table("食堂经费", unit="058001-青禾县东塘镇人民政府"), report("食堂经费", unit="东塘镇人民政府")
    assert grouped(*pair) == [[0, 1]]


def test_papers_in_two_files_join_when_project_unit_and_year_are_named_in_both() -> None:
    assert grouped(table("食堂经费", unit=TOWN), report("食堂经费项目", unit=TOWN, file="b.txt")) == [[0, 1]]


def test_papers_in_two_files_stay_apart_when_one_names_no_unit() -> None:
    assert grouped(table("食堂经费", unit=TOWN), report("食堂经费项目", file="b.txt")) == [[0], [1]]


def test_every_table_makes_a_filing_of_its_own() -> None:
    twice = table("食堂经费"), replace(table("食堂经费"), index=1)
    assert grouped(*twice) == [[0], [1]]


def test_a_scoring_form_and_a_base_data_form_of_one_project_are_one_filing_scored_by_the_form() -> None:
    base = Reading(Kind.BASE_DATA_FORM, Evaluation(Project("护理费"), 2024), file="a.txt")
    form = Reading(Kind.SCORING_FORM, Evaluation(Project("护理费"), 2024), file="a.txt")
    filing = only(report("护理费"), base, form)
    assert filing.main == 2


def test_a_nameless_form_behind_the_only_evaluation_report_belongs_to_that_reports_project() -> None:
    evaluated = Reading(Kind.EVALUATION_REPORT, Report(Project("食堂经费"), 2024), file="a.txt")
    framework = Reading(Kind.SCORING_FORM, Evaluation(), file="a.txt")
    assert grouped(table("图书购置"), table("食堂经费"), evaluated, framework) == [[0], [1, 2, 3]]


def test_a_nameless_form_beside_two_reports_stays_alone() -> None:
    framework = Reading(Kind.BASE_DATA_FORM, Evaluation(), file="a.txt")
    assert grouped(report("食堂经费"), report("图书购置"), framework) == [[0], [1], [2]]


def test_lists_department_reports_and_unknown_papers_stay_alone_without_an_evaluation() -> None:
    papers = (
        Reading(Kind.PROJECT_LIST, ProjectList(TOWN, 2024), file="a.txt"),
        Reading(Kind.DEPARTMENT_REPORT, DepartmentReport(TOWN, 2024), file="a.txt"),
        Reading(Kind.UNKNOWN, Unknown("通知"), file="a.txt"),
    )
    filings = file_together((table(), *papers))
    assert [len(filing.readings) for filing in filings] == [1, 1, 1, 1]
    assert [filing.evaluation is None for filing in filings] == [False, True, True, True]


# ---------------------------------------------------------------- what is supplied


def test_a_table_without_funds_takes_the_amounts_that_the_report_states() -> None:
    stated = claims(("budget", figure_of("3", WAN)), ("executed", figure_of("29000", YUAN)))
    filing = only(report("护林员补助", claims=stated), table())
    assert filing.evaluation is not None
    assert filing.evaluation.funds.total == FundLine(
        annual=figure_of("3", WAN), executed=figure_of("29000", YUAN)
    )
    assert filing.evaluation.funds.unit == WAN
    assert filing.supplied["funds.total.annual"] == "自评表未印资金栏，取自自评报告“budget 是 3万元”"


def test_amounts_that_agree_within_their_rounding_give_the_more_precise_one() -> None:
    stated = claims(("budget", figure_of("2.99", WAN)), ("budget", figure_of("29921.5", YUAN)))
    filing = only(report(claims=stated), table())
    assert filing.evaluation is not None
    assert filing.evaluation.funds.column("annual")[0] == figure_of("29921.5", YUAN)


def test_amounts_that_conflict_are_not_supplied() -> None:
    stated = claims(("budget", figure_of("3", WAN)), ("budget", figure_of("5", WAN)))
    filing = only(report(claims=stated), table())
    assert filing.evaluation is not None
    assert filing.evaluation.funds == Funds()
    assert "funds.total.annual" not in filing.supplied


def test_amounts_without_a_unit_are_not_supplied() -> None:
    filing = only(report(claims=claims(("budget", figure_of("3")))), table())
    assert filing.evaluation is not None
    assert filing.evaluation.funds == Funds()


def test_a_table_with_a_funds_block_keeps_it() -> None:
    funds = Funds(WAN, total=FundLine(executed=figure_of("2", WAN)))
    filing = only(report(claims=claims(("budget", figure_of("3", WAN)))), table(funds=funds))
    assert filing.evaluation is not None
    assert filing.evaluation.funds == funds
    assert not filing.supplied


def test_grade_and_total_come_from_the_self_evaluation_report_alone() -> None:
    evaluated = Reading(
        Kind.EVALUATION_REPORT, Report(Project("食堂经费"), 2024, grade_printed="良"), file="a.txt"
    )
    stated = report("食堂经费", grade_printed="优", total_printed=Decimal(92))
    filing = only(stated, evaluated, table("食堂经费"))
    assert filing.evaluation is not None
    assert (filing.evaluation.grade_printed, filing.evaluation.total_printed) == ("优", Decimal(92))
    assert filing.supplied["grade_printed"] == "自评表未印等级，取自自评报告“优”"
    alone = only(evaluated, table("食堂经费"))
    assert alone.evaluation is not None
    assert alone.evaluation.grade_printed is None


def test_what_the_table_prints_is_never_replaced() -> None:
    printed = table("食堂经费", grade_printed="良", total_printed=Decimal(85))
    filing = only(printed, report("食堂经费", grade_printed="优", total_printed=Decimal(92)))
    assert filing.evaluation == printed.record
    assert not filing.supplied


@pytest.mark.slow
@given(st.lists(strategies.readings(), max_size=4))
def test_every_paper_lands_in_exactly_one_filing_whatever_it_holds(readings: list[Reading]) -> None:
    filings = file_together(readings)
    landed = [id(reading) for filing in filings for reading in filing.readings]
    assert sorted(landed) == sorted(id(reading) for reading in readings)
    assert filings == file_together(readings)
    assert all((filing.main is None) == (filing.evaluation is None) for filing in filings)


def test_a_title_that_runs_unit_and_project_together_joins_the_table_in_another_file() -> None:
    own = table("机井维修", unit="青禾县水利局")
    run_on = report("青禾县水利局机井维修项目", file="b.txt")
    split = report("机井维修项目", unit="青禾县水利局", file="b.txt")
    assert grouped(own, run_on) == [[0, 1]]
    assert grouped(own, split) == [[0, 1]]
    assert grouped(table("青禾县水利局机井维修项目", unit="青禾县水利局"), split) == [[0, 1]]


def test_another_units_project_of_the_same_name_stays_apart() -> None:
    own = table("机井维修", unit="青禾县水利局")
    assert grouped(own, report("白石县水利局机井维修项目", file="b.txt")) == [[0], [1]]
    assert grouped(table("机井维修"), report("青禾县水利局机井维修项目", file="b.txt")) == [[0], [1]]


def test_a_report_of_another_name_joins_the_only_table_when_unit_year_budget_and_spending_agree() -> None:
    told = claims(("budget", AMOUNT), ("executed", SPENT))
    funds = Funds(unit=WAN, total=FundLine(annual=AMOUNT, executed=SPENT))
    assert grouped(report("渠道清淤", unit=TOWN, claims=told), table("防汛补助", unit=TOWN, funds=funds)) == [
        [0, 1]
    ]


def test_a_report_of_another_name_stays_alone_when_only_the_budget_agrees() -> None:
    told = claims(("budget", AMOUNT), ("executed", AMOUNT))
    funds = Funds(unit=WAN, total=FundLine(annual=AMOUNT, executed=SPENT))
    assert grouped(report("渠道清淤", unit=TOWN, claims=told), table("防汛补助", unit=TOWN, funds=funds)) == [
        [0],
        [1],
    ]


def test_the_only_forms_of_a_file_stay_together_though_one_prints_another_unit() -> None:
    base = Reading(
        Kind.BASE_DATA_FORM, Evaluation(Project("护理费", unit="青禾县民政局"), 2024), file="a.txt"
    )
    form = Reading(Kind.SCORING_FORM, Evaluation(Project("护理费", unit="青禾县敬老院"), 2024), file="a.txt")
    told = report("护理费", unit="青禾县财政局")
    assert grouped(told, base, form) == [[0, 1, 2]]
    again = replace(form, record=Evaluation(Project("护理费", unit="青禾县福利院"), 2024))
    assert len(grouped(base, form, again)) == 3
    late = replace(base, record=Evaluation(Project("护理费", unit="青禾县民政局"), 2023))
    assert len(grouped(late, form)) == 2
