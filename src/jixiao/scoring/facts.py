"""What a method looks at, and the answers that it may give: a score with its steps, or why none."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jixiao.model.citation import NO_CITATION
from jixiao.model.figure import Figure, half_up
from jixiao.model.score import Score, Step
from jixiao.model.target import Actual, Target
from jixiao.schemes.scheme import Part

ONE = Fraction(1)
NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Amounts:
    """Two columns of the fund block, as a rule 全年执行数 over 全年预算数, and where they come from."""

    spent: Figure
    base: Figure
    spent_word: str = "全年执行数"
    base_word: str = "全年预算数"
    told: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """One row to be scored: 0 <= `points`, the places scores are rounded to, target and actual as read.

    `amounts` is set for the execution row instead of target and actual. `names` are the row's level names
    joined, `year` the evaluation's; `printed`, `level3` and `where` go into the Score as they are. `told`
    are the steps that come before the method's own.
    """

    points: Decimal
    places: int
    target: Target | None = None
    actual: Actual | None = None
    amounts: Amounts | None = None
    names: str = ""
    year: int | None = None
    printed: Decimal | None = None
    level3: str | None = None
    where: str = ""
    told: tuple[Step, ...] = ()


def rounded(value: Fraction, facts: Facts) -> Decimal:
    """Return `value` rounded half up, inside 0 and the row's points (13.336 points never become 13.34)."""
    if value <= 0:
        return half_up(0, facts.places)
    up = half_up(value, facts.places)
    return min(up, facts.points)


def earned(facts: Facts, part: Part, share: Fraction) -> Fraction:
    """Return the points, not rounded, of a share held inside 0 and 1; none below the pass threshold."""
    if part.pass_threshold is not None and share < Fraction(part.pass_threshold):
        return NOTHING
    return Fraction(facts.points) * min(max(share, NOTHING), ONE)


def award(facts: Facts, part: Part, value: Fraction, *steps: Step) -> Score:
    """Give `value` points, about which the rule leaves no choice; the last step's value is the same."""
    score = rounded(value, facts)
    return Score(
        facts.points,
        score,
        score,
        score,
        facts.printed,
        part.method.value,
        facts.told + steps,
        part.source,
        "",
        facts.level3,
        facts.where,
    )


def award_within(facts: Facts, part: Part, value: Fraction, ends: Iterable[Decimal], *steps: Step) -> Score:
    """Give `value` points by default where every score from the least to the greatest of `ends` is allowed.

    `ends` are rounded already; the default widens them, so low <= score <= high whatever they are.
    """
    score = rounded(value, facts)
    ends = (score, *ends)
    return Score(
        facts.points,
        score,
        min(ends),
        max(ends),
        facts.printed,
        part.method.value,
        facts.told + steps,
        part.source,
        "",
        facts.level3,
        facts.where,
    )


def undecided(facts: Facts, part: Part | None, because: str, *ends: Decimal) -> Score:
    """Give no score, with the reason in Chinese; `ends`, where given, bound what could be right."""
    method, source = (part.method.value, part.source) if part is not None else ("", NO_CITATION)
    low, high = (min(ends), max(ends)) if ends else (None, None)
    return Score(
        facts.points,
        None,
        low,
        high,
        facts.printed,
        method,
        facts.told,
        source,
        because,
        facts.level3,
        facts.where,
    )


def anything(facts: Facts) -> tuple[Decimal, Decimal]:
    """Return the ends of a judgement that nothing narrows: 0 and the row's points, at the scheme's places."""
    return half_up(0, facts.places), rounded(Fraction(facts.points), facts)
