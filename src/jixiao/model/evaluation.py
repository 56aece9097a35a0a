"""The content of a self-evaluation table (自评表), a scoring form (评分表) or a base-data form (基础数据表).

What the paper claims ends in `_printed`; None means that the paper is silent or can't be decided, and is never 0.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from jixiao.model.figure import Figure, Unit
from jixiao.model.statements import Claim, Section
from jixiao.model.target import Actual, Target


@dataclass(frozen=True, slots=True)
class Project:
    """Which project, by whom: 项目名称, 项目编码, 主管部门, 实施单位; characters as printed, None where silent."""

    name: str | None = None
    code: str | None = None
    department: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Particular:
    """A cell that a form has and no other field holds: 项目类别, 填报日期, 审核意见.

    `label` is its printed label or heading, half-width and without white space; `text` the cell as printed.
    """

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class FundLine:
    """One row of the fund block: 年初预算数, 全年预算数, 全年执行数; where a form has them, 下达数, 到位数, 预算调整.

    `forecast` is what a monitoring form expects to be spent by the end of the year (全年预计执行数).
    `points` and `score_printed` are what a source's own row (其中：财政拨款) prints under 分值 and 得分; dash is None.
    """

    initial: Figure | None = None
    annual: Figure | None = None
    executed: Figure | None = None
    allocated: Figure | None = None
    received: Figure | None = None
    label: str | None = None
    points: Decimal | None = None
    score_printed: Decimal | None = None
    adjusted: Figure | None = None
    forecast: Figure | None = None


@dataclass(frozen=True, slots=True)
class Funds:
    """The fund block (项目资金): the total and its sources; `more` holds rows that no contract key names, by label.

    `unit` is the block's unit (元 or 万元), None where it isn't printed.
    """

    unit: Unit | None = None
    total: FundLine | None = None
    fiscal: FundLine | None = None
    carryover: FundLine | None = None
    special: FundLine | None = None
    other: FundLine | None = None
    more: tuple[FundLine, ...] = ()

    def column(self, name: str) -> tuple[Figure | None, tuple[Figure, ...]]:
        """Return the total's figure and the sources' figures (silent ones left out) of the column `name`."""
        total = getattr(self.total, name, None)
        figures = [
            getattr(line, name, None) for line in (self.fiscal, self.carryover, self.special, self.other)
        ]
        return total, tuple([f for f in figures if f is not None])


@dataclass(frozen=True, slots=True)
class Execution:
    """What the total row claims about budget execution: 分值, 执行率, 得分; `standard` is its 得分计算方法."""

    points: Decimal | None = None
    rate_printed: Figure | None = None
    score_printed: Decimal | None = None
    reason: str | None = None
    standard: str | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """年度总体目标: 预期目标 and 实际完成情况, as printed."""

    expected: str | None = None
    actual: str | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One third- or fourth-level indicator: names, target, result, points and the score that the paper claims.

    `unit` is the 度量单位 column, `sign` the 指标性质 or 计算符号 column, both None where the form has none;
    `completion_printed` the 完成率 column; `remarks` the 评分说明 or 得分计算方法 of forms that have one. In a re-check
    (复核表) `actual` and `score_printed` are the re-check's own, `self_actual` and `self_score_printed` the 自评完成值
    and 自评得分 beside them. `particulars` are the cells of columns that have no field here, by their headings.
    """

    level1: str | None = None
    level2: str | None = None
    level3: str | None = None
    level4: str | None = None
    target: Target | None = None
    actual: Actual | None = None
    sign: str | None = None
    unit: str | None = None
    points: Decimal | None = None
    completion_printed: Figure | None = None
    score_printed: Decimal | None = None
    deduction_printed: Decimal | None = None
    reason: str | None = None
    remedy: str | None = None
    remarks: str | None = None
    self_score_printed: Decimal | None = None
    self_actual: Actual | None = None
    particulars: tuple[Particular, ...] = ()

    @property
    def demand(self) -> str:
        """The target as one phrase, its sign and unit too where they stand in cells of their own: ≥600人次."""
        text = self.target.text if self.target is not None else ""
        sign = self.sign if self.sign and self.sign in _SIGNS and text[:1] not in _SIGNS else ""
        unit = self.unit if self.unit and text[-1:].isdigit() else ""
        return f"{sign}{text}{unit}" if text else ""


_SIGNS = "≥≧>＞≤≦<＜=＝═"


@dataclass(frozen=True, slots=True)
class ClassMark:
    """A printed group of indicators: its name as printed, points and score claimed for it.

    `level` is 1 or 2; points come from 产出指标（50分） in a level cell or from a points column of its own.
    """

    name: str
    level: int = 1
    points: Decimal | None = None
    score_printed: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The content of one table of one project and year, as read; `form` is the variant's id in papers/forms.

    `self_total_printed` is the 自评得分 that a re-check (复核表) prints beside its own total; `residue` what is left of
    the blank form in cells that count for nothing: 指标2：, ……; `reason` the one cell that some forms have for the
    whole table: 偏差大或目标未完成原因分析; `blanks` the questions of a base-data form that nobody answered (立项情况);
    `filled_by` its 填报单位;
    `contacts` the cells behind 联系人, 电话, 负责人 as printed;
    `sections` its blocks of running text (项目概述, 评价结论, 存在问题), `claims` the figures that these state;
    `particulars` the other cells of its head and tail that have a label (项目类别, 填报日期, 财务负责人).
    """

    project: Project = Project()
    year: int | None = None
    funds: Funds = Funds()
    execution: Execution = Execution()
    goal: Goal = Goal()
    indicators: tuple[Indicator, ...] = ()
    classes: tuple[ClassMark, ...] = ()
    points_printed: Decimal | None = None
    total_printed: Decimal | None = None
    grade_printed: str | None = None
    notes: tuple[str, ...] = field(default=())
    form: str | None = None
    evaluated_amount: Figure | None = None
    achieved_printed: str | None = None
    self_total_printed: Decimal | None = None
    residue: tuple[str, ...] = ()
    reason: str | None = None
    blanks: tuple[str, ...] = ()
    filled_by: str | None = None
    contacts: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    claims: tuple[Claim, ...] = ()
    particulars: tuple[Particular, ...] = ()
