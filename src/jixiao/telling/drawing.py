"""A paper drawn from its record: tables and sections whose every cell knows the field that it shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jixiao.model.claims import DepartmentReport, ProjectList, Report, Unknown
from jixiao.model.evaluation import ClassMark, Evaluation, Indicator
from jixiao.model.finding import FieldPath
from jixiao.model.reading import Record
from jixiao.telling.naming import clean


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell: its text and the field that it shows, empty for a label."""

    text: str
    where: FieldPath = ""
    head: bool = False


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table under its title; `where` is the field that holds all of it."""

    title: str
    rows: tuple[tuple[Spot, ...], ...]
    where: FieldPath = ""


@dataclass(frozen=True, slots=True)
class DrawnText:
    """A heading with the text below it; `level` as in a report, from 1."""

    title: str
    text: str
    where: FieldPath
    level: int = 1


Drawn = DrawnTable | DrawnText
_SOURCES = (("total", "年度资金总额"), ("fiscal", "财政拨款"), ("carryover", "上年结转资金"),
            ("special", "财政专户资金"), ("other", "其他资金"))  # fmt: skip
_AMOUNTS = (("initial", "年初预算数"), ("annual", "全年预算数"), ("executed", "全年执行数"),
            ("allocated", "下达数"), ("received", "到位数"))  # fmt: skip
_EXECUTION = (
    ("points", "分值"),
    ("rate_printed", "执行率"),
    ("score_printed", "得分"),
    ("reason", "偏差原因"),
)
_PROJECT = (("name", "项目名称"), ("code", "项目编码"), ("department", "主管部门"), ("unit", "实施单位"))
_ROW = (("level1", "一级指标"), ("level2", "二级指标"), ("level3", "三级指标"), ("level4", "四级指标"),
        ("sign", "符号"), ("target", "年度指标值"), ("unit", "单位"), ("actual", "实际完成值"), ("points", "分值"),
        ("completion_printed", "完成率"), ("score_printed", "得分"), ("deduction_printed", "扣分"),
        ("reason", "偏差原因"), ("remedy", "改进措施"), ("remarks", "评分说明"))  # fmt: skip
_TOTALS = (("points_printed", "总分值"), ("total_printed", "总分"), ("grade_printed", "等级"))
_COUNTS = (("projects", "项目数"), ("budget", "预算金额"), ("executed", "支出金额"), ("full_marks", "满分项目数"),
           ("with_deviation", "有偏差项目数"), ("sampled", "抽查项目数"))  # fmt: skip

_PROJECTS = (
    ("number", "序号"),
    ("name", "项目名称"),
    ("budget", "预算"),
    ("executed", "执行"),
    ("score_printed", "得分"),
)


def drawn(record: Record) -> tuple[Drawn, ...]:
    """Return the parts of a paper in the order of the page; what it is silent on is left out."""
    match record:
        case Evaluation():
            parts = _evaluation(record)
        case Report():
            parts = _report(record)
        case DepartmentReport():
            parts = _department(record)
        case ProjectList():
            parts = _projects(record)
        case Unknown():
            parts = iter([DrawnText(clean(record.title or "未识别的材料"), clean(record.why), "")])
    return tuple(part for part in parts if not isinstance(part, DrawnTable) or part.rows)


def _evaluation(table: Evaluation) -> Iterator[Drawn]:
    facts = [
        *_facts(table.project, _PROJECT, "project"),
        *_facts(table, (("year", "年度"), ("achieved_printed", "目标完成情况")), ""),
    ]
    yield DrawnTable("", tuple(facts), "project")
    yield _funds(table)
    goal = _facts(table.goal, (("expected", "预期目标"), ("actual", "实际完成情况")), "goal")
    yield DrawnTable("年度总体目标", goal, "goal")
    yield _indicators(table.indicators)
    yield _classes(table.classes)
    yield DrawnTable("", _facts(table, _TOTALS, ""), "total_printed")
    for number, note in enumerate(table.notes):
        yield DrawnText("", clean(note), f"notes.{number}")


def _report(report: Report) -> Iterator[Drawn]:
    yield DrawnText(clean(report.title or ""), "", "title", 0)
    facts = _facts(report.project, _PROJECT, "project")
    yield DrawnTable("", facts, "project")
    if report.opening is not None:
        yield DrawnText("", clean(report.opening), "opening")
    for number, section in enumerate(report.sections):
        heading = f"{section.number or ''}{section.title}"
        yield DrawnText(clean(heading), clean(section.text), f"sections.{number}", section.level)
    yield _indicators(report.indicators)
    yield _classes(report.classes)
    yield DrawnTable("", _facts(report, _TOTALS, ""), "total_printed")


def _department(report: DepartmentReport) -> Iterator[Drawn]:
    yield DrawnText(clean(report.title or report.unit or ""), "", "title", 0)
    yield DrawnTable("所报数字", _facts(report, _COUNTS, ""), "projects")
    bins = tuple(
        (Spot(clean(one.label), f"bins.{k}.label"), Spot(_text(one.count), f"bins.{k}.count"))
        for k, one in enumerate(report.bins)
    )
    yield DrawnTable("得分分段", bins, "bins")
    if report.opening is not None:
        yield DrawnText("", clean(report.opening), "opening")
    for number, section in enumerate(report.sections):
        heading = f"{section.number or ''}{section.title}"
        yield DrawnText(clean(heading), clean(section.text), f"sections.{number}", section.level)


def _projects(listed: ProjectList) -> Iterator[Drawn]:
    yield DrawnText(clean(listed.title or listed.unit or ""), "", "title", 0)
    yield _listed("", "projects", listed.projects, _used(_PROJECTS, listed.projects))


def _funds(table: Evaluation) -> DrawnTable:
    lines = [(f"funds.{key}", label, getattr(table.funds, key)) for key, label in _SOURCES]
    lines += [(f"funds.more.{k}", line.label or "其他来源", line) for k, line in enumerate(table.funds.more)]
    lines = [line for line in lines if line[2] is not None]
    columns = _used(_AMOUNTS, [line for _, _, line in lines])
    execution = _used(_EXECUTION, [table.execution])
    heads = tuple(Spot(heading, head=True) for _, heading in (("", "来源"), *columns, *execution))
    rows = [heads]
    for path, label, line in lines:
        own = [Spot(_text(getattr(line, key)), f"{path}.{key}") for key, _ in columns]
        own += [_executed(table, path, key) for key, _ in execution]
        rows.append((Spot(label, path, head=True), *own))
    unit = f"（{table.funds.unit.name}）" if table.funds.unit is not None else ""
    return DrawnTable(f"项目资金{unit}", tuple(rows) if len(rows) > 1 else (), "funds")


def _executed(table: Evaluation, path: str, key: str) -> Spot:
    """Return a cell of the rate's columns, which only the row of the total fills."""
    if path != "funds.total":
        return Spot("")
    return Spot(_text(getattr(table.execution, key)), f"execution.{key}")


def _indicators(rows: Sequence[Indicator]) -> DrawnTable:
    return _listed("绩效指标", "indicators", rows, _used(_ROW, rows))


def _classes(marks: Sequence[ClassMark]) -> DrawnTable:
    columns = (("name", "指标"), ("points", "分值"), ("score_printed", "得分"))
    return _listed("各级分值", "classes", marks, columns)


def _listed(title: str, path: str, rows: Sequence[object], columns: Sequence[tuple[str, str]]) -> DrawnTable:
    """Draw a list of things of one kind, a row each."""
    heads = tuple(Spot(heading, head=True) for _, heading in columns)
    body = [
        tuple(Spot(_text(getattr(row, key)), f"{path}.{k}.{key}") for key, _ in columns)
        for k, row in enumerate(rows)
    ]
    return DrawnTable(title, (heads, *body) if body else (), path)


def _used(columns: Sequence[tuple[str, str]], rows: Sequence[object]) -> tuple[tuple[str, str], ...]:
    return tuple((key, heading) for key, heading in columns if any(_text(getattr(row, key)) for row in rows))


def _facts(thing: object, keys: Sequence[tuple[str, str]], path: str) -> tuple[tuple[Spot, Spot], ...]:
    """Draw a thing's fields as labels and values, a row each."""
    prefix = f"{path}." if path else ""
    return tuple(
        (Spot(label, head=True), Spot(_text(getattr(thing, key)), f"{prefix}{key}"))
        for key, label in keys
        if _text(getattr(thing, key))
    )


def _text(value: object) -> str:
    """Return a field's printed form: a target's or result's own text, a figure with its unit."""
    if value is None:
        return ""
    text = getattr(value, "text", None)
    return clean(text if isinstance(text, str) else str(value))
