"""Leaves out the label that runs down a table's side, where text put its letters before the rows: 绩, 效, 指, 标."""

from collections.abc import Sequence
from dataclasses import replace

from jixiao.papers.cells.stream import Atom, Gap

_LABELS = ("年度绩效指标", "绩效指标")
_LETTERS = frozenset("".join(_LABELS))


def without_upright(atoms: Sequence[Atom]) -> tuple[Atom, ...]:
    """Return the atoms without the letters of such a label: each first in its line, all of them in order.

    Letters that don't make up a whole label stay; so does everything in a grid, where the label has its own column.
    """
    letters = [k for k, a in enumerate(atoms) if a.gap is Gap.ROW and a.column is None and a.fold in _LETTERS]
    dropped = _whole_labels(atoms, letters)
    kept: list[Atom] = []
    opens = False
    for k, atom in enumerate(atoms):
        if k in dropped:
            opens = True
            continue
        kept.append(replace(atom, gap=Gap.ROW) if opens and atom.gap is not Gap.ROW else atom)
        opens = False
    return tuple(kept)


def _whole_labels(atoms: Sequence[Atom], letters: Sequence[int]) -> frozenset[int]:
    """Return which of the letters stand in a row of them that is a whole label."""
    found: set[int] = set()
    said = "".join(atoms[k].fold for k in letters)
    for label in _LABELS:
        at = said.find(label)
        while at >= 0:
            found.update(letters[at : at + len(label)])
            at = said.find(label, at + 1)
    return frozenset(found)
