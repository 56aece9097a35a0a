"""What reports state: sections, figures in sentences, scores by class, counts, and the projects a department lists."""

from dataclasses import dataclass
from decimal import Decimal

from jixiao.model.evaluation import ClassMark, Indicator, Particular, Project
from jixiao.model.figure import Figure, Unit
from jixiao.model.statements import Claim, Section


@dataclass(frozen=True, slots=True)
class Report:
    """A self-evaluation report or an evaluation report (自评报告, 评价报告), as read.

    `indicators` and `classes` hold the scores it prints; counts and marks are None where the report is silent.
    `closing` are the printed lines of the signature, `dated` its date wherever that stands (cover, head or signature),
    `blanks` the labels that are printed and left blank (填报日期：); `opening` the text before the first heading.
    """

    project: Project = Project()
    year: int | None = None
    title: str | None = None
    funds_unit: Unit | None = None
    sections: tuple[Section, ...] = ()
    claims: tuple[Claim, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    classes: tuple[ClassMark, ...] = ()
    points_printed: Decimal | None = None
    total_printed: Decimal | None = None
    grade_printed: str | None = None
    indicator_count_printed: int | None = None
    pass_mark_printed: Decimal | None = None
    closing: tuple[str, ...] = ()
    dated: str | None = None
    blanks: tuple[str, ...] = ()
    opening: str | None = None


@dataclass(frozen=True, slots=True)
class Bin:
    """A score band with the number of projects in it; low and high are the printed edges, None where open."""

    label: str
    low: Decimal | None
    high: Decimal | None
    count: int | None


@dataclass(frozen=True, slots=True)
class Sample:
    """A project that a department says it spot-checked (抽查), with the amount named for it."""

    project: str
    amount: Figure | None = None


@dataclass(frozen=True, slots=True)
class DepartmentReport:
    """部门年度绩效自评工作报告: how many projects, how much money, which score bands, which deviations.

    `closing`, `dated`, `blanks` and `opening` are as in Report.
    """

    unit: str | None = None
    year: int | None = None
    title: str | None = None
    sections: tuple[Section, ...] = ()
    claims: tuple[Claim, ...] = ()
    projects: int | None = None
    budget: Figure | None = None
    executed: Figure | None = None
    bins: tuple[Bin, ...] = ()
    full_marks: int | None = None
    with_deviation: int | None = None
    sampled: int | None = None
    samples: tuple[Sample, ...] = ()
    listed: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    dated: str | None = None
    blanks: tuple[str, ...] = ()
    opening: str | None = None


@dataclass(frozen=True, slots=True)
class ListedProject:
    """One line of a project list (自评项目清单): 序号, 项目名称 and, where printed, 预算, 执行, 得分, 执行率, 等级.

    `particulars` are the cells of its other columns (复核得分, 主要偏差原因), by their headings.
    """

    name: str
    number: str | None = None
    budget: Figure | None = None
    executed: Figure | None = None
    score_printed: Decimal | None = None
    rate_printed: Figure | None = None
    grade_printed: str | None = None
    particulars: tuple[Particular, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectList:
    """自评项目清单 or 汇总表 as read: the unit, its projects in printed order, and the row of totals (合计)."""

    unit: str | None = None
    year: int | None = None
    title: str | None = None
    projects: tuple[ListedProject, ...] = ()
    total: ListedProject | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """A part of a file that is none of the known papers; `title` its first words, `why` what was missed."""

    title: str | None = None
    why: str = ""
