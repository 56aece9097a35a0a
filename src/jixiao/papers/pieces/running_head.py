"""The head of a page that a conversion left in the text: it looks like a title, and begins no paper."""

import re
from collections.abc import Sequence

from jixiao.expressions import expression
from jixiao.layout import Block, Line
from jixiao.papers.prose.narrative import numbered

_FIRST = expression(
    r"[^一二三四五六七八九十百\d]*(?:一|0?1)(?![一二三四五六七八九十百\d])[^一二三四五六七八九十百\d]*"
)
_CHAPTER = 1


def goes_on_below(blocks: Sequence[Block]) -> bool:
    """Tell whether what stands below a title goes on a paper: its first chapter is not the first of a paper."""
    opened = [n for b in blocks if isinstance(b, Line) and (n := numbered(b.text.strip())) is not None]
    first = next((number for level, number, _ in opened if level == _CHAPTER), "")
    return (
        bool(first)
        and _FIRST.fullmatch(first) is None
        and re.search(r"[二三四五六七八九十]|\d", first) is not None
    )
