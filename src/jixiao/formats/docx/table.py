"""A table of a document, as markup: spans, borders, widths, headings that stand again at the top of each page.

Word repeats only the rows that a table begins with. A table whose repeated rows stand in its middle, with no cell
across their upper edge, is therefore written as two that adjoin, with a seam between them that the reader takes out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jixiao.formats import row_groups
from jixiao.formats.docx.outfit import SEAM_STYLE
from jixiao.formats.docx.paragraph_markup import runs
from jixiao.formats.row_groups import Group
from jixiao.formats.table_shape import (
    Placed,
    Spot,
    asked_widths,
    centred,
    column_widths,
    is_centred,
    owners,
    placed,
    width_of,
)
from jixiao.formats.text_width import lines
from jixiao.layout import Grid

SEAM = f'<w:p><w:pPr><w:pStyle w:val="{SEAM_STYLE}"/></w:pPr></w:p>'
SMALL_FROM = 8  # columns: from here on the letters are 小五
HALF_WIDTH = {"": 105, "Small": 90}  # twentieths of a point
MOST_KEPT = 12  # lines: a row higher than this may go on on the next page
LEAST, PITCH = 20.0, 1.3  # points, of a row; of the size of its letters, from line to line
PAGE = {False: 735.0, True: 485.0}  # points that a table may take upright, and across
ACROSS = 12_000  # twentieths of a point: wider is a page on its side
LINE = 'w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
BORDERS = "".join(f"<w:{side} {LINE}" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
OPEN_BELOW = BORDERS.replace(f"<w:bottom {LINE}", '<w:bottom w:val="nil"/>')  # the part below has the line
MARGINS = '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
LEAST_HEIGHT = '<w:trHeight w:val="400" w:hRule="atLeast"/>'


@dataclass(frozen=True, slots=True)
class Plan:
    """What the rows of a table share: owners of its places, columns in twentieths of a point, size of the letters."""

    owners: Mapping[Spot, Placed]
    columns: Sequence[int]
    size: str
    short: frozenset[tuple[int, int]]


def table(grid: Grid, room: int, *, kept: bool) -> str:
    """Write a table over the full width.

    Args:
        grid: a table of at least one cell.
        room: twentieths of a point between the margins.
        kept: whether its last row stays with the paragraph below.
    """
    cells = placed(grid)
    width = width_of(grid)
    size = "Small" if width >= SMALL_FROM else ""
    shares = asked_widths((grid,), width) or column_widths((grid,), width, room // HALF_WIDTH[size])
    plan = Plan(owners(cells), _columns(shares, room), size, centred(cells))
    height = max(row for row, _ in plan.owners) + 1
    start, end = grid.repeated or (0, 0)
    cut = start if 0 < start < end < height and not _crossed(cells, start) else 0
    repeated = range(start, end) if cut or start == 0 else range(0)
    staying = {cut - 1, height - 1 if kept else -1, *_staying(plan, cells, repeated)}
    rows = [_row(plan, row, repeated=row in repeated, kept=row in staying) for row in range(height)]
    if not cut:
        return _part(plan, rows, BORDERS)
    return _part(plan, rows[:cut], OPEN_BELOW) + SEAM + _part(plan, rows[cut:], BORDERS)


def _staying(plan: Plan, cells: Sequence[Placed], repeated: range) -> Iterator[int]:
    """Yield the rows that stay with the one below, so that no label is torn from the rows beside it."""
    high = [LEAST] * (max(one.bottom for one in cells) + 1)
    for one in cells:
        if one.rows == 1:
            high[one.top] = max(high[one.top], _height(plan, one))
    groups = (
        Group(one.top, one.bottom + 1, _height(plan, one))
        for one in cells
        if one.rows > 1 and one.cell.text and one.top not in repeated
    )
    page = PAGE[sum(plan.columns) > ACROSS]
    for first, behind in row_groups.kept(groups, high, page):
        yield from range(first, behind - 1)


def _height(plan: Plan, one: Placed) -> float:
    return _lines(plan, one) * PITCH * HALF_WIDTH[plan.size] / 10


def _lines(plan: Plan, one: Placed) -> int:
    room = sum(plan.columns[one.left : one.right + 1])
    return lines(one.cell.text, room // HALF_WIDTH[plan.size] - 1)


def _columns(shares: Sequence[int], room: int) -> list[int]:
    """The columns' widths: together the room, exactly."""
    edges = [sum(shares[:n]) * room // sum(shares) for n in range(len(shares) + 1)]
    return [right - left for left, right in pairwise(edges)]


def _crossed(cells: Sequence[Placed], edge: int) -> bool:
    return any(one.top < edge <= one.bottom for one in cells)


def _part(plan: Plan, rows: Sequence[str], borders: str) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in plan.columns)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(plan.columns)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>{MARGINS}</w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(plan: Plan, row: int, *, repeated: bool, kept: bool) -> str:
    """A row, its cells from the left; a place without a cell is an empty one."""
    cells, column, tallest = [], 0, 1
    while column < len(plan.columns):
        one = plan.owners.get((row, column))
        right = one.right if one is not None else column
        room = sum(plan.columns[column : right + 1])
        if one is not None and one.rows == 1:
            tallest = max(tallest, _lines(plan, one))
        cells.append(_cell(plan, one, room, row=row, kept=kept))
        column = right + 1
    whole = "<w:cantSplit/>" if tallest <= MOST_KEPT else ""
    header = "<w:tblHeader/>" if repeated else ""
    return f"<w:tr><w:trPr>{whole}{LEAST_HEIGHT}{header}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(plan: Plan, one: Placed | None, room: int, *, row: int, kept: bool) -> str:
    """A cell of a row: the text where it begins, the mark of going on in the rows below."""
    span = merge = ""
    text, side = "", "Middle"
    if one is not None:
        span = f'<w:gridSpan w:val="{one.right - one.left + 1}"/>' if one.right > one.left else ""
        if one.rows > 1:
            merge = '<w:vMerge w:val="restart"/>' if row == one.top else "<w:vMerge/>"
        text = one.cell.text if row == one.top else ""
        side = "Middle" if is_centred(one, plan.short) else "Left"
    look = f'<w:pPr><w:pStyle w:val="Cell{side}{plan.size}"/>{"<w:keepNext/>" if kept else ""}</w:pPr>'
    paragraphs = "".join(f"<w:p>{look}{runs(line)}</w:p>" for line in text.split("\n"))
    properties = f'<w:tcW w:w="{room}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"
