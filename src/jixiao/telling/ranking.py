"""The worst first: findings ordered by severity, by how sure they are, and by the points that they put at stake."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from jixiao.audit import FAMILIES
from jixiao.model.claims import Report
from jixiao.model.evaluation import Evaluation
from jixiao.model.finding import Finding, Origin, Severity
from jixiao.model.reading import Record
from jixiao.telling.done import Done

_RANK = {severity: rank for rank, severity in enumerate(Severity)}
_FAMILY = {family: rank for rank, family in enumerate(FAMILIES)}
_EXECUTION = Decimal(10)  # what the execution rate is worth where the paper doesn't say
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one rule at one severity, the worst first."""

    code: str
    severity: Severity
    findings: tuple[Finding, ...]


def ranked(one: Done) -> tuple[Finding, ...]:
    """Return a review's open findings, the worst first; a total counts by what no row's own score explains."""
    moved = sum((_moved(f) or _NOTHING for f in one.review.findings if _is_row_score(f)), _NOTHING)
    return tuple(sorted(one.review.findings, key=lambda finding: _key(one, finding, moved)))


def grouped(findings: Sequence[Finding]) -> tuple[Group, ...]:
    """Return ranked findings by rule, each rule where its worst one stands."""
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.code), []).append(finding)
    return tuple(Group(code, severity, tuple(found)) for (severity, code), found in groups.items())


def stake(one: Done, finding: Finding) -> Decimal:
    """Return how many points hang on a finding: the difference where two scores differ, else what its row is worth."""
    moved = _moved(finding)
    if moved is not None:
        return abs(moved)
    head, _, rest = finding.where.partition(".")
    record = one.review.filing.readings[finding.paper].record
    if head == "indicators":
        return _row_points(record, rest.partition(".")[0])
    if head in {"funds", "execution"}:
        worth = record.execution.points if isinstance(record, Evaluation) else None
        return worth if worth is not None else _EXECUTION
    return _NOTHING


def _key(one: Done, finding: Finding, moved: Decimal) -> tuple[int, int, Decimal, int, str]:
    family = _FAMILY.get(finding.code[:2], len(_FAMILY))
    worth = stake(one, finding)
    if finding.where == "total_printed" and moved:
        worth = abs((_moved(finding) or _NOTHING) - moved)
    return _RANK[finding.severity], _unsure(finding), -worth, family, finding.code


def _is_row_score(finding: Finding) -> bool:
    return finding.severity is not Severity.NOTE and finding.where.endswith(".score_printed")


def _unsure(finding: Finding) -> int:
    """Rank what leans on a doubtful cell last, and what leans on a text that nobody has read before it."""
    if finding.origin is Origin.LAYOUT:
        return 2
    return int(finding.scheme is not None and not finding.source.verified)


def _moved(finding: Finding) -> Decimal | None:
    """Return by how much a score or the total would move; None where it is no matter of two scores."""
    if not finding.where.endswith(("score_printed", "total_printed")):
        return None
    try:
        return Decimal(finding.computed or "") - Decimal(finding.printed or "")
    except InvalidOperation:
        return None


def _row_points(record: Record, number: str) -> Decimal:
    rows = record.indicators if isinstance(record, Evaluation | Report) else ()
    if not number.isdigit() or int(number) >= len(rows):
        return _NOTHING
    return rows[int(number)].points or _NOTHING
