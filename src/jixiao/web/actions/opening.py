"""A new filing of a project and year, with nothing in it yet."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from jixiao.errors import TransitionError
from jixiao.web import access, deadlines, log
from jixiao.web.actions.wanted import person
from jixiao.web.log import Act, Actor
from jixiao.web.models import Organization, Project, Submission
from jixiao.web.workflow import STATES, UNIT, State


@dataclass(frozen=True, slots=True)
class Opening:
    """What is asked for: whose project, of which year, from which stage on, and why where that must be said."""

    unit: Organization
    project: str
    year: int
    start: State
    reason: str = ""
    code: str = ""


@transaction.atomic
def open_filing(wanted: Opening, actor: Actor) -> Submission:
    """Make a project's filing of a year.

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
    told = f"新建材料，从“{STATES[wanted.start]}”开始" + ("（逾期补报）" if late else "")
    told += f"。理由：{wanted.reason.strip()}" if wanted.reason.strip() else ""
    log.append(actor, Act("open_filing", told, made, details={"start": wanted.start, "late": late}))
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
