"""The list of filings that a person sees: filtered, searched, put in order."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, OrderBy, Q, QuerySet

from jixiao.web.models import Organization, Submission
from jixiao.web.workflow import State

# What a list may be put in order by: the word of its address, the column's title, what it is sorted by.
ORDERS: Mapping[str, str] = {
    "project": "project__name",
    "unit": "unit__code",
    "state": "state",
    "since": "state_since",
    "printed": "score_printed",
    "score": "score",
    "rechecked": "score_rechecked",
    "rate": "rate",
    "errors": "errors",
}
FOUND: Mapping[str, tuple[str, Q]] = {
    "errors": ("有错误", Q(errors__gt=0)),
    "warnings": ("有需核实", Q(warnings__gt=0)),
    "clean": ("没有错误", Q(errors=0, revision__isnull=False)),
    "late": ("逾期", Q(late=True)),
    "returned": ("被退回", Q(returned=True)),
    "apart": ("自评与重算不同", ~Q(score_printed=F("score")) & Q(score__isnull=False)),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is to show; nothing set means all, by unit and project."""

    words: str = ""
    state: State | None = None
    unit: Organization | None = None
    found: str = ""
    order: str = ""
    descending: bool = False


def listed(submissions: QuerySet[Submission], wanted: Wanted) -> QuerySet[Submission]:
    """Return those of the filings that are wanted, in the wanted order; what isn't known stands last."""
    found = submissions.select_related("project", "unit", "department")
    for word in wanted.words.split():
        found = found.filter(
            Q(project__name__icontains=word)
            | Q(project__code__icontains=word)
            | Q(unit__name__icontains=word)
        )
    if wanted.state is not None:
        found = found.filter(state=wanted.state)
    if wanted.unit is not None:
        found = found.filter(path__startswith=wanted.unit.path)
    if wanted.found in FOUND:
        found = found.filter(FOUND[wanted.found][1])
    return found.order_by(*_order(wanted), "unit__code", "project__name", "pk")


def _order(wanted: Wanted) -> list[OrderBy]:
    column = ORDERS.get(wanted.order)
    if column is None:
        return []
    by = F(column)
    return [by.desc(nulls_last=True) if wanted.descending else by.asc(nulls_last=True)]
