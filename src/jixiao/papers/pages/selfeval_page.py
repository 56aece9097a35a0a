"""自评表 and the tables like it: lays an Evaluation out as the official page of a Form, so that reading gives it back.

A field that the form has no cell for is not written; what is None is an empty cell.
"""

from collections.abc import Callable, Iterator

from jixiao.layout import Block, Layout, Line, Role
from jixiao.model.evaluation import Evaluation
from jixiao.papers.form import Form, load_form
from jixiao.papers.pages.fund_page import LABEL_END, put_funds
from jixiao.papers.pages.goal_page import put_goal
from jixiao.papers.pages.indicator_page import put_indicators, put_total
from jixiao.papers.pages.management import put_management
from jixiao.papers.pages.ruled_sheet import RuledSheet
from jixiao.papers.words import folded

_LABEL, _COLUMN = 5, 10
_SHARES = {
    "level1": 8, "level2": 9, "level3": 16, "level4": 14, "target": 12, "actual": 12, "points": 7, "score": 8,
    "sign": 8, "unit": 8, "completion": 9, "reason": 16, "standard": 16, "deduction": 7, "recheck_score": 8,
}  # fmt: skip


def lay_out(evaluation: Evaluation, form: str) -> Layout:
    """Lay the evaluation out on a form.

    Args:
        evaluation: what the table says; figures are written with their printed digits.
        form: a stem or id of papers/forms, such as f-10.

    Raises:
        UnknownNameError: there is no such form.
    """
    return lay_out_on(evaluation, load_form(form))


def lay_out_on(evaluation: Evaluation, form: Form) -> Layout:
    """Lay the evaluation out on a form that is at hand."""
    sheet = RuledSheet(_widths(form))
    for row in form.head:
        sheet.pairs([(label, _said(evaluation, form, name, label)) for name, label in row])
    put_funds(sheet, evaluation, form)
    _rows(sheet, evaluation, form, form.below_funds)
    put_management(sheet, evaluation, form.management)
    if form.goal:
        put_goal(sheet, evaluation.goal, form)
    _rows(sheet, evaluation, form, form.below_goal)
    put_indicators(sheet, evaluation, form)
    _rows(sheet, evaluation, form, form.before_total)
    put_total(sheet, evaluation, form)
    _rows(sheet, evaluation, form, form.tail)
    for row in form.signed:
        sheet.pairs([(label, _said(evaluation, form, name, label)) for name, label in row])
    blocks: tuple[Block, ...] = (*_above(evaluation, form), sheet.grid(), *_notes(evaluation))
    return Layout(evaluation.project.name or form.title, blocks, landscape=form.landscape)


def _widths(form: Form) -> tuple[int, ...]:
    """Return the shares of the form's columns: its own, usual ones where it names none or a column was put in."""
    shares = [_LABEL, *(_SHARES.get(column.kind, _COLUMN) for column in form.columns)]
    wanted = len(form.fund_columns) + LABEL_END
    usual = tuple(shares + [_COLUMN] * (wanted - len(shares)))
    return form.widths if len(form.widths) == len(usual) else usual


def _above(evaluation: Evaluation, form: Form) -> Iterator[Line]:
    """Yield the title, the year, and the line that some forms have over the table."""
    yield Line(form.title, level=0)
    if evaluation.year is not None:
        yield Line(f"（{evaluation.year}年度）", role=Role.SUBTITLE)
    if form.above:
        pairs = ((label, _said(evaluation, form, name, label) or "") for name, label in form.above)
        yield Line("    ".join(f"{label}：{value}" for label, value in pairs))


def _rows(sheet: RuledSheet, evaluation: Evaluation, form: Form, rows: tuple[tuple[str, str], ...]) -> None:
    """Write a row a label, its answer over the rest of the width."""
    for name, label in rows:
        sheet.pairs([(label, _said(evaluation, form, name, label))])


def _said(evaluation: Evaluation, form: Form, name: str, label: str) -> str | None:
    """Return what answers a label of the form; None where the record is silent."""
    if name in ("particular", "filer"):
        filer = evaluation.project.unit if name == "filer" else None
        return _particular(evaluation, label) or filer or dict(form.boxes).get(label)
    if name == "section":
        return next((one.text for one in evaluation.sections if one.title == folded(label)), None)
    if name in _FIELDS:
        return _FIELDS[name](evaluation)
    text: str | None = getattr(evaluation.project, name)
    return text


_FIELDS: dict[str, Callable[[Evaluation], str | None]] = {
    "execution_reason": lambda evaluation: evaluation.execution.reason,
    "grade": lambda evaluation: evaluation.grade_printed,
    "reason": lambda evaluation: evaluation.reason,
}


def _particular(evaluation: Evaluation, label: str) -> str | None:
    return next((one.text for one in evaluation.particulars if one.label == folded(label)), None)


def _notes(evaluation: Evaluation) -> Iterator[Line]:
    if evaluation.notes:
        yield Line("注：", role=Role.NOTE)
    for note in evaluation.notes:
        yield Line(note, role=Role.NOTE)
