"""From the rulings of a table to its cells: each spot owned once, spans where no line stands between."""

from dataclasses import dataclass

from jixiao.formats.scan.rulings import Network


@dataclass(frozen=True, slots=True)
class Slot:
    """One cell as ruled: its spans counted from 0 and its inside in pixels (left, top, right, bottom).

    `open` tells that no line parts it from a neighbour that is no part of it, or that a part of one stands in it: the
    rulings are not all there.
    """

    row: int
    column: int
    rowspan: int
    colspan: int
    box: tuple[int, int, int, int]
    open: bool = False


def slots(network: Network) -> list[Slot]:
    """List the cells of a table, row by row; they cover it, and no two overlap."""
    height, width = len(network.rows) - 1, len(network.columns) - 1
    owned = [[False] * width for _ in range(height)]
    found = []
    for row in range(height):
        for column in range(width):
            if owned[row][column]:
                continue
            slot = _slot(network, owned, row, column)
            for r in range(row, row + slot.rowspan):
                owned[r][column : column + slot.colspan] = [True] * slot.colspan
            found.append(slot)
    return found


def _slot(network: Network, owned: list[list[bool]], row: int, column: int) -> Slot:
    height, width = len(owned), len(owned[0])
    right = column + 1
    while right < width and not network.down[row, right] and not owned[row][right]:
        right += 1
    bottom = row + 1
    while bottom < height and _goes_down(network, bottom, column, right):
        bottom += 1
    box = network.columns[column], network.rows[row], network.columns[right], network.rows[bottom]
    return Slot(row, column, bottom - row, right - column, box, _is_open(network, row, bottom, column, right))


def _goes_down(network: Network, row: int, left: int, right: int) -> bool:
    """Tell whether a cell goes on into the next row: no line above it there, none inside, one at either side."""
    if network.across[row, left:right].any() or network.down[row, left + 1 : right].any():
        return False
    return bool(
        (left == 0 or network.down[row, left])
        and (right == len(network.columns) - 1 or network.down[row, right])
    )


def _is_open(network: Network, top: int, bottom: int, left: int, right: int) -> bool:
    sides = [
        top == 0 or network.across[top, left:right].all(),
        bottom == len(network.rows) - 1 or network.across[bottom, left:right].all(),
        left == 0 or network.down[top:bottom, left].all(),
        right == len(network.columns) - 1 or network.down[top:bottom, right].all(),
    ]
    inside = (
        network.torn_across[top + 1 : bottom, left:right].any(),
        network.torn_down[top:bottom, left + 1 : right].any(),
    )
    return not all(sides) or any(inside)
