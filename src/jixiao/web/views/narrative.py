"""The report beside the table, and the evidence of its rows."""

from typing import BinaryIO, cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from jixiao import api
from jixiao.errors import JixiaoError
from jixiao.web import access
from jixiao.web.access import Right
from jixiao.web.actions import attaching, narrating
from jixiao.web.actions.saving import Saved
from jixiao.web.drafts.content import Content, content_of, shown_stage
from jixiao.web.drafts.live import live_of
from jixiao.web.drafts.narrative import blanks, report
from jixiao.web.faults import stopped
from jixiao.web.forms.filling import Evidence, Writing
from jixiao.web.models import Draft, Submission
from jixiao.web.requests import actor, person
from jixiao.web.views import margin
from jixiao.web.workflow import State


@require_http_methods(["GET", "POST"])
def narrative(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the report as it stands (GET); take it up, drop it, or save a paragraph (POST)."""
    if request.method == "GET":
        return _report(request, access.submission_for(person(request), pk))
    submission = access.submission_for(person(request), pk, may=Right.WRITE)
    form = Writing(request.POST)
    if not form.is_valid():
        return JsonResponse({"fault": "没有看懂要保存的内容：请刷新页面后再试。"}, status=422)
    given, whose = form.cleaned_data, actor(request)
    try:
        if given["act"] == "write":
            done = narrating.write(pk, given["key"], given["text"], given["seen"] or 0, whose)
        else:
            done = (narrating.take_up if given["act"] == "take_up" else narrating.drop)(pk, whose)
    except JixiaoError as error:
        return stopped(request, error)
    return _report(request, submission, done)


def _report(request: HttpRequest, submission: Submission, done: Saved | None = None) -> HttpResponse:
    content = done.content if done is not None else _content(submission)
    context: dict[str, object] = {"filing": submission, "content": content}
    try:
        live = live_of(content)
        context["paragraphs"] = paragraphs = report(content, live.filled)
        context["blanks"] = blanks(paragraphs)
        context["ids"] = {f"indicators.{n}": content.order[at] for n, at in live.filled.at.items()}
    except JixiaoError as error:
        context["fault"] = str(error)
    context["clashes"] = done.clashes if done is not None else ()
    context["writes"] = access.allowed(
        Right.WRITE, access.roles_in(person(request), submission), State(submission.state)
    )
    return render(request, "filling/_narrative.html", context, status=409 if context["clashes"] else 200)


def _content(submission: Submission) -> Content:
    content = content_of(Draft.objects.filter(submission=submission).first(), shown_stage(submission))
    if content is None:
        raise Http404("这份材料还没有开始填写")
    return content


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file as evidence of a row."""
    submission = access.submission_for(person(request), pk, may=Right.ATTACH)
    form = Evidence(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"fault": "请选择要上传的文件；文件名不要超过 200 个字。"}, status=422)
    given = form.cleaned_data
    try:
        data = api.take_in(cast("BinaryIO", given["file"].file), name=given["file"].name)
        told = attaching.Evidence(given["file"].name, data, given["row"], given["anchor"].strip())
        attaching.attach(pk, told, actor(request))
    except JixiaoError as error:
        return stopped(request, error)
    return _margin(request, submission, given["row"])


@require_POST
def take_back(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take evidence back; it stays kept, marked so."""
    submission = access.submission_for(person(request), pk, may=Right.ATTACH)
    gone = attaching.take_back(pk, number, actor(request))
    return _margin(request, submission, gone.row)


def _margin(request: HttpRequest, submission: Submission, row: str) -> HttpResponse:
    return margin.shown(request, submission, _content(submission), row) or redirect(
        "filing_files", submission.pk
    )
