"""The copy for the public: each piece of personal data decided by a person, then written, kept, and taken back."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from jixiao.errors import TransitionError
from jixiao.web import access, files, log, publication
from jixiao.web.actions.revising import locked
from jixiao.web.actions.wanted import Move, person
from jixiao.web.log import Act, Actor
from jixiao.web.models import Disclosure, Submission
from jixiao.web.publication import Choice
from jixiao.web.workflow import Action


@transaction.atomic
def decide(pk: int, seen: int, choices: Mapping[str, Choice], actor: Actor) -> Disclosure:
    """Keep for pieces of personal data, by their ids, whether they are masked, or why they are none.

    Raises:
        Http404, PermissionDenied: as in `access.submission_for`, for whoever may publish.
        TransitionError: somebody decided meanwhile, a piece isn't in the paper, or one is kept without a reason.
    """
    user = person(actor)
    access.submission_for(user, pk)
    submission = locked(pk)
    access.require(user, Action.PUBLISH, submission)
    known = {group.id for group in publication.groups(submission)}
    if set(choices) - known:
        raise TransitionError("所选内容不在这一稿里：请刷新页面后再办理。")
    if any(not choice.masked and not choice.reason.strip() for choice in choices.values()):
        raise TransitionError("保留不遮盖的，请写明为什么不是个人信息，或为什么可以公开。")
    kept = _kept(submission, actor)
    if kept.version != seen:
        raise TransitionError("别人刚确认过公开稿里的个人信息：请刷新页面，核对后再办理。")
    at = actor.at.isoformat()
    kept.choices |= {
        name: {"masked": one.masked, "reason": one.reason.strip(), "by": actor.name, "at": at}
        for name, one in choices.items()
    }
    kept.version += 1
    kept.save()
    masked = sum(one.masked for one in choices.values())
    said = f"确认公开稿中的个人信息：遮盖 {masked} 项，保留 {len(choices) - masked} 项"
    log.append(actor, Act("confirm_personal", said, submission, details={"choices": kept.choices}))
    return kept


def _kept(submission: Submission, actor: Actor) -> Disclosure:
    found = Disclosure.objects.select_for_update().filter(revision=submission.revision_id).first()
    if found is not None:
        return found
    return Disclosure(submission=submission, revision=submission.revision, user=person(actor), at=actor.at)


def publish(submission: Submission, wanted: Move, actor: Actor) -> Mapping[str, object]:  # noqa: ARG001 - a step's shape
    """Write the copy with what was decided, and keep it.

    Raises:
        TransitionError: a piece of personal data isn't decided, or there is no table to publish.
    """
    left = publication.undecided(submission)
    if left:
        raise TransitionError(f"还有 {len(left)} 项个人信息没有确认：请在“公开”页逐项选遮盖或保留。")
    kept = _kept(submission, actor)
    kept.files = {name: files.keep(data) for name, data in publication.copies(submission).items()}
    kept.published_at, kept.withdrawn_at, kept.user = actor.at, None, person(actor)
    kept.version += 1
    kept.save()
    return {"files": kept.files}


def withdraw(submission: Submission, wanted: Move, actor: Actor) -> None:  # noqa: ARG001 - a step's shape
    """Let nobody fetch the copies any more."""
    _withdrawn(submission, actor.at)


def _withdrawn(submission: Submission, at: datetime) -> None:
    submission.disclosures.exclude(published_at=None).update(published_at=None, withdrawn_at=at)
