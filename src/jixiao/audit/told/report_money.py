"""What a report tells of its money under the headings that ask for it, and how much of it was spent (文中的资金)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from jixiao.audit.prose import Amount, Passage, Sentence, percent
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.claims import Report
from jixiao.model.statements import Section

_ARRIVAL = expression(r"资金(?:的)?(?:落实|拨付)?(?:及|和|、)?(?:分配)?到位")
_SPENDING = expression(
    r"(?:资金|预算|经费)(?:的)?(?:实际)?(?:执行|支出|使用)(?!.*(?:管理|合规|规范|安全|效益|制度))"
)
_OTHERS = expression(r"管理|制度|合规|规范|安全|监督|效益|绩效|问题|建议|原因")
_ARRIVED = expression(r"到位|下达|拨入|拨付|收到|安排|批复|投入|落实")
_SPENT = expression(r"支出|支付|使用|执行|列支|发放|拨付|兑现|兑付|投入|结算|开支|完成投资|用于|付")
_RATE = expression(r"(?:率|进度|比例?|足额|全额|全部|均)[^,，。]{0,6}\d|\d[%％]|百分之")
_MONEY = expression(r"\d\s*(?:亿|千|百|万)?元|[一二三四五六七八九十百千万]+元整?")
_ARRANGED = expression(
    r"(?:安排|下达|预算|批复|到位|收到)[^,，。;；\d]{0,10}(?:[,，]?(?:合计|共计|总计|共|为))?$"
)
_PAID = expression(
    r"(?<!预算)(?<!安排)(?<!计划)(?:实际|财政|已|累计|全年|共|安排)*(?:支出|支付|列支|使用)(?:资金|经费|金额|总额|了)*(?:合计|共计|总计|共|为)?$"
)
_EXPLAINED = expression(
    r"由于|因为?|原因|导致|造成|受.{1,12}影响|尚未|未到|待|质保金|尾款|进度款|跨年|节约|节余|结余|调减|核减|收回|压减|招标|疫情"
)
_PART = expression(r"其中|分别|包括|半年|季度|截至|截止|上年|去年|[1-9]月")
_LOW = Fraction(4, 5)


def money_sections_without_money(case: Case) -> Iterator[Found]:
    """Yield the headings of arrival and spending below which no amount and no rate stands, nor anywhere else."""
    if any(table.funds.total is not None for _, table in case.tables):
        return
    for at, report in case.reports:
        for n, section in _leaves(report.sections):
            asks = _asks(section.title)
            if (
                asks is None
                or not section.text.strip()
                or _MONEY.search(section.text)
                or _RATE.search(section.text)
            ):
                continue
            if not _told_anywhere(case, at, asks):
                what = "到位的金额和时间" if asks is _ARRIVED else "支出的金额和执行率"
                says = f"“{section.title}”没有写{what}，全文也没有。改法：写明金额、比率。"
                yield Found(f"sections.{n}", says, at, quoted=section.text[:60], key=f"money{n}")


def _leaves(sections: Sequence[Section]) -> Iterator[tuple[int, Section]]:
    """Yield the sections that have none below them, with their index."""
    for n, section in enumerate(sections):
        below = sections[n + 1] if n + 1 < len(sections) else None
        if below is None or below.level <= section.level:
            yield n, section


def _asks(title: str) -> re.Pattern[str] | None:
    """Return what a heading asks for: money that arrived, money that was spent, or None."""
    if _OTHERS.search(title):
        return None
    if _ARRIVAL.search(title):
        return _ARRIVED
    return _SPENT if _SPENDING.search(title) else None


def _told_anywhere(case: Case, paper: int, asks: re.Pattern[str]) -> bool:
    """Tell whether any sentence of the paper has such a word beside an amount or a rate."""
    told = (s for p in case.passages if p.paper == paper and p.in_report for s in p.sentences)
    return any(asks.search(s.plain) and (_MONEY.search(s.plain) or "%" in s.plain) for s in told)


def low_spending_told(case: Case) -> Iterator[Found]:
    """Yield the reports without a table that tell much less spending than budget, no rate and no reason."""
    for at, report in case.reports if not case.tables else ():
        pair = _budget_and_spending(case, at)
        if pair is None:
            continue
        passage, budget, spent = pair
        rate = spent.yuan / budget.yuan
        if rate < _LOW and not _stated(report, rate) and not _explained(case, at):
            says = (f"安排 {budget}，支出 {spent}，执行率 {percent(rate)}，没有写执行率，也没有说明未支出的原因。"
                    "改法：写明执行率、未支出的金额和原因。")  # fmt: skip
            yield Found(passage.where, says, at, quoted=str(spent), printed=str(spent), computed=percent(rate),
                        key="told")  # fmt: skip


def spent_share(case: Case, paper: int) -> Fraction | None:
    """Return the share of its budget that a report without a table tells as spent, None where it isn't told."""
    pair = _budget_and_spending(case, paper) if not case.tables else None
    return pair[2].yuan / pair[1].yuan if pair else None


def _budget_and_spending(case: Case, paper: int) -> tuple[Passage, Amount, Amount] | None:
    """Return the one budget and the one whole spending that a report tells, with the spending's passage."""
    told = [s for s in case.told("signs.money") if s.passage.paper == paper and s.passage.in_report]
    budgets = [a for s in told for a in _ending(s, _ARRANGED)]
    paid = [(s.passage, a) for s in told for a in _ending(s, _PAID)]
    if not budgets or len({a.yuan for _, a in paid}) != 1:
        return None
    budget = max(budgets, key=lambda a: a.yuan)
    passage, spent = paid[0]
    return (passage, budget, spent) if 0 < spent.yuan <= budget.yuan else None


def _ending(sentence: Sentence, verb: re.Pattern[str]) -> Iterator[Amount]:
    """Yield the amounts right behind such a verb, without those that are parts or standards."""
    for amount in sentence.amounts:
        if verb.search(amount.before) and not amount.per_head and not _PART.search(amount.before):
            yield amount


def _stated(report: Report, rate: Fraction) -> bool:
    """Tell whether the report states this rate, by whatever name."""
    percents = (c.figure.value for c in report.claims if "%" in str(c.figure))
    return any(abs(Fraction(value) - rate * 100) < Decimal(1) for value in percents)


def _explained(case: Case, paper: int) -> bool:
    told = (s for p in case.passages if p.paper == paper and p.in_report for s in p.sentences)
    return any(_EXPLAINED.search(s.plain) for s in told)
