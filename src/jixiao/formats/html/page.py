"""A page as its tags come by: boxes are filled, tables open and close, what is hidden is passed over.

No tree is built: what is held is the open boxes and what they have gathered.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from jixiao.formats.cell_text import tidy
from jixiao.formats.html.flow import Counter, Flow, counter
from jixiao.formats.html.grid import Box, Draft
from jixiao.formats.html.shown import (
    SKIPPED,
    Attributes,
    Sight,
    field_text,
    in_excel,
    is_paper,
    is_ruled,
    keeps_place,
)
from jixiao.formats.intake import LIMITS, Tally, too_much, whole_number

BLOCKS = frozenset({
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "header", "footer", "main", "aside", "hr",
    "form", "fieldset", "legend", "blockquote", "pre", "address", "center", "figure", "figcaption", "caption", "body",
    "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "details", "summary", "textarea", "dir", "menu",
})  # fmt: skip
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
CELLS = frozenset({"td", "th"})
LISTS = frozenset({"ol", "ul", "dir", "menu"})
FRAMES = frozenset({"frame", "iframe"})
KEEPS_SPACES = frozenset({"pre", "textarea"})


@dataclass(slots=True)
class Open:
    """A table being read, the flow it stands in, and its open cell with the flow inside."""

    table: Draft
    outside: Flow
    box: Box | None = None
    inside: Flow | None = None
    style: str = ""
    lists: list[Counter] = field(default_factory=list)  # those outside, to go on after the table


@dataclass(slots=True)
class Choice:
    """A drop-down list: what it shows is its chosen word, else its first."""

    words: list[str] = field(default_factory=list)
    chosen: int = 0


class Page:
    """The target of the parser; `flow` holds what has been read when it is closed."""

    def __init__(self, tally: Tally) -> None:
        self.flow = Flow(tally)
        self.root = self.flow
        self.sight = Sight()
        self.frames: list[str] = []
        self.attached = 0  # links to files that may hold a paper
        self.revised = False
        self.unseen = False
        self._tally = tally
        self._open: list[Open] = []
        self._lists: list[Counter] = []
        self._choice: Choice | None = None
        self._links = 0
        self._passed = 0  # open elements inside one that is passed over, that one too
        self._passed_cell = False  # one of them is a cell
        self._sheet: list[str] | None = None

        self._begin: dict[str, Callable[[Attributes], None]] = {
            "table": self._begin_table,
            "tr": self._begin_row,
            "col": self._begin_column,
            "colgroup": self._begin_columns,
            "br": self._begin_break,
            "li": self._begin_item,
            "a": self._begin_link,
            "input": self._begin_field,
            "select": self._begin_choice,
            "option": self._begin_option,
            **dict.fromkeys(CELLS, self._begin_cell),
            **dict.fromkeys(FRAMES, self._begin_frame),
            **dict.fromkeys(KEEPS_SPACES, self._begin_kept),
            **{tag: partial(self._begin_heading, level) for tag, level in HEADINGS.items()},
            **{tag: partial(self._begin_list, tag) for tag in LISTS},
        }
        self._finish: dict[str, Callable[[], None]] = {
            "table": self._end_table,
            "a": self._end_link,
            "select": self._end_choice,
            **dict.fromkeys(CELLS, self._end_cell),
            **dict.fromkeys(LISTS, self._end_list),
            **dict.fromkeys(KEEPS_SPACES, self._end_kept),
        }

    # ---------------------------------------------------------------- what the parser calls

    def start(self, tag: str, attributes: Attributes) -> None:
        """Meet an opening tag."""
        if tag == "style":
            self._sheet = []
        if self._passed:
            self._passed += 1
            self._passed_cell = self._passed_cell or tag in CELLS
        elif tag == "del" or tag in SKIPPED or self.sight.hides(attributes):
            self._pass_over(tag, attributes)
        else:
            if tag in BLOCKS:
                self.flow.end_line()
            begin = self._begin.get(tag)
            if begin is not None:
                begin(attributes)

    def end(self, tag: str) -> None:
        """Meet a closing tag, one that the page left out too."""
        if tag == "style" and self._sheet is not None:
            self.sight.learn("".join(self._sheet))
            self._sheet = None
        if self._passed:
            self._passed -= 1
            return
        finish = self._finish.get(tag)
        if finish is not None:
            finish()
        if tag in BLOCKS:
            self.flow.end_line()
            self.flow.level = None if tag in HEADINGS else self.flow.level

    def data(self, text: str) -> None:
        """Meet text."""
        if self._passed:
            if self._sheet is not None:
                self._sheet.append(text)
            elif self._passed_cell and text.strip():
                self.unseen = True
        elif self._choice is not None:
            if self._choice.words:
                self._choice.words[-1] += text
        else:
            self.flow.add(text)
            if self._links and self._open and (box := self._open[-1].box):
                box.linked += len(text.strip())

    def comment(self, text: str) -> None:
        """Meet a comment; Word hides its XML there."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Meet an instruction, which shows nothing."""

    def close(self) -> "Page":
        """Meet the end of the page."""
        while self._open:
            self._end_table()
        self.flow.end_line()
        return self

    # ---------------------------------------------------------------- elements

    def _pass_over(self, tag: str, attributes: Attributes) -> None:
        if tag in CELLS and keeps_place(attributes):
            self._begin_cell(attributes)
        if tag == "col":
            self._begin_column(attributes)  # hidden, and its cells with it
        self._passed = 1
        self._passed_cell = tag in CELLS
        self.revised = self.revised or tag == "del"

    def _begin_table(self, attributes: Attributes) -> None:
        self.flow.end_line()
        if len(self._open) >= LIMITS.nesting:
            raise too_much(self._tally.name, "一层套一层的表格")
        presentation = attributes.get("role", "").lower() in {"presentation", "none"}
        self._open.append(Open(Draft(presentation, is_ruled(attributes)), self.flow, lists=self._lists))
        self._lists = []

    def _begin_row(self, _: Attributes) -> None:
        if self._open:
            self._end_cell()
            self._open[-1].table.slots.next_row()

    def _begin_cell(self, attributes: Attributes) -> None:
        if not self._open:
            return
        self._end_cell()
        top = self._open[-1]
        span = (_span(attributes, "rowspan"), _span(attributes, "colspan"))
        top.box = top.table.cell(span, self._tally)
        top.style = attributes.get("style", "")
        top.table.ruled = top.table.ruled or is_ruled(attributes)
        if "mso-ignore:colspan" in top.style.replace(" ", ""):
            top.box.across = 1
        self.flow = top.inside = Flow(self._tally)
        self._lists, self._links = [], 0

    def _begin_column(self, attributes: Attributes) -> None:
        if self._open:
            unseen = self.sight.hides(attributes) or attributes.get("width", "").strip("*px ") == "0"
            self._open[-1].table.column(_span(attributes, "span"), hidden=unseen)

    def _begin_columns(self, attributes: Attributes) -> None:
        if "width" in attributes or "span" in attributes:  # else its <col>s speak for themselves
            self._begin_column(attributes)

    def _begin_heading(self, level: int, _: Attributes) -> None:
        self.flow.level = level

    def _begin_list(self, tag: str, attributes: Attributes) -> None:
        self._lists.append(counter(tag, attributes))

    def _begin_item(self, attributes: Attributes) -> None:
        if self._lists:
            self.flow.add(self._lists[-1].next(attributes))

    def _begin_break(self, _: Attributes) -> None:
        self.flow.end_line()

    def _begin_link(self, attributes: Attributes) -> None:
        self.attached += is_paper(attributes.get("href", ""))
        self._links += 1

    def _begin_field(self, attributes: Attributes) -> None:
        self.flow.add(field_text(attributes))

    def _begin_kept(self, _: Attributes) -> None:
        self.flow.kept_spaces += 1

    def _begin_choice(self, _: Attributes) -> None:
        self._choice = Choice()

    def _begin_option(self, attributes: Attributes) -> None:
        if self._choice is not None:
            self._choice.words.append("")
            self._choice.chosen = (
                len(self._choice.words) - 1 if "selected" in attributes else self._choice.chosen
            )

    def _begin_frame(self, attributes: Attributes) -> None:
        self.frames.append(attributes.get("src", ""))
        self.attached += is_paper(self.frames[-1])

    def _end_table(self) -> None:
        if not self._open:
            return
        self._end_cell()
        top = self._open.pop()
        self.flow, self._lists = top.outside, top.lists
        self.flow.end_line()
        if not top.table.is_layout():
            self.flow.items.append(top.table)
            return
        for box in top.table.boxes:
            self.flow.items += box.items

    def _end_cell(self) -> None:
        if not self._open or self._open[-1].box is None:
            return
        top = self._open[-1]
        box, inside = top.box, top.inside
        top.box = top.inside = None
        self.flow = top.outside
        if box is None or inside is None:
            return
        inside.end_line()
        if not inside.items:
            self._tally.add("")
        box.items = inside.items
        box.excel = in_excel("\n".join(box.lines), top.style)

    def _end_list(self) -> None:
        if self._lists:
            self._lists.pop()

    def _end_link(self) -> None:
        self._links = max(self._links - 1, 0)

    def _end_kept(self) -> None:
        self.flow.kept_spaces = max(self.flow.kept_spaces - 1, 0)

    def _end_choice(self) -> None:
        if self._choice is not None and self._choice.words:
            self.flow.add(tidy(self._choice.words[self._choice.chosen]))
        self._choice = None


def _span(attributes: Attributes, name: str) -> int:
    return whole_number(attributes.get(name, "").strip(), 1)
