"""The board of a year: its figures, and one answer a question; each figure leads to the filings behind it."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from jixiao import api
from jixiao.web import access, places, years
from jixiao.web.below import below
from jixiao.web.board.figures import Tally, tallies
from jixiao.web.board.questions import QUESTIONS, Question, Scope
from jixiao.web.board.wanted import Wanted
from jixiao.web.checked.handing_out import Handed
from jixiao.web.models import Organization
from jixiao.web.requests import person
from jixiao.web.tables import Table
from jixiao.web.views.downloads import attached
from jixiao.web.workflow import SEEING


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the line at the top: what is counted, how many, where they are, and how it looks."""

    name: str
    count: int
    address: str
    look: str = ""


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show the line of figures and the departments; the other questions are asked for as they come into sight."""
    scope = scope_of(request)
    whole, parts = tallies(scope.rows, scope.overdue)
    by_department = [
        (one, lines(one, scope.wanted.but(department=one.department.pk if one.department else None)))
        for one in parts
    ]
    context = {
        "scope": scope, "lines": lines(whole, scope.wanted), "by_department": by_department, "whole": whole,
        "questions": list(QUESTIONS.values()), "departments": _departments(request),
    }  # fmt: skip
    return render(request, "board/board.html", context)


def lines(tally: Tally, wanted: Wanted) -> tuple[Line, ...]:
    """Return the figures of a tally with their lists: due, filed, late, sent back, accepted."""
    return (
        Line("应报", tally.due, wanted.address),
        Line("已报", tally.filed, wanted.but(group="filed").address),
        Line("逾期", tally.late, wanted.but(late=True).address, "bad"),
        Line("退回", tally.returned, wanted.but(returned=True).address, "warn"),
        Line("通过", tally.passed, wanted.but(group="passed").address, "good"),
    )


@require_GET
def question(request: HttpRequest, key: str) -> HttpResponse:
    """Answer one question: a part for the board that asks by htmx, else a page of its own."""
    asked = _asked(key)
    scope = scope_of(request)
    context = {"question": asked, "charts": asked.answer(scope), "scope": scope}
    part = bool(request.headers.get("HX-Request"))
    return render(request, "board/_question.html" if part else "board/question.html", context)


@require_GET
def sheet(request: HttpRequest, key: str) -> HttpResponse:
    """Answer with the tables behind a question as a workbook."""
    asked = _asked(key)
    scope = scope_of(request)
    (first, *rest) = (chart.table for chart in asked.answer(scope))
    name = f"{scope.year}年度{asked.title.rstrip('？')}.xlsx"
    return attached(Handed(name, workbook(first, *rest)))


def workbook(first: Table, *rest: Table) -> bytes:
    """Return tables below each other as a workbook, each under its title."""
    heads = [column.title for column in first.columns]
    rows = [[cell.text for cell in row] for row in first.rows]
    for table in rest:
        rows += [[""], [table.title], [column.title for column in table.columns]]
        rows += [[cell.text for cell in row] for row in table.rows]
    return api.write_table(first.title, heads, rows)


def scope_of(request: HttpRequest) -> Scope:
    """Return what a request's board is about; a department of the address narrows it."""
    user, year = person(request), years.current(request)
    place = places.current(request)
    within = below(place.path) if place else Q()
    rows = access.visible_to(user).filter(within, year=year)
    found = access.findings_visible_to(user).filter(within, year=year)
    department = request.GET.get("department", "")
    scope = Scope(rows, found, year, timezone.localdate())
    if not (department.isascii() and department.isdigit()):
        return scope
    key = int(department)
    return Scope(rows.filter(department=key), found.filter(department=key), year, scope.today, key)


def _departments(request: HttpRequest) -> list[Organization]:
    seen = access.organizations_of(person(request), SEEING)
    return list(seen.filter(kind=Organization.Kind.DEPARTMENT))


def _asked(key: str) -> Question:
    if key not in QUESTIONS:
        raise Http404("没有这个问题")
    return QUESTIONS[key]
