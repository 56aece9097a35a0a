"""FD06-FD08, FD17: amounts and rates between table and text (项目资金)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from jixiao.audit.across.cells import called
from jixiao.audit.annexes import other_amounts
from jixiao.audit.funds.little_itemised import little_of_the_sum
from jixiao.audit.funds.money_between import OF_ARRIVED, amounts_of_the_whole, rates_said
from jixiao.audit.funds.source_rates import of_a_source
from jixiao.audit.funds.surplus_told import surplus_apart
from jixiao.audit.funds.units_of_rows import amounts_in_another_unit
from jixiao.audit.lexicon import has, lists_of
from jixiao.audit.prose import Amount, Sentence, percent, ratio_of
from jixiao.audit.quotients import quotient
from jixiao.audit.rows import Row, places_of
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.told.departments import rates_apart_in_departments
from jixiao.audit.told.money_left_out import lump_without_items
from jixiao.expressions import expression
from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import WAN, YUAN, Figure, adds_up_plainly, sum_of
from jixiao.model.finding import FieldPath, Severity
from jixiao.model.reading import Kind
from jixiao.model.statements import Claim

_WORDS = lists_of("spending")
_SCORING = lists_of("scoring")
_WORKS = expression(r"工程|维修|修缮|采购|建设|改造|购置|装修|安装|房顶|屋顶")
_TOTALS = expression(
    r"(?:(?:项目|全年|年度|累计|实际|资金)(?:支出|支付|使用|投入|执行|到位)|(?:项目|年度|全年|年初)预算)"
    r"(?:资金|金额|安排|数|总额)?(?:了|共|为|:|计|共计|合计)*$|(?:结余|剩余|节余|未支出)(?:的|资金|了|为|有)*$"
)
_TINY, _SOME, _LARGE = 1000, 2, 10_000
_FEN = 2  # the decimals of 元
_TEN_THOUSAND = Fraction(10_000)


@rule("FD06", Severity.WARNING, source="自评材料金额单位应一致，元以下只到分")
def yuan_and_wan_are_mixed(case: Case) -> Iterator[Found]:
    """元与万元混用：同一金额两处相差一万倍，或以元计的金额小到不合常理。

    为什么：单位写错，金额差一万倍。
    不合格：维修资金 18.092382元；表中 853.67 万元，文中 853.67 元。
    合格：18.092382 万元；每人每天补助 35.5 元；单价 0.125 元/度。
    怎么改：核对单位，改为万元。
    来源：人民币最小单位为分，以元计的合计不会有两位以上小数。
    误报风险：低。补助标准、单价（每人、每亩、元/…）不看。
    """
    known = {f.exact for _, f in _table_amounts(case) if f.value}
    in_yuan = {f.value for _, f in _table_amounts(case) if f.unit == YUAN and f.value >= _LARGE}
    in_wan = sum(a.figure.unit == WAN for said in case.told("signs.money") for a in said.amounts) >= _SOME
    for said in case.told("signs.money"):
        for amount in said.amounts:
            if amount.figure.unit == WAN and (
                amount.figure.value in in_yuan
                or (amount.figure.value >= _LARGE and amount.figure.value in known)
            ):
                says = f"文中写 {amount}，按表应是 {amount.digits}元，相差一万倍。"
                yield _in_other_unit(said, amount, says, "元")
            if amount.figure.unit != YUAN or amount.per_head:
                continue
            says, severity = _too_small(amount, said.text)
            if not says and amount.figure.exact * 10_000 in known and amount.figure.value > 1:
                says, severity = (
                    f"文中写 {amount}，表中是 {amount.digits}万元，相差一万倍。",
                    Severity.WARNING,
                )
            if not says and in_wan and _tiny_total(amount):
                says, severity = f"文中写 {amount}，其他金额以万元计，单位似应为万元。", Severity.WARNING
            if says:
                yield _in_wan(said, amount, says, severity)
    yield from _mixed_block(case)
    yield from amounts_in_another_unit(case)


def _in_wan(said: Sentence, amount: Amount, says: str, severity: Severity) -> Found:
    return replace(_in_other_unit(said, amount, says, "万元"), severity=severity)


def _in_other_unit(said: Sentence, amount: Amount, says: str, unit: str) -> Found:
    return Found(
        said.passage.where,
        f"{says}改法：核对单位，应为{unit}的改为“{unit}”。",
        said.passage.paper,
        quoted=said.text,
        printed=str(amount),
        computed=f"{amount.digits}{unit}",
        key=str(amount),
    )


def _too_small(amount: Amount, sentence: str) -> tuple[str, Severity]:
    value = amount.figure.value
    if places_of(value) > _FEN and not re.search(
        r"[/每均单]|汇率|系数|电价|水价|价格", f"{amount.before}{amount.after[:2]}"
    ):
        return (
            f"文中写 {amount}，元以下只到分，不会有 {places_of(value)} 位小数，单位应为万元。",
            Severity.ERROR,
        )
    total = re.search(r"(?:资金|经费|投资|预算|费用|总额|支出)[^，,。；;\d]{0,4}$", amount.before)
    if 0 < value < 100 and total and _WORKS.search(sentence):  # noqa: PLR2004
        return f"文中写 {amount}，工程、采购一类的资金不足 100 元，单位可能有误。", Severity.WARNING
    return "", Severity.NOTE


def _tiny_total(amount: Amount) -> bool:
    """Tell whether a project's whole spending or budget is said to be less than a thousand 元."""
    return 0 < amount.yuan < _TINY and bool(_TOTALS.search(amount.before))


def _table_amounts(case: Case) -> Iterator[tuple[str, Figure]]:
    for _, table in case.tables:
        for column in ("initial", "annual", "executed", "received"):
            figure = getattr(table.funds.total, column, None)
            if isinstance(figure, Figure):
                yield column, figure


def _mixed_block(case: Case) -> Iterator[Found]:
    """Tell of a fund block whose total and sources differ by just 10,000."""
    for at, table in case.tables:
        for column in ("annual", "executed", "initial"):
            total, parts = table.funds.column(column)
            if total is None or adds_up_plainly(parts, total) or sum_of(parts).agrees_with(total):
                continue
            whole = sum((p.exact for p in parts), Fraction(0))
            if total.exact <= 0 or whole <= 0:
                continue
            if abs(max(whole / total.exact, total.exact / whole) - _TEN_THOUSAND) < _TEN_THOUSAND / 1000:
                says = f"年度资金总额 {total} 与来源合计相差一万倍，元与万元混用。改法：统一单位。"
                yield Found(f"funds.total.{column}", says, at, printed=str(total), rests=("funds",))
                break


@rule("FD07", Severity.WARNING, source="报告、自评表、评价报告所列金额应一致")
def amounts_differ_between_papers(case: Case) -> Iterator[Found]:
    """报告写的预算数、支出数与自评表不一致。

    为什么：同一项目同一年度只有一个执行数。
    不合格：自评表全年执行数 585.19 万元，评价报告写实际支出 580.75 万元。
    合格：自评表 35.37 万元，报告写 353700 元；报告按“约 35.4 万元”取整。
    怎么改：核对截止日期和口径，改为一致或说明差异。
    来源：报告与自评表应相互印证。
    误报风险：中。决算与现金口径、截止日期不同会造成差异，因此只提示核实。
    """
    yield from other_amounts(case)
    named = [t for t in case.tables if t[0] == case.filing.main or _is_base_data(case, t[0])]
    table = next((t for t in named if t[1].funds.total is not None), None)
    line = table[1].funds.total if table else None
    if table is None or line is None:
        return
    pairs = (
        ("executed", line.executed, "支出", ("executed",)),
        ("annual", line.annual, "预算", ("budget", "initial")),
    )
    for at, reading in enumerate(case.filing.readings):
        if not isinstance(reading.record, Report | Evaluation) or not _may_differ(case, at, reading.record):
            continue
        known: list[Found] = []
        for column, own, what, kinds in pairs:
            if own is not None and own.value and f"funds.total.{column}" not in case.filing.supplied:
                known += _different(at, reading.record, own, f"{called(case, table[0])}{what}", kinds)
        yield from known
        told = {one.key[-2:] for one in known}
        yield from (f for f in amounts_of_the_whole(case, table[1]) if f.paper == at and f.key not in told)
    yield from surplus_apart(case, table[1])


def _may_differ(case: Case, at: int, record: Report | Evaluation) -> bool:
    """Tell whether the paper tells amounts of its own beside the table's: a report does, a table in its text."""
    return bool(record.claims) if isinstance(record, Evaluation) else at != case.filing.main


def _is_base_data(case: Case, at: int) -> bool:
    return case.filing.readings[at].kind is Kind.BASE_DATA_FORM


def _different(
    at: int, report: Report | Evaluation, own: Figure, what: str, kinds: tuple[str, ...]
) -> Iterator[Found]:
    """Compare a report's sums of one kind: one that agrees is enough, unless all that are near differ."""
    told = [(n, c) for n, c in enumerate(report.claims) if c.what in kinds and _is_whole(c)]
    near = [(n, c) for n, c in told if own.exact / 2 < c.figure.exact < own.exact * 2]
    if not near or any(c.figure.agrees_with(own) for _, c in told):
        return
    n, claim = min(near, key=lambda one: abs(one[1].figure.exact - own.exact))
    says = (
        f"{what}数 {own}，报告写 {claim.figure}，"
        f"相差 {_apart(own, claim.figure)}。改法：核对后改为一致，或说明口径差异。"
    )
    yield Found(
        f"claims.{n}", says, at, quoted=claim.quoted, printed=str(claim.figure), computed=str(own), key=what
    )


def _is_whole(claim: Claim) -> bool:
    unit = claim.figure.unit
    return (
        unit is not None
        and unit.kind == "money"
        and not (re.search(r"每|其中|人均|单价", claim.subject) or _SEVERAL.search(claim.quoted))
    )


def _apart(one: Figure, other: Figure) -> str:
    unit = one.unit.name if one.unit else ""
    return f"{percent(abs(one.exact - other.exact) / one.scale / 100)[:-1]}{unit}"


@dataclass(frozen=True, slots=True)
class Rate:
    """A statement of the execution rate: where, as printed, its range, and whether under its own plain name."""

    paper: int
    where: FieldPath
    says: str
    span: tuple[Fraction, Fraction]
    plain: bool
    quoted: str = ""


@rule("FD08", Severity.WARNING, source="同一项目同一年度的预算执行率应一致")
def execution_rate_has_several_values(case: Case) -> Iterator[Found]:
    """预算执行率在材料中有几个不同的数值。

    为什么：执行率只有一个，几处不同说明有一处未更新或口径不同。
    不合格：资金栏执行率 88.44%，“预算控制率”完成值 94%；报告一处 100%，一处 96.79%。
    合格：资金栏 87.97%，“预算控制率”完成值 87.97%；一处写 88%，一处写 87.97%。
    怎么改：统一口径；确属到位数与预算数两种分母的，分别写明。
    来源：执行率计算口径。
    误报风险：中。自评按预算数、评价按到位数，两种分母都算得通的不提示。
    """
    yield from rates_apart_in_departments(case)
    rates = list(rates_told(case))
    base = next((r for r in rates if r.plain), rates[0] if rates else None)
    if base is None:
        return
    odd = [r for r in rates if r is not base and not _meet(r.span, base.span)]
    seen: set[tuple[int, tuple[Fraction, Fraction]]] = set()
    for rate in odd:
        if (rate.paper, rate.span) in seen:
            continue
        seen.add((rate.paper, rate.span))
        says = f"{base.says}，{rate.says}，两处不一致。改法：统一执行率，或写明各自的分母。"
        yield Found(rate.where, says, rate.paper, quoted=rate.quoted, printed=rate.says, key=rate.says)


def _meet(one: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def rates_told(case: Case) -> Iterator[Rate]:
    """Yield every statement of the rate, the table's own first (by amounts where they are there)."""
    for at, table in case.tables:
        line, rate = table.funds.total, table.execution.rate_printed
        span = quotient(line.executed, line.annual) if line and line.executed and line.annual else None
        if rate is not None and rate.value and (span is None or _meet(span, ratio_of(rate))):
            yield Rate(at, "execution.rate_printed", f"资金栏执行率 {rate}", ratio_of(rate), plain=True)
        elif span is not None and span[0] > 0:
            yield Rate(at, "funds.total", f"资金栏算得执行率 {percent(span[1])}", span, plain=True)
    for at, reading in enumerate(case.filing.readings):
        yield from _row_rates(row for row in case.named(*_OF_RATES) if row.paper == at)
        yield from _told_rates(case, at, reading.record)
    for said in rates_said(case) if case.tables else ():
        yield Rate(said.paper, said.where, f"文中写“{said.words}”", said.span, plain=True, quoted=said.words)


_OF_RATES = ("scoring.execution_rate", "scoring.budget_control")


def _row_rates(rows: Iterable[Row]) -> Iterator[Rate]:
    for row in rows:
        i, name, at = row.indicator, row.name, row.paper
        plain = "scoring.execution_rate" in row.name_words
        if i.actual is not None and i.actual.figure is not None and not i.actual.hedged:
            span = ratio_of(i.actual.figure)
            if not (not plain and span[1] >= 1):
                yield Rate(
                    at, row.path("actual"), f"“{name}”完成值 {i.actual.text}", span, plain, i.actual.text
                )
        for told in re.findall(
            r"(?:执行率|完成率|支付率|支出率)[^，,。；;\d]{0,4}(\d+(?:\.\d+)?)%", i.remarks or ""
        ):
            value = Fraction(told)
            yield Rate(
                at, row.path("remarks"), f"“{name}”说明写 {told}%", (value / 100, value / 100), plain, told
            )


# 对8个项目开展自评，总体执行率93.44%: the unit's rate and not this project's.
_SEVERAL = expression(r"(?<!第)(?:[2-9]|\d{2,4}|[二三四五六七八九十]+)个(?:[一-鿿]{0,6})项目")


def _told_rates(case: Case, at: int, record: object) -> Iterator[Rate]:
    if not isinstance(record, Report | Evaluation):
        return
    for n, claim in enumerate(record.claims):
        if (
            claim.what == "execution_rate"
            and not _SEVERAL.search(claim.quoted)
            and not OF_ARRIVED.search(claim.quoted)
            and not of_a_source(case, claim.quoted.partition(str(claim.figure))[0])
            and not re.search(
                r"1-|[一1]至|(?<!12)月底|截至(?!(?:20\d\d年)?(?:12月|年[底末]|年度末))|季度|上年|同期",
                claim.quoted,
            )
        ):
            words = f"文中写“{claim.subject or '执行率'}” {claim.figure}"
            yield Rate(at, f"claims.{n}", words, ratio_of(claim.figure), plain=True, quoted=claim.quoted)


@rule("FD17", Severity.WARNING, source="完成情况应覆盖主要支出")
def results_explain_little_of_the_money(case: Case) -> Iterator[Found]:
    """实际完成情况说明的金额不到全年执行数的一半。

    为什么：钱用在哪里应当说清，只说一小部分无法评价。
    不合格：全年执行 7710 万元，完成情况只写投入 575.8 万元。
    合格：写明的金额合计过半；或完成情况没有写金额，只写任务量。
    怎么改：补写其余资金的用途和结果。
    来源：自评表“实际完成情况”填报要求。
    误报风险：中。只看“投入、支付、用于”等词后的金额，人均、收入、标准不计。
    """
    for at, table in case.tables:
        spent = table.funds.total.executed if table.funds.total else None
        if spent is None or spent.exact <= 0 or not table.goal.actual:
            continue
        said = (s for s in case.told("signs.money") if s.passage.paper == at)
        told = [a for s in said if s.passage.where == "goal.actual" for a in _spending_in(s)]
        whole = sum((a.yuan for a in told), Fraction(0))
        if told and whole * 2 < spent.exact:
            says = (
                f"全年执行数 {spent}，完成情况说明的金额合计 {'、'.join(map(str, told))}，"
                f"占 {percent(whole / spent.exact)}。改法：补写其余资金的去向。"
            )
            yield Found("goal.actual", says, at, quoted=table.goal.actual[:60], printed=percent(whole / spent.exact),
                        rests=("funds.total.executed",))  # fmt: skip
    yield from little_of_the_sum(case)
    yield from lump_without_items(case)


def _spending_in(sentence: Sentence) -> Iterator[Amount]:
    for amount in sentence.amounts:
        near = re.split(r"[，,、；;：:]", amount.before)[-1]
        if has(near, _WORDS["spent"]) and not amount.per_head and not has(near, _WORDS["not_spent"]):
            yield amount
