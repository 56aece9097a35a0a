"""The list of the filings that a person sees: filters, order, saved views, a workbook of it, and one act on many."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from jixiao import api
from jixiao.web import access, notices
from jixiao.web.actions import many, views
from jixiao.web.board.rows import ordered, page
from jixiao.web.board.wanted import Wanted, narrowed
from jixiao.web.checked.handing_out import Handed
from jixiao.web.forms.filing_list import Bulk, Filters, ViewName
from jixiao.web.models import Organization, SavedView, Submission
from jixiao.web.requests import actor, person
from jixiao.web.templatetags import jixiao as printed
from jixiao.web.views.board import scope_of
from jixiao.web.views.downloads import attached
from jixiao.web.workflow import BUREAU, STATES, UNIT, Role, State

PAGE = "filings"
_MOST = 5000  # rows of a workbook; a filter brings out the rest
_HEADS = ("项目", "单位", "主管部门", "状态", "逾期", "自评得分", "重算得分", "复核得分", "全年预算数（万元）",
          "执行率", "错误", "需核实", "提示")  # fmt: skip


@require_GET
def filings(request: HttpRequest) -> HttpResponse:
    """Show a page of the list."""
    user, form = person(request), _form(request)
    wanted = form.wanted
    found = _found(request, wanted)
    number = request.GET.get("page", "1")
    roles = access.all_roles(user)
    context = {
        "form": form, "wanted": wanted, "told": page(found, wanted, int(number) if number.isdecimal() else 1),
        "chosen": _chosen(form, wanted), "saved": SavedView.objects.filter(user=user, page=PAGE),
        "address": urlencode(wanted.words), "department": Role.DEPARTMENT in roles,
        "may_open": bool(roles & UNIT), "offices": access.may_open("board", user),
        "bureau": bool(roles & BUREAU), "manager": Role.MANAGER in roles, "reviewers": _reviewers(found, roles),
        "most": many.MOST,
    }  # fmt: skip
    return render(request, "filings/filings.html", context)


def _form(request: HttpRequest) -> Filters:
    return Filters(access.organizations_seen(person(request)), request.GET)


def _found(request: HttpRequest, wanted: Wanted) -> QuerySet[Submission]:
    scope = scope_of(request)
    return narrowed(scope.rows, wanted, scope.overdue)


def _reviewers(found: QuerySet[Submission], roles: frozenset[Role]) -> list[object]:
    some = found.order_by().first() if Role.MANAGER in roles else None
    return list(notices.whose(some, BUREAU)) if some else []


def _chosen(form: Filters, wanted: Wanted) -> list[tuple[str, str]]:
    """Return what is chosen in words, each with the list without it."""
    told = []
    for name, word in wanted.words.items():
        if name in {"order", "up"}:
            continue
        if name in {"department", "unit"}:
            place = Organization.objects.filter(pk=word).first()
            said = f"{'主管部门' if name == 'department' else '单位'}：{place}"
        else:
            field = form.fields[name]
            choices = dict(getattr(field, "choices", ()))
            flag = name in _FLAGS
            said = str(field.label) if flag else f"{field.label}：{choices.get(word, word)}"
        told.append((said, wanted.but(**{name: getattr(Wanted(), name)}).address))
    return told


_FLAGS = ("late", "returned", "full")


@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """Answer with the list as a workbook, in its order, up to a stated number of rows."""
    form = _form(request)
    found = ordered(_found(request, form.wanted), form.wanted)
    rows = found.select_related("project", "unit", "department")[:_MOST]
    said = [f"按清单的条件和顺序导出；最多 {_MOST} 行，多的请分部门导出。"]
    data = api.write_table("年度材料清单", _HEADS, [_texts(one) for one in rows], said)
    return attached(Handed("年度材料清单.xlsx", data))


def _texts(one: Submission) -> tuple[str, ...]:
    return (
        one.project.name, one.unit.name, one.department.name if one.department else "", STATES[State(one.state)],
        "是" if one.late else "", printed.score(one.score_printed), printed.score(one.score),
        printed.score(one.score_rechecked), printed.wan(one.budget), printed.rate(one.rate), str(one.errors),
        str(one.warnings), str(one.notes),
    )  # fmt: skip


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Do one act to all filings that were ticked, and say what came of each that refused."""
    wanted = _form(request).wanted
    form = Bulk(_found(request, wanted), request.POST)
    if not form.is_valid() or not form.ask.picked:
        messages.error(request, "没有办理：请先勾选材料，再选要办的事。")
        return redirect(wanted.address)
    outcomes = many.act(form.ask, actor(request))
    refused = [one for one in outcomes if one.refusal]
    done = len(outcomes) - len(refused)
    if done:
        messages.success(request, f"已办理 {done} 份。")
    if not refused:
        return redirect(wanted.address)
    heads = {"refused": refused, "done": done, "back": wanted.address}
    return render(request, "filings/refused.html", heads, status=200 if done else 409)


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the list's filters under a name."""
    wanted = _form(request).wanted
    form = ViewName(request.POST)
    if form.is_valid():
        views.keep(person(request), PAGE, form.cleaned_data["name"], urlencode(wanted.words))
        messages.success(request, f"已存为“{form.cleaned_data['name']}”。")
    else:
        messages.error(request, "没有保存：请写一个 60 字以内的名称。")
    return redirect(wanted.address)


@require_POST
def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a kept list."""
    found = get_object_or_404(SavedView, pk=pk, user=person(request))
    views.forget(found)
    messages.success(request, f"已删除“{found.name}”。")
    return redirect(PAGE)
