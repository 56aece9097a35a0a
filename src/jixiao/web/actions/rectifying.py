"""What the unit must put right: demanded, answered with evidence, closed or sent back, item by item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.http import Http404
from django.utils import timezone

from jixiao.errors import TransitionError
from jixiao.web import access, files, log, rechecking
from jixiao.web.actions import deciding
from jixiao.web.actions.revising import locked
from jixiao.web.actions.wanted import Demand, Move, person
from jixiao.web.log import Act, Actor
from jixiao.web.models import Attachment, Rectification, Submission
from jixiao.web.workflow import Action

Item = Rectification.State
_OPEN = (Item.OPEN, Item.RETURNED)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with an answer."""

    name: str
    data: bytes


# ---------------------------------------------------------------- steps of the workflow


def demand(submission: Submission, wanted: Move, actor: Actor) -> Mapping[str, object]:
    """Put what must be put right to the unit, numbered on.

    Raises:
        TransitionError: nothing is demanded, a day lies in the past, or spot checks don't agree.
    """
    sampled = deciding.end_sample(submission, wanted, actor) if rechecking.is_sampled(submission) else {}
    if not wanted.demands:
        raise TransitionError("请至少选一个问题，或写一条整改要求。")
    if any(one.due is not None and one.due < timezone.localdate(actor.at) for one in wanted.demands):
        raise TransitionError("整改期限不能早于今天。")
    last = submission.rectifications.aggregate(last=Max("number"))["last"] or 0
    Rectification.objects.bulk_create(
        _item(submission, number, one, actor) for number, one in enumerate(wanted.demands, last + 1)
    )
    return {"demands": [one.problem for one in wanted.demands], **sampled}


def _item(submission: Submission, number: int, one: Demand, actor: Actor) -> Rectification:
    return Rectification(
        submission=submission, number=number, finding=one.finding, code=one.code, place=one.place, problem=one.problem,
        demand=one.demand, due=one.due, author=person(actor), at=actor.at,
    )  # fmt: skip


def hand_in(submission: Submission, wanted: Move, actor: Actor) -> None:  # noqa: ARG001 - a step's shape
    """Let the answers go to the bureau.

    Raises:
        TransitionError: some item has no answer.
    """
    _stop(submission, _OPEN, "还没有答复：请逐条写明整改情况，再一并报送。")


def send_back(submission: Submission, wanted: Move, actor: Actor) -> None:  # noqa: ARG001 - a step's shape
    """Let what isn't enough go back to the unit.

    Raises:
        TransitionError: no item was sent back, or some aren't looked at.
    """
    _stop(submission, (Item.ANSWERED,), "还没有确认：请逐条销号或退回。")
    if not submission.rectifications.filter(state=Item.RETURNED).exists():
        raise TransitionError("各条都已销号：请办理“确认整改”，不必退回。")


def close_all(submission: Submission, wanted: Move, actor: Actor) -> None:  # noqa: ARG001 - a step's shape
    """Let a filing go on once all is put right.

    Raises:
        TransitionError: some item isn't closed.
    """
    _stop(submission, (*_OPEN, Item.ANSWERED), "还没有销号：全部销号后才能确认整改。")


def _stop(submission: Submission, states: Sequence[Item], said: str) -> None:
    numbers = submission.rectifications.filter(state__in=states).values_list("number", flat=True)
    if numbers:
        raise TransitionError(f"第 {'、'.join(str(number) for number in numbers)} 条{said}")


# ---------------------------------------------------------------- item by item


@transaction.atomic
def answer(pk: int, number: int, said: str, uploads: Sequence[Upload], actor: Actor) -> Rectification:
    """Keep the unit's answer to one item with its evidence.

    Raises:
        Http404, PermissionDenied: as in `access.submission_for`.
        TransitionError: the item is closed, or the answer is empty.
    """
    submission, item = _held(pk, number, Action.ANSWER_RECTIFICATION, actor)
    if item.state == Item.CLOSED:
        raise TransitionError(f"第 {number} 条已销号，不用再答复。")
    if not said.strip():
        raise TransitionError(f"请写明第 {number} 条的整改情况。")
    item.answer, item.state = said.strip(), Item.ANSWERED
    item.answered_by, item.answered_at = actor.user, actor.at
    item.save()
    for upload in uploads:
        _keep(submission, item, upload, actor)
    names = [upload.name for upload in uploads]
    told = f"答复整改第 {number} 条" + (f"，附 {'、'.join(names)}" if names else "")
    log.append(actor, Act("answer_item", told, submission, details={"number": number, "files": names}))
    return item


def _keep(submission: Submission, item: Rectification, upload: Upload, actor: Actor) -> None:
    Attachment.objects.create(
        submission=submission, rectification=item, name=upload.name, digest=files.keep(upload.data),
        size=len(upload.data), author=person(actor), at=actor.at,
    )  # fmt: skip


@transaction.atomic
def settle(pk: int, number: int, verdict: Item, said: str, actor: Actor) -> Rectification:
    """Close one answered item, or send it back with the reason.

    Raises:
        Http404, PermissionDenied: as in `access.submission_for`.
        TransitionError: the item isn't answered, or it goes back without a reason.
    """
    submission, item = _held(pk, number, Action.CLOSE_RECTIFICATION, actor)
    if item.state not in {Item.ANSWERED, Item.CLOSED, Item.RETURNED} or not item.answer:
        raise TransitionError(f"第 {number} 条还没有答复，不能{verdict.label}。")
    if verdict is Item.RETURNED and not said.strip():
        raise TransitionError(f"请写明第 {number} 条退回的理由：单位要据此重新整改。")
    item.state, item.verdict = verdict, said.strip()
    item.closed_at = actor.at if verdict is Item.CLOSED else None
    item.save()
    told = f"整改第 {number} 条{verdict.label}" + (f"：{item.verdict}" if item.verdict else "")
    log.append(actor, Act("settle_item", told, submission, details={"number": number, "state": verdict}))
    return item


def _held(pk: int, number: int, may: Action, actor: Actor) -> tuple[Submission, Rectification]:
    submission = _locked_for(pk, may, actor)
    item = submission.rectifications.filter(number=number).first()
    if item is None:
        raise Http404("没有这一条")
    return submission, item


def _locked_for(pk: int, may: Action, actor: Actor) -> Submission:
    user = person(actor)
    access.submission_for(user, pk)
    submission = locked(pk)
    access.require(user, may, submission)
    return submission
