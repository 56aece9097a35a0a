"""A simple HTML table inside a text, as some converters leave it: rows, cells and spans, nothing nested."""

import re
from collections.abc import Sequence

from jixiao.formats.intake import whole_number
from jixiao.formats.text.inline import plain
from jixiao.formats.text.tables import Taken
from jixiao.layout import Cell, Place

OPENS = re.compile(r"\s*<table\b", re.IGNORECASE)
CLOSES = "</table>"
TAG = re.compile(r"<(/?)(tr|td|th|table|thead|tbody|tfoot|caption)\b([^<>]{0,500})>", re.IGNORECASE)
SPAN = r"\b{}\s*=\s*[\"']?(\d{{1,4}})"
TABLE_LINES = 5_000
WIDEST, TALLEST = 100, 1_000


def opens_table(line: str) -> bool:
    """Tell a line that begins with a table tag."""
    return OPENS.match(line) is not None


def tagged(lines: Sequence[str], at: int, table: int) -> Taken:
    """Take the lines from <table> to </table>; a table without end, or with another inside, stays text."""
    for end in range(at, min(at + TABLE_LINES, len(lines))):
        if CLOSES in lines[end].lower():
            break
    else:
        return Taken(at + 1, None)
    text = "\n".join(lines[at : end + 1])
    if len(re.findall(r"<table\b", text, re.IGNORECASE)) > 1 or text.lower().partition(CLOSES)[2].strip():
        return Taken(end + 1, None)
    cells = _cells(text, at, table)
    return Taken(end + 1, cells or None)


def _cells(text: str, at: int, table: int) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    taken_down_to: dict[int, int] = {}  # column -> first row free of a cell from above
    row, column = -1, 0
    tags = list(TAG.finditer(text))
    for tag, following in zip(tags, [*tags[1:], None], strict=True):
        word = tag[2].lower()
        if tag[1] or word not in {"tr", "td", "th"}:
            continue
        if word == "tr":
            row, column = row + 1, 0
            continue
        row = max(row, 0)
        while taken_down_to.get(column, 0) > row:
            column += 1
        inside = text[tag.end() : following.start() if following else len(text)]
        down, across = _span(tag[3], "rowspan", TALLEST), _span(tag[3], "colspan", WIDEST)
        place = Place(
            table=table, row=row + 1, column=column + 1, line=at + text.count("\n", 0, tag.start()) + 1
        )
        cells.append(Cell(row, column, plain(inside), rowspan=down, colspan=across, place=place))
        taken_down_to.update(dict.fromkeys(range(column, column + across), row + down))
        column += across
    return tuple(cells)


def _span(attributes: str, which: str, most: int) -> int:
    found = re.search(SPAN.format(which), attributes, re.IGNORECASE)
    return min(max(whole_number(found[1], 1), 1), most) if found else 1
