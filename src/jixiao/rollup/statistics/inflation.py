"""虚高: full marks, scores above what the rule-book gives, and above what a re-check gave, by group and class."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jixiao.rollup.rechecks import Compared
from jixiao.rollup.statistics.chance import bounds
from jixiao.rollup.statistics.entries import Entries, Entry, Subject, key_of
from jixiao.rollup.statistics.grounds import DEALT, LARGE, LEADS, LIKE, PROOF, SMALL, Grounds
from jixiao.rollup.statistics.marks import ClassMarks
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
        own = [part for part in one.marks.classes if not level1 or part.level1 == level1]
        rows = sum(part.rows for part in own)
        if rows:
            yield Value(one.subject, one.key, one.group, Fraction(sum(part.full for part in own), rows), rows)


def _above_ours(listed: Sequence[Entry]) -> Iterator[Value]:
    for one in listed:
        above = one.marks.above
        if above is not None:
            yield Value(one.subject, one.key, one.group, above.share, above.rows)


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


def _by_class(listed: Sequence[Entry]) -> dict[str, list[ClassMarks]]:
    """Return, for each class, what each filing has of it."""
    found: dict[str, list[ClassMarks]] = defaultdict(list)
    for part in (part for one in listed for part in one.marks.classes):
        found[part.level1].append(part)
    return found


def _class_share(name: str, filings: Sequence[ClassMarks]) -> ClassShare:
    rates = sorted(own.rate for own in filings)
    last = len(rates) - 1
    whole = _together(name, filings)
    return ClassShare(
        name, whole.rows, whole.full, whole.score, whole.points, rates[last // 4], rates[last - last // 4]
    )


def _together(name: str, parts: Sequence[ClassMarks]) -> ClassMarks:
    return ClassMarks(
        name, sum(one.rows for one in parts), sum(one.full for one in parts),
        sum((one.score for one in parts), Decimal(0)), sum((one.points for one in parts), Decimal(0)),
    )  # fmt: skip


def _rates(listed: Sequence[Entry]) -> tuple[tuple[str, Fraction], ...]:
    """Return each group's score rate: all its scores over all its points."""
    parts: dict[str, list[ClassMarks]] = defaultdict(list)
    for one in listed:
        parts[one.group] += one.marks.classes
    return tuple((name, _together("", own).rate) for name, own in sorted(parts.items()) if own and name)


def _overstated(listed: Sequence[Entry]) -> Overstated | None:
    known = [(one.subject, *one.marks.total) for one in listed if one.marks.total is not None]
    higher = sorted((one for one in known if one[1] > one[2]), key=lambda one: (one[2] - one[1], one[0].file))
    return overstated(len(higher), len(known), higher)


def overstated(higher: int, of: int, behind: Iterable[tuple[Subject, Decimal, Decimal]]) -> Overstated | None:
    """Return what is said of totals above ours; None where none can be compared."""
    return Overstated(higher, of, *bounds(higher, of), tuple(behind)) if of else None
