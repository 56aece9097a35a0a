"""A table of a document, as markup: spans, borders, widths, headings that stand again at the top of each page.

Word repeats only the rows that a table begins with. A table whose repeated rows stand in its middle, with no cell
across their upper edge, is therefore written as two that adjoin, with a seam between them that the reader takes out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from jixiao.formats import row_groups
from jixiao.formats.docx.outfit import SEAM_STYLE, TABLE_PITCHES
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
from jixiao.layout import Cell, Grid

SEAM = f'<w:p><w:pPr><w:pStyle w:val="{SEAM_STYLE}"/></w:pPr></w:p>'
SMALL_FROM = 8  # columns: from here on the letters are 小五
HALF_WIDTH = {"": 105, "Small": 90}  # twentieths of a point
MOST_KEPT = 12  # lines: a row higher than this may go on on the next page
LEASTS = (
    20.0,
    17.0,
    15.0,
)  # points, of a row: the first with which the table stands on one page, else the first
PAGE = {False: 735.0, True: 485.0}  # points between the margins of a page upright, and across
ABOVE = 80.0  # points that a form's title and its lines take
ACROSS = 12_000  # twentieths of a point: wider is a page on its side
LINE = 'w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
BORDERS = "".join(f"<w:{side} {LINE}" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
OPEN_BELOW = BORDERS.replace(f"<w:bottom {LINE}", '<w:bottom w:val="nil"/>')  # the part below has the line
MARGINS = '<w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar>'
NO_LINE = {side: f'<w:tcBorders><w:{side} w:val="nil"/></w:tcBorders>' for side in ("top", "bottom")}


@dataclass(frozen=True, slots=True)
class Plan:
    """What the rows of a table share: owners of its places, columns in twentieths of a point, size of the letters.

    `least` is how high a row is at least, in points; `open_sides` are the places without a line above or below.
    """

    owners: Mapping[Spot, Placed]
    columns: Sequence[int]
    size: str
    short: frozenset[tuple[int, int]]
    least: float
    open_sides: Mapping[Spot, str]


def table(grid: Grid, room: int, *, kept: bool) -> str:
    """Write a table over the full width.

    Args:
        grid: a table of at least one cell.
        room: twentieths of a point between the margins.
        kept: whether its last row stays with the paragraph below.
    """
    height = max(cell.row + cell.rowspan for cell in grid.cells)
    start, end = grid.repeated or (0, 0)
    cut = start if 0 < start < end < height and not _crossed(placed(grid), start) else 0
    repeated = range(start, end) if cut or start == 0 else range(0)
    cells = placed(replace(grid, cells=tuple(_pieces(grid, repeated))))
    plan = _plan(grid, cells, room, dict(_open_sides(grid, repeated)))
    staying = {cut - 1, height - 1 if kept else -1, *_staying(plan, cells, repeated)}
    rows = [_row(plan, row, repeated=row in repeated, kept=row in staying) for row in range(height)]
    if not cut:
        return _part(plan, rows, BORDERS)
    return _part(plan, rows[:cut], OPEN_BELOW) + SEAM + _part(plan, rows[cut:], BORDERS)


def _pieces(grid: Grid, repeated: range) -> Iterator[Cell]:
    """Yield the cells; one that reaches down out of the repeated rows in two, its text in the lower.

    Word and LibreOffice would write its text in each repeated heading, and it might run over what stands below.
    """
    for cell in grid.cells:
        if _reaches_out(cell, repeated):
            inside = repeated.stop - cell.row
            yield replace(cell, rowspan=inside, text="")
            yield replace(cell, row=repeated.stop, rowspan=cell.rowspan - inside)
        else:
            yield cell


def _plan(grid: Grid, cells: Sequence[Placed], room: int, open_sides: Mapping[Spot, str]) -> Plan:
    width = width_of(grid)
    size = "Small" if width >= SMALL_FROM else ""
    shares = asked_widths((grid,), width) or column_widths((grid,), width, room // HALF_WIDTH[size])
    plan = Plan(owners(cells), _columns(shares, room), size, centred(cells), LEASTS[0], open_sides)
    page = PAGE[room > ACROSS] - ABOVE
    return next(
        (
            one
            for one in (replace(plan, least=least) for least in LEASTS)
            if sum(_heights(one, cells)) <= page
        ),
        plan,
    )


def _open_sides(grid: Grid, repeated: range) -> Iterator[tuple[Spot, str]]:
    """Yield the places between the two pieces of a cell, where no line is: below the upper, above the lower."""
    for cell in grid.cells:
        if _reaches_out(cell, repeated):
            yield (repeated.stop - 1, cell.column), "bottom"
            yield (repeated.stop, cell.column), "top"


def _reaches_out(cell: Cell, repeated: range) -> bool:
    return cell.row in repeated and cell.row + cell.rowspan > repeated.stop


def _heights(plan: Plan, cells: Sequence[Placed]) -> list[float]:
    """Reckon how high each row will be, in points."""
    high = [plan.least] * (max(one.bottom for one in cells) + 1)
    for one in sorted(cells, key=lambda one: one.rows):
        missing = _height(plan, one) - sum(high[one.top : one.bottom + 1])
        if missing > 0:
            high[one.bottom] += missing
    return high


def _staying(plan: Plan, cells: Sequence[Placed], repeated: range) -> Iterator[int]:
    """Yield the rows that stay with the one below, so that no label is torn from the rows beside it."""
    groups = (
        Group(one.top, one.bottom + 1, _height(plan, one))
        for one in cells
        if one.rows > 1 and one.cell.text and one.top not in repeated
    )
    page = PAGE[sum(plan.columns) > ACROSS]
    for first, behind in row_groups.kept(groups, _heights(plan, cells), page):
        yield from range(first, behind - 1)


def _height(plan: Plan, one: Placed) -> float:
    return _lines(plan, one) * TABLE_PITCHES[plan.size] / 20


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
    """A row, its cells from the left; a place without a cell is an empty one.

    A repeated one is as high as its text: with a least height, LibreOffice lays some wide forms out for minutes.
    """
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
    least = "" if repeated else f'<w:trHeight w:val="{20 * plan.least:.0f}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr>{whole}{least}{header}</w:trPr>{''.join(cells)}</w:tr>"


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
    open_side = NO_LINE.get(plan.open_sides.get((row, one.left), ""), "") if one is not None else ""
    properties = f'<w:tcW w:w="{room}" w:type="dxa"/>{span}{merge}{open_side}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"
