"""Write a document: headings, lines and tables with their spans; the same bytes every time.

The table is one piece of XML of our own, forty times faster than merging cell by cell. The last block is
always a paragraph: some programs lose a table at the very end of a document.
"""

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO
from itertools import groupby
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from jixiao.layout import Cell, Grid, Layout, Line, Role

FIXED_DATE = (1980, 1, 1, 0, 0, 0)
ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
BODY, HEADINGS = "宋体", "黑体"
DEEPEST_HEADING = 9
PAGE_WIDTH = 9000  # twentieths of a point between the margins
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def write(layouts: Iterable[Layout]) -> bytes:
    """Write pages as a document, each on a page of its own; so is a block whose place names another sheet."""
    document = Document()
    _set_fonts(document)
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    parts = (
        (number, block.place.sheet, block) for number, layout in enumerate(layouts) for block in layout.blocks
    )
    for part, ((_, _), blocks) in enumerate(groupby(parts, key=lambda one: one[:2])):
        if part:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for _, _, block in blocks:
            if isinstance(block, Line):
                _add_line(document, block)
            elif block.cells:
                _add_grid(document, block)
    stream = BytesIO()
    document.save(stream)
    return _with_fixed_dates(stream)


def _set_fonts(document: Docx) -> None:
    for style in document.styles:
        name = style.name or ""
        if name in {"Normal", "Title"} or name.startswith("Heading"):
            font = BODY if name == "Normal" else HEADINGS
            properties = style.element.get_or_add_rPr()
            fonts = properties.get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            for script in ("ascii", "hAnsi", "eastAsia"):
                fonts.set(qn(f"w:{script}"), font)
    document.styles["Normal"].font.size = Pt(12)


def _add_line(document: Docx, line: Line) -> None:
    text = ILLEGAL.sub("", line.text)
    if line.level is None:
        document.add_paragraph(text)
    else:
        document.add_heading(text, min(line.level, DEEPEST_HEADING))


def _add_grid(document: Docx, grid: Grid) -> None:
    """Put the table in, and an empty paragraph after it: two tables in a row would run together."""
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(_table(grid)))
    document.add_paragraph()


def _table(grid: Grid) -> str:
    owners: dict[tuple[int, int], Cell] = {}
    for cell in grid.cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            for column in range(cell.column, cell.column + cell.colspan):
                owners.setdefault((row, column), cell)
    height = max(row for row, _ in owners) + 1
    width = max(column for _, column in owners) + 1
    columns = f'<w:gridCol w:w="{PAGE_WIDTH // width}"/>' * width
    rows = "".join(f"<w:tr>{_row(owners, row, width)}</w:tr>" for row in range(height))
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="5000" w:type="pct"/>'
        f"<w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(owners: dict[tuple[int, int], Cell], row: int, width: int) -> str:
    cells: list[str] = []
    column = 0
    while column < width:
        cell = owners.get((row, column)) or Cell(row, column, "")
        cells.append(_cell(cell, row))
        column = max(cell.column + cell.colspan, column + 1)
    return "".join(cells)


def _cell(cell: Cell, row: int) -> str:
    """One cell of one row: the owner's text in its first row, the mark of going on in those below."""
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    merge = ""
    if cell.rowspan > 1:
        merge = '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
    text = cell.text if row == cell.row else ""
    paragraphs = "".join(_paragraph(line, cell.role) for line in text.split("\n"))
    return f'<w:tc><w:tcPr>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>{paragraphs}</w:tc>'


def _paragraph(text: str, role: Role) -> str:
    centred = '<w:jc w:val="center"/>' if role is not Role.TEXT else ""
    bold = "<w:b/>" if role is Role.HEADING else ""
    shown = f'<w:t xml:space="preserve">{escape(ILLEGAL.sub("", text))}</w:t>'
    run = f'<w:r><w:rPr>{bold}<w:sz w:val="21"/></w:rPr>{shown}</w:r>' if text else ""
    return f'<w:p><w:pPr><w:spacing w:before="0" w:after="0"/>{centred}</w:pPr>{run}</w:p>'


def _with_fixed_dates(stream: BytesIO) -> bytes:
    """Pack the same parts again, dated alike, so that the same page gives the same bytes."""
    packed = BytesIO()
    with zipfile.ZipFile(stream) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as again:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, FIXED_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            again.writestr(entry, parts.read(name))
    return packed.getvalue()
