"""Many filings together: sums and means (`summing`), re-checks beside self-evaluations (`rechecks`, `agreement`)."""

from jixiao.rollup.summing import (
    COLUMNS,
    SOURCES,
    Amount,
    Band,
    Deviation,
    Faults,
    Grouping,
    Means,
    Rollup,
    roll_up,
)

__all__ = [
    "COLUMNS", "SOURCES", "Amount", "Band", "Deviation", "Faults", "Grouping", "Means", "Rollup", "roll_up",
]  # fmt: skip
