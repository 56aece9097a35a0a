"""The audit in columns beside its floor: the same engine reading and summing the same columns.

`python -m tests.bench.audited --indicators 1e5,1e6` prints for each size, in processor time, what scoring takes, scoring and
audit in one query, and the audit alone with rows and sheets given, each in rows a second and as a ratio to the floor.
"""

import argparse
import tempfile
from pathlib import Path

from jixiao.batch import duck, lake, nation, parts
from jixiao.batch.audit_lake import audit_lake
from jixiao.batch.auditing import alone, query
from jixiao.batch.books import shelve
from jixiao.schemes.shelf import all_schemes
from tests.bench.columns import floor_of, spent

_ROWS_EACH = 9  # about so many indicators has a made-up filing
_MEANS = lake.Means("3GB")
_TABLES = ("filings", "funds", "indicators")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--indicators", default="1e5,1e6")
    print("indicators  findings     floor s  score / floor  score and audit / floor  audit alone / floor")
    for size in parser.parse_args().indicators.split(","):
        _measure(int(float(size)))


def _measure(size: int) -> None:
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept) / "lake"
        rows = nation.synthesize(folder, max(1, size // _ROWS_EACH), 7, _MEANS)
        scored, _ = spent(lambda: lake.score_lake(folder, _MEANS))
        both, _ = spent(lambda: audit_lake(folder, _MEANS))
        floor, _ = spent(lambda: floor_of(folder, _TABLES))
        findings = parts.rows_in(parts.all_of(folder, "audited"))
        only = _alone(folder)
    print(
        f"{rows:10d}  {findings:8d}  {floor:10.3f}  {scored / floor:13.1f}  {both / floor:23.1f}  {only / floor:19.1f}"
    )


def _alone(folder: Path) -> float:
    connection = duck.connect(_MEANS.memory)
    duck.register(connection, lake.law_of(folder, connection, shelve(all_schemes())))
    for name in _TABLES:
        parts.show(connection, name, parts.all_of(folder, name))
    for name in ("rows", "sheets"):
        duck.write(connection, query(name), folder / f"given-{name}.parquet")
    for name in ("rows", "sheets"):
        parts.show(connection, name, [folder / f"given-{name}.parquet"])
    return spent(lambda: duck.write(connection, alone("findings"), folder / "again.parquet"))[0]


if __name__ == "__main__":
    main()
