"""Links of scores: totals, classes and rows of a report to the classes, rows and totals of a table."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from jixiao.audit.binding.link import Cell, Link, Said, in_points, linked, tables_for, texts_in, unlinked
from jixiao.audit.binding.names import class_of, folded, nearest
from jixiao.expressions import expression
from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.figure import sum_of, tidy
from jixiao.model.finding import FieldPath
from jixiao.model.reading import Filing, Kind
from jixiao.model.statements import Claim

_FIELDS = {"points": "分值", "score_printed": "得分"}
_KIND_OF = {"class_points": "points", "class_score": "score_printed"}


Target = tuple[str | int, ...]  # a class by its key, a row by its number; both where a name stands for either
_EXECUTION = "预算执行"
# What one form counts into a class and another beside it.
_ANY = Decimal(10**6)
_YEAR = expression(r"(?:19|20)\d\d(?=年)")
_FOREIGN = expression(r"上年|去年|上一年|平均|均分|最高|最低|整体支出|部门整体")
_BESIDE = {"效益": "满意度", "产出": "成本"}


@dataclass(frozen=True, slots=True)
class Scored:
    """A table as scores see it: its classes with the rows of each, and its rows by folded name."""

    paper: int
    table: Evaluation
    classes: Mapping[str, tuple[int, ...]]
    names: tuple[tuple[int, str], ...]

    def find(self, name: str) -> Target:
        """Return the class or the row that a name stands for, the class first where it may be both."""
        key, plain = class_of(name), folded(name.rpartition("-")[2])
        if key == _EXECUTION and self.table.execution.points is not None:
            return (key,)
        if key and key in self.classes:
            return (key, *(at for at, own in self.names if own == plain))
        row = nearest(plain, self.names)
        return () if row is None else (row,)

    def cells(self, target: Target, field: str) -> tuple[Cell, ...]:
        """Return the points or the score of what was found, then what another way of counting gives."""
        return tuple(cell for one in target for cell in self._cells(one, field) if cell is not None)

    def _cells(self, one: str | int, field: str) -> Iterator[Cell | None]:
        if isinstance(one, int):
            yield self._row(one, field)
        elif one == _EXECUTION and one not in self.classes:
            yield self._execution(field)
        else:
            yield self._sum(one, self.classes[one], field)
            yield from self._counted_otherwise(one, field)

    def _counted_otherwise(self, key: str, field: str) -> Iterator[Cell | None]:
        """Yield a class with and without the class that other forms count into it: 效益 and 满意度, 产出 and 成本."""
        rows, beside = set(self.classes[key]), set(self.classes.get(_BESIDE.get(key, ""), ()))
        if beside and beside != rows:
            yield self._sum(
                key, tuple(sorted(rows | beside if rows.isdisjoint(beside) else rows - beside)), field
            )

    def _execution(self, field: str) -> Cell | None:
        number = getattr(self.table.execution, field)
        called = f"预算执行的{_FIELDS[field]}"
        return None if number is None else self._of(f"execution.{field}", number, called)

    def _row(self, at: int, field: str) -> Cell | None:
        row = self.table.indicators[at]
        number = getattr(row, field)
        called = f"“{row.level4 or row.level3}”的{_FIELDS[field]}"
        return None if number is None else self._of(f"indicators.{at}.{field}", number, called)

    def _sum(self, key: str, rows: tuple[int, ...], field: str) -> Cell | None:
        numbers = [getattr(self.table.indicators[at], field) for at in rows]
        if not rows or any(number is None for number in numbers):
            return None
        paths = tuple(f"indicators.{at}.{field}" for at in rows)
        figure = sum_of(in_points(number) for number in numbers)
        called = (
            f"{key}类 {len(rows)} 行{_FIELDS[field]}之和" if len(rows) > 1 else f"{key}类的{_FIELDS[field]}"
        )
        return Cell(self.paper, paths, figure, called)

    def _of(self, path: FieldPath, number: Decimal, called: str) -> Cell:
        return Cell(self.paper, (path,), in_points(number), called)


def scored(paper: int, table: Evaluation) -> Scored:
    """Return a table as scores see it."""
    rows = [(at, row) for at, row in enumerate(table.indicators) if row.points is not None]
    keys = {name: class_of(name) for _, row in rows for name in (row.level1, row.level2) if name}
    found: dict[str, list[int]] = {}
    for level in ("level1", "level2"):
        taken = set(found)
        for at, row in rows:
            key = keys.get(getattr(row, level) or "", "")
            if key and key not in taken:
                found.setdefault(key, []).append(at)
    names = tuple((at, folded(_name(row))) for at, row in rows)
    return Scored(paper, table, {key: tuple(at) for key, at in found.items()}, names)


def _name(row: Indicator) -> str:
    return row.level4 or row.level3 or ""


def mark_links(filing: Filing) -> Iterator[Link]:
    """Yield a link for every total, class and row of every report, and for the scores in its sentences."""
    for at, kind, report in texts_in(filing):
        yield from total_links(at, kind, report, filing)
        marks = tuple(marks_said(at, report))
        tables = tables_for(filing, kind) if marks else ()
        yield from _linked(marks, [scored(paper, table) for paper, table in tables if table.indicators])


def _linked(marks: tuple[Said, ...], tables: list[Scored]) -> Iterator[Link]:
    """Link marks to the first table that has them, or to the one that agrees; a name is looked for once."""
    targets = [
        (table, {name: table.find(name) for name in {said.subject for said in marks}}) for table in tables
    ]
    cells: dict[tuple[int, Target, str], tuple[Cell, ...]] = {}
    for said in marks:
        field, near = _KIND_OF[said.what], list[Cell]()
        for table, found in targets:
            key = (table.paper, found[said.subject], field)
            if key not in cells:
                cells[key] = table.cells(key[1], field)
            near += cells[key]
        if near:
            yield linked(said, next((c for c in near if said.figure.agrees_with(c.figure)), near[0]))
        else:
            why = f"表中没有“{said.subject}”这一类或这一行" if tables else "没有同一评分体系的表可对"
            yield unlinked(said, why)


def total_links(at: int, kind: Kind, report: Report, filing: Filing) -> Iterator[Link]:
    """Yield the links of a report's total score: the one it ends with and those in its sentences."""
    totals = [
        Cell(paper, ("total_printed",), in_points(table.total_printed), "总分")
        for paper, table in tables_for(filing, kind)
        if table.total_printed is not None
    ]
    for said in _totals_said(at, report):
        if _of_another(said, report):
            yield unlinked(said, "说的是其他年度、其他项目或平均的得分")
            continue
        agreeing = next((cell for cell in totals if said.figure.agrees_with(cell.figure)), None)
        cell = agreeing or next(iter(totals), None)
        yield linked(said, cell) if cell is not None else unlinked(said, "没有印总分的表可对")


def _of_another(said: Said, report: Report) -> bool:
    """Tell whether a sentence tells another year's total, a mean, or the whole unit's."""
    before = said.quoted.partition(f"{said.figure.value:f}")[0]
    years = [int(year) for year in _YEAR.findall(before)]
    foreign = report.year is not None and bool(years) and years[-1] != report.year
    return foreign or _FOREIGN.search(before) is not None


def _totals_said(at: int, report: Report) -> Iterator[Said]:
    if report.total_printed is not None:
        yield Said(
            at, "total_printed", "total_score", "总得分", in_points(report.total_printed), _quoted(report)
        )
    mixed = _mixed_up(report)
    for n, claim in enumerate(report.claims):
        mixed_total = claim.what == "class_score" and (claim.subject, claim.quoted) in mixed
        if claim.what == "total_score" or (mixed_total and _says_total(claim)):
            figure = in_points(claim.figure.value)
            yield Said(at, f"claims.{n}", "total_score", claim.subject, figure, claim.quoted)


def _says_total(claim: Claim) -> bool:
    told = re.escape(f"{claim.figure.value:f}")
    return (
        re.search(rf"(?:综合|总|最终|合计|项目)[^，。；\d]{{0,6}}分[为是:：]*{told}", tidy(claim.quoted))
        is not None
    )


def _mixed_up(report: Report) -> set[tuple[str, str]]:
    """Return subject and sentence of the marks with a score above the points: two numbers of unlike things."""
    most = {(c.subject, c.quoted): c.figure.value for c in report.claims if c.what == "class_points"}
    scores = [(c.subject, c.quoted, c.figure.value) for c in report.claims if c.what == "class_score"]
    return {(name, quoted) for name, quoted, value in scores if value > most.get((name, quoted), _ANY)}


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
    mixed = _mixed_up(report)
    for n, claim in enumerate(report.claims):
        if claim.what in _KIND_OF and (claim.subject, claim.quoted) not in mixed:
            figure = in_points(claim.figure.value)
            yield Said(at, f"claims.{n}", claim.what, claim.subject, figure, claim.quoted)


def _pair(
    at: int, where: FieldPath, name: str, points: Decimal | None, score: Decimal | None
) -> Iterator[Said]:
    if points is not None and score is not None and score > points:
        return  # AR03's, or two numbers read as one mark
    for what, number in (("class_points", points), ("class_score", score)):
        if number is not None:
            yield Said(at, f"{where}.{_KIND_OF[what]}", what, name, in_points(number))
