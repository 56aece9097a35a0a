"""A table of answers, not of a form: a row of headings that stands again on every page, and plain cells below it."""

from collections.abc import Iterable, Sequence

from jixiao.layout import Cell, Grid, Role


def plain_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Grid:
    """Return a grid with `head` above `rows`, each as long as the head; what is a plain number stands as one."""
    cells = [Cell(0, column, text, role=Role.HEADING) for column, text in enumerate(head)]
    for number, row in enumerate(rows, 1):
        cells += [Cell(number, column, text, role=_role(text)) for column, text in enumerate(row)]
    return Grid(tuple(cells), repeated=(0, 1))


def _role(text: str) -> Role:
    return Role.NUMBER if text.replace(".", "", 1).replace("-", "", 1).isdigit() else Role.TEXT
