"""Tables as spreadsheet programs save them for other programs: commas between the cells, four in a row at least."""

import csv
from collections.abc import Iterator, Sequence

from jixiao.formats.text.tables import Taken, to_cells

WIDTH = 4  # a sentence has commas too, but five lines that have the same number, or don't end as one does, are a table
ROWS = 5
_STOPS = ("。", "；", "！", "？", "：", ".", ";")
LOOKED_AT = 3  # lines that have so many commas before any is split


def starts_commas(lines: Sequence[str], at: int) -> bool:
    """Tell whether the lines from `at` on may be such a table."""
    return all(line.count(",") >= WIDTH - 1 for line in (lines[at], *lines[at + 1 : at + LOOKED_AT]))


def commas(lines: Sequence[str], at: int, table: int) -> Taken:
    """Take a run of rows; a cell with a comma or a line break in it stands in quotation marks."""
    rows: list[tuple[int, list[str]]] = []
    end = at
    for row, after in _rows(lines, at):
        if len(row) < WIDTH or (rows and len(row) != len(rows[0][1]) and row[-1].endswith(_STOPS)):
            break
        rows.append((end, row))
        end = after
    if len(rows) < ROWS:
        return Taken(max(end, at + 1), None)
    return Taken(end, to_cells(rows, table))


def _rows(lines: Sequence[str], at: int) -> Iterator[tuple[list[str], int]]:
    """Yield each row with the index of the line after it, up to quotation marks that don't close."""
    reader = csv.reader((f"{lines[k]}\n" for k in range(at, len(lines))), strict=True)
    try:
        for row in reader:
            yield row, at + reader.line_num
    except csv.Error:
        return
