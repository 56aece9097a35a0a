"""Which amount of the fund block may be the wrong one, where a total isn't the sum of its sources.

Either the total or one source is wrong; each is tried, and those are named that leave the fewest errors: a total that
the printed rate and score agree with is not likely to be the wrong one. Nothing here is safe: the unit has the books.
"""

from collections.abc import Iterator
from decimal import Decimal

from jixiao.audit.remedy_cells import printed_at
from jixiao.audit.remedy_change import Change
from jixiao.audit.remedy_safe import Again, Edit, errors_of, written_into
from jixiao.model.evaluation import Evaluation, Funds
from jixiao.model.figure import Figure
from jixiao.model.finding import Finding, Severity
from jixiao.model.review import Review

_CODES = frozenset({"FD01", "FD10"})
_SOURCES = ("fiscal", "carryover", "special", "other")


def fund_changes(review: Review, again: Again) -> Iterator[tuple[tuple[Change, ...], ...]]:
    """Yield, for each column that doesn't add up, the single changes that leave the fewest errors."""
    for finding in review.findings:
        if (
            finding.code in _CODES
            and finding.severity is Severity.ERROR
            and finding.paper == review.filing.main
        ):
            found = _fewest(review, finding, again)
            if found:
                yield found


def _fewest(review: Review, finding: Finding, again: Again) -> tuple[tuple[Change, ...], ...]:
    record = review.filing.readings[finding.paper].record
    column = finding.where.rpartition(".")[2]
    tried: dict[Change, int] = {}
    for change in _candidates(record, finding, column):
        edit = Edit(change.paper, change.where, change.printed, change.to, finding.code, change.why)
        filing = written_into(review.filing, (edit,))
        if filing is not None:
            after = errors_of(again(filing))
            if (finding.code, finding.paper, finding.where) not in after:
                tried[change] = len(after)
    least = min(tried.values(), default=0)
    return tuple((change,) for change, errors in tried.items() if errors == least)


def _candidates(record: object, finding: Finding, column: str) -> Iterator[Change]:
    funds = record.funds if isinstance(record, Evaluation) else Funds()
    total, parts = funds.column(column)
    if total is None or not parts or funds.more or any(part.unit != total.unit for part in parts):
        return
    whole = sum((part.value for part in parts), Decimal(0))
    yield _to(record, finding, "total", column, Figure(whole, unit=total.unit))
    for name in _SOURCES if total.value else ():
        figure = getattr(getattr(funds, name), column, None)
        if isinstance(figure, Figure) and figure.value + total.value >= whole:
            yield _to(
                record, finding, name, column, Figure(figure.value + total.value - whole, unit=total.unit)
            )


def _to(record: object, finding: Finding, line: str, column: str, figure: Figure) -> Change:
    where = f"funds.{line}.{column}"
    return Change(finding.paper, where, printed_at(record, where), str(figure), "来源之和等于总额")
