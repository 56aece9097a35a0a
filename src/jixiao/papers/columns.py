"""Puts the cells of an indicator block under their headings, by what the cells hold and never by position alone.

A sound grid is taken as it stands; where any cell doesn't fit its column the block goes to alignment.py, at the prices
that suit how it is ruled: rows of cells, rows of words, one cell a line, or run-on text.
"""

from collections.abc import Sequence
from dataclasses import replace

from jixiao.papers.alignment import LINED, LOOSE, STRICT, TORN, Alignment, RowCells
from jixiao.papers.fits import MISFIT, fit, is_level1, is_level2
from jixiao.papers.headings import Column, Header
from jixiao.papers.stream import Atom


def align(atoms: Sequence[Atom], header: Header) -> tuple[RowCells, ...]:
    """Cut the atoms of a block's body into rows under `header`."""
    straight = _straight(atoms, header) if header.reliable else None
    if straight is not None:
        return straight
    header = replace(header, reliable=False) if header.reliable and _shifted(atoms, header) else header
    filled = sum(1 for a in atoms if a.fold) / max(1, len({a.row for a in atoms if a.fold}))
    lines = len({a.row for a in atoms if a.fold and a.column is None})
    if lines == 1 or not _LINED_FROM <= filled <= 2 * len(header.columns):
        return Alignment(atoms, header, LOOSE).rows()
    rows = Alignment(atoms, header, STRICT if filled >= _RULED_FROM else LINED).rows()
    if filled >= _RULED_FROM and 2 * _faults(rows, header) > len(rows):
        torn = Alignment(atoms, header, TORN).rows()
        if 2 * _faults(torn, header) < _faults(rows, header):
            return torn
    return rows


_RULED_FROM, _LINED_FROM = 3, 2


def _shifted(atoms: Sequence[Atom], header: Header) -> bool:
    """Tell whether no first class stands under its heading: the merged cell in front was left out of the rows."""
    own = next((c for c in header.columns if c.kind == "level1"), None)
    classes = [
        a.column for a in atoms if a.column is not None and is_level1(a.fold) and not is_level2(a.fold)
    ]
    return own is not None and own.low is not None and len(classes) > 1 and all(c < own.low for c in classes)


def worth_of(atoms: Sequence[Atom], header: Header) -> int:
    """Return how well the atoms can be put under `header`, for choosing between headings that may have been lost."""
    alignment = Alignment(atoms, header, LOOSE)
    alignment.rows()
    return alignment.worth


def _faults(rows: Sequence[RowCells], header: Header) -> int:
    """Count the rows without their name, points or score."""
    wanted = {c.kind for c in header.columns} & {"level3", "points", "score"}
    return sum(1 for r in rows if not wanted <= set(r.cells) and not set(r.cells) <= {"level1", "level2"})


def _straight(atoms: Sequence[Atom], header: Header) -> tuple[RowCells, ...] | None:
    """Take every cell where it stands; None when any cell doesn't fit its column."""
    rows: list[RowCells] = []
    for row in _by_row(atoms):
        cells: dict[str, tuple[Atom, ...]] = {}
        for atom in row:
            if not atom.fold:
                continue
            column = _under(atom, header.columns)
            if (
                column is None
                or column.kind in cells
                or (column.kind != "other" and fit(column.kind, atom.fold) <= -200)
            ):
                return None
            cells[column.kind] = (atom,)
        if cells and not (set(cells) <= {"level1", "level2", "seq"} or "level3" in cells):
            return None
        if cells:
            rows.append(RowCells(cells))
    return tuple(rows)


def _suits(column: Column, atom: Atom) -> bool:
    return column.kind == "other" or fit(column.kind, atom.fold) > MISFIT


def _by_row(atoms: Sequence[Atom]) -> list[list[Atom]]:
    rows: list[list[Atom]] = []
    for atom in atoms:
        if rows and rows[-1][0].row == atom.row:
            rows[-1].append(atom)
        else:
            rows.append([atom])
    return rows


def _under(atom: Atom, columns: Sequence[Column]) -> Column | None:
    if atom.column is None:
        return None
    hits = [c for c in columns if c.low is not None and c.high is not None and c.low <= atom.column < c.high]
    return hits[0] if len(hits) == 1 else None
