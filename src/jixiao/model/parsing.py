"""Cells of a self-evaluation table as values: what 指标值 demands and what 实际完成值 states.

The one door for parsing: figures come from quantities.py, moments from moments.py. Nothing here raises; a cell that can
be taken in two ways is Unclear, with the Chinese reason.
"""

import re
from dataclasses import dataclass, replace

from jixiao.expressions import expression
from jixiao.model.figure import PERCENT, Figure, Unit, tidy, unit_named
from jixiao.model.moments import is_dotted_month, meets, moments_in, parse_moment
from jixiao.model.quantities import FoundFigure, find_figures, in_unit, parse_figure
from jixiao.model.target import (
    Actual,
    AtLeast,
    AtMost,
    Before,
    Between,
    Exactly,
    Moment,
    Qualitative,
    Target,
    Unclear,
)

__all__ = [
    "FoundFigure", "find_figures", "meets", "parse_actual", "parse_figure", "parse_moment", "parse_target",
]  # fmt: skip

_EMPTY = expression(r"[-—–―－_/\\*.…、~～]*")
_VERBS = (
    r"(?:达到?|完成|实现|为|约|共计?|合计|全年|预计|提升到?|提高到?|增长到?|控制|总数|总计|标准|:|,|指标值)*"
)
_SIGN = expression(
    r"(?P<least>≥|≧|⩾|≮|>=|=>|>＝|不(?:得|能|应)?(?:低|少|小)于|至少|最低|最少|大于[或(及]{0,2}等于\)?|高于或等于)"
    r"|(?P<most>≤|≦|⩽|≯|<=|=<|不(?:得|能|应)?(?:超过?出?|高于|大于|多于|突破)|至多|最多|最高|小于[或(及]{0,2}等于\)?|低于或等于"
    r"|控制在)"
    r"|(?P<over>>|(?<!不)(?:大于|超过|高于|多于))"
    r"|(?P<under><|(?<!不)(?:小于|低于|少于))"
    r"|(?P<equal>=|═|等于|≈)",
)
_SUFFIX = expression(
    r"(?:\(含(?:本数)?\)|含)?(?:(?P<least>(?:及|或)?其?(?:以上|之上))|(?P<most>(?:及|或)?其?(?:以下|以内|之内|之下)|内(?![容部外])))"
)
_DEADLINE = expression(r"前|底|末|内|止|截[止至]|完成(?!率|情况|任务|质量)|完工|竣工|[≤≦<]|=<")
_RANGE = expression(r"(?:\(含\))?(?:[-~—–～－]+|至|到)(?:\(不?含\))?")
_WITHIN = expression(r"(?:<=?|≤)[A-Za-z㐀-鿿]{0,4}(?:<=?|≤)")
_REMARK = expression(r"\((?!或?等于\)|不?含\))[^()]*\)")
_RECURRENT = expression(r"[每各次当][个]?(?:月|季度?|年)(?:度|份)?[末底初]?\d{0,2}[日号]")
_PAIR = 2
_COLUMN_SIGNS = {
    "正向": "least", "正向指标": "least", "反向": "most", "反向指标": "most", "逆向": "most", "逆向指标": "most",
    "负向": "most", "负向指标": "most",
}  # fmt: skip
_IN_WORDS = expression(r"定性|文字|文本|描述")
_HEDGE_BEFORE = expression(
    r"([≥≧⩾>≤≦⩽<≈]=?|=[><]|不(?:低|少|小|高|大|多)于|不(?:足|到|超过)|未(?:达到?|满)|至少|至多|最[高低多少]|大约|接近|将近|超过|超"
    r"|大于|小于|高于|低于|多于|少于|(?<![节预制契公])约|(?<![附最临远])近)(?:达到?|为|了|到|:)?$",
)
_HEDGE_AFTER = expression(r"^(?:\(含\)|含)?(?:及|或)?其?(以[上下内]|左右|上下|余|多(?![种样项])|\+)")
_LATEX = {
    r"\geq": "≥",
    r"\ge": "≥",
    r"\leq": "≤",
    r"\le": "≤",
    r"\sim": "~",
    r"\times": "×",
    r"\%": "%",
    "$": "",
}
_SAYS = {"least": "≥", "most": "≤", "over": ">", "under": "<", "equal": "="}
_LOOSE_WORDS = 10


@dataclass(frozen=True, slots=True)
class _Cell:
    """A target cell on its way: the printed `text`, its tidied `plain` form, the sign and unit columns beside it."""

    text: str
    plain: str
    sign: str
    unit: Unit | None


def parse_target(text: str, *, sign: str | None = None, unit: str | None = None) -> Target | None:
    """Read a target cell (指标值) with the sign and unit columns beside it, where the form has them.

    None for an empty cell or a mere dash. A figure without a sign is Exactly with `stated` False; a cell with several
    figures that aren't an interval, or with a sign and no figure, is Unclear.
    """
    plain = _plain(text)
    if _EMPTY.fullmatch(plain):
        return None
    column = _plain(sign or "")
    if unit is None and is_dotted_month(plain):
        plain = plain.replace(".", "-")
    if _IN_WORDS.search(column):
        return Qualitative(text)
    cell = _Cell(text, plain, _column_sign(column), _column_unit(unit))
    own = _SIGN.search(plain)
    if cell.sign and own is not None and own.lastgroup != cell.sign and column not in _COLUMN_SIGNS:
        return Unclear(text, f"符号栏是“{sign}”，指标值里又写“{own[0]}”，不知以哪个为准")
    return _deadline(cell) or _comparison(cell)


def _plain(text: str) -> str:
    """Tidy a cell; numbers that only a space parts stay two numbers."""
    plain = tidy(re.sub(r"(?<=\d)\s+(?=[\d.])", ";", text))
    if "$" in plain or "\\" in plain:
        for word, char in _LATEX.items():
            plain = plain.replace(word, char)
    return plain


def _column_sign(column: str) -> str:
    if column in _COLUMN_SIGNS:
        return _COLUMN_SIGNS[column]
    match = _SIGN.search(column)
    return (match.lastgroup or "") if match is not None else ""


def _column_unit(unit: str | None) -> Unit | None:
    name = tidy(unit or "")
    if _EMPTY.fullmatch(name) or name == "无":
        return None
    return PERCENT if name in {"%(百分比)", "百分比(%)", "百分号"} else unit_named(name)


def _deadline(cell: _Cell) -> Target | None:
    """Read a time limit; None when the cell holds no moment or also a figure."""
    moments = moments_in(cell.plain)
    if not moments:
        return None
    rest = _without(cell.plain, moments)
    if find_figures(rest) or re.search(r"[≥≧>]", rest + _SAYS.get(cell.sign, "")):
        return (
            None if find_figures(rest) else Unclear(cell.text, "日期前的符号是“≥”，不知是最早还是最晚的期限")
        )
    last = moments[-1]
    words = cell.plain[last[1] :]
    if not rest or _DEADLINE.search(rest + words) or cell.sign in {"most", "under", "equal"}:
        return Before(cell.text, _limit(last[0], cell.plain[last[2] :]))
    return None


def _without(plain: str, moments: tuple[tuple[Moment, int, int], ...]) -> str:
    for _, start, end in reversed(moments):
        plain = plain[:start] + plain[end:]
    return plain


def _limit(moment: Moment, after: str) -> Moment:
    """Narrow a month by 上旬, 中旬: the last day that still meets it."""
    day = {"上旬": 10, "中旬": 20}.get(after[:2])
    return replace(moment, day=day) if day and moment.month and moment.day is None else moment


def _comparison(cell: _Cell) -> Target:
    body = _REMARK.sub("", cell.plain) or cell.plain
    bounds = _bounds(cell.plain)
    figures = find_figures(bounds or body)
    if _RECURRENT.search(body):
        return Qualitative(cell.text)
    if len(figures) == _PAIR:
        return _interval(cell, bounds or body, figures)
    whole = _whole(body, cell.unit)
    if whole is not None:
        return _by_sign(cell, *whole)
    if len(figures) > 1:
        printed = "、".join(str(found.figure) for found in figures[:4])
        return Unclear(cell.text, f"写了 {len(figures)} 个数值（{printed}），不知以哪个为准")
    return _single(cell, body, figures[0]) if figures else _wordy(cell, body)


def _bounds(plain: str) -> str:
    """Return the inside of a bracketed interval [80,90), empty when it isn't one."""
    match = re.fullmatch(r"[\[(](\d[^\[\]()]*),(\d[^\[\]()]*)[\])](.*)", plain)
    return f"{match[1]}~{match[2]}{match[3]}" if match is not None else ""


def _whole(body: str, unit: Unit | None) -> tuple[Figure, str, str] | None:
    """Read a cell that is sign, number and any word: the figure, its sign's name and its hedge."""
    sign = _SIGN.search(body)
    rest = body[sign.end() :] if sign is not None else body
    if sign is not None and not re.fullmatch(_VERBS, body[: sign.start()]):
        return None
    rest = re.sub(rf"^{_VERBS}", "", rest)
    suffix = _SUFFIX.search(rest)
    core = rest[: suffix.start()] if suffix is not None else re.sub(r"(左右|上下|完成|达标)$", "", rest)
    figure = parse_figure(core, unit=unit)
    if figure is None:
        return None
    return figure, _named(sign), _named(suffix)


def _named(match: re.Match[str] | None) -> str:
    return (match.lastgroup or "") if match is not None else ""


def _single(cell: _Cell, body: str, found: FoundFigure) -> Target:
    """Read the one figure inside a sentence, by the sign just before or the word just behind it."""
    before, after = body[: found.start], body[found.end :]
    signs = list(_SIGN.finditer(before))
    sign = signs[-1] if signs and re.fullmatch(_VERBS, before[signs[-1].end() :]) else None
    suffix = _SUFFIX.match(re.sub(r"^[㐀-鿿]{0,4}?(?=以[上下内]|之内)", "", after))
    if sign is None and suffix is None and not cell.sign and len(before + after) > _LOOSE_WORDS:
        return Unclear(cell.text, f"文字里带着一个数值“{found.figure}”，不知它是不是要比较的指标值")
    return _by_sign(cell, in_unit(found.figure, cell.unit), _named(sign), _named(suffix))


def _by_sign(cell: _Cell, figure: Figure, sign: str, suffix: str) -> Target:
    ends = {name for name in (sign.replace("over", "least").replace("under", "most"), suffix) if name}
    if ends == {"least", "most"}:
        return Unclear(cell.text, "前面的符号与后面的“以上”“以内”方向相反")
    match suffix or sign or cell.sign:
        case "least" | "over" as way:
            return AtLeast(cell.text, figure, strict=way == "over")
        case "most" | "under" as way:
            return AtMost(cell.text, figure, strict=way == "under")
        case way:
            return Exactly(cell.text, figure, stated=way == "equal")


def _interval(cell: _Cell, body: str, figures: tuple[FoundFigure, ...]) -> Target:
    first, second = figures
    between = body[first.end : second.start]
    low, high = _alike(first.figure, second.figure, cell.unit)
    spoken = between in {"和", "与"} and re.search(r"介于|之间", body)
    joined = (spoken or _RANGE.fullmatch(between) or _WITHIN.fullmatch(between)) and not _SIGN.search(
        body[: first.start]
    )
    signs = _SIGN.search(body[: first.start]), _SIGN.search(between)
    if not joined and not (_named(signs[0]) in {"least", "over"} and _named(signs[1]) in {"most", "under"}):
        return Unclear(cell.text, f"写了两个数值（{first.figure}、{second.figure}），不知以哪个为准")
    if low.unit != high.unit and (low.unit is None or high.unit is None or low.unit.kind != high.unit.kind):
        return Unclear(cell.text, f"区间两端单位不同（{low}、{high}）")
    if low.exact > high.exact:
        return Unclear(cell.text, f"区间两端从大到小（{low}、{high}），像是定性指标的档次")
    return Between(cell.text, low, high)


def _alike(first: Figure, second: Figure, unit: Unit | None) -> tuple[Figure, Figure]:
    """Give both ends of an interval the unit that only one of them, or the column, prints."""
    return in_unit(first, second.unit or unit), in_unit(second, first.unit or unit)


def _wordy(cell: _Cell, body: str) -> Target:
    sign = _SIGN.search(body)
    if sign is not None and re.fullmatch(r"[^㐀-鿿]", sign[0][0]):
        return Unclear(cell.text, f"有符号“{sign[0]}”而没有数值")
    return Qualitative(cell.text)


def parse_actual(text: str, *, unit: str | None = None) -> Actual | None:
    """Read a result cell (实际完成值): its figure and its moment where it states exactly one of them.

    None for an empty cell or a mere dash. A tier's label (100%-80%(含)) and several figures leave `figure` None;
    `hedged` is the word (至少, 以上, ≥) that makes the figure less than a statement.
    """
    plain = _plain(text)
    if _EMPTY.fullmatch(plain):
        return None
    moments = moments_in(plain)
    moment = moments[-1][0] if len(moments) == 1 else parse_moment(text)
    column = _column_unit(unit)
    if column is None and is_dotted_month(plain):
        return Actual(text, None, moment)
    whole = parse_figure(text, unit=column)
    if whole is not None:
        return Actual(text, whole)
    body = _REMARK.sub("", plain) or plain
    figures = find_figures(body)
    if len(figures) != 1:
        return _odd_result(text, body, column, moment) if not figures else Actual(text, None, moment)
    found = figures[0]
    hedge = found.hedge or _hedge(body[: found.start], body[found.end :]) or _some_tens(body, found.start)
    return Actual(text, in_unit(found.figure, column), moment, hedge)


def _odd_result(text: str, body: str, unit: Unit | None, moment: Moment | None) -> Actual:
    """Read a result whose number only stands out once its sign and suffix are off: ≥2023, 约二十人."""
    cell = _whole(body, unit)
    if cell is None:
        return Actual(text, None, moment)
    suffix = _SUFFIX.search(body)
    sign = _SIGN.match(body)
    hedge = sign[0] if sign is not None and _named(sign) != "equal" else ""
    return Actual(text, cell[0], moment, hedge or (suffix[0] if suffix is not None else ""))


def _some_tens(body: str, at: int) -> str:
    """Return the word that makes a ten some tens: 几 of 几十人, 数 of 数百户; "" for a number of its own."""
    return body[at - 1] if at and body[at] in "十百千万" and body[at - 1] in "几数上好" else ""


def _hedge(before: str, after: str) -> str:
    match = _HEDGE_BEFORE.search(before) or _HEDGE_AFTER.search(after)
    return match[1] if match is not None else ""
