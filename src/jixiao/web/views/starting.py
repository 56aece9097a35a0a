"""Where a draft begins: the page that asks, what was chosen there, the page that waits while a file is being read."""

from dataclasses import dataclass
from typing import BinaryIO, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from jixiao import api
from jixiao.api import filling
from jixiao.errors import JixiaoError
from jixiao.schemes import find_scheme
from jixiao.web import access
from jixiao.web.access import Right
from jixiao.web.actions import beginning, drafting
from jixiao.web.actions.beginning import Given
from jixiao.web.actions.drafting import Start
from jixiao.web.checked.waiting import words_for
from jixiao.web.drafts.content import Stage, shown_stage
from jixiao.web.forms.filings import file_name
from jixiao.web.forms.filling import Starting, unfillable
from jixiao.web.models import Beginning, Job, Submission
from jixiao.web.requests import actor, person

_USUAL = "national-2020"


@dataclass(frozen=True, slots=True)
class Way:
    """What a draft can begin with: its word, its title, what comes of it."""

    what: str
    title: str
    said: str


def shown(request: HttpRequest, submission: Submission) -> HttpResponse:
    """Answer with what to begin with, or, while a file is being read, with what is going on."""
    found = Beginning.objects.filter(submission=submission).select_related("author").first()
    job = beginning.job_of(found) if found is not None else None
    waits = found is not None and (job is None or job.state != Job.State.FAILED)
    asked = request.headers.get("HX-Request")
    if waits and found is not None:
        context = {"filing": submission, "found": found, "said": words_for(found.name, job)}
        context["stage"] = shown_stage(submission)
        return render(request, f"filling/{'_' if asked else ''}waiting.html", context)
    if asked:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = _choosing(submission, Starting())
    context["unread"] = job.message if job is not None else ""
    return render(request, "filling/start.html", context)


def _choosing(submission: Submission, form: Starting) -> dict[str, object]:
    usual = _usual(submission)
    ways = ways_for(submission)
    known = {key for key, _ in form.fields["scheme"].choices}  # type: ignore[attr-defined]
    form.fields["scheme"].initial = usual if usual in known else _USUAL
    return {
        "filing": submission, "form": form, "stage": shown_stage(submission),
        "beginnings": ways, "chosen": form.data.get("what") or ways[0].what,
        "unfillable": unfillable(),
    }  # fmt: skip


def ways_for(submission: Submission) -> tuple[Way, ...]:
    """Return what a draft of the filing can begin with, what is meant most first."""
    stage = shown_stage(submission)
    form = drafting.form_of(stage, _usual(submission))
    approved, last = submission.approved, drafting.last_year(submission, form)
    if not filling.holds_targets(form):
        approved = None
    if approved is not None and stage is not Stage.TARGETS:
        title = f"批复的绩效目标（第 {approved.number} 稿，{localtime(approved.at):%Y-%m-%d}）"
        return (
            Way("approved", title, "目标、指标值、分值照批复带入并锁定，只填完成情况。"),
            Way(
                "file",
                "批复的目标，完成情况取自已有的文件",
                "按三级指标名称对应，带入完成值、得分、原因和资金数。",
            ),
        )
    ways = (
        Way("blank", "空表", "按评分口径的表样，列出常用的指标类别；评分表列出口径规定的各级指标和分值。"),
        Way("file", "已有的文件", "读出表中的内容；认不准的地方会列出来，请逐处确认。"),
    )
    if last is None:
        return ways
    what, said = (
        ("目标", "带入指标名称、指标值、分值，不带入完成情况和得分。")
        if filling.holds_targets(form)
        else ("评分表", "带入各级指标名称和分值，不带入评分说明和得分。")
    )
    return (Way("last", f"上年（{last.submission.year} 年度）的{what}", said), *ways)


def _usual(submission: Submission) -> str:
    """Return the rule-book of the filing, else that of the unit's place and the year."""
    return submission.scheme or find_scheme(submission.unit.region, submission.year).id


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a draft, or hand in the file that it is to begin with."""
    submission = access.submission_for(person(request), pk, may=Right.WRITE)
    form = Starting(request.POST, request.FILES)
    if form.is_valid():
        try:
            _start(request, pk, form)
        except JixiaoError as error:
            form.add_error(None, str(error))
        else:
            return redirect("filling", pk)
    return render(request, "filling/start.html", _choosing(submission, form), status=422)


def _start(request: HttpRequest, pk: int, form: Starting) -> None:
    told = form.cleaned_data
    if told["what"] != "file":
        drafting.start(pk, Start(told["what"], told["scheme"], form=told["form"]), actor(request))
        return
    name = file_name(told["file"])
    data = api.take_in(cast("BinaryIO", told["file"].file), name=name)
    beginning.hand_in(pk, Given(name, data, told["scheme"], told["form"]), actor(request))


@require_POST
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget the file that is being read, so that something else can be begun with."""
    access.submission_for(person(request), pk, may=Right.WRITE)
    beginning.call_off(pk, actor(request))
    return redirect("filling", pk)
