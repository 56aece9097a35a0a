"""Lists from a workbook: a form to fill in, tried first and shown, then brought in as a whole."""

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jixiao import api
from jixiao.errors import UnreadableError
from jixiao.web import access, files
from jixiao.web.bringing_in import running
from jixiao.web.bringing_in.lists import LISTS, List
from jixiao.web.downloads import attachment
from jixiao.web.forms.imports import Upload
from jixiao.web.requests import actor, person

_SALT = "bring in"
_HOUR = 3600


@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask for a list; what is handed in is tried, and shown with all that is wrong."""
    wanted = _wanted(request, kind)
    form = Upload(request.POST or None, request.FILES or None)
    outcome, token = None, ""
    if request.method == "POST" and form.is_valid():
        data, name = form.held()
        try:
            outcome = running.attempt(wanted, running.rows_of(wanted, data, name), actor(request))
        except UnreadableError as error:
            form.add_error("file", str(error))
        else:
            token = "" if outcome.faults else _token(request, kind, files.keep(data), name)
    context = {"list": wanted, "lists": _open_to(request), "form": form, "outcome": outcome, "token": token}
    bad = request.method == "POST" and not token
    return render(request, "imports/import.html", context, status=422 if bad else 200)


@require_POST
def bring_in_confirm(request: HttpRequest, kind: str) -> HttpResponse:
    """Bring in what was tried and shown."""
    wanted = _wanted(request, kind)
    held = _held(request, kind)
    if held is None:
        messages.error(request, "确认的时间过长，或不是刚才试读的那个文件：请重新选择文件。")
        return redirect("bring_in", kind)
    digest, name = held
    rows = running.rows_of(wanted, files.fetch(digest), name)
    outcome = running.bring_in(wanted, rows, actor(request), name)
    if outcome.faults:  # somebody changed something since it was tried
        context = {
            "list": wanted,
            "lists": _open_to(request),
            "form": Upload(),
            "outcome": outcome,
            "token": "",
        }
        return render(request, "imports/import.html", context, status=422)
    messages.success(request, f"已导入{wanted.title} {outcome.rows} 行。")
    if outcome.told:
        return render(request, "people/told.html", {"told": outcome.told})
    return redirect(wanted.back)


@require_safe
def bring_in_template(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the form to fill in, with an example."""
    wanted = _wanted(request, kind)
    data = api.write_table(
        f"{wanted.title}导入模板", (*wanted.heads, *wanted.free), [wanted.example], wanted.notes
    )
    return attachment(data, f"{wanted.title}导入模板.xlsx")


def _open_to(request: HttpRequest) -> list[List]:
    roles = access.all_roles(person(request))
    return [one for one in LISTS.values() if one.role in roles]


def _wanted(request: HttpRequest, kind: str) -> List:
    found = next((one for one in _open_to(request) if one.key == kind), None)
    if found is None:
        raise Http404
    return found


def _token(request: HttpRequest, kind: str, digest: str, name: str) -> str:
    return signing.dumps([person(request).pk, kind, digest, name], salt=_SALT, key=settings.SECRET_KEY)


def _held(request: HttpRequest, kind: str) -> tuple[str, str] | None:
    """Return the digest and name of the file that this person tried lately; None where the form holds no such thing."""
    try:
        whose, what, digest, name = signing.loads(request.POST.get("token", ""), salt=_SALT, max_age=_HOUR)
    except (signing.BadSignature, ValueError):
        return None
    return (digest, name) if (whose, what) == (person(request).pk, kind) else None
