"""Rows of a table that a page's end should not part: those beside one label, as far as they are not too many.

A label stands beside its rows once; where they run over a page's end it can't be written again on the next page without
saying that something new begins there. So a small group goes to the next page as a whole, and of a large one at least
so many rows stay together as are high enough for the label.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Group:
    """The rows beside a label, first and behind the last, and how high the label itself is."""

    first: int
    behind: int
    label: float


def kept(
    groups: Iterable[Group], heights: Sequence[float], page: float, *, whole: bool = True
) -> list[tuple[int, int]]:
    """Return the runs of rows, first and behind the last, that a page's end should not part; none of one row.

    Args:
        groups: the labels beside more than one row.
        heights: of the rows.
        page: the height of a page, in the same measure.
        whole: whether small groups are kept whole; where no heading stands again on the next page, what is left free
            below would look like the table's end.
    """
    above = [0.0, *accumulate(heights)]
    runs = (_run(group, above, page, WHOLE if whole else 0) for group in groups)
    return [run for run in _joined(runs) if run[1] - run[0] > 1]


WHOLE = 0.22  # of a page: a group no higher than this is kept whole
MOST = 0.45  # of a page: nothing higher is kept


def _run(group: Group, above: Sequence[float], page: float, small: float) -> tuple[int, int]:
    first, behind = group.first, group.behind
    if above[behind] - above[first] > small * page:
        floor = above[first] + group.label
        behind = next((row for row in range(first + 1, behind) if above[row] >= floor), behind)
    return (first, behind) if above[behind] - above[first] <= MOST * page else (first, first + 1)


def _joined(runs: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join the runs that overlap."""
    held: tuple[int, int] | None = None
    for first, behind in sorted(runs):
        if held is not None and first < held[1]:
            held = held[0], max(held[1], behind)
            continue
        if held is not None:
            yield held
        held = first, behind
    if held is not None:
        yield held
