"""The corpus itself, and a small part of the proof: what is cheap to draw is read whole."""

from dataclasses import replace
from random import Random

import pytest

from jixiao.layout import Doubt, Place
from jixiao.model.reading import Kind, Reading
from jixiao.papers.form import list_forms
from tests.reading.comparison import Count, counted
from tests.reading.looks import FORMATS, LOOKS, Look
from tests.reading.measure import Row, Task, files, measured, pictures, tasks
from tests.reading.paper import HURTS, paper, papers
from tests.reading.plain import plainly
from tests.reading.telling import told

CHEAP = [look for look in LOOKS if not look.through and look.format != "scan"]


def named(look: Look) -> str:
    return f"{look.format} {look.name}"


def look_of(format_: str, name: str) -> Look:
    return next(look for look in LOOKS if (look.format, look.name) == (format_, name))


def one(seed: str = "1") -> Reading:
    """A table that was read as it is."""
    found = paper("f-10", "", seed)
    assert found is not None
    path = {"indicators.0.points": Place(sheet="表", table=1, row=9, column=6)}
    return Reading(Kind.SELFEVAL_TABLE, found.truths[0], places=path)


def with_wrong_points(reading: Reading) -> Reading:
    first, *rest = reading.record.indicators
    wrong = replace(first, points=first.points + 1)
    return replace(reading, record=replace(reading.record, indicators=(wrong, *rest)))


# ---------------------------------------------------------------- what is made


@pytest.mark.parametrize("look", [look for look in CHEAP if look.format != "pdf"], ids=named)
def test_the_same_seed_draws_the_same_page(look: Look) -> None:
    first, second = (next(iter(papers("", 1, "7"))) for _ in range(2))
    assert first == second
    assert look.draw(Random(1), first.page)


def test_the_papers_go_through_all_forms() -> None:
    made = {found.truths[0].form for found in papers("", len(list_forms()), "3")}
    assert len(made) == len(list_forms())


@pytest.mark.parametrize("hurt", HURTS)
def test_every_damage_can_be_done(hurt: str) -> None:
    assert len(list(papers(hurt, 2, "5"))) == 2


def test_every_look_and_every_damage_of_a_format_has_its_share() -> None:
    wanted = [task for batch in (*tasks(FORMATS, HURTS, 2, "1"), *pictures(2, "1")) for task in batch]
    for format_ in FORMATS:
        own = [task for task in wanted if task.look.format == format_]
        assert {task.look.name for task in own} == {look.name for look in LOOKS if look.format == format_}
        shares = {hurt: sum(t.count for t in own if t.hurt == hurt) for hurt in HURTS}
        assert format_ == "scan" or set(shares.values()) == {2}


def test_batches_are_of_one_look_and_lose_no_file() -> None:
    batches = list(pictures(5, "1"))
    assert {len({task.look for task in batch}) for batch in batches} == {1}
    assert sum(task.count for batch in batches for task in batch) == 5 * sum(
        look.format == "scan" for look in LOOKS
    )


# ---------------------------------------------------------------- what is counted


def test_a_table_read_as_it_is_is_whole() -> None:
    count = counted([one().record], [one()], 0.5)
    assert (count.tally.whole, count.silent, count.files, count.seconds) == (1, 0, 1, 0.5)
    assert count.tally.rows == count.tally.rows_right == len(one().record.indicators)


def test_a_wrong_figure_that_nobody_doubts_is_silent() -> None:
    count = counted([one().record], [with_wrong_points(one())], 0)
    assert (count.tally.whole, count.silent, count.silent_figures) == (0, 1, 1)
    assert count.tally.rows_right == count.tally.rows - 1


@pytest.mark.parametrize(
    "doubt",
    [
        Doubt(Place(), "错了一格", where="indicators.0"),
        Doubt(Place(), "错了一格", where="indicators.0.points"),
        Doubt(Place(sheet="表", table=1, row=9, column=6), "看不清"),
        Doubt(Place(sheet="表", table=1, row=9), "这一行看不清"),
    ],
)
def test_a_doubt_at_the_cell_breaks_the_silence(doubt: Doubt) -> None:
    assert counted([one().record], [replace(with_wrong_points(one()), doubts=(doubt,))], 0).silent == 0


@pytest.mark.parametrize(
    "doubt",
    [
        Doubt(Place(), "错了一格", where="indicators.1"),
        Doubt(Place(sheet="表", table=1, row=9, column=7), "看不清"),
        Doubt(Place(), "文件带有修订"),
    ],
)
def test_a_doubt_about_something_else_does_not(doubt: Doubt) -> None:
    assert counted([one().record], [replace(with_wrong_points(one()), doubts=(doubt,))], 0).silent == 1


def test_a_refused_file_is_told_and_none_of_its_cells_is_right() -> None:
    count = counted([one().record], None, 0)
    assert (count.refused, count.unknown, count.tally.right) == (1, 0, 0)


def test_a_plain_library_finds_figures_that_are_the_same_number() -> None:
    (file,) = files([Task(look_of("xlsx", "numbers"), "", 1, "1")])
    assert file.data is not None
    plain = plainly("xlsx", file.data, file.truths)
    assert 0.8 * plain.cells < plain.found <= plain.cells


def test_the_page_tells_every_row_once() -> None:
    task = Task(look_of("xlsx", "ours"), "slid", 1, "1")
    page = told(
        [Row(task, counted([one().record], [one()], 0), plainly("text", b"", []))] * 2,
        "python -m tests.reading",
    )
    assert page.count("| xlsx 错行错列 | 2 | 2 | 100.0 |") == 1


# ---------------------------------------------------------------- a small part of the proof


def test_a_workbook_and_a_document_are_read_whole() -> None:
    rows = [
        row for format_ in ("xlsx", "docx") for row in measured([Task(look_of(format_, "ours"), "", 1, "0")])
    ]
    assert [row.wrong for row in rows] == [(), ()]


@pytest.mark.slow
@pytest.mark.parametrize(
    "look", [look for look in CHEAP if look.name not in ("across", "bare", "bare-centred")], ids=named
)
def test_what_is_cheap_to_draw_is_read_whole(look: Look) -> None:
    rows = measured([Task(look, "", 1, "small"), Task(look, "page break", 1, "small")])
    count = sum((row.count for row in rows), Count())
    assert [row.wrong for row in rows if row.wrong] == []
    assert count.tally.whole == count.tally.papers == 2
