"""The generator itself: the same seed makes the same papers, and the comparison counts what it should."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from jixiao.model.evaluation import Evaluation
from jixiao.model.parsing import parse_actual
from jixiao.papers.form import list_forms, load_form
from tests.layouts.cells import Found, compared
from tests.layouts.invention import invent
from tests.layouts.measure import damages, make, tally_of
from tests.layouts.styles import STYLES

PAGE = Path(__file__).parents[2] / "docs/reading.md"


def made(form: str = "f-10", seed: str = "1") -> Evaluation:
    return invent(Random(seed), load_form(form))


@pytest.mark.parametrize("style", STYLES)
def test_the_same_seed_makes_the_same_file(style: str) -> None:
    assert make("f-10", style, "dashes", "7") == make("f-10", style, "dashes", "7")


def test_another_seed_makes_another_paper() -> None:
    assert made(seed="1") != made(seed="2")


@pytest.mark.parametrize("form", list_forms())
def test_what_is_made_up_adds_up(form: str) -> None:
    record = made(form)
    scores = sum((row.score_printed or Decimal(0) for row in record.indicators), Decimal(0))
    assert scores + (record.execution.score_printed or 0) == record.total_printed
    if record.points_printed is not None:
        assert sum(row.points or 0 for row in record.indicators) == 90


@pytest.mark.parametrize("damage", damages())
def test_every_damage_can_be_done_to_some_form(damage: str) -> None:
    assert any(make(form, "tabs", damage, str(n)) for n in range(3) for form in list_forms())


def test_a_paper_is_right_as_a_whole_when_it_is_read_as_it_is() -> None:
    tally = compared([made()], [Found(made())])
    assert (tally.right, tally.whole, tally.invented) == (tally.cells, 1, 0)


def test_a_wrong_cell_is_a_miss_and_a_wrong_table_without_a_doubt_is_silent() -> None:
    truth = made()
    first = replace(truth.indicators[0], points=Decimal(99))
    read = replace(truth, indicators=(first, *truth.indicators[1:]))
    tally = compared([truth], [Found(read, doubted=False)])
    assert [miss.field for miss in tally.misses] == ["points"]
    assert (tally.whole, tally.silent) == (0, 1)
    assert compared([truth], [Found(read, doubted=True)]).silent == 0


def test_a_row_that_no_paper_has_is_invented() -> None:
    truth = made()
    extra = replace(truth.indicators[0], level3="河湖长制巡查")
    read = replace(truth, indicators=(*truth.indicators, extra))
    assert compared([truth], [Found(read)]).invented == 1


def test_a_row_that_is_missing_is_wrong_in_every_cell() -> None:
    truth = made()
    tally = compared([truth], [Found(replace(truth, indicators=truth.indicators[1:]))])
    assert len(tally.misses) == 7


@pytest.mark.parametrize(
    ("read", "right"), [("132", True), ("１３２人次", True), ("131人次", False), (None, False)]
)
def test_one_number_counts_with_or_without_its_unit(read: str | None, right: bool) -> None:
    row = replace(made().indicators[0], actual=parse_actual("132人次"))
    truth = replace(made(), indicators=(row,))
    got = replace(row, actual=None if read is None else parse_actual(read))
    tally = compared([truth], [Found(replace(truth, indicators=(got,)))])
    assert (tally.whole == 1) is right


@pytest.mark.slow
@pytest.mark.parametrize("style", ["xlsx", "docx", "tabs", "pipes", "html", "box"])
@pytest.mark.parametrize("form", list_forms())
def test_an_undamaged_table_that_keeps_its_cells_is_read_whole(form: str, style: str) -> None:
    sample = make(form, style, "", "whole")
    assert sample is not None
    tally = tally_of(sample)
    assert tally.misses == ()
    assert tally.invented == 0


def test_the_page_on_reading_names_every_style_and_every_damage() -> None:
    page = PAGE.read_text("utf-8").replace("\\|", "|")
    assert [name for name in (*STYLES, *damages()) if name not in page] == []
