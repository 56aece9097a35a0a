"""What is asked for when a filing is to be moved on, and what a step beside the move is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied

from jixiao.web.log import Actor
from jixiao.web.models import Assignment, Organization, Submission, User
from jixiao.web.workflow import Action


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that the unit must put right: a finding by its id and place, or words alone; until when."""

    problem: str
    demand: str
    due: date | None = None
    finding: str = ""
    code: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """Who is to work on a filing, a person or an agency, and for what."""

    purpose: Assignment.Purpose
    user: User | None = None
    organization: Organization | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """What is asked for: the action, the version that the asker saw, and the reason where one is wanted.

    `rows` are reasons said of single rows when a filing is sent back, by the row's field path; `demands` what a unit
    must put right; `given` who is to re-check; `recheck` the re-check whose score counts where there are several.
    """

    action: Action
    seen: int
    reason: str = ""
    rows: Mapping[str, str] = field(default_factory=dict)
    demands: tuple[Demand, ...] = ()
    given: tuple[Given, ...] = ()
    recheck: int | None = None


# Does what an action does beside moving the filing; returns what the log's entry keeps of it.
Step = Callable[[Submission, Move, Actor], Mapping[str, object] | None]


def person(actor: Actor) -> User:
    """Return who acts.

    Raises:
        PermissionDenied: nobody has logged in.
    """
    if actor.user is None:
        raise PermissionDenied("请先登录。")
    return actor.user
