"""The block of goals on a printed page: what was expected and what came of it, side by side."""

from itertools import pairwise

from jixiao.layout import Role
from jixiao.model.evaluation import Goal
from jixiao.papers.form import Form
from jixiao.papers.pages.ruled_sheet import RuledSheet


def put_goal(sheet: RuledSheet, goal: Goal, form: Form, rows: int = 2) -> None:
    """Put the block's label, `rows` high, and beside it the columns of the form with the texts below their labels."""
    edges = [1, *(sheet.edge(k, len(form.goal)) for k in range(1, len(form.goal))), sheet.width]
    spans = [(start, end - start) for start, end in pairwise(edges)]
    sheet.put(0, form.goal_label, rows=rows, role=Role.HEADING)
    for (_, label), (start, span) in zip(form.goal, spans, strict=True):
        sheet.put(start, label, span=span, role=Role.HEADING)
    sheet.row += 1
    for (name, _), (start, span) in zip(form.goal, spans, strict=True):
        sheet.put(start, getattr(goal, name), span=span)
    sheet.row += 1
