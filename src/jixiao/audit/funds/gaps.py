"""Fund blocks filled in half: no rate, no opening budget, a total of nothing over parts (FD02-FD04, AR06)."""

from collections.abc import Iterator
from fractions import Fraction

from jixiao.audit.prose import amounts_in, percent
from jixiao.audit.rows import shown
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.evaluation import Evaluation, Funds
from jixiao.model.figure import Figure, sum_of
from jixiao.model.finding import Severity
from jixiao.model.reading import Kind

_TENTH, _FIFTH = Fraction(1, 10), Fraction(1, 5)
_NAMED = ("fiscal", "carryover", "special", "other")


def blanks_in_funds(case: Case) -> Iterator[Found]:
    """Yield the tables whose execution has a score and no rate, or whose sources have no opening budget."""
    for at, table in case.tables:
        if case.filing.readings[at].kind is Kind.SELFEVAL_TABLE:
            yield from _no_rate(case, at, table)
            yield from _no_opening(at, table.funds)


def _no_rate(case: Case, at: int, table: Evaluation) -> Iterator[Found]:
    execution, total = table.execution, table.funds.total
    scored = execution.score_printed is not None and execution.points is not None
    known = (
        total is not None and total.annual is not None and total.executed is not None and total.annual.value
    )
    if scored and known and execution.rate_printed is None and not case.doubts_at("execution", at):
        says = "预算执行填了得分，执行率一栏空白。改法：补填执行率（全年执行数 ÷ 全年预算数）。"
        yield Found("execution.rate_printed", says, at, key="rate", rests=("execution.score_printed",))


def _no_opening(at: int, funds: Funds) -> Iterator[Found]:
    """Yield where the total's opening budget is told and none of the sources that had money has one."""
    total = funds.total
    lines = [line for name in _NAMED if (line := getattr(funds, name)) is not None]
    paid = [line for line in lines if line.annual is not None]
    if total is None or total.initial is None or not paid or any(line.initial is not None for line in lines):
        return
    says = f"年度资金总额的年初预算数是 {total.initial}，各来源一行的年初预算数都是空白。改法：逐行补填（没有的填 0）。"
    yield Found(
        "funds.fiscal.initial", says, at, Severity.NOTE, key="initial", rests=("funds.total.initial",)
    )


_BACKED = expression(
    r"[〔\[【(（﹝]20\d\d[〕\]】)）﹞]第?\d+号|(?:根据|依据|按照?|经)[^，,。；;]{0,24}(?:文件|通知|批复|批准|同意|会议|要求|决定|研究)"
)


def adjustment_backed(case: Case) -> bool:
    """Tell whether a sentence about the change names the paper behind it, or the reserve that it came from."""
    reserve = any("预备费" in s.plain for s in case.sentences)
    return reserve or any(_BACKED.search(s.plain) for s in case.told("spending.adjusted"))


def changes_of_sources(table: Evaluation, at: int) -> Iterator[Found]:
    """Yield a change of the budget that only the sources show, the total being filled in as nothing."""
    total = table.funds.total
    if total is None or total.annual is None or total.annual.value:
        return
    first, then = (
        sum_of(parts) if parts else None for parts in (_parts(table.funds, c) for c in ("initial", "annual"))
    )
    if first is None or then is None or not first.value or not then.value:
        return
    share = abs(then.exact - first.exact) / first.exact
    if share >= _TENTH:
        says = (
            f"来源合计年初预算数 {first}，全年预算数 {then}，调整 {percent(share)}，没有说明理由。"
            "改法：写明调整的依据。"
        )
        yield Found("funds.fiscal.annual", says, at, None if share >= _FIFTH else Severity.NOTE, printed=str(then),
                    rests=("funds.fiscal.initial",), key="sources")  # fmt: skip


def _parts(funds: Funds, column: str) -> tuple[Figure, ...]:
    return funds.column(column)[1]


# ---------------------------------------------------------------- a rate of nothing


def nothing_spent_by_the_total(case: Case) -> Iterator[Found]:
    """Yield an execution of 0 points where the total row says 0 and its sources were spent."""
    main = case.main_table
    if main is None:
        return
    at, table = main
    execution, total = table.execution, table.funds.total
    zeros = (execution.score_printed, total.annual.value if total and total.annual else None,
             total.executed.value if total and total.executed else None)  # fmt: skip
    planned, spent = _parts(table.funds, "annual"), _parts(table.funds, "executed")
    if any(zero is None or zero for zero in zeros) or not planned or not spent or not execution.points:
        return
    budget, paid = sum_of(planned), sum_of(spent)
    if budget.exact <= 0 or paid.exact <= 0:
        return
    rate = paid.exact / budget.exact
    says = (
        f"预算执行得 0 分，各来源合计预算 {budget}、执行 {paid}，执行率 {percent(rate)}。"
        f"改法：总额按来源之和填写，重算执行率和得分（{shown(execution.points)} 分）。"
    )
    yield Found("execution.score_printed", says, at, printed="0", computed=percent(rate),
                rests=("funds.total", "funds.fiscal", "execution"), key="zero")  # fmt: skip


# ---------------------------------------------------------------- items of the goal


_ITEM = expression(r"[，,。；;：:]|其中")
_COMMON = expression(r"^(?:共|合计|用于|安排|支付|发放)|\s|(?:资金|经费|支出)$")
_FEWEST = 3


def items_over_their_plan(table: Evaluation, at: int) -> Iterator[Found]:
    """Yield an item that the result tells with more money than the goal planned, others staying below theirs."""
    texts = (table.goal.expected or "", table.goal.actual or "")
    if min(text.count("元") for text in texts) < _FEWEST:
        return
    planned, done = map(_items, texts)
    both = [name for name in planned if name in done]
    over = [name for name in both if done[name].low > planned[name].high]
    under = [name for name in both if done[name].high < planned[name].low]
    if len(both) >= _FEWEST and over and under:
        told = "、".join(f"{name}计划 {planned[name]}、实际 {done[name]}" for name in over[:3])
        says = f"{told}，超出计划，而{under[0]}等 {len(under)} 项少于计划，没有说明。改法：写明调剂的依据。"
        yield Found("goal.actual", says, at, quoted=(table.goal.actual or "")[:60], key="items")


def _items(text: str) -> dict[str, Figure]:
    """Return the amounts of a list by the name in front of each; names that come twice are left out."""
    found: dict[str, Figure] = {}
    twice: set[str] = set()
    for amount in amounts_in(text) if "元" in text else ():
        name = _COMMON.sub("", _ITEM.split(amount.before)[-1])
        if len(name) > 1 and not amount.per_head:
            twice |= {name} & found.keys()
            found[name] = amount.figure
    return {name: figure for name, figure in found.items() if name not in twice}
