"""A nation to try it on: made-up filings with the distributions that real ones show, the same for the same seed.

A pool of tables is made for every rule-book, scored by `score` so that what they print is right but for faults
at given rates, and turned into rows as any paper is. Filings are drawn from it by arithmetic alone and their amounts
scaled by whole numbers, so that any number can be written in a stream.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from jixiao.model.evaluation import Evaluation, Execution, FundLine, Funds, Indicator, Project
from jixiao.model.figure import WAN, Figure, figure_of, half_up
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.score import ScoreSheet
from jixiao.model.target import Qualitative
from jixiao.schemes.scheme import Scheme
from jixiao.scoring import score

WRONG_ROW, WRONG_TOTAL = 0.03, 0.04  # printed scores that the rule-book refutes
BEYOND_POINTS, WRONG_SOURCES, WRONG_RATE = 0.005, 0.02, 0.02  # and what contradicts itself in the table
_HIT = 0.72  # targets that are met exactly, as most are
_SPENT = 0.55  # budgets that are spent to the last yuan
_MANY = 10  # points that a class needs before more than two rows share them
_CLASSES = (("产出指标", 50), ("效益指标", 30), ("满意度指标", 10))
_NAMES = {
    "成本": ("经济成本指标", ("项目成本控制", "会议成本", "人均补助标准", "设备单价")),
    "产出": ("数量指标", ("培训人数", "维修道路里程", "发放补助人数", "检查人数", "验收合格率", "发放准确率")),
    "效益": ("社会效益指标", ("政策知晓率", "服务覆盖率", "受益群众人数", "管理水平提升", "人居环境改善")),
    "满意度": ("服务对象满意度指标", ("群众满意度", "职工满意度", "学生家长满意度")),
}  # fmt: skip
_PROJECTS = (
    "村道日常养护补助",
    "食堂运行经费",
    "护林员补助",
    "图书购置",
    "会议经费",
    "培训费",
    "设备更新",
    "困难群众救助",
)


def pool(schemes: Sequence[Scheme], seed: int, each: int) -> list[tuple[str, Evaluation]]:
    """Return `each` made-up tables for every rule-book, with its id."""
    draw = random.Random(seed)  # noqa: S311 made-up papers need no cryptography
    return [
        (scheme.id, _printed(draw, scheme, _table(draw, scheme))) for scheme in schemes for _ in range(each)
    ]


def _table(draw: random.Random, scheme: Scheme) -> Evaluation:
    annual = Decimal(draw.randrange(200, 90000)) / 100
    rate = Decimal(1) if draw.random() < _SPENT else Decimal(draw.randrange(3000, 10000)) / 10000
    line = FundLine(annual=_amount(annual), executed=_amount(half_up(annual * rate, 2)))
    amount = _amount(Decimal(5)) if draw.random() < WRONG_SOURCES else None
    other = FundLine(annual=amount, executed=amount) if amount is not None else None
    told = rate - Decimal("0.1") if draw.random() < WRONG_RATE else rate
    rows = [row for name, points in _classes(scheme) for row in _rows(draw, name, points)]
    return Evaluation(
        Project(draw.choice(_PROJECTS)), draw.choice((2022, 2023, 2024)),
        Funds(WAN, total=line, fiscal=line, other=other),
        Execution(scheme.parts["execution"].points, figure_of(f"{half_up(told * 100, 2)}")), indicators=tuple(rows),
    )  # fmt: skip


def _amount(value: Decimal) -> Figure:
    return figure_of(f"{value:.2f}", WAN)


def _classes(scheme: Scheme) -> Sequence[tuple[str, int]]:
    """Return the classes that the rule-book names with their points, else 50-30-10."""
    return tuple((name, int(points)) for name, points in scheme.level1.items()) or _CLASSES


def _rows(draw: random.Random, name: str, points: int) -> list[Indicator]:
    count = max(1, min(points // 5, draw.choice((2, 3, 4, 5)) if points > _MANY else draw.choice((1, 2))))
    each = points // count
    shares = [each] * (count - 1) + [points - each * (count - 1)]
    level2, names = next((known for key, known in _NAMES.items() if key in name), _NAMES["产出"])
    return [_row(draw, (name, level2, draw.choice(names)), Decimal(share)) for share in shares]


def _row(draw: random.Random, levels: tuple[str, str, str], points: Decimal) -> Indicator:
    wanted, done = _aim(draw, levels[2])
    target = parse_target(wanted) or Qualitative(wanted)
    return Indicator(*levels, target=target, actual=parse_actual(done), points=points)


def _aim(draw: random.Random, name: str) -> tuple[str, str]:
    if name.endswith(("提升", "改善")):
        return "有效提升", draw.choices(
            ("达成预期指标", "有效提升", "部分达成预期指标并具有一定效果"), (60, 25, 15)
        )[0]
    if name.endswith(("率", "度")):
        aim = draw.choice((90, 95, 98, 100))
        return f"≥{aim}%", f"{aim if draw.random() < _HIT else draw.randrange(aim - 12, 101)}%"
    if "成本" in name or name.endswith(("标准", "单价")):
        aim = draw.randrange(2, 60) * 100
        return (
            f"≤{aim}元",
            f"{aim if draw.random() < _HIT else draw.randrange(aim * 6 // 10, aim * 11 // 10)}元",
        )
    aim, unit = draw.randrange(2, 400), "公里" if name.endswith("里程") else "人"
    return f"≥{aim}{unit}", f"{aim if draw.random() < _HIT else draw.randrange(aim // 2, aim * 2)}{unit}"


# ---------------------------------------------------------------- what the papers print


def _printed(draw: random.Random, scheme: Scheme, table: Evaluation) -> Evaluation:
    sheet: ScoreSheet = score(table, scheme)
    rows = tuple(
        replace(row, score_printed=_claimed(draw, one.score, row.points))
        for row, one in zip(table.indicators, sheet.indicators, strict=True)
    )
    execution = replace(table.execution, score_printed=sheet.execution.score)
    total = sum((row.score_printed or Decimal(0) for row in rows), sheet.execution.score or Decimal(0))
    if draw.random() < WRONG_TOTAL:
        total += draw.choice((Decimal(-1), Decimal("0.5"), Decimal(2)))
    return replace(
        table, indicators=rows, execution=execution, total_printed=total, grade_printed=sheet.grade.word
    )


def _claimed(draw: random.Random, due: Decimal | None, points: Decimal | None) -> Decimal | None:
    """Return the score that the paper claims: what is due, all points where that is open, sometimes too much."""
    if due is None or draw.random() < WRONG_ROW:
        return points
    if points is not None and draw.random() < BEYOND_POINTS:
        return points + 1
    return due
