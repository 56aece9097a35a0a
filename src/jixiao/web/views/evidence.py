"""The files of a filing: handed in, taken back, fetched."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jixiao.errors import JixiaoError
from jixiao.web import access, files, records
from jixiao.web.access import Right
from jixiao.web.actions import attaching
from jixiao.web.checked.handing_out import Handed
from jixiao.web.forms.filings import Evidence, bytes_of, file_name
from jixiao.web.models import Submission
from jixiao.web.records import Row
from jixiao.web.requests import actor, person
from jixiao.web.views.downloads import attached
from jixiao.web.views.filings import around


@require_http_methods(["GET", "POST"])
def filing_files(request: HttpRequest, pk: int) -> HttpResponse:
    """List the files of a filing, and take another."""
    may = Right.VIEW if request.method == "GET" else Right.ATTACH
    submission = access.submission_for(person(request), pk, may=may)
    rows = _rows(submission)
    form = Evidence(rows, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        given = attaching.Evidence(
            file_name(told["file"]), bytes_of(told["file"]), told["row"], told["anchor"].strip()
        )
        try:
            made = attaching.attach(pk, given, actor(request))
        except JixiaoError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, f"已上传“{made.name}”。")
            return redirect("filing_files", pk)
    context = around(request, submission, "files")
    names = {row.key: row.name for row in rows}
    kept = submission.attachments.select_related("author", "rectification")
    context |= {"form": form, "kept": [(one, names.get(one.row, "")) for one in kept]}
    return render(request, "filings/files.html", context, status=422 if form.errors else 200)


def _rows(submission: Submission) -> tuple[Row, ...]:
    if submission.revision is None:
        return ()
    return records.rows_of(records.review_of(submission.revision))


@require_POST
def withdraw(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take a file back."""
    access.submission_for(person(request), pk, may=Right.ATTACH)
    gone = attaching.take_back(pk, number, actor(request))
    messages.success(request, f"已撤下“{gone.name}”。")
    return redirect("filing_files", pk)


@require_GET
def file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Answer with a file as it was handed in."""
    submission = access.submission_for(person(request), pk)
    found = submission.attachments.filter(pk=number).first()
    if found is None:
        raise Http404("没有这个附件")
    return attached(Handed(found.name, files.fetch(found.digest)))
