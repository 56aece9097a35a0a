"""Write text: lines, headings with #, grids as tabbed rows that go into a workbook by copy and paste.

A merged cell stands at its upper left, the positions it covers are empty; line breaks inside a cell are
joined. Every row ends with a tab, so that even a row of one cell is seen to be a row.
"""

from collections.abc import Iterable, Iterator

from jixiao.formats.cell_text import joined, one_line
from jixiao.layout import Grid, Layout, Line


def write(layouts: Iterable[Layout]) -> bytes:
    """Write pages as UTF-8 text, one below the other; reading it gives the same grids."""
    blocks = (
        "\n".join(_lines(block)) if isinstance(block, Grid) else _line(block)
        for layout in layouts
        for block in layout.blocks
    )
    return ("\n\n".join(block for block in blocks if block) + "\n").encode("utf-8", "replace")


def _line(line: Line) -> str:
    text = one_line(line.text).replace("|", "\\|")
    return f"{'#' * min(line.level + 1, 6)} {text}" if line.level is not None else text


def _lines(grid: Grid) -> Iterator[str]:
    texts = {(cell.row, cell.column): _cell(cell.text) for cell in grid.cells}
    if not texts:
        return
    width = max(cell.column + cell.colspan for cell in grid.cells)
    height = max(cell.row for cell in grid.cells) + 1
    for row in range(height):
        yield "".join(f"{texts.get((row, column), '')}\t" for column in range(width))


def _cell(raw: str) -> str:
    """One cell on one line; a quotation mark at its start is written as a workbook would copy it."""
    text = joined(raw).replace("\t", " ")
    return '"' + text.replace('"', '""') + '"' if text.startswith('"') else text
