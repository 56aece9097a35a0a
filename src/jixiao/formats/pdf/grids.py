"""A table, whole, to a grid: rows and columns are the edges that cells use."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from jixiao.formats.intake import Tally
from jixiao.formats.pdf.cells import Piece
from jixiao.formats.pdf.continuing import NEAR, Spread, Table
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
        place = _place(spread, piece, (number, top + 1, left + 1))
        cells.append(
            Cell(
                top,
                left,
                tally.add(spread.text),
                rows[spread.bottom] - top,
                max(steps[spread.x1] - left, 1),
                place=place,
                confidence=_confidence(spread),
            )
        )
    _move_doubts(table, cells)
    unsure = {rows[spread.top]: spread for spread in table.cells if spread.first.unsure}
    for row, spread in sorted(unsure.items()):
        place = Place(page=table.pieces[spread.piece].frame.page, table=number, row=row + 1)
        table.doubts.append(Doubt(place, UNSURE, reading=spread.text))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    first = table.pieces[0]
    return Grid(tuple(cells), first.standing(number))


def _place(spread: Spread, piece: Piece, spot: tuple[int, int, int]) -> Place:
    table, row, column = spot
    if spread.first.cell is None:
        return piece.frame.place(spread.first.box, table, row, column)
    return replace(spread.first.cell.place, table=table, row=row, column=column)


def _confidence(spread: Spread) -> Decimal | None:
    """Tell how surely a cell of a picture was read: its least sure part counts."""
    if spread.first.cell is spread.last.cell is None:
        return None
    parts = (part.cell.confidence for part in (spread.first, spread.last) if part.cell is not None)
    return min((sure for sure in parts if sure is not None), default=None)


def _move_doubts(table: Table, cells: Sequence[Cell]) -> None:
    """Bring what was doubted on a picture to where its cells are now; a heading left out takes its doubts along."""
    now = {
        part.cell.place: cell.place
        for spread, cell in zip(table.cells, cells, strict=True)
        for part in (spread.last, spread.first)
        if part.cell is not None
    }
    if not now:
        return
    table.doubts = [
        replace(doubt, place=now.get(doubt.place, doubt.place))
        for doubt in table.doubts
        if doubt.place in now or doubt.place.row is None
    ]


def _steps(edges: Iterable[float]) -> dict[float, int]:
    """Number the edges from left to right, those of different pages that are near each other as one."""
    numbers: dict[float, int] = {}
    number, first = -1, 0.0
    for edge in sorted(set(edges)):
        if number < 0 or edge - first > NEAR:
            number, first = number + 1, edge
        numbers[edge] = number
    return numbers
