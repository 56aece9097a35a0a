"""Rules to rasters: walls part fields, what no wall parts is one cell, and every point has one owner or none."""

from random import Random

import pytest

from jixiao.formats.pdf.rails import Rail, Web, webs
from jixiao.formats.pdf.ruled import OUTSIDE, Area, Raster, raster

STEP = 20.0


def made(areas: list[Area]) -> Raster:
    """The raster of the rules that stand on all four sides of some cells."""
    across = {(a.top, c) for a in areas for c in range(a.left, a.right)}
    across |= {(a.bottom, c) for a in areas for c in range(a.left, a.right)}
    down = {(a.left, r) for a in areas for r in range(a.top, a.bottom)}
    down |= {(a.right, r) for a in areas for r in range(a.top, a.bottom)}
    web = Web(
        *([Rail(at * STEP, k * STEP, (k + 1) * STEP) for at, k in sorted(ends)] for ends in (across, down))
    )
    found = raster(web, "a")
    assert found is not None
    return found


def parted(random: Random, rows: int, columns: int) -> list[Area]:
    """A table of cells of any size, every field in one; a rule runs through it at every step."""
    areas = [Area(0, c, 1, c + 1) for c in range(columns)] + [Area(r, 0, r + 1, 1) for r in range(1, rows)]
    taken = {(area.top, area.left) for area in areas}
    for row in range(1, rows):
        for column in range(1, columns):
            if (row, column) in taken:
                continue
            high, wide = random.randint(1, rows - row), random.randint(1, 3)
            wide = next((k for k in range(wide) if (row, column + k) in taken or column + k == columns), wide)
            areas.append(Area(row, column, row + high, column + wide))
            taken |= {(row + r, column + c) for r in range(high) for c in range(wide)}
    return sorted(areas)


@pytest.mark.parametrize("seed", range(20))
def test_cells_are_what_walls_part_and_own_every_point_inside_them(seed: int) -> None:
    random = Random(seed)
    areas = parted(random, random.randint(2, 9), random.randint(2, 90))
    found = made(areas)
    assert found.areas == areas
    assert not found.torn
    for number, area in enumerate(areas):
        x, y = random.uniform(area.left, area.right), random.uniform(area.top, area.bottom)
        assert found.area_at(x * STEP, y * STEP) == number


def test_no_cell_owns_a_point_beside_the_table() -> None:
    found = made([Area(0, 0, 1, 1), Area(0, 1, 1, 2)])
    inside, before, behind = STEP / 2, -1.0, 2 * STEP + 1
    assert found.area_at(inside, inside) == 0
    beside = [(before, inside), (behind, inside), (inside, before), (inside, behind), (behind, behind)]
    assert {found.area_at(x, y) for x, y in beside} == {OUTSIDE}


def test_a_cell_that_is_no_rectangle_is_cut_and_the_table_is_torn() -> None:
    walls = made([Area(0, 0, 1, 1), Area(0, 1, 1, 2), Area(1, 0, 2, 1), Area(1, 1, 2, 2), Area(0, 2, 2, 3)])
    assert not walls.torn
    rails = [Rail(at * STEP, 0, 4 * STEP) for at in (0, 4)]
    across = [*rails, Rail(STEP, STEP, 3 * STEP), Rail(2 * STEP, 0, STEP), Rail(3 * STEP, STEP, 4 * STEP)]
    down = [
        *rails,
        Rail(STEP, 0, 2 * STEP),
        Rail(2 * STEP, 3 * STEP, 4 * STEP),
        Rail(3 * STEP, STEP, 3 * STEP),
    ]
    torn = raster(Web(sorted(across), sorted(down)), "a")
    assert torn is not None
    assert torn.torn


@pytest.mark.parametrize("seed", range(20))
def test_rails_are_of_one_web_when_a_chain_of_touching_ones_joins_them(seed: int) -> None:
    random = Random(seed)

    def some(count: int) -> list[Rail]:
        ends = [sorted(random.uniform(0, 300) for _ in range(2)) for _ in range(count)]
        return sorted(Rail(random.uniform(0, 300), start, end) for start, end in ends)

    across, down = some(15), some(15)
    found, loose = webs(across, down)
    web_of = {("across", rail): n for n, web in enumerate(found) for rail in web.across}
    web_of |= {("down", rail): n for n, web in enumerate(found) for rail in web.down}
    for rail in across:
        touched = [
            other
            for other in down
            if other.start - 3.5 <= rail.at <= other.end + 3.5
            and rail.start - 3.5 <= other.at <= rail.end + 3.5
        ]
        assert (rail in loose) == (not touched)
        assert {web_of["down", other] for other in touched} <= {web_of.get(("across", rail))}
