"""DuckDB: the one door to it. Registers tables, fills names into the SQL texts, and asks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import pyarrow as pa

from jixiao.batch import texts

_DIALECT = {
    "wide": "HUGEINT", "div": "//", "inline": "NOT MATERIALIZED", "kept": "MATERIALIZED",
    "streamed": "MATERIALIZED", "once": "DISTINCT", "whole": "n // d", "unnest": "unnest",
}  # fmt: skip


_AT_A_TIME = 20_000  # rows of a stream
Connection = duckdb.DuckDBPyConnection


def connect(memory: str | None = None, spill: Path | None = None) -> Connection:
    """Open an engine in memory with the small sums of macros.sql.

    Args:
        memory: the most it may use, such as "3GB".
        spill: the folder that it writes to beyond that.
    """
    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = false")
    connection.execute("SET enable_progress_bar = false")  # it would stand in what is printed
    # The lanes of score.sql take all lines together: a filter in front of them is work for nothing.
    connection.execute("SET disabled_optimizers = 'cte_filter_pusher'")
    if memory is not None:
        connection.execute("SET memory_limit = ?", [memory])
    if spill is not None:
        connection.execute("SET temp_directory = ?", [str(spill)])
    for macro in texts.statements(filled("macros.sql")):
        connection.execute(f"CREATE TEMP MACRO {macro}")
    return connection


def filled(file: str, more: Mapping[str, str] | None = None) -> str:
    """Return the SQL text of a file with its names filled in, and those of `more`."""
    return texts.filled(file, _DIALECT | dict(more or {}))


def register(connection: Connection, tables: Mapping[str, pa.Table]) -> None:
    """Let the engine see tables by their names."""
    for name, table in tables.items():
        connection.register(name, table)


def ask(connection: Connection, sql: str) -> pa.Table:
    """Return a query's answer as a table."""
    return connection.sql(sql).to_arrow_table()


def stream(connection: Connection, sql: str) -> Iterator[dict[str, Any]]:
    """Yield a query's rows, some thousands at a time; it knows tables that were kept, none of the passing ones."""
    for batch in batches(connection, sql):
        yield from batch.to_pylist()


def batches(connection: Connection, sql: str) -> Iterator[pa.RecordBatch]:
    """Yield a query's rows as `stream` does, in columns."""
    cursor = connection.cursor()
    yield from cursor.sql(sql).to_arrow_reader(_AT_A_TIME)


def keep(connection: Connection, name: str, tables: Iterable[pa.Table]) -> None:
    """Make a table of the engine of at least one table, anew where there is one of that name."""
    for number, table in enumerate(tables):
        connection.register("passing", table)
        connection.execute(
            f"INSERT INTO {name} FROM passing"
            if number
            else f"CREATE OR REPLACE TABLE {name} AS FROM passing"
        )
        connection.unregister("passing")


def run(connection: Connection, sql: str) -> None:
    """Run statements that answer nothing."""
    connection.execute(sql)


def view(
    connection: Connection,
    name: str,
    files: Sequence[Path],
    fixed: Mapping[str, str],
    keys: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Let the engine see Parquet files under a name.

    Args:
        connection: the engine.
        name: what they are called there.
        files: at least one.
        fixed: columns that hold one text in every row.
        keys: columns that stand in the files' paths (year=2023), with their types.
    """
    replaced = ", ".join(f"{_quoted(text)} AS {column}" for column, text in fixed.items())
    columns = f"* REPLACE ({replaced})" if fixed else "*"
    listed = ", ".join(_quoted(str(file)) for file in files)
    typed = ", ".join(f"{_quoted(key)}: {kind}" for key, kind in keys.items())
    keyed = f"hive_partitioning = true, hive_types = {{{typed}}}" if keys else "hive_partitioning = false"
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT {columns} FROM read_parquet([{listed}], {keyed})"  # noqa: S608 quoted
    )


def write(connection: Connection, sql: str, path: Path) -> None:
    """Write a query's answer to a Parquet file, whole or not at all."""
    draft = path.with_suffix(".draft")
    connection.execute(f"COPY ({sql}) TO {_quoted(str(draft))} (FORMAT parquet)")
    draft.replace(path)


def write_csv(connection: Connection, sql: str, path: Path) -> None:
    """Write a query's answer as text with commas, with its columns' names above, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    connection.execute(f"COPY ({sql}) TO {_quoted(str(draft))} (FORMAT csv, HEADER)")
    draft.replace(path)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
