"""Lines whose cells stand two spaces or more apart as grids, for the papers that are read row by row."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from jixiao.layout import Block, Cell, Grid, Line


def gridded(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks with runs of such lines as grids, unless more rows stand in grids already.

    A cell's column is its number in its line, one more where a gap stands before the line: its first cell is empty.
    """
    if sum(map(_is_apart, blocks)) <= sum(_height(block) for block in blocks):
        return blocks
    found: list[Block] = []
    for apart, run in groupby(blocks, key=_is_apart):
        lines = tuple(run)
        found += [_grid([line for line in lines if isinstance(line, Line)])] if apart else lines
    return tuple(found)


def _is_apart(block: Block) -> bool:
    return isinstance(block, Line) and any(block.gaps)


def _height(block: Block) -> int:
    return len({cell.row for cell in block.cells}) if isinstance(block, Grid) else 0


def _grid(lines: Sequence[Line]) -> Grid:
    rows = [_row(number, line) for number, line in enumerate(lines)]
    return Grid(tuple(cell for row in rows for cell in row), lines[0].place)


def _row(number: int, line: Line) -> tuple[Cell, ...]:
    edges = [0, *(gap for gap in line.gaps if gap), len(line.text)]
    spans = [(start, end) for start, end in pairwise(edges) if line.text[start:end].strip()]
    shift = int(0 in line.gaps)
    return tuple(
        Cell(
            number,
            column + shift,
            line.text[start:end].strip(),
            place=replace(line.place, start=start, end=end),
        )
        for column, (start, end) in enumerate(spans)
    )
