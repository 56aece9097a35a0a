"""Read text: lines, and grids where tabs, commas, pipes, drawn lines, spaces or table tags make columns.

A blank line or page furniture ends a grid; that a table goes on after it is for the papers to see.
"""

from collections.abc import Sequence

from jixiao.expressions import expression
from jixiao.formats.cell_text import one_line
from jixiao.formats.intake import LIMITS, Tally, refusal, too_much
from jixiao.formats.text.commas import commas, starts_commas
from jixiao.formats.text.decoding import decode
from jixiao.formats.text.drawn import drawn, starts_drawn
from jixiao.formats.text.inline import plain, running
from jixiao.formats.text.run_over import joined
from jixiao.formats.text.tables import GAP, PIPE, Taken, is_furniture, piped, spaced, tabbed
from jixiao.formats.text.tagged import opens_table, tagged
from jixiao.layout import Block, Grid, Layout, Line, Place

LINE_END = expression(r"\r\n|\n|\r")
HEADING = expression(r"(#{1,6})(?:\s+|(?<=##)(?=[^\s#]))(.*)")
CELL_MARKS = ("\t", ",", "|", "│", "┃", "║", "<t")


def read(data: bytes, *, name: str) -> Layout:
    """Read a text file.

    Raises:
        UnreadableError: empty, too large, or no text in a known encoding.
    """
    text, doubts = decode(data, name=name)
    nothing = refusal(name, "文件里没有文字", "请重新导出或重新保存后再试")
    if not text.strip():
        raise nothing
    _cap(text, name)
    blocks = tuple(_blocks(joined(LINE_END.split(text)), Tally(name)))
    if not blocks:
        raise nothing
    return Layout(name=name, blocks=blocks, format="text", doubts=doubts)


def _cap(text: str, name: str) -> None:
    """Refuse before anything is made of it: no table has more cells than it has marks between them."""
    pieces = sum(map(text.count, ("\n", "\r", *CELL_MARKS)))
    if text.count("  ") > LIMITS.pieces:
        pieces += sum(1 for _ in GAP.finditer(text))
    if pieces > LIMITS.pieces:
        raise too_much(name, "行和单元格")


def _blocks(lines: Sequence[str], tally: Tally) -> list[Block]:
    blocks: list[Block] = []
    at, table = 0, 0
    while at < len(lines):
        taken = _take(lines, at, table + 1)
        end = max(taken.end, at + 1)  # a page number between columns belongs to no run
        if taken.cells is None:
            blocks += _lines(lines, at, end, tally)
        elif any(cell.text for cell in taken.cells):
            table += 1
            blocks.append(Grid(taken.cells, Place(table=table, line=at + 1)))
        at = end
    return blocks


def _take(lines: Sequence[str], at: int, table: int) -> Taken:
    """Choose how to read on from this line by the marks in it."""
    line = lines[at]
    text = line.strip()
    if "\t" in line or starts_commas(lines, at):
        return (tabbed if "\t" in line else commas)(lines, at, table)
    if not text:
        return Taken(at + 1, None)
    if starts_drawn(text):
        taken = drawn(lines, at, table)
        if taken.cells is not None or not PIPE.search(text):
            return taken
    if PIPE.search(text):
        return piped(lines, at, table)
    if opens_table(text):
        return tagged(lines, at, table)
    return spaced(lines, at, table) if GAP.search(text) else Taken(at + 1, None)


def _lines(lines: Sequence[str], at: int, end: int, tally: Tally) -> list[Block]:
    found: list[Block] = []
    for index in range(at, end):
        text = lines[index].strip()
        if not text or is_furniture(text):
            continue
        heading = HEADING.fullmatch(text) if text.startswith("#") else None
        level = len(heading[1]) - 1 if heading else None
        shown = one_line(plain(heading[2].rstrip("# \t")) if heading else running(text))
        if shown:
            gaps = _gaps(lines[index], shown)
            found.append(Line(tally.add(shown), Place(line=index + 1), level, gaps=gaps))
    return found


def _gaps(raw: str, shown: str) -> tuple[int, ...]:
    """Return where in the shown text wide gaps stood; none where marks were taken off it."""
    if GAP.search(raw) is None or " ".join(raw.split()) != shown:
        return ()
    ends = (len(" ".join(raw[: gap.start()].split())) for gap in GAP.finditer(raw.rstrip()))
    return tuple(ends)
