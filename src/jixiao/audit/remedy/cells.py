"""One printed cell of a record: what stands in it, and the same record with something else in it.

A cell is named by its field path, as findings name it. What is put in is read as the paper would be read again, so that
a changed record differs from one that was printed so in nothing. Nothing here knows why a cell is changed.
"""

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import TypeVar, cast, get_args, get_type_hints

from jixiao.model.evaluation import Indicator
from jixiao.model.figure import Figure
from jixiao.model.finding import FieldPath
from jixiao.model.parsing import parse_actual, parse_figure, parse_target
from jixiao.model.statements import Section
from jixiao.model.target import Actual, Target

T = TypeVar("T")
_MARKS = {
    "points",
    "score_printed",
    "deduction_printed",
    "points_printed",
    "total_printed",
    "pass_mark_printed",
}
_RATES = {"rate_printed", "completion_printed"}


@dataclass(frozen=True, slots=True)
class Written:
    """What is put into a cell: `text` for the whole of it, or for the words `old` in it.

    With `once` the words are replaced only where they stand exactly once.
    """

    text: str
    old: str = ""
    once: bool = True


def printed_at(record: object, where: FieldPath) -> str:
    """Return what is printed in a cell as text, empty where it is silent or there is none."""
    value: object = record
    for part in where.split("."):
        if part.isdigit():
            listed = value if isinstance(value, tuple) else ()
            value = listed[int(part)] if int(part) < len(listed) else None
        else:
            value = getattr(value, part, None)
    return _text(value)


def rewritten(record: T, where: FieldPath, written: Written) -> T | None:
    """Return the record with `written` in a cell; None where there is no such cell or it can't hold that."""
    return cast("T | None", _put(record, where.split("."), written))


def is_cell(record: object, where: FieldPath) -> bool:
    """Tell whether a path leads to one cell that something can be written into, not to a row, a table or nothing."""
    value: object = record
    *above, name = where.split(".")
    for part in above:
        if part.isdigit():
            value = value[int(part)] if isinstance(value, tuple) and int(part) < len(value) else None
        else:
            value = getattr(value, part, None)
    if value is None or isinstance(value, type) or not hasattr(value, name):
        return False
    named = isinstance(value, Indicator) and name in {"target", "actual"}
    return named or bool(_kinds(type(value), name) & {str, Figure, Decimal, int})


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Figure):
        return str(value)
    text = getattr(value, "text", value)
    return text if isinstance(text, str) else ""


def _put(value: object, parts: list[str], written: Written) -> object | None:
    if isinstance(value, Section) and not parts:
        parts = ["text"]
    if not parts:
        return None
    name, rest = parts[0], parts[1:]
    if name.isdigit():
        return _put_in_list(value, int(name), rest, written)
    if not is_dataclass(value) or isinstance(value, type) or not hasattr(value, name):
        return None
    old = getattr(value, name)
    deeper = bool(rest) or isinstance(old, Section)
    new = _put(old, rest, written) if deeper else _read(value, name, old, written)
    return None if new is None else replace(value, **{name: new})


def _put_in_list(value: object, at: int, rest: list[str], written: Written) -> object | None:
    if not isinstance(value, tuple) or at >= len(value):
        return None
    new = _put(value[at], rest, written)
    return None if new is None else (*value[:at], new, *value[at + 1 :])


def _read(owner: object, name: str, old: object, written: Written) -> object | None:
    """Read what is written as the field's own kind of value."""
    text = written.text
    if written.old:
        before = _text(old)
        stand = before.count(written.old)
        if not stand or (written.once and stand > 1):
            return None
        text = before.replace(written.old, text)
    if name in _MARKS:
        return _number(text)
    if isinstance(old, Figure) or name in _RATES:
        return parse_figure(text, unit=old.unit) if isinstance(old, Figure) else parse_figure(text)
    if name == "target" and isinstance(owner, Indicator):
        return _target(owner, text)
    if name == "actual" and isinstance(owner, Indicator):
        return _actual(owner, text)
    return _by_kind(owner, name, old, text)


def _by_kind(owner: object, name: str, old: object, text: str) -> object | None:
    """Read what is written as what the field is declared to hold; None where that is more than one cell holds."""
    kinds = _kinds(type(owner), name)
    if str in kinds:
        return text if old is None or isinstance(old, str) else None
    if Figure in kinds:
        beside = next((value for value in _values(owner) if isinstance(value, Figure)), None)
        return parse_figure(text, unit=beside.unit) if beside is not None else parse_figure(text)
    if Decimal in kinds:
        return _number(text)
    return int(text) if int in kinds and re.fullmatch(r"[0-9]{1,9}", text) else None


def _values(owner: object) -> tuple[object, ...]:
    return tuple(getattr(owner, field.name) for field in fields(owner)) if is_dataclass(owner) else ()


def _kinds(owner: type, name: str) -> frozenset[object]:
    """Return what a field of a record may hold, by its declaration."""
    hint = get_type_hints(owner).get(name)
    return frozenset(get_args(hint) or (hint,))


def _target(row: Indicator, text: str) -> Target | None:
    return parse_target(text, sign=row.sign, unit=row.unit)


def _actual(row: Indicator, text: str) -> Actual | None:
    return parse_actual(text, unit=row.unit)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
