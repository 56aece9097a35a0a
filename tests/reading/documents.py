"""Pages as Word documents: docx in the ways in which units make them."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from random import Random
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as Docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from jixiao.formats import write
from jixiao.layout import Cell, Grid, Layout
from tests.reading.paper import height_of, width_of

Said = Callable[[Cell], str]
_LINE = "single"
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def ours(_rng: Random, page: Layout) -> bytes:
    """What jixiao writes."""
    return write(page, "docx")


def cells(_rng: Random, page: Layout) -> bytes:
    """Made by python-docx: a full table whose cells are merged one by one, header and footer on every page."""
    document = _blank()
    document.sections[0].header.paragraphs[0].text = "项目支出绩效自评"
    document.sections[0].footer.paragraphs[0].text = "第 1 页 共 1 页"
    for block in page.blocks:
        if not isinstance(block, Grid):
            document.add_paragraph(block.text)
            continue
        table = document.add_table(height_of(block), width_of(block), style="Table Grid")
        spots = [list(row.cells) for row in table.rows]
        for cell in block.cells:
            first = spots[cell.row][cell.column]
            last = spots[cell.row + cell.rowspan - 1][cell.column + cell.colspan - 1]
            own = first.merge(last) if first is not last else first
            own.text = cell.text
        document.add_paragraph()
    return _saved(document)


def upright(_rng: Random, page: Layout) -> bytes:
    """The labels at the left stand upright: some turned as a whole, some a letter a line."""

    def said(cell: Cell) -> str:
        if cell.column > 0 or cell.rowspan == 1 or len(cell.text) > _LONGEST:
            return _lines(cell.text)
        if len(cell.text) % 2:
            return _lines(cell.text.replace("\n", ""), '<w:textDirection w:val="tbRlV"/>')
        return _lines("\n".join(cell.text.replace("\n", "")))

    return _drawn(page, said)


_LONGEST = 10


def breaks(rng: Random, page: Layout) -> bytes:
    """Lines are broken inside a paragraph, texts stand in several runs, blank paragraphs fill the cells."""

    def said(cell: Cell) -> str:
        runs = "<w:r><w:br/></w:r>".join(
            "".join(map(_run, _torn(rng, line))) for line in cell.text.split("\n")
        )
        blank = "<w:p/>" if rng.random() < 1 / 3 else ""
        return f"{blank}<w:p>{runs}</w:p>"

    return _drawn(page, said)


def controls(rng: Random, page: Layout) -> bytes:
    """What is to be filled in stands in content controls; a proofing mark or bookmark cuts through some texts."""

    def said(cell: Cell) -> str:
        mark = (
            '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/>'
        )
        inside = mark.join(map(_run, _torn(rng, cell.text.replace("\n", ""))))
        if rng.random() < 1 / 2:
            inside = f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
        return f"<w:p>{inside}</w:p>"

    return _drawn(page, said)


def revised(rng: Random, page: Layout) -> bytes:
    """Some cells were changed with revision marks on: the old text is struck, the new one inserted."""

    def said(cell: Cell) -> str:
        if not cell.text or rng.random() < 4 / 5:
            return _lines(cell.text)
        old = "<w:del w:id='9' w:author='a'><w:r><w:delText>原填内容</w:delText></w:r></w:del>"
        return f"<w:p>{old}<w:ins w:id='8' w:author='a'>{_run(cell.text.replace(chr(10), ''))}</w:ins></w:p>"

    return _drawn(page, said)


def nested(_rng: Random, page: Layout) -> bytes:
    """The whole page stands in the one cell of a frame, as a web page pasted into Word."""
    inner = "".join(_block(block, lambda cell: _lines(cell.text)) for block in page.blocks)
    frame = f"<w:tr><w:tc><w:tcPr/>{inner}<w:p/></w:tc></w:tr>"
    return _packed(
        f'<w:tbl {nsdecls("w")}><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>{frame}</w:tbl>'
    )


def uneven(rng: Random, page: Layout) -> bytes:
    """Columns are cut finer than the form: every row counts its own spans, as a table drawn with the mouse."""
    splits = [
        rng.choice((1, 2, 3)) for _ in range(1 + max(width_of(g) for g in page.blocks if isinstance(g, Grid)))
    ]
    return _drawn(page, lambda cell: _lines(cell.text), splits)


# ---------------------------------------------------------------- the markup


def _drawn(page: Layout, said: Said, splits: list[int] | None = None) -> bytes:
    return _packed("".join(_block(block, said, splits) for block in page.blocks))


def _block(block: object, said: Said, splits: list[int] | None = None) -> str:
    if isinstance(block, Grid):
        return _table(block, said, splits or [1] * width_of(block)) + "<w:p/>"
    return _lines(getattr(block, "text", ""))


def _table(grid: Grid, said: Said, splits: list[int]) -> str:
    width = width_of(grid)
    owner = {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    }
    borders = "".join(f'<w:{side} w:val="{_LINE}" w:sz="4" w:space="0" w:color="000000"/>' for side in _SIDES)
    total = sum(splits[:width])
    columns = f'<w:gridCol w:w="{_WIDE // total}"/>' * total
    rows = "".join(
        f"<w:tr>{''.join(_row(owner, row, splits[:width], said))}</w:tr>" for row in range(height_of(grid))
    )
    return f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


_WIDE = 9600


def _row(owner: dict[tuple[int, int], Cell], row: int, splits: list[int], said: Said) -> Iterator[str]:
    column = 0
    while column < len(splits):
        cell = owner.get((row, column)) or Cell(row, column, "")
        end = max(cell.column + cell.colspan, column + 1)
        span = sum(splits[column:end])
        merge = (
            "" if cell.rowspan == 1 else f'<w:vMerge w:val="{"restart" if row == cell.row else "continue"}"/>'
        )
        inner = said(cell) if row == cell.row else "<w:p/>"
        turned = re.match(r"<w:textDirection[^>]*>", inner)
        inner = inner.removeprefix(turned[0]) if turned else inner
        width = f'<w:tcW w:w="{_WIDE * span // sum(splits)}" w:type="dxa"/>'
        span_mark = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        yield f"<w:tc><w:tcPr>{width}{span_mark}{merge}{turned[0] if turned else ''}</w:tcPr>{inner}</w:tc>"
        column = end


def _lines(text: str, properties: str = "") -> str:
    return properties + "".join(f"<w:p>{_run(line)}</w:p>" for line in text.split("\n"))


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _torn(rng: Random, text: str) -> Iterator[str]:
    """Tear a text into runs anywhere, in the midst of a number too."""
    while text:
        size = rng.randint(1, 4)
        yield text[:size]
        text = text[size:]


def _blank() -> Docx:
    document = Document()
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(15)
    return document


def _packed(inner: str) -> bytes:
    document = _blank()
    body = document.element.body
    markup = parse_xml(f"<w:body {nsdecls('w')}>{inner}<w:p/></w:body>")
    for place, element in enumerate(list(markup)):
        body.insert(place, element)
    return _saved(document)


def _saved(document: Docx) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
