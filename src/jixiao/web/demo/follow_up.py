"""What goes along with the acts of made-up filings: who re-checks them and how, what was judged, demanded, answered."""

from datetime import timedelta
from decimal import Decimal
from random import Random

from jixiao.audit import finding_id
from jixiao.model.finding import Finding, Severity
from jixiao.model.review import Review
from jixiao.telling.naming import field_words
from jixiao.web import publication
from jixiao.web.actions import publishing
from jixiao.web.actions.wanted import Move, person
from jixiao.web.demo.county import County
from jixiao.web.demo.year import Event, Filing
from jixiao.web.log import Actor
from jixiao.web.models import Assignment, Disclosure, Judgement, Recheck, Rectification, Submission, User
from jixiao.web.records import Row, review_of, rows_of
from jixiao.web.workflow import Action, Role

_STATE = Rectification.State
_EVERY_AGENCY, _EVERY_SECOND, _EVERY_OPEN = 5, 4, 3


def follow(rng: Random, made: County, event: Event, actor: Actor) -> None:
    """Add what belongs to an act."""
    match event.action:
        case Action.FORWARD:
            assign(made, event.filing, actor)
            _begin(rng, made, event.filing, actor)
        case Action.ACCEPT:
            accept(rng, event.filing, actor)
        case Action.DEMAND_RECTIFICATION:
            _demand(event.filing.row, made.person(Role.MANAGER, made.bureau), actor)
        case Action.ANSWER_RECTIFICATION:
            _answer(event.filing.row, actor)
        case Action.CLOSE_RECTIFICATION:
            _close(event.filing.row, actor)
        case Action.PUBLISH:
            _publish(event.filing.row, actor)
        case _:
            pass


def assign(made: County, filing: Filing, actor: Actor) -> None:
    """Give a filing that reached the bureau to a reviewer; some to a second one, some to the agency."""
    number, purpose = filing.number, Assignment.Purpose
    manager = made.person(Role.MANAGER, made.bureau)

    def give(to: Assignment.Purpose, **whom: object) -> None:
        Assignment.objects.create(submission=filing.row, purpose=to, given_by=manager, at=actor.at, **whom)

    give(purpose.RECHECK, user=made.person(Role.REVIEWER, made.bureau, number))
    if number % _EVERY_SECOND == 0:
        give(purpose.SECOND, user=made.person(Role.REVIEWER, made.bureau, number + 1))
    if number % _EVERY_AGENCY == 0:
        give(purpose.EVALUATE, organization=made.agency)


def _begin(rng: Random, made: County, filing: Filing, actor: Actor) -> None:
    """Leave some re-checks half done, with a finding judged."""
    if filing.number % _EVERY_OPEN or filing.row.revision is None:
        return
    reviewer = made.person(Role.REVIEWER, made.bureau, filing.number)
    review = _review(filing.row)
    rows = rows_of(review)[:3]
    Recheck.objects.create(
        submission=filing.row, revision=filing.row.revision, reviewer=reviewer, at=actor.at,
        rows={row.key: _given(rng, row) for row in rows},
    )  # fmt: skip
    for finding in _serious(review)[:1]:
        Judgement.objects.create(
            submission=filing.row, finding=_id(review, finding), code=finding.code, holds=True, user=reviewer,
            at=actor.at, reason="与所附明细账核对，情况属实",
        )  # fmt: skip


def accept(rng: Random, filing: Filing, actor: Actor) -> None:
    """Finish the re-check of a filing that the bureau accepts, and end who had it."""
    one = filing.row
    rows = rows_of(_review(one))
    given = {row.key: _given(rng, row) for row in rows}
    total = sum((Decimal(row["score"]) for row in given.values()), Decimal(0))
    if actor.user is None or one.revision is None:
        return
    Recheck.objects.update_or_create(
        revision=one.revision, reviewer=actor.user,
        defaults={"submission": one, "rows": given, "total": int(total * 100), "at": actor.at, "done_at": actor.at,
                  "opinion": "按评分口径逐项核对，得分如表；请单位按所列理由改进。"},
    )  # fmt: skip
    one.score_rechecked = int(total * 100)
    one.save()
    one.assignments.update(ended_at=actor.at)


def _given(rng: Random, row: Row) -> dict[str, str]:
    """Return a reviewer's score for a row: mostly what was worked out, sometimes less, with the reason."""
    worked = row.computed if row.computed is not None else row.printed
    score = worked if worked is not None else Decimal(0)
    if rng.randrange(7) == 0 and score >= 1:
        less = score - rng.choice((Decimal("0.5"), Decimal(1)))
        return {"score": f"{less}", "reason": "佐证材料不足以证明完成值，酌情扣分", "value": row.actual}
    reason = "按口径重算" if row.differs else ""
    return {"score": f"{score}", "reason": reason, "value": row.actual}


def _demand(one: Submission, author: User, actor: Actor) -> None:
    review = _review(one)
    for number, finding in enumerate(_serious(review)[:3] or review.findings[:1], 1):
        Rectification.objects.create(
            submission=one, number=number, finding=_id(review, finding), code=finding.code,
            place=field_words(review.filing.readings[finding.paper], finding.where),
            problem=finding.says, demand="请核实并改正，附上改正后的表和佐证材料。",
            due=(actor.at + timedelta(days=15)).date(), author=author, at=actor.at,
        )  # fmt: skip


def _answer(one: Submission, actor: Actor) -> None:
    one.rectifications.update(
        state=_STATE.ANSWERED, answer="已按要求改正，改正后的自评表和明细账一并附上。",
        answered_by=actor.user, answered_at=actor.at,
    )  # fmt: skip


def _close(one: Submission, actor: Actor) -> None:
    one.rectifications.update(state=_STATE.CLOSED, verdict="已核对，整改到位。", closed_at=actor.at)


def _publish(one: Submission, actor: Actor) -> None:
    """Write the copies for the public, all that looks like personal data masked."""
    if one.revision is None:
        raise AssertionError(f"{one} has no revision")
    choices = {
        group.id: {"masked": True, "reason": "", "by": actor.name, "at": actor.at.isoformat()}
        for group in publication.groups(one)
    }
    Disclosure.objects.create(
        submission=one, revision=one.revision, user=person(actor), at=actor.at, choices=choices, version=1
    )
    publishing.publish(one, Move(Action.PUBLISH, one.version), actor)


def _review(one: Submission) -> Review:
    if one.revision is None:
        raise AssertionError(f"{one} has no revision")
    return review_of(one.revision)


def _serious(review: Review) -> list[Finding]:
    return [finding for finding in review.findings if finding.severity is not Severity.NOTE]


def _id(review: Review, finding: Finding) -> str:
    return finding_id(finding, review.filing.readings[finding.paper].file)
