"""What is left of the findings after an office's severities, its ledger, its baseline and a reviewer's answers."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from jixiao.audit import finding_id
from jixiao.audit.office.baseline import Known, split
from jixiao.audit.office.ledger import Audited, Entry, How, settle
from jixiao.audit.office.remarks import Remark, merge
from jixiao.audit.office.weights import capped
from jixiao.model.finding import Finding, Severity
from jixiao.telling.done import Done

Named = tuple[tuple[str, Finding], ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms findings are judged: the office's, the ledger's on this day, the baseline's, the reviewer's.

    `known` and `remarks` are None where no baseline and no reviewed list was named.
    """

    today: date
    ran: frozenset[str]
    severities: Mapping[str, Severity] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    known: Mapping[str, Known] | None = None
    remarks: Mapping[str, Remark] | None = None


def named(one: Done) -> Named:
    """Return the open findings of a review, each after its id."""
    readings = one.review.filing.readings
    return tuple((finding_id(f, readings[f.paper].file), f) for f in one.review.findings)


def judge(done: Sequence[Done], terms: Terms) -> tuple[tuple[Done, ...], tuple[str, ...]]:
    """Return the reviews with what is left of their findings, and in sentences what a reviewer wrote in vain."""
    found = [_left(one, capped(one.review.findings, terms.severities)) for one in done]
    if terms.entries:
        found = _after_ledger(found, terms)
    if terms.known is not None:
        found = list(beside_baseline(found, terms.known))
    if terms.remarks is None:
        return tuple(found), ()
    return _after_reviewer(found, terms.remarks)


def beside_baseline(done: Sequence[Done], known: Collection[str]) -> tuple[Done, ...]:
    """Return the reviews without what the baseline knows."""
    return tuple(_after_baseline(one, known) for one in done)


def baseline_of(done: Sequence[Done]) -> dict[str, Known]:
    """Return what a baseline of these reviews would know: what is open, and what an older baseline settled."""
    return {
        name: Known(finding.code, one.review.filing.readings[finding.paper].file)
        for one in done
        for name, finding in (*named(one), *_of_baseline(one))
    }


def _of_baseline(one: Done) -> Iterator[tuple[str, Finding]]:
    yield from ((s.id, s.finding) for s in one.settled if s.how is How.BASELINE)


def _left(one: Done, findings: tuple[Finding, ...]) -> Done:
    return replace(one, review=replace(one.review, findings=findings))


def _after_ledger(done: Sequence[Done], terms: Terms) -> list[Done]:
    audited = [Audited(one.review.filing, named(one)) for one in done]
    rulings = settle(audited, terms.entries, terms.ran, today=terms.today)
    return [
        replace(_left(one, capped(ruling.open, {})), settled=ruling.settled)
        for one, ruling in zip(done, rulings, strict=True)
    ]


def _after_baseline(one: Done, known: Collection[str]) -> Done:
    new, old = split(named(one), known)
    return replace(_left(one, new), settled=(*one.settled, *old))


def _after_reviewer(
    done: Sequence[Done], remarks: Mapping[str, Remark]
) -> tuple[tuple[Done, ...], tuple[str, ...]]:
    complaints: list[str] = []
    seen: set[str] = set()
    left = []
    for one in done:
        seen |= {name for name, _ in named(one)} | {s.id for s in one.settled}
        merged = merge(named(one), remarks)
        complaints += merged.complaints
        left.append(
            replace(_left(one, merged.open), settled=(*one.settled, *merged.settled), remarks=remarks)
        )
    gone = len(remarks.keys() - seen)
    if gone:
        complaints.append(f"清单里有 {gone} 条这次没有查出：已经改正，或材料不在所查之列。")
    return tuple(left), tuple(complaints)
