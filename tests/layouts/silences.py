"""Makes up what a paper of a form says, and then leaves it silent here and there: an empty cell, a row without figures."""

from dataclasses import replace
from random import Random

from jixiao.model.claims import ProjectList
from jixiao.model.evaluation import Evaluation, FundLine, Goal, Indicator
from jixiao.model.reading import Kind
from jixiao.papers.form import Form
from tests.layouts.kinds import invent_for
from tests.layouts.summaries import invent_summary

TABLES = (Kind.SELFEVAL_TABLE, Kind.GOAL_DECLARATION, Kind.MONITORING_TABLE, Kind.RECHECK_TABLE)
NOTES = ("1.得分保留两位小数。", "2.定量指标按比例计分。")


def invent_printed(rng: Random, form: Form) -> Evaluation | ProjectList:
    """Make up one paper of a form of any kind; the same state of `rng` gives the same record."""
    return invent_summary(rng, form) if form.kind is Kind.PROJECT_LIST else invent_silent(rng, form)


def invent_silent(rng: Random, form: Form) -> Evaluation:
    """Make up one table and leave some of its cells empty: never the first row's, so that each column says something."""
    record = invent_for(rng, form)
    first, *others = record.indicators
    record = replace(record, indicators=(first, *(_fallen_silent(rng, row) for row in others)))
    if _now_and_then(rng):
        record = replace(record, project=replace(record.project, department=None))
    if _now_and_then(rng) and record.funds.other is not None:
        record = replace(record, funds=replace(record.funds, other=FundLine(label=record.funds.other.label)))
    if form.kind not in TABLES:
        return record
    if _now_and_then(rng):
        record = replace(record, goal=Goal(record.goal.expected))
    return replace(record, notes=NOTES) if _now_and_then(rng) else record


def _fallen_silent(rng: Random, row: Indicator) -> Indicator:
    silent = _now_and_then(rng), _now_and_then(rng)
    if row.self_actual is not None:
        return row
    target, actual = (
        None if gone else said for gone, said in zip(silent, (row.target, row.actual), strict=True)
    )
    return replace(row, target=target, actual=actual)


def _now_and_then(rng: Random) -> bool:
    return rng.randrange(8) == 0
