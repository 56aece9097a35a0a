"""Targets of a lake over years: the rows of projects with filings of two years in a row, read as one sorted stream."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any

from jixiao.batch import duck
from jixiao.batch.measured import row_again
from jixiao.batch.standings import SUBJECT, subject
from jixiao.rollup.statistics.aims import Aimed, aimed, together
from jixiao.rollup.statistics.entries import Entry
from jixiao.rollup.statistics.marks import Marks

_ROWS = 100_000  # different rows that are remembered at a time
_TEXTS = ("level1", "level2", "level3", "level4", "target", "actual", "sign", "unit", "read")
WANTED = """
CREATE OR REPLACE TABLE over_years AS
SELECT nth, filing, year, key, min(nth) OVER (PARTITION BY key) AS first FROM listed WHERE year > 0
WINDOW same AS (PARTITION BY key ORDER BY year)
QUALIFY lag(year) OVER same = year - 1 OR lead(year) OVER same = year + 1
"""
AIMED = """
SELECT i.filing, i.row, i.names, i.aim, i.words, i.sign, i.unit, i.read FROM indicators i
WHERE i.filing IN (SELECT filing FROM over_years)
"""
_SORTED = f"""
SELECT o.first, o.nth, o.year, {SUBJECT}, i.row, n.level1, n.level2, n.level3, n.level4, a.text AS target,
  w.text AS actual, i.sign, i.unit AS of_unit, i.read
FROM over_years o JOIN tabled f ON f.nth = o.nth LEFT JOIN aimed_rows i ON i.filing = o.filing
  LEFT JOIN once_names n ON n.names = i.names LEFT JOIN once_words a ON a.words = i.aim
  LEFT JOIN once_words w ON w.words = i.words
ORDER BY o.first, o.year, i.row
"""  # noqa: S608 our own


def projects(connection: duck.Connection) -> Iterator[list[Entry]]:
    """Yield the filings of each project by year, with their aims, in the order of the projects' first files."""
    read = lru_cache(_ROWS)(_aimed)
    rows = duck.stream(connection, _SORTED)
    for _, own in groupby(rows, key=lambda row: row["first"]):
        yield [_entry(list(same), read) for _, same in groupby(own, key=lambda row: row["nth"])]


def _entry(rows: list[Mapping[str, Any]], read: Callable[..., Aimed]) -> Entry:
    first = rows[0]
    told = together([read(*_texts(row)) for row in rows if row["row"] is not None])
    return Entry(subject(first), "", str(first["nth"]), "", "", Marks(), told, ())


def _texts(row: Mapping[str, Any]) -> tuple[str | None, ...]:
    return tuple(row["of_unit" if name == "unit" else name] for name in _TEXTS)


def _aimed(*texts: str | None) -> Aimed:
    return aimed(row_again(0, dict(zip(_TEXTS, texts, strict=True))))
