"""AR01-AR04: sums of points and scores, and scores outside their points (数字勾稽)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from jixiao.audit.annexes import totals_over_blank_scores
from jixiao.audit.lexicon import has, lists_of
from jixiao.audit.rows import CENT, Row, places_of, shown, total_of
from jixiao.audit.rule import Case, Found, Ground, rule
from jixiao.audit.told.report_marks import totals_beyond_classes
from jixiao.audit.verdicts import Verdict, sign_may_be_wrong, verdicts, what_it_amounts_to
from jixiao.model.evaluation import Evaluation
from jixiao.model.finding import Fix, Severity
from jixiao.model.reading import Kind
from jixiao.model.score import Score

_WORDS = lists_of("scoring")
_HALF = Decimal("0.5")
_SUMS = ("indicators", "execution", "total_printed", "points_printed")


@dataclass(frozen=True, slots=True)
class Sums:
    """What a table's rows add up to beside what it prints; None where a row is silent.

    `whole` is the full mark; `missing` tells that no execution row stands in the table.
    """

    points: Decimal | None
    scores: Decimal | None
    execution_points: Decimal | None
    execution_score: Decimal | None
    whole: Decimal
    total: Decimal | None
    rows: int
    rounded: int

    @property
    def missing(self) -> bool:
        """Whether the table has no execution row at all."""
        return self.execution_points is None and self.execution_score is None

    @property
    def apart(self) -> bool:
        """Whether the indicators alone make up the whole: execution is scored outside the total, or as a row."""
        return self.points is not None and self.points == self.whole

    @property
    def points_all(self) -> Decimal | None:
        """The rows' points with those of execution; None where a row is silent."""
        return None if self.points is None else self.points + (self.execution_points or 0)

    @property
    def scores_all(self) -> Decimal | None:
        """The rows' scores with that of execution, left out where the indicators alone are the whole."""
        if self.scores is None:
            return None
        return self.scores + (Decimal(0) if self.apart else self.execution_score or 0)

    @property
    def gap(self) -> Decimal | None:
        """The points that the whole has and the rows have not."""
        return None if self.points_all is None else self.whole - self.points_all

    @property
    def slack(self) -> Decimal:
        """A hundredth for each row that was rounded, and for the total."""
        return CENT * (self.rounded + 1)


def sums_of(table: Evaluation, whole: Decimal) -> Sums:
    """Add up a table as printed; rows without points and score (empty template rows) don't count."""
    rows = [i for i in table.indicators if i.points is not None or i.score_printed is not None]
    execution = table.execution
    return Sums(
        points=total_of(i.points for i in rows) if rows else None,
        scores=total_of(i.score_printed for i in rows) if rows else None,
        execution_points=execution.points,
        execution_score=execution.score_printed,
        whole=table.points_printed if table.points_printed is not None else whole,
        total=table.total_printed,
        rows=len(rows),
        rounded=sum(
            1 for s in (*(i.score_printed for i in rows), execution.score_printed) if s and places_of(s)
        ),
    )


def sums_in(case: Case) -> Mapping[int, Sums]:
    """Return the sums of the filing's tables by their index."""
    return {at: sums_of(table, case.scheme.total) for at, table in case.tables}


def lacks_execution_row(sums: Sums) -> bool:
    """Tell whether the missing points are just those of an execution row that isn't there (90 of 100)."""
    return sums.missing and sums.gap is not None and sums.gap in {Decimal(10), Decimal(20), Decimal(5)}


@rule("AR01", Severity.ERROR, source="财预〔2020〕10号：各项指标分值合计为100分")
def points_do_not_add_up(case: Case) -> Iterator[Found]:
    """各项分值加预算执行率分值不等于总分值。

    为什么：总分按100分设计，分值多出或缺少，得分就不能与其他项目比较。
    不合格：指标分值合计 80，预算执行率 10，总分值 100。
    合格：指标分值 90，预算执行率 10，总分值 100；或指标本身合计 100，执行率另列。
    怎么改：核对漏填、重复或错填的分值；缺预算执行率一行的，补上该行。
    来源：财预〔2020〕10号及各地自评表表后注。
    误报风险：低。读取时丢行会使合计变小，因此有一行读得不确定就只提示核实。
    """
    for at, table in case.tables:
        sums = case.once(sums_in)[at]
        if sums.points_all is None or not sums.gap or sums.apart or abs(sums.gap) <= sums.slack:
            continue
        if table.points_printed is None and sums.total is None and not lacks_execution_row(sums):
            continue  # no total row: the table is cut off
        says, severity = _about_points(sums)
        yield Found("points_printed", says, at, severity, printed=f"{sums.whole:f}",
                    computed=f"{sums.points_all:f}", rests=("indicators", "execution"))  # fmt: skip


def _about_points(sums: Sums) -> tuple[str, Severity]:
    """Say what the points add up to: certain only where the scores add up, so that no row was lost on the way."""
    rows = f"{sums.rows} 行指标分值合计 {sums.points:f}"
    if lacks_execution_row(sums):
        says = (
            f"{rows}，总分值 {sums.whole:f}：所差 {sums.gap:f} 分正是预算执行率一行的分值，表中没有这一行。"
            "改法：补上预算执行率的分值和得分。"
        )
        return says, Severity.WARNING
    execution = ""
    if sums.execution_points is not None:
        execution = f"，加预算执行率 {sums.execution_points:f}，共 {sums.points_all:f}"
    total, scores = sums.total, sums.scores_all
    whole = total is not None and scores is not None and abs(total - scores) <= sums.slack
    hint = "" if whole else "得分合计与总分也不符，可能漏列或多列了一行指标。"
    says = f"{rows}{execution}，总分值为 {sums.whole:f}。{hint}改法：核对各行分值。"
    return says, Severity.ERROR if whole and not sums.missing else Severity.WARNING


@rule("AR02", Severity.ERROR, source="各地预算绩效管理系统的权重校验")
def class_points_do_not_add_up(case: Case) -> Iterator[Found]:
    """一级或二级指标内各行分值之和不等于该级指标标明的分值。

    为什么：一级指标分值多由上级统一规定，下级分值只能在其内部分配。
    不合格：产出指标（50分），其下各行分值合计 45。
    合格：产出指标（50分），其下 15、10、10、15。
    怎么改：在该级指标内重新分配各行分值，使其合计等于标明的分值。
    来源：各地预算绩效管理系统的权重校验；自评表表后注。
    误报风险：低。同名的级别出现两次、或有一行分值未填时不判。
    """
    for at, table in case.tables:
        names = [bare(mark.name) for mark in table.classes]
        under = _points_under(table) if names else {}
        for n, mark in enumerate(table.classes):
            points = under.get((mark.level == 1, names[n]))
            if mark.points is None or points is None or names.count(names[n]) > 1:
                continue
            if abs(points - mark.points) > CENT * len(table.indicators):
                says = (
                    f"{mark.name}标明 {mark.points:f} 分，"
                    f"其下各行分值合计 {points:f} 分。改法：核对这一级内各行分值。"
                )
                yield Found(f"classes.{n}", says, at, printed=f"{mark.points:f}", computed=f"{points:f}",
                            rests=("indicators", f"classes.{n}"), key=names[n])  # fmt: skip


def _points_under(table: Evaluation) -> Mapping[tuple[bool, str], Decimal | None]:
    """Return the rows' points by level (whether the first) and bare class name; None where a row is silent."""
    rows: dict[tuple[bool, str], list[Decimal | None]] = {}
    named = {name: bare(name) for i in table.indicators for name in (i.level1 or "", i.level2 or "")}
    for i in table.indicators:
        if i.points is not None or i.score_printed is not None:
            rows.setdefault((True, named[i.level1 or ""]), []).append(i.points)
            rows.setdefault((False, named[i.level2 or ""]), []).append(i.points)
    return {key: total_of(points) for key, points in rows.items()}


def bare(name: str) -> str:
    """Return a class name without its points and brackets: 产出指标（50分） is 产出指标."""
    return re.sub(r"[（(].*?[）)]|\s|\d+(\.\d+)?分?$", "", name)


@rule("AR03", Severity.ERROR, source="各项得分不得超过该指标分值上限（自评表表后注）")
def score_outside_points(case: Case) -> Iterator[Found]:
    """得分小于零或大于分值，或分值不是正数。

    为什么：得分最高不得超过该指标分值上限。
    不合格：分值 10，得分 12。
    合格：分值 10，得分 10。
    怎么改：核对是否分值、得分两栏填反，或得分按超额比例放大而没有封顶。
    来源：各地自评表表后注；各地预算绩效管理系统的录入校验。
    误报风险：低。两栏读错位时会误报，因此单元格有疑问时只提示核实。
    """
    for at, table in case.tables:
        for row in case.rows_by_paper[at]:
            if not row.full or (row.indicator.points or 0) <= 0:
                yield from _outside(case, at, row)
        execution = table.execution
        points, score = execution.points, execution.score_printed
        if points is not None and score is not None and not 0 <= score <= points:
            says = f"预算执行率：分值 {points:f}，得分 {score:f}，超出范围。改法：核对得分。"
            yield Found(
                "execution.score_printed",
                says,
                at,
                printed=f"{score:f}",
                interval=(Decimal(0), points),
                rests=("execution",),
            )
    for at, report in case.reports:
        for n, mark in enumerate(report.classes):
            if mark.points and mark.score_printed is not None and not 0 <= mark.score_printed <= mark.points:
                says = f"“{mark.name}”：满分 {mark.points:f}，得分 {mark.score_printed:f}，超出范围。改法：核对得分。"
                yield Found(f"classes.{n}", says, at, printed=f"{mark.score_printed:f}",
                            interval=(Decimal(0), mark.points))  # fmt: skip


def _outside(case: Case, at: int, row: Row) -> Iterator[Found]:
    points, score = row.indicator.points, row.indicator.score_printed
    if points is None or score is None or (points > 0 and 0 <= score <= points):
        return
    if points == 0 == score:
        return
    limit = max(points, Decimal(0))
    yield Found(
        row.path("score_printed"),
        f"{row.label}：分值 {points:f}，得分 {score:f}，得分应在 0 与分值之间。"
        f"{what_it_amounts_to(case, row)}改法：核对分值与得分两栏。",
        at,
        printed=f"{score:f}",
        interval=(Decimal(0), limit),
        rests=(row.path("points"),),
        fix=_due(row),
    )


def _due(row: Row) -> Fix | None:
    """Return the score that the rule-book gives the row, where it leaves no choice; both columns may be at fault."""
    due = row.score
    if due is None or due.score is None or due.low != due.high or not due.points:
        return None
    return Fix(f"得分改为 {shown(due.score)}", shown(due.score))


@rule("AR04", Severity.ERROR, source="财预〔2020〕10号：各项得分加总得出总分")
def total_is_not_the_sum(case: Case) -> Iterator[Found]:
    """总分不等于各行得分与预算执行率得分之和，或随某行错误得分而错。

    为什么：总分由各项得分加总得出，评审先看总分。
    不合格：各行得分合计 82，预算执行率 10，总分 90。
    合格：各行 88.50，预算执行率 8.80，总分 97.30。
    怎么改：按各行得分重新加总；某行得分有误的，先改该行，再改总分。
    来源：财预〔2020〕10号；每行按两位小数四舍五入，允许每行相差 0.01。
    误报风险：低。有一行得分未填或读得不确定，就不作确定判断；缺预算执行率一行由 AR01 说明。
    执行率一行得分空白、总分所多不超过其分值的，视为已计入。
    """
    for at, table in case.tables:
        sums = case.once(sums_in)[at]
        if sums.total is not None and sums.scores_all is not None and not total_agrees(sums, table):
            yield _wrong_total(case, at, sums, whole_number=_rounded_total(case, sums))
    yield from totals_over_blank_scores(case)
    yield from totals_beyond_classes(case)
    yield from _total_that_follows(case)


def total_agrees(sums: Sums, table: Evaluation) -> bool:
    """Tell whether the printed total is the rows' sum, by any of the ways in which tables are added up."""
    total, scores = sums.total, sums.scores_all
    if total is None or scores is None or abs(total - scores) <= sums.slack:
        return True
    if sums.scores is not None and abs(total - sums.scores) <= sums.slack and not sums.execution_score:
        return True
    if lacks_execution_row(sums) and sums.gap is not None and 0 <= total - scores <= sums.gap:
        return True
    if (
        sums.execution_points
        and sums.execution_score is None
        and 0 <= total - scores <= sums.execution_points
    ):
        return True  # the execution's score, left blank, is the rest of the total
    return _rescaled(sums, table)


def _rescaled(sums: Sums, table: Evaluation) -> bool:
    """Tell whether rows were left out and the rest was scaled to the whole (SC13 speaks of that)."""
    if sums.points_all is None or sums.scores_all is None or sums.total is None or sums.points_all <= 0:
        return False
    scaled = sums.scores_all * sums.whole / sums.points_all
    return names_rows_left_out(table) and abs(scaled - sums.total) <= sums.slack


def names_rows_left_out(table: Evaluation) -> bool:
    """Tell whether a target or a result says that its row doesn't apply."""
    cells = (
        f"{i.target.text if i.target else ''}{i.actual.text if i.actual else ''}" for i in table.indicators
    )
    return any(has(cell, _WORDS["not_applicable"]) for cell in cells)


def _rounded_total(case: Case, sums: Sums) -> bool:
    """Tell whether a whole total is the rounded sum with the execution score that the rate gives (84 + 9.91: 94)."""
    own = case.sheet.execution.score if case.sheet is not None else None
    if own is None or sums.total is None or sums.scores is None or places_of(sums.total):
        return False
    return abs(sums.total - sums.scores - own) <= _HALF


def _wrong_total(case: Case, at: int, sums: Sums, *, whole_number: bool) -> Found:
    total, scores = sums.total or Decimal(0), sums.scores_all or Decimal(0)
    execution = ""
    if sums.execution_score is not None:
        execution = f"，预算执行率得 {sums.execution_score:f} 分，共 {shown(scores)}"
    apart = sums.gap is None or (abs(sums.gap) > sums.slack and not sums.apart)
    says = (
        f"{sums.rows} 行得分合计 {sums.scores:f}{execution}，"
        f"总分填的是 {total:f}，相差 {abs(total - scores):f}。"
    )
    rows_alone = case.filing.readings[at].kind is Kind.SCORING_FORM and sums.apart
    sure = not (apart or (sums.missing and not rows_alone) or whole_number)
    hint = "分值合计也不符，可能漏列或多列了一行。" if apart and sums.gap is not None else ""
    again = any(score.agrees is False for score in _scored(case))
    remedy = "先核对各行得分，再按各行之和填总分" if again else f"总分改为 {shown(scores)}"
    return Found("total_printed", f"{says}{hint}改法：{remedy}。", at,
                 None if sure else Severity.WARNING, printed=f"{total:f}", computed=shown(scores),
                 interval=(scores - sums.slack, scores + sums.slack), rests=_SUMS, key="sum",
                 fix=Fix(remedy, None if again else f"{scores:f}", safe=sure and not again))  # fmt: skip


def _scored(case: Case) -> tuple[Score, ...]:
    return (case.sheet.execution, *case.sheet.indicators) if case.sheet is not None else ()


def _total_that_follows(case: Case) -> Iterator[Found]:
    main = case.main_table
    sums = case.once(sums_in)[main[0]] if main else None
    wrong = [
        v
        for v in case.once(verdicts)
        if v.code in {"SC01", "SC04", "AR07"} and v.score.score is not None and not sign_may_be_wrong(v.row)
    ]
    if main is None or sums is None or sums.total is None or sums.scores_all is None or not wrong:
        return
    if not total_agrees(sums, main[1]):
        return
    rows = "、".join(v.row.label for v in wrong)
    low, high = (sums.total + sum(_shift(v)[side] for v in wrong) for side in (0, 1))
    own = case.sheet.total.score if case.sheet is not None else None
    right = own if own is not None and abs(own - low) <= sums.slack else low
    ends = (min(low, right), max(high, right))
    yield Found(
        "total_printed",
        f"总分 {sums.total:f} 随{rows}的得分而错：该项按口径计后，"
        f"总分应为 {_range(ends)}。改法：总分改为 {shown(right)}。",
        main[0],
        printed=f"{sums.total:f}",
        computed=shown(right),
        interval=ends,
        source=wrong[0].score.source,
        fix=Fix(f"总分改为 {shown(right)}", f"{right:f}"),
        key="follows",
        rests=tuple(where for v in wrong for where in _cells(v)),
        ground=Ground.SCHEME,
        undisputed=all(v.undisputed for v in wrong),
    )


def _cells(verdict: Verdict) -> tuple[str, ...]:
    return tuple(verdict.row.path(field) for field in ("target", "actual", "points", "score_printed"))


def _shift(verdict: Verdict) -> tuple[Decimal, Decimal]:
    return verdict.low - verdict.printed, verdict.high - verdict.printed


def _range(ends: tuple[Decimal, Decimal]) -> str:
    return shown(ends[0]) if ends[0] == ends[1] else f"{shown(ends[0])}～{shown(ends[1])}"
