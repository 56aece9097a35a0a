"""A paper as rows of cells that can be damaged: what stands in a grid, and the lines before, between and after it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from jixiao.layout import Grid, Layout, Line
from jixiao.model.evaluation import Evaluation
from jixiao.papers.form import Form
from jixiao.papers.pages.selfeval_page import lay_out


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table; a merged cell's text stands at its upper left, the positions it covers are None.

    `part` tells the block: head, funds, goal, heading, indicator, total, tail, beside (a label and its answer); `line` is running text between two
    pieces of the table (page furniture), `blank` an empty line there.
    """

    part: str
    cells: tuple[str | None, ...]

    def text(self, column: int) -> str:
        """The text at a column, empty where nothing stands."""
        return (self.cells[column] or "") if column < len(self.cells) else ""

    def texts(self) -> tuple[str, ...]:
        """The texts of all columns, covered ones empty."""
        return tuple(cell or "" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: `columns` are the kinds of the indicator columns, the first of which is column 1 of the grid."""

    columns: tuple[str, ...]
    before: tuple[str, ...]
    rows: tuple[Row, ...]
    after: tuple[str, ...] = ()
    page: Layout | None = None

    def at(self, kind: str) -> int:
        """The position of a kind of indicator cell in a row."""
        return 1 + self.columns.index(kind)

    def of(self, part: str) -> list[int]:
        """The indexes of the rows of a part."""
        return [k for k, row in enumerate(self.rows) if row.part == part]


Piece = Sheet | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file: tables and running text in reading order, and what each table says."""

    pieces: tuple[Piece, ...]
    truths: tuple[Evaluation, ...]

    def sheets(self) -> Iterator[Sheet]:
        return (piece for piece in self.pieces if isinstance(piece, Sheet))


def sheet_of(evaluation: Evaluation, form: Form) -> Sheet:
    """Lay the evaluation out and take the page apart into rows."""
    page = lay_out(evaluation, form.stem)
    grid = next(block for block in page.blocks if isinstance(block, Grid))
    height = 1 + max(cell.row for cell in grid.cells)
    width = max(cell.column + cell.colspan for cell in grid.cells)
    texts = {(cell.row, cell.column): cell.text for cell in grid.cells}
    dense = [tuple(texts.get((row, column)) for column in range(width)) for row in range(height)]
    rows = tuple(
        Row(part, cells) for part, cells in zip(_parts(form, evaluation, height), dense, strict=True)
    )
    at = page.blocks.index(grid)
    before = tuple(block.text for block in page.blocks[:at] if isinstance(block, Line))
    after = tuple(block.text for block in page.blocks[at + 1 :] if isinstance(block, Line))
    return Sheet(tuple(column.kind for column in form.columns), before, rows, after, page)


def _parts(form: Form, evaluation: Evaluation, height: int) -> Iterator[str]:
    below = [
        *(
            ["beside"] * len(form.below_funds)
            + ["goal"] * (2 if form.goal else 0)
            + ["beside"] * len(form.below_goal)
        ),
        *["heading"] * (2 if any(column.group for column in form.columns) else 1),
        *["indicator"] * len(evaluation.indicators),
        *["beside"] * len(form.before_total),
        "total",
        *["tail"] * (len(form.tail) + len(form.signed)),
    ]
    yield from ["head"] * len(form.head)
    yield from ["funds"] * (
        height - len(form.head) - len(below)
    )  # a record may have more sources than the form
    yield from below


def with_row(sheet: Sheet, index: int, cells: tuple[str | None, ...]) -> Sheet:
    """Put other cells into one row; the page as laid out no longer holds."""
    rows = list(sheet.rows)
    rows[index] = replace(rows[index], cells=cells)
    return replace(sheet, rows=tuple(rows), page=None)


def with_cell(sheet: Sheet, index: int, column: int, text: str) -> Sheet:
    """Put another text into one cell."""
    cells = list(sheet.rows[index].cells)
    cells[column] = text
    return with_row(sheet, index, tuple(cells))


def with_rows(sheet: Sheet, at: int, *rows: Row) -> Sheet:
    """Put more rows before the row `at`."""
    return replace(sheet, rows=(*sheet.rows[:at], *rows, *sheet.rows[at:]), page=None)


def without_rows(sheet: Sheet, gone: set[int]) -> Sheet:
    """Leave rows out."""
    return replace(sheet, rows=tuple(r for k, r in enumerate(sheet.rows) if k not in gone), page=None)
