"""Rows that lost points for one and the same reason: told in one sentence, not project by project."""

from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.model.figure import tidy
from jixiao.model.finding import FieldPath
from jixiao.papers.drafts.gathering import Gathering
from jixiao.papers.drafts.reasons import reason_of
from jixiao.papers.drafts.story import EXECUTION, Story
from jixiao.papers.drafts.telling import Passage, Quote, joined, of, say

_ROW = "execution"


@dataclass(frozen=True, slots=True)
class Place:
    """Where points were lost: the project's number, and the row's path (indicators.3) or execution."""

    project: int
    path: FieldPath


@dataclass(frozen=True, slots=True)
class OneReason:
    """A reason as the first of its rows prints it, and all rows that give it, in the order of the projects."""

    reason: Quote
    places: tuple[Place, ...]

    @property
    def projects(self) -> tuple[int, ...]:
        """The numbers of the projects, in their order."""
        return tuple(dict.fromkeys(place.project for place in self.places))


def one_reasons(whole: Gathering) -> tuple[OneReason, ...]:
    """Return the reasons that more than one row gives in the same words, those of most projects first.

    White space, full- and half-width signs and the last full stop make no difference; any other word does. Reasons of
    as many projects stand by their number of rows, then in the order in which they first come.
    """
    held: dict[str, list[tuple[Quote, Place]]] = {}
    for number, story in whole.numbered():
        for path in _lost(story):
            reason = reason_of(story.ground, path)
            if reason is not None:
                held.setdefault(tidy(reason.text).rstrip("。；;"), []).append((reason, Place(number, path)))
    found = [_one(whole, rows) for rows in held.values() if len(rows) > 1]
    return tuple(sorted(found, key=lambda one: (-len(one.projects), -len(one.places))))


def _lost(story: Story) -> list[FieldPath]:
    """Return what lost points: budget execution, then the rows."""
    execution = [_ROW] if story.execution_lost is not None else []
    return [*execution, *(row.path for row in story.behind)]


def _one(whole: Gathering, rows: Sequence[tuple[Quote, Place]]) -> OneReason:
    reason, first = rows[0]
    paths = tuple(f"{whole.at(first.project)}.{path}" for path in reason.paths)
    return OneReason(Quote(reason.text.rstrip("。；;"), paths), tuple(place for _, place in rows))


def told(whole: Gathering, one: OneReason) -> Passage:
    """Say a reason in one sentence, with its projects and rows counted and named."""
    names = joined((_named(whole, one, number) for number in one.projects), "；")
    n = whole.ground.count([f"{whole.at(place.project)}.{place.path}.reason" for place in one.places])
    k = whole.ground.count([f"{whole.at(number)}.project.name" for number in one.projects])
    return say("{reason}：见于{k}个项目的{n}项扣分，{names}。", reason=one.reason, k=k, n=n, names=names)


def _named(whole: Gathering, one: OneReason, number: int) -> Passage:
    story = whole.stories[number]
    rows = {row.path: row for row in story.behind}
    own = [place.path for place in one.places if place.project == number]
    names = [
        say("“{name}”", name=story.called(rows[path])) if path in rows else of(EXECUTION) for path in own
    ]
    return whole.name(number) + say("的") + whole.told(number, joined(names, "、"))
