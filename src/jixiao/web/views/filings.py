"""Filings: one filing, its history, and a new one."""

from typing import BinaryIO, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jixiao import api
from jixiao.errors import JixiaoError
from jixiao.telling.changes import changes
from jixiao.web import access, filing_files, filing_page, rechecking, records, years
from jixiao.web.access import Right
from jixiao.web.actions import beginning, judging, opening
from jixiao.web.actions.beginning import Given
from jixiao.web.actions.opening import Opening
from jixiao.web.forms.filings import Judge, NewFiling, file_name
from jixiao.web.models import Revision, Submission
from jixiao.web.requests import actor, person
from jixiao.web.views.downloads import attached
from jixiao.web.workflow import STATES, Action, State, Transition

# Acts that have a page of their own, where more is asked than a reason.
ELSEWHERE = {
    Action.DEMAND_RECTIFICATION: "rectification",
    Action.ANSWER_RECTIFICATION: "rectification",
    Action.RETURN_RECTIFICATION: "rectification",
    Action.CLOSE_RECTIFICATION: "rectification",
    Action.PUBLISH: "publication",
}
_ASKING = frozenset({Action.ACCEPT, Action.REASSIGN, Action.PASS_SPOT_CHECK})  # a page, more than a reason
_BACKWARDS = frozenset(
    {
        Action.RETURN,
        Action.RETURN_TARGETS,
        Action.RETURN_RECTIFICATION,
        Action.WITHDRAW,
        Action.UNDO_ACCEPTANCE,
    }
)
_QUIET = frozenset({*_BACKWARDS, Action.RECALL, Action.RECALL_TARGETS, Action.REASSIGN})


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Make a filing, empty or from a file."""
    user = person(request)
    start = {"year": years.current(request)}
    form = NewFiling(user, request.POST or None, request.FILES or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = _opened(request, form)
        except JixiaoError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已新建“{made}”。")
            years.choose(request, made.year)
            return redirect("filling" if form.cleaned_data["file"] else "filing", made.pk)
    return render(request, "filings/new.html", {"form": form}, status=422 if form.errors else 200)


def _opened(request: HttpRequest, form: NewFiling) -> Submission:
    told, given = form.cleaned_data, form.cleaned_data["file"]
    wanted = Opening(
        told["unit"], told["project"], told["year"], State(told["start"]), told["reason"], told["code"]
    )
    if given is None:
        return opening.open_filing(wanted, actor(request))
    name = file_name(given)
    data = api.take_in(cast("BinaryIO", given.file), name=name)
    return beginning.open_with(wanted, Given(name, data, told["unit"].scheme), actor(request))


@require_GET
def filing(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one filing: where it stands, what it says, what was found, what can be done."""
    submission = access.submission_for(person(request), pk)
    context = around(request, submission, "filing")
    if submission.revision is not None:
        context["content"] = filing_page.content(submission, submission.revision)
        context["objections"] = submission.objections.filter(revision=submission.revision).select_related(
            "user"
        )
    context["rechecks"] = rechecking.shown_to(person(request), submission).exclude(done_at=None)
    return render(request, "filings/filing.html", context)


def around(request: HttpRequest, submission: Submission, tab: str) -> dict[str, object]:
    """Return what every page of a filing shows above its own: its state, line of the year, buttons and tabs."""
    user = person(request)
    rows = access.open_to(user, submission)
    roles = access.roles_in(user, submission)
    state = State(submission.state)
    return {
        "filing": submission,
        "tab": tab,
        "steps": filing_page.steps(submission, timezone.localdate()),
        "buttons": [_button(submission, row) for row in rows],
        "may_write": access.allowed(Right.WRITE, roles, state),
        "may_attach": access.allowed(Right.ATTACH, roles, state),
        "may_recheck": access.allowed(Right.RECHECK, roles, state)
        and rechecking.may_recheck(user, submission),
        "may_judge": access.allowed(Right.JUDGE, roles, state),
        "may_publish": access.allowed(Action.PUBLISH, roles, state),
        "offers": filing_files.offers(submission),
        "items": submission.rectifications.count(),
        "files": submission.attachments.filter(withdrawn_at=None, rectification=None).count(),
    }


def _button(submission: Submission, row: Transition) -> dict[str, object]:
    look = (
        "btn-primary"
        if row.action not in _QUIET
        else "btn-outline-danger"
        if row.action in _BACKWARDS
        else ""
    )
    return {
        "target": STATES[row.target], "row": row, "look": look, "elsewhere": ELSEWHERE.get(row.action, ""),
        "pk": submission.pk, "plain": not row.reasoned and row.action not in _ASKING,
    }  # fmt: skip


@require_GET
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the revisions of a filing, what changed between two of them, and the log."""
    user = person(request)
    submission = access.submission_for(user, pk)
    revisions = list(submission.revisions.defer("record", "review").select_related("author"))
    context = around(request, submission, "history")
    context["revisions"] = revisions
    context["log"] = submission.log.order_by("-number").select_related("actor")
    if len(revisions) > 1:
        old = _chosen(revisions, request.GET.get("from"), revisions[-2])
        new_one = _chosen(revisions, request.GET.get("to"), revisions[-1])
        context |= {"old": old, "new": new_one, "changes": _compared(old, new_one)}
    return render(request, "filings/history.html", context)


def _chosen(revisions: list[Revision], number: str | None, usual: Revision) -> Revision:
    return next((one for one in revisions if str(one.number) == number), usual)


def _compared(old: Revision, new_one: Revision) -> list[object]:
    """Return what changed between the papers of two revisions; papers are paired by their kind."""
    before = {reading.kind: reading for reading in records.review_of(old).filing.readings}
    after = {reading.kind: reading for reading in records.review_of(new_one).filing.readings}
    return [
        change
        for kind, reading in after.items()
        if kind in before
        for change in changes(before[kind], reading)
    ]


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what a person says of a finding."""
    access.submission_for(person(request), pk, may=Right.JUDGE)
    form = Judge(request.POST)
    if not form.is_valid():
        messages.error(request, "请选“属实”或“不属实”。")
        return redirect("filing", pk)
    told = form.cleaned_data
    try:
        judging.judge(pk, told["finding"], told["reason"], actor(request), holds=told["holds"])
    except JixiaoError as error:
        messages.error(request, str(error))
    return redirect("filing", pk)


@require_GET
def download(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Answer with a form, the list of findings, the marked file, a draft or the data of a filing."""
    submission = access.submission_for(person(request), pk)
    try:
        return attached(filing_files.hand_out(submission, what))
    except JixiaoError as error:
        messages.error(request, str(error))
        return redirect("filing", pk)
