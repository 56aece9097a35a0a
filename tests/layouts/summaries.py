"""Makes up a summary of projects: their budgets, spending, rates, scores and grades, and the row of totals."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from jixiao.model.claims import ListedProject, ProjectList
from jixiao.model.evaluation import Particular
from jixiao.model.figure import WAN, figure_of, half_up
from jixiao.model.parsing import parse_figure
from jixiao.papers.form import Form
from jixiao.papers.words import folded
from tests.layouts import vocabulary as words


def invent_summary(rng: Random, form: Form) -> ProjectList:
    """Make up what one list says; the same state of `rng` gives the same record."""
    kinds = {column.kind for column in form.columns}
    unit = rng.choice(words.PLACES) + rng.choice(words.OFFICES)
    names = rng.sample(words.PROJECTS, rng.randint(2, len(words.PROJECTS)))
    rows = [_row(rng, form, kinds, number, name) for number, name in enumerate(names, 1)]
    cents = [
        sum(int((getattr(r, k).value if getattr(r, k) else Decimal(0)) * 100) for r in rows)
        for k in ("budget", "executed")
    ]
    total = ListedProject(
        "合计", score_printed=sum((r.score_printed or Decimal(0) for r in rows), Decimal(0))
    )
    if "budget" in kinds:
        sums = (figure_of(f"{Decimal(c) / 100:f}", WAN) for c in cents)
        total = replace(total, budget=next(sums), executed=next(sums), score_printed=None)
    return ProjectList(unit, 2023, f"{unit}2023年度{form.title}", tuple(rows), total)


def _row(rng: Random, form: Form, kinds: set[str], number: int, name: str) -> ListedProject:
    budget = Decimal(rng.randrange(500, 900000)) / 100
    spent = half_up(budget * rng.randrange(60, 100) / 100, 2)
    rate = parse_figure(f"{half_up(spent * 100 / budget, 2):f}%")
    score = half_up(Decimal(rng.randrange(6000, 10000)) / 100, 2)
    told = {"复核得分": f"{score - 1:f}", "偏差": "-1", "主要偏差原因": rng.choice(words.REASONS)}
    besides = [folded(column.heading) for column in form.columns if column.kind == "particular"]
    return ListedProject(
        name, f"{number}",
        figure_of(f"{budget:f}", WAN) if "budget" in kinds else None,
        figure_of(f"{spent:f}", WAN) if "executed" in kinds and rng.random() < 0.9 else None,
        score, rate if "rate" in kinds else None, rng.choice(("优", "良", "中")) if "grade" in kinds else None,
        tuple(Particular(label, told[label]) for label in besides if rng.random() < 0.9),
    )  # fmt: skip
