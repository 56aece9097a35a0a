"""Makes up what a form has besides figures: its labelled cells, running text, reasons, and columns without a field."""

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from jixiao.model.evaluation import Evaluation, Indicator, Particular
from jixiao.model.statements import Section
from jixiao.papers.form import Form
from jixiao.papers.words import folded
from tests.layouts import vocabulary as words

_CALLED = re.compile("项目负责人|联系|电话|填报人|财务负责人|单位负责人")
_SILENT = 0.25


def besides(rng: Random, form: Form, record: Evaluation) -> Evaluation:
    """Fill in the other cells of a form, some left silent; the same state of `rng` gives the same record."""
    head = [*form.above, *(pair for row in form.head for pair in row)]
    above, below = [*head, *form.below_funds, *form.below_goal], [*form.before_total, *form.tail]
    below += [pair for row in form.signed for pair in row]
    labels = [label for name, label in (*above, *below) if name in ("particular", "filer")]
    particulars = tuple(_answers(rng, labels))
    named = {folded(label) for _, label in above}
    called = (one.text for one in particulars if one.label in named and _CALLED.match(one.label))
    execution = record.execution
    if ("execution_reason", "未完成原因分析") in form.below_funds and rng.random() > _SILENT:
        execution = replace(execution, reason=rng.choice(words.REASONS))
    if any(column.kind == "standard" for column in form.fund_columns):
        execution = replace(execution, standard=rng.choice((None, *words.STANDARDS)))
    return replace(
        record,
        execution=execution,
        particulars=particulars,
        contacts=tuple(called),
        sections=tuple(_sections(rng, [label for name, label in (*above, *below) if name == "section"])),
        reason=rng.choice((None, *words.REASONS)) if any(name == "reason" for name, _ in form.tail) else None,
        indicators=tuple(_with_columns(rng, form, row) for row in record.indicators),
    )


def _answers(rng: Random, labels: list[str]) -> Iterator[Particular]:
    for label in labels:
        if rng.random() > _SILENT:
            yield Particular(folded(label), rng.choice(words.ANSWERS.get(label, words.TOLD)))


def _sections(rng: Random, labels: list[str]) -> Iterator[Section]:
    for label in labels:
        if rng.random() > _SILENT:
            yield Section(None, folded(label), 1, rng.choice(words.TOLD))


def _with_columns(rng: Random, form: Form, row: Indicator) -> Indicator:
    labels = [column.heading for column in form.columns if column.kind == "particular"]
    known = {one.label for one in row.particulars}
    return replace(
        row, particulars=(*row.particulars, *(p for p in _answers(rng, labels) if p.label not in known))
    )
