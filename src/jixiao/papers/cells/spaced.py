"""Joins what spaces part inside a value (6 处, 95 %, 2022 年 11 月底 前), outside grids, where a space is no border."""

import re
from collections.abc import Sequence
from dataclasses import replace

from jixiao.expressions import expression
from jixiao.papers.cells.fits import is_blank, is_unit
from jixiao.papers.cells.stream import Atom, Gap

_DATE_GOES_ON = expression(r"(?:年|月|日|号)?(?:\d{1,2}月)?(?:\d{1,2}日)?[底末]?(?:之?前)?")


def values_joined(atoms: Sequence[Atom], *, units: bool) -> tuple[Atom, ...]:
    """Return the atoms with numbers joined to the units and date parts that follow them after a space.

    `units` is False where the table has a column of its own for units: then only dates are joined.
    """
    found: list[Atom] = []
    for k, atom in enumerate(atoms):
        before = found[-1] if found else None
        after = atoms[k + 1].fold[:1] if k + 1 < len(atoms) else ""
        if before is not None and _belongs(before, atom, after, units=units):
            space = " " if atom.gap is Gap.SPACE else ""
            found[-1] = replace(before, text=before.text + space + atom.text, fold=before.fold + atom.fold)
        else:
            found.append(atom)
    return tuple(found)


def _belongs(before: Atom, atom: Atom, after: str, *, units: bool) -> bool:
    if before.column is not None or atom.column is not None or not before.fold or not atom.fold:
        return False
    whole = before.fold + atom.fold
    if _BY_WHEN.fullmatch(atom.fold):
        return bool(re.search(r"[月日底末年]$", before.fold))
    if atom.gap is not Gap.SPACE:
        return False
    if _SMALL.fullmatch(atom.fold) and after in ("月", "日"):
        return before.fold.endswith("年" if after == "月" else "月") and _is_date(before.fold)
    if _DATE_GOES_ON.fullmatch(atom.fold) and _is_date(whole):
        return True
    nothing = atom.fold == "无" or is_blank(atom.fold)  # what a column of units and one of reasons may say
    return units and not nothing and before.fold[-1].isdigit() and is_unit(atom.fold)


_BY_WHEN = expression(r"(?:底|末|初|上旬|中旬|下旬)(?:之?前)?|之?前")
_SMALL = expression(r"\d{1,2}")


def _is_date(fold: str) -> bool:
    return bool(_WITH_YEAR.fullmatch(fold) or _WITH_MONTH.fullmatch(fold))


_TAIL = r"[底末]?(?:之?前)?"
_WITH_YEAR = expression(r"[≤<]?20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日?)?" + _TAIL)
_WITH_MONTH = expression(r"[≤<]?\d{1,2}月(?:\d{1,2}日?)?" + _TAIL)
