"""Pages as workbooks: xlsx in the ways in which units make them, and the old xls."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from random import Random

import openpyxl
import xlsxwriter
import xlwt
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.formats import write
from jixiao.layout import Cell, Grid, Layout, Role
from tests.reading.paper import height_of, one_grid, width_of

_NUMBER = re.compile(r"(\d{1,9})(?:\.(\d{1,4}))?(%?)")
_THIN = Border(*[Side(style="thin")] * 4)


def ours(_rng: Random, page: Layout) -> bytes:
    """What jixiao writes."""
    return write(page, "xlsx")


def numbers(rng: Random, page: Layout) -> bytes:
    """Every number is a number, with a format that shows it as printed: a rate of 88.44% is stored as 0.8844."""
    return _book(one_grid(page), rng)


def merged(rng: Random, page: Layout) -> bytes:
    """Every cell is merged: each column of the form takes two or three of the sheet, each row now and then two."""
    return _book(_stretched(rng, one_grid(page)), rng)


def aside(rng: Random, page: Layout) -> bytes:
    """The form begins at C5 of the second sheet; before it stands how to fill it in, and a hidden sheet of lists."""
    book = openpyxl.Workbook()
    first = book.active
    first.title = "填表说明"
    for row, text in enumerate(
        ("填表说明", "一、本表由项目实施单位填写。", "二、金额按表头所示单位填写。"), 1
    ):
        first.cell(row, 1, text)
    sheet = book.create_sheet("自评表")
    _fill(sheet, one_grid(page), (4, 2), rng)
    lists = book.create_sheet("下拉")
    for row, text in enumerate(("优", "良", "中", "差"), 1):
        lists.cell(row, 1, text)
    lists.sheet_state = "hidden"
    offer = DataValidation(type="list", formula1="下拉!$A$1:$A$4")
    sheet.add_data_validation(offer)
    offer.add(f"Z{rng.randint(20, 30)}")
    return _saved(book)


def hidden(rng: Random, page: Layout) -> bytes:
    """Hidden helper columns and a hidden row hold figures of their own; borders go on far below the form."""
    grid = one_grid(page)
    sheet_width = width_of(grid)
    book = openpyxl.Workbook()
    sheet = book.active
    _fill(sheet, grid, (0, 0), rng)
    below = height_of(grid) + 1
    for row in range(1, below + 40):
        sheet.cell(row, sheet_width + 1, rng.randint(1, 99) if row < below else None).border = _THIN
    sheet.column_dimensions[sheet.cell(1, sheet_width + 1).column_letter].hidden = True
    sheet.cell(below + 1, 1, "辅助合计")
    sheet.cell(below + 1, 2, rng.randint(100, 999))
    sheet.row_dimensions[below + 1].hidden = True
    return _saved(book)


def printed(rng: Random, page: Layout) -> bytes:
    """Set up for printing: as wide as the paper, the headings of the indicators again on every page."""
    grid = one_grid(page)
    book = openpyxl.Workbook()
    sheet = book.active
    _fill(sheet, grid, (0, 0), rng)
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    for column in range(1, width_of(grid) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 12
    for cell in grid.cells:
        lines = max(len(part) * 2 // (11 * cell.colspan) + 1 for part in cell.text.split("\n"))
        row = sheet.row_dimensions[cell.row + 1]
        if cell.rowspan == 1:
            row.height = max(row.height or 24, 15 * lines + 4)
    heading = next((cell.row + 1 for cell in grid.cells if "三级指标" in cell.text), None)
    if heading is not None:
        sheet.print_title_rows = f"{heading}:{heading}"
    return _saved(book)


def formulas(_rng: Random, page: Layout) -> bytes:
    """Every number is the stored value of a formula."""
    stream, grid = BytesIO(), one_grid(page)
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sheet1")
        formats = {"": book.add_format({"border": 1, "text_wrap": True})}
        for cell in grid.cells:
            code, value = _stored(cell.text)
            shown = formats.setdefault(code, book.add_format({"border": 1, "num_format": code or "General"}))
            if cell.rowspan > 1 or cell.colspan > 1:
                sheet.merge_range(*_area(cell), "", shown)
            if value is None:
                sheet.write_string(cell.row, cell.column, cell.text, shown)
            else:
                sheet.write_formula(cell.row, cell.column, f"=ROUND({value!r},6)", shown, value)
    return stream.getvalue()


def _area(cell: Cell) -> tuple[int, int, int, int]:
    return cell.row, cell.column, cell.row + cell.rowspan - 1, cell.column + cell.colspan - 1


def _stretched(rng: Random, grid: Grid) -> Grid:
    """Give every column two or three columns of the sheet, and some rows two rows."""
    columns = list(_starts(rng.choice((2, 2, 3)) for _ in range(width_of(grid) + 1)))
    rows = list(_starts(rng.choice((1, 1, 1, 2)) for _ in range(height_of(grid) + 1)))
    return Grid(tuple(
        replace(
            cell, row=rows[cell.row], column=columns[cell.column],
            rowspan=rows[cell.row + cell.rowspan] - rows[cell.row],
            colspan=columns[cell.column + cell.colspan] - columns[cell.column],
        )
        for cell in grid.cells
    ))  # fmt: skip


def _starts(sizes: Iterator[int]) -> Iterator[int]:
    at = 0
    for size in sizes:
        yield at
        at += size


def _book(grid: Grid, rng: Random) -> bytes:
    book = openpyxl.Workbook()
    _fill(book.active, grid, (0, 0), rng)
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet: Worksheet, grid: Grid, corner: tuple[int, int], rng: Random) -> None:
    """Write a grid with its upper left corner below and right of `corner`, numbers as numbers."""
    down, right = corner
    for cell in grid.cells:
        at = sheet.cell(cell.row + down + 1, cell.column + right + 1)
        code, value = _stored(cell.text)
        at.value = value if value is not None else cell.text or None
        at.data_type = "n" if value is not None or not cell.text else "s"  # =13台 is a text, and no formula
        at.number_format = rng.choice(_ALSO.get(code, (code,))) if value is not None else "General"
        at.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        at.font, at.border = Font(name="宋体", bold=cell.role is Role.HEADING), _THIN
        top, left, bottom, last = (k + 1 for k in _area(cell))
        if (top, left) != (bottom, last):
            sheet.merge_cells(
                start_row=top + down,
                start_column=left + right,
                end_row=bottom + down,
                end_column=last + right,
            )


_ALSO = {
    "0.00": ("0.00", "0.00_ ", "0.00_);[Red]\\(0.00\\)", "_ * 0.00_ ;_ * \\-0.00_ ;_ * \\-??_ ;_ @_ "),
    "0.00%": ("0.00%", "0.00%;[Red]\\-0.00%"),
    "0": ("0", "0_ ", "General", "#,##0;-#,##0"),
}


def _stored(text: str) -> tuple[str, float | int | None]:
    """Give the number format and the number that show a text, None where it stays text."""
    found = _NUMBER.fullmatch(text)
    if found is None or (len(found[1]) > 1 and found[1].startswith("0")):
        return "", None
    places = found[2] or ""
    code = "0" + (f".{'0' * len(places)}" if places else "") + found[3]
    if not places and not found[3]:
        return ("0", int(text)) if len(text) < _LONG else ("0.", None)
    value = float(text.removesuffix("%"))
    return code, value / 100 if found[3] else value


_LONG = 4  # a longer whole number might be shown with thousands; it stays text


def xls_ours(rng: Random, page: Layout) -> bytes:
    """An old workbook with numbers as numbers."""
    return _old(one_grid(page), rng)


def xls_merged(rng: Random, page: Layout) -> bytes:
    """An old workbook with everything merged."""
    return _old(_stretched(rng, one_grid(page)), rng)


def _old(grid: Grid, rng: Random) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("自评表", cell_overwrite_ok=True)
    styles: dict[str, xlwt.XFStyle] = {}
    for cell in grid.cells:
        code, value = _stored(cell.text)
        code = rng.choice(_ALSO.get(code, (code,))) if value is not None else "General"
        style = styles.setdefault(code, _style(code))
        said = cell.text if value is None else value
        if cell.rowspan > 1 or cell.colspan > 1:
            top, left, bottom, right = _area(cell)
            sheet.write_merge(top, bottom, left, right, said, style)
        else:
            sheet.write(cell.row, cell.column, said, style)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _style(code: str) -> xlwt.XFStyle:
    style = xlwt.easyxf("align: wrap on, vert center; borders: left thin, right thin, top thin, bottom thin")
    style.num_format_str = code
    return style
