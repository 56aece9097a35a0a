"""Read a document: its blocks in the order of the page, what it takes in from other parts, what only its header holds.

Footers, footnotes and comments are not read: none of them is the paper.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from jixiao.errors import UnreadableError
from jixiao.formats.docx import seams
from jixiao.formats.docx.body import Document, blocks_of
from jixiao.formats.docx.numbering import Numbering, parse_numbering, value_of
from jixiao.formats.docx.paragraph import parse_styles
from jixiao.formats.html import reading as html
from jixiao.formats.intake import CHUNK, LIMITS, Tally, refusal, too_large
from jixiao.formats.markup import Element, attribute, let_go, local, tree, walk
from jixiao.formats.mhtml import reading as mhtml
from jixiao.formats.notes import UNREAD
from jixiao.formats.parts import Parts, resolve
from jixiao.formats.tags import reader
from jixiao.formats.text.tables import is_furniture
from jixiao.layout import NOWHERE, Block, Doubt, Grid, Layout, Line, Place

OUTERMOST = ("p", "tbl", "altChunk")
NOTES = "jixiao-notes"  # the tag of the content control that holds notes on the document
GONE = frozenset({"Fallback", "del", "moveFrom"})
REVISED = "文档里有未接受或未拒绝的修订；按接受全部修订读取（保留插入，去掉删除）"
IN_HEADER = "页眉里有正文没有的{}，已放在正文前面一并读取；请核对"
OBJECTS = "文档里嵌有 {} 个对象（如 Excel 表），其中的内容未读取；如需审核请把它们粘贴成表格或单独提交"
PICTURES = "文档里没有表格，有 {} 张图片未读取；如果表格是图片，请提供可以选中文字的文档"
CHUNK_LOST = "文档里嵌入的一段内容（{}）无法读取，已略去；请用 Word 打开后另存一份再试"
MOST_HEADERS, MOST_OF_HEADERS = 12, 100  # parts, and blocks in them together
FEWEST_CELLS = 4  # of a header's table that is more than a line with a mark beside it


@dataclass(slots=True)
class File:
    """A document's parts and what is kept beside its blocks."""

    parts: Parts
    document: Document
    relations: dict[str, tuple[str, str]] = field(default_factory=dict)  # id -> kind, part
    doubts: list[Doubt] = field(default_factory=list)
    inner: bool = False  # taken in by another document
    noted: bool = False  # with notes in front, which aren't read


def read(data: bytes, *, name: str) -> Layout:
    """Read a document.

    Raises:
        UnreadableError: damaged, over a cap, or no text in it.
    """
    file = _opened(data, Tally(name))
    blocks = _blocks(file)
    if not blocks:
        raise refusal(name, "文档里没有文字（可能只有图片）", "请提供可以选中文字的文档")
    noted = (Doubt(NOWHERE, UNREAD),) if file.noted else ()
    doubts = (*noted, *_doubts(file, blocks), *file.doubts)
    return Layout(name=name, blocks=blocks, format="docx", doubts=doubts[: LIMITS.doubts])


def _opened(data: bytes, tally: Tally) -> File:
    parts = Parts(data, tally.name)
    main = "word/document.xml" if "word/document.xml" in parts else parts.main()
    folder, _, own = main.rpartition("/")
    styles, lists, related = f"{folder}/styles.xml", f"{folder}/numbering.xml", f"{folder}/_rels/{own}.rels"
    document = Document(
        tally=tally,
        styles=parse_styles(parts.open(styles)) if styles in parts else {},
        numbering=parse_numbering(tree(parts.open(lists))) if lists in parts else Numbering(),
    )
    relations = {"": ("main", main)}
    for relation in tree(parts.open(related)) if related in parts else ():
        if relation.get("TargetMode") != "External":
            kind = str(relation.get("Type", "")).rpartition("/")[2]
            relations[str(relation.get("Id"))] = (kind, resolve(main, str(relation.get("Target", ""))))
    return File(parts, document, relations)


def _blocks(file: File) -> tuple[Block, ...]:
    blocks = tuple(seams.joined(_body(file), file.document.edges))
    return (*_header(file, blocks), *blocks)


def _body(file: File) -> Iterator[Block]:
    """Read the outermost paragraphs and tables as they are parsed, and let each go."""
    part = file.parts.open(file.relations[""][1])
    depth = 0
    for event, element in walk(part, OUTERMOST, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth == 0 and event == "end":
            yield from _outer(file, element)
            let_go(element, part)


def _outer(file: File, element: Element) -> Iterator[Block]:
    """Read an outermost paragraph, table or page taken in; nothing of what is struck out or no part of the paper."""
    if local(element) == "altChunk":
        yield from _chunk(file, element)
    elif seams.is_seam(element):
        yield seams.SEAM
    elif any(is_notes(above) for above in element.iterancestors()):
        file.noted = True
    elif not any(local(above) in GONE for above in element.iterancestors()):
        yield from blocks_of(element, file.document)


def is_notes(element: Element) -> bool:
    """Tell the block of notes that was put in front of somebody's document."""
    return local(element) == "sdt" and value_of(element, "sdtPr", "tag") == NOTES


def trail_of(root: Element, data: bytes, *, name: str) -> dict[Place, Element]:
    """Return the paragraph or cell of a tree of the main part that stands at each place which `read` gives.

    Raises:
        UnreadableError: as `read`.
    """
    file = _opened(data, Tally(name))
    trail = file.document.trail = {}
    for element in _outermost(root):
        for _ in _outer(file, element):
            pass
    return trail


def _outermost(element: Element) -> Iterator[Element]:
    for child in element:
        if local(child) in OUTERMOST:
            yield child
        else:
            yield from _outermost(child)


def _doubts(file: File, blocks: Sequence[Block]) -> Iterator[Doubt]:
    document = file.document
    if document.revised:
        yield Doubt(NOWHERE, REVISED)
    if document.objects:
        yield Doubt(NOWHERE, OBJECTS.format(document.objects))
    if document.pictures and not any(isinstance(block, Grid) for block in blocks):
        yield Doubt(NOWHERE, PICTURES.format(document.pictures))


# ---------------------------------------------------------------- what other parts hold


def _chunk(file: File, element: Element) -> Iterator[Block]:
    """A page or document taken in whole (altChunk), as Word shows it once it is opened."""
    _, path = file.relations.get(attribute(element, "id") or "", ("", ""))
    if path not in file.parts or file.inner:
        file.doubts.append(Doubt(NOWHERE, CHUNK_LOST.format("找不到或层数过多")))
        return
    try:
        blocks, doubts = _taken_in(_content(file, path), file.document.tally)
    except UnreadableError as error:
        file.doubts.append(
            Doubt(NOWHERE, CHUNK_LOST.format(str(error).partition("：")[2].partition("；")[0]))
        )
        return
    file.doubts += doubts
    document = file.document
    for block in blocks:
        if isinstance(block, Line):
            document.paragraphs += 1
            yield replace(block, place=Place(line=document.paragraphs))
        else:
            document.tables += 1
            yield _numbered(block, document.tables)


def _taken_in(data: bytes, tally: Tally) -> tuple[Sequence[Block], Sequence[Doubt]]:
    if data.startswith(b"PK"):
        file = _opened(data, tally)
        file.inner = True
        return _blocks(file), file.doubts
    read_page = mhtml.read if reader(data) == "jixiao.formats.mhtml.reading" else html.read
    layout = read_page(data, name=tally.name)
    return layout.blocks, layout.doubts


def _content(file: File, path: str) -> bytes:
    part, chunks, size = file.parts.open(path), [], 0
    while chunk := part.raw(CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > LIMITS.text_bytes:
            raise too_large(part.name, LIMITS.text_bytes)
    return b"".join(chunks)


def _numbered(grid: Grid, table: int) -> Grid:
    cells = tuple(replace(cell, place=replace(cell.place, sheet=None, table=table)) for cell in grid.cells)
    return replace(grid, cells=cells, place=Place(table=table))


def _header(file: File, blocks: Sequence[Block]) -> list[Block]:
    """What only the header holds: a table, and the lines above a page that begins with a table."""
    kept: list[Block] = []
    seen = "".join(map(_said, blocks))
    for block in islice(_in_headers(file), MOST_OF_HEADERS):
        said = _said(block)
        if said and said not in seen and _is_missed(block, blocks):
            seen += said
            kept.append(block)
    for kind, word in ((Grid, "表格"), (Line, "标题")):
        if any(isinstance(block, kind) for block in kept):
            file.doubts.append(Doubt(NOWHERE, IN_HEADER.format(word)))
    return kept


def _in_headers(file: File) -> Iterator[Block]:
    paths = sorted(
        {path for kind, path in file.relations.values() if kind == "header" and path in file.parts}
    )
    for path in paths[:MOST_HEADERS]:
        for child in tree(file.parts.open(path)):
            yield from blocks_of(child, file.document)


def _is_missed(block: Block, blocks: Sequence[Block]) -> bool:
    if isinstance(block, Grid):
        return sum(bool(cell.text) for cell in block.cells) >= FEWEST_CELLS
    begins_with_table = not blocks or isinstance(blocks[0], Grid)
    return begins_with_table and not is_furniture(block.text)


def _said(block: Block) -> str:
    text = block.text if isinstance(block, Line) else "".join(cell.text for cell in block.cells)
    return "".join(text.split())
