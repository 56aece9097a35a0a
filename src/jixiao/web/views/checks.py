"""Checking files at once: the first page with its field to drop them on, the rows of a check, the checked paper."""

from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from jixiao import api
from jixiao.errors import JixiaoError
from jixiao.web import access, files
from jixiao.web.actions import checking
from jixiao.web.actions.checking import Judged, Settled
from jixiao.web.checked.showing import page_of
from jixiao.web.checked.waiting import is_ended, lines_of, told
from jixiao.web.forms.checking import Drop, Judging, OneFile, Settling
from jixiao.web.models import Check, CheckedFile, User
from jixiao.web.requests import actor, owner, owner_made

_LAST = 30
_NAME = 240


def _mine(request: HttpRequest) -> tuple[User | None, str]:
    return actor(request).user, owner(request)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the field to drop files on, and the last papers that were checked."""
    held = (
        access.checked_files_of(*_mine(request))
        .select_related("check_of")
        .defer("record", "layout", "review")
    )
    last = held.order_by("-check_of__at", "-check_of", "number")[:_LAST]
    return render(request, "checks/index.html", {"form": Drop(), "last": last})


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Begin a check; with files where the browser sends them all at once, without where it sends them one by one."""
    form = Drop(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "checks/index.html", {"form": form, "last": ()}, status=422)
    check = checking.begin(owner_made(request), form.cleaned_data["scheme"], actor(request))
    for given in form.cleaned_data["dropped"]:
        try:
            _hand_in(request, check, given, given.name or "文件")
        except JixiaoError as error:
            messages.error(request, str(error))
    if request.accepts("text/html"):
        return redirect("check", check.pk)
    return JsonResponse(
        {"add": reverse("check_add", args=[check.pk]), "page": reverse("check", args=[check.pk])}
    )


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add one file to a check; what can't be taken is said in the answer."""
    check = access.check_for(*_mine(request), pk)
    form = OneFile(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"fault": "没有收到文件；请再拖入一次。"}, status=422)
    given = form.cleaned_data["file"]
    try:
        _hand_in(request, check, given, form.cleaned_data["path"] or given.name)
    except JixiaoError as error:
        return JsonResponse({"fault": str(error)}, status=422)
    return JsonResponse({})


def _hand_in(request: HttpRequest, check: Check, given: UploadedFile[Any], name: str) -> CheckedFile:
    named = "/".join(part for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."})[
        -_NAME:
    ]
    data = api.take_in(cast("BinaryIO", given.file), name=named)
    return checking.hand_in(check, named, data, actor(request))


@require_GET
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the rows of a check; they renew themselves until all is done."""
    found = access.check_for(*_mine(request), pk)
    return render(request, "checks/check.html", {**_rows(found), "onward": request.GET.get("onward")})


@require_GET
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the rows alone; when the only file is done, send on to it."""
    found = access.check_for(*_mine(request), pk)
    shown = _rows(found)
    lines = shown["lines"]
    if request.GET.get("onward") and shown["ended"] and isinstance(lines, tuple) and len(lines) == 1:
        only = lines[0].file
        if only.state == CheckedFile.State.DONE:
            return HttpResponse(headers={"HX-Redirect": reverse("checked", args=[only.pk])})
    return render(request, "checks/_rows.html", {**shown, "onward": request.GET.get("onward")})


def _rows(found: Check) -> dict[str, object]:
    lines = lines_of(found)
    ended = bool(lines) and is_ended(found, lines)
    return {"check": found, "lines": lines, "ended": ended, "told": told(lines)}


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a check away with its files."""
    found = access.check_for(*_mine(request), pk)
    checking.take_away(found, actor(request))
    messages.success(request, "已删除这次检查的文件和结果。")
    return redirect("checks")


# ---------------------------------------------------------------- a checked paper


@require_GET
def checked(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a checked paper: as it was sent at the left, what was found at the right."""
    file = access.checked_file_for(*_mine(request), pk)
    if file.state != CheckedFile.State.DONE:
        return redirect("check", file.check_of_id)
    return render(request, "checks/checked.html", _shown(file))


def _shown(file: CheckedFile) -> dict[str, object]:
    beside = file.check_of.files.filter(state=CheckedFile.State.DONE).only("pk", "name")
    return {
        "file": file,
        "page": page_of(file),
        "settlements": file.settlements.filter(finding="").select_related("user"),
        "beside": [one for one in beside if one.pk != file.pk],
        "files": {one.name: one.pk for one in beside},
    }


@require_GET
@cache_control(private=True, max_age=86400)
def picture(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Answer with the picture of a page."""
    file = access.checked_file_for(*_mine(request), pk)
    page = access.found(file.pages.filter(number=number))
    return HttpResponse(files.fetch(page.digest), content_type=page.mime)


@require_POST
def doubt(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle a doubt of reading."""
    file = access.checked_file_for(*_mine(request), pk)
    form = Settling(request.POST)
    if not form.is_valid():
        return _answered(request, file, "；".join(_faults(form)))
    given = form.cleaned_data
    try:
        checking.settle(file.pk, Settled(given["paper"], given["key"], form.said), actor(request))
    except JixiaoError as error:
        return _answered(request, file, str(error))
    return _answered(request, file)


@require_POST
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a finding's change, set the finding aside, or take that back."""
    file = access.checked_file_for(*_mine(request), pk)
    form = Judging(request.POST)
    if not form.is_valid():
        return _answered(request, file, "；".join(_faults(form)))
    given = form.cleaned_data
    try:
        checking.judge(file.pk, Judged(given["finding"], form.accepted, given["reason"]), actor(request))
    except JixiaoError as error:
        return _answered(request, file, str(error))
    return _answered(request, file)


def _faults(form: Settling | Judging) -> list[str]:
    return [str(error) for errors in form.errors.values() for error in errors]


def _answered(request: HttpRequest, file: CheckedFile, fault: str = "") -> HttpResponse:
    """Answer with the paper as it is now, and a sentence where something was not done."""
    if fault:
        messages.error(request, fault)
    if not request.headers.get("HX-Request"):
        return redirect("checked", file.pk)
    now = CheckedFile.objects.select_related("check_of").get(pk=file.pk)
    return render(request, "checks/_paper.html", {**_shown(now), "answer": True})
