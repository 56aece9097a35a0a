"""The printed variants (表样) of the official papers as data: forms/<id>.toml, and which one a table is."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jixiao.errors import UnknownNameError
from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Kind
from jixiao.papers.cells.headings import Header, is_other
from jixiao.papers.words import folded

_FOLDER = Path(__file__).parent / "forms"
FUNDS, GOAL, INDICATORS = (
    "项目资金（{unit}）",
    "年度总体目标",
    "绩效指标",
)  # the blocks' labels as most forms print them


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column of the indicator or fund block: the field and its printed heading; `group` a heading over several."""

    kind: str
    heading: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One printed variant: its title, the head block's labels, the columns and rows of its blocks, and its tail.

    `id` is what the contract prints (F-10); `stem` the file's name and what a rule-book's `form` says (f-10); `kind`
    the paper that it is a variant of. A block that the form hasn't is empty. `execution_points` is printed in the fund
    block's heading where the form fixes it. `above` is the line over the table; `below_funds`, `below_goal` and
    `before_total` are rows of a label and its answer, `signed` the rows of labels at the end; `boxes` what an
    unanswered cell offers to be ticked; `management` the questions of 资金管理情况, `asked` those of 项目管理情况;
    `execution_row` the class and name of the row in which a form without fund block has the execution. The three
    `_label`s are the blocks' upright labels, `funds_name` the heading over the sources. `widths` are the shares of the
    columns of its table, `landscape` whether it is issued on a page turned on its side.
    `facts` are amounts that scoring needs and the paper doesn't print, `facts_form` the form of the paper that has them
    in its row of totals, `facts_label` what they are called.
    """

    id: str
    stem: str
    title: str
    source: str
    verified: bool
    funds_unit: str
    head: tuple[tuple[tuple[str, str], ...], ...]
    fund_columns: tuple[FormColumn, ...]
    fund_rows: tuple[tuple[str, str], ...]
    goal: tuple[tuple[str, str], ...]
    columns: tuple[FormColumn, ...]
    total: str
    tail: tuple[tuple[str, str], ...]
    execution_points: Decimal | None = None
    class_points_in_level1: bool = False
    kind: Kind = Kind.SELFEVAL_TABLE
    widths: tuple[int, ...] = ()
    landscape: bool = False
    above: tuple[tuple[str, str], ...] = ()
    funds_label: str = FUNDS
    funds_name: str = ""
    below_funds: tuple[tuple[str, str], ...] = ()
    goal_label: str = GOAL
    below_goal: tuple[tuple[str, str], ...] = ()
    indicators_label: str = INDICATORS
    signed: tuple[tuple[tuple[str, str], ...], ...] = ()
    before_total: tuple[tuple[str, str], ...] = ()
    boxes: tuple[tuple[str, str], ...] = ()
    management: tuple[str, ...] = ()
    execution_row: tuple[str, ...] = ()
    asked: tuple[tuple[tuple[str, str], ...], ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    facts_form: str = ""
    facts_label: str = ""


@cache
def load_form(name: str) -> Form:
    """Return the form called `name`, by stem (f-10) or id (F-10); UnknownNameError lists what there is."""
    stem = name.lower()
    if stem not in _tables():
        raise UnknownNameError(f"没有名为“{name}”的表样。现有：{'、'.join(_tables())}。")
    data = _tables()[stem]
    funds, points, facts = data.get("funds", {}), data.get("execution_points"), data.get("facts", {})
    return Form(
        id=data["id"], stem=stem, title=data["title"], source=data["source"], verified=data["verified"],
        funds_unit=funds.get("unit", ""), head=tuple(_pairs(row) for row in data.get("head", [])),
        fund_columns=tuple(FormColumn(*c) for c in funds.get("columns", [])),
        fund_rows=_pairs(funds.get("rows", [])), goal=_pairs(data.get("goal", [])),
        columns=tuple(FormColumn(*c) for c in data["indicators"]["columns"]),
        total=data.get("total", ""), tail=_pairs(data.get("tail", [])),
        execution_points=None if points is None else Decimal(points),
        class_points_in_level1=data.get("class_points_in_level1", False),
        kind=_kind(data), widths=tuple(data.get("widths", [])), landscape=data.get("landscape", False),
        above=_pairs(data.get("above", [])), below_funds=_pairs(funds.get("below", [])),
        funds_label=funds.get("label", FUNDS), funds_name=funds.get("name", ""),
        goal_label=data.get("goal_label", GOAL), below_goal=_pairs(data.get("below_goal", [])),
        indicators_label=data["indicators"].get("label", INDICATORS),
        signed=tuple(_pairs(row) for row in data.get("signed", [])),
        before_total=_pairs(data.get("before_total", [])), boxes=tuple(data.get("boxes", {}).items()),
        management=tuple(data.get("management", [])), execution_row=tuple(data.get("execution_row", [])),
        asked=tuple(_pairs(row) for row in data.get("asked", [])),
        facts=_pairs(facts.get("columns", [])), facts_form=facts.get("form", ""), facts_label=facts.get("label", ""),
    )  # fmt: skip


def _pairs(rows: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((field, label) for field, label in rows)


def _kind(data: Mapping[str, Any]) -> Kind:
    return Kind(data.get("kind", Kind.SELFEVAL_TABLE))


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    """Return every form's file as it stands, by stem."""
    paths = sorted(_FOLDER.glob("*.toml"))
    return {p.stem: tomllib.loads(p.read_text(encoding="utf-8"), parse_float=Decimal) for p in paths}


@cache
def forms_of(kind: Kind) -> tuple[str, ...]:
    """Return the stems of the forms of a kind of paper, sorted."""
    return tuple(stem for stem, data in _tables().items() if _kind(data) is kind)


@cache
def list_forms() -> tuple[str, ...]:
    """Return the stems of the forms of the self-evaluation table that print scores, sorted."""
    return tuple(stem for stem in forms_of(Kind.SELFEVAL_TABLE) if not load_form(stem).management)


def form_of(header: Header, record: Evaluation, kind: Kind = Kind.SELFEVAL_TABLE) -> str | None:
    """Return the id of the form of a kind whose columns are nearest to a table's own, None where none is near.

    Near: the same kinds of columns in the same order, up to two left out or added; where two are equally near, the one
    whose fund unit and execution points agree.
    """
    kinds = [c.kind for c in header.columns if c.kind not in ("seq", *_RECHECKED) and not is_other(c.kind)]
    headings = {c.heading for c in header.columns}
    forms = map(load_form, forms_of(kind))
    ranked = sorted((_distance(kinds, headings, form, record), form.id) for form in forms)
    return ranked[0][1] if ranked and ranked[0][0] < _FAR else None


_FAR = 300
_RECHECKED = ("recheck_actual", "recheck_score")


@cache
def _headings(stem: str) -> frozenset[str]:
    return frozenset(folded(column.heading) for column in load_form(stem).columns)


def _distance(kinds: list[str], headings: set[str], form: Form, record: Evaluation) -> int:
    own = [c.kind for c in form.columns if c.kind not in ("particular", *_RECHECKED)]
    missing = len(set(own) ^ set(kinds)) * 100
    shared = [k for k in kinds if k in own]
    order = 0 if shared == [k for k in own if k in kinds] else 60
    unit = record.funds.unit
    wrong_unit = 10 if unit is not None and unit.name != form.funds_unit else 0
    points = record.execution.points
    wrong_points = (
        20
        if form.execution_points is not None and points is not None and points != form.execution_points
        else 0
    )
    classes = 5 if bool(record.classes) is not form.class_points_in_level1 else 0
    other_words = 2 * len(_headings(form.stem) - headings)
    return missing + order + wrong_unit + wrong_points + classes + other_words
