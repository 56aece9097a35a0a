"""Where the printed pages of a sheet end: as few as can be, and not in a merged cell, whose text would be cut."""

from collections.abc import Iterable, Sequence
from itertools import accumulate

from jixiao.formats.xlsx.sheet import Area

PORTRAIT_PAGE, LANDSCAPE_PAGE = (
    70_000,
    46_000,
)  # hundredths of a point that a page of A4 holds, a little spared
MOST_SHRUNK = 120  # per cent of a page that are still printed on one
MOST_ENDS = 1_000  # Excel takes 1,026

Cost = tuple[
    int, int, int
]  # pages, merged cells cut, and the row where the first page ends, counted backwards


def page_ends(
    heights: Sequence[int], merged: Iterable[Area], repeated: tuple[int, int] | None, room: int
) -> list[int]:
    """Choose the rows before which a new page begins, none where all fits on one, or on more than Excel counts.

    Args:
        heights: of every row, in hundredths of a point.
        merged: ranges that are one cell each; those of more than half a page are cut anyhow, and don't count.
        repeated: rows that stand again at the top of each page below them, first and behind the last.
        room: what a page holds.
    """
    edges = list(accumulate(heights, initial=0))
    if edges[-1] > room * MOST_ENDS // 2:
        return []
    cut = _cut(edges, [area for area in merged if edges[area.bottom + 1] - edges[area.top] <= room // 2])
    for row in range(*repeated) if repeated else ():
        cut[row + 1] += 1  # headings don't stand alone at the foot of a page
    again = edges[repeated[1]] - edges[repeated[0]] if repeated else 0
    best: dict[int, Cost] = {}
    for start in range(len(heights) - 1, -1, -1):
        left = room - (again if repeated and start >= repeated[1] else 0)
        best[start] = _best(start, edges, edges[start] + left, cut, best)
    ends = [-best[0][2]] if best else []
    while ends and ends[-1]:
        ends.append(-best[ends[-1]][2])
    return ends[:-1]


def _best(start: int, edges: Sequence[int], bottom: int, cut: Sequence[int], best: dict[int, Cost]) -> Cost:
    """The best that can be made of the rows from `start` on, where the page that begins there reaches to `bottom`."""
    last = len(edges) - 1
    if edges[last] <= bottom:
        return 1, 0, 0
    found: list[Cost] = []
    for end in range(start + 1, last):
        if found and edges[end] > bottom:
            break
        found.append((1 + best[end][0], cut[end] + best[end][1], -end))
    return min(found, default=(1, 0, 0))


def _cut(edges: Sequence[int], merged: Iterable[Area]) -> list[int]:
    """How many merged cells the upper edge of each row runs through."""
    changes = [0] * (len(edges) + 1)
    for area in merged:
        changes[area.top + 1] += 1
        changes[area.bottom + 1] -= 1
    return list(accumulate(changes))
