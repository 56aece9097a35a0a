"""What is worked out over many filings: texts that are alike, and scores under another rule-book."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from jixiao import api
from jixiao.web import access, years
from jixiao.web.actions import reckoning
from jixiao.web.actions.reckoning import Asked
from jixiao.web.board.changes import Change, changes, in_order
from jixiao.web.board.reckoning import CAPS, PAIRS
from jixiao.web.checked.handing_out import Handed
from jixiao.web.forms.reckonings import Compare, OtherBook
from jixiao.web.models import Job, Organization, Reckoning
from jixiao.web.requests import actor, person
from jixiao.web.views.downloads import attached
from jixiao.web.workflow import SEEING

_PAGE = 100
_HEADS = (
    "项目",
    "单位",
    "主管部门",
    "现口径得分",
    "现口径等级",
    "另一口径得分",
    "另一口径等级",
    "变化",
    "未定的原因",
)
_ALIKE_HEADS = ("相同（%）", "项目一", "单位一", "项目二", "单位二")
Kind = Reckoning.Kind


@require_http_methods(["GET", "POST"])
def likeness(request: HttpRequest) -> HttpResponse:
    """Ask which units' texts are alike, and show what was asked before."""
    form = Compare(_places(request), request.POST or None)
    return _asking(request, form, Kind.LIKENESS)


@require_http_methods(["GET", "POST"])
def other_book(request: HttpRequest) -> HttpResponse:
    """Ask what another rule-book would give, and show what was asked before."""
    form = OtherBook(_places(request), request.POST or None)
    return _asking(request, form, Kind.OTHER_BOOK)


def _asking(request: HttpRequest, form: Compare | OtherBook, kind: Reckoning.Kind) -> HttpResponse:
    user, year = person(request), years.current(request)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        asked = Asked(kind, year, told["organization"], told.get("scheme") or "")
        return redirect("reckoning", reckoning.ask(asked, user, actor(request)).pk)
    before = (
        Reckoning.objects.filter(asked_by=user, kind=kind).select_related("organization").defer("rows")[:20]
    )
    context = {
        "form": form,
        "before": before,
        "kind": kind,
        "title": kind.label,
        "cap": CAPS[kind],
        "pairs": PAIRS,
    }
    return render(request, "board/asking.html", context, status=422 if form.errors else 200)


def _places(request: HttpRequest) -> QuerySet[Organization]:
    return access.organizations_of(person(request), SEEING).exclude(kind="unit")


@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a reckoning is, or what came of it."""
    found = _own(request, pk)
    context: dict[str, object] = {
        "found": found,
        "job": Job.objects.filter(kind="reckoning", subject=str(pk)).first(),
    }
    if request.headers.get("HX-Request") and found.finished_at is None:
        return render(request, "board/_progress.html", context)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    if found.kind == Kind.OTHER_BOOK and found.finished_at is not None:
        context |= _changed(request, found)
    elif found.finished_at is not None:
        context["page"] = Paginator(found.rows, _PAGE).get_page(request.GET.get("page"))
    return render(request, "board/reckoning.html", context)


def _changed(request: HttpRequest, found: Reckoning) -> dict[str, object]:
    all_of = changes(found.rows)
    only = request.GET.get("only", "")
    kept = tuple(c for c in all_of if (only != "grade" or c.regraded) and (only != "score" or c.change))
    rows = in_order(kept, request.GET.get("order", ""), up=request.GET.get("up") == "1")
    return {
        "page": Paginator(rows, _PAGE).get_page(request.GET.get("page")), "only": only,
        "book": api.load_scheme(found.scheme),
        "regraded": sum(c.regraded for c in all_of), "rescored": sum(bool(c.change) for c in all_of),
        "unknown": sum(c.change is None for c in all_of), "count": len(all_of), "order": request.GET.get("order", ""),
        "up": request.GET.get("up") == "1",
    }  # fmt: skip


@require_GET
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with a finished reckoning as a workbook."""
    found = _own(request, pk)
    if found.finished_at is None:
        messages.info(request, "还没有算完，请稍等。")
        return redirect("reckoning", pk)
    name = f"{found.year}年度{found.organization}{found.get_kind_display()}"
    if found.kind == Kind.OTHER_BOOK:
        rows = [_texts(change) for change in in_order(changes(found.rows), "", up=False)]
        said = [f"另一口径：{api.load_scheme(found.scheme).title}"]
        return attached(Handed(f"{name}.xlsx", api.write_table(name, _HEADS, rows, said)))
    pairs = [
        [row["share"], *(row[side][key] for side in ("one", "other") for key in ("project", "unit"))]
        for row in found.rows
    ]
    return attached(Handed(f"{name}.xlsx", api.write_table(name, _ALIKE_HEADS, pairs)))


def _texts(one: Change) -> list[str]:
    figures = ("" if value is None else f"{value:f}" for value in (one.old, one.new, one.change))
    old, new, change = figures
    return [one.project, one.unit, one.department, old, one.old_grade, new, one.new_grade, change, one.why]


def _own(request: HttpRequest, pk: int) -> Reckoning:
    return get_object_or_404(
        Reckoning.objects.select_related("organization"), pk=pk, asked_by=person(request)
    )
