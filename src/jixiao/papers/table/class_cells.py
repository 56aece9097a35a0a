"""One column that no level heads and that tells the classes: both in a cell (产出-数量, 效益／社会效益) or one of them.

The cells are cut into the two levels and put into columns of their own before anything else is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jixiao.expressions import expression
from jixiao.papers import words
from jixiao.papers.cells.alignment import RowCells
from jixiao.papers.cells.fits import is_level1, is_level2
from jixiao.papers.cells.headings import Column, Header
from jixiao.papers.cells.stream import Atom, part

_BORDER = expression(r"[-—–－/\\、·:：>→_|]+|(?<=.)\((?=[^()\d]+\)$)")
_EXECUTION = expression(r"(?:项目)?(?:预算|资金)执行(?:率|情况)?(?:指标)?")
_TOTAL = expression(words.TOTAL)
_CLASS = expression(words.CLASS_HEADINGS)
_LEVELS = (Column("level1", "一级指标", 0, 1), Column("level2", "二级指标", 1, 2))


@dataclass(frozen=True, slots=True)
class _Classes:
    """The classes that one cell prints, each as a piece of the cell; None where it prints no such level."""

    level1: Atom | None
    level2: Atom | None


def with_two_levels(header: Header, atoms: Sequence[Atom]) -> tuple[Header, tuple[Atom, ...]]:
    """Return heading and body with the classes in two columns; both untouched where the cells tell no classes."""
    edge = _edge(header)
    if edge is None:
        return _with_told_levels(header, atoms), tuple(atoms)
    beside = {k: _classes(a) for k, a in enumerate(atoms) if a.fold and _before(a, edge)}
    below = min((a.row for a in atoms if _TOTAL.fullmatch(a.fold)), default=None)
    inside = [k for k in beside if below is None or atoms[k].row < below]
    read = {k: found for k in inside if (found := beside[k]) is not None}
    others = [k for k in inside if k not in read]
    if others or not read:
        return header, tuple(atoms)
    body = [piece for k, a in enumerate(atoms) for piece in _moved(a, read.get(k), edge)]
    return replace(header, columns=(*_LEVELS, *_shifted(header, edge))), tuple(body)


def _with_told_levels(header: Header, atoms: Sequence[Atom]) -> Header:
    """Put the levels before the only heading of names where no columns are known and the body prints the classes."""
    heads = [c.kind for c in header.columns]
    placed = any(c.low is not None for c in header.columns)
    if header.guessed or placed or heads[0] != "level3" or heads[1:2] == ["standard"]:
        return header
    own = (is_level1, is_level2)
    told = [
        any(is_own(a.fold) and not (is_own is is_level2 and is_level1(a.fold)) for a in atoms)
        for is_own in own
    ]
    levels = [Column(c.kind, c.heading) for c, printed in zip(_LEVELS, told, strict=True) if printed]
    return replace(header, columns=(*levels, *header.columns))


def _edge(header: Header) -> int | None:
    """Return the grid column of the first heading after the classes; None where levels have headings of their own."""
    named = any(c.kind in ("level1", "level2") and not _CLASS.fullmatch(c.heading) for c in header.columns)
    if not header.reliable or named:
        return None
    return next((c.low for c in header.columns if c.kind == "level3"), None)


def _before(atom: Atom, edge: int) -> bool:
    return atom.column is not None and atom.column < edge


def _shifted(header: Header, edge: int) -> tuple[Column, ...]:
    off = len(_LEVELS) - edge
    return tuple(
        replace(c, low=c.low + off, high=c.high + off)
        for c in header.columns
        if c.low is not None and c.high is not None and c.low >= edge
    )


def _moved(atom: Atom, classes: _Classes | None, edge: int) -> tuple[Atom, ...]:
    if classes is None:
        if atom.column is None:
            return (atom,)
        return (replace(atom, column=max(0, atom.column + len(_LEVELS) - edge)),)
    pieces = ((0, classes.level1), (1, classes.level2))
    return tuple(replace(piece, column=column) for column, piece in pieces if piece is not None)


def _classes(atom: Atom) -> _Classes | None:
    """Return the classes that a cell prints, None for a cell that prints anything else."""
    fold = atom.fold
    if is_level1(fold) or _EXECUTION.fullmatch(fold):
        return _Classes(atom, None)
    if _is_second(fold):
        return _Classes(None, atom)
    for border in _BORDER.finditer(fold):
        end = len(fold) - 1 if border.group() == "(" else len(fold)
        upper, lower = fold[: border.start()], fold[border.end() : end]
        if is_level1(upper) and _is_second(lower):
            return _Classes(part(atom, 0, border.start()), part(atom, border.end(), end))
    return None


def _is_second(fold: str) -> bool:
    return is_level2(fold) or is_level2(f"{fold}指标")


def with_second_levels(rows: Sequence[RowCells]) -> list[RowCells]:
    """Return the rows, 成本指标 read as a second level where it stands in the column of the other second levels alone.

    So it does where the way here lost the merged cells and every row begins at the left.
    """
    seconds = {
        row.cells["level2"][0].column for row in rows if "level1" not in row.cells and "level2" in row.cells
    } - {None}
    return [_lowered(row) if _is_lone_cost(row, seconds) else row for row in rows]


def _is_lone_cost(row: RowCells, seconds: set[int | None]) -> bool:
    first = row.cells.get("level1")
    if not first or "level2" in row.cells or "level3" not in row.cells:
        return False
    return first[0].column in seconds and is_level1(first[0].fold) and _COST.match(first[0].fold) is not None


_COST = expression(words.LEVEL2["成本指标"][0])


def _lowered(row: RowCells) -> RowCells:
    cells = {"level2" if kind == "level1" else kind: atoms for kind, atoms in row.cells.items()}
    return replace(row, cells=cells)
