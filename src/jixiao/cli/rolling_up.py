"""The work of `jixiao rollup`: many papers audited, put together by unit, department or all, and shown or written."""

from collections.abc import Sequence
from decimal import Decimal

from jixiao import api
from jixiao.cli import together
from jixiao.cli.reading import ended
from jixiao.cli.together import NOT_READ, Answer, Order, grouping
from jixiao.layout import Layout
from jixiao.model.codec import Json
from jixiao.model.figure import Figure
from jixiao.rollup import Amount, Band, Grouping, Means, Rollup
from jixiao.rollup import roll_up as put_together
from jixiao.telling.titles import TITLES

_IN_SHEETS = frozenset({"xlsx"})  # formats that have a sheet for each question


def roll_up(order: Order) -> int:
    """Do all of it and return the exit status: 2 where a file could not be read, else 0.

    Raises:
        JixiaoError: an option can't be used, or the file can't be written.
    """
    by = grouping(order.by)
    together.make_sure(order)
    checked = together.audited(order)
    reviews = [one.review for one in checked.done]
    rollups = put_together(reviews, by)
    if len(rollups) > 1:
        rollups += put_together(reviews, Grouping.ALL)

    def pages(target: str) -> Sequence[Layout]:
        if target in _IN_SHEETS:
            return api.rollup_pages(rollups, reviews, TITLES)
        return [api.rollup_page(rollups, TITLES)]

    def data() -> dict[str, Json]:
        return {"rollups": [data_of(one) for one in rollups]}

    together.put(order, Answer(data, lambda: pages(""), pages))
    return ended(checked.cut, NOT_READ if checked.unread else 0)


def data_of(one: Rollup) -> dict[str, Json]:
    """Return a roll-up as JSON: figures as strings of exact decimals with their unit, None where nothing is said."""
    return {
        "by": one.by.value, "name": one.name, "projects": one.projects, "without_table": one.without_table,
        "years": list(one.years), "schemes": list(one.schemes),
        "funds": {
            source: {column: _amount(amount) for column, amount in amounts.items()}
            for source, amounts in one.funds.items()
        },
        "rate": None if one.rate is None else f"{one.rate.numerator}/{one.rate.denominator}",
        "printed": _means(one.printed), "computed": _means(one.computed), "grades": dict(one.grades),
        "bands": [_band(band) for band in one.bands], "full_marks": one.full_marks,
        "repeated": list(one.repeated),
        "deviations": [
            {"level1": part.level1, "short": part.short, "explained": part.explained} for part in one.deviations
        ],
        "reasons": [
            {"kind": part.kind, "rows": part.rows, "projects": part.projects, "told": list(part.told)}
            for part in one.reasons
        ],
        "findings": [
            {"rule": part.code, "name": part.name, "title": TITLES.get(part.code), "severity": part.severity.value,
             "count": part.count, "projects": part.projects}
            for part in one.findings
        ],
    }  # fmt: skip


def _amount(amount: Amount) -> dict[str, Json]:
    figure: Figure | None = amount.sum
    unit = figure.unit.name if figure is not None and figure.unit is not None else None
    return {"sum": None if figure is None else f"{figure.value:f}", "unit": unit, "silent": amount.silent}


def _means(means: Means) -> dict[str, Json]:
    return {
        "simple": _text(means.simple), "counted": means.counted,
        "weighted_by_annual_budget": _text(means.weighted), "weighed": means.weighed,
    }  # fmt: skip


def _band(band: Band) -> dict[str, Json]:
    return {"low": _text(band.low), "high": _text(band.high), "count": band.count}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
