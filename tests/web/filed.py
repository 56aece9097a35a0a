"""Filings with columns and findings as `actions.revising` would have written them, for the tests of lists and boards."""

from django.utils import timezone

from jixiao.web.actions import Said, revise
from jixiao.web.demo.papers import Flaw, Names, Paper, evaluated, paper, topics
from jixiao.web.demo.year import reviewed
from jixiao.web.log import Actor
from jixiao.web.models import Found, Revision, Submission
from jixiao.web.records import record_of
from jixiao.web.workflow import State
from tests.web import cast
from tests.web.cast import County


def filed(
    county: County, name: str, unit: str = "农技站", state: State = State.AT_BUREAU, **columns: object
) -> Submission:
    """Make a filing that looks handed in: its columns as given."""
    one = cast.submission(county, name, unit, state)
    told = {
        "score_printed": 9500,
        "score": 9500,
        "rate": 95_000,
        "budget": 10_000_000,
        "state_since": timezone.now(),
    }
    for key, value in {**told, **columns}.items():
        setattr(one, key, value)
    one.save()
    return one


def found(one: Submission, code: str = "AR04", severity: str = "error", count: int = 1) -> Found:
    """Count a finding of a filing."""
    return Found.objects.create(
        submission=one, year=one.year, department=one.department, unit=one.unit, path=one.path, code=code,
        severity=severity, count=count,
    )  # fmt: skip


def revised(county: County, one: Submission, said: Paper) -> Submission:
    """Give a filing a real revision of a paper."""
    readings, review = reviewed(evaluated(said), f"{one.project.name}.txt", done=True)
    revise(
        one, Said(Revision.Stage.SELF, record_of(readings), review), Actor(county["填报人"], timezone.now())
    )
    return one


def said_by(one: Submission, topic: int = 0, flaw: Flaw = Flaw.NONE, seed: int = 3) -> Paper:
    """Make a paper for a filing."""
    from random import Random  # noqa: PLC0415 - beside its only use

    department = one.department.name if one.department else ""
    return paper(
        Random(seed), Names(one.project.name, department, one.unit.name, one.year), topics()[topic], flaw
    )
