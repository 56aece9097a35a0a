"""The fonts that pages are set in: those that came with the program, else those of the system.

宋 and 仿宋 are set in a serif, 黑 in a sans serif, and bold is drawn with an outline, as office programs do for a 宋
that has but one weight. Where the bundled fonts are not there, the usual ones of the system are taken; a character
that none of these has is looked for in every font of the system.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

from jixiao.errors import UnreadableError
from jixiao.formats.pdf.coverage import characters

FOLDER = Path(__file__).parent / "fonts"
BUNDLED = ("Noto Serif SC", "Noto Sans SC")
SERIFS = ("Noto Serif CJK SC", "Source Han Serif SC", "FangSong", "SimSun", "STFangsong", "Songti SC")
SANSES = ("Noto Sans CJK SC", "Source Han Sans SC", "SimHei", "Microsoft YaHei", "STHeiti", "PingFang SC")
SIGNS = "DejaVu Sans Mono"  # inside the typesetter itself
TICKS = frozenset(map(ord, "☐☑☒✓✔✗✘"))  # what is taken from there
REMEDY = "请安装一种中文字体后再试，例如 apt install fonts-noto-cjk，或改为输出 docx"


@dataclass(frozen=True, slots=True)
class Typefaces:
    """Fonts ready for the typesetter: the families in the order in which a character is looked for, what they have."""

    fonts: typst.Fonts
    serif: tuple[str, ...]
    sans: tuple[str, ...]
    points: frozenset[int]


@cache
def typefaces() -> Typefaces:
    """Return the fonts that pages are set in; found once, because looking at fonts takes longer than setting a page.

    Raises:
        UnreadableError: there is no Chinese font, neither bundled nor on the system.
    """
    if FOLDER.is_dir() and any(FOLDER.glob("*.ttf")):
        return _chosen(typst.Fonts(include_system_fonts=False, font_paths=[FOLDER]), *BUNDLED)
    fonts = typst.Fonts()
    there = set(fonts.families())
    serif, sans = (next((one for one in named if one in there), None) for named in (SERIFS, SANSES))
    if serif is None and sans is None:
        raise UnreadableError(f"写 PDF 要用的中文字体没有找到：随程序的字体不在，系统里也没有。{REMEDY}。")
    return _chosen(fonts, serif or sans or "", sans or serif or "")


@cache
def lending(point: int) -> str | None:
    """Return the family of the system that has a glyph for a code point, the first by name; None where none has."""
    fonts = sorted(typst.Fonts().fonts(), key=lambda one: (one.family, one.weight != 400, one.index))  # noqa: PLR2004
    return next((font.family for font in fonts if point in _points_of(font.path, font.index)), None)


@cache
def lent(families: frozenset[str]) -> Typefaces:
    """Return the usual fonts with other families of the system behind them."""
    own = typefaces()
    fonts = typst.Fonts(font_paths=[FOLDER] if FOLDER.is_dir() else [])
    more = tuple(sorted(families))
    points = own.points.union(*(_points_of(f.path, f.index) for f in fonts.fonts() if f.family in families))
    return Typefaces(fonts, (*own.serif, *more), (*own.sans, *more), points)


def _chosen(fonts: typst.Fonts, serif: str, sans: str) -> Typefaces:
    points = _had(fonts.fonts(), {serif, sans})
    return Typefaces(fonts, (serif, sans, SIGNS), (sans, serif, SIGNS), points | TICKS)


def _had(fonts: Iterable[typst.FontInfo], families: set[str]) -> frozenset[int]:
    found = (_points_of(font.path, font.index) for font in fonts if font.family in families)
    return frozenset[int]().union(*found)


@cache
def _points_of(path: str | None, index: int) -> frozenset[int]:
    if path is None:
        return frozenset()
    try:
        return characters(Path(path), index)
    except (OSError, ValueError):
        return frozenset()
