"""The cast of the web tests: a county with two departments, their units, and everybody who works with a filing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from jixiao.api import filling
from jixiao.api.filling import Typed
from jixiao.web.actions import Move, drafting
from jixiao.web.drafts.content import begun, put, stage_of
from jixiao.web.log import Actor
from jixiao.web.models import Draft, Membership, Organization, Project, Revision, Submission, User
from jixiao.web.workflow import Action, Role, State

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
    """Make a filing of a unit in a state, without a revision; where its unit types, with a draft of two rows."""
    made = blank(county, name, unit, state)
    if stage_of(made) is not None:
        draft(made)
    return made


# Two indicators: one that is scored by its figures, one in words.
ROWS = (
    {
        "level1": "产出指标", "level2": "数量指标", "level3": "管护农田面积", "sign": "≥", "target": "1200", "unit": "亩",
        "actual": "1100", "points": "60", "reason": "两块农田因修路未管护，已列入下年计划。",
    },
    {
        "level1": "满意度指标", "level2": "服务对象满意度指标", "level3": "农户满意度", "sign": "≥", "target": "90", "unit": "%",
        "actual": "95", "points": "30",
    },
)  # fmt: skip
CELLS = {
    "project.name": "高标准农田管护", "project.department": "青禾县农业农村局", "project.unit": "青禾县农技站",
    "goal.expected": "管护农田 1200 亩。", "goal.actual": "管护农田 1100 亩。",
    "funds.total.initial": "11.28", "funds.total.annual": "11.28", "funds.total.executed": "9.92",
    "funds.fiscal.initial": "11.28", "funds.fiscal.annual": "11.28", "funds.fiscal.executed": "9.92",
}  # fmt: skip


def draft(
    submission: Submission, rows: Sequence[Mapping[str, str]] = ROWS, scheme: str = "anhui-huaiyuan"
) -> Draft:
    """Begin the draft of the stage that a filing is in, with rows."""
    stage = stage_of(submission)
    assert stage is not None
    form = drafting.form_of(stage, scheme)
    known = set(filling.field_keys(form))
    cells = {key: text for key, text in CELLS.items() if key in known}
    typed = filling.onto(Typed(form, submission.year, cells, tuple(rows)), form)
    kept = Draft.objects.get_or_create(submission=submission)[0]
    put(kept, stage, begun(typed, scheme, "从空表开始", None, timezone.now()))
    kept.save()
    return kept


def revision(submission: Submission) -> Revision:
    """Make a revision of the draft of the stage that a filing is in, as sending it would."""
    drafting.finish(submission, Move(Action.SUBMIT, submission.version), Actor(None, timezone.now()))
    submission.save()
    assert submission.revision is not None
    return submission.revision


def blank(
    county: County, name: str = "高标准农田管护", unit: str = "农技站", state: State = State.SELF_DRAFT
) -> Submission:
    """Make a filing of a unit in a state, of which nobody has typed anything."""
    project = Project.objects.create(unit=county.units[unit], name=name)
    return Submission.objects.create(
        project=project,
        year=YEAR,
        unit=project.unit,
        department=project.unit.parent,
        path=project.unit.path,
        state=state,
    )
