"""Lays out the fund block (项目资金): the rows of a form and those of the record, each figure as it was printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jixiao.layout import Role
from jixiao.model.evaluation import Evaluation, FundLine, Funds
from jixiao.model.figure import Figure, Unit
from jixiao.papers.form import Form, FormColumn
from jixiao.papers.pages.ruled_sheet import RuledSheet
from jixiao.papers.words import folded

LABEL_END = 3  # the first column behind the labels of the sources
_MANY = 3
_AMOUNTS = ("initial", "adjusted", "annual", "received", "allocated", "executed", "forecast")
_SOURCES = {
    "total": "年度资金总额", "fiscal": "其中：财政拨款", "carryover": "上年结转资金", "special": "财政专户管理资金",
    "other": "其他资金",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Row:
    source: str
    label: str
    line: FundLine | None


def put_funds(sheet: RuledSheet, evaluation: Evaluation, form: Form) -> None:
    """Write the fund block; nothing where the form has none."""
    if not form.fund_columns:
        return
    rows = list(_rows(evaluation.funds, form))
    unit = evaluation.funds.unit
    sheet.put(0, _label(evaluation.funds, form), rows=len(rows) + 1, role=Role.HEADING)
    sheet.put(1, form.funds_name, span=LABEL_END - 1, role=Role.HEADING)
    for column, start, span in _spread(sheet, form):
        sheet.put(start, column.heading, span=span, role=Role.HEADING)
    sheet.row += 1
    for row in rows:
        sheet.put(1, row.label, span=LABEL_END - 1, role=Role.HEADING)
        for column, start, span in _spread(sheet, form):
            words = column.kind in ("reason", "standard")
            text = _cell(evaluation, row, column.kind, unit)
            sheet.put(start, text, span=span, role=Role.TEXT if words else Role.NUMBER)
        sheet.row += 1


def spread(columns: Sequence[FormColumn], low: int, high: int) -> Iterator[tuple[FormColumn, int, int]]:
    """Yield each column with its start and span, the last taking what is left."""
    for k, column in enumerate(columns):
        start = low + k
        yield column, start, (high - start if k == len(columns) - 1 else 1)


def _spread(sheet: RuledSheet, form: Form) -> Iterator[tuple[FormColumn, int, int]]:
    """Yield the columns of amounts over those of the indicators below; where these are many more, over equal parts."""
    room, count = sheet.width - LABEL_END, len(form.fund_columns)
    if room - count < _MANY:
        yield from spread(form.fund_columns, LABEL_END, sheet.width)
        return
    share = sum(sheet.widths[LABEL_END:])
    reached = [sum(sheet.widths[LABEL_END:k]) for k in range(LABEL_END, sheet.width)]
    start = LABEL_END
    for k, column in enumerate(form.fund_columns, 1):
        wanted = min(range(room), key=lambda at: abs(reached[at] * count - share * k)) + LABEL_END
        end = sheet.width if k == count else max(start + 1, min(wanted, sheet.width - (count - k)))
        yield column, start, end - start
        start = end


def said(value: Decimal | Figure | str | None) -> str | None:
    """Return what is printed for a value: a number in plain digits, None for an empty cell."""
    if value is None or isinstance(value, str):
        return value
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _label(funds: Funds, form: Form) -> str:
    """Return the block's label with its unit: the record's own, the form's while no figure stands in it."""
    unit = funds.unit.name if funds.unit is not None else "" if _has_figures(funds) else form.funds_unit
    return form.funds_label.replace("{unit}", unit) if unit else form.funds_label.replace("（{unit}）", "")


def _has_figures(funds: Funds) -> bool:
    lines = (funds.total, funds.fiscal, funds.carryover, funds.special, funds.other, *funds.more)
    return any(getattr(line, kind) is not None for line in lines if line for kind in _AMOUNTS)


def _rows(funds: Funds, form: Form) -> Iterator[_Row]:
    """Yield the form's rows, and below them what the record has besides."""
    printed = dict(form.fund_rows)
    more = list(funds.more)
    for source, label in form.fund_rows:
        line: FundLine | None = getattr(funds, source, None)
        if source not in _SOURCES:
            line = next((one for one in more if _same(one.label, label)), None)
            more = [one for one in more if one is not line]
        yield _Row(source, _own_label(line, label), line)
    for source, label in _SOURCES.items():
        line = getattr(funds, source)
        if source not in printed and line is not None:
            yield _Row(source, _own_label(line, label), line)
    for line in more:
        yield _Row("more", line.label or "", line)


def _own_label(line: FundLine | None, label: str) -> str:
    """Return the form's label where the record's says the same or nothing, else the record's."""
    return label if line is None or not line.label or _same(line.label, label) else line.label


def _same(own: str | None, label: str) -> bool:
    return own is not None and folded(own).rstrip(":") == folded(label).rstrip(":")


def _cell(evaluation: Evaluation, row: _Row, kind: str, unit: Unit | None) -> str | None:
    execution = evaluation.execution
    if kind in _AMOUNTS:
        return _amount(getattr(row.line, kind, None), unit)
    if row.source != "total":
        marks = {"points": row.line.points, "score": row.line.score_printed} if row.line else {}
        return said(marks.get(kind))
    return said({
        "points": execution.points, "score": execution.score_printed, "rate": execution.rate_printed,
        "reason": execution.reason, "standard": execution.standard,
    }[kind])  # fmt: skip


def _amount(figure: Figure | None, unit: Unit | None) -> str | None:
    """Return the digits; with their unit where it isn't the block's."""
    if figure is None:
        return None
    return f"{figure.value:f}" if figure.unit == unit else str(figure)
