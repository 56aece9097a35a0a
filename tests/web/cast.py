"""The cast of the web tests: a county with two departments, their units, and everybody who works with a filing."""

from dataclasses import dataclass, field

from jixiao.web.models import Membership, Organization, Project, Submission, User
from jixiao.web.workflow import Role, State

PASSWORD = "绿水青山Jx-2026"  # noqa: S105 - of people who don't exist
YEAR = 2025


@dataclass(slots=True)
class County:
    """青禾县: the bureau, departments and units by short names, people by role, and a few filings."""

    bureau: Organization
    departments: dict[str, Organization] = field(default_factory=dict)
    units: dict[str, Organization] = field(default_factory=dict)
    agency: Organization | None = None
    people: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, name: str) -> User:
        return self.people[name]


# name, role, where: 农业 is the department of 农技 and 水务站; 教育 that of 一小, whose people are strangers to it.
CAST = (
    ("填报人", Role.CLERK, "农技站"),
    ("填报人乙", Role.CLERK, "农技站"),
    ("单位负责人", Role.HEAD, "农技站"),
    ("部门审核", Role.DEPARTMENT, "农业农村局"),
    ("财政复核", Role.REVIEWER, "财政局"),
    ("二次复核", Role.REVIEWER, "财政局"),
    ("财政管理", Role.MANAGER, "财政局"),
    ("第三方评价", Role.AGENCY, "评价机构"),
    ("审计只读", Role.AUDITOR, "财政局"),
    ("系统管理员", Role.SYSTEM_ADMIN, "财政局"),
    ("安全管理员", Role.SECURITY_ADMIN, "财政局"),
    ("审计管理员", Role.AUDIT_ADMIN, "财政局"),
    ("外单位填报人", Role.CLERK, "第一小学"),
    ("外部门审核", Role.DEPARTMENT, "教育局"),
)


def county() -> County:
    """Make the county in the database; everybody has the same password, hashed once."""
    kind = Organization.Kind
    bureau = Organization.objects.create(
        name="青禾县财政局", code="100", kind=kind.BUREAU, region="云河省青禾县"
    )
    made = County(bureau)
    for code, name in (("201", "农业农村局"), ("202", "教育局")):
        made.departments[name] = Organization.objects.create(
            name=f"青禾县{name}", code=code, kind=kind.DEPARTMENT, parent=bureau, region="云河省青禾县"
        )
    for code, name, above in (
        ("20101", "农技站", "农业农村局"),
        ("20102", "水务站", "农业农村局"),
        ("20201", "第一小学", "教育局"),
    ):
        made.units[name] = Organization.objects.create(
            name=f"青禾县{name}",
            code=code,
            kind=kind.UNIT,
            parent=made.departments[above],
            region="云河省青禾县",
        )
    made.agency = Organization.objects.create(name="云河评价事务所", code="900", kind=kind.AGENCY)
    places = {"财政局": bureau, "评价机构": made.agency, **made.departments, **made.units}
    known = User(username="x")
    known.set_password(PASSWORD)
    for number, (name, role, where) in enumerate(CAST, 1):
        user = User.objects.create(username=f"u{number:02}", name=name, password=known.password)
        Membership.objects.create(user=user, organization=places[where], role=role)
        made.people[name] = user
    return made


def submission(
    county: County, name: str = "高标准农田管护", unit: str = "农技站", state: State = State.SELF_DRAFT
) -> Submission:
    """Make a filing of a unit in a state, without a revision."""
    project = Project.objects.create(unit=county.units[unit], name=name)
    return Submission.objects.create(
        project=project,
        year=YEAR,
        unit=project.unit,
        department=project.unit.parent,
        path=project.unit.path,
        state=state,
    )
