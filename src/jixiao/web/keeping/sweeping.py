"""Removing what nobody needs any more: files without a row, sessions that ended, counts of the past."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session

from jixiao.web import allowances
from jixiao.web.keeping import backups, holders

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Swept:
    """How much was removed."""

    files: int
    octets: int
    sessions: int


def sweep(now: datetime) -> Swept:
    """Remove files that no row has named for a day (a file is kept before its row), and what has run out."""
    count, octets = 0, 0
    before = (now - _DAY).timestamp()
    named = holders.named()
    for printed, path in backups.kept_files():
        told = path.stat()
        if printed not in named and told.st_mtime < before:
            path.unlink()
            count, octets = count + 1, octets + told.st_size
    for path in Path(settings.MEDIA_ROOT).glob("*/??/.*"):
        if path.stat().st_mtime < before:
            path.unlink()
    ended = Session.objects.filter(expire_date__lt=now).delete()[0]
    allowances.forget(int(before))
    return Swept(count, octets, ended)
