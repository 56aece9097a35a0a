"""A neutral page: lines and grids in reading order, and the place each came from.

Formats make a Layout of bytes and bytes of a Layout; papers make records of a Layout and a Layout of records. This
module knows neither files nor performance evaluation.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from jixiao.expressions import expression


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in its source; only the keys that the format has are set.

    `page`, `table`, `row`, `column` and `line` count from 1; `cell` is a workbook's own name such as `B7`; `start` and
    `end` are character offsets inside the line or cell; `box` is x0, y0, x1, y1 in points on a page, as exact text.
    """

    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    cell: str | None = None
    line: int | None = None
    start: int | None = None
    end: int | None = None
    box: tuple[str, str, str, str] | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that could be read in more than one way: what was taken, and what else it may be.

    `where` is the field path in the record (see model.finding), empty when it concerns the page as a whole.
    """

    place: Place
    why: str
    reading: str | None = None
    alternative: str | None = None
    where: str = ""


class Role(StrEnum):
    """What a cell or a line is for, so that a writer can dress it; readers leave TEXT.

    HEADING and NUMBER are for cells; the others for lines of text without a heading level: SUBTITLE stands centred
    under a title (（2023年度）), NOTE is small print under a table, SIGNATURE ends a paper at its right side and is
    never parted from what stands before it.
    """

    TEXT = "text"
    HEADING = "heading"
    NUMBER = "number"
    SUBTITLE = "subtitle"
    NOTE = "note"
    SIGNATURE = "signature"


PLACEHOLDER = expression(
    r"【[^【】]{1,200}】"
)  # what whoever sends the paper has still to fill in; writers mark it


class Wanted(StrEnum):
    """What may be put into a cell that is left to be filled in; ANY is a number, which stays one, or words."""

    ANY = "any"
    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Input:
    """A cell to be filled in by hand: what is wanted, what is offered or allowed, and a note that says so.

    `choices` are offered; for a CHOICE another word is let through after a warning, for TEXT and ANY at once. `low` and
    `high` bound a NUMBER, None where open; `places` are its decimals, None where any will do. `note` is shown beside
    the cell.
    """

    wanted: Wanted = Wanted.TEXT
    choices: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    places: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    r"""One cell, spans owned once: a merged cell stands at its upper left corner and nowhere else.

    `row` and `column` count from 0 inside the grid; `text` is what a reader of the paper sees (a percentage in its
    printed form, 88.44% and not 0.8844), with the white space at line breaks kept as a single "\n".
    `confidence` is how surely a picture of it was read, 0..1; None where the text was no picture.

    For writers alone: `input` is set where the cell is to be filled in; `formula` works its value out in a workbook,
    with {row:column} for a cell of the same grid, counted from 0 ("ROUND({3:4}/{3:5},2)"), and `text` is then the
    value it has now. It may be typed over only where
    it has an `input` as well.
    """

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    role: Role = Role.TEXT
    place: Place = NOWHERE
    confidence: Decimal | None = None
    input: Input | None = None
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text; `level` is its heading level (0 the title, 1.. below), None for body text.

    `gaps` are the offsets at which two spaces or more stood, as between the cells of a table without lines; 0 for those
    before the text. Only a reader of plain text tells them.
    `confidence` as of a cell; `role` says how body text is dressed.
    For writers alone: `chart` is drawn above the line, which is its caption; a format without pictures writes the
    caption alone.
    """

    text: str
    place: Place = NOWHERE
    level: int | None = None
    confidence: Decimal | None = None
    role: Role = Role.TEXT
    chart: "Chart | None" = None
    gaps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its cells in reading order. Empty cells may be left out; where they stand they have text "".

    `choices` are columns, from 0, whose cells below the first row are chosen from a list of words; readers leave it
    empty, and a format that knows no lists writes the cells alone.
    For writers alone: `widths` are the columns' shares of the width, in their order, empty where the writer is to
    choose; `repeated` are the rows, first and behind the last, that stand again at the top of each further page.
    """

    cells: tuple[Cell, ...]
    place: Place = NOWHERE
    choices: tuple[tuple[int, tuple[str, ...]], ...] = ()
    widths: tuple[int, ...] = ()
    repeated: tuple[int, int] | None = None

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the cells row by row, each row in column order; a spanned cell only in the row where it starts."""
        row: list[Cell] = []
        for cell in sorted(self.cells, key=lambda c: (c.row, c.column)):
            if row and cell.row != row[0].row:
                yield tuple(row)
                row = []
            row.append(cell)
        if row:
            yield tuple(row)


Block = Line | Grid


@dataclass(frozen=True, slots=True)
class Layout:
    """One file as a page: its blocks in reading order and what could not be read for sure.

    `name` is the file's name as given, `format` the row of FORMATS that read it. A writer takes `name` for the title of
    a sheet or a bookmark, and turns the paper on its side where it is `landscape`. `stamp` is a text that a workbook
    keeps out of sight and gives back when it is read, so that a template that was filled in is known again.
    """

    name: str
    blocks: tuple[Block, ...]
    format: str = ""
    doubts: tuple[Doubt, ...] = field(default=())
    landscape: bool = False
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A column of a chart: its name, how high it stands; `beside` is a mark to compare it with, None without one."""

    name: str
    value: Fraction
    beside: Fraction | None = None
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a chart; a marked one has another shape and colour, and its name beside it."""

    name: str
    across: Fraction
    up: Fraction
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of bars or of dots: neutral like a page, drawn by a format.

    `across` and `up` name the axes with their units; with `percent` what goes up is a share of 1. `band` gives the
    lower and upper end at each place across, `level` a line over the whole width. `places` names the places 1, 2, 3 …
    across; where it is empty they are numbers. `legend` explains, in this order: plain, marked, band, level, beside; an
    empty text is left out. `note` says how to read it, and of what it is made.
    """

    name: str
    title: str
    across: str
    up: str
    note: str
    bars: tuple[Bar, ...] = ()
    dots: tuple[Dot, ...] = ()
    band: tuple[tuple[Fraction, Fraction, Fraction], ...] = ()
    level: Fraction | None = None
    places: tuple[str, ...] = ()
    percent: bool = False
    legend: tuple[str, str, str, str, str] = ("", "", "", "", "")
