"""Leaves out what the blank form printed and nobody filled in, before the cells are put into rows: 指标2：, ……

A numbered label is left over only where nothing stands beside it in its row and the next cell opens another row.
"""

from collections.abc import Mapping, Sequence

from jixiao.expressions import expression
from jixiao.papers import words
from jixiao.papers.cells.fits import is_level1, is_level2
from jixiao.papers.cells.stream import Atom, Gap

_GROUP = expression(rf"(?:{words.GROUPS}|年度绩效目标\d*|绩效){words.SUFFIX}")
_FRAME = expression(words.FRAME)
_DECISION = expression(rf"(?:{words.LEVEL1['决策指标']}){words.MARKS}")
_DOTS = expression(r"[.…·]{2,}")
_NUMBERED = expression(r"指标\d+[:：.、]?")
_OPENS = expression(r"指标\d+[:：.、]?.*")
_LOST_CLASS = expression(r"\(\d{1,3}分\)")
_TOTAL = expression(words.TOTAL)


def without_blank_rows(atoms: Sequence[Atom]) -> tuple[tuple[Atom, ...], list[str]]:
    """Return the atoms of the body without the blank form's own cells, and the texts of those that were left over.

    The upright label of the block goes too, and the marks of a class whose name is lost: （50分） alone in its cell.
    """
    kept: list[Atom] = []
    residue: list[str] = []
    rows: dict[int, int] = {}
    for atom in atoms:
        rows[atom.row] = rows.get(atom.row, 0) + bool(atom.fold)
    dashes = _rows_of_dashes(atoms, rows)
    framed = any(_DECISION.fullmatch(a.fold) for a in atoms)  # below 决策, 绩效目标 is a class and no label
    for k, atom in enumerate(atoms):
        if atom.row in dashes:
            continue
        alone = rows[atom.row] == 1 and _NUMBERED.fullmatch(atom.fold) is not None
        if _DOTS.fullmatch(atom.fold) or (alone and _nothing_follows(atoms[k + 1 :])):
            residue.append(atom.text)
        elif (framed and _FRAME.fullmatch(atom.fold)) or not _is_label(atom):
            kept.append(atom)
    return tuple(kept), residue


def _rows_of_dashes(atoms: Sequence[Atom], rows: Mapping[int, int]) -> frozenset[int]:
    """Return the lines that hold nothing but dashes where rows stand a line each: the form's own, not filled in.

    Where every cell has its own line, a dash is a cell.
    """
    if sum(1 for size in rows.values() if size >= _WHOLE_ROW) < _SOME_ROWS:
        return frozenset()
    words_in = {a.row for a in atoms if a.column is not None or (a.fold and not _DASHES.fullmatch(a.fold))}
    return frozenset(row for row, size in rows.items() if size and row not in words_in)


_WHOLE_ROW, _SOME_ROWS, _DASHES = 4, 3, expression("[-—–－]+")


def without_tail(atoms: Sequence[Atom]) -> tuple[Atom, ...]:
    """Return the atoms of a body up to what stands below its rows: 说明, 注, who filled it in."""
    for k, atom in enumerate(atoms):
        if atom.gap is Gap.ROW and _BELOW.match(atom.fold) and not any(_is_class(a) for a in atoms[k:]):
            return (
                tuple(atoms[:k]) if k > _WHOLE_ROW or any(_is_class(a) for a in atoms[:k]) else tuple(atoms)
            )
    return tuple(atoms)


_BELOW = expression(
    r"(?:说明|备注|佐证材料)$|(?:填表|其他)?(?:注|备注|说明)[:：]|(?:填[报表]|项目|财务|单位|联系|经办)(?:单位|人|日期|时间|负责人)(?:\((?:签[字章]|盖章)\))?(?:[:：]|$)|"
    r"其他需要说明|联系电话|自评(?:等级|结论)|评价结论|存在(?:的)?问题|改进措施"
)


def _is_class(atom: Atom) -> bool:
    return is_level1(atom.fold) or is_level2(atom.fold)


def _is_label(atom: Atom) -> bool:
    """Tell whether a cell is the upright label of the block, or the marks of a class whose name is lost."""
    return bool(atom.fold and (_GROUP.fullmatch(atom.fold) or _is_lost_class(atom)))


def _is_lost_class(atom: Atom) -> bool:
    return atom.column is None and _LOST_CLASS.fullmatch(atom.fold) is not None


def _nothing_follows(rest: Sequence[Atom]) -> bool:
    """Tell whether the next cell belongs to another row: another numbered label, dots, a class, the total, the end."""
    after = next((a.fold for a in rest if a.fold), "")
    return not after or is_level1(after) or is_level2(after) or any(
        p.fullmatch(after) for p in (_OPENS, _DOTS, _TOTAL, _GROUP))  # fmt: skip
