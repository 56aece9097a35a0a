"""What chance alone gives: filings dealt to units at random, exactly counted; and how many tests are allowed to err.

Nothing is simulated. Counts are integers and chances fractions; only a group too large to be counted out is looked up
on the normal curve, and only the exponential of the chi-square's tail is rounded, to fifty digits.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from statistics import NormalDist

COUNTED = 40  # filings of the largest group whose chances are counted out
ADDED = 3000  # the most independent ones whose chances are added up term by term; beyond, the normal curve
EXTREME = Fraction(1, 40)  # what lies beyond each end of the range that chance gives 95 of 100
ALLOWED = Fraction(1, 20)  # the share of false leads among all leads that is accepted
_PRECISE = Context(prec=50)
_THOUSAND = 1000
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Deal:
    """All ways to deal a collection's levels: `ways[size][sum]` counts the groups of a size whose levels have a sum.

    `count` is the number of levels, `mean` theirs, `spread` their variance.
    """

    count: int
    mean: Fraction
    spread: Fraction
    ways: tuple[tuple[int, ...], ...]

    def _curve(self, size: int) -> NormalDist:
        """Return the normal curve of twice the sum of a group drawn without putting back."""
        variance = 4 * self.spread * size * (1 - Fraction(size, self.count))
        return NormalDist(2 * size * self.mean.numerator / self.mean.denominator, math.sqrt(variance))

    def tail(self, size: int, total: int) -> Fraction:
        """Return the chance that a group of `size` dealt at random has levels of at least `total` together."""
        if size < len(self.ways):
            own = self.ways[size]
            return Fraction(sum(own[max(total, 0) :]), sum(own))
        if not self.spread or size == self.count:
            return Fraction(1)
        return 1 - Fraction(self._curve(size).cdf(2 * total - 1))

    def within(self, size: int) -> tuple[Fraction, Fraction]:
        """Return the mean levels between which 95 of 100 groups of `size` lie that are dealt at random."""
        if size < len(self.ways):
            low, high = _ends(self.ways[size])
            return Fraction(low, size), Fraction(high, size)
        error = Fraction(math.sqrt(self.spread * (1 - Fraction(size, self.count)) / size))
        reach = error * -Fraction(_NORMAL.inv_cdf(EXTREME.numerator / EXTREME.denominator))
        return self.mean - reach, self.mean + reach


def deal(levels: Iterable[int] | Mapping[int, int], largest: int) -> Deal:
    """Count the ways to deal levels to a group of up to `largest` filings, COUNTED at most.

    Args:
        levels: all at least 0; or how often each occurs.
        largest: the projects of the largest group.
    """
    times = Counter(levels)
    whole = times.total()
    most = min(largest, COUNTED, whole)
    bits = math.comb(whole, most).bit_length() + most.bit_length() + 1
    packed = [1] + [
        0
    ] * most  # the sums of each size as one number: the count of sum s stands at bit s × bits
    for level, count in sorted(times.items()):
        for size in range(most, 0, -1):
            for taken in range(1, min(count, size) + 1):
                packed[size] += (math.comb(count, taken) * packed[size - taken]) << (bits * level * taken)
    total = sum(level * count for level, count in times.items())
    squares = sum(level * level * count for level, count in times.items())
    spread = Fraction(whole * squares - total * total, whole * max(whole - 1, 1))
    return Deal(whole, Fraction(total, whole), spread, tuple(_unpacked(one, bits) for one in packed))


def _unpacked(packed: int, bits: int) -> tuple[int, ...]:
    mask, found = (1 << bits) - 1, []
    while packed:
        found.append(packed & mask)
        packed >>= bits
    return tuple(found) or (0,)


def _ends(ways: Sequence[int]) -> tuple[int, int]:
    """Return the lowest and the highest sum beyond neither of which more than EXTREME of all ways lie."""
    allowed = EXTREME * sum(ways)
    low, passed = 0, ways[0]
    while passed <= allowed:
        low += 1
        passed += ways[low]
    high, passed = len(ways) - 1, ways[-1]
    while passed <= allowed:
        high -= 1
        passed += ways[high]
    return low, high


def adjusted(chances: Sequence[Fraction], times: Sequence[int] = ()) -> tuple[Fraction, ...]:
    """Return the chances as Benjamini and Hochberg adjust them, in the same order: how many leads of these err.

    Args:
        chances: of the tests.
        times: how many tests each of the first chances stands for; the others stand for one.
    """
    counts = [*times, *[1] * (len(chances) - len(times))]
    order = sorted(range(len(chances)), key=lambda at: chances[at], reverse=True)
    found, least = [Fraction(1)] * len(chances), Fraction(1)
    rank = whole = sum(counts)
    for at in order:
        least = min(least, chances[at] * whole / rank)
        found[at] = least
        rank -= counts[at]
    return tuple(found)


def chi_square(observed: Sequence[int], shares: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    """Return how far counts are from the shares expected, as chi-square, and the chance of at least as much.

    An odd number of classes, so that the tail is a finite sum: e^(-x/2) × Σ (x/2)^k ÷ k!.
    """
    whole = sum(observed)
    apart = sum(
        (
            (count - whole * share) ** 2 / (whole * share)
            for count, share in zip(observed, shares, strict=True)
        ),
        Fraction(0),
    )
    half = apart / 2
    terms = sum((half**k / math.factorial(k) for k in range((len(observed) - 1) // 2)), Fraction(0))
    fallen = _PRECISE.exp(-_PRECISE.divide(Decimal(half.numerator), Decimal(half.denominator)))
    return apart, min(Fraction(1), Fraction(fallen) * terms)


def binomial_tail(hits: int, of: int, share: Fraction) -> Fraction:
    """Return the chance of at least `hits` among `of` independent ones, each with the chance `share`.

    Exact up to ADDED of them; beyond, that of the normal curve, half a hit further out.
    """
    if of > ADDED and 0 < share < 1:
        spread = math.sqrt(of * share * (1 - share))
        return 1 - Fraction(
            NormalDist(of * share.numerator / share.denominator, spread).cdf((2 * hits - 1) / 2)
        )
    n, d = share.as_integer_ratio()
    return Fraction(sum(math.comb(of, k) * n**k * (d - n) ** (of - k) for k in range(hits, of + 1)), d**of)


def bounds(hits: int, of: int) -> tuple[Fraction, Fraction]:
    """Return the exact 95 % interval of a share by Clopper and Pearson, widened to whole thousandths; `of` above 0."""
    low = _edge(hits, of) - 1 if hits else 0
    high = _THOUSAND - _edge(of - hits, of) + 1 if hits < of else _THOUSAND
    return Fraction(max(low, 0), _THOUSAND), Fraction(min(high, _THOUSAND), _THOUSAND)


def _edge(hits: int, of: int) -> int:
    """Return the least share, in thousandths, under which `hits` or more are no longer extreme."""
    low, high = 0, _THOUSAND
    while low < high:
        middle = (low + high) // 2
        if binomial_tail(hits, of, Fraction(middle, _THOUSAND)) > EXTREME:
            high = middle
        else:
            low = middle + 1
    return low
