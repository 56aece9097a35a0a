"""What stands behind the scores of a report's sections: words of their own, and a place for every lost point."""

from collections.abc import Iterator
from decimal import Decimal

from jixiao.audit.prose import clipped
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.claims import Report
from jixiao.model.figure import tidy

_ONLY_SCORE = expression(
    r"(?:(?:该|此|本)项)?(?:指标)?(?:标准)?(?:分值|满分|权重)(?:为|是|:|共)*\d{1,3}(?:\.\d+)?分?[,，、;；]"
    r"(?:自评|实际|评价)?(?:得分?|评分)(?:为|是|:)*(?P<score>\d{1,3}(?:\.\d+)?)分?[。.;；]?"
)
_LOSS = expression(r"扣|失分|减分|未得|不得分|得0分|得零分")
_EXECUTION = expression(r"执行率|执行进度|支付率")
_LEAST, _MOST_EXECUTION, _ENOUGH = Decimal(1), 20, 3


def scores_without_words(case: Case) -> Iterator[Found]:
    """Yield the sections that hold points and score and nothing else, beside others that say what was done."""
    for at, report in case.reports if not case.tables else ():
        sections = report.sections
        bare = [n for n, s in enumerate(sections) if _is_bare(s.text) and _has_none_below(report, n)]
        told = [s for n, s in enumerate(sections) if "得" in s.text and n not in bare]
        if bare and len(told) >= _ENOUGH - 1:
            names = "、".join(f"“{clipped(sections[n].title, 16)}”" for n in bare[:3])
            says = f"{names}给了分，没有写一句完成情况。改法：写明做到了什么、数据和佐证，没有的不得分。"
            yield Found(
                f"sections.{bare[0]}", says, at, quoted=sections[bare[0]].text[:60], key="bare section"
            )


def _is_bare(text: str) -> bool:
    m = _ONLY_SCORE.fullmatch(tidy(text).strip()) if text else None
    return m is not None and Decimal(m["score"]) > 0


def _has_none_below(report: Report, n: int) -> bool:
    below = report.sections[n + 1] if n + 1 < len(report.sections) else None
    return below is None or below.level <= report.sections[n].level


def total_below_full_marks(case: Case) -> Iterator[Found]:
    """Yield the reports whose total lost points although every score that they tell is full, and none tells a loss."""
    for at, report in case.reports if not case.tables else ():
        total, marks = report.total_printed, [m for m in report.classes if m.points is not None]
        lost = (report.points_printed or Decimal(100)) - total if total is not None else Decimal(0)
        if lost < _LEAST or len(marks) < _ENOUGH or any(m.points != m.score_printed for m in marks):
            continue
        if any(
            _LOSS.search(s.plain) for s in case.sentences if s.passage.paper == at
        ) or lost <= _by_execution(report):
            continue
        says = (f"总分 {total:f}，文中列出的各项都得满分，{lost:f} 分扣在哪一项、为什么，都没有写。"
                "改法：写明扣分的指标和原因，或更正总分。")  # fmt: skip
        yield Found("total_printed", says, at, printed=f"{total:f}", key="full marks")


def _by_execution(report: Report) -> Decimal:
    """Return the most that the rate of execution may have cost."""
    rates = [
        c.figure.value for c in report.claims if _EXECUTION.search(c.subject or "") and "%" in str(c.figure)
    ]
    return _MOST_EXECUTION * (100 - min(rates)) / 100 + Decimal("0.05") if rates else Decimal(0)
