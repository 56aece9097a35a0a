"""Amounts that running text tells under a row's own name in a unit ten thousand times the row's (FD06)."""

from collections.abc import Iterator
from fractions import Fraction

from jixiao.audit.prose import Amount
from jixiao.audit.rows import Row
from jixiao.audit.rule import Case, Found
from jixiao.model.figure import Figure

_TEN_THOUSAND = Fraction(10_000)
_LEAST = 4


def amounts_in_another_unit(case: Case) -> Iterator[Found]:
    """Yield 户均成本2050万元 where the row 户均成本 has 2050元."""
    rows = [row for row in case.table_rows if len(row.plain) >= _LEAST and _money(row) is not None]
    for said in case.told("signs.money") if rows else ():
        row = next((r for r in rows if r.plain in said.plain), None)
        own = _money(row) if row is not None else None
        wrong = next((a for a in said.amounts if own is not None and _is_off(a, own)), None)
        if row is None or own is None or wrong is None:
            continue
        says = f"文中写 {wrong}，{row.label}是 {own}，相差一万倍。改法：核对单位，两处改为一致。"
        yield Found(said.passage.where, says, said.passage.paper, quoted=said.text, printed=str(wrong),
                    computed=str(own), rests=(row.path("actual"),), key=f"unit{row.name}")  # fmt: skip


def _money(row: Row) -> Figure | None:
    """Return the row's result where it is money, of a thing or in all."""
    figure = row.indicator.actual.figure if row.indicator.actual is not None else None
    unit = figure.unit if figure is not None else None
    return figure if unit is not None and unit.kind.startswith("money") and figure and figure.value else None


def _is_off(told: Amount, own: Figure) -> bool:
    """Tell whether the digits are the row's, and the amounts ten thousand times apart."""
    if told.figure.value != own.value:
        return False
    return max(told.yuan / own.exact, own.exact / told.yuan) == _TEN_THOUSAND
