"""Pages as PDF with text: set by typst in several looks, or put down piece by piece in no order, as some printers do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

import typst

from jixiao.layout import Cell, Grid, Layout, Line
from tests.formats.drawn import SANS, SERIF, quoted, shares_of, spots
from tests.reading.paper import height_of, one_grid, width_of


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a page is set: size in mm, letters in points, rules as typst says them, what stands on every page.

    `parted` pages begin anew at every title.
    """

    width: int = 210
    height: int = 297
    size: float = 9
    font: str = SERIF
    stroke: str = "0.5pt"
    margin: int = 14
    furniture: bool = False
    frame: str = ""
    parted: bool = False
    align: str = "center + horizon"


def ruled(_rng: Random, page: Layout) -> bytes:
    """Rules round every cell."""
    return pdf_of(page, Sheet())


def thin(_rng: Random, page: Layout) -> bytes:
    """Hairlines, and letters without serifs."""
    return pdf_of(page, Sheet(stroke="0.15pt + gray", font=SANS))


def double(_rng: Random, page: Layout) -> bytes:
    """A double rule round the table, thick and thin ones within."""
    inner = "(x, y) => (left: if x == 1 { 1.5pt } else { 0.4pt }, rest: 0.4pt)"
    return pdf_of(page, Sheet(stroke=inner, frame="rect(inset: 1.8pt, stroke: 0.8pt, width: 100%, {})"))


def open_sides(_rng: Random, page: Layout) -> bytes:
    """No rule at the left and the right edge of the table."""
    stroke = "(x, y) => (left: if x > 0 { 0.5pt }, right: none, y: 0.5pt)"
    return pdf_of(page, Sheet(stroke=stroke))


def across(_rng: Random, page: Layout) -> bytes:
    """Rules between the rows only."""
    return pdf_of(page, Sheet(width=297, height=210, stroke="(x: none, y: 0.5pt)"))


def bare(_rng: Random, page: Layout) -> bytes:
    """No rules at all; a label begins where its rows begin."""
    return pdf_of(page, Sheet(width=297, height=210, stroke="none", align="left + top"))


def bare_centred(_rng: Random, page: Layout) -> bytes:
    """No rules at all, and every label in the middle of its rows: nothing on the page shows which rows they are."""
    return pdf_of(page, Sheet(width=297, height=210, stroke="none"))


def landscape(_rng: Random, page: Layout) -> bytes:
    """A page on its side, with a head and a page number."""
    return pdf_of(page, Sheet(width=297, height=210, furniture=True))


def small(_rng: Random, page: Layout) -> bytes:
    """Small print."""
    return pdf_of(page, Sheet(size=5.5, margin=25))


def long(_rng: Random, page: Layout) -> bytes:
    """Large print on short pages: the table runs over several, with a head and a page number on each."""
    return pdf_of(page, Sheet(width=260, height=165, size=11, furniture=True))


def upright(_rng: Random, page: Layout) -> bytes:
    """The labels at the left stand upright, a letter a line."""
    return pdf_of(standing(page), Sheet())


def standing(page: Layout) -> Layout:
    """Set the labels of the first column a letter a line, where they are high enough."""
    return replace(page, blocks=tuple(
        Grid(tuple(
            replace(c, text="\n".join(c.text.replace("\n", "")))
            if c.column == 0 and c.rowspan > 1 and len(c.text) <= _LONGEST else c
            for c in block.cells
        )) if isinstance(block, Grid) else block
        for block in page.blocks
    ))  # fmt: skip


_LONGEST = 8


def pdf_of(page: Layout, sheet: Sheet) -> bytes:
    """Set a page with typst; letters are made smaller where a figure wouldn't fit its cell."""
    room = (sheet.width - 2 * sheet.margin) / _MM
    widest = max((sum(shares(block)) for block in page.blocks if isinstance(block, Grid)), default=1)
    sheet = replace(sheet, size=round(min(sheet.size, room / widest), 1))
    parts = [_head(sheet)]
    for block in page.blocks:
        if isinstance(block, Line):
            large = block.level == 0
            if large and sheet.parted:
                parts.append("#pagebreak(weak: true)")
            where, size = ("center", sheet.size + 5) if large else ("left", sheet.size)
            parts.append(f"#align({where}, text(size: {size}pt, {quoted(block.text)}))")
        else:
            table = _table(block, sheet)
            parts.append("#" + (sheet.frame.format(table) if sheet.frame else table))
    return bytes(typst.compile("\n".join(parts).encode()))


def shares(grid: Grid) -> list[float]:
    """Share the width out so that no figure or word of Latin letters runs over its cell; in letters of the text."""
    found = shares_of(grid, width_of(grid))
    for cell in grid.cells:
        token = max((len(part) for part in _TOKEN.findall(cell.text)), default=0)
        if cell.colspan == 1:
            found[cell.column] = max(found[cell.column], token * 0.62 + 1.2)
    return found


_TOKEN = re.compile(r"[!-~≥≤]+")
_MM = 0.3528  # mm in a point


def _head(sheet: Sheet) -> str:
    furniture = "header: align(right)[项目支出绩效自评材料], footer: context align(center)[第 #counter(page).display() 页],"
    return (
        f"#set page(width: {sheet.width}mm, height: {sheet.height}mm, margin: {sheet.margin}mm, "
        f"{furniture if sheet.furniture else ''})\n"
        f'#set text(font: "{sheet.font}", size: {sheet.size}pt, lang: "zh", fallback: false)\n#set par(leading: 0.5em)'
    )


def _table(grid: Grid, sheet: Sheet) -> str:
    taken = {spot for cell in grid.cells for spot in spots(cell)}
    empty = [
        Cell(row, column, "")
        for row in range(height_of(grid))
        for column in range(width_of(grid))
        if (row, column) not in taken
    ]
    cells = ",\n".join(
        f"table.cell(x: {c.column}, y: {c.row}, colspan: {c.colspan}, rowspan: {c.rowspan}, {quoted(c.text)})"
        for c in (*grid.cells, *empty)
    )
    widths = ", ".join(f"{share:.2f}fr" for share in shares(grid))
    return (
        f"table(columns: ({widths},), stroke: {sheet.stroke}, align: {sheet.align}, inset: 3.5pt,\n{cells})"
    )


# ---------------------------------------------------------------- put down piece by piece


_WIDTH, _HEIGHT, _EDGE, _SIZE, _LEAD, _PAD = 560.0, 800.0, 20.0, 8.0, 11.0, 3.0


def shuffled(rng: Random, page: Layout) -> bytes:
    """Every line of text and every side of a cell is drawn by itself, in any order, over as many pages as it takes."""
    sheets: dict[int, list[str]] = {}
    for number, piece in _pieces(rng, one_grid(page)):
        sheets.setdefault(number, []).append(piece)
    for pieces in sheets.values():
        rng.shuffle(pieces)
    setting = (
        f"#set page(width: {_WIDTH + 2 * _EDGE}pt, height: {_HEIGHT + 2 * _EDGE}pt, margin: {_EDGE}pt)\n"
    )
    font = f'#set text(font: "{SANS}", size: {_SIZE}pt, fallback: false)\n'
    body = "\n#pagebreak()\n".join("\n".join(sheets[number]) for number in sorted(sheets))
    return bytes(typst.compile((setting + font + body).encode()))


def _pieces(rng: Random, grid: Grid) -> Iterator[tuple[int, str]]:
    """Yield page numbers with what is drawn there; thin boxes or lines are the rules."""
    wide = shares(grid)
    lefts = [_WIDTH * sum(wide[:k]) / sum(wide) for k in range(len(wide) + 1)]
    tops = list(_tops(_heights(grid, lefts)))
    boxed = rng.random() < 1 / 2
    for cell in grid.cells:
        left, right = lefts[cell.column], lefts[cell.column + cell.colspan]
        lined = cell.colspan < width_of(grid)
        told = False
        for number, top, bottom in _stretches(tops[cell.row : cell.row + cell.rowspan]):
            if lined:
                yield from ((number, side) for side in _sides((left, top, right, bottom), boxed=boxed))
            if not told:
                yield from ((number, line) for line in _texts(cell.text, (left, top, right, bottom)))
            told = True


def _heights(grid: Grid, lefts: list[float]) -> list[float]:
    """Give each row the height that its cells need; a cell of several rows may stretch its last one."""
    heights = [_LEAD + 2 * _PAD] * height_of(grid)
    for cell in sorted(grid.cells, key=lambda c: c.rowspan):
        wide = lefts[cell.column + cell.colspan] - lefts[cell.column]
        need = len(list(_wrapped(cell.text, wide))) * _LEAD + 2 * _PAD
        last = cell.row + cell.rowspan - 1
        heights[last] += max(0.0, need - sum(heights[cell.row : last + 1]))
    return heights


def _tops(heights: list[float]) -> Iterator[tuple[int, float, float]]:
    """Yield the page, top and bottom of each row."""
    number, at = 0, 0.0
    for height in heights:
        if at + height > _HEIGHT:
            number, at = number + 1, 0.0
        yield number, at, at + height
        at += height


def _stretches(rows: list[tuple[int, float, float]]) -> Iterator[tuple[int, float, float]]:
    """Join the rows of a cell that stand on one page."""
    for number in dict.fromkeys(row[0] for row in rows):
        own = [row for row in rows if row[0] == number]
        yield number, own[0][1], own[-1][2]


Box = tuple[float, float, float, float]


def _sides(box: Box, *, boxed: bool) -> Iterator[str]:
    left, top, right, bottom = box
    for x0, y0, x1, y1 in (
        (left, top, right, top),
        (left, bottom, right, bottom),
        (left, top, left, bottom),
        (right, top, right, bottom),
    ):
        if boxed:
            yield f"#place(top + left, dx: {x0:.2f}pt, dy: {y0:.2f}pt, rect(width: {x1 - x0 + 0.5:.2f}pt, height: {y1 - y0 + 0.5:.2f}pt, fill: black))"
        else:
            yield f"#place(top + left, dx: {x0:.2f}pt, dy: {y0:.2f}pt, line(end: ({x1 - x0:.2f}pt, {y1 - y0:.2f}pt), stroke: 0.5pt))"


def _texts(text: str, box: Box) -> Iterator[str]:
    left, top, right, bottom = box
    lines = list(_wrapped(text, right - left))
    at = top + (bottom - top - len(lines) * _LEAD) / 2
    for line in lines:
        yield f"#place(top + left, dx: {left:.2f}pt, dy: {at + 1.5:.2f}pt, box(width: {right - left:.2f}pt, align(center, {quoted(line)})))"
        at += _LEAD


def _wrapped(text: str, wide: float) -> Iterator[str]:
    """Break a text where the cell ends."""
    room = (wide - 2 * _PAD) / _SIZE
    for line in text.split("\n") if text else []:
        start, used = 0, 0.0
        for at, letter in enumerate(line):
            size = 1.0 if ord(letter) > _LATIN else 0.62
            if used + size > room and at > start:
                yield line[start:at]
                start, used = at, 0.0
            used += size
        yield line[start:]


_LATIN = 255
