"""How a race is told: for each a line of seconds, rows a second, and how many times as long it takes as score.sql."""

from tests.bench.clock import Spent

HEAD = f"{'':24s}  processor s     rows/s  times ours    clock s  times ours"


def line(name: str, spent: Spent, rows: int, ours: Spent) -> str:
    """Return the line of one that took so long for so many rows."""
    processor, clock = (theirs / own for theirs, own in zip(spent, ours, strict=True))
    return (
        f"{name:24s} {spent.processor:12.2f} {rows / spent.processor:10.0f} {processor:11.2f}"
        f" {spent.clock:10.2f} {clock:11.2f}"
    )
