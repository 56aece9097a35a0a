"""What a form makes of a record: nothing is lost that it has a cell for, and no unit or figure is made up."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from jixiao.layout import Grid
from jixiao.model.evaluation import Evaluation, FundLine, Funds, Indicator
from jixiao.model.figure import WAN, YUAN, figure_of
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.papers.form import load_form
from jixiao.papers.pages.selfeval_page import lay_out
from tests.layouts.invention import invent


def grid(record: Evaluation, form: str) -> Grid:
    return next(block for block in lay_out(record, form).blocks if isinstance(block, Grid))


def texts(record: Evaluation, form: str = "f-10") -> list[str]:
    return [cell.text for cell in grid(record, form).cells if cell.text]


def test_the_funds_unit_is_the_records_own() -> None:
    line = FundLine(annual=figure_of("20000", YUAN))
    assert "项目资金（元）" in texts(Evaluation(funds=Funds(YUAN, total=line)))


def test_no_unit_is_printed_over_figures_without_one() -> None:
    line = FundLine(annual=figure_of("20", None))
    assert "项目资金" in texts(Evaluation(funds=Funds(None, total=line)))
    assert "项目资金（万元）" in texts(Evaluation())


def test_an_amount_in_another_unit_keeps_its_own() -> None:
    line = FundLine(annual=figure_of("20", WAN), executed=figure_of("190000", YUAN))
    assert {"20", "190000元"} <= set(texts(Evaluation(funds=Funds(WAN, total=line))))


def test_a_source_that_the_form_has_no_row_for_gets_one() -> None:
    special = FundLine(annual=figure_of("3", WAN), label="财政专户管理资金")
    more = (FundLine(annual=figure_of("4", WAN), label="市级补助资金"),)
    assert {"财政专户管理资金", "市级补助资金"} <= set(
        texts(Evaluation(funds=Funds(WAN, special=special, more=more)))
    )


def test_sign_and_unit_stand_in_the_targets_cell_where_the_form_has_no_columns_for_them() -> None:
    row = Indicator(
        level3="培训",
        target=parse_target("600", sign="≥", unit="人次"),
        actual=parse_actual("610", unit="人次"),
        sign="≥",
        unit="人次",
    )
    record = Evaluation(indicators=(row,))
    assert {"≥600人次", "610人次"} <= set(texts(record))
    assert {"≥", "600", "人次", "610"} <= set(texts(record, "f-sc"))


def test_points_stand_behind_the_name_where_the_form_has_no_column_for_them() -> None:
    record = Evaluation(indicators=(Indicator(level3="培训人数", points=Decimal(10)),))
    assert "培训人数（10分）" in texts(record, "f-hb")


def test_every_position_of_the_grid_has_one_cell() -> None:
    for form in ("f-10", "f-sys", "f-hb", "f-monitor", "f-transfer"):
        found = grid(replace(invent(Random(form), load_form("f-10")), form=None), form)
        spots = [(r, c) for cell in found.cells for r in range(cell.row, cell.row + cell.rowspan)
                 for c in range(cell.column, cell.column + cell.colspan)]  # fmt: skip
        assert (
            len(spots) == len(set(spots)) == len(found.widths) * (1 + max(cell.row for cell in found.cells))
        )


def test_the_headings_of_the_indicators_stand_again_on_further_pages() -> None:
    found = grid(Evaluation(indicators=(Indicator(level3="培训"),)), "f-yn")
    assert found.repeated is not None
    first, end = found.repeated
    assert {cell.text for cell in found.cells if first <= cell.row < end} >= {"三级指标", "度量单位", "得分"}
