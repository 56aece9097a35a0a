"""Re-checking: a score and a reason per row, kept while they are typed; then finished, or taken up again."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from jixiao.errors import TransitionError
from jixiao.web import access, log, rechecking, records
from jixiao.web.access import Right
from jixiao.web.actions.revising import locked, scaled
from jixiao.web.actions.wanted import person
from jixiao.web.log import Act, Actor
from jixiao.web.models import Recheck, Submission
from jixiao.web.records import Row

_NAMED = 5  # rows that a sentence names


@dataclass(frozen=True, slots=True)
class Typed:
    """What a reviewer typed into a row: the score, the result as re-checked, the reason; texts, empty for nothing."""

    score: str = ""
    value: str = ""
    reason: str = ""


@transaction.atomic
def keep_row(pk: int, seen: int, key: str, typed: Typed, actor: Actor) -> Recheck:
    """Keep one row of one's own re-check; a draft of one's own, so it isn't logged until it is finished.

    Raises:
        Http404, PermissionDenied: as in `access.submission_for`, for whoever re-checks this filing.
        TransitionError: another window of the reviewer's kept something meanwhile, it is finished, or there is no such
            row; or the score is none that the row can have.
    """
    submission = _locked_for(pk, actor)
    rows = {row.key: row for row in _rows(submission)}
    if key not in rows:
        raise TransitionError("这一行已经不在这一稿里：请刷新页面。")
    _possible(rows[key], typed.score)
    kept = _open(submission, seen, actor)
    kept.rows |= {key: {"score": typed.score, "value": typed.value.strip(), "reason": typed.reason.strip()}}
    return _saved(kept, actor)


@transaction.atomic
def keep_opinion(pk: int, seen: int, opinion: str, actor: Actor) -> Recheck:
    """Keep what a reviewer says of the whole; as in `keep_row`."""
    kept = _open(_locked_for(pk, actor), seen, actor)
    kept.opinion = opinion.strip()
    return _saved(kept, actor)


@transaction.atomic
def adopt(pk: int, seen: int, actor: Actor) -> Recheck:
    """Put the computed scores, else the unit's own, where the reviewer has given none yet.

    A computed score brings its sum as the reason where it differs from the unit's own.
    """
    submission = _locked_for(pk, actor)
    kept = _open(submission, seen, actor)
    for row in _rows(submission):
        score = row.computed if row.computed is not None else row.printed
        if not kept.rows.get(row.key, {}).get("score") and score is not None:
            told = dict(kept.rows.get(row.key, {}))
            why = (
                f"按口径重算：{row.steps}"
                if row.differs and not told.get("reason")
                else told.get("reason", "")
            )
            kept.rows |= {row.key: {"value": "", **told, "score": f"{score:f}", "reason": why}}
    return _saved(kept, actor)


@transaction.atomic
def finish(pk: int, seen: int, actor: Actor) -> Recheck:
    """Finish one's own re-check.

    Raises:
        Http404, PermissionDenied, TransitionError: as in `keep_row`; or a score or a reason is wanting.
    """
    submission = _locked_for(pk, actor)
    kept = _open(submission, seen, actor)
    _complete(_rows(submission), kept.rows)
    scores = [Decimal(row["score"]) for row in kept.rows.values() if row.get("score")]
    kept.total, kept.done_at = scaled(sum(scores, Decimal(0))), actor.at
    _saved(kept, actor)
    # the score isn't said here: a second reviewer, who must not know it, reads this log
    log.append(actor, Act("finish_recheck", f"完成{_word(kept)}", submission, details={"recheck": kept.pk}))
    return kept


@transaction.atomic
def reopen(pk: int, seen: int, actor: Actor) -> Recheck:
    """Take one's own finished re-check up again; not when two reviewers know each other's scores already.

    Raises:
        Http404, PermissionDenied, TransitionError: as in `keep_row`.
    """
    submission = _locked_for(pk, actor)
    kept = rechecking.of(submission, person(actor))
    if kept is None or kept.done_at is None or kept.version != seen:
        raise TransitionError("这份复核的情况已经变了：请刷新页面。")
    two = rechecking.assigned(submission).count() > 1 and not kept.sampled
    if two and not rechecking.is_blind(submission):
        raise TransitionError("两份复核都已完成、互相可见，不能再改。确需重做，请财政管理人员改派。")
    kept.done_at = kept.total = None
    _saved(kept, actor)
    log.append(
        actor, Act("reopen_recheck", f"重新打开{_word(kept)}", submission, details={"recheck": kept.pk})
    )
    return kept


def _word(kept: Recheck) -> str:
    return "抽查复核" if kept.sampled else "复核"


def _locked_for(pk: int, actor: Actor) -> Submission:
    user = person(actor)
    access.submission_for(user, pk)
    submission = locked(pk)
    access.require(user, Right.RECHECK, submission)
    if not rechecking.may_recheck(user, submission):
        raise PermissionDenied("这份材料已指派给别人复核。如需由您复核，请财政管理人员改派。")
    if submission.revision is None:
        raise TransitionError("这份材料还没有内容，不能复核。")
    return submission


def _rows(submission: Submission) -> tuple[Row, ...]:
    if submission.revision is None:
        return ()
    return records.rows_of(records.review_of(submission.revision))


def _open(submission: Submission, seen: int, actor: Actor) -> Recheck:
    """Return one's own re-check, made where there is none yet; the filing's lock keeps it to one."""
    user = person(actor)
    kept = rechecking.of(submission, user)
    if kept is None:
        sampled = rechecking.is_sampled(submission)
        kept = Recheck(
            submission=submission, revision=submission.revision, reviewer=user, sampled=sampled,
            second=not sampled and rechecking.is_second(submission, user),
        )  # fmt: skip
    if kept.done_at is not None:
        raise TransitionError("这份复核已完成。要修改，请先点“重新打开”。")
    if kept.version != seen:
        raise TransitionError("您在另一个窗口里改过这份复核：请刷新页面，刚填的这一行请先记下。")
    return kept


def _saved(kept: Recheck, actor: Actor) -> Recheck:
    kept.version += 1
    kept.at = actor.at
    kept.save()
    return kept


def _possible(row: Row, score: str) -> None:
    if not score:
        return
    if Decimal(score) < 0 or (row.points is not None and Decimal(score) > row.points):
        most = f"{row.points:f}" if row.points is not None else "满分"
        raise TransitionError(f"“{row.name}”的复核得分是 {score}，应在 0 到 {most} 之间。")


def _complete(rows: tuple[Row, ...], typed: Mapping[str, Mapping[str, str]]) -> None:
    scored = [row for row in rows if row.points is not None]
    blank = [row.name for row in scored if not typed.get(row.key, {}).get("score")]
    if blank:
        more = "等" if len(blank) > _NAMED else ""
        raise TransitionError(f"还有 {len(blank)} 行没有复核得分：{'、'.join(blank[:_NAMED])}{more}。")
    unsaid = [row.name for row in scored if _parts(row, typed[row.key]) and not typed[row.key].get("reason")]
    if unsaid:
        raise TransitionError(f"复核得分与自评得分不同的，请写明理由：{'、'.join(unsaid)}。")


def _parts(row: Row, told: Mapping[str, str]) -> bool:
    return row.printed is None or Decimal(told["score"]) != row.printed
