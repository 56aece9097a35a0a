"""统计线索 of a lake: sums are made by the engine, stretch by stretch, and compared as streams in bounded memory.

What a lake doesn't hold is said in `Statistics.absent`: the rows of re-checks, and running text. The
first tables hold a row a filing (`statistics.sql`), the next a row a figure that it adds to (`standings.sql`).
"""

import csv
from array import array
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from jixiao.audit.collection.scores import project_key, unit_key
from jixiao.batch import duck, parts, tables, texts, years
from jixiao.batch.behind import MARK, PAIRS, file_words, plain, write_behind, write_digits
from jixiao.batch.books import shelve
from jixiao.batch.lake import Means, law_of, stretches_of
from jixiao.batch.likeness import copies_of
from jixiao.batch.shards import about
from jixiao.batch.standings import Told
from jixiao.batch.tallies import classes_of, digits_of, rates_of, totals_of
from jixiao.errors import UnreadableError
from jixiao.model.figure import tidy
from jixiao.rollup.statistics import Statistics
from jixiao.rollup.statistics.abridging import FILINGS, LARGE, ROWS
from jixiao.rollup.statistics.digits import HIT, ROUND_RATES, ROUND_SCORES, judged_with
from jixiao.rollup.statistics.entries import NO_RESULTS, Entry
from jixiao.rollup.statistics.inflation import FULL, OURS, Inflation
from jixiao.rollup.statistics.lowness import BELOW, Lowness, Pair, course
from jixiao.rollup.statistics.marks import ROUND, class_named
from jixiao.rollup.statistics.standing import Most, judged
from jixiao.rollup.summing import Grouping
from jixiao.schemes.shelf import all_schemes

_MEMORY = "1GB"  # the engine's share where nothing else is asked
_LAST = "SELECT * FROM "
_TABLES = ("filings", "funds", "indicators", "papers")
_OFFICE = "CASE WHEN unit <> '' THEN unit ELSE department END"
_OWNERS = {
    Grouping.UNIT: _OFFICE,
    Grouping.DEPARTMENT: "CASE WHEN department <> '' THEN department ELSE unit END",
    Grouping.ALL: "''",
}
NO_RECHECKS = "数据湖里没有复核表的逐行得分：没有与复核比。要比，请用材料的文件夹。"
NO_PROSE = "数据湖里没有自评文字、绩效目标、偏差原因和改进措施：雷同只比较了三级指标的名称。"
MADE_UP = "这是编造的数据湖，内容重复：线索没有意义。"


@dataclass(frozen=True, slots=True)
class _Order:
    """What is asked: the lake, its stretches, whom filings are counted for, where tables of all filings go."""

    folder: Path
    stretches: Sequence[Sequence[str]]
    by: Grouping
    beside: Path | None


def statistics_of(folder: Path, by: Grouping, means: Means, beside: Path | None = None) -> Statistics:
    """Measure a lake: the same as `rollup.statistics.statistics` says of its papers, as far as the lake holds them.

    Args:
        folder: the lake, whole and of this version; it need not be scored.
        by: whom filings are counted for.
        means: what the engine may use.
        beside: where tables of all filings behind the figures go if there are so many that lists are cut.

    Raises:
        UnreadableError: it is no such lake.
    """
    stretches = stretches_of(folder)
    if about(folder).get("version") != tables.VERSION:
        raise UnreadableError(
            f"“{folder}”是旧版本的数据湖，没有统计要用的列：请再运行一次 jixiao batch ingest，由材料重新入库。"
        )
    with TemporaryDirectory(dir=means.spill) as spill:
        connection = duck.connect(means.memory or _MEMORY, Path(spill))
        try:
            return _measured(connection, Path(spill), _Order(folder, stretches, by, beside))
        finally:
            connection.close()


def _measured(connection: duck.Connection, spill: Path, order: _Order) -> Statistics:
    duck.register(connection, law_of(order.folder, connection, shelve(all_schemes())))
    _name(order.folder, connection)
    _each(connection, spill / "measured", order, _query())
    _fold(connection)
    none = ", ".join(f"'{kind.value}'" for kind in sorted(NO_RESULTS))
    _run(connection, "listed.sql", {"owner": _OWNERS[order.by], "no_results": none})
    duck.run(connection, years.WANTED)
    _each(connection, spill / "aimed_rows", order, years.AIMED)
    sql = "SELECT count(*) AS filings, count(*) FILTER (WHERE latest) AS projects FROM listed"
    (count,) = duck.stream(connection, sql)
    large = count["filings"] > LARGE
    told = Told(connection, _groups(connection), Most(FILINGS, ROWS) if large else None)
    beside = order.beside if large else None
    low = _lowness(told, beside)
    _run(connection, "standings.sql", {})
    lower = [one for one in (told.compared(BELOW),) if one.projects]
    low = replace(low, comparisons=judged(lower, (), told.most)[0])
    if beside:
        write_behind(connection, told.names, beside)
    seen, rates = digits_of(told)
    if beside:
        write_digits(connection, seen, beside)
    measures = (ROUND_SCORES, ROUND_RATES, HIT)
    papers, unfit = _filings_of(order.folder, connection)
    (found,) = duck.stream(
        connection,
        "SELECT (SELECT count(*) FROM tabled) AS tables, (SELECT count(*) FROM measured) AS filings",
    )
    return Statistics(
        order.by, count["filings"], count["projects"], found["tables"] - count["filings"],
        max(papers - found["tables"], found["filings"] - found["tables"]), low.years, _inflation(told), low,
        judged_with([told.compared(one) for one in measures], seen, rates, told.most), copies_of(told),
        _absent(order.folder, unfit),
    )  # fmt: skip


def _run(connection: duck.Connection, file: str, words: dict[str, str]) -> None:
    for statement in texts.statements(duck.filled(file, words)):
        duck.run(connection, statement)


def _each(connection: duck.Connection, folder: Path, order: _Order, sql: str) -> None:
    """Ask the same of one stretch after the other; the answers stand in Parquet under the folder's name."""
    folder.mkdir()
    files = {name: parts.files_of(order.folder, name) for name in _TABLES}
    for number, stretch in enumerate(order.stretches):
        for name, known in files.items():
            parts.show(connection, name, [path for part in stretch for path in known.get(part, ())])
        duck.write(connection, sql, folder / f"{number:05}.parquet")
    duck.run(connection, f"CREATE VIEW {folder.name} AS FROM read_parquet('{folder}/*.parquet')")


def _absent(folder: Path, unfit: int) -> tuple[str, ...]:
    more = [f"有 {unfit} 份自评表的数字放不进数据湖的列，没有计入。"] if unfit else []
    return (NO_RECHECKS, NO_PROSE, *more, *([] if about(folder).get("of") else [MADE_UP]))


def _query() -> str:
    scored = duck.filled("score.sql", {"result": "sheets"}).rstrip().removesuffix(f"{_LAST}sheets").rstrip()
    rates = ", ".join(f"'{rate}'" for rate in ROUND)
    return f"{scored},\n{duck.filled('statistics.sql', {'result': 'measured', 'round_rates': rates})}"


# ---------------------------------------------------------------- names


def _name(folder: Path, connection: duck.Connection) -> None:
    """Keep each text of the lake once: `once_names`, `once_words`, and `classes` without the points behind them."""
    for name, key in (("names", "names"), ("words", "words")):
        parts.show(connection, name, parts.all_of(folder, name))
        duck.run(connection, f"CREATE TABLE once_{name} AS SELECT DISTINCT ON ({key}) * FROM {name}")  # noqa: S608 our own
    rows = duck.ask(connection, "SELECT names, level1 FROM once_names").to_pylist()
    classes = {
        "names": [row["names"] for row in rows],
        "level1": [class_named(row["level1"]) for row in rows],
    }
    schema = pa.schema([("names", pa.int64()), ("level1", pa.string())])
    duck.register(connection, {"classes": pa.table(classes, schema=schema)})


def _fold(connection: duck.Connection) -> None:
    """Keep the names of offices and of projects folded to be compared, each once."""
    offices = "SELECT DISTINCT unnest([department, unit]) AS text FROM measured"
    for name, sql, fold in (
        ("offices", offices, unit_key),
        ("projects", "SELECT DISTINCT project AS text FROM measured", project_key),
    ):
        asked = duck.batches(connection, sql)
        schema = pa.schema([("text", pa.string()), ("folded", pa.string())])
        made = (
            pa.table([batch["text"], [fold(text) for text in batch["text"].to_pylist()]], schema=schema)
            for batch in asked
        )
        duck.keep(connection, name, chain([schema.empty_table()], made))


def _groups(connection: duck.Connection) -> dict[int, str]:
    """Return what each group is called, as its first filing prints it."""
    sql = "SELECT nth, owner FROM tabled WHERE nth IN (SELECT grp FROM listed)"
    return {row["nth"]: tidy(row["owner"]) for row in duck.stream(connection, sql)}


def _filings_of(folder: Path, connection: duck.Connection) -> tuple[int, int]:
    """Return how many filings the papers are of, and how many of them don't fit the columns."""
    for name in ("papers", "refused"):
        parts.show(connection, name, parts.all_of(folder, name))
    sql = (
        "SELECT (SELECT count(DISTINCT filing) FROM papers) AS papers,"
        " (SELECT count(DISTINCT filing) FROM refused) AS unfit"
    )
    (row,) = duck.ask(connection, sql).to_pylist()
    return row["papers"], row["unfit"]


# ---------------------------------------------------------------- the statistics


def _inflation(told: Told) -> Inflation:
    classes = classes_of(told)
    compared = [
        told.compared(FULL),
        told.compared(OURS),
        *(told.compared(FULL, one.level1) for one in classes if one.level1),
    ]
    found, _ = judged([one for one in compared if one.projects], (), told.most)
    return Inflation(found, rates_of(told), classes, totals_of(told))


def _lowness(told: Told, beside: Path | None) -> Lowness:
    """Go through the projects of several years; keep what each filing adds in `below`, and write the pairs."""
    below = array("q"), array("q"), array("q")
    with ExitStack() as stack:
        pairs = None
        if beside:
            beside.mkdir(parents=True, exist_ok=True)
            page = stack.enter_context((beside / f"{PAIRS[0]}.csv").open("w", encoding="utf-8", newline=""))
            page.write(MARK)
            pairs = csv.writer(page)
            pairs.writerow(PAIRS[1])

        def tell(now: Entry, own: Sequence[Pair]) -> None:
            for column, number in zip(
                below, (int(now.key), sum(one.below for one in own), len(own)), strict=True
            ):
                column.append(number)
            if pairs is not None:
                pairs.writerows(map(_pair, own))

        low = course(years.projects(told.connection), tell, None if told.most is None else told.most.rows)
    duck.keep(
        told.connection, "below", [pa.table(dict(zip(("nth", "n", "d"), map(pa.array, below), strict=True)))]
    )
    known = duck.stream(told.connection, "SELECT DISTINCT year FROM listed WHERE year > 0 ORDER BY year")
    return replace(low, years=tuple(row["year"] for row in known))


def _pair(one: Pair) -> tuple[str, ...]:
    share = f"{one.demanded.numerator}/{one.demanded.denominator}"
    return tuple(map(plain, (one.name, one.target, one.reached, share, *file_words(one.now))))
