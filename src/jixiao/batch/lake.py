"""A lake: a folder of Parquet tables in numbered parts, scored part by part so that memory stays bounded."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from jixiao.batch import duck, tables
from jixiao.batch.books import Shelf, meanings, shelve
from jixiao.batch.fund_lines import AMOUNTS
from jixiao.batch.rows import Origin, evaluations_as_rows
from jixiao.batch.scoring import law_tables
from jixiao.batch.synthetic import pool
from jixiao.errors import UnreadableError
from jixiao.schemes import load_scheme
from jixiao.schemes.scheme import Scheme
from jixiao.schemes.shelf import all_schemes

PART = 100_000  # filings in a part
_EACH = 120  # tables in the pool for each rule-book
_ABOUT = "lake.json"
_PROVINCES = ("云河省", "青川省", "临江省", "东岭省", "北原省", "南屏省", "西泽省", "海宁省")


@dataclass(frozen=True, slots=True)
class Means:
    """What an engine may use: `memory` such as 3GB, `spill` the folder beyond that; None leaves it to the engine."""

    memory: str | None = None
    spill: Path | None = None


def synthesize(folder: Path, filings: int, seed: int, means: Means) -> int:
    """Write a lake of made-up filings, part by part; the same for the same number and seed. Returns the indicators.

    Raises:
        UnreadableError: the folder already holds something.
    """
    if folder.exists() and any(folder.iterdir()):
        raise UnreadableError(f"“{folder}”里已有内容：请换一个文件夹。")
    rows = evaluations_as_rows([
        (Origin(n, scheme), table) for n, (scheme, table) in enumerate(pool(all_schemes(), seed, _EACH))
    ])  # fmt: skip
    connection = duck.connect(means.memory, means.spill)
    duck.register(connection, {
        "pool_filings": tables.table(rows.filings, tables.FILINGS),
        "pool_funds": tables.table(rows.funds, tables.FUNDS),
        "pool_indicators": tables.table(rows.indicators, tables.INDICATORS),
    })  # fmt: skip
    for name in ("filings", "funds", "indicators"):
        (folder / name).mkdir(parents=True)
    pq.write_table(tables.table(list(rows.names.values()), tables.NAMES), folder / "names.parquet")
    pq.write_table(tables.table(list(rows.words.values()), tables.WORDS), folder / "words.parquet")
    told = 0
    for part, first in enumerate(range(0, filings, PART)):
        told += _synthesize_part(
            connection, folder, part, (first, min(first + PART, filings), seed, len(rows.filings))
        )
    about = {"version": tables.VERSION, "filings": filings, "indicators": told, "seed": seed}
    (folder / _ABOUT).write_text(json.dumps(about), "utf-8")
    return told


def _synthesize_part(
    connection: duck.Connection, folder: Path, part: int, numbers: tuple[int, int, int, int]
) -> int:
    names = dict(zip(("first", "last", "seed", "size"), map(str, numbers), strict=True))
    provinces = ", ".join(f"'{name}'" for name in _PROVINCES)
    duck.run(
        connection,
        duck.filled("synthesize.sql", names | {"provinces": provinces, "amounts": _times(AMOUNTS)}),
    )
    duck.write(connection, "SELECT * FROM made_filings ORDER BY filing", _part(folder, "filings", part))
    duck.write(connection, "SELECT * FROM made_funds ORDER BY filing, line", _part(folder, "funds", part))
    duck.write(
        connection, "SELECT * FROM made_indicators ORDER BY filing, row", _part(folder, "indicators", part)
    )
    return int(duck.ask(connection, "SELECT count(*) AS n FROM made_indicators").column("n")[0].as_py())


def _times(columns: Sequence[str]) -> str:
    ends = ("", "_half")
    return ", ".join(f"p.{name}{end} * d.times AS {name}{end}" for name in columns for end in ends)


def score_lake(folder: Path, means: Means, *, scheme: Scheme | None = None) -> int:
    """Score every part of a lake, each filing under its own rule-book or all under `scheme`; returns the filings.

    What comes out stands in `sheets` of the lake, or in `sheets-<id>` for another rule-book.
    """
    parts, schemes = parts_of(folder), all_schemes() if scheme is None else (scheme,)
    connection = duck.connect(means.memory, means.spill)
    duck.register(connection, _law(folder, connection, shelve(schemes)))
    out = folder / sheets_name(scheme)
    out.mkdir(exist_ok=True)
    for part in parts:
        for name in ("filings", "indicators"):
            duck.view(
                connection, name, _part(folder, name, part), {} if scheme is None else {"scheme": scheme.id}
            )
        duck.write(connection, duck.filled("score.sql", {"result": "sheets"}), _part(folder, out.name, part))
    return sum(pq.read_metadata(path).num_rows for path in out.glob("*.parquet"))


def sheets_name(scheme: Scheme | None) -> str:
    """Return the folder of a lake that holds the scores under a rule-book, its own ones without."""
    return "sheets" if scheme is None else f"sheets-{scheme.id}"


def _law(folder: Path, connection: duck.Connection, shelf: Shelf) -> dict[str, pa.Table]:
    names = pq.read_table(folder / "names.parquet").to_pylist()
    words = {row["words"]: row["text"] for row in pq.read_table(folder / "words.parquet").to_pylist()}
    grades = f"SELECT DISTINCT grade_printed AS word FROM read_parquet('{folder}/filings/*.parquet')"  # noqa: S608 our own folder
    printed = [row["word"] for row in duck.ask(connection, grades).to_pylist()]
    return law_tables(shelf, meanings(shelf, names, words, printed))


def roll_up(folder: Path, means: Means) -> pa.Table:
    """Return the scores of a lake by province and year, and of all together."""
    return _summed(folder, means, "rollup.sql", None)


def compare(folder: Path, scheme_id: str, means: Means) -> pa.Table:
    """Score a lake under another rule-book; return whose score and grade change, by how much, by province."""
    scheme = load_scheme(scheme_id)
    _must_be_scored(folder)
    score_lake(folder, means, scheme=scheme)
    return _summed(folder, means, "rescore.sql", scheme)


def _summed(folder: Path, means: Means, file: str, scheme: Scheme | None) -> pa.Table:
    _must_be_scored(folder)
    connection = duck.connect(means.memory, means.spill)
    for name, source in (("filings", "filings"), ("sheets", "sheets"), ("others", sheets_name(scheme))):
        duck.view(connection, name, folder / source / "*.parquet", {})
    return duck.ask(connection, duck.filled(file))


def _must_be_scored(folder: Path) -> None:
    if not list((folder / "sheets").glob("*.parquet")):
        raise UnreadableError(f"“{folder}”还没有计分：请先运行 jixiao batch score {folder}。")


def parts_of(folder: Path) -> Sequence[int]:
    """Return the numbers of a lake's parts.

    Raises:
        UnreadableError: the folder is no lake of this version.
    """
    about = folder / _ABOUT
    if not about.is_file() or json.loads(about.read_text("utf-8")).get("version") != tables.VERSION:
        raise UnreadableError(f"“{folder}”不是本版本的数据湖：请用 jixiao batch synthesize 生成。")
    return tuple(_numbers(folder))


def _numbers(folder: Path) -> Iterator[int]:
    for path in sorted((folder / "filings").glob("part-*.parquet")):
        yield int(path.stem.removeprefix("part-"))


def _part(folder: Path, name: str, part: int) -> Path:
    return folder / name / f"part-{part:05d}.parquet"
