"""A template that was filled in, known again by its stamp: form and rule-book are certain, and each target is whole."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jixiao.errors import UnknownNameError
from jixiao.layout import NOWHERE, Doubt, Grid, Layout
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.reading import Kind, Reading
from jixiao.papers.form import Form, load_form
from jixiao.papers.templates.template import STAMP, digest_of, fillable
from jixiao.papers.templates.template_spots import Spot, spots_of
from jixiao.scoring import live

CHANGED = (
    "这份填报表印好的文字被改动过（增删过行列，或改过表头），不能确定每一格仍是原来的含义："
    "已按普通表格读取，请核对，或用 jixiao new 重新生成填报表再填"
)
TITLE_ROWS = 6


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a template keeps out of sight: the rule-book, the form, and its labels' digest and spots."""

    scheme: str
    form: Form
    labels: str
    at: tuple[Spot, ...]


def known_again(layout: Layout, found: Sequence[Reading]) -> Sequence[Reading]:
    """Return the table of a template that was filled in, or what was found where the page is none.

    Where its labels aren't the printed ones any more, what was found keeps a doubt that says so.
    """
    stamp = read_stamp(layout.stamp)
    tables = [reading for reading in found if reading.kind is Kind.SELFEVAL_TABLE]
    if stamp is None or not tables:
        return found
    grids = (block for block in layout.blocks if isinstance(block, Grid))
    grid = next((grid for grid in grids if _labels_hold(grid, stamp)), None)
    if grid is None:
        return [replace(tables[0], doubts=(*tables[0].doubts, Doubt(NOWHERE, CHANGED))), *tables[1:]]
    return [_certain(tables[0], stamp, grid)]


def read_stamp(text: str) -> Stamp | None:
    """Read a stamp; None for a text that is none of ours, or names a form that there isn't."""
    try:
        said = json.loads(text) if text else None
        if not isinstance(said, Mapping) or said.get("what") != STAMP:
            return None
        spots = tuple((int(row), int(column)) for row, column in said["at"])
        return Stamp(str(said["scheme"]), load_form(str(said["form"])), str(said["labels"]), spots)
    except (ValueError, KeyError, TypeError, RecursionError, UnknownNameError):
        return None


def _labels_hold(grid: Grid, stamp: Stamp) -> bool:
    """Tell whether the labels stand where they were printed; in a workbook the lines of the title are rows above."""
    texts = {(cell.row, cell.column): cell.text for cell in grid.cells}
    return any(
        digest_of({(row, column): texts.get((row + above, column), "") for row, column in stamp.at})
        == stamp.labels
        for above in range(TITLE_ROWS)
    )


def _certain(reading: Reading, stamp: Stamp, grid: Grid) -> Reading:
    record = reading.record
    if isinstance(record, Evaluation):
        rows = tuple(_composed(_by_column(record.indicators, reading, stamp.form, grid), stamp.form))
        record = replace(record, form=stamp.form.id, indicators=rows)
    return replace(reading, record=record, scheme=stamp.scheme)


def _by_column(rows: Sequence[Indicator], reading: Reading, form: Form, grid: Grid) -> Iterator[Indicator]:
    """Take sign, target, unit and result of each row from their own columns, whatever their texts look like."""
    (columns,) = spots_of(grid, fillable(form), 1).rows
    texts = {(cell.place.row, cell.column): cell.text.strip() for cell in grid.cells}
    for n, row in enumerate(rows):
        at = reading.places.get(f"indicators.{n}", NOWHERE).row
        told = {kind: texts.get((at, spot[1]), "") for kind, spot in columns.items()}
        sign, unit = told["sign"] or None, told.get("unit") or None
        yield replace(
            row,
            sign=sign,
            unit=unit,
            target=parse_target(told["target"], sign=sign, unit=unit),
            actual=parse_actual(told["actual"], unit=unit),
        )


def _composed(rows: Iterable[Indicator], form: Form) -> Iterator[Indicator]:
    """Put sign, number and unit together where the form prints them in one cell: ≥95%."""
    kinds = {column.kind for column in form.columns}
    for row in rows:
        sign = row.sign if "sign" in kinds else None
        unit = row.unit if "unit" in kinds else None
        target, actual = row.target, row.actual
        if target is not None and sign is None:
            text = row.demand if unit is None else f"{_shown(row)}{target.text}"
            target = parse_target(text, unit=unit, sign=_in_words(row)) or target
        if actual is not None and actual.figure is not None and unit is None and row.unit:
            own = actual.text if actual.text.endswith(row.unit) else f"{actual.text}{row.unit}"
            actual = parse_actual(own) or actual
        yield replace(row, sign=sign, unit=unit, target=target, actual=actual)


def _shown(row: Indicator) -> str:
    return row.sign if row.sign in live.SIGNS else ""


def _in_words(row: Indicator) -> str | None:
    return row.sign if row.sign == live.IN_WORDS else None
