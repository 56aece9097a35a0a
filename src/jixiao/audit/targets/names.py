"""Rows whose own name is of years to come: 三年后团队留存率, 2026年建档率 in a table of 2023 (TV14)."""

from collections.abc import Iterator

from jixiao.audit.indicator_rows import at_row, sure
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression

_LATER = expression(r"(?<![近前过来上])(?:[二两三四五六七八九十]|\d{1,2})年(?:之?后|以后|内)(?!容)")
_NAMED_YEAR = expression(r"(?<!\d)(20[0-4]\d)年")


def named_for_later(case: Case) -> Iterator[Found]:
    """Yield the rows with a result whose name is of a year after the one evaluated, or of what years will show."""
    tables = dict(case.tables)
    for row in case.with_trait("row.dated_name"):
        table = tables.get(row.paper)
        year = table.year if table is not None else None
        named = [int(y) for y in _NAMED_YEAR.findall(row.plain)]
        ahead = year is not None and bool(named) and min(named) > year
        if (
            row.indicator.actual is None
            or not (ahead or _LATER.search(row.plain))
            or not sure(case, row, "level3")
        ):
            continue
        text = row.indicator.actual.text
        says = f"{row.label}要到评价年度以后才能知道，却填了完成值“{text}”。改法：改为当年可以核实的指标。"
        yield at_row(row, "level3", says)
