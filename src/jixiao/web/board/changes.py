"""What another rule-book would change, as rows that a page sorts and a workbook holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

ORDERS = ("change", "old", "new", "unit", "project")


@dataclass(frozen=True, slots=True)
class Change:
    """A filing's total and grade now and under the other rule-book; None where it can't be known, with the reason."""

    pk: int
    project: str
    unit: str
    department: str
    old: Decimal | None
    new: Decimal | None
    old_grade: str
    new_grade: str
    why: str

    @property
    def change(self) -> Decimal | None:
        """How much more the other rule-book gives."""
        return None if self.old is None or self.new is None else self.new - self.old

    @property
    def regraded(self) -> bool:
        """Whether the grade would be another."""
        return bool(self.old_grade and self.new_grade) and self.old_grade != self.new_grade


def changes(rows: list[Mapping[str, object]]) -> tuple[Change, ...]:
    """Return a finished reckoning's rows as changes."""
    return tuple(
        Change(
            int(str(row["pk"])), str(row["project"]), str(row["unit"]), str(row["department"]),
            _number(row["old"]), _number(row["new"]), str(row["old_grade"]), str(row["new_grade"]),
            str(row["new_why"] or row["old_why"]),
        )
        for row in rows
    )  # fmt: skip


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def in_order(found: tuple[Change, ...], order: str, *, up: bool) -> list[Change]:
    """Put changes in order; the usual is by how much changes, either way, and what isn't known stands last."""
    if order in {"unit", "project"}:
        return sorted(found, key=lambda one: str(getattr(one, order)), reverse=not up)
    name = order if order in {"old", "new"} else "change"
    known = [one for one in found if getattr(one, name) is not None]
    rest = [one for one in found if getattr(one, name) is None]
    if order in ORDERS:
        known.sort(key=lambda one: Decimal(getattr(one, name)), reverse=not up)
    else:
        known.sort(key=lambda one: abs(Decimal(getattr(one, name))), reverse=True)
    return [*known, *rest]
