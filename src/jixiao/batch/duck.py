"""DuckDB: the one door to it. Registers tables, fills names into the SQL texts, and asks."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa

from jixiao.batch.codes import names

_HERE = Path(__file__).parent
_DIALECT = {
    "wide": "HUGEINT", "div": "//", "inline": "NOT MATERIALIZED", "kept": "MATERIALIZED",
    "filter": "list_filter", "each": "list_transform", "given": "lambda ", "gives": ":",
    "first": "1", "size": "len", "list_min": "list_min", "list_max": "list_max",
}  # fmt: skip


def connect(memory: str | None = None, spill: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Open an engine in memory with the small sums of macros.sql.

    Args:
        memory: the most it may use, such as "3GB".
        spill: the folder that it writes to beyond that.
    """
    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = false")
    if memory is not None:
        connection.execute("SET memory_limit = ?", [memory])
    if spill is not None:
        connection.execute("SET temp_directory = ?", [str(spill)])
    lines = (line for line in filled("macros.sql").splitlines() if not line.startswith("--"))
    for macro in "\n".join(lines).split(";"):
        if macro.strip():
            connection.execute(f"CREATE TEMP MACRO {macro}")
    return connection


def filled(file: str, result: str = "") -> str:
    """Return the SQL text of a file with its names filled in."""
    return _text(file).format_map({**names(), **_DIALECT, "result": result})


@cache
def _text(file: str) -> str:
    return (_HERE / file).read_text("utf-8")


def register(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, pa.Table]) -> None:
    """Let the engine see tables by their names."""
    for name, table in tables.items():
        connection.register(name, table)


def ask(connection: duckdb.DuckDBPyConnection, sql: str) -> pa.Table:
    """Return a query's answer as a table."""
    return connection.sql(sql).to_arrow_table()
