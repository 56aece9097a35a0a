"""Gives the second line of a cell back to its cell where a table stands a row a line, without columns.

服务对象满意 | 林农满意度 | ≥90% … on one line and 度指标 on the next: no border tells whose end that is, but only one
cell of the row makes a class with it. A name or a reason is completed only where the other can't have run over.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from jixiao.expressions import expression
from jixiao.papers import words
from jixiao.papers.cells.fits import is_level1, is_level2
from jixiao.papers.cells.stream import Atom

_FULL, _MOST = 5, 2
_WORDS = expression(r"[\u4e00-\u9fff（）()、，,]{1,12}[。；]?")
_LABEL = expression(
    rf"{words.TOTAL}|(?:注|备注|说明|填[表报]).*|(?:年度)?绩效(?:指标|目标)|.*(?:等级|结论|签字|盖章|负责人|问题|措施|事项|情况)"
)
_WHOSE = expression(r"(?:服务|受益|帮扶|服务或受益)(?:对象)?|(?:社会)?公众(?:或服务对象)?|群众")
_LONG = 6  # letters that a reason has when it fills its column


def with_tails(atoms: Sequence[Atom]) -> tuple[Atom, ...]:
    """Return the atoms with lines of a word or two joined to the cells of the row above that they end."""
    rows = [list(group) for _, group in groupby(atoms, key=lambda a: a.row)]
    kept: list[list[Atom]] = []
    for k, row in enumerate(rows):
        above = kept[-1] if kept else []
        tail = k + 1 < len(rows) and _is_row(above) and _is_tail(row)
        joined = _joined(above, row, rows) if tail else None
        if joined is None:
            kept.append(row)
        else:
            kept[-1] = joined
    return tuple(atom for row in kept for atom in row)


def _is_row(row: Sequence[Atom]) -> bool:
    return len(row) >= _FULL and all(a.column is None for a in row)


def _is_tail(row: Sequence[Atom]) -> bool:
    plain = (a.column is None and _WORDS.fullmatch(a.fold) and not _LABEL.fullmatch(a.fold) for a in row)
    return len(row) <= _MOST and all(plain)


def _joined(above: list[Atom], tail: Sequence[Atom], rows: Sequence[Sequence[Atom]]) -> list[Atom] | None:
    """Return the row above with every piece of the tail at its cell; None where one has no cell that is certain."""
    found = list(above)
    for piece in tail:
        at = _class_ended_by(found, piece)
        if at is None and len(tail) == 1 and not (is_level1(piece.fold) or is_level2(piece.fold)):
            at = _cell_run_over(found, rows)
        if at is None:
            return None
        cell = found[at]
        found[at] = replace(cell, text=cell.text + piece.text, fold=cell.fold + piece.fold)
    return found


def _class_ended_by(row: Sequence[Atom], piece: Atom) -> int | None:
    """Return which of the first cells becomes a class by the piece; none that is whole without it, but 服务对象."""
    for k, cell in enumerate(row[:2]):
        whole = cell.fold + piece.fold
        named = whole.endswith("指标") and (is_level1(whole) or is_level2(whole))
        if named and not cell.fold.endswith("指标") and (
            not is_level2(piece.fold) or _WHOSE.fullmatch(cell.fold)):  # fmt: skip
            return k
    return None


def _cell_run_over(row: Sequence[Atom], rows: Sequence[Sequence[Atom]]) -> int | None:
    """Return the name or the reason, whichever alone is as long as its column: the longest of all, or long words."""
    at = _name_at(row)
    if at is None:
        return None
    names = [len(other[n].fold) for other in rows if _is_row(other) and (n := _name_at(other)) is not None]
    over = [at] if len(row[at].fold) == max(names, default=0) else []
    last = row[-1].fold
    told = len(last) >= _LONG and _WORDS.fullmatch(last) is not None and not last.endswith("。")
    over += [len(row) - 1] if told else []
    return over[0] if len(over) == 1 else None


def _name_at(row: Sequence[Atom]) -> int | None:
    """Return which cell is the indicator's name: the first that is no class."""
    return next((k for k, a in enumerate(row[:3]) if not (is_level1(a.fold) or is_level2(a.fold))), None)
