"""The fund block of a form that asks for each amount beside its own label: 预算数 | 165 | 执行数 | 162.53.

In running lines a colon stands between label and amount: 预算安排：50.00 实际支出：48.75.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from jixiao.expressions import expression
from jixiao.papers import words
from jixiao.papers.cells.stream import Atom, Stream, part

_OWN = ("initial", "adjusted", "annual", "received", "executed", "rate")
_FIGURE = expression(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:万元|元|%)?")
_BUDGET = expression(r"项目(?:年度)?预算(?:总额)?(?:\((?:万元|元)\))?")
_IN_LINE = expression(
    r"(?:(?P<annual>预算(?:安排|资金|金额|数))|(?P<executed>实际支出|(?:实际|全年)?执行(?:数|金额)|支出金额)|"
    r"(?P<rate>(?:预算)?执行率))(?:\((?:万元|元|%)\))?[:：](?P<figure>"
    + _FIGURE.pattern
    + r")(?![\d.,%万元])"
)


def pairs_of(stream: Stream, start: int, end: int) -> tuple[dict[str, Atom], int] | None:
    """Return the figures that stand right of their labels, and where the last one ends in the fold.

    None where budget and spending aren't both told so. A sole budget counts as that of the whole year.
    """
    atoms = [(atom, at) for atom, at in stream.between(start, end) if atom.fold]
    found = list(_pairs(atoms)) or list(_in_lines(atoms))
    cells = {kind: figure for kind, figure, _ in reversed(found)}
    if "annual" not in cells and "initial" in cells:
        cells["annual"] = cells.pop("initial")
    if not {"annual", "executed"} <= set(cells):
        return None
    return cells, max(at + len(figure.fold) for _, figure, at in found)


def _pairs(atoms: Sequence[tuple[Atom, int]]) -> Iterator[tuple[str, Atom, int]]:
    """Yield each figure beside its label in a grid, or right behind it, with its kind and where it stands."""
    for (label, _), (figure, at) in pairwise(atoms):
        fold = label.fold.rstrip(":：")
        hit = words.FUND_HEADING.fullmatch(fold)
        kind = hit.lastgroup if hit else "annual" if _BUDGET.fullmatch(fold) else None
        beside = (label.block, label.row) == (figure.block, figure.row)
        beside = beside if label.column is not None else figure.column is None
        if beside and kind in _OWN and _FIGURE.fullmatch(figure.fold):
            yield kind, figure, at


def _in_lines(atoms: Sequence[tuple[Atom, int]]) -> Iterator[tuple[str, Atom, int]]:
    """Yield each figure behind its label and a colon where both make up a piece of a line."""
    for atom, at in atoms:
        hit = _IN_LINE.fullmatch(atom.fold) if atom.column is None else None
        kind = next((k for k in ("annual", "executed", "rate") if hit and hit[k]), None)
        if hit and kind:
            yield kind, part(atom, hit.start("figure"), len(atom.fold)), at + hit.start("figure")
