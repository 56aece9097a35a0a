"""TV01-TV04, TV12: targets that are empty, have no sign, or a sign that can't be meant (指标值的填写和符号)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from jixiao.audit.indicator_rows import (
    OUTPUT,
    at_row,
    labels,
    of_sort,
    rows_in,
    setting_papers,
    sure,
    target_text,
    told_target,
)
from jixiao.audit.lexicon import lists_of
from jixiao.audit.reach import BOUNDED
from jixiao.audit.rows import Row, Sort
from jixiao.audit.rule import Case, Found, Ground, rule
from jixiao.audit.targets.marred import floors_of_the_whole
from jixiao.audit.targets.unfilled import is_unfilled
from jixiao.expressions import expression
from jixiao.model.figure import Figure, tidy
from jixiao.model.finding import Fix, Origin, Severity, Swap
from jixiao.model.parsing import parse_target
from jixiao.model.target import AtLeast, AtMost, Exactly, Qualitative
from jixiao.schemes.scheme import Method

_WORDS = lists_of("targets")
_HALF, _SOME = 2, 3
_NOTE = Severity.NOTE
_SATISFACTION = "scoring.satisfaction"


@rule(
    "TV01",
    Severity.WARNING,
    source="自评表年度指标值为必填",
    needs=("row.untold", "row.unclear", "row.worded", "targets.stars"),
)
def target_is_empty(case: Case) -> Iterator[Found]:
    """指标值空白，或仍是“≥**”一类的填表样式。

    为什么：没有指标值，完成与否无从比较，得分没有依据。
    不合格：指标“检修泵站”，指标值空白，完成值 3 座，得满分；指标值“≥**公里”“待定”，或只有一个“≥”。
    合格：指标值“定性：合格”；大类行不填、由下面各行“其中”分列。
    怎么改：按批复的绩效目标补填。
    来源：财预〔2020〕10号自评表；复核人员通用核对办法。
    误报风险：低。同表半数以上有指标值、本行读得确定的才判；带“其中”分列的大类行不判。
    """
    for at, _ in setting_papers(case):
        rows = rows_in(case, at)
        filled = sum(r.indicator.target is not None for r in rows)
        for n, row in enumerate(rows):
            text = target_text(row)
            starred = "targets.stars" in row.target_words or _NO_NUMBER.fullmatch(tidy(text)) is not None
            blank = not text and _HALF * filled > len(rows) and _counts(row) and not _is_head(rows, n)
            blank = blank or (not text and is_unfilled(case, row))
            if (starred or blank) and sure(case, row, "target", ""):
                says = f"只写“{text}”，没有填写" if starred else "空白"
                yield at_row(row, "target", f"{row.label}的指标值{says}。改法：按批复的绩效目标补填。")


# A sign alone, or one with a mark where the number belongs: ≥, ≥*人, X公里.
_NO_NUMBER = expression(
    r"[≥≤><=≧≦]{1,2}(?:[*×?？]+|[XxＸ](?![A-Za-z]))?[^\W\dA-Za-z]{0,4}%?|[*×?？Ｘ]+[^\W\dA-Za-z]{0,4}%?"
)


def _counts(row: Row) -> bool:
    i = row.indicator
    return i.actual is not None and (i.points is not None or i.score_printed is not None or i.sign is None)


def _is_head(rows: tuple[Row, ...], at: int) -> bool:
    """Tell whether the rows below are parts of this one: it has points, they have targets and no points."""
    if rows[at].indicator.points is None:
        return False
    below = rows[at + 1].indicator if at + 1 < len(rows) else None
    return below is not None and below.points is None and below.target is not None


@rule("TV02", Severity.WARNING, source="指标值应写明符号、数值和单位")
def target_has_no_sign_or_number(case: Case) -> Iterator[Found]:
    """数量指标的指标值没有数，只是动词或名词；成本等数值没有写符号，或符号写法不规范。

    为什么：没有数量无法计算完成率；没有符号看不出是不少于还是不超过；同一个符号几种写法，汇总时会读错。
    不合格：数量指标“购置水表”，指标值“购置”；其他指标都写了符号，成本指标只写“100%”；“>=95%”“大于等于95%”。
    合格：“≥120块”“＝18个”“≤1.4万元”；12月底前；符号另列一栏。
    怎么改：补写数量、单位和 ≥、≤、＝。
    来源：各地自评表填报说明；复核人员通用核对办法。
    误报风险：中。没有写符号的一般只作提示，每张表说一次，全表都不写的三项以上才说；成本类在其他行都写了符号时为警告。
    符号写法不规范只作提示，“不低于”“不超过”一类的话不判。
    """
    for row in of_sort(case, Sort.QUANTITY):
        worded = isinstance(row.indicator.target, Qualitative) and len(tidy(target_text(row))) > 1
        if worded and sure(case, row, "target", "level2"):
            says = f"{row.label}是数量指标，指标值“{target_text(row)}”没有数。改法：写明数量和单位。"
            yield at_row(row, "target", says)
    for at, _ in setting_papers(case):
        yield from _unsigned(case, at)
        yield from _odd_signs(case, at)


_ODD_FIRST = frozenset(">＞<＜≧⩾≦⩽﹦═大小")
_ODD_SIGN = expression(
    r"(?P<least>[>＞][=＝]|≧|⩾|大于或?等于)|(?P<most>[<＜][=＝]|≦|⩽|小于或?等于)|(?P<equal>﹦|═)"
)
_CANONICAL = {"least": "≥", "most": "≤", "equal": "="}


def _odd_signs(case: Case, at: int) -> Iterator[Found]:
    """Yield one hint about the signs that are typed in another way, with their fix where all mean the same after it."""
    odd = [(r, s) for r in case.rows_by_paper[at] if target_text(r)[:1] in _ODD_FIRST and (s := _odd_sign(r))]
    if odd:
        first, sign = odd[0]
        shown = "、".join(dict.fromkeys(f"“{s.old}”应为“{s.new}”" for _, s in odd))
        says = f"{labels((r for r, _ in odd), 2)}的指标值符号写法不规范：{shown}。改法：统一写成 ≥、≤ 或 =。"
        fix = Fix("符号写成 ≥、≤ 或 =", sign.new, safe=True, swaps=tuple(s for _, s in odd))
        yield Found(first.path("target"), says, at, _NOTE, quoted=target_text(first), fix=fix, key="spelling")


def _odd_sign(row: Row) -> Swap | None:
    """Return the sign's canonical form; None where the target isn't certain to mean the same after it."""
    target, text = row.indicator.target, target_text(row)
    m = _ODD_SIGN.match(text)
    if m is None or target is None or row.indicator.sign or not text[m.end() :].strip()[:1].isdigit():
        return None
    swap = Swap(row.path("target"), _CANONICAL[m.lastgroup or ""], m[0])
    new = parse_target(text.replace(swap.old, swap.new), unit=row.indicator.unit)
    return swap if new is not None and replace(new, text=text) == target else None


def _unsigned(case: Case, at: int) -> Iterator[Found]:
    rows = case.rows_by_paper[at]
    bare = [r for r in case.with_trait("row.equal") if r.paper == at and _is_bare(r)]
    if not bare:
        return
    signed = sum(isinstance(r.indicator.target, AtLeast | AtMost) or _is_stated(r) for r in rows)
    cost = [r for r in bare if r.sort is Sort.COST and signed and not _is_fixed(r)]
    told = [r for r in (cost or bare) if sure(case, r, "target")]
    several = sum(r.sort is not None for r in told) >= _SOME
    if told and (cost or signed or several):
        words = "、".join(dict.fromkeys(target_text(r) for r in told[:5]))
        says = f"{labels(told)}的指标值（{words}）没有写符号。改法：写明 ≥、≤ 或 ＝。"
        yield Found(
            told[0].path("target"), says, at, None if cost else _NOTE, quoted=target_text(told[0]), key="sign"
        )


def _is_fixed(row: Row) -> bool:
    """Tell whether a cost is a standard laid down for each thing: 每亩补贴标准 120 元/亩."""
    return "标准" in row.name and any(sign in target_text(row) for sign in ("/", "每"))


_FIGURE_ALONE = expression(r"\D{0,6}\d[\d,，.]*\s*[^\s\d]{0,6}")  # 11个乡镇均建立并运行 is a sentence


def _is_bare(row: Row) -> bool:
    target = row.indicator.target
    signed_name = any(sign in row.name for sign in "≥≤<>＜＞")
    if not isinstance(target, Exactly) or target.stated or row.indicator.sign or signed_name:
        return False
    return _FIGURE_ALONE.fullmatch(target.text) is not None


def _is_stated(row: Row) -> bool:
    target = row.indicator.target
    return isinstance(target, Exactly) and target.stated


@rule(
    "TV03",
    Severity.WARNING,
    source="比率不超过 100%",
    needs=("row.top", "targets.share", "scoring.satisfaction"),
)
def rate_target_above_its_limit(case: Case) -> Iterator[Found]:
    """比率类指标值超过 100%，或写成“≥100%”“＞100%”。

    为什么：合格率、及时率、满意度最高 100%，“≥100%”只能等于，“＞100%”不可能达到。
    不合格：满意度“＞100%”；验收合格率“≥100%”；覆盖率“≥120%”；报告的目标“合格率≥100%”。
    合格：验收合格率“＝100%”；收入增长率“≥105%”；任务完成率“≥100%”。
    怎么改：改为“＝100%”，或改为能达到的数。
    来源：复核人员通用核对办法。
    误报风险：低。增长率、完成率等可以超过 100% 的不判；“≥100%”每张表说一次。
    """
    full: dict[int, list[Row]] = {}
    for row in case.table_rows:
        target = row.indicator.target
        bound = _rate_of(
            target.bound
            if isinstance(target, AtLeast)
            else target.value
            if isinstance(target, Exactly)
            else None,
            row,
        )
        if bound is None or bound < 1 or not _is_share(row) or not sure(case, row, "target"):
            continue
        if bound > 1:
            yield _beyond(row)
        elif isinstance(target, AtLeast) and target.strict:
            says = (
                f"{row.label}最高 100%，指标值“{target_text(row)}”不可能达到。改法：改为“＝100%”或适当的数。"
            )
            yield at_row(row, "target", says)
        elif isinstance(target, AtLeast):
            full.setdefault(row.paper, []).append(row)
    for paper, rows in full.items():
        says = f"{labels(rows)}最高 100%，写成“≥100%”只能等于。改法：改为“＝100%”，或定一个留有余地的数。"
        yield Found(rows[0].path("target"), says, paper, quoted=target_text(rows[0]), key="≥100%")
    yield from floors_of_the_whole(case)


_ALL = Decimal(100)


def _rate_of(bound: Figure | None, row: Row) -> Decimal | None:
    """Return a rate as a share of 1, None for any other figure; a bare 100 of a 满意度 or 率 is 100%."""
    if (
        bound is not None
        and bound.unit is None
        and bound.value == _ALL
        and row.plain.endswith(("率", "满意度"))
    ):
        return bound.value / _ALL
    if bound is None or bound.unit is None or bound.unit.kind != "ratio":
        return None
    return Decimal(bound.exact.numerator) / Decimal(bound.exact.denominator)


def _is_share(row: Row) -> bool:
    words = row.name_words
    named = "targets.share" in words or _SATISFACTION in words or row.sort is Sort.TIMELINESS
    rate = row.plain.endswith("率") and "targets.beyond" not in words
    return (named or rate) and "targets.growth" not in words


def _beyond(row: Row) -> Found:
    text = tidy(target_text(row))
    misread = (
        re.fullmatch(r"[2>]?(\d{2}(?:\.\d+)?)%?", text.removeprefix("2")) if text.startswith("2") else None
    )
    if misread:
        says = f"{row.label}的指标值“{text}”超过 100%，像是“≥{misread[1]}%”的误识。改法：核对原表。"
        return Found(row.path("target"), says, row.paper, origin=Origin.LAYOUT, quoted=text)
    return at_row(row, "target", f"{row.label}最高 100%，指标值“{text}”超过了。改法：核对指标值。")


@rule("TV04", Severity.WARNING, source="成本指标应设上限")
def cost_target_points_the_wrong_way(case: Case) -> Iterator[Found]:
    """成本指标用了“≥”“＞”，花得越多得分越高；或总成本用“＝”。

    为什么：成本是上限，用“≥”等于鼓励多花钱，节约反而扣分。
    不合格：成本指标“检测费用 ≥17.4万元”；“单个站点改造补助标准 ≥3万元”；“项目总成本 ＝20万元”（提示）。
    合格：“检测费用 ≤17.4万元”；成本节约率“≥5%”；补助标准“≥530元/人·月”。
    怎么改：改为“≤”。
    来源：某市复核问题清单（成本指标符号用反）；财预〔2021〕101号。
    误报风险：低。节约率、补助标准、配套投入等越高越好的不判；“＝”只作提示。
    """
    for row in of_sort(case, Sort.COST):
        target = row.indicator.target
        if (
            isinstance(target, AtLeast)
            and ("targets.saving" not in row.name_words or _is_price_of_a_thing(row))
            and _may_be_cost(row, target)
        ):
            if sure(case, row, "target", "level2"):
                says = f"{told_target(row)}用反了符号，花得越多越好。改法：改为“≤”。"
                yield at_row(row, "target", says)
        elif _is_exact_cap(row) and sure(case, row, "target"):
            says = f"{told_target(row)}应是上限，节约也会算作没有完成。改法：改为“≤”。"
            yield at_row(row, "target", says, _NOTE)


def _may_be_cost(row: Row, target: AtLeast) -> bool:
    """Tell whether the bound is money, or the name speaks of cost itself."""
    unit = target.bound.unit
    return (unit is not None and unit.kind.startswith("money")) or "成本" in row.name or "费用" in row.name


_PER_THING = expression(
    r"^(?:单|每)一?(?:[个座处台套辆间所栋盏株棵块件次场期条根米亩]|公里|千米|平方米|立方米|公顷|吨)"
)
_KEPT = expression(r"标准|成本|费用|造价|单价|投入|投资|价格")
_WELCOME = expression(r"节[约省支]|降低|下降|减少|压减|自筹|配套|收入|产[值量]|效益|[人户]")


def _is_price_of_a_thing(row: Row) -> bool:
    """Tell whether the name is of what one thing costs: 单个站点改造标准, 每公里养护投入; not of what a person gets."""
    name = row.plain
    return bool(_PER_THING.match(name) and _KEPT.search(name)) and not _WELCOME.search(name)


def _is_exact_cap(row: Row) -> bool:
    target = row.indicator.target
    if not isinstance(target, Exactly) or not target.stated or "targets.cap" not in row.name_words:
        return False
    return target.value.unit is not None and target.value.unit.kind == "money"


@rule("TV12", Severity.WARNING, source="指标值为零时无法按比例计分", needs=("row.zero",))
def target_of_zero(case: Case) -> Iterator[Found]:
    """正向指标的指标值为零，或“≤0”无法按公式计分。

    为什么：正向指标定为零，做不做都算完成；反向公式要除以指标值或完成值，零没有意义。
    不合格：数量指标“新增水站 ≥0个”；培训人次“＝0人次”。
    合格：“安全事故 ＝0起”；“投诉 ≤3件”；“违规使用资金 0 起”。
    怎么改：填写真实的计划数；不许发生的事改写为“＝0”，并说明发生一次如何扣分。
    来源：各地系统的计分规则；复核人员通用核对办法。
    误报风险：低。事故、投诉、违规等不许发生的事写“＝0”不判，写“≤0”只在口径按比例计分时提示。
    """
    for row in case.with_trait("row.zero"):
        target = row.indicator.target
        if not isinstance(target, BOUNDED):
            continue
        bound = target.value if isinstance(target, Exactly) else target.bound
        if bound.value == 0 and row.sort is not None and sure(case, row, "target"):
            yield from _zero(case, row, at_most=isinstance(target, AtMost))


def _zero(case: Case, row: Row, *, at_most: bool) -> Iterator[Found]:
    if at_most:
        part = case.scheme.parts.get("negative")
        if part is not None and part.method in {Method.INVERSE_RATIO, Method.LINEAR_EXCESS}:
            says = f"{told_target(row)}无法按“{part.says}”计分。改法：改写为“＝0”，并说明如何扣分。"
            yield Found(row.path("target"), says, row.paper, _NOTE, quoted=target_text(row), source=part.source,
                        ground=Ground.SCHEME)  # fmt: skip
        return
    at_least = isinstance(row.indicator.target, AtLeast)
    if at_least or (row.sort in OUTPUT and _is_wanted(row)):
        says = f"{told_target(row)}为零，做不做都算完成。改法：填写真实的计划数。"
        yield at_row(row, "target", says)


_WANTED = expression(
    r"(?:人次|人数|次数|数量|里程|面积|及时率|合格率|完成率|覆盖率|[户座台套个处件场期株]数)$|^(?:新建|改建|购置|采购|安装|培训|举办|种植|改造)"
)


def _is_wanted(row: Row) -> bool:
    """Tell whether the name is of something one wants done: people trained, stations built, a rate reached."""
    return "targets.unwanted" not in row.name_words and _WANTED.search(row.name) is not None
