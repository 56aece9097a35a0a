"""How alike two names are: of classes, indicators, projects and documents."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from jixiao.expressions import expression
from jixiao.model.figure import tidy

SAME = 100
ALIKE = 88
_BRACKETS = expression(r"[(\[【〔].*?[)\]】〕]")
_MARKS = expression(r"[\"“”'‘’《》·,，、。.:：;；\-—_/]")
_LEAD = expression(
    r"^(?:指标\d*[:：]|[A-Da-d]?\d{1,3}[.、．]?(?=\D)|[(（]?[一二三四五六七八九十]{1,2}[)）、.])"
)
_TAIL = expression(r"(?:类|方面|评价|绩效|完成|实现|得分|分析)?(?:指标|情况)$")
_ENDING = expression(r"(?:指标|情况|完成|实现|得分|得|类|方面|分析|评价|部分)$")
_YEAR = expression(r"^(?:关于)?(?:(?:19|20)\d\d年?度?)+")
_YEAR_BEHIND = expression(r"(?<=[\u4e00-\u9fff])(?:19|20)\d\d年?度?$")
_PROJECT_TAIL = expression(r"(?:项目支出|项目|经费|资金|专项|费用)$")

_LEVEL1 = {
    "产出": "产出", "效益": "效益", "效果": "效益", "满意度": "满意度", "成本": "成本", "决策": "决策", "过程": "过程",
    "投入": "投入", "管理": "管理", "预算执行": "预算执行", "预算执行率": "预算执行", "预算资金执行率": "预算执行",
    "资金执行率": "预算执行",
}  # fmt: skip
_LEVEL2 = (
    (expression(r"(?:产出)?数量"), "数量"),
    (expression(r"(?:产出)?质量"), "质量"),
    (expression(r"(?:产出)?时效"), "时效"),
    (expression(r"(?:产出|经济)?成本"), "成本"),
    (expression(r"(?:项目)?经济(?:效益|效应|影响)"), "经济效益"),
    (expression(r"(?:项目)?社会(?:效益|效应|影响)"), "社会效益"),
    (expression(r"(?:项目)?(?:生态|环境|生态环境)(?:效益|效应|影响)"), "生态效益"),
    (expression(r"(?:项目)?可持续(?:影响|发展|性)(?:力)?"), "可持续影响"),
    (expression(r"(?:服务对象|社会公众|受益对象|受益群众|公众|群众|或|及|和|、)*满意(?:度|率)"), "满意度"),
)


def folded(name: str) -> str:
    """Return a name to compare: half-width, without brackets, quotes, its number and a last 指标 or 情况."""
    plain = name
    if not name.isalpha() or name.isascii():  # letters alone have nothing to take off but an ending
        plain = _MARKS.sub("", _BRACKETS.sub("", _LEAD.sub("", tidy(name))))
    return (_TAIL.sub("", plain) or plain) if plain.endswith(("指标", "情况")) else plain


def class_of(name: str | None) -> str:
    """Return the class that a name stands for: 产出指标（50分） and 项目产出情况 give 产出; "" for any other."""
    if not name:
        return ""
    plain = folded(name)
    while (shorter := _ENDING.sub("", plain)) and shorter != plain:
        plain = shorter
    short = plain.removeprefix("项目") or plain
    known = _LEVEL1.get(short) or _LEVEL1.get(plain)
    return known or next((key for pattern, key in _LEVEL2 if pattern.fullmatch(plain)), "")


def likeness(one: str, other: str) -> int:
    """Return how alike two folded names are, 0..100; names that share no character are 0."""
    if one == other:
        return SAME
    return int(fuzz.ratio(one, other))


def nearest(name: str, others: Iterable[tuple[int, str]], least: int = ALIKE) -> int | None:
    """Return the number of the one name that is likest to `name`; None where none is near or two are as near.

    `others` are folded names with their numbers. An equal name wins; among the rest the best must be alone.
    """
    listed = tuple(others)
    equal = [number for number, other in listed if other == name]
    if equal:
        return equal[0] if len(equal) == 1 else None
    best = sorted(((likeness(name, other), number) for number, other in listed if other), reverse=True)[:2]
    if not best or best[0][0] < least:
        return None
    alone = len(best) == 1 or best[1][0] < best[0][0]
    return best[0][1] if alone else None


def project_core(name: str) -> str:
    """Return a project's name without year, brackets, quotes and a last 项目, 经费, 资金."""
    plain = _MARKS.sub("", _BRACKETS.sub("", tidy(name)))
    plain = _YEAR.sub("", plain) or plain
    while (shorter := _PROJECT_TAIL.sub("", _YEAR_BEHIND.sub("", plain))) and shorter != plain:
        plain = shorter
    return plain


def shared_pairs(one: str, other: str) -> int:
    """Return what share of the shorter name's letter pairs the other name has, in percent."""
    first, second = ({text[n : n + 2] for n in range(len(text) - 1)} for text in (one, other))
    least = min(len(first), len(second))
    return 100 * len(first & second) // least if least else 0
