"""Who has a filing open: noted every few seconds by the page, forgotten after a minute."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from jixiao.web.models import Presence, Submission, User

GONE = timedelta(seconds=60)


def note(submission: Submission, user: User, row: str, now: datetime) -> QuerySet[Presence]:
    """Note that somebody is at a row of a filing, and return who else is here."""
    if not Presence.objects.filter(submission=submission, user=user).update(row=row, seen_at=now):
        at = {"row": row, "seen_at": now}
        Presence.objects.update_or_create(submission=submission, user=user, defaults=at)
    return others(submission, user, now)


def others(submission: Submission, user: User, now: datetime) -> QuerySet[Presence]:
    """Return who else has a filing open."""
    here = Presence.objects.filter(submission=submission, seen_at__gt=now - GONE)
    return here.exclude(user=user).select_related("user").order_by("user__name")
