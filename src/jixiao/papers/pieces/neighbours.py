"""What a paper lacks and its neighbour in the same file tells: the project's name, unit, year and grade."""

from collections.abc import Sequence
from dataclasses import replace

from jixiao.layout import Doubt
from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation, Project
from jixiao.model.reading import Kind, Reading

_WORDS = {"name": "项目名称", "department": "主管部门", "unit": "实施单位"}


def complete(readings: Sequence[Reading]) -> list[Reading]:
    """Fill what the only table of a file doesn't print from the only report beside it; each filling is a doubt.

    Where a file has several tables or several reports nothing is filled: whose words they are can't be decided.
    """
    tables = [k for k, r in enumerate(readings) if r.kind is Kind.SELFEVAL_TABLE]
    reports = [r for r in readings if isinstance(r.record, Report) and r.kind is Kind.SELFEVAL_REPORT]
    found = list(readings)
    if len(tables) == 1 and len(reports) == 1:
        found[tables[0]] = _filled(found[tables[0]], reports[0].record)
    return found


def _filled(reading: Reading, report: object) -> Reading:
    record = reading.record
    if not isinstance(record, Evaluation) or not isinstance(report, Report):
        return reading
    doubts: list[Doubt] = []
    project = _project(record.project, report.project, reading, doubts)
    grade, year, funds = record.grade_printed, record.year, record.funds
    if grade is None and report.grade_printed is not None and record.total_printed == report.total_printed:
        grade = report.grade_printed
        doubts.append(_doubt(reading, "自评等级", grade, "grade_printed"))
    if year is None and report.year is not None:
        year = report.year
        doubts.append(_doubt(reading, "年度", str(year), "year"))
    if funds.unit is None and report.funds_unit is not None and funds.total is None:
        funds = replace(funds, unit=report.funds_unit)
    record = replace(record, project=project, grade_printed=grade, year=year, funds=funds)
    named = {d.where for d in doubts}
    kept = tuple(d for d in reading.doubts if d.where not in named)
    return replace(reading, record=record, doubts=(*kept, *doubts))


def _project(own: Project, told: Project, reading: Reading, doubts: list[Doubt]) -> Project:
    for field in ("name", "department", "unit"):
        value = getattr(told, field)
        if getattr(own, field) is None and value is not None:
            own = replace(own, **{field: value})
            doubts.append(_doubt(reading, _WORDS[field], value, f"project.{field}"))
    return own


def _doubt(reading: Reading, word: str, value: str, where: str) -> Doubt:
    return Doubt(reading.place, f"自评表没有印出{word}，取自同一文件的自评报告", value, None, where)
