"""Who re-checks a filing, who may see which re-check, and how far two of them agree.

With a second reviewer the two are blind: until both are done nobody sees another's scores.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q, QuerySet

from jixiao.model.figure import half_up
from jixiao.rollup.agreement import kappa, verdict
from jixiao.web import access
from jixiao.web.models import Assignment, Recheck, Submission, User
from jixiao.web.records import Row
from jixiao.web.workflow import BUREAU, Role, State

_PURPOSES = (Assignment.Purpose.RECHECK, Assignment.Purpose.SECOND)
_OPEN = frozenset({State.AT_BUREAU})
Rows = Mapping[str, Mapping[str, str]]


def assigned(submission: Submission) -> QuerySet[Assignment]:
    """Return who is to re-check a filing, the first reviewer first."""
    found = submission.assignments.filter(ended_at=None, purpose__in=_PURPOSES).select_related("user")
    return found.order_by("purpose", "pk")


def finished(submission: Submission) -> QuerySet[Recheck]:
    """Return the finished re-checks of a filing's revision, the oldest first; none of a spot check."""
    found = Recheck.objects.filter(revision=submission.revision_id, sampled=False).exclude(done_at=None)
    return found.select_related("reviewer").order_by("second", "done_at")


def sampled(submission: Submission) -> QuerySet[Recheck]:
    """Return the finished re-checks that spot checks of a filing's revision made, the oldest first."""
    found = Recheck.objects.filter(revision=submission.revision_id, sampled=True).exclude(done_at=None)
    return found.select_related("reviewer").order_by("done_at")


def is_sampled(submission: Submission) -> bool:
    """Tell whether a filing is in a spot check now, and what is scored is the spot check's."""
    return State(submission.state) is State.SAMPLED


def of(submission: Submission, user: User) -> Recheck | None:
    """Return a person's own re-check of a filing's revision as it stands now; None where there is none yet."""
    own = Recheck.objects.filter(revision=submission.revision_id, reviewer=user)
    return own.filter(sampled=is_sampled(submission)).first()


def waiting_for(submission: Submission) -> list[str]:
    """Return the names of those who were asked to re-check and aren't done."""
    done = set(finished(submission).values_list("reviewer", flat=True))
    people = (one.user for one in assigned(submission))
    return [str(person) for person in people if person is not None and person.pk not in done]


def is_blind(submission: Submission) -> bool:
    """Tell whether a filing has a second reviewer and isn't re-checked by both yet."""
    second = assigned(submission).filter(purpose=Assignment.Purpose.SECOND).exists()
    return second and bool(waiting_for(submission))


def is_second(submission: Submission, user: User) -> bool:
    """Tell whether a person is a filing's second reviewer."""
    return assigned(submission).filter(purpose=Assignment.Purpose.SECOND, user=user).exists()


def may_recheck(user: User, submission: Submission) -> bool:
    """Tell whether a person is among those who re-check a filing: who was asked to, or all where nobody was.

    A spot check is anybody's of the bureau: it looks at what those who were asked did.
    """
    if is_sampled(submission):
        return True
    people = [one.user_id for one in assigned(submission)]
    agency = Role.AGENCY in access.roles_in(user, submission)
    return agency or not people or user.pk in people


def shown_to(user: User, submission: Submission) -> QuerySet[Recheck]:
    """Return the re-checks of a filing's revision that a person may see.

    One's own always. Others' finished ones: the bureau and the auditor when they aren't blind; everybody else once the
    bureau has decided; what a spot check found once that is over.
    """
    all_of = Recheck.objects.filter(revision=submission.revision_id).select_related("reviewer")
    own = Q(reviewer=user)
    inside = bool(access.roles_in(user, submission) & (BUREAU | {Role.AUDITOR}))
    decided = State(submission.state) not in _OPEN
    if (inside or decided) and not is_blind(submission):
        hidden = not inside and is_sampled(submission)
        own |= Q(done_at__isnull=False, sampled=False) if hidden else Q(done_at__isnull=False)
    return all_of.filter(own).order_by("sampled", "second", "at")


@dataclass(frozen=True, slots=True)
class Compared:
    """One row in two re-checks; None where one of them is silent."""

    row: Row
    first: Decimal | None
    second: Decimal | None

    @property
    def equal(self) -> bool:
        """Whether both gave the same score."""
        return self.first is not None and self.first == self.second


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two re-checks agree.

    `kappa` is Cohen's kappa over what each did with a row's own score: left it, lowered it, raised it; None where it
    isn't defined, because chance alone would make them agree.
    """

    rows: tuple[Compared, ...]
    kappa: Fraction | None

    @property
    def equal(self) -> int:
        """How many rows have equal scores."""
        return sum(row.equal for row in self.rows)

    @property
    def share(self) -> Fraction | None:
        """The share of rows with equal scores; None without a row."""
        return Fraction(self.equal, len(self.rows)) if self.rows else None

    @property
    def percent(self) -> str:
        """The share as per cent with one place; empty without a row."""
        return "" if self.share is None else f"{half_up(self.share * 100, 1)}%"


def agreement(rows: Sequence[Row], first: Rows, second: Rows) -> Agreement:
    """Compare two re-checks row by row."""
    compared = tuple(Compared(row, score_in(first, row.key), score_in(second, row.key)) for row in rows)
    told = [(verdict(one.row.printed, one.first), verdict(one.row.printed, one.second)) for one in compared]
    return Agreement(compared, kappa([pair for pair in told if "" not in pair]))


def score_in(rows: Rows, key: str) -> Decimal | None:
    """Return the score that a re-check gives a row; None where it gives none."""
    text = rows.get(key, {}).get("score", "")
    return Decimal(text) if text else None
