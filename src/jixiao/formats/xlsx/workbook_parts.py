"""A user's own workbook, part by part, to be written again: its sheets, and where a new element belongs in one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jixiao.formats.cell_text import tidy
from jixiao.formats.intake import whole_number
from jixiao.formats.markup import Element, attribute, child_of, children, found, local
from jixiao.formats.package import OFFICE, Package
from jixiao.formats.xlsx.reading import NOTES
from jixiao.formats.xlsx.sheet import Area, Spot, column_name, spot

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing",
)  # fmt: skip
USUAL = "xl/workbook.xml"
WIDTH, HEIGHT = 72, 20  # pixels of a column and a row that say nothing of themselves
_PIXELS_A_CHARACTER, _POINTS = 8, 4  # a row's height is in points, of which three make four pixels


def tag(name: str) -> str:
    """Name an element of a workbook with its namespace."""
    return f"{{{MAIN}}}{name}"


@dataclass(slots=True)
class Tab:
    """A worksheet: its title as read, the name of its part, and its tree once it is looked at."""

    title: str
    path: str
    root: Element
    areas: list[Area] = field(default_factory=list)

    def owner(self, at: Spot) -> Spot:
        """Return the upper left corner of the merged range that a cell lies in, else the cell."""
        return next(((area.top, area.left) for area in self.areas if area.holds(at)), at)

    def rows(self) -> Iterator[tuple[int, Element]]:
        """Yield the rows with their numbers, from 0."""
        number = -1
        for row in children(self.root, "sheetData"):
            number = whole_number(row.get("r"), number + 2) - 1
            yield number, row

    def cell(self, at: Spot) -> Element | None:
        """Find a cell's element, None where the sheet has none."""
        row = next((row for number, row in self.rows() if number == at[0]), None)
        column = -1
        for cell in row.iterchildren("{*}c") if row is not None else ():
            named = spot(str(cell.get("r", "")))
            column = named[1] if named is not None else column + 1
            if column == at[1]:
                return cell
        return None

    def made(self, at: Spot) -> Element:
        """Find a cell's element, or make an empty one where it belongs."""
        cell = self.cell(at)
        if cell is not None:
            return cell
        data = in_order(self.root, "sheetData")
        row = next((row for number, row in self.rows() if number == at[0]), None)
        if row is None:
            above = sum(1 for number, _ in self.rows() if number < at[0])
            row = child_of(data, tag("row"), at=above)
            row.set("r", str(at[0] + 1))
        before = [c for c in row.iterchildren("{*}c") if (spot(str(c.get("r", ""))) or at) < at]
        cell = child_of(row, tag("c"), at=len(before))
        cell.set("r", name_of(at))
        return cell

    def width(self, column: int) -> int:
        """Return a column's width in pixels."""
        for one in children(self.root, "cols"):
            low, high = whole_number(one.get("min"), 1), whole_number(one.get("max"), 1)
            if low <= column + 1 <= high:
                whole = str(one.get("width", "")).partition(".")[0]
                hidden = one.get("hidden") in {"1", "true"}
                return (
                    0 if hidden else _PIXELS_A_CHARACTER * whole_number(whole, WIDTH // _PIXELS_A_CHARACTER)
                )
        return WIDTH

    def heights(self) -> dict[int, int]:
        """Return the heights in pixels of the rows that say theirs."""
        found_heights = {}
        for number, row in self.rows():
            if row.get("hidden") in {"1", "true"}:
                found_heights[number] = 0
            elif row.get("ht") is not None:
                points = whole_number(str(row.get("ht")).partition(".")[0], 15)
                found_heights[number] = points * _POINTS // 3
        return found_heights


@dataclass(slots=True)
class Book:
    """A workbook being written again: its package, its main part, and its worksheets in the order of the tabs.

    `front` is the sheet of notes from before, by the number of its tab and its part, None where there is none.
    """

    package: Package
    path: str
    root: Element
    tabs: list[Tab] = field(default_factory=list)
    front: tuple[int, str] | None = None

    def keep(self) -> None:
        """Put the workbook's own part back."""
        self.package.put(self.path, self.root)

    def related(self, kind: str) -> str | None:
        """Name the part of a kind that the workbook leads to, None where it has none."""
        relations = self.package.relations(self.path).values()
        return next((path for found_kind, path in relations if found_kind == kind), None)


def book_of(package: Package) -> Book:
    """Open a workbook's main part and find its worksheets."""
    path = package.main(USUAL)
    book = Book(package, path, package.tree(path))
    relations = package.relations(path)
    notes = {
        name.get("localSheetId") for name in children(book.root, "definedNames") if name.get("name") == NOTES
    }
    for number, sheet in enumerate(children(book.root, "sheets")):
        kind, part = relations.get(attribute(sheet, "id") or "", ("", ""))
        if kind == "worksheet" and str(number) in notes:
            book.front = number, part
        elif kind == "worksheet" and part in package:
            book.tabs.append(_tab(package, tidy(str(sheet.get("name", ""))), part))
    return book


def _tab(package: Package, title: str, part: str) -> Tab:
    root = package.tree(part)
    areas = [_area(merge) for merge in children(root, "mergeCells") if local(merge) == "mergeCell"]
    return Tab(title, part, root, [area for area in areas if area is not None])


def _area(merge: Element) -> Area | None:
    first, _, last = str(merge.get("ref", "")).partition(":")
    start, end = spot(first), spot(last)
    return Area(*start, *end) if start is not None and end is not None else None


def name_of(at: Spot) -> str:
    """Name a cell: (6, 1) is B7."""
    return f"{column_name(at[1])}{at[0] + 1}"


def in_order(root: Element, name: str, order: Sequence[str] = ORDER) -> Element:
    """Find a child, or make it where the format wants it; what isn't in `order` comes behind."""
    there = found(root, name)
    if there is not None:
        return there
    before = order[: order.index(name)]
    at = max((n + 1 for n, child in enumerate(root) if local(child) in before), default=0)
    return child_of(root, tag(name), at=at)


def set_relation(element: Element, relation: str) -> None:
    """Let an element lead to a part."""
    element.set(f"{{{OFFICE}}}id", relation)
