"""TV05-TV07, TV11: targets in the wrong unit, in words, or with a percentage that measures nothing (指标值的含义)."""

import re
from collections.abc import Iterator
from fractions import Fraction

from jixiao.audit.indicator_rows import (
    BENEFIT,
    OUTPUT,
    at_row,
    labels,
    named_with,
    of_sort,
    setting_papers,
    sure,
    target_text,
    told_target,
)
from jixiao.audit.lexicon import any_of, lists_of
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.targets.marred import unreadable_units
from jixiao.expressions import expression
from jixiao.model.figure import MEASURES, Figure, Unit, tidy, unit_named
from jixiao.model.finding import Severity
from jixiao.model.target import Qualitative

_WORDS = lists_of("targets")
_NOTE = Severity.NOTE
_BRACKETS = expression(r"[(（][^()（）]*[)）]")
_BRACKETED = expression(r"[(（]([^()（）]{1,6})[)）]")
_COUNTED = frozenset(
    {"人", "户", "个", "项", "件", "次", "家", "台", "套", "辆", "座", "处", "期", "场", "条", "人次"}
)
_PIECES = frozenset("株棵只头羽尾份册本盏根张块片间所栋箱桶袋艘")
_BULK = frozenset({"ratio", "weight", "volume", "length"})
_MEASURED = frozenset({"money", "length", "area", "volume", "weight"})
# By the end of a name: what it is counted in. A unit of another known kind is the wrong one.
# What a name ends in, at its last sign and exactly, and the kinds of unit that may follow.
_KINDS: tuple[tuple[str, re.Pattern[str], frozenset[str]], ...] = (
    ("率例比重度", expression(r"(?<![频功效速转积])率$|比例$|占比$|比重$|满意度$"), frozenset({"ratio", "point"})),
    ("数量", expression(r"(?:人数|人员数量?)$"), frozenset({"人", "人次", "户", "组", "队", "批次"})),
    ("数", expression(r"户数$"), frozenset({"户", "户次", "家", "人", "个"})),
    ("积", expression(r"面积$"), frozenset({"area", "块", "个", "处"})),
    ("程度", expression(r"里程$|长度$"), frozenset({"length", "条", "段"})),
    ("额本资用价值", expression(
        r"金额$|(?<!社会)(?<!环境)成本$|投资$|费用$|单价$|造价$|产值$|营业额$|销售额$|交易额$"
    ), frozenset({"money", "ratio"})),
    ("间限期数长", expression(r"时间$|时限$|工期$|天数$|周期$|期限$|时长$"), frozenset({"ratio", "个", "期"})),
    ("数次", expression(r"次数$|频次$"), _COUNTED - {"人", "家", "套", "辆", "个", "台", "座", "处"}),
    ("次", expression(r"场次$"), _COUNTED - {"人", "家", "套", "辆"}),
    ("数", expression(r"[座处台套辆株棵盏间栋根]数$"), _COUNTED - {"人", "户", "人次"} | _PIECES),
    ("次", expression(r"人次$"), frozenset({"人", "人次", "次", "场", "期", "个"})),
    ("量", expression(
        r"(?:[产收用耗]|清运|处理|储备|供水|节水|排放|使用|采购|收购|转运|回收|施用)量$"
    ), _COUNTED - {"人", "户", "家"} | _PIECES | _BULK),
)  # fmt: skip
_ENDS = frozenset("率例比重度数量积程额本资用次价值间限期长)）")
_RELATIVE = expression(r"率|比|占|度|增|减|降")
_ALIKE = _COUNTED | _PIECES | _MEASURED | {"ratio"}
_BUILT = expression(
    r"^(?:新建|改建|扩建|购置|采购|安装|建设|维修|铺设|硬化|种植|印制|改造)"
    r"|(?:行政村|自然村|村庄|乡镇|社区|小区|学校|企业|泵站|水库|公厕|厕所|设备|车辆|道路|房屋|路灯|机井|基地|大棚|场馆|系统|平台)$"
)
_PEOPLE_IN = expression(r"[人员者工生师]|队伍|专家|岗|服务|保险|惠及|受益|家庭|户")


@rule("TV05", Severity.WARNING, source="指标值应有与指标相符的计量单位")
def unit_does_not_fit_the_indicator(case: Case) -> Iterator[Found]:
    """计量单位与指标不符，或没有单位。

    为什么：单位错了，数就说不清是什么，完成率也没有意义。
    不合格：“新增泵站数量 ≥500人”；数量指标“水泵4台”，指标值“100%”；“验收合格率 ≥95个”；“养护里程 ≥20”，没有单位。
        “完工时限 ≤12平方米”；指标值“500米”，单位栏“公里”；报告写“80元人/月”“每户300/年”。
    合格：“受训人数 ≥300人次”；“泵站数量 ≥5座”；名称里写了单位“圈舍面积（平方米）”。
    怎么改：改正或补写单位。
    来源：各地自评表填报说明；复核人员通用核对办法。
    误报风险：中。只判名称末尾的字眼与单位明显相背的；没有单位的每张表提示一次。
    """
    for row in case.table_rows:
        if row.indicator.target is None:
            continue
        bound = row.bound
        wrong = _wrong_unit(row, bound) if bound is not None and bound.unit is not None else ""
        if wrong and sure(case, row, "target", "level3", "unit"):
            says = f"{told_target(row)}，{wrong}。改法：改正单位。"
            yield at_row(row, "target", says)
    for at, _ in setting_papers(case):
        yield from _against_the_column(case, at)
        bare = [r for r in case.rows_by_paper[at] if _has_no_unit(r) and sure(case, r, "target")]
        if bare:
            says = f"{labels(bare)}的指标值没有单位。改法：补写单位。"
            yield Found(bare[0].path("target"), says, at, _NOTE, quoted=target_text(bare[0]), key="unit")
    yield from unreadable_units(case)
    for said in case.told("targets.wrong_unit"):
        if "指标" in said.plain or "目标" in said.plain:
            says = "文中承认指标值的单位有误，没有列出是哪些指标、是否更正。改法：逐项列出并更正。"
            yield Found(said.passage.where, says, said.passage.paper, quoted=said.text[-80:], key="admitted")


def _wrong_unit(row: Row, bound: Figure) -> str:
    """Return what is wrong with the unit, "" where it may be right."""
    unit, end = bound.unit, row.name[-1:]
    if unit is None or (unit.kind == "ratio" and end in "率例度"):
        return ""
    if unit.kind == "ratio" and row.sort is Sort.QUANTITY and _NUMBER_IN_NAME.search(row.plain):
        return "名称里已写明数量，指标值却是比率"
    return f"不能以“{unit.name}”计" if unit.kind == "人" and _is_thing(row) else _against_the_name(row, unit)


def _against_the_name(row: Row, unit: Unit) -> str:
    """Return what is wrong with the unit beside what the name ends in."""
    end = row.name[-1:]
    if end not in _ENDS:
        return ""
    name = _BRACKETS.sub("", row.plain)
    if unit.kind == "ratio" and name.endswith("数量") and not _RELATIVE.search(name):
        return "数量不能以比率计"
    last = name[-1:]
    for signs, ending, kinds in _KINDS:
        if last in signs and ending.search(name):
            odd = unit.kind in _ALIKE and unit.kind not in kinds
            return f"单位“{unit.name}”与指标不符" if odd else ""
    return ""


# A name that ends in what it counts: 教学软件2套, 水泵4台、闸门2座; not 2座泵站完好.
_NUMBER_IN_NAME = expression(
    r"[\u4e00-\u9fff]\d+(?:台|套|座|处|个|辆|件|间|盏|部|块|组|只|张|把|名|人|户|场|期|次|公里|米|亩)$"
)


def _is_thing(row: Row) -> bool:
    """Tell whether the name is of things and not of people: 泵站数量, 购置水泵."""
    name = _BRACKETS.sub("", row.plain)
    named = "targets.things" in row.name_words and not name.endswith(("人数", "人次"))
    return named or (_BUILT.search(name) is not None and not _PEOPLE_IN.search(name))


def _against_the_column(case: Case, at: int) -> Iterator[Found]:
    """Yield the targets that print another unit than the column of units names."""
    for row in case.rows_by_paper[at]:
        bound, column = row.bound, row.indicator.unit
        own = bound.unit if bound is not None and column else None
        if own is None or not column or own.name == column or own.name not in tidy(target_text(row)):
            continue
        named = unit_named(tidy(column))
        if {named.kind, own.kind} <= _ALIKE and _differ(named, own) and sure(case, row, "target", "unit"):
            says = f"{told_target(row)}写的是“{own.name}”，计量单位一栏是“{column}”。改法：各栏用同一单位。"
            measured = not {named.kind, own.kind}.isdisjoint(_MEASURED)
            yield at_row(row, "target", says, None if measured else _NOTE)


def _differ(column: Unit, own: Unit) -> bool:
    """Tell whether two units differ in kind, or in scale where none is of money: measure words of things do not."""
    if column.kind == own.kind:
        return column.scale != own.scale and own.kind != "money"
    return not {column.kind, own.kind} <= _COUNTED | _PIECES


def _has_no_unit(row: Row) -> bool:
    if row.indicator.unit or row.sort is None or row.indicator.target is None:
        return False
    bound = row.bound
    if bound is None or bound.unit is not None:
        return False
    if bound.value <= 1 or _BRACKETED.search(row.name) or "率" in row.name or "满意" in row.name:
        return False
    return not row.plain.endswith(MEASURES)


_DEGREE = expression(
    r"有效|明显|显著|逐步|进一步|基本|全面|得到|持续|稳步|不断|大幅度?|较大?|切实|积极|充分|有所|很"
)
_BARE = frozenset(_WORDS["bare"])


@rule("TV06", Severity.WARNING, source="指标值应说明达到的程度", needs=("row.worded",))
def target_repeats_the_name(case: Case) -> Iterator[Found]:
    """指标值只是重复指标名称，或只有“提升”“合格”两个字。

    为什么：指标值要说明到什么程度；重复名称等于没有指标值。
    不合格：“调动巡检员积极性”，指标值“有效调动”；“泵站管护”，指标值“提升”；“知晓度是否提高”，指标值“是”。
    合格：“巡检记录完整”，指标值“每月一份、无缺漏”；“验收结果”，指标值“一次通过”。
    怎么改：写明数量、比率或可以核实的状态。
    来源：复核人员通用核对办法。
    误报风险：中，每张表说一次；有产出指标时为警告，只有效益指标的作提示。
    """
    for at, _ in setting_papers(case):
        worded = [r for r in case.rows_by_paper[at] if isinstance(r.indicator.target, Qualitative)]
        said = [r for r in worded if _repeats(r) and sure(case, r, "target", "level3")]
        if said:
            output = any(r.sort in OUTPUT and tidy(target_text(r)) not in _WORDS["direct"] for r in said)
            words = "、".join(dict.fromkeys(target_text(r) for r in said[:5]))
            says = (
                f"{labels(said)}的指标值（{words}）只有一个词或重复名称。改法：写明数量、比率或可核实的状态。"
            )
            yield Found(said[0].path("target"), says, at, None if output else _NOTE, quoted=target_text(said[0]),
                        key="repeats")  # fmt: skip


def _repeats(row: Row) -> bool:
    text = tidy(target_text(row)).strip("。，,;；")
    if "是否" in row.plain and text in {"是", "否"}:
        return True
    core = _DEGREE.sub("", text)
    said = len(core) > 1 and (core in row.plain or (len(core) > 2 and set(core) <= set(row.plain)))  # noqa: PLR2004
    return len(text) <= 12 and (text in _BARE or said)  # noqa: PLR2004


_STANDARD = frozenset({"targets.standard"})
_BY_RULES = expression(r"标准|文件|规定|要求|制度|办法|执行")


# Progress and time itself: a share of it has no day.
_UNDATED = expression(r"(?:进度|时间|时限|工期|期限|周期|按时|按期|如期|及时)$")


@rule(
    "TV07",
    Severity.WARNING,
    source="能量化的指标应当量化",
    needs=("targets.standard", "targets.tier", "row.top"),
)
def words_where_a_figure_is_known(case: Case) -> Iterator[Found]:
    """材料里写明了标准、数量或日期，指标值却只写“按标准执行”一类的话。

    为什么：已有的数不用，只能凭印象打分。
    不合格：成本指标“补贴标准”，指标值“按文件标准执行”，报告写每人每月 400 元；“每天100元”却按定性档次填完成值；
        时效指标“项目进度”，指标值“100%”。
    合格：指标值“400元/人·月”；文件没有数额，只写“按实际发生”。
    怎么改：把材料中的数额、数量、日期写进指标值。
    来源：财预〔2021〕101号：定量为主（条文未核对）。
    误报风险：中。只看标准、成本、费用类指标，而且报告中要有每人、每天一类的标准；时效只看名称是进度、时间而指标值是百分比的，作提示。
    """
    for row in named_with(case, _STANDARD):
        if isinstance(row.indicator.target, Qualitative) and _BY_RULES.search(target_text(row)):
            known = _standards(case)
            if known and sure(case, row, "target"):
                says = f"{told_target(row)}没有数，材料中写明了标准：{known}。改法：写成数额。"
                yield at_row(row, "target", says)
    for row in of_sort(case, Sort.TIMELINESS):
        if "row.top" in row.traits and _UNDATED.search(row.plain) and sure(case, row, "target", "level3"):
            says = f"{told_target(row)}看不出何时完成。改法：写明完成的日期或期限。"
            yield at_row(row, "target", says, _NOTE)
    for row in case.table_rows:
        bound = row.bound
        if bound is not None and "targets.tier" in row.actual_words and sure(case, row, "target", "actual"):
            says = f"{told_target(row)}是数，完成值却填了定性的档次。改法：填写实际的数。"
            yield at_row(row, "actual", says)


def _standards(case: Case) -> str:
    """Return the standards per head or per day that the reports print, the first few."""
    told = [
        str(amount)
        for s in case.told("signs.each")
        if s.passage.in_report
        for amount in s.amounts
        if amount.per_head
    ]
    return "、".join(dict.fromkeys(told[:4]))


_MEASURE_NAME = expression(
    r"率|比|占|度(?!假)|增|减|降|覆盖|数|节约|提高|提升|达到|成活|份额|面|值|量|额|指数|百分|[全福得]感$|完成|发放|情况|[(（].*[)）]$"
)
_ABSTRACT = expression(
    r"(?:提[高升]|增强|增进|改善|调动|激发)[^率比例度]{0,8}(?:获得感|幸福感|能力|水平|意识|积极性|素质|凝聚力|形象|质量|作用|环境|观念|信心|服务)$"
)
# 对生态环境的改善程度 ≥90%: a degree of what can't be counted; 满意程度, 知晓程度 are asked for.
_DEGREE_OF = expression(
    r"(?:改善|提升|提高|促进|增强|保障|推动|影响|带动|发展|优化|维护|巩固|稳定|推进)[^率比例满知认参]{0,6}(?:程度|力度|作用|效果|成效)$"
)
_CHANGE = expression(r"[涨跌升降增减]幅|同比|较上年|比上年")
_NO_INCREASE = Fraction(1, 2)
_FORMULA = any_of(("计算", "÷", "/", "公式"))


@rule("TV11", Severity.WARNING, source="效益指标的百分比应有计算口径")
def percentage_without_a_formula(case: Case) -> Iterator[Found]:
    """效益指标写了百分比，却说不清是什么比什么。

    为什么：“促进……发展 ≥95%”没有分子分母，完成值只能照抄。
    不合格：社会效益指标“促进灌区农业健康发展 ≥95%”；“保障农业用水安全 ＝100%”；“提升管水员能力 ≥90%”。
    合格：“灌溉保证率 ≥95%”；“用水投诉下降 ≥10%”；名称后写明计算方法。
    怎么改：改为有分子分母的比率，或写成定性指标并说明判断标准。
    来源：某市复核问题清单（效益指标以百分比充数）。
    误报风险：中。名称里有率、比、度、增减、覆盖等字眼，或写明计算口径的不判。
    """
    for row in of_sort(case, *BENEFIT):
        bound = row.bound
        if bound is None or bound.unit is None or bound.unit.kind != "ratio":
            continue
        named = _ABSTRACT.match(row.plain) is not None or _DEGREE_OF.search(row.plain) is not None
        abstract = bound.exact >= _NO_INCREASE and named
        of_change = _CHANGE.search(row.indicator.demand or "") is not None
        if of_change or (_MEASURE_NAME.search(row.plain) and not abstract):
            continue
        if not _FORMULA.search(row.indicator.remarks or "") and sure(case, row, "target", "level3"):
            says = f"{row.label}写了“{row.indicator.demand}”，说不清是什么比什么。改法：改为比率，或写明计算口径。"
            yield at_row(row, "target", says)
