"""What Excel refuses in a workbook, or mends with a warning (ECMA-376 part 1, chapter 18, and Excel's own limits)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from jixiao.formats.xlsx.sheet import spot
from tests.formats.comment_rules import sheet_comment_faults
from tests.formats.package_rules import KINDS, Parts, Tree, local, order_faults, package_faults, twice

X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ORDERS = {
    "worksheet": ["sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"],
    "workbook": ["fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "extLst"],
    "styleSheet": ["numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst"],
    "border": ["start", "end", "left", "right", "top", "bottom", "diagonal", "vertical", "horizontal"],
    "font": ["b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family", "charset", "scheme"],
    "xf": ["alignment", "protection", "extLst"],
    "c": ["f", "v", "is", "extLst"],
    "dataValidation": ["formula1", "formula2"],
    "headerFooter": ["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"],
}  # fmt: skip
COUNTED = (
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "numFmts",
    "mergeCells",
    "dataValidations",
)
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
LONGEST = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 225}
Range = tuple[int, int, int, int]


def xlsx_faults(data: bytes) -> list[str]:
    """List what breaks a rule."""
    parts = Parts(data)
    if found := list(package_faults(parts)):
        return found
    book = parts.trees["xl/workbook.xml"]
    found = list(_book_faults(book))
    related = parts.related("xl/workbook.xml")
    strings = parts.trees.get("xl/sharedStrings.xml")
    styles = parts.trees["xl/styles.xml"]
    found += _style_faults(styles)
    limits = len(list(styles.iterfind(f"{X}cellXfs/*"))), 0 if strings is None else len(strings)
    for name, tree in parts.trees.items():
        if name.startswith("xl/"):
            found += [f"{name}: {fault}" for fault in (*order_faults(tree, ORDERS), *_count_faults(tree))]
    for sheet in book.iter(f"{X}sheet"):
        _, path = related[str(sheet.get(f"{{{KINDS}}}id"))]
        found += [f"{path}: {fault}" for fault in _sheet_faults(parts.trees[path], *limits)]
        found += [f"{path}: {fault}" for fault in sheet_comment_faults(parts, path)]
    return found


def _book_faults(book: Tree) -> Iterator[str]:
    sheets = list(book.iter(f"{X}sheet"))
    titles = [str(sheet.get("name")) for sheet in sheets]
    yield from (f"sheet {one} stands twice" for one in twice([title.lower() for title in titles]))
    yield from (
        f"sheet id {one} stands twice" for one in twice([str(sheet.get("sheetId")) for sheet in sheets])
    )
    for title in titles:
        if not title or units(title) > 31 or FORBIDDEN.search(title) or title.lower() == "history":
            yield f"no sheet may be called {title!r}"
    if not any(sheet.get("state", "visible") == "visible" for sheet in sheets):
        yield "no sheet can be seen"
    names = list(book.iter(f"{X}definedName"))
    yield from (
        f"name {one} stands twice"
        for one in twice([f"{one.get('name')} {one.get('localSheetId')}" for one in names])
    )
    for one in names:
        title = titles[int(str(one.get("localSheetId")))].replace("'", "''")
        if not re.fullmatch(rf"'{re.escape(title)}'!(?:\$\d+:\$\d+|\$A\$1)", one.text or ""):
            yield f"name {one.get('name')} means {one.text}"


def _style_faults(styles: Tree) -> Iterator[str]:
    sizes = {name: len(list(styles.iterfind(f"{X}{name}s/*"))) for name in ("font", "fill", "border")}
    own = {int(str(one.get("numFmtId"))) for one in styles.iter(f"{X}numFmt")}
    for way in styles.iter(f"{X}xf"):
        for name, size in sizes.items():
            if int(str(way.get(f"{name}Id"))) >= size:
                yield f"a cell's {name} is not there"
        number = int(str(way.get("numFmtId")))
        if number >= 164 and number not in own:
            yield f"number format {number} is not there"


def _count_faults(tree: Tree) -> Iterator[str]:
    for element in tree.iter(*(f"{X}{name}" for name in COUNTED)):
        if element.get("count") != str(len(element)) or not len(element):
            yield f"{local(element)} says {element.get('count')} and has {len(element)}"


def _sheet_faults(sheet: Tree, styles: int, strings: int) -> Iterator[str]:
    before = 0
    for row in sheet.iter(f"{X}row"):
        number = int(str(row.get("r")))
        if number <= before:
            yield f"row {number} comes after row {before}"
        if Decimal(row.get("ht", "1")) > Decimal("409.5") or Decimal(row.get("ht", "1")) <= 0:
            yield f"row {number} is {row.get('ht')} points high"
        before = number
        yield from _row_faults(row, styles, strings)
    for column in sheet.iter(f"{X}col"):
        if not 0 < Decimal(str(column.get("width"))) <= 255:
            yield f"a column is {column.get('width')} wide"
    merged = [_range(str(one.get("ref"))) for one in sheet.iter(f"{X}mergeCell")]
    yield from _overlaps(merged)
    for rule in sheet.iter(f"{X}dataValidation"):
        yield from _rule_faults(rule)


def _row_faults(row: Tree, styles: int, strings: int) -> Iterator[str]:
    column = -1
    for cell in row:
        name = str(cell.get("r"))
        at = spot(name)
        if at is None or at[1] <= column or str(at[0] + 1) != row.get("r"):
            yield f"cell {name} is out of order"
        column = at[1] if at else column
        if int(cell.get("s", "0")) >= styles:
            yield f"{name} has no style"
        yield from _content_faults(cell, name, strings)


def _content_faults(cell: Tree, name: str, strings: int) -> Iterator[str]:
    kind, value = cell.get("t", "n"), cell.findtext(f"{X}v")
    if kind == "s" and int(value or -1) not in range(strings):
        yield f"{name} has no shared text"
    if kind == "n" and value is not None and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        yield f"{name} holds {value!r}, which is no number"
    if units("".join(cell.itertext())) > 32_767 or units(cell.findtext(f"{X}f") or "") > 8_192:
        yield f"{name} holds too much"


def _overlaps(merged: list[Range]) -> Iterator[str]:
    for at, one in enumerate(merged):
        if one[0] > one[2] or one[1] > one[3] or one[:2] == one[2:]:
            yield f"merged range {one} is none"
        for other in merged[:at]:
            if one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]:
                yield f"merged ranges {other} and {one} run into each other"


def _rule_faults(rule: Tree) -> Iterator[str]:
    words = rule.findtext(f"{X}formula1") or ""
    if rule.get("type") == "list" and words.startswith('"') and units(words) > 257:
        yield "a list of words is too long"
    for key, longest in LONGEST.items():
        if units(rule.get(key, "")) > longest:
            yield f"{key} is too long"
    for name in str(rule.get("sqref")).split():
        _range(name)


def _range(name: str) -> Range:
    first, _, last = name.partition(":")
    start, end = spot(first), spot(last or first)
    assert start is not None, name
    assert end is not None, name
    return (*start, *end)


def units(text: str) -> int:
    """Length as offices count it."""
    return len(text.encode("utf-16-le")) // 2
