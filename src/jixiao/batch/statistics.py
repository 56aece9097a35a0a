"""统计线索 of a lake: each filing's sums are worked out in columns, stretch by stretch; an entry a filing is kept.

What a lake doesn't hold is said in `Statistics.absent`: the rows of re-checks, and running text.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa

from jixiao.batch import duck, parts, tables
from jixiao.batch.books import shelve
from jixiao.batch.codes import SCALE
from jixiao.batch.lake import Means, law_of, stretches_of
from jixiao.batch.measured import row_again
from jixiao.batch.shards import about
from jixiao.errors import UnreadableError
from jixiao.model.figure import decimal_of
from jixiao.rollup.statistics import Entries, Statistics, measured
from jixiao.rollup.statistics.aims import Aims, aims_of
from jixiao.rollup.statistics.entries import NO_RESULTS, Entry, Subject, folded, once
from jixiao.rollup.statistics.marks import ROUND, Above, ClassMarks, Marks, Tally, class_named
from jixiao.rollup.summing import Grouping
from jixiao.schemes.shelf import all_schemes

AT_A_TIME = 10_000  # filings that are taken out of the engine at a time
_LAST = "SELECT * FROM "
_TABLES = ("filings", "funds", "indicators", "papers")
_AIMED = """
SELECT i.filing, i.row, n.level1, n.level2, n.level3, n.level4, a.text AS target, w.text AS actual,
  i.sign, i.unit, i.read
FROM indicators i JOIN wanted USING (filing) LEFT JOIN once_names n ON n.names = i.names
  LEFT JOIN once_words a ON a.words = i.aim LEFT JOIN once_words w ON w.words = i.words
ORDER BY i.filing, i.row
"""
NO_RECHECKS = "数据湖里没有复核表的逐行得分：没有与复核比。要比，请用材料的文件夹。"
NO_PROSE = "数据湖里没有自评文字、绩效目标、偏差原因和改进措施：雷同只比较了三级指标的名称。"
MADE_UP = "这是编造的数据湖，内容重复：线索没有意义。"

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Found:
    """A filing with a table: its number, its place in its file, what it is and adds."""

    number: int
    place: int
    subject: Subject
    marks: Marks
    names: tuple[str, ...]


def statistics_of(folder: Path, by: Grouping, means: Means) -> Statistics:
    """Measure a lake: the same as `rollup.statistics.statistics` says of its papers, as far as the lake holds them.

    Args:
        folder: the lake, whole and of this version; it need not be scored.
        by: whom filings are counted for.
        means: what the engine may use.

    Raises:
        UnreadableError: it is no such lake.
    """
    stretches = stretches_of(folder)
    if about(folder).get("version") != tables.VERSION:
        raise UnreadableError(
            f"“{folder}”是旧版本的数据湖，没有统计要用的列：请再运行一次 jixiao batch ingest，由材料重新入库。"
        )
    connection = duck.connect(means.memory, means.spill)
    duck.register(connection, law_of(folder, connection, shelve(all_schemes())))
    names = _names(folder, connection)
    found, others = list[_Found](), 0
    for _ in _shown(folder, connection, stretches):
        for row in _asked(connection, _query()):
            if row["kind"] in NO_RESULTS:
                others += 1
            else:
                found.append(_found(row, names))
    found.sort(key=lambda one: (one.subject.file, one.place, one.number))
    kept = [(found[at], key, group) for at, key, group in once((one.subject for one in found), by)]
    aims = _aims(folder, connection, stretches, _over_years(kept))
    listed = tuple(_entry(one, key, group, aims.get(one.number, Aims())) for one, key, group in kept)
    papers, unfit = _filings_of(folder, connection)
    without = max(papers - len(found), others)
    told = Entries(by, listed, len(found) - len(listed), without, prose=False)
    return measured(told, (), _absent(folder, unfit))


def _absent(folder: Path, unfit: int) -> tuple[str, ...]:
    more = [f"有 {unfit} 份自评表的数字放不进数据湖的列，没有计入。"] if unfit else []
    return (NO_RECHECKS, NO_PROSE, *more, *([] if about(folder).get("of") else [MADE_UP]))


def _query() -> str:
    scored = duck.filled("score.sql", {"result": "sheets"}).rstrip().removesuffix(f"{_LAST}sheets").rstrip()
    rates = ", ".join(f"'{rate}'" for rate in ROUND)
    return f"{scored},\n{duck.filled('statistics.sql', {'result': 'measured', 'round_rates': rates})}"


def _names(folder: Path, connection: duck.Connection) -> dict[int, str]:
    """Return what each number of names calls an indicator, "" where nothing, and register the classes and texts."""
    for name, key in (("names", "names"), ("words", "words")):
        parts.show(connection, name, parts.all_of(folder, name))
        duck.run(
            connection,
            f"CREATE OR REPLACE TEMP TABLE once_{name} AS SELECT DISTINCT ON ({key}) * FROM {name}",  # noqa: S608 our own
        )
    rows = duck.ask(connection, "SELECT names, level1, level3, level4 FROM once_names").to_pylist()
    classes = {
        "names": [row["names"] for row in rows],
        "level1": [class_named(row["level1"]) for row in rows],
    }
    schema = pa.schema([("names", pa.int64()), ("level1", pa.string())])
    duck.register(connection, {"classes": pa.table(classes, schema=schema)})
    return {row["names"]: row["level4"] or row["level3"] or "" for row in rows}


def _shown(folder: Path, connection: duck.Connection, stretches: Sequence[Sequence[str]]) -> Iterator[None]:
    """Let the engine see one stretch after the other."""
    files = {name: parts.files_of(folder, name) for name in _TABLES}
    for stretch in stretches:
        for name, known in files.items():
            parts.show(connection, name, [path for part in stretch for path in known.get(part, ())])
        yield


def _asked(connection: duck.Connection, sql: str) -> Iterator[Record]:
    for batch in duck.ask(connection, sql).to_batches(max_chunksize=AT_A_TIME):
        yield from batch.to_pylist()


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


# ---------------------------------------------------------------- a filing


def _found(row: Record, names: Mapping[int, str]) -> _Found:
    subject = Subject(row["year"], row["department"], row["unit"], row["project"], row["file"])
    called = tuple(name for number in row["names"] or () if (name := names[number]))
    return _Found(row["filing"], row["place"], subject, _marks(row), called)


def _marks(row: Record) -> Marks:
    classes = tuple(
        ClassMarks(
            one["level1"],
            one["lines"],
            int(one["whole_marks"]),
            _points(one["printed"]),
            _points(one["points"]),
        )
        for one in row["classes"] or ()
    )
    above, total, most = row["above_points"], row["total"], row["most"]
    return Marks(
        classes,
        Above(Fraction(row["gap"], above), row["above_lines"]) if above else None,
        None if total is None or most is None else (_points(total), _points(most)),
        Tally(row["lost_round"], row["lost"]), Tally(row["satisfied_round"], row["satisfied"]),
        Tally(row["hits"], row["aimed"]), tuple(Fraction(rate) for rate in row["rates"] or ()),
        row["spent_digits"] or "", None if row["spent"] is None else Fraction(row["spent"], SCALE),
    )  # fmt: skip


def _points(millionths: int) -> Decimal:
    return decimal_of(Fraction(millionths, SCALE))


def _entry(one: _Found, key: str, group: str, aims: Aims) -> Entry:
    return Entry(one.subject, group, key, *folded(one.subject), one.marks, aims, one.names)


# ---------------------------------------------------------------- targets over years


def _over_years(kept: Sequence[tuple[_Found, str, str]]) -> list[int]:
    """Return the numbers of the filings whose project has one of the year before or after."""
    years: dict[str, set[int]] = defaultdict(set)
    for one, key, _ in kept:
        if one.subject.year:
            years[key].add(one.subject.year)
    return [
        one.number for one, key, _ in kept
        if one.subject.year and years[key] & {one.subject.year - 1, one.subject.year + 1}
    ]  # fmt: skip


def _aims(
    folder: Path, connection: duck.Connection, stretches: Sequence[Sequence[str]], wanted: Sequence[int]
) -> dict[int, Aims]:
    """Return the aims of some filings, their rows made again of texts, one filing at a time."""
    found: dict[int, Aims] = {}
    if wanted:
        duck.register(connection, {"wanted": pa.table({"filing": pa.array(wanted, pa.int64())})})
        for _ in _shown(folder, connection, stretches):
            for number, rows in groupby(_asked(connection, _AIMED), key=lambda row: row["filing"]):
                found[number] = aims_of([row_again(row["row"], row) for row in rows])
    return found
