"""What of a record a page doesn't say: the fields that the form it was laid out on has no cell for."""

from collections.abc import Iterator
from dataclasses import fields

from jixiao.layout import Layout
from jixiao.model.evaluation import (
    ClassMark,
    Evaluation,
    Execution,
    FundLine,
    Funds,
    Goal,
    Indicator,
    Project,
)
from jixiao.model.finding import FieldPath
from jixiao.model.reading import Record
from jixiao.papers import recognize

_PARTED = (Evaluation, Project, Funds, FundLine, Execution, Goal, Indicator, ClassMark)
_OURS = frozenset(
    {"form", "residue", "blanks", "claims", "classes", "label"}
)  # of the paper read, or worked out of it


def left_out(record: Record, page: Layout) -> tuple[FieldPath, ...]:
    """Return the fields that a table says and its page, read again, doesn't; none for other records."""
    if not isinstance(record, Evaluation):
        return ()
    told = next((one.record for one in recognize(page) if isinstance(one.record, Evaluation)), None)
    return () if told is None else tuple(_missing(record, told, ""))


def _missing(said: object, told: object, path: FieldPath) -> Iterator[FieldPath]:
    if said is None or said in ((), ""):
        return
    if isinstance(said, tuple) and isinstance(told, tuple):
        for number, one in enumerate(said):
            yield from _missing(one, told[number] if number < len(told) else None, f"{path}.{number}")
    elif isinstance(said, _PARTED) and isinstance(told, type(said)):
        for field in fields(said):
            if field.name not in _OURS:
                inner = f"{path}.{field.name}" if path else field.name
                yield from _missing(getattr(said, field.name), getattr(told, field.name), inner)
    elif told is None and not _is_empty(said):
        yield path


def _is_empty(said: object) -> bool:
    """Tell whether a line or a row holds nothing but its name."""
    return isinstance(said, _PARTED) and all(
        getattr(said, field.name) in (None, (), "") for field in fields(said) if field.name not in _OURS
    )
