"""The files of a lake: TABLE/year=Y/province=P/PART.parquet, or TABLE/PART.parquet where rows have neither.

A part is what one shard of files, or one stretch of made-up filings, gave; it has the same name in every table. Year
and province stand in the path alone, silence as every engine writes it there: __HIVE_DEFAULT_PARTITION__.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jixiao.batch import duck, tables

SILENT = "__HIVE_DEFAULT_PARTITION__"
KEY = ("year", "province")
_KEY_TYPES = {"year": "INTEGER", "province": "VARCHAR"}
DRAFT = ".draft"


def write_part(folder: Path, name: str, part: str, table: pa.Table) -> dict[str, int]:
    """Write the rows of a part, in their order, a file for each year and province, each whole or not at all.

    Returns:
        the size of every file in bytes, by its path in the lake; none where there are no rows.
    """
    sizes = {}
    for inside, rows in _parted(table):
        path = folder / name / inside / f"{part}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(DRAFT)
        pq.write_table(rows, draft, compression="zstd")
        draft.replace(path)
        sizes[path.relative_to(folder).as_posix()] = path.stat().st_size
    return sizes


def _parted(table: pa.Table) -> Iterator[tuple[Path, pa.Table]]:
    """Yield the rows of each year and province, without these columns, and the folder for them."""
    if KEY[0] not in table.column_names:
        if table.num_rows:
            yield Path(), table
        return
    order = pc.sort_indices(table, [(name, "ascending") for name in KEY])  # stable
    rows = table if order.equals(pa.arange(0, len(order)).cast(order.type)) else table.take(order)
    groups = rows.group_by(list(KEY), use_threads=False).aggregate([([], "count_all")])
    start = 0
    for group in groups.to_pylist():
        inside = Path(*(f"{name}={SILENT if group[name] is None else group[name]}" for name in KEY))
        yield inside, rows.slice(start, group["count_all"]).drop_columns(list(KEY))
        start += group["count_all"]


def files_of(folder: Path, name: str) -> Mapping[str, Sequence[Path]]:
    """Return the files of a table by the name of their part, in order."""
    found: dict[str, list[Path]] = {}
    for path in sorted((folder / name).rglob("*.parquet"), key=lambda path: (path.stem, path)):
        found.setdefault(path.stem, []).append(path)
    return found


def all_of(folder: Path, name: str) -> Sequence[Path]:
    """Return all files of a table, in the order of their parts."""
    return [path for paths in files_of(folder, name).values() for path in paths]


def drafts_of(folder: Path) -> Iterator[Path]:
    """Yield what a run that was ended in the middle of a file left."""
    return folder.rglob(f"*{DRAFT}")


def rows_in(paths: Iterable[Path]) -> int:
    """Return how many rows some files hold."""
    return sum(pq.read_metadata(path).num_rows for path in paths)


def show(
    connection: duck.Connection, name: str, paths: Sequence[Path], fixed: Mapping[str, str] | None = None
) -> None:
    """Let the engine see some files of a table under the table's name; `fixed` as in `duck.view`."""
    if not paths:
        duck.register(connection, {name: tables.TABLES[name].empty_table()})
        return
    keyed = name in tables.TABLES and KEY[0] in tables.TABLES[name].names
    duck.view(connection, name, paths, fixed or {}, _KEY_TYPES if keyed else {})
