"""The filings that statistics look at: one a project and year, with its rows, its group and what tells it apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jixiao.audit.collection.scores import Filed, filed, kind_of, project_key, unit_key
from jixiao.audit.rule import Case, Collection
from jixiao.model.figure import tidy
from jixiao.model.reading import Kind
from jixiao.model.review import Review
from jixiao.rollup.statistics.aims import Aims, aims_of
from jixiao.rollup.statistics.marks import Marks, marks_of
from jixiao.rollup.summing import Grouping
from jixiao.schemes import load_scheme

NO_RESULTS = frozenset({Kind.GOAL_DECLARATION, Kind.MONITORING_TABLE, Kind.RECHECK_TABLE})


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
    """A filing: whom it is counted for (`group`, "" for nobody), its project's key, its sums and aims.

    `unit` and `core` are its unit and project folded to be compared, `names` its indicators as printed. `filed` holds
    its papers; None where only their tables are known, and no running text.
    """

    subject: Subject
    group: str
    key: str
    unit: str
    core: str
    marks: Marks
    aims: Aims
    names: tuple[str, ...]
    filed: Filed | None = None

    @property
    def year(self) -> int:
        """The year, 0 where it prints none."""
        return self.subject.year or 0


@dataclass(frozen=True, slots=True)
class Entries:
    """The filings with a table; `twice` counts copies of a filing that were left out, `without` those without one.

    Declarations of goals, monitoring tables and re-checks are no self-evaluations and count as filings without one.
    `prose` says whether the filings' running text is known.
    """

    by: Grouping
    listed: tuple[Entry, ...]
    twice: int
    without: int
    prose: bool = True

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
    tables = [one for one in filed(Collection(cases)) if kind_of(one) not in NO_RESULTS]
    kept = once((_subject(one) for one in tables), by)
    found = tuple(_entry(tables[at], key, group) for at, key, group in kept)
    return Entries(by, found, len(tables) - len(found), len(cases) - len(tables))


def once(subjects: Iterable[Subject], by: Grouping) -> list[tuple[int, str, str]]:
    """Return the place, the key and the group of each filing that is the first of its project and year.

    Args:
        subjects: in the order of their files.
        by: whom they are counted for.
    """
    listed = list(subjects)
    names = _names(listed, by)
    found, seen = list[tuple[int, str, str]](), set[tuple[str, int]]()
    for at, one in enumerate(listed):
        unit, core = folded(one)
        key = f"{unit}|{core}" if unit and core else f"{one.file}|{at}"
        if (key, one.year or 0) not in seen:
            seen.add((key, one.year or 0))
            found.append((at, key, names.get(_group(one, by), "")))
    return found


def folded(one: Subject) -> tuple[str, str]:
    """Return a filing's unit (else its department) and project, folded to be compared."""
    return unit_key(one.unit or one.department), project_key(one.project)


def _group(one: Subject, by: Grouping) -> str:
    if by is Grouping.ALL:
        return ""
    return unit_key(_owner(one, by))


def _owner(one: Subject, by: Grouping) -> str:
    return (one.unit or one.department) if by is Grouping.UNIT else (one.department or one.unit)


def _names(listed: Sequence[Subject], by: Grouping) -> dict[str, str]:
    """Return what each group is called: as its first filing prints it, told apart where two print alike."""
    named: dict[str, str] = {}
    for one in listed:
        named.setdefault(_group(one, by), tidy(_owner(one, by)))
    named.pop("", None)
    return named


def _subject(one: Filed) -> Subject:
    project = one.table.project
    return Subject(one.table.year, project.department or "", project.unit or "", project.name or "", one.file)


def _entry(one: Filed, key: str, group: str) -> Entry:
    rows = tuple(one.case.main_rows)
    names = tuple(row.name for row in rows if row.name)
    marks = marks_of(one.table, rows, one.case.sheet)
    return Entry(_subject(one), group, key, one.unit, one.core, marks, aims_of(rows), names, one)


def key_of(unit: str | None, project: str | None) -> str:
    """Return a project's key as entries have it."""
    return f"{unit_key(unit)}|{project_key(project)}"
