"""What a project list (汇总表) says of its own projects: rates, grades and sums worked out line by line (数字勾稽)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jixiao.audit.prose import percent, ratio_of
from jixiao.audit.quotients import overlap, quotient
from jixiao.audit.rows import CENT, shown
from jixiao.audit.rule import Case, Found
from jixiao.model.claims import ListedProject, ProjectList
from jixiao.model.figure import Figure, half_up, sum_of
from jixiao.model.finding import Fix, Severity
from jixiao.schemes.scheme import GradeBand

_LOW, _HIGH = Fraction(3, 10), Decimal(90)
_WELL = Fraction(4, 5)
_LEAST = 2
_AMOUNTS = (("budget", "预算数"), ("executed", "执行数"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list: the paper's index, its field path, and the line."""

    paper: int
    where: str
    project: ListedProject

    @property
    def said(self) -> str:
        """The line as a message calls it."""
        return f"清单中“{self.project.name}”"


def lines_of(case: Case) -> Iterator[Line]:
    """Yield every project of every list of the filing, and its row of totals."""
    for at, reading in enumerate(case.filing.readings):
        if isinstance(reading.record, ProjectList):
            yield from (Line(at, f"projects.{n}", line) for n, line in enumerate(reading.record.projects))
            if reading.record.total is not None:
                yield Line(at, "total", reading.record.total)


def wrong_rates(case: Case) -> Iterator[Found]:
    """Compare each printed rate with the line's own amounts."""
    for line in lines_of(case):
        spent, budget, rate = line.project.executed, line.project.budget, line.project.rate_printed
        span = quotient(spent, budget) if spent is not None and budget is not None else None
        if rate is None or span is None or spent is None or budget is None or overlap(span, ratio_of(rate)):
            continue
        if span[0] >= 1 and overlap((Fraction(1), Fraction(1)), ratio_of(rate)):
            continue
        exact = percent(spent.exact / budget.exact)
        says = f"{line.said}执行数 {spent} ÷ 预算数 {budget} = {exact}，执行率填的是 {rate}。改法：执行率改为 {exact}。"
        yield Found(line.where, says, line.paper, printed=str(rate), computed=exact, key=f"{line.project.name}rate",
                    fix=Fix(f"执行率改为 {exact}", exact))  # fmt: skip


def wrong_grades(case: Case) -> Iterator[Found]:
    """Compare each printed grade with the line's own score."""
    bands = sorted(case.scheme.grades, key=lambda g: g.low, reverse=True)
    for line in lines_of(case) if bands else ():
        printed, score = line.project.grade_printed, line.project.score_printed
        if printed is None or score is None:
            continue
        earned = next((g for g in bands if score >= g.low), None)
        if earned is None or _called(earned, printed) or not any(_called(g, printed) for g in bands):
            continue
        says = (
            f"{line.said}得分 {score:f}，对应等级“{earned.word}”，填的是“{printed}”。"
            f"改法：等级改为“{earned.word}”。"
        )
        yield Found(line.where, says, line.paper, printed=printed, computed=earned.word,
                    source=case.scheme.grades_source, key=f"{line.project.name}grade")  # fmt: skip


def _called(grade: GradeBand, word: str) -> bool:
    plain = re.sub(r"[\s“”\"]|等级|等次", "", word)
    return plain in {grade.word, *grade.also} or plain.rstrip("秀好等") == grade.word.rstrip("秀好等")


def over_budget(case: Case) -> Iterator[Found]:
    """Yield the lines that spent more than their budget."""
    for line in lines_of(case):
        spent, budget = line.project.executed, line.project.budget
        if spent is None or budget is None or not budget.value or spent.low <= budget.high:
            continue
        says = f"{line.said}执行数 {spent} 大于预算数 {budget}。改法：核对是否漏填预算调整。"
        yield Found(line.where, says, line.paper, printed=str(spent), computed=str(budget),
                    key=f"{line.project.name}over")  # fmt: skip


def high_scores_on_little_spending(case: Case) -> Iterator[Found]:
    """Yield the projects that spent next to nothing and score 90 and more."""
    for line in lines_of(case):
        spent, budget, score = line.project.executed, line.project.budget, line.project.score_printed
        if spent is None or budget is None or score is None or budget.exact <= 0 or line.where == "total":
            continue
        if score >= _HIGH and spent.exact / budget.exact < _LOW:
            rate = percent(spent.exact / budget.exact)
            says = f"{line.said}预算执行率 {rate}，得分 {shown(score)}。改法：核对执行数和各项得分。"
            yield Found(line.where, says, line.paper, printed=shown(score), key=f"{line.project.name}little")


def scores_that_outrun_money(case: Case) -> Iterator[Found]:
    """Yield the projects that spent less than four fifths, and whose other points outrun that by far."""
    for line in lines_of(case):
        spent, budget, score = line.project.executed, line.project.budget, line.project.score_printed
        if spent is None or budget is None or score is None or budget.exact <= 0 or line.where == "total":
            continue
        rate = spent.exact / budget.exact
        results = (Fraction(score) - 10 * rate) / 90
        if _LOW <= rate < _WELL and score >= _HIGH and results > rate:
            says = (
                f"{line.said}预算执行率 {percent(rate)}，得分 {shown(score)}。"
                "改法：核对各项得分，或说明资金未用完而任务完成的原因。"
            )
            yield Found(line.where, says, line.paper, Severity.WARNING if rate * 2 < 1 else None,
                        printed=shown(score), key=f"{line.project.name}outrun")  # fmt: skip


def wrong_totals(record: ProjectList) -> Iterator[tuple[str, str]]:
    """Yield where the row of totals is not the sum of the lines above it."""
    if record.total is None or len(record.projects) < _LEAST:
        return
    for column, heading in _AMOUNTS:
        total, parts = getattr(record.total, column), column_of(record, column)
        if total is None or parts is None:
            continue
        whole = sum_of(parts)
        if not whole.agrees_with(total):
            says = f"清单{heading}逐项合计 {whole}，合计行写的是 {total}。改法：核对各项后重新加总。"
            yield "total", says


def column_of(record: ProjectList, column: str) -> list[Figure] | None:
    """Return the amounts of a column; None where a line prints none."""
    figures = [getattr(line, column) for line in record.projects]
    known = [f for f in figures if isinstance(f, Figure)]
    return known if known and len(known) == len(figures) else None


def means_of(record: ProjectList) -> tuple[Fraction, ...]:
    """Return the mean score of the list's projects, plain and weighted by budget; empty where a score is silent."""
    scores = [line.score_printed for line in record.projects if line.score_printed is not None]
    if len(scores) < max(len(record.projects), _LEAST):
        return ()
    plain = sum(map(Fraction, scores), Fraction(0)) / len(scores)
    weights = [f.exact for f in column_of(record, "budget") or ()]
    whole = sum(weights, Fraction(0))
    if whole <= 0:
        return (plain,)
    return plain, sum((Fraction(s) * w for s, w in zip(scores, weights, strict=True)), Fraction(0)) / whole


def other_mean(record: ProjectList, stated: Decimal) -> str | None:
    """Return the mean score of the list where it is not the stated one; None where it is, or can't be told."""
    means = means_of(record)
    slack = Fraction(CENT) if stated.as_tuple().exponent == -2 else Fraction(1, 10)  # noqa: PLR2004
    if not means or any(abs(mean - Fraction(stated)) <= slack for mean in means):
        return None
    return f"{half_up(means[0], 2):f}"
