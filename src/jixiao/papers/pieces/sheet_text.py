"""Running text that was typed into a workbook: a report whose paragraphs are rows of one cell across the sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from jixiao.layout import Block, Cell, Grid, Line


def has_text(blocks: Sequence[Block]) -> bool:
    """Tell whether a page has rows that are paragraphs."""
    return any(
        isinstance(block, Grid) and any(_is_line(row, block) for row in block.rows()) for block in blocks
    )


def unfolded(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return a page whose paragraphs in cells are lines; the rows between them are tables of their own."""
    return tuple(
        part for block in blocks for part in (_parts(block) if isinstance(block, Grid) else (block,))
    )


def _parts(grid: Grid) -> Iterator[Block]:
    for is_line, rows in groupby(grid.rows(), key=lambda row: _is_line(row, grid)):
        cells = [cell for row in rows for cell in row]
        if is_line:
            yield from (Line(cell.text, cell.place) for cell in cells if cell.text.strip())
        elif any(cell.text.strip() for cell in cells):
            first = cells[0].row
            yield replace(grid, cells=tuple(replace(cell, row=cell.row - first) for cell in cells))


def _is_line(row: Sequence[Cell], grid: Grid) -> bool:
    """Tell a row that is one cell across the whole table, or holds nothing."""
    filled = [cell for cell in row if cell.text.strip()]
    width = max(cell.column + cell.colspan for cell in grid.cells)
    return all(cell.rowspan == 1 and cell.column == 0 and cell.colspan == width for cell in filled)
