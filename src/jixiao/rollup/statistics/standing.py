"""How groups stand beside all filings: a figure a project, a mean a group, and how often chance alone gives as much.

What is compared are projects, not rows: the rows of one paper were filled in by one hand and are no separate evidence.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from jixiao.model.figure import half_up
from jixiao.rollup.statistics.chance import ALLOWED, Deal, adjusted, deal
from jixiao.rollup.statistics.entries import Subject

LEAST_PROJECTS, LEAST_ROWS, LEAST_ALL = 3, 10, 10
_HALF = Fraction(1, 2)
DIGITS = 6  # decimals of a chance


@dataclass(frozen=True, slots=True)
class Value:
    """What a filing adds: its project's key, its group, its share (of 1) over so many rows."""

    subject: Subject
    key: str
    group: str
    share: Fraction
    rows: int


@dataclass(frozen=True, slots=True)
class Measure:
    """What is compared: shares cut to `low`..`high` and told in so many `steps`; a lead is at least `gap` above usual.

    `name` is for programs, `says` for people; `rows` is the least number of rows that a group is judged by.
    """

    name: str
    says: str
    gap: Fraction
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(1)
    steps: int = 20
    rows: int = LEAST_ROWS


@dataclass(frozen=True, slots=True)
class Behind:
    """A filing with the share that it adds."""

    subject: Subject
    share: Fraction


@dataclass(frozen=True, slots=True)
class Standing:
    """A group: the mean of its projects' shares, and the range that 95 of 100 groups of its size have by chance.

    `chance` is how often a group dealt at random has a mean as high, `adjusted` the same after Benjamini-Hochberg;
    both are None where the group or the collection is too small to be judged. `lead` says that it is worth a look.
    """

    group: str
    projects: int
    rows: int
    share: Fraction
    low: Fraction | None
    high: Fraction | None
    chance: Decimal | None
    adjusted: Decimal | None
    lead: bool
    behind: tuple[Behind, ...]
    filings: int = 0  # as many stand behind it, also where `behind` is cut short


@dataclass(frozen=True, slots=True)
class Comparison:
    """All groups beside the collection: its `projects` and the mean of their shares; `part` narrows it to a class.

    `widths` gives, for each number of projects up to the largest group's, the range that chance gives.
    """

    measure: Measure
    part: str
    projects: int
    usual: Fraction
    standings: tuple[Standing, ...]
    widths: tuple[tuple[int, Fraction, Fraction], ...]
    exact: tuple[Fraction | None, ...] = ()


def compare(values: Iterable[Value], measure: Measure, part: str = "") -> Comparison:
    """Compare groups; leads are told by `judged`, which knows how many comparisons there are."""
    by_key: dict[str, list[Value]] = defaultdict(list)
    for value in values:
        by_key[value.key].append(value)
    means = {key: _mean([one.share for one in own]) for key, own in by_key.items()}
    groups: dict[str, list[str]] = defaultdict(list)
    for key, own in by_key.items():
        groups[own[0].group].append(key)
    groups.pop("", None)
    levels = {key: _level(mean, measure) for key, mean in means.items()}
    largest = max((len(keys) for keys in groups.values()), default=0)
    dealt = deal(list(levels.values()), largest) if len(means) >= LEAST_ALL and len(groups) > 1 else None
    found = []
    for name, keys in sorted(groups.items()):
        own = [value for key in keys for value in by_key[key]]
        share = _mean([means[key] for key in keys])
        found.append(
            _standing(name, len(keys), share, own, (measure, dealt, sum(levels[key] for key in keys)))
        )
    usual = _mean(list(means.values())) if means else Fraction(0)
    return Comparison(
        measure, part, len(means), usual, tuple(one for one, _ in found), _widths(dealt, largest, measure),
        tuple(chance for _, chance in found),
    )  # fmt: skip


def _mean(shares: Sequence[Fraction]) -> Fraction:
    return sum(shares, Fraction(0)) / len(shares)


def _level(share: Fraction, measure: Measure) -> int:
    """Return the step nearest to a share, from 0."""
    cut = min(max(share, measure.low), measure.high)
    place = (cut - measure.low) * measure.steps / (measure.high - measure.low) + _HALF
    return place.numerator // place.denominator


def _share(level: Fraction, measure: Measure) -> Fraction:
    return measure.low + level * (measure.high - measure.low) / measure.steps


def _standing(
    name: str, projects: int, share: Fraction, own: Sequence[Value], by: tuple[Measure, Deal | None, int]
) -> tuple[Standing, Fraction | None]:
    measure, dealt, total = by
    rows = sum(one.rows for one in own)
    behind = sorted(
        (Behind(one.subject, one.share) for one in own), key=lambda one: (-one.share, one.subject.file)
    )
    low, high, chance = None, None, None
    if dealt is not None:
        low, high = (_share(end, measure) for end in dealt.within(projects))
        if projects >= LEAST_PROJECTS and rows >= measure.rows:
            chance = dealt.tail(projects, total)
    shown = None if chance is None else half_up(chance, DIGITS)
    return Standing(
        name,
        projects,
        rows,
        share,
        low,
        high,
        shown,
        None,
        lead=False,
        behind=tuple(behind),
        filings=len(behind),
    ), chance


def _widths(dealt: Deal | None, largest: int, measure: Measure) -> tuple[tuple[int, Fraction, Fraction], ...]:
    if dealt is None:
        return ()
    ranges = ((size, dealt.within(size)) for size in range(1, largest + 1))
    return tuple((size, _share(low, measure), _share(high, measure)) for size, (low, high) in ranges)


def judged(
    comparisons: Sequence[Comparison], more: Sequence[Fraction] = ()
) -> tuple[tuple[Comparison, ...], tuple[Fraction, ...]]:
    """Adjust all chances of a statistic together and tell the leads.

    Args:
        comparisons: those of one statistic.
        more: the chances of its other tests.

    Returns:
        the comparisons with their leads, and `more` adjusted.
    """
    told = [chance for one in comparisons for chance in one.exact if chance is not None]
    left = iter(adjusted((*told, *more)))
    found = tuple(
        replace(
            one, exact=(),
            standings=tuple(
                standing if chance is None else _judged(standing, next(left), one)
                for standing, chance in zip(one.standings, one.exact, strict=True)
            ),
        )
        for one in comparisons
    )  # fmt: skip
    return found, tuple(left)


def _judged(one: Standing, chance: Fraction, of: Comparison) -> Standing:
    lead = chance <= ALLOWED and one.share - of.usual >= of.measure.gap
    return replace(one, adjusted=half_up(chance, DIGITS), lead=lead)
