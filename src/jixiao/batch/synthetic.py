"""Made-up self-evaluation tables: a pool for every rule-book, the same for the same seed.

Each table is scored by `score`, so that what it prints is right; but a part of the pool holds one planted fault each.
Invented are names of works, targets, results and points; nothing of it is taken from a paper.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jixiao.model.evaluation import Evaluation, Execution, FundLine, Funds, Indicator, Project
from jixiao.model.figure import WAN, Figure, figure_of, half_up
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.score import Score, ScoreSheet
from jixiao.model.target import Qualitative
from jixiao.schemes.scheme import Scheme
from jixiao.scoring import score
from jixiao.scoring.totals import grade_of

# Of a hundred filings so many hold this fault, each at most one: a row's score that the rule-book refutes, a score
# beyond its points, a total that is no sum, sources that don't make the total, a rate that isn't that of the amounts.
PLANTED: Mapping[str, int] = {"row": 12, "beyond": 4, "total": 4, "sources": 2, "rate": 2}
RIGHT = ""
_HIT = 0.72  # targets that are met exactly, as most are
_SPENT = 0.55  # budgets that are spent to the last yuan
_TOLD = 0.7  # rows that lost points and say why
_MANY = 10  # points that a class needs before more than two rows share them
_CLEARLY = Decimal("0.1")  # further than rounding and one decimal reach
_LATER = (("效益指标", 30), ("满意度指标", 10))  # the outputs have the rest
_BEFORE = (("项目立项", "论证意见采纳率"), ("绩效目标", "目标分解到岗率"))
_DURING = (("组织实施", "台账登记完整率"), ("组织实施", "现场抽查合格率"), ("资料管理", "资料归档率"))
_NAMES: Mapping[str, Sequence[tuple[str, str]]] = {
    "成本": (("经济成本指标", "会议成本"), ("经济成本指标", "宣传册印制单价"), ("经济成本指标", "印刷成本")),
    "产出": (
        ("数量指标", "维修道路里程"), ("质量指标", "验收合格率"), ("时效指标", "任务按期完成率"),
        ("数量指标", "更换路灯数量"), ("质量指标", "登记准确率"), ("时效指标", "隐患按期整改率"),
        ("数量指标", "发放宣传册数量"), ("质量指标", "巡查覆盖率"),
    ),
    "效益": (
        ("社会效益指标", "政策知晓率"), ("社会效益指标", "受益村数量"), ("可持续影响指标", "管理水平提升"),
        ("社会效益指标", "服务覆盖率"), ("可持续影响指标", "服务能力提升"),
    ),
    "满意度": (("服务对象满意度指标", "群众满意度"), ("服务对象满意度指标", "村民满意度")),
    "决策": _BEFORE, "投入": _BEFORE, "过程": _DURING, "管理": _DURING,
}  # fmt: skip
_UNITS = {"里程": "公里", "路灯数量": "盏", "宣传册数量": "册", "村数量": "个"}
_PROJECTS = (
    "村道日常养护补助", "农村供水管护", "护林员补助", "图书购置", "乡村振兴专项", "技能培训", "设备更新",
    "困难群众救助",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A made-up table: the rule-book it was filed under, the fault planted in it, and what its rows are due."""

    scheme: str
    fault: str
    table: Evaluation
    due: tuple[Decimal | None, ...]


def pool(schemes: Sequence[Scheme], seed: int, right: int, wrong: int) -> list[Made]:
    """Return for every rule-book `right` tables without a fault, then `wrong` with each planted one, in their order."""
    draw = random.Random(seed)  # noqa: S311 made-up papers need no cryptography
    counts = {RIGHT: right, **dict.fromkeys(PLANTED, wrong)}
    return [
        _made(draw, scheme, fault)
        for scheme in schemes
        for fault, count in counts.items()
        for _ in range(count)
    ]


def _made(draw: random.Random, scheme: Scheme, fault: str) -> Made:
    while True:
        table = _table(draw, scheme, fault)
        sheet = score(table, scheme)
        claims = _claims(draw, sheet, fault)
        if claims is not None:
            return Made(
                scheme.id, fault, _printed(draw, scheme, replace(table, indicators=tuple(
                    replace(row, score_printed=claim, reason=_reason(draw, row, claim))
                    for row, claim in zip(table.indicators, claims, strict=True)
                )), sheet, fault), tuple(one.score for one in sheet.indicators),
            )  # fmt: skip


# ---------------------------------------------------------------- facts


def _table(draw: random.Random, scheme: Scheme, fault: str) -> Evaluation:
    annual = Decimal(draw.randrange(200, 90000)) / 100
    rate = Decimal(1) if draw.random() < _SPENT else Decimal(draw.randrange(3000, 10000)) / 10000
    executed = half_up(annual * rate, 2)
    line = FundLine(annual=_amount(annual), executed=_amount(executed))
    more = _amount(Decimal(5)) if fault == "sources" else None
    told = half_up(executed / annual * 100, 2) - (10 if fault == "rate" else 0)
    rows = [row for name, points in _classes(scheme) for row in _rows(draw, name, points)]
    return Evaluation(
        Project(draw.choice(_PROJECTS)), draw.choice((2022, 2023, 2024)),
        Funds(WAN, total=line, fiscal=line, other=FundLine(annual=more, executed=more) if more is not None else None),
        Execution(scheme.parts["execution"].points, figure_of(f"{told}")), indicators=tuple(rows),
    )  # fmt: skip


def _amount(value: Decimal) -> Figure:
    return figure_of(f"{value:.2f}", WAN)


def _classes(scheme: Scheme) -> Sequence[tuple[str, int]]:
    """Return the classes that the rule-book names, with points, where these fill the sheet, else the usual three."""
    part = scheme.parts["execution"]
    room = int(scheme.total - (0 if part.within else part.points or 0))
    named = tuple((name, int(points)) for name, points in scheme.level1.items())
    usual = (("产出指标", room - sum(points for _, points in _LATER)), *_LATER)
    return named if sum(points for _, points in named) == room else usual


def _rows(draw: random.Random, name: str, points: int) -> list[Indicator]:
    """Return the rows of a class, the points cut alike or some moved from the last row to the first."""
    known = next((known for key, known in _NAMES.items() if key in name), _NAMES["产出"])
    count = draw.choice((2, 3, 4, 5)) if points > _MANY else draw.choice((1, 2))
    count = max(1, min(points // 5, count, len(known)))
    each = points // count
    shares = [each] * (count - 1) + [points - each * (count - 1)]
    moved = draw.choice((0, 0, each // 3)) if count > 1 else 0
    shares[0], shares[-1] = shares[0] + moved, shares[-1] - moved
    first = min(2, count)  # an output has quantity and quality
    chosen = (*known[:first], *draw.sample(known[first:], count - first))
    return [_row(draw, (name, *names), Decimal(share)) for names, share in zip(chosen, shares, strict=True)]


def _row(draw: random.Random, levels: tuple[str, str, str], points: Decimal) -> Indicator:
    wanted, done = _aim(draw, levels[2])
    target = parse_target(wanted) or Qualitative(wanted)
    return Indicator(*levels, target=target, actual=parse_actual(done), points=points)


def _aim(draw: random.Random, name: str) -> tuple[str, str]:
    if name.endswith("提升"):
        return "有效提升", draw.choices(
            ("达成预期指标", "有效提升", "部分达成预期指标并具有一定效果"), (60, 25, 15)
        )[0]
    if name.endswith(("率", "度")):
        aim = draw.choice((90, 92, 95, 96, 98))
        return f"≥{aim}%", f"{aim if draw.random() < _HIT else draw.randrange(aim - 12, 101)}%"
    if name.endswith(("成本", "单价")):
        aim = draw.randrange(2, 60) * 100
        return (
            f"≤{aim}元",
            f"{aim if draw.random() < _HIT else draw.randrange(aim * 6 // 10, aim * 11 // 10)}元",
        )
    aim, unit = draw.randrange(2, 400), next(unit for end, unit in _UNITS.items() if name.endswith(end))
    return f"≥{aim}{unit}", f"{aim if draw.random() < _HIT else draw.randrange(aim // 2, aim * 2)}{unit}"


# ---------------------------------------------------------------- what the papers print


def _claims(draw: random.Random, sheet: ScoreSheet, fault: str) -> list[Decimal | None] | None:
    """Return the printed scores: what is due, the middle where that is open, the fault's; None without a row for it."""
    claims = [_fair(one) for one in sheet.indicators]
    if fault not in {"row", "beyond"}:
        return claims
    lost = [n for n, one in enumerate(sheet.indicators) if _lost(one)]
    known = (
        lost if fault == "row" else [n for n, one in enumerate(sheet.indicators) if one.points is not None]
    )
    if not known:
        return None
    at = draw.choice(known)
    points = sheet.indicators[at].points or Decimal(0)
    claims[at] = points if fault == "row" else points + 1
    return claims


def _fair(row: Score) -> Decimal | None:
    if row.score is None and row.low is not None and row.high is not None:
        return half_up((row.low + row.high) / 2, 2)
    return row.points if row.score is None else row.score


def _lost(row: Score) -> bool:
    """Tell whether a row is surely due less than all its points."""
    return row.points is not None and row.high is not None and row.high + _CLEARLY < row.points


def _reason(draw: random.Random, row: Indicator, claim: Decimal | None) -> str | None:
    lost = claim is not None and row.points is not None and claim < row.points
    if not lost or draw.random() > _TOLD:
        return None
    return f"{row.level3}的台账核对不够细，个别乡镇进度偏慢，下年逐月核对"


def _printed(
    draw: random.Random, scheme: Scheme, table: Evaluation, sheet: ScoreSheet, fault: str
) -> Evaluation:
    """Print execution, total and grade; the total adds up what the rows claim unless that is the fault."""
    paid, due = sheet.execution.score, sheet.total.score
    total = sum((row.score_printed or Decimal(0) for row in table.indicators), paid or Decimal(0))
    if due is not None and fault not in {"row", "beyond"}:
        total = due
    if fault == "total":
        total += draw.choice((Decimal(-1), Decimal("0.5"), Decimal(2)))
    earned = grade_of(scheme, replace(sheet.total, score=total), None)
    return replace(
        table, execution=replace(table.execution, score_printed=paid), total_printed=total, grade_printed=earned.word
    )  # fmt: skip
