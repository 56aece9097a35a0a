"""The content of a draft: the texts as typed, row by row, each row with its version and who saved it last, when.

A draft keeps one content a stage of the year, so that nothing typed is lost when the filing moves on or comes back.
A row's version is the draft's own at the time it was saved: what changed since a page was sent is told by one number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jixiao.api import filling
from jixiao.api.filling import Typed
from jixiao.web.models import Draft, Revision, Submission, User
from jixiao.web.workflow import TARGETS_LOCKED, State

Stage = Revision.Stage
STAGES: Mapping[State, Stage] = {
    State.TARGETS_DRAFT: Stage.TARGETS,
    State.MONITORING: Stage.MONITORING,
    State.SELF_DRAFT: Stage.SELF,
}
HEAD, TOTAL, GOAL = "head", "total", "goal"
_NAMES = ("level4", "level3", "level2")
LOCKED_CELLS = filling.DEMANDS
LOCKED_FIELDS = frozenset({"goal.expected"})


@dataclass(slots=True)
class Row:
    """A row of the page: its texts by key, the draft's version at its last save, and whose that was.

    `gone` is a row that was deleted: it is kept, and can be brought back.
    """

    cells: dict[str, str] = field(default_factory=dict)
    version: int = 0
    by: int | None = None
    name: str = ""
    at: str = ""
    gone: bool = False

    @property
    def when(self) -> datetime | None:
        """When it was saved last."""
        return datetime.fromisoformat(self.at) if self.at else None

    @property
    def called(self) -> str:
        """What it is called: by the last level that has a name; "" where none has."""
        return next((self.cells[key] for key in _NAMES if self.cells.get(key)), "")


@dataclass(slots=True)
class Doubt:
    """Something in the file that a draft began with that could be read in more than one way.

    `row` and `key` are the cell, empty where it concerns the whole; `settled` says how: kept, other, typed.
    """

    why: str
    reading: str = ""
    alternative: str = ""
    row: str = ""
    key: str = ""
    settled: str = ""
    name: str = ""


@dataclass(slots=True)
class Content:
    """One stage's texts. `fixed` are the rows outside of the indicators, `rows` the indicators by id, `order` theirs.

    `ordered` is the draft's version at the last change of the order; `origin` says in a sentence what it began with.
    `source` is the key of the file that it began with, as it is kept with the filing.
    `narrative` are the report's paragraphs that were edited by hand, by their keys, `outline` whose they are.
    """

    form: str
    scheme: str
    year: int
    fixed: dict[str, Row] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    ordered: int = 0
    origin: str = ""
    doubts: list[Doubt] = field(default_factory=list)
    outline: str = ""
    narrative: dict[str, Any] = field(default_factory=dict)
    sent: int = 0
    source: int | None = None

    @property
    def typed(self) -> Typed:
        """The texts as the form takes them."""
        cells = {key: text for row in self.fixed.values() for key, text in row.cells.items()}
        return Typed(self.form, self.year, cells, tuple(self.rows[name].cells for name in self.order))

    def row(self, name: str) -> Row | None:
        """Return a row by its id, one that was deleted too; None where there is none."""
        return self.rows.get(name) or self.fixed.get(name)

    def every(self) -> Iterator[tuple[str, Row]]:
        """Yield all rows that stand on the page."""
        yield from self.fixed.items()
        yield from ((name, self.rows[name]) for name in self.order)

    @property
    def open_doubts(self) -> list[tuple[int, Doubt]]:
        """What has still to be decided, with its number."""
        return [(n, one) for n, one in enumerate(self.doubts) if not one.settled]

    @property
    def deleted(self) -> list[tuple[str, Row]]:
        """The rows that were deleted, the last first."""
        gone = [(name, row) for name, row in self.rows.items() if row.gone]
        return sorted(gone, key=lambda pair: -pair[1].version)


def row_of(key: str) -> str:
    """Return the id of the row in which a cell outside of the indicators stands."""
    first, _, rest = key.partition(".")
    if first in ("funds", "management"):
        return f"{first}.{rest.partition('.')[0]}"
    if first in ("project", "particular", "filer"):
        return HEAD
    return first if first in (GOAL, TOTAL) else TOTAL if key == "grade" else key


def content_of(draft: Draft | None, stage: Stage) -> Content | None:
    """Return what a draft holds of a stage; None where nobody has begun it."""
    kept = draft.content.get(stage.value) if draft is not None else None
    return _taken(kept) if isinstance(kept, dict) else None


def _taken(kept: dict[str, Any]) -> Content:
    listed = {name: {key: Row(**row) for key, row in kept[name].items()} for name in ("fixed", "rows")}
    doubts = [Doubt(**one) for one in kept.get("doubts", ())]
    return Content(**{**kept, **listed, "doubts": doubts})


def put(draft: Draft, stage: Stage, content: Content) -> None:
    """Put a stage's texts back into its draft; whoever holds the draft saves it."""
    draft.content = {**draft.content, stage.value: _kept(content)}


def _kept(content: Content) -> dict[str, Any]:
    """Return a content as `_taken` takes it; its texts aren't copied, as `asdict` would do one by one."""
    rows = {name: _plain_rows(getattr(content, name)) for name in ("fixed", "rows")}
    return {**_plain(content), **rows, "doubts": [_plain(one) for one in content.doubts]}


def _plain_rows(rows: Mapping[str, Row]) -> dict[str, dict[str, Any]]:
    return {name: _plain(row) for name, row in rows.items()}


def _plain(one: Content | Row | Doubt) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}


def stage_of(submission: Submission) -> Stage | None:
    """Return the stage that a filing's unit types into now; None where it types into none."""
    return STAGES.get(State(submission.state))


def shown_stage(submission: Submission) -> Stage:
    """Return the stage whose texts are shown: the one that is typed into, else the last that could be."""
    own = stage_of(submission)
    if own is not None:
        return own
    early = {State.TARGETS_AT_DEPARTMENT, State.TARGETS_AT_BUREAU}
    return Stage.TARGETS if State(submission.state) in early else Stage.SELF


def is_locked(submission: Submission, content: Content) -> bool:
    """Tell whether the form holds targets that stand as approved, and can't be typed over."""
    approved = submission.approved_id is not None and State(submission.state) in TARGETS_LOCKED
    return approved and filling.holds_targets(content.form)


def begun(typed: Typed, scheme: str, origin: str, who: User | None, at: datetime) -> Content:
    """Return new texts as a stage's content, its rows numbered."""
    name = who.name if who is not None else ""
    stamp: dict[str, Any] = {"by": who.pk if who is not None else None, "name": name, "at": at.isoformat()}
    content = Content(typed.form, scheme, typed.year or at.year, origin=origin)
    for spot in filling.entry_sheet(typed).spots.values():
        if not spot.rows:
            content.fixed.setdefault(row_of(spot.key), Row(**stamp))
    for key, text in typed.cells.items():
        content.fixed.setdefault(row_of(key), Row(**stamp)).cells[key] = text
    for n, cells in enumerate(typed.rows, 1):
        content.rows[f"r{n}"] = Row(dict(cells), **stamp)
    content.order = list(content.rows)
    return content
