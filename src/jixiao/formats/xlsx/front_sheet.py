"""The sheet put in front of a user's workbook: what was found in a few lines, and each note with a link to its cell.

What counts sheets by their order is told of the one before them: defined names, the open sheet, the list of titles.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from jixiao.formats.cell_text import CONTROLS
from jixiao.formats.intake import whole_number
from jixiao.formats.markup import Element, child_of, children, found, local
from jixiao.formats.notes import LOST, Level, Note, Notes
from jixiao.formats.package import OFFICE
from jixiao.formats.xlsx.reading import NOTES
from jixiao.formats.xlsx.sheet import Spot
from jixiao.formats.xlsx.style_sheet import Styles
from jixiao.formats.xlsx.workbook_parts import MAIN, Book, Tab, in_order, name_of, set_relation, tag

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
COLUMNS = ("序号", "级别", "位置", "问题", "说明")
WIDTHS = (6, 8, 30, 28, 84)
WORKBOOK_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames",
)  # fmt: skip
LONGEST_TITLE, LONGEST_TEXT = 31, 32_000
_LINE, _ACROSS = 15, 70  # points of a line of text, Chinese characters over all columns
_HIGHEST = 409  # points that a row may have
_WIDE = "\u1100"
_THIN = "".join(
    f'<{side} style="thin"><color auto="1"/></{side}>' for side in ("left", "right", "top", "bottom")
)
_BORDER = f"<border>{_THIN}<diagonal/></border>"
_GREY = '<fill><patternFill patternType="solid"><fgColor rgb="FFEDEDED"/><bgColor indexed="64"/></patternFill></fill>'


def _font(size: int, *, bold: bool = False, colour: str = "FF000000", name: str = "宋体") -> str:
    weight = "<b/>" if bold else ""
    return f'<font>{weight}<sz val="{size}"/><color rgb="{colour}"/><name val="{name}"/><charset val="134"/></font>'


def _aligned(across: str, down: str = "center") -> str:
    return f'<alignment horizontal="{across}" vertical="{down}" wrapText="1"/>'


LOOKS: dict[str, tuple[str, str, str, str]] = {
    "title": (_font(16, bold=True, name="黑体"), "", "", _aligned("center")),
    "line": (_font(11), "", "", _aligned("left")),
    "head": (_font(10, bold=True), _GREY, _BORDER, _aligned("center")),
    "cell": (_font(10), "", _BORDER, _aligned("left", "top")),
    "middle": (_font(10), "", _BORDER, _aligned("center", "top")),
    "link": (_font(10, colour="FF0563C1"), "", _BORDER, _aligned("left", "top")),
    Level.ERROR: (_font(10, bold=True, colour="FFC00000"), "", _BORDER, _aligned("center", "top")),
    Level.WARNING: (_font(10, bold=True, colour="FFB35900"), "", _BORDER, _aligned("center", "top")),
    Level.HINT: (_font(10, colour="FF5F6368"), "", _BORDER, _aligned("center", "top")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """Where a note's link leads: the sheet and the cell."""

    tab: Tab
    at: Spot


def put_in_front(book: Book, styles: Styles, notes: Notes, targets: Sequence[Target | None]) -> None:
    """Add the sheet, or write the one from before anew where it stands.

    `targets` are those of the notes in their order, None for what found no place.
    """
    names = {id(tab): name for tab, name in zip(book.tabs, _names(book), strict=True)}

    def link(number: int) -> str:
        target = targets[number]
        return "" if target is None else f"{_quoted(names[id(target.tab)])}!{name_of(target.at)}"

    number, path = book.front or (0, book.package.new_name("xl/worksheets/sheet{}.xml"))
    book.package.put(path, _sheet(notes, styles, link).encode())
    if book.front is None:
        title = _free_title(notes.title, {str(one.get("name")) for one in children(book.root, "sheets")})
        book.package.declare(path, SHEET_TYPE)
        _enter(book, title, book.package.relate(book.path, "worksheet", path))
        _retitle(book, title)
    _open_on(book, number)


def _names(book: Book) -> list[str]:
    """Return the names of the worksheets as the file writes them, in the order of the tabs."""
    relations = book.package.relations(book.path)
    paths = {path: name for name, (_, path) in relations.items()}
    by_id = {str(one.get(f"{{{OFFICE}}}id")): str(one.get("name")) for one in children(book.root, "sheets")}
    return [by_id.get(paths[tab.path], tab.title) for tab in book.tabs]


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _free_title(wanted: str, taken: Collection[str]) -> str:
    known = {name.lower() for name in taken}
    titles = (wanted, *(f"{wanted[: LONGEST_TITLE - 5]}（{n}）" for n in range(2, len(known) + 3)))
    return next(title for title in titles if title.lower() not in known)


# ---------------------------------------------------------------- the sheet


def _sheet(notes: Notes, styles: Styles, link: Callable[[int], str]) -> str:
    look = {name: styles.written(str(name), markup) for name, markup in LOOKS.items()}
    above = [
        (notes.title, "title", 30),
        *((line, "line", _LINE * _lines(line) + 3) for line in notes.verdict),
    ]
    rows = [_line(n, text, look[style], height) for n, (text, style, height) in enumerate(above, 1)]
    head = len(above) + 1
    rows.append(_row(head, [(word, look["head"]) for word in COLUMNS]))
    links = []
    for number, note in enumerate(notes.listed):
        target = link(number)
        rows.append(_row(head + 1 + number, _cells(number, note, look, linked=bool(target))))
        if target:
            links.append(
                f'<hyperlink ref="C{head + 1 + number}" location={quoteattr(target)} display={quoteattr(target)}/>'
            )
    merged = "".join(f'<mergeCell ref="A{n}:E{n}"/>' for n in range(1, head))
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(WIDTHS, 1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="{_LINE}"/><cols>{columns}</cols><sheetData>{"".join(rows)}</sheetData>'
        f'<mergeCells count="{head - 1}">{merged}</mergeCells>'
        + (f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "")
        + '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _cells(number: int, note: Note, look: dict[str, int], *, linked: bool) -> list[tuple[str, int]]:
    where = note.where if linked else f"{note.where}（{LOST}）" if note.where else LOST
    return [
        (str(number + 1), look["middle"]),
        (note.level.value, look[note.level]),
        (where, look["link" if linked else "cell"]),
        (note.title, look["cell"]),
        (note.text, look["cell"]),
    ]


def _line(number: int, text: str, style: int, height: int) -> str:
    blanks = "".join(f'<c r="{letter}{number}" s="{style}"/>' for letter in "BCDE")
    return f'<row r="{number}" ht="{height}" customHeight="1">{_cell("A", number, text, style)}{blanks}</row>'


def _row(number: int, cells: Sequence[tuple[str, int]]) -> str:
    """Write a row of the table, as high as its longest text needs: not every program fits heights on opening."""
    inner = "".join(_cell(letter, number, *one) for letter, one in zip("ABCDE", cells, strict=True))
    lines = max(_lines(text, width // 2 - 1) for (text, _), width in zip(cells, WIDTHS, strict=True))
    height = min(_LINE * lines + 3, _HIGHEST)
    return f'<row r="{number}" ht="{height}" customHeight="1">{inner}</row>'


def _cell(letter: str, number: int, text: str, style: int) -> str:
    words = escape(CONTROLS.sub("", text)[:LONGEST_TEXT])
    return (
        f'<c r="{letter}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'
    )


def _lines(text: str, across: int = _ACROSS) -> int:
    return sum(-(-max(_width(line), 1) // (2 * across)) for line in text.split("\n"))


def _width(text: str) -> int:
    """Count half widths: a Chinese character takes two."""
    return sum(1 if char < _WIDE else 2 for char in text)


# ---------------------------------------------------------------- the workbook


def _enter(book: Book, title: str, relation: str) -> None:
    """Enter the sheet as the first one."""
    sheets = in_order(book.root, "sheets", WORKBOOK_ORDER)
    number = max((whole_number(one.get("sheetId"), 0) for one in sheets), default=0) + 1
    entry = child_of(sheets, tag("sheet"), at=0)
    entry.set("name", title)
    entry.set("sheetId", str(number))
    set_relation(entry, relation)
    for name in children(book.root, "definedNames"):
        if name.get("localSheetId") is not None:
            name.set("localSheetId", str(whole_number(name.get("localSheetId"), 0) + 1))
    mark = child_of(in_order(book.root, "definedNames", WORKBOOK_ORDER), tag("definedName"))
    mark.set("name", NOTES)
    mark.set("localSheetId", "0")
    mark.set("hidden", "1")
    mark.text = f"{_quoted(title)}!$A$1"


def _open_on(book: Book, number: int) -> None:
    """Have the workbook open on a sheet: on that one alone, for two chosen sheets would be edited together."""
    for view in children(book.root, "bookViews"):
        view.set("activeTab", str(number))
        view.attrib.pop("firstSheet", None)
    for tab in book.tabs:
        chosen = [
            view for view in children(tab.root, "sheetViews") if view.get("tabSelected") in {"1", "true"}
        ]
        for view in chosen:
            del view.attrib["tabSelected"]
        if chosen:
            book.package.put(tab.path, tab.root)


def _retitle(book: Book, title: str) -> None:
    """Add the title to those that the file's properties list; they are left alone where they are listed otherwise."""
    path = "docProps/app.xml"
    if path not in book.package:
        return
    root = book.package.tree(path)
    pairs, titles = found(root, "HeadingPairs", "vector"), found(root, "TitlesOfParts", "vector")
    if pairs is None or titles is None or len(pairs) < 2:  # noqa: PLR2004 - what is counted, and how many
        return
    count = next((one for one in pairs[1].iter("{*}i4")), None)
    kind = next((one for one in pairs[0].iter("{*}lpstr")), None)
    sheets = whole_number(count.text if count is not None else None, 0)
    if kind is None or count is None or not sheets or len(titles) < sheets or local(titles[0]) != "lpstr":
        return
    count.text = str(sheets + 1)
    _first(titles, title)
    book.package.put(path, root)


def _first(titles: Element, title: str) -> None:
    child_of(titles, titles[0].tag, at=0).text = title
    titles.set("size", str(len(titles)))
