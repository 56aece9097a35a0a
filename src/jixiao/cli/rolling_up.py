"""The work of `jixiao rollup`: many papers audited, put together by unit, department or all, and shown or written."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from jixiao import api
from jixiao.cli import outlet, screen
from jixiao.cli.checking import Order as Check
from jixiao.cli.checking import examine
from jixiao.cli.reading import ended
from jixiao.cli.sampling import grouping
from jixiao.model.codec import Json
from jixiao.model.figure import Figure
from jixiao.rollup import Amount, Band, Grouping, Means, Rollup
from jixiao.rollup import roll_up as put_together
from jixiao.telling.answers import as_text
from jixiao.telling.titles import TITLES

NOT_READ = 2
_IN_SHEETS = frozenset({"xlsx"})  # formats that have a sheet for each question


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for; `out` None prints it, `form` is text or json."""

    paths: Sequence[str]
    by: str = "department"
    scheme: str | None = None
    form: str = "text"
    out: Path | None = None
    jobs: int | None = None
    cache: bool = True
    force: bool = False


def roll_up(order: Order) -> int:
    """Do all of it and return the exit status: 2 where a file could not be read, else 0.

    Raises:
        JixiaoError: an option can't be used, or the file can't be written.
    """
    by = grouping(order.by)
    target = None if order.out is None else outlet.format_of(order.out)
    if order.out is not None:
        outlet.must_be_free(order.out, force=order.force)
    checked = examine(Check(order.paths, order.scheme, jobs=order.jobs, cache=order.cache))
    reviews = [one.review for one in checked.done]
    rollups = put_together(reviews, by)
    if len(rollups) > 1:
        rollups += put_together(reviews, Grouping.ALL)
    if order.out is not None and target is not None:
        pages = (
            api.rollup_pages(rollups, reviews, TITLES)
            if target in _IN_SHEETS
            else [api.rollup_page(rollups, TITLES)]
        )
        outlet.write(order.out, [api.bind(pages, target)], force=order.force)
    elif order.form == "json":
        screen.put_data(as_text({"rollups": [data_of(one) for one in rollups]}))
    else:
        screen.put(*screen.page(api.rollup_page(rollups, TITLES)))
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
