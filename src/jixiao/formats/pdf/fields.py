"""Fields between rules across and the white of columns: what a cell is where no rule stands at its sides."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jixiao.formats.pdf.cells import Field, Piece
from jixiao.formats.pdf.centred import Pattern
from jixiao.formats.pdf.lines import glued
from jixiao.formats.pdf.rails import Rail
from jixiao.formats.pdf.rows import Chunk, Row

COVERED = 0.5  # of a column's width: a rule so long parts what stands above and below
DEEP = 3.0  # points that a text reaches into a column that it belongs to
Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ladder:
    """A table by its rules across: their heights, the edges of its columns, and the rules themselves.

    `heights` tells of texts, by where they begin and their baseline, at which height their cell stands. With a
    `pattern` rows are told by the middles of texts alone.
    """

    ats: Sequence[float]
    edges: Sequence[float]
    rails: Sequence[Rail]
    heights: Mapping[tuple[float, float], float] = field(default_factory=dict)
    pattern: Pattern | None = None


@dataclass(slots=True)
class _Area:
    """A cell: its rows and columns (first and after the last), its lines of text, each with its height."""

    rows: Spot
    columns: Spot
    lines: list[tuple[float, str]]


def piece(ladder: Ladder, lines: Sequence[Row]) -> Piece:
    """Make cells of a ladder and the lines in it: a column's field goes down to the next rule that covers it."""
    owner = _owners(ladder)
    for line in lines:
        for chunk in line.chunks:
            at = ladder.heights.get((chunk.x0, chunk.base), chunk.base - line.size / 3)
            row = _step(ladder.ats, at)
            _area(owner, ladder, row, chunk).lines.append((chunk.base, chunk.text))
    made = Piece(lines[0].frame, (ladder.edges[0], ladder.ats[0], ladder.edges[-1], ladder.ats[-1]))
    made.pattern = ladder.pattern
    areas = {id(area): area for row in owner for area in row}
    for area in sorted(areas.values(), key=lambda a: (a.rows, a.columns)):
        if not area.lines:
            continue  # nobody knows whether it is a cell, or how many cells it is
        box = (
            ladder.edges[area.columns[0]], ladder.ats[area.rows[0]],
            ladder.edges[area.columns[1]], ladder.ats[area.rows[1]],
        )  # fmt: skip
        text = ""
        for _, more in sorted(area.lines, key=lambda line: line[0]):
            text = glued(text, more)
        wide = area.columns[1] - area.columns[0] > 1 and len(area.lines) > 0
        made.fields.append(
            Field(
                box, text, len(area.lines), unsure=wide or len(area.lines) > 1 or ladder.pattern is not None
            )
        )
    return made


def _owners(ladder: Ladder) -> list[list[_Area]]:
    """For each row and column the cell there."""
    rows, columns = len(ladder.ats) - 1, len(ladder.edges) - 1
    owner: list[list[_Area]] = []
    for row in range(rows):
        owner.append([])
        for column in range(columns):
            if row and not _parted(ladder, row, column):
                area = owner[row - 1][column]
                area.rows = area.rows[0], row + 1
            else:
                area = _Area((row, row + 1), (column, column + 1), [])
            owner[row].append(area)
    return owner


def _parted(ladder: Ladder, row: int, column: int) -> bool:
    """Tell whether a rule stands above a field."""
    left, right = ladder.edges[column], ladder.edges[column + 1]
    covered = sum(
        max(min(rail.end, right) - max(rail.start, left), 0)
        for rail in ladder.rails
        if rail.at == ladder.ats[row]
    )
    return covered > COVERED * (right - left)


def _area(owner: list[list[_Area]], ladder: Ladder, row: int, chunk: Chunk) -> _Area:
    """Find the cell of a text; one that runs over several columns makes one cell of them where their rows agree."""
    deep = min(DEEP, (chunk.x1 - chunk.x0) / 3)
    first, last = _step(ladder.edges, chunk.x0 + deep), _step(ladder.edges, chunk.x1 - deep)
    area = owner[row][first]
    while area.columns[1] <= last and owner[row][area.columns[1]].rows == area.rows:
        other = owner[row][area.columns[1]]
        area.columns = area.columns[0], other.columns[1]
        area.lines += other.lines
        for r in range(*area.rows):
            owner[r][other.columns[0] : other.columns[1]] = [area] * (other.columns[1] - other.columns[0])
    return area


def _step(places: Sequence[float], at: float) -> int:
    return min(max(bisect_right(places, at) - 1, 0), len(places) - 2)
