"""Makes the whole county: its offices, its filings of this year and the last, played through their years."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from random import Random

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jixiao.web.demo.county import HURRIED, County, Office, county, deadlines
from jixiao.web.demo.crowd import crowd
from jixiao.web.demo.follow_up import follow
from jixiao.web.demo.papers import Flaw, Names, Paper, paper, topics
from jixiao.web.demo.year import Filing, events, play
from jixiao.web.models import Membership, Notice, Organization, Project, Submission, User
from jixiao.web.workflow import Role, State

_LAST_YEAR = 365
_OLD_NEWS = timedelta(days=3)
_GOALS = (
    State.AT_BUREAU, State.SELF_DRAFT, State.AT_DEPARTMENT, State.ACCEPTED, State.MONITORING, State.AT_BUREAU,
    State.SELF_DRAFT, State.ACCEPTED, State.AT_DEPARTMENT, State.RECTIFYING, State.TARGETS_AT_DEPARTMENT,
    State.AT_BUREAU, State.ACCEPTED, State.SELF_DRAFT, State.SAMPLED, State.AT_DEPARTMENT, State.TARGETS_DRAFT,
    State.PUBLISHED, State.AT_BUREAU, State.RECTIFIED, State.MONITORING, State.ACCEPTED,
    State.TARGETS_AT_BUREAU, State.SELF_DRAFT,
)  # fmt: skip
_FLAWS = (Flaw.NONE, Flaw.SUM, Flaw.NONE, Flaw.SAVING, Flaw.BLANKET, Flaw.COPIED, Flaw.NONE, Flaw.FUNDS,
          Flaw.UNREASONED, Flaw.NONE, Flaw.BLANKET)  # fmt: skip
_LIGHTS = ("green", "green", "amber", "green", "red")
_MAY_BE_LATE = frozenset({State.AT_DEPARTMENT, State.AT_BUREAU})


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: the year, the point of time that counts as now, the seed, how many filings and departments."""

    year: int
    now: datetime
    seed: int = 1
    filings: int = 0
    offices: int = 12


@transaction.atomic
def make(wish: Wish) -> County:
    """Make the county in an empty database; the same wish makes the same one."""
    rng = Random(wish.seed)  # noqa: S311 - a game, no secret
    made = county(topics()[: wish.offices])
    deadlines(made, wish.year, timezone.localdate(wish.now))
    filings = list(_filings(rng, made, wish.year))
    acts = [event for filing in filings for event in events(rng, filing, wish.now)]
    acts.sort(key=lambda event: event.at)
    for event in acts:
        follow(rng, made, event, play(made, event, wish.now))
    Submission.objects.update(changed_at=F("state_since"))
    Notice.objects.filter(at__lt=wish.now - _OLD_NEWS).update(read_at=wish.now)
    more = wish.filings - sum(not filing.shift for filing in filings)
    if more > 0:
        crowd(rng, made, wish.year, more, wish.now)
    return made


def standing() -> bool:
    """Tell whether there is somebody or something already, which a demo must not be mixed with."""
    return Organization.objects.exists() or Membership.objects.exists() or User.objects.exists()


def _filings(rng: Random, made: County, year: int) -> Iterator[Filing]:
    """Yield this year's filings in all states, and last year's of each unit's first project."""
    number = 0
    before: Paper | None = None
    for at, office in enumerate(made.offices):
        for unit, name in product(office.units, office.topic.projects):
            flaw = _FLAWS[number % len(_FLAWS)]
            said = paper(rng, Names(name, office.organization.name, unit.name, year), office.topic, flaw)
            if flaw is Flaw.COPIED and before is not None:
                said = replace(said, sentences=before.sentences)
            before = said
            goal = _GOALS[(number * 7 + at) % len(_GOALS)]
            project = Project.objects.create(unit=unit, name=name, form="f-10")
            one = Filing(
                number, _row(project, year), office, said, goal, light=_LIGHTS[number % len(_LIGHTS)]
            )
            one.sent_back = number % 6 == 1
            one.stays_back = goal is State.SELF_DRAFT and number % 2 == 0
            one.late = at % HURRIED == 0 and goal in _MAY_BE_LATE
            yield one
            number += 1
            if name == office.topic.projects[0]:
                yield _of_last_year(rng, project, office, number)


def _of_last_year(rng: Random, project: Project, office: Office, number: int) -> Filing:
    year = project.submissions.get().year - 1
    names = Names(project.name, office.organization.name, project.unit.name, year)
    goal = State.PUBLISHED if number // 3 % 4 else State.ACCEPTED
    said = paper(rng, names, office.topic, Flaw.NONE)
    return Filing(number, _row(project, year), office, said, goal, shift=_LAST_YEAR, light="green")


def _row(project: Project, year: int) -> Submission:
    unit = project.unit
    return Submission.objects.create(
        project=project, year=year, unit=unit, department=unit.parent, path=unit.path
    )


def cast(made: County) -> list[tuple[str, str, str]]:
    """Return who can log in, for a newcomer to choose from: username, what they are, where."""
    first = made.offices[2] if len(made.offices) > 2 else made.offices[0]  # noqa: PLR2004 - 农业农村局
    places = (
        *((role, first.units[0]) for role in (Role.CLERK, Role.HEAD)), (Role.DEPARTMENT, first.organization),
        *((role, made.bureau) for role in (Role.REVIEWER, Role.MANAGER, Role.AUDITOR)), (Role.AGENCY, made.agency),
        *((role, made.bureau) for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)),
    )  # fmt: skip
    return [
        (user.username, user.name, where.name)
        for role, where in places
        for user in made.people[role, where.pk]
    ]
