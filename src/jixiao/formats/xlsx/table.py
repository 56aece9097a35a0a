"""A table of a sheet being written: cells with borders where they stand, spans merged, inputs open, formulas."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jixiao.formats.packing import escaped
from jixiao.formats.text_width import units
from jixiao.formats.xlsx.dress import MARK, TINT, Dress
from jixiao.formats.xlsx.figures import GENERAL, TEXT, code_of, is_figure, value_of
from jixiao.formats.xlsx.fitting import height, row_heights, size_of
from jixiao.formats.xlsx.inputs import formula_at
from jixiao.formats.xlsx.leaf import RISKY, Held, Leaf, range_name, said
from jixiao.formats.xlsx.sheet import Area
from jixiao.layout import PLACEHOLDER, Cell, Grid, Input, Role, Wanted

LONGEST_CENTRED = 24  # half widths: a column of longer texts than this begins at the left

Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with the area that it has in its grid."""

    cell: Cell
    area: Area


def put_grid(leaf: Leaf, grid: Grid) -> None:
    """Write a grid below what is there, borders also round the places where nothing stands."""
    top = len(leaf.rows)
    placed = list(_placed(grid))
    spots = {spot: one for one in placed for spot in one.area.spots()}
    height_ = max((row for row, _ in spots), default=-1) + 1
    width = width_of(grid)
    held, needs = _dressed(leaf, placed, top)
    for row, high in enumerate(row_heights(needs, height_)):
        leaf.put_row([_held(leaf, spots, held, (row, column)) for column in range(width)], high)
    for one in placed:
        area = Area(top + one.area.top, one.area.left, top + one.area.bottom, one.area.right)
        leaf.merge(area)
        if one.cell.input is not None:
            leaf.protected = True
            leaf.inputs.add(one.cell.input, range_name(Area(area.top, area.left, area.top, area.left)))
    _repeat(leaf, grid, (top, top + height_))


def width_of(grid: Grid) -> int:
    """How many columns a grid has."""
    return max((cell.column + cell.colspan for cell in grid.cells), default=1)


def _placed(grid: Grid) -> Iterator[Placed]:
    """Yield each cell with its area; where spans run into each other, the earlier cell keeps its place."""
    taken: set[Spot] = set()
    for cell in grid.cells:
        area = Area(cell.row, cell.column, cell.row + cell.rowspan - 1, cell.column + cell.colspan - 1)
        if not taken.isdisjoint(area.spots()):
            area = Area(cell.row, cell.column, cell.row, cell.column)
        if taken.isdisjoint(area.spots()):
            taken.update(area.spots())
            yield Placed(cell, area)


def _held(leaf: Leaf, spots: Mapping[Spot, Placed], held: Mapping[Spot, Held], spot: Spot) -> Held:
    one = spots.get(spot)
    if one is None:
        return Held(leaf.wardrobe.number(Dress()))
    corner = (one.area.top, one.area.left)
    return held[corner] if corner == spot else Held(held[corner].style)


def _dressed(
    leaf: Leaf, placed: list[Placed], top: int
) -> tuple[dict[Spot, Held], list[tuple[int, int, int]]]:
    """What each cell holds, and the height that it needs."""
    longest: dict[Spot, int] = {}
    for one in placed:
        column = (one.area.left, one.area.right)
        longest[column] = max(longest.get(column, 0), units(one.cell.text))
    held: dict[Spot, Held] = {}
    needs = []
    for one in placed:
        area = one.area
        room, rows = sum(leaf.widths[area.left : area.right + 1]), area.bottom - area.top + 1
        text = one.cell.text
        size = size_of(text, room, rows)
        centred = one.cell.role is not Role.TEXT or longest[area.left, area.right] <= LONGEST_CENTRED
        dress = Dress(size=size, across="center" if centred else "left")
        held[area.top, area.left] = _content(leaf, one.cell, dress, top)
        needs.append((area.top, rows, height(text, room, size)))
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
