"""What a planting is: a function that puts one fault into a clean filing, and the edits that it is made of.

A family's plantings stand in plants/<family>.py. tests/proof/README.md is the manual; plants/ar.py the model to follow.
Every edit returns a new Clean and keeps `filing.evaluation`, the claims of reports and the parsed cells in step.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from typing import TypeVar

from jixiao.layout import Block, Line, Place
from jixiao.model.claims import DepartmentReport, ProjectList, Report
from jixiao.model.evaluation import Evaluation, FundLine, Indicator
from jixiao.model.figure import YUAN, Figure
from jixiao.model.finding import FieldPath
from jixiao.model.parsing import parse_actual, parse_figure, parse_target
from jixiao.model.reading import Filing, Kind, Reading, Record
from jixiao.model.statements import Section
from jixiao.model.supplying import supply
from jixiao.papers.department import department_report
from jixiao.papers.reports import evaluation_report, selfeval_report
from jixiao.schemes.scheme import Scheme
from tests.proof.topics import Topic

# ---------------------------------------------------------------- types


@dataclass(frozen=True, slots=True)
class Clean:
    """A filing without a fault: its papers, the rule-book it was scored under, what it is about, and its seed.

    `topic` has the words of its project (nouns, beneficiaries, indicators); `seed` decides the wording of its reports.
    """

    filing: Filing
    scheme: Scheme
    topic: Topic
    seed: int = 0

    @property
    def table(self) -> Evaluation:
        """The self-evaluation table as printed."""
        record = self.filing.readings[self.filing.main or 0].record
        assert isinstance(record, Evaluation)
        return record

    @property
    def rows(self) -> tuple[Indicator, ...]:
        """The table's rows."""
        return self.table.indicators


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a planted fault stands: the index of the paper and a field path; "" is the whole paper.

    A finding is at the spot when its path lies above or below this one ("indicators.3" and "indicators.3.actual").
    """

    paper: int
    where: FieldPath


@dataclass(frozen=True, slots=True)
class Planted:
    """The filing with the fault, where it stands, and which other rules it rightly sets off.

    A finding of the rule itself at one of `spots` is a find. Errors of rules outside `follows` that stand elsewhere are
    false accusations.
    """

    clean: Clean
    spots: tuple[Spot, ...]
    follows: tuple[str, ...] = ()


Unit = tuple[Clean, ...]


@dataclass(frozen=True, slots=True)
class PlantedUnit:
    """The filings of one unit with a fault among them; `spots` are (index of the filing, spot)."""

    unit: Unit
    spots: tuple[tuple[int, Spot], ...]
    follows: tuple[str, ...] = ()


Plant = Callable[[Clean, int, Random], Planted | None]
PlantTogether = Callable[[Unit, int, Random], PlantedUnit | None]


@dataclass(frozen=True, slots=True)
class Planting:
    """One planting function: whose fault, in how many ways (the function is asked for 0 .. ways-1).

    The function returns None where this filing doesn't suit (no report, no such column); another one is then drawn.
    """

    code: str
    ways: int
    plant: Plant


@dataclass(frozen=True, slots=True)
class UnitPlanting:
    """The same for a rule over several filings (COLLECTION_RULES)."""

    code: str
    ways: int
    plant: PlantTogether


def plants(code: str, *, ways: int) -> Callable[[Plant], Planting]:
    """Make a Planting of the function below it."""
    return lambda plant: Planting(code, ways, plant)


def plants_together(code: str, *, ways: int) -> Callable[[PlantTogether], UnitPlanting]:
    """Make a UnitPlanting of the function below it."""
    return lambda plant: UnitPlanting(code, ways, plant)


# ---------------------------------------------------------------- papers


def with_record(clean: Clean, paper: int, record: Record) -> Clean:
    """Put another record into a paper as it is; nothing is read again."""
    readings = list(clean.filing.readings)
    readings[paper] = replace(readings[paper], record=record)
    return _refiled(clean, tuple(readings))


def in_file_of_its_own(clean: Clean, paper: int) -> Clean:
    """Let a paper have come in another file than the rest."""
    readings = list(clean.filing.readings)
    readings[paper] = replace(readings[paper], file=f"另册-{readings[paper].file}")
    return _refiled(clean, tuple(readings))


def with_paper(clean: Clean, kind: Kind, record: Record) -> Clean:
    """Add a paper at the end of the filing (a recheck table, a second report)."""
    main = clean.filing.readings[clean.filing.main or 0]
    more = Reading(kind, record, file=main.file, sha256=main.sha256, index=len(clean.filing.readings))
    return _refiled(clean, (*clean.filing.readings, more))


def without_paper(clean: Clean, paper: int) -> Clean:
    """Take a paper out; not the main table."""
    readings = clean.filing.readings
    main = clean.filing.main or 0
    kept = tuple(r for at, r in enumerate(readings) if at != paper)
    return replace(clean, filing=_filing(kept, main - (paper < main)))


def paper_of(clean: Clean, *kinds: Kind) -> int | None:
    """The index of the first paper of one of the kinds; without kinds, of the first report."""
    wanted = kinds or (Kind.SELFEVAL_REPORT, Kind.EVALUATION_REPORT)
    return next((at for at, r in enumerate(clean.filing.readings) if r.kind in wanted), None)


def _refiled(clean: Clean, readings: tuple[Reading, ...]) -> Clean:
    return replace(clean, filing=_filing(readings, clean.filing.main or 0))


def _filing(readings: tuple[Reading, ...], main: int) -> Filing:
    record = readings[main].record
    assert isinstance(record, Evaluation)
    evaluation, supplied = supply(readings[main], record, (*readings[:main], *readings[main + 1 :]))
    return Filing(readings, evaluation, main, supplied)


# ---------------------------------------------------------------- the table


def spot(clean: Clean, where: FieldPath) -> Spot:
    """A spot in the main table."""
    return Spot(clean.filing.main or 0, where)


def row_spot(clean: Clean, row: int, field: str = "") -> Spot:
    """A row of the main table, or one of its fields."""
    return spot(clean, f"indicators.{row}" + (f".{field}" if field else ""))


def with_table(clean: Clean, **fields: object) -> Clean:
    """Replace fields of the main table: total_printed=Decimal(99), goal=…, year=…"""
    return with_record(clean, clean.filing.main or 0, replace(clean.table, **fields))


def with_rows(clean: Clean, *rows: Indicator) -> Clean:
    """Replace all rows of the main table."""
    return with_table(clean, indicators=rows)


_TEXTS = ("level1", "level2", "level3", "level4", "sign", "unit", "reason", "remedy", "remarks")
_NUMBERS = ("points", "score_printed", "deduction_printed")


def edited(row: Indicator, **cells: str | Decimal | None) -> Indicator:
    """Write cells of a row anew as printed; target and actual are parsed with the row's own sign and unit.

    Keys are the fields of Indicator: target="≥95%", actual="96%", points="10", completion_printed="98%", reason=None.
    """
    texts = {key: cells[key] for key in _TEXTS if key in cells}
    numbers = {key: _number(cells[key]) for key in _NUMBERS if key in cells}
    done = replace(row, **texts, **numbers)
    if "completion_printed" in cells:
        done = replace(done, completion_printed=parse_figure(str(cells["completion_printed"] or "")))
    said = {key: str(cells[key] or "") for key in ("target", "actual") if key in cells}
    kept = {"target": row.target.text if row.target else "", "actual": row.actual.text if row.actual else ""}
    said = {**kept, **said} if {"sign", "unit"} & cells.keys() else said
    if "target" in said:
        done = replace(done, target=parse_target(said["target"], sign=done.sign, unit=done.unit))
    if "actual" in said:
        done = replace(done, actual=parse_actual(said["actual"], unit=done.unit))
    return done


def _number(cell: str | Decimal | None) -> Decimal | None:
    return None if cell is None or cell == "" else Decimal(cell)


def with_row(clean: Clean, at: int, **cells: str | Decimal | None) -> Clean:
    """Write cells of one row of the main table anew (see `edited`)."""
    rows = list(clean.rows)
    rows[at] = edited(rows[at], **cells)
    return with_rows(clean, *rows)


def with_more_row(clean: Clean, at: int, row: Indicator) -> Clean:
    """Put another row before the row `at`."""
    return with_rows(clean, *clean.rows[:at], row, *clean.rows[at:])


def without_row(clean: Clean, at: int) -> Clean:
    """Leave a row out; sums are left as they stand."""
    return with_rows(clean, *clean.rows[:at], *clean.rows[at + 1 :])


def some_row(clean: Clean, rng: Random, fits: Callable[[Indicator], object]) -> int | None:
    """A row that fits, at random."""
    found = [at for at, row in enumerate(clean.rows) if fits(row)]
    return rng.choice(found) if found else None


def with_money(clean: Clean, line: str, column: str, amount: str | Figure | None) -> Clean:
    """Write one cell of the fund block anew: with_money(clean, "total", "annual", "12.50"); bare figures have its unit."""
    funds = clean.table.funds
    old = getattr(funds, line) or FundLine()
    figure = parse_figure(amount, unit=funds.unit or YUAN) if isinstance(amount, str) else amount
    return with_table(clean, funds=replace(funds, **{line: replace(old, **{column: figure})}))


def with_execution(clean: Clean, **fields: object) -> Clean:
    """Replace fields of the execution row: rate_printed=parse_figure("97%"), score_printed=Decimal("9.7"), reason=…"""
    return with_table(clean, execution=replace(clean.table.execution, **fields))


def with_goal(clean: Clean, **fields: str | None) -> Clean:
    """Replace 预期目标 (expected) or 实际完成情况 (actual)."""
    return with_table(clean, goal=replace(clean.table.goal, **fields))


# ---------------------------------------------------------------- texts

R = TypeVar("R", Report, DepartmentReport)


def section_of(clean: Clean, *words: str, paper: int | None = None) -> Spot | None:
    """The first section whose title has one of the words and that has a text, else the first so titled.

    In the first report, or in `paper`; without words the first section that has a text.
    """
    at = paper if paper is not None else paper_of(clean)
    record = clean.filing.readings[at].record if at is not None else None
    if at is None or not isinstance(record, Report | DepartmentReport):
        return None
    named = [n for n, s in enumerate(record.sections) if not words or any(word in s.title for word in words)]
    found = next((n for n in named if record.sections[n].text), named[0] if named else None)
    return Spot(at, f"sections.{found}") if found is not None else None


def text_at(clean: Clean, place: Spot) -> str:
    """The text of the section at the spot."""
    return _section(clean, place).text


def with_text(clean: Clean, place: Spot, text: str) -> Clean:
    """Write a section's text anew; claims, marks, total and grade of the report are read again."""
    return with_section(clean, place, replace(_section(clean, place), text=text))


def with_sentence(clean: Clean, place: Spot, sentence: str) -> Clean:
    """Add a sentence at the end of a section."""
    return with_text(clean, place, text_at(clean, place) + sentence)


def said(clean: Clean, place: Spot | None, sentence: str, follows: tuple[str, ...] = ()) -> Planted | None:
    """Plant a fault that is one sentence at the end of a section; nothing where the filing has no such section."""
    return None if place is None else Planted(with_sentence(clean, place, sentence), (place,), follows)


def with_section(clean: Clean, place: Spot, section: Section) -> Clean:
    """Put another section (number, title, text) in the place of one."""
    n = _position(place)
    return _with_sections(clean, place, lambda old: (*old[:n], section, *old[n + 1 :]))


def with_more_section(clean: Clean, place: Spot, section: Section) -> Clean:
    """Put another section after the one at the spot."""
    n = _position(place)
    return _with_sections(clean, place, lambda old: (*old[: n + 1], section, *old[n + 1 :]))


def without_section(clean: Clean, place: Spot) -> Clean:
    """Leave a section out, and with it those below it."""
    n, gone = _position(place), _section(clean, place)

    def rest(old: tuple[Section, ...]) -> tuple[Section, ...]:
        end = next((k for k in range(n + 1, len(old)) if old[k].level <= gone.level), len(old))
        return (*old[:n], *old[end:])

    return _with_sections(clean, place, rest)


def all_text(clean: Clean) -> str:
    """All text of the filing's reports."""
    records = (r.record for r in clean.filing.readings)
    return "\n".join(s.text for r in records if isinstance(r, Report | DepartmentReport) for s in r.sections)


def _position(place: Spot) -> int:
    return int(place.where.split(".")[1])


def _section(clean: Clean, place: Spot) -> Section:
    record = clean.filing.readings[place.paper].record
    assert isinstance(record, Report | DepartmentReport)
    return record.sections[_position(place)]


def _with_sections(
    clean: Clean, place: Spot, change: Callable[[tuple[Section, ...]], tuple[Section, ...]]
) -> Clean:
    reading = clean.filing.readings[place.paper]
    record = reading.record
    assert isinstance(record, Report | DepartmentReport)
    edited = replace(record, sections=change(record.sections))
    return with_record(clean, place.paper, reread(reading.kind, edited))


_IN_REPORTS = ("funds_unit", "claims", "indicators", "classes", "points_printed", "total_printed", "grade_printed",
               "indicator_count_printed", "pass_mark_printed")  # fmt: skip
_IN_DEPARTMENTS = ("claims", "projects", "budget", "executed", "bins", "full_marks", "with_deviation", "sampled", "samples",
                   "listed")  # fmt: skip


def reread(kind: Kind, record: R) -> R:
    """Read a report's sentences again: what it states follows its sections, which stay as they are."""
    readers = {Kind.DEPARTMENT_REPORT: department_report.read, Kind.EVALUATION_REPORT: evaluation_report.read}
    found = readers.get(kind, selfeval_report.read)(lines_of(record)).record
    assert isinstance(found, type(record))
    stated = _IN_REPORTS if isinstance(record, Report) else _IN_DEPARTMENTS
    return replace(record, **{name: getattr(found, name) for name in stated})


def lines_of(record: Report | DepartmentReport) -> tuple[Block, ...]:
    """A report as lines of a page: its title, the head where it has one, its sections."""
    lines = [record.title or "绩效自评报告"]
    if isinstance(record, Report):
        heads = {
            "项目名称": record.project.name,
            "主管部门": record.project.department,
            "实施单位": record.project.unit,
        }
        lines += [f"{label}：{name}" for label, name in heads.items() if name]
    for section in record.sections:
        lines.append(f"{section.number or ''}{section.title}")
        lines += section.text.splitlines()
    return tuple(Line(text) for text in lines if text)


# ---------------------------------------------------------------- lists


def listed(clean: Clean) -> ProjectList | None:
    """The project list among the papers."""
    records = (r.record for r in clean.filing.readings)
    return next((r for r in records if isinstance(r, ProjectList)), None)


def with_places(clean: Clean, paper: int, places: dict[str, Place]) -> Clean:
    """Give fields of a paper places on its page."""
    readings = list(clean.filing.readings)
    readings[paper] = replace(readings[paper], places={**readings[paper].places, **places})
    return replace(clean, filing=replace(clean.filing, readings=tuple(readings)))
