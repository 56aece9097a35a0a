"""评分表: lays an Evaluation out as a scoring form, every level with its points, so that reading gives it back.

What the form asks for and a record doesn't hold (指标说明, 评分标准) is an empty cell.
"""

from collections.abc import Iterator
from decimal import Decimal

from jixiao.layout import Block, Cell, Layout, Line, Role
from jixiao.model.evaluation import ClassMark, Evaluation, Indicator
from jixiao.papers.form import Form, load_form
from jixiao.papers.pages.fund_page import said
from jixiao.papers.pages.ruled_sheet import RuledSheet

_NAMES = {"level1": 1, "level2": 2, "level3": 3, "level4": 4}
_POINTS = {"points1": 1, "points2": 2, "points3": 3}
_NUMBERS = frozenset({*_POINTS, "points", "score", "deduction"})


def lay_out(evaluation: Evaluation, form: str) -> Layout:
    """Lay the evaluation out on a scoring form of papers/forms; UnknownNameError where there is none of that name."""
    printed = load_form(form)
    sheet = RuledSheet(printed.widths)
    put_table(sheet, evaluation, printed)
    blocks: tuple[Block, ...] = (*title_of(evaluation, printed), *_head(evaluation, printed), sheet.grid())
    return Layout(evaluation.project.name or printed.title, blocks, landscape=printed.landscape)


def put_table(sheet: RuledSheet, evaluation: Evaluation, form: Form) -> int:
    """Write headings, rows and total; return the sheet's row of the first indicator."""
    _headings(sheet, form)
    top = sheet.row
    for column, kind in enumerate(c.kind for c in form.columns):
        sheet.cells += _column(evaluation, form, kind, (top, column))
    sheet.row = top + len(evaluation.indicators)
    _total(sheet, evaluation, form)
    return top


def usual_form(evaluation: Evaluation) -> str:
    """Return the form with as many levels as the record has."""
    return "f-score" if any(row.level4 for row in evaluation.indicators) else "f-score-3"


def title_of(evaluation: Evaluation, form: Form) -> Iterator[Line]:
    """Yield the title and the year."""
    yield Line(form.title, level=0)
    if evaluation.year is not None:
        yield Line(f"（{evaluation.year}年度）", role=Role.SUBTITLE)


def _head(evaluation: Evaluation, form: Form) -> Iterator[Line]:
    for name, label in (pair for row in form.head for pair in row):
        text = getattr(evaluation.project, name)
        if text is not None:
            yield Line(f"{label}：{text}")


def _headings(sheet: RuledSheet, form: Form) -> None:
    for column, printed in enumerate(form.columns):
        before = form.columns[column - 1].group if column else ""
        if not printed.group:
            sheet.put(column, printed.heading, rows=2, role=Role.HEADING)
            continue
        if printed.group != before:
            size = sum(1 for c in form.columns if c.group == printed.group)
            sheet.put(column, printed.group, span=size, role=Role.HEADING)
        sheet.cells.append(Cell(sheet.row + 1, column, printed.heading, role=Role.HEADING))
    sheet.repeated = (sheet.row, sheet.row + 2)
    sheet.row += 2


def _column(evaluation: Evaluation, form: Form, kind: str, corner: tuple[int, int]) -> Iterator[Cell]:
    """Yield the cells of one column: a level's name and points once over all its rows, the rest row by row."""
    top, column = corner
    rows = evaluation.indicators
    last = max(_NAMES[c.kind] for c in form.columns if c.kind in _NAMES)
    level = _NAMES.get(kind) or _POINTS.get(kind) or last
    role = Role.NUMBER if kind in _NUMBERS else Role.TEXT
    start = 0
    for k in range(1, len(rows) + 1):
        shared = level < last and k < len(rows) and _path(rows[k], level) == _path(rows[start], level)
        if not shared:
            text = _text(evaluation, rows[start], kind)
            yield Cell(top + start, column, text or "", k - start, 1, role)
            start = k


def _path(row: Indicator, level: int) -> tuple[str | None, ...]:
    return (row.level1, row.level2, row.level3)[:level]


def _text(evaluation: Evaluation, row: Indicator, kind: str) -> str | None:
    if kind in _NAMES:
        name: str | None = getattr(row, kind)
        return name
    if kind in _POINTS:
        name = getattr(row, f"level{_POINTS[kind]}")
        return said(points_of(evaluation.classes, name, _POINTS[kind]))
    return said(
        {
            "points": row.points,
            "score": row.score_printed,
            "remarks": row.remarks,
            "deduction": row.deduction_printed,
        }.get(kind)
    )


def points_of(classes: tuple[ClassMark, ...], name: str | None, level: int) -> Decimal | None:
    """Return the points that are printed for a class; None where there are none."""
    return next((mark.points for mark in classes if mark.name == name and mark.level == level), None)


def _total(sheet: RuledSheet, evaluation: Evaluation, form: Form) -> None:
    columns = {c.kind: k for k, c in enumerate(form.columns)}
    sheet.put(0, form.total, span=columns["points"], role=Role.HEADING)
    sheet.put(columns["points"], said(evaluation.points_printed), role=Role.NUMBER)
    sheet.put(columns["score"], said(evaluation.total_printed), role=Role.NUMBER)
    sheet.row += 1
