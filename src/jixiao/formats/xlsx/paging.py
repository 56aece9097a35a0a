"""Where the printed pages of a sheet end: not in the middle of a merged cell, whose text would be cut in two."""

from collections.abc import Iterable, Sequence

from jixiao.formats.xlsx.sheet import Area

PORTRAIT_PAGE, LANDSCAPE_PAGE = (
    70_000,
    44_500,
)  # hundredths of a point that a page of A4 holds, with a little to spare
LEAST = 60  # per cent of a page that is filled before it may end


def page_ends(
    heights: Sequence[int], merged: Iterable[Area], repeated: tuple[int, int] | None, room: int
) -> list[int]:
    """Choose the rows before which a new page begins, none where all fits on one; of equally good ones the last.

    Args:
        heights: of every row, in hundredths of a point.
        merged: ranges that are one cell each.
        repeated: rows that stand again at the top of each page below them, first and behind the last.
        room: what a page holds.
    """
    crossed = _crossed(len(heights), merged)
    ends: list[int] = []
    start: int | None = 0
    while start is not None:
        again = sum(heights[slice(*repeated)]) if repeated and start >= repeated[1] else 0
        start = _end(heights, start, room - again, crossed)
        ends += [] if start is None else [start]
    return ends


def _end(heights: Sequence[int], start: int, room: int, crossed: Sequence[int]) -> int | None:
    """The row before which the page that begins at `start` ends, None where it holds all that is left."""
    filled = 0
    allowed: list[int] = []
    for row in range(start, len(heights)):
        filled += heights[row]
        if filled > room:
            end = min(allowed, key=lambda row: (crossed[row], -row), default=max(row, start + 1))
            return end if end < len(heights) else None
        if filled * 100 >= room * LEAST:
            allowed.append(row + 1)
    return None


def _crossed(rows: int, merged: Iterable[Area]) -> list[int]:
    """How many merged cells the upper edge of each row runs through."""
    changes = [0] * (rows + 2)
    for area in merged:
        changes[area.top + 1] += 1
        changes[area.bottom + 1] -= 1
    crossed, total = [], 0
    for change in changes:
        total += change
        crossed.append(total)
    return crossed
