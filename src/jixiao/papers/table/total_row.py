"""The total row of an indicator block: where it stands, and which of its numbers are points, score and re-check."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from jixiao.expressions import expression
from jixiao.layout import Place
from jixiao.model.evaluation import Evaluation
from jixiao.papers import words
from jixiao.papers.cells.fits import is_level1, is_level2
from jixiao.papers.cells.headings import Header
from jixiao.papers.cells.stream import Atom, Gap
from jixiao.papers.table.fund_block import number

_TOTAL = expression(words.TOTAL)
_OF_SCORES = expression("自评(?:得分|总分)|总得分|综合得分")  # by its own word no sum of points
_KINDS = ("points", "score", "recheck_score")
_MARKS = (*_KINDS, "deduction")


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums that a total row prints, None where it prints none; `place` is the last one's."""

    place: Place
    points: Decimal | None = None
    score: Decimal | None = None
    recheck: Decimal | None = None


def without_total(atoms: Sequence[Atom]) -> tuple[tuple[Atom, ...], tuple[Atom, ...], tuple[Atom, ...]]:
    """Split the body at its total row: what stands before, what after, and the total row's own atoms."""
    hits = [k for k, a in enumerate(atoms) if _TOTAL.fullmatch(a.fold)]
    if not hits:
        return tuple(atoms), (), ()
    first = hits[0]
    if (own := _labelled_row(atoms)) is not None:
        start, stop = own
        return tuple(atoms[:start]), tuple(atoms[stop:]), tuple(atoms[start:stop])
    if not any(is_level1(a.fold) or is_level2(a.fold) for a in atoms[:first]) and len(atoms) - first > 12:
        stop = next((k for k in range(first + 1, len(atoms)) if not _is_sum(atoms[k].fold)), len(atoms))
        return (*atoms[:first], *atoms[stop:]), (), tuple(atoms[first:stop])
    at = hits[-1] if all(_is_sum(a.fold) for a in atoms[first + 1 : hits[-1]]) else first
    start = at
    row = [k for k, a in enumerate(atoms) if a.row == atoms[at].row and atoms[at].column is not None]
    if row and all(_is_sum(atoms[k].fold) or k == at for k in row if k < at):
        start = row[0]
    stop = next((k for k in range(at + 1, len(atoms)) if not _is_sum(atoms[k].fold)), len(atoms))
    return tuple(atoms[:start]), tuple(atoms[stop:]), tuple(atoms[start:stop])


def _labelled_row(atoms: Sequence[Atom]) -> tuple[int, int] | None:
    """Return where a row of a grid stands that labels each of its sums: 总分 | 总分值 | 100 | 总得分 | 98.7."""
    for atom in atoms:
        if not _POINTS.fullmatch(atom.fold) or atom.column is None:
            continue
        row = [n for n, a in enumerate(atoms) if a.row == atom.row]
        if _labelled([atoms[n] for n in row]) is not None:
            return row[0], row[-1] + 1
    return None


def _labelled(row: Sequence[Atom]) -> tuple[Decimal, Decimal] | None:
    """Return the sums of points and scores of a row, each right behind its label; None where one isn't there."""
    told = [a for a in row if a.fold]
    pairs = [(a.fold, number(b.fold.rstrip("分"))) for a, b in pairwise(told)]
    points = next((n for fold, n in pairs if _POINTS.fullmatch(fold)), None)
    score = next((n for fold, n in pairs if _OF_SCORES.fullmatch(fold)), None)
    return None if points is None or score is None else (points, score)


_POINTS = expression("总分值[:：]?")


def _is_sum(fold: str) -> bool:
    return not fold or bool(re.fullmatch(r"[\d.%分—–-]+", fold))


def totals_of(atoms: Sequence[Atom], header: Header) -> Totals | None:
    """Tell the total of points from the total of scores: by column where the grid is sound, else by order and size."""
    numbers = [(a, n) for a in _glue_digits(atoms) if (n := number(a.fold.rstrip("分"))) is not None]
    if not numbers:
        return None
    place = numbers[-1][0].place
    if (told := _labelled(atoms)) is not None:
        return Totals(place, *told)
    if len(numbers) == 1 and any(_OF_SCORES.match(a.fold) for a in atoms):
        return Totals(place, None, numbers[0][1])
    twice = header.has("score") and header.has("recheck_score")
    if header.reliable and (len(numbers) == 1 or twice) and numbers[0][0].column is not None:
        found = {kind: n for a, n in numbers if (kind := _kind_over(a, header)) in _KINDS}
        if found:
            return Totals(place, found.get("points"), found.get("score"), found.get("recheck_score"))
    if header.has("deduction") and (sums := _with_deduction(numbers, header)) is not None:
        return Totals(place, sums["points"], sums["score"])
    return _in_order(place, [n for _, n in numbers], header, twice=twice)


def _in_order(place: Place, values: Sequence[Decimal], header: Header, *, twice: bool) -> Totals:
    """Tell the sums apart by the order in which the headings stand; a lone one is that of the scores."""
    if twice and len(values) > 1:
        points = values[0] if len(values) > 2 else None
        own, again = values[1:3] if points is not None else values
        return Totals(place, points, own, again)
    if len(values) == 1:
        return Totals(place, None, values[0])
    kinds = [c.kind for c in header.columns if c.kind in ("points", "score")]
    first, second = values[:2]
    return Totals(place, second, first) if kinds == ["score", "points"] else Totals(place, first, second)


def sums_alone(record: Evaluation, header: Header) -> Evaluation:
    """Take the only sum of a table whose scores are all left blank for that of its points: 合计 | 100."""
    unscored = all(row.score_printed is None for row in record.indicators)
    weighed = any(row.points is not None for row in record.indicators) and header.has("score")
    if not (unscored and weighed) or record.points_printed is not None or record.total_printed is None:
        return record
    return replace(record, points_printed=record.total_printed, total_printed=None)


def total_below(record: Evaluation, atoms: Sequence[Atom]) -> Evaluation:
    """Take the total told below a table for its own where the row 合计 prints that of the indicators alone.

    It is so where the score of execution makes up the difference; 总得分：95.6 below 合计 | 90 | 86.5.
    """
    told = next((number(hit[1]) for a in atoms if (hit := _TOLD.fullmatch(a.fold))), None)
    own, execution = record.total_printed, record.execution.score_printed
    if told is None or told == own or (own is not None and own + (execution or 0) != told):
        return record
    return replace(record, total_printed=told)


_TOLD = expression(r"(?:自评)?(?:总得分|总分|得分|综合得分)(?:[:：为])(\d{1,3}(?:\.\d+)?)分?")


def _with_deduction(numbers: Sequence[tuple[Atom, Decimal]], header: Header) -> dict[str, Decimal] | None:
    """Return the sums of points and scores of a table that sums up 扣分 as well; None where it doesn't."""
    kinds = [c.kind for c in header.columns if c.kind in _MARKS]
    placed = {_kind_over(a, header): n for a, n in numbers}
    sound = header.reliable and len(placed) == len(numbers) and set(placed) <= set(_MARKS)
    if not sound and len(numbers) == len(kinds):
        placed = dict(zip(kinds, (n for _, n in numbers), strict=True))
    found = {kind: n for kind, n in placed.items() if kind is not None}
    return found if {"points", "score", "deduction"} <= set(found) else None


def _kind_over(atom: Atom, header: Header) -> str | None:
    """Return the kind of the column that an atom of a grid stands in."""
    return next(
        (
            c.kind
            for c in header.columns
            if c.low is not None and atom.column is not None and c.low <= atom.column < (c.high or 0)
        ),
        None,
    )


def _glue_digits(atoms: Sequence[Atom]) -> list[Atom]:
    """Undo taken_apart for the total row: 100 98.84 run together is cut after its first 100."""
    found: list[Atom] = []
    for atom in atoms:
        open_number = (
            bool(found) and found[-1].fold != "100" and bool(re.fullmatch(r"[\d.]+", found[-1].fold))
        )
        if open_number and atom.gap is Gap.NONE and re.fullmatch(r"[\d.]", atom.fold):
            found[-1] = replace(found[-1], text=found[-1].text + atom.text, fold=found[-1].fold + atom.fold)
        else:
            found.append(atom)
    return found
