"""Columns of a table whose texts stand in the middle of their cells: places at which many texts have their middle."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from jixiao.formats.pdf.standing import Stand

SAME = 0.35  # of the size: middles of one column differ no more


class Column(NamedTuple):
    """A column, or what may be one: from where to where its texts reach, which they are, and what they weigh."""

    x0: float
    x1: float
    cells: tuple[Stand, ...]
    weight: float


def edges(strips: Sequence[Sequence[Stand]], left: float, right: float) -> list[float]:
    """Find the edges of columns.

    Args:
        strips: what stands in each row, a cell over several rows in more than one.
        left: where the table begins.
        right: where it ends.

    Returns:
        the edges from left to right: in the middle of the white between two columns.
    """
    found = _beside(_apart(_candidates(_weighed(strips))), strips)
    return [left, *((a.x1 + b.x0) / 2 for a, b in pairwise(found)), right]


def _weighed(strips: Sequence[Sequence[Stand]]) -> list[tuple[Stand, float]]:
    """Weigh texts by how many stand beside them: a row of few is made of cells over several columns."""
    most = max(map(len, strips))
    found: dict[int, tuple[Stand, float]] = {}
    for strip in sorted(strips, key=len):
        found |= {id(cell): (cell, (len(strip) / most) ** 2) for cell in strip}
    return list(found.values())


def _candidates(weighed: Sequence[tuple[Stand, float]]) -> list[Column]:
    """List for every middle what reaches from it no further than each of its texts."""
    found: list[Column] = []
    group: list[tuple[Stand, float]] = []
    for cell, weight in sorted(weighed, key=lambda each: _middle(each[0])):
        if group and _middle(cell) - _middle(group[-1][0]) > SAME * cell.size:
            found += _widths(group)
            group = []
        group.append((cell, weight))
    return found + _widths(group)


def _middle(cell: Stand) -> float:
    return (cell.x0 + cell.x1) / 2


def _widths(group: Sequence[tuple[Stand, float]]) -> list[Column]:
    ordered = sorted(group, key=lambda each: each[0].x1 - each[0].x0)
    cells = tuple(cell for cell, _ in ordered)
    weights = list(accumulate(weight for _, weight in ordered))
    return [
        Column(min(c.x0 for c in cells[:n]), max(c.x1 for c in cells[:n]), cells[:n], weight)
        for n, weight in enumerate(weights, 1)
    ]


def _apart(candidates: Sequence[Column]) -> list[Column]:
    """Choose of them those that don't overlap and hold the most texts; a cell over several columns isn't chosen."""
    ordered = sorted(candidates, key=lambda column: column.x1)
    ends = [column.x1 for column in ordered]
    best: list[tuple[float, tuple[Column, ...]]] = [(0, ())]
    for n, column in enumerate(ordered):
        most, before = best[bisect_right(ends, column.x0, hi=n)]
        taken = most + column.weight, (*before, column)
        best.append(max(best[-1], taken, key=lambda way: way[0]))
    return list(best[-1][1])


def _beside(found: list[Column], strips: Sequence[Sequence[Stand]]) -> list[Column]:
    """Leave out what never stands beside either of its neighbours: it is cells over both of them."""
    while loose := _loose(found, strips):
        gone = min(loose, key=lambda column: column.weight)
        found = [column for column in found if column is not gone]
    return found


def _loose(found: Sequence[Column], strips: Sequence[Sequence[Stand]]) -> list[Column]:
    owner = {id(cell): n for n, column in enumerate(found) for cell in column.cells}
    pairs: set[tuple[int, int]] = set()
    for strip in strips:
        pairs |= set(pairwise(sorted(owner[id(cell)] for cell in strip if id(cell) in owner)))
    return [
        column
        for n, column in enumerate(found)
        if 0 < n < len(found) - 1 and not {(n - 1, n), (n, n + 1)} & pairs
    ]
