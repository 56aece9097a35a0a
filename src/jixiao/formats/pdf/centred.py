"""Tables without any rule whose texts stand in the middle of their cells: rows, their heights, what covers several.

Three things are true of such a table. A row's text is in the middle between its upper and its lower edge; rows leave
nothing between them; a label is in the middle of the rows that it covers. So once it is known which heights are rows,
every edge follows from the one before (it is as far below the row's middle as that one above), and of all ways to
share the rows out among a column's labels few put every label into the middle of its own.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from jixiao.formats.pdf.standing import Band, Stand, overlap

REACH = 0.5  # of the width: what ends left of it may be a label over several rows, however high it is
FULL = 2  # cells right of it make a row of what a high text runs past
TIGHT = 0.06  # of the size: heights are as sure as that
PRICE = 1.5  # of a point that rows lack, against one that they have too many
STEP = 0.05  # of the size
LEAST = 3  # of one distance: the height of a row of one line
OFF = 0.45  # of the size: a label isn't further from the middle of its rows
WORTH = 0.4  # of the size that a label may be out of the middle for one more row to be covered
FEW = 4  # rows above and below that a cell among figures may cover
NEAR = 0.6  # of the size: a middle so near an edge is of both rows
BACK = 30  # heights: of so many that are no rows at most stands one between two rows
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Heights:
    """How high rows are: of one line, and for each line more."""

    one: float
    more: float

    def of(self, lines: int) -> float:
        """Return the height of a row of so many lines."""
        return self.one + (lines - 1) * self.more


@dataclass(frozen=True, slots=True)
class Pattern:
    """What the next page may go on with: how high rows are, what stands in each, where the table begins and ends."""

    heights: Heights
    strips: Sequence[Sequence[Stand]]
    left: float
    right: float

    @property
    def reach(self) -> float:
        """What ends left of it may be a label over several rows."""
        return self.left + REACH * (self.right - self.left)


def rows(
    groups: Sequence[Band], heights: Heights, reach: float
) -> tuple[list[Band], list[Stand], list[float]]:
    """Tell the rows among what stands at one height.

    Args:
        groups: what has one middle, from the top down.
        heights: how high rows are.
        reach: what ends left of it may be a label over several rows.

    Returns:
        the rows; the cells that are of no single row; the edges of the rows, one more than there are rows.
    """
    full = [band.middle for band in groups if sum(cell.x1 > reach for cell in band.cells) >= FULL]
    lines = [_lines(band, full, reach) for band in groups]
    kept = _path([band.middle for band in groups], [heights.of(n) if n else 0 for n in lines])
    found = [groups[n] for n in kept]
    others = [cell for n, band in enumerate(groups) if n not in set(kept) for cell in band.cells]
    if not found:
        return [], others, []
    size = max(cell.size for band in groups for cell in band.cells)
    return (
        found,
        others,
        _edges([b.middle for b in found], [heights.of(lines[n]) for n in kept], TIGHT * size),
    )


def heights_of(groups: Sequence[Band]) -> Heights:
    """Tell how high rows are by how far apart the cells of one column stand that are nearest one another."""
    cells = [cell for band in groups for cell in band.cells]
    size = max(cell.size for cell in cells)
    pitches = [(c.last - c.first) / (c.lines - 1) for c in cells if c.lines > 1]
    more = median(pitches) if pitches else size
    apart = Counter(int((each - more * extra) / (STEP * size) + 0.5) for each, extra in _steps(cells))
    often = [(step, count) for step, count in sorted(apart.items()) if step * STEP * size > size]
    if not often:
        return Heights(more + size / 2, more)
    most = max(count for _, count in often)
    one = next(step for step, count in often if count >= min(LEAST, most)) * STEP * size
    return Heights(one, more)


def _steps(cells: Sequence[Stand]) -> Iterator[tuple[float, float]]:
    """Yield how far each cell's middle is below that of the next above it, and the lines that are more than one."""
    below = sorted(cells, key=lambda cell: cell.middle)
    for n, cell in enumerate(below):
        above = next((c for c in reversed(below[:n]) if overlap(c.x0, c.x1, cell.x0, cell.x1)), None)
        if above is not None:
            yield cell.middle - above.middle, (cell.lines + above.lines - 2) / 2


def _lines(band: Band, full: Sequence[float], reach: float) -> int:
    """Count the lines that a row at this height would have at least; 0 where it can be none."""
    own = [cell for cell in band.cells if not _is_tall(cell, band, full)]
    right = [cell.lines for cell in own if cell.x1 > reach]
    return max(right, default=min((cell.lines for cell in own), default=0))


def _is_tall(cell: Stand, band: Band, full: Sequence[float]) -> bool:
    """Tell whether a text runs past the middle of another row."""
    first, last = cell.first - cell.size / 2, cell.last + cell.size / 2
    return any(at != band.middle for at in full[bisect_right(full, first) : bisect_left(full, last)])


def _path(middles: Sequence[float], heights: Sequence[float]) -> list[int]:
    """Choose the heights that are rows: those of which one follows upon the other with least left between them."""
    able = [n for n, height in enumerate(heights) if height]
    best: dict[int, tuple[float, int]] = {}
    for k, n in enumerate(able):
        ways = [
            (best[m][0] + _cost(middles[n] - middles[m], (heights[n] + heights[m]) / 2), m)
            for m in able[max(k - BACK, 0) : k]
        ]
        best[n] = min(ways, default=(0.0, -1))
    found = [able[-1]] if able else []
    while found and best[found[-1]][1] >= 0:
        found.append(best[found[-1]][1])
    return found[::-1]


def _cost(apart: float, need: float) -> float:
    return apart - need if apart > need else PRICE * (need - apart)


def _edges(middles: Sequence[float], heights: Sequence[float], tight: float) -> list[float]:
    """Find the edges of rows: those that rows of their usual height agree upon, then one from the other."""
    known: list[float | None] = [None] * (len(middles) + 1)
    for n, (above, below) in enumerate(pairwise(middles)):
        need = (heights[n] + heights[n + 1]) / 2
        if abs(below - above - need) <= 2 * tight:
            known[n + 1] = above + heights[n] / 2 + (below - above - need) / 2
    if not any(known):
        known[0] = middles[0] - heights[0] / 2
    for n, middle in enumerate(middles):
        if known[n + 1] is None and (edge := known[n]) is not None:
            known[n + 1] = _inside(2 * middle - edge, n, middles)
    for n, middle in reversed(list(enumerate(middles))):
        if known[n] is None and (edge := known[n + 1]) is not None:
            known[n] = _inside(2 * middle - edge, n - 1, middles)
    return [edge for edge in known if edge is not None]


def _inside(edge: float, n: int, middles: Sequence[float]) -> float:
    """Keep the lower edge of a row between its middle and the next."""
    low = middles[n] if n >= 0 else edge
    high = middles[n + 1] if n + 1 < len(middles) else edge
    return min(max(edge, low), high)


def beside(cells: Sequence[Stand], above: float, below: float) -> list[Stand]:
    """List the cells over several rows that a row shares in for sure: their middle is in it, or at its edge."""
    return [cell for cell in cells if above - NEAR * cell.size < cell.middle < below + NEAR * cell.size]


# ---------------------------------------------------------------- what covers several rows


def spans(
    edges: Sequence[float],
    labels: Sequence[Stand],
    strips: Sequence[Sequence[Stand]],
    parents: Sequence[Span],
) -> list[Span]:
    """Share the rows out among the labels of a column, so that each is in the middle of its own.

    Args:
        edges: of the rows.
        labels: what stands in the column.
        strips: what stands in each row.
        parents: the rows of each label in the column to the left; a label keeps within one of them.

    Returns:
        the rows (first, after the last) of each label, from the top down.
    """
    ordered = sorted(labels, key=lambda cell: cell.middle)
    parents = _filled(parents, len(strips))
    ways: dict[int, tuple[float, tuple[Span, ...]]] = {0: (0.0, ())}
    for label in ordered:
        after: dict[int, tuple[float, tuple[Span, ...]]] = {}
        for first, end, cost in _fits(edges, label, strips, parents):
            before = [(c + cost, w) for at, (c, w) in ways.items() if at <= first]
            least = min(before, default=None, key=lambda way: way[0])
            if least is not None and least[0] < after.get(end, (least[0] + 1, ()))[0]:
                after[end] = least[0], (*least[1], (first, end))
        ways = after or ways
    return list(min(ways.values(), key=lambda way: way[0])[1])


def _filled(spans_: Sequence[Span], count: int) -> list[Span]:
    """Add the rows between the spans as spans of their own: a label of the page before may cover them."""
    ends = [0, *(end for _, end in spans_)]
    starts = [*(first for first, _ in spans_), count]
    return sorted([*spans_, *(gap for gap in zip(ends, starts, strict=True) if gap[0] < gap[1])])


def _fits(
    edges: Sequence[float], label: Stand, strips: Sequence[Sequence[Stand]], parents: Sequence[Span]
) -> Iterator[tuple[int, int, float]]:
    """Yield the rows that a label may cover, and what is against it: it is out of their middle, they are few."""
    own = _row(edges, label.middle)
    low, high = next(((a, b) for a, b in parents if a <= own < b), (own, own + 1))
    yield own, own + 1, _off(edges, own, own + 1, label) / WORTH - 1
    if not goes_on(strips[own], label):
        return
    for first in range(own, low - 1, -1):
        if not goes_on(strips[first], label):
            return
        lowest = 2 * label.middle - edges[first] - 2 * OFF * label.size
        for end in range(max(bisect_left(edges, lowest), own + 1), high + 1):
            off = _off(edges, first, end, label)
            if off > OFF or not all(goes_on(strip, label) for strip in strips[own:end]):
                break
            if end - first > 1:
                yield first, end, off / WORTH - (end - first)


def alone(edges: Sequence[float], cells: Sequence[Stand], column: Sequence[Stand]) -> list[Span]:
    """Find the rows of cells of a column that are of no single row: as few as have nothing else in it."""
    found: list[Span] = []
    for cell in cells:
        own = _row(edges, cell.middle)
        others = {_row(edges, other.middle) for other in column if other is not cell}
        fits = [
            (first, end)
            for first in range(max(own - FEW, 0), own + 1)
            for end in range(own + 1, min(own + FEW, len(edges) - 1) + 1)
            if end - first > 1
            and _off(edges, first, end, cell) <= OFF
            and not others.intersection(range(first, end))
        ]
        found += sorted(fits, key=lambda fit: (fit[1] - fit[0], _off(edges, fit[0], fit[1], cell)))[:1]
    return found


def _row(edges: Sequence[float], height: float) -> int:
    return min(max(bisect_right(edges, height) - 1, 0), len(edges) - 2)


def _off(edges: Sequence[float], first: int, end: int, label: Stand) -> float:
    return abs((edges[first] + edges[end]) / 2 - label.middle) / label.size


def goes_on(strip: Sequence[Stand], label: Stand) -> bool:
    """Tell whether a row can be one of several that a label covers: much at the right, nothing in its place."""
    right = sum(cell.x0 > label.x1 for cell in strip)
    return right > 1 and not any(
        cell.x0 < label.x1 and label.x0 < cell.x1 and cell is not label for cell in strip
    )
