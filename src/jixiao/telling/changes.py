"""What changed between two papers, row by row: rows that were added, taken out or changed, each with its cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.finding import FieldPath
from jixiao.model.reading import Reading
from jixiao.telling.drawing import Drawn, DrawnTable, drawn
from jixiao.telling.naming import field_words, row_words


class How(StrEnum):
    """What became of a row."""

    ADDED = "增加"
    REMOVED = "删除"
    CHANGED = "修改"


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a row: what it is called, what stood there and what stands there now; empty for nothing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """A row that isn't as it was, with the cells that aren't."""

    row: str
    how: How
    cells: tuple[Cell, ...]


def changes(before: Reading, after: Reading) -> tuple[Change, ...]:
    """Return what changed from one reading of a paper to another, in the order of the later page."""
    old, new = _texts(drawn(before.record)), _texts(drawn(after.record))
    heads = _head_changes(after, old, new)
    rows = _indicator_changes(before, after, old, new)
    return (*heads, *rows)


def _texts(parts: Sequence[Drawn]) -> dict[FieldPath, str]:
    """Return the text of each field that is drawn; of a section's, under its title, since sections move."""
    found: dict[FieldPath, str] = {}
    for part in parts:
        if isinstance(part, DrawnTable):
            found |= {
                spot.where: spot.text for row in part.rows for spot in row if spot.where and not spot.head
            }
        else:
            key = f"“{part.title}”" if part.where.startswith("sections") else part.where
            found[key] = part.text
    return found


def _head_changes(
    after: Reading, old: Mapping[FieldPath, str], new: Mapping[FieldPath, str]
) -> Iterator[Change]:
    """Yield what changed outside of the indicators, a change a field."""
    for where in dict.fromkeys((*new, *old)):
        was, now = old.get(where, ""), new.get(where, "")
        if where.startswith("indicators.") or was == now:
            continue
        name = where if where.startswith("“") else field_words(after, where) or where
        how = How.CHANGED if was and now else How.ADDED if now else How.REMOVED
        yield Change(name, how, (Cell("", was, now),))


def _indicator_changes(
    before: Reading, after: Reading, old: Mapping[FieldPath, str], new: Mapping[FieldPath, str]
) -> Iterator[Change]:
    first, second = _rows(before), _rows(after)
    for was, now in paired([row_words(row) for row in first], [row_words(row) for row in second]):
        if was is None and now is not None:
            yield Change(row_words(second[now]), How.ADDED, tuple(_cells(after, None, now, {}, new)))
        elif now is None and was is not None:
            yield Change(row_words(first[was]), How.REMOVED, tuple(_cells(before, was, None, old, {})))
        elif was is not None and now is not None and (cells := tuple(_cells(after, was, now, old, new))):
            yield Change(row_words(second[now]), How.CHANGED, cells)


def _rows(reading: Reading) -> Sequence[Indicator]:
    return reading.record.indicators if isinstance(reading.record, Evaluation) else ()


def paired(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Yield which rows belong together, by their names in their order; a row renamed where it stood is itself."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        together = min(b - a, d - c) if tag in {"equal", "replace"} else 0
        yield from ((a + n, c + n) for n in range(together))
        yield from ((n, None) for n in range(a + together, b))
        yield from ((None, n) for n in range(c + together, d))


def _cells(
    reading: Reading,
    was: int | None,
    now: int | None,
    old: Mapping[FieldPath, str],
    new: Mapping[FieldPath, str],
) -> Iterator[Cell]:
    """Yield the fields of a pair of rows that differ."""
    fields = dict.fromkeys((*_fields(new, now), *_fields(old, was)))
    number = now if now is not None else was
    row = row_words(_rows(reading)[number]) if number is not None else ""
    for name in fields:
        a, b = old.get(f"indicators.{was}.{name}", ""), new.get(f"indicators.{now}.{name}", "")
        if a != b:
            words = field_words(reading, f"indicators.{number}.{name}").removeprefix(row).strip()
            yield Cell(words or name, a, b)


def _fields(texts: Mapping[FieldPath, str], number: int | None) -> Iterator[str]:
    prefix = f"indicators.{number}."
    yield from (where.removeprefix(prefix) for where in texts if where.startswith(prefix))
