"""The two streams: answers go to standard output in one piece, once they are whole; complaints go to standard error."""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO, TextIOWrapper
from shutil import get_terminal_size

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from jixiao.expressions import expression
from jixiao.layout import Grid, Layout, Role
from jixiao.telling.naming import clean

_PIECE = expression(r"[“（《〔]*(?:[\w.,%:/+*=≥≤<>-]+|.)[，。；：、？！”）》〕)…]*\s*", re.ASCII)
_NARROW = 12
PLAIN_WIDTH = 110  # where there is no terminal to ask


def put(*parts: RenderableType) -> None:
    """Print for people: colours only on a terminal, widths counted as East Asian terminals show them."""
    page = _page(parts, colours=sys.stdout.isatty(), width=width())
    _tolerant(sys.stdout)
    sys.stdout.write(page)
    sys.stdout.flush()


def plain(*parts: RenderableType) -> str:
    """Return for a file what `put` prints, without colours and at one width."""
    return _page(parts, colours=False, width=PLAIN_WIDTH)


def width() -> int:
    """Return how many columns there are."""
    return get_terminal_size((PLAIN_WIDTH, 0)).columns


def _page(parts: Iterable[RenderableType], *, colours: bool, width: int) -> str:
    page = Console(
        file=StringIO(), force_terminal=colours, width=width, highlight=False, markup=False, emoji=False
    )
    for part in parts:
        page.print(part)
    return "\n".join(line.rstrip() for line in _text(page.file).split("\n"))


def put_data(text: str) -> None:
    """Print for programs: UTF-8, whatever the terminal's encoding."""
    put_bytes(text.encode("utf-8", "replace"))


def put_bytes(data: bytes) -> None:
    """Print a file's bytes as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def complain(sentences: Iterable[str]) -> None:
    """Print each sentence as one line on standard error."""
    _tolerant(sys.stderr)
    for sentence in sentences:
        sys.stderr.write(f"{' '.join(clean(sentence).split())}\n")
    sys.stderr.flush()


def ink(text: str, style: str = "") -> "Prose":
    """Return a paper's words as text that no terminal obeys."""
    return Prose(clean(text), style)


@dataclass(frozen=True, slots=True)
class Prose:
    """Chinese running text, broken between any two characters but never inside a number or before a closing mark."""

    text: str
    style: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines that fit."""
        lines = "\n".join(broken(self.text, options.max_width))
        yield Text(lines, style=self.style, no_wrap=True, overflow="crop")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Tell the widths between which it looks well."""
        longest = max((cell_len(line) for line in self.text.split("\n")), default=0)
        return Measurement(min(_NARROW, longest), longest)


def page(layout: Layout) -> list[RenderableType]:
    """Return a page for the screen: its lines, and its grids as plain tables."""
    shown: list[RenderableType] = []
    for block in layout.blocks:
        if isinstance(block, Grid):
            shown.append(_rows(block))
        else:
            shown.append(ink(block.text, "dim" if block.role is Role.NOTE else "bold"))
    return shown


def _rows(grid: Grid) -> RenderableType:
    table = columns()
    for row in grid.rows():
        style = "dim" if row[0].role is Role.HEADING else ""
        table.add_row(*(ink(cell.text, style) for cell in row))
    return table


def columns(*, wide: bool = False) -> Table:
    """Return an empty table without lines, two spaces between its columns; `wide` fills the line."""
    return Table.grid(padding=(0, 2, 0, 0), expand=wide)


def broken(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` columns, a Chinese character counting two; an indent is kept."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        words = paragraph.lstrip(" ")
        indent = paragraph[: len(paragraph) - len(words)]
        lines.append(indent)
        for piece in _PIECE.findall(words):
            if lines[-1] != indent and cell_len(lines[-1]) + cell_len(piece.rstrip()) > width:
                lines.append(indent)
            lines[-1] += piece
    return lines


def _text(stream: object) -> str:
    return stream.getvalue() if isinstance(stream, StringIO) else ""


def _tolerant(stream: object) -> None:
    """Let a terminal that lacks a character show ? and not fail."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="replace")
