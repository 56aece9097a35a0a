"""Tables without any rule: the heights at which texts stand are its rows, white that runs down parts columns.

Where texts begin at the upper left of their cells a label stands in the first of its rows; else see `centred`.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from jixiao.formats.pdf import centred, centred_columns
from jixiao.formats.pdf.centred import Pattern, Span
from jixiao.formats.pdf.fields import Ladder
from jixiao.formats.pdf.rails import Rail
from jixiao.formats.pdf.rows import Row
from jixiao.formats.pdf.standing import Band, Stand, bands, stands

LABELS = 3  # columns at the left may hold labels over several rows
APART = 3.0  # points between where two columns begin
LEAST = 2  # rows and columns of a table
NEAR = 3.0  # points that a text may stand beside the middle of its column
HUNG = 0.7  # as many places where texts begin as middles of texts, at most: they begin at the left


def ladder(lines: Sequence[Row], before: Pattern | None = None) -> Ladder | None:
    """Find rows and columns in lines; None where there are no two of each.

    Args:
        lines: what may be a table.
        before: of the table at the foot of the page before, which these lines go on with: one row is enough.
    """
    left, right = min(line.x0 for line in lines) - 1, max(line.x1 for line in lines) + 1
    found = stands(lines)
    if before is None and _is_hung(found):
        made: Ladder | None = _hung(found, right)
    else:
        made = _centred(
            found, before or Pattern(centred.heights_of(bands(found, hung=False)), (), left, right)
        )
    least = LEAST if before is None else 1
    return made if made is not None and len(made.ats) > least and len(made.edges) > LEAST else None


def goes_on(lines: Sequence[Row], before: Pattern) -> bool:
    """Tell whether lines at the head of a page may go on with the table before: most stand in its columns."""
    middles = sorted((cell.x0 + cell.x1) / 2 for strip in before.strips for cell in strip)
    chunks = [chunk for line in lines for chunk in line.chunks]
    inside = 0
    for chunk in chunks:
        middle = (chunk.x0 + chunk.x1) / 2
        at = bisect_left(middles, middle - NEAR)
        inside += at < len(middles) and middles[at] <= middle + NEAR
    return 2 * inside > len(chunks)


def _is_hung(found: Sequence[Stand]) -> bool:
    """Tell whether texts begin at the upper left of their cells; else they stand in the middle."""
    begins, middles = {int(s.x0) for s in found}, {int((s.x0 + s.x1) / 2) for s in found}
    return len(begins) < HUNG * len(middles)


def _rails(ats: Sequence[float], edges: Sequence[float], covered: Sequence[Sequence[Span]]) -> list[Rail]:
    """Draw the rules that the table hasn't: between all rows, but not through what covers several.

    `covered` are for each column, from the left, the rows of its cells.
    """
    whole = {(row, column) for row in range(len(ats)) for column in range(len(edges) - 1)}
    for column, spans in enumerate(covered):
        whole -= {(row, column) for first, end in spans for row in range(first + 1, end)}
    return [Rail(ats[row], edges[column], edges[column + 1]) for row, column in sorted(whole)]


# ---------------------------------------------------------------- texts at the upper left


def _hung(found: Sequence[Stand], right: float) -> Ladder:
    """Rows where texts begin at one height, columns where they begin below one another."""
    groups = bands(found, hung=True)
    edges = _beginnings(found, right)
    size = max(stand.size for stand in found)
    between = [_between(a, b) for a, b in pairwise(groups)]
    ats = [groups[0].top - size, *between, groups[-1].bottom + size]
    covered: list[list[Span]] = []
    parents = [(0, len(groups))]
    for left, after in list(pairwise(edges))[: min(LABELS, len(edges) - 2)]:
        parents = _hung_spans([s for s in found if left <= s.x0 < after], groups, parents)
        covered.append(parents)
    heights = {chunk: stand.first for stand in found for chunk in stand.chunks}
    return Ladder(ats, edges, _rails(ats, edges, covered), heights)


def _beginnings(found: Sequence[Stand], right: float) -> list[float]:
    """Find the edges of columns where all texts begin at them."""
    edges: list[float] = []
    for x0 in sorted(stand.x0 for stand in found):
        if not edges or x0 - edges[-1] > APART:
            edges.append(x0 - 1)
    return [*edges, right]


def _between(above: Band, below: Band) -> float:
    return min(max((above.bottom + below.top) / 2, above.middle), below.middle)


def _hung_spans(labels: Sequence[Stand], groups: Sequence[Band], parents: Sequence[Span]) -> list[Span]:
    """Find the rows of each label where labels stand in their first row: down to the next, within its parent's."""
    rows = sorted({n for n, band in enumerate(groups) for label in labels if label in band.cells})
    found: list[Span] = []
    for row, after in pairwise([*rows, len(groups)]):
        label = next(label for label in labels if label in groups[row].cells)
        high = min(after, next((b for a, b in parents if a <= row < b), row + 1))
        end = next((n for n in range(row + 1, high) if not centred.goes_on(groups[n].cells, label)), high)
        found.append((row, end))
    return found


# ---------------------------------------------------------------- texts in the middle


def _centred(found: Sequence[Stand], pattern: Pattern) -> Ladder | None:
    """Rows where texts have one middle, columns where texts have one middle."""
    groups, others, ats = centred.rows(bands(found, hung=False), pattern.heights, pattern.reach)
    if not groups:
        return None
    strips = [
        [*band.cells, *centred.beside(others, above, below)]
        for band, (above, below) in zip(groups, pairwise(ats), strict=True)
    ]
    pattern = replace(pattern, strips=[*pattern.strips, *strips])
    edges = centred_columns.edges(pattern.strips, pattern.left, pattern.right)
    covered: list[Sequence[Span]] = []
    parents: Sequence[Span] = [(0, len(groups))]
    for column, (start, end) in enumerate(pairwise(edges)):
        own = [s for s in found if start <= (s.x0 + s.x1) / 2 < end and s.x1 < end + s.size]
        if column < min(LABELS, len(edges) - 2):
            parents = centred.spans(ats, own, strips, parents)
            covered.append(parents)
        else:
            covered.append(centred.alone(ats, [s for s in own if s in others], own))
    heights = {chunk: stand.middle for stand in found for chunk in stand.chunks}
    return Ladder(ats, edges, _rails(ats, edges, covered), heights, pattern)
