"""Papers of a made-up county as units type them: a self-evaluation table with its report, some with a fault in them."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from random import Random

from jixiao.model.figure import half_up

HERE = Path(__file__).parent
_POINTS = (10, 10, 15, 5, 10, 15, 15, 10)
_WHOLE = Decimal(100)
_PLACES = 2
_GRADES = ((90, "优"), (80, "良"), (60, "中"), (0, "差"))


class Flaw(StrEnum):
    """What is wrong with a paper; nothing of all this is in a clean one."""

    NONE = ""
    SUM = "sum"  # the total isn't the sum of the rows
    SAVING = "saving"  # money saved was scored as if the target had been missed
    FUNDS = "funds"  # the lines of money don't add up
    BLANKET = "blanket"  # full marks everywhere while a third of the money was left
    UNREASONED = "unreasoned"  # a row is short, and nobody says why
    COPIED = "copied"  # the report is another unit's


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator and the range that its target is drawn from."""

    level2: str
    name: str
    sign: str
    unit: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Topic:
    """An office, its units, and what they spend money on."""

    office: str
    units: tuple[str, ...]
    projects: tuple[str, ...]
    purpose: str
    deed: str
    late: tuple[str, str]
    measures: tuple[Measure, ...]
    clause: str


@dataclass(frozen=True, slots=True)
class Names:
    """What a paper calls itself."""

    project: str
    department: str
    unit: str
    year: int


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator as it is typed."""

    measure: Measure
    points: int
    target: Decimal
    actual: Decimal
    score: Decimal
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A table with its money in 万元, and the sentences of its report."""

    names: Names
    topic: Topic
    budget: Decimal
    executed: Decimal
    rows: tuple[Row, ...]
    flaw: Flaw
    sentences: tuple[str, ...]

    @property
    def execution(self) -> Decimal:
        """The execution rate's points."""
        return Decimal(10) if self.flaw is Flaw.BLANKET else half_up(self.rate * 10, _PLACES)

    @property
    def rate(self) -> Fraction:
        """The execution rate, of 1."""
        return Fraction(self.executed) / Fraction(self.budget)

    @property
    def total(self) -> Decimal:
        """The total that it prints."""
        true = self.execution + sum((row.score for row in self.rows), Decimal(0))
        return min(true + 3, _WHOLE) if self.flaw is Flaw.SUM else true


def topics() -> tuple[Topic, ...]:
    """Return what the county's offices do."""
    told = tomllib.loads((HERE / "topics.toml").read_text("utf-8"))["topic"]
    return tuple(
        Topic(
            one["office"], tuple(one["units"]), tuple(one["projects"]), one["purpose"], one["deed"],
            (one["late"][0], one["late"][1]), tuple(Measure(*row) for row in one["measures"]), one["clause"],
        )
        for one in told
    )  # fmt: skip


def paper(rng: Random, names: Names, topic: Topic, flaw: Flaw) -> Paper:
    """Make a paper; the same state of `rng` gives the same one."""
    budget = Decimal(rng.randrange(1800, 32000)) / 100
    least, most = (58, 72) if flaw is Flaw.BLANKET else (88, 101)
    spent = half_up(budget * min(rng.randrange(least, most), 100) / 100, _PLACES)
    short = rng.randrange(len(_POINTS)) if flaw is Flaw.UNREASONED or rng.randrange(3) == 0 else None
    if flaw is Flaw.BLANKET or (short is not None and topic.measures[short].sign == "≤"):
        short = None
    rows = tuple(
        _row(rng, one, points, topic.late if at == short else None, flaw)
        for at, (one, points) in enumerate(zip(topic.measures, _POINTS, strict=True))
    )
    return Paper(names, topic, budget, spent, rows, flaw, _said(rng, topic, rows))


def _row(rng: Random, one: Measure, points: int, late: tuple[str, str] | None, flaw: Flaw) -> Row:
    target = Decimal(rng.randint(one.low, one.high))
    if late is not None:
        actual = half_up(target * rng.randrange(78, 96) / 100, 0)
        score = half_up(Fraction(actual) / Fraction(target) * points, _PLACES)
        reason = "" if flaw is Flaw.UNREASONED else f"{late[0]}；{late[1]}"
        return Row(one, points, target, actual, score, reason)
    share = rng.randrange(91, 100) if one.sign == "≤" else rng.randrange(100, 105)
    actual = half_up(target * share / 100, 0)
    actual = min(actual, _WHOLE) if one.unit == "%" else actual
    docked = flaw is Flaw.SAVING and one.sign == "≤"
    score = half_up(Fraction(actual) / Fraction(target) * points, _PLACES) - 2 if docked else Decimal(points)
    return Row(one, points, target, actual, score)


_SENTENCES = (
    "{unit}年初制定了{purpose}的实施方案，分月安排用款",
    "{deed}，结果按季度报送{office}",
    "“{one}”由专人登记，月末与台账核对",
    "资金支付经经办人、财务人员和负责人三级审核",
    "“{two}”的佐证材料在验收当日归档",
    "上半年抽查发现两处登记有误，已当场更正",
    "对“{one}”的完成情况，年末又逐项复核了一遍",
    "服务对象的意见由第三方电话回访取得",
    "预算下达后即组织采购，合同价低于控制价",
    "项目实行周调度，问题当周交办、当周回复",
    "各点位的照片和签收单一并装订备查",
    "遇到阴雨天气时调整了作业顺序，没有影响总进度",
    "部分点位较远，往返用时占去了不少人工",
    "台账还没有与财务系统连通，月末对账靠手工",
    "下一年拟把“{two}”的检查提前到第三季度",
    "建议在编制预算时按季度细化{purpose}的用款计划",
)


def _said(rng: Random, topic: Topic, rows: tuple[Row, ...]) -> tuple[str, ...]:
    names = rng.sample([row.measure.name for row in rows], 2)
    words = {"unit": "本单位", "purpose": topic.purpose, "deed": topic.deed, "office": "主管部门",
             "one": names[0], "two": names[1]}  # fmt: skip
    kept = sorted(rng.sample(range(len(_SENTENCES)), 8))
    return tuple(_SENTENCES[at].format(**words) for at in kept)


# ---------------------------------------------------------------- as text


def declared(one: Paper) -> str:
    """Return the paper as it is declared before the year: targets without results."""
    return _table(one, done=False)


def evaluated(one: Paper) -> str:
    """Return the paper as it is handed in: the report, and the table behind it."""
    names, said = one.names, one.sentences
    grade = next(word for low, word in _GRADES if one.total >= low)
    parts = (
        f"# {names.year}年度{names.project}绩效自评报告", f"项目单位：{names.unit}", "## 一、项目概况",
        f"项目名称为{names.project}，由{names.unit}实施，{names.year}年预算安排{one.budget}万元，用于{one.topic.purpose}。",
        "## 二、项目实施情况", f"{said[0]}。{said[1]}。{said[2]}。全年实际支出{one.executed}万元。",
        "## 三、绩效分析", f"{_clause(one)}。{said[3]}。{said[4]}。本项目自评得分{one.total}分，等级为{grade}。",
        "## 四、存在问题", f"{said[5]}。{said[6]}。", "## 五、有关建议", f"{said[7]}。",
        "附件：项目支出绩效自评表", _table(one, done=True),
    )  # fmt: skip
    return "\n\n".join(parts)


def _clause(one: Paper) -> str:
    first = one.rows[0]
    return "全年" + one.topic.clause.format(f"{first.actual}{first.measure.unit}")


def _table(one: Paper, *, done: bool) -> str:
    spent = one.executed if done else None
    lower = one.executed - 5 if one.flaw is Flaw.FUNDS else one.executed
    rate = f"{half_up(one.rate * 100, _PLACES)}%" if done else ""
    goal = f"用于{one.topic.purpose}，{one.topic.clause.format(f'{one.rows[0].target}{one.rows[0].measure.unit}')}。"
    result = f"全年支出{one.executed}万元，{_clause(one).removeprefix('全年')}。" if done else ""
    lines = [
        "# 项目支出绩效自评表", "", f"（{one.names.year}年度）", "",
        _line("项目名称", "", "", one.names.project),
        _line("主管部门", "", "", one.names.department, "", "实施单位", "", one.names.unit),
        _line("项目资金（万元）", "", "", "年初预算数", "全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）",
              "得分"),
        _money("年度资金总额：", one.budget, spent, ("10", rate, str(one.execution) if done else "")),
        _money("其中：当年财政拨款", one.budget, lower if done else None),
        _money("上年结转资金", Decimal(0), Decimal(0) if done else None),
        _money("其他资金", Decimal(0), Decimal(0) if done else None),
        _line("年度总体目标", "预期目标", "", "", "", "实际完成情况"), _line("", goal, "", "", "", result),
        _line("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
              "偏差原因分析及改进措施"),
        *_indicators(one, done=done), _line("总分", "", "", "", "", "", "100", str(one.total) if done else ""),
    ]  # fmt: skip
    return "\n".join(lines)


def _indicators(one: Paper, *, done: bool) -> list[str]:
    level1 = ["产出指标", *[""] * 4, "效益指标", "", "满意度指标"]
    found, before = [], ""
    for class1, row in zip(level1, one.rows, strict=True):
        level2 = "" if row.measure.level2 == before and not class1 else row.measure.level2
        before = row.measure.level2
        actual, score = (f"{row.actual}{row.measure.unit}", str(row.score)) if done else ("", "")
        target = f"{row.measure.sign}{row.target}{row.measure.unit}"
        reason = row.reason if done else ""
        found.append(
            _line("", class1, level2, row.measure.name, target, actual, str(row.points), score, reason)
        )
    return found


def _money(name: str, budget: Decimal, spent: Decimal | None, rest: tuple[str, ...] = ()) -> str:
    base = f"{half_up(budget, _PLACES)}"
    return _line("", name, "", base, base, "" if spent is None else f"{half_up(spent, _PLACES)}", *rest)


def _line(*cells: str) -> str:
    return "\t".join((*cells, *[""] * (9 - len(cells))))
