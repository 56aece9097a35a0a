"""一致性: how far reviewers agree, and whether one of them grows stricter or milder; all in exact arithmetic.

Cohen's kappa compares two people's verdicts on the same things with what chance would give them: 1 is full agreement, 0
what chance gives. It says nothing where both gave one and the same verdict throughout, and is None there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

_HALVES = 2


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reviewer said of a thing under a rule: `item` and `rule` name them, `verdict` is any word."""

    item: str
    rule: str
    reviewer: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Agreed:
    """Two reviewers under one rule: how many things both judged, how many alike; kappa None where it isn't defined."""

    rule: str
    first: str
    second: str
    judged: int
    alike: int
    kappa: Fraction | None

    @property
    def share(self) -> Fraction:
        """The share that both judged alike, of 1."""
        return Fraction(self.alike, self.judged)


@dataclass(frozen=True, slots=True)
class Mark:
    """A score that a reviewer gave a row (`item`); `own` is the self-evaluation's score, `points` lie above 0."""

    item: str
    reviewer: str
    points: Decimal
    own: Decimal
    score: Decimal

    @property
    def lean(self) -> Fraction:
        """How far the score is above the unit's own, as a share of the points; below 0 where it was lowered."""
        return Fraction(self.score - self.own) / Fraction(self.points)


@dataclass(frozen=True, slots=True)
class Drift:
    """How strict a reviewer is, and whether that changed: all shares of a row's points, below 0 is stricter.

    `lean` is the mean over `marks` rows of how far the scores are above the unit's own; `beside` the mean over
    `shared` rows of how far they are above the other reviewers' mean, None without such a row; `early` and `late` are
    the lean of the first and the second half of the rows in the order in which they came, the middle one of an odd
    number in neither; None of a single row.
    """

    reviewer: str
    marks: int
    lean: Fraction
    shared: int
    beside: Fraction | None
    early: Fraction | None
    late: Fraction | None

    @property
    def drift(self) -> Fraction | None:
        """How much milder the second half is than the first; None where there are no two halves."""
        return None if self.early is None or self.late is None else self.late - self.early


def kappa(pairs: Sequence[tuple[str, str]]) -> Fraction | None:
    """Return Cohen's kappa of paired verdicts; None where chance alone would make them all agree, or without any."""
    if not pairs:
        return None
    count = len(pairs)
    observed = Fraction(sum(a == b for a, b in pairs), count)
    firsts, seconds = [a for a, _ in pairs], [b for _, b in pairs]
    chance = sum(
        (Fraction(firsts.count(word) * seconds.count(word), count**2) for word in set(firsts)), Fraction(0)
    )
    return None if chance == 1 else (observed - chance) / (1 - chance)


def verdict(own: Decimal | None, score: Decimal | None) -> str:
    """Return what a reviewer did with a row's own score: left it "=", lowered it "-", raised it "+"; "" if unknown."""
    if own is None or score is None:
        return ""
    return "=" if score == own else "-" if score < own else "+"


def agreement_by_rule(judgements: Iterable[Judgement]) -> tuple[Agreed, ...]:
    """Compare each two reviewers under each rule; rules and reviewers in the order in which they first come.

    A thing that one reviewer judged twice under a rule counts with the last verdict. Two who have judged nothing in
    common under a rule are left out.
    """
    told: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for one in judgements:
        told[one.rule][one.reviewer][one.item] = one.verdict
    return tuple(agreed for rule, of in told.items() for agreed in _agreed(rule, of))


def _agreed(rule: str, told: Mapping[str, Mapping[str, str]]) -> Iterator[Agreed]:
    for first, second in combinations(told, 2):
        pairs = [(told[first][item], told[second][item]) for item in told[first] if item in told[second]]
        if pairs:
            yield Agreed(rule, first, second, len(pairs), sum(a == b for a, b in pairs), kappa(pairs))


def drifts(marks: Iterable[Mark]) -> tuple[Drift, ...]:
    """Say of each reviewer how strict and how steady; marks in the order in which they were given."""
    given: dict[str, list[Mark]] = defaultdict(list)
    scores: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for mark in marks:
        given[mark.reviewer].append(mark)
        scores[mark.item][mark.reviewer] = mark.score
    return tuple(_drift(reviewer, own, scores) for reviewer, own in given.items())


def _drift(reviewer: str, marks: Sequence[Mark], scores: Mapping[str, Mapping[str, Decimal]]) -> Drift:
    beside = [apart for mark in marks if (apart := _apart(mark, scores[mark.item])) is not None]
    half = len(marks) // _HALVES
    early, late = (marks[:half], marks[-half:]) if half else ((), ())
    return Drift(
        reviewer, len(marks), _mean([mark.lean for mark in marks]), len(beside),
        _mean(beside) if beside else None,
        _mean([mark.lean for mark in early]) if half else None,
        _mean([mark.lean for mark in late]) if half else None,
    )  # fmt: skip


def _apart(mark: Mark, scores: Mapping[str, Decimal]) -> Fraction | None:
    """Return how far a score is above the others' mean for the row, as a share of its points; None without others."""
    others = [Fraction(score) for reviewer, score in scores.items() if reviewer != mark.reviewer]
    return (Fraction(mark.score) - _mean(others)) / Fraction(mark.points) if others else None


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
