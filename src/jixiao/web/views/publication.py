"""Publishing: personal data decided piece by piece, the copy, and the list of what is public."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from jixiao.errors import JixiaoError
from jixiao.telling.file_names import file_name
from jixiao.web import access, files, years
from jixiao.web import publication as public
from jixiao.web.actions import publishing
from jixiao.web.board.wanted import named
from jixiao.web.checked.handing_out import Handed
from jixiao.web.forms.filings import Act
from jixiao.web.forms.publication import Decisions
from jixiao.web.models import Disclosure, Submission
from jixiao.web.requests import actor, person
from jixiao.web.views.downloads import attached
from jixiao.web.views.filings import around
from jixiao.web.workflow import Action, State

_PAGE = 100


@require_http_methods(["GET", "POST"])
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """List the personal data of the copy with what was decided of it, and keep decisions."""
    may = access.Right.VIEW if request.method == "GET" else Action.PUBLISH
    submission = access.submission_for(person(request), pk, may=may)
    said, status = _decided(request, submission) if request.method == "POST" else ("", 200)
    if request.method == "POST" and not said:
        messages.success(request, "已保存。")
        return redirect("publication", pk)
    context = around(request, submission, "publication")
    try:
        found = public.groups(submission)
    except JixiaoError as error:
        found, said = (), str(error)
    kept = Disclosure.objects.filter(revision=submission.revision_id).first()
    context |= {
        "groups": found,
        "left": sum(group.choice is None for group in found),
        "said": said,
        "kept": kept,
        "version": kept.version if kept is not None else 0,
        "act": Act(initial={"seen": submission.version}),
    }
    return render(request, "publication/publication.html", context, status=status)


def _decided(request: HttpRequest, submission: Submission) -> tuple[str, int]:
    """Keep what was decided; return what stands against it with its status, or nothing."""
    data: QueryDict = request.POST
    form = Decisions([group.id for group in public.groups(submission)], data)
    if not form.is_valid():
        return "没有看懂所选内容，请刷新页面后再选。", 422
    try:
        publishing.decide(submission.pk, form.cleaned_data["seen"], form.choices, actor(request))
    except JixiaoError as error:
        return str(error), 409
    return "", 200


@require_GET
def published(request: HttpRequest) -> HttpResponse:
    """List what is public of a year, for whoever has logged in."""
    written = Disclosure.objects.exclude(published_at=None).values("submission")
    held = Submission.objects.filter(year=years.current(request), state=State.PUBLISHED.value, pk__in=written)
    words = request.GET.get("q", "")
    found = named(held, words).select_related("project", "unit").order_by("path", "project__name", "pk")
    page = Paginator(found.prefetch_related("disclosures"), _PAGE).get_page(request.GET.get("page"))
    return render(request, "publication/published.html", {"page": page, "q": words})


@require_GET
def published_file(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Answer with a copy for the public."""
    person(request)
    found = Disclosure.objects.filter(submission=pk, submission__state=State.PUBLISHED.value)
    kept = found.exclude(published_at=None).select_related("submission__project").first()
    if kept is None or what not in kept.files:
        raise Http404("没有这份公开稿，或它已撤回")
    name = file_name(f"{kept.submission.project}（{kept.submission.year}年度公开稿）")
    return attached(Handed(f"{name}.{what}", files.fetch(kept.files[what])))
