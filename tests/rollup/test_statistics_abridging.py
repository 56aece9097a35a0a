"""Statistics of very many filings: lists are cut to what is strongest, counts stay those of all, and a file lists all."""

import csv
from dataclasses import replace
from fractions import Fraction
from io import StringIO
from itertools import takewhile

import pytest

from jixiao.cli import behind
from jixiao.layout import Layout, Line
from jixiao.papers.statistics.pages import lay_out
from jixiao.rollup import Grouping
from jixiao.rollup.statistics import Statistics, statistics
from jixiao.rollup.statistics.abridging import abridged
from jixiao.rollup.statistics.chance import ADDED, binomial_tail, bounds
from jixiao.rollup.statistics.copies import Field, copies_among
from jixiao.rollup.statistics.entries import Subject
from jixiao.rollup.statistics.inflation import FULL
from jixiao.rollup.statistics.standing import Most, Value, compare, judged
from tests.rollup.counties import Planted, county


@pytest.fixture(scope="module")
def told() -> Statistics:
    return statistics(county(3, Planted(full=1, low=2, heaped=3), units=7), (), Grouping.UNIT)


def test_each_list_keeps_its_strongest_and_the_counts_stay(told: Statistics) -> None:
    short = abridged(told, 2, 3)
    assert short.filings == told.filings
    assert "至多 2 份" in short.absent[-1]
    for part, whole in zip(short.inflation.comparisons, told.inflation.comparisons, strict=True):
        assert (part.projects, part.usual) == (whole.projects, whole.usual)
        assert len(part.standings) == max(
            min(3, len(whole.standings)), sum(one.lead for one in whole.standings)
        )
        by_group = {one.group: one for one in whole.standings}
        for one in part.standings:
            assert one == replace(by_group[one.group], behind=by_group[one.group].behind[:2])
            assert one.filings == len(by_group[one.group].behind)
            least = min(other.share for other in one.behind)
            assert all(left.share <= least for left in by_group[one.group].behind[2:])
        kept = {one.group for one in part.standings}
        assert all(one.group in kept for one in whole.standings if one.lead)
    low = short.lowness
    assert (len(low.pairs), low.compared) == (3, len(told.lowness.pairs))
    assert low.below == sum(pair.below for pair in told.lowness.pairs) > 0
    assert low.surpassed == len(told.lowness.repeated)
    for test, whole_test in zip(short.heaping.tests, told.heaping.tests, strict=True):
        assert test.counts == whole_test.counts
        assert all(sum(name == digit for name, _ in test.behind) <= 2 for digit in test.classes)


def _said(page: Layout) -> list[str]:
    """The sentences above the first table."""
    first = takewhile(lambda block: isinstance(block, Line), page.blocks)
    return [block.text for block in first if isinstance(block, Line)]


def test_the_pages_of_what_was_cut_tell_the_counts_of_all(told: Statistics) -> None:
    short, whole = lay_out(abridged(told, 2, 3)), lay_out(told)
    for number in (1, 2, 3):
        assert _said(short[number]) == _said(whole[number])


def test_the_tables_beside_hold_every_filing_behind_a_figure(told: Statistics) -> None:
    found = {
        name: list(csv.reader(StringIO(b"".join(lines).decode("utf-8-sig"))))
        for name, lines in behind.tables(told)
    }
    due = sum(one.filings for part in told.inflation.comparisons for one in part.standings)
    assert len(found["虚高"]) == 1 + due > 100
    assert len(found["上下两年的指标"]) == 1 + told.lowness.compared
    first = told.inflation.comparisons[0].standings[0]
    share = first.behind[0].share
    assert found["虚高"][1][2:4] == [first.group, f"{share.numerator}/{share.denominator}"]


def test_a_name_that_a_spreadsheet_would_work_out_is_kept_as_text(told: Statistics) -> None:
    one = told.inflation.comparisons[0]
    named = replace(one, standings=(replace(one.standings[0], group="=1+1"),))
    table = dict(behind.tables(replace(told, inflation=replace(told.inflation, comparisons=(named,)))))
    assert b",'=1+1," in b"".join(table["虚高"])


def test_where_too_many_may_be_alike_the_page_says_so(told: Statistics) -> None:
    one = replace(told, copies=copies_among([], frozenset(), 0, Field(5, {}), most=-1))
    assert any("项目太多，没有比较" in says for says in _said(lay_out(one)[4]))


def test_a_tail_of_very_many_is_close_to_the_one_that_is_added_up() -> None:
    third = Fraction(1, 3)
    for hits in (1000, 1020, 1040):
        assert abs(binomial_tail(hits, ADDED, third) - binomial_tail(hits, ADDED + 1, third)) < Fraction(
            1, 50
        )
    assert bounds(0, 10**6) == (0, Fraction(1, 1000))
    low, high = bounds(250_000, 10**6)
    assert low < Fraction(1, 4) < high
    assert high - low <= Fraction(4, 1000)


def test_spots_stand_for_groups_only_where_some_are_not_listed() -> None:
    values = [
        Value(
            Subject(2024, "", f"单位{unit}", f"项目{n}", f"{unit}-{n}"),
            f"{unit}|{n}",
            f"单位{unit}",
            Fraction(n, 5),
            9,
        )
        for unit in range(4)
        for n in range(3)
    ]
    for rows, drawn in ((3, 1), (4, 0)):
        (one,), _ = judged([compare(values, FULL)], (), Most(2, rows))
        assert (len(one.standings), len(one.spots)) == (rows, drawn)
