"""Which filings are wanted: filters as a value, as an address, and as a query."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from jixiao.web.below import below
from jixiao.web.models import Deadline, Found, Organization, Project, Submission
from jixiao.web.workflow import State

_DRAFTS = (
    State.TARGETS_DRAFT,
    State.TARGETS_AT_DEPARTMENT,
    State.TARGETS_AT_BUREAU,
    State.MONITORING,
    State.SELF_DRAFT,
)
# Whose self-evaluation hasn't been handed in, or came back; whose was; whose was accepted.
UNFILED = frozenset(state.value for state in _DRAFTS)
FILED = frozenset(state.value for state in State) - UNFILED
PASSED = FILED - {State.AT_DEPARTMENT.value, State.AT_BUREAU.value}
GROUPS: Mapping[str, tuple[str, frozenset[str]]] = {
    "unfiled": ("未报", UNFILED),
    "filed": ("已报", FILED),
    "passed": ("已通过", PASSED),
    "reviewing": ("在审", FILED - PASSED),
}
# What was found in a filing when its last revision was looked at.
FOUND: Mapping[str, tuple[str, Q]] = {
    "errors": ("有错误", Q(errors__gt=0)),
    "warnings": ("有需核实", Q(warnings__gt=0)),
    "clean": ("没有错误", Q(errors=0, revision__isnull=False)),
    "differs": ("自评与重算不同", Q(score__isnull=False) & ~Q(score_printed=F("score"))),
}
# What a list may be put in order by: its word in the address, and the column.
ORDERS: Mapping[str, str] = {
    "since": "state_since", "unit": "path", "printed": "score_printed", "score": "score",
    "rechecked": "score_rechecked", "apart": "apart", "rate": "rate", "budget": "budget", "errors": "errors",
}  # fmt: skip
USUAL = "since"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted; nothing set means all of the year. Scores are in hundredths, rates in hundred-thousandths."""

    q: str = ""
    department: int | None = None
    unit: int | None = None
    state: str = ""
    group: str = ""
    late: bool = False
    returned: bool = False
    full: bool = False
    light: str = ""
    found: str = ""
    rule: str = ""
    low: int | None = None
    high: int | None = None
    rate_low: int | None = None
    rate_high: int | None = None
    apart_low: int | None = None
    apart_high: int | None = None
    order: str = USUAL
    up: bool = False

    def but(self, **changes: object) -> "Wanted":
        """Return the same with some of it changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def words(self) -> dict[str, str]:
        """What of it is set, as an address has it."""
        told = {name: value for name, value in asdict(self).items() if value not in (None, "", False)}
        if told.get("order") == USUAL and not self.up:
            told.pop("order", None)
        return {name: _word(name, value) for name, value in told.items()}

    @property
    def address(self) -> str:
        """The list of these filings."""
        words = self.words
        return reverse("filings") + (f"?{urlencode(words)}" if words else "")


_SCALES = {"low": 2, "high": 2, "apart_low": 2, "apart_high": 2, "rate_low": 3, "rate_high": 3}


def _word(name: str, value: object) -> str:
    if value is True:
        return "1"
    scale = _SCALES.get(name)
    if scale is None or not isinstance(value, int):
        return str(value)
    sign, digits = ("-" if value < 0 else ""), f"{abs(value):0{scale + 1}}"
    return f"{sign}{digits[:-scale]}.{digits[-scale:]}".rstrip("0").rstrip(".")


def narrowed(rows: QuerySet[Submission], wanted: Wanted, overdue: Q) -> QuerySet[Submission]:
    """Return those of a year's filings that are wanted; `overdue` as `overdue_on` gives it."""
    found = rows.filter(_places(wanted), _stands(wanted, overdue), _figures(wanted))
    if wanted.rule:
        found = found.filter(pk__in=Found.objects.filter(code=wanted.rule).values("submission"))
    return named(found, wanted.q)


def named(found: QuerySet[Submission], words: str) -> QuerySet[Submission]:
    """Return those whose project or unit has each of the words in its name, or its code."""
    for word in words.split():
        projects = Project.objects.filter(Q(name__contains=word) | Q(code__contains=word))
        units = Organization.objects.filter(name__contains=word)
        found = found.filter(Q(project__in=projects.values("pk")) | Q(unit__in=units.values("pk")))
    return found


def _places(wanted: Wanted) -> Q:
    found = Q()
    if wanted.department is not None:
        found &= Q(department=wanted.department)
    if wanted.unit is not None:
        found &= Q(unit=wanted.unit)
    return found


def _stands(wanted: Wanted, overdue: Q) -> Q:
    found = Q()
    if wanted.state:
        found &= Q(state=wanted.state)
    if wanted.group in GROUPS:
        found &= Q(state__in=sorted(GROUPS[wanted.group][1]))
    if wanted.late:
        found &= Q(late=True) | overdue
    if wanted.returned:
        found &= Q(returned=True)
    if wanted.full:
        found &= Q(full_marks=True)
    if wanted.light:
        found &= Q(light=wanted.light)
    if wanted.found in FOUND:
        found &= FOUND[wanted.found][1]
    return found


def _figures(wanted: Wanted) -> Q:
    limits = {
        "score_printed__gte": wanted.low, "score_printed__lt": wanted.high,
        "rate__gte": wanted.rate_low, "rate__lt": wanted.rate_high,
    }  # fmt: skip
    found = Q(**{name: value for name, value in limits.items() if value is not None})
    if wanted.apart_low is not None:
        found &= Q(score_printed__gte=F("score_rechecked") + wanted.apart_low)
    if wanted.apart_high is not None:
        found &= Q(score_printed__lt=F("score_rechecked") + wanted.apart_high)
    return found


def overdue_on(year: int, today: date) -> Q:
    """Return what holds for filings that aren't handed in though their day is past: the nearest organisation's day."""
    rows = Deadline.objects.filter(year=year, stage=Deadline.Stage.SELF)
    days = sorted(rows.values_list("organization__path", "day"), key=lambda row: len(row[0]))
    past = Q(pk__in=[])
    for path, day in days:
        past = past | below(path) if day < today else past & ~below(path)
    return Q(state__in=sorted(UNFILED)) & past
