"""What departments and the bureau decide: targets approved, filings sent back or accepted, who is to re-check."""

from collections.abc import Mapping

from django.db.models import QuerySet

from jixiao.errors import TransitionError
from jixiao.web import notices, rechecking, records
from jixiao.web.actions.wanted import Given, Move, person
from jixiao.web.log import Actor
from jixiao.web.models import Assignment, Objection, Recheck, Submission
from jixiao.web.workflow import BUREAU, Action

Purpose = Assignment.Purpose


def approve(submission: Submission, wanted: Move, actor: Actor) -> Mapping[str, object]:  # noqa: ARG001 - a step's shape
    """Keep the revision whose targets are approved: from now on they are locked.

    Raises:
        TransitionError: there is nothing to approve.
    """
    if submission.revision is None:
        raise TransitionError("这份材料还没有目标稿，不能批复。请退回填报单位补填。")
    submission.approved = submission.revision
    return {"approved": submission.revision.number}


def send_back(submission: Submission, wanted: Move, actor: Actor) -> Mapping[str, object]:
    """Keep what was said of single rows, so that the unit sees it where it belongs."""
    told = {where: text.strip() for where, text in wanted.rows.items() if text.strip()}
    names = _names(submission)
    strange = sorted(told.keys() - names.keys())
    if strange:
        raise TransitionError("退回理由所指的行已经不在这一稿里：请刷新页面后再写。")
    Objection.objects.bulk_create(
        Objection(
            submission=submission, revision=submission.revision, where=where, row=names[where], text=text,
            user=person(actor), at=actor.at,
        )
        for where, text in told.items()
    )  # fmt: skip
    return {"rows": told} if told else {}


def _names(submission: Submission) -> dict[str, str]:
    if submission.revision is None:
        return {}
    return {row.key: row.name for row in records.rows_of(records.review_of(submission.revision))}


def accept(submission: Submission, wanted: Move, actor: Actor) -> Mapping[str, object]:  # noqa: ARG001 - a step's shape
    """Keep the score of the re-check that counts.

    Raises:
        TransitionError: somebody who was asked to re-check isn't done, nobody re-checked and no reason is given, or of
            several re-checks none is named.
    """
    waiting = rechecking.waiting_for(submission)
    if waiting:
        raise TransitionError(f"{'、'.join(waiting)}还没有完成复核。请等复核完成，或先改派复核人。")
    done = rechecking.finished(submission)
    if not done.exists():
        if not wanted.reason.strip():
            raise TransitionError("这一稿还没有人复核打分。请先复核；确需不经复核通过的，请写明理由。")
        submission.score_rechecked = None
        return {"recheck": None}
    counts = _counting(done, wanted)
    submission.score_rechecked = counts.total
    return {"recheck": counts.pk, "score": counts.total}


def _counting(done: QuerySet[Recheck], wanted: Move) -> Recheck:
    if wanted.recheck is not None:
        found = done.filter(pk=wanted.recheck).first()
        if found is None:
            raise TransitionError("所选的复核不是这一稿已完成的复核：请刷新页面后再选。")
        return found
    if len(set(done.values_list("total", flat=True))) > 1:
        raise TransitionError("几份复核的得分不同：请选定以哪一份为准。")
    return done[0]


def end_sample(submission: Submission, wanted: Move, actor: Actor) -> Mapping[str, object]:  # noqa: ARG001 - a step's shape
    """Let the score of a spot check count from now on; where nothing was scored again, the old one stands.

    Raises:
        TransitionError: of several spot checks with different scores none is named.
    """
    done = rechecking.sampled(submission)
    if not done.exists():
        return {"recheck": None}
    if (
        wanted.action is Action.DEMAND_RECTIFICATION
        and done.values("total").order_by().distinct().count() > 1
    ):
        raise TransitionError("几份抽查复核的得分不同：请复核人商定、改成一致后，再要求整改。")
    counts, before = _counting(done, wanted), submission.score_rechecked
    submission.score_rechecked = counts.total
    return {"recheck": counts.pk, "score": counts.total, "before": before}


def undo_acceptance(submission: Submission, wanted: Move, actor: Actor) -> None:  # noqa: ARG001 - a step's shape
    """Take the score of the re-check back: what is open again has none."""
    submission.score_rechecked = None


def reassign(submission: Submission, wanted: Move, actor: Actor) -> Mapping[str, object]:
    """Give a filing to others: who had it before has it no longer.

    Raises:
        TransitionError: nobody is named, one person twice, or somebody who doesn't re-check here.
    """
    _fitting(submission, wanted.given)
    submission.assignments.filter(ended_at=None).update(ended_at=actor.at)
    for given in wanted.given:
        Assignment.objects.create(
            submission=submission, purpose=given.purpose, user=given.user, organization=given.organization,
            given_by=person(actor), at=actor.at,
        )  # fmt: skip
    return {"given": [f"{given.purpose.label}：{given.user or given.organization}" for given in wanted.given]}


def _fitting(submission: Submission, given: tuple[Given, ...]) -> None:
    people = [one.user for one in given if one.user is not None]
    if not given:
        raise TransitionError("请选定由谁复核。")
    if len(set(people)) < len(people):
        raise TransitionError("复核人和二次复核人须是两个人。")
    able = set(notices.whose(submission, BUREAU))
    strange = next((one for one in people if one not in able), None)
    if strange is not None:
        raise TransitionError(f"{strange} 不是本年度的复核人员：请先由系统管理员设定角色。")
    if any(one.purpose is Purpose.SECOND for one in given) and not any(
        one.purpose is Purpose.RECHECK for one in given
    ):
        raise TransitionError("请先选定复核人，再选二次复核人。")
