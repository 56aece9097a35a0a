"""Numbers as papers print them: an exact value, half of its last printed place, and a unit.

Holds the one rounding function. "9.92 万元" leaves 50 元 open on either side; comparisons use that interval, so that
a rate computed from rounded amounts is agreement and not an error.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from jixiao.expressions import expression
from jixiao.model.asked import asked_once

_WIDE = Context(prec=200)
_scaled = _WIDE.scaleb
_ONE = Fraction(1)
_HALF = Decimal("0.5")
_WAN_SCALE = Fraction(10_000)
_INVISIBLE = expression(r"[\u200b-\u200d\u2060\ufeff]+")
# All but what stays as it is: the signs that keep their form, ideographs and the commonest marks.
_CHANGEABLE = expression(r"[^\x00-\x7f²³㎡㎥…①-⓿㈠-㉃㐀-鿿、。〇《》【】〔〕“”‘’—·≥≤×÷]+")
_HALF_WIDTH = {sign: unicodedata.normalize("NFKC", sign) for sign in "，：；（）％！？＋－／．＝～＜＞"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: `name` as printed, `kind` (what it measures), `scale` into that kind's base unit."""

    name: str
    kind: str
    scale: Fraction = Fraction(1)

    def __hash__(self) -> int:
        """Two units of one name are rarely two."""
        return hash(self.name)


YUAN = Unit("元", "money")
WAN = Unit("万元", "money", Fraction(10_000))
PERCENT = Unit("%", "ratio", Fraction(1, 100))
_SCALES: Mapping[str, Mapping[str, Fraction]] = {
    "money": {"元": Fraction(1), "百元": Fraction(100), "千元": Fraction(1000), "万元": Fraction(10_000),
              "十万元": Fraction(10**5), "百万元": Fraction(10**6), "千万元": Fraction(10**7), "亿元": Fraction(10**8)},
    "ratio": {"%": Fraction(1, 100), "‰": Fraction(1, 1000), "百分比": Fraction(1, 100)},
    "point": {"百分点": Fraction(1, 100), "个百分点": Fraction(1, 100)},
    "length": {"米": Fraction(1), "m": Fraction(1), "公里": Fraction(1000), "千米": Fraction(1000),
               "km": Fraction(1000), "厘米": Fraction(1, 100), "毫米": Fraction(1, 1000)},
    "area": {"平方米": Fraction(1), "平米": Fraction(1), "㎡": Fraction(1), "m²": Fraction(1), "m2": Fraction(1),
             "亩": Fraction(2000, 3), "公顷": Fraction(10_000), "平方公里": Fraction(10**6),
             "平方千米": Fraction(10**6)},
    "volume": {"立方米": Fraction(1), "立方": Fraction(1), "方": Fraction(1), "m³": Fraction(1), "m3": Fraction(1)},
    "weight": {"公斤": Fraction(1), "千克": Fraction(1), "kg": Fraction(1), "吨": Fraction(1000), "斤": Fraction(1, 2)},
    "duration": {"分钟": Fraction(1), "小时": Fraction(60), "个小时": Fraction(60), "天": Fraction(1440),
                 "日": Fraction(1440)},
    "months": {"个月": Fraction(1), "年": Fraction(12)},
    "人": {"人": Fraction(1), "名": Fraction(1), "位": Fraction(1)},
}  # fmt: skip
UNITS = {name: Unit(name, kind, scale) for kind, scales in _SCALES.items() for name, scale in scales.items()}
_CONTINUOUS = frozenset({"money", "ratio", "point", "length", "area", "volume", "weight"})
_COUNTERS = (
    "人次", "人天", "人月", "户次", "户", "家", "个工作日", "工作日", "个", "次", "项", "件", "条", "台次",
    "台套", "台", "套", "辆次", "辆", "架次", "架", "艘", "处", "座", "栋", "幢", "间", "所", "块", "片",
    "张", "份", "本", "册", "篇", "期", "批次", "批", "场次", "场", "届", "班次", "班", "组", "队", "支",
    "只", "头", "匹", "羽", "尾", "株", "棵", "盏", "根", "口", "眼", "具", "例", "起", "宗", "笔", "单",
    "种", "类", "款", "门", "课时", "学时", "节", "轮", "趟", "车次", "车", "床", "箱", "袋", "瓶", "包",
    "桶", "盒", "双", "对", "副", "把", "面", "幅", "枚", "颗", "粒", "部", "集", "首", "版", "页", "字",
    "分", "级", "村", "镇", "乡", "街道", "社区", "学校", "度", "千瓦时", "千瓦", "兆瓦", "标准箱", "标箱",
    "周", "星期", "季度", "学期", "元", "倍", "成",
)  # fmt: skip
# The measure words that are known, the longest first: what follows a figure in a sentence is a unit when it is one.
MEASURES = tuple(sorted({*UNITS, *_COUNTERS}, key=lambda word: (-len(word), word)))
_MEASURE = expression("|".join(map(re.escape, MEASURES)))
_SCALED = expression(r"([十百千]?[万亿]|[百千](?=[人户亩吨件套份]))(.+)")
_BRACKETED = expression(r"(.+?)[(（](.+)[)）]")


def unit_named(name: str) -> Unit:
    """Return the unit printed as `name`; a word not in UNITS is a count of its own kind (人次, 公里/年).

    A leading 万, 亿, 千, 百 before a counted thing scales it: 万人次 is 10,000 人次. The noun behind a measure word
    doesn't change the kind (个村 is counted in 个); a standard (元/人·月) is of the kind of its parts (money/人/月).
    """
    known = UNITS.get(name)
    if known is not None:
        return known
    bracketed = _BRACKETED.fullmatch(name)
    if bracketed is not None:
        return UNITS.get(bracketed[1]) or UNITS.get(bracketed[2]) or Unit(name, unit_named(bracketed[1]).kind)
    head, slash, per = re.sub(r"[每·*×.、]", "/", name).partition("/")
    if slash and head:
        part = unit_named(head)
        return Unit(name, "/".join((part.kind, *sorted(word for word in per.split("/") if word))), part.scale)
    scaled = _SCALED.fullmatch(name)
    if scaled is not None:
        part = unit_named(scaled[2])
        return Unit(name, part.kind, part.scale * _factor(scaled[1]))
    measured = _MEASURE.match(name)
    head = measured[0] if measured is not None else name
    return Unit(
        name, UNITS[head].kind if head in UNITS else head, UNITS[head].scale if head in UNITS else Fraction(1)
    )


def _factor(word: str) -> Fraction:
    factors = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 10**8}
    return Fraction(math.prod(factors[char] for char in word))


@dataclass(frozen=True)
class Figure:
    """A printed number: `value` and `half` (half its last printed place) in `unit`; unit None where none is printed.

    `exact`, `low` and `high` are the printed value and the ends of what it leaves open, in the base unit (元, 1 for a
    rate of 1). The upper end is excluded by half-up rounding, but kept: the doubt is the author's. They are worked out
    when they are first asked for, once: most figures of a text are read and never compared.
    """

    value: Decimal
    half: Decimal = Decimal(0)
    unit: Unit | None = None

    @asked_once
    def exact(self) -> Fraction:
        """The printed value in the base unit."""
        return self._in_base(0)

    @asked_once
    def low(self) -> Fraction:
        """The lowest value that may stand behind the print, in the base unit."""
        return self._in_base(-1) if self.half else self.exact

    @asked_once
    def high(self) -> Fraction:
        """The highest."""
        return self._in_base(1) if self.half else self.exact

    def _in_base(self, halves: int) -> Fraction:
        """Return value + `halves` × half in the base unit."""
        n, d = self.value.as_integer_ratio()
        if halves:
            h, k = self.half.as_integer_ratio()
            n, d = n * k + halves * h * d, d * k
        if self.unit is None:
            return Fraction(n, d)
        up, down = self.unit.scale.as_integer_ratio()
        return Fraction(n * up, d * down)

    @property
    def scale(self) -> Fraction:
        """The factor into the base unit (元, 1 for a rate of 1); 1 without a unit."""
        return self.unit.scale if self.unit is not None else _ONE

    def agrees_with(self, other: "Figure") -> bool:
        """Tell whether one true value can stand behind both prints; figures of unlike kinds never agree."""
        if self.unit is not None and other.unit is not None and self.unit.kind != other.unit.kind:
            return False
        if self.value == other.value and (self.unit is other.unit or self.scale == other.scale):
            return True
        return at_most(self.low, other.high) and at_most(other.low, self.high)

    def __str__(self) -> str:
        """Return the figure as printed: the exact digits and the unit."""
        return f"{self.value:f}{self.unit.name if self.unit else ''}"


def at_most(one: Fraction, other: Fraction) -> bool:
    """Compare as `<=` does, without its dispatch on other kinds of number: figures are compared by the thousand."""
    (n, d), (m, e) = one.as_integer_ratio(), other.as_integer_ratio()
    return n * e <= m * d


def half_up(value: Fraction | Decimal | int, places: int) -> Decimal:
    """Round half away from zero to `places` decimals: the only rounding in jixiao. 8.845 gives 8.85."""
    return half_up_of(*value.as_integer_ratio(), places)


def half_up_of(over: int, under: int, places: int) -> Decimal:
    """Round `over` ÷ `under` half away from zero to `places` decimals; `under` is above 0."""
    units = (2 * abs(over) * 10**places + under) // (2 * under)
    return _scaled(Decimal(units if over >= 0 else -units), -places)


def figure_of(digits: str, unit: Unit | None = None) -> Figure:
    """Make a Figure of plain digits (no commas or signs but "-"), its precision read from them: "9.92" leaves 0.005.

    What is counted (17人) is exact when it is printed without decimals; amounts, rates and measures never are.
    """
    places = len(digits.partition(".")[2])
    if places:
        return Figure(Decimal(digits), Decimal(5).scaleb(-places - 1), unit)
    counted = unit is not None and unit.kind not in _CONTINUOUS and unit.scale < _WAN_SCALE
    return Figure(Decimal(digits), Decimal(0) if counted else _HALF, unit)


def sum_of(figures: Iterable[Figure]) -> Figure:
    """Add figures of one kind in the unit of the first; the open halves add up too. Empty gives 0 without a unit."""
    listed = tuple(figures)
    if len(listed) == 1:
        return listed[0]
    if not listed:
        return Figure(Decimal(0))
    unit, scale = listed[0].unit, listed[0].scale
    if all(f.unit is unit or f.unit == unit for f in listed):
        return Figure(
            sum((f.value for f in listed), Decimal(0)), sum((f.half for f in listed), Decimal(0)), unit
        )
    value = sum((f.exact for f in listed), Fraction(0)) / scale
    half = sum((Fraction(f.half) * f.scale for f in listed), Fraction(0)) / scale
    return Figure(decimal_of(value), decimal_of(half), unit)


def adds_up_plainly(parts: Iterable[Figure], total: Figure) -> bool:
    """Tell whether figures printed in one unit add up to the last digit; where not, they may still agree."""
    whole, unit = Decimal(0), total.unit
    for part in parts:
        if part.unit is not unit:
            return False
        whole += part.value
    return whole == total.value


def decimal_of(value: Fraction) -> Decimal:
    """Return the ratio as a Decimal of 200 digits: exact for every sum of printed amounts."""
    return _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))


def tidy(text: str) -> str:
    """Return `text` in the half-width form that parsers look at (ＮＦＫＣ, minus signs, no spaces); never shown.

    Square and cubic units and circled numbers keep their form, so that no digit appears that the paper doesn't print.
    """
    plain = text if text.isascii() else _CHANGEABLE.sub(_half_width, text)
    return "".join(plain.split())


def _half_width(found: re.Match[str]) -> str:
    signs = found[0]
    known = _HALF_WIDTH.get(signs)
    return known or _INVISIBLE.sub("", unicodedata.normalize("NFKC", signs)).replace("−", "-")
