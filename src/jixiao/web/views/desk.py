"""The desk: what waits for a person, what one is told, and what became of what was sent on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from jixiao.web import access, deadlines, desk, places, years
from jixiao.web.actions import judging
from jixiao.web.forms.desk import Read
from jixiao.web.models import LogEntry, Organization, Submission, User
from jixiao.web.requests import actor, person
from jixiao.web.workflow import UNIT, State

_MOST, _SENT, _NOTICES = 100, 20, 12
_LATELY = 500  # entries of the log that are looked through for what one acted on
_TODO = {
    State.TARGETS_DRAFT: "填报目标",
    State.TARGETS_AT_DEPARTMENT: "审核目标",
    State.TARGETS_AT_BUREAU: "批复目标",
    State.MONITORING: "填报运行监控，年终开始自评",
    State.SELF_DRAFT: "填报自评",
    State.AT_DEPARTMENT: "审核自评",
    State.AT_BUREAU: "复核",
    State.SAMPLED: "抽查",
    State.RECTIFYING: "答复整改要求",
    State.RECTIFIED: "确认整改结果",
}
_PAGES = {
    State.AT_BUREAU: "recheck",
    State.RECTIFYING: "rectification",
    State.RECTIFIED: "rectification",
}


@dataclass(frozen=True, slots=True)
class Task:
    """A filing on the desk: what is to be done, on which page, by when."""

    filing: Submission
    todo: str
    page: str
    day: date | None
    light: str
    note: str


def context(request: HttpRequest) -> dict[str, object]:
    """Return what the desk shows."""
    user, year = person(request), years.current(request)
    lying = places.narrowed(request, _lying(user, year)).select_related("project", "unit")
    tasks = sorted(
        _tasks(user, year, lying[:_MOST]), key=lambda task: (task.day is None, task.day or date.max)
    )
    told = user.notices.select_related("submission")
    return {
        "tasks": tasks,
        "more": lying.count() - _MOST if len(tasks) == _MOST else 0,
        "notices": told[:_NOTICES],
        "unread": told.filter(read_at=None).count(),
        "sent": _sent(user, year),
        "may_open": access.organizations_of(user, UNIT).filter(kind=Organization.Kind.UNIT).exists(),
        "sees_filings": access.may_open("filings", user),
    }


def _lying(user: User, year: int) -> QuerySet[Submission]:
    """Return what waits for a person: by role, and for an agency what it was given to evaluate."""
    return Submission.objects.filter(_lies(user, year), year=year)


def _lies(user: User, year: int) -> Q:
    given = list(access.given(user))
    open_ones = Q(state__in=[State.AT_BUREAU.value, State.SAMPLED.value], pk__in=given)
    return desk.by_role(user, year) | open_ones if given else desk.by_role(user, year)


def _sent(user: User, year: int) -> QuerySet[Submission]:
    """Return what a person acted on lately and what isn't on their desk now, the last changed first."""
    acts = LogEntry.objects.filter(actor=user).exclude(submission=None).order_by("-number")
    lately = list(dict.fromkeys(acts.values_list("submission", flat=True)[:_LATELY]))
    seen = access.visible_to(user).filter(year=year, pk__in=lately).exclude(_lies(user, year))
    return seen.select_related("project", "unit").order_by("-changed_at")[:_SENT]


def _tasks(user: User, year: int, lying: QuerySet[Submission]) -> Iterator[Task]:
    today, days = timezone.localdate(), deadlines.laid_down(year)
    own = user.assignments.filter(ended_at=None) if access.given(user) else user.assignments.none()
    mine = set(own.values_list("submission", flat=True))
    for filing in lying:
        state = State(filing.state)
        day = _day(filing, state, days)
        note = "指派给您" if filing.pk in mine else "被退回" if filing.returned else ""
        page = _PAGES.get(state, "filing")
        yield Task(filing, _TODO[state], page, day, deadlines.light(day, today).value, note)


def _day(filing: Submission, state: State, days: deadlines.Days) -> date | None:
    """Return the day by which a filing is to be dealt with: of the stage, or of what is to be put right."""
    if state is State.RECTIFYING:
        return filing.rectifications.exclude(due=None).order_by("due").values_list("due", flat=True).first()
    stage = deadlines.STAGES.get(state)
    return deadlines.nearest(days, filing.path, stage) if stage is not None else None


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark one notice as read, or all."""
    form = Read(request.POST)
    if form.is_valid():
        judging.read_notices(person(request), actor(request), form.cleaned_data["notice"])
    return redirect("home")
