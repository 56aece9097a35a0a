"""What a table doesn't print and the other papers of its filing do: names, amounts, grade and total.

Only what all papers agree on is supplied, and always with a sentence that says where it was taken from.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation, FundLine, Funds, Project
from jixiao.model.figure import Figure
from jixiao.model.finding import FieldPath
from jixiao.model.reading import Kind, Reading
from jixiao.model.statements import Claim

_CALLED = {
    Kind.SELFEVAL_TABLE: "自评表", Kind.SCORING_FORM: "评分表", Kind.BASE_DATA_FORM: "基础数据表",
    Kind.SELFEVAL_REPORT: "自评报告", Kind.EVALUATION_REPORT: "评价报告", Kind.GOAL_DECLARATION: "目标申报表",
    Kind.MONITORING_TABLE: "运行监控表", Kind.RECHECK_TABLE: "复核表",
}  # fmt: skip
_HEADS = {"name": "项目名称", "code": "项目编码", "department": "主管部门", "unit": "实施单位"}
_AMOUNTS = {"initial": "initial", "annual": "budget", "received": "received", "executed": "executed"}
_LONGEST = 40

Supplied = dict[FieldPath, str]
T = TypeVar("T")


def supply(main: Reading, table: Evaluation, others: tuple[Reading, ...]) -> tuple[Evaluation, Supplied]:
    """Return the table with what it lacks taken from the filing's `others`, and a Chinese sentence per field taken."""
    supplied: Supplied = {}
    lacks = f"{_CALLED.get(main.kind, '自评表')}未印"
    project = _project(table.project, others, lacks, supplied)
    year = table.year
    if year is None:
        year = _agreed(((_year(other), other) for other in others), "year", f"{lacks}年度", supplied)
    funds = _funds(table.funds, others, lacks, supplied)
    reports = [(other.record, other) for other in others if other.kind is Kind.SELFEVAL_REPORT]
    stated = [(record, other) for record, other in reports if isinstance(record, Report)]
    grade, total = table.grade_printed, table.total_printed
    if grade is None:
        grade = _agreed(((r.grade_printed, o) for r, o in stated), "grade_printed", f"{lacks}等级", supplied)
    if total is None:
        total = _agreed(((r.total_printed, o) for r, o in stated), "total_printed", f"{lacks}总分", supplied)
    filled = replace(table, project=project, year=year, funds=funds, grade_printed=grade, total_printed=total)
    return filled, supplied


def _agreed(
    values: Iterable[tuple[T | None, Reading]], path: FieldPath, lacks: str, supplied: Supplied
) -> T | None:
    """Return the value that all papers which state one agree on, and note where it came from."""
    stated = [(value, reading) for value, reading in values if value is not None]
    if not stated or any(value != stated[0][0] for value, _ in stated):
        return None
    value, reading = stated[0]
    supplied[path] = f"{lacks}，取自{_CALLED.get(reading.kind, '同一份材料')}“{value}”"
    return value


def _year(reading: Reading) -> int | None:
    return reading.record.year if isinstance(reading.record, Evaluation | Report) else None


def _project(project: Project, others: tuple[Reading, ...], lacks: str, supplied: Supplied) -> Project:
    named = [(o.record.project, o) for o in others if isinstance(o.record, Evaluation | Report)]
    found = {
        "name": project.name,
        "code": project.code,
        "department": project.department,
        "unit": project.unit,
    }
    for key, head in _HEADS.items():
        if found[key] is None:
            values = ((getattr(other, key), reading) for other, reading in named)
            found[key] = _agreed(values, f"project.{key}", f"{lacks}{head}", supplied)
    return Project(**found)


def _funds(funds: Funds, others: tuple[Reading, ...], lacks: str, supplied: Supplied) -> Funds:
    """Take the amounts of the total row from what the other papers state, when the table has no funds block."""
    lines = (funds.total, funds.fiscal, funds.carryover, funds.special, funds.other, *funds.more)
    if any(line is not None and (line.annual or line.executed) for line in lines):
        return funds
    taken = {column: _stated(what, column, others) for column, what in _AMOUNTS.items()}
    known = taken["annual"] or taken["executed"]
    if known is None:
        return funds
    total = funds.total or FundLine()
    figures = {column: getattr(total, column) for column in _AMOUNTS}
    for column, claim in taken.items():
        if claim is not None and figures[column] is None:
            figures[column] = claim.figure
            supplied[f"funds.total.{column}"] = f"{lacks}资金栏，取自{claim.subject}“{claim.quoted}”"
    return replace(funds, total=replace(total, **figures), unit=funds.unit or known.figure.unit)


def _stated(what: str, column: str, others: tuple[Reading, ...]) -> Claim | None:
    """Return the most precise of the amounts stated, its subject the paper's name; None when two of them differ."""
    claims = [claim for other in others for claim in _claims(what, column, other)]
    figures = [claim.figure for claim in claims]
    if not claims or any(not a.agrees_with(b) for a in figures for b in figures):
        return None
    return min(claims, key=lambda claim: claim.figure.high - claim.figure.low)


def _claims(what: str, column: str, other: Reading) -> list[Claim]:
    called = _CALLED.get(other.kind, "同一份材料")
    record = other.record
    stated: list[tuple[Figure | None, str]] = []
    if isinstance(record, Report):
        stated = [(claim.figure, claim.quoted) for claim in record.claims if claim.what == what]
    elif isinstance(record, Evaluation):
        stated = [(getattr(record.funds.total, column, None), "")]
    return [
        Claim(what, figure, called, _shortened(quoted or str(figure)))
        for figure, quoted in stated
        if figure is not None and figure.unit is not None and figure.unit.kind == "money"
    ]


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
