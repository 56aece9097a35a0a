"""The counts of a year, added up by the database from an index alone: of all filings, and by department."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from jixiao.web.board.wanted import FILED, PASSED
from jixiao.web.models import Organization, Submission


@dataclass(slots=True)
class Tally:
    """How many of a department's filings (or of all) there are of each sort."""

    department: Organization | None = None
    due: int = 0
    filed: int = 0
    late: int = 0
    returned: int = 0
    passed: int = 0
    full: int = 0

    def add(self, row: Mapping[str, object], count: int) -> None:
        """Count filings that are alike."""
        state = str(row["state"])
        self.due += count
        self.filed += count * (state in FILED)
        self.passed += count * (state in PASSED)
        self.late += count * bool(row["is_late"])
        self.returned += count * bool(row["returned"])
        self.full += count * (state in FILED and bool(row["full_marks"]))

    @property
    def unfiled(self) -> int:
        """How many aren't handed in."""
        return self.due - self.filed

    @property
    def reviewing(self) -> int:
        """How many are handed in and not accepted yet."""
        return self.filed - self.passed


def tallies(rows: QuerySet[Submission], overdue: Q) -> tuple[Tally, tuple[Tally, ...]]:
    """Return the counts of all filings, and by department in the order of their codes."""
    late = Case(When(Q(late=True) | overdue, then=Value(1)), default=Value(0), output_field=IntegerField())
    found = rows.order_by().annotate(is_late=late)
    grouped = found.values("department", "state", "is_late", "returned", "full_marks")
    return _added(grouped.annotate(number=Count("pk")))


def _added(found: Iterable[Mapping[str, object]]) -> tuple[Tally, tuple[Tally, ...]]:
    whole = Tally()
    parts: dict[object, Tally] = {}
    for row in found:
        number = int(str(row["number"]))
        whole.add(row, number)
        parts.setdefault(row["department"], Tally()).add(row, number)
    names = Organization.objects.in_bulk([key for key in parts if isinstance(key, int)])
    for key, tally in parts.items():
        tally.department = names.get(key) if isinstance(key, int) else None
    return whole, tuple(
        sorted(parts.values(), key=lambda one: one.department.code if one.department else "~")
    )
