"""All filings behind the figures of a lake's statistics, as tables of text with commas, written by the engine.

UTF-8 with a mark in front, as spreadsheet programs want it; shares are exact fractions of 1, and a filing stands once
for each figure that it is behind.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from jixiao.batch import duck
from jixiao.batch.codes import SCALE
from jixiao.batch.tallies import TOTALS
from jixiao.rollup.statistics.digits import HIT, ROUND_RATES, ROUND_SCORES, Seen
from jixiao.rollup.statistics.entries import Subject
from jixiao.rollup.statistics.inflation import FULL, OURS
from jixiao.rollup.statistics.lowness import BELOW
from jixiao.rollup.statistics.standing import Measure

MARK = "\ufeff"
_FILE = ("年度", "主管部门", "单位", "项目", "文件")
PAIRS = ("上下两年的指标", ("指标", "今年目标", "上年实际", "今年目标除以上年实际", *_FILE))
_COMPARED = ("看的数", "一级指标", "比较的单位", "这一份", *_FILE)
_TABLES = (("虚高", (FULL, OURS)), ("目标偏低", (BELOW,)), ("数字检验", (ROUND_SCORES, ROUND_RATES, HIT)))
_SUBJECT = "nullif(f.year, 0), plain(f.department), plain(f.unit), plain(f.project), plain(f.file)"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MACROS = (
    "plain(t) AS CASE WHEN regexp_matches(t, '^[=+@\\t\\r-]') THEN '''' || t ELSE nullif(t, '') END",
    "share_words(n, d) AS (n // gcd(n, d)) || '/' || (d // gcd(n, d))",
    f"points_words(n) AS rtrim(rtrim((n // {SCALE}) || '.' || lpad(CAST(n % {SCALE} AS VARCHAR), 6, '0'), '0'), '.')",
)


def write_behind(connection: duck.Connection, names: Mapping[int, str], folder: Path) -> None:
    """Write the tables of comparisons and of totals above ours; the engine holds `shares` and `measured`."""
    for macro in _MACROS:
        duck.run(connection, f"CREATE OR REPLACE MACRO {macro}")
    groups = {"grp": pa.array(names.keys(), pa.int64()), "name": pa.array(names.values(), pa.string())}
    duck.keep(connection, "group_names", [pa.table(groups)])
    for name, measures in _TABLES:
        duck.write_csv(connection, _named(_COMPARED, _compared(measures)), folder / f"{name}.csv")
    above = (
        f"SELECT points_words(m.total), points_words(m.most), {_SUBJECT} FROM {TOTALS} AND m.total > m.most"  # noqa: S608 our own
        " ORDER BY m.most - m.total, l.nth"
    )
    head = ("自评总分", "重算至多", *_FILE)
    duck.write_csv(connection, _named(head, above), folder / "自评总分高于重算.csv")


def file_words(one: Subject) -> tuple[str, ...]:
    """Return a filing for a row of text."""
    return "" if one.year is None else str(one.year), one.department, one.unit, one.project, one.file


def plain(text: str) -> str:
    """Return a text that a spreadsheet program takes for a text, not for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_digits(connection: duck.Connection, seen: Sequence[Seen], folder: Path) -> None:
    """Write the table of the digits that are tested; the engine holds `digits`."""
    tests = {"test": [one.name for one in seen], "says": [one.says for one in seen]}
    duck.keep(connection, "tests", [pa.table(tests)])
    sql = (
        f"SELECT t.says, d.name, {_SUBJECT} FROM digits d"  # noqa: S608 our own
        " JOIN tests t ON t.test = d.test JOIN tabled f ON f.nth = d.nth"
        " ORDER BY t.says, CAST(rtrim(d.name, '%') AS INTEGER), d.nth"
    )
    duck.write_csv(connection, _named(("检验", "数字", *_FILE), sql), folder / "检验的数字.csv")


def _compared(measures: Sequence[Measure]) -> str:
    says = " ".join(f"WHEN '{one.name}' THEN '{one.says}'" for one in measures)
    wanted = ", ".join(f"'{one.name}'" for one in measures)
    return (
        f"SELECT CASE s.measure {says} END, plain(s.part), plain(g.name), share_words(s.n, s.d), {_SUBJECT}"  # noqa: S608 our own
        " FROM shares s JOIN group_names g ON g.grp = s.grp JOIN tabled f ON f.nth = s.nth"
        f" WHERE s.measure IN ({wanted}) ORDER BY s.measure, s.part, s.grp, s.nth"
    )


def _named(head: Sequence[str], sql: str) -> str:
    columns = ", ".join(f'"{MARK if number == 0 else ""}{name}"' for number, name in enumerate(head))
    return f"WITH told({columns}) AS ({sql}) SELECT * FROM told"  # noqa: S608 our own
