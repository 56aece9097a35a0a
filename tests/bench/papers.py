"""Papers of a wanted size: a table of so many rows, a report of so many characters, out of the proof's clean filings."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import count, cycle
from random import Random

from jixiao.audit.rule import Case
from jixiao.layout import Line
from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import half_up
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.model.statements import Section
from jixiao.papers.form import load_form
from jixiao.papers.reports import selfeval_report
from jixiao.schemes import load_scheme
from jixiao.scoring import score
from tests.proof.plan import Plan
from tests.proof.report import report_lines
from tests.proof.table import table_of
from tests.proof.topics import topics

BOOK, FORM = "national-2020", "f-10"


def table_with(rows: int) -> Evaluation:
    """A right table of `rows` indicators: those of one project after another, all met, their points shared anew."""
    tables = _met()
    first = next(tables)
    found = [*first.indicators]
    while len(found) < rows:
        found += next(tables).indicators
    points = [half_up(Decimal(90) / rows, 2)] * (rows - 1)
    points.append(Decimal(90) - sum(points))
    worth = [
        replace(row, level3=f"{row.level3}（{n}）", points=p, score_printed=p)
        for n, (row, p) in enumerate(zip(found[:rows], points, strict=True), 1)
    ]
    execution = first.execution.score_printed or Decimal(0)
    return replace(first, indicators=tuple(worth), total_printed=Decimal(90) + execution)


def _met() -> Iterator[Evaluation]:
    """Made-up tables of which every indicator earned all its points, one after another."""
    made = (_table(n) for n in count())
    return (table for table in made if all(row.points == row.score_printed for row in table.indicators))


def _table(n: int) -> Evaluation:
    topic = topics()[n % len(topics())]
    return table_of(Random(n), Plan(topic, load_form(FORM), load_scheme(BOOK), "青禾县", 2023, reported=True))


def report_with(characters: int, table: Evaluation) -> Reading:
    """A report of nearly so many characters: the table's own, and chapters of other projects' after it."""
    sections: list[Section] = []
    scheme, size = load_scheme(BOOK), 0
    own = selfeval_report.read(report_lines(_table(0), topics()[0], scheme, 0))
    for n, topic in zip(count(), cycle(topics())):
        found = selfeval_report.read(report_lines(_table(n) if n else table, topic, scheme, n)).record
        for section in found.sections if isinstance(found, Report) else ():
            size += len(section.number or "") + len(section.title) + len(section.text) + 2
            if size > characters:
                return _reread(own, sections)
            sections.append(section)
    raise AssertionError


def _reread(own: Reading, sections: list[Section]) -> Reading:
    assert isinstance(own.record, Report)
    lines = [
        own.record.title or "",
        *(line for s in sections for line in (f"{s.number}{s.title}", *s.text.splitlines())),
    ]
    return selfeval_report.read(tuple(Line(line) for line in lines if line))


def text_of(reading: Reading) -> str:
    """The report's text as a script would see it."""
    record = reading.record
    return (
        "\n".join(f"{s.number}{s.title}\n{s.text}" for s in record.sections)
        if isinstance(record, Report)
        else ""
    )


def case_with(rows: int, characters: int) -> Case:
    """A filing of a table, with a report beside it where characters are asked for."""
    table, scheme = table_with(rows), load_scheme(BOOK)
    readings = [Reading(Kind.SELFEVAL_TABLE, table, file="a.docx")]
    if characters:
        readings.append(replace(report_with(characters, table), file="a.docx", index=1))
    return Case(Filing(tuple(readings), table, 0), score(table, scheme, why="由人指定"), scheme)
