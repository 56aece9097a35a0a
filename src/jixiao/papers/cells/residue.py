"""What is left of the blank form in a table's cells: 指标2：, ……, 问题：1. 2. …..

A cell that only numbers an indicator is left over where its row says nothing else.
"""

from collections.abc import Iterable

from jixiao.expressions import expression
from jixiao.papers.cells.fits import is_level1, is_level2
from jixiao.papers.scoring_rows import Piece

_DOTS = expression(r"[.．…·]{2,}|…")
_NUMBERED = expression(r"指标\d+[:：.、]?")
_BARE = r"[\d.．、…·()]*[.．…·]{2,}[\d.．、…·()]*"
_ASKED = expression(rf"(?:(?:存在(?:的)?|主要)?问题|(?:改进|整改)?措施|(?:偏差)?原因|建议)[:：]{_BARE}")
_ASKED_ALL = expression(rf"(?:{_ASKED.pattern})+")


def residue_of(rows: Iterable[tuple[Piece, ...]]) -> tuple[str, ...]:
    """Return the cells of a table that the blank form printed and nobody filled in, in reading order."""
    return tuple(piece.text for row in rows for piece in row if _is_left(piece, row))


def _is_left(piece: Piece, row: tuple[Piece, ...]) -> bool:
    if _DOTS.fullmatch(piece.plain) or _ASKED_ALL.fullmatch(piece.plain):
        return True
    return _NUMBERED.fullmatch(piece.plain) is not None and all(_says_nothing(p.plain) for p in row)


def _says_nothing(plain: str) -> bool:
    return bool(_NUMBERED.fullmatch(plain) or _DOTS.fullmatch(plain)) or is_level1(plain) or is_level2(plain)
