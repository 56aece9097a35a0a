"""The cheapest honest remedy: the fewest changes of derived cells that make a table agree with itself and its rule.

Only cells that follow from others are changed: scores, sums of scores, the total, the grade, a rate. What was done and
what was promised the unit alone knows. Small sets are searched exactly, by size; where several are equally small all of
them are named, for nobody can tell from the paper which is right.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from jixiao.audit.remedy.cells import printed_at
from jixiao.audit.remedy.change import Change, Remedy
from jixiao.audit.remedy.following import (
    EXECUTION,
    GRADE,
    TOTAL,
    Sum,
    grade_for,
    names_grade,
    scores_in,
    sums_over,
)
from jixiao.audit.remedy.funds import fund_changes, totals_for_zero
from jixiao.audit.remedy.safe import Again, Edit, errors_of, written_into
from jixiao.audit.rows import CENT, shown
from jixiao.model.evaluation import Evaluation
from jixiao.model.finding import FieldPath, Finding, Severity
from jixiao.model.review import Review
from jixiao.model.score import Score, ScoreSheet
from jixiao.schemes.scheme import Scheme

_ROWS = frozenset({"SC01", "SC02", "SC03", "SC04", "AR03", "AR06", "AR07"})
_LINKS = 3  # changes that bring one another about
_MOST = 2  # rows beyond the certain ones that are tried together
_CHANGEABLE = ("score_printed", "rate_printed", "completion_printed", "total_printed", "grade_printed")
Span = tuple[Decimal, Decimal]


def remedy(review: Review, scheme: Scheme, again: Again) -> Remedy | None:
    """Return the fewest changes that make the filing's table consistent; None where nothing certain is wrong.

    Args:
        review: the filing and its findings.
        scheme: the rule-book.
        again: audits a changed filing in the same way; what a change brings about is looked for once more.
    """
    totals = totals_for_zero(review)
    summed = written_into(review.filing, (_edit(change) for change in totals))
    known = again(summed) if totals and summed is not None else review
    found = _linked(known, scheme, again)
    funds = tuple(fund_changes(known, again))
    needed = (*totals, *found.needed, *(only[0][0] for only in funds if len(only) == 1))
    choices = (*found.choices, *(some for some in funds if len(some) > 1))
    return Remedy(needed, choices) if needed or choices else None


def _linked(review: Review, scheme: Scheme, again: Again) -> Remedy:
    """Return what settles the scores, with what that brings about in its turn."""
    found = _once(review, scheme)
    for _ in range(_LINKS):
        if not found.needed or found.choices or not all(change.exact for change in found.needed):
            break
        filing = written_into(review.filing, (_edit(change) for change in found.needed))
        more = _brought_about(review, again(filing), scheme) if filing is not None else ()
        if not more:
            break
        found = Remedy(_merged(found.needed, more))
    return found


def _brought_about(before: Review, after: Review, scheme: Scheme) -> tuple[Change, ...]:
    """Return the changes that settle the errors which weren't there before; none where these leave a choice."""
    new = errors_of(after) - errors_of(before)
    fresh = tuple(f for f in after.findings if (f.code, f.paper, f.where) in new)
    found = _once(replace(after, findings=fresh), scheme)
    return () if found.choices else found.needed


def _merged(first: Sequence[Change], more: Sequence[Change]) -> tuple[Change, ...]:
    """Return both, a cell that both change from its first print to its last; none that ends as it was printed."""
    last = {change.where: change for change in more}
    kept = [replace(last.pop(c.where), printed=c.printed) if c.where in last else c for c in first]
    return tuple(change for change in (*kept, *last.values()) if change.to != change.printed)


def _edit(change: Change) -> Edit:
    return Edit(change.paper, change.where, change.printed, change.to, "", change.why)


def _once(review: Review, scheme: Scheme) -> Remedy:
    main = review.filing.main
    record = review.filing.readings[main].record if main is not None else None
    if main is None or not isinstance(record, Evaluation) or review.sheet is None:
        return Remedy(())
    certain = [f for f in review.findings if f.severity is Severity.ERROR and f.paper == main]
    alone = tuple(_alone(record, certain))
    solutions = _solutions(_Table(main, record, scheme, review.sheet), certain)
    taken = {change.where for some in solutions for change in some}
    shared = [c for c in solutions[0] if all(c in some for some in solutions)] if solutions else []
    needed = (*shared, *(change for change in alone if change.where not in taken))
    answers = tuple(tuple(c for c in some if c not in shared) for some in solutions)
    return Remedy(needed, (answers,) if len(answers) > 1 else ())


def _alone(table: Evaluation, certain: Sequence[Finding]) -> Iterator[Change]:
    """Yield the cells that no sum leans on and whose right value is known: a rate, a degree of completion."""
    for finding in certain:
        fix = finding.fix
        exact = fix is not None and fix.replacement is not None and not fix.old and not fix.swaps
        if (
            exact
            and fix is not None
            and finding.where.endswith(_CHANGEABLE)
            and finding.code not in {"AR04", "AR09"}
        ):
            printed = printed_at(table, finding.where)
            yield Change(finding.paper, finding.where, printed, fix.replacement or "", finding.code)


# ---------------------------------------------------------------- scores and their sums


@dataclass(frozen=True, slots=True)
class _Table:
    """The table whose sums are searched, with the rule-book and its scores."""

    paper: int
    record: Evaluation
    scheme: Scheme
    sheet: ScoreSheet

    def allowed(self, where: FieldPath) -> Span | None:
        """Return what the rule-book allows in a score cell; None where that isn't known."""
        score = self._score(where)
        return None if score.low is None or score.high is None else (score.low, score.high)

    def name(self, where: FieldPath) -> str:
        """Return the text by which the score in a cell is worked out."""
        return str(self._score(where).source)

    def _score(self, where: FieldPath) -> Score:
        return self.sheet.execution if where == EXECUTION else self.sheet.indicators[int(where.split(".")[1])]


def _solutions(table: _Table, certain: Sequence[Finding]) -> list[tuple[Change, ...]]:
    """Return every smallest set of changes to scores, sums and grade; empty where they agree."""
    printed = scores_in(table.record)
    forced = {f.where: _span(f) for f in certain if f.code in _ROWS and f.where in printed and f.interval}
    sums = sums_over(table.record, table.scheme)
    open_ = [one for one in sums if not one.holds(printed)]
    if not forced and not open_ and not _grade_is_wrong(table):
        return []
    rows = tuple(_candidates(table, open_, printed, forced))
    best: list[tuple[Change, ...]] = []
    for size in range(_MOST + 1):
        for some in combinations(rows, size):
            spans = {**forced, **{where: _needed(table, where) for where in some}}
            changes = tuple(_changes(table, sums, printed, spans))
            if not best or len(changes) < len(best[0]):
                best = [changes]
            elif len(changes) == len(best[0]) and changes not in best:
                best.append(changes)
    return [changes for changes in best if changes]


def _span(finding: Finding) -> Span:
    """Return what a certain finding leaves of a score: the one that its fix names, else its interval."""
    fix = finding.fix
    if fix is not None and fix.replacement is not None:
        return Decimal(fix.replacement), Decimal(fix.replacement)
    return finding.interval or (Decimal(0), Decimal(0))


def _needed(table: _Table, where: FieldPath) -> Span:
    return table.allowed(where) or (Decimal(0), Decimal(0))


def _candidates(
    table: _Table,
    open_: Sequence[Sum],
    printed: Mapping[FieldPath, Decimal],
    forced: Mapping[FieldPath, Span],
) -> Iterator[FieldPath]:
    """Yield the rows that may explain a sum that doesn't hold: those which may have another score by the rule-book."""
    under = frozenset[FieldPath]().union(*(one.cells for one in open_)) - forced.keys()
    for where in sorted(under, key=_order):
        span = table.allowed(where)
        if span is not None and not (
            abs(span[0] - printed[where]) <= CENT and abs(span[1] - printed[where]) <= CENT
        ):
            yield where


def _order(where: FieldPath) -> tuple[int, str]:
    part = where.split(".")[1]
    return (int(part), "") if part.isdigit() else (-1, where)


def _changes(
    table: _Table, sums: Sequence[Sum], printed: Mapping[FieldPath, Decimal], spans: Mapping[FieldPath, Span]
) -> Iterator[Change]:
    """Yield what must be changed when the scores in `spans` are: they, the sums they don't fit, and the grade.

    Sums are taken from the smallest: one that a choice of scores can satisfy pins that choice.
    """
    total: Span | None = None
    left: dict[frozenset[FieldPath], Span] = {
        frozenset({w}): spans.get(w, (s, s)) for w, s in printed.items()
    }
    broken = []
    for one in sorted(sums, key=lambda mark: (len(mark.cells), mark.where == TOTAL)):
        inside = [cells for cells in left if cells <= one.cells]
        low, high = (sum((left[cells][end] for cells in inside), Decimal(0)) for end in (0, 1))
        if low - one.slack <= one.printed <= high + one.slack:
            low = high = one.printed if low != high else low
            total = (one.printed, one.printed) if one.where == TOTAL else total
        else:
            broken.append(
                Change(table.paper, one.where, f"{one.printed:f}", _shown(low, high), "各行之和", low == high)
            )
            total = (low, high) if one.where == TOTAL else total
        for cells in inside:
            del left[cells]
        left[one.cells] = (low, high)
    for where, span in spans.items():
        yield _scored(table, sums, printed, spans, where, span)
    yield from broken
    yield from _graded(table, total)


def _scored(
    table: _Table, sums: Sequence[Sum], printed: Mapping[FieldPath, Decimal], spans: Mapping[FieldPath, Span],
    where: FieldPath, span: Span,
) -> Change:  # fmt: skip
    """Return the change of one score: what the sums around it leave of what the rule-book allows."""
    low, high = span
    for one in sums:
        if where not in one.cells or low == high:
            continue
        others = [spans.get(cell, (printed[cell], printed[cell])) for cell in one.cells - {where}]
        least = one.printed - sum((o[1] for o in others), Decimal(0))
        most = one.printed - sum((o[0] for o in others), Decimal(0))
        if least <= high and most >= low:
            low, high = max(low, least), min(high, most)
    return Change(
        table.paper, where, f"{printed[where]:f}", _shown(low, high), table.name(where), low == high
    )


def _shown(low: Decimal, high: Decimal) -> str:
    return shown(low) if low == high else f"{shown(low)}～{shown(high)}"


def _grade_is_wrong(table: _Table) -> bool:
    total = table.record.total_printed
    return total is not None and any(_graded(table, (total, total)))


def _graded(table: _Table, total: Span | None) -> Iterator[Change]:
    """Yield the grade where no total in the span earns the printed one."""
    word, grades = table.record.grade_printed, table.scheme.grades
    printed = table.record.total_printed
    span = total or ((printed, printed) if printed is not None else None)
    if word is None or span is None or not any(names_grade(word, band) for band in grades):
        return
    worst, best = (grade_for(end, grades) for end in span)
    if worst is None or best is None or names_grade(word, worst) or names_grade(word, best):
        return
    to = best.word if worst == best else f"{worst.word}～{best.word}"
    yield Change(table.paper, GRADE, word, to, "总分对应的等级", worst == best)
