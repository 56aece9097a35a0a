"""The year that a person works in: chosen at the top of every page, and kept in the session."""

from django.http import HttpRequest
from django.utils import timezone

_YEAR = "year"
_FIRST_MONTH = 7  # until June the year before is evaluated; from July on this year's filings are at hand


def current(request: HttpRequest) -> int:
    """Return the year that was chosen, else the one that is worked on at this time of year."""
    chosen = request.session.get(_YEAR)
    return int(chosen) if isinstance(chosen, int) else usual()


def usual() -> int:
    """Return the year whose filings are worked on today."""
    today = timezone.localdate()
    return today.year if today.month >= _FIRST_MONTH else today.year - 1


def offered() -> list[int]:
    """Return the years to choose from: next year's, for its targets, and back as far as papers are asked for."""
    newest = timezone.localdate().year + 1
    return list(range(newest, newest - 6, -1))


def choose(request: HttpRequest, year: int) -> None:
    """Keep a year for the pages to come."""
    request.session[_YEAR] = year
