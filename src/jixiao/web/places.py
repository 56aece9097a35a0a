"""The organisation that a person looks at: chosen at the top of every page by whoever works at more than one."""

from django.db.models import QuerySet
from django.http import HttpRequest

from jixiao.web import access
from jixiao.web.below import below
from jixiao.web.models import Organization, Submission, User

_PLACE = "place"


def offered(user: User) -> list[Organization]:
    """Return the organisations at which a person is something, each once."""
    once = {one.organization_id: one.organization for one in access.held(user)}
    return sorted(once.values(), key=lambda one: one.code)


def current(request: HttpRequest) -> Organization | None:
    """Return the chosen organisation; None where all of them are looked at."""
    chosen = request.session.get(_PLACE)
    if not isinstance(chosen, int) or not isinstance(request.user, User):
        return None
    return next((one for one in offered(request.user) if one.pk == chosen), None)


def choose(request: HttpRequest, place: Organization | None) -> None:
    """Keep an organisation for the pages to come; None for all."""
    request.session[_PLACE] = place.pk if place else None


def narrowed(request: HttpRequest, submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Return those filings that stand below the chosen organisation; all where none is chosen."""
    place = current(request)
    return submissions.filter(below(place.path)) if place else submissions
