"""Where the cells of a form stand in its grid: found by the form's own labels, so that none is counted by hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jixiao.layout import Cell, Grid
from jixiao.papers.form import Form

Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spots:
    """The spots (row, column) of a form's cells in its grid.

    `fields` are those outside the indicators by field path (project.name, funds.total.annual, goal.expected); `rows`
    one mapping an indicator row from the kind of column; `total` the cells of the row of totals; `grade` that of the
    grade word, None where the form has none.
    """

    fields: Mapping[str, Spot]
    rows: tuple[Mapping[str, Spot], ...]
    total: Mapping[str, Spot]
    grade: Spot | None


def spots_of(grid: Grid, form: Form, count: int) -> Spots:
    """Find the spots of a form that was laid out with `count` indicator rows."""
    labels = _Labels(grid)
    fields: dict[str, Spot] = {}
    for name, label in (pair for row in form.head for pair in row):
        fields[f"project.{name}"] = labels.beside(label)
    for name, label in form.goal:
        fields[f"goal.{name}"] = labels.below(label)
    fields |= _funds(labels, form)
    head = labels.first(form.columns[0].heading, after=max(spot[0] for spot in fields.values()))
    columns = dict(_columns(labels, form, head))
    top = head.row + head.rowspan
    rows = tuple({kind: (top + n, column) for kind, column in columns.items()} for n in range(count))
    last = labels.first(form.total, after=top + count - 1).row
    total: dict[str, Spot] = {kind: (last, columns[kind]) for kind in ("points", "score") if kind in columns}
    grade = next((labels.beside(label) for name, label in form.tail if name == "grade"), None)
    return Spots(fields, rows, total, grade)


def _funds(labels: "_Labels", form: Form) -> Iterator[tuple[str, Spot]]:
    head = labels.first(form.fund_columns[0].heading, after=-1)
    columns = {
        column.kind: labels.first(column.heading, after=head.row - 1).column for column in form.fund_columns
    }
    for source, label in form.fund_rows:
        row = labels.first(label, after=head.row).row
        for kind, column in columns.items():
            yield f"funds.{source}.{kind}", (row, column)


def _columns(labels: "_Labels", form: Form, head: Cell) -> Iterator[tuple[str, int]]:
    for column in form.columns:
        above = head.row if column.group else head.row - 1
        yield column.kind, labels.first(column.heading, after=above).column


class _Labels:
    """The cells of a grid by what they say, from the top."""

    def __init__(self, grid: Grid) -> None:
        self._cells = sorted(grid.cells, key=lambda cell: (cell.row, cell.column))

    def first(self, text: str, *, after: int) -> Cell:
        """Return the first cell that says `text` in a row below `after`."""
        return next(cell for cell in self._cells if cell.text == text and cell.row > after)

    def beside(self, text: str) -> Spot:
        """Return the spot at the right of a label."""
        label = self.first(text, after=-1)
        return label.row, label.column + label.colspan

    def below(self, text: str) -> Spot:
        """Return the spot under a label."""
        label = self.first(text, after=-1)
        return label.row + label.rowspan, label.column
