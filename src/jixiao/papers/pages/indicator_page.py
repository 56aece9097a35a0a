"""Lays out the indicator block of a form: headings, class names over their rows, one row an indicator, the total."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from jixiao.layout import Cell, Role
from jixiao.model.evaluation import ClassMark, Evaluation, Indicator
from jixiao.model.figure import Figure
from jixiao.model.reading import Kind
from jixiao.model.target import Actual
from jixiao.papers.form import Form
from jixiao.papers.pages.fund_page import said, spread
from jixiao.papers.pages.ruled_sheet import RuledSheet
from jixiao.papers.words import folded

_CLASSES = ("level1", "level2")
_NUMBERS = frozenset({"points", "score", "deduction", "completion", "recheck_score"})


def put_indicators(sheet: RuledSheet, evaluation: Evaluation, form: Form) -> None:
    """Write the headings and the rows of the indicators, and that of the execution where a form has it among them."""
    rows = (*evaluation.indicators, *_execution(evaluation, form))
    deep = 2 if any(column.group for column in form.columns) else 1
    sheet.put(0, form.indicators_label, rows=len(rows) + deep, role=Role.HEADING)
    sheet.repeated = (sheet.row, sheet.row + deep)
    _headings(sheet, form, deep)
    top = sheet.row
    for column, start, span in spread(form.columns, 1, sheet.width):
        if column.kind in _CLASSES:
            _classes(sheet, replace(evaluation, indicators=rows), column.kind, (start, top))
            continue
        role = Role.NUMBER if column.kind in _NUMBERS else Role.TEXT
        for k, indicator in enumerate(rows):
            text = _cell(indicator, column.kind, column.heading, form)
            sheet.cells.append(Cell(top + k, start, text or "", 1, span, role))
    sheet.row = top + len(rows)


def put_total(sheet: RuledSheet, evaluation: Evaluation, form: Form) -> None:
    """Write the row of totals; nothing where the form has none."""
    if not form.total:
        return
    columns = {c.kind: (start, span) for c, start, span in spread(form.columns, 1, sheet.width)}
    twice = "score" in columns and "recheck_score" in columns
    own = evaluation.self_total_printed if twice else evaluation.total_printed
    totals = {"points": evaluation.points_printed, "score": own, "recheck_score": evaluation.total_printed}
    printed = {kind: said(value) for kind, value in totals.items() if kind in columns}
    sheet.put(0, form.total, span=min(columns[kind][0] for kind in printed), role=Role.HEADING)
    for kind, text in printed.items():
        start, span = columns[kind]
        sheet.put(start, text, span=span, role=Role.NUMBER)
    sheet.row += 1


def _execution(evaluation: Evaluation, form: Form) -> tuple[Indicator, ...]:
    """Return the execution as a row; none where the form has a block for it or the record is silent."""
    told = evaluation.execution
    if not form.execution_row or (told.points, told.rate_printed, told.score_printed) == (None, None, None):
        return ()
    level1, level3 = form.execution_row
    rate = None if told.rate_printed is None else Actual(str(told.rate_printed), told.rate_printed)
    row = Indicator(level1, level1, level3, actual=rate, points=told.points, score_printed=told.score_printed)
    return (replace(row, self_actual=rate and Actual(""), reason=told.reason),)


def _headings(sheet: RuledSheet, form: Form, deep: int) -> None:
    seen: set[str] = set()
    for column, start, span in spread(form.columns, 1, sheet.width):
        if not column.group:
            sheet.put(start, column.heading, span=span, rows=deep, role=Role.HEADING)
            continue
        if column.group not in seen:
            size = sum(1 for c in form.columns if c.group == column.group)
            sheet.put(start, column.group, span=size, role=Role.HEADING)
            seen.add(column.group)
        sheet.cells.append(Cell(sheet.row + 1, start, column.heading, role=Role.HEADING))
    sheet.row += deep


def _classes(sheet: RuledSheet, evaluation: Evaluation, level: str, corner: tuple[int, int]) -> None:
    """Write one class cell over all the rows that follow one another in the class."""
    column, top = corner
    rows = evaluation.indicators
    start = 0
    for k in range(1, len(rows) + 1):
        if k < len(rows) and _class_of(rows[k], level) == _class_of(rows[start], level):
            continue
        name = getattr(rows[start], level)
        text = _with_points(name, evaluation.classes, level) if name else ""
        sheet.cells.append(Cell(top + start, column, text, k - start, 1))
        start = k


def _class_of(row: Indicator, level: str) -> tuple[str | None, ...]:
    return (row.level1,) if level == "level1" else (row.level1, row.level2)


def _with_points(name: str, classes: Sequence[ClassMark], level: str) -> str:
    number = 1 if level == "level1" else 2
    mark = next((c for c in classes if c.name == name and c.level == number and c.points is not None), None)
    return name if mark is None else f"{name}（{mark.points:f}分）"


def _cell(row: Indicator, kind: str, heading: str, form: Form) -> str | None:
    if kind == "particular":
        return next((one.text for one in row.particulars if one.label == folded(heading)), None)
    if kind in ("level3", "target", "actual"):
        return _worded(row, kind, form)
    values: dict[str, Decimal | Figure | str | None] = {
        "level4": row.level4, "sign": row.sign, "unit": row.unit, "reason": row.reason, "points": row.points,
        "score": row.score_printed, "deduction": row.deduction_printed, "completion": row.completion_printed,
        "standard": row.remarks, **_reviewed(row, form),
    }  # fmt: skip
    return said(values[kind])


def _reviewed(row: Indicator, form: Form) -> dict[str, Decimal | str | None]:
    """Return the scores of a re-check and of the self-evaluation beside it; of another table its own alone."""
    if form.kind is not Kind.RECHECK_TABLE:
        return {}
    again = row.actual.text if row.actual is not None and row.self_actual is not None else None
    return {"score": row.self_score_printed, "recheck_score": row.score_printed, "recheck_actual": again}


def _worded(row: Indicator, kind: str, form: Form) -> str | None:
    """Return a name, target or result, with what the form has no column of its own for: points, sign, unit."""
    kinds = {column.kind for column in form.columns}
    unit = None if "unit" in kinds else row.unit
    if kind == "level3":
        told = row.level3 is not None and row.points is not None and "points" not in kinds
        return f"{row.level3}（{row.points:f}分）" if told else row.level3
    if kind == "target":
        return replace(row, sign=None if "sign" in kinds else row.sign, unit=unit).demand or None
    actual = row.self_actual if form.kind is Kind.RECHECK_TABLE and row.self_actual else row.actual
    text = actual.text if actual is not None else None
    return f"{text}{unit}" if text and unit and text[-1:].isdigit() else text
