"""What a department writes over its projects: the report on all self-evaluations and the project list."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random

from jixiao.layout import Cell, Grid, Line
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import Figure, sum_of
from jixiao.model.reading import Reading
from jixiao.papers.department import department_report, project_list

_OPENINGS = (
    "{year}年度{unit}纳入绩效自评的预算项目共计{n}个，预算资金{budget}，实际支出{spent}，总体执行率{rate}%。",
    "{year}年，{unit}对{n}个预算项目开展绩效自评，预算资金{budget}，实际支出{spent}，总体执行率为{rate}%。",
)
_ARRANGED = (
    "{unit}印发通知，明确分管负责人和财务室的职责，各业务股室对照年度指标值填报，财务室逐项复核金额和得分。",
    "各业务股室按项目填报自评表，财务室汇总并复核，{unit}主要负责人审定后报送县财政局。",
)


def department_reading(rng: Random, tables: Sequence[Evaluation]) -> Reading:
    """The department's report on the given tables, as it is read from its lines."""
    return department_report.read(tuple(map(Line, _lines(rng, tables))))


def _lines(rng: Random, tables: Sequence[Evaluation]) -> list[str]:
    first, totals = tables[0], [t.total_printed or Decimal(0) for t in tables]
    unit, n = first.project.department or first.project.unit or "", len(tables)
    budget, spent = (_sum(tables, column) for column in ("annual", "executed"))
    rate = (spent.value * 100 / budget.value).quantize(Decimal("0.01")) if budget.value else Decimal(0)
    words = {"year": first.year, "unit": unit, "n": n, "budget": budget, "spent": spent, "rate": rate}
    behind = [t for t in tables if any(row.reason for row in t.indicators)]
    high = sum(1 for total in totals if total >= 90)
    return [
        f"{unit}{first.year}年度部门绩效自评工作报告",
        "一、绩效自评工作组织开展情况", rng.choice(_ARRANGED).format(**words),
        "二、绩效目标实现情况", rng.choice(_OPENINGS).format(**words) + _bins(high, n) + _told(behind),
        "三、绩效目标设定质量情况", "各项目的绩效指标按数量、质量、时效、成本和效益设置，年度指标值与预算同时批复。",
        "四、整改措施及结果应用", "各股室对有偏差的项目逐个写明原因和完成日期，自评结果作为编制下年度预算的参考。",
        unit, f"{(first.year or 2023) + 1}年4月{rng.randint(6, 25)}日",
    ]  # fmt: skip


def _sum(tables: Sequence[Evaluation], column: str) -> Figure:
    figures = (getattr(t.funds.total, column, None) for t in tables)
    return sum_of(f for f in figures if isinstance(f, Figure))


def _bins(high: int, n: int) -> str:
    rest = f"，80分（含）至90分的项目{n - high}个" if n > high else ""
    return f"自评得分90分（含）以上的项目{high}个{rest}。"


def _told(behind: Sequence[Evaluation]) -> str:
    if not behind:
        return ""
    names = "、".join(t.project.name or "" for t in behind)
    return (
        f"{len(behind)}个项目绩效目标存在偏差，分别是{names}。"
        if len(behind) > 1
        else f"1个项目绩效目标存在偏差：{names}。"
    )


def list_reading(tables: Sequence[Evaluation]) -> Reading:
    """The list of the unit's projects with their money and scores, as it is read from its page."""
    first = tables[0]
    unit = first.project.department or first.project.unit or ""
    money = first.funds.unit.name if first.funds.unit else "万元"
    rows = [("序号", "项目名称", "预算数", "执行数", "自评得分")]
    for n, table in enumerate(tables, 1):
        total = table.funds.total
        annual, executed = (getattr(total, column, None) for column in ("annual", "executed"))
        amounts = (f.value if f else "" for f in (annual, executed))
        rows.append((str(n), table.project.name or "", *map(str, amounts), str(table.total_printed)))
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    title = f"{unit}{first.year}年度项目支出绩效自评汇总表"
    return project_list.read((Line(title), Line(f"单位：{money}"), Grid(cells)))
