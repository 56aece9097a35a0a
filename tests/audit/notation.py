"""The small notation of tests/rules/<CODE>.toml: a case as data becomes the Case that a rule looks at.

Keys of a case, all optional but `why`:

    scheme     the rule-book's id (anhui-huaiyuan: verified notes)   chosen = why it was taken
    project, unit, year, notes
    funds      { total.annual = "90", fiscal.annual = "80万元" }     bare numbers are in 万元; more = [["县级资金", "annual", "5"]]
    execution  { points = "10", rate = "88.44%", score = "8.84", reason = "" }
    goal       { expected = "", actual = "" }                          overall_reason = "" the cell for the whole table
    rows       [[level2, level3, target, actual, points, score, reason]]; a table instead of a list has more keys
               level2 may name both: "产出指标/数量指标"
    classes    [[name, level, points, score]]                        residue = ["指标2："]  what is left of the form
    points, total, grade                                             the printed totals
    doubts     ["indicators.0.points", "indicators.0：为什么｜另一种读法"]
    report     [[title, text], …]   a report beside the table        claims = [[what, subject, figure, sentence], …]
               [number, level, title, text] for sections with numbers; lines = [3, 5]  the lines of their headings
    own_claims [[what, subject, figure, sentence]]  what the table's own words state
    contacts   ["李某 …"]                the cells of 联系人, 电话 in the head
    printed    ["goal.actual"]      fields of the table that have a place on the page
    marks, report_rows, report_total, report_grade, pass_mark        what that report prints
    opening                                                          what a report says before its first heading
    report_title, closing = ["青禾县水利局"], dated = "2024年3月5日", blanks = ["填报日期"]  how it is signed
    department { projects = 62, bins = [[label, low, high, count]], … } with report's sections
    recheck    { rows, total, grade, self_total }  a re-check table (复核表) beside it; a row's self = "10"   file = "公开.docx"  the table's file
    papers     [{ kind = "monitoring_table", rows, funds, … }]       further tables beside it; report_kind = "selfeval_report"
               achieved = "是", unanswered = ["立项情况"], amount = "60万元", filled_by = ""              what a base-data form ticks and leaves open
    form, agency, report_project, report_unit                        the table's form, 主管部门, what the report gives
    listed     [[name, budget, score, executed, rate, grade], …]     listed_total = [budget, score, executed]  its 合计
               listed_title = ""                                 the list stands inside a report, without a title
    others     [ case, … ]          the other filings of a collection rule
    expect     field paths of the findings, in any order             severity = "error" when all have it
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from jixiao.audit.rule import Case
from jixiao.layout import NOWHERE, Doubt, Place
from jixiao.model.claims import Bin, DepartmentReport, ListedProject, ProjectList, Report, Sample
from jixiao.model.evaluation import (
    ClassMark,
    Evaluation,
    Execution,
    FundLine,
    Funds,
    Goal,
    Indicator,
    Project,
)
from jixiao.model.figure import WAN, Figure
from jixiao.model.parsing import parse_actual, parse_figure, parse_target
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.model.statements import Claim, Section
from jixiao.schemes import load_scheme
from jixiao.scoring import score

Data = Mapping[str, Any]
_ROW = ("level2", "level3", "target", "actual", "points", "score", "reason")


def case_of(data: Data) -> Case:
    """Make the case: its papers, scored under its rule-book."""
    readings: list[Reading] = []
    if has_table(data):
        doubts = tuple(map(doubt_of, data.get("doubts", ())))
        file = data.get("file", "")
        places = places_of({"printed": data.get("printed", ())})
        readings.append(
            Reading(Kind.SELFEVAL_TABLE, evaluation_of(data), places=places, doubts=doubts, file=file)
        )
    if "recheck" in data:
        readings.append(Reading(Kind.RECHECK_TABLE, evaluation_of({**data, **data["recheck"]})))
    readings += [
        Reading(Kind(paper["kind"]), evaluation_of(paper), index=paper.get("index", 0))
        for paper in data.get("papers", ())
    ]
    if "department" in data:
        readings.append(Reading(Kind.DEPARTMENT_REPORT, department_of(data), places=places_of(data)))
    elif "report" in data or "claims" in data or "marks" in data:
        kind = Kind(data.get("report_kind", "evaluation_report"))
        readings.append(Reading(kind, report_of(data), places=places_of(data)))
    if "listed" in data:
        readings.append(Reading(Kind.PROJECT_LIST, list_of(data)))
    scheme = load_scheme(data.get("scheme", "anhui-huaiyuan"))
    if not has_table(data):
        return Case(Filing(tuple(readings)), None, scheme)
    table = evaluation_of(data)
    sheet = score(table, scheme, why=data.get("chosen", "由人指定"))
    return Case(Filing(tuple(readings), table, 0), sheet, scheme)


def doubt_of(text: str) -> Doubt:
    where, _, said = text.partition("：")
    why, _, other = said.partition("｜")
    return Doubt(NOWHERE, why or "读得不确定", None, other or None, where)


def has_table(data: Data) -> bool:
    return any(
        key in data for key in ("funds", "rows", "execution", "goal", "classes", "total", "points", "grade")
    )


def evaluation_of(data: Data) -> Evaluation:
    goal, execution = data.get("goal", {}), data.get("execution", {})
    return Evaluation(
        project=Project(
            data.get("project", "农田水利维护"),
            department=data.get("agency"),
            unit=data.get("unit", "青禾县水利局"),
        ),
        year=data.get("year", 2023),
        form=data.get("form"),
        funds=funds_of(data.get("funds", {})),
        execution=Execution(
            number(execution.get("points")),
            parse_figure(execution["rate"]) if "rate" in execution else None,
            number(execution.get("score")),
            execution.get("reason"),
        ),
        goal=Goal(goal.get("expected"), goal.get("actual")),
        indicators=tuple(row_of(row) for row in data.get("rows", ())),
        classes=marks_of(data.get("classes", ())),
        points_printed=number(data.get("points")),
        total_printed=number(data.get("total")),
        grade_printed=data.get("grade"),
        notes=tuple(data.get("notes", ())),
        self_total_printed=number(data.get("self_total")),
        residue=tuple(data.get("residue", ())),
        reason=data.get("overall_reason"),
        achieved_printed=data.get("achieved"),
        blanks=tuple(data.get("unanswered", ())),
        claims=claims_of({"claims": data.get("own_claims", ())}),
        filled_by=data.get("filled_by"),
        contacts=tuple(data.get("contacts", ())),
        evaluated_amount=money(data["amount"]) if "amount" in data else None,
    )


def number(text: str | None) -> Decimal | None:
    return None if text in {None, ""} else Decimal(str(text))


def money(text: str) -> Figure:
    figure = parse_figure(text, unit=WAN)
    assert figure is not None, text
    return figure


def funds_of(data: Data) -> Funds:
    lines = {name: line_of(cells) for name, cells in data.items() if name != "more"}
    more = tuple(
        replace(line_of(dict(zip(cells[::2], cells[1::2], strict=True))), label=label)
        for label, *cells in data.get("more", ())
    )
    return Funds(unit=WAN, **lines, more=more)


def line_of(cells: Data) -> FundLine:
    marks = {name: number(cells[name]) for name in ("points", "score_printed") if name in cells}
    return FundLine(**{name: money(text) for name, text in cells.items() if name not in marks}, **marks)


def row_of(row: Sequence[str] | Data) -> Indicator:
    cells: dict[str, Any] = dict(zip(_ROW, row, strict=False)) if isinstance(row, Sequence) else dict(row)
    if "/" in (cells.get("level2") or ""):
        cells["level1"], cells["level2"] = cells["level2"].split("/")
    rate = cells.get("completion")
    unit, sign = cells.get("unit"), cells.get("sign")
    return Indicator(
        level1=cells.get("level1"),
        level2=cells.get("level2") or None,
        level3=cells.get("level3") or None,
        target=parse_target(cells.get("target") or "", sign=sign, unit=unit),
        actual=parse_actual(cells.get("actual") or "", unit=unit),
        sign=sign,
        unit=unit,
        points=number(cells.get("points")),
        completion_printed=parse_figure(rate) if rate else None,
        score_printed=number(cells.get("score")),
        deduction_printed=number(cells.get("deduction")),
        reason=cells.get("reason") or None,
        remarks=cells.get("remarks"),
        self_score_printed=number(cells.get("self")),
    )


def marks_of(data: Sequence[Sequence[Any]]) -> tuple[ClassMark, ...]:
    return tuple(ClassMark(name, level, number(points), number(mark)) for name, level, points, mark in data)


def sections_of(data: Data) -> tuple[Section, ...]:
    listed = (line if len(line) > 2 else (None, 1, *line) for line in data.get("report", ()))
    return tuple(Section(number, title, level, text) for number, level, title, text in listed)


def places_of(data: Data) -> dict[str, Place]:
    lines = {f"sections.{at}": Place(line=line) for at, line in enumerate(data.get("lines", ()))}
    return lines | {field: Place(line=1) for field in data.get("printed", ())}


def claims_of(data: Data) -> tuple[Claim, ...]:
    made = []
    for what, subject, text, *quoted in data.get("claims", ()):
        figure = parse_figure(text)
        assert figure is not None, text
        made.append(Claim(what, figure, subject, quoted[0] if quoted else ""))
    return tuple(made)


def report_of(data: Data) -> Report:
    return Report(
        project=Project(
            name=data.get("report_project", data.get("project", "农田水利维护")),
            unit=data.get("report_unit", data.get("unit", "青禾县水利局")),
        ),
        year=data.get("year", 2023),
        sections=sections_of(data),
        claims=claims_of(data),
        indicators=tuple(row_of(row) for row in data.get("report_rows", ())),
        classes=marks_of(data.get("marks", ())),
        total_printed=number(data.get("report_total")),
        grade_printed=data.get("report_grade"),
        pass_mark_printed=number(data.get("pass_mark")),
        title=data.get("report_title"),
        opening=data.get("opening"),
        closing=tuple(data.get("closing", ())),
        dated=data.get("dated"),
        blanks=tuple(data.get("blanks", ())),
    )


def department_of(data: Data) -> DepartmentReport:
    told = dict(data["department"])
    bins = tuple(
        Bin(label, number(low), number(high), count) for label, low, high, count in told.pop("bins", ())
    )
    for name in ("budget", "executed"):
        if name in told:
            told[name] = money(told[name])
    samples = tuple(Sample(name) for name in told.pop("samples", ()))
    told["listed"] = tuple(told.get("listed", ()))
    told |= {name: tuple(told.get(name, ())) for name in ("closing", "blanks")}
    return DepartmentReport(
        unit=data.get("unit", "青禾县"), year=data.get("year", 2023), sections=sections_of(data),
        claims=claims_of(data), bins=bins, samples=samples, **told,
    )  # fmt: skip


def list_of(data: Data) -> ProjectList:
    lines = tuple(listed_of(*cells) for cells in data["listed"])
    total = listed_of("合计", *data["listed_total"]) if "listed_total" in data else None
    unit, year = data.get("unit", "青禾县水利局"), data.get("year", 2023)
    title = data.get("listed_title", "自评项目清单") or None
    return ProjectList(unit=unit, year=year, title=title, projects=lines, total=total)


def listed_of(name: str, budget: str, mark: str, *more: str) -> ListedProject:
    executed, rate, grade = (*more, "", "", "")[:3]
    return ListedProject(
        name,
        budget=money(budget) if budget else None,
        executed=money(executed) if executed else None,
        score_printed=number(mark),
        rate_printed=parse_figure(rate) if rate else None,
        grade_printed=grade or None,
    )
