"""A repeated heading that a program printed over the row below it: both texts are in one cell, which is doubted.

LibreOffice does so where the rows to repeat end within a heading of two rows: the lower half is cut off for the eye,
but its characters are there; and labels of the page before may stand on the next page alone.
"""

from collections.abc import Iterator
from dataclasses import replace

from jixiao.formats.pdf.continuing import FEW_LABELS
from jixiao.layout import Doubt, Grid, Place

ROWS = 2  # at the head of a page: no more are printed over
OVER = "重复打印的表头压在了这一格上，两处文字读在了一起，请与原件核对"
LABELS = "换页处的表头与文字压在一起，这一行左边的类别可能印在下一页，请与原件核对"


def doubts(before: Grid, after: Grid) -> Iterator[Doubt]:
    """Doubt the cells of a table at the head of a page that begin with a heading of the table on the page before.

    The last row of that table is doubted too, and so is every row that such a cell is the label of.
    """
    last = before.cells[-1].place
    if last.page is None or after.place.page != last.page + 1:
        return
    headings = {cell.text for cell in before.cells}
    over = [
        (cell, below)
        for cell in after.cells
        for heading, _, below in [cell.text.partition("\n")]
        if cell.row < ROWS and below and heading in headings
    ]
    if len(over) <= FEW_LABELS:
        return
    yield Doubt(Place(page=last.page, table=last.table, row=last.row), LABELS)
    for cell, below in over:
        for row in range(cell.row, cell.row + cell.rowspan):
            place = replace(cell.place, row=row + 1)
            yield Doubt(place, OVER, reading=cell.text, alternative=below)
