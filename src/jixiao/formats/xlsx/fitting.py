"""How high the rows of a sheet are, so that every text is seen whole; how much room its page has.

Widths are counted in half widths of the usual font, heights in hundredths of a point.
"""

from collections.abc import Iterable

from jixiao.formats.text_width import lines

PORTRAIT, LANDSCAPE = 90, 137  # half widths between the margins of A4
PADDING = 1
USUAL_SIZE = 10  # points
LOWEST, TALLEST = 1_800, 40_000  # Excel's rows end at 409 points
LINE, MARGIN = 135, 400  # a line is 1.35 times the size
SIZES = (10, 9, 8, 7, 6)


def fitted(text: str, room: int, rows: int) -> tuple[int, int]:
    """The largest size at which a text is seen whole in so many rows, else the smallest; and its height then."""
    for size in SIZES:
        high = height(text, room, size)
        if high <= TALLEST * rows:
            break
    return size, high


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
