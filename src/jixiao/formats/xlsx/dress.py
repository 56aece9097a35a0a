"""How cells of a workbook are dressed: each way is numbered at its first use, and the part of styles lists them.

Fonts are named as offices name them; where one is missing, the program that opens the book takes another.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from jixiao.formats.packing import escaped
from jixiao.formats.xlsx.number_format import BUILT_IN

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MEASURE = "Arial"  # whose figures columns are measured by: as wide in the free fonts that stand for it
SONG, TITLE_FONT, HEI, KAI = "宋体", "方正小标宋简体", "黑体", "楷体_GB2312"
TINT = "FFFFF8E5"  # of what is to be filled in: seen on a screen, hardly on paper
MARK = "FFFFF2AB"  # of a blank that must not go out as it stands
SIDES = "".join(
    f'<{side} style="thin"><color indexed="64"/></{side}>' for side in ("left", "right", "top", "bottom")
)
FIRST_OWN_FORMAT = 164
KNOWN_FORMATS = {BUILT_IN[number]: number for number in (0, 1, 2, 3, 4, 9, 10, 49)}


class Dress(NamedTuple):
    """One way to dress a cell: `size` in points; `across` is left, center or right; `code` its number format."""

    font: str = SONG
    size: int = 10
    across: str = "left"
    boxed: bool = True
    fill: str = ""
    code: str = "General"
    open: bool = False  # may be typed into although the sheet is protected
    quoted: bool = False  # stays text when somebody edits it, whatever it begins with
    shrunk: bool = False  # a number: made smaller rather than shown as ####


@dataclass(slots=True)
class Wardrobe:
    """The ways used so far; number 0 is what cells have that nobody dressed."""

    numbers: dict[Dress, int] = field(default_factory=lambda: {Dress(MEASURE, boxed=False): 0})

    def number(self, dress: Dress) -> int:
        """Return the number of a way to dress, a new one at its first use."""
        return self.numbers.setdefault(dress, len(self.numbers))

    def styles(self) -> str:
        """Write the part that lists all ways by their numbers."""
        dresses = list(self.numbers)
        fonts = list(dict.fromkeys((dress.font, dress.size) for dress in dresses))
        fills = list(dict.fromkeys(dress.fill for dress in dresses if dress.fill))
        codes = list(dict.fromkeys(dress.code for dress in dresses if dress.code not in KNOWN_FORMATS))
        formats = {**KNOWN_FORMATS, **{code: FIRST_OWN_FORMAT + n for n, code in enumerate(codes)}}
        listed = [_way(dress, fonts.index((dress.font, dress.size)), fills, formats) for dress in dresses]
        return (
            f'<styleSheet xmlns="{MAIN}">{_formats(codes)}{_fonts(fonts)}{_fills(fills)}'
            '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
            f"<border>{SIDES}<diagonal/></border></borders>"
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'<cellXfs count="{len(listed)}">{"".join(listed)}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
        )


def _formats(codes: list[str]) -> str:
    listed = "".join(
        f'<numFmt numFmtId="{FIRST_OWN_FORMAT + n}" formatCode="{escaped(code)}"/>'
        for n, code in enumerate(codes)
    )
    return f'<numFmts count="{len(codes)}">{listed}</numFmts>' if codes else ""


def _fonts(fonts: list[tuple[str, int]]) -> str:
    listed = "".join(
        f'<font><sz val="{size}"/><name val="{name}"/><charset val="134"/></font>' for name, size in fonts
    )
    return f'<fonts count="{len(fonts)}">{listed}</fonts>'


def _fills(colours: list[str]) -> str:
    kept = '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    listed = "".join(
        f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/>'
        '<bgColor indexed="64"/></patternFill></fill>'
        for colour in colours
    )
    return f'<fills count="{len(colours) + 2}">{kept}{listed}</fills>'


def _way(dress: Dress, font: int, fills: list[str], formats: dict[str, int]) -> str:
    fill = fills.index(dress.fill) + 2 if dress.fill else 0  # two are kept by the format itself
    quoted = ' quotePrefix="1"' if dress.quoted else ""
    fits = 'shrinkToFit="1"' if dress.shrunk else 'wrapText="1"'
    locked = '<protection locked="0"/>' if dress.open else ""
    applied = "".join(
        f' apply{what}="1"' for what in ("NumberFormat", "Font", "Fill", "Border", "Alignment", "Protection")
    )
    return (
        f'<xf numFmtId="{formats[dress.code]}" fontId="{font}" fillId="{fill}" borderId="{int(dress.boxed)}"'
        f' xfId="0"{quoted}{applied}>'
        f'<alignment horizontal="{dress.across}" vertical="center" {fits}/>{locked}</xf>'
    )
