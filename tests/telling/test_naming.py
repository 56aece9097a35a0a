"""What a field is called, and where it stands: the nearest words of the paper, and its own words for its cells."""

import pytest

from jixiao.layout import Place
from jixiao.model.evaluation import Evaluation, Particular
from jixiao.model.reading import Kind, Reading
from jixiao.telling.naming import exact_place, field_words, place_at

RECORD = Evaluation(contacts=("周师傅", "13900001111"), particulars=(Particular("填报日期", "2025年3月1日"),))
RATE, PHONE, SHEET = Place(cell="H6"), Place(cell="I4"), Place(sheet="自评表", cell="A1")
READING = Reading(
    Kind.SELFEVAL_TABLE,
    RECORD,
    SHEET,
    {"execution.rate_printed": RATE, "contacts.1": PHONE},
)


@pytest.mark.parametrize(
    "where, place",
    [
        ("execution.reason", RATE),
        ("execution", RATE),
        ("contacts", PHONE),
        ("goal.actual", SHEET),
        ("", SHEET),
    ],
)
def test_what_has_no_place_of_its_own_stands_at_the_nearest_around_it(where: str, place: Place) -> None:
    assert place_at(READING, where) == place


def test_what_is_marked_stands_at_words_of_the_paper_even_when_nothing_is_near() -> None:
    assert exact_place(READING, "execution.reason") == RATE
    assert exact_place(READING, "goal.actual") == RATE


@pytest.mark.parametrize(
    "where, words",
    [("contacts.1", "联系人"), ("particulars.0", "“填报日期”"), ("execution.reason", "预算执行率 偏差原因")],
)
def test_a_field_is_called_what_the_paper_calls_it(where: str, words: str) -> None:
    assert field_words(READING, where) == words
