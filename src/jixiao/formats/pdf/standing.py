"""What stands together on a page without rules: lines of one cell as one, cells of one height as a band."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from jixiao.formats.pdf.rows import Row

SAME_HEIGHT = 0.25  # of the size: middles of cells of one row differ no more
NARROWER = 0.88  # times the usual line pitch: lines nearer than that are of one cell
STEP = 0.05
PITCHES = (0.9, 1.9)  # times the size: pitches of lines of one cell
CLOSE = 1.32  # times the size: lines so close are of one cell, though most be
MIDDLE = 0.35  # of the size


@dataclass(slots=True)
class Stand:
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
        """The height of its middle."""
        return (self.first + self.last) / 2

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return len({base for _, base in self.chunks})


@dataclass(slots=True)
class Band:
    """Cells of one height: that height, the cells, and from where to where they reach."""

    middle: float
    cells: list[Stand]
    top: float = 0
    bottom: float = 0


def stands(lines: Sequence[Row]) -> list[Stand]:
    """Join the lines of one cell."""
    found: list[Stand] = []
    most = _wrap(lines)
    chunks = sorted(
        ((chunk.base, line.size, chunk) for line in lines for chunk in line.chunks), key=lambda c: c[0]
    )
    for base, size, chunk in chunks:
        middle = base - MIDDLE * size
        above = (
            s for s in reversed(found) if _wraps(s, middle, most) and overlap(s.x0, s.x1, chunk.x0, chunk.x1)
        )
        stand = next(above, None)
        if stand is None:
            found.append(Stand(chunk.x0, chunk.x1, middle, middle, size, [(chunk.x0, base)]))
        else:
            stand.chunks.append((chunk.x0, base))
            stand.x0, stand.x1, stand.last = min(stand.x0, chunk.x0), max(stand.x1, chunk.x1), middle
    return found


def bands(found: Sequence[Stand], *, hung: bool) -> list[Band]:
    """Group what has one middle, or one first line where texts are hung, from the top down."""
    groups: list[Band] = []
    for height, n in sorted((s.first if hung else s.middle, n) for n, s in enumerate(found)):
        if groups and height - groups[-1].middle <= SAME_HEIGHT * found[n].size:
            groups[-1].cells.append(found[n])
        else:
            groups.append(Band(height, [found[n]]))
    for band in groups:
        band.top = min(s.first - s.size / 2 for s in band.cells)
        band.bottom = max(s.last + s.size / 2 for s in band.cells)
        if not hung:
            band.middle = median(s.middle for s in band.cells)
    return groups


def overlap(a0: float, a1: float, b0: float, b1: float) -> bool:
    """Tell whether the shorter of two stretches shares over half of itself with the other."""
    return min(a1, b1) - max(a0, b0) > min(a1 - a0, b1 - b0) / 2


def _wrap(lines: Sequence[Row]) -> float:
    """Tell how far apart lines of one cell stand at most; 0 where every line is a row of its own."""
    pitches: list[float] = []
    above: list[tuple[float, float, float]] = []
    for line in lines:
        for chunk in line.chunks:
            near = [a for a in above if overlap(a[0], a[1], chunk.x0, chunk.x1)]
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


def _wraps(stand: Stand, middle: float, most: float) -> bool:
    return SAME_HEIGHT * stand.size < middle - stand.last <= most * stand.size
