"""Everything that a URL can be about, near and far, for the matrix of who may do what."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from jixiao.web import files
from jixiao.web.models import (
    Attachment,
    Check,
    CheckedFile,
    Membership,
    Organization,
    Project,
    Reckoning,
    Rectification,
    SavedView,
    Submission,
    Token,
    User,
)
from jixiao.web.workflow import Role, State
from tests.web import filled
from tests.web.cast import County
from tests.web.matrix import MATRIX


@dataclass(frozen=True, slots=True)
class Things:
    """The ids of one side."""

    filing: int
    draft: int  # a filing that its unit writes
    file: int
    draft_file: int
    rectification: int
    check: int
    checked: int
    token: int
    organization: int
    project: int
    person: int
    membership: int
    reckoning: int
    view: int


def urls() -> dict[str, tuple[str, ...]]:
    """Return every URL of the site by its name, with the names of what it takes."""
    return dict(_below(get_resolver().url_patterns, ""))


def _below(patterns, space: str):
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _below(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern) and one.name:
            yield f"{space}{one.name}", tuple(one.pattern.converters)


def near(county: County) -> Things:
    """The things of 农技站 and its clerk."""
    one = filled.filled(county, State.AT_BUREAU)
    draft = filled.filled(county, State.SELF_DRAFT, project="农机补贴")
    return _things(
        (one, draft), (county["填报人"], county["财政管理"]), county.units["水务站"], county["填报人乙"]
    )


def far(county: County) -> Things:
    """The things of the school and its clerk; what an administrator keeps is another county's."""
    one = filled.filled(county, State.AT_BUREAU, project="校舍维修", unit="第一小学")
    draft = filled.filled(county, State.SELF_DRAFT, project="教师培训", unit="第一小学")
    kind = Organization.Kind
    elsewhere = Organization.objects.create(name="白水县财政局", code="800", kind=kind.BUREAU)
    unit = Organization.objects.create(name="白水县水利站", code="801", kind=kind.UNIT, parent=elsewhere)
    person = User.objects.create(username="baishui", name="白水县的人")
    Membership.objects.create(user=person, organization=unit, role=Role.CLERK)
    return _things((one, draft), (county["外单位填报人"], county["外部门审核"]), unit, person)


def _things(
    two: tuple[Submission, Submission], people: tuple[User, User], unit: Organization, person: User
) -> Things:
    one, draft = two
    clerk, official = people
    now = timezone.now()
    digest = files.keep(b"%PDF-1.4 nothing")
    held = [
        Attachment.objects.create(submission=of, name="证.pdf", digest=digest, size=1, author=clerk, at=now)
        for of in two
    ]
    item = Rectification.objects.create(
        submission=one, number=1, problem="漏填", demand="补填", author=clerk, at=now
    )
    check = Check.objects.create(user=clerk, at=now)
    checked = CheckedFile.objects.create(check_of=check, number=1, name="表.pdf", digest=digest, size=1)
    token = Token.objects.create(
        user=clerk, name="接口", digest=f"x{clerk.pk}", scope="papers", created_at=now,
        expires_at=now + timedelta(days=1),
    )  # fmt: skip
    project = Project.objects.create(unit=unit, name="供水管护")
    asked = Reckoning.objects.create(
        kind="likeness", year=one.year, organization=unit, asked_by=official, at=now
    )
    view = SavedView.objects.create(user=official, page="list", name="常用")
    return Things(
        one.pk, draft.pk, *(file.pk for file in held), item.number, check.pk, checked.pk, token.pk, unit.pk,
        project.pk, person.pk, person.memberships.get().pk, asked.pk, view.pk,
    )  # fmt: skip


PK = {
    "filing": "filing", "recheck": "filing", "rectification": "filing", "publication": "filing", "filling": "draft",
    "published": "filing", "check": "check", "checked": "checked", "token": "token", "organization": "organization",
    "project": "project", "person": "person", "membership": "person", "reckoning": "reckoning", "view": "view",
}  # fmt: skip
ODD = {
    "rest:act": "filing",
    "rest:hand_in": "filing",
    "project_add": "organization",
    "membership_end": "membership",
}


def args_of(name: str, takes: tuple[str, ...], things: Things, side: int) -> dict[str, object]:
    """Return what an URL takes, about the things of one side (0 near, 1 far)."""
    given = MATRIX[name].args if name in MATRIX else {}
    made: dict[str, object] = {}
    for word in takes:
        if word in given:
            value = given[word]
            made[word] = value[side] if isinstance(value, tuple) else value
        elif word == "pk":
            what = ODD.get(name) or PK[name.rpartition(":")[2].partition("_")[0]]
            made[word] = getattr(things, what)
        else:
            what = {"rectification": things.rectification, "filling": things.draft_file}
            made[word] = what.get(name.partition("_")[0], things.file)
    return made
