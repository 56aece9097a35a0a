"""The ways in which a row's printed score may have come about: each a formula that is tried against the print.

What a rule-book allows is worked out elsewhere; here stand the mistakes and habits beside it: the other sign, points of
another row, bands, a cut instead of a rounding. A way is named only when it gives the printed score within its printed
precision; where several do, all of them are named, and nobody chooses.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache

from jixiao.expressions import expression
from jixiao.model.evaluation import Indicator
from jixiao.model.figure import half_up
from jixiao.model.score import Score
from jixiao.model.target import AtLeast, AtMost, Exactly
from jixiao.schemes.scheme import Band, Method, Scheme
from jixiao.schemes.shelf import all_schemes
from jixiao.scoring.explain import per_cent
from jixiao.scoring.formulas import NOTHING
from jixiao.scoring.measure import Hedge, Measured, Side, measure, quotient
from jixiao.scoring.rows import names_of
from jixiao.scoring.words import within

_CENT, _TENTH, _RATE = Decimal("0.005"), Decimal("0.05"), Decimal("0.00005")
_PER_UNIT = (Decimal(1), Decimal("0.5"), Decimal("0.2"), Decimal("0.1"))
_SAME = 3
_TAKEN = expression(r"扣(?:减|除)?\s*(\d{1,2}(?:\.\d{1,2})?)\s*分")


class Way(StrEnum):
    """What may have been done instead of what the rule-book says."""

    AS_POSITIVE = "as_positive"  # a limit scored as if more were better
    AS_NEGATIVE = "as_negative"  # a target to be reached scored as if less were better
    PROPORTION = "proportion"  # 完成值 ÷ 指标值, where the rule-book says otherwise
    INVERSE = "inverse"  # 指标值 ÷ 完成值, where the rule-book says otherwise
    LINEAR_EXCESS = "linear_excess"
    UNCAPPED = "uncapped"
    BANDS = "bands"
    STEPS = "steps"
    ALL_OR_NOTHING = "all_or_nothing"
    TIER = "tier"
    CUT = "cut"  # cut off instead of rounded, or rounded to a whole number
    OTHER_POINTS = "other_points"
    FIXED_DEDUCTION = "fixed_deduction"
    SAME_SHARE = "same_share"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One way that gives the printed score: `says` goes on after 自评分相当于, `value` is its result, not rounded."""

    way: Way
    says: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Clues:
    """A row with all that the ways look at.

    `rows` are the table's, `at` the row's index among them. `bound` is the target's one figure in the unit of `found`,
    None where it has none or two; `due` what the rule-book gives before rounding, None where it is undecided.
    """

    rows: Sequence[Indicator]
    at: int
    points: Decimal
    printed: Decimal
    scheme: Scheme
    due: Fraction | None = None
    found: Measured | None = None
    bound: Decimal | None = None

    @property
    def row(self) -> Indicator:
        """The row itself."""
        return self.rows[self.at]

    @property
    def open(self) -> Decimal:
        """What the printed score leaves open: half a tenth with one decimal, else half a hundredth."""
        return _TENTH if self.printed.as_tuple().exponent == -1 else _CENT

    def gives(self, value: Fraction) -> bool:
        """Tell whether `value` prints as the row's score."""
        return Fraction(self.printed - self.open) <= value <= Fraction(self.printed + self.open)

    def times(self, share: Decimal) -> bool:
        """Tell whether a short share of the points prints as the row's score."""
        return abs(share * self.points - self.printed) <= self.open

    def between(self, over: tuple[Decimal, Decimal], under: tuple[Decimal, Decimal]) -> bool:
        """Tell whether the points times a proportion may print as the row's score.

        Both sides are the least and the greatest that their print leaves open; a rate rounded to 0.01% before it is
        multiplied counts too.
        """
        points, slack = self.points, self.open + self.points * _RATE
        low, high = over[0] * points, over[1] * points
        return low <= (self.printed + slack) * under[1] and (self.printed - slack) * under[0] <= high


def explanations(
    rows: Sequence[Indicator], at: int, score: Score | None, scheme: Scheme
) -> tuple[Explanation, ...]:
    """Return every way that gives the printed score of the row `at`, each once; none where points or score are silent.

    Args:
        rows: all rows of the table, for a way may look at the others.
        at: the row's index.
        score: what the rule-book gives it, None where that isn't known.
        scheme: the rule-book, for its tiers.
    """
    row = rows[at]
    if row.points is None or row.score_printed is None or row.points <= 0 or row.score_printed < 0:
        return ()
    clues = Clues(rows, at, row.points, row.score_printed, scheme, _due(score), *_measured(row))
    told: dict[Way, Explanation] = {}
    for way in _WAYS:
        for one in way(clues):
            told.setdefault(one.way, one)
    return tuple(told.values())


def likeness(found: Sequence[Explanation]) -> str:
    """Say the only way that explains a score as a sentence; nothing where there is none or several."""
    return f"自评分相当于{found[0].says}。" if len(found) == 1 else ""


def _due(score: Score | None) -> Fraction | None:
    decided = score is not None and score.score is not None and score.steps
    return score.steps[-1].value if decided and score is not None else None


def _measured(row: Indicator) -> tuple[Measured | None, Decimal | None]:
    target, actual = row.target, row.actual
    if actual is None or not isinstance(target, AtLeast | AtMost | Exactly):
        return None, None
    found = measure(target, actual)
    if isinstance(found, str) or found.hedge is not Hedge.NONE:
        return None, None
    bound = found.lo if found.lo is not None else found.hi
    return found, bound if bound is not None and bound > 0 and found.value > 0 else None


# ---------------------------------------------------------------- formulas


def _by_formula(clues: Clues) -> Iterator[Explanation]:
    """The proportion, its inverse and the excess, each by what it means for a target of this sign."""
    found, bound = clues.found, clues.bound
    if found is None or bound is None:
        return
    limit = found.lo is None
    value, open_ = found.value, (found.least, found.most)
    if value > bound or clues.between(open_, (bound, bound)):
        yield from _proportional(clues, Way.AS_POSITIVE if limit else Way.PROPORTION, quotient(value, bound))
    if clues.between((bound, bound), open_):
        yield from _proportional(clues, Way.INVERSE if limit else Way.AS_NEGATIVE, quotient(bound, value))
    if value > bound:
        yield from _excess(clues, found, bound)


_NAMED = {
    Way.AS_POSITIVE: "把它当作正向指标",
    Way.AS_NEGATIVE: "把它当作反向指标",
    Way.PROPORTION: "按完成值与指标值的比例",
    Way.INVERSE: "按指标值与完成值的比例",
}


def _proportional(clues: Clues, way: Way, share: Fraction) -> Iterator[Explanation]:
    value = share * Fraction(clues.points)
    if share > 1:
        yield from _beyond_full(clues, way, value)
    else:
        yield Explanation(way, f"{_NAMED[way]}计分：{_sum(clues, way)} = {half_up(value, 2)}", value)


def _beyond_full(clues: Clues, way: Way, value: Fraction) -> Iterator[Explanation]:
    """A proportion above one: not capped, or a limit exceeded and full marks given."""
    worked = f"{_sum(clues, way)} = {half_up(value, 2)}"
    if clues.printed > clues.points:
        if clues.gives(value):
            yield Explanation(Way.UNCAPPED, f"没有以分值封顶：{worked}", value)
    elif way is Way.AS_POSITIVE and clues.printed == clues.points:
        says = f"{_NAMED[way]}计分：{worked}，取满分 {clues.points:f}"
        yield Explanation(way, says, Fraction(clues.points))


def _sum(clues: Clues, way: Way) -> str:
    value = clues.found.value if clues.found is not None else Decimal(0)
    bound = clues.bound or Decimal(0)
    over, under = (value, bound) if way in {Way.AS_POSITIVE, Way.PROPORTION} else (bound, value)
    return f"{over:f} ÷ {under:f} × {clues.points:f}"


def _excess(clues: Clues, found: Measured, bound: Decimal) -> Iterator[Explanation]:
    left = max(2 * bound - found.value, Decimal(0))
    if clues.between((left, left), (bound, bound)):
        value = quotient(left, bound) * Fraction(clues.points)
        worked = f"{clues.points:f} × (1 - ({found.value:f} - {bound:f}) ÷ {bound:f}) = {half_up(value, 2)}"
        yield Explanation(Way.LINEAR_EXCESS, f"按超出的比例扣分：{worked}", value)


# ---------------------------------------------------------------- other rules


@cache
def known_bands() -> tuple[tuple[Band, tuple[str, ...], str], ...]:
    """Return the bands that any rule-book knows, each once: the band, the names it is for, and the book.

    Full marks count only where the bands are for rows of a name, for all other rules give them too.
    """
    told: dict[tuple[Band, tuple[str, ...]], str] = {}
    for scheme in all_schemes():
        parts = (part for part in scheme.parts.values() if part.method is Method.BANDS)
        for band, applies in ((band, part.applies) for part in parts for band in part.bands):
            if band.deduct is None and (band.share < 1 or applies):
                told.setdefault((band, applies), scheme.id)
    return tuple((*key, book) for key, book in told.items())


def _by_bands(clues: Clues) -> Iterator[Explanation]:
    for band, applies, book in known_bands():
        if not clues.times(band.share) or (applies and not within(names_of(clues.row), applies)):
            continue
        rate = _rate(clues)
        if rate is None or not _holds(band, rate):
            continue
        top = f"～{per_cent(band.high)}" if band.high is not None else "以上"
        says = f"按 {book} 的分档：{per_cent(band.low)}{top} 得分值的 {per_cent(band.share)}"
        yield Explanation(Way.BANDS, says, Fraction(band.share) * Fraction(clues.points))


def _holds(band: Band, rate: Fraction) -> bool:
    high = band.high
    return Fraction(band.low) <= rate and (high is None or rate < Fraction(high))


def _rate(clues: Clues) -> Fraction | None:
    """Return the result as a rate of 1: itself where it is one, else its share of the target."""
    actual = clues.row.actual
    figure = actual.figure if actual is not None else None
    if clues.found is None or clues.bound is None or figure is None:
        return None
    if figure.unit is not None and figure.unit.kind == "ratio":
        return figure.exact
    return quotient(clues.found.value, clues.bound)


def _by_steps(clues: Clues) -> Iterator[Explanation]:
    """So much off for every whole unit (人, 次) or per cent that lies between result and target."""
    found, bound, actual = clues.found, clues.bound, clues.row.actual
    off = clues.points - clues.printed
    if found is None or bound is None or actual is None or actual.figure is None or off <= 0:
        return
    apart = abs(found.value - bound)
    unit = actual.figure.unit
    if apart in {0, 1} or clues.printed <= 0:
        return
    each = next((step for step in _PER_UNIT if step * apart == off), None)
    if each is not None and each * bound != clues.points:  # else that is the proportion again
        rate = unit is not None and unit.kind == "ratio"
        word = "个百分点" if rate else unit.name if unit is not None else ""
        side = "多" if found.value > bound else "少"
        says = f"每{side} 1 {word}扣 {each:f} 分：相差 {apart:f}，扣 {off:f} 分"
        yield Explanation(Way.STEPS, says, Fraction(clues.printed))


def _by_all_or_nothing(clues: Clues) -> Iterator[Explanation]:
    found = clues.found
    if found is not None and clues.printed == 0 and found.side(found.value) is not Side.MET:
        yield Explanation(Way.ALL_OR_NOTHING, "没有达到指标值就不得分", NOTHING)


def _by_tier(clues: Clues) -> Iterator[Explanation]:
    if clues.found is None:
        return
    part = clues.scheme.parts.get("qualitative")
    for tier in part.tiers if part is not None else ():
        if tier.default is not None and tier.default < 1 and clues.times(tier.default):
            says = f"按定性指标的档次计分（“{tier.says}”，分值的 {per_cent(tier.default)}）"
            yield Explanation(Way.TIER, says, Fraction(tier.default) * Fraction(clues.points))


def _by_cutting(clues: Clues) -> Iterator[Explanation]:
    """The right sum, its decimals cut off or rounded away."""
    due, printed = clues.due, Fraction(clues.printed)
    if due is None or abs(due - printed) >= 1 or clues.gives(due):
        return
    worked = half_up(due, 2)
    if printed in {Fraction(due.numerator * by // due.denominator, by) for by in (1, 10)}:
        yield Explanation(Way.CUT, f"算得 {worked} 后舍去小数，取 {clues.printed:f}", printed)
    elif half_up(due, 0) == clues.printed:
        yield Explanation(Way.CUT, f"算得 {worked} 后取整数 {clues.printed:f}", printed)


# ---------------------------------------------------------------- beside the other rows


def _by_other_points(clues: Clues) -> Iterator[Explanation]:
    """The right share of another row's points; where all points are due, only of a neighbour's."""
    due = clues.due
    if due is None or due <= 0:
        return
    if due == clues.points:
        yield from _beside(clues)
        return
    full = Decimal(due.denominator) * clues.points  # the share is due over it, and stays exact
    for points in {row.points for row in clues.rows} - {None, clues.points}:
        if points and abs(due.numerator * points - clues.printed * full) <= clues.open * full:
            value = due * Fraction(points) / Fraction(clues.points)
            share = per_cent(due / Fraction(clues.points))
            says = f"按分值 {points:f} 计分：{points:f} × {share} = {half_up(value, 2)}"
            yield Explanation(Way.OTHER_POINTS, says, value)


def _beside(clues: Clues) -> Iterator[Explanation]:
    for at, word in ((clues.at - 1, "上一行"), (clues.at + 1, "下一行")):
        near = clues.rows[at] if 0 <= at < len(clues.rows) else None
        if near is not None and near.points == clues.printed != clues.points:
            says = f"按{word}的分值 {near.points:f} 给了满分"
            yield Explanation(Way.OTHER_POINTS, says, Fraction(near.points))


def _by_custom(clues: Clues) -> Iterator[Explanation]:
    """The same deduction, or the same share, as several other rows; or the deduction that the row itself states."""
    off = clues.points - clues.printed
    if off <= 0:
        return
    stated = _TAKEN.search(f"{clues.row.reason or ''}{clues.row.remarks or ''}")
    if stated and Decimal(stated[1]) == off:
        yield Explanation(Way.FIXED_DEDUCTION, f"按所写的扣 {off:f} 分", Fraction(clues.printed))
        return
    scored = [(r.points, r.score_printed) for r in clues.rows if r.points and r.score_printed is not None]
    shared = [p for p, s in scored if s * clues.points == clues.printed * p]
    taken = sum(p - s == off for p, s in scored)
    if len(shared) >= _SAME and len(set(shared)) > 1:
        share = quotient(clues.printed, clues.points)
        says = f"一律按分值的 {per_cent(share)} 计（共 {len(shared)} 行）"
        yield Explanation(Way.SAME_SHARE, says, Fraction(clues.printed))
    elif taken >= _SAME:
        says = f"一律扣 {off:f} 分（共 {taken} 行）"
        yield Explanation(Way.FIXED_DEDUCTION, says, Fraction(clues.printed))


_WAYS: tuple[Callable[[Clues], Iterator[Explanation]], ...] = (
    _by_formula, _by_bands, _by_steps, _by_all_or_nothing, _by_tier, _by_cutting, _by_other_points, _by_custom,
)  # fmt: skip
