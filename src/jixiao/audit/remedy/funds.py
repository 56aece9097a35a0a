"""Which amount of the fund block may be the wrong one, where a total isn't the sum of its sources.

A total of 0 over sources with amounts is itself the wrong one, in each column where it stands. Else the total or one
source is; each is tried, and those are named that leave the fewest errors: a total that the printed rate and score
agree with is not likely to be the wrong one. Nothing here is safe: the unit has the books.
"""

from collections.abc import Iterator
from decimal import Decimal

from jixiao.audit.funds.lines import COLUMNS
from jixiao.audit.remedy.cells import printed_at
from jixiao.audit.remedy.change import Change
from jixiao.audit.remedy.safe import Again, Edit, errors_of, written_into
from jixiao.model.evaluation import Evaluation, Funds
from jixiao.model.figure import Figure
from jixiao.model.finding import Finding, Severity
from jixiao.model.review import Review

_UNEQUAL, _ZERO = "FD01", "FD10"
_SOURCES = ("fiscal", "carryover", "special", "other")


def totals_for_zero(review: Review) -> tuple[Change, ...]:
    """Return the totals that take the place of noughts over sources with amounts; rate and score follow from them."""
    changes: list[Change] = []
    for finding in _wrong(review, _ZERO):
        record = review.filing.readings[finding.paper].record
        if isinstance(record, Evaluation):
            changes += (change for column in COLUMNS for change in _summed(record, finding, column))
    return tuple(changes)


def _summed(record: Evaluation, finding: Finding, column: str) -> Iterator[Change]:
    total, parts = record.funds.column(column)
    whole = sum((part.value for part in parts), Decimal(0))
    if total is not None and not total.value and whole > 0 and {part.unit for part in parts} == {total.unit}:
        yield _to(record, finding, "total", column, Figure(whole, unit=total.unit))


def fund_changes(review: Review, again: Again) -> Iterator[tuple[tuple[Change, ...], ...]]:
    """Yield, for each column that doesn't add up, the single changes that leave the fewest errors."""
    for finding in _wrong(review, _UNEQUAL):
        found = _fewest(review, finding, again)
        if found:
            yield found


def _wrong(review: Review, code: str) -> Iterator[Finding]:
    """Yield what a rule certainly found in the filing's table."""
    for finding in review.findings:
        if (
            finding.code == code
            and finding.severity is Severity.ERROR
            and finding.paper == review.filing.main
        ):
            yield finding


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
    for name in _SOURCES:
        figure = getattr(getattr(funds, name), column, None)
        if isinstance(figure, Figure) and figure.value + total.value >= whole:
            yield _to(
                record, finding, name, column, Figure(figure.value + total.value - whole, unit=total.unit)
            )


def _to(record: object, finding: Finding, line: str, column: str, figure: Figure) -> Change:
    where = f"funds.{line}.{column}"
    return Change(finding.paper, where, printed_at(record, where), str(figure), "来源之和等于总额")
