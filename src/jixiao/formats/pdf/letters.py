"""Every character of a paper has a glyph, or we say which has none and where it stands."""

import unicodedata
from collections.abc import Iterator, Sequence

from jixiao.errors import UnreadableError
from jixiao.formats.charting import svg
from jixiao.formats.pdf.tabling import shown
from jixiao.formats.pdf.typefaces import Typefaces, lending, lent, typefaces
from jixiao.layout import Layout, Line

SPACES = frozenset(map(ord, " \n\u3000"))
PRIVATE = "Co"  # the category of characters that mean something else in each office


def letters(layouts: Sequence[Layout]) -> Typefaces:
    """Return fonts that have every character of some papers.

    Raises:
        UnreadableError: no font has one of them; the sentence names it and its place.
    """
    faces = typefaces()
    used = set[str]().union(*(shown(text) for layout in layouts for _, text in _texts(layout)))
    missing = set(map(ord, used)) - faces.points - SPACES
    if not missing:
        return faces
    lenders = {point: _lender(point) for point in sorted(missing)}
    nowhere = next((chr(point) for point, family in lenders.items() if family is None), None)
    if nowhere is not None:
        raise UnreadableError(_told(nowhere, layouts))
    return lent(frozenset(family for family in lenders.values() if family is not None))


def _lender(point: int) -> str | None:
    return None if unicodedata.category(chr(point)) == PRIVATE else lending(point)


def _texts(layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield each text with the words for where it stands."""
    yield "的名称里", layout.name
    lines = tables = 0
    for block in layout.blocks:
        if isinstance(block, Line):
            lines += 1
            yield f"第 {lines} 段", block.text
            if block.chart is not None:
                yield f"第 {lines} 段的图", svg(block.chart)
            continue
        tables += 1
        for cell in block.cells:
            yield f"第 {tables} 个表第 {cell.row + 1} 行第 {cell.column + 1} 列", cell.text


def _told(char: str, layouts: Sequence[Layout]) -> str:
    name, place = next((one.name, place) for one in layouts for place, text in _texts(one) if char in text)
    shape = char if unicodedata.category(char) != PRIVATE else "自造字"
    return (
        f"“{name}”{place}有一个字写不进 PDF：{shape}（U+{ord(char):04X}），随程序的字体和系统里的字体都没有它。"
        "请改用通行的字，或安装有这个字的字体后再试，或改为输出 docx。"
    )
