"""A page as data for the typesetter: what `page.typ` is told of lines and tables, and nothing that it would interpret.

How a whole paper is set follows from what there is more of: running text (GB/T 9704-2012) or tables. A line is its
text, cut where something has still to be filled in (the odd pieces), and its dress. Tables are in `tabling`.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from jixiao.formats.charting import alternative, svg
from jixiao.formats.pdf.proportions import PITCH, Fit, fitted, sized
from jixiao.formats.pdf.tabling import Said, said_of, shown, table
from jixiao.formats.table_shape import whole
from jixiao.formats.text_width import lines, units
from jixiao.layout import Block, Grid, Layout, Line, Role

MILLIMETRE = 72 / 25.4
PAPER = (210, 297)
FORM_MARGINS, TEXT_MARGINS = (30, 36), (54, 72)  # mm, both sides together: across, down
TITLE = {False: 18, True: 22}  # points, of a form's title and of a text's
SMALL = 10.5  # the letters of a form's lines
IN_PROSE = (10.5, 3.0)  # the letters of a table inside running text, and the room above them
DEEPEST = 6
CHART = 170 * MILLIMETRE  # the most that a chart is wide; it is 16 wide and 10 high


def composed(layout: Layout) -> Said:
    """Return one paper as data; its bookmark is the layout's name."""
    prose = _is_prose(layout)
    margins = TEXT_MARGINS if prose else FORM_MARGINS
    across, down = PAPER[::-1] if layout.landscape else PAPER
    area = (across - margins[0]) * MILLIMETRE, (down - margins[1]) * MILLIMETRE
    return {
        "name": shown(layout.name).replace("\n", " ") or "未命名",
        "style": "text" if prose else "form",
        "landscape": layout.landscape,
        "blocks": [*_blocks([*map(_full, layout.blocks)], area, prose=prose)],
    }


def _is_prose(layout: Layout) -> bool:
    """Whether running text outweighs the tables."""
    texts = (block for block in layout.blocks if isinstance(block, Line) and block.role is Role.TEXT)
    cells = (cell for block in layout.blocks if isinstance(block, Grid) for cell in block.cells)
    return sum(len(line.text) for line in texts) > sum(len(cell.text) for cell in cells)


def _full(block: Block) -> Block:
    return whole(block) if isinstance(block, Grid) and block.cells else block


def _blocks(blocks: Sequence[Block], area: tuple[float, float], *, prose: bool) -> Iterator[Said]:
    width, height = area
    fits = iter(_fits(blocks, area, prose=prose))
    depth, titled, inside, sheet = 1, False, 0, blocks[0].place.sheet if blocks else None
    for k, block in enumerate(blocks):
        if block.place.sheet != sheet:
            sheet = block.place.sheet
            yield {"kind": "break"}
        if isinstance(block, Grid):
            if block.cells:
                tail = _signed(blocks[k + 1 :])
                inside = len(tail)
                yield table(block, next(fits), height, [_line(line, 0) for line in tail])
        elif inside:
            inside -= 1
        else:
            depth = _depth(block, depth)
            said = _line(block, depth if block.level is not None else 0)
            said["wide"] = _balanced(block, width / TITLE[prose])
            said["marked"] = block.level is not None and (block.level > 0 or titled)
            said["kept"] = bool(_signed(blocks[k + 1 : k + 2]))
            titled = titled or block.level == 0
            yield said


def _fits(blocks: Sequence[Block], area: tuple[float, float], *, prose: bool) -> list[Fit]:
    """Measure the tables: those of a form together, so that the whole form stands on one page if it can."""
    width, height = area
    grids = [block for block in blocks if isinstance(block, Grid) and block.cells]
    if prose:
        return [sized(grid, width, *IN_PROSE) for grid in grids]
    others = sum(_height(block, width) for block in blocks if isinstance(block, Line))
    return fitted(grids, width, height - others)


def _height(line: Line, width: float) -> float:
    """Reckon what a line of a form takes, with the room below it."""
    size, below = (TITLE[False], 11) if line.level == 0 else (SMALL, 6)
    drawn = min(width, CHART) * 10 / 16 + 2 * below if line.chart is not None else 0
    return lines(line.text, int(2 * width / size)) * size * PITCH + below + drawn


def _signed(blocks: Sequence[Block]) -> list[Line]:
    """Return the lines up to the last signature, where nothing but lines of no heading stands before it."""
    following = [*takewhile(lambda block: isinstance(block, Line) and block.level is None, blocks)]
    found = [block for block in following if isinstance(block, Line)]
    while found and found[-1].role is not Role.SIGNATURE:
        found.pop()
    return found


def _depth(line: Line, before: int) -> int:
    """Return how deep a heading stands among the tags: below the paper's name, and no step left out."""
    return before if line.level is None else min(max(line.level, 0) + 2, before + 1, DEEPEST)


def _balanced(line: Line, room: float) -> float:
    """Return the width, in its own letters, that breaks a long title into lines alike; 0 where it needs no break."""
    count = units(line.text) / 2
    rows = -(-count // max(int(room), 1))
    return -(-count // rows) + 1 if rows > 1 else 0


def _line(line: Line, depth: int) -> Said:
    role = "title" if line.level == 0 else "heading" if line.level is not None else line.role.value
    if line.chart is not None:
        return {
            "kind": "chart", "text": said_of(line.text), "svg": svg(line.chart), "alt": shown(alternative(line.chart)),
            "width": CHART, "level": 0, "depth": 0, "kept": False,
        }  # fmt: skip
    return {
        "kind": "line", "text": said_of(line.text), "role": role, "level": line.level or 0, "depth": depth,
        "wide": 0, "marked": False, "kept": False,
    }  # fmt: skip
