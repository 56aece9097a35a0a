"""Money and rates that a report tells of the whole project, against what the table prints (FD07, FD08)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from jixiao.audit.funds.source_rates import of_a_source
from jixiao.audit.prose import NUMBER
from jixiao.audit.rule import Case, Found
from jixiao.audit.told.money import Sum, money_tellings
from jixiao.expressions import expression
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import Figure
from jixiao.model.finding import FieldPath

_DATED = r"(?:截[至止到]?(?:20\d\d年)?(?:年[底末]|12月(?:31日|[底末])?)|20\d\d年度?|到?年[底末])?"
_TOTAL = r"(?:全年|实际|累计|共|总|本年|当年|年度|项目|资金|已|财政|合计)*"
_SPENT = expression(
    rf"^{_DATED}{_TOTAL}(?:支出|支付|使用|执行|列支|投入)(?!预算)[^其上季]{{0,6}}$"
    rf"|^{_DATED}(?:全年|年内|累计|实际|本年|共)+(?:发放|兑付|拨付)(?:[\u4e00-\u9fff]{{0,8}}?(?:补贴|补助|救助|奖补|津贴|补偿|工资)|资金|金额|了)*$"
)
_BUDGET = expression(rf"^{_DATED}{_TOTAL}(?:预算|安排|下达|批复)(?!调)[^其上季支执使]{{0,10}}$")
_PARTIAL = expression(r"年初|期初|其中|追加|增加|新增|核减|调|减|收回|每|均|标准|上年|同期|比|用于")
_FAR = Fraction(3, 2)
_KINDS = (("executed", ("executed",), "支出", _SPENT), ("annual", ("annual", "initial"), "预算", _BUDGET))
_RATE = expression(
    rf"(?:预算(?:资金|支出)?执行率|(?:资金|总体|整体|项目|支出)执行率|(?:项目|专项)?资金(?:使用|支出|支付)率|按(?:全年|年度|项目)?预算[^，,。；;]{{0,8}}执行率"
    rf"|(?:资金|预算)?支出进度|预算完成率|支出[^，,。；;]{{0,14}}[，,]占(?:全年|年度|项目|总|年初)*预算(?:数|资金|总额)*的)"
    rf"(?:为|是|达到?|仅|约|:|：|只有)*({NUMBER})%"
)
# Two denominators, each named: the rate of what has arrived is none of the budget's.
OF_ARRIVED = expression(r"(?:按|以)[^，。；]{0,8}到位[^，。；]{0,12}(?:计算|分母|口径|计)|占(?:实际)?到位")
_YEAR = expression(r"20[0-4]\d(?=年)")
_OTHER = expression(
    r"目标|不低于|≥|以上|上年|同期|季度|上半年|[1-9]月[底末份]|各项目|平均|低于|高于|到位|达到[^，]{0,4}以上|如|若|应"
)


def amounts_of_the_whole(case: Case, table: Evaluation) -> Iterator[Found]:
    """Yield the spending and the budget of a report, where the table's own stands nowhere in it."""
    line = table.funds.total
    for at, _ in case.reports if line is not None else ():
        sums = [s for told in case.once(money_tellings) if told.passage.paper == at for s in told.sums]
        for column, columns, what, words in _KINDS:
            own = getattr(line, column)
            printed = [f for name in columns if (f := getattr(line, name)) is not None]
            if own is None or not own.value or f"funds.total.{column}" in case.filing.supplied:
                continue
            if any(s.figure.agrees_with(f) for s in sums for f in printed):
                continue
            told = next((s for s in sums if words.search(s.words) and _may_be(s, own)), None)
            if told is not None:
                yield _otherwise(case, at, told, own, what)


def _may_be(one: Sum, own: Figure) -> bool:
    return not _PARTIAL.search(one.words) and own.exact / _FAR < one.figure.exact < own.exact * _FAR


def _otherwise(case: Case, at: int, told: Sum, own: Figure, what: str) -> Found:
    passage = next(t.passage for t in case.once(money_tellings) if t.passage.paper == at and told in t.sums)
    says = f"自评表{what}数 {own}，报告写“{told.words}{told.figure}”。改法：核对后改为一致，或说明口径差异。"
    return Found(passage.where, says, at, quoted=f"{told.words}{told.figure}", printed=str(told.figure),
                 computed=str(own), key=what)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RateSaid:
    """An execution rate in a sentence or a note: where, its words, and the digits."""

    paper: int
    where: FieldPath
    words: str
    digits: str

    @property
    def span(self) -> tuple[Fraction, Fraction]:
        """The rate as a share; one place is left open on its upper side, for it may be cut off."""
        half = Fraction(1, 2 * 10 ** len(self.digits.partition(".")[2]))
        share = Fraction(self.digits)
        return (share - half) / 100, (share + 2 * half) / 100


def rates_said(case: Case) -> Iterator[RateSaid]:
    """Yield the execution rates that sentences and notes state of the project."""
    for said in case.told("signs.percent"):
        passage = said.passage
        if not passage.where.startswith("goal") and re.search(
            "执行率|占|进度|完成率|使用率|支[出付]率", said.plain
        ):
            yield from _rates_in(case, passage.paper, passage.where, said.plain)
    for at, table in case.tables:
        for n, note in enumerate(table.notes):
            yield from _rates_in(case, at, f"notes.{n}", note) if "执行率" in note else ()


def _rates_in(case: Case, paper: int, where: FieldPath, plain: str) -> Iterator[RateSaid]:
    for m in _RATE.finditer(plain):
        clause = re.split(r"[，,。；;]", plain[: m.start()])[-1]
        said = clause + m[0] + plain[m.end() : m.end() + 2]
        if _OTHER.search(said) or _of_another_year(case, paper, clause):
            continue
        if not of_a_source(case, plain[: m.start(1)]):
            yield RateSaid(paper, where, m[0], m[1].replace(",", ""))


def _of_another_year(case: Case, paper: int, clause: str) -> bool:
    """Tell whether a clause names years, and the paper's own is none of them."""
    record = case.filing.readings[paper].record
    year = getattr(record, "year", None) or (case.evaluation.year if case.evaluation else None)
    named = {int(y) for y in _YEAR.findall(clause)}
    return year is not None and bool(named) and year not in named
