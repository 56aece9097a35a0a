"""Which rule-book a table's printed scores follow, asked only where the chosen one refutes some of them.

A book explains a row when it gives the printed score within its printed precision. Rows that every book scores alike
say nothing about the book, and one row alone proves nothing: both are said. The ways of scoring that no rule-book has
stand in `inference_ways`. Nothing here finds fault; it says how a score may have come about.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from jixiao.expressions import expression
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.finding import FieldPath
from jixiao.model.score import Score, ScoreSheet
from jixiao.model.target import AtLeast, AtMost, Before, Between, Exactly, Qualitative
from jixiao.schemes.choosing import in_effect
from jixiao.schemes.scheme import Part, Scheme
from jixiao.schemes.shelf import all_schemes
from jixiao.scoring.execution import NAME, Ground, score_execution
from jixiao.scoring.inference_ways import Explanation, explanations
from jixiao.scoring.rows import names_of, score_row
from jixiao.scoring.words import within

_SLACK, _HALF_TENTH = Decimal("0.01"), Decimal("0.05")
_ENOUGH = 2
_SHOWN = 3
_PARTS = {AtLeast: "positive", AtMost: "negative", Exactly: "exact", Between: "interval", Before: "deadline",
          Qualitative: "qualitative"}  # fmt: skip
_CELL = "execution"


@dataclass(frozen=True, slots=True)
class RowFit:
    """A row whose printed score the chosen rule-book refutes: which other books give it, and which ways.

    `where` is its field path ("execution" for budget execution), `books` ids, the plainest first.
    """

    where: FieldPath
    name: str
    printed: Decimal
    books: tuple[str, ...]
    ways: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class BookFit:
    """Rule-books that treat this table alike: how many of its scored rows they refute."""

    books: tuple[str, ...]
    refuted: int


@dataclass(frozen=True, slots=True)
class Inference:
    """What the printed scores of a table say about the rule-book behind them.

    `scored` counts the rows with a printed score that the chosen book can judge, `rows` are those that it refutes,
    `better` the books that refute fewest rows; empty where the chosen one refutes no more.
    """

    chosen: str
    scored: int
    rows: tuple[RowFit, ...] = ()
    better: tuple[BookFit, ...] = ()

    @property
    def gained(self) -> int:
        """How many rows more the better books explain."""
        return len(self.rows) - self.better[0].refuted if self.better else 0

    @property
    def sure(self) -> bool:
        """Whether more than one row speaks for another book."""
        return self.gained >= _ENOUGH

    @property
    def says(self) -> str:
        """One Chinese sentence where another book explains the table better, with ties and doubts; else nothing."""
        if not self.better:
            return ""
        books = tuple(book for fit in self.better for book in fit.books)
        names = "、".join(books[:_SHOWN]) + (" 等" if len(books) > _SHOWN else "")
        ties = f"（{len(books)} 份口径在这张表上不能区别）" if len(books) > 1 else ""
        if not self.sure:
            row = next(row for row in self.rows if row.books)
            return (
                f"“{row.name}”的自评分与 {names} 相符{ties}，与选用的 {self.chosen} 不符；"
                "只有这一行能区别，不足以断定用的是哪一份口径。"
            )
        left = self.better[0].refuted
        rest = f"只有 {left} 行与它不符" if left else "没有一行与它不符"
        own = f"按选用的 {self.chosen} 有 {len(self.rows)} 行不符"
        return f"自评分更像是按 {names} 计的{ties}：{self.scored} 行中{rest}，{own}。"


def infer(evaluation: Evaluation, sheet: ScoreSheet, scheme: Scheme, kind: str) -> Inference:
    """Return what the printed scores say about the rule-book.

    Args:
        evaluation: the table as it was scored.
        sheet: its scores under `scheme`.
        scheme: the rule-book chosen.
        kind: what paper it is, a Kind; books for other papers aren't looked at.
    """
    asked = tuple(_asked(evaluation, sheet))
    wrong = tuple(where for where, score in asked if _refutes(score))
    if not wrong:
        return Inference(scheme.id, len(asked))
    own = next((rival for rival in _shelf().rivals if scheme in rival.schemes), None)
    table = _Table(evaluation, own, dict(asked), {}, {})
    given: dict[FieldPath, list[_Rival]] = {where: [] for where in wrong}
    challengers = []
    for rival in _rivals(scheme, kind, evaluation.year):
        explained = [where for where in wrong if table.explained(where, rival)]
        for where in explained:
            given[where].append(rival)
        if explained:
            challengers.append(rival)
    rows = tuple(_row_fit(evaluation, sheet, scheme, where, given[where]) for where in wrong)
    wheres = tuple(where for where, score in asked if where in given or not _plain(evaluation, where, score))
    refuted = [sum(table.refuted(where, rival) for where in wheres) for rival in challengers]
    least = min(refuted, default=len(wrong))
    best = [rival for rival, n in zip(challengers, refuted, strict=True) if n == least < len(wrong)]
    fits = tuple(BookFit(_ids([rival]), least) for rival in best)
    return Inference(scheme.id, len(asked), rows, fits)


def _asked(evaluation: Evaluation, sheet: ScoreSheet) -> Iterator[tuple[FieldPath, Score]]:
    """Yield what has a printed score, points, and bounds by the rule-book."""
    for where, points, score in _cells(evaluation, sheet):
        printed = score.printed
        judged = points is not None and points == score.points and score.low is not None
        if judged and printed is not None and points is not None and 0 <= printed <= points:
            yield where, score


def _cells(evaluation: Evaluation, sheet: ScoreSheet) -> Iterator[tuple[FieldPath, Decimal | None, Score]]:
    yield _CELL, evaluation.execution.points, sheet.execution
    for n, (row, score) in enumerate(zip(evaluation.indicators, sheet.indicators, strict=False)):
        yield f"indicators.{n}", row.points, score


def _refutes(score: Score) -> bool:
    if score.printed is None or score.low is None or score.high is None:
        return False
    return not _near(score.printed, score.low, score.high)


def _near(printed: Decimal, low: Decimal, high: Decimal) -> bool:
    """Tell whether a printed score can stand for one in low..high; one decimal leaves half of its place open."""
    slack = _SLACK + _HALF_TENTH if printed.as_tuple().exponent == -1 else _SLACK
    return low - slack <= printed <= high + slack


def _plain(evaluation: Evaluation, where: FieldPath, score: Score) -> bool:
    """Tell whether every book gives the row full marks: a bound that is met, and no name that a book knows."""
    if where == _CELL or score.printed != score.points or score.low != score.points:
        return False
    row = evaluation.indicators[_number(where)]
    return isinstance(row.target, AtLeast | AtMost) and not _special(names_of(row))


def _row_fit(
    evaluation: Evaluation, sheet: ScoreSheet, scheme: Scheme, where: FieldPath, given: Sequence["_Rival"]
) -> RowFit:
    if where == _CELL:
        return RowFit(where, NAME, sheet.execution.printed or Decimal(0), _ids(given), ())
    at = _number(where)
    row, score = evaluation.indicators[at], sheet.indicators[at]
    ways = explanations(evaluation.indicators, at, score, scheme)
    return RowFit(where, _name(row, at), score.printed or Decimal(0), _ids(given), ways)


def _number(where: FieldPath) -> int:
    return int(where.rpartition(".")[2])


def _ids(rivals: Sequence["_Rival"]) -> tuple[str, ...]:
    """Return the books' ids, nation-wide ones before regional ones."""
    schemes = (scheme for rival in rivals for scheme in rival.schemes)
    return tuple(s.id for s in sorted(schemes, key=lambda s: (bool(s.match.regions), len(s.chain), s.id)))


def _name(row: Indicator, at: int) -> str:
    return row.level4 or row.level3 or f"第 {at + 1} 行指标"


# ---------------------------------------------------------------- one table under many books


@dataclass(frozen=True, slots=True)
class _Rival:
    """Rule-books that reckon alike: `parts` by what they reckon (equal numbers reckon alike), `special` by name."""

    schemes: tuple[Scheme, ...]
    parts: Mapping[str, int]
    special: frozenset[int]

    def rule(self, row: Indicator | None, names: frozenset[int]) -> object:
        """Return what decides a row's score: equal for books that score it alike."""
        if row is None:
            return self.parts["execution"]
        part = self.parts[_PARTS.get(type(row.target), "positive")]
        tiers = self.parts["qualitative"] if row.actual is None or row.actual.figure is None else 0
        return part, tiers, self.parts["places"], names & self.special


@dataclass(frozen=True, slots=True)
class _Table:
    """A table whose rows are scored under other books, each distinct rule once: `kept` holds what came out.

    `own` is the chosen book and `sheet` its scores: a rule that reckons alike needs no second sum.
    """

    evaluation: Evaluation
    own: _Rival | None
    sheet: Mapping[FieldPath, Score]
    names: dict[FieldPath, frozenset[int]]
    kept: dict[tuple[FieldPath, object], Score]

    def explained(self, where: FieldPath, rival: _Rival) -> bool:
        """Tell whether the books give the printed score where they leave no choice, or by default."""
        score = self.score(where, rival)
        return (
            score.score is not None
            and score.printed is not None
            and _near(score.printed, score.score, score.score)
        )

    def refuted(self, where: FieldPath, rival: _Rival) -> bool:
        """Tell whether the books can't give the printed score."""
        return _refutes(self.score(where, rival))

    def score(self, where: FieldPath, rival: _Rival) -> Score:
        """Return the score of one row."""
        row = None if where == _CELL else self.evaluation.indicators[_number(where)]
        if where not in self.names:
            self.names[where] = _special(names_of(row)) if row is not None else frozenset()
        rule = rival.rule(row, self.names[where])
        if self.own is not None and rule == self.own.rule(row, self.names[where]):
            return self.sheet[where]
        if (where, rule) not in self.kept:
            self.kept[where, rule] = self._scored(where, row, rival.schemes[0])
        return self.kept[where, rule]

    def _scored(self, where: FieldPath, row: Indicator | None, scheme: Scheme) -> Score:
        ground = Ground(self.evaluation, scheme, {}, tuple(p for p in scheme.parts.values() if p.applies))
        if row is None:
            return score_execution(ground, "", None)
        return score_row(ground, row, where, row.points)


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What all books reckon: the rivals, and the names that some part is for, all of them and by that part's number."""

    rivals: tuple[_Rival, ...]
    named: re.Pattern[str]
    special: tuple[tuple[tuple[str, ...], int], ...]


@cache
def _shelf() -> _Shelf:
    """Return the books that come with jixiao by what they reckon (docs/decisions/0014)."""
    numbers: dict[object, int] = {}
    alike: dict[object, list[Scheme]] = {}
    for scheme in all_schemes():
        parts = {
            key: numbers.setdefault(_reckoning(part), len(numbers)) for key, part in scheme.parts.items()
        }
        parts["places"] = scheme.rounding.places
        alike.setdefault(tuple(sorted(parts.items())), []).append(scheme)
    rivals = tuple(_rival(some, numbers) for some in alike.values())
    named = {
        (p.applies, numbers[_reckoning(p)]) for s in all_schemes() for p in s.parts.values() if p.applies
    }
    words = sorted({word for applies, _ in named for word in applies})
    return _Shelf(rivals, expression("|".join(map(re.escape, words))), tuple(named))


def _rival(schemes: Sequence[Scheme], numbers: Mapping[object, int]) -> _Rival:
    parts = {key: numbers[_reckoning(part)] for key, part in schemes[0].parts.items()}
    special = frozenset(parts[key] for key, part in schemes[0].parts.items() if part.applies)
    return _Rival(tuple(schemes), {**parts, "places": schemes[0].rounding.places}, special)


def _rivals(chosen: Scheme, kind: str, year: int | None) -> Iterator[_Rival]:
    """Yield the books for this kind of paper and year, other than the chosen one."""
    for rival in _shelf().rivals:
        fit = tuple(
            s for s in rival.schemes if kind in s.match.kinds and in_effect(s, year) and s.id != chosen.id
        )
        if fit and len(fit) == len(rival.schemes):
            yield rival
        elif fit:
            yield replace(rival, schemes=fit)


def _special(names: str) -> frozenset[int]:
    """Return the numbers of the parts that are for a row of these names."""
    shelf = _shelf()
    if not shelf.named.search(names):
        return frozenset()
    return frozenset(number for applies, number in shelf.special if within(names, applies))


def _reckoning(part: Part) -> object:
    """Return all of a part that moves a score."""
    return (
        part.method, part.numerator, part.denominator, part.cap, part.bands, part.tiers, part.pass_threshold,
        part.zero_target, tuple(part.settings.items()), part.actual_floor, part.applies,
    )  # fmt: skip
