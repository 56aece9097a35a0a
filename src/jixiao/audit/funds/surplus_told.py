"""What a report says was left, against the budget and the spending of its table: a part of FD07."""

from collections.abc import Iterator
from fractions import Fraction

from jixiao.audit.prose import percent
from jixiao.audit.rule import Case, Found
from jixiao.audit.told.money import Sum, Telling, money_tellings
from jixiao.expressions import expression
from jixiao.model.evaluation import Evaluation, FundLine

_LEFT = expression(
    r"^(?:资金|项目|年末|年底|尚|还|共|实际|预算|经费)*(?:结余|剩余|节余|结转|未支[出付])(?:资金|金额|资金额)?(?:共|为|了|有|计|:)*$"
)
_CLOSE, _FAR = Fraction(1, 1000), 12


def surplus_apart(case: Case, table: Evaluation) -> Iterator[Found]:
    """Yield what a report says was left, where no two amounts of table and report differ by so much."""
    line = table.funds.total
    if line is None or line.annual is None or line.executed is None:
        return
    left = line.annual.exact - line.executed.exact
    for at, _ in case.reports:
        tellings = [t for t in case.once(money_tellings) if t.passage.paper == at]
        told = [(t, one) for t in tellings for one in t.sums if _LEFT.search(one.words)]
        wrong = next(((t, one) for t, one in told if _is_wrong(one, left, *_sides(line, tellings))), None)
        if wrong is not None:
            yield _apart(line, wrong[0], wrong[1], _shown(left, wrong[1]))


def _sides(line: FundLine, tellings: list[Telling]) -> tuple[list[Fraction], list[Fraction]]:
    """Return what may have been there, and what may have been spent of it."""
    sums = [s.figure.exact for t in tellings for s in t.sums]
    printed = (line.annual, line.initial, line.received, line.allocated)
    spent = [line.executed.exact] if line.executed is not None else []
    return [*(f.exact for f in printed if f is not None), *sums], [*spent, *sums]


def _apart(line: FundLine, telling: Telling, one: Sum, right: str) -> Found:
    says = (
        f"自评表全年预算数 {line.annual}、全年执行数 {line.executed}，结余应为 {right}，"
        f"报告写“{one.words}{one.figure}”。改法：核对三个金额，或说明口径差异。"
    )
    passage = telling.passage
    return Found(passage.where, says, passage.paper, quoted=f"{one.words}{one.figure}", printed=str(one.figure),
                 computed=right, key="结余")  # fmt: skip


def _is_wrong(one: Sum, left: Fraction, wholes: list[Fraction], spent: list[Fraction]) -> bool:
    told, open_half = one.figure.exact, one.figure.high - one.figure.exact
    if told <= 0 or left <= 0 or not left / _FAR < told < left * _FAR:
        return False
    slack = open_half + max(wholes) * _CLOSE / 10
    return not any(abs(a - b - told) <= slack for a in wholes for b in spent if a > b and told not in (a, b))


def _shown(left: Fraction, one: Sum) -> str:
    unit = one.figure.unit
    return f"{percent(left / one.figure.scale / 100)[:-1]}{unit.name if unit else ''}"
