"""A workbook of Excel 2003 in XML: sheets, rows and cells by their index, numbers as their style shows them."""

from dataclasses import dataclass, field
from datetime import datetime

from jixiao.formats.cell_text import tidy
from jixiao.formats.intake import LIMITS, Tally, too_much, whole_number
from jixiao.formats.markup import Element, attribute, found, let_go, local, walk
from jixiao.formats.parts import PartReader, damaged
from jixiao.formats.xlsx.number_format import Pattern, parse, printed
from jixiao.formats.xlsx.sheet import (
    COLUMNS,
    ROWS,
    SMALL_AREA,
    Area,
    Sheet,
    column_name,
    hidden_doubts,
    to_grid,
)
from jixiao.layout import Doubt, Grid, Place

TAGS = ("Style", "Worksheet", "Column", "Row", "Visible")
NAMED = {
    "General Number": "General", "Percent": "0.00%", "Standard": "#,##0.00", "Fixed": "0.00", "Scientific": "0.00E+00",
    "Short Date": "yyyy/m/d", "Long Date": "yyyy年m月d日", "General Date": "yyyy/m/d h:mm", "Currency": "¥#,##0.00",
    "Medium Date": "yyyy年m月d日", "Short Time": "h:mm", "Long Time": "h:mm:ss",
}  # fmt: skip
DAY_0 = datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook's dates have no zone
SECONDS = 86_400


@dataclass(slots=True)
class Book:
    """What has been read of a workbook."""

    part: PartReader
    tally: Tally
    patterns: dict[str, Pattern] = field(default_factory=dict)
    sheets: list[Sheet] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)  # sheets by their number
    row: int = -1
    column: int = 0  # of <Column>


def read(part: PartReader) -> tuple[tuple[Grid, ...], tuple[Doubt, ...]]:
    """Read the sheets.

    Raises:
        UnreadableError: damaged or over a cap.
    """
    book = Book(part, Tally(part.name))
    for event, element in walk(part, TAGS, events=("start", "end")):
        if event == "start" and local(element) == "Worksheet":
            book.sheets.append(Sheet(tidy(attribute(element, "Name") or "")))
            book.row, book.column = -1, 0
        elif event == "end" and local(element) != "Worksheet":
            _take(book, element)
            let_go(element, part)
    grids: list[Grid] = []
    doubts: list[Doubt] = []
    for number, sheet in enumerate(book.sheets):
        if number in book.hidden:
            title = sheet.title
            doubts.append(Doubt(Place(sheet=title), f"工作表“{title}”被隐藏，未读取；如需审核请取消隐藏"))
            continue
        doubts += hidden_doubts(sheet) + sheet.doubts
        if (grid := to_grid(sheet, len(grids) + 1)) is not None:
            grids.append(grid)
    return tuple(grids), tuple(doubts)


def _take(book: Book, element: Element) -> None:
    kind = local(element)
    if kind == "Style":
        form = found(element, "NumberFormat")
        code = (attribute(form, "Format") or "General") if form is not None else "General"
        book.patterns[attribute(element, "ID") or ""] = parse(NAMED.get(code, code))
    elif not book.sheets:
        return
    elif kind == "Visible":
        if "Hidden" in (element.text or ""):
            book.hidden.add(len(book.sheets) - 1)
    elif kind == "Column":
        _column(book, element)
    else:
        _row(book, book.sheets[-1], element)


def _column(book: Book, element: Element) -> None:
    first = whole_number(attribute(element, "Index"), book.column + 1) - 1
    span = min(whole_number(attribute(element, "Span"), 0), COLUMNS)
    book.column = first + 1 + span
    book.tally.spread(span + 1)
    if attribute(element, "Hidden") == "1" or attribute(element, "Width") == "0":
        book.sheets[-1].hidden_columns.update(range(first, min(book.column, COLUMNS)))


def _row(book: Book, sheet: Sheet, element: Element) -> None:
    row = whole_number(attribute(element, "Index"), book.row + 2) - 1
    if not 0 <= row < ROWS:
        raise damaged(book.part.name)
    span = min(whole_number(attribute(element, "Span"), 0), ROWS - 1 - row)
    book.row = row + span
    if attribute(element, "Hidden") == "1" or attribute(element, "Height") == "0":
        book.tally.add("")
        book.tally.spread(span + 1)
        sheet.hidden_rows.update(range(row, book.row + 1))
    column = 0
    for cell in element:
        if local(cell) != "Cell":
            continue
        column = whole_number(attribute(cell, "Index"), column + 1) - 1
        across = whole_number(attribute(cell, "MergeAcross"), 0)
        if not 0 <= column < COLUMNS - across:
            raise damaged(book.part.name)
        text = _text(book, sheet, cell, (row, column))
        if text:
            sheet.texts[row, column] = book.tally.add(text)
        _merge(
            book,
            sheet,
            Area(row, column, row + whole_number(attribute(cell, "MergeDown"), 0), column + across),
        )
        column += across + 1


def _merge(book: Book, sheet: Sheet, area: Area) -> None:
    if area.size() == 1:
        return
    sheet.areas.append(area)
    book.tally.merges += 1
    book.tally.merged_spots += area.size() if area.size() <= SMALL_AREA else 0
    if book.tally.merges > LIMITS.merges or book.tally.merged_spots > LIMITS.merged_spots:
        raise too_much(book.part.name, "合并单元格")


def _text(book: Book, sheet: Sheet, cell: Element, at: tuple[int, int]) -> str:
    data = found(cell, "Data")
    if data is None:
        if attribute(cell, "Formula") is not None:
            _doubt(sheet, at, "公式没有保存计算结果，按空白读取；请用 Excel 或 WPS 打开后重新保存")
        return ""
    kind, value = attribute(data, "Type") or "String", "".join(data.itertext())
    pattern = book.patterns.get(attribute(cell, "StyleID") or "", parse("General"))
    if kind == "Number":
        return tidy(printed(value.strip(), pattern, epoch_1904=False))
    if kind == "DateTime":
        return tidy(_date(value.strip(), pattern))
    if kind == "Boolean":
        return "TRUE" if value.strip() == "1" else "FALSE"
    if kind == "Error":
        _doubt(sheet, at, f"公式结果是错误值 {value[:20]}")
    return tidy(value)


def _date(value: str, pattern: Pattern) -> str:
    """Print a date by its format; what is no date stays as it stands."""
    try:
        moment = datetime.fromisoformat(value[:19])
    except ValueError:
        return value
    since = moment.replace(tzinfo=None) - DAY_0
    stored = f"{since.days}" if not since.seconds else f"{since.days}.{since.seconds * 10**9 // SECONDS:09d}"
    return printed(stored, parse("yyyy/m/d") if pattern == parse("General") else pattern, epoch_1904=False)


def _doubt(sheet: Sheet, at: tuple[int, int], why: str) -> None:
    if len(sheet.doubts) < LIMITS.doubts:
        cell = f"{column_name(at[1])}{at[0] + 1}"
        place = Place(sheet=sheet.title, row=at[0] + 1, column=at[1] + 1, cell=cell)
        sheet.doubts.append(Doubt(place, f"工作表“{sheet.title}”{cell}：{why}", reading=""))
