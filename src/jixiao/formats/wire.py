"""A page on its way between two processes: lines of JSON, each checked as it comes in.

One line a piece, so that neither end holds the page twice. The sender may have been taken over by the file
it read: whatever doesn't have the exact shape is Garbled, and nothing but text and small numbers gets through.
"""

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, BinaryIO, TypeVar

from jixiao.expressions import expression
from jixiao.formats.intake import LIMITS
from jixiao.layout import NOWHERE, Block, Cell, Doubt, Grid, Layout, Line, Place, Role

LONGEST_LINE = 6 * LIMITS.characters + 10_000  # bytes: every character escaped as \uXXXX
MOST_LINES = 2 * LIMITS.pieces
FARTHEST = 10_000_000  # no row, page or offset is beyond it
SHARE = expression(r"[01](?:\.[0-9]{1,9})?", re.ASCII)

T = TypeVar("T")
ENCODER = json.JSONEncoder(separators=(",", ":"))
Taken = list[Any]


class Garbled(Exception):  # noqa: N818 - a word of this module and of its caller, never the user's
    """The other side sent what is no page."""


def send(layout: Layout) -> Iterator[bytes]:
    """Yield the lines that stand for a page, all but its name: whoever asked for it knows that."""
    for block in layout.blocks:
        if isinstance(block, Line):
            yield packed(
                "line", block.text, block.level, _sent_place(block.place), _sent_share(block.confidence)
            )
        else:
            yield packed("grid", _sent_place(block.place), block.choices)
            for cell in block.cells:
                spans, sure = (cell.rowspan, cell.colspan), _sent_share(cell.confidence)
                place = _sent_place(cell.place)
                yield packed("cell", cell.row, cell.column, cell.text, *spans, cell.role, place, sure)
    for doubt in layout.doubts:
        yield packed(
            "doubt", doubt.why, doubt.reading, doubt.alternative, doubt.where, _sent_place(doubt.place)
        )
    yield packed("read", layout.format)


def packed(*fields: object) -> bytes:
    """Write one line; its first field says what it is."""
    return ENCODER.encode(fields).encode() + b"\n"


def line(stream: BinaryIO) -> tuple[str, Taken]:
    """Read one line as its word and the fields behind it.

    Raises:
        EOFError: the other side has gone.
        Garbled: it is no such line, or longer than any can be.
    """
    raw = stream.readline(LONGEST_LINE)
    if not raw:
        raise EOFError
    try:
        fields = json.loads(raw.decode())
    except (ValueError, RecursionError) as error:
        raise Garbled from error
    if type(fields) is not list or not fields or type(fields[0]) is not str:
        raise Garbled
    return fields[0], fields[1:]


class Arriving:
    """A page as far as it has come in."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._cells: list[Cell] = []
        self._grid: Taken | None = None
        self._doubts: list[Doubt] = []
        self._lines = 0

    def take(self, word: str, fields: Taken) -> None:
        """Take one line in.

        Raises:
            Garbled: the word or its fields have no place in a page, or there are too many of them.
        """
        self._lines += 1
        if self._lines > MOST_LINES or word not in TAKEN:
            raise Garbled
        try:
            TAKEN[word](self, *fields)
        except (TypeError, ValueError) as error:
            raise Garbled from error

    def page(self, name: str, form: object) -> Layout:
        """Give the page, now that it is whole."""
        self._close()
        return Layout(name, tuple(self._blocks), _text(form), tuple(self._doubts))

    def line(self, text: object, level: object, place: object, sure: object) -> None:
        """Take a line of running text."""
        self._close()
        self._blocks.append(
            Line(_text(text), _place(place), _optional(_whole, level), _optional(_share, sure))
        )

    def grid(self, place: object, choices: object) -> None:
        """Begin a table; the cells that follow are its own."""
        self._close()
        chosen = tuple((_whole(column), tuple(map(_text, words))) for column, words in _list(choices))
        self._grid = [_place(place), chosen]

    def cell(self, row: object, column: object, text: object, *rest: object) -> None:
        """Take a cell of the table that was begun."""
        if self._grid is None:
            raise Garbled
        rowspan, colspan, role, place, sure = rest
        spans = max(_whole(rowspan), 1), max(_whole(colspan), 1)
        at, share = _place(place), _optional(_share, sure)
        self._cells.append(
            Cell(_whole(row), _whole(column), _text(text), *spans, Role(_text(role)), at, share)
        )

    def doubt(self, why: object, reading: object, alternative: object, where: object, place: object) -> None:
        """Take a doubt of the page."""
        said = _optional(_text, reading), _optional(_text, alternative)
        self._doubts.append(Doubt(_place(place), _text(why), *said, _text(where)))

    def _close(self) -> None:
        if self._grid is not None:
            self._blocks.append(Grid(tuple(self._cells), *self._grid))
        self._grid, self._cells = None, []


TAKEN: dict[str, Callable[..., None]] = {
    "line": Arriving.line,
    "grid": Arriving.grid,
    "cell": Arriving.cell,
    "doubt": Arriving.doubt,
}


def _sent_place(place: Place) -> tuple[object, ...] | None:
    if place == NOWHERE:
        return None
    at = (place.page, place.sheet, place.table, place.row, place.column, place.cell)
    return (*at, place.line, place.start, place.end, place.box)


def _place(sent: object) -> Place:
    if sent is None:
        return NOWHERE
    page, sheet, table, row, column, cell, at_line, start, end, box = _list(sent)
    page, table, row, column, at_line, start, end = (
        _optional(_whole, number) for number in (page, table, row, column, at_line, start, end)
    )
    corners = None if box is None else _box(*_list(box))
    sheet, cell = _optional(_text, sheet), _optional(_text, cell)
    return Place(page, sheet, table, row, column, cell, at_line, start, end, corners)


def _box(left: object, top: object, right: object, bottom: object) -> tuple[str, str, str, str]:
    return _text(left), _text(top), _text(right), _text(bottom)


def _optional(check: Callable[[object], T], value: object) -> T | None:
    return None if value is None else check(value)


def _text(value: object) -> str:
    if type(value) is not str:
        raise Garbled
    return value


def _sent_share(share: Decimal | None) -> str | None:
    return None if share is None else f"{share:f}"


def _share(value: object) -> Decimal:
    text = _text(value)
    if not SHARE.fullmatch(text):
        raise Garbled
    return Decimal(text)


def _whole(value: object) -> int:
    if type(value) is not int or not 0 <= value <= FARTHEST:
        raise Garbled
    return value


def _list(value: object) -> Taken:
    if type(value) is not list:
        raise Garbled
    return value
