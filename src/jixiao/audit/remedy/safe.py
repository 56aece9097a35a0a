"""The safe fixes of a filing, put into its record: each follows from the paper alone, none leaves a new error behind.

After every round the filing is audited anew. A fix that doesn't settle its finding, or that leaves an error where none
was (a report that restates the old score), is held back and said; nobody is asked, so nothing is guessed.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from jixiao.audit.remedy.cells import Written, printed_at, rewritten
from jixiao.audit.remedy.following import GRADE, TOTAL, following
from jixiao.model.evaluation import Evaluation
from jixiao.model.finding import FieldPath, Finding, Severity
from jixiao.model.reading import Filing, Reading, Record
from jixiao.model.review import Review
from jixiao.model.supplying import supply
from jixiao.schemes.scheme import Scheme

_ROUNDS = 8
_LINKS = 3  # fixes that bring one another about
Again = Callable[[Filing], Review]
Key = tuple[str, int, FieldPath]
Fault = tuple[str, int, FieldPath, str]


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell that was changed: in which paper (its index in the filing) and field, from what to what, by which rule.

    `follows` tells that it is no finding's own cell, but a sum that went with it.
    """

    paper: int
    where: FieldPath
    old: str
    new: str
    code: str
    why: str
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Mended:
    """A filing after its safe fixes: the review as it is then, the edits in their order, the findings held back."""

    review: Review
    edits: tuple[Edit, ...] = ()
    held: tuple[Finding, ...] = ()


def mend(review: Review, scheme: Scheme, again: Again, codes: Collection[str]) -> Mended:
    """Apply the safe fixes of a review.

    Args:
        review: the filing and its findings, by all rules.
        scheme: the rule-book, for the grade that follows a total.
        again: audits a changed filing in the same way.
        codes: the rules whose fixes are wanted.
    """
    now, fixed = review, frozenset[Fault]()
    edits: tuple[Edit, ...] = ()
    held: dict[Fault, Finding] = {}
    for _ in range(_ROUNDS):
        safe = [f for f in now.findings if f.code in codes and _is_safe(f) and _fault(f) not in held]
        if not safe:
            break
        for some in (safe, *([one] for one in safe if len(safe) > 1)):
            tried = _tried(now, some, scheme, again, fixed)
            if tried is not None:
                now, edits, fixed = tried.review, (*edits, *tried.edits), fixed | {_fault(f) for f in some}
                break
        else:
            held.update((_fault(f), f) for f in safe)
    return Mended(now, edits, tuple(held.values()))


def refiled(filing: Filing, readings: Sequence[Reading]) -> Filing:
    """Return the filing with its papers changed, what its table lacks supplied anew."""
    main = filing.main
    record = readings[main].record if main is not None else None
    if main is None or not isinstance(record, Evaluation):
        return replace(filing, readings=tuple(readings))
    others = (*readings[:main], *readings[main + 1 :])
    evaluation, supplied = supply(readings[main], record, others)
    return Filing(tuple(readings), evaluation, main, supplied)


def written_into(filing: Filing, edits: Iterable[Edit]) -> Filing | None:
    """Return the filing with the edits in its papers; None where a cell can't hold one."""
    readings = list(filing.readings)
    for one in edits:
        record = rewritten(readings[one.paper].record, one.where, Written(one.new))
        if record is None:
            return None
        readings[one.paper] = replace(readings[one.paper], record=record)
    return refiled(filing, readings)


def errors_of(review: Review) -> frozenset[Key]:
    """Return the certain findings of a review."""
    return frozenset(_key(f) for f in review.findings if f.severity is Severity.ERROR)


def _is_safe(finding: Finding) -> bool:
    return finding.fix is not None and finding.fix.safe and bool(finding.fix.changes(finding.where))


def _key(finding: Finding) -> Key:
    return finding.code, finding.paper, finding.where


def _fault(finding: Finding) -> Fault:
    """Return what has to be gone after the fix; of words in a text, a field may hold several faults of one rule."""
    worded = finding.fix is not None and any(swap.old for swap in finding.fix.changes(finding.where))
    return (*_key(finding), finding.key if worded else "")


def _tried(
    review: Review, findings: Sequence[Finding], scheme: Scheme, again: Again, fixed: frozenset[Fault]
) -> Mended | None:
    """Return the filing with these fixes; None where one can't be put in, settles nothing or breaks something.

    An error that they bring about and that has a safe fix of its own (a score after its rate) is settled with them.
    """
    now, edits, batch = review, list[Edit](), tuple(findings)
    settled = fixed | {_fault(f) for f in batch}
    for _ in range(_LINKS):
        changed = put_in(now.filing, batch, scheme)
        if changed is None:
            return None
        edits += changed[1]
        now = again(changed[0])
        broken = errors_of(now) - errors_of(review)
        if settled & {_fault(f) for f in now.findings}:
            return None
        if not broken:
            return Mended(now, tuple(edits))
        batch = tuple(f for f in now.findings if _key(f) in broken and _is_safe(f))
        if len(batch) < len(broken):
            return None
        settled |= {_fault(f) for f in batch}
    return None


def put_in(filing: Filing, findings: Sequence[Finding], scheme: Scheme) -> tuple[Filing, list[Edit]] | None:
    """Return the filing with the fixes of some findings and what follows; None where a cell can't hold one."""
    readings, edits = list(filing.readings), list[Edit]()
    for paper in sorted({f.paper for f in findings}):
        record, told = _fixed(readings[paper].record, [f for f in findings if f.paper == paper], scheme)
        if record is None:
            return None
        readings[paper] = replace(readings[paper], record=record)
        edits += told
    return refiled(filing, readings), edits


def _fixed(record: Record, findings: Sequence[Finding], scheme: Scheme) -> tuple[Record | None, list[Edit]]:
    """Return one paper's record with the fixes and what follows from them; None where a cell can't hold one."""
    edits: list[Edit] = []
    now = record
    for finding in findings:
        for written, edit in _written(now, finding):
            if written.old and not written.once and written.old not in printed_at(now, edit.where):
                continue  # the same words were changed by another finding
            changed = rewritten(now, edit.where, written)
            if changed is None:
                return None, []
            now = changed
            edits.append(edit)
    for one in _followers(record, edits, scheme):
        now = rewritten(now, one.where, Written(one.new)) or now
        edits.append(one)
    return now, edits


def _written(record: Record, finding: Finding) -> Iterator[tuple[Written, Edit]]:
    """Yield what a finding's fix puts into the record, place by place, with the edit that tells of it."""
    fix = finding.fix
    if fix is None:
        return
    for swap in fix.changes(finding.where):
        old = swap.old or printed_at(record, swap.where)
        edit = Edit(finding.paper, swap.where, old, swap.new, finding.code, fix.what)
        yield Written(swap.new, swap.old, once=not fix.swaps), edit


def _followers(record: Record, edits: Sequence[Edit], scheme: Scheme) -> Iterator[Edit]:
    """Yield the sums that go with changed scores, unless a fix of their own has set them."""
    if not isinstance(record, Evaluation):
        return
    changed = {one.where: Decimal(one.new) for one in edits if one.where.endswith(("score_printed", TOTAL))}
    own = {one.where for one in edits}
    first = next((one for one in edits if one.where in changed), None)
    for where, text in following(record, scheme, changed):
        if first is not None and where not in own:
            why = "随总分而变" if where == GRADE else "随改动的得分重新加总"
            yield Edit(first.paper, where, printed_at(record, where), text, first.code, why, follows=True)
