"""A new revision of a filing: what it says, kept for good, and the columns that lists need, worked out from it."""

import json
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max

from jixiao.errors import TransitionError
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import Figure, half_up
from jixiao.model.finding import Severity
from jixiao.model.record import review_to_json
from jixiao.model.review import Review
from jixiao.web.digests import digest
from jixiao.web.log import Actor
from jixiao.web.models import Attachment, Found, Revision, Submission

_HUNDREDTHS, _RATE = 2, 5


@dataclass(frozen=True, slots=True)
class Said:
    """What a filing says now: its stage, its record as JSON text, and the review of it under a rule-book.

    `source` is the file that it was read from, or that its draft began with.
    """

    stage: Revision.Stage
    record: str
    review: Review
    source: Attachment | None = None


def locked(pk: int, seen: int | None = None) -> Submission:
    """Return a filing, its row locked until the transaction ends.

    Raises:
        TransitionError: somebody else acted on it since the version that was `seen`.
    """
    found = Submission.objects.select_for_update(of=("self",)).select_related("project", "unit").get(pk=pk)
    if seen is not None and found.version != seen:
        raise TransitionError(
            f"“{found}”刚被别人处理过，现在是“{found.get_state_display()}”：请刷新页面，核对后再办理。"
        )
    return found


def revise(submission: Submission, said: Said, actor: Actor) -> Revision:
    """Keep a revision of a locked filing and write its columns anew; the caller's transaction holds both."""
    last = submission.revisions.aggregate(last=Max("number"))["last"] or 0
    made = Revision.objects.create(
        submission=submission,
        number=last + 1,
        stage=said.stage,
        record=said.record,
        review=json.dumps(review_to_json(said.review), ensure_ascii=False),
        digest=digest(said.record.encode()),
        scheme=said.review.scheme,
        scheme_digest=said.review.digest,
        source=said.source,
        author=actor.user,
        at=actor.at,
    )
    submission.revision, submission.scheme = made, said.review.scheme
    for name, value in columns(said.review).items():
        setattr(submission, name, value)
    submission.save()
    count_findings(submission, said.review)
    return made


def count_findings(submission: Submission, review: Review) -> None:
    """Count the findings of a filing's latest revision anew, by rule and severity."""
    submission.found.all().delete()
    told = Counter((finding.code, finding.severity.value) for finding in review.findings)
    Found.objects.bulk_create(
        Found(
            submission=submission,
            year=submission.year,
            department_id=submission.department_id,
            unit_id=submission.unit_id,
            path=submission.path,
            code=code,
            severity=severity,
            count=count,
        )
        for (code, severity), count in told.items()
    )


def columns(review: Review) -> dict[str, object]:
    """Return the columns of a filing as its review has them: hundredths, 分, hundred-thousandths; None is unknown."""
    table, sheet = review.filing.evaluation, review.sheet
    found = [finding.severity for finding in review.findings]
    counts: dict[str, object] = {
        "errors": found.count(Severity.ERROR),
        "warnings": found.count(Severity.WARNING),
        "notes": found.count(Severity.NOTE),
    }
    if table is None:
        return counts
    grade = {"grade": (sheet.grade.word or "") if sheet else "", "grade_printed": table.grade_printed or ""}
    return {
        **counts,
        **grade,
        **_money(table),
        "score_printed": scaled(table.total_printed),
        "score": scaled(sheet.total.score) if sheet else None,
        "full_marks": _full(table),
        "indicators": len(table.indicators),
    }


def scaled(value: Decimal | None) -> int | None:
    """Return points as hundredths, half up; None stays None."""
    return None if value is None else int(half_up(value * 100, 0))


def _money(table: Evaluation) -> dict[str, object]:
    line = table.funds.total
    budget, executed = (line.annual, line.executed) if line else (None, None)
    rate = None
    if budget is not None and executed is not None and budget.exact > 0:
        rate = int(half_up(executed.exact / budget.exact * 10**_RATE, 0))
    return {"budget": _cents(budget), "executed": _cents(executed), "rate": rate}


def _cents(figure: Figure | None) -> int | None:
    """Return an amount in 分, whatever unit it is printed in."""
    return None if figure is None else int(half_up(figure.exact * 10**_HUNDREDTHS, 0))


def _full(table: Evaluation) -> bool:
    rows = [row for row in table.indicators if row.points is not None]
    return bool(rows) and all(row.score_printed == row.points for row in rows)
