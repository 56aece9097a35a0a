"""The law in columns beside what its users would else write: pandas, polars, zen-engine; over the same made-up lake.

`python -m tests.bench.peers --indicators 1e6` prints seconds of the processor and of the clock, and ratios. The three are installed for it alone:
`pip install --require-hashes -r requirements/peers.txt`. Two races:

The same law. `polars_law` and `pandas_law` are the whole of score.sql written by hand: every rule-book as data, every
method and way, for each row the score with its bounds, for each filing the sheet; from the lake's files to files of
sheets, all with the same tables of rule-books and meanings, made anew by each. Before the race they are compared with
score.sql on rows of every shape (`equal`), and every row and sheet of the lake must be the same as well. `zen_law` is
given one row at a time and says what a decision can say.

One rule-book, scores alone: the short way that somebody with one question would take (`one_book`).
"""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

import pyarrow.dataset as ds

from jixiao.batch import duck, lake, nation, parts
from jixiao.batch.books import shelve
from jixiao.schemes.shelf import all_schemes
from tests.bench.clock import Spent, by_turns, spent
from tests.bench.peers import equal, one_book, told, zen_law

MEANS = lake.Means("3GB")
_ROWS_EACH = 9  # about so many indicators has a made-up filing


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--indicators", type=float, default=1e6)
    parser.add_argument("--rounds", type=int, default=3, help="the median of so many is told")
    parser.add_argument("--one-by-one", type=int, default=20_000, help="rows for zen-engine")
    order = parser.parse_args()
    equal.check_generated(7, 8)
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept) / "lake"
        rows = nation.synthesize(folder, max(1, int(order.indicators) // _ROWS_EACH), 7, MEANS)
        _the_same_law(folder, rows, order)
        one_book.race(folder, rows, order.one_by_one)


def _the_same_law(folder: Path, rows: int, order: argparse.Namespace) -> None:
    works = [lambda: lake.score_lake(folder, MEANS)]
    works += [lambda law=law: _score_lake(law.score_files, folder, folder / law.NAME) for law in equal.LAWS]  # type: ignore[misc]
    prepared, ours, *theirs = by_turns(order.rounds, lambda: _law_of(folder), *works)
    due = equal.read(parts.all_of(folder, "sheets"))
    for law in equal.LAWS:
        equal.must_be_same(law.NAME, equal.read(parts.all_of(folder, law.NAME)), due)
    _check_rows(folder)
    print(
        f"\nthe same law, all of it: {rows} indicators under {len(all_schemes())} rule-books, every row and sheet equal"
    )
    print(told.HEAD)
    for name, taken in zip(("score.sql", *(law.NAME for law in equal.LAWS)), (ours, *theirs), strict=True):
        print(told.line(name, taken, rows, ours), flush=True)
    print(f"{'  the tables of the law':24s} {prepared.processor:12.2f}   (in each of the three)")
    _one_by_one(folder, rows, ours, order.one_by_one)


def _law_of(folder: Path) -> dict[str, equal.pa.Table]:
    return lake.law_of(folder, duck.connect(), shelve(all_schemes()))


def _score_lake(score_files: Callable[..., None], folder: Path, out: Path) -> None:
    """Score a lake part by part, as its files lie."""
    law = _law_of(folder)
    out.mkdir(exist_ok=True)
    filings, indicators = (parts.files_of(folder, name) for name in ("filings", "indicators"))
    for part, files in filings.items():
        score_files(files, indicators[part], law, out / f"{part}.parquet")


def _check_rows(folder: Path) -> None:
    law = _law_of(folder)
    filings, indicators = (parts.files_of(folder, name) for name in ("filings", "indicators"))
    for part, files in filings.items():
        equal.check(law | {"filings": equal.read(files), "indicators": equal.read(indicators[part])})


def _one_by_one(folder: Path, rows: int, ours: Spent, count: int) -> None:
    """Let zen-engine decide some rows, and compare those that it decides with score.sql's."""
    law = _law_of(folder)
    files = parts.all_of(folder, "indicators")[:1]
    listed = ds.dataset(files).head(count, columns=list(zen_law.COLUMNS)).to_pylist()
    asked, keys = zen_law.asked(listed, law)
    found: list[zen_law.Given | None] = []
    theirs = spent(lambda: found.extend(zen_law.decide(asked))).times(rows / len(asked))
    due = _rows_of(folder, law, files)
    decided = [(one, due[key]) for one, key in zip(found, keys, strict=True) if one is not None]
    wrong = [pair for pair in decided if pair[0] != pair[1]]
    if wrong:
        raise SystemExit(f"zen-engine: {len(wrong)} of {len(decided)} rows differ: {wrong[:3]}")
    print(told.line("zen-engine, one by one", theirs, rows, ours))
    print(
        f"  of {len(listed)} rows it decided {len(decided)}, all as score.sql; the seconds are for as many as above"
    )


def _rows_of(
    folder: Path, law: dict[str, equal.pa.Table], files: list[Path]
) -> dict[tuple[int, int], zen_law.Given]:
    connection = duck.connect()
    duck.register(connection, law)
    parts.show(connection, "filings", parts.all_of(folder, "filings"))
    parts.show(connection, "indicators", files)
    found = duck.ask(connection, duck.filled("score.sql", {"result": "rows"})).to_pylist()
    return {(row["filing"], row["row"]): (row["score"], row["low"], row["high"]) for row in found}


if __name__ == "__main__":
    main()
