"""Scores that a report tells class by class, beside its total and what is missing (AR04, IS02, IS09, SC11)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from jixiao.audit.indicator_rows import class_points, labels
from jixiao.audit.rows import CENT, shown, total_of
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.claims import Report
from jixiao.model.finding import Severity

_EXECUTION = expression(r"执行|投入|资金|过程|决策|管理")
_WHOLE = Decimal(100)
_MOST = Decimal(20)  # what execution is given at the most
_FEW, _SEVERAL = 2, 4


def totals_beyond_classes(case: Case) -> Iterator[Found]:
    """Yield the totals of reports that the classes told don't make up, however execution was scored."""
    for at, report, points, scores in _scored(case):
        total = report.total_printed
        left = (total or Decimal(0)) - scores
        if total is None or abs(left) <= CENT * len(report.classes):
            continue
        if not 0 <= left <= min(_WHOLE - points, _MOST):
            says = (
                f"各类得分合计 {shown(scores)} 分，总分 {shown(total)} 分，相差 {shown(abs(left))} 分，"
                "没有写是哪一项。改法：列全各类的分值和得分，再加总。"
            )
            yield Found("total_printed", says, at, Severity.WARNING, printed=f"{total:f}", computed=f"{scores:f}",
                        rests=("classes",), key="classes")  # fmt: skip


def executions_without_score(case: Case) -> Iterator[Found]:
    """Yield the reports that score every class and tell the rate of execution, but not what it was given."""
    for at, report, points, _ in _scored(case):
        rates = [c for c in report.claims if c.what == "execution_rate" or "执行率" in c.subject]
        if rates and points < _WHOLE:
            says = (
                f"文中写了执行率 {rates[0].figure}，没有写预算执行的分值和得分，其余各类都写了。"
                "改法：补写分值和得分。"
            )
            yield Found("classes", says, at, Severity.WARNING, quoted=rates[0].quoted[:60], key="execution")


_CLASS = expression(
    r"^(?:[(（]?[一二三四五六七八九\d]+[)）]?[、.．]?)?(?P<name>决策|投入|过程|管理|产出|效益|效果|满意度)[^，,。；;：:\d]{0,8}[：:]"
)
_FULL = expression(r"(?:得|为|评)了?满分|满分[^\d]{0,30}得分(?:为)?满分")


def classes_without_marks(case: Case) -> Iterator[Found]:
    """Yield the classes said to have full marks, without a figure, in a report that gives others points and scores."""
    for at, report in case.reports:
        marked = {mark.name for mark in report.classes if mark.points and mark.score_printed is not None}
        if len(marked) < _FEW:
            continue
        for said in (s for passage in case.passages if passage.paper == at for s in passage.sentences):
            m = _CLASS.match(said.plain) if "满分" in said.plain else None
            if (
                m is None
                or re.search(r"\d", said.plain[m.end() :])
                or any(m["name"] in name for name in marked)
            ):
                continue
            if _FULL.search(said.plain) or said.plain.rstrip("。").endswith("满分"):
                says = f"“{m['name']}”只写满分，没有写分值和得分，其余各类都写了。改法：补写分值和得分。"
                yield Found(
                    said.passage.where, says, at, Severity.WARNING, quoted=said.text[:60], key=m["name"]
                )


def _scored(case: Case) -> Iterator[tuple[int, Report, Decimal, Decimal]]:
    """Yield the reports without a table that score each class, none of them execution, with both sums."""
    for at, report in case.reports if not case.tables else ():
        marks = [mark for mark in report.classes if mark.level == 1]
        points, scores = total_of(m.points for m in marks), total_of(m.score_printed for m in marks)
        if len(marks) < _FEW or not points or scores is None or points >= _WHOLE:
            continue
        others = (*(m.name for m in report.classes), *(i.level3 or "" for i in report.indicators))
        if not any(_EXECUTION.search(name) for name in others):
            yield at, report, points, scores


_CLASS_WORDS = {"成本": expression("成本|节约|经济性"), "满意": expression("满意")}
_WEIGHTY = Decimal(10)
_THREE = 3


def classes_left_out(case: Case) -> Iterator[Found]:
    """Yield where a report scores class by class and leaves out one that the table gives ten points or more."""
    main = case.main_table
    for at, report in case.reports if main is not None else ():
        marks = [m.name for m in report.classes if m.score_printed is not None]
        told = (*marks, *(i.level3 or "" for i in report.indicators))
        if main is None or len(marks) < _THREE or any(_EXECUTION.search(m.name) for m in report.classes):
            continue
        points = class_points(case.rows_by_paper[main[0]])
        for stem, words in _CLASS_WORDS.items():
            worth = points.get(stem, Decimal(0))
            if worth >= _WEIGHTY and not any(words.search(name) for name in told):
                says = (
                    f"自评表的{stem}类 {shown(worth)} 分，报告逐类写了得分，没有这一类。"
                    "改法：报告按自评表补全各类得分。"
                )
                yield Found("classes", says, at, Severity.WARNING, key=stem)


def reports_without_quality(case: Case) -> Iterator[Found]:
    """Yield the reports that tell their output class by class and never speak of its quality."""
    for at, report in case.reports if not case.tables else ():
        said = "\n".join(f"{s.title}\n{s.text}" for s in report.sections)
        classed = "数量指标" in said and ("时效指标" in said or "成本指标" in said)
        if classed and "质量" not in said:
            says = "产出按数量、时效、成本写了，没有质量指标。改法：补设质量指标（合格率、达标率等）。"
            where = next(n for n, s in enumerate(report.sections) if "数量指标" in s.title + s.text)
            yield Found(f"sections.{where}", says, at, key="quality")


def points_told_alike(case: Case) -> Iterator[Found]:
    """Hint at the reports that give every indicator of a list the same score, to the full total."""
    for at, report in case.reports if not case.tables else ():
        rows = case.rows_by_paper[at]
        scores = {r.indicator.score_printed for r in rows}
        only = next(iter(scores), None)
        if len(rows) >= _SEVERAL and len(scores) == 1 and only and only * len(rows) == report.total_printed:
            each = f"分值全部相等（{shown(only)} 分）"
            says = f"{labels(rows, 2)}{each}，看不出轻重。改法：按重要程度分配分值。"
            yield Found("indicators", says, at, Severity.NOTE, key="alike")
