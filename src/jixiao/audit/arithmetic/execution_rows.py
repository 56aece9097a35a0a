"""Rows of scoring forms that mark the execution rate: their score against every rate that the papers tell (AR06)."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from jixiao.audit.funds.amounts import Rate, rates_told
from jixiao.audit.rows import Row, within
from jixiao.audit.rule import Case, Found
from jixiao.expressions import expression
from jixiao.model.figure import half_up
from jixiao.model.finding import Severity

# The form's own rule: 预算执行率×5分; 得分=执行率×分值.
_BY_RATE = expression(
    r"执行率(?:\([^()]*\))?[×xX*](?:\d|该|本|指标|分值|权重|满分)|[×xX*](?:预算)?执行率|按执行率(?:的?比例)?[计得给]分"
)
_FULL = Fraction(19, 20)  # below this the criteria known to us give no full marks
_CAPPED = expression(r"以上得满分|(?:大于|达到|≥|>=)\d{2}%?[^。；;]{0,8}满分")


def scores_beside_told_rates(case: Case) -> Iterator[Found]:
    """Check the rows of the execution rate that no told rate gives: by the form's own rule, or full marks for less."""
    rows = [
        row
        for row in case.named("scoring.execution_rate")
        if _of_form(row) and row.paper in dict(case.tables)
    ]
    rates = [rate for rate in rates_told(case) if rate.span[1] > 0] if rows else []
    for row in rows:
        points, printed = row.indicator.points, row.indicator.score_printed
        if points is None or printed is None or not rates or not 0 <= printed <= points:
            continue
        known = bool(_BY_RATE.search(_said(row)))
        if not known and not (row.full and all(rate.span[1] < _FULL for rate in rates)):
            continue
        if not any(within(printed, *_scored(rate, points)) for rate in rates):
            yield _wrong(row, rates[0], points, printed)


def _of_form(row: Row) -> bool:
    """Tell whether the row is marked by the criteria of a form, and not against a target of its own."""
    return row.indicator.actual is None and not _CAPPED.search(_said(row))


def _said(row: Row) -> str:
    return (row.indicator.remarks or "").replace(" ", "")


def _scored(rate: Rate, points: Decimal) -> tuple[Decimal, Decimal]:
    low, high = (half_up(min(end, Fraction(1)) * Fraction(points), 2) for end in rate.span)
    return low, high


def _wrong(row: Row, rate: Rate, points: Decimal, printed: Decimal) -> Found:
    low, _ = _scored(rate, points)
    says = f"{row.label}得 {printed:f} 分；{rate.says}，按“执行率×分值”应得 {low:f}。改法：核对执行率、评分标准和得分。"
    return Found(row.path("score_printed"), says, row.paper, Severity.WARNING, printed=f"{printed:f}",
                 computed=f"{low:f}", rests=(row.path("points"),), key="told")  # fmt: skip
