"""Spending against the standard that the budget was made of: so many things at so much each (FD12)."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from jixiao.audit.prose import Quantity, Sentence
from jixiao.audit.rows import Row
from jixiao.audit.rule import Case, Found
from jixiao.audit.told.money import shown_as
from jixiao.audit.told.products import count_of, price_in
from jixiao.model.evaluation import FundLine
from jixiao.model.figure import WAN

_CLOSE, _FAR = Fraction(1, 100), Fraction(1, 20)


def is_told(case: Case, low: Fraction, high: Fraction) -> bool:
    """Tell whether the text names what heads and standards come to: they are one item of the spending."""
    sums = (a for s in case.told("signs.money") for a in s.amounts if not a.per_head)
    return any(low * (1 - _CLOSE) <= a.yuan <= high * (1 + _CLOSE) for a in sums)


def spending_off_the_standard(case: Case) -> Iterator[Found]:
    """Yield a budget of n things at a standard, of which fewer were done, and whose spending is far from theirs."""
    main = case.main_table
    line = _in_wan(main[1].funds.total) if main is not None else None
    if line is None or line.executed is None or not line.executed.value:
        return
    for said in case.told("signs.each", "signs.money"):
        told = [q for q in said.quantities if q.unit != "%"] if said.passage.in_report else []
        for q in told:
            price = price_in(said, q)
            count = count_of(told, price) if price is not None and price.money and not price.period else None
            if count is not None and _is_budget(line, count.figure.exact * q.figure.exact):
                yield from _of_rows(case, said, line, count, q)
                return


def _in_wan(line: FundLine | None) -> FundLine | None:
    """Return the line with its bare amounts in 万元, the unit of forms that print none."""
    if line is None:
        return None
    told = {name: getattr(line, name) for name in ("initial", "annual", "executed")}
    bare = {name: replace(f, unit=WAN) for name, f in told.items() if f is not None and f.unit is None}
    return replace(line, **bare)


def _is_budget(line: FundLine, made: Fraction) -> bool:
    budgets = [f.exact for f in (line.annual, line.initial) if f is not None and f.value]
    return any(abs(made - whole) <= whole * _CLOSE for whole in budgets)


def _of_rows(case: Case, said: Sentence, line: FundLine, count: Quantity, price: Quantity) -> Iterator[Found]:
    for row in case.main_rows:
        done = _done(row, count)
        if done is None or line.executed is None:
            continue
        due = done * price.figure.exact
        if abs(line.executed.exact - due) > due * _FAR:
            right = shown_as(due, line.executed)
            says = (
                f"{row.label}完成 {done}{count.unit}，按每{count.unit} {price.figure} 应支出 {right}，"
                f"执行数是 {line.executed}，没有说明。改法：写明各项实际补助金额，或说明差额。"
            )
            yield Found(said.passage.where, says, said.passage.paper, quoted=said.text, printed=str(line.executed),
                        computed=right, key=f"standard{row.name}")  # fmt: skip
            return


def _done(row: Row, count: Quantity) -> Fraction | None:
    """Return what was done of the things counted: less than planned, where the row plans as many as the text."""
    figure = row.indicator.actual.figure if row.indicator.actual is not None else None
    if row.bound is None or figure is None or row.bound.exact != count.figure.exact or not figure.unit:
        return None
    return figure.exact if figure.unit.name == count.unit and 0 < figure.exact < row.bound.exact else None
