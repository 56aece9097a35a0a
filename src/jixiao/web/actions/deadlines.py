"""Laying down until when the stages of a year are to be done."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from jixiao.web import log
from jixiao.web.log import Act, Actor
from jixiao.web.models import Deadline, Organization


@transaction.atomic
def lay_down(
    place: Organization, year: int, days: Mapping[Deadline.Stage, date | None], actor: Actor
) -> None:
    """Set the days of a year below an organisation; None takes one back."""
    Organization.objects.select_for_update().get(pk=place.pk)
    rows = Deadline.objects.filter(organization=place, year=year)
    before = dict(rows.values_list("stage", "day"))
    said = []
    for stage, day in days.items():
        if before.get(stage) == day:
            continue
        said.append(f"{stage.label} {before.get(stage) or '未定'} → {day or '未定'}")
        if day is None:
            rows.filter(stage=stage).delete()
        else:
            Deadline.objects.update_or_create(
                organization=place, year=year, stage=stage, defaults={"day": day}
            )
    if said:
        log.append(actor, Act("set_deadlines", f"{year} 年度期限：{'；'.join(said)}", subject=place.name))
