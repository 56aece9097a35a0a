"""Tables without any rule: what stands in the middle of one height is a row, white that runs down parts columns.

A label over several rows stands in their middle, which tells how far down it reaches.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from jixiao.formats.pdf import columns
from jixiao.formats.pdf.columns import Block
from jixiao.formats.pdf.fields import Ladder
from jixiao.formats.pdf.rails import Rail
from jixiao.formats.pdf.rows import Row

SAME_HEIGHT = 0.25  # of the size: middles of cells of one row differ no more
NARROWER = 0.88  # times the usual line pitch: lines nearer than that are of one cell
STEP = 0.05
PITCHES = (0.9, 1.9)  # times the size: pitches of lines of one cell
CLOSE = 1.32  # times the size: lines so close are of one cell, though most be
LABELS = 3  # columns at the left may hold labels over several rows
APART = 3.0  # points between two columns of labels
HUNG = 0.7  # as many places where texts begin as middles of texts, at most: they begin at the left
REACH = 0.5  # of the width: what stands left of it only is no row but a label
MIDDLE = 0.35  # of the size


@dataclass(slots=True)
class _Cell:
    """What stands together: from where to where, the middles of its first and last line, its size.

    `chunks` are its texts: where each begins, and its baseline.
    """

    x0: float
    x1: float
    first: float
    last: float
    size: float
    chunks: list[tuple[float, float]]

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2


@dataclass(slots=True)
class _Band:
    """A row of the table: its cells, and the middle of each."""

    middle: float
    cells: list[_Cell]
    top: float = 0
    bottom: float = 0


def ladder(lines: Sequence[Row]) -> Ladder | None:
    """Find rows and columns in lines; None where there are no two of each."""
    left, right = min(line.x0 for line in lines) - 1, max(line.x1 for line in lines) + 1
    found = _cells(lines, _wrap(lines))
    hung = _is_hung(found)
    bands, labels = _bands(found, 0 if hung else left + REACH * (right - left), hung=hung)
    if len(bands) < 2:  # noqa: PLR2004
        return None
    edges = (
        _beginnings(found, right) if hung else columns.edges([_blocks(band) for band in bands], left, right)
    )
    if len(edges) < 3:  # noqa: PLR2004
        return None
    size = max(line.size for line in lines)
    ats = [
        bands[0].top - size,
        *(_between(a, b) for a, b in pairwise(bands)),
        bands[-1].bottom + size,
    ]
    cells = [*labels, *(cell for band in bands for cell in band.cells)]
    edges = edges if hung else _label_edges(edges, cells, labels)
    heights = {chunk: cell.first if hung else cell.middle for cell in cells for chunk in cell.chunks}
    return Ladder(ats, edges, _rails(ats, edges, cells, bands, hung=hung), heights, sure=hung)


def _beginnings(cells: Sequence[_Cell], right: float) -> list[float]:
    """Find the edges of columns where all texts begin at them."""
    found: list[float] = []
    for x0 in sorted(cell.x0 for cell in cells):
        if not found or x0 - found[-1] > APART:
            found.append(x0 - 1)
    return [*found, right]


def _label_edges(edges: Sequence[float], cells: Sequence[_Cell], labels: Sequence[_Cell]) -> list[float]:
    """Part a column at the left where its labels stand beside one another, though never at one height."""
    found = list(edges)
    for left, right in list(pairwise(edges))[:LABELS]:
        reached = left
        for cell in sorted((c for c in cells if left <= c.x0 and c.x1 <= right), key=lambda c: c.x0):
            before = any(left <= label.x0 and label.x1 <= reached for label in labels)
            if (
                before
                and cell.x0 - reached > APART
                and any(cell.x0 <= b.x0 and b.x1 <= right for b in labels)
            ):
                found.append((cell.x0 + reached) / 2)
            reached = max(reached, cell.x1)
    return sorted(found)


def _between(above: _Band, below: _Band) -> float:
    return min(max((above.bottom + below.top) / 2, above.middle), below.middle)


def _blocks(band: _Band) -> list[Block]:
    cells = sorted(band.cells, key=lambda cell: cell.x0)
    return [Block(cell.x0, cell.x1, len(cells)) for cell in cells]


# ---------------------------------------------------------------- lines to cells


def _wrap(lines: Sequence[Row]) -> float:
    """Tell how far apart lines of one cell stand at most; 0 where every line is a row of its own."""
    pitches: list[float] = []
    above: list[tuple[float, float, float]] = []
    for line in lines:
        for chunk in line.chunks:
            near = [a for a in above if _overlap(a[0], a[1], chunk.x0, chunk.x1)]
            if near:
                pitches.append((chunk.base - max(a[2] for a in near)) / line.size)
        above += [(chunk.x0, chunk.x1, chunk.base) for chunk in line.chunks]
    kinds = [pitch for pitch in pitches if PITCHES[0] <= pitch <= PITCHES[1]]
    if not kinds:
        return 0
    usual = Counter(int(pitch / STEP + 0.5) for pitch in kinds).most_common(1)[0][0] * STEP
    if any(pitch < usual * NARROWER for pitch in kinds):
        return usual * NARROWER
    return CLOSE if usual < CLOSE else 0


def _overlap(a0: float, a1: float, b0: float, b1: float) -> bool:
    return min(a1, b1) - max(a0, b0) > min(a1 - a0, b1 - b0) / 2


def _cells(lines: Sequence[Row], wrap: float) -> list[_Cell]:
    found: list[_Cell] = []
    chunks = sorted(
        ((chunk.base, line.size, chunk) for line in lines for chunk in line.chunks), key=lambda c: c[0]
    )
    for base, size, chunk in chunks:
        middle = base - MIDDLE * size
        above = (
            c for c in reversed(found) if _wraps(c, middle, wrap) and _overlap(c.x0, c.x1, chunk.x0, chunk.x1)
        )
        cell = next(above, None)
        if cell is None:
            found.append(_Cell(chunk.x0, chunk.x1, middle, middle, size, [(chunk.x0, base)]))
        else:
            cell.chunks.append((chunk.x0, base))
            cell.x0, cell.x1, cell.last = min(cell.x0, chunk.x0), max(cell.x1, chunk.x1), middle
    return found


def _wraps(cell: _Cell, middle: float, wrap: float) -> bool:
    return SAME_HEIGHT * cell.size < middle - cell.last <= wrap * cell.size


# ---------------------------------------------------------------- cells to rows


def _is_hung(cells: Sequence[_Cell]) -> bool:
    """Tell whether texts begin at the upper left of their cells; else they stand in the middle."""
    return len({int(cell.x0) for cell in cells}) < HUNG * len(
        {int((cell.x0 + cell.x1) / 2) for cell in cells}
    )


def _bands(cells: Sequence[_Cell], reach: float, *, hung: bool) -> tuple[list[_Band], list[_Cell]]:
    """Group cells by their middles, or their first lines where they are hung.

    A group in the middle of rows that ends left of `reach` is labels over several rows.
    """
    groups: list[_Band] = []
    heights = sorted((cell.first if hung else cell.middle, n) for n, cell in enumerate(cells))
    for height, n in heights:
        if groups and height - groups[-1].middle <= SAME_HEIGHT * cells[n].size:
            groups[-1].cells.append(cells[n])
        else:
            groups.append(_Band(height, [cells[n]]))
    bands = [band for band in groups if max(cell.x1 for cell in band.cells) > reach]
    labels = [cell for band in groups if max(c.x1 for c in band.cells) <= reach for cell in band.cells]
    for band in bands:
        band.top = min(cell.first - cell.size / 2 for cell in band.cells)
        band.bottom = max(cell.last + cell.size / 2 for cell in band.cells)
    return bands, labels


def _rails(
    ats: Sequence[float],
    edges: Sequence[float],
    cells: Sequence[_Cell],
    bands: Sequence[_Band],
    *,
    hung: bool,
) -> list[Rail]:
    """Draw the rules that the table hasn't: between all rows, but not through a label that covers several."""
    whole = {(row, column) for row in range(len(ats)) for column in range(len(edges) - 1)}
    spans = [(0, len(bands))]
    for column in range(min(LABELS, len(edges) - 2)):
        left, right = edges[column], edges[column + 1]
        if hung:
            own = [cell for cell in cells if left <= cell.x0 < right]
            spans = _hung_spans(own, bands, spans)
        else:
            own = [
                cell
                for cell in cells
                if left <= (cell.x0 + cell.x1) / 2 < right and cell.x1 < right + cell.size
            ]
            spans = _spans(ats, own, bands, spans)
        whole -= {(row, column) for first, end in spans for row in range(first + 1, end)}
    return [Rail(ats[row], edges[column], edges[column + 1]) for row, column in sorted(whole)]


def _spans(
    ats: Sequence[float], labels: Sequence[_Cell], bands: Sequence[_Band], parents: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Find the rows (first, after the last) of each label: the most of which it is the middle, within its parent's."""
    ordered = sorted(labels, key=lambda cell: cell.middle)
    rows = [min(max(bisect_right(ats, label.middle) - 1, 0), len(bands) - 1) for label in ordered]
    found: list[tuple[int, int]] = []
    start = 0
    for n, (label, own) in enumerate(zip(ordered, rows, strict=True)):
        low, high = next(((a, b) for a, b in parents if a <= own < b), (own, own + 1))
        low = max(low, start)
        high = min([high, *(row for row in rows[n + 1 :] if row > own)])
        fits = [
            (first, end)
            for first in range(low, own + 1)
            for end in range(own + 1, high + 1)
            if abs((ats[first] + ats[end]) / 2 - label.middle) < label.size * 2 / 3
            and all(_goes_on(band, label) for band in bands[first:end])
        ]
        span = max(fits, key=lambda fit: fit[1] - fit[0], default=(own, own + 1))
        found.append(span)
        start = span[1]
    return found


def _hung_spans(
    labels: Sequence[_Cell], bands: Sequence[_Band], parents: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Find the rows of each label where labels stand in their first row: down to the next, within its parent's."""
    rows = sorted({n for n, band in enumerate(bands) for label in labels if label in band.cells})
    found: list[tuple[int, int]] = []
    for row, after in pairwise([*rows, len(bands)]):
        label = next(label for label in labels if label in bands[row].cells)
        high = min(after, next((b for a, b in parents if a <= row < b), row + 1))
        end = next((n for n in range(row + 1, high) if not _goes_on(bands[n], label)), high)
        found.append((row, end))
    return found


def _goes_on(band: _Band, label: _Cell) -> bool:
    """Tell whether a row says enough to the right of a label to be one of several rows that it covers."""
    return sum(cell.x0 > label.x1 for cell in band.cells) > 1
