"""Rows of a table that have points and score and neither target nor result (空行得分)."""

from decimal import Decimal

from jixiao.audit.rows import Row
from jixiao.audit.rule import Case

_SOUND = 2
_SURE = Decimal("0.9")


def is_unfilled(case: Case, row: Row) -> bool:
    """Tell whether a row surely has neither target nor result, and full marks: nothing was lost in reading it.

    A row whose target stands in the rows below it, which have no points, is no such row.
    """
    i = row.indicator
    if i.target is not None or i.actual is not None or i.points is None or i.points != i.score_printed:
        return False
    peers = [r.indicator for r in case.rows_by_paper[row.paper]]
    if any(p.points is None for p in peers):
        return False
    sound = sum(p.target is not None and p.actual is not None for p in peers)
    return sound >= _SOUND and _is_sure(case, row)


def _is_sure(case: Case, row: Row) -> bool:
    reading = case.filing.readings[row.paper]
    own = (d for d in reading.doubts if d.where and f"{d.where}.".startswith(f"{row.path()}."))
    return reading.confidence >= _SURE and all("level" in (d.where or "") for d in own)
