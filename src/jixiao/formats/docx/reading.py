"""Read a document: paragraphs as lines, tables as grids with their spans, in the order of the page.

Headers, footers, footnotes and comments are not read: none of them is the paper.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from jixiao.formats.cell_text import one_line, tidy
from jixiao.formats.docx.numbering import Numbering, parse_numbering, values
from jixiao.formats.docx.paragraph import Style, Text, gather, numbered, parse_styles, style_of
from jixiao.formats.intake import Tally, refusal, whole_number
from jixiao.formats.markup import Element, found, let_go, local, tree, walk
from jixiao.formats.parts import Parts
from jixiao.layout import NOWHERE, Block, Cell, Doubt, Grid, Layout, Line, Place

WRAPPERS = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
WIDEST = 1_000
DEEPEST = 60


@dataclass(slots=True)
class Document:
    """What the blocks of a document share: styles, lists, and the counts so far."""

    tally: Tally
    styles: dict[str, Style]
    numbering: Numbering
    tables: int = 0
    paragraphs: int = 0
    revised: bool = False


@dataclass(slots=True)
class Draft:
    """A cell being read: it grows downward while rows below continue it."""

    row: int
    column: int
    text: str
    colspan: int
    rowspan: int = 1


@dataclass(slots=True)
class Table:
    """A table being read: its cells, the cell that may still grow in each column, the tables found inside."""

    cells: list[Draft] = field(default_factory=list)
    open: dict[int, Draft] = field(default_factory=dict)
    inner: list[Element] = field(default_factory=list)


def read(data: bytes, *, name: str) -> Layout:
    """Read a document.

    Raises:
        UnreadableError: damaged, over a cap, or no text in it.
    """
    parts = Parts(data, name)
    main = "word/document.xml" if "word/document.xml" in parts else parts.main()
    folder = main.rpartition("/")[0]
    styles, lists = f"{folder}/styles.xml", f"{folder}/numbering.xml"
    document = Document(
        tally=Tally(name),
        styles=parse_styles(parts.open(styles)) if styles in parts else {},
        numbering=parse_numbering(tree(parts.open(lists))) if lists in parts else Numbering(),
    )
    blocks = tuple(_body(parts, main, document))
    if not blocks:
        raise refusal(name, "文档里没有文字（可能只有图片）", "请提供可以选中文字的文档")
    why = "文档里有未接受或未拒绝的修订；按接受全部修订读取（保留插入，去掉删除）"
    doubts = (Doubt(NOWHERE, why),) if document.revised else ()
    return Layout(name=name, blocks=blocks, format="docx", doubts=doubts)


def _body(parts: Parts, main: str, document: Document) -> Iterator[Block]:
    """Read the outermost paragraphs and tables as they are parsed, and let each go."""
    part = parts.open(main)
    depth = 0
    for event, element in walk(part, ("p", "tbl"), events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth == 0 and event == "end":
            yield from _block(element, document)
            let_go(element, part)


def _block(element: Element, document: Document, depth: int = 0) -> Iterator[Block]:
    if depth > DEEPEST:
        return
    if local(element) == "tbl":
        yield from _tables(element, document, depth)
    elif local(element) == "p":
        yield from _lines(element, document, depth)
    elif local(element) in WRAPPERS:
        for child in element:
            yield from _block(child, document, depth + 1)


def _lines(paragraph: Element, document: Document, depth: int) -> Iterator[Block]:
    """A paragraph is a line, more where it is broken by hand; its text boxes follow it."""
    document.paragraphs += 1
    place = Place(line=document.paragraphs)
    style = style_of(paragraph, document.styles)
    text = Text()
    gather(paragraph, text)
    document.revised = document.revised or text.revised
    shown = numbered(tidy("".join(text.pieces)), style, document.numbering)
    for line in shown.split("\n"):
        if line:
            yield Line(document.tally.add(one_line(line)), place, style.level)
    for box in text.boxes:
        for child in box:
            yield from _block(child, document, depth + 1)


# ---------------------------------------------------------------- tables


def _tables(element: Element, document: Document, depth: int) -> Iterator[Block]:
    """A table, then the tables inside its cells, which its own text leaves out."""
    document.tables += 1
    number = document.tables
    table = Table()
    rows = [row for row in _within(element, "tr") if not _is_struck(row, "trPr", "del")]
    for index, row in enumerate(rows):
        _row(row, index, table, document)
    cells = tuple(
        Cell(
            d.row,
            d.column,
            d.text,
            d.rowspan,
            d.colspan,
            place=Place(table=number, row=d.row + 1, column=d.column + 1),
        )
        for d in table.cells
    )
    if any(cell.text for cell in cells):
        yield Grid(cells, Place(table=number))
    else:
        document.tables -= 1
    for inner in table.inner:
        yield from _block(inner, document, depth + 1)


def _within(element: Element, kind: str, depth: int = 0) -> Iterator[Element]:
    """Children of a kind, those in content controls and insertions too."""
    for child in element:
        if local(child) == kind:
            yield child
        elif local(child) in WRAPPERS and depth < DEEPEST:
            yield from _within(child, kind, depth + 1)


def _is_struck(element: Element, *path: str) -> bool:
    return found(element, *path) is not None


def _row(row: Element, index: int, table: Table, document: Document) -> None:
    before = values(found(row, "trPr")).get("gridBefore")
    column = min(whole_number(before, 0), WIDEST)
    still_open: dict[int, Draft] = {}
    for cell in _within(row, "tc"):
        properties = values(found(cell, "tcPr"))
        if "cellDel" in properties:
            continue
        span = min(max(whole_number(properties.get("gridSpan"), 1), 1), WIDEST)
        merge = properties.get("vMerge")
        above = table.open.get(column)
        if merge is not None and merge != "restart" and above is not None:
            above.rowspan = index - above.row + 1
            still_open[column] = above
        elif properties.get("hMerge") == "continue" and table.cells and table.cells[-1].row == index:
            table.cells[-1].colspan += span
        else:
            draft = Draft(index, column, document.tally.add(_cell_text(cell, table, document)), span)
            table.cells.append(draft)
            still_open.update({column: draft} if merge is not None else {})
        column += span
    table.open = still_open


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
    text = Text()
    gather(paragraph, text)
    document.revised = document.revised or text.revised
    own = numbered(tidy("".join(text.pieces)), style_of(paragraph, document.styles), document.numbering)
    boxes = [_cell_text(box, table, document, depth + 1) for box in text.boxes] if depth < DEEPEST else []
    return "\n".join([own, *boxes])
