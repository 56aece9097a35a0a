"""Points that a text says were taken off (扣0.5分), against those that are missing in the scores (SC14)."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from jixiao.audit.prose import Sentence
from jixiao.audit.rows import CENT
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import tidy
from jixiao.model.finding import Severity

_OFF = expression(r"(?:扣|失)(?:减|除|去|掉|了|分)*(\d{1,2}(?:\.\d{1,2})?)分")
# The criteria of a form, and what might be taken off.
_CRITERION = expression(
    r"每(?![月年季周天日])|扣完|为止|不得分|最高|[应可拟不则]扣|的扣|一[处项次例起]扣|否则|低于[^，。；]{0,8}扣|未[^，。；]{1,12}的[，,]?扣"
)
_CLASSES = expression(r"预算执行|产出|效益|满意度|成本|数量|质量|时效|过程|决策")
_PAIR = expression(r"(?=([\u4e00-\u9fff]{2}))")
_COMMON = frozenset(
    {"指标", "完成", "项目", "情况", "工作", "数量", "得分", "满分", "分值", "扣分", "年度", "绩效"}
)
_MOST, _ENOUGH = 3, 2


def deductions_against_scores(case: Case) -> Iterator[Found]:
    """Yield the deductions that a report tells of a class or a row, and that no score shows."""
    said = [s for s in case.told("signs.off") if s.passage.in_report and not _CRITERION.search(s.plain)]
    lost = _lost(case) if said else frozenset()
    for sentence in said if lost else ():
        yield from _in_report(case, sentence, lost)


def deductions_in_cells(case: Case) -> Iterator[Found]:
    """Yield the rows whose own reason says that other points were taken off than are missing."""
    for row in case.with_trait("row.explained"):
        said, lost = tidy(row.reason), row.lost
        off = [Decimal(m[1]) for m in _OFF.finditer(said)]
        if lost is None or not off or _CRITERION.search(said) or lost in off or abs(sum(off) - lost) <= CENT:
            continue
        told = "、".join(f"{d:f}" for d in off)
        says = f"{row.label}的原因写扣 {told} 分，该项少得 {lost:f} 分。改法：核对说明与得分。"
        yield Found(row.path("reason"), says, row.paper, Severity.WARNING, quoted=row.reason[:60],
                    rests=(row.path("score_printed"),), key="off")  # fmt: skip


def _lost(case: Case) -> frozenset[Decimal]:
    """Return all that may rightly be said to be taken off: by row, class, execution and total, and sums of them."""
    rows = [r.lost for r in case.rows if r.lost]
    pairs = [(t.execution.points, t.execution.score_printed) for _, t in case.tables]
    records: list[Evaluation | Report] = [t for _, t in case.tables]
    records += [r for _, r in case.reports]
    pairs += [(mark.points, mark.score_printed) for record in records for mark in record.classes]
    pairs += [(record.points_printed or Decimal(100), record.total_printed) for record in records]
    single = {*rows, *(p - s for p, s in pairs if p is not None and s is not None and p != s)}
    some = sorted(single)[:12]
    return frozenset(sum(c, Decimal(0)) for k in range(1, _MOST) for c in combinations(some, k))


def _in_report(case: Case, said: Sentence, lost: frozenset[Decimal]) -> Iterator[Found]:
    for m in _OFF.finditer(said.plain):
        off = Decimal(m[1])
        before = re.split(r"[。；;]", said.plain[: m.start()])[-1]
        if off in lost or any(abs(off - known) <= CENT for known in lost) or not _names(case, before):
            continue
        known = "、".join(
            f"{d.normalize():f}" for d in sorted({r.lost for r in case.main_rows if r.lost})[:5]
        )
        says = (
            f"文中写“{m[0]}”，表中没有一处扣的是这个数（各行扣分：{known or '无'}）。改法：核对说明与得分。"
        )
        yield Found(said.passage.where, says, said.passage.paper, Severity.WARNING, quoted=said.text, printed=m[1],
                    key=f"off{m[0]}{before[-10:]}")  # fmt: skip


def _names(case: Case, text: str) -> bool:
    """Tell whether the words before a deduction name a class or one of the rows."""
    if _CLASSES.search(text):
        return True
    said = set(_PAIR.findall(text)) - _COMMON
    return any(len(said & set(_PAIR.findall(row.plain))) >= _ENOUGH for row in case.main_rows)
