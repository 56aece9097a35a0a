"""Holds what was read against what is true, by the comparison of tests/layouts, and tells which wrong cells nobody doubts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jixiao.layout import Doubt, Place
from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Kind, Reading
from tests.layouts.cells import Found, Miss, Tally, best_of, paired

_WORDS = frozenset(("level1", "level2", "level3", "project"))


@dataclass(frozen=True, slots=True)
class Count:
    """What came of files: their cells, which of them were refused or not known as a table, and the silent cells.

    A wrong cell is silent when no doubt speaks of it; `silent_figures` are those that hold a wrong figure, not nothing.
    """

    tally: Tally = field(default_factory=Tally)
    files: int = 0
    refused: int = 0
    unknown: int = 0
    silent: int = 0
    silent_figures: int = 0
    seconds: float = 0.0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.tally + other.tally, self.files + other.files, self.refused + other.refused,
            self.unknown + other.unknown, self.silent + other.silent,
            self.silent_figures + other.silent_figures, self.seconds + other.seconds,
        )  # fmt: skip


def counted(truths: Sequence[Evaluation], readings: Sequence[Reading] | None, seconds: float) -> Count:
    """Compare the tables of one file with what was read of it; `readings` is None where the file was refused."""
    tables = [r for r in readings or () if r.kind is Kind.SELFEVAL_TABLE and isinstance(r.record, Evaluation)]
    doubts = [doubt for reading in readings or () for doubt in reading.doubts]
    left = {id(r.record): r for r in tables}
    tally, silent = Tally(), []
    for truth in truths:
        found = [Found(r.record, bool(r.doubts)) for r in left.values() if isinstance(r.record, Evaluation)]
        best = best_of(truth, found)
        reading = left.pop(id(best.record)) if best is not None else None
        part = paired(truth, best or Found(Evaluation()))
        tally += part
        silent += [m for m in part.misses if reading is not None and not _doubted(m, reading, doubts)]
    invented = sum(len(r.record.indicators) for r in left.values() if isinstance(r.record, Evaluation))
    figures = sum(m.field not in _WORDS and m.read is not None for m in silent)
    unknown = int(readings is not None and not tables)
    tally += Tally(invented=invented)
    return Count(tally, 1, int(readings is None), unknown, len(silent), figures, seconds)


def _doubted(miss: Miss, reading: Reading, doubts: Iterable[Doubt]) -> bool:
    """Tell whether a doubt speaks of the cell: by its path, above or below it, or by the place where it stands."""
    if any(d.where and (_above(d.where, miss.path) or _above(miss.path, d.where)) for d in reading.doubts):
        return True
    row = miss.path.rpartition(".")[0]
    own = reading.places.get(miss.path)
    places = [own] if own is not None else [p for path, p in reading.places.items() if _above(row, path)]
    wanted = _at_cell if own is not None else _at_row
    return any(wanted(d.place, place) for d in doubts for place in places)


def _above(upper: str, lower: str) -> bool:
    return bool(upper) and f"{lower}.".startswith(f"{upper}.")


def _at_cell(doubt: Place, cell: Place) -> bool:
    if not _at_row(doubt, cell):
        return False
    return doubt.column is None or (doubt.column, doubt.cell) == (cell.column, cell.cell)


def _at_row(doubt: Place, cell: Place) -> bool:
    if doubt.row is None and doubt.line is None:
        return doubt.box is not None and (doubt.page, doubt.box) == (cell.page, cell.box)
    return (doubt.sheet, doubt.table, doubt.row, doubt.line) == (cell.sheet, cell.table, cell.row, cell.line)
