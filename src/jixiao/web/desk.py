"""What lies on a person's desk: the filings whose next step is theirs, by what they are at which organisation."""

from django.db.models import Q, QuerySet

from jixiao.web import access
from jixiao.web.below import below
from jixiao.web.models import Submission, User
from jixiao.web.workflow import DESK, Role


def on_desk(user: User, year: int) -> QuerySet[Submission]:
    """Return the filings of a year that wait for a person."""
    return Submission.objects.filter(by_role(user, year), year=year)


def by_role(user: User, year: int) -> Q:
    """Return which filings those are."""
    lies = Q(pk__in=[])
    for one in access.held_in(user, year):
        states = [state.value for state, roles in DESK.items() if Role(one.role) in roles]
        lies |= below(one.organization.path) & Q(state__in=states)
    return lies
