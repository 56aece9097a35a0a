"""A new filing of a project and year, empty or from a file that was handed in."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from jixiao import api
from jixiao.errors import TransitionError, UnreadableError
from jixiao.model.reading import Filing, Kind
from jixiao.model.review import Review
from jixiao.web import access, deadlines, files, log, records
from jixiao.web.actions import drafting
from jixiao.web.actions.revising import Said, revise
from jixiao.web.actions.wanted import person
from jixiao.web.log import Act, Actor
from jixiao.web.models import Attachment, Organization, Project, Revision, Submission
from jixiao.web.workflow import STATES, UNIT, State

_STAGES = {State.TARGETS_DRAFT: Revision.Stage.TARGETS, State.SELF_DRAFT: Revision.Stage.SELF}


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that a filing is made from: its name, its bytes, and what was read in it."""

    name: str
    data: bytes
    filing: Filing
    review: Review


@dataclass(frozen=True, slots=True)
class Opening:
    """What is asked for: whose project, of which year, from which stage on, and why where that must be said."""

    unit: Organization
    project: str
    year: int
    start: State
    reason: str = ""
    code: str = ""


def read(name: str, data: bytes, scheme: str | None = None) -> Paper:
    """Read the papers of a file, the filing with a table first.

    Raises:
        UnreadableError: it can't be read, or holds no table of a project.
    """
    filings = api.file_together(api.read_papers(data, name=name))
    found = next((one for one in filings if one.evaluation is not None), None)
    if found is None:
        kinds = {reading.kind for one in filings for reading in one.readings}
        what = "只有报告，没有自评表" if Kind.SELFEVAL_REPORT in kinds else "没有找到自评表或目标申报表"
        raise UnreadableError(f"“{name}”里{what}。请换一份文件，或不带文件新建后在线填报。")
    return Paper(name, data, found, api.review(found, api.choose(found, scheme)))


@transaction.atomic
def open_filing(wanted: Opening, paper: Paper | None, actor: Actor) -> Submission:
    """Make a project's filing of a year; with a file its first revision is as read, and its draft begins with it.

    Raises:
        PermissionDenied: the unit isn't one's own in that year.
        TransitionError: the project has a filing of that year, or a reason is wanting.
    """
    user = person(actor)
    if not access.roles_at(user, wanted.unit.path, wanted.year) & UNIT:
        raise PermissionDenied(f"您不是{wanted.unit}{wanted.year} 年度的填报人，不能替它新建材料。")
    made = _made(wanted)
    late = _late(made, timezone.localdate(actor.at))
    _reasoned(wanted, is_late=late)
    made.late, made.state_since, made.version = late, actor.at, 1
    made.save()
    source = _first_revision(made, paper, actor) if paper is not None else None
    told = f"新建材料，从“{STATES[wanted.start]}”开始" + ("（逾期补报）" if late else "")
    told += f"，由“{paper.name}”识读" if paper is not None else ""
    told += f"。理由：{wanted.reason.strip()}" if wanted.reason.strip() else ""
    details = {"start": wanted.start, "late": late, "file": paper.name if paper is not None else None}
    log.append(actor, Act("open_filing", told, made, details=details))
    if paper is not None:
        start = drafting.Start(
            "file", paper.review.scheme, paper.name, readings=paper.filing.readings, source=source
        )
        drafting.start(made.pk, start, actor)
    return made


def _made(wanted: Opening) -> Submission:
    unit = wanted.unit
    project = Project.objects.select_for_update().get_or_create(
        unit=unit, name=wanted.project.strip(), defaults={"code": wanted.code.strip()}
    )[0]
    if not project.active:
        raise TransitionError(f"项目“{project}”已停用：请核对项目名称，或请系统管理员启用它。")
    if project.submissions.filter(year=wanted.year).exists():
        raise TransitionError(f"“{project}”已有 {wanted.year} 年度的材料：请在“材料”列表里打开它。")
    return Submission(
        project=project,
        year=wanted.year,
        unit=unit,
        department=_department(unit),
        path=unit.path,
        state=wanted.start,
    )


def _department(unit: Organization) -> Organization | None:
    above: Organization | None = unit
    while above is not None and above.kind != Organization.Kind.DEPARTMENT:
        above = above.parent
    return above


def _late(submission: Submission, today: date) -> bool:
    day = deadlines.day_for(submission, deadlines.STAGES[State(submission.state)])
    return day is not None and today > day


def _reasoned(wanted: Opening, *, is_late: bool) -> None:
    if wanted.reason.strip():
        return
    if wanted.start is State.SELF_DRAFT:
        raise TransitionError("直接开始自评的，请写明目标由谁、以什么文件批复：自评要对照批复的目标。")
    if is_late:
        raise TransitionError("这一阶段的截止日期已过：补报请写明理由。")


def _first_revision(made: Submission, paper: Paper, actor: Actor) -> Attachment:
    """Keep what was read as the first revision, and the file itself, so that it can be marked and given back."""
    record = records.record_of(paper.filing.readings)
    source = Attachment.objects.create(
        submission=made, kind=Attachment.Kind.SOURCE, name=paper.name, digest=files.keep(paper.data),
        size=len(paper.data), record=record, author=actor.user, at=actor.at,
    )  # fmt: skip
    revise(made, Said(_STAGES[State(made.state)], record, paper.review, source), actor)
    return source
