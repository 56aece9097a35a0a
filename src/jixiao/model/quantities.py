"""Figures in text: one cell that is a number, or the numbers that a sentence states.

Signs (≥) and time limits stand in parsing.py; dates, document numbers and list numbers are never figures.
"""

import re
from dataclasses import dataclass, replace

from jixiao.expressions import expression
from jixiao.model.figure import MEASURES, PERCENT, YUAN, Figure, Unit, figure_of, tidy, unit_named
from jixiao.model.numerals import NUMERAL, numeral

_DIGITS = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_LETTER = r"A-Za-z㐀-鿿"
_PER = r"(?:每(?:个)?(?:工作日|季度|学期|[人户亩天日月年次吨座生台套间村周场班床])){1,3}(?:为|补助|补贴|发放|奖励)?"
_MEASURE = "|".join(re.escape(word) for word in MEASURES)
_KNOWN = rf"(?:[十百千]?[万亿]|[百千](?=[人户亩吨件套份]))?(?:{_MEASURE})"
_RATE = rf"(?:(?:/|每|[·*×、](?=[人户月年天]))(?:{_MEASURE}|月|生|镇|期)){{0,3}}"
_WORD = rf"(?:[{_LETTER}%‰℃㎡㎥²³/·*]|(?<=人)、(?=[月年天次])|(?<=m)[23]|\((?=含税\))含税\))"
_NOT_UNIT = expression(
    r"以[上下内前后]|左右|上下|之[上下内间]|[完达已未不均约至到前后内]|年度|号|^[月余多几]|其中|[的是为和及与或]|合格$|[>≥<≤=]",
)
_MEASURED = expression(_KNOWN + _RATE)
_NOT_COUNTED = frozenset("分级期成起面样度根例")  # 十分, 三级, 一期, 一面 are words
_CELL = expression(
    rf"(?P<per>{_PER})?(?P<yuan>[¥￥]|人民币)?(?P<sign>[-+])?"
    rf"(?:百分之(?P<share>[{NUMERAL}]+|{_DIGITS})|(?P<digits>{_DIGITS})|(?P<words>[{NUMERAL}]+))"
    rf"(?P<unit>{_WORD}{{0,14}}?)整?",
)
_YEAR = expression(r"(?:19|20)\d\d")
_HALF = {"一半": "50", "半数": "50"}


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure in a text, with its offsets there; `hedge` is a word inside it that blurs it (100多人: 多)."""

    figure: Figure
    start: int
    end: int
    hedge: str = ""


def parse_figure(text: str, *, unit: Unit | None = None) -> Figure | None:
    """Read a text that is one number with an optional unit, whatever word that is; None for everything else.

    Takes 7,710.00, ９５％, 百分之九十五, 两万元, 每人每月35元, -3; not 95%以上, 2023年, 12月, （3） or 3-5.
    `unit` is the unit of the column, for cells that print none: 20万 in a column of 元 is 20 万元.
    """
    if re.search(r"\d\s+[\d.]", text):
        return None
    plain = tidy(text)
    if plain in _HALF:
        return figure_of(_HALF[plain], PERCENT)
    match = _CELL.fullmatch(plain)
    return _read_cell(match, unit) if match is not None else None


def _read_cell(match: re.Match[str], unit: Unit | None) -> Figure | None:
    name = match["unit"]
    if match["share"] is not None:
        digits = _plain_digits(match["share"])
        return None if digits is None or name else figure_of((match["sign"] or "") + digits, PERCENT)
    if match["words"] is not None:
        return _read_words(match, unit)
    digits = match["digits"].replace(",", "")
    if _NOT_UNIT.search(name) or (name[:1] == "年" and _YEAR.fullmatch(digits)):
        return None
    if match["yuan"] and not name:
        name = YUAN.name
    return _with_unit((match["sign"] or "").strip("+") + digits, _per(match["per"], name), unit)


def _read_words(match: re.Match[str], unit: Unit | None) -> Figure | None:
    """Read a cell in Chinese numerals: only before a known measure word, so that 一般 and 十分满意 are words."""
    text, name = match["words"], match["unit"]
    if name in _NOT_COUNTED or (name and not _MEASURED.fullmatch(name)):
        return None
    scaled = re.fullmatch(r"([^万亿]+)([万亿])", text)
    if scaled is not None and numeral(scaled[1]) is not None:
        text, name = scaled[1], scaled[2] + name
    digits = numeral(text)
    if digits is None or (name[:1] == "年" and _YEAR.fullmatch(digits)):
        return None
    return _with_unit((match["sign"] or "").strip("+") + digits, _per(match["per"], name), unit)


def _plain_digits(text: str) -> str | None:
    if text in {"百", "一百"}:
        return "100"
    return text.replace(",", "") if text[0] in "0123456789." else numeral(text)


def _per(prefix: str | None, name: str) -> str:
    """Put the words before a standard behind its unit: 每人每月 and 元 give 元/人/月."""
    if not prefix:
        return name
    return name + "".join(
        f"/{word}" for word in re.sub(r"个|为|补助|补贴|发放|奖励", "", prefix).split("每") if word
    )


def _with_unit(digits: str, name: str, unit: Unit | None) -> Figure:
    """Make the figure; a bare 万 or 亿 belongs to the column's unit, and without one it is multiplied out."""
    scaled = re.fullmatch(r"([十百千]?[万亿]|[百千])(/.+)?", name)
    if not name:
        return figure_of(digits, unit)
    if scaled is None:
        return figure_of(digits, unit_named(name))
    counted = "" if unit is None else "元" if unit.kind == "money" else unit.name
    whole = figure_of(digits, unit_named(scaled[1] + (counted or "个") + (scaled[2] or "")))
    if counted or whole.unit is None:
        return whole
    scale = whole.unit.scale.numerator
    return Figure(whole.value * scale, figure_of(digits).half * scale)


_SKIPPED = (
    r"[〔\[(【（﹝]\s*(?:19|20)\d\d\s*(?:年\s*)?[〕\])】）﹞]\s*(?:第\s*)?\d*\s*号?",  # 〔2021〕5号
    r"第\s*\d+(?:\.\d+)?|\d+\s*号(?!楼)|(?:附件|附表|附录|表|图|注|目标|指标)\s*\d+\s*(?=[:：、）)]|\.(?!\d)|$)|附[件表]\s*\d+",
    r"(?:19|20)\d\d\s*年?\s*[-~—–至到]+\s*(?:19|20)\d\d\s*(?:年度?|学年)?",
    r"(?:19|20)\d\d[-/]\d{1,2}(?:[-/]\d{1,2})?(?![\d.%])|(?:19|20)\d\d\.\d{1,2}\.\d{1,2}(?!\d)",
    r"(?:19|20)\d\d\s*(?:年度|学年|年)\s*(?:\d{1,2}\s*[-~—–至到]+\s*)?(?:\d{1,2}\s*月份?(?:\s*\d{1,2}\s*[日号])?)?",
    r"(?:\d{1,2}\s*月?\s*[-~—–至到]+\s*)?(?<![\d.])\d{1,2}\s*月份?(?:\s*\d{1,2}\s*[日号])?",
    r"\d{1,2}[:：]\d\d(?!\d)|\d{1,2}\s*时\s*(?:\d{1,2}\s*分)?|24\s*小时制",
    r"(?:^|(?<=[\n。；;:：！？)）\s]))(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:[、．]|[.)](?!\d|\s*\d+%)|\.(?=(?:19|20)\d\d\s*年))",
    r"[(（]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]|[①-⓿㈠-㉃]",
    r"[A-Za-z_][A-Za-z_./-]*\d[\w./-]*|\d+(?:\.\d+){2,}|\d{3,4}-\d{7,8}|(?<!\d)1\d{10}(?!\d)|\d{3,}\s*-(?=[㐀-鿿])",
    r"(?<![\d.])0\d+(?![\d.])",
)
_IN_TEXT = expression(
    rf"(?=[\d{NUMERAL}.第附表图注目指〔\[(【（﹝①-⓿㈠-㉃A-Za-z_每¥￥人+-])"  # most characters begin nothing
    rf"(?:(?P<skip>{'|'.join(_SKIPPED)})"
    rf"|百分之(?P<share>[{NUMERAL}]+|{_DIGITS})"
    rf"|(?:(?P<per>{_PER})\s?)?(?:(?P<yuan>[¥￥]|人民币)\s?)?(?P<sign>(?<![\d%{_LETTER})])[-+]|(?<=[为是])-)?"
    rf"(?:(?P<digits>{_DIGITS})[ \t\u3000]?"
    rf"(?:(?P<large>[万亿])(?P<above>[多余])(?=\s?(?:{_KNOWN})))?(?P<hedge>[多余几])?"
    rf"|(?P<words>[{NUMERAL}]*[十百千万亿][{NUMERAL}]*?)(?=\s?(?:{_KNOWN})))"
    rf"[ \t\u3000]?(?P<unit>(?:{_KNOWN}){_RATE}|[万亿])?)",
)
_HALVED: dict[int, int | str] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：！？（）"},
    ord("﹪"): "%", ord("−"): "-", ord("\u3000"): " ",
}  # fmt: skip


def find_figures(text: str, *, unit: Unit | None = None) -> tuple[FoundFigure, ...]:
    """Find the figures that a sentence states, in order, with offsets into `text`.

    Document numbers 〔2021〕5号, dates, list numbers, versions, codes and telephone numbers are passed over; so are
    small Chinese numerals (两个方面), which are words. `unit` is meant where none is printed.
    """
    found = (_read_found(match, unit) for match in _IN_TEXT.finditer(text.translate(_HALVED)))
    return tuple(item for item in found if item is not None)


def _read_found(match: re.Match[str], unit: Unit | None) -> FoundFigure | None:
    if match["skip"] is not None:
        return None
    name = (match["large"] or "") + (match["unit"] or "").replace(" ", "")
    digits = (match["digits"] or "").replace(",", "")
    if match["share"] is not None:
        digits, name = _plain_digits(match["share"]) or "", PERCENT.name
    elif match["words"] is not None:
        digits = numeral(match["words"]) or ""
    if not digits or (not name and match["yuan"] is None and _YEAR.fullmatch(digits)):
        return None
    if match["yuan"] and not name:
        name = YUAN.name
    figure = _with_unit((match["sign"] or "").strip("+") + digits, _per(match["per"], name), unit)
    end = match.end() - (len(match[0]) - len(match[0].rstrip()))
    return FoundFigure(
        figure,
        match.start() + len(match[0]) - len(match[0].lstrip()),
        end,
        match["hedge"] or match["above"] or "",
    )


def in_unit(figure: Figure, unit: Unit | None) -> Figure:
    """Return the same print with `unit` where it has none: in 3-5个 the 3 is counted in 个 too."""
    return (
        figure if figure.unit is not None or unit is None else replace(figure_of(f"{figure.value:f}", unit))
    )
