"""Tables in running text: rows of tabs, of Markdown pipes, of columns set apart by spaces.

Each function looks at the lines from `at` on and takes a whole run of them. A run that turns out to be no
table comes back without cells, so that its lines are read as lines and none is looked at twice.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from jixiao.expressions import expression
from jixiao.formats.text.inline import plain
from jixiao.layout import Cell, Place


class Taken(NamedTuple):
    """A run of lines up to `end` (exclusive); `cells` None when it is running text after all."""

    end: int
    cells: tuple[Cell, ...] | None


FURNITURE = expression(
    r"""[-—–－―_~·.…\s]*[-—–－―]\s*\d{1,4}\s*[-—–－―][-—–－―_~·.…\s]*    # — 3 —
      | 第\s*\d{1,4}\s*页 (?: [\s,，/／、]* [(（]? 共\s*\d{1,4}\s*页 [)）]? )?   # 第 3 页 共 8 页
      | 共\s*\d{1,4}\s*页 [\s,，/／、]* 第\s*\d{1,4}\s*页
      | page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?
      | [-*_=—─━~]{3,} | `{3,}\w* """,
    re.VERBOSE | re.IGNORECASE,
)
FURNITURE_LENGTH = 40
LIST_MARK = expression(r"[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.．、]\d{0,3}|[•●○■◆▪·-]")
PIPE = expression(r"(?<!\\)\|")
SEPARATOR = expression(r"\s*(?::-+:?|-+:|-{3,})\s*")
HEADING_MARKS = expression(r"#{1,6}\s+(?=\S)")
GAP = expression(r"[ \u3000\xa0]{2,}")
SPACED_ROWS = 3
SPACED_CELL = 60
QUOTED_LINES = 30
LEFT_OPEN = expression(r'"(?:[^"]|"")*')
INSIDE = expression(r'(?:[^"]|"")*')
CLOSING = expression(r'(?:[^"]|"")*"(?=\t|$)')


def is_furniture(line: str) -> bool:
    """Tell a page number or a drawn rule, which belongs to the page and not to the paper; a row of tabs is neither."""
    text = line.strip()
    return len(line) < FURNITURE_LENGTH and "\t" not in text and FURNITURE.fullmatch(text) is not None


def to_cells(rows: Iterable[tuple[int, Sequence[str]]], table: int) -> tuple[Cell, ...]:
    """Make cells of rows, each given with its line index; every position has its cell, "" when empty."""
    return tuple(
        Cell(
            row, column, plain(text), place=Place(table=table, row=row + 1, column=column + 1, line=line + 1)
        )
        for row, (line, texts) in enumerate(rows)
        for column, text in enumerate(texts)
    )


def run_of(lines: Sequence[str], at: int, belongs: Callable[[str], bool]) -> int:
    """Find the end of the run of lines that belong together; page furniture ends it."""
    end = at
    while end < len(lines) and belongs(lines[end]) and not is_furniture(lines[end]):
        end += 1
    return end


# ---------------------------------------------------------------- tabs


def tabbed(lines: Sequence[str], at: int, table: int) -> Taken:
    """Take a run of lines with tabs: a line a row, a cell at its tab position."""
    rows: list[tuple[int, list[str]]] = []
    end = at
    while end < len(lines) and "\t" in lines[end] and not is_furniture(lines[end]):
        text, after = _whole_row(lines, end)
        rows.append((end, [_unquoted(cell) for cell in text.split("\t")]))
        end = after
    if _is_list(rows) or not any("\t" in line.lstrip() for line in lines[at:end]):
        return Taken(end, None)
    return Taken(end, to_cells(rows, table))


def _whole_row(lines: Sequence[str], at: int) -> tuple[str, int]:
    """Join a row copied out of a workbook: a cell of several lines then stands in quotes."""
    if LEFT_OPEN.fullmatch(lines[at].rpartition("\t")[2]) is None:
        return lines[at], at + 1
    text = lines[at]
    for end in range(at + 1, min(at + QUOTED_LINES, len(lines))):
        text = f"{text}\n{lines[end]}"
        closing = CLOSING.match(lines[end])
        if closing is None and not INSIDE.fullmatch(lines[end]):
            break
        if closing and LEFT_OPEN.fullmatch(lines[end][closing.end() :].rpartition("\t")[2]) is None:
            return text, end + 1
    return lines[at], at + 1


def _unquoted(cell: str) -> str:
    if not (cell.startswith('"') and cell.endswith('"') and ("\n" in cell or '""' in cell[1:-1])):
        return cell
    inner = cell[1:-1].replace('""', "\0")
    return cell if '"' in inner else inner.replace("\0", '"')


def _is_list(rows: Sequence[tuple[int, Sequence[str]]]) -> bool:
    """Numbered paragraphs whose number is followed by a tab are no table."""
    return all(len(texts) == 2 and LIST_MARK.fullmatch(texts[0].strip()) for _, texts in rows)  # noqa: PLR2004


# ---------------------------------------------------------------- pipes


def piped(lines: Sequence[str], at: int, table: int) -> Taken:
    """Take a run of Markdown rows, with or without pipes at their ends; separator rows are dropped."""
    end = run_of(lines, at, lambda line: PIPE.search(line) is not None and "\t" not in line)
    rows = _piped_rows(lines, at, end)
    if len(rows) == 1 and not _fenced(lines[at]) and len(rows[0][1]) < SPACED_ROWS:
        return Taken(end, None)
    kept = [(index, texts) for index, texts in rows if not _is_separator(texts)]
    return Taken(end, to_cells(kept, table))


def _piped_rows(lines: Sequence[str], at: int, end: int) -> list[tuple[int, list[str]]]:
    """Split the rows of a run; where its first has no pipe in front, one in front of a later row is an empty cell.

    So it is where the row is shorter than the first, or has as many pipes as a row that opens with a word; a lone pipe
    behind a word tells no width, the cells then standing a line each.
    """
    first = pipe_cells(lines[at])
    rows = [(at, first)]
    bare = not _opens(lines[at])
    widths = {len(PIPE.findall(line)) for line in lines[at:end] if bare and not _opens(line)} - {1}
    for index in range(at + 1, end):
        cells, line = pipe_cells(lines[index]), lines[index]
        begins_empty = bare and _opens(line)
        short = len(cells) < len(first) or len(PIPE.findall(line)) in widths
        rows.append((index, ["", *cells] if begins_empty and short else cells))
    return rows


def _opens(line: str) -> bool:
    return line.lstrip().startswith("|")


def pipe_cells(line: str) -> list[str]:
    """Split a row at its pipes; those at its ends only close it."""
    texts = PIPE.split(line.strip())
    if len(texts) > 1 and not texts[0].strip():
        del texts[0]
    if len(texts) > 1 and not texts[-1].strip():
        del texts[-1]
    return [HEADING_MARKS.sub("", text.strip(), count=1) for text in texts]


def _fenced(line: str) -> bool:
    text = line.strip()
    return text.startswith("|") or text.endswith("|")


def _is_separator(texts: Sequence[str]) -> bool:
    marks = [text for text in texts if text.strip()]
    return bool(marks) and all(SEPARATOR.fullmatch(text) for text in marks)


# ---------------------------------------------------------------- spaces


def spaced(lines: Sequence[str], at: int, table: int) -> Taken:
    """Take lines whose columns stand two or more spaces apart: at least three, with equally many columns."""
    width = len(space_cells(lines[at]))
    end = run_of(
        lines, at, lambda line: "\t" not in line and "|" not in line and len(space_cells(line)) == width
    )
    rows = [(index, space_cells(lines[index])) for index in range(at, end)]
    if width == 1 or len(rows) < SPACED_ROWS or any(_is_prose(texts) for _, texts in rows):
        return Taken(max(end, at + 1), None)
    return Taken(end, to_cells(rows, table))


def space_cells(line: str) -> list[str]:
    """Split a line where two or more spaces stand."""
    return GAP.split(line.strip())


def _is_prose(texts: Sequence[str]) -> bool:
    return texts[-1].endswith(("。", "；", "，", "：")) or max(map(len, texts)) > SPACED_CELL
