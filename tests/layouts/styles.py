"""How a paper comes: as a workbook, a document, and in the many ways in which text keeps or loses a table."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from unicodedata import east_asian_width

from jixiao.formats import write
from jixiao.layout import Block, Cell, Grid, Layout, Line
from tests.layouts.sheet import Document, Piece, Row

Style = Callable[[Document], bytes]


def _texts(document: Document, table: Callable[[Sequence[Row]], str], between: str = "\n") -> bytes:
    """Write every piece as text, the rows of a table by `table`, lines as they are."""
    written = [text for piece in document.pieces for text in _piece(piece, table)]
    return between.join(written).encode()


def _piece(piece: Piece, table: Callable[[Sequence[Row]], str]) -> Iterator[str]:
    if isinstance(piece, tuple):
        yield from piece
        return
    yield from piece.before
    for kind, rows in groupby(
        piece.rows, key=lambda row: row.part if row.part in ("line", "blank") else "table"
    ):
        if kind == "table":
            yield table(list(rows))
        else:
            yield from (row.text(0) for row in rows)
    yield from piece.after


def tabs(document: Document) -> bytes:
    """Cells parted by tabs, as a workbook is copied."""
    return _texts(document, lambda rows: "\n".join("\t".join(map(_flat, row.texts())) + "\t" for row in rows))


def pipes(document: Document) -> bytes:
    """A Markdown table."""
    return _texts(document, _piped, "\n")


def _piped(rows: Sequence[Row]) -> str:
    lines = ["| " + " | ".join(c.replace("\n", "<br>") for c in row.texts()) + " |" for row in rows]
    return "\n".join(["", lines[0], "|" + "---|" * len(rows[0].cells), *lines[1:], ""])


def html(document: Document) -> bytes:
    """Table tags, as a web page is saved."""
    return _texts(document, _tagged)


def _tagged(rows: Sequence[Row]) -> str:
    lines = (
        "<tr>" + "".join(f"<td>{c.replace(chr(10), '<br/>')}</td>" for c in row.texts()) + "</tr>"
        for row in rows
    )
    return "<table>\n" + "\n".join(lines) + "\n</table>"


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _widths(rows: Sequence[Row]) -> list[int]:
    """How wide each column must be for the longest line in it."""
    count = max(len(row.cells) for row in rows)
    return [max(_wide(line) for row in rows for line in row.text(k).split("\n")) for k in range(count)]


def _lines_of(row: Row, widths: Sequence[int]) -> Iterator[list[str]]:
    """Yield the lines of a row, every cell as wide as its column; a cell of two lines takes two."""
    parts = [row.text(k).split("\n") for k in range(len(widths))]
    for n in range(max(len(cell) for cell in parts)):
        lines = [cell[n] if n < len(cell) else "" for cell in parts]
        yield [line + " " * (width - _wide(line)) for line, width in zip(lines, widths, strict=True)]


def box(document: Document) -> bytes:
    """A table drawn with lines."""
    return _texts(document, _boxed)


def _boxed(rows: Sequence[Row]) -> str:
    widths = _widths(rows)
    top, middle, bottom = (
        ends[0] + ends[1].join("─" * width for width in widths) + ends[2] for ends in ("┌┬┐", "├┼┤", "└┴┘")
    )
    blocks = ["\n".join("│" + "│".join(line) + "│" for line in _lines_of(row, widths)) for row in rows]
    return "\n".join([top, f"\n{middle}\n".join(blocks), bottom])


def aligned(document: Document) -> bytes:
    """Columns kept apart by spaces, as text is taken out of a page."""
    return _texts(document, _spaced)


def _spaced(rows: Sequence[Row]) -> str:
    widths = _widths(rows)
    return "\n".join("  ".join(line).rstrip() for row in rows for line in _lines_of(row, widths))


def _filled(rows: Sequence[Row]) -> Iterator[str]:
    return (cell for row in rows for cell in row.texts() if cell)


def lines(document: Document) -> bytes:
    """One cell a line, empty ones left out."""
    return _texts(document, lambda rows: "\n".join(_filled(rows)))


def barred_lines(document: Document) -> bytes:
    """One cell a line with a bar behind it; an empty cell is a bar."""
    return _texts(
        document, lambda rows: "\n".join(f"{_flat(c)} |".strip() for row in rows for c in _own(row))
    )


def blank_lines(document: Document) -> bytes:
    """One cell a line; an empty cell is an empty line."""
    return _texts(document, lambda rows: "\n".join(c for row in rows for c in _own(row)))


def rows(document: Document) -> bytes:
    """One row a line, cells parted by one space, empty ones left out."""
    return _texts(
        document, lambda rows: "\n".join(" ".join(_flat(c) for c in row.texts() if c) for row in rows)
    )


def run_on(document: Document) -> bytes:
    """Everything on one line, cells parted by one space."""
    return _texts(document, lambda rows: " ".join(map(_flat, _filled(rows))), " ")


def glued(document: Document) -> bytes:
    """Everything on one line, nothing between the cells."""
    return _texts(document, lambda rows: "".join(c.replace("\n", "") for c in _filled(rows)), "")


def _own(row: Row) -> Iterator[str]:
    """Yield the row's own cells; of a merged one only where it begins, but an empty one under a class label."""
    for column, cell in enumerate(row.cells):
        if cell is not None:
            yield cell
        elif row.part == "indicator" and column > 0:
            yield ""


def _flat(cell: str) -> str:
    return cell.replace("\n", " ")


def xlsx(document: Document) -> bytes:
    """A workbook."""
    return write(page_of(document), "xlsx")


def docx(document: Document) -> bytes:
    """A document."""
    return write(page_of(document), "docx")


def page_of(document: Document) -> Layout:
    """Give the pieces as one page."""
    blocks = tuple(block for piece in document.pieces for block in _blocks(piece))
    return Layout("自评表", blocks)


def _blocks(piece: Piece) -> Iterator[Block]:
    if isinstance(piece, tuple):
        yield from (Line(text) for text in piece)
        return
    if piece.page is not None:
        yield from piece.page.blocks
        return
    yield from (Line(text) for text in piece.before)
    for kind, rows in groupby(
        piece.rows, key=lambda row: row.part if row.part in ("line", "blank") else "table"
    ):
        if kind == "table":
            yield Grid(tuple(_cells(list(rows))))
        else:
            yield from (Line(row.text(0)) for row in rows if row.text(0))
    yield from (Line(text) for text in piece.after)


def _cells(rows: Sequence[Row]) -> Iterator[Cell]:
    """Yield the cells of a damaged table: covered positions at a row's start belong to the cell above, others to the left."""
    for number, row in enumerate(rows):
        starts = [k for k, text in enumerate(row.cells) if text is not None]
        for start, end in zip(starts, [*starts[1:], len(row.cells)], strict=True):
            below = 1
            while number + below < len(rows) and _covered(rows[number + below], start):
                below += 1
            yield Cell(number, start, row.text(start), below, end - start if below == 1 else 1)


def _covered(row: Row, column: int) -> bool:
    return column < len(row.cells) and all(cell is None for cell in row.cells[: column + 1])


STYLES: dict[str, Style] = {
    "xlsx": xlsx, "docx": docx, "tabs": tabs, "pipes": pipes, "html": html, "box": box, "aligned": aligned,
    "rows": rows, "lines": lines, "lines|": barred_lines, "lines_": blank_lines, "run-on": run_on, "glued": glued,
}  # fmt: skip
GRIDS = frozenset(("xlsx", "docx", "tabs", "pipes", "html", "box", "aligned"))
