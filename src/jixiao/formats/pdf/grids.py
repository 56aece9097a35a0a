"""A table, whole, to a grid: rows and columns are the edges that cells use."""

from collections.abc import Iterable
from dataclasses import replace

from jixiao.formats.intake import Tally
from jixiao.formats.pdf.continuing import NEAR, Table
from jixiao.layout import Cell, Doubt, Grid, Place

UNSURE = "这一行没有竖线隔开，某一格的文字可能属于相邻的格"


def grid(table: Table, number: int, tally: Tally) -> Grid:
    """Make the grid of a table, and doubt the rows where cells may be parted wrongly.

    Args:
        table: the table; its doubts grow.
        number: counts the tables of the file from 1.
        tally: counts the cells.

    Raises:
        UnreadableError: more cells than any paper has.
    """
    steps = _steps(edge for cell in table.cells for edge in (cell.x0, cell.x1))
    seams = sorted({edge for cell in table.cells for edge in (cell.top, cell.bottom)})
    rows = {seam: n for n, seam in enumerate(seams)}
    cells = []
    for spread in table.cells:
        top, left = rows[spread.top], steps[spread.x0]
        piece = table.pieces[spread.piece]
        place = piece.frame.place(spread.first.box, number, top + 1, left + 1)
        cells.append(
            Cell(
                top,
                left,
                tally.add(spread.text),
                rows[spread.bottom] - top,
                max(steps[spread.x1] - left, 1),
                place=place,
            )
        )
    unsure = {rows[spread.top]: spread for spread in table.cells if spread.first.unsure}
    for row, spread in sorted(unsure.items()):
        place = Place(page=table.pieces[spread.piece].frame.page, table=number, row=row + 1)
        table.doubts.append(Doubt(place, UNSURE, reading=spread.text))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    first = table.pieces[0]
    return Grid(tuple(cells), first.frame.place(first.box, number))


def numbered(found: Grid, number: int, tally: Tally) -> Grid:
    """Give a grid and its cells their number among the tables of the file."""
    cells = tuple(
        replace(cell, text=tally.add(cell.text), place=replace(cell.place, table=number))
        for cell in found.cells
    )
    return replace(found, cells=cells, place=replace(found.place, table=number))


def _steps(edges: Iterable[float]) -> dict[float, int]:
    """Number the edges from left to right, those of different pages that are near each other as one."""
    numbers: dict[float, int] = {}
    number, first = -1, 0.0
    for edge in sorted(set(edges)):
        if number < 0 or edge - first > NEAR:
            number, first = number + 1, edge
        numbers[edge] = number
    return numbers
