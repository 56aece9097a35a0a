"""Until when a stage is to be done, and how near that is: the nearest organisation above a filing that laid it down."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from jixiao.web.models import Deadline, Submission
from jixiao.web.workflow import Action, State, Transition

Days = tuple[tuple[str, str, date], ...]  # an organisation's path, a stage, the day
_SOON = timedelta(days=5)
HANDING_IN = frozenset({Action.SUBMIT_TARGETS, Action.SUBMIT})
STAGES = {
    State.TARGETS_DRAFT: Deadline.Stage.TARGETS,
    State.MONITORING: Deadline.Stage.MONITORING,
    State.SELF_DRAFT: Deadline.Stage.SELF,
    State.AT_DEPARTMENT: Deadline.Stage.DEPARTMENT,
    State.AT_BUREAU: Deadline.Stage.RECHECK,
    State.ACCEPTED: Deadline.Stage.PUBLISH,
}


class Light(StrEnum):
    """How near a deadline is."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = ""


def day_for(submission: Submission, stage: Deadline.Stage) -> date | None:
    """Return the day by which a stage of a filing is to be done; None where nobody laid one down."""
    above = [int(number) for number in submission.path.strip("/").split("/") if number]
    rows = Deadline.objects.filter(organization__in=above, year=submission.year, stage=stage)
    found = sorted(rows.values_list("organization__path", "day"), key=lambda row: len(row[0]))
    return found[-1][1] if found else None


def laid_down(year: int) -> Days:
    """Return all days of a year, to be asked by `nearest`: for lists, where a query a filing were too many."""
    return tuple(Deadline.objects.filter(year=year).values_list("organization__path", "stage", "day"))


def nearest(days: Days, path: str, stage: Deadline.Stage) -> date | None:
    """Return what `day_for` returns, for the filing of a unit's path."""
    found = [(above, day) for above, own, day in days if own == stage and path.startswith(above)]
    return max(found, key=lambda row: len(row[0]))[1] if found else None


def is_late(submission: Submission, row: Transition, at: datetime) -> bool:
    """Tell whether an act that hands a filing in comes after its day."""
    stage = STAGES.get(row.source)
    if row.action not in HANDING_IN or stage is None:
        return False
    day = day_for(submission, stage)
    return day is not None and timezone.localdate(at) > day


def light(day: date | None, today: date) -> Light:
    """Return how near a day is: red once it has passed, amber within five days of it."""
    if day is None:
        return Light.NONE
    if today > day:
        return Light.RED
    return Light.AMBER if day - today <= _SOON else Light.GREEN
