"""How often somebody may ask for something within a stretch of time; counted in the database, for all processes."""

from dataclasses import dataclass
from time import time

from django.db import transaction
from django.db.models import F

from jixiao.web.models import Allowance

_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Allowed:
    """So many times in so many seconds."""

    times: int
    seconds: int


LOG_INS = Allowed(30, 60)  # from one address, whatever the names
GUESSES = Allowed(30, 3600)  # wrong passwords of one name, from wherever
UPLOADS = Allowed(120, 60)  # of one person


@transaction.atomic
def taken(what: str, whose: str, allowed: Allowed) -> bool:
    """Count one more, and tell whether it is still within what is allowed."""
    now = int(time())
    since = now - now % allowed.seconds
    key = f"{what}:{whose}"[:_LENGTH]
    row, _ = Allowance.objects.get_or_create(key=key, since=since)
    Allowance.objects.filter(pk=row.pk).update(count=F("count") + 1)
    return row.count < allowed.times


def spent(what: str, whose: str, allowed: Allowed) -> bool:
    """Tell whether nothing is left of what is allowed, without counting."""
    now = int(time())
    since = now - now % allowed.seconds
    key = f"{what}:{whose}"[:_LENGTH]
    return Allowance.objects.filter(key=key, since=since, count__gte=allowed.times).exists()


def forget(before: int) -> int:
    """Remove counts of stretches that began before a time in seconds; return how many."""
    return Allowance.objects.filter(since__lt=before).delete()[0]
