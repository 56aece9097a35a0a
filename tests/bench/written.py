"""Writing a form beside the usual libraries, which put the same cells, spans, borders and fonts on the page.

The plain scripts do what offices' own do: a workbook cell by cell with openpyxl, a document with python-docx, whose cells
are merged one by one or, in the quicker of the two, drawn as one piece of XML.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from random import Random

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from jixiao import formats
from jixiao.layout import Block, Grid, Layout, Line
from jixiao.papers.form import load_form
from jixiao.papers.pages.selfeval_page import lay_out
from tests.bench.clock import seconds
from tests.layouts.invention import invent

FORM, MANY = "f-10", 300
THIN = Side(style="thin")
BOX = Border(THIN, THIN, THIN, THIN)
FONT, TITLE = Font(name="宋体", size=10), Font(name="方正小标宋简体", size=18)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)


def told() -> Iterator[str]:
    """Yield a line for each comparison, in milliseconds and as a ratio."""
    page = lay_out(invent(Random(1), load_form(FORM)), FORM)
    for kind, name, script in (
        ("xlsx", "openpyxl", plain_workbook),
        ("docx", "python-docx，逐格合并", plain_document),
        ("docx", "python-docx，整表一段 XML", quick_document),
    ):
        ours = 1000 * seconds(lambda kind=kind: formats.write(page, kind))  # type: ignore[misc]
        plain = 1000 * seconds(lambda script=script: script(page.blocks))  # type: ignore[misc]
        yield f"  {kind}：{ours:.2f}；{name} {plain:.1f}，是我们的 {plain / ours:.1f} 倍"
    for kind in ("xlsx", "docx"):
        taken = seconds(lambda kind=kind: formats.bind(_many(page), kind), 1)  # type: ignore[misc]
        yield f"  {MANY} 份订成一个 {kind}：{taken:.1f} 秒，每份 {1000 * taken / MANY:.2f}"


def _many(page: Layout) -> Iterator[Layout]:
    return (replace(page, name=f"项目{number}") for number in range(MANY))


def plain_workbook(blocks: Sequence[Block]) -> bytes:
    """Write the page with openpyxl."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    width = max(
        cell.column + cell.colspan for block in blocks if isinstance(block, Grid) for cell in block.cells
    )
    row = 1
    for block in blocks:
        if isinstance(block, Line):
            cell = sheet.cell(row, 1, block.text)
            cell.font, cell.alignment = TITLE, CENTRED
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
            row += 1
        else:
            row = _plain_grid(sheet, block, row)
    sheet.page_setup.paperSize = 9
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _plain_grid(sheet: Worksheet, grid: Grid, top: int) -> int:
    """Write a table, each cell of a span with its border; returns the row below."""
    height = max(cell.row + cell.rowspan for cell in grid.cells)
    for one in grid.cells:
        for row in range(one.row, one.row + one.rowspan):
            for column in range(one.column, one.column + one.colspan):
                sheet.cell(top + row, column + 1).border = BOX
        cell = sheet.cell(top + one.row, one.column + 1, one.text or None)
        cell.font, cell.alignment = FONT, CENTRED
        if one.rowspan * one.colspan > 1:
            bottom, right = top + one.row + one.rowspan - 1, one.column + one.colspan
            sheet.merge_cells(
                start_row=top + one.row, start_column=one.column + 1, end_row=bottom, end_column=right
            )
    return top + height


def plain_document(blocks: Sequence[Block]) -> bytes:
    """Write the page with python-docx, merging cell by cell."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, Line):
            _plain_line(document.add_paragraph(), block)
            continue
        height = max(cell.row + cell.rowspan for cell in block.cells)
        width = max(cell.column + cell.colspan for cell in block.cells)
        table = document.add_table(height, width, "Table Grid")
        places = [list(row.cells) for row in table.rows]
        for one in block.cells:
            cell = places[one.row][one.column]
            if one.rowspan * one.colspan > 1:
                cell = cell.merge(places[one.row + one.rowspan - 1][one.column + one.colspan - 1])
            cell.text = one.text
            cell.paragraphs[0].runs[0].font.size = Pt(9) if one.text else None
    return _saved(document)


def quick_document(blocks: Sequence[Block]) -> bytes:
    """Write the page with python-docx, each table as one piece of XML."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, Line):
            _plain_line(document.add_paragraph(), block)
        else:
            body = document.element.body
            body.insert(len(body) - 1, parse_xml(_table(block)))
            document.add_paragraph()
    return _saved(document)


def _plain_line(paragraph: docx.text.paragraph.Paragraph, line: Line) -> None:
    run = paragraph.add_run(line.text)
    run.font.name, run.font.size = "宋体", Pt(22 if line.level == 0 else 12)
    run._element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")


def _table(grid: Grid) -> str:
    owners = {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    }
    rows = []
    for row in range(max(row for row, _ in owners) + 1):
        cells = {
            id(cell): cell for (at, _), cell in sorted(owners.items(), key=lambda one: one[0]) if at == row
        }
        rows.append("".join(
            f'<w:tc><w:tcPr><w:gridSpan w:val="{cell.colspan}"/>'
            f'<w:vMerge w:val="{"restart" if cell.row == row else "continue"}"/></w:tcPr>'
            f"<w:p><w:r><w:t>{cell.text if cell.row == row else ''}</w:t></w:r></w:p></w:tc>"
            for cell in cells.values()
        ))  # fmt: skip
    return f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def _saved(document: docx.document.Document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
