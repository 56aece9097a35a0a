"""Every character of a paper has a glyph, or we say which has none and where it stands."""

from collections.abc import Iterable, Iterator, Sequence

from jixiao.errors import UnreadableError
from jixiao.formats.cell_text import tidy
from jixiao.formats.pdf.typefaces import REMEDY, Typefaces, lending, lent, typefaces
from jixiao.layout import Layout, Line

SPACES = frozenset(map(ord, " \t\n\u3000"))


def letters(layouts: Sequence[Layout]) -> Typefaces:
    """Return fonts that have every character of some papers.

    Raises:
        UnreadableError: no font has one of them; the sentence names it and its place.
    """
    faces = typefaces()
    missing = {ord(char) for layout in layouts for char in _used(layout)} - faces.points - SPACES
    if not missing:
        return faces
    lenders = {point: lending(point) for point in sorted(missing)}
    nowhere = [chr(point) for point, family in lenders.items() if family is None]
    if nowhere:
        raise UnreadableError(_told(nowhere[0], layouts))
    return lent(frozenset(family for family in lenders.values() if family is not None))


def _used(layout: Layout) -> set[str]:
    return set[str]().union(layout.name, *(tidy(text) for _, text in _texts(layout)))


def _texts(layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield each text with the words for where it stands."""
    lines = tables = 0
    for block in layout.blocks:
        if isinstance(block, Line):
            lines += 1
            yield f"第 {lines} 段", block.text
            continue
        tables += 1
        for cell in block.cells:
            yield f"第 {tables} 个表第 {cell.row + 1} 行第 {cell.column + 1} 列", cell.text


def _told(char: str, layouts: Iterable[Layout]) -> str:
    name, place = next(
        ((one.name, place) for one in layouts for place, text in _texts(one) if char in text),
        (next(iter(layouts)).name, "名称"),
    )
    return (
        f"“{name}”{place}有一个字写不进 PDF：{char}（U+{ord(char):04X}），随程序的字体和系统里的字体都没有它。"
        f"请改用通行的字，或{REMEDY.removeprefix('请')}。"
    )
