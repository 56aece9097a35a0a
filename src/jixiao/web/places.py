"""The organisation that a person looks at: chosen at the top of every page by whoever works at more than one."""

from django.db.models import QuerySet
from django.http import HttpRequest

from jixiao.web.models import Organization, Submission, User

_PLACE = "place"


def offered(user: User) -> list[Organization]:
    """Return the organisations at which a person is something, each once."""
    return list(Organization.objects.filter(memberships__user=user).distinct())


def current(request: HttpRequest) -> Organization | None:
    """Return the chosen organisation; None where all of them are looked at."""
    chosen = request.session.get(_PLACE)
    if not isinstance(chosen, int) or not isinstance(request.user, User):
        return None
    return Organization.objects.filter(pk=chosen, memberships__user=request.user).first()


def choose(request: HttpRequest, place: Organization | None) -> None:
    """Keep an organisation for the pages to come; None for all."""
    request.session[_PLACE] = place.pk if place else None


def narrowed(request: HttpRequest, submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Return those filings that stand below the chosen organisation; all where none is chosen."""
    place = current(request)
    return submissions.filter(path__startswith=place.path) if place else submissions
