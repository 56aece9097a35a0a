"""How wide the columns of a sheet are and how high its rows, so that the page is filled and every text is seen whole.

Widths are counted in half widths of the usual font, heights in hundredths of a point.
"""

from collections.abc import Iterable, Sequence

from jixiao.formats.text_width import lines, units, widest
from jixiao.layout import Cell, Grid

PORTRAIT, LANDSCAPE = 90, 137  # half widths between the margins of A4
NARROWEST, WIDEST = 6, 44
PADDING = 1
USUAL_SIZE = 10  # points
LOWEST, TALLEST = 2_000, 40_000  # Excel's rows end at 409 points
LINE, MARGIN = 135, 400  # a line is 1.35 times the size
SIZES = (10, 9, 8, 7, 6)


def column_widths(grids: Sequence[Grid], width: int, *, landscape: bool) -> list[int]:
    """Share the width of the page out among the columns of a sheet.

    Args:
        grids: the tables of the sheet; the widths that one of them asks for are given, else what they hold decides.
        width: how many columns there are, at least 1.
        landscape: whether the page lies on its side.
    """
    room = LANDSCAPE if landscape else PORTRAIT
    if width == 1:
        return [room]
    for grid in grids:
        if len(grid.widths) == width and all(share > 0 for share in grid.widths):
            return [max(room * share // sum(grid.widths), 2) for share in grid.widths]
    return _shared(_wants([cell for grid in grids for cell in grid.cells], width), room)


def _wants(cells: Iterable[Cell], width: int) -> list[int]:
    """What each column would take if there were room: its longest cell of one column."""
    wants = [NARROWEST] * width
    for cell in cells:
        if cell.colspan == 1 and cell.text and cell.column < width:
            longest = widest(cell.text) if cell.rowspan == 1 else units(cell.text) // cell.rowspan
            wants[cell.column] = max(wants[cell.column], min(longest + 2, WIDEST))
    return wants


def _shared(wants: list[int], room: int) -> list[int]:
    """Widen all columns alike where there is room to spare; else narrow them, those most that want most."""
    total, least = sum(wants), NARROWEST * len(wants)
    if total <= room:
        return [want * room // total for want in wants]
    spare, over = max(room - least, 0), max(total - least, 1)
    return [NARROWEST + (want - NARROWEST) * spare // over for want in wants]


def size_of(text: str, room: int, rows: int) -> int:
    """The largest size at which a text is seen whole in so many rows, the smallest of all where none is enough."""
    fitting = (size for size in SIZES if height(text, room, size) <= TALLEST * rows)
    return next(fitting, SIZES[-1])


def height(text: str, room: int, size: int) -> int:
    """How high a text stands in a cell."""
    return lines(text, (room - PADDING) * USUAL_SIZE // size) * size * LINE + MARGIN


def row_heights(needs: Iterable[tuple[int, int, int]], count: int) -> list[int]:
    """How high each row is, so that each cell finds its height; what a tall cell lacks is shared out among its rows.

    Args:
        needs: first row, rows and height of each cell.
        count: how many rows there are.
    """
    heights = [LOWEST] * count
    tall = []
    for row, rows, high in needs:
        if rows == 1:
            heights[row] = max(heights[row], min(high, TALLEST))
        else:
            tall.append((rows, row, high))
    for rows, row, high in sorted(tall):
        lacking = high - sum(heights[row : row + rows])
        for at in range(row, row + rows) if lacking > 0 else ():
            heights[at] = min(heights[at] + -(-lacking // rows), TALLEST)
    return heights


def points(hundredths: int) -> str:
    """Write a height as points."""
    return f"{hundredths // 100}.{hundredths % 100:02}"
