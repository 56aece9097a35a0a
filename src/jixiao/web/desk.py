"""What lies on a person's desk: the filings whose next step is theirs, by what they are at which organisation."""

from django.db.models import Q, QuerySet

from jixiao.web.models import Submission, User
from jixiao.web.workflow import DESK, Role


def on_desk(user: User, year: int) -> QuerySet[Submission]:
    """Return the filings of a year that wait for a person."""
    held = user.memberships.filter(Q(year=None) | Q(year=year)).values_list("role", "organization__path")
    lies = Q(pk__in=[])
    for role, path in held:
        states = [state.value for state, roles in DESK.items() if Role(role) in roles]
        lies |= Q(path__startswith=path, state__in=states)
    return Submission.objects.filter(lies, year=year)
