"""How alike texts are: near-duplicates among thousands, found in time that grows with their number.

A text is cut into shingles (every run of a few characters). One shingle in sixteen, chosen by its checksum, stands in
an index; texts that share many of those are compared over all their shingles, and only that exact share (Jaccard: the
shingles of both ÷ those of either) is ever told. Texts go through in order, so the result is the same in every run.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from zlib import crc32

from jixiao.expressions import expression
from jixiao.model.figure import tidy

WIDTH = 5
_SAMPLED = 16
_FEW = 400
_KEPT = 32
_COMPARED = 3
_SLACK = Fraction(3, 5)
_DIGIT = expression(r"\d")
_STOP = expression(r"[。;!?；！？\n]")
_MARKS = expression(r"[,、:，：“”\"'《》()（）\[\]【】—·*#-]")

Features = AbstractSet[str]


@dataclass(frozen=True, slots=True)
class Alike:
    """Two texts by their positions, `first` < `second`, and the share of their shingles that both have."""

    first: int
    second: int
    share: Fraction


def clauses(text: str, names: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the sentences of a text without marks, each number as zeros, and each of `names` as one letter.

    Two papers that differ in nothing but their names and numbers have the same clauses.
    """
    plain = _DIGIT.sub("0", tidy(text.replace("\n", "。")))
    for name in sorted({_DIGIT.sub("0", tidy(name)) for name in names if name}, key=len, reverse=True):
        plain = plain.replace(name, "X")
    return tuple(filter(None, _STOP.split(_MARKS.sub("", plain))))


def boilerplate(
    texts: Sequence[Sequence[str]], owners: Sequence[str], share: Fraction, least: int
) -> set[str]:
    """Return the clauses that stand in the papers of many owners: the words of the form, and nobody's own.

    Args:
        texts: the clauses of each text.
        owners: who wrote each; the papers of one owner count once.
        share: the least part of all owners that makes a clause everybody's.
        least: the least number of owners that does.
    """
    said: dict[str, set[str]] = defaultdict(set)
    for found, owner in zip(texts, owners, strict=True):
        for clause in set(found):
            said[clause].add(owner)
    wanted = max(Fraction(least), share * len(set(owners)))
    return {clause for clause, by in said.items() if len(by) >= wanted}


def shingles(found: Sequence[str], without: AbstractSet[str] = frozenset()) -> frozenset[str]:
    """Return the shingles of all clauses but those of `without`."""
    return frozenset(
        clause[at : at + WIDTH]
        for clause in found
        if clause not in without
        for at in range(max(1, len(clause) - WIDTH + 1))
    )


def likeness(one: Features, other: Features) -> Fraction:
    """Return the exact share of features that both have; 0 where neither has any."""
    both = len(one & other)
    either = len(one) + len(other) - both
    return Fraction(both, either) if either else Fraction(0)


def alike(count: int, features: Callable[[int], Features], least: Fraction) -> Iterator[Alike]:
    """Yield the pairs whose likeness is at least `least`, verified one by one, in the order of the later one.

    Features are asked for anew whenever they are compared, so that memory holds the index and no text. An index
    entry keeps the latest few texts that have the feature, and each text is compared with the nearest few before it:
    a hundred copies of one paper cost no more than a few hundred comparisons.
    """
    index: dict[int, list[int]] = defaultdict(list)
    marked: list[int] = []
    for at in range(count):
        own = features(at)
        marks = _marks(own)
        marked.append(len(marks))
        shared = Counter(other for mark in marks for other in index[mark])
        for mark in marks:
            entry = index[mark]
            entry.append(at)
            if len(entry) > _KEPT:
                del entry[0]
        for other in _nearest(shared, marked, least * _SLACK):
            share = likeness(features(other), own)
            if share >= least:
                yield Alike(other, at, share)


def _nearest(shared: Counter[int], marked: Sequence[int], enough: Fraction) -> list[int]:
    """Return the few texts that share most of the last one's marks, or of their own, the nearest first."""
    top, bottom, own = enough.numerator, enough.denominator, marked[-1]
    near = [o for o, both in shared.items() if both * bottom >= top * min(own, marked[o])]
    return sorted(near, key=lambda other: (-shared[other], other))[:_COMPARED]


def _marks(features: Features) -> tuple[int, ...]:
    """Return the checksums that stand for the features: all of a small set, one in sixteen of a large one."""
    sums = {crc32(feature.encode()) for feature in features}
    return tuple(sums) if len(sums) <= _FEW else tuple(one for one in sums if one % _SAMPLED == 0)
