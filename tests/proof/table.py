"""A self-evaluation table without a fault: an invented project in a form's cells, scored under a rule-book."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random

from jixiao.model.evaluation import (
    ClassMark,
    Evaluation,
    Goal,
    Indicator,
    Project,
)
from jixiao.model.figure import half_up
from jixiao.model.parsing import parse_actual, parse_figure, parse_target
from jixiao.model.score import Score
from jixiao.schemes.scheme import Scheme
from jixiao.scoring import score
from tests.proof.money import money_of
from tests.proof.plan import Plan
from tests.proof.topics import Measure, Topic

BY_2020 = {"产出指标": 50, "效益指标": 30, "满意度指标": 10}
BY_2021 = {"成本指标": 20, "产出指标": 40, "效益指标": 20, "满意度指标": 10}
BY_HUBEI = {"产出指标": 40, "效益指标": 30, "满意度指标": 10}
PLACES = ("青禾县", "云岭市", "临溪区", "白芦县", "双河区", "石桥县")
CENT = Decimal("0.01")
_WHOLE = Decimal(100)
_LOW, _HALF_WAY = 85, 98
_WITHOUT_ZEROS = 0.5
_TRIES = 40
_SMALL = 20


def table_of(rng: Random, plan: Plan) -> Evaluation:
    """Make the table; the same state of `rng` gives the same one."""
    tries = (tuple(_rows(rng, plan)) for _ in range(_TRIES))
    rows = next(rows for rows in tries if not _hits_exactly(rows))
    goal = goal_of(rng, plan.topic, rows) if plan.form.goal else Goal()
    frame = frame_of(plan.scheme, rows)
    marks = tuple(ClassMark(name, 1, Decimal(points)) for name, points in frame.items())
    funds, execution = money_of(rng, plan)
    heads = {field for row in plan.form.head for field, _ in row}
    department = plan.place + (plan.owner or plan.topic.office)
    unit = department if plan.owner else plan.place + plan.topic.centre
    table = Evaluation(
        project=Project(
            name=rng.choice(plan.topic.names) + rng.choice(("", "项目", "项目", "经费")),
            department=department if "department" in heads else None,
            unit=unit if "unit" in heads else None,
        ),
        year=plan.year, funds=funds, execution=execution, goal=goal, indicators=rows,
        classes=marks if plan.form.class_points_in_level1 else (),
        points_printed=_WHOLE if "points" in plan.columns else None, notes=_notes(plan.scheme), form=plan.form.id,
    )  # fmt: skip
    return scored(rng, table, plan)


def _hits_exactly(rows: tuple[Indicator, ...]) -> bool:
    """Whether more than half of the results are just their targets: that alone looks invented."""
    pairs = [(r.actual.figure, getattr(r.target, "bound", None)) for r in rows if r.actual is not None]
    return 2 * sum(a is not None and b is not None and a.value == b.value for a, b in pairs) > len(pairs)


def scored(rng: Random, table: Evaluation, plan: Plan) -> Evaluation:
    """Score every row and the execution under the rule-book, print scores, completion, total and grade."""
    sheet = score(table, plan.scheme, why="由人指定")
    style = rng.random()
    rows = tuple(
        _marked(row, _settled(mark, style))
        for row, mark in zip(table.indicators, sheet.indicators, strict=True)
    )
    execution = replace(table.execution, score_printed=_settled(sheet.execution, style))
    total = sum((row.score_printed or Decimal(0) for row in rows), execution.score_printed or Decimal(0))
    total = plain(total) if style < _WITHOUT_ZEROS else half_up(total, 2)
    graded = any(field == "grade" for field, _ in plan.form.tail)
    grade = next((g.word for g in plan.scheme.grades if total >= g.low), None) if graded else None
    done = replace(
        table, indicators=tuple(_fitted(plan, row) for row in rows), execution=execution, total_printed=total
    )
    return replace(done, grade_printed=grade)


def _settled(mark: Score, style: float) -> Decimal:
    value = mark.score if mark.score is not None else mark.low if mark.low is not None else mark.points
    value = value if value is not None else Decimal(0)
    return plain(value) if style < _WITHOUT_ZEROS else half_up(value, 2)


def plain(value: Decimal) -> Decimal:
    """The number without zeros at its end: 10.00 is 10, 9.50 is 9.5."""
    return Decimal(f"{value:f}".rstrip("0").rstrip(".")) if "." in f"{value:f}" else value


def _marked(row: Indicator, mark: Decimal) -> Indicator:
    lost = (row.points or Decimal(0)) - mark
    return replace(row, score_printed=mark, deduction_printed=lost, reason=row.reason if lost else None)


def _fitted(plan: Plan, row: Indicator) -> Indicator:
    """Take away what the form has no column for."""
    kinds = plan.columns
    return replace(
        row,
        points=row.points if "points" in kinds else None,
        reason=row.reason if "reason" in kinds else None,
        remarks="按完成比例计分" if "standard" in kinds else None,
        deduction_printed=row.deduction_printed if "deduction" in kinds and not _extra(plan.scheme) else None,
        completion_printed=_completion(row) if "completion" in kinds else None,
    )


def _extra(scheme: Scheme) -> bool:
    """Whether the rule-book takes the 扣分 column off once more: what isn't taken off is then left blank."""
    return "deduction" in scheme.parts


def _completion(row: Indicator) -> object:
    if row.sign == "≤" or row.target is None or row.actual is None or row.actual.figure is None:
        return None
    bound = getattr(row.target, "bound", None)
    if bound is None or "≤" in row.target.text:
        return None
    return parse_figure(f"{half_up(row.actual.figure.value * 100 / bound.value, 2):f}%")


def frame_of(scheme: Scheme, rows: Iterable[Indicator] = ()) -> Mapping[str, int]:
    """The first-level classes and their points; with rows, those that these have."""
    known = {name: int(points) for name, points in scheme.level1.items()}
    execution = scheme.parts["execution"].points
    if rows:
        sums: dict[str, Decimal] = {}
        for row in rows:
            sums[row.level1 or ""] = sums.get(row.level1 or "", Decimal(0)) + (row.points or 0)
        return {name: int(points) for name, points in sums.items()}
    if execution == 20:
        return BY_HUBEI
    return known if known and sum(known.values()) == 90 else BY_2020


# ---------------------------------------------------------------- rows


def _rows(rng: Random, plan: Plan) -> Iterator[Indicator]:
    frame = frame_of(plan.scheme)
    if not plan.scheme.level1 and plan.form.execution_points is None and rng.random() < 0.3:
        frame = BY_2021
    chosen = {level1: _measures(rng, plan.topic, level1, frame) for level1 in frame}
    late = rng.sample(plan.topic.late, len(plan.topic.late))
    behind = {m.name for m in _behind(rng, [m for found in chosen.values() for m in found])}
    for level1, measures in chosen.items():
        for measure, points in zip(measures, split(rng, frame[level1], len(measures)), strict=True):
            told = late.pop() if measure.name in behind and late else None
            level2 = "经济成本指标" if level1 == "成本指标" else measure.level2
            yield _row(rng, plan, (level1, level2), measure, points, told)


def _measures(rng: Random, topic: Topic, level1: str, frame: Mapping[str, int]) -> list[Measure]:
    classes = {
        "产出指标": ("数量指标", "质量指标", "时效指标") + (() if "成本指标" in frame else ("成本指标",)),
        "成本指标": ("成本指标",),
        "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标")
        + (() if "成本指标" in frame else ("可持续影响指标",)),
        "满意度指标": ("服务对象满意度指标",),
    }[level1]
    found: list[Measure] = []
    for level2 in classes:
        pool = [m for m in topic.measures if m.level2 == level2]
        if not pool or (level2 in {"经济效益指标", "生态效益指标"} and rng.random() < 0.5):
            continue
        count = min(
            len(pool),
            {"数量指标": rng.choice((2, 2, 3)), "成本指标": 2 if level1 == "成本指标" else 1}.get(
                level2, rng.choice((1, 1, 2))
            ),
        )
        picked = {m.name for m in rng.sample(pool, count)}
        found += [m for m in pool if m.name in picked]
    return found


def _behind(rng: Random, measures: list[Measure]) -> list[Measure]:
    pool = [m for m in measures if m.level2 in {"数量指标", "时效指标"}]
    return rng.sample(pool, min(len(pool), rng.choice((0, 0, 1, 1, 2))))


def split(rng: Random, whole: int, parts: int) -> list[Decimal]:
    """Split a class's points into unlike whole or half numbers."""
    if parts == 1:
        return [Decimal(whole)]
    shares = [rng.randrange(3, 7) for _ in range(parts)]
    if len(set(shares)) == 1:
        shares[0] += 1
    unit = Decimal(1) if rng.random() < 0.8 else Decimal("0.5")
    points = [max(unit, Decimal(int(whole * share / sum(shares) / float(unit))) * unit) for share in shares]
    points[0] += whole - sum(points)
    return [plain(share) for share in points]


def _row(
    rng: Random,
    plan: Plan,
    levels: tuple[str, str],
    measure: Measure,
    points: Decimal,
    told: tuple[str, str] | None,
) -> Indicator:
    goal = _rounded(Decimal(rng.randint(measure.low, measure.high)))
    result = result_of(rng, measure, goal, missed=told is not None)
    kinds = plan.columns
    unit = measure.unit if "unit" in kinds else None
    sign = measure.sign if "sign" in kinds else None
    target = f"{goal:f}" if sign else f"{measure.sign}{goal:f}"
    tail = "" if unit else measure.unit
    return Indicator(
        *levels, measure.name, target=parse_target(target + tail, sign=sign, unit=unit),
        actual=parse_actual(f"{result:f}{tail}", unit=unit), sign=sign, unit=unit, points=points,
        reason=reason_of(rng, measure.name, told) if told else None,
    )  # fmt: skip


def _rounded(goal: Decimal) -> Decimal:
    """Targets are round numbers: 4321 becomes 4300."""
    step = Decimal(1) if goal < 100 else Decimal(10) if goal < 1000 else Decimal(100)
    return max(step, goal // step * step)


def result_of(rng: Random, measure: Measure, goal: Decimal, *, missed: bool) -> Decimal:
    """A result near its target, on the side that was met or on the other."""
    share = measure.unit in {"%", "‰"}
    if measure.level2 == "服务对象满意度指标":
        return surveyed(rng, goal)
    if missed:
        down = plain(half_up(goal * rng.randrange(_LOW, _HALF_WAY) / 100, 1 if share else 0))
        return max(min(down, goal - (Decimal("0.5") if share else 1)), Decimal(1))
    if rng.random() < 0.3 or (goal < _SMALL and measure.sign == "≥" and not share):
        return goal
    if measure.sign == "≤":
        return max(Decimal(1), plain(half_up(goal * rng.randrange(86, 100) / 100, 1 if share else 0)))
    more = half_up(goal * rng.randrange(101, 112) / 100, 1 if share else 0)
    return plain(min(more, Decimal("99.5"))) if share else max(more, goal + 1)


def surveyed(rng: Random, goal: Decimal) -> Decimal:
    """A satisfaction that a number of questionnaires can give."""
    n = rng.choice(SURVEYS)
    least = -(-int(goal) * n // 100)
    k = rng.randint(least, max(least, min(99, int(goal) + 6) * n // 100))
    return plain(half_up(Decimal(k) * 100 / n, 2))


SURVEYS = (100, 120, 150, 200, 240, 250, 300, 400, 500)

_REASONS = (
    "{name}未达到年度指标值，主要是{cause}。改进措施：{remedy}。",
    "因{cause}，{name}低于年度指标值。改进措施：{remedy}。",
    "偏差原因：{cause}，影响{name}。改进措施：{remedy}。",
    "{cause}，{name}比计划少。下一步{remedy}。",
)


def reason_of(rng: Random, name: str, told: tuple[str, str]) -> str:
    """Why an indicator stays behind, and what is done about it."""
    return rng.choice(_REASONS).format(name=name, cause=told[0], remedy=told[1])


# ---------------------------------------------------------------- goal


_GOALS = ("{}。", "本年度计划{}。", "通过项目实施，{}。", "目标：{}。")
_DONE = ("全年{}。", "截至12月底，{}。", "本年度实际{}。", "项目实施后，{}。")


def goal_of(rng: Random, topic: Topic, rows: Iterable[Indicator]) -> Goal:
    """预期目标 and 实际完成情况 of the rows that have a clause."""
    clauses = {m.name: m for m in topic.measures if m.clause}
    told = [(clauses[row.level3], row) for row in rows if row.level3 in clauses]
    if not told:
        return Goal(f"完成{topic.purpose}。", f"全年实施了{topic.purpose}。")
    expected = "，".join(m.clause.format(amount(m, row.target.text)) for m, row in told if row.target)
    actual = "，".join(m.clause.format(amount(m, row.actual.text)) for m, row in told if row.actual)
    return Goal(rng.choice(_GOALS).format(expected), rng.choice(_DONE).format(actual))


def amount(measure: Measure, cell: str) -> str:
    """A cell's figure with its unit: 42公里."""
    return cell.strip("≥≤=").removesuffix(measure.unit) + measure.unit


def _notes(scheme: Scheme) -> tuple[str, ...]:
    """The notes below the table by which a rule-book is known."""
    if not any("/" in note for note in scheme.match.notes):
        return ()
    note = next(note for note in scheme.match.notes if "/" in note)
    return (f"反向指标的{note}，得分最高不得超过该指标分值上限。",)
