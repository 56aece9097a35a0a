"""Puts the text of a report together again that tables between its chapters cut into pieces."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from jixiao.expressions import expression
from jixiao.layout import Block, Line
from jixiao.papers.pieces.cutting import Table, Text
from jixiao.papers.words import folded

_CHAPTER = expression(r"(?P<open>\(?)(?P<number>[一二三四五六七八九十]{1,3})[、)]")
_DIGITS = "一二三四五六七八九"


def with_whole_reports(
    parts: Sequence[Table | Text], begins: Callable[[tuple[Block, ...]], bool]
) -> tuple[Table | Text, ...]:
    """Return the parts, each piece of text whose first chapter follows the report's last put behind it.

    `begins` tells a text that is a paper of its own. The tables stay papers of their own.
    """
    kept: list[Table | Text] = []
    own: int | None = None
    for part in parts:
        report = kept[own] if own is not None else None
        if not isinstance(part, Text):
            kept.append(part)
        elif begins(part.blocks):
            own = len(kept)
            kept.append(part)
        elif own is not None and isinstance(report, Text) and _follows(report.blocks, part.blocks):
            kept[own] = replace(report, blocks=(*report.blocks, *part.blocks))
        else:
            kept.append(part)
    return tuple(kept)


def _follows(before: Sequence[Block], after: Sequence[Block]) -> bool:
    """Tell whether the first chapter of a text is the next of its kind: 四、 after 三、, （二） after （一）.

    A report that told nothing but its summary so far goes on with 一、.
    """
    first, told = next(iter(_chapters(after)), None), _chapters(before)
    if first is None:
        return False
    last = [number for kind, number in told if kind == first[0]]
    return first[1] == (last[-1] + 1 if last else 1) and (bool(last) or not told)


def _chapters(blocks: Sequence[Block]) -> list[tuple[str, int]]:
    hits = (_CHAPTER.match(folded(b.text)) for b in blocks if isinstance(b, Line))
    return [(hit["open"], _number(hit["number"])) for hit in hits if hit]


def _number(said: str) -> int:
    """Return the number of a chapter: 三 3, 十 10, 十二 12; 0 for what is none."""
    tens, ten, units = said.rpartition("十")
    if len(tens) > 1 or len(units) > 1:
        return 0
    low = _DIGITS.find(units) + 1 if units else 0
    high = (_DIGITS.find(tens) + 1 if tens else 1) if ten else 0
    return 10 * high + low
