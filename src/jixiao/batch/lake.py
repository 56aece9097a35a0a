"""A lake: a folder of Parquet tables in parts (`parts`), scored stretch by stretch so that memory stays bounded."""

import json
import shutil
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from jixiao.batch import duck, parts, tables
from jixiao.batch.books import Shelf, shelve
from jixiao.batch.meanings import meanings
from jixiao.batch.scoring import law_tables
from jixiao.errors import UnreadableError
from jixiao.schemes import load_scheme
from jixiao.schemes.scheme import Scheme
from jixiao.schemes.shelf import all_schemes

if TYPE_CHECKING:
    from jixiao.batch.lake_on_spark import Cluster

STRETCH = 400_000  # at most so many are audited at once: planning the query takes as long for one as for all
_SCORED = 3  # times as many are scored at once: that takes less memory
ABOUT = "lake.json"
_KNOWN = "coalesce(province, '未知')"
PLACES = {
    "province": _KNOWN,
    "region": f"{_KNOWN} || coalesce(region, '')",
    "department": f"{_KNOWN} || coalesce(region, '') || coalesce(department, '')",
    "scheme": "scheme",
}


@dataclass(frozen=True, slots=True)
class Means:
    """What an engine may use: `memory` such as 3GB, `spill` the folder beyond that; None leaves it to the engine.

    `master` is Spark's (`local[2]`, `spark://host:7077`); without it DuckDB scores and sums, in this process.
    """

    memory: str | None = None
    spill: Path | None = None
    master: str | None = None


def score_lake(folder: Path, means: Means, *, scheme: Scheme | None = None) -> int:
    """Score every part of a lake, each filing under its own rule-book or all under `scheme`; returns the filings.

    What comes out stands in `sheets` of the lake, a file for each stretch; under `scheme`, scores and grades alone in
    `sheets-<id>`.
    """
    stretches = stretches_of(folder, _SCORED)
    schemes = all_schemes() if scheme is None else (scheme,)
    connection = duck.connect(means.memory, means.spill)
    law = law_of(folder, connection, shelve(schemes))
    out = folder / sheets_name(scheme)
    fixed = {} if scheme is None else {"scheme": scheme.id}
    if means.master is not None:
        with cluster_of(means.master, means) as cluster:
            cluster.score(folder, law, fixed, out, _asked(scheme))
        return parts.rows_in(out.glob("*.parquet"))
    duck.register(connection, law)
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    files = {name: parts.files_of(folder, name) for name in ("filings", "indicators")}
    for stretch in stretches:
        for name, known in files.items():
            parts.show(connection, name, [path for part in stretch for path in known.get(part, ())], fixed)
        file = out / f"{stretch[0]}.parquet"
        duck.write(connection, duck.filled("score.sql", {"result": _asked(scheme)}), file)
    return parts.rows_in(out.glob("*.parquet"))


def cluster_of(master: str, means: Means) -> AbstractContextManager["Cluster"]:
    """Open Spark.

    Raises:
        UnreadableError: it isn't installed, or doesn't start.
    """
    try:
        from jixiao.batch.lake_on_spark import cluster  # noqa: PLC0415 an extra of 450 MB
    except ModuleNotFoundError as missing:
        raise UnreadableError(
            "用 Spark 计算需要附加组件：请用 pip install 'jixiao[spark]' 安装后再试。"
        ) from missing
    return cluster(master, means.memory, means.spill)


def sheets_name(scheme: Scheme | None) -> str:
    """Return the folder of a lake that holds the scores under a rule-book, its own ones without."""
    return "sheets" if scheme is None else f"sheets-{scheme.id}"


def _asked(scheme: Scheme | None) -> str:
    return "sheets" if scheme is None else "outcomes"


def law_of(folder: Path, connection: duck.Connection, shelf: Shelf) -> dict[str, pa.Table]:
    """Return the rule-books of a shelf, and what a lake's texts mean to them, as the tables of the queries."""
    for name in ("filings", "names", "words"):
        parts.show(connection, name, parts.all_of(folder, name))
    names = duck.ask(connection, "SELECT DISTINCT * FROM names")
    words = duck.ask(connection, "SELECT DISTINCT * FROM words")
    printed = duck.ask(connection, "SELECT DISTINCT grade_printed AS word FROM filings").to_pylist()
    return law_tables(shelf, meanings(shelf, names, words, [row["word"] for row in printed]))


def roll_up(folder: Path, means: Means) -> pa.Table:
    """Return the scores of a lake by province and year, and of all together."""
    return _summed(folder, means, "rollup.sql", None)


def compare(folder: Path, scheme_id: str, means: Means, *, by: str = "province") -> pa.Table:
    """Score a lake under another rule-book; return whose score and grade change, and by how much, by place.

    Args:
        folder: the lake, scored already.
        scheme_id: a rule-book that comes with jixiao, or the path of a .toml file: an edited one.
        means: what the engine may use.
        by: what a place is, one of `PLACES`; a region is named with its province, a department with its region.
    """
    scheme = load_scheme(scheme_id)
    _must_be_scored(folder)
    score_lake(folder, means, scheme=scheme)
    return _summed(folder, means, "rescore.sql", scheme, {"place": PLACES[by]})


def _summed(
    folder: Path, means: Means, file: str, scheme: Scheme | None, more: Mapping[str, str] | None = None
) -> pa.Table:
    _must_be_scored(folder)
    if means.master is not None:
        with cluster_of(means.master, means) as cluster:
            return cluster.summed(folder, file, sheets_name(scheme), more)
    connection = duck.connect(means.memory, means.spill)
    for name, source in (("filings", "filings"), ("sheets", "sheets"), ("others", sheets_name(scheme))):
        parts.show(connection, name, parts.all_of(folder, source))
    return duck.ask(connection, duck.filled(file, more))


def _must_be_scored(folder: Path) -> None:
    if not list((folder / "sheets").glob("*.parquet")):
        raise UnreadableError(f"“{folder}”还没有计分：请先运行 jixiao batch score {folder}。")


def stretches_of(folder: Path, times: int = 1) -> Sequence[Sequence[str]]:
    """Return the parts of a lake by their names, those together that hold no more than `times` `STRETCH` filings.

    Raises:
        UnreadableError: the folder is no lake of this version, or what is in it isn't whole.
    """
    about = folder / ABOUT
    known = json.loads(about.read_text("utf-8")) if about.is_file() else {}
    if known.get("version") not in tables.SCORED:
        raise UnreadableError(
            f"“{folder}”不是本版本的数据湖：请用 jixiao batch ingest 由材料入库，或用 jixiao batch synthesize 生成。"
        )
    if not known.get("whole"):
        raise UnreadableError(f"“{folder}”还没有入完库：请再运行一次 jixiao batch ingest，已入库的不重做。")
    return stretched(
        {part: parts.rows_in(paths) for part, paths in parts.files_of(folder, "filings").items()}, times
    )


def stretched(sizes: Mapping[str, int], times: int = 1) -> Sequence[Sequence[str]]:
    """Return parts by their names, those together that hold no more than `times` `STRETCH` rows."""
    found: list[list[str]] = []
    room = 0
    for part, rows in sizes.items():
        if not found or rows > room:
            found.append([])
            room = times * STRETCH
        found[-1].append(part)
        room -= rows
    return found
