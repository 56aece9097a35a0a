import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.formats import wire
from jixiao.layout import Cell, Doubt, Grid, Layout, Line, Place, Role

TEXTS = st.text(st.characters() | st.sampled_from("甲\n\u2028\ud800"), max_size=8)
NUMBERS = st.integers(0, 1_048_576)
PLACES = st.builds(
    Place,
    page=st.none() | NUMBERS,
    sheet=st.none() | TEXTS,
    table=st.none() | NUMBERS,
    row=st.none() | NUMBERS,
    column=st.none() | NUMBERS,
    cell=st.none() | TEXTS,
    line=st.none() | NUMBERS,
    start=st.none() | NUMBERS,
    end=st.none() | NUMBERS,
    box=st.none() | st.tuples(TEXTS, TEXTS, TEXTS, TEXTS),
)
SHARES = st.none() | st.decimals(0, 1, places=3)
SPANS = st.integers(1, 9)
CELLS = st.builds(Cell, NUMBERS, NUMBERS, TEXTS, SPANS, SPANS, st.sampled_from(Role), PLACES, SHARES)
CHOICES = st.lists(st.tuples(NUMBERS, st.lists(TEXTS, max_size=2).map(tuple)), max_size=2).map(tuple)
GRIDS = st.builds(Grid, st.lists(CELLS, max_size=3).map(tuple), PLACES, CHOICES)
LINES = st.builds(Line, TEXTS, PLACES, st.none() | st.integers(0, 9), SHARES)
DOUBTS = st.builds(Doubt, PLACES, TEXTS, st.none() | TEXTS, st.none() | TEXTS, TEXTS)
PAGES = st.builds(
    Layout,
    TEXTS,
    st.lists(GRIDS | LINES, max_size=4).map(tuple),
    TEXTS,
    st.lists(DOUBTS, max_size=3).map(tuple),
)


def received(lines: bytes, name: str) -> Layout:
    stream, arriving = io.BytesIO(lines), wire.Arriving()
    while True:
        word, fields = wire.line(stream)
        if word == "read":
            return arriving.page(name, *fields)
        arriving.take(word, fields)


@given(PAGES)
def test_every_page_arrives_as_it_was_sent(page: Layout) -> None:
    assert received(b"".join(wire.send(page)), page.name) == page


@given(PAGES, st.data())
def test_a_page_cut_off_is_no_page(page: Layout, data: st.DataObject) -> None:
    sent = b"".join(wire.send(page))
    at = data.draw(st.integers(0, len(sent) - 2))
    with pytest.raises((EOFError, wire.Garbled)):
        received(sent[:at], page.name)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS, st.lists, max_leaves=9
)


@given(
    st.lists(
        st.tuples(st.sampled_from(("line", "grid", "cell", "doubt", "x")), st.lists(VALUES, max_size=8)),
        max_size=4,
    )
)
def test_whatever_is_sent_is_a_page_or_garbled(lines: list[tuple[str, list[object]]]) -> None:
    arriving = wire.Arriving()
    try:
        for word, fields in lines:
            arriving.take(word, json.loads(json.dumps(fields)))
        page = arriving.page("甲", "xls")
    except wire.Garbled:
        return
    assert received(b"".join(wire.send(page)), "甲") == page


def test_more_than_any_page_holds_is_garbled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MOST_LINES", 3)
    page = Layout("甲", (Line("甲"),) * 3)
    assert received(b"".join(wire.send(page)), "甲") == page
    with pytest.raises(wire.Garbled):
        received(b"".join(wire.send(Layout("甲", (Line("甲"),) * 4))), "甲")


def test_a_line_longer_than_any_is_garbled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "LONGEST_LINE", 10)
    with pytest.raises(wire.Garbled):
        wire.line(io.BytesIO(b'["line","aaaaaaaaaaaaaaaaaaaa",null,null]\n'))
