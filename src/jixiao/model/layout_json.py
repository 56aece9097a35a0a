"""A page as JSON and back: what a file looks like, kept beside what was read from it."""

from jixiao.layout import Cell, Grid, Layout, Line
from jixiao.model.codec import INTEGER, WORDS, Codec, Json, keys_of, listed, optional, record, refuse, spare
from jixiao.model.values_json import DOUBT, PLACE

_PLACE = spare(PLACE)
_SPAN = spare(
    Codec(
        lambda value: None if value == 1 else INTEGER.put(value),
        lambda json, path: 1 if json is None else INTEGER.take(json, path),
    )
)
_LINE = record(Line, {"text": WORDS, "place": _PLACE, "level": spare(optional(INTEGER))})
_CELL = record(Cell, {
    "row": INTEGER, "column": INTEGER, "text": WORDS, "rowspan": _SPAN, "colspan": _SPAN, "place": _PLACE,
})  # fmt: skip
_GRID = record(Grid, {"cells": listed(_CELL), "place": _PLACE})
_BLOCK = Codec(
    lambda value: _GRID.put(value) if isinstance(value, Grid) else _LINE.put(value),
    lambda json, path: (_GRID if "cells" in keys_of(json, path) else _LINE).take(json, path),
)
_LAYOUT = record(Layout, {"name": WORDS, "blocks": listed(_BLOCK), "format": WORDS, "doubts": listed(DOUBT)})


def layout_to_json(layout: Layout) -> dict[str, Json]:
    """Return a page as JSON; what only a writer needs is left out."""
    return keys_of(_LAYOUT.put(layout), "")


def layout_from_json(json: Json) -> Layout:
    """Return the page that `layout_to_json` wrote.

    Raises:
        UnreadableError: the JSON is no page; the sentence names the key.
    """
    page = _LAYOUT.take(json, "")
    return page if isinstance(page, Layout) else refuse("", "一页", json)
