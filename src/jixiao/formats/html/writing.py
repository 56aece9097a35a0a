"""Write a web page: papers as sheets of A4 that need nothing from outside, on the screen and printed.

Everything that is handed in is escaped; the page forbids itself scripts and whatever would have to be fetched.
The same papers give the same bytes.
"""

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from jixiao.expressions import expression
from jixiao.formats.cell_text import tidy
from jixiao.formats.charting import svg
from jixiao.formats.table_shape import Placed, centred, is_centred, placed, whole
from jixiao.layout import PLACEHOLDER, Block, Cell, Grid, Layout, Line, Role

STYLE = Path(__file__).with_name("paper.css").read_text("utf-8")
GAPS = expression(f"({PLACEHOLDER.pattern})")
ILLEGAL = expression("[\ud800-\udfff\ufffe\uffff]")
DEEPEST = 6
HEAD = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
"""


def write(layouts: Iterable[Layout]) -> bytes:
    """Write pages as one web page, each paper on sheets of its own when it is printed."""
    papers = list(layouts)
    name = _plain(papers[0].name) if papers else ""
    title = f"{name}等 {len(papers)} 份" if len(papers) > 1 else name or "空白"
    parts = [HEAD.format(title=escape(title), style=STYLE)]
    for layout in papers:
        parts += _paper(layout)
    return "".join((*parts, "</body>\n</html>\n")).encode()


def _paper(layout: Layout) -> Iterator[str]:
    names = " ".join(
        ("paper", *(("text",) if _is_prose(layout) else ()), *(("wide",) if layout.landscape else ()))
    )
    yield f'<article class="{names}" aria-label="{escape(_plain(layout.name))}">\n'
    for block in layout.blocks:
        yield _line(block) if isinstance(block, Line) else _table(block)
    yield "</article>\n"


def _is_prose(layout: Layout) -> bool:
    """Whether running text outweighs the tables."""
    texts = (block for block in layout.blocks if isinstance(block, Line) and block.role is Role.TEXT)
    return sum(len(line.text) for line in texts) > sum(map(_letters, layout.blocks))


def _letters(block: Block) -> int:
    return sum(len(cell.text) for cell in block.cells) if isinstance(block, Grid) else 0


def _line(line: Line) -> str:
    if line.chart is not None:
        drawn = svg(line.chart).replace(' width="960" height="600"', ' style="width:100%;height:auto"', 1)
        return f"<figure>{drawn}<figcaption>{_said(line.text)}</figcaption></figure>\n"
    if line.level is not None:
        tag = f"h{min(max(line.level, 0) + 1, DEEPEST)}"
        return f"<{tag}>{_said(line.text)}</{tag}>\n"
    name = f' class="{line.role.value}"' if line.role is not Role.TEXT else ""
    return f"<p{name}>{_said(line.text)}</p>\n"


def _table(grid: Grid) -> str:
    full = whole(grid)
    if not full.cells:
        return ""
    head = _head(full)
    cells = placed(full)
    short = centred(cells)
    headings = {(one.top, one.left) for one in cells if one.cell.role is Role.HEADING}
    rows: list[list[str]] = [[] for _ in range(1 + max(one.bottom for one in cells))]
    for one in cells:
        rows[one.top].append(_cell(one, headings, centre=is_centred(one, short)))
    lines = [f"<tr>{''.join(row)}</tr>\n" for row in rows]
    top = f"<thead>\n{''.join(lines[:head])}</thead>\n" if head else ""
    return f"<table>\n{_columns(full)}{top}<tbody>\n{''.join(lines[head:])}</tbody>\n</table>\n"


def _head(grid: Grid) -> int:
    """Count the rows that a printer sets again on each page: only the first can be, whole, and with some below them."""
    if grid.repeated is None or grid.repeated[0] != 0:
        return 0
    behind = grid.repeated[1]
    crossed = any(cell.row < behind < cell.row + cell.rowspan for cell in grid.cells)
    below = any(cell.row >= behind for cell in grid.cells)
    return behind if below and not crossed else 0


def _columns(grid: Grid) -> str:
    """Give the columns their shares where the page asks for them."""
    whole_width = sum(grid.widths)
    shares = (f'<col style="width:{100 * share // whole_width}%">' for share in grid.widths if whole_width)
    return f"<colgroup>{''.join(shares)}</colgroup>\n" if whole_width else ""


def _cell(one: Placed, headings: set[tuple[int, int]], *, centre: bool) -> str:
    cell = one.cell
    spans = "".join(
        f' {name}="{span}"'
        for name, span in (("rowspan", cell.rowspan), ("colspan", cell.colspan))
        if span > 1
    )
    tag = "th" if cell.role is Role.HEADING else "td"
    scope = f' scope="{_scope(cell, headings)}"' if tag == "th" else ""
    name = (
        ""
        if tag == "th"
        else ' class="number"'
        if cell.role is Role.NUMBER
        else ""
        if centre
        else ' class="long"'
    )
    return f"<{tag}{scope}{spans}{name}>{_said(cell.text)}</{tag}>"


def _scope(cell: Cell, headings: set[tuple[int, int]]) -> str:
    """Tell what a heading heads: what stands right of it, unless that is a heading too or nothing does."""
    beside = (cell.row, cell.column + cell.colspan)
    below = (cell.row + cell.rowspan, cell.column)
    if beside not in headings and (cell.column == 0 or below in headings):
        return "rowgroup" if cell.rowspan > 1 else "row"
    return "colgroup" if cell.colspan > 1 else "col"


def _said(text: str) -> str:
    """Escape a text, break its lines, and mark what has still to be filled in."""
    pieces = GAPS.split(_plain(text))
    marked = (f"<mark>{escape(piece)}</mark>" if k % 2 else escape(piece) for k, piece in enumerate(pieces))
    return "".join(marked).replace("\n", "<br>")


def _plain(text: str) -> str:
    return ILLEGAL.sub("", tidy(text))
