"""Read a workbook: one grid a sheet, numbers as printed, hidden sheets, rows and columns left out and named.

The parts are walked here, sparsely and under caps, because the reading libraries either build a sheet as
large as it claims to be or lose how numbers are printed (docs/formats/xlsx.md has the measurements).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from jixiao.expressions import expression
from jixiao.formats.cell_text import tidy
from jixiao.formats.intake import LIMITS, Tally, refusal, whole_number
from jixiao.formats.markup import Element, attribute, children, found, let_go, local, tree, walk
from jixiao.formats.notes import UNREAD
from jixiao.formats.parts import Parts, damaged, resolve
from jixiao.formats.xlsx import backstage
from jixiao.formats.xlsx.number_format import BUILT_IN, Pattern, parse, printed
from jixiao.formats.xlsx.sheet import (
    COLUMNS,
    ROWS,
    Area,
    Sheet,
    hidden_doubts,
    hidden_sheet,
    spot,
    to_grid,
)
from jixiao.formats.xlsx.thinning import Thinned
from jixiao.layout import NOWHERE, Doubt, Grid, Layout

ESCAPED = expression(r"_x([0-9A-Fa-f]{4})_")
AT_ONCE = 256 * 1024  # bytes
NOTES = "_jixiao_notes"  # the hidden name that tells a sheet of notes on the others
TRUE = frozenset({"1", "true", "on"})


@dataclass(slots=True)
class Book:
    """What the sheets of a workbook share, and the count of what has been made of them."""

    parts: Parts
    tally: Tally
    strings: list[str] = field(default_factory=list)
    patterns: list[Pattern] = field(default_factory=list)
    epoch_1904: bool = False
    columns: dict[str, int] = field(default_factory=dict)  # by the letters of their references


def read(data: bytes, *, name: str) -> Layout:
    """Read a workbook.

    Returns:
        a Grid for each visible sheet that holds anything; doubts name what was hidden or not computed.

    Raises:
        UnreadableError: damaged, over a cap, or nothing in it.
    """
    book, root, relations = _opened(data, name)
    grids: list[Grid] = []
    doubts = [Doubt(NOWHERE, UNREAD) for _ in _notes(root)]
    stamp = ""
    for title, path, hidden in _sheets(root, relations):
        if hidden and title == backstage.TITLE:
            stamp = backstage.stamp_in(_sheet(book, title, path).texts)
            continue
        if hidden:
            doubts.append(hidden_sheet(title))
            continue
        sheet = _sheet(book, title, path)
        doubts += hidden_doubts(sheet) + sheet.doubts
        if (grid := to_grid(sheet, len(grids) + 1)) is not None:
            grids.append(grid)
    if not grids and not doubts:
        raise refusal(name, "工作簿里没有内容", "请确认保存的是填好的那一份")
    return Layout(
        name=name, blocks=tuple(grids), format="xlsx", doubts=tuple(doubts[: LIMITS.doubts]), stamp=stamp
    )


def printing_of(data: bytes, *, name: str) -> "Printing":
    """Tell how the cells of a workbook are shown.

    Raises:
        UnreadableError: as `read`.
    """
    return Printing(_opened(data, name)[0])


@dataclass(frozen=True, slots=True)
class Printing:
    """How the cells of a workbook are shown, for whoever writes it again."""

    book: Book

    def cell(self, cell: Element) -> str:
        """Return the text of a cell as it is read."""
        return _text(self.book, Sheet(""), cell, (0, 0))

    def number(self, stored: str, style: int) -> str:
        """Return a stored number as a style shows it."""
        return _number(self.book, stored, style)


def _opened(data: bytes, name: str) -> tuple[Book, Element, dict[str, tuple[str, str]]]:
    parts = Parts(data, name)
    main = "xl/workbook.xml" if "xl/workbook.xml" in parts else parts.main()
    root = tree(parts.open(main))
    relations = _relations(parts, main)
    book = Book(parts, Tally(name), epoch_1904=_is_true(found(root, "workbookPr"), "date1904"))
    book.strings = _shared_strings(book, relations)
    book.patterns = _patterns(parts, relations)
    return book, root, relations


# ---------------------------------------------------------------- what the sheets share


def _is_true(element: Element | None, name: str) -> bool:
    return element is not None and str(element.get(name, "")).lower() in TRUE


def _relations(parts: Parts, main: str) -> dict[str, tuple[str, str]]:
    """Relation id to (kind, part)."""
    folder, _, file = main.rpartition("/")
    path = f"{folder}/_rels/{file}.rels"
    if path not in parts:
        raise damaged(parts.name)
    return {
        str(relation.get("Id")): (
            str(relation.get("Type", "")).rpartition("/")[2],
            resolve(main, str(relation.get("Target", ""))),
        )
        for relation in tree(parts.open(path))
        if relation.get("TargetMode") != "External"
    }


def _sheets(root: Element, relations: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str, bool]]:
    """Yield (title, part, hidden) of every worksheet in the order of the tabs; charts and notes are none."""
    notes = _notes(root)
    for number, sheet in enumerate(children(root, "sheets")):
        kind, path = relations.get(attribute(sheet, "id") or "", ("", ""))
        if kind == "worksheet" and str(number) not in notes:
            yield tidy(sheet.get("name", "")), path, sheet.get("state", "visible") != "visible"


def _notes(root: Element) -> set[str]:
    """Return the numbers of the sheets that hold notes on the others."""
    return {
        str(name.get("localSheetId")) for name in children(root, "definedNames") if name.get("name") == NOTES
    }


def _part_of_kind(relations: dict[str, tuple[str, str]], kind: str) -> str | None:
    return next((path for found_kind, path in relations.values() if found_kind == kind), None)


def _shared_strings(book: Book, relations: dict[str, tuple[str, str]]) -> list[str]:
    path = _part_of_kind(relations, "sharedStrings")
    if path is None or path not in book.parts:
        return []
    strings = [book.tally.add(_rich_text(item)) for item in _string_items(book.parts, path)]
    book.tally.pieces = 0  # the texts are counted, the cells are still to come
    return strings


def _string_items(parts: Parts, path: str) -> Iterator[Element]:
    """Yield the shared texts: one after another, or out of one small tree, which is quicker."""
    part = parts.open(path)
    if parts.size(path) <= AT_ONCE:
        yield from tree(part).iterchildren("{*}si")
        return
    for _, item in walk(part, ("si",)):
        yield item
        let_go(item, part)


def _rich_text(item: Element) -> str:
    """The text of <si> or <is>: its own, or that of its runs; reading aids (rPh) are left out."""
    texts: list[str] = []
    for child in item:
        kind = local(child)
        if kind == "t":
            texts.append(child.text or "")
        elif kind == "r":
            texts += [piece.text or "" for piece in child if local(piece) == "t"]
    return _unescaped("".join(texts))


def _unescaped(text: str) -> str:
    if "_x" in text:
        text = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return tidy(text)


def _patterns(parts: Parts, relations: dict[str, tuple[str, str]]) -> list[Pattern]:
    """The number format of each cell style, by the style's index."""
    path = _part_of_kind(relations, "styles")
    if path is None or path not in parts:
        return []
    root = tree(parts.open(path))
    codes = dict(BUILT_IN)
    for entry in children(root, "numFmts"):
        codes[whole_number(entry.get("numFmtId"), -1)] = str(entry.get("formatCode", "General"))
    parsed: dict[str, Pattern] = {}
    patterns: list[Pattern] = []
    for style in children(root, "cellXfs"):
        code = codes.get(whole_number(style.get("numFmtId"), 0), "General")
        if code not in parsed:
            parsed[code] = parse(code)
        patterns.append(parsed[code])
    return patterns


# ---------------------------------------------------------------- one sheet


def _sheet(book: Book, title: str, path: str) -> Sheet:
    part = Thinned(book.parts.open(path))
    sheet = Sheet(title)
    hidden: list[tuple[int, int]] = []
    row = -1
    for _, element in walk(part, ("row", "col", "mergeCell")):
        kind = local(element)
        if kind == "row":
            row = _row(book, sheet, element, row)
        elif kind == "col":
            _column(book, hidden, element)
        else:
            _merge(book, sheet, element)
        let_go(element, part)
    sheet.hidden_columns = _joined(hidden)
    return sheet


def _column(book: Book, ranges: list[tuple[int, int]], element: Element) -> None:
    if len(ranges) > COLUMNS:
        raise damaged(book.parts.name)
    if _is_true(element, "hidden") or element.get("width") == "0":
        first = whole_number(element.get("min"), 1)
        ranges.append((first - 1, min(whole_number(element.get("max"), first), COLUMNS)))


def _joined(ranges: list[tuple[int, int]]) -> set[int]:
    """The columns of all ranges, however often they overlap."""
    columns: set[int] = set()
    reached = 0
    for first, end in sorted(ranges):
        columns.update(range(max(first, reached), end))
        reached = max(reached, end)
    return columns


def _merge(book: Book, sheet: Sheet, element: Element) -> None:
    first, _, last = str(element.get("ref", "")).partition(":")
    start, end = spot(first), spot(last)
    if start is not None and end is not None:
        sheet.merge(Area(*start, *end), book.tally)


def _row(book: Book, sheet: Sheet, element: Element, before: int) -> int:
    """Read one row's cells; a row or cell that doesn't say where it stands follows the one before."""
    row = whole_number(element.get("r"), before + 2) - 1
    if not 0 <= row < ROWS:
        raise damaged(book.parts.name)
    if _is_true(element, "hidden") or (element.get("ht") == "0"):
        sheet.hidden_rows.add(row)
        book.tally.add("")
    column = -1
    for cell in element.iterchildren("{*}c"):
        column = _column_of(book, cell.get("r", ""), column)
        text = _text(book, sheet, cell, (row, column))
        if text and column < COLUMNS:
            sheet.texts[row, column] = book.tally.add(text)
    return row


def _column_of(book: Book, reference: str, before: int) -> int:
    """The column that a cell's reference names; the one after `before` where it names none."""
    letters = reference.rstrip("0123456789")
    if letters not in book.columns or letters == reference:
        at = spot(reference)
        if at is None:
            return before + 1
        book.columns[letters] = at[1]
    return book.columns[letters]


# What a program wrote as a formula and no spreadsheet could work out: =8座, the demand of an indicator.
_DEMAND = expression(r"\d+(?:\.\d+)?[\u4e00-\u9fff/]{1,8}")


def _text(book: Book, sheet: Sheet, cell: Element, at: tuple[int, int]) -> str:
    kind = cell.get("t", "n")
    formula, value = None, None
    for child in cell:
        tag = local(child)
        if tag == "v":
            value = child.text or ""
        elif tag == "f":
            formula = child.text or ""
        elif tag == "is":
            return _rich_text(child)
    if formula is not None and not value and kind == "n":
        if _DEMAND.fullmatch(formula):
            return f"={formula}"
        sheet.doubt(at, "公式没有保存计算结果，按空白读取；请用 Excel 或 WPS 打开后重新保存")
    if value is None:
        return ""
    return _shown(book, sheet, cell, (kind, value), at)


def _shown(book: Book, sheet: Sheet, cell: Element, typed: tuple[str, str], at: tuple[int, int]) -> str:
    """Print a stored value by its type: shared text, text of a formula, truth, error, date or number."""
    kind, value = typed
    if not value:  # a formula that gives an empty text
        return ""
    if kind == "s":
        index = whole_number(value, -1)
        return book.strings[index] if 0 <= index < len(book.strings) else ""
    if kind == "b":
        return "TRUE" if value.strip() == "1" else "FALSE"
    if kind == "e":
        sheet.doubt(at, f"公式结果是错误值 {value[:20]}")
        return tidy(value)
    if kind in {"str", "inlineStr", "d"}:
        return _unescaped(value)
    return _number(book, value, whole_number(cell.get("s"), 0))


def _number(book: Book, stored: str, style: int) -> str:
    pattern = book.patterns[style] if style < len(book.patterns) else parse("General")
    return tidy(printed(stored, pattern, epoch_1904=book.epoch_1904))
