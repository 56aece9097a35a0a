"""IS05, IS06, IS13: indicators that say one thing twice, nothing, or nothing that can be judged (指标名称)."""

from collections.abc import Iterator

from jixiao.audit.indicator_rows import (
    OUTPUT,
    at_row,
    labels,
    rows_in,
    setting_papers,
    sure,
    target_text,
)
from jixiao.audit.rows import Row
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.within import lists_within
from jixiao.expressions import expression
from jixiao.model.figure import tidy
from jixiao.model.finding import Severity
from jixiao.model.target import Qualitative

_TRIFLES = str.maketrans(dict.fromkeys("的之、,，。.·-—\"“”'()（）★☆* ", ""))
_SHORTEST = 2
_COUNTING = frozenset("数量次")
_PREFIX = expression(r"^指标\d*[:：]?")
_CLASSES = (
    "产出", "效益", "数量", "质量", "时效", "成本", "经济成本", "社会成本", "生态环境成本", "经济效益", "社会效益",
    "生态效益", "环境效益", "可持续影响", "可持续发展", "满意度", "服务对象满意度", "社会公众满意度", "受益对象满意度",
    "社会公众或服务对象满意度", "产出数量", "产出质量", "产出时效", "产出成本", "时效性", "质量性", "完成情况",
    "完成程度", "工作情况", "项目情况", "实施情况", "项目实施情况", "项目完成情况", "其他",
)  # fmt: skip
_CLASS_NAMES = frozenset({*_CLASSES, *(f"{name}指标" for name in _CLASSES)})
_NUMBERED = expression(r"指标[\d一二三四五六七八九十]{0,2}[:：]?")
_SATISFIED = ("满意度", "服务对象满意度", "社会公众满意度", "受益对象满意度", "社会公众或服务对象满意度")


@rule("IS05", Severity.WARNING, source="同一指标不得重复设置、重复计分")
def same_indicator_twice(case: Case) -> Iterator[Found]:
    """同一个三级指标设了两次，尤其是同时列在产出和效益。

    为什么：重复设置等于把同一分值算两遍。
    不合格：数量指标“受益农户数”和社会效益指标“受益农户数”；质量指标“巡检覆盖率”出现两行。
    合格：“新建泵站数量”与“改造泵站数量”；同名而下级名称不同的两行。
    怎么改：保留一处，另一处改为其他指标。
    来源：某市复核口径：产出与效益指标重复的，只计一处，另一处不得分。
    误报风险：低。整行重复由版式规则说明，这里只看同名而类别或指标值不同的行，以及名称只差“数量”“人数”而指标值相同的行。
    """
    for at, _ in setting_papers(case):
        seen: dict[str, Row] = {}
        same: dict[tuple[str, str], Row] = {}
        for row in rows_in(case, at):
            name = row.name.translate(_TRIFLES)
            name = _PREFIX.sub("", name) if name.startswith("指标") else name
            first = seen.setdefault(name, row)
            if first is row and row.plain[-1:] in _COUNTING:
                first = same.setdefault(_core(row), row)
            if first is row or not name or name in _CLASS_NAMES or _alike(first, row):
                continue
            if sure(case, row, "level3", "level2") and sure(case, first, "level3", "level2"):
                other = f"{first.label}（第 {first.at + 1} 行）"
                says = f"{row.label}与{other}是同一件事，重复计分。改法：保留一处，另一处改设其他指标。"
                yield at_row(row, "level3", says)


_COUNTS = expression(r"(?:人员)?(?:总?人数|数量|[个户座处台次]数|总数|数|人次)$")


def _core(row: Row) -> tuple[str, str]:
    """Return a counted row's name without the noun that counts, and its target; its place where it counts nothing."""
    name = _COUNTS.sub("", row.name.translate(_TRIFLES))
    counted = len(name) >= _SHORTEST and name != row.name and row.bound is not None and row.bound.value > 0
    return (name, tidy(target_text(row))) if counted else (str(row.at), "")


def _alike(one: Row, other: Row) -> bool:
    """Tell whether two rows repeat each other whole, or differ in the third-level name above a shared fourth."""
    a, b = one.indicator, other.indicator
    if a.level4 and a.level3 != b.level3:
        return True
    return (a.level1, a.level2, target_text(one)) == (b.level1, b.level2, target_text(other))


@rule("IS06", Severity.WARNING, source="三级指标应写明具体内容")
def indicator_has_no_name_of_its_own(case: Case) -> Iterator[Found]:
    """三级指标只写了类别名称或“指标1”，没有自己的内容。

    为什么：看不出考核什么，完成值也无从核实。
    不合格：三级指标“社会效益指标”；三级指标“指标1：”。
    合格：三级指标“灌区农户满意度”；评价框架中的“社会效益”一项。
    怎么改：写成“谁、做什么、到什么程度”的具体指标。
    来源：财预〔2021〕101号：指标应细化、具体（条文未核对）。
    误报风险：中。只写“服务对象满意度”而没有“指标”二字的只作提示。
    """
    for at, _ in setting_papers(case):
        for row in rows_in(case, at):
            name = row.name.strip(":： ").replace(" ", "")
            if _has_no_name(name) and _is_filled(row) and sure(case, row, "level3"):
                severity = Severity.NOTE if name in _SATISFIED else None
                says = f"三级指标只写“{row.name}”，没有具体内容。改法：写明考核谁、做什么、到什么程度。"
                yield at_row(row, "level3", says, severity)
        for row in case.rows_by_paper[at]:
            if not row.name and _is_weighed(row) and sure(case, row, "level3"):
                says = "这一行有指标值和分值，三级指标没有写名称（空白，或只写“指标1”）。改法：写明具体内容。"
                yield at_row(row, "level3", says, Severity.NOTE)


def _is_weighed(row: Row) -> bool:
    i = row.indicator
    return bool(i.points) and i.target is not None and i.actual is not None and i.level2 is not None


def _has_no_name(name: str) -> bool:
    return name.rstrip("0123456789") in _CLASS_NAMES or (
        name[:2] == "指标" and _NUMBERED.fullmatch(name) is not None
    )


def _is_filled(row: Row) -> bool:
    i = row.indicator
    return i.target is not None or i.actual is not None or i.points is not None


_HOW = (
    r"(?:成效|效果|作用|影响|成果|效益|状况|水平)?(?:有|得到|有所)?"
    r"(?:十分|非常|比较|较为|较|很|逐步|逐年|逐渐|稳步|持续|不断|有效|明显|显著|进一步|全面|大幅度?|切实|积极|充分|基本|良好|长期|稳定|日益)*"
)
_DONE = (
    r"(?:扩大|拓展|加大|增长|提升|提高|改善|增强|增加|推进|促进|保障|加强|优化|发挥|推动|带动|完善|巩固|发展|显著|明显|良好|较好|好|优|高|大|有效|强化|减轻"
    r"|缓解|稳定|具备\S{0,6}性|向好|好转|夯实|有成效|见效|成效|影响)?(?:以上)?"
)
_HOLLOW = expression(_HOW + _DONE)
_LONGEST = 10
_SOME = 3


@rule("IS13", Severity.WARNING, source="财预〔2021〕101号：定性指标应有可衡量的表述")
def hollow_words_without_a_standard(case: Case) -> Iterator[Found]:
    """定性指标值只有“成效显著”“有效提升”一类空话，没有判断标准。

    为什么：没有标准，任何结果都能说成达标，得分没有依据。
    不合格：质量指标“提升巡检水平”，指标值“成效显著”；三项效益指标值都是“逐步改善”。
    合格：指标值“无投诉、无返工”；备注写明“年检一次通过为达标”；指标值“合格”“按期”。
    怎么改：改为数量、比率，或写明什么情形算达标、什么情形扣分。
    来源：某市复核口径：空泛的定性指标按程度扣减该指标 30% 至 100% 的分值；财预〔2021〕101号。
    误报风险：中，每张表只说一次；产出指标空泛，或效益指标（三项以上）全部空泛时为警告，其余只作提示。
    """
    for at, _ in setting_papers(case):
        rows = rows_in(case, at)
        hollow = [r for r in rows if is_hollow(r) and sure(case, r, "target")]
        if not hollow:
            continue
        output = [r for r in hollow if r.sort in OUTPUT]
        effects = [r for r in rows if "效益" in (r.indicator.level1 or "")]
        all_empty = len(effects) >= _SOME and all(r in hollow for r in effects)
        severity = None if output or all_empty else Severity.NOTE
        words = "、".join(dict.fromkeys(target_text(r) for r in hollow))
        says = f"{labels(hollow)}的指标值（{words}）没有判断标准。改法：量化，或写明什么情形算达标。"
        first = (output or hollow)[0]
        yield Found(first.path("target"), says, at, severity, quoted=target_text(first), key="hollow")


def is_hollow(row: Row) -> bool:
    """Tell whether the target is an empty word that any result would meet."""
    if not isinstance(row.indicator.target, Qualitative) or row.indicator.remarks:
        return False
    text = tidy(target_text(row)).strip("。；;，,!")
    return 1 < len(text) <= _LONGEST and (text in _EMPTY or _HOLLOW.fullmatch(text) is not None)


_EMPTY = frozenset(lists_within("indicators")["empty"])
