"""FD01-FD05, FD09, FD10: the fund block of the table (项目资金)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from jixiao.audit.annexes import adjustments_off, blank_management
from jixiao.audit.funds.gaps import (
    adjustment_backed,
    blanks_in_funds,
    changes_of_sources,
    items_over_their_plan,
)
from jixiao.audit.lexicon import has, lists_of
from jixiao.audit.prose import percent, ratio_of
from jixiao.audit.quotients import overlap, quotient
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.told import listed
from jixiao.audit.told.departments import changes_of_departments, rates_of_departments
from jixiao.audit.told.money_left_out import money_untold
from jixiao.audit.told.report_money import low_spending_told
from jixiao.model.claims import DepartmentReport
from jixiao.model.evaluation import Evaluation, FundLine, Funds
from jixiao.model.figure import Figure, adds_up_plainly, sum_of
from jixiao.model.finding import Origin, Severity
from jixiao.model.reading import Kind

_WORDS = lists_of("spending")
COLUMNS = {"initial": "年初预算数", "annual": "全年预算数", "executed": "全年执行数", "allocated": "下达数",
           "received": "到位数"}  # fmt: skip
SOURCES = {
    "fiscal": "财政拨款",
    "carryover": "上年结转资金",
    "special": "财政专户管理资金",
    "other": "其他资金",
}
_WITH_FUNDS = (Kind.SELFEVAL_TABLE, Kind.BASE_DATA_FORM)
_OF_FORMS = ("initial", "annual", "executed")
_MIXED = Fraction(10_000)


@rule("FD01", Severity.ERROR, source="自评表项目资金栏：年度资金总额为各来源之和")
def fund_lines_do_not_add_up(case: Case) -> Iterator[Found]:
    """资金来源各行之和不等于年度资金总额。

    为什么：总额是执行率的分母和分子，来源漏填会使执行率失真。
    不合格：总额 90，财政拨款 80，其他资金 5；期初预算 60，调减 4，实际预算数填 60。
    合格：总额 90，财政拨款 80，其他资金 10；总额 9.92 万元，财政拨款 99187 元（四舍五入相符）。
    怎么改：核对漏填的来源，是否混用了元与万元。
    来源：自评表表头（其中：财政拨款、上年结转资金、其他资金）。
    误报风险：低。总额为零由 FD10 说明，相差一万倍由 FD06 说明；有来源行未填时只提示核实。
    """
    for at, table in case.tables:
        for column in COLUMNS:
            total, parts = table.funds.column(column)
            least = 1 if case.filing.readings[at].kind is Kind.BASE_DATA_FORM else 2
            only = not parts and len(table.funds.more) >= least and column in _OF_FORMS
            parts = tuple(_levels(table.funds, column)) if only else parts
            if total is None or not total.value or not any(p.value for p in parts):
                continue
            if adds_up_plainly(parts, total):
                continue
            agreed = any(sum_of(p).agrees_with(total) for p in _sums(table.funds, column))
            if agreed or mixed_units(total, parts):
                continue
            yield _not_the_sum(at, table.funds, column, parts)
    yield from adjustments_off(case)


def _levels(funds: Funds, column: str) -> Iterator[Figure]:
    """Yield the figures of a form's own sources (中央, 省, 县 …), the only rows that it has."""
    yield from (f for line in funds.more if (f := getattr(line, column, None)) is not None)


def _not_the_sum(at: int, funds: Funds, column: str, parts: tuple[Figure, ...]) -> Found:
    total = getattr(funds.total, column)
    silent, slid, glued = _silent(funds, column), slid_lines(funds), has_glued_figures(funds)
    says = f"{COLUMNS[column]}：来源各行合计 {sum_of(parts)}，年度资金总额 {total}。"
    hint = f"{'、'.join(silent)}未填。" if silent else ""
    hint = f"{'、'.join(slid)}一行似错开一格。" if slid else "两个数似粘在一起。" if glued else hint
    sure = not (silent or slid or glued or funds.more)
    return Found(
        f"funds.total.{column}",
        f"{says}{hint}改法：核对漏填或错填的来源。",
        at,
        None if sure else Severity.WARNING,
        Origin.LAYOUT if slid or glued else Origin.AUTHOR,
        printed=str(total),
        computed=str(sum_of(parts)),
        rests=tuple(f"funds.{name}" for name in SOURCES),
    )


def slid_lines(funds: Funds) -> list[str]:
    """Return the sources whose row repeats the total's figures one column further: the row slid on its way to us."""
    total = funds.total
    if total is None or total.initial is None or total.annual is None:
        return []
    lines = {name: getattr(funds, name) for name in SOURCES}
    return [
        SOURCES[name]
        for name, line in lines.items()
        if line is not None
        and line.initial is None
        and (_value(line.annual), _value(line.executed)) == (total.initial.value, total.annual.value)
    ]


def has_glued_figures(funds: Funds) -> bool:
    """Tell whether a source's figure is two of the total's written without a space between them (20 20 as 2020)."""
    figures = [_value(getattr(funds.total, column, None)) for column in COLUMNS]
    digits = [f"{value:f}" for value in figures if value is not None]
    pairs = {one + other for one in digits for other in digits}
    lines = [getattr(funds, name) for name in SOURCES]
    parts = (_value(getattr(line, column, None)) for line in lines for column in COLUMNS)
    return any(f"{part:f}" in pairs for part in parts if part is not None)


def _value(figure: Figure | None) -> Decimal | None:
    return figure.value if figure is not None else None


def _sums(funds: Funds, column: str) -> Iterator[tuple[Figure, ...]]:
    """Yield the ways in which the sources may add up: the known ones, with any of the rows that only one form has."""
    _, parts = funds.column(column)
    more = [f for line in funds.more if (f := getattr(line, column, None)) is not None][:6]
    for n in range(len(more) + 1):
        for some in combinations(more, n):
            yield (*parts, *some)
            if some:
                yield some


def _silent(funds: Funds, column: str) -> list[str]:
    lines = {name: getattr(funds, name) for name in SOURCES}
    return [
        SOURCES[name] for name, line in lines.items() if line is not None and getattr(line, column) is None
    ]


def mixed_units(total: Figure, parts: tuple[Figure, ...]) -> bool:
    """Tell whether total and parts differ by just 元 against 万元."""
    one, other = total.exact, sum_of(parts).exact
    if one <= 0 or other <= 0:
        return False
    factor = max(one / other, other / one)
    return abs(factor - _MIXED) < _MIXED / 1000


@rule("FD02", Severity.WARNING, source="自评表项目资金栏为必填")
def fund_cell_is_empty(case: Case) -> Iterator[Found]:
    """全年预算数或全年执行数未填，或整个项目资金栏缺失。

    为什么：没有预算数和执行数，预算执行率无从核对。
    不合格：执行率 100%、得分 10，全年执行数空白；基础数据表的合计、立项情况没有填；报告“资金执行情况”没有金额。
    合格：全年预算数 10，全年执行数 0。
    怎么改：补填；若原表有而此处没有，请上传原件。
    来源：自评表项目资金栏。
    误报风险：中。从文字版摘出的材料可能丢了这一栏，因此只提示核实。
    """
    for at, table in case.tables:
        if case.filing.readings[at].kind not in _WITH_FUNDS or not table.indicators:
            continue
        line = table.funds.total
        empty = [heading for name, heading in COLUMNS.items()
                 if name in {"annual", "executed"} and getattr(line, name, None) is None]  # fmt: skip
        if line is None and table.funds.more and case.filing.readings[at].kind is Kind.BASE_DATA_FORM:
            says = f"资金来源只填了“{table.funds.more[0].label}”等行，合计一行没有填。改法：补填合计。"
            yield Found("funds", says, at, key="total")
        elif line is None or len(empty) == 2:  # noqa: PLR2004
            yield _no_amounts(case, at)
        elif empty:
            says = f"年度资金总额的{'、'.join(empty)}未填。改法：补填（没有发生的填 0）。"
            yield Found("funds.total", says, at, key="|".join(empty))
    yield from blank_management(case)
    yield from money_untold(case)
    yield from blanks_in_funds(case)


def _no_amounts(case: Case, at: int) -> Found:
    """Tell a paper without amounts from one whose fund block is printed and could not be read."""
    if any(doubt.where == "funds" for doubt in case.doubts_at("funds", at)):
        says = "印有项目资金栏，预算数和执行数没有读出来，执行率无从核对。改法：对照原件核对这一栏；原件填了的不必改。"
        return Found("funds", says, at, Severity.NOTE, origin=Origin.LAYOUT)
    return Found(
        "funds", "没有找到项目资金栏的预算数和执行数，执行率无从核对。改法：补填年度资金总额一行。", at
    )


@rule("FD03", Severity.WARNING, source="预算调整应单独说明理由（四川自评表注；广东评分表按调整幅度扣分）")
def budget_change_is_unexplained(case: Case) -> Iterator[Found]:
    """年初预算为零或年中调整一成以上，没有说明理由。

    为什么：调整幅度反映预算编制质量，多地按 10%、20%、50% 三档扣分。
    不合格：年初预算 20，全年预算 40，全文未说明。
    合格：年初 0，全年 20000 元，报告写明“年中上级下达”；增加的数正是上年结转资金一行的数。
    怎么改：在偏差原因或报告中写明调整的依据和金额。
    来源：四川系统自评表注 2；广东评分表预算编制科学性。
    误报风险：中。年中下达的上级资金属正常，写明即可。
    """
    for at, table in case.tables:
        line = table.funds.total
        if line is None or line.initial is None or line.annual is None or line.annual.exact <= 0:
            yield from () if change_explained(case) else changes_of_sources(table, at)
            continue
        if line.annual == line.initial:
            continue
        change = abs(line.annual.exact - line.initial.exact)
        share = change / line.initial.exact if line.initial.exact > 0 else Fraction(1)
        if change == 0 or share * 10 < 1 or carried_over(table.funds) or change_explained(case):
            continue
        size = f"调整 {percent(share)}" if line.initial.exact > 0 else "年初没有安排"
        told = bool(case.told("spending.adjusted"))
        why = "只说作了调整，没有写依据" if told else "没有说明理由"
        says = f"年初预算数 {line.initial}，全年预算数 {line.annual}，{size}，{why}。改法：写明调整的依据。"
        yield Found("funds.total.annual", says, at, None if share * 5 >= 1 and not told else Severity.NOTE,
                    printed=str(line.annual), rests=("funds.total.initial",))  # fmt: skip
    yield from changes_of_departments(case)


def carried_over(funds: Funds) -> bool:
    """Tell whether the row of last year's money alone makes the budget grow: nobody adjusted anything."""
    total, line = funds.total, funds.carryover
    if total is None or line is None or line.annual is None or total.initial is None or total.annual is None:
        return False
    first = line.initial.exact if line.initial is not None else Fraction(0)
    grown, carried = total.annual.exact - total.initial.exact, line.annual.exact - first
    slack = (total.annual.high - total.annual.exact) + (total.initial.high - total.initial.exact)
    return grown > 0 and abs(grown - carried) <= slack


def change_explained(case: Case) -> bool:
    """Tell whether the filing's own text gives a reason: such a word, outside the form's printed instructions."""
    told = (*case.told("spending.adjust_reason"), *case.told("spending.adjusted", "spending.because"))
    for said in told:
        passage, sentence = said.passage, said.text
        own = "spending.template" not in said.words
        about = passage.where.endswith(("reason", "remarks", "remedy")) or re.search(
            r"预算|资金|支出|经费", sentence
        )
        if own and about and not passage.where.startswith("goal"):
            return True
    return adjustment_backed(case)


@rule("FD04", Severity.WARNING, source="支出不得超出全年预算（预算法第十三条）")
def spending_exceeds_budget(case: Case) -> Iterator[Found]:
    """全年执行数大于全年预算数。

    为什么：支出以批准的预算为限，超出部分须先调整预算。
    不合格：全年预算数 100，全年执行数 105；总额没有超，县级资金 100、执行 112。
    合格：全年预算数 100，全年执行数 100；预算 9.92 万元，执行 99187 元。
    怎么改：核对是否未填调整后的预算数，或把上年结转的支出计入。
    来源：《预算法》；系统按不超过分值计分。
    误报风险：低，但也可能是预算数未更新，故只提示核实。
    """
    for at, table in case.tables:
        for name, line in (*_lines(table.funds), *_other_lines(table.funds)):
            if line.annual is None or line.executed is None or line.executed.low <= line.annual.high:
                continue
            summed = any(f.value for f in table.funds.column("annual")[1])
            if line.annual.value or name != "total" or not summed:
                says = f"{_called(name, line)}：全年执行数 {line.executed} 大于全年预算数 {line.annual}。"
                says = f"{says}改法：核对是否漏填预算调整。"
                yield Found(f"funds.{name}.executed", says, at, printed=str(line.executed),
                            computed=str(line.annual), rests=(f"funds.{name}",))  # fmt: skip
                break
        yield from items_over_their_plan(table, at)
    yield from listed.over_budget(case)


def _lines(funds: Funds) -> Iterator[tuple[str, FundLine]]:
    for name in ("total", *SOURCES):
        line = getattr(funds, name)
        if isinstance(line, FundLine):
            yield name, line


def _other_lines(funds: Funds) -> Iterator[tuple[str, FundLine]]:
    """Yield the sources by level (中央财政资金, 地方资金) as far as they are named."""
    return ((f"more.{n}", line) for n, line in enumerate(funds.more) if line.label)


def _called(name: str, line: FundLine | None = None) -> str:
    return (line.label if line and "." in name else None) or SOURCES.get(name, "年度资金总额")


@rule("FD05", Severity.WARNING, source="执行率未达 90% 需说明原因（四川自评表注）；未支出超过 20% 预警")
def low_execution_is_unexplained(case: Case) -> Iterator[Found]:
    """预算执行率低于 90%，没有说明原因。

    为什么：资金未用完须说明是节约、未到付款期还是没有开展。
    不合格：全年预算 40，执行 35.37（88.43%），偏差原因栏空白；报告写安排 120、支出 45，没有原因。
    合格：执行率 88%，原因写明“质保金未到支付期”。
    怎么改：在预算执行的原因栏或报告中写明未支出的金额和原因。
    来源：四川系统自评表注 1；系统对未支出超过 20% 的预警。
    误报风险：低。材料里任何一处说明了原因就不提示。
    """
    for at, table in case.tables:
        line = table.funds.total
        if line is None or line.executed is None or line.annual is None or line.annual.exact <= 0:
            continue
        rate = line.executed.exact / line.annual.exact
        if rate * 10 < 9 and not spending_explained(case, table):  # noqa: PLR2004
            left = Figure(line.annual.value - line.executed.value, unit=line.annual.unit)
            says = f"执行率 {percent(rate)}，未支出 {left}，没有说明原因。改法：写明未支出的原因。"
            yield Found("execution", says, at, printed=percent(rate), rests=("funds.total",))
    for at, report in case.department_reports:
        yield from _department_rate(case, at, report)
    yield from rates_of_departments(case)
    yield from low_spending_told(case)


def spending_explained(case: Case, table: Evaluation) -> bool:
    """Tell whether a row's reason or a sentence says why money was left."""
    return _row_reasons(table) or _told_of_spending(case)


def _row_reasons(table: Evaluation) -> bool:
    told = (
        table.execution.reason,
        *(i.reason for i in table.indicators),
        *(i.remarks for i in table.indicators),
    )
    return any(text and not has(text, _WORDS["template"]) and len(text.strip("无/—- ")) > 1 for text in told)


def _told_of_spending(case: Case) -> bool:
    said = case.told("spending.execution_reason", "spending.because")
    return any(not s.passage.where.startswith("goal") and "spending.template" not in s.words for s in said)


def _department_rate(case: Case, at: int, report: DepartmentReport) -> Iterator[Found]:
    """Check that a department with a low rate states and explains it."""
    budget, spent = report.budget, report.executed
    if budget is None or spent is None or budget.exact <= 0 or spent.exact / budget.exact * 10 >= 9:  # noqa: PLR2004
        return
    span = quotient(spent, budget)
    rates = [ratio_of(c.figure) for c in report.claims if c.what == "execution_rate"]
    stated = any(span is None or overlap(span, rate) for rate in rates)
    left = budget.exact - spent.exact
    totals = {a.yuan for s in case.told("signs.money") if s.passage.paper == at for a in s.amounts}
    if not stated and left not in totals:
        says = (f"预算资金 {budget}，支出 {spent}，总执行率 {percent(spent.exact / budget.exact)}，"
                "文中没有写出执行率和未支出总额，也没有分析。改法：补写并说明原因。")  # fmt: skip
        yield Found("executed", says, at, printed=str(spent), rests=("budget",))


@rule("FD09", Severity.NOTE, source="自评表表样：分值与得分只填在年度资金总额一行")
def source_row_carries_points(case: Case) -> Iterator[Found]:
    """资金来源的分行（其中：财政拨款等）填了分值或得分。

    为什么：预算执行只在总额一行计分，分行再填容易重复加总。
    不合格：总额行 10 分得 10 分，财政拨款行又填得分 10。
    合格：分行填“—”。
    怎么改：分行的分值、得分改填“—”。
    来源：财预〔2020〕10号附件1表样。
    误报风险：中。甘肃等地系统会自动在分行印出，因此只作提示。
    """
    for at, table in case.tables:
        rows = [
            (n, line)
            for n, line in (*_lines(table.funds), *_other_lines(table.funds))
            if n != "total" and (line.points or line.score_printed)
        ]
        if rows:
            names = "、".join(_called(name, line) for name, line in rows)
            says = f"{names}一行填了分值或得分，预算执行只在年度资金总额一行计分。改法：该行改填“—”。"
            yield Found(f"funds.{rows[0][0]}", says, at)


@rule("FD10", Severity.ERROR, source="自评表项目资金栏：年度资金总额为各来源之和")
def total_is_zero_over_its_parts(case: Case) -> Iterator[Found]:
    """年度资金总额填 0，而下面的来源有金额。

    为什么：总额为零会使执行率成 0 或无法计算。
    不合格：年度资金总额 0，本年财政拨款 90。
    合格：年度资金总额 0，各来源也都是 0。
    怎么改：总额按来源之和填写，并重算执行率和得分。
    来源：自评表表头。
    误报风险：低。
    """
    for at, table in case.tables:
        wrong = {}
        for column in COLUMNS:
            total = getattr(table.funds.total, column, None)
            if total is None or total.value:
                continue
            _, parts = table.funds.column(column)
            if any(p.value > 0 for p in parts):
                wrong[column] = sum_of(parts)
        if wrong:
            first = next(iter(wrong))
            said = "、".join(f"{COLUMNS[c]}（来源合计 {f}）" for c, f in wrong.items())
            says = f"年度资金总额填 0，其下来源有金额：{said}。改法：总额按来源之和填写，重算执行率和得分。"
            yield Found(f"funds.total.{first}", says, at, printed="0", computed=str(wrong[first]),
                        rests=tuple(f"funds.{name}" for name in SOURCES))  # fmt: skip
