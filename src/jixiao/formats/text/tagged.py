"""A simple HTML table inside a text, as some converters leave it: rows, cells and spans, nothing nested."""

import re
from collections.abc import Iterator, Sequence

from jixiao.expressions import expression
from jixiao.formats.intake import whole_number
from jixiao.formats.slots import Slots
from jixiao.formats.text.inline import plain
from jixiao.formats.text.tables import Taken
from jixiao.layout import Cell, Place

OPENS = expression(r"\s*<table\b", re.IGNORECASE)
CLOSES = "</table>"
TAG = expression(r"<(/?)(tr|td|th|table|thead|tbody|tfoot|caption)\b([^<>]{0,500})>", re.IGNORECASE)
SPAN = r"\b{}\s*=\s*[\"']?(\d{{1,4}})"
TABLE_LINES = 5_000
WIDEST, TALLEST = 100, 1_000


def opens_table(line: str) -> bool:
    """Tell a line that begins with a table tag."""
    return OPENS.match(line) is not None


def tagged(lines: Sequence[str], at: int, table: int) -> Taken:
    """Take the lines from <table> to </table>; a table without end, or with another inside, stays text."""
    end = at
    while CLOSES not in lines[end].lower():
        end += 1
        if end == len(lines) or end - at > TABLE_LINES or "<table" in lines[end].lower():
            return Taken(end, None)
    text = "\n".join(lines[at : end + 1])
    if text.lower().count("<table") > 1 or text.lower().partition(CLOSES)[2].strip():
        return Taken(end + 1, None)
    return Taken(end + 1, _cells(text, at, table) or None)


def _cells(text: str, at: int, table: int) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    slots = Slots()
    line, before = at + 1, 0
    for tag, end in _openings(text):
        line, before = line + text.count("\n", before, tag.start()), tag.start()
        if tag[2].lower() == "tr":
            slots.next_row()
            continue
        slot = slots.take(_span(tag[3], "rowspan", TALLEST), _span(tag[3], "colspan", WIDEST))
        place = Place(table=table, row=slot.row + 1, column=slot.column + 1, line=line)
        shown = plain(text[tag.end() : end])
        cells.append(Cell(slot.row, slot.column, shown, slot.down, slot.across, place=place))
    return tuple(cells)


def _openings(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Yield each opening tag of a row or cell, and where the next tag of the table begins."""
    tags = list(TAG.finditer(text))
    ends = [*(tag.start() for tag in tags[1:]), len(text)]
    for tag, end in zip(tags, ends, strict=True):
        if not tag[1] and tag[2].lower() in {"tr", "td", "th"}:
            yield tag, end


def _span(attributes: str, which: str, most: int) -> int:
    found = re.search(SPAN.format(which), attributes, re.IGNORECASE)
    return min(max(whole_number(found[1], 1), 1), most) if found else 1
