"""What is taken away from checked files."""

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from jixiao.errors import JixiaoError
from jixiao.web import access
from jixiao.web.checked.handing_out import Handed, data, hand_out, list_of
from jixiao.web.models import CheckedFile
from jixiao.web.requests import actor, owner


@require_GET
def of_file(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Answer with a copy, a form, the list of findings or the data of a checked file."""
    file = access.checked_file_for(actor(request).user, owner(request), pk)
    try:
        return attached(hand_out(file, what))
    except JixiaoError as error:
        messages.error(request, str(error))
        return redirect("checked", file.pk)


@require_GET
def of_check(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Answer with the list of findings (list) or the data (data) of all files of a check."""
    check = access.check_for(actor(request).user, owner(request), pk)
    done = list(check.files.filter(state=CheckedFile.State.DONE))
    if what == "list":
        return attached(Handed("问题清单.xlsx", list_of(done)))
    return attached(Handed("检查结果（数据）.json", data(done)))


def attached(handed: Handed) -> HttpResponse:
    """Answer with a file to be kept under its own name."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(handed.name)}"}
    return HttpResponse(handed.data, content_type=handed.mime, headers=headers)
