"""自评表: lays an Evaluation out as the official page of a Form, so that reading the page gives the record back.

A field that the form has no cell for is not written; what is None is an empty cell.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from jixiao.layout import Block, Cell, Grid, Layout, Line, Role
from jixiao.model.evaluation import ClassMark, Evaluation, FundLine, Indicator
from jixiao.model.figure import Figure
from jixiao.papers.form import Form, FormColumn, load_form

_LABEL_WIDTH = 2


@dataclass(slots=True)
class _Sheet:
    """A grid being written row by row; `width` columns, the first for the upright labels of the blocks."""

    width: int
    cells: list[Cell] = field(default_factory=list)
    row: int = 0

    def put(
        self, column: int, text: str | None, *, span: int = 1, rows: int = 1, role: Role = Role.TEXT
    ) -> None:
        self.cells.append(Cell(self.row, column, text or "", rows, max(1, span), role))

    def pairs(self, pairs: Sequence[tuple[str, str | None]]) -> None:
        """Write one row of labels and values that share the width."""
        share = self.width // len(pairs)
        for k, (label, value) in enumerate(pairs):
            start = k * share
            end = self.width if k == len(pairs) - 1 else start + share
            self.put(start, label, span=_LABEL_WIDTH, role=Role.HEADING)
            self.put(start + _LABEL_WIDTH, value, span=end - start - _LABEL_WIDTH)
        self.row += 1


def lay_out(evaluation: Evaluation, form: str) -> Layout:
    """Lay the evaluation out on a form.

    Args:
        evaluation: what the table says; figures are written with their printed digits.
        form: a stem or id of papers/forms, such as f-10.

    Raises:
        UnknownNameError: there is no such form.
    """
    return lay_out_on(evaluation, load_form(form))


def lay_out_on(evaluation: Evaluation, printed: Form) -> Layout:
    """Lay the evaluation out on a form that may be none of papers/forms, such as one made to be filled in."""
    sheet = _Sheet(max(len(printed.columns), len(printed.fund_columns) + _LABEL_WIDTH) + 1)
    _head(sheet, evaluation, printed)
    _funds(sheet, evaluation, printed)
    _goal(sheet, evaluation, printed)
    _indicators(sheet, evaluation, printed)
    _tail(sheet, evaluation, printed)
    year = [Line(f"（{evaluation.year}年度）")] if evaluation.year is not None else []
    notes = [Line(note) for note in evaluation.notes]
    lead = [Line("注：")] if notes else []
    blocks: tuple[Block, ...] = (Line(printed.title, level=0), *year, Grid(tuple(sheet.cells)), *lead, *notes)
    return Layout("自评表", blocks)


def _head(sheet: _Sheet, evaluation: Evaluation, form: Form) -> None:
    for row in form.head:
        sheet.pairs([(label, getattr(evaluation.project, name, None)) for name, label in row])


def _funds(sheet: _Sheet, evaluation: Evaluation, form: Form) -> None:
    unit = evaluation.funds.unit.name if evaluation.funds.unit else form.funds_unit
    rows = list(form.fund_rows)
    sheet.put(0, f"项目资金（{unit}）", rows=len(rows) + 1, role=Role.HEADING)
    for column, start, span in _spread(form.fund_columns, _LABEL_WIDTH + 1, sheet.width):
        sheet.put(start, column.heading, span=span, role=Role.HEADING)
    sheet.row += 1
    for source, label in rows:
        line = getattr(evaluation.funds, source, None) or _extra(evaluation, label)
        sheet.put(1, label, span=_LABEL_WIDTH, role=Role.HEADING)
        for column, start, span in _spread(form.fund_columns, _LABEL_WIDTH + 1, sheet.width):
            text = _fund_cell(evaluation, line, column.kind, total=source == "total")
            sheet.put(start, text, span=span, role=Role.NUMBER)
        sheet.row += 1


def _spread(columns: Sequence[FormColumn], low: int, high: int) -> Iterator[tuple[FormColumn, int, int]]:
    """Yield each column with its start and span, the last taking what is left."""
    for k, column in enumerate(columns):
        start = low + k
        yield column, start, (high - start if k == len(columns) - 1 else 1)


def _extra(evaluation: Evaluation, label: str) -> FundLine | None:
    return next((line for line in evaluation.funds.more if line.label == label), None)


def _fund_cell(evaluation: Evaluation, line: FundLine | None, kind: str, *, total: bool) -> str | None:
    execution = evaluation.execution
    if kind in ("points", "score", "rate", "reason"):
        printed = {"points": execution.points, "score": execution.score_printed, "rate": execution.rate_printed,
                   "reason": execution.reason}[kind]  # fmt: skip
        return _said(printed) if total else None
    figure: Figure | None = getattr(line, kind, None) if line is not None else None
    return None if figure is None else f"{figure.value:f}"


def _goal(sheet: _Sheet, evaluation: Evaluation, form: Form) -> None:
    if not form.goal:
        return
    half = (sheet.width - 1) // 2
    columns = ((1, half), (1 + half, sheet.width - 1 - half))
    sheet.put(0, "年度总体目标", rows=2, role=Role.HEADING)
    for (_, label), (start, span) in zip(form.goal, columns, strict=True):
        sheet.put(start, label, span=span, role=Role.HEADING)
    sheet.row += 1
    for (name, _), (start, span) in zip(form.goal, columns, strict=True):
        sheet.put(start, getattr(evaluation.goal, name), span=span)
    sheet.row += 1


def _indicators(sheet: _Sheet, evaluation: Evaluation, form: Form) -> None:
    rows = evaluation.indicators
    sheet.put(
        0, "绩效指标", rows=len(rows) + (2 if any(c.group for c in form.columns) else 1), role=Role.HEADING
    )
    _headings(sheet, form)
    top = sheet.row
    for column, start, span in _spread(form.columns, 1, sheet.width):
        if column.kind in ("level1", "level2"):
            _classes(sheet, evaluation, column.kind, (start, top))
            continue
        for k, indicator in enumerate(rows):
            text = _indicator_cell(indicator, column.kind)
            sheet.cells.append(Cell(top + k, start, text or "", 1, span, Role.TEXT))
    sheet.row = top + len(rows)


def _headings(sheet: _Sheet, form: Form) -> None:
    grouped = any(c.group for c in form.columns)
    seen: set[str] = set()
    for column, start, span in _spread(form.columns, 1, sheet.width):
        if not column.group:
            sheet.put(start, column.heading, span=span, rows=2 if grouped else 1, role=Role.HEADING)
            continue
        if column.group not in seen:
            size = sum(1 for c in form.columns if c.group == column.group)
            sheet.put(start, column.group, span=size, role=Role.HEADING)
            seen.add(column.group)
        sheet.cells.append(Cell(sheet.row + 1, start, column.heading, role=Role.HEADING))
    sheet.row += 2 if grouped else 1


def _classes(sheet: _Sheet, evaluation: Evaluation, level: str, corner: tuple[int, int]) -> None:
    """Write one class cell over all the rows that follow one another in the class."""
    column, top = corner
    rows = evaluation.indicators
    start = 0
    for k in range(1, len(rows) + 1):
        if k < len(rows) and _class_of(rows[k], level) == _class_of(rows[start], level):
            continue
        name = getattr(rows[start], level)
        text = _with_points(name, evaluation.classes, level) if name else ""
        sheet.cells.append(Cell(top + start, column, text, k - start, 1, Role.TEXT))
        start = k


def _class_of(row: Indicator, level: str) -> tuple[str | None, ...]:
    return (row.level1,) if level == "level1" else (row.level1, row.level2)


def _with_points(name: str, classes: Sequence[ClassMark], level: str) -> str:
    number = 1 if level == "level1" else 2
    mark = next((c for c in classes if c.name == name and c.level == number and c.points is not None), None)
    return name if mark is None else f"{name}（{mark.points:f}分）"


def _indicator_cell(row: Indicator, kind: str) -> str | None:
    value = {
        "level3": row.level3, "level4": row.level4, "sign": row.sign, "unit": row.unit, "reason": row.reason,
        "target": row.target.text if row.target else None, "actual": row.actual.text if row.actual else None,
        "points": row.points, "score": row.score_printed, "deduction": row.deduction_printed,
        "completion": row.completion_printed, "standard": row.remarks,
    }[kind]  # fmt: skip
    return _said(value)


def _tail(sheet: _Sheet, evaluation: Evaluation, form: Form) -> None:
    columns = {c.kind: (start, span) for c, start, span in _spread(form.columns, 1, sheet.width)}
    points = columns.get("points")
    score = columns["score"]
    sheet.put(0, form.total, span=(points or score)[0], role=Role.HEADING)
    if points:
        sheet.put(points[0], _said(evaluation.points_printed), role=Role.NUMBER)
    sheet.put(score[0], _said(evaluation.total_printed), span=score[1], role=Role.NUMBER)
    sheet.row += 1
    for name, label in form.tail:
        sheet.pairs([(label, evaluation.grade_printed if name == "grade" else None)])


def _said(value: Decimal | Figure | str | None) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
