"""Cells that run over their line, in text whose columns are kept apart by spaces: their lines are joined again.

A row is a line of many pieces; what stands above or below it in a few pieces ends or begins the cells that it stands
under. A cell runs over only where it fills its column. Nothing is known here of what the words mean.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from unicodedata import east_asian_width

from jixiao.expressions import expression

_PIECE = expression(r"\S+(?:[ \u00a0]\S+)*")
_FIGURES = expression(r"(?=.*[\d/—–-])[\d.,%≥≤=<>()（）/—–-]+")
_ROW, _NEAR, _SLACK, _MOST, _FULL, _WIDEST, _BROAD = 4, 12, 3, 8, 2, 40, 16
_MARKS = ("\t", "|", "│", "┃", "<t")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words with the positions that they cover in their line; `wide` in letters, a full-width one two."""

    start: int
    end: int
    text: str

    @property
    def wide(self) -> int:
        return _width(self.text, _FULL)

    def over(self, other: "_Piece") -> bool:
        return min(self.end, other.end) > max(self.start, other.start)


def joined(lines: Sequence[str]) -> list[str]:
    """Return as many lines, each row with the whole text of its cells; the lines that went into it are empty."""
    found = list(lines)
    cut = max(([_pieces(line, full) for line in lines] for full in (_FULL, 1)), key=_aligned)
    below = _rows(cut)
    taken = {k for lines_below in below.values() for k in lines_below}
    starts = [-1, *below][: len(below)]
    for row, start in zip(below, starts, strict=True):
        own = [*_above(cut, row, start, below[row], taken), row, *below[row]]
        whole = _whole(cut, own, row) if len(own) > 1 else None
        if whole is not None:
            for k in own:
                found[k] = ""
            found[row] = "  ".join(whole)
    return found


def _rows(cut: Sequence[tuple[_Piece, ...]]) -> dict[int, list[int]]:
    """Return the rows, each with the lines right below it that go on with its cells."""
    found: dict[int, list[int]] = {}
    at = 0
    while at < len(cut):
        if _is_row(cut[at]):
            found[at] = _below(cut, at)
            at = found[at][-1] if found[at] else at
        at += 1
    return found


def _is_row(pieces: Sequence[_Piece]) -> bool:
    """Tell whether a line is a row: labels and their answers make up four pieces too, but hold no figures."""
    return len(pieces) > _ROW or (len(pieces) == _ROW and any(_FIGURES.fullmatch(p.text) for p in pieces))


def _below(cut: Sequence[tuple[_Piece, ...]], row: int) -> list[int]:
    found: list[int] = []
    for k in range(row + 1, min(row + 1 + _MOST, len(cut))):
        if cut[k] and not _goes_on(cut, [row, *found], k):
            break
        found += [k] if cut[k] else []
    return found


def _above(
    cut: Sequence[tuple[_Piece, ...]], row: int, start: int, below: Sequence[int], taken: set[int]
) -> list[int]:
    """Return the lines right above a row that begin its cells, where those go on below it as well."""
    found: list[int] = []
    if not below:
        return []
    free = [k for k in range(start + 1, row) if cut[k] and k not in taken][-len(below) :]
    for k in reversed(free):
        goes_on = all(any(p.over(piece) for n in below for p in cut[n]) for piece in cut[k])
        if not goes_on or not _begins(cut, [k, *found, row]):
            break
        found.insert(0, k)
    return found


def _aligned(cut: Sequence[tuple[_Piece, ...]]) -> int:
    """Return how many pieces of rows begin where one of the next row does: who wrote the text knew letters so wide."""
    rows = [{p.start for p in pieces} for pieces in cut if _is_row(pieces)]
    return sum(len(one & other) for one, other in pairwise(rows))


def _pieces(line: str, full: int) -> tuple[_Piece, ...]:
    """Cut a line where two or more spaces stand; none of a line with the marks of another kind of table."""
    if not line.strip() or any(mark in line for mark in _MARKS):
        return ()
    plain = line.replace("\u3000", " " * full)
    pieces = tuple(_placed(plain, m, full) for m in islice(_PIECE.finditer(plain), _WIDEST + 1))
    return pieces if len(pieces) <= _WIDEST else ()


def _placed(line: str, found: re.Match[str], full: int) -> _Piece:
    start = _width(line[: found.start()], full)
    return _Piece(start, start + _width(found[0], full), found[0])


def _width(text: str, full: int) -> int:
    return sum(full if east_asian_width(letter) in "WF" else 1 for letter in text)


def _goes_on(cut: Sequence[tuple[_Piece, ...]], taken: Sequence[int], line: int) -> bool:
    """Tell whether the pieces of a line go on with full ones of the lines taken: two of three surely."""
    row, sure = cut[taken[0]], 0
    if len(cut[line]) * 4 > len(row) * 3:
        return False
    for piece in cut[line]:
        own = [p for k in taken for p in cut[k] if p.over(piece)]
        if not own or not (_under(own[-1], piece) and _suits(row, piece, own)):
            return False
        full = _is_full(cut, [*taken, line], own[-1], piece)
        sure += full and not _is_whole(cut, [*taken, line], piece)
    return sure * 3 >= len(cut[line]) * 2


def _is_whole(cut: Sequence[tuple[_Piece, ...]], taken: Sequence[int], piece: _Piece) -> bool:
    """Tell whether a piece may be a cell by itself: as wide as a narrow column, and nothing shorter ends it below."""
    if piece.wide < _column(cut, taken, piece) or piece.wide >= _BROAD:
        return False
    after = next((cut[k] for k in range(taken[-1] + 1, min(taken[-1] + 3, len(cut))) if cut[k]), ())
    return len(after) * 2 > len(cut[taken[0]]) or not any(
        p.over(piece) and p.wide < piece.wide and not _FIGURES.fullmatch(p.text) for p in after
    )


def _begins(cut: Sequence[tuple[_Piece, ...]], taken: Sequence[int]) -> bool:
    """Tell whether each piece of the first line taken is full and goes on in those behind it."""
    row = cut[taken[-1]]
    if len(cut[taken[0]]) * 4 > len(row) * 3:
        return False
    for piece in cut[taken[0]]:
        own = [p for k in taken[1:] for p in cut[k] if p.over(piece)]
        if not own or not (_under(own[0], piece) and _suits(row, piece, own)):
            return False
        if not _is_full(cut, taken, piece, own[0]):
            return False
    return True


def _suits(row: Sequence[_Piece], piece: _Piece, own: Sequence[_Piece]) -> bool:
    """Tell whether a piece stands under one cell of the row at most, and neither is a figure."""
    return sum(p.over(piece) for p in row) <= 1 and not any(_FIGURES.fullmatch(p.text) for p in (piece, *own))


def _is_full(cut: Sequence[tuple[_Piece, ...]], taken: Sequence[int], piece: _Piece, after: _Piece) -> bool:
    """Tell whether the first letter of what comes after had no room left beside a piece in its column."""
    most = _column(cut, taken, piece)
    return piece.wide + _width(after.text[0], _FULL) > most and after.wide <= most


def _column(cut: Sequence[tuple[_Piece, ...]], taken: Sequence[int], piece: _Piece) -> int:
    """Return how wide the column of a piece is: its widest piece in the like rows near by and in those lines taken."""
    low, high = max(0, min(taken) - _NEAR), max(taken) + _NEAR + 1
    least = max(_ROW, max(len(cut[k]) for k in taken) * 3 // 4)
    lines = [*taken, *(k for k in range(low, min(high, len(cut))) if len(cut[k]) >= least)]
    near = (p for k in lines for p in cut[k] if p.over(piece))
    return max((p.wide for p in near if _under(p, piece)), default=piece.wide)


def _under(one: _Piece, other: _Piece) -> bool:
    """Tell whether two pieces begin at one position, or stand around one middle."""
    middle = abs(one.start + one.end - other.start - other.end)
    return abs(one.start - other.start) < _SLACK or middle <= _SLACK


def _whole(cut: Sequence[tuple[_Piece, ...]], taken: Sequence[int], row: int) -> list[str] | None:
    """Return the cells of a row with what ran over; None where a piece stands under none of them."""
    cells = [list[str]() for _ in cut[row]]
    for k in taken:
        for piece in cut[k]:
            at = [n for n, own in enumerate(cut[row]) if own.over(piece)]
            if len(at) != 1:
                return None
            cells[at[0]].append(piece.text)
    return ["".join(texts) for texts in cells]
