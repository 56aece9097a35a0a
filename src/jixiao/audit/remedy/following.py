"""What follows from a changed score: the sums and the grade that were right before and are not any more.

A sum that agreed with its rows goes with them; one that didn't is a fault of its own and stays as printed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from jixiao.audit.arithmetic.sums import bare, sums_of, total_agrees
from jixiao.audit.rows import CENT, shown
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import tidy
from jixiao.model.finding import FieldPath
from jixiao.schemes.scheme import GradeBand, Scheme

EXECUTION = "execution.score_printed"
TOTAL, GRADE = "total_printed", "grade_printed"


@dataclass(frozen=True, slots=True)
class Sum:
    """A printed sum of scores: where it stands, what is printed, which score cells it adds up, and its rounding."""

    where: FieldPath
    name: str
    printed: Decimal
    cells: frozenset[FieldPath]
    slack: Decimal

    def holds(self, scores: Mapping[FieldPath, Decimal]) -> bool:
        """Tell whether the sum is that of its cells."""
        return abs(sum((scores[cell] for cell in self.cells), Decimal(0)) - self.printed) <= self.slack


def scores_in(table: Evaluation) -> dict[FieldPath, Decimal]:
    """Return the printed scores by their cells, that of budget execution among them."""
    found = {
        f"indicators.{n}.score_printed": row.score_printed
        for n, row in enumerate(table.indicators)
        if row.score_printed is not None
    }
    if table.execution.score_printed is not None:
        found[EXECUTION] = table.execution.score_printed
    return found


def sums_over(table: Evaluation, scheme: Scheme) -> tuple[Sum, ...]:
    """Return the printed sums of a table, the total last; those whose rows aren't all known or that cross are left out.

    A total that stands for more than its rows (a row left out, the rest scaled) is no sum of them.
    """
    found = [*_classes(table), *_total(table, scheme)]
    crossing = {
        mark.where
        for one, other in combinations(found, 2)
        for mark in (one, other)
        if one.cells & other.cells and not (one.cells <= other.cells or other.cells <= one.cells)
    }
    return tuple(one for one in found if one.where not in crossing)


def following(
    table: Evaluation, scheme: Scheme, changed: Mapping[FieldPath, Decimal]
) -> Iterator[tuple[FieldPath, str]]:
    """Yield the sums, and the grade, that go with changed scores or a changed total: the cell and what to write."""
    before = scores_in(table)
    if TOTAL in changed:
        yield from _grade(table, scheme, changed[TOTAL])
    for one in sums_over(table, scheme):
        off = sum(
            (new - before.get(cell, Decimal(0)) for cell, new in changed.items() if cell in one.cells),
            Decimal(0),
        )
        if off and one.where not in changed and one.holds(before):
            yield one.where, shown(one.printed + off)
            if one.where == TOTAL:
                yield from _grade(table, scheme, one.printed + off)


def grade_for(total: Decimal, grades: Iterable[GradeBand]) -> GradeBand | None:
    """Return the grade of a total; None where there are none."""
    bands = sorted(grades, key=lambda band: band.low, reverse=True)
    return next((band for band in bands if total >= band.low), None)


def names_grade(printed: str, band: GradeBand) -> bool:
    """Tell whether the printed word is this grade's."""
    return tidy(printed).removesuffix("等级") in {band.word, *band.also}


def _grade(table: Evaluation, scheme: Scheme, total: Decimal) -> Iterator[tuple[FieldPath, str]]:
    if table.grade_printed is None or table.total_printed is None:
        return
    was, now = (grade_for(mark, scheme.grades) for mark in (table.total_printed, total))
    if was is not None and now is not None and was != now and names_grade(table.grade_printed, was):
        yield GRADE, now.word


def _classes(table: Evaluation) -> Iterator[Sum]:
    names = [(mark.level, bare(mark.name)) for mark in table.classes]
    for n, mark in enumerate(table.classes):
        if mark.score_printed is None or names.count(names[n]) > 1:
            continue
        rows = [m for m, row in enumerate(table.indicators) if _belongs(row.level1, row.level2, names[n])]
        scored = [m for m in rows if table.indicators[m].score_printed is not None]
        if scored and all(table.indicators[m].points is None for m in set(rows) - set(scored)):
            cells = frozenset(f"indicators.{m}.score_printed" for m in scored)
            where = f"classes.{n}.score_printed"
            yield Sum(where, mark.name, mark.score_printed, cells, CENT * (len(scored) + 1))


def _belongs(level1: str | None, level2: str | None, name: tuple[int, str]) -> bool:
    return bare((level1 if name[0] == 1 else level2) or "") == name[1]


def _total(table: Evaluation, scheme: Scheme) -> Sequence[Sum]:
    sums = sums_of(table, scheme.total)
    total, scores = sums.total, sums.scores_all
    if total is None or scores is None:
        return ()
    cells = frozenset(scores_in(table)) - ({EXECUTION} if sums.apart else frozenset())
    whole = Sum(TOTAL, "总分", total, cells, sums.slack)
    lost = bool(sums.gap) and not sums.apart  # the points don't add up either: rows may have been lost
    if not whole.holds(scores_in(table)) and (lost or total_agrees(sums, table)):
        return ()
    return (whole,)
