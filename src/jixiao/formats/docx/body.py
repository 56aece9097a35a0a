"""The blocks of a document: paragraphs as lines, tables as grids with their spans."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from jixiao.formats.cell_text import one_line, tidy
from jixiao.formats.docx.numbering import Numbering, values
from jixiao.formats.docx.paragraph import OFF, Style, Text, gather, numbered, style_of
from jixiao.formats.intake import Tally, whole_number
from jixiao.formats.markup import Element, attribute, children, found, local
from jixiao.layout import Block, Cell, Grid, Line, Place

WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
WIDEST = 1_000
NARROW = 57  # twentieths of a point, 1 mm
DEEPEST = 60


@dataclass(slots=True)
class Document:
    """What the blocks of a document share: styles, lists, and the counts so far, also of what isn't read.

    `trail`, where it is wanted, is the paragraph or cell that stands at each place.
    """

    tally: Tally
    styles: dict[str, Style]
    numbering: Numbering
    tables: int = 0
    paragraphs: int = 0
    revised: bool = False
    objects: int = 0
    pictures: int = 0
    trail: dict[Place, Element] | None = None
    edges: dict[int, tuple[int, ...]] = field(default_factory=dict)  # of the columns, by the table's number


@dataclass(slots=True)
class Draft:
    """A cell being read: it grows downward while rows below continue it."""

    row: int
    column: int
    text: str
    colspan: int
    rowspan: int = 1
    element: Element = None


@dataclass(slots=True)
class Table:
    """A table being read: its cells, the cell that may still grow in each column, the tables found inside.

    `parted` are the empty cells of the last heading row that have no line below: the upper halves of labels.
    """

    cells: list[Draft] = field(default_factory=list)
    open: dict[int, Draft] = field(default_factory=dict)
    parted: dict[int, Draft] = field(default_factory=dict)
    inner: list[Element] = field(default_factory=list)


def blocks_of(element: Element, document: Document, depth: int = 0) -> Iterator[Block]:
    """Read a paragraph or table, or those in a wrapper; whatever else it is has nothing to show."""
    if depth > DEEPEST:
        return
    if local(element) == "tbl":
        yield from _tables(element, document, depth)
    elif local(element) == "p":
        yield from _lines(element, document, depth)
    elif local(element) in WRAPPERS:
        for child in element:
            yield from blocks_of(child, document, depth + 1)


def _lines(paragraph: Element, document: Document, depth: int) -> Iterator[Block]:
    """A paragraph is a line, more where it is broken by hand; its text boxes follow it."""
    document.paragraphs += 1
    place = Place(line=document.paragraphs)
    if document.trail is not None:
        document.trail[place] = paragraph
    style = style_of(paragraph, document.styles)
    text = _gathered(paragraph, document)
    shown = numbered(tidy("".join(text.pieces)), style, document.numbering)
    for line in shown.split("\n"):
        if line:
            yield Line(document.tally.add(one_line(line)), place, style.level)
    for box in text.boxes:
        for child in box:
            yield from blocks_of(child, document, depth + 1)


def _gathered(paragraph: Element, document: Document) -> Text:
    text = Text()
    gather(paragraph, text)
    document.revised = document.revised or text.revised
    document.objects += text.objects
    document.pictures += text.pictures
    return text


# ---------------------------------------------------------------- tables


def _tables(element: Element, document: Document, depth: int) -> Iterator[Block]:
    """A table, then the tables inside its cells, which its own text leaves out; a mere frame is unfolded."""
    if (frame := _frame(element)) is not None:
        for child in frame:
            yield from blocks_of(child, document, depth + 1)
        return
    document.tables += 1
    number = document.tables
    table = Table()
    rows = [row for row in _within(element, "tr") if not _is_gone(row, document)]
    for index, row in enumerate(rows):
        _row(row, index, table, document)
    columns = _columns(element, table.cells)
    cells = tuple(_cell(draft, columns, number) for draft in table.cells)
    if any(cell.text for cell in cells):
        if document.trail is not None:
            document.trail |= {
                cell.place: draft.element for cell, draft in zip(cells, table.cells, strict=True)
            }
        document.edges[number] = () if columns else _edges(element)
        yield Grid(cells, Place(table=number))
    else:
        document.tables -= 1
    for inner in table.inner:
        yield from blocks_of(inner, document, depth + 1)


def _cell(draft: Draft, columns: list[int], table: int) -> Cell:
    column = columns[draft.column] if columns else draft.column
    across = (
        columns[min(draft.column + draft.colspan, len(columns) - 1)] - column if columns else draft.colspan
    )
    place = Place(table=table, row=draft.row + 1, column=column + 1)
    return Cell(draft.row, column, draft.text, draft.rowspan, max(across, 1), place=place)


def _columns(table: Element, drafts: list[Draft]) -> list[int]:
    """For each column, and the end, how many stand before it, where some have no width; empty where none has not.

    LibreOffice and mice leave columns less than 1 mm wide where edges should meet.
    """
    widths = [whole_number(attribute(column, "w"), 0) for column in children(table, "tblGrid")][:WIDEST]
    narrow = {at for at, width in enumerate(widths) if width < NARROW}
    if not narrow or 2 * len(narrow) > len(widths):
        return []
    narrow -= {draft.column for draft in drafts if draft.colspan == 1}
    end = max([len(widths), *(draft.column + draft.colspan for draft in drafts)])
    return list(accumulate((at not in narrow for at in range(end)), initial=0))


def _edges(table: Element) -> tuple[int, ...]:
    """Where the columns of a table begin and the last one ends, in twentieths of a point."""
    widths = [whole_number(attribute(column, "w"), 0) for column in children(table, "tblGrid")][:WIDEST]
    return tuple(accumulate(widths, initial=0))


def _within(element: Element, kind: str, depth: int = 0) -> Iterator[Element]:
    """Children of a kind, those in content controls and insertions too."""
    for child in element:
        if local(child) == kind:
            yield child
        elif local(child) in WRAPPERS and depth < DEEPEST:
            yield from _within(child, kind, depth + 1)


def _frame(table: Element) -> list[Element] | None:
    """What stands in a table of one column that holds another table; None for any other table."""
    rows = [list(_within(row, "tc")) for row in _within(table, "tr")]
    if any(len(cells) > 1 for cells in rows):
        return None
    content = [child for cells in rows for cell in cells for child in cell]
    return content if any(local(child) == "tbl" for child in content) else None


def _is_gone(row: Element, document: Document) -> bool:
    """Tell a row struck out by revision, or hidden."""
    said = values(found(row, "trPr"))
    document.revised = document.revised or "del" in said or "ins" in said
    return "del" in said or said.get("hidden", "0").lower() not in OFF


def _row(row: Element, index: int, table: Table, document: Document) -> None:
    said = values(found(row, "trPr"))
    column = min(whole_number(said.get("gridBefore"), 0), WIDEST)
    still_open: dict[int, Draft] = {}
    parted: dict[int, Draft] = {}
    for cell in _within(row, "tc"):
        properties = values(found(cell, "tcPr"))
        if "cellDel" in properties:
            document.revised = True
            continue
        span = min(max(whole_number(properties.get("gridSpan"), 1), 1), WIDEST)
        merge = properties.get("vMerge")
        above = _above(table, column, span)
        if merge is not None and merge != "restart" and above is not None:
            above.rowspan = index - above.row + 1
            still_open[above.column] = above
        elif (half := table.parted.get(column)) is not None and half.colspan == span and _open(cell, "top"):
            half.text, half.element = document.tally.add(_cell_text(cell, table, document)), cell
            half.rowspan = index - half.row + 1
            still_open.update({column: half} if merge is not None else {})
        elif properties.get("hMerge") == "continue" and table.cells and table.cells[-1].row == index:
            table.cells[-1].colspan += span
        else:
            text = document.tally.add(_cell_text(cell, table, document))
            draft = Draft(index, column, text, span, element=cell)
            table.cells.append(draft)
            still_open.update({column: draft} if merge is not None else {})
        last = still_open.get(column, table.cells[-1] if table.cells else None)
        if "tblHeader" in said and last is not None and not last.text and _open(cell, "bottom"):
            parted[column] = last
        column += span
    table.open, table.parted = still_open, parted


def _open(cell: Element, side: str) -> bool:
    """Tell a cell that says itself that it has no line at a side, or names its lines and none there (LibreOffice)."""
    lines = values(found(cell, "tcPr", "tcBorders"))
    return lines.get(side, "" if {"left", "right"} <= lines.keys() else "single") in {"", "nil"}


def _above(table: Table, column: int, span: int) -> Draft | None:
    """The cell that may go on here: in this column, or where rows were cut unevenly the one most of it lies under."""
    exact = table.open.get(column)
    if exact is not None:
        return exact
    under = {at: min(at + draft.colspan, column + span) - max(at, column) for at, draft in table.open.items()}
    best = max(under, key=lambda at: under[at], default=None)
    return table.open[best] if best is not None and 2 * under[best] > span else None


def _cell_text(cell: Element, table: Table, document: Document, depth: int = 0) -> str:
    """The paragraphs of a cell, one a line; a table inside is set aside for later."""
    lines: list[str] = []
    for child in cell:
        kind = local(child)
        if kind == "p":
            lines.append(_paragraph_text(child, table, document, depth))
        elif kind == "tbl":
            table.inner.append(child)
        elif kind in WRAPPERS and depth < DEEPEST:
            lines.append(_cell_text(child, table, document, depth + 1))
    return tidy("\n".join(lines))


def _paragraph_text(paragraph: Element, table: Table, document: Document, depth: int) -> str:
    text = _gathered(paragraph, document)
    own = numbered(tidy("".join(text.pieces)), style_of(paragraph, document.styles), document.numbering)
    boxes = [_cell_text(box, table, document, depth + 1) for box in text.boxes] if depth < DEEPEST else []
    return "\n".join([own, *boxes])
