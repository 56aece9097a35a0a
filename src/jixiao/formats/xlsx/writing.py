"""Write a workbook: lines as rows merged over the full width, grids with borders and merges.

The same page gives the same bytes. A new sheet begins where a block's place names another sheet. A number
cell becomes a number with a format that prints exactly its text; where none does, it stays text.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from itertools import groupby

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jixiao.formats.cell_text import CONTROLS
from jixiao.formats.xlsx.number_format import parse, printed
from jixiao.layout import Block, Cell, Grid, Layout, Line, Role

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date, so that the bytes repeat
FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")
NUMBER = re.compile(r"-?(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d{1,6}))?(%?)")
TITLE_LENGTH = 31
CELL_LENGTH = 32_000  # Excel holds 32,767
WIDEST, NARROWEST = 40, 6
LINE_WIDTH = 90
ROW_HEIGHT = 15
TALLEST = 400
FONT = {"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "vcenter"}
BOX = {**FONT, "border": 1}
STYLES: dict[str, dict[str, object]] = {
    Role.TEXT: BOX,
    Role.HEADING: {**BOX, "bold": True, "align": "center"},
    Role.NUMBER: {**BOX, "align": "center"},
    "title": {**FONT, "bold": True, "align": "center", "font_size": 16, "font_name": "黑体"},
    "section": {**FONT, "bold": True, "font_size": 12},
    "line": FONT,
}


@dataclass(slots=True)
class Page:
    """A sheet being written: where the next row goes, how wide it is, the formats made so far."""

    book: xlsxwriter.Workbook
    sheet: Worksheet
    width: int
    formats: dict[tuple[str, str], Format]
    row: int = 0

    def style(self, name: str, code: str = "") -> Format:
        """Give the format of a role, with a number format where there is one."""
        if (name, code) not in self.formats:
            self.formats[name, code] = self.book.add_format(
                {**STYLES[name], **({"num_format": code} if code else {})}
            )
        return self.formats[name, code]


def write(layouts: Iterable[Layout]) -> bytes:
    """Write pages as a workbook, a sheet each; where there is one page alone its sheets have plain names."""
    pages = list(layouts)
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": CREATED})
        formats: dict[tuple[str, str], Format] = {}
        titles: set[str] = set()
        for layout in pages:
            plain = layout.name if len(pages) > 1 else "Sheet1"
            for title, blocks in groupby(layout.blocks, key=lambda block: block.place.sheet):
                sheet = book.add_worksheet(_title(title or plain, titles))
                sheet.set_paper(9)
                sheet.fit_to_pages(1, 0)
                _sheet(book, sheet, list(blocks), formats)
        if not titles:
            book.add_worksheet()
    return stream.getvalue()


def _title(wanted: str, titles: set[str]) -> str:
    """A title Excel takes: short, without its forbidden signs, and not used yet in any case of letters."""
    plain = FORBIDDEN.sub(" ", CONTROLS.sub("", wanted)).strip()[:TITLE_LENGTH] or "Sheet"
    title, number = plain, 1
    while title.lower() in titles or title.lower() == "history":
        number += 1
        title = f"{plain[: TITLE_LENGTH - 5]} ({number})"
    titles.add(title.lower())
    return title


def _sheet(
    book: xlsxwriter.Workbook, sheet: Worksheet, blocks: list[Block], formats: dict[tuple[str, str], Format]
) -> None:
    grids = [block for block in blocks if isinstance(block, Grid)]
    page = Page(book, sheet, max((_width(grid) for grid in grids), default=1), formats)
    _set_widths(page, [cell for grid in grids for cell in grid.cells])
    for before, block in zip([None, *blocks], blocks, strict=False):
        if isinstance(block, Grid):
            page.row += isinstance(before, Grid)  # an empty row keeps two tables apart
            _write_grid(page, block)
        else:
            _write_line(page, block)


def _width(grid: Grid) -> int:
    return max((cell.column + cell.colspan for cell in grid.cells), default=1)


def _set_widths(page: Page, cells: Iterable[Cell]) -> None:
    """Make each column as wide as its longest cell of one column, within bounds."""
    widths: dict[int, int] = {}
    for cell in cells:
        if cell.colspan == 1:
            longest = max(map(_units, cell.text.split("\n")))
            widths[cell.column] = max(widths.get(cell.column, NARROWEST), min(longest + 2, WIDEST))
    for column, width in widths.items():
        page.sheet.set_column(column, column, width)
    if page.width == 1:
        page.sheet.set_column(0, 0, LINE_WIDTH)


def _units(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _write_line(page: Page, line: Line) -> None:
    style = page.style("line" if line.level is None else "section" if line.level else "title")
    text = CONTROLS.sub("", line.text)
    for start in range(0, max(len(text), 1), CELL_LENGTH):
        piece = text[start : start + CELL_LENGTH]
        lines = sum(_units(part) // LINE_WIDTH + 1 for part in piece.split("\n"))
        page.sheet.set_row(page.row, min(lines * ROW_HEIGHT * (2 if line.level == 0 else 1), TALLEST))
        _put(page, (page.row, 0, page.row, page.width - 1), piece, style)
        page.row += 1


def _write_grid(page: Page, grid: Grid) -> None:
    """Put each cell where it stands, and borders round the places where nothing stands."""
    taken: set[tuple[int, int]] = set()
    for cell in grid.cells:
        spots = _spots(cell)
        if not taken.isdisjoint(spots):  # spans that run into each other: the earlier cell keeps its place
            spots = {(cell.row, cell.column)} - taken
        if spots:
            taken |= spots
            (bottom, right), top = max(spots), page.row
            _write_cell(page, (top + cell.row, cell.column, top + bottom, right), cell)
    height = max((row for row, _ in taken), default=-1) + 1
    if grid.choices:
        _offer(page, grid.choices, height)
    for row in range(height):
        for column in range(_width(grid)):
            if (row, column) not in taken:
                page.sheet.write_blank(page.row + row, column, None, page.style(Role.TEXT))
    page.row += height


def _offer(page: Page, choices: Iterable[tuple[int, tuple[str, ...]]], height: int) -> None:
    """Let the cells below the first row be chosen from a list, and keep that row in sight."""
    top, bottom = page.row + 1, page.row + max(height, 2) - 1
    for column, words in choices:
        offered = {
            "validate": "list",
            "source": list(words),
            "error_type": "warning",
            "error_title": "请从下拉表中选",
            "error_message": f"这一栏填{'、'.join(words)}之一，或留空。",
        }
        page.sheet.data_validation(top, column, bottom, column, offered)
    page.sheet.freeze_panes(top, 0)
    page.sheet.repeat_rows(page.row)
    page.sheet.set_landscape()


def _spots(cell: Cell) -> set[tuple[int, int]]:
    rows, columns = range(cell.row, cell.row + cell.rowspan), range(cell.column, cell.column + cell.colspan)
    return {(row, column) for row in rows for column in columns}


def _write_cell(page: Page, area: tuple[int, int, int, int], cell: Cell) -> None:
    text = CONTROLS.sub("", cell.text)[:CELL_LENGTH]
    code = _code(text) if cell.role is Role.NUMBER else ""
    style = page.style(cell.role, code)
    _put(page, area, "" if code else text, style)
    if code:
        page.sheet.write_number(area[0], area[1], _value(text), style)


def _put(page: Page, area: tuple[int, int, int, int], text: str, style: Format) -> None:
    """Write text, never as a formula or a link, over one cell or a merged area."""
    top, left, bottom, right = area
    if (top, left) != (bottom, right):
        page.sheet.merge_range(*area, "", style)
    if text:
        page.sheet.write_string(top, left, text, style)
    else:
        page.sheet.write_blank(top, left, None, style)


def _code(text: str) -> str:
    """Find the number format that prints this text, "" when there is none."""
    found = NUMBER.fullmatch(text)
    if found is None:
        return ""
    whole, decimals, percent = found.groups()
    code = ("#,##0" if "," in whole else "0") + (f".{'0' * len(decimals)}" if decimals else "") + percent
    return code if printed(f"{_value(text):.16G}", parse(code), epoch_1904=False) == text else ""


def _value(text: str) -> Decimal:
    value = Decimal(text.replace(",", "").removesuffix("%"))
    return value.scaleb(-2) if text.endswith("%") else value
