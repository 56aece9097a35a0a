"""Moving a filing on: one row of the workflow's table, checked, done, logged and told in one transaction."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from jixiao.errors import TransitionError
from jixiao.web import access, deadlines, log, notices
from jixiao.web.actions import deciding, drafting, publishing, rectifying
from jixiao.web.actions.revising import locked
from jixiao.web.actions.wanted import Move, Step
from jixiao.web.log import Act, Actor
from jixiao.web.models import Submission
from jixiao.web.workflow import STATES, Action, State, Transition, transition

_RETURNS = frozenset({Action.RETURN, Action.RETURN_TARGETS})
# What an action does beside moving the filing, in the same transaction; a row here for each that does anything.
STEPS: dict[Action, Step] = {
    Action.SUBMIT_TARGETS: drafting.finish,
    Action.MONITOR: drafting.finish,
    Action.SUBMIT: drafting.finish,
    Action.APPROVE_TARGETS: deciding.approve,
    Action.RETURN_TARGETS: deciding.send_back,
    Action.RETURN: deciding.send_back,
    Action.ACCEPT: deciding.accept,
    Action.UNDO_ACCEPTANCE: deciding.undo_acceptance,
    Action.REASSIGN: deciding.reassign,
    Action.PASS_SPOT_CHECK: deciding.end_sample,
    Action.DEMAND_RECTIFICATION: rectifying.demand,
    Action.ANSWER_RECTIFICATION: rectifying.hand_in,
    Action.RETURN_RECTIFICATION: rectifying.send_back,
    Action.CLOSE_RECTIFICATION: rectifying.close_all,
    Action.PUBLISH: publishing.publish,
    Action.WITHDRAW: publishing.withdraw,
}


@transaction.atomic
def move(pk: int, wanted: Move, actor: Actor) -> Submission:
    """Take a filing along a row of the workflow.

    Raises:
        Http404, PermissionDenied: as in `access.submission_for`.
        TransitionError: it isn't in a state for this, somebody acted meanwhile, or a reason is wanting.
    """
    if actor.user is None:
        raise PermissionDenied("请先登录。")
    submission = locked(_seen_by(actor, pk), wanted.seen)
    row = transition(wanted.action, State(submission.state))
    if row is None:
        raise TransitionError(access.refusal(wanted.action, submission))
    access.require(actor.user, wanted.action, submission)
    _reasoned(row, wanted)
    _advance(submission, row, wanted, actor)
    return submission


def _seen_by(actor: Actor, pk: int) -> int:
    if actor.user is None or not access.visible_to(actor.user).filter(pk=pk).exists():
        raise Http404("没有这份材料，或您看不到它")
    return pk


def _reasoned(row: Transition, wanted: Move) -> None:
    if row.reasoned and not wanted.reason.strip():
        raise TransitionError(f"请写明“{row.title}”的理由：对方要据此修改或答复。")


def _advance(submission: Submission, row: Transition, wanted: Move, actor: Actor) -> None:
    """Do what the action does, move the filing, log it and tell those on whose desk it now lies."""
    late = deadlines.is_late(submission, row, actor.at)
    step = STEPS.get(row.action)
    done = step(submission, wanted, actor) if step is not None else None
    submission.state, submission.state_since = row.target, actor.at
    submission.version += 1
    if row.action in deadlines.HANDING_IN:
        submission.submitted_at, submission.late, submission.returned = actor.at, late, False
    if row.action in _RETURNS:
        submission.returned = True
    submission.save()
    said = f"{row.title}：{STATES[row.source]} → {STATES[row.target]}" + ("（逾期）" if late else "")
    details = {
        "from": row.source,
        "to": row.target,
        "reason": wanted.reason,
        "revision": submission.revision_id,
        **(done or {}),
    }
    log.append(
        actor,
        Act(
            row.action,
            said + (f"。理由：{wanted.reason}" if wanted.reason else ""),
            submission,
            details=details,
        ),
    )
    notices.moved(submission, row, wanted.reason, actor)
