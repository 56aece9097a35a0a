"""Approved targets of a year, gathered row by row into the paper of each project, and kept as its first revision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError

from jixiao import api
from jixiao.model.evaluation import Evaluation, FundLine, Funds, Goal, Indicator
from jixiao.model.evaluation import Project as PaperProject
from jixiao.model.figure import Figure, unit_named
from jixiao.model.parsing import parse_figure, parse_target
from jixiao.model.reading import Kind, Reading
from jixiao.web import log, records
from jixiao.web.actions.revising import Said, revise
from jixiao.web.log import Act, Actor
from jixiao.web.models import Organization, Project, Revision, Submission
from jixiao.web.workflow import State

_FULL = Decimal(100)
_YEARS = range(2000, 2100)
_MOST = Decimal(1000)


@dataclass(slots=True)
class _Paper:
    """One project's targets so far."""

    unit: Organization
    name: str
    year: int
    goal: str = ""
    budget: Figure | None = None
    rows: list[Indicator] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.unit}“{self.name}”{self.year} 年度"


@dataclass(slots=True)
class Targets:
    """The papers of one list, by unit, project and year."""

    papers: dict[tuple[int, str, int], _Paper] = field(default_factory=dict)

    def add(self, unit: Organization, texts: Sequence[str]) -> None:
        """Take one row in.

        Raises:
            ValidationError: something in it can't be taken; the sentence says what and what to do.
        """
        name, year, *named, value, points, goal, budget = texts
        if not year.isdecimal() or int(year) not in _YEARS:
            raise ValidationError(f"年度“{year}”不对：请写四位数字，如 2026。")
        if not name or not all(named):
            raise ValidationError("项目名称和一、二、三级指标都要填。")
        paper = self.papers.setdefault((unit.pk, name, int(year)), _Paper(unit, name, int(year)))
        target = parse_target(value)
        if target is None:
            raise ValidationError("指标值没有填：请写批复的指标值，如“≥95%”“12月底前”。")
        level1, level2, level3 = named
        paper.rows.append(Indicator(level1, level2, level3, target=target, points=_points(points)))
        paper.goal = paper.goal or goal
        paper.budget = paper.budget or _money(budget)

    def keep(self, actor: Actor) -> Iterator[str]:
        """Keep each paper as an approved filing; yield a sentence for each that can't be."""
        for paper in self.papers.values():
            fault = _fault(paper)
            if fault:
                yield fault
            else:
                _kept(paper, actor)


def _points(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not 0 < value <= _MOST:
        raise ValidationError(f"分值“{text}”不对：请写数字，如 20。")
    return value


def _money(text: str) -> Figure | None:
    if not text:
        return None
    figure = parse_figure(text, unit=unit_named("万元"))
    if figure is None:
        raise ValidationError(f"全年预算数“{text}”不对：请写以万元为单位的数字。")
    return figure


def _fault(paper: _Paper) -> str:
    project = Project.objects.filter(unit=paper.unit, name=paper.name).first()
    if project is not None and not project.active:
        return f"{paper}：项目已停用，不能导入目标。"
    if project is not None and project.submissions.filter(year=paper.year).exists():
        return f"{paper}：已有这一年度的材料，不能再导入目标。请从表格中去掉它，或在材料里修改。"
    whole = sum((row.points for row in paper.rows if row.points is not None), Decimal(0))
    if whole > _FULL:
        return f"{paper}：各指标分值合计 {whole}，超过 100。请核对分值。"
    return ""


def _kept(paper: _Paper, actor: Actor) -> None:
    project, _ = Project.objects.get_or_create(unit=paper.unit, name=paper.name)
    filing = api.file_together([_reading(paper, project)])[0]
    submission = Submission.objects.create(
        project=project, year=paper.year, unit=paper.unit, department=_department(paper.unit), path=paper.unit.path,
        state=State.MONITORING, state_since=actor.at, version=1,
    )  # fmt: skip
    said = Said(
        Revision.Stage.TARGETS, records.record_of(filing.readings), api.review(filing, api.choose(filing))
    )
    submission.approved = revise(submission, said, actor)
    submission.save(update_fields=["approved"])
    told = f"导入批复的绩效目标，共 {len(paper.rows)} 个指标"
    log.append(actor, Act("bring_in_targets", told, submission, details={"revision": submission.approved.pk}))


def _reading(paper: _Paper, project: Project) -> Reading:
    department = _department(paper.unit)
    table = Evaluation(
        project=PaperProject(
            paper.name, project.code or None, department.name if department else None, paper.unit.name
        ),
        year=paper.year,
        funds=Funds(unit=unit_named("万元"), total=FundLine(annual=paper.budget)),
        goal=Goal(expected=paper.goal or None),
        indicators=tuple(paper.rows),
    )
    return Reading(Kind.GOAL_DECLARATION, table)


def _department(unit: Organization) -> Organization | None:
    above: Organization | None = unit
    while above is not None and above.kind != Organization.Kind.DEPARTMENT:
        above = above.parent
    return above
