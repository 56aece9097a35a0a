"""汇总表: makes a list of projects of their tables, and lays such a list out, so that reading gives it back."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jixiao.layout import Block, Layout, Line, Role
from jixiao.model.claims import ListedProject, ProjectList
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import Figure, Unit, figure_of, sum_of
from jixiao.papers.form import Form, load_form
from jixiao.papers.pages.fund_page import said
from jixiao.papers.pages.ruled_sheet import RuledSheet
from jixiao.papers.words import folded

_NUMBERS = frozenset({"number", "budget", "executed", "rate", "score", "grade"})


def summary_of(tables: Sequence[Evaluation]) -> ProjectList:
    """List the projects of some tables in their order, with what each prints.

    Sums stand where every table has the figure; unit and year where all have the same.
    """
    projects = tuple(_listed(table, number) for number, table in enumerate(tables, 1))
    units = {table.project.department for table in tables}
    years = {table.year for table in tables}
    budgets, executed = ([getattr(p, name) for p in projects] for name in ("budget", "executed"))
    total = ListedProject("合计", budget=_sum(budgets), executed=_sum(executed))
    return ProjectList(
        units.pop() if len(units) == 1 else None,
        years.pop() if len(years) == 1 else None,
        projects=projects,
        total=total if total.budget is not None or total.executed is not None else None,
    )


def _listed(table: Evaluation, number: int) -> ListedProject:
    total = table.funds.total
    return ListedProject(
        table.project.name or "", f"{number}", total.annual if total else None, total.executed if total else None,
        table.total_printed, table.execution.rate_printed, table.grade_printed,
    )  # fmt: skip


def _sum(figures: Sequence[Figure | None]) -> Figure | None:
    known = [figure for figure in figures if figure is not None]
    units = {figure.unit for figure in known}
    if not known or len(known) < len(figures) or len(units) > 1:
        return None
    total = sum_of(known)
    return figure_of(f"{total.value:f}", total.unit)


def usual_form(what: ProjectList) -> str:
    """Return the form of a re-check's summary where the list has its scores, else the usual one."""
    again = any(one.label == "复核得分" for project in what.projects for one in project.particulars)
    return "f-recheck-summary" if again else "f-summary"


def lay_out(what: ProjectList, form: str) -> Layout:
    """Lay a list of projects out on a form of papers/forms; UnknownNameError where there is none of that name."""
    printed = load_form(form)
    unit = _unit(what)
    sheet = RuledSheet(printed.widths)
    for column, heading in enumerate(printed.columns):
        money = unit is not None and heading.kind in ("budget", "executed")
        sheet.put(
            column,
            f"{heading.heading}（{unit.name}）" if money and unit else heading.heading,
            role=Role.HEADING,
        )
    sheet.row = 1
    sheet.repeated = (0, 1)
    for project in what.projects:
        _row(sheet, project, printed, unit)
    if what.total is not None:
        _row(sheet, replace(what.total, name=printed.total), printed, unit)
    title = what.title or printed.title
    blocks: tuple[Block, ...] = (*_above(what, title), sheet.grid())
    return Layout(title, blocks, landscape=printed.landscape)


def _above(what: ProjectList, title: str) -> Iterator[Line]:
    yield Line(title, level=0)
    if what.year is not None and str(what.year) not in title:
        yield Line(f"（{what.year}年度）", role=Role.SUBTITLE)
    if what.unit is not None and what.unit not in title:
        yield Line(f"填报单位：{what.unit}")


def _unit(what: ProjectList) -> Unit | None:
    """Return the unit that all the amounts have; None where they differ, and each is then written with its own."""
    lines = [*what.projects, *([what.total] if what.total else [])]
    units = {figure.unit for line in lines for figure in (line.budget, line.executed) if figure is not None}
    return units.pop() if len(units) == 1 else None


def _row(sheet: RuledSheet, line: ListedProject, form: Form, unit: Unit | None) -> None:
    for column, printed in enumerate(form.columns):
        role = Role.NUMBER if printed.kind in _NUMBERS else Role.TEXT
        sheet.put(column, _text(line, printed.kind, printed.heading, unit), role=role)
    sheet.row += 1


def _text(line: ListedProject, kind: str, heading: str, unit: Unit | None) -> str | None:
    if kind == "particular":
        return next((one.text for one in line.particulars if one.label == folded(heading)), None)
    if kind in ("budget", "executed"):
        figure: Figure | None = getattr(line, kind)
        return f"{figure.value:f}" if figure is not None and figure.unit == unit else said(figure)
    return said({
        "number": line.number, "name": line.name, "score": line.score_printed, "rate": line.rate_printed,
        "grade": line.grade_printed,
    }[kind])  # fmt: skip
