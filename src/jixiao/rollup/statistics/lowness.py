"""目标偏低: this year's target beside last year's achievement, and targets surpassed year after year.

A row is paired with last year's of the same project, unit and printed name, both names tidied, and with nothing else.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeVar

from jixiao.audit.reach import comparable, in_one_unit
from jixiao.model.figure import Figure
from jixiao.rollup.statistics.aims import Aim
from jixiao.rollup.statistics.entries import Entries, Entry, Subject
from jixiao.rollup.statistics.grounds import DEALT, LARGE, LEADS, LIKE, PROOF, SMALL, Grounds
from jixiao.rollup.statistics.standing import Comparison, Measure, Value, compare, judged

T = TypeVar("T")
EDGES = tuple(Fraction(n, 100) for n in (50, 70, 80, 90, 100, 110, 120, 150))
_GROWN = 4
OVER, FAR_OVER = Fraction(6, 5), Fraction(13, 10)
BELOW = Measure("below_last_year", "目标低于上年实际的指标占比", Fraction(1, 5), rows=5)
GROUNDS = Grounds(
    (
        "同一单位、同一项目、名称相同的指标，上下两年逐个配对；名称只去掉空格和全半角的差别，不猜。一张表里重名的、两年方向或单位不同的不配。",
        "“≥”的目标低于上年实际完成值，或“≤”的目标高于上年实际完成值，算目标低于上年实际；印出的位数之内的差别不算。"
        "没有符号或写“＝”的，只看数量和满意度指标，当作越多越好。",
        "连续超额：目标没有提高，连续两年以上完成值达到目标的 120%（130% 另标）。“≤”的目标不看超额。",
        DEALT,
        f"{LEADS}幅度是 20 个百分点。连续超额是逐行列出的事实，不作检验。",
    ),
    (LIKE, "假定两年指标的口径、范围没有变。", SMALL, LARGE),
    (
        PROOF,
        "上年超额可能有一次性的原因，当年任务也可能减少；目标低于上年实际不等于定得不合理。",
        "改了名称的指标配不上，不在其中；指标越爱改名的单位，看到的越少。",
    ),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """An indicator in two years in a row: its target beside what was reached the year before.

    `demanded` is the target over last year's result (the other way round for a ceiling): below 1 less is asked for.
    """

    now: Subject
    before: Subject
    level1: str
    name: str
    target: str
    reached: str
    demanded: Fraction
    below: bool


@dataclass(frozen=True, slots=True)
class Repeated:
    """An indicator surpassed in years in a row while its target was not raised; result ÷ target of each year."""

    subject: Subject
    name: str
    years: tuple[int, ...]
    targets: tuple[str, ...]
    shares: tuple[Fraction, ...]
    files: tuple[str, ...]

    @property
    def far(self) -> bool:
        """Whether each year reached 130 %."""
        return min(self.shares) >= FAR_OVER


@dataclass(frozen=True, slots=True)
class Lowness:
    """The statistic: the pairs, groups compared by BELOW, and what was surpassed repeatedly.

    `compared`, `below` and `surpassed` count the pairs, those below, and `repeated`, also where these are cut short;
    `spread` counts the pairs by what they demand, below the first of EDGES, between it and the second, and so on;
    `unpaired` counts rows of a project that has last year's paper too, which found no row of their name there.
    """

    pairs: tuple[Pair, ...]
    comparisons: tuple[Comparison, ...]
    repeated: tuple[Repeated, ...]
    years: tuple[int, ...]
    unpaired: int
    compared: int = 0
    below: int = 0
    surpassed: int = 0
    spread: tuple[int, ...] = ()
    grounds: Grounds = GROUNDS


def lowness(told: Entries) -> Lowness:
    """Measure how targets stand beside what was reached before."""
    values: list[Value] = []
    low = course(_over_years(told.listed).values(), lambda now, own: values.append(value_of(now, own)))
    found, _ = judged([compare(values, BELOW)] if values else [])
    return replace(low, comparisons=found, years=tuple(sorted({one.year for one in told.listed if one.year})))


def course(
    projects: Iterable[Sequence[Entry]],
    tell: Callable[[Entry, Sequence[Pair]], None],
    most: int | None = None,
) -> Lowness:
    """Go through projects, each with its filings by year, one project after the other; nothing is compared yet.

    Args:
        projects: each read once.
        tell: is told each filing that has pairs, with them.
        most: so many pairs and repeated ones are kept, the lowest and the longest; all where it is None.
    """
    pairs, repeated = list[Pair](), list[Repeated]()
    spread: Counter[int] = Counter()
    compared = below = surpassed = wanted = 0
    for same in projects:
        for before, now in pairwise(same):
            if not _next(before, now):
                continue
            wanted += now.aims.wanted
            own = tuple(_pairs(before, now))
            if own:
                tell(now, own)
            compared, below = compared + len(own), below + sum(pair.below for pair in own)
            spread.update(sum(pair.demanded >= edge for edge in EDGES) for pair in own)
            pairs += own
        runs = list(_repeated(same))
        surpassed, repeated = surpassed + len(runs), repeated + runs
        if most is not None:
            pairs, repeated = _few(pairs, lowest, most), _few(repeated, longest, most)
    return Lowness(
        tuple(pairs), (), tuple(sorted(repeated, key=longest)), (), wanted - compared, compared, below, surpassed,
        tuple(spread[at] for at in range(len(EDGES) + 1)),
    )  # fmt: skip


def _few(found: list[T], key: Callable[[T], Any], most: int) -> list[T]:
    """Cut a list to its first ones by `key` when it has grown to some times as many."""
    return found if len(found) < _GROWN * most else sorted(found, key=key)[:most]


def lowest(one: Pair) -> tuple[bool, Fraction, str, str]:
    """What asks for the least beside last year's result comes first."""
    return not one.below, one.demanded, one.now.file, one.name


def longest(one: Repeated) -> tuple[int, Fraction, str, str]:
    """What was surpassed for the most years, and the furthest, comes first."""
    return -len(one.years), -min(one.shares), one.subject.file, one.name


def _next(before: Entry, now: Entry) -> bool:
    return now.year - before.year == 1


def value_of(now: Entry, own: Sequence[Pair]) -> Value:
    """Return the share of a filing's pairs that lie below last year's result."""
    share = Fraction(sum(one.below for one in own), len(own))
    return Value(now.subject, now.key, now.group, share, len(own))


def _over_years(listed: Sequence[Entry]) -> Mapping[str, list[Entry]]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for one in listed:
        if one.year:
            groups[one.key].append(one)
    return {key: sorted(same, key=lambda one: one.year) for key, same in groups.items()}


def _pairs(before: Entry, now: Entry) -> Iterator[Pair]:
    old = {aim.plain: aim for aim in before.aims.listed}
    for aim in now.aims.listed:
        was = old.get(aim.plain)
        if was is None or was.reached is None or was.rising is not aim.rising:
            continue
        if comparable(aim.bound, was.reached) and aim.bound.exact > 0 and was.reached.exact > 0:
            yield _pair(before, now, aim, in_one_unit(aim.bound, was.reached))


def _pair(before: Entry, now: Entry, aim: Aim, figures: tuple[Figure, Figure]) -> Pair:
    target, reached = figures
    demanded = target.exact / reached.exact if aim.rising else reached.exact / target.exact
    below = target.high < reached.low if aim.rising else target.low > reached.high
    return Pair(
        now.subject, before.subject, aim.level1, aim.name, aim.demand or str(target), str(reached), demanded,
        below and not target.agrees_with(reached),
    )  # fmt: skip


def _repeated(same: Sequence[Entry]) -> Iterator[Repeated]:
    """Yield, for each indicator, its longest run of years in which a target that didn't rise was surpassed."""
    runs: dict[str, list[tuple[Entry, Aim]]] = {}
    done: dict[str, list[tuple[Entry, Aim]]] = {}
    for entry in same:
        for aim in entry.aims.listed:
            name = aim.plain
            run = runs.get(name, []) if _goes_on(runs.get(name), entry, aim) else []
            runs[name] = [*run, (entry, aim)] if _surpassed(aim) else []
            if len(runs[name]) >= max(2, len(done.get(name, ()))):
                done[name] = runs[name]
    for run in done.values():
        entries = [entry for entry, _ in run]
        yield Repeated(
            entries[-1].subject, run[-1][1].name, tuple(one.year for one in entries),
            tuple(aim.demand for _, aim in run), tuple(aim.reach or Fraction(0) for _, aim in run),
            tuple(one.subject.file for one in entries),
        )  # fmt: skip


def _surpassed(aim: Aim) -> bool:
    return aim.rising and aim.reach is not None and aim.reach >= OVER


def _goes_on(run: Sequence[tuple[Entry, Aim]] | None, entry: Entry, aim: Aim) -> bool:
    """Tell whether a year follows the last one of a run with a target that is no higher."""
    if not run or not _next(run[-1][0], entry):
        return False
    last = run[-1][1].bound
    if not comparable(last, aim.bound):
        return False
    one, other = in_one_unit(last, aim.bound)
    return other.exact <= one.exact
