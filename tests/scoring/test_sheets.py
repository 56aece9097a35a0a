"""Whole sheets: execution, totals, caps, grades, rows left out, points supplied."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from jixiao.model.evaluation import Evaluation, Execution, FundLine, Funds, Indicator
from jixiao.model.figure import PERCENT, WAN, figure_of, unit_named
from jixiao.model.parsing import parse_figure
from jixiao.schemes import load_scheme
from jixiao.schemes.scheme import Band, Method, Part, Rounding
from jixiao.scoring import score
from tests.scoring.sheets import SHARED, line, paper, row, says, span

ANHUI = load_scheme("anhui-huaiyuan")
GOLDEN = SHARED / "golden/seeds.json"


# ---------------------------------------------------------------- execution


@pytest.mark.parametrize(
    ("executed", "annual", "expected"),
    [
        ("35.37", "40.00", ("8.84", "8.84", "8.85")),
        ("9.92", "11.28", ("8.79", "8.79", "8.80")),
        ("585.19", "600.00", ("9.75", "9.75", "9.75")),
        ("10", "10", ("10.00", "10.00", "10.00")),
    ],
)
def test_execution_covers_what_rounded_amounts_leave_open(
    executed: str, annual: str, expected: tuple[str, ...]
) -> None:
    assert span(score(paper(annual=annual, executed=executed), ANHUI).execution) == expected


def test_execution_says_the_rate_and_then_the_points() -> None:
    found = score(paper(annual="40.00", executed="35.37"), ANHUI).execution
    assert says(found) == ["35.37 ÷ 40.00 = 88.43%", "10 × 88.43% = 8.84"]


def test_spending_beyond_the_budget_earns_no_more() -> None:
    found = score(paper(annual="10.00", executed="12.00"), ANHUI).execution
    assert found.score == Decimal("10.00")
    assert "按 100% 计" in says(found)[1]


def test_a_rate_whose_rounding_would_change_the_score_is_not_shown_as_its_factor() -> None:
    found = score(paper(annual="10000", executed="8844.9", points="100"), ANHUI).execution
    assert all("× 88.45% = 88.45" in step or "×" not in step for step in says(found))
    odd = score(paper(annual="9999", executed="3333.4", points="300"), ANHUI).execution
    assert "比率不先舍入" in says(odd)[-1]


@pytest.mark.parametrize(("annual", "executed"), [(None, "10"), ("10", None), ("0", "5"), ("-1", "5")])
def test_execution_is_undecided_without_two_amounts(annual: str | None, executed: str | None) -> None:
    sheet = score(paper(row("≥1个", "1个"), annual=annual, executed=executed), ANHUI)
    assert sheet.execution.score is None
    assert sheet.execution.because
    assert sheet.total.score is None


def test_a_total_of_zero_over_a_stated_line_is_pointed_out() -> None:
    funds = Funds(unit=WAN, total=line("0", "0", "0"), fiscal=line("90", "89.97", "89.97"))
    sheet = score(replace(paper(), funds=funds), load_scheme("provincial-system"))
    assert sheet.execution.score is None
    assert "各来源合计为 89.97万元" in sheet.execution.because


def test_without_a_total_row_the_sources_are_added_up() -> None:
    funds = Funds(unit=WAN, fiscal=line(None, "30.00", "24.00"), other=line(None, "10.00", "8.00"))
    found = score(replace(paper(), funds=funds), ANHUI).execution
    assert found.score == Decimal("8.00")
    assert says(found)[0].startswith("表中未印年度资金总额")


def test_amounts_of_another_paper_and_points_of_the_rule_book_are_said() -> None:
    rows = (row("≥1个", "1个", "50"), row("成效显著", "100%-80%(含)", "40"))
    told = "表中没有项目资金一栏，取自评报告所写的 1 万元"
    sheet = score(paper(*rows, annual="1", executed="1", points=None), load_scheme("gansu-ningxian"),
                  supplied={"funds.total.annual": told})  # fmt: skip
    assert sheet.execution.score == Decimal("10.00")
    assert says(sheet.execution)[0].startswith("表中未印预算执行率一行的分值，按口径 10 分计")
    assert says(sheet.execution)[1] == told
    assert sheet.total.score == Decimal("96.00")


def test_for_want_of_amounts_the_printed_rate_counts() -> None:
    silent = replace(
        paper(annual=None, executed=None), execution=Execution(Decimal(10), figure_of("98.50", PERCENT))
    )
    assert span(score(silent, ANHUI).execution) == ("9.85", "9.85", "9.85")


def test_execution_is_not_counted_where_the_indicators_make_up_the_full_mark() -> None:
    sheet = score(paper(row("≥1个", "1个", "100"), points=None), ANHUI)
    assert sheet.execution.points == 0
    assert sheet.total.score == Decimal("100.00")


def test_the_total_is_open_where_execution_prints_points_beside_the_full_mark() -> None:
    sheet = score(paper(row("≥1个", "1个", "100"), printed="100"), ANHUI)
    assert span(sheet.total) == ("100.00", None, "110.00")
    assert sheet.total.agrees


def test_bands_score_execution_and_an_unseen_condition_keeps_the_top_open() -> None:
    book = load_scheme("national-2021")
    assert span(score(paper(annual="100.00", executed="88.44"), book).execution) == ("7.00", "7.00", "10.00")
    assert span(score(paper(annual="100.00", executed="100.00"), book).execution) == (
        "10.00",
        "10.00",
        "10.00",
    )
    assert score(paper(annual="100.00", executed="120.00"), book).execution.score is None


def test_a_scoring_form_divides_by_the_money_received() -> None:
    funds = Funds(unit=WAN, total=FundLine(annual=figure_of("900.00", WAN), executed=figure_of("400.00", WAN),
                                           received=figure_of("800.00", WAN)))  # fmt: skip
    rows = (Indicator("过程", "资金管理", "预算执行率", points=Decimal(5)),
            Indicator("过程", "资金管理", "资金到位率", points=Decimal(3)),
            Indicator("过程", "事项管理", "监管有效性", points=Decimal(2)))  # fmt: skip
    sheet = score(Evaluation(funds=funds, indicators=rows), load_scheme("guangdong-zhanjiang"))
    assert [found.score for found in sheet.indicators] == [Decimal("2.50"), Decimal("2.67"), None]
    assert sheet.execution.points == 0
    assert sheet.total.score is None


# ---------------------------------------------------------------- totals


def test_an_undecided_row_leaves_the_total_undecided_but_bounded() -> None:
    sheet = score(paper(row("≥1个", "1个", "60"), row("成效显著", "群众反映较好", "30")), ANHUI)
    assert span(sheet.total) == ("70.00", None, "100.00")
    assert sheet.undecided == (sheet.indicators[1],)
    assert "1 行不能计分" in sheet.total.because


def test_an_unbounded_row_leaves_the_total_without_bounds() -> None:
    assert span(score(paper(row("≥1个", None, "90")), ANHUI).total) == (None, None, None)


def test_the_printed_total_agrees_inside_the_interval_only() -> None:
    rows = (row("≥1个", "1个", "90"),)
    assert score(paper(*rows, annual="11.28", executed="9.92", printed="98.80"), ANHUI).total.agrees
    assert not score(paper(*rows, annual="11.28", executed="9.92", printed="98.90"), ANHUI).total.agrees


def test_rows_are_rounded_before_or_after_they_are_added() -> None:
    rows = tuple(row("≥3个", "2个", "10", f"事项{n}") for n in range(3))
    late = replace(ANHUI, rounding=Rounding(2, round_then_sum=False))
    assert score(paper(*rows), ANHUI).total.score == Decimal("30.01")
    assert score(paper(*rows), late).total.score == Decimal("30.00")


def test_rows_that_do_not_apply_are_left_out_and_the_rest_is_scaled() -> None:
    rows = (row("≥4个", "3个", "40"), row("≥1个", "1个", "30"), row("≥1个", "不适用", "20"))
    total = score(paper(*rows), load_scheme("renormalised")).total
    assert (total.points, total.score) == (Decimal(100), Decimal("87.50"))
    assert total.steps[-1].says == "70.00 ÷ 80 × 100 = 87.50（不计分的行剔除，其余折算）"
    assert score(paper(*rows), ANHUI).total.score is None


def test_a_row_whose_target_was_emptied_is_skipped_where_the_book_says_so() -> None:
    rows = (row("≥1个", "1个", "40"), row(None, "3个", "50"))
    sheet = score(paper(*rows), load_scheme("shanxi"))
    assert sheet.total.score == Decimal("50.00")
    assert sheet.indicators[1].points == 0


def test_the_deduction_column_counts_where_the_book_has_one() -> None:
    rows = (row("≥1个", "1个", "10", deduction="1.5"),)
    assert score(paper(*rows), load_scheme("guangxi")).indicators[0].score == Decimal("8.50")
    assert score(paper(*rows), load_scheme("provincial-system")).indicators[0].score == Decimal("10.00")


def test_a_cap_by_execution_holds_the_total() -> None:
    bands = (Band(Decimal("0.5"), None, Decimal(1)), Band(Decimal(0), Decimal("0.5"), Decimal("0.8")))
    capped = replace(ANHUI, parts={**ANHUI.parts, "total_cap": Part("total_cap", Method.BANDS, bands=bands)})
    rows = (row("≥1个", "1个", "90"),)
    low = score(paper(*rows, annual="10.00", executed="3.00"), capped).total
    assert span(low) == ("80.00", "80.00", "80.00")
    assert score(paper(*rows, annual="10.00", executed="6.00"), capped).total.score == Decimal("96.00")


def test_equal_splits_give_the_odd_hundredth_to_the_last_row() -> None:
    rows = tuple(row("≥1个", "1个", None, f"事项{n}") for n in range(3))
    found = score(paper(*rows), load_scheme("gansu-ningxian")).indicators
    assert [one.score for one in found] == [Decimal("13.33"), Decimal("13.33"), Decimal("13.34")]
    assert [one.score for one in score(paper(*rows), ANHUI).indicators] == [None] * 3


def test_a_line_of_which_is_no_row_of_its_own() -> None:
    rows = (row("≥3个", "3个", "90"), row("2个", "2个", None, "其中：东塘镇"))
    assert score(paper(*rows), ANHUI).total.score == Decimal("100.00")


# ---------------------------------------------------------------- grades


@pytest.mark.parametrize(
    ("points", "printed", "word", "agrees"),
    [("90", "优", "优", True), ("90", "“优秀”", "优", True), ("75", "优", "良", False), ("90", None, "优", None),
     ("90", "合格", "优", None)],
)  # fmt: skip
def test_the_grade_is_that_of_the_total(
    points: str, printed: str | None, word: str, agrees: bool | None
) -> None:
    found = score(replace(paper(row("≥1个", "1个", points)), grade_printed=printed), ANHUI).grade
    assert (found.word, found.printed, found.agrees) == (word, printed, agrees)


def test_any_grade_that_the_interval_reaches_agrees() -> None:
    rows = (row("成效显著", "达成预期指标", "90"),)
    assert score(replace(paper(*rows), grade_printed="良"), ANHUI).grade.agrees
    assert score(replace(paper(*rows), grade_printed="中"), ANHUI).grade.agrees is False


def test_no_grade_without_a_total() -> None:
    assert score(paper(row("≥1个", None)), ANHUI).grade.word is None


# ---------------------------------------------------------------- the golden papers


def line_of(data: dict[str, str | None], unit: str) -> FundLine:
    return FundLine(**{key: parse_figure(text, unit=unit_named(unit)) for key, text in data.items() if text})


def table_of(golden: dict[str, dict[str, str]]) -> Evaluation:
    """The evaluation that a perfect reader makes of a golden paper."""
    execution, rows = golden["execution"], golden["indicators"]
    printed = execution.get("in_table", True)
    return Evaluation(
        year=2023,
        funds=Funds(total=line_of(golden["funds"]["total"], golden["funds_unit"])),  # type: ignore[arg-type]
        execution=Execution(Decimal(execution["points"]) if printed else None),
        indicators=tuple(
            row(r.get("target"), r.get("actual"), r["points"], r["level3"],
                **{key: r[key] for key in ("unit", "sign", "level1", "level2") if r.get(key)})
            for r in rows
        ),
    )  # fmt: skip


@pytest.mark.skipif(not GOLDEN.exists(), reason="the golden papers are not here")
def test_the_golden_papers_earn_what_a_careful_reader_worked_out() -> None:
    listed = [g for g in json.loads(GOLDEN.read_text("utf-8")) if g.get("rescored")]
    assert listed
    for golden in listed:
        sheet = score(table_of(golden), load_scheme(golden["scheme"]))
        wanted = golden["rescored"]
        assert str(sheet.execution.score) == wanted["execution"]
        assert sheet.total.score == (Decimal(wanted["total"]) if wanted["total"] else None)
        if "indicators" in wanted:
            assert [str(found.score) for found in sheet.indicators] == wanted["indicators"]
