"""The filings of a year: listed, seen whole, opened from a file, moved on; as far as the key's person may."""

from typing import Annotated, BinaryIO, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import File, Form, Path, Query, Router, Status, UploadedFile

from jixiao import api
from jixiao.errors import UnreadableError
from jixiao.telling.answers import findings_of, papers_read
from jixiao.web import access, files, records
from jixiao.web.access import Right
from jixiao.web.actions import Move, beginning, move
from jixiao.web.actions.beginning import Given
from jixiao.web.actions.opening import Opening
from jixiao.web.checked.waiting import words_for
from jixiao.web.models import Beginning, Job, Organization, Submission, User
from jixiao.web.requests import person
from jixiao.web.rest.keys import Key, acting
from jixiao.web.rest.shapes import Act, Fault, Filing, Filings, FilingWhole, Keys, Opened, Waiting
from jixiao.web.workflow import UNIT, Action, State

router = Router(tags=["年度材料"])
_READ, _WRITE = Key("filings:read"), Key("filings:write")
_FAULTS = {401: Fault, 403: Fault, 404: Fault, 413: Fault, 422: Fault, 429: Fault, 503: Fault}
_SIZE, _MOST = 100, 2_147_483_647
_SOON = "2"  # seconds until it is worth asking how far the reading of a file is
Number = Annotated[int, Path(ge=1, le=_MOST)]
Paper = Annotated[UploadedFile, File(description="自评表，或自评表与自评报告合在一起的文件")]


@router.get(
    "", response={200: Filings, **_FAULTS}, auth=_READ, operation_id="list_filings", url_name="filings"
)
def listed(
    request: HttpRequest,
    year: Annotated[int | None, Query(ge=2000, le=2100)] = None,
    state: State | None = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Keys:
    """列出看得到的材料，每页一百份，按编号。"""
    found = access.visible_to(person(request)).select_related("project", "unit", "department").order_by("pk")
    found = found.filter(year=year) if year is not None else found
    found = found.filter(state=state) if state is not None else found
    rows = list(found[(page - 1) * _SIZE : page * _SIZE + 1])
    more = page + 1 if len(rows) > _SIZE else None
    return {"filings": [_summary(one) for one in rows[:_SIZE]], "count": found.count(), "next": more}


@router.get(
    "/{pk}", response={200: FilingWhole, **_FAULTS}, auth=_READ, operation_id="get_filing", url_name="filing"
)
def one(request: HttpRequest, pk: Number) -> Keys:
    """一份材料的全部：写了什么，重算的得分，有哪些问题，现在能怎样办理。"""
    return _whole(person(request), access.submission_for(person(request), pk))


@router.post(
    "",
    response={202: FilingWhole, 409: Fault, **_FAULTS},
    auth=_WRITE,
    operation_id="open_filing",
    url_name="open",
)
def opened(
    request: HttpRequest,
    response: HttpResponse,
    file: Paper,
    told: Annotated[Opened, Form()],
) -> Status[Keys]:
    """从一份文件新建某个项目某一年度的材料；文件在后台识读，进度见 Location 所指材料的 reading。送审另行办理。"""
    user = person(request)
    units = access.organizations_of(user, UNIT)
    unit = units.filter(code=told.unit_code, kind=Organization.Kind.UNIT, active=True).first()
    if unit is None:
        raise PermissionDenied(f"没有编码为“{told.unit_code}”的单位，或您不是它的填报人。")
    wanted = Opening(unit, told.project, told.year, State.SELF_DRAFT, told.reason)
    made = beginning.open_with(wanted, _given(file, unit.scheme), acting(request, user))
    return _taken(response, user, made)


@router.post(
    "/{pk}/file",
    response={202: FilingWhole, 409: Fault, **_FAULTS},
    auth=_WRITE,
    operation_id="hand_in_file",
    url_name="hand_in",
)
def handed_in(request: HttpRequest, response: HttpResponse, pk: Number, file: Paper) -> Status[Keys]:
    """从一份文件开始填写已有的材料，还没有开始填的才可以；前一份没有读成的，这样另交一份。"""
    user = person(request)
    one = access.submission_for(user, pk, may=Right.WRITE)
    beginning.hand_in(pk, _given(file, one.scheme or one.unit.scheme), acting(request, user))
    return _taken(response, user, one)


def _given(file: UploadedFile, scheme: str) -> Given:
    name = files.plain(file.name)
    data = api.take_in(cast("BinaryIO", file.file), name=name)
    if not data:
        raise UnreadableError(f"“{name}”是空的：请核对是否选错了文件，或文件是否传完整。")
    return Given(name, data, scheme, revises=True)


def _taken(response: HttpResponse, user: User, one: Submission) -> Status[Keys]:
    response["Location"], response["Retry-After"] = reverse("rest:filing", args=[one.pk]), _SOON
    return Status(202, _whole(user, one))


@router.post(
    "/{pk}/actions/{action}",
    response={200: FilingWhole, 409: Fault, **_FAULTS},
    auth=_WRITE,
    operation_id="act_on_filing",
    url_name="act",
)
def acted(request: HttpRequest, pk: Number, action: Action, body: Act) -> Keys:
    """办理：送审、退回、通过等，与网页上的按钮相同；seen 是看到的 version。"""
    user = person(request)
    try:
        moved = move(pk, Move(action, body.seen, body.reason), acting(request, user))
    except Submission.DoesNotExist as error:
        raise Http404 from error
    return _whole(user, moved)


def _summary(one: Submission) -> Keys:
    return Filing(
        id=one.pk,
        year=one.year,
        project=one.project.name,
        unit=one.unit.name,
        unit_code=one.unit.code,
        department=one.department.name if one.department else None,
        state=one.state,
        state_words=one.get_state_display(),
        version=one.version,
        late=one.late,
        scheme=one.scheme or None,
        score_printed=_points(one.score_printed),
        score=_points(one.score),
        score_rechecked=_points(one.score_rechecked),
        grade_printed=one.grade_printed or None,
        grade=one.grade or None,
        errors=one.errors,
        warnings=one.warnings,
    ).model_dump()


def _points(hundredths: int | None) -> str | None:
    return None if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02}"


def _whole(user: User, one: Submission) -> Keys:
    found: Keys = {
        "filing": _summary(one),
        "actions": [row.action for row in access.open_to(user, one)],
        "reading": _waiting(one),
    }
    if one.revision is None:
        return {**found, "read": None, "check": None}
    done = records.done_of(one.revision)
    check: Keys = dict(findings_of([done]))
    check["findings"] = list(check["findings"])
    return {**found, "read": papers_read(done.review.filing.readings), "check": check}


def _waiting(one: Submission) -> Keys | None:
    found = Beginning.objects.filter(submission=one).first()
    if found is None:
        return None
    job = beginning.job_of(found)
    state = job.state if job is not None else Job.State.WAITING
    failed = job is not None and state == Job.State.FAILED
    said = job.message if job is not None and failed else words_for(found.name, job)
    return Waiting(file=found.name, state=state, message=said).model_dump()
