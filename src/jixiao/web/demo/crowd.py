"""Quick rows until there are as many filings as a county has: plausible columns, records shared with the real ones.

A list, a board or a page under load needs many rows, not many papers: each quick filing points at the revision of a
real one, has that one's findings, and columns of its own. None has a log, evidence or a re-check.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, product
from random import Random
from typing import TypeVar

from jixiao.web.demo.county import REGION, County
from jixiao.web.models import Found, Membership, Organization, Project, Revision, Submission, User
from jixiao.web.workflow import Role, State

T = TypeVar("T", Project, Submission, Found)
UNITS = 3000
_DEPARTMENTS = 50
_BATCH = 2000
_FULL = 10_000
_RATE = 100_000
_TOWNS = tuple(a + b for a, b in product("东西南北上下青白", "塘溪桥岭湾"))
_KINDS = ("中心小学", "卫生院", "农业服务站", "文化站", "财政所", "水利站", "敬老院", "林业站", "中学", "环卫所",
          "便民服务中心", "畜牧站", "自来水厂", "幼儿园", "广播站")  # fmt: skip
_WORKS = ("设备购置", "校舍维修", "运转经费", "道路养护", "培训", "垃圾清运", "节水改造", "惠民补助",
          "绿化管护", "防火巡护", "健康体检", "图书购置", "清淤", "信息系统运维", "公益岗位补助", "食堂补助",
          "渠道修缮", "路灯更换", "饮水巡检", "宣传活动")  # fmt: skip
_WEIGHTS = {
    State.TARGETS_DRAFT: 2, State.TARGETS_AT_DEPARTMENT: 2, State.TARGETS_AT_BUREAU: 2, State.MONITORING: 6,
    State.SELF_DRAFT: 18, State.AT_DEPARTMENT: 16, State.AT_BUREAU: 20, State.ACCEPTED: 24, State.SAMPLED: 2,
    State.RECTIFYING: 2, State.RECTIFIED: 1, State.PUBLISHED: 5,
}  # fmt: skip
_UNFILED = frozenset(list(_WEIGHTS)[:5])
_DECIDED = frozenset(list(_WEIGHTS)[7:])


@dataclass(frozen=True, slots=True)
class Model:
    """A real filing whose revision and findings quick ones share."""

    row: Submission
    found: tuple[Found, ...]


def crowd(rng: Random, made: County, year: int, count: int, now: datetime) -> None:
    """Add `count` quick filings of a year, spread over 3,000 units."""
    models = _models(year)
    units = _units(made, count)
    names = product(_WORKS, ("", "（一期）", "（二期）", "（续建）"))
    titles = ["".join(pair) for pair in names]
    projects = _made(
        Project,
        (Project(unit=units[n % len(units)], name=_title(titles, n // len(units))) for n in range(count)),
    )
    rows = _made(Submission, (_row(rng, one, year, rng.choice(models), now) for one in projects))
    by_revision = {model.row.revision_id: model.found for model in models}
    _made(Found, (_found(own, one) for one in rows for own in by_revision.get(one.revision_id, ())))


def _title(titles: Sequence[str], number: int) -> str:
    again, at = divmod(number, len(titles))
    return titles[at] + (f"{again + 1}" if again else "")


def _models(year: int) -> list[Model]:
    rows = Submission.objects.filter(year=year, revision__stage=Revision.Stage.SELF).prefetch_related("found")
    return [Model(one, tuple(one.found.all())) for one in rows.order_by("pk")]


def _made(kind: type[T], rows: Iterator[T]) -> list[T]:
    made: list[T] = []
    while batch := list(islice(rows, _BATCH)):
        made += kind._default_manager.bulk_create(batch)  # noqa: SLF001 - Django's own way to name it
    return made


def _units(made: County, count: int) -> list[Organization]:
    """Make departments and units beside the real ones, each unit with a clerk who can log in."""
    kind = Organization.Kind
    known = made.person(Role.MANAGER, made.bureau).password
    offices = [
        Organization(
            name=f"青禾县{town}镇人民政府", code=f"{300 + n}", kind=kind.DEPARTMENT, parent=made.bureau, region=REGION
        )
        for n, town in enumerate(_TOWNS[: _DEPARTMENTS - len(made.offices)])
    ]  # fmt: skip
    _placed(offices)
    wanted = min(UNITS, count)
    units = [
        Organization(
            name=_name(n // len(offices), _TOWNS[n % len(offices)]),
            code=f"{300 + n % len(offices)}{n // len(offices):03}", kind=kind.UNIT, region=REGION,
            parent=offices[n % len(offices)],
        )
        for n in range(wanted)
    ]  # fmt: skip
    _placed(units)
    _people(offices, Role.DEPARTMENT, "d", known)
    _people(units, Role.CLERK, "c", known)
    return units


def _name(number: int, town: str) -> str:
    again, at = divmod(number, len(_KINDS))
    return f"青禾县{town}镇{_KINDS[at]}{again or ''}"


def _placed(rows: list[Organization]) -> None:
    """Make organisations at once, and give each its path, which holds its own number."""
    Organization.objects.bulk_create(rows, batch_size=_BATCH)
    for row in rows:
        row.path = f"{row.parent.path if row.parent else '/'}{row.pk}/"
    Organization.objects.bulk_update(rows, ["path"], batch_size=500)


def _people(places: list[Organization], role: Role, letter: str, password: str) -> None:
    users = [
        User(username=f"{letter}{one.code}", name=f"{one.name}经办人"[-60:], password=password)
        for one in places
    ]
    User.objects.bulk_create(users, batch_size=_BATCH)
    held = (
        Membership(user=user, organization=one, role=role) for user, one in zip(users, places, strict=True)
    )
    Membership.objects.bulk_create(held, batch_size=_BATCH)


def _row(rng: Random, project: Project, year: int, model: Model, now: datetime) -> Submission:
    (state,) = rng.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
    unit, since = project.unit, now - timedelta(minutes=rng.randrange(40 * 1440))
    row = Submission(
        project=project, year=year, unit=unit, department=unit.parent, path=unit.path, state=state, state_since=since,
        version=3, light=rng.choice(("green", "green", "green", "amber", "red", "")),
    )  # fmt: skip
    if state in _UNFILED:
        row.returned = state is State.SELF_DRAFT and rng.randrange(5) == 0
        return row
    row.submitted_at, row.late = since, rng.randrange(11) == 0
    _columns(rng, row, model.row)
    return row


def _columns(rng: Random, row: Submission, model: Submission) -> None:
    """Give a filing columns near those of the real one whose record it shares."""
    for name in ("revision_id", "approved_id", "scheme", "errors", "warnings", "notes", "indicators"):
        setattr(row, name, getattr(model, name))
    row.full_marks = rng.randrange(16) == 0
    row.score_printed = _FULL if row.full_marks else _FULL - min(rng.randrange(2800), rng.randrange(2800))
    row.score = min(_FULL, max(0, row.score_printed + (model.score or 0) - (model.score_printed or 0)))
    row.grade_printed, row.grade = _grade(row.score_printed), _grade(row.score)
    row.rate = _RATE - min(rng.randrange(60_000) for _ in range(3))
    row.budget = rng.randrange(1_000, 300_000) * 10_000
    row.executed = row.budget * row.rate // _RATE
    if State(row.state) in _DECIDED:
        row.score_rechecked = max(0, row.score - min(rng.randrange(900) for _ in range(3)))


def _grade(hundredths: int) -> str:
    return next(
        word for low, word in ((9000, "优"), (8000, "良"), (6000, "中"), (0, "差")) if hundredths >= low
    )


def _found(own: Found, one: Submission) -> Found:
    return Found(
        submission=one, year=one.year, department_id=one.department_id, unit_id=one.unit_id, path=one.path,
        code=own.code, severity=own.severity, count=own.count,
    )  # fmt: skip
