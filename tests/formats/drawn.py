"""Pages drawn by code, so that every cell of a picture is known: a layout set by typst, the PDF, the page as pixels."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pypdfium2
import typst

from jixiao.layout import Cell, Grid, Layout, Line

Picture = np.ndarray[Any, np.dtype[np.uint8]]

HEAD = """#set page(width: {width}mm, height: {height}mm, margin: {margin}mm)
#set text(font: "{font}", size: {size}pt, lang: "zh", fallback: false)
#set par(leading: 0.55em)
"""
SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"


def pdf_of(layout: Layout, **options: object) -> bytes:
    """Set a layout; options: width, height, margin (mm), size (pt), font, stroke (pt), columns (shares of the width)."""
    return bytes(typst.compile(source_of(layout, **options).encode()))


def picture_of(layout: Layout, *, dpi: int = 200, **options: object) -> Picture:
    """Draw the first page of a layout as BGR pixels."""
    return pictures_of(pdf_of(layout, **options), dpi=dpi)[0]


def pictures_of(pdf: bytes, *, dpi: int = 200) -> list[Picture]:
    """Draw every page of a PDF as BGR pixels."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[n].render(scale=dpi / 72).to_numpy()[:, :, :3].copy() for n in range(len(document))]
    finally:
        document.close()


def source_of(layout: Layout, **options: object) -> str:
    """Write a layout as typst source."""
    wanted: dict[str, Any] = {
        "width": 297,
        "height": 210,
        "margin": 12,
        "size": 9,
        "font": SERIF,
        "stroke": 0.5,
        "columns": (),
    } | options
    parts = [HEAD.format(**wanted)]
    for block in layout.blocks:
        if isinstance(block, Line):
            size = wanted["size"] + 4 if block.level == 0 else wanted["size"]
            mark = "center" if block.level == 0 else "left"
            parts.append(f"#align({mark}, text(size: {size}pt, {quoted(block.text)}))")
        else:
            parts.append(table(block, wanted["stroke"], wanted["columns"]))
    return "\n".join(parts)


def table(grid: Grid, stroke: float, columns: Sequence[float] = ()) -> str:
    """Write a grid as a typst table; spots that no cell owns become empty cells."""
    width = max(cell.column + cell.colspan for cell in grid.cells)
    height = max(cell.row + cell.rowspan for cell in grid.cells)
    shares = columns or shares_of(grid, width)
    widths = ", ".join(f"{share}fr" for share in shares)
    covered = {spot for cell in grid.cells for spot in spots(cell)}
    owned = {(cell.row, cell.column): cell for cell in grid.cells}
    written = []
    for row in range(height):
        for column in range(width):
            cell = owned.get((row, column))
            if cell is None and (row, column) not in covered:
                cell = Cell(row, column, "")
            if cell is not None:
                written.append(
                    f"table.cell(x: {column}, y: {row}, colspan: {cell.colspan}, rowspan: {cell.rowspan}, "
                    f"{quoted(cell.text)})"
                )
    inside = ",\n ".join(written)
    return (
        f"#table(columns: ({widths},), stroke: {stroke}pt, align: center + horizon, inset: 4pt,\n {inside})"
    )


def spots(cell: Cell) -> list[tuple[int, int]]:
    """List the spots that a cell covers."""
    return [
        (row, column)
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    ]


def shares_of(grid: Grid, width: int) -> list[float]:
    """Share the width out by the longest text of each column, within reason."""
    longest = [2.5] * width
    for cell in grid.cells:
        wide = sum(1.0 if ord(letter) > 255 else 0.55 for letter in cell.text) / cell.colspan
        for column in range(cell.column, min(cell.column + cell.colspan, width)):
            longest[column] = max(longest[column], min(wide, 9.0) + 1.2)
    return [round(share, 2) for share in longest]


def quoted(text: str) -> str:
    """Write a text as typst content, character for character."""
    lines = ['#"' + line.replace("\\", "\\\\").replace('"', '\\"') + '"' for line in text.split("\n")]
    return "[" + " \\\n".join(lines) + "]" if text else "[]"
