"""DV02, DV07: whether a reason is one for its indicator (原因是否对题)."""

import re
from collections.abc import Iterator

from jixiao.audit.deviations import reason_in
from jixiao.audit.explanations import Explanation, deductions
from jixiao.audit.lexicon import any_of
from jixiao.audit.prose import clipped
from jixiao.audit.rows import Row
from jixiao.audit.rule import Case, Found, rule
from jixiao.audit.within import lists_within
from jixiao.model.figure import tidy
from jixiao.model.finding import Severity

_IN = lists_within("deviations")
_OUTSIDE = any_of(_IN["outside"])
_INSIDE = any_of(_IN["inside"])
_MONEY = any_of(_IN["money"])
_FUNDS_ROW = any_of(_IN["funds_row"])
_GENERIC = frozenset(_IN["generic"])
_WORK_ROW = re.compile(r"业务|管理|质量|组织|实施|服务")
_PAIR = re.compile(r"(?=([\u4e00-\u9fff]{2}))")
_LEAST = 2


@rule("DV02", Severity.WARNING, source="偏差原因应针对本项指标", needs=("row.explained", "paper.report"))
def reason_of_another_indicator(case: Case) -> Iterator[Found]:
    """偏差原因说的是别的指标，与本项指标无关。

    为什么：原因与指标对不上，等于没有说明，改进也无从谈起。
    不合格：“成本控制率”的原因写“参训学员临时请假”，表中另有“参训学员人数”；“业务管理”扣分只说资金计划不细。
    合格：“参训学员人数”的原因写“参训学员临时请假”；“预算执行率”的原因写“尾款未到付款期”。
    怎么改：按本项指标写明原因；确有影响的，写明如何影响。
    来源：复核人员通用核对办法。
    误报风险：高，按用词判断。原因里有另一指标的名称、却没有本指标的字样才提出；最多是警告。
    """
    for at, _ in case.tables:
        rows = case.rows_by_paper[at]
        for row in rows:
            if row.indicator.reason and row.lost:
                yield from _of_another(row, reason_in(row.indicator.reason), rows)
    for told, reason in deductions(case):
        yield from _only_money(told, reason)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(_PAIR.findall(tidy(text))) - _GENERIC


def _of_another(row: Row, reason: str, rows: tuple[Row, ...]) -> Iterator[Found]:
    told = _pairs(reason)
    if not told or told & _pairs(row.name):
        return
    for other in rows:
        shared = told & _pairs(other.name)
        if other is row or len(shared) < _LEAST or len(shared) * 2 < len(_pairs(other.name)):
            continue
        says = (
            f"{row.label}的原因“{clipped(reason, 30)}”说的是{other.label}，没有说到本项。"
            "改法：按本项指标写明原因；确有影响的，写明如何影响。"
        )
        yield Found(row.path("reason"), says, row.paper, quoted=reason[:60], key=other.name)
        return


def _only_money(told: Explanation, reason: str) -> Iterator[Found]:
    """An item about the work lost points, and only money is told of."""
    if told.points is None or told.score is None or told.score >= told.points:
        return
    if _FUNDS_ROW.search(told.name) or not _WORK_ROW.search(told.name) or not _MONEY.search(reason):
        return
    if not _pairs(reason) & _pairs(told.name):
        says = f"“{told.name}”的扣分原因“{clipped(reason, 30)}”只说资金，没有说到本项。改法：按本项指标写明原因。"
        yield Found(told.where, says, told.paper, quoted=reason[:60], key=told.name)


@rule("DV07", Severity.NOTE, source="偏差原因应区分客观与主观", needs=("row.explained",))
def only_outside_causes(case: Case) -> Iterator[Found]:
    """偏差原因只有疫情、天气、财力等客观因素，没有分析自身原因。

    为什么：客观因素说明不了为什么没有预案、没有及时调整目标，也得不出改进措施。
    不合格：原因栏只写“受雨季影响”；“因县级财力紧张，资金未到位”。
    合格：“受雨季影响，且施工组织未错开汛期，下年提前两个月开工”。
    怎么改：补充自身在计划、组织、调整上的原因，写明措施。
    来源：复核人员通用核对办法。
    误报风险：高，确有只因客观因素的，因此只作提示。
    """
    for row in case.table_rows:
        if not row.indicator.reason or not row.lost:
            continue
        text = tidy(row.reason)
        if _OUTSIDE.search(text) and not _INSIDE.search(_OUTSIDE.sub("", text)):
            says = f"{row.label}的原因“{clipped(text, 30)}”只有客观因素。改法：补充计划、组织、调整方面的原因和措施。"
            yield Found(row.path("reason"), says, row.paper, quoted=text[:60])
