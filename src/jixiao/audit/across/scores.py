"""XD01, XD03, XD06: totals, classes and rows scored in one paper and told in another (表与报告之间)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from jixiao.audit.across.cells import called, weighed
from jixiao.audit.binding.link import Cell, Link, tables_for
from jixiao.audit.binding.names import class_of
from jixiao.audit.prose import clipped
from jixiao.audit.rows import places_of
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.told.report_marks import classes_left_out
from jixiao.expressions import expression
from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import half_up, tidy
from jixiao.model.finding import Severity
from jixiao.model.reading import Kind

_MANY = 4
_TOTAL = "total_printed"


@rule("XD01", Severity.ERROR, source="报告所述得分应与自评表总分一致")
def total_differs_between_table_and_report(case: Case) -> Iterator[Found]:
    """报告写的总得分与自评表（评分表）总分不一致。

    为什么：同一次自评只有一个总分，报告和表不同，读者不知以哪个为准。
    不合格：自评表总分 96.45，自评报告或表内评价结论写“自评得分 98.45 分”。
    合格：自评表 96.45，报告写 96.5 分（保留一位小数）；评价报告另行评分，与所附评分表一致。
    怎么改：核对后改为同一个总分。
    来源：自评报告与自评表应相互印证。
    误报风险：低。按印出的位数比较；只差四舍五入取整的作提示。
    """
    for at, _ in case.reports if case.tables else ():
        told = [link for link in case.marks if link.said.paper == at and link.said.what == "total_score"]
        ends = [link for link in told if link.said.where == _TOTAL and link.cell is not None]
        link = next(iter(ends or [one for one in told if one.cell is not None]), None)
        if link is not None and link.agrees is False and link.cell is not None and _is_total(case, link):
            yield _other_total(case, link, link.cell)
    for at, table in case.tables:
        yield from _own_total(case, at, table)


def _own_total(case: Case, at: int, table: Evaluation) -> Iterator[Found]:
    """Yield a total that the table's own words (评价结论) tell otherwise than its last row."""
    own = table.total_printed
    told = [
        (n, c) for n, c in enumerate(table.claims) if c.what == "total_score" and _MINE.match(tidy(c.quoted))
    ]
    if own is None or len({c.figure.exact for _, c in told}) != 1 or table.self_total_printed is not None:
        return
    n, claim = told[0]
    said = claim.figure.value
    parts = {row.indicator.score_printed for row in case.rows_by_paper[at]} | {
        m.score_printed for m in table.classes
    }
    rounded = half_up(own, places_of(said)) == said
    if rounded or said in parts or abs(own - said) in _executions(case, at) or 2 * said < own:
        return
    cell = Cell(at, ("total_printed",), claim.figure, "总分")
    severity, origin, doubt = weighed(case, Severity.ERROR, cell)
    says = (
        f"表内文字写“{clipped(claim.quoted, 30)}”，总分一栏是 {own:f} 分。改法：核对后改为同一个总分。{doubt}"
    )
    yield Found(f"claims.{n}", says, at, severity, origin, quoted=claim.quoted[:60], printed=f"{said:f}",
                computed=f"{own:f}")  # fmt: skip


# The project's own total, said first in its sentence; another year's or a department's mean is none.
_MINE = expression(
    r"(?:经[^。，,；;\d]{2,8}[，,])?[^。，,；;\d上去往平均整体部门再复]{0,16}(?:得分|总分|评分)"
)


def _is_total(case: Case, link: Link) -> bool:
    """Tell whether what was read as a total is one: not a class's score, another year's or the whole unit's."""
    said = link.said
    record = case.filing.readings[said.paper].record
    title = (record.title or "") if isinstance(record, Report) else ""
    own = link.cell.figure.value if link.cell is not None else said.figure.value
    marks = [(row.indicator.points, row.indicator.score_printed) for row in case.rows]
    marks += [(mark.points, mark.score_printed) for _, report in case.reports for mark in report.classes]
    parts = {number for pair in marks for number in pair if not _mixed(*pair)}
    return "整体" not in title and 2 * said.figure.value > own and said.figure.value not in parts


def _mixed(points: Decimal | None, score: Decimal | None) -> bool:
    return points is not None and score is not None and score > points


def _other_total(case: Case, link: Link, cell: Cell) -> Found:
    said, own = link.said.figure.value, cell.figure.value
    rounded = not places_of(said) and half_up(own, 0) == said
    other = called(case, cell.paper)
    hint = f"两处相差 {abs(said - own):f} 分。"
    severity, origin, doubt = weighed(case, Severity.ERROR, cell)
    if rounded:
        severity, hint = Severity.NOTE, "报告取了整数。"
    elif f"{own:f}" in _text_of(case, link.said.paper):
        severity, hint = Severity.WARNING, f"报告另处写有 {own:f}。"
    elif abs(said - own) in _executions(case, cell.paper):
        severity, hint = Severity.WARNING, "两处相差的正是预算执行率得分，其中一处没有计入。"
    says = f"报告写总得分 {said:f} 分，{other}总分 {own:f} 分。{hint}改法：核对后改为同一个总分。{doubt}"
    return Found(link.said.where, says, link.said.paper, severity, origin, quoted=link.said.quoted, printed=f"{said:f}",
                 computed=f"{own:f}")  # fmt: skip


def _executions(case: Case, paper: int) -> set[Decimal]:
    record = case.filing.readings[paper].record
    execution = record.execution if isinstance(record, Evaluation) else None
    numbers = (execution.score_printed, execution.points) if execution else ()
    return {number for number in numbers if number}


@dataclass(frozen=True, slots=True)
class Mark:
    """A class or row that a report scores: where, its name, and the links of its points and score."""

    where: str
    name: str
    points: Link | None
    score: Link | None

    @property
    def links(self) -> tuple[Link, ...]:
        """Its links that have a cell."""
        return tuple(link for link in (self.points, self.score) if link is not None and link.cell is not None)

    @property
    def differs(self) -> bool:
        """Whether points or score are other than the table's."""
        return any(link.agrees is False for link in self.links)

    def __str__(self) -> str:
        """Return 产出数量 9/10 分."""
        numbers = [f"{link.said.figure.value:f}" for link in (self.score, self.points) if link is not None]
        return f"“{self.name}”{'/'.join(numbers)} 分"


@rule("XD03", Severity.ERROR, source="报告中各类指标的分值、得分应与自评表一致")
def class_score_differs_between_table_and_report(case: Case) -> Iterator[Found]:
    """报告写的某一类或某一项的分值、得分与表不一致，或两处用的不是同一套指标。

    为什么：总分由各类得分加总而成，各类不同，总分即使相同也无从核对。
    不合格：自评表产出指标 50 分得 48 分，报告写“产出指标满分 50 分，得 45 分”；报告按投入、过程打分，表中没有这些类。
    合格：报告“产出 50 分，得 48 分”，表中产出各行得分合计 48；评价报告用自己的指标体系，与所附评分表一致。
    怎么改：以自评表为准改报告，或统一采用一套指标和分值。
    来源：自评报告与自评表应相互印证。
    误报风险：低。分值相同而得分不同的作错误；分值不同、类别不同的请人核实。
    """
    yield from classes_left_out(case)
    for at, report in case.reports if case.tables else ():
        marks = _marks(case, at, report)
        same = _same_system(report, marks)
        faults = [mark for mark in marks if mark.differs and (same or mark.points is not None)]
        tables = [
            table for _, table in tables_for(case.filing, case.filing.readings[at].kind) if table.indicators
        ]
        absent = [mark for mark in marks if tables and _absent(mark)]
        if not faults and not absent:
            continue
        if same:
            yield from (_wrong(case, at, mark) for mark in faults)
            yield from (_missing(case, at, mark) for mark in absent)
        else:
            yield _other_system(case, at, [*faults, *absent])


def _marks(case: Case, at: int, report: Report) -> list[Mark]:
    found = {
        link.said.where: link
        for link in case.marks
        if link.said.paper == at and link.said.where.startswith(("classes.", "indicators."))
        and not _is_the_total(case, link)
    }  # fmt: skip
    named = [(f"classes.{n}", mark.name) for n, mark in enumerate(report.classes)]
    named += [(f"indicators.{n}", row.level4 or row.level3 or "") for n, row in enumerate(report.indicators)]
    return [
        Mark(where, name, found.get(f"{where}.points"), found.get(f"{where}.score_printed"))
        for where, name in named
    ]


def _is_the_total(case: Case, link: Link) -> bool:
    """Tell whether what is told under a class's heading is the whole paper's score: 满意度 86%。自评得分 99.58 分."""
    totals = {table.total_printed for _, table in case.tables}
    told = link.said.figure.value
    return link.said.where.endswith("score_printed") and told in totals and told > _MOST_OF_A_CLASS


_MOST_OF_A_CLASS = 60


def _absent(mark: Mark) -> bool:
    """Tell whether a mark is of a well-known sub-class (质量, 社会效益) that no row of the table stands under."""
    if mark.points is None and mark.score is None:
        return False
    return len(class_of(mark.name)) > 1 and mark.where.startswith("classes.") and not mark.links and (
        class_of(mark.name) not in {"投入", "过程", "决策", "管理", "预算执行"}
    )  # fmt: skip


def _same_system(report: Report, marks: list[Mark]) -> bool:
    """Tell whether the report's first-level classes are the table's: most are found there, and most points agree."""
    first = [mark for mark, own in zip(marks, report.classes, strict=False) if own.level == 1]
    found = sum(bool(mark.links) for mark in first)
    agreed = sum(mark.points is not None and mark.points.agrees is True for mark in marks)
    other = sum(mark.points is not None and mark.points.agrees is False for mark in marks)
    return (2 * found > len(first) or not first) and agreed >= other


def _wrong(case: Case, at: int, mark: Mark) -> Found:
    link = next(one for one in reversed(mark.links) if one.agrees is False)
    cell = link.cell or mark.links[0].cell
    same_points = mark.points is not None and mark.points.agrees is True
    severity = Severity.ERROR if same_points and link is mark.score else Severity.WARNING
    cells = [one.cell for one in mark.links if one.cell is not None]
    severity, origin, doubt = weighed(case, severity, *cells)
    what = "得分" if link is mark.score else "分值"
    printed, own = f"{link.said.figure.value:f}", cell.figure if cell else None
    other = called(case, cell.paper) if cell else "表"
    says = (
        f"报告写{mark}，{other}{cell.called if cell else ''}为 {own}。改法：核对{what}，两处改为一致。{doubt}"
    )
    return Found(f"{mark.where}.{'score_printed' if link is mark.score else 'points'}", says, at, severity, origin,
                 quoted=str(mark), printed=printed, computed=None if own is None else f"{own.value:f}")  # fmt: skip


def _missing(case: Case, at: int, mark: Mark) -> Found:
    says = f"报告写{mark}，{_other(case)}没有这一类指标。改法：核对指标分类，两处改为一致。"
    return Found(mark.where, says, at, Severity.WARNING, quoted=str(mark))


def _other_system(case: Case, at: int, faults: list[Mark]) -> Found:
    told = "；".join(_against(mark) for mark in faults[:_MANY])
    more = f"等 {len(faults)} 处" if len(faults) > _MANY else ""
    says = (
        f"报告与{_other(case)}用的不是同一套指标和分值：{told}{more}。"
        "改法：报告按自评表的指标和分值逐类说明，或统一采用一套指标体系。"
    )
    return Found("classes", says, at, Severity.WARNING, quoted=str(faults[0]), key="system")


def _against(mark: Mark) -> str:
    told = [
        f"{link.cell.called} {link.cell.figure.value:f}"
        for link in mark.links
        if link.cell and link.agrees is False
    ]
    return f"报告{mark}，表中{'、'.join(told) if told else '没有这一类'}"


def _other(case: Case) -> str:
    return called(case, case.filing.main) if case.filing.main is not None else "表"


@rule("XD06", Severity.WARNING, source="同一项目同一年度各份材料的评分应一致或说明差异")
def project_is_scored_differently(case: Case) -> Iterator[Found]:
    """同一项目在自评表和评价报告（评分表）中总分不同，没有说明差异。

    为什么：两个分数并存，结果应用时不知以哪个为准。
    不合格：自评表总分 96.80，评价报告得分 95.5，文中没有提到自评得分。
    合格：评价报告写明“单位自评 96.80 分，复核核减 1.3 分”；两处分数相同。
    怎么改：说明两个分数的来由和差异原因，写明以哪个为准。
    来源：评价结果应可复核。
    误报风险：中。评价与自评本可不同，只提示说明差异。
    """
    own = next(
        ((at, t) for at, t in case.tables if case.filing.readings[at].kind is Kind.SELFEVAL_TABLE), None
    )
    if own is None or own[1].total_printed is None or len(case.filing.readings) == 1:
        return
    total = own[1].total_printed
    for at, reading in enumerate(case.filing.readings):
        other = getattr(reading.record, _TOTAL, None)
        if other is None or other == total or not _another_scoring(case, at, reading.kind):
            continue
        if f"{total:f}" in _text_of(case, at) or case.told("across.explained"):
            continue
        says = (
            f"{called(case, at)}得分 {other:f} 分，自评表总分 {total:f} 分，相差 {abs(other - total):f} 分，没有说明。"
            "改法：说明两个分数的差异，写明以哪个为准。"
        )
        yield Found(_TOTAL, says, at, printed=f"{other:f}", computed=f"{total:f}")


def _another_scoring(case: Case, at: int, kind: Kind) -> bool:
    """Tell whether a paper scores the project again: an evaluation report, or a scoring form without one."""
    if kind is Kind.SCORING_FORM:
        return (
            not any(r.kind is Kind.EVALUATION_REPORT for r in case.filing.readings) and at != case.filing.main
        )
    return kind is Kind.EVALUATION_REPORT


def _text_of(case: Case, at: int) -> str:
    return "".join(passage.text for passage in case.passages if passage.paper == at)
