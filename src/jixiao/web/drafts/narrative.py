"""The report beside the table: drafted from it, edited by hand, its figures bound to the table.

A paragraph that nobody edited is drafted anew with every change of the table. One that was edited keeps its words; a
figure in it that was left as drafted goes on following the table, one that was changed by hand is shown beside what
the table has. Only what was edited is kept in the draft.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from jixiao import api
from jixiao.api import filling
from jixiao.api.filling import Filled
from jixiao.layout import Block, Grid, Layout, Line
from jixiao.model.reading import Reading
from jixiao.schemes import load_scheme
from jixiao.web.drafts.content import Content

BLANK = re.compile(r"【请填写[^】]*】")
_NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a paragraph that a figure of the table belongs to: its key, and the fields that it was taken from.

    `by_hand` tells that somebody wrote it; `table` is what the table has then, "" where it has nothing any more.
    """

    start: int
    end: int
    key: str
    paths: tuple[str, ...] = ()
    by_hand: bool = False
    table: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, heading or table of the report, by a key that lasts while the outline does."""

    key: str
    block: Block
    marks: tuple[Mark, ...] = ()
    version: int = 0
    name: str = ""
    at: str = ""

    @property
    def text(self) -> str:
        """Its words; "" for a table."""
        return self.block.text if isinstance(self.block, Line) else ""

    @property
    def level(self) -> int | None:
        """Its heading level; None for text and tables."""
        return self.block.level if isinstance(self.block, Line) else None

    @property
    def grid(self) -> Grid | None:
        """The table that it is; None for words."""
        return self.block if isinstance(self.block, Grid) else None

    @property
    def is_edited(self) -> bool:
        """Whether somebody wrote in it."""
        return self.version > 0

    @property
    def pieces(self) -> tuple[tuple[str, Mark | None], ...]:
        """Its words cut at the figures."""
        found: list[tuple[str, Mark | None]] = []
        at = 0
        for mark in self.marks:
            found += [(self.text[at : mark.start], None), (self.text[mark.start : mark.end], mark)]
            at = mark.end
        return tuple((text, mark) for text, mark in (*found, (self.text[at:], None)) if text or mark)


def report(content: Content, filled: Filled) -> tuple[Paragraph, ...]:
    """Return the report as it stands: drafted from the table, what was edited in its place.

    Raises:
        UnreadableError: there is no table to draft from.
    """
    scheme = load_scheme(content.scheme)
    draft = api.draft(filled.review, scheme, content.outline or api.outline_for(scheme))
    fresh = tuple(_fresh(draft))
    kept: dict[str, Any] = dict(content.narrative)
    found = [_merged(one, kept.pop(one.key)) if one.key in kept else one for one in fresh]
    return (*found, *(_left_over(key, said) for key, said in kept.items()))


def _fresh(draft: api.Draft) -> Iterator[Paragraph]:
    """Yield the drafted paragraphs with their keys: the headings above, and how many stood below them before."""
    above: list[str] = []
    count: Counter[str] = Counter()
    for n, block in enumerate(draft.layout.blocks):
        if isinstance(block, Line) and block.level is not None:
            above = [*above[: block.level], block.text]
        path = "/".join(above)
        count[path] += 1
        yield Paragraph(f"{path}#{count[path]}", block, tuple(_marks(draft, n)))


def _marks(draft: api.Draft, number: int) -> Iterator[Mark]:
    seen: Counter[str] = Counter()
    for one in draft.bindings:
        if one.block == number and one.cell is None and one.how != _NUMBER:
            key = f"{one.how}:{'+'.join(one.paths)}"
            seen[key] += 1
            yield Mark(one.start, one.end, f"{key}#{seen[key]}", one.paths)


def _merged(fresh: Paragraph, kept: Mapping[str, Any]) -> Paragraph:
    """Put the table's figures into an edited paragraph where they were left bound."""
    now = {mark.key: (fresh.text[mark.start : mark.end], mark.paths) for mark in fresh.marks}
    text, marks, at = "", [], 0
    said = str(kept["text"])
    for start, end, key, by_hand in kept["marks"]:
        text += said[at:start]
        own = said[start:end]
        table, paths = now.get(key, ("", ()))
        bound = not by_hand and key in now
        shown = table if bound else own
        differs = not bound and shown != table
        marks.append(Mark(len(text), len(text) + len(shown), key, paths, differs, table if differs else ""))
        text, at = text + shown, end
    text += said[at:]
    return replace(fresh, block=_worded(fresh.block, text), marks=tuple(marks), **_whose(kept))


def _worded(block: Block, text: str) -> Block:
    return replace(block, text=text) if isinstance(block, Line) else block


def _whose(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {"version": int(kept["version"]), "name": str(kept["name"]), "at": str(kept["at"])}


def _left_over(key: str, kept: Mapping[str, Any]) -> Paragraph:
    """Return an edited paragraph whose ground the table has no more, so that its words aren't lost."""
    return Paragraph(key, Line(str(kept["text"])), **_whose(kept))


def edited(shown: Paragraph, text: str) -> list[tuple[int, int, str, bool]]:
    """Return the marks of a paragraph in its new words: bound where the figure was left, by hand where it wasn't."""
    codes = SequenceMatcher(None, shown.text, text, autojunk=False).get_opcodes()
    found = []
    for mark in shown.marks:
        same = next((c for c in codes if c[0] == "equal" and c[1] <= mark.start and mark.end <= c[2]), None)
        if same is not None:
            start = same[3] + mark.start - same[1]
            found.append((start, start + mark.end - mark.start, mark.key, mark.by_hand))
            continue
        start, end = _moved(codes, mark.start), _moved(codes, mark.end, end=True)
        found.append((start, max(start, end), mark.key, True))
    return found


def _moved(codes: Sequence[tuple[str, int, int, int, int]], at: int, *, end: bool = False) -> int:
    """Return where a place of the old words is in the new ones; inside of changed words their first or last border."""
    for name, low, high, first, last in codes:
        if low <= at < high or (end and low < at <= high):
            inside = last if end else first
            return first + at - low if name == "equal" else inside
    return codes[-1][4] if codes else 0


def blanks(paragraphs: Sequence[Paragraph]) -> int:
    """Count what is still to be written by whoever sends the report: 【请填写：立项依据】."""
    return sum(len(BLANK.findall(one.text)) for one in paragraphs if one.grid is None)


def report_of(content: Content) -> tuple[Reading, ...]:
    """Return the report as papers read from it; none where nobody took it up."""
    if not content.outline:
        return ()
    filled = filling.fill(content.typed, content.scheme)
    return filling.read_page(page_of(report(content, filled)))


def page_of(paragraphs: Sequence[Paragraph]) -> Layout:
    """Return the report's page."""
    return Layout("绩效自评报告", tuple(one.block for one in paragraphs))
