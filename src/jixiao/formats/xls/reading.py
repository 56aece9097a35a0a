"""Read an old workbook (xls, et): as xlsx is read, from records instead of parts; see docs/formats/xls.md."""

import os
import re
import struct
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import xlrd

from jixiao.formats.cell_text import tidy
from jixiao.formats.compound import Broken, Compound
from jixiao.formats.intake import LIMITS, OLE_START, Tally, refusal
from jixiao.formats.parts import damaged
from jixiao.formats.xls.encryption import Locked, opened
from jixiao.formats.xls.records import Cut, Records, cleaned, has_globals
from jixiao.formats.xlsx.number_format import BUILT_IN, Pattern, parse, printed
from jixiao.formats.xlsx.sheet import Area, Sheet, Spot, hidden_doubts, hidden_sheet, to_grid
from jixiao.layout import Doubt, Grid, Layout, Place

UNREADABLE = (
    Broken, Cut, xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error, AssertionError, LookupError, ValueError,
    TypeError, AttributeError, OverflowError,
)  # fmt: skip
FILLED = re.compile(rb"[^\x00\x06]")  # of the kinds of a row's cells: neither nothing nor borders alone
CHINESE = "gb18030"
CHINESE_PAGES = (936, 54936)
NEIGHBOURS = (932, 949, 950)  # Japanese, Korean, traditional Chinese: nobody names these by chance


@dataclass(slots=True)
class Book:
    """A workbook opened, what its sheets share, and the count of what has been made of them."""

    opened: Any  # xlrd ships no types
    records: Records
    tally: Tally
    codes: dict[int, str]
    patterns: dict[int, Pattern] = field(default_factory=dict)

    def pattern(self, style: int) -> Pattern:
        """The number format of a cell style."""
        if style not in self.patterns:
            styles = self.opened.xf_list
            key = styles[style].format_key if style < len(styles) else 0
            self.patterns[style] = parse(self.codes.get(key, "General"))
        return self.patterns[style]


def read(data: bytes, *, name: str) -> Layout:
    """Read a workbook.

    Returns:
        a Grid for each visible sheet that holds anything; doubts name what was hidden or perhaps not computed.

    Raises:
        UnreadableError: damaged, encrypted, over a cap, or nothing in it.
    """
    try:
        records = cleaned(opened(_stream(data)))
        with Path(os.devnull).open("w", encoding="utf-8") as log:
            return _layout(records, log, name)
    except Locked as error:
        raise refusal(
            name, "文件有密码保护，无法读取", "请用 WPS 或 Excel 打开，去掉密码后另存再试"
        ) from error
    except UNREADABLE as error:
        raise damaged(name) from error


def _stream(data: bytes) -> bytes:
    """The stream of records: of a compound file the newest that it has."""
    if not data.startswith(OLE_START):
        return data
    compound = Compound(data)
    found = next((name for name in ("Workbook", "Book") if name in compound.streams), None)
    if found is None:
        raise Broken
    return compound.read(found)


def _layout(records: Records, log: TextIO, name: str) -> Layout:
    """Read the sheets; texts of the time before Unicode as Chinese, if that is what they can be."""
    if has_globals(records.stream) and records.stream[4:6] == b"\0\x06":
        return _page(_book(records, log, None, name))
    try:
        book = _book(records, log, CHINESE, name)
        page = None if book.opened.codepage in NEIGHBOURS else _page(book)
    except UnicodeDecodeError:
        page = None
    if page is None:
        return _page(_book(records, log, None, name))
    return page if book.opened.codepage in CHINESE_PAGES else _with_doubt(page, book.opened.codepage)


def _with_doubt(page: Layout, declared: int | None) -> Layout:
    """Doubt the code page, if anything depends on it."""
    if all(cell.text.isascii() for grid in page.blocks if isinstance(grid, Grid) for cell in grid.cells):
        return page
    stated = "没有写明字符集" if declared is None else f"写明的字符集是 {declared}"
    why = f"文件{stated}，文字按中文（GBK）读取；如有乱码，请用 WPS 或 Excel 打开后另存为 xlsx"
    return Layout(page.name, page.blocks, page.format, (Doubt(Place(), why), *page.doubts))


def _book(records: Records, log: TextIO, encoding: str | None, name: str) -> Book:
    book = xlrd.open_workbook(
        file_contents=records.stream, logfile=log, encoding_override=encoding,
        formatting_info=True, on_demand=True, ragged_rows=True,
    )  # fmt: skip
    kinds = book._xf_index_to_xl_type_map  # noqa: SLF001 - a style that the file doesn't have is the usual one
    book._xf_index_to_xl_type_map = defaultdict(lambda: xlrd.XL_CELL_NUMBER, kinds)  # noqa: SLF001
    codes = dict(BUILT_IN) if book.biff_version >= 50 else {}  # noqa: PLR2004 - Excel 5
    codes |= {entry.format_key: entry.format_str for entry in book.format_list}
    return Book(book, records, Tally(name), codes)


def _page(book: Book) -> Layout:
    grids: list[Grid] = []
    doubts: list[Doubt] = []
    for number, given in enumerate(book.opened.sheet_names()):
        title = tidy(given)
        if book.records.hidden is not None and book.records.hidden[number]:
            doubts.append(hidden_sheet(title))
            continue
        sheet = _sheet(book, number, title)
        doubts += hidden_doubts(sheet) + sheet.doubts
        if (grid := to_grid(sheet, len(grids) + 1)) is not None:
            grids.append(grid)
    name = book.tally.name
    if not grids and not doubts:
        raise refusal(name, "工作簿里没有内容", "请确认保存的是填好的那一份")
    return Layout(name=name, blocks=tuple(grids), format="xls", doubts=tuple(doubts[: LIMITS.doubts]))


# ---------------------------------------------------------------- one sheet


def _sheet(book: Book, number: int, title: str) -> Sheet:
    source = book.opened.sheet_by_index(number)
    sheet = Sheet(title)
    for top, end, left, right in source.merged_cells:
        sheet.merge(Area(top, left, end - 1, right - 1), book.tally)
    for row in range(source.nrows):
        for found in FILLED.finditer(bytes(source.row_types(row))):
            at = row, found.start()
            if text := _text(book, sheet, source, at):
                sheet.texts[at] = book.tally.add(text)
    for at in sorted((row, column) for of, row, column in book.records.bare if of == number):
        read_as = sheet.texts.get(at, "")
        sheet.doubt(at, "公式可能没有保存计算结果；请用 Excel 或 WPS 打开后重新保存", read_as)
    _hide(sheet, source)
    book.opened.unload_sheet(number)
    return sheet


def _text(book: Book, sheet: Sheet, source: Any, at: Spot) -> str:  # noqa: ANN401 - xlrd ships no types
    """Print a stored value by its type: text, truth, error, date or number."""
    kind, value = source.cell_type(*at), source.cell_value(*at)
    if isinstance(value, str):
        return tidy(value)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if kind == xlrd.XL_CELL_ERROR:
        text = str(xlrd.error_text_from_code.get(value, "#N/A"))
        sheet.doubt(at, f"公式结果是错误值 {text}")
        return text
    pattern = book.pattern(source.cell_xf_index(*at))
    return tidy(printed(repr(value), pattern, epoch_1904=book.opened.datemode == 1))


def _hide(sheet: Sheet, source: Any) -> None:  # noqa: ANN401 - xlrd ships no types
    """Note the rows and columns that are hidden, or of no height or width."""
    for row, info in source.rowinfo_map.items():
        if info.hidden or (info.height == 0 and not info.has_default_height):
            sheet.hidden_rows.add(row)
    if source.default_row_hidden:
        sheet.hidden_rows |= {row for row, _ in sheet.texts if row not in source.rowinfo_map}
    for column, info in source.colinfo_map.items():
        if info.hidden or info.width == 0:
            sheet.hidden_columns.add(column)
