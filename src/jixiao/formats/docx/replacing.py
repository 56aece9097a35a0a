"""A user's own document for others to see: every text of it, and the same file with some texts replaced.

Comments, hidden text and what the file says of its authors are taken out and said; changes that nobody accepted yet and
what can't be looked into are refused. A text keeps its length, so every run keeps its looks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jixiao.expressions import expression
from jixiao.formats import passages, stripping
from jixiao.formats.intake import refusal, whole_number
from jixiao.formats.markup import Element, attribute, found, local
from jixiao.formats.package import Package
from jixiao.formats.passages import Node, Passage, nodes_of
from jixiao.layout import Block, Cell, Doubt, Grid, Layout, Line, Place

USUAL = "word/document.xml"
BARRED = (
    ("word/embeddings/", "嵌入的文件"), ("word/activeX/", "控件"), ("word/afchunk", "嵌入的网页或文档"),
    ("word/vbaData", "宏"),
)  # fmt: skip
_REMARKS = expression(r"^word/(?:comments[^/]*|people|glossary/.*|commentsIds)(?:\.xml)?$")
_PAGES = expression(r"^word/(?:header\d*|footer\d*|footnotes|endnotes|document\d*)\.xml$")
_DRAWN = expression(r"^word/(?:charts/chart|diagrams/data|diagrams/drawing)[^/]*\.xml$")
_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"})
_GONE = frozenset({
    "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "dataBinding", "docVars",
    "attachedTemplate", "mailMerge", "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange",
    "sectPrChange", "tblGridChange", "tblPrExChange", "numberingChange",
})  # fmt: skip
_KINDS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_CHARACTERS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}


@dataclass(slots=True)
class _Copy:
    """A document being looked through: its parts with text, and their passages in order."""

    package: Package
    roots: dict[str, Element] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def texts(data: bytes, *, name: str) -> Layout:
    """Return every text of the document that stays in a copy, each at a place of its own.

    Returns:
        lines and tables part by part; doubts say what will be taken out and what nobody can look into.

    Raises:
        UnreadableError: it is damaged, has changes that nobody accepted, or holds what can't be looked into.
    """
    copy = _opened(data, name)
    doubts = tuple(Doubt(Place(), said) for said in copy.said)
    return Layout(name, tuple(copy.blocks), "docx", doubts)


def replaced(data: bytes, changes: Mapping[Place, str], *, name: str) -> Package:
    """Return the document with some texts replaced by others of the same length, and with nothing hidden in it.

    Args:
        data: the document.
        changes: the new texts by the places that `texts` gave them.
        name: what the user calls it.

    Raises:
        UnreadableError: as `texts`.
    """
    copy = _opened(data, name)
    passages.change(copy.passages, changes)
    for path, root in copy.roots.items():
        copy.package.put(path, root)
    stripping.clean(copy.package)
    return copy.package


def _opened(data: bytes, name: str) -> _Copy:
    package = Package(data, name)
    stripping.closed(package, BARRED)
    copy = _Copy(package)
    main = package.main(USUAL)
    for path in package.names():
        if path == main or _PAGES.match(path) or _DRAWN.match(path) or path == "word/settings.xml":
            copy.roots[path] = package.tree(path)
    _refuse(copy)
    if stripping.drop(package, _REMARKS):
        copy.said.append("公开稿不带批注")
    hidden = sum(_strip(root) for root in copy.roots.values())
    if hidden:
        copy.said.append(f"公开稿不带隐藏的文字（{hidden} 处）")
    for path in sorted(copy.roots, key=lambda path: (path != main, path)):
        _look(copy, path, "" if path == main else _part_words(path))
    pictures = sum(path.startswith("word/media/") for path in package.names())
    if pictures:
        copy.said.append(f"里面有 {pictures} 幅图片，图片里的字没有查，请自己看一遍")
    return copy


def _refuse(copy: _Copy) -> None:
    for root in copy.roots.values():
        for one in root.iter("{*}*"):
            if local(one) in _CHANGES:
                why = "里面有没有接受的修订，删去的文字还留在文件里，不能写成公开稿"
                raise refusal(copy.package.name, why, "请接受或拒绝全部修订，另存后再试")
            if local(one) == "altChunk":
                raise stripping.closed_to(copy.package.name, "嵌入的网页或文档")


def _strip(root: Element) -> int:
    """Take out what isn't for the public; return how many runs were hidden."""
    for one in [one for one in root.iter("{*}*") if local(one) in _GONE]:
        one.getparent().remove(one)
    hidden = [run for run in root.iter("{*}r") if _is_hidden(run)]
    for run in hidden:
        run.getparent().remove(run)
    return len(hidden)


def _is_hidden(run: Element) -> bool:
    mark = found(run, "rPr", "vanish")
    return mark is not None and attribute(mark, "val") not in {"0", "false", "off"}


def _part_words(path: str) -> str:
    stem = path.rpartition("/")[2].removesuffix(".xml")
    kind = next((words for start, words in _KINDS.items() if stem.startswith(start)), "图形")
    return f"{kind}（{stem}）"


# ---------------------------------------------------------------- texts and where they stand


@dataclass(slots=True)
class _Table:
    """A table as it is met: its number in the part, and each cell's paragraphs by row and column."""

    number: int
    cells: dict[tuple[int, int], list[Element]] = field(default_factory=dict)
    spans: dict[tuple[int, int], int] = field(default_factory=dict)


def _look(copy: _Copy, path: str, part: str) -> None:
    """Note the passages of a part: its tables cell by cell, every other paragraph as a line."""
    root = copy.roots[path]
    tables = {table: _table(table, number) for number, table in enumerate(root.iter("{*}tbl"), 1)}
    shown: set[Element] = set()
    line = 0
    for paragraph in root.iter("{*}p"):
        table = _home(paragraph)
        if table is None:
            line += 1
            _add_line(copy, paragraph, Place(sheet=part or None, line=line))
        elif table not in shown:
            shown.add(table)
            _add_grid(copy, tables[table], part)
    for number, value in enumerate(root.iter("{*}v"), 1):
        _add(copy, Passage(Place(sheet=f"{part}数值", line=number), nodes_of([value])))
    for number, codes in enumerate(_codes(root), 1):
        _add(copy, Passage(Place(sheet=f"{part or '正文'}域代码", line=number), nodes_of(codes)))


def _home(paragraph: Element) -> Element | None:
    """Return the table in whose cell a paragraph stands, None where it stands in none or in a box in one."""
    for holder in paragraph.iterancestors("{*}tc", "{*}txbxContent"):
        if local(holder) == "txbxContent":
            return None
        return next(holder.iterancestors("{*}tbl"), None)
    return None


def _table(table: Element, number: int) -> _Table:
    made = _Table(number)
    rows = [row for row in table.iter("{*}tr") if next(row.iterancestors("{*}tbl")) is table]
    for at, row in enumerate(rows):
        column = 0
        for cell in row.iter("{*}tc"):
            if next(cell.iterancestors("{*}tr")) is not row:
                continue
            own = [p for p in cell.iter("{*}p") if next(p.iterancestors("{*}tc", "{*}txbxContent")) is cell]
            span = found(cell, "tcPr", "gridSpan")
            made.cells[at, column] = own
            made.spans[at, column] = (
                max(1, whole_number(attribute(span, "val"), 1)) if span is not None else 1
            )
            column += made.spans[at, column]
    return made


def _add_grid(copy: _Copy, table: _Table, part: str) -> None:
    cells = []
    for (row, column), paragraphs in table.cells.items():
        place = Place(sheet=part or None, table=table.number, row=row + 1, column=column + 1)
        passage = Passage(place, _joined(paragraphs))
        copy.passages.append(passage)
        if passage.text:
            cells.append(Cell(row, column, passage.text, 1, table.spans[row, column], place=place))
    copy.blocks.append(Grid(tuple(cells), Place(sheet=part or None, table=table.number)))


def _add_line(copy: _Copy, paragraph: Element, place: Place) -> None:
    _add(copy, Passage(place, _nodes(paragraph)))


def _add(copy: _Copy, passage: Passage) -> None:
    if passage.text.strip():
        copy.passages.append(passage)
        copy.blocks.append(Line(passage.text, passage.place))


def _joined(paragraphs: list[Element]) -> list[Node]:
    nodes: list[Node] = []
    for number, paragraph in enumerate(paragraphs):
        nodes += [(None, "\n")] if number else []
        nodes += _nodes(paragraph)
    return nodes


def _nodes(paragraph: Element) -> list[Node]:
    """Return a paragraph's own texts, without those of boxes that hang on it."""
    nodes: list[Node] = []
    for one in paragraph.iter("{*}t", *(f"{{*}}{name}" for name in _CHARACTERS)):
        if next(one.iterancestors("{*}p"), None) is paragraph and local(one.getparent()) not in {
            "pPr",
            "tabs",
        }:
            text = str(one.text or "") if local(one) == "t" else _CHARACTERS[local(one)]
            nodes.append((one if local(one) == "t" else None, text))
    return nodes


def _codes(root: Element) -> Iterator[list[Element]]:
    """Yield the field codes, those of one paragraph together."""
    for paragraph in root.iter("{*}p"):
        own = [one for one in paragraph.iter("{*}instrText") if next(one.iterancestors("{*}p")) is paragraph]
        if own:
            yield own
