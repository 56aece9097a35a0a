"""Typing into a draft: every save names the row and the version that it saw, and nothing is written over unseen.

A row that somebody saved meanwhile is merged cell by cell; where both changed one cell to different texts, that row
is left as it is and comes back as a `Clash` for a person to decide. Saves are no entries of the log: a draft says
itself who saved each row and when, and what is sent becomes a revision (docs/decisions/0027).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from jixiao.api import filling
from jixiao.errors import TransitionError
from jixiao.web import access
from jixiao.web.access import Right
from jixiao.web.actions.wanted import person
from jixiao.web.drafts.content import (
    LOCKED_CELLS,
    LOCKED_FIELDS,
    Content,
    Row,
    Stage,
    content_of,
    is_locked,
    put,
    row_of,
    stage_of,
)
from jixiao.web.log import Actor
from jixiao.web.models import Draft, Submission

MOST_ROWS = 300
APPROVED = "“{}”已经批复，不能在这里改。确需调整的，请按规定报财政局办理目标调整。"


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody typed into a row: the version they saw, and for each cell the text it had and the new one."""

    row: str
    seen: int
    cells: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Clash:
    """A row that two people changed: for each cell in question mine and theirs; whose the other save was.

    `gone` tells that the row was deleted meanwhile.
    """

    row: str
    name: str
    seen: int
    cells: Mapping[str, tuple[str, str]]
    by: str
    at: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A draft that is held by this transaction, and what it holds of the stage that is typed into."""

    submission: Submission
    draft: Draft
    stage: Stage
    content: Content

    def keep(self, actor: Actor) -> None:
        """Write the texts back; the version must have been raised by the rows that were saved."""
        put(self.draft, self.stage, self.content)
        self.draft.changed_by = actor.user
        self.draft.save()


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a save: the filing, its draft and texts as they stand now, and what is left to decide.

    `merged` are the people whose other cells of the same rows came together with mine; `rows` the rows to be shown.
    """

    submission: Submission
    draft: Draft
    content: Content
    clashes: tuple[Clash, ...] = ()
    merged: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


def hold(pk: int, actor: Actor) -> Held:
    """Return the draft of a filing, locked until the transaction ends.

    Raises:
        Http404, PermissionDenied: as in `access.submission_for`.
        TransitionError: nobody has begun this stage's draft.
    """
    submission, draft, stage = held_draft(pk, actor)
    content = content_of(draft, stage)
    if content is None:
        raise TransitionError("这一阶段还没有开始填写：请刷新页面，先选择从哪里开始。")
    return Held(submission, draft, stage, content)


def held_draft(pk: int, actor: Actor) -> tuple[Submission, Draft, Stage]:
    """Return a filing that the actor may write, its draft, both locked, and the stage that is written now."""
    submission = access.held_for(person(actor), pk, Right.WRITE)
    stage = stage_of(submission)
    if stage is None:
        raise TransitionError(access.refusal(Right.WRITE, submission))
    draft, _ = Draft.objects.select_for_update().get_or_create(submission=submission)
    return submission, draft, stage


@transaction.atomic
def save(pk: int, changes: Sequence[Change], actor: Actor) -> Saved:
    """Save what was typed.

    Raises:
        Http404, PermissionDenied: as in `access.submission_for`.
        TransitionError: a cell is locked, or no cell of this form.
    """
    held = hold(pk, actor)
    return saved(held, changes, actor)


def saved(held: Held, changes: Sequence[Change], actor: Actor) -> Saved:
    """Save changes to a draft that is held; what can't be decided stays as it is and comes back."""
    others = {row.name for one in changes if (row := held.content.row(one.row)) and one.seen < row.version}
    clashes = tuple(clash for one in changes if (clash := _saved(held, one, actor)) is not None)
    if len(clashes) < len(changes):
        held.keep(actor)
    names = tuple(sorted(others - {clash.by for clash in clashes} - {person(actor).name}))
    return Saved(held.submission, held.draft, held.content, clashes, names, tuple(one.row for one in changes))


def _saved(held: Held, change: Change, actor: Actor) -> Clash | None:
    row = held.content.row(change.row)
    if row is None:
        raise TransitionError("这一行已经不在表里：请刷新页面；没有保存的文字请先复制。")
    _open(held, change)
    differing = {
        key: (now, row.cells.get(key, ""))
        for key, (was, now) in change.cells.items()
        if now != row.cells.get(key, "") and was != row.cells.get(key, "")
    }
    if row.gone or differing:
        cells = {key: (now, row.cells.get(key, "")) for key, (_, now) in change.cells.items()}
        return Clash(change.row, named(row), row.version, cells, row.name, row.at, row.gone)
    write(held, row, {key: now for key, (_, now) in change.cells.items()}, actor)
    return None


def write(held: Held, row: Row, cells: Mapping[str, str], actor: Actor) -> None:
    """Write texts into a row and say whose they are; an empty text is none."""
    row.cells = {key: text for key, text in {**row.cells, **cells}.items() if text}
    touch(held, row, actor)


def touch(held: Held, row: Row, actor: Actor) -> None:
    """Give a row a new version, that of the draft."""
    held.draft.version += 1
    row.version, row.at = held.draft.version, actor.at.isoformat()
    row.by, row.name = (actor.user.pk, actor.user.name) if actor.user is not None else (None, "系统")


def named(row: Row) -> str:
    """Return what a row is called."""
    return row.called or "这一行"


def _open(held: Held, change: Change) -> None:
    """Stop where a cell isn't one of the form, or stands as approved."""
    known = keys_of(held.content, change.row)
    strange = sorted(change.cells.keys() - known)
    if strange:
        raise TransitionError("这份表样没有这一格：请刷新页面后再填。")
    closed = LOCKED_CELLS if change.row in held.content.rows else LOCKED_FIELDS
    for key, (was, now) in change.cells.items():
        if key in closed and is_locked(held.submission, held.content) and now != was:
            raise TransitionError(APPROVED.format("绩效目标"))


def keys_of(content: Content, row: str) -> frozenset[str]:
    """Return the keys of the cells that a row has on its form."""
    if row in content.rows:
        return frozenset(filling.row_keys(content.form))
    return frozenset(key for key in filling.field_keys(content.form) if row_of(key) == row)
