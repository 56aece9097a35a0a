"""One act on many filings: each through `actions.move`, by itself, so that one refusal stops no other."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from jixiao.errors import JixiaoError
from jixiao.web import access, log, notices
from jixiao.web.access import Right
from jixiao.web.actions.moving import move
from jixiao.web.actions.revising import locked
from jixiao.web.actions.wanted import Given, Move
from jixiao.web.log import Act, Actor
from jixiao.web.models import Submission
from jixiao.web.workflow import DESK, Action, State

MOST = 200  # filings at one go: more would keep a browser waiting
REMIND = "remind"
ACTS = (Action.FORWARD, Action.ACCEPT, Action.RETURN, Action.REASSIGN, Action.SPOT_CHECK)


@dataclass(frozen=True, slots=True)
class Picked:
    """A filing and the version of it that was seen."""

    pk: int
    seen: int


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked for: an action of the workflow, or (None) a reminder to whose desk it lies on."""

    act: Action | None
    picked: tuple[Picked, ...]
    reason: str = ""
    given: tuple[Given, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it for one filing: "" where it was done, else why not."""

    pk: int
    name: str
    refusal: str = ""


def act(asked: Ask, actor: Actor) -> tuple[Outcome, ...]:
    """Do it to each filing in turn, each in its own transaction with its own log entry."""
    return tuple(_outcomes(asked, actor))


def _outcomes(asked: Ask, actor: Actor) -> Iterator[Outcome]:
    seen = access.visible_to(actor.user) if actor.user else Submission.objects.none()
    names = {
        one.pk: str(one)
        for one in seen.select_related("project").filter(pk__in=[one.pk for one in asked.picked])
    }
    for one in asked.picked:
        try:
            _one(asked, one, actor)
        except (JixiaoError, PermissionDenied, Http404) as refused:
            yield Outcome(one.pk, names.get(one.pk, "（看不到的材料）"), str(refused))
        else:
            yield Outcome(one.pk, names[one.pk])


def _one(asked: Ask, one: Picked, actor: Actor) -> None:
    if asked.act is None:
        remind(one.pk, asked.reason, actor)
    else:
        move(one.pk, Move(asked.act, one.seen, asked.reason, given=asked.given), actor)


@transaction.atomic
def remind(pk: int, words: str, actor: Actor) -> None:
    """Tell those on whose desk a filing lies that it waits for them; it stays where it is.

    Raises:
        Http404, PermissionDenied: as in `access.submission_for`.
    """
    if actor.user is None:
        raise PermissionDenied("请先登录。")
    access.submission_for(actor.user, pk, may=Right.REMIND)
    submission = locked(pk)
    desk = DESK[State(submission.state)]
    said = f"催办：“{submission}”现在是“{submission.get_state_display()}”，请尽快办理。{words}".strip()
    notices.tell(notices.whose(submission, desk), submission, said, actor)
    log.append(actor, Act("remind", said, submission))
