"""Links of what departments' reports and project lists state to the tables of the projects that they sum up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jixiao.audit.binding_link import Cell, Link, Said, in_points, linked, unlinked
from jixiao.audit.binding_names import project_core
from jixiao.model.claims import DepartmentReport, ProjectList
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import Figure, sum_of
from jixiao.model.reading import Filing, Kind

_COLUMNS = {"budget": ("annual", "全年预算数"), "executed": ("executed", "全年执行数")}


@dataclass(frozen=True, slots=True)
class Filed:
    """A project's table among many filings: which filing, which paper, under which folded name."""

    filing: int
    paper: int
    name: str
    table: Evaluation

    def money(self, what: str) -> Cell | None:
        """Return the total row's cell of 预算 or 执行."""
        column, heading = _COLUMNS[what]
        figure = getattr(self.table.funds.total, column, None)
        if not isinstance(figure, Figure):
            return None
        called = f"“{self.table.project.name}”的{heading}"
        return Cell(self.paper, (f"funds.total.{column}",), figure, called, self.filing)

    def total(self) -> Cell | None:
        """Return the table's total score."""
        score = self.table.total_printed
        called = f"“{self.table.project.name}”的总分"
        return (
            None
            if score is None
            else Cell(self.paper, ("total_printed",), in_points(score), called, self.filing)
        )


def department_links(filings: Sequence[Filing]) -> Iterator[tuple[int, Link]]:
    """Yield a link for every figure that a department's report or a list states, beside its filing's index."""
    filed = tuple(_filed(filings))
    for n, filing in enumerate(filings):
        for at, reading in enumerate(filing.readings):
            if isinstance(reading.record, DepartmentReport):
                yield from ((n, link) for link in _of_report(at, reading.record, filed))
            if isinstance(reading.record, ProjectList):
                yield from ((n, link) for link in _of_list(at, reading.record, filed))


def _filed(filings: Sequence[Filing]) -> Iterator[Filed]:
    for n, filing in enumerate(filings):
        for at, reading in enumerate(filing.readings):
            if reading.kind is Kind.SELFEVAL_TABLE and isinstance(reading.record, Evaluation):
                yield Filed(n, at, project_core(reading.record.project.name or ""), reading.record)


def _only(name: str, filed: Sequence[Filed]) -> Filed | None:
    """Return the one table of a project, None where none or several bear its name."""
    core = project_core(name)
    found = [one for one in filed if core and one.name == core]
    return found[0] if len(found) == 1 else None


def _of_list(at: int, record: ProjectList, filed: Sequence[Filed]) -> Iterator[Link]:
    for n, line in enumerate(record.projects):
        one = _only(line.name, filed)
        for what, figure in (("budget", line.budget), ("executed", line.executed)):
            if figure is not None:
                said = Said(at, f"projects.{n}.{what}", what, line.name, figure, line.name)
                yield _to(said, one.money(what) if one else None)
        if line.score_printed is not None:
            figure = in_points(line.score_printed)
            said = Said(at, f"projects.{n}.score_printed", "total_score", line.name, figure, line.name)
            yield _to(said, one.total() if one else None)


def _to(said: Said, cell: Cell | None) -> Link:
    return linked(said, cell) if cell is not None else unlinked(said, f"没有找到“{said.subject}”的自评表")


def _of_report(at: int, report: DepartmentReport, filed: Sequence[Filed]) -> Iterator[Link]:
    for what, figure in (("budget", report.budget), ("executed", report.executed)):
        if figure is not None:
            yield _sum_link(Said(at, what, what, "全部项目", figure), report, filed)
    if report.projects is not None:
        said = Said(at, "projects", "count", "项目", Figure(Decimal(report.projects)))
        yield (
            unlinked(said, f"所附自评表 {len(filed)} 张")
            if len(filed) != report.projects
            else linked(said, Cell(filed[0].paper, ("",), said.figure, "所附自评表", filed[0].filing))
        )
    for n, sample in enumerate(report.samples):
        if sample.amount is not None:
            one = _only(sample.project, filed)
            said = Said(at, f"samples.{n}.amount", "amount", sample.project, sample.amount, sample.project)
            yield _to(said, _sample_cell(said, one))


def _sample_cell(said: Said, one: Filed | None) -> Cell | None:
    """Return the spending or the budget of a sampled project, whichever agrees; the spending where neither does."""
    cells = [
        cell for what in ("executed", "budget") if one is not None and (cell := one.money(what)) is not None
    ]
    return next((cell for cell in cells if said.figure.agrees_with(cell.figure)), next(iter(cells), None))


def _sum_link(said: Said, report: DepartmentReport, filed: Sequence[Filed]) -> Link:
    cells = [cell for one in filed if (cell := one.money(said.what)) is not None]
    if not cells or len(cells) != report.projects:
        return unlinked(said, "没有附上全部项目的自评表")
    whole = replace(
        cells[0], figure=sum_of(cell.figure for cell in cells), called=f"{len(cells)} 张自评表合计"
    )
    return linked(said, whole)
