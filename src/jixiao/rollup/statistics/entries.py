"""The filings that statistics look at: one a project and year, with its rows, its group and what tells it apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jixiao.audit.collection import Filed, filed, kind_of, project_key, unit_key
from jixiao.audit.rows import Row
from jixiao.audit.rule import Case, Collection
from jixiao.model.figure import tidy
from jixiao.model.reading import Kind
from jixiao.model.review import Review
from jixiao.rollup.summing import Grouping
from jixiao.schemes import load_scheme

_NO_RESULTS = frozenset({Kind.GOAL_DECLARATION, Kind.MONITORING_TABLE, Kind.RECHECK_TABLE})
_BRACKETED = re.compile(r"[(（\[].*$")


@dataclass(frozen=True, slots=True)
class Subject:
    """The filing behind a figure, as it prints itself; "" where it is silent, None without a year."""

    year: int | None
    department: str
    unit: str
    project: str
    file: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A filing: whom it is counted for (`group`, "" for nobody), its project's key, its case and rows."""

    subject: Subject
    group: str
    key: str
    filed: Filed
    rows: tuple[Row, ...]

    @property
    def year(self) -> int:
        """The year, 0 where it prints none."""
        return self.subject.year or 0


@dataclass(frozen=True, slots=True)
class Entries:
    """The filings with a table; `twice` counts copies of a filing that were left out, `without` those without one.

    Declarations of goals, monitoring tables and re-checks are no self-evaluations and count as filings without one.
    """

    by: Grouping
    listed: tuple[Entry, ...]
    twice: int
    without: int

    @property
    def latest(self) -> tuple[Entry, ...]:
        """One filing a project: that of its last year."""
        last: dict[str, Entry] = {}
        for one in self.listed:
            if one.key not in last or last[one.key].year < one.year:
                last[one.key] = one
        return tuple(last.values())


def entries(reviews: Sequence[Review], by: Grouping) -> Entries:
    """Return the filings of a collection, in the order of their files, so that the order they came in says nothing.

    Args:
        reviews: as a roll-up takes them.
        by: whom they are counted for: units or departments; nobody where it is all.
    """
    ordered = sorted(reviews, key=lambda one: one.filing.readings[one.filing.main or 0].file)
    cases = tuple(Case(one.filing, one.sheet, load_scheme(one.scheme)) for one in ordered)
    found, seen = list[Entry](), set[tuple[str, int]]()
    tables = [one for one in filed(Collection(cases)) if kind_of(one) not in _NO_RESULTS]
    names = _names(tables, by)
    for one in tables:
        entry = _entry(one, names.get(_group(one, by), ""))
        if (entry.key, entry.year) not in seen:
            seen.add((entry.key, entry.year))
            found.append(entry)
    return Entries(by, tuple(found), len(tables) - len(found), len(cases) - len(tables))


def _group(one: Filed, by: Grouping) -> str:
    project = one.table.project
    if by is Grouping.ALL:
        return ""
    return one.unit if by is Grouping.UNIT else unit_key(project.department or project.unit)


def _names(tables: Sequence[Filed], by: Grouping) -> dict[str, str]:
    """Return what each group is called: as its first filing prints it, told apart where two print alike."""
    named: dict[str, str] = {}
    for one in tables:
        project = one.table.project
        printed = (
            project.unit or project.department if by is Grouping.UNIT else project.department or project.unit
        )
        named.setdefault(_group(one, by), tidy(printed or ""))
    named.pop("", None)
    return named


def _entry(one: Filed, group: str) -> Entry:
    project = one.table.project
    subject = Subject(
        one.table.year, project.department or "", project.unit or "", project.name or "", one.file
    )
    key = f"{one.unit}|{one.core}" if one.unit and one.core else f"{one.file}|{one.at}"
    return Entry(subject, group, key, one, tuple(one.case.main_rows))


def key_of(unit: str | None, project: str | None) -> str:
    """Return a project's key as entries have it."""
    return f"{unit_key(unit)}|{project_key(project)}"


def class_of(row: Row) -> str:
    """Return a row's first-level class without the points behind it; "" where it has none."""
    return _BRACKETED.sub("", tidy(row.indicator.level1 or ""))


def scored(entry: Entry) -> Iterator[Row]:
    """Yield the rows that print points above 0 and a score."""
    for row in entry.rows:
        points, score = row.indicator.points, row.indicator.score_printed
        if points is not None and points > 0 and score is not None:
            yield row
