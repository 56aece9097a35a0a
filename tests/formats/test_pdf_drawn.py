"""PDFs drawn by typst and LibreOffice: the grid that comes out is the grid that went in."""

from dataclasses import replace
from random import Random

import pytest

from jixiao.formats import read, write
from jixiao.formats.cell_text import joined
from jixiao.formats.pdf import reading
from jixiao.layout import Cell, Grid, Layout, Line
from jixiao.papers.form import list_forms, load_form
from jixiao.papers.pages.selfeval_page import lay_out
from tests.formats.drawn import SERIF, pdf_of
from tests.layouts.invention import invent
from tests.reading.office import converted, found

typst = pytest.importorskip("typst")
needs_font = pytest.mark.skipif(
    SERIF not in typst.Fonts().families(), reason=f"SKIPPED: {SERIF} is not installed"
)
WORDS = ("产出指标", "≥95%", "104", "全年完成培训5期，覆盖300人。", "无", "88.44%", "改善", "12.00", "□", "")


def shape_of(grid: Grid) -> dict[tuple[int, int, int, int], str]:
    """The cells by place and size, rows and columns that no cell's edge uses left out, each text in one line."""
    rows = sorted({row for cell in grid.cells for row in (cell.row, cell.row + cell.rowspan)})
    columns = sorted({col for cell in grid.cells for col in (cell.column, cell.column + cell.colspan)})
    return {
        (
            rows.index(cell.row), columns.index(cell.column),
            rows.index(cell.row + cell.rowspan), columns.index(cell.column + cell.colspan),
        ): joined(cell.text)
        for cell in grid.cells
    }  # fmt: skip


def spanned(random: Random, rows: int, columns: int) -> Grid:
    """A table with every field in some cell of one, two or three rows and columns, under a heading, beside numbers."""
    cells = [Cell(0, column, f"第{column}列") for column in range(columns)]
    cells += [Cell(row, 0, str(row)) for row in range(1, rows)]
    taken = {(cell.row, cell.column) for cell in cells}
    for row in range(1, rows):
        for column in range(1, columns):
            if (row, column) in taken:
                continue
            high = min(random.choice((1, 1, 1, 2, 3)), rows - row)
            wide = min(random.choice((1, 1, 1, 2, 3)), columns - column)
            while any((row, column + k) in taken for k in range(wide)):
                wide -= 1
            taken |= {(row + r, column + c) for r in range(high) for c in range(wide)}
            cells.append(Cell(row, column, random.choice(WORDS), high, wide))
    return Grid(tuple(cells))


@needs_font
@pytest.mark.parametrize("seed", range(12))
def test_a_drawn_table_with_any_spans_comes_back(seed: int) -> None:
    random = Random(seed)
    grid = spanned(random, random.randint(4, 10), random.randint(3, 8))
    page = Layout("", (Line("项目支出绩效自评表", level=0), grid))
    layout = reading.read(
        pdf_of(page, size=random.choice((6, 9, 12)), stroke=random.choice((0.2, 0.5, 2))), name="a"
    )
    (read_back,) = [block for block in layout.blocks if isinstance(block, Grid)]
    assert shape_of(read_back) == shape_of(grid)


@needs_font
def test_a_drawn_table_over_several_pages_comes_back_whole() -> None:
    cells = [
        Cell(0, column, word) for column, word in enumerate(("一级指标", "三级指标", "指标值", "完成值"))
    ]
    for row in range(1, 121):
        cells += [Cell(row, 0, f"第{row // 20 + 1}类", 20)] if row % 20 == 1 else []
        cells += [Cell(row, 1, f"第{row}项指标的名称"), Cell(row, 2, f"≥{row}%"), Cell(row, 3, f"{row}.0%")]
    layout = reading.read(pdf_of(Layout("", (Grid(tuple(cells)),))), name="a")
    (grid,) = [block for block in layout.blocks if isinstance(block, Grid)]
    assert {cell.place.page for cell in grid.cells} >= {1, 2, 3}
    assert shape_of(grid) == shape_of(Grid(tuple(cells)))


def in_one(page: Layout) -> Layout:
    """A page without repeated headings: for their sake a document's table is parted in two."""
    blocks = (replace(block, repeated=None) if isinstance(block, Grid) else block for block in page.blocks)
    return replace(page, blocks=tuple(blocks))


@pytest.mark.slow
@needs_font
@pytest.mark.skipif(not found(), reason="SKIPPED: LibreOffice is not installed")
def test_the_pdf_that_libreoffice_makes_of_a_document_has_its_grids() -> None:
    documents = [
        write(in_one(lay_out(invent(Random(form), load_form(form)), form)), "docx") for form in list_forms()
    ]
    for form, document, made in zip(
        list_forms(), documents, converted(documents, "docx", "pdf"), strict=True
    ):
        assert made is not None
        grids = [
            [shape_of(block) for block in read(data, name=form).blocks if isinstance(block, Grid)]
            for data in (document, made)
        ]
        assert grids[1] == grids[0], form
