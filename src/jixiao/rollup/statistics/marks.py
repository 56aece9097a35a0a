"""What one filing adds to the statistics: counts and sums of its rows, so that the rows themselves need not be kept."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jixiao.audit.rows import Row, Sort
from jixiao.expressions import expression
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import tidy
from jixiao.model.score import Score, ScoreSheet
from jixiao.rollup.summing import executed_of

ROUND = (90, 95, 98, 100)
WHOLE = 100
_BRACKETED = expression(r"[(（\[].*$")
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class ClassMarks:
    """The scored rows of a first-level class: how many, those with full marks, their scores and points together."""

    level1: str
    rows: int
    full: int
    score: Decimal
    points: Decimal

    @property
    def rate(self) -> Fraction:
        """The score rate, of 1."""
        return Fraction(self.score) / Fraction(self.points)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of those that were asked are so."""

    hits: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Above:
    """How far printed scores lie above ours, as a share of the points of so many rows."""

    share: Fraction
    rows: int


@dataclass(frozen=True, slots=True)
class Marks:
    """A filing's sums.

    `classes` in the order in which they first come; `above` None where no row is decided; `total` is the printed total
    and the most that ours allows, None where one isn't known; `rates` its satisfaction rates in per cent; `digits` as
    of `digits_of`; `spent` in 元.
    """

    classes: tuple[ClassMarks, ...] = ()
    above: Above | None = None
    total: tuple[Decimal, Decimal] | None = None
    round_scores: Tally = Tally()
    round_rates: Tally = Tally()
    exact_hits: Tally = Tally()
    rates: tuple[Fraction, ...] = ()
    digits: str = ""
    spent: Fraction | None = None


def marks_of(table: Evaluation, rows: Sequence[Row], sheet: ScoreSheet | None) -> Marks:
    """Return the sums of a filing."""
    own = list(_scored(rows))
    scored = (sheet.execution, *sheet.indicators) if sheet is not None else ()
    ours = sheet.total.high if sheet is not None else None
    printed = table.total_printed
    return Marks(
        tuple(_classes(own)), _above(scored), None if printed is None or ours is None else (printed, ours),
        _tally(_is_round, own), _tally(_is_round_rate, own), _tally(is_hit, own),
        tuple(rate for row in rows if (rate := rate_of(row)) is not None), digits_of(table), executed_of(table),
    )  # fmt: skip


def class_of(row: Row) -> str:
    """Return a row's first-level class without the points behind it; "" where it has none."""
    return class_named(row.indicator.level1)


def class_named(level1: str | None) -> str:
    """Return a printed first-level name without the points behind it."""
    return _BRACKETED.sub("", tidy(level1 or ""))


def rate_of(row: Row) -> Fraction | None:
    """Return a satisfaction rate in per cent; None of any other row."""
    actual = row.indicator.actual
    figure = (
        actual.figure if row.sort is Sort.SATISFACTION and actual is not None and not actual.hedged else None
    )
    if figure is None or figure.unit is None or figure.unit.kind != "ratio":
        return None
    rate = figure.exact * WHOLE
    return rate if 0 < rate <= WHOLE else None


def is_hit(row: Row) -> bool | None:
    """Tell whether a result is its target; None without two figures, and of 100 %, which nothing can surpass."""
    if row.bound is None or row.reach is None:
        return None
    whole = row.bound.unit is not None and row.bound.unit.kind == "ratio" and row.bound.exact == 1
    return None if whole else row.reach == 1


def _scored(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows that print points above 0 and a score."""
    for row in rows:
        points, score = row.indicator.points, row.indicator.score_printed
        if points is not None and points > 0 and score is not None:
            yield row


def _classes(rows: Sequence[Row]) -> Iterator[ClassMarks]:
    found: dict[str, list[tuple[Decimal, Decimal]]] = {}
    for row in rows:
        i = row.indicator
        found.setdefault(class_of(row), []).append((i.score_printed or _NOTHING, i.points or _NOTHING))
    for name, pairs in found.items():
        yield ClassMarks(
            name, len(pairs), sum(score == points for score, points in pairs),
            sum((score for score, _ in pairs), _NOTHING), sum((points for _, points in pairs), _NOTHING),
        )  # fmt: skip


def _above(scores: Sequence[Score]) -> Above | None:
    known = [(one.points, gap) for one in scores if one.points and (gap := _gap(one)) is not None]
    points = sum((Fraction(own) for own, _ in known), Fraction(0))
    return (
        Above(sum((Fraction(gap) for _, gap in known), Fraction(0)) / points, len(known)) if points else None
    )


def _gap(one: Score) -> Decimal | None:
    """Return how far the printed score lies above what the rule-book allows, below 0 where it lies below."""
    if one.printed is None or one.low is None or one.high is None:
        return None
    return one.printed - min(max(one.printed, one.low), one.high)


def _tally(told: Callable[[Row], bool | None], rows: Sequence[Row]) -> Tally:
    hits = [hit for hit in map(told, rows) if hit is not None]
    return Tally(sum(hits), len(hits))


def _is_round(row: Row) -> bool | None:
    """Tell whether a score below its points is whole or half; None of any other."""
    score = row.indicator.score_printed
    return None if row.full or not score or (row.lost or 0) < 0 else score * 2 % 1 == 0


def _is_round_rate(row: Row) -> bool | None:
    rate = rate_of(row)
    return None if rate is None else rate in ROUND


def digits_of(table: Evaluation) -> str:
    """Return the digits of what was spent, without zeros at the ends; "" where silent or the whole budget."""
    total = table.funds.total
    if total is None or total.executed is None or total.executed.value <= 0 or total.executed == total.annual:
        return ""
    return "".join(sign for sign in f"{total.executed.value:f}" if sign.isdigit()).strip("0")
