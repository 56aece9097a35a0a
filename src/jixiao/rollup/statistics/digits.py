"""数字检验: round scores and rates, targets hit to the digit, last and first digits of amounts."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jixiao.model.figure import half_up
from jixiao.rollup.statistics.chance import ALLOWED, binomial_tail, chi_square
from jixiao.rollup.statistics.entries import Entries, Entry, Subject
from jixiao.rollup.statistics.grounds import DEALT, LARGE, LEADS, LIKE, PROOF, SMALL, Grounds
from jixiao.rollup.statistics.marks import WHOLE, Marks, Tally
from jixiao.rollup.statistics.standing import (
    DIGITS,
    Collected,
    Comparison,
    Measure,
    Most,
    Value,
    compare,
    judged,
)

_GAP = Fraction(1, 5)
ROUND_SCORES = Measure("round_scores", "扣了分的得分中整分和半分的占比", _GAP, rows=5)
ROUND_RATES = Measure("round_rates", "满意度写 90、95、98、100 的占比", _GAP, rows=3)
HIT = Measure("hit_exactly", "完成值与目标一字不差的指标占比", _GAP)
SPIKES = (90, 95, 98)
LEAST_NEAR, LEAST_LAST, LEAST_FIRST = 15, 120, 120
SIGNIFICANT, CUT, _SPANNED = 4, 20, 100
_LOW = 80
Times = Mapping[str, int]
Behind = tuple[tuple[str, Subject], ...]
# log10(1 + 1/d) of the digits 1 to 9, to twelve places.
BENFORD = tuple(
    Fraction(share, 10**12)
    for share in (301029995664, 176091259056, 124938736608, 96910013008, 79181246048, 66946789631, 57991946978,
                  51152522447, 45757490560)
)  # fmt: skip
_EVEN = tuple(Fraction(1, 9) for _ in range(9))
GROUNDS = Grounds(
    (
        "按单位比：扣了分的得分有多少是整分或半分；满意度有多少恰好写 90%、95%、98%、100%；"
        "有多少指标的完成值等于目标值。这三项与全部材料比，不与“各占一成”比：得分由比例算出时，本来就多整分和半分。",
        DEALT,
        f"满意度扎堆：按四舍五入到整数，90%、95%、98% 与紧邻的两个整数比，三个数的份数本应差不多；"
        f"精确二项检验，三个数合计至少 {LEAST_NEAR} 份。",
        f"执行数末位：全年执行数去掉末尾的零以后，至少四位有效数字、与预算数不等的，"
        f"末位 1 至 9 本应各占九分之一；卡方检验（8 个自由度），至少 {LEAST_LAST} 份。",
        f"执行数首位：与 Benford 分布比，卡方检验（8 个自由度）；至少 {LEAST_FIRST} 个项目，"
        "且中间九成的数跨两个数量级以上，否则不检验。每个项目只取最近一年。",
        f"{LEADS}按单位比的幅度是 20 个百分点。",
    ),
    (
        LIKE,
        "执行数的末位、首位假定由许多互不相干的付款凑成；定额补助、统一标准的项目不合这一假定。",
        SMALL,
        LARGE,
    ),
    (
        PROOF,
        "二十个人的问卷，满意度只能是 5% 的倍数；人数少的调查自然扎堆。",
        "完成值与目标相等，对合格率 100%、一次性任务是正常的。",
        "首位和末位的检验只看全部材料，说不出是哪一个单位。",
    ),
)


@dataclass(frozen=True, slots=True)
class Digits:
    """A test over all filings: how often each class came and its expected share; None where it wasn't tested.

    `why` says in that case what was missing; `apart` is the chi-square, 0 where the test was binomial.
    """

    name: str
    says: str
    classes: tuple[str, ...]
    counts: tuple[int, ...]
    expected: tuple[Fraction, ...]
    apart: Fraction | None
    chance: Decimal | None
    adjusted: Decimal | None
    lead: bool
    why: str
    behind: tuple[tuple[str, Subject], ...]


@dataclass(frozen=True, slots=True)
class Heaping:
    """The statistic: groups compared, the tests over all filings, and how often each satisfaction rate came."""

    comparisons: tuple[Comparison, ...]
    tests: tuple[Digits, ...]
    rates: tuple[tuple[str, int], ...]
    grounds: Grounds = GROUNDS


@dataclass(frozen=True, slots=True)
class Seen:
    """Classes, how often each came, the filings in them, and what is tested: chi-square or the binomial's chance."""

    name: str
    says: str
    classes: tuple[str, ...]
    times: Times
    behind: Behind
    expected: tuple[Fraction, ...]
    apart: Fraction | None
    chance: Fraction | None
    why: str


def heaping(told: Entries) -> Heaping:
    """Measure and test the digits of a collection."""
    rates = [(whole_of(rate), one.subject) for one in told.latest for rate in one.marks.rates]
    collected = [
        compare(_values(told.listed, lambda marks: marks.round_scores), ROUND_SCORES),
        compare(_values(told.listed, lambda marks: marks.round_rates), ROUND_RATES),
        compare(_values(told.listed, lambda marks: marks.exact_hits), HIT),
    ]
    last = [
        (one.marks.digits[-1], one.subject) for one in told.listed if len(one.marks.digits) >= SIGNIFICANT
    ]
    spent = [
        (amount, one.subject) for one in told.latest if (amount := one.marks.spent) is not None and amount > 0
    ]
    first = [(_leading(amount), who) for amount, who in spent]
    ordered, cut = sorted(amount for amount, _ in spent), len(spent) // CUT
    ends = (ordered[cut], ordered[-1 - cut]) if ordered else None
    seen = [
        last_digit(*_seen(last)), first_digit(*_seen(first), ends),
        *(spike(at, *_seen([(f"{near}%", who) for near, who in rates if abs(near - at) <= 1])) for at in SPIKES),
    ]  # fmt: skip
    return judged_with(collected, seen, Counter(whole for whole, _ in rates))


def _seen(found: Sequence[tuple[str, Subject]]) -> tuple[Times, Behind]:
    return Counter(name for name, _ in found), tuple(
        sorted(found, key=lambda pair: (_by_number(pair), pair[1].file))
    )


def _by_number(pair: tuple[str, Subject]) -> int:
    return int(pair[0].rstrip("%"))


def judged_with(
    collected: Sequence[Collected], seen: Sequence[Seen], rates: Mapping[int, int], most: Most | None = None
) -> Heaping:
    """Adjust the tests and comparisons together.

    Args:
        collected: the comparisons, those without projects too.
        seen: the tests over all filings.
        rates: how often each whole satisfaction rate came.
        most: what is kept of the comparisons.
    """
    chances = [one.chance for one in seen if one.chance is not None]
    found, left = judged([one for one in collected if one.projects], chances, most)
    rest = iter(left)
    tests = tuple(_tested(one, None if one.chance is None else next(rest)) for one in seen)
    return Heaping(found, tests, _spread(rates))


def _tested(one: Seen, chance: Fraction | None) -> Digits:
    return Digits(
        one.name, one.says, one.classes, tuple(one.times.get(name, 0) for name in one.classes), one.expected, one.apart,
        None if one.chance is None else half_up(one.chance, DIGITS),
        None if chance is None else half_up(chance, DIGITS), chance is not None and chance <= ALLOWED, one.why,
        one.behind,
    )  # fmt: skip


def _values(listed: Sequence[Entry], told: Callable[[Marks], Tally]) -> Iterator[Value]:
    for one in listed:
        tally = told(one.marks)
        if tally.of:
            yield Value(one.subject, one.key, one.group, Fraction(tally.hits, tally.of), tally.of)


def _spread(times: Mapping[int, int]) -> tuple[tuple[str, int], ...]:
    """Count the rates by whole per cents from 80, those below together."""
    low = sum(count for whole, count in times.items() if whole < _LOW)
    named = ((f"{at}%", times.get(at, 0)) for at in range(_LOW, WHOLE + 1))
    return ((f"＜{_LOW}%", low), *named) if times else ()


def whole_of(rate: Fraction) -> int:
    """Return the nearest whole number."""
    place = rate + Fraction(1, 2)
    return place.numerator // place.denominator


def spike(at: int, times: Times, behind: Behind) -> Seen:
    """Test whether a whole rate came more often than its two neighbours."""
    count = sum(times.values())
    enough = count >= LEAST_NEAR
    third = Fraction(1, 3)
    return Seen(
        f"satisfaction_{at}", f"满意度 {at}% 比紧邻的整数多",
        tuple(f"{at + step}%" for step in (-1, 0, 1)), times, behind,
        (third, third, third), Fraction(0) if enough else None,
        binomial_tail(times.get(f"{at}%", 0), count, third) if enough else None,
        "" if enough else f"{at - 1}%—{at + 1}% 只有 {count} 份，少于 {LEAST_NEAR} 份",
    )  # fmt: skip


def last_digit(times: Times, behind: Behind) -> Seen:
    """Test the last digits of what was spent, each expected as often as another."""
    count = sum(times.values())
    why = "" if count >= LEAST_LAST else f"只有 {count} 份，少于 {LEAST_LAST} 份"
    return _by_digit(("last_digit", "全年执行数的末位"), (times, behind), _EVEN, why)


def first_digit(times: Times, behind: Behind, ends: tuple[Fraction, Fraction] | None) -> Seen:
    """Test the first digits of what was spent; `ends` are the amounts between which nine tenths of them lie."""
    count = sum(times.values())
    why = ""
    if count < LEAST_FIRST or ends is None:
        why = f"只有 {count} 个项目，少于 {LEAST_FIRST} 个"
    elif ends[1] < _SPANNED * ends[0]:
        why = "中间九成的数没有跨两个数量级"
    return _by_digit(("first_digit", "全年执行数的首位"), (times, behind), BENFORD, why)


def _leading(amount: Fraction) -> str:
    return next(sign for sign in f"{half_up(amount, 2):f}" if sign in "123456789")


def _by_digit(
    named: tuple[str, str], found: tuple[Times, Behind], expected: tuple[Fraction, ...], why: str
) -> Seen:
    times, behind = found
    classes = tuple("123456789")
    apart, chance = (None, None) if why else chi_square([times.get(digit, 0) for digit in classes], expected)
    return Seen(*named, classes, times, behind, expected, apart, chance, why)
