"""基础数据表: lays an Evaluation out as a base-data form, so that reading the page gives it back.

A stage's amount (实际到位) is one figure in the record: it stands over the columns of its parts, which nobody told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from jixiao.layout import Block, Cell, Grid, Layout, Line, Role
from jixiao.model.evaluation import Evaluation, FundLine, Indicator
from jixiao.model.figure import Figure, Unit
from jixiao.papers.base_data.base_data_answers import FUNDS
from jixiao.papers.form import Form, load_form
from jixiao.papers.pages.goal_page import put_goal
from jixiao.papers.pages.ruled_sheet import RuledSheet
from jixiao.papers.words import folded

_COLUMNS = (
    ("level1", 1, 1),
    ("level2", 2, 2),
    ("level3", 4, 2),
    ("target", 6, 2),
    ("actual", 8, 2),
    ("reason", 10, 2),
)
_TICKED = ("是", "部分实现", "否")
_SOURCES = ("fiscal", "carryover", "special", "other")


def lay_out(evaluation: Evaluation, form: str) -> Layout:
    """Lay the evaluation out on a base-data form of papers/forms; UnknownNameError where there is none so named."""
    printed = load_form(form)
    sheet = RuledSheet(printed.widths)
    for row in printed.head:
        sheet.pairs([(label, _said(evaluation, name, label, row[0][1])) for name, label in row])
    _funds(sheet, evaluation, printed)
    _asked(sheet, evaluation, printed)
    _goal(sheet, evaluation, printed)
    _indicators(sheet, evaluation, printed)
    blocks: tuple[Block, ...] = (*_above(evaluation, printed), sheet.grid())
    return Layout(evaluation.project.name or printed.title, blocks, landscape=printed.landscape)


def with_totals(page: Layout, form: Form, told: Mapping[str, str]) -> Iterator[Block]:
    """Yield the blocks of a page with texts in its row of totals, by the kinds of amounts."""
    columns = {start: told[kind] for kind, start, _ in _amounts(form) if kind in told}
    for block in page.blocks:
        if not isinstance(block, Grid):
            yield block
            continue
        label = dict(form.fund_rows)["total"]
        at = next(cell.row for cell in block.cells if cell.text == label and cell.column == 1)
        cells = (replace(c, text=columns.get(c.column, c.text)) if c.row == at else c for c in block.cells)
        yield replace(block, cells=tuple(cells))


def _above(evaluation: Evaluation, form: Form) -> Iterator[Line]:
    yield Line(form.title, level=0)
    if evaluation.filled_by is not None:
        yield Line(f"填报单位：{evaluation.filled_by}")
    unit = evaluation.funds.unit
    if unit is not None:
        yield Line(f"金额单位：{unit.name}")


def _said(evaluation: Evaluation, name: str, label: str, line: str) -> str | None:
    if name == "year":
        return None if evaluation.year is None else f"{evaluation.year}"
    if name == "amount":
        return _amount(evaluation.evaluated_amount, evaluation.funds.unit)
    if name in ("particular", "called"):
        return _answer(evaluation, (line if name == "called" else "") + label)
    text: str | None = getattr(evaluation.project, name)
    return text


def _answer(evaluation: Evaluation, label: str) -> str | None:
    return next((one.text for one in evaluation.particulars if one.label == folded(label)), None)


def _amount(figure: Figure | None, unit: Unit | None) -> str | None:
    """Return the digits; with their unit where it isn't the form's."""
    if figure is None:
        return None
    return f"{figure.value:f}" if figure.unit == unit else str(figure)


def _funds(sheet: RuledSheet, evaluation: Evaluation, form: Form) -> None:
    rows = list(_lines(evaluation, form))
    problems = len(form.fund_columns) + 1
    sheet.put(0, form.funds_label, rows=len(rows) + 2, role=Role.HEADING)
    sheet.put(1, form.funds_name, rows=2, role=Role.HEADING)
    sheet.put(problems, form.fund_columns[-1].heading, rows=2, role=Role.HEADING)
    stages = _stages(form)
    for group, start, span in stages:
        sheet.put(start, group, span=span, role=Role.HEADING)
    sheet.row += 1
    for k, column in enumerate(form.fund_columns[:-1]):
        sheet.put(2 + k, column.heading, role=Role.HEADING)
    sheet.row += 1
    sheet.put(problems, _answer(evaluation, FUNDS + form.fund_columns[-1].heading), rows=len(rows))
    for label, line in rows:
        sheet.put(1, label, role=Role.HEADING)
        for kind, start, span in _amounts(form):
            figure = getattr(line, kind, None)
            sheet.put(start, _amount(figure, evaluation.funds.unit), span=span, role=Role.NUMBER)
        sheet.row += 1


def _stages(form: Form) -> list[tuple[str, int, int]]:
    groups = [column.group for column in form.fund_columns[:-1]]
    return [(group, 2 + groups.index(group), groups.count(group)) for group in dict.fromkeys(groups)]


def _amounts(form: Form) -> Iterator[tuple[str, int, int]]:
    """Yield each amount with its columns: the parts of a stage together hold one."""
    kinds = [column.kind for column in form.fund_columns[:-1]]
    for kind in dict.fromkeys(kinds):
        yield kind, 2 + kinds.index(kind), kinds.count(kind)


def _lines(evaluation: Evaluation, form: Form) -> Iterator[tuple[str, FundLine | None]]:
    """Yield the form's rows, and below them the sources that only the record has."""
    funds = evaluation.funds
    named = (getattr(funds, source) for source in _SOURCES)
    left = [*(line for line in named if line is not None), *funds.more]
    for source, label in form.fund_rows:
        own = (
            funds.total
            if source == "total"
            else next((x for x in left if folded(x.label or "") == label), None)
        )
        left = [line for line in left if line is not own]
        yield (own.label or label) if own else label, own
    yield from ((line.label or "", line) for line in left)


def _asked(sheet: RuledSheet, evaluation: Evaluation, form: Form) -> None:
    sheet.put(0, "项目管理情况", rows=len(form.asked), role=Role.HEADING)
    for row in form.asked:
        edges = [1, *(sheet.edge(k, len(row)) for k in range(1, len(row))), sheet.width]
        for (_, label), start, end in zip(row, edges, edges[1:], strict=False):
            sheet.put(start, label, role=Role.HEADING)
            sheet.put(start + 1, _answer(evaluation, label), span=end - start - 1)
        sheet.row += 1


def _goal(sheet: RuledSheet, evaluation: Evaluation, form: Form) -> None:
    put_goal(sheet, evaluation.goal, form, rows=3)
    said = evaluation.achieved_printed
    words = _TICKED if said is None or said in _TICKED else (*_TICKED, said)
    boxes = " ".join(f"{'☑' if word == said else '□'}{word}" for word in words)
    sheet.put(1, f"是否如期实现预期目标：{boxes}", span=sheet.width - 1)
    sheet.row += 1


def _indicators(sheet: RuledSheet, evaluation: Evaluation, form: Form) -> None:
    rows = evaluation.indicators
    sheet.put(0, form.indicators_label, rows=len(rows) + 1, role=Role.HEADING)
    for column, (_, start, span) in zip(form.columns, _COLUMNS, strict=True):
        sheet.put(start, column.heading, span=span, role=Role.HEADING)
    sheet.repeated = (sheet.row, sheet.row + 1)
    top = sheet.row + 1
    for kind, start, span in _COLUMNS:
        for k, size in _runs(rows, kind):
            sheet.cells.append(Cell(top + k, start, _text(rows[k], kind) or "", size, span))
    sheet.row = top + len(rows)


def _runs(rows: tuple[Indicator, ...], kind: str) -> Iterator[tuple[int, int]]:
    """Yield where a cell of the column begins and over how many rows it reaches: a class over all of its own."""
    levels = {"level1": 1, "level2": 2}.get(kind)
    keys = [(row.level1, row.level2)[:levels] if levels else k for k, row in enumerate(rows)]
    starts = [k for k in range(len(rows)) if k == 0 or keys[k] != keys[k - 1]]
    yield from ((a, b - a) for a, b in zip(starts, [*starts[1:], len(rows)], strict=True))


def _text(row: Indicator, kind: str) -> str | None:
    if kind == "target":
        return row.demand or None
    if kind == "actual":
        return row.actual.text if row.actual is not None else None
    text: str | None = getattr(row, kind)
    return text
