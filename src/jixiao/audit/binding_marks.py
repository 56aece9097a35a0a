"""Links of scores: totals, classes and rows of a report to the classes, rows and totals of a table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from jixiao.audit.binding_link import Cell, Link, Said, in_points, linked, tables_for, unlinked
from jixiao.audit.binding_names import class_of, folded, nearest
from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.figure import sum_of
from jixiao.model.finding import FieldPath
from jixiao.model.reading import Filing, Kind

_FIELDS = {"points": "分值", "score_printed": "得分"}
_KIND_OF = {"class_points": "points", "class_score": "score_printed"}


@dataclass(frozen=True, slots=True)
class Scored:
    """A table as scores see it: its classes with the rows of each, and its rows by folded name."""

    paper: int
    table: Evaluation
    classes: Mapping[str, tuple[int, ...]]
    names: tuple[tuple[int, str], ...]

    def cell(self, name: str, field: str) -> Cell | None:
        """Return the points or the score of the class or row that `name` stands for; None for any other name."""
        key = class_of(name)
        if key == "预算执行" and self.table.execution.points is not None:
            return self._execution(field)
        if key and key in self.classes:
            return self._sum(key, field)
        row = nearest(folded(name.rpartition("-")[2]), self.names)
        return None if row is None else self._row(row, field)

    def has_class(self, name: str) -> bool:
        """Tell whether the table has the class that a name stands for."""
        return class_of(name) in self.classes

    def _execution(self, field: str) -> Cell | None:
        number = getattr(self.table.execution, field)
        return (
            None
            if number is None
            else self._of((f"execution.{field}",), number, f"预算执行的{_FIELDS[field]}")
        )

    def _row(self, at: int, field: str) -> Cell | None:
        row = self.table.indicators[at]
        number = getattr(row, field)
        called = f"“{row.level4 or row.level3}”的{_FIELDS[field]}"
        return None if number is None else self._of((f"indicators.{at}.{field}",), number, called)

    def _sum(self, key: str, field: str) -> Cell | None:
        rows = self.classes[key]
        numbers = [getattr(self.table.indicators[at], field) for at in rows]
        if any(number is None for number in numbers):
            return None
        paths = tuple(f"indicators.{at}.{field}" for at in rows)
        figure = sum_of(in_points(number) for number in numbers)
        called = (
            f"{key}类 {len(rows)} 行{_FIELDS[field]}之和" if len(rows) > 1 else f"{key}类的{_FIELDS[field]}"
        )
        return Cell(self.paper, paths, figure, called)

    def _of(self, paths: tuple[FieldPath, ...], number: Decimal, called: str) -> Cell:
        return Cell(self.paper, paths, in_points(number), called)


def scored(paper: int, table: Evaluation) -> Scored:
    """Return a table as scores see it."""
    rows = [(at, row) for at, row in enumerate(table.indicators) if row.points is not None]
    found: dict[str, list[int]] = {}
    for level in ("level1", "level2"):
        taken = set(found)
        for at, row in rows:
            key = class_of(getattr(row, level))
            if key and key not in taken:
                found.setdefault(key, []).append(at)
    names = tuple((at, folded(_name(row))) for at, row in rows)
    return Scored(paper, table, {key: tuple(at) for key, at in found.items()}, names)


def _name(row: Indicator) -> str:
    return row.level4 or row.level3 or ""


def mark_links(filing: Filing) -> Iterator[Link]:
    """Yield a link for every total, class and row of every report, and for the scores in its sentences."""
    for at, reading in enumerate(filing.readings):
        if isinstance(reading.record, Report):
            tables = [
                scored(paper, table) for paper, table in tables_for(filing, reading.kind) if table.indicators
            ]
            yield from total_links(at, reading.kind, reading.record, filing)
            for said in marks_said(at, reading.record):
                yield _mark_link(said, tables, reading.kind)


def _mark_link(said: Said, tables: list[Scored], kind: Kind) -> Link:
    cells = [cell for table in tables if (cell := table.cell(said.subject, _KIND_OF[said.what])) is not None]
    if cells:
        return linked(said, next((cell for cell in cells if said.figure.agrees_with(cell.figure)), cells[0]))
    if not tables:
        return unlinked(
            said,
            "评价报告自有评分体系，没有所附评分表可对" if kind is Kind.EVALUATION_REPORT else "没有可对的表",
        )
    return unlinked(said, f"表中没有“{said.subject}”这一类或这一行")


def total_links(at: int, kind: Kind, report: Report, filing: Filing) -> Iterator[Link]:
    """Yield the links of a report's total score: the one it ends with and those in its sentences."""
    totals = [
        Cell(paper, ("total_printed",), in_points(table.total_printed), "总分")
        for paper, table in tables_for(filing, kind)
        if table.total_printed is not None
    ]
    for said in _totals_said(at, report):
        agreeing = next((cell for cell in totals if said.figure.agrees_with(cell.figure)), None)
        cell = agreeing or next(iter(totals), None)
        yield linked(said, cell) if cell is not None else unlinked(said, "没有印总分的表可对")


def _totals_said(at: int, report: Report) -> Iterator[Said]:
    if report.total_printed is not None:
        yield Said(
            at, "total_printed", "total_score", "总得分", in_points(report.total_printed), _quoted(report)
        )
    for n, claim in enumerate(report.claims):
        if claim.what == "total_score":
            yield Said(
                at, f"claims.{n}", claim.what, claim.subject, in_points(claim.figure.value), claim.quoted
            )


def _quoted(report: Report) -> str:
    told = (
        c.quoted for c in report.claims if c.what == "total_score" and c.figure.value == report.total_printed
    )
    return next(told, "")


def marks_said(at: int, report: Report) -> Iterator[Said]:
    """Yield the points and scores that a report prints for classes and rows, and those in its sentences."""
    for n, mark in enumerate(report.classes):
        yield from _pair(at, f"classes.{n}", mark.name, mark.points, mark.score_printed)
    for n, row in enumerate(report.indicators):
        yield from _pair(at, f"indicators.{n}", _name(row), row.points, row.score_printed)
    for n, claim in enumerate(report.claims):
        if claim.what in _KIND_OF:
            figure = in_points(claim.figure.value)
            yield Said(at, f"claims.{n}", claim.what, claim.subject, figure, claim.quoted)


def _pair(
    at: int, where: FieldPath, name: str, points: Decimal | None, score: Decimal | None
) -> Iterator[Said]:
    for what, number in (("class_points", points), ("class_score", score)):
        if number is not None:
            yield Said(at, f"{where}.{_KIND_OF[what]}", what, name, in_points(number))
