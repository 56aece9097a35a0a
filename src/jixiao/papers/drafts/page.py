"""From an outline and what is told below its headings to a page: numbers, tables, signature, and every binding."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from jixiao.layout import PLACEHOLDER, Block, Cell, Grid, Layout, Line, Role
from jixiao.model.finding import FieldPath
from jixiao.model.numerals import chinese
from jixiao.papers.drafts.telling import Head, How, Item, Passage, Quote, Table, Text, Told


@dataclass(frozen=True, slots=True)
class Binding:
    """A stretch of a draft that was taken from the record, and from where.

    `block` counts the layout's blocks from 0; `start` and `end` are offsets in the line, or in the text of the grid's
    cell `cell` (row, column). `paths` and `how` as in telling.Quote; a text bound so is never typed by hand.
    """

    block: int
    start: int
    end: int
    text: str
    paths: tuple[FieldPath, ...]
    how: How
    cell: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted report: its page, and the source of every figure and quoted text on it."""

    layout: Layout
    bindings: tuple[Binding, ...]

    @property
    def blanks(self) -> tuple[str, ...]:
        """Return what is left to be filled in, in reading order."""
        texts = (text for block in self.layout.blocks for text in texts_of(block))
        return tuple(found.group() for text in texts for found in PLACEHOLDER.finditer(text))


@dataclass(frozen=True, slots=True)
class Headed:
    """A heading of the outline with what is told below it."""

    level: int
    title: str
    told: Sequence[Told]


@dataclass(slots=True)
class _Page:
    """Blocks and bindings as they grow, and how far each level has counted."""

    blocks: list[Block] = field(default_factory=list)
    bindings: list[Binding] = field(default_factory=list)
    counted: dict[int, int] = field(default_factory=dict)

    def put(self, passage: Passage, level: int | None = None, role: Role = Role.TEXT) -> None:
        self.bindings += bound(passage, len(self.blocks))
        self.blocks.append(Line(passage.text, level=level, role=role))

    def number(self, level: int) -> Passage:
        """Count on at a level, and begin anew below it."""
        count = self.counted.get(level, 0) + 1
        self.counted = {at: n for at, n in self.counted.items() if at < level} | {level: count}
        return Passage((Quote(numeral(level, count), (), How.NUMBER),))

    def table(self, table: Table) -> None:
        if table.caption.words:
            self.put(table.caption, role=Role.SUBTITLE)
        cells = []
        for r, row in enumerate(table.rows):
            for c, passage in enumerate(row):
                self.bindings += bound(passage, len(self.blocks), (r, c))
                cells.append(Cell(r, c, passage.text, role=table.roles[c] if r else Role.HEADING))
        self.blocks.append(Grid(tuple(cells), widths=table.widths, repeated=(0, 1)))


def laid_out(title: Passage, parts: Iterable[Headed], signature: Sequence[Passage]) -> Draft:
    """Lay a report out: its title, its numbered headings with what stands below them, its signature.

    The page is called as the report is, without what the title leaves blank.
    """
    page = _Page()
    page.put(title, level=0)
    for part in parts:
        page.put(page.number(part.level) + Passage((part.title,)), level=part.level)
        level = part.level
        for told in part.told:
            level = _put(page, told, level, part.level + 1)
    for line in signature:
        page.put(line, role=Role.SIGNATURE)
    return Draft(Layout(PLACEHOLDER.sub("", title.text), tuple(page.blocks)), tuple(page.bindings))


def _put(page: _Page, told: Told, level: int, below: int) -> int:
    """Put one block in and return the level of the heading that the next one stands under."""
    match told:
        case Head():
            page.put(page.number(below) + told.passage, level=below)
            return below
        case Item():
            page.put(page.number(level + 1) + told.passage)
        case Text():
            page.put(told.passage)
        case Table():
            page.table(told)
        case _:
            assert_never(told)
    return level


def numeral(level: int, count: int) -> str:
    """Return the number of a heading or item as GB/T 9704 prints it: 一、 （一） 1. （1）, and ① below."""
    if level <= _IN_WORDS:
        word = chinese(count)
        return f"{word}、" if level == 1 else f"（{word}）"
    if level > _CIRCLED:
        return chr(ord("①") + count - 1) if count <= _MOST_CIRCLED else f"{count}）"
    return f"（{count}）" if level == _CIRCLED else f"{count}."


_IN_WORDS, _CIRCLED, _MOST_CIRCLED = 2, 4, 20


def bound(passage: Passage, block: int, cell: tuple[int, int] | None = None) -> Iterator[Binding]:
    """Yield the bindings of a passage that stands in a block."""
    at = 0
    for word in passage.words:
        text = word if isinstance(word, str) else word.text
        if isinstance(word, Quote):
            yield Binding(block, at, at + len(text), text, word.paths, word.how, cell)
        at += len(text)


def texts_of(block: Block) -> tuple[str, ...]:
    """Return the texts of a block: of a line, or of every cell of a grid."""
    return (block.text,) if isinstance(block, Line) else tuple(cell.text for cell in block.cells)
