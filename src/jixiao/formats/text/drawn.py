"""Tables drawn with lines, │ ┃ ─ ┼ or + - |: the rules tell rows apart and are dropped."""

import unicodedata
from collections.abc import Sequence

from jixiao.formats.text.inline import plain
from jixiao.formats.text.tables import Taken, run_of
from jixiao.layout import Cell, Place

BARS = "│┃║|"
RULES = frozenset("─━═-=+:┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╞╪╡╟╫╢┠┨╭╮╰╯┯┷┿ ")
STARTS = (RULES | frozenset(BARS)) - frozenset("-=: ")
FULLY_RULED = 4

Row = list[tuple[int, str]]  # (where the cell's left bar stands, its text)


def starts_drawn(line: str) -> bool:
    """Tell a line that may belong to a drawn table by its first mark."""
    return line.strip()[:1] in STARTS


def drawn(lines: Sequence[str], at: int, table: int) -> Taken:
    """Take a run of drawn lines; without a rule among them it is no drawn table."""
    end = run_of(lines, at, lambda line: bool(line.strip()) and starts_drawn(line))
    run = lines[at:end]
    rules = frozenset(index for index, line in enumerate(run) if _is_rule(line))
    content = [index for index in range(len(run)) if index not in rules]
    if not rules or not content or any(_bars(run[index]) < 2 for index in content):  # noqa: PLR2004
        return Taken(max(end, at + 1), None)
    groups = _groups(run, rules)
    rows = [row for group in groups for row in _rows(run, group, whole=len(rules) >= FULLY_RULED)]
    return Taken(end, _cells(rows, at, table))


def _is_rule(line: str) -> bool:
    """Tell a drawn rule; `|---|---|` is Markdown's separator and none, `|---+---|` is one."""
    text = line.strip()
    if text.startswith("|") and "+" not in text:
        return False
    return all(char in RULES or char in BARS for char in text) and not all(
        char in BARS + " " for char in text
    )


def _bars(line: str) -> int:
    return sum(line.count(bar) for bar in BARS)


def _groups(run: Sequence[str], rules: frozenset[int]) -> list[list[int]]:
    """Collect the lines between two rules."""
    groups: list[list[int]] = [[]]
    for index in range(len(run)):
        if index in rules:
            groups.append([])
        else:
            groups[-1].append(index)
    return [group for group in groups if group]


def _rows(run: Sequence[str], group: Sequence[int], *, whole: bool) -> list[tuple[int, list[Row]]]:
    """One row in a fully ruled table, else a line a row unless its first cell is empty."""
    rows: list[tuple[int, list[Row]]] = []
    for index in group:
        split = _split(run[index])
        if rows and (whole or not split[0][1]) and len(rows[-1][1][0]) == len(split):
            rows[-1][1].append(split)
        else:
            rows.append((index, [split]))
    return rows


def _split(line: str) -> Row:
    """Split a line at its bars; each cell with the display column of its left bar, a wide sign being two."""
    cells: Row = []
    text = ""
    column = start = 0
    for char in line.strip()[1:]:
        column += 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if char in BARS:
            cells.append((start, text.strip()))
            text, start = "", column
        else:
            text += char
    if text.strip():
        cells.append((start, text.strip()))
    return cells


def _cells(rows: Sequence[tuple[int, list[Row]]], at: int, table: int) -> tuple[Cell, ...]:
    edges = _edges([lines[0] for _, lines in rows])
    cells: list[Cell] = []
    for row, (index, lines) in enumerate(rows):
        for order, (start, _) in enumerate(lines[0]):
            text = plain("\n".join(line[order][1] for line in lines if line[order][1]))
            column, span = edges.get(start, (order, 1)) if edges else (order, 1)
            if edges:
                span = _span(edges, lines[0], order)
            place = Place(table=table, row=row + 1, column=column + 1, line=at + index + 1)
            cells.append(Cell(row, column, text, colspan=span, place=place))
    return tuple(cells)


def _edges(rows: Sequence[Row]) -> dict[int, tuple[int, int]]:
    """Number the left edges, if the cells of all rows stand on the edges of the fullest; else nothing."""
    fullest = max(rows, key=len)
    if all(len(row) == len(fullest) for row in rows):
        return {}
    edges = {start: (column, 1) for column, (start, _) in enumerate(fullest)}
    return edges if all(start in edges for row in rows for start, _ in row) else {}


def _span(edges: dict[int, tuple[int, int]], row: Row, order: int) -> int:
    here = edges[row[order][0]][0]
    after = edges[row[order + 1][0]][0] if order + 1 < len(row) else len(edges)
    return after - here
