"""A lake taken in, scored and summed by Spark: all parts in one query, which its machines share."""

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from jixiao.batch import parts, spark, tables
from jixiao.batch.auditing import query

Item = TypeVar("Item")
Made = TypeVar("Made")

WAVE = 1024  # files that are taken in before their shards are written
AT_A_TIME = 8  # files that an executor takes at a time
PIECE = 16 * 2**20  # bytes of the lake's files that one piece of the work begins with


@dataclass(frozen=True, slots=True)
class Cluster:
    """Spark, opened."""

    opened: spark.Session

    def score(
        self, folder: Path, law: Mapping[str, pa.Table], fixed: Mapping[str, str], out: Path, result: str
    ) -> None:
        """Score every filing of a lake.

        Args:
            folder: the lake.
            law: the rule-books, under the names of score.sql.
            fixed: a rule-book for all filings, as a column that holds one text; none leaves each its own.
            out: the folder that is written to, whole or not at all.
            result: what is asked of score.sql.
        """
        self._see(folder, ("filings", "indicators"), law, fixed)
        spark.write(self.opened, spark.filled("score.sql", {"result": result}), out)

    def audit(self, folder: Path, law: Mapping[str, pa.Table], out: Path, count: str) -> pa.Table:
        """Audit every filing of a lake; a filing's findings lie in one file, as they do without Spark.

        Args:
            folder: the lake.
            law: the rule-books, under the names of score.sql and audit.sql.
            out: the folder that is written to, whole or not at all.
            count: what is asked of it then; it is called as the folder is.
        """
        self._see(folder, ("filings", "funds", "indicators"), law, {})
        spark.write(self.opened, f"{query('findings', spark.filled)} DISTRIBUTE BY filing", out)
        spark.found(self.opened, out.name, out)
        return spark.ask(self.opened, count)

    def summed(self, folder: Path, file: str, others: str, more: Mapping[str, str] | None = None) -> pa.Table:
        """Answer a question about a scored lake.

        Args:
            folder: the lake.
            file: the SQL text that asks `filings`, `sheets` and `others`.
            others: the folder in the lake that is meant by `others`.
            more: names in braces of that text, and what they stand for.
        """
        spark.cut(self.opened, 0)
        self._show(folder, "filings", {})
        for name, source in (("sheets", "sheets"), ("others", others)):
            spark.found(self.opened, name, folder / source)
        return spark.ask(self.opened, spark.filled(file, more))

    def each(self, items: Sequence[Item], do: Callable[[Item], Made]) -> Iterator[Made]:
        """Yield what a function makes of each item, in order, wave by wave: each is done before its first is given.

        Args:
            items: what it is called with; they travel as Python's own pickles.
            do: a function of a module that the executors have too.
        """
        for wave in range(0, len(items), WAVE):
            sent = [pickle.dumps(item) for item in items[wave : wave + WAVE]]
            for made in spark.mapped(self.opened, sent, partial(_done, do), AT_A_TIME):
                yield pickle.loads(made)  # noqa: S301 our own executors made it

    def _see(
        self, folder: Path, names: Sequence[str], law: Mapping[str, pa.Table], fixed: Mapping[str, str]
    ) -> None:
        spark.register(self.opened, law)
        size = sum(self._show(folder, name, fixed) for name in names)
        spark.cut(self.opened, size // PIECE)

    def _show(self, folder: Path, name: str, fixed: Mapping[str, str]) -> int:
        """Let the engine see a table of a lake; returns the bytes of its files."""
        files = parts.all_of(folder, name)
        if not files:
            spark.register(self.opened, {name: tables.TABLES[name].empty_table()})
            return 0
        spark.view(self.opened, name, files, tables.TABLES[name], fixed)
        return sum(path.stat().st_size for path in files)


def _done(do: Callable[[Item], Made], sent: bytes) -> bytes:
    return pickle.dumps(do(pickle.loads(sent)))  # noqa: S301 our own driver sent it


@contextmanager
def cluster(master: str, memory: str | None, spill: Path | None) -> Iterator[Cluster]:
    """Open Spark as `spark.session` does."""
    with spark.session(master, memory, spill) as opened:
        yield Cluster(opened)
