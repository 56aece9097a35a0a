"""Asking for what is worked out over many filings: a little at once, much by the worker."""

from dataclasses import dataclass

from django.db import transaction

from jixiao.web import jobs, log
from jixiao.web.board.reckoning import AT_ONCE, JOB, looked_at, reckon
from jixiao.web.log import Act, Actor
from jixiao.web.models import Organization, Reckoning, User


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of which year's filings below which organisation."""

    kind: Reckoning.Kind
    year: int
    organization: Organization
    scheme: str = ""


def ask(asked: Asked, user: User, actor: Actor) -> Reckoning:
    """Keep what is asked, and work it out now where it is little."""
    with transaction.atomic():
        made = Reckoning.objects.create(
            kind=asked.kind, year=asked.year, organization=asked.organization, scheme=asked.scheme, asked_by=user,
            at=actor.at,
        )  # fmt: skip
        few = looked_at(made).order_by()[: AT_ONCE + 1].count() <= AT_ONCE
        subject = f"{asked.year} 年度 {asked.organization}"
        log.append(actor, Act("reckon", f"{made.get_kind_display()}：{subject} {asked.scheme}".strip()))
        if not few:
            jobs.ask(JOB, str(made.pk))
    if few:
        reckon(str(made.pk))
        made.refresh_from_db()
    return made
