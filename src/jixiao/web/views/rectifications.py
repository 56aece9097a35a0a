"""Putting right: demands made, answered item by item with evidence, closed or sent back."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from jixiao.errors import JixiaoError
from jixiao.web import access, deadlines, filing_page
from jixiao.web.actions import move, rectifying
from jixiao.web.actions.rectifying import Upload
from jixiao.web.filing_page import Told
from jixiao.web.forms.filings import Act, bytes_of, file_name
from jixiao.web.forms.rectifications import Answer, Demands, Settle
from jixiao.web.models import Rectification, Submission
from jixiao.web.requests import actor, person
from jixiao.web.views.filings import around
from jixiao.web.workflow import Action, State

Item = Rectification.State


@require_http_methods(["GET", "POST"])
def rectification(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what must be put right and how far it is; take demands from whoever may make them."""
    user = person(request)
    may = access.Right.VIEW if request.method == "GET" else Action.DEMAND_RECTIFICATION
    submission = access.submission_for(user, pk, may=may)
    found = _found(submission)
    form = Demands(found, request.POST or None, initial={"seen": submission.version})
    if request.method == "POST" and form.is_valid():
        try:
            move(pk, form.move(), actor(request))
        except JixiaoError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "整改要求已发给单位。")
            return redirect("rectification", pk)
    return _page(request, submission, form, status=422 if form.errors else 200)


def _found(submission: Submission) -> tuple[Told, ...]:
    return (
        filing_page.content(submission, submission.revision).findings
        if submission.revision is not None
        else ()
    )


def _page(request: HttpRequest, submission: Submission, form: Demands, status: int) -> HttpResponse:
    roles = access.roles_in(person(request), submission)
    state, today = State(submission.state), timezone.localdate()
    items = list(
        submission.rectifications.select_related("author", "answered_by").prefetch_related("attachments")
    )
    context = around(request, submission, "rectification")
    context |= {
        "form": form,
        "found": form.found.values(),
        "list": [(item, _light(item, today)) for item in items],
        "may_demand": access.allowed(Action.DEMAND_RECTIFICATION, roles, state),
        "may_answer": access.allowed(Action.ANSWER_RECTIFICATION, roles, state),
        "may_settle": access.allowed(Action.CLOSE_RECTIFICATION, roles, state),
        "open": sum(item.state in {Item.OPEN, Item.RETURNED} for item in items),
        "answered": sum(item.state == Item.ANSWERED for item in items),
        "returned": sum(item.state == Item.RETURNED for item in items),
        "answer": Answer(),
        "act": Act(initial={"seen": submission.version}),
    }
    return render(request, "rectifications/rectification.html", context, status=status)


def _light(item: Rectification, today: date) -> str:
    if item.state == Item.CLOSED:
        return ""
    return deadlines.light(item.due, today).value


@require_POST
def answer(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Keep the unit's answer to one item."""
    access.submission_for(person(request), pk, may=Action.ANSWER_RECTIFICATION)
    form = Answer(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, f"请写明第 {number} 条的整改情况。")
        return redirect("rectification", pk)
    uploads = [Upload(file_name(one), bytes_of(one)) for one in form.cleaned_data["proof"]]
    try:
        rectifying.answer(pk, number, form.cleaned_data["answer"], uploads, actor(request))
    except JixiaoError as error:
        messages.error(request, str(error))
    return redirect("rectification", pk)


@require_POST
def settle(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Close one item, or send it back."""
    access.submission_for(person(request), pk, may=Action.CLOSE_RECTIFICATION)
    form = Settle(request.POST)
    if not form.is_valid():
        messages.error(request, "请选“销号”或“退回重改”。")
        return redirect("rectification", pk)
    told = form.cleaned_data
    try:
        rectifying.settle(pk, number, told["verdict"], told["said"], actor(request))
    except JixiaoError as error:
        messages.error(request, str(error))
    return redirect("rectification", pk)
