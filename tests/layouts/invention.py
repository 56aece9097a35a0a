"""Makes up a whole self-evaluation for a form: random, realistic, and only what the form has a cell for."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

from jixiao.model.evaluation import (
    ClassMark,
    Evaluation,
    Execution,
    FundLine,
    Funds,
    Goal,
    Indicator,
    Project,
)
from jixiao.model.figure import figure_of, half_up, unit_named
from jixiao.model.parsing import parse_actual, parse_figure, parse_target
from jixiao.papers.form import Form
from tests.layouts import vocabulary as words
from tests.layouts.vocabulary import Frame, Measured, Name

YEAR = 2023
_WHOLE = Decimal(100)


def invent(rng: Random, form: Form) -> Evaluation:
    """Make up what one paper of `form` says; the same state of `rng` gives the same evaluation."""
    place, office = rng.choice(words.PLACES), rng.choice(words.OFFICES)
    frame = rng.choice((words.BY_2020, words.BY_2021))
    heads = {field for row in form.head for field, _ in row}
    project = Project(
        name=rng.choice(words.PROJECTS) if "name" in heads else None,
        department=place + office if "department" in heads else None,
        unit=place + rng.choice(words.CENTRES) if "unit" in heads else None,
    )
    funds, execution = _money(rng, form)
    weights = {level1: points for level1, points, _ in frame}
    if "points" not in _kinds(form):
        weights = {level1: 80 * points // 90 for level1, points in weights.items()}
    rows = tuple(_rows(rng, form, frame, weights))
    scores = sum((row.score_printed or Decimal(0) for row in rows), execution.score_printed or Decimal(0))
    goal = Goal(rng.choice(words.GOALS), rng.choice(words.DONE)) if form.goal else Goal()
    marks = tuple(ClassMark(name, 1, Decimal(points)) for name, points in weights.items())
    graded = any(field == "grade" for field, _ in form.tail)
    return Evaluation(
        project=project, year=YEAR, funds=funds, execution=execution, goal=goal, indicators=rows,
        classes=marks if form.class_points_in_level1 else (),
        points_printed=_WHOLE if "points" in _kinds(form) else None, total_printed=scores,
        grade_printed=_grade(scores) if graded else None, form=form.id,
    )  # fmt: skip


def _kinds(form: Form) -> set[str]:
    return {column.kind for column in form.columns}


def _grade(total: Decimal) -> str:
    return "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"


def _money(rng: Random, form: Form) -> tuple[Funds, Execution]:
    """The fund block whose sources add up, and the execution that follows from it."""
    unit = unit_named(form.funds_unit)
    kinds = {column.kind for column in form.fund_columns}
    places = 0 if form.funds_unit == "元" else rng.choice((0, 2, 2))
    annual = Decimal(rng.randrange(500, 90000)) / (1 if places == 0 else 100) + (places == 0) * 1000
    executed = annual if rng.random() < 0.4 else half_up(annual * rng.randrange(700, 1000) / 1000, places)
    initial = annual if rng.random() < 0.7 else half_up(annual / 2, places)

    def line(label: str, *amounts: Decimal) -> FundLine:
        first, second, third = (figure_of(format(half_up(a, places), "f"), unit) for a in amounts)
        return FundLine(first if "initial" in kinds else None, second, third, label=label)

    lines = {
        source: line(label.rstrip("："), *((initial, annual, executed) if source in ("total", "fiscal") else (Decimal(0),) * 3))
        for source, label in form.fund_rows
    }  # fmt: skip
    more = tuple(lines.pop(source) for source in list(lines) if source == "unit_own")
    points = Decimal(form.execution_points or 10)
    percent = half_up(executed * 100 / annual, 2)
    score = half_up(points * executed / annual, 2)
    bare = any("%" in column.heading for column in form.fund_columns if column.kind == "rate")
    rate = parse_figure(f"{percent:f}" if bare else f"{percent:f}%")
    reason = "年中追加预算，未及支付" if "reason" in kinds and percent < 90 else None
    told = "points" in kinds or any(f"{points}分" in column.heading for column in form.fund_columns)
    execution = Execution(points if told else None, rate, score, reason)
    return Funds(unit, more=more, **lines), execution


def _rows(rng: Random, form: Form, frame: Frame, weights: dict[str, int]) -> Iterator[Indicator]:
    for level1, _, classes in frame:
        chosen = [level2 for level2 in classes if rng.random() < 0.85] or list(classes[:1])
        names = [(level2, name) for level2 in chosen for name in _some(rng, level2)]
        for (level2, name), points in zip(names, _split(rng, weights[level1], len(names)), strict=True):
            yield _fitted(form, _row(rng, form, (level1, level2), name, points))


def _some(rng: Random, level2: str) -> list[Name]:
    pool = words.NAMES[level2]
    return rng.sample(pool, min(len(pool), rng.choice((1, 1, 1, 2, 3))))


def _split(rng: Random, whole: int, parts: int) -> list[Decimal]:
    """Split a class's points: evenly with the rest on the last, or in whole numbers."""
    if rng.random() < 0.25:
        share = half_up(Decimal(whole) / parts, 2)
        return [*[share] * (parts - 1), whole - share * (parts - 1)]
    share = Decimal(whole // parts)
    return [*[share] * (parts - 1), whole - share * (parts - 1)]


def _row(rng: Random, form: Form, levels: tuple[str, str], name: Name, points: Decimal) -> Indicator:
    if isinstance(name, Measured):
        return _measured(rng, form, levels, name, points)
    met = rng.random() < 0.8
    said = rng.choice(("达成预期指标", name.target, "完成")) if met else "部分达成预期指标"
    if "completion" in _kinds(form) and met:
        said = rng.choice((said, "100%-80%(含)"))
    score = points if met else half_up(points * Decimal("0.8"), 2)
    sign = "定性" if "sign" in _kinds(form) else None
    row = Indicator(
        *levels, name.name, target=parse_target(name.target, sign=sign), actual=parse_actual(said), sign=sign,
        points=points, score_printed=score,
    )  # fmt: skip
    return _explained(rng, row, points - score)


def _measured(rng: Random, form: Form, levels: tuple[str, str], name: Measured, points: Decimal) -> Indicator:
    kinds = _kinds(form)
    goal = Decimal(rng.randint(name.low, name.high))
    actual, score = _result(rng, name, goal, points)
    unit = name.unit if "unit" in kinds else None
    said = f"{actual:f}" if unit else f"{actual:f}{name.unit}"
    if "sign" in kinds:
        target = parse_target(f"{goal:f}", sign=name.sign, unit=unit)
    else:
        target = parse_target(f"{name.sign}{goal:f}{name.unit}", unit=unit)
    percent = half_up(actual * 100 / goal, 2)
    row = Indicator(
        *levels, name.name, target=target, actual=parse_actual(said, unit=unit), unit=unit,
        sign=name.sign if "sign" in kinds else None, points=points, score_printed=score,
        completion_printed=parse_figure(f"{percent:f}%") if "completion" in kinds else None,
    )  # fmt: skip
    return _explained(rng, row, points - score)


def _result(rng: Random, name: Measured, goal: Decimal, points: Decimal) -> tuple[Decimal, Decimal]:
    luck = rng.random()
    if luck < 0.55:
        return goal, points
    if name.sign == "≤":
        return max(Decimal(1), half_up(goal * rng.randrange(80, 100) / 100, 0)), points
    if luck < 0.8 and not (name.unit == "%" and goal >= 99):
        more = goal + 1 if name.unit == "%" else half_up(goal * rng.randrange(101, 140) / 100, 0)
        return max(more, goal), points
    less = half_up(goal * rng.randrange(70, 99) / 100, 1 if name.unit == "%" else 0)
    less = max(less, Decimal(1))
    return less, min(points, half_up(points * less / goal, 2))


def _explained(rng: Random, row: Indicator, deducted: Decimal) -> Indicator:
    reason = rng.choice(words.REASONS) if deducted else None
    return replace(row, reason=reason, remarks=rng.choice(words.STANDARDS), deduction_printed=deducted)


def _fitted(form: Form, row: Indicator) -> Indicator:
    """Take away what the form has no column for."""
    kinds = _kinds(form)
    return replace(
        row,
        reason=row.reason if "reason" in kinds else None,
        remarks=row.remarks if "standard" in kinds else None,
        deduction_printed=row.deduction_printed if "deduction" in kinds else None,
    )
