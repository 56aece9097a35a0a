"""How groups stand beside all filings: a figure a project, a mean a group, and how often chance alone gives as much.

What is compared are projects, not rows: the rows of one paper were filled in by one hand and are no separate evidence.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from heapq import nsmallest

from jixiao.model.figure import half_up
from jixiao.rollup.statistics.chance import ALLOWED, adjusted, deal
from jixiao.rollup.statistics.entries import Subject

LEAST_PROJECTS, LEAST_ROWS, LEAST_ALL = 3, 10, 10
_HALF = Fraction(1, 2)
DIGITS = 6  # decimals of a chance
_SPOTS = 200  # of a share, where groups that aren't listed stand in a chart


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

    `widths` gives, for each number of projects up to the largest group's, the range that chance gives. Of very many
    groups `standings` keeps the strongest; `spots` then holds where all stand: projects, share to half a per cent.
    """

    measure: Measure
    part: str
    projects: int
    usual: Fraction
    standings: tuple[Standing, ...]
    widths: tuple[tuple[int, Fraction, Fraction], ...]
    spots: tuple[tuple[int, Fraction], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group's projects: how many, their filings and rows, their levels together, the mean of their shares."""

    name: str
    projects: int
    filings: int
    rows: int
    total: int
    share: Fraction


Behinds = Mapping[str, Sequence[Behind]]


@dataclass(frozen=True, slots=True)
class Collected:
    """What is compared, not yet judged: the collection's projects, their mean and their levels, and the groups.

    `groups` gives the groups, each time anew; `behind` the filings behind some of them, in the order of `in_order`.
    """

    measure: Measure
    part: str
    projects: int
    usual: Fraction
    levels: Mapping[int, int]
    groups: Callable[[], Iterable[Group]]
    behind: Callable[[Sequence[str]], Behinds]


@dataclass(frozen=True, slots=True)
class Most:
    """How much is kept of very many groups: the filings behind each, and the groups of a comparison."""

    filings: int
    rows: int


def compare(values: Iterable[Value], measure: Measure, part: str = "") -> Collected:
    """Collect values held in memory; `judged` compares them."""
    by_key: dict[str, list[Value]] = defaultdict(list)
    for value in values:
        by_key[value.key].append(value)
    means = {key: mean_of([one.share for one in own]) for key, own in by_key.items()}
    keys: dict[str, list[str]] = defaultdict(list)
    for key, own in by_key.items():
        keys[own[0].group].append(key)
    keys.pop("", None)
    levels = {key: level_of(mean, measure) for key, mean in means.items()}
    groups = tuple(
        Group(
            name, len(own), sum(len(by_key[key]) for key in own),
            sum(value.rows for key in own for value in by_key[key]),
            sum(levels[key] for key in own), mean_of([means[key] for key in own]),
        )
        for name, own in keys.items()
    )  # fmt: skip

    def behind(names: Sequence[str]) -> Behinds:
        return {
            name: in_order(Behind(one.subject, one.share) for key in keys[name] for one in by_key[key])
            for name in names
        }

    usual = mean_of(list(means.values())) if means else Fraction(0)
    return Collected(measure, part, len(means), usual, Counter(levels.values()), lambda: groups, behind)


def in_order(found: Iterable[Behind]) -> list[Behind]:
    """Return filings with the greatest share first."""
    return sorted(found, key=lambda one: (-one.share, one.subject.file))


def mean_of(shares: Sequence[Fraction]) -> Fraction:
    """Return the mean of at least one share."""
    return sum(shares, Fraction(0)) / len(shares)


def level_of(share: Fraction, measure: Measure) -> int:
    """Return the step nearest to a share, from 0."""
    cut = min(max(share, measure.low), measure.high)
    place = (cut - measure.low) * measure.steps / (measure.high - measure.low) + _HALF
    return place.numerator // place.denominator


def spot_of(share: Fraction) -> Fraction:
    """Return the place in a chart that a share has, to half a per cent."""
    return Fraction(half_up(share * _SPOTS, 0)) / _SPOTS


def _share(level: Fraction, measure: Measure) -> Fraction:
    return measure.low + level * (measure.high - measure.low) / measure.steps


@dataclass(frozen=True, slots=True)
class _Dealt:
    """The chances of a comparison: the ranges by a group's size, and the chance of each size and total that is judged.

    `times` counts the groups of each size and total.
    """

    widths: Mapping[int, tuple[Fraction, Fraction]]
    chances: Mapping[tuple[int, int], Fraction]
    times: Mapping[tuple[int, int], int]


def _dealt(one: Collected) -> _Dealt:
    times: Counter[tuple[int, int]] = Counter()
    sizes: Counter[int] = Counter()
    for group in one.groups():
        sizes[group.projects] += 1
        if _enough(group, one.measure):
            times[group.projects, group.total] += 1
    if one.projects < LEAST_ALL or sizes.total() <= 1:
        return _Dealt({}, {}, {})
    largest = max(sizes)
    dealt = deal(one.levels, largest)
    ranges = ((size, dealt.within(size)) for size in range(1, largest + 1))
    widths = {size: (_share(low, one.measure), _share(high, one.measure)) for size, (low, high) in ranges}
    return _Dealt(widths, {sized: dealt.tail(*sized) for sized in times}, times)


def _enough(group: Group, measure: Measure) -> bool:
    return group.projects >= LEAST_PROJECTS and group.rows >= measure.rows


def judged(
    collected: Sequence[Collected], more: Sequence[Fraction] = (), most: Most | None = None
) -> tuple[tuple[Comparison, ...], tuple[Fraction, ...]]:
    """Adjust all chances of a statistic together and tell the leads.

    Args:
        collected: the comparisons of one statistic.
        more: the chances of its other tests.
        most: what is kept of each comparison: leads, then the greatest shares; all groups in the order of their names
            where it is None.

    Returns:
        the comparisons with their leads, and `more` adjusted.
    """
    dealt = [_dealt(one) for one in collected]
    told = [(chance, one.times[sized]) for one in dealt for sized, chance in one.chances.items()]
    left = iter(adjusted([chance for chance, _ in told] + list(more), [times for _, times in told]))
    found = tuple(
        _judged(one, by, {sized: next(left) for sized in by.chances}, most)
        for one, by in zip(collected, dealt, strict=True)
    )
    return found, tuple(left)


def _judged(
    one: Collected, by: _Dealt, told: Mapping[tuple[int, int], Fraction], most: Most | None
) -> Comparison:
    def chance(group: Group) -> Fraction | None:
        return told.get((group.projects, group.total)) if _enough(group, one.measure) else None

    def lead(group: Group) -> bool:
        likely = chance(group)
        return likely is not None and likely <= ALLOWED and group.share - one.usual >= one.measure.gap

    kept, spots = list[Group](), set[tuple[int, Fraction]]()
    if most is None:
        kept = sorted(one.groups(), key=lambda group: group.name)
    else:
        rows = max(most.rows, sum(map(lead, one.groups())))
        kept = nsmallest(rows, one.groups(), lambda group: (not lead(group), -group.share, group.name))
        places = Counter((group.projects, spot_of(group.share)) for group in one.groups())
        spots = set(places) if places.total() > rows else set()
    behind = one.behind([group.name for group in kept])
    return Comparison(
        one.measure, one.part, one.projects, one.usual,
        tuple(_standing(group, (by, chance(group)), tuple(behind[group.name]), lead=lead(group)) for group in kept),
        tuple((size, low, high) for size, (low, high) in by.widths.items()), tuple(sorted(spots)),
    )  # fmt: skip


def _standing(
    one: Group, by: tuple[_Dealt, Fraction | None], behind: tuple[Behind, ...], *, lead: bool
) -> Standing:
    dealt, adjusted_to = by
    low, high = dealt.widths.get(one.projects, (None, None))
    chance = None if adjusted_to is None else half_up(dealt.chances[one.projects, one.total], DIGITS)
    told = None if adjusted_to is None else half_up(adjusted_to, DIGITS)
    return Standing(
        one.name, one.projects, one.rows, one.share, low, high, chance, told, lead, behind, one.filings
    )
