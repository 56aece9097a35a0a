"""统计线索: four statistics over many filings, each with its numbers, how it is done, and what it can't say.

They lead to papers that are worth a look; none of them shows that anything is wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.model.review import Review
from jixiao.rollup.rechecks import Compared
from jixiao.rollup.statistics.copies import Copies, copies
from jixiao.rollup.statistics.digits import Heaping, heaping
from jixiao.rollup.statistics.entries import Entries, entries
from jixiao.rollup.statistics.inflation import Inflation, inflation
from jixiao.rollup.statistics.lowness import Lowness, lowness
from jixiao.rollup.summing import Grouping

__all__ = ["Copies", "Entries", "Heaping", "Inflation", "Lowness", "Statistics", "measured", "statistics"]


@dataclass(frozen=True, slots=True)
class Statistics:
    """All four, and over what: filings and projects, copies left out, filings without a table, the years.

    `absent` says in Chinese sentences what could not be looked at.
    """

    by: Grouping
    filings: int
    projects: int
    twice: int
    without: int
    years: tuple[int, ...]
    inflation: Inflation
    lowness: Lowness
    heaping: Heaping
    copies: Copies
    absent: tuple[str, ...] = ()


def statistics(reviews: Sequence[Review], rechecks: Sequence[Compared], by: Grouping) -> Statistics:
    """Measure a collection.

    Args:
        reviews: in any order, of one year or several; the result doesn't depend on the order.
        rechecks: the re-checks of the same projects, none where there are none.
        by: whom filings are counted for: units or departments.
    """
    return measured(entries(reviews, by), rechecks)


def measured(told: Entries, rechecks: Sequence[Compared], absent: tuple[str, ...] = ()) -> Statistics:
    """Measure filings of which the sums are known; `absent` as of `Statistics`."""
    return Statistics(
        told.by, len(told.listed), len(told.latest), told.twice, told.without,
        tuple(sorted({one.year for one in told.listed if one.year})),
        inflation(told, rechecks), lowness(told), heaping(told), copies(told), absent,
    )  # fmt: skip
