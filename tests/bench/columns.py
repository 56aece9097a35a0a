"""Scoring in columns beside its floor: the same engine reading and summing the same columns.

`python -m tests.bench.columns --indicators 1e5,1e6` prints, for each size, rows a second of processor time and of the
clock, and the ratio to the floor.
"""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter, process_time

import pyarrow as pa

from jixiao.batch import duck, lake, nation, parts, tables

_ROWS_EACH = 9  # about so many indicators has a made-up filing
_MEANS = lake.Means("3GB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--indicators", default="1e5,1e6")
    print("indicators  rows/s processor  rows/s clock  floor rows/s processor  ratio to the floor")
    for size in parser.parse_args().indicators.split(","):
        _measure(int(float(size)))


def _measure(size: int) -> None:
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept) / "lake"
        rows = nation.synthesize(folder, max(1, size // _ROWS_EACH), 7, _MEANS)
        scored, waited = spent(lambda: lake.score_lake(folder, _MEANS))
        floor, _ = spent(lambda: floor_of(folder, ("indicators",)))
    print(
        f"{rows:10d}  {rows / scored:16.0f}  {rows / waited:12.0f}  {rows / floor:22.0f}  {scored / floor:18.1f}"
    )


def spent(work: Callable[[], object]) -> tuple[float, float]:
    """Return the processor's time and the clock's."""
    start, began = process_time(), perf_counter()
    work()
    return process_time() - start, perf_counter() - began


def floor_of(folder: Path, names: Sequence[str]) -> None:
    """Read and sum all columns of some tables that hold numbers."""
    connection = duck.connect(_MEANS.memory)
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
