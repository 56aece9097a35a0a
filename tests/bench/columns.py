"""Scoring and audit in columns beside their floor: the same engine reading and summing the same columns.

`python -m tests.bench.columns --indicators 1e5,1e6` prints for each size what scoring takes, and scoring and audit in one
query, in rows a second of processor time and as a ratio to the floor; then how the time grows with the size (the slope of
its logarithm: 1 is in proportion) and the most memory that was taken.
"""

import argparse
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from math import log
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import linear_regression

import pyarrow as pa

from jixiao.batch import duck, lake, nation, parts, tables
from jixiao.batch.audit_lake import audit_lake
from tests.bench.clock import KILOBYTE, spent

_ROWS_EACH = 9  # about so many indicators has a made-up filing
_MEMORY = "3GB"
_SCORED = ("indicators",)  # what the floor of scoring reads, and that of the audit
_AUDITED = ("filings", "funds", "indicators")
Line = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--indicators", default="1e5,1e6")
    sizes = parser.parse_args().indicators.split(",")
    print("processor time; rows a second, times the floor")
    print("indicators   findings   score rows/s  x floor   score+audit rows/s  x floor   clock s   peak MB")
    lines = [_measured(int(float(size))) for size in sizes]
    for what in ("scored", "both") if len(lines) > 1 else ():
        steps = ", ".join(f"{_slope(what, pair):.2f}" for pair in pairwise(lines))
        print(f"slope of {what}: {_slope(what, lines):.3f} (from size to size {steps})")


def _measured(size: int) -> Line:
    with tempfile.TemporaryDirectory() as kept:
        folder, means = Path(kept) / "lake", lake.Means(_MEMORY, Path(kept) / "spill")
        rows = nation.synthesize(folder, max(1, size // _ROWS_EACH), 7, means)
        scored, clock = spent(lambda: lake.score_lake(folder, means))
        both, more = spent(lambda: audit_lake(folder, means))
        least, floor = (
            spent(lambda names=names: floor_of(folder, names)).processor  # type: ignore[misc]
            for names in (_SCORED, _AUDITED)
        )
        findings = parts.rows_in(parts.all_of(folder, "audited"))
        print(
            f"{rows:10d} {findings:10d} {rows / scored:14.0f} {scored / least:8.1f} {rows / both:20.0f} {both / floor:8.1f}"
            f" {clock + more:9.1f} {_peak():9.0f}", flush=True
        )  # fmt: skip
    return {"rows": rows, "scored": scored, "both": both}


def _slope(what: str, lines: Sequence[Line]) -> float:
    return linear_regression([log(line["rows"]) for line in lines], [log(line[what]) for line in lines]).slope


def _peak() -> float:
    """Return the most memory in MB that this process has taken so far, making the lake included."""
    return getrusage(RUSAGE_SELF).ru_maxrss * KILOBYTE / 1024**2


def floor_of(folder: Path, names: Sequence[str]) -> None:
    """Read and sum all columns of some tables that hold numbers."""
    connection = duck.connect(_MEMORY)
    for name in names:
        parts.show(connection, name, parts.all_of(folder, name))
        numbers = [
            one for one in tables.TABLES[name] if one.type != pa.string() and not pa.types.is_nested(one.type)
        ]
        asked = ", ".join(f"sum({_number(one)}) AS s{n}" for n, one in enumerate(numbers))
        duck.ask(connection, f"SELECT {asked} FROM {name}")  # noqa: S608 our own columns


def _number(field: pa.Field) -> str:
    return f"CAST({field.name} AS INTEGER)" if field.type == pa.bool_() else str(field.name)


if __name__ == "__main__":
    main()
