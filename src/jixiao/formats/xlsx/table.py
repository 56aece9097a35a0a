"""A table of a sheet being written: cells with borders where they stand, spans merged, inputs open, formulas."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from jixiao.formats.packing import escaped
from jixiao.formats.table_shape import Placed, Spot, centred, is_centred, owners, placed, width_of
from jixiao.formats.xlsx.dress import MARK, TINT, Dress
from jixiao.formats.xlsx.figures import GENERAL, TEXT, code_of, is_figure, value_of
from jixiao.formats.xlsx.fitting import fitted, row_heights
from jixiao.formats.xlsx.inputs import formula_at
from jixiao.formats.xlsx.leaf import RISKY, Held, Leaf, range_name, said
from jixiao.formats.xlsx.sheet import Area
from jixiao.layout import PLACEHOLDER, Cell, Grid, Input, Wanted


def put_grid(leaf: Leaf, grid: Grid) -> None:
    """Write a grid below what is there, borders also round the places where nothing stands."""
    top = len(leaf.rows)
    cells = placed(grid)
    spots = owners(cells)
    end, width = max((row for row, _ in spots), default=-1) + 1, width_of(grid)
    held, needs = _dressed(leaf, cells, top)
    for row, high in enumerate(row_heights(needs, end)):
        leaf.put_row([_held(leaf, spots, held, (row, column)) for column in range(width)], high)
    for one in cells:
        leaf.merge(Area(top + one.top, one.left, top + one.bottom, one.right))
        if one.cell.input is not None:
            leaf.protected = True
            corner = Area(top + one.top, one.left, top + one.top, one.left)
            leaf.inputs.add(one.cell.input, range_name(corner))
    _repeat(leaf, grid, (top, top + end))


def _held(leaf: Leaf, spots: Mapping[Spot, Placed], held: Mapping[Spot, Held], spot: Spot) -> Held:
    """What stands at a place: the cell where it begins, only its dress in the rest of it."""
    one = spots.get(spot)
    if one is None:
        return Held(leaf.wardrobe.number(Dress()))
    corner = one.top, one.left
    return held[corner] if corner == spot else Held(held[corner].style)


def _dressed(
    leaf: Leaf, cells: Sequence[Placed], top: int
) -> tuple[dict[Spot, Held], list[tuple[int, int, int]]]:
    """What each cell holds, and the height that it needs."""
    short = centred(cells)
    edges = list(accumulate(leaf.widths, initial=0))
    held: dict[Spot, Held] = {}
    needs = []
    for one in cells:
        size, high = fitted(one.cell.text, edges[one.right + 1] - edges[one.left], one.rows)
        dress = Dress(size=size, across="center" if is_centred(one, short) else "left")
        held[one.top, one.left] = _content(leaf, one.cell, dress, top)
        needs.append((one.top, one.rows, high))
    return held, needs


def _content(leaf: Leaf, cell: Cell, dress: Dress, top: int) -> Held:
    """What a cell holds: a number where it is a figure, a formula only where its maker gave one, else text."""
    code = code_of(cell, cell.text) if is_figure(cell) else ""
    number = f"<v>{value_of(cell.text):f}</v>" if code and cell.text else ""
    dress = _lent(cell, dress, code)
    if cell.formula is None:
        quoted = not number and cell.text.startswith(RISKY)
        return Held(leaf.wardrobe.number(dress._replace(quoted=quoted)), cell.text, value=number)
    leaf.calculated = True
    value = number or f"<v>{said(cell.text)}</v>"
    formula = f"<f>{escaped(formula_at(cell.formula, top))}</f>{value}"
    return Held(leaf.wardrobe.number(dress), cell.text, "" if number else "str", formula)


def _lent(cell: Cell, dress: Dress, code: str) -> Dress:
    """Add to a dress what a figure, an input or a blank has."""
    if PLACEHOLDER.search(cell.text):
        dress = dress._replace(fill=MARK)
    if cell.input is not None and cell.formula is None:
        kept = TEXT if cell.input.wanted is not Wanted.ANY else GENERAL
        dress = dress._replace(open=True, fill=dress.fill or TINT, code=kept)
    elif cell.input is not None:
        dress = dress._replace(open=True)
    if code:
        dress = dress._replace(code=code, shrunk=True)
    return dress


def _repeat(leaf: Leaf, grid: Grid, rows: tuple[int, int]) -> None:
    """Offer the words of a column, and note what stands again at the top of each page, or stays in sight."""
    top, end = rows
    for column, words in grid.choices:
        below = Area(top + 1, column, max(end, top + 2) - 1, column)
        leaf.inputs.add(Input(Wanted.CHOICE, words), range_name(below))
        leaf.frozen, leaf.landscape, leaf.repeated = top + 1, True, (top, top + 1)
    if grid.repeated is not None and leaf.repeated is None:
        leaf.repeated = (top + grid.repeated[0], top + grid.repeated[1])
