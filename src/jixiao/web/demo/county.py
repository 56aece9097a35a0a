"""The offices, units and people of 青禾县, and the days by which its filings are due."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from jixiao.web.demo.papers import Topic
from jixiao.web.models import Deadline, Membership, Organization, User
from jixiao.web.workflow import Role

PASSWORD = "Qinghe-2026-lvshui"  # noqa: S105 - of people who don't exist; printed by the command
REGION = "云河省青禾县"
_STAGE = Deadline.Stage
# Days from today to the end of each stage, as the bureau laid them down; of last year's a year earlier.
DUE = {_STAGE.TARGETS: -300, _STAGE.MONITORING: -60, _STAGE.SELF: 10, _STAGE.DEPARTMENT: 20,
       _STAGE.RECHECK: 50, _STAGE.PUBLISH: 90}  # fmt: skip
HURRIED = 4  # every so manyth department wants its self-evaluations earlier: they are overdue
_EARLIER = -5
_OF_BUREAU = (
    ("manager", "财政管理员", Role.MANAGER), ("reviewer", "财政复核员甲", Role.REVIEWER),
    ("reviewer2", "财政复核员乙", Role.REVIEWER), ("auditor", "审计查阅员", Role.AUDITOR),
    ("sysadmin", "系统管理员", Role.SYSTEM_ADMIN), ("secadmin", "安全管理员", Role.SECURITY_ADMIN),
    ("auditadmin", "审计管理员", Role.AUDIT_ADMIN),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """A department with what it does and its units."""

    topic: Topic
    organization: Organization
    units: tuple[Organization, ...]


@dataclass(slots=True)
class County:
    """Who and what there is; people by what they are and where (the organisation's id)."""

    bureau: Organization
    agency: Organization
    offices: list[Office] = field(default_factory=list)
    people: dict[tuple[Role, int], list[User]] = field(default_factory=dict)

    def person(self, role: Role, where: Organization, number: int = 0) -> User:
        """Return who is something somewhere; of several the one of a number."""
        found = self.people[role, where.pk]
        return found[number % len(found)]


def county(topics: tuple[Topic, ...]) -> County:
    """Make offices, units and people; everybody has the same password, hashed once."""
    kind = Organization.Kind
    bureau = Organization.objects.create(name="青禾县财政局", code="100", kind=kind.BUREAU, region=REGION)
    agency = Organization.objects.create(name="云河绩效评价事务所", code="900", kind=kind.AGENCY)
    made = County(bureau, agency)
    known = User(username="known")
    known.set_password(PASSWORD)
    for username, name, role in _OF_BUREAU:
        _person(made, (username, name, role, bureau), known.password)
    _person(made, ("agency", "评价事务所经办人", Role.AGENCY, agency), known.password)
    for number, topic in enumerate(topics, 1):
        made.offices.append(_office(made, topic, 200 + number, known.password))
    return made


def _office(made: County, topic: Topic, code: int, password: str) -> Office:
    kind = Organization.Kind
    office = Organization.objects.create(
        name=f"青禾县{topic.office}", code=f"{code}", kind=kind.DEPARTMENT, parent=made.bureau, region=REGION
    )
    _person(made, (f"d{code}", f"{topic.office}审核员", Role.DEPARTMENT, office), password)
    units = []
    for at, name in enumerate(topic.units, 1):
        own = f"{code}{at:02}"
        unit = Organization.objects.create(
            name=f"青禾县{name}", code=own, kind=kind.UNIT, parent=office, region=REGION
        )
        _person(made, (f"c{own}", f"{name}填报人", Role.CLERK, unit), password)
        _person(made, (f"h{own}", f"{name}负责人", Role.HEAD, unit), password)
        units.append(unit)
    return Office(topic, office, tuple(units))


def _person(made: County, told: tuple[str, str, Role, Organization], password: str) -> None:
    username, name, role, where = told
    user = User.objects.create(username=username, name=name, password=password)
    Membership.objects.create(user=user, organization=where, role=role)
    made.people.setdefault((role, where.pk), []).append(user)


def deadlines(made: County, year: int, today: date) -> None:
    """Lay down until when this year's and last year's filings are due."""
    for stage, days in DUE.items():
        _due(made.bureau, year, stage, today + timedelta(days=days))
        _due(made.bureau, year - 1, stage, today + timedelta(days=days - 365))
    for office in made.offices[::HURRIED]:
        _due(office.organization, year, _STAGE.SELF, today + timedelta(days=_EARLIER))


def _due(where: Organization, year: int, stage: Deadline.Stage, day: date) -> None:
    Deadline.objects.create(organization=where, year=year, stage=stage, day=day)
