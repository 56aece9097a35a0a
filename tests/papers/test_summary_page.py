"""A list of projects made of their tables: what each prints, and sums only where every table has the figure."""

from dataclasses import replace
from random import Random

from jixiao.model.evaluation import FundLine, Funds
from jixiao.papers.form import load_form
from jixiao.papers.pages.summary_page import summary_of
from tests.layouts.invention import invent

TABLES = [invent(Random(seed), load_form("f-10")) for seed in range(3)]


def test_a_list_holds_what_each_table_prints_in_order() -> None:
    listed = summary_of(TABLES)
    assert [project.name for project in listed.projects] == [table.project.name for table in TABLES]
    assert [project.number for project in listed.projects] == ["1", "2", "3"]
    assert [p.score_printed for p in listed.projects] == [table.total_printed for table in TABLES]
    assert listed.year == 2023


def test_the_total_is_the_sum_of_every_tables_budget() -> None:
    listed = summary_of(TABLES)
    budgets = [t.funds.total.annual.value for t in TABLES if t.funds.total and t.funds.total.annual]
    assert listed.total is not None
    assert listed.total.budget is not None
    assert listed.total.budget.value == sum(budgets)


def test_nothing_is_summed_where_one_table_is_silent() -> None:
    silent = replace(TABLES[0], funds=Funds(total=FundLine()))
    assert summary_of([silent, *TABLES[1:]]).total is None


def test_the_unit_is_named_only_where_all_tables_have_the_same() -> None:
    assert summary_of(TABLES[:1]).unit == TABLES[0].project.department
    other = replace(TABLES[0], project=replace(TABLES[0].project, department="青禾县别局"))
    assert summary_of([TABLES[0], other]).unit is None
