"""Telling people in the application that a filing lies on their desk, or what became of theirs."""

from django.db.models import Q, QuerySet

from jixiao.web import mailing
from jixiao.web.log import Actor
from jixiao.web.models import Notice, Submission, User
from jixiao.web.workflow import DESK, STATES, UNIT, Role, Transition


def moved(submission: Submission, row: Transition, reason: str, actor: Actor) -> None:
    """Tell those on whose desk a filing now lies, and its unit where it came back or came to an end."""
    said = f"“{submission}”：{row.title}，现在是“{STATES[row.target]}”。" + (
        f"理由：{reason}" if reason else ""
    )
    tell(whose(submission, DESK[row.target] | UNIT), submission, said, actor)


def tell(people: QuerySet[User], submission: Submission, said: str, actor: Actor) -> None:
    """Give each of the people a notice, but for the one who acts."""
    others = people.exclude(pk=actor.user.pk) if actor.user else people
    Notice.objects.bulk_create(
        Notice(user=user, submission=submission, text=said, at=actor.at, waits=mailing.wants(user))
        for user in others
    )


def whose(submission: Submission, roles: frozenset[Role]) -> QuerySet[User]:
    """Return who holds one of the roles over a filing in its year."""
    above = [int(number) for number in submission.path.strip("/").split("/") if number]
    held = Q(memberships__role__in=[role.value for role in roles], memberships__organization__in=above)
    in_year = Q(memberships__year=None) | Q(memberships__year=submission.year)
    return User.objects.filter(held & in_year, is_active=True).distinct()
