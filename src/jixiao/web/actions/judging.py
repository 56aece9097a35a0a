"""Saying of a finding that it holds, or that it doesn't and why; and marking notices as read."""

from django.db import transaction

from jixiao.errors import TransitionError
from jixiao.telling import judging as told
from jixiao.web import access, log, records
from jixiao.web.access import Right
from jixiao.web.actions.revising import locked
from jixiao.web.actions.wanted import person
from jixiao.web.log import Act, Actor
from jixiao.web.models import Judgement, Notice, User


@transaction.atomic
def judge(pk: int, finding: str, reason: str, actor: Actor, *, holds: bool) -> Judgement:
    """Keep what a person says of a finding of a filing's latest revision; the latest judgement counts.

    Raises:
        Http404, PermissionDenied: as in `access.submission_for`.
        TransitionError: the finding isn't one of the latest revision, or no reason is given for refusing it.
    """
    user = person(actor)
    access.submission_for(user, pk)
    submission = locked(pk)
    access.require(user, Right.JUDGE, submission)
    known = dict(told.named(records.done_of(submission.revision))) if submission.revision is not None else {}
    if finding not in known:
        raise TransitionError("这个问题不在最新一稿里：请刷新页面。")
    if not holds and not reason.strip():
        raise TransitionError("认为不属实的，请写明理由：填报单位和复核人都会看到。")
    code = known[finding].code
    made = Judgement.objects.create(
        submission=submission,
        finding=finding,
        code=code,
        holds=holds,
        reason=reason.strip(),
        user=user,
        at=actor.at,
    )
    said = f"判断问题 {code}：{'属实' if holds else '不属实'}" + (
        f"。理由：{made.reason}" if made.reason else ""
    )
    log.append(actor, Act("judge", said, submission, details={"finding": finding, "holds": holds}))
    return made


@transaction.atomic
def read_notices(user: User, actor: Actor, number: int | None = None) -> int:
    """Mark one of a person's own notices as read, or all; return how many were."""
    unread = Notice.objects.filter(user=user, read_at=None)
    if number is not None:
        unread = unread.filter(pk=number)
    return unread.update(read_at=actor.at)
