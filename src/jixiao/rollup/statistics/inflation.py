"""虚高: full marks, scores above what the rule-book gives, and above what a re-check gave, by group and class."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jixiao.model.score import Score
from jixiao.rollup.rechecks import Compared
from jixiao.rollup.statistics.chance import bounds
from jixiao.rollup.statistics.entries import Entries, Entry, Subject, class_of, key_of, scored
from jixiao.rollup.statistics.grounds import DEALT, LARGE, LEADS, LIKE, PROOF, SMALL, Grounds
from jixiao.rollup.statistics.standing import Comparison, Measure, Value, compare, judged

_GAP, _BY, _MOST = Fraction(1, 10), Fraction(1, 50), Fraction(1, 5)
FULL = Measure("full_marks", "得满分的指标占比", _GAP)
OURS = Measure("above_ours", "自评比重算高出（占分值）", _BY, -_MOST, _MOST, 40)
RECHECKED = Measure("above_recheck", "自评比复核高出（占分值）", _BY, -_MOST, _MOST, 40)
GROUNDS = Grounds(
    (
        "得满分的指标占比：有分值和得分的指标中，得分等于分值的占多少。得分率：得分之和除以分值之和。",
        "比重算高出：得分减去按评分口径算出的得分（口径允许一个范围的，减去范围的上限；在范围之内的算零），除以分值；"
        "算不出来的行不计。比复核高出：得分减去复核得分，除以分值。这两项超过 20% 的按 20% 计。",
        DEALT,
        f"{LEADS}满分占比的幅度是 10 个百分点，高出重算或复核的幅度是分值的 2%。",
        "自评总分高于重算的份数，区间是 95% 的精确区间（Clopper-Pearson）。",
    ),
    (LIKE, "重算按选用的评分口径；口径选得不对，高出的数也不对。", SMALL, LARGE),
    (
        PROOF,
        "满分多可能是完成得好、指标定得容易，也可能是逐项照填；这里分不出来。",
        "分一级指标的比较与不分的比较用的是同样的材料，不能当作两次独立的证据。",
    ),
)


@dataclass(frozen=True, slots=True)
class ClassShare:
    """A first-level class over all filings: its rows, those with full marks, its scores and points together.

    `quarter` and `three` are the score rates between which the middle half of the filings lies.
    """

    level1: str
    rows: int
    full: int
    score: Decimal
    points: Decimal
    quarter: Fraction
    three: Fraction

    @property
    def rate(self) -> Fraction:
        """The score rate, of 1."""
        return Fraction(self.score) / Fraction(self.points)


@dataclass(frozen=True, slots=True)
class Overstated:
    """Filings whose printed total lies above ours, among those that have both; the exact interval of their share."""

    higher: int
    of: int
    low: Fraction
    high: Fraction
    behind: tuple[tuple[Subject, Decimal, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Inflation:
    """The statistic: groups compared by FULL, then by OURS and RECHECKED where known, then FULL within each class."""

    comparisons: tuple[Comparison, ...]
    rates: tuple[tuple[str, Fraction], ...]
    classes: tuple[ClassShare, ...]
    overstated: Overstated | None
    grounds: Grounds = GROUNDS


def inflation(told: Entries, again: Sequence[Compared]) -> Inflation:
    """Measure what is higher than elsewhere, than ours, than a re-check's."""
    classes = _by_class(told.listed)
    named = [name for name in classes if name]
    comparisons = [
        compare(_full(told.listed), FULL),
        compare(_above_ours(told.listed), OURS),
        compare(_above_recheck(again, told), RECHECKED),
        *(compare(_full(told.listed, name), FULL, name) for name in named),
    ]
    found, _ = judged([one for one in comparisons if one.projects])
    shares = tuple(_class_share(name, rows) for name, rows in classes.items())
    return Inflation(found, _rates(told.listed), shares, _overstated(told.listed))


def _full(listed: Sequence[Entry], level1: str = "") -> Iterator[Value]:
    for one in listed:
        rows = [row for row in scored(one) if not level1 or class_of(row) == level1]
        if rows:
            share = Fraction(sum(row.full for row in rows), len(rows))
            yield Value(one.subject, one.key, one.group, share, len(rows))


def _above_ours(listed: Sequence[Entry]) -> Iterator[Value]:
    for one in listed:
        sheet = one.filed.case.sheet
        known = (
            [
                (score, gap)
                for score in (sheet.execution, *sheet.indicators)
                if (gap := _above(score)) is not None
            ]
            if sheet
            else []
        )
        points = sum((Fraction(score.points or 0) for score, _ in known), Fraction(0))
        if points:
            share = Fraction(sum(gap for _, gap in known)) / points
            yield Value(one.subject, one.key, one.group, share, len(known))


def _above(one: Score) -> Decimal | None:
    """Return how far the printed score lies above what the rule-book allows, below 0 where it lies below."""
    if one.printed is None or one.low is None or one.high is None or not one.points:
        return None
    return one.printed - min(max(one.printed, one.low), one.high)


def _above_recheck(again: Sequence[Compared], told: Entries) -> Iterator[Value]:
    groups = {one.key: one for one in told.listed}
    for check in again:
        key = key_of(check.unit, check.project)
        known = [
            (line.points, line.own - line.score)
            for line in check.lines
            if line.points and line.own is not None and line.score is not None
        ]
        if known and key in groups:
            share = Fraction(sum(gap for _, gap in known)) / Fraction(sum(points for points, _ in known))
            yield Value(groups[key].subject, key, groups[key].group, share, len(known))


def _by_class(listed: Sequence[Entry]) -> dict[str, list[list[tuple[Decimal, Decimal]]]]:
    """Return, for each class, the scores and points of each filing's rows."""
    found: dict[str, list[list[tuple[Decimal, Decimal]]]] = defaultdict(list)
    for one in listed:
        own: dict[str, list[tuple[Decimal, Decimal]]] = defaultdict(list)
        for row in scored(one):
            i = row.indicator
            own[class_of(row)].append((i.score_printed or Decimal(0), i.points or Decimal(0)))
        for name, pairs in own.items():
            found[name].append(pairs)
    return found


def _class_share(name: str, filings: Sequence[Sequence[tuple[Decimal, Decimal]]]) -> ClassShare:
    pairs = [pair for own in filings for pair in own]
    rates = sorted(_rate(own) for own in filings)
    last = len(rates) - 1
    return ClassShare(
        name, len(pairs), sum(score == points for score, points in pairs),
        sum((score for score, _ in pairs), Decimal(0)), sum((points for _, points in pairs), Decimal(0)),
        rates[last // 4], rates[last - last // 4],
    )  # fmt: skip


def _rate(pairs: Sequence[tuple[Decimal, Decimal]]) -> Fraction:
    return Fraction(sum(score for score, _ in pairs)) / Fraction(sum(points for _, points in pairs))


def _rates(listed: Sequence[Entry]) -> tuple[tuple[str, Fraction], ...]:
    """Return each group's score rate: all its scores over all its points."""
    pairs: dict[str, list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for one in listed:
        own = [
            (row.indicator.score_printed or Decimal(0), row.indicator.points or Decimal(0))
            for row in scored(one)
        ]
        pairs[one.group] += own
    return tuple((name, _rate(own)) for name, own in sorted(pairs.items()) if own and name)


def _overstated(listed: Sequence[Entry]) -> Overstated | None:
    known = [
        (one.subject, printed, ours)
        for one in listed
        if (printed := one.filed.table.total_printed) is not None
        and (sheet := one.filed.case.sheet) is not None
        and (ours := sheet.total.high) is not None
    ]
    higher = sorted((one for one in known if one[1] > one[2]), key=lambda one: (one[2] - one[1], one[0].file))
    if not known:
        return None
    low, high = bounds(len(higher), len(known))
    return Overstated(len(higher), len(known), low, high, tuple(higher))
