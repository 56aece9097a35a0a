"""Columns of a table without rules down: where white stands between what most of its rows say."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from jixiao.formats.pdf.rows import Row

STRIP = 2.0  # points: a white strip between columns isn't narrower
CROSSED = 2  # one in so many rows that show the strip may run across it: a heading over two columns
APART = 6.0  # points: no column is narrower
LEAST = 2  # rows that show a strip


class Block(NamedTuple):
    """What stands in one field of a row: from where to where its lines reach, and how many blocks the row has."""

    x0: float
    x1: float
    beside: int


def blocks(rows: Sequence[Row]) -> list[Block]:
    """Join the chunks of a row's lines that stand above one another."""
    found: list[list[float]] = []
    for x0, x1 in sorted((chunk.x0, chunk.x1) for row in rows for chunk in row.chunks):
        if found and x0 < found[-1][1]:
            found[-1][1] = max(found[-1][1], x1)
        else:
            found.append([x0, x1])
    return [Block(x0, x1, len(found)) for x0, x1 in found]


def edges(
    strips: Sequence[Sequence[Block]], left: float, right: float, known: Sequence[float] = ()
) -> list[float]:
    """Find the edges of columns.

    Args:
        strips: the blocks of each row of the table, in order.
        left: where the table begins.
        right: where it ends.
        known: edges that are sure, because rules begin or end there.

    Returns:
        the edges from left to right; only `left` and `right` when there is one column.
    """
    most = max((len(strip) for strip in strips), default=0)
    kept = [block for strip in strips for block in strip if 2 * block.beside > most]
    gaps = [(a.x1, b.x0) for strip in strips for a, b in pairwise(strip) if 2 * len(strip) > most]
    sure = [left]
    for x in sorted(known):
        if x - sure[-1] > APART and right - x > APART:
            sure.append(x)
    found = [*sure, right]
    for start, end in _white(kept, gaps):
        found += [
            _clearest(a, b, kept)
            for a, b in _carved(start, end, kept)
            if b - a >= STRIP and not any(a - APART < x < b + APART for x in sure)
        ]
    return sorted(found)


def _clearest(start: float, end: float, kept: Sequence[Block]) -> float:
    """Find the middle of that part of a white stretch which the fewest blocks run into, the widest of such."""
    marks = sorted({start, end, *(x for block in kept for x in block[:2] if start < x < end)})
    parts = [(sum(one.x0 < (a + b) / 2 < one.x1 for one in kept), a - b, a, b) for a, b in pairwise(marks)]
    _, _, first, last = min(parts)
    return (first + last) / 2


def _white(kept: Sequence[Block], gaps: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """List the stretches that enough rows leave white between two of their blocks, and few run across."""
    marks = sorted({x for gap in gaps for x in gap} | {x for block in kept for x in block[:2]})
    found: list[tuple[float, float]] = []
    for a, b in pairwise(marks):
        x = (a + b) / 2
        shown = sum(start < x < end for start, end in gaps)
        crossed = sum(block.x0 < x < block.x1 for block in kept)
        if shown < min(LEAST, len(gaps)) or crossed * CROSSED > shown:
            continue
        if found and found[-1][1] == a:
            found[-1] = found[-1][0], b
        else:
            found.append((a, b))
    return found


def _carved(start: float, end: float, kept: Sequence[Block]) -> list[tuple[float, float]]:
    """Part a white stretch round the few blocks that stand wholly inside it: a column that is mostly empty."""
    inside = sorted(block[:2] for block in kept if start < block.x0 and block.x1 < end)
    found: list[tuple[float, float]] = []
    for x0, x1 in inside:
        if x0 > start:
            found.append((start, x0))
        start = max(start, x1)
    return [*found, (start, end)]
