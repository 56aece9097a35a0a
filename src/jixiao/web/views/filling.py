"""Filling in: the official table as a page, saved with every change, scored and audited meanwhile."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jixiao import api
from jixiao.api import filling as filling_forms
from jixiao.errors import JixiaoError
from jixiao.web import access
from jixiao.web.access import Right
from jixiao.web.actions import arranging, drafting, moving, saving
from jixiao.web.actions.saving import Saved
from jixiao.web.actions.wanted import Move
from jixiao.web.drafts import presence as who
from jixiao.web.drafts.content import Content, content_of, is_locked, shown_stage
from jixiao.web.drafts.live import Live, live_of
from jixiao.web.drafts.sheet import Ground, Page, named, page_of
from jixiao.web.faults import stopped
from jixiao.web.forms.filling import Act, Here, Merge, Paste, Saves, Sending, Settling
from jixiao.web.models import Draft, Submission
from jixiao.web.requests import actor, person
from jixiao.web.templatetags.filling import said
from jixiao.web.views import margin, starting
from jixiao.web.workflow import Action, State

SENDING = {
    State.TARGETS_DRAFT: (Action.SUBMIT_TARGETS, "报送目标"),
    State.MONITORING: (Action.MONITOR, "报送监控表"),
    State.SELF_DRAFT: (Action.SUBMIT, "送审"),
}


@require_GET
def filling(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the table to be filled in; before it was begun, what to begin with; to those who only look, as it stands."""
    submission = access.submission_for(person(request), pk)
    writes = access.allowed(
        Right.WRITE, access.roles_in(person(request), submission), State(submission.state)
    )
    draft, content = _draft(submission)
    if content is None:
        if not writes:
            raise Http404("这份材料还没有开始填写")
        return starting.shown(request, submission)
    if request.headers.get("HX-Request"):  # the page that waited for the file
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(
        request, "filling/filling.html", _context(request, submission, draft, content, writes=writes)
    )


def _draft(submission: Submission) -> tuple[Draft, Content | None]:
    kept = Draft.objects.filter(submission=submission).select_related("changed_by")
    draft = kept.first() or Draft(submission=submission)
    return draft, content_of(draft, shown_stage(submission))


def _context(
    request: HttpRequest, submission: Submission, draft: Draft, content: Content, *, writes: bool
) -> dict[str, object]:
    live = live_of(content)
    sending = SENDING.get(State(submission.state)) if writes else None
    return {
        **_around(submission, draft, content, live),
        "page": _page(submission, content, live, writes=writes), "writes": writes, "sending": sending,
        "stage": shown_stage(submission), "scheme": api.load_scheme(content.scheme),
        "objections": _objections(submission),
        "present": who.others(submission, person(request), timezone.now()),
    }  # fmt: skip


def _objections(submission: Submission) -> list[object]:
    """Return what was said of single rows when the filing was sent back last."""
    found = list(submission.objections.select_related("user").order_by("-at"))
    return [one for one in found if one.revision_id == found[0].revision_id]


def _around(submission: Submission, draft: Draft, content: Content, live: Live) -> dict[str, object]:
    """Return what the parts that run along need: the foot bar, the doubts, the rows that were deleted."""
    return {
        "filing": submission, "draft": draft, "content": content, "live": live, "doubts": content.open_doubts,
        "deleted": content.deleted, "sending": SENDING.get(State(submission.state)),
        "scored": "score" in filling_forms.row_keys(content.form),
    }  # fmt: skip


def _page(submission: Submission, content: Content, live: Live, *, writes: bool) -> Page:
    return page_of(Ground(content, live, is_locked(submission, content), not writes))


@require_http_methods(["GET", "POST"])
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer what stands in the margin of a row (GET), or save cells (POST)."""
    if request.method == "POST":
        return _save(request, pk)
    submission = access.submission_for(person(request), pk)
    _, content = _draft(submission)
    shown = (
        margin.shown(request, submission, content, request.GET.get("row", ""))
        if content is not None
        else None
    )
    if shown is None:
        raise Http404("这一行已经不在表里")
    return shown


def _save(request: HttpRequest, pk: int) -> HttpResponse:
    form = Saves(request.POST)
    if not form.is_valid():
        access.submission_for(person(request), pk, may=Right.WRITE)
        return JsonResponse({"fault": _first(form)}, status=422)
    try:
        done = saving.save(pk, form.cleaned_data["changes"], actor(request))
    except JixiaoError as error:
        return stopped(request, error)
    return _answer(request, done)


def _first(form: Saves | Act | Paste | Merge | Settling | Here | Sending) -> str:
    return next(str(said[0]) for said in form.errors.values())


def _answer(request: HttpRequest, done: Saved, *, anew: bool = False) -> HttpResponse:
    """Answer a save: versions and texts of the rows, what is said of all of them, and a merge where there is one."""
    live = live_of(done.content)
    told = _told(request, done, live)
    if done.clashes:
        told["merge"] = render_to_string("filling/_merge.html", {"clashes": _clashes(done)}, request)
    if anew:
        page = _page(done.submission, done.content, live, writes=True)
        context = {**_around(done.submission, done.draft, done.content, live), "page": page, "writes": True}
        told["sheet"] = render_to_string("filling/_sheet.html", context, request)
    return JsonResponse(told, status=409 if done.clashes else 200)


def _told(request: HttpRequest, done: Saved, live: Live) -> dict[str, object]:
    content = done.content
    told = {name: said(live.below(name)) for name in live.said}
    saved = {name: row for name in done.rows if (row := content.row(name)) is not None}
    return {
        "version": done.draft.version, "ordered": content.ordered, "merged": list(done.merged),
        "rows": {name: [row.version, row.cells, row.name] for name, row in saved.items() if not row.gone},
        "marks": {f"{row}|{key}": mark.value for (row, key), mark in live.marks.items()},
        "worked": {f"{row}|{key}": text for (row, key), text in live.worked.items()},
        "own": dict(live.own), "said": told, "lights": {name: light.value for name, light in live.lights.items()},
        "foot": render_to_string(
            "filling/_foot.html", _around(done.submission, done.draft, content, live), request
        ),
    }  # fmt: skip


def _clashes(done: Saved) -> list[dict[str, object]]:
    return [
        {"one": clash, "cells": [(key, named(key), *texts) for key, texts in clash.cells.items()]}
        for clash in done.clashes
    ]


@require_http_methods(["GET", "POST"])
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the table as it stands (GET); add, delete, bring back or move a row, or paste a block (POST)."""
    if request.method == "GET":
        return _sheet(request, pk)
    access.submission_for(person(request), pk, may=Right.WRITE)
    form: Act | Paste = Paste(request.POST) if request.POST.get("act") == "paste" else Act(request.POST)
    if not form.is_valid():
        return JsonResponse({"fault": _first(form)}, status=422)
    try:
        done = (
            arranging.paste(pk, form.block, actor(request))
            if isinstance(form, Paste)
            else _act(request, pk, form)
        )
    except JixiaoError as error:
        return stopped(request, error)
    return _answer(request, done, anew=True)


def _act(request: HttpRequest, pk: int, form: Act) -> Saved:
    given, whose = form.cleaned_data, actor(request)
    match given["act"]:
        case "add":
            return arranging.add(pk, given["row"], whose, given["opens"])
        case "remove":
            return arranging.remove(pk, given["row"], given["seen"] or 0, whose)
        case "restore":
            return arranging.restore(pk, given["row"], whose)
        case _:
            return arranging.move(pk, given["row"], given["steps"] or 0, whose)


def _sheet(request: HttpRequest, pk: int) -> HttpResponse:
    submission = access.submission_for(person(request), pk)
    draft, content = _draft(submission)
    if content is None:
        raise Http404("这份材料还没有开始填写")
    writes = access.allowed(
        Right.WRITE, access.roles_in(person(request), submission), State(submission.state)
    )
    live = live_of(content)
    page = _page(submission, content, live, writes=writes)
    context = {**_around(submission, draft, content, live), "page": page, "writes": writes}
    told = _told(request, Saved(submission, draft, content), live)
    return JsonResponse({**told, "sheet": render_to_string("filling/_sheet.html", context, request)})


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Save a row as somebody decided it is to stand, against the texts that they decided upon."""
    access.submission_for(person(request), pk, may=Right.WRITE)
    form = Merge(request.POST)
    if not form.is_valid():
        return JsonResponse({"fault": _first(form)}, status=422)
    texts = {
        key.removeprefix("cell:"): str(text) for key, text in request.POST.items() if key.startswith("cell:")
    }
    theirs = {
        key.removeprefix("theirs:"): str(text)
        for key, text in request.POST.items()
        if key.startswith("theirs:")
    }
    try:
        done = saving.save(pk, [form.change(_own(texts, request), theirs)], actor(request))
    except JixiaoError as error:
        return stopped(request, error)
    return _answer(request, done)


def _own(texts: dict[str, str], request: HttpRequest) -> dict[str, str]:
    """Return the chosen texts; where somebody typed a third one, that."""
    return {
        key: request.POST.get(f"own:{key}", "") if text == "own" else text[2:] for key, text in texts.items()
    }


@require_POST
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Note where somebody is, and answer who else is here and what changed since the page was sent."""
    submission = access.alone_for(person(request), pk)
    form = Here(request.POST)
    if not form.is_valid():
        return JsonResponse({"fault": _first(form)}, status=422)
    now, given = timezone.now(), form.cleaned_data
    others = list(who.note(submission, person(request), given["row"], now))
    draft = getattr(submission, "draft", None)
    return JsonResponse({
        "here": render_to_string("filling/_here.html", {"present": others}) if others else "",
        "at": {one.row: one.user.name for one in others if one.row}, "others": len(others),
        "version": draft.version if draft is not None else 0, "rows": _newer(submission, draft, given["version"]),
        "state": submission.state,
    })  # fmt: skip


def _newer(submission: Submission, draft: Draft | None, seen: int) -> dict[str, object]:
    """Return the rows that were saved since a version; a draft that stands as it was isn't read for that."""
    if draft is None or draft.version <= seen:
        return {}
    content = content_of(draft, shown_stage(submission))
    every = content.every() if content is not None else ()
    return {name: [row.version, row.cells, row.name] for name, row in every if row.version > seen}


@require_POST
def doubt(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide a doubt of the file that the draft began with."""
    access.submission_for(person(request), pk, may=Right.WRITE)
    form = Settling(request.POST)
    if not form.is_valid():
        return JsonResponse({"fault": _first(form)}, status=422)
    given = form.cleaned_data
    try:
        drafting.settle(pk, given["number"], given["how"], given["text"], actor(request))
    except JixiaoError as error:
        return stopped(request, error)
    return redirect("filling", pk)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the filing on: a revision is made of the draft, and the filing moves."""
    submission = access.submission_for(person(request), pk, may=Right.WRITE)
    form = Sending(request.POST)
    if not form.is_valid():
        messages.error(request, _first(form))
        return redirect("filling", pk)
    action, title = SENDING[State(submission.state)]
    try:
        moving.move(pk, Move(action, form.cleaned_data["seen"]), actor(request))
    except JixiaoError as error:
        messages.error(request, str(error))
        return redirect("filling", pk)
    messages.success(request, f"已{title}。")
    return redirect("filing", pk)
