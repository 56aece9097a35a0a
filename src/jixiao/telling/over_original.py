"""A table laid over the file that it was begun with: what is said of it stands where the file has it.

Rows are paired by their names in their order. What was sent otherwise than the file has it is told cell by cell; what
the file says and the table is silent about is left alone, because a form may have no such cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from jixiao.audit.remedy.cells import is_cell, printed_at
from jixiao.audit.remedy.safe import Edit
from jixiao.layout import Place
from jixiao.model.evaluation import Evaluation
from jixiao.model.finding import FieldPath
from jixiao.model.parsing import parse_figure
from jixiao.model.reading import Reading
from jixiao.telling.changes import paired
from jixiao.telling.done import Done
from jixiao.telling.naming import row_words
from jixiao.telling.verdict import main_of

_SENT = "报送时所填"
_ROWS = "indicators"
_MOVING = frozenset({"sections", "particulars", "claims"})  # listed in an order of each paper's own
_SHARED = frozenset({"points_printed"})  # stands in the cell of another field


def original_of(done: Done, readings: Sequence[Reading]) -> Reading | None:
    """Return the paper of a file that a review's table is about: of its own kind before another; None for none."""
    tables = [one for one in readings if isinstance(one.record, Evaluation)]
    own = (one for one in tables if one.kind is main_of(done).kind)
    return next(own, tables[0] if tables else None)


def laid_over(done: Done, original: Reading) -> tuple[Done, tuple[Edit, ...]]:
    """Return a review whose table stands in an original's places, and what was sent otherwise than that has it."""
    readings = done.review.filing.readings
    main = main_of(done)
    at = readings.index(main)
    rows = {now: was for was, now in paired(_names(original), _names(main)) if None not in {was, now}}
    back = {was: now for now, was in rows.items()}
    places = dict(_moved(original.places, back))
    laid = replace(main, places=places, place=original.place, file=original.file, index=original.index)
    filing = replace(done.review.filing, readings=(*readings[:at], laid, *readings[at + 1 :]))
    edits = tuple(_departures(main, original, rows, at))
    return replace(done, review=replace(done.review, filing=filing)), edits


def _names(reading: Reading) -> list[str]:
    return (
        [row_words(row) for row in reading.record.indicators]
        if isinstance(reading.record, Evaluation)
        else []
    )


def _moved(
    places: Mapping[FieldPath, Place], rows: Mapping[int | None, int | None]
) -> Iterator[tuple[FieldPath, Place]]:
    for where, place in places.items():
        path = _in_row(where, rows)
        if path:
            yield path, place


def _in_row(where: FieldPath, rows: Mapping[int | None, int | None]) -> FieldPath:
    """Return a field's path where its row has another number; "" where that row isn't there, or nothing is sure."""
    head, _, rest = where.partition(".")
    if head in _MOVING:
        return ""
    number, dot, name = rest.partition(".")
    if head != _ROWS or not number.isdigit():
        return where
    other = rows.get(int(number))
    return "" if other is None else f"{_ROWS}.{other}{dot}{name}"


def _departures(
    main: Reading, original: Reading, rows: Mapping[int | None, int | None], at: int
) -> Iterator[Edit]:
    for where in main.places:
        path = _in_row(where, rows)
        if not path or where in _SHARED or not is_cell(main.record, where):
            continue
        old, new = printed_at(original.record, path), printed_at(main.record, where)
        if new and not _same(old, new):
            yield Edit(at, where, old, new, "", _SENT, follows=True)


def _same(old: str, new: str) -> bool:
    """Tell whether two cells say the same, however they are spaced or a number's zeros are written."""
    if "".join(old.split()) == "".join(new.split()):
        return True
    one, other = parse_figure(old), parse_figure(new)
    return one is not None and other is not None and (one.exact, one.unit) == (other.exact, other.unit)


__all__ = ["laid_over", "original_of"]
