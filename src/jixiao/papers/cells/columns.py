"""Puts the cells of an indicator block under their headings, by what the cells hold and never by position alone.

A sound grid is taken as it stands; where any cell doesn't fit its column the block goes to alignment.py, at the prices
that suit how it is ruled: rows of cells, rows of words, one cell a line, or run-on text.
"""

from collections.abc import Sequence
from dataclasses import replace

from jixiao.expressions import expression
from jixiao.papers.cells.alignment import LINED, LOOSE, STRICT, TORN, Alignment, RowCells
from jixiao.papers.cells.fits import MISFIT, fit, is_level1, is_level2
from jixiao.papers.cells.headings import Column, Header, is_other
from jixiao.papers.cells.stream import Atom, Gap


def align(atoms: Sequence[Atom], header: Header) -> tuple[RowCells, ...]:
    """Cut the atoms of a block's body into rows under `header`; a target not adjusted is the initial one."""
    adjusted = any(c.kind == "target" and "调整" in c.heading for c in header.columns)
    first = next((c.kind for c in header.columns if is_other(c.kind) and _INITIAL.match(c.heading)), None)
    return tuple(_with_initial(row, first if adjusted else None) for row in _rows(atoms, header))


_INITIAL = expression("年初(?:绩效)?(?:指标|目标)值")


def _with_initial(row: RowCells, kind: str | None) -> RowCells:
    """Take 年初指标值 for the target of a row whose 调整指标值 is blank."""
    if kind is None or row.text("target") is not None or row.text(kind) is None:
        return row
    kept = {name: atoms for name, atoms in row.cells.items() if name != kind}
    return replace(row, cells=kept | {"target": row.cells[kind]})


def _rows(atoms: Sequence[Atom], header: Header) -> tuple[RowCells, ...]:
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
    """Take every cell where it stands, a row that slid put back by a column; None when any cell doesn't fit."""
    rows: list[RowCells] = []
    for atoms_of_row in _by_row(_with_whole_figures(atoms)):
        row = _placed(atoms_of_row, header.columns)
        if row is None:
            return None
        cells = _cells(row, header.columns)
        if cells is None:
            moved = _put_back(row, header, -1) or _put_back(row, header, 1)
            if moved is None:
                return None
            rows.append(RowCells(moved, slid=True))
        elif _ends_early(cells, header):
            moved = _put_back(row, header, 1)
            rows.append(RowCells(moved or cells, slid=moved is not None))
        elif cells:
            rows.append(RowCells(cells))
    return tuple(rows)


def _with_whole_figures(atoms: Sequence[Atom]) -> list[Atom]:
    """Put the digits of a cell together again that were taken apart for what may be two figures: 1010 may be one."""
    found: list[Atom] = []
    for atom in atoms:
        last = found[-1] if found else None
        if (
            last is not None
            and atom.gap is Gap.NONE
            and atom.column is not None
            and (atom.row, atom.column) == (last.row, last.column)
            and set(last.fold + atom.fold) <= _DIGITS
        ):
            found[-1] = replace(last, text=last.text + atom.text, fold=last.fold + atom.fold)
        else:
            found.append(atom)
    return found


_DIGITS = frozenset("0123456789.")
_Cells = dict[str, tuple[Atom, ...]]
_Placed = list[tuple[int, Atom]]


def _placed(row: Sequence[Atom], columns: Sequence[Column]) -> _Placed | None:
    """Give each filled cell the number of the column that it stands in; None when one stands in none."""
    found = [(_under(atom, columns), atom) for atom in row if atom.fold]
    placed = [(columns.index(column), atom) for column, atom in found if column is not None]
    return placed if len(placed) == len(found) else None


def _cells(row: _Placed, columns: Sequence[Column]) -> _Cells | None:
    """Put a row's cells under their kinds; None when two share a column, one doesn't fit, or the name is missing."""
    cells: _Cells = {}
    for at, atom in row:
        kind = columns[at].kind
        if kind in cells or not _suits(columns[at], atom):
            return None
        cells[kind] = (atom,)
    named = not cells or set(cells) <= {"level1", "level2", "seq"} or "level3" in cells
    return cells if named else None


def _ends_early(cells: _Cells, header: Header) -> bool:
    """Tell whether a row slid to the left: no class where its class belongs, no score, or a sign for its name."""
    second, name = cells.get("level2"), cells.get("level3")
    if second is None or name is None or is_level2(second[0].fold):
        return False
    unscored = "score" not in cells and any(column.kind == "score" for column in header.columns)
    return unscored or (fit("sign", name[0].fold) > MISFIT and any(c.kind == "sign" for c in header.columns))


def _put_back(row: _Placed, header: Header, step: int) -> _Cells | None:
    """Move a row's cells from some column on, right (1) or left (-1); None where no way makes a full row of it.

    Of several ways the one that fits best is taken, of such the one that moves fewest cells.
    """
    found: list[tuple[int, int, _Cells]] = []
    for start, _ in row:
        moved = [(at + step if at >= start else at, atom) for at, atom in row]
        if moved[0][0] < 0 or moved[-1][0] >= len(header.columns):
            continue
        cells = _cells(moved, header.columns)
        if cells and _is_full(cells, header):
            known = [fit(kind, atoms[0].fold) for kind, atoms in cells.items() if not is_other(kind)]
            found.append((sum(known), start, cells))
    return max(found, key=lambda way: way[:2])[2] if found else None


def _is_full(cells: _Cells, header: Header) -> bool:
    """Tell whether a row has all that a row of this table is made of."""
    wanted = {column.kind for column in header.columns} & {"level3", "target", "actual", "points", "score"}
    first, second = cells.get("level1"), cells.get("level2")
    return (
        wanted <= set(cells)
        and (first is None or is_level1(first[0].fold))
        and (second is None or is_level2(second[0].fold))
    )


def _suits(column: Column, atom: Atom) -> bool:
    return is_other(column.kind) or fit(column.kind, atom.fold) > MISFIT


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
