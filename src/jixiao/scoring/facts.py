"""What a method looks at, and the answers that it may give: a score with its steps, or why none."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from jixiao.model.citation import NO_CITATION
from jixiao.model.figure import Figure, half_up
from jixiao.model.score import Score, Step
from jixiao.model.target import Actual, Target
from jixiao.schemes.scheme import Part
from jixiao.scoring import explain

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


class Facts(NamedTuple):
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


def full(facts: Facts) -> Fraction:
    """Return the row's points as a fraction."""
    return Fraction(*facts.points.as_integer_ratio())


def rounded(value: Fraction, facts: Facts) -> Decimal:
    """Return `value` rounded half up, inside 0 and the row's points (13.336 points never become 13.34)."""
    up = half_up(value if value.numerator > 0 else 0, facts.places)
    return min(up, facts.points)


def earned(facts: Facts, part: Part, share: Fraction | Decimal) -> Fraction:
    """Return the points, not rounded, of a share held inside 0 and 1; none below the pass threshold."""
    over, under = share.as_integer_ratio()
    if over <= 0 or (part.pass_threshold is not None and over < Fraction(part.pass_threshold) * under):
        return NOTHING
    a, b = facts.points.as_integer_ratio()
    return Fraction(a, b) if over >= under else Fraction(a * over, b * under)


def award(facts: Facts, part: Part, score: Decimal, *steps: Step) -> Score:
    """Give `score`, about which the rule leaves no choice; rounding the last step's value gives it."""
    told = facts.told + steps
    return Score(facts.points, score, score, score, facts.printed, part.method.value, told, part.source, "",
                 facts.level3, facts.where)  # fmt: skip


def award_within(facts: Facts, part: Part, score: Decimal, ends: Iterable[Decimal], *steps: Step) -> Score:
    """Give `score` by default where every score from the least to the greatest of `ends` is allowed.

    The default widens the ends, so low <= score <= high whatever they are.
    """
    ends, told = (score, *ends), facts.told + steps
    return Score(facts.points, score, min(ends), max(ends), facts.printed, part.method.value, told, part.source, "",
                 facts.level3, facts.where)  # fmt: skip


def award_all(facts: Facts, part: Part, words: str) -> Score:
    """Give all the points; `words` say why."""
    points = full(facts)
    score = rounded(points, facts)
    return award(facts, part, score, explain.met(words, points, score))


def award_nothing(facts: Facts, part: Part, words: str) -> Score:
    """Give none of the points; `words` say why."""
    return award(facts, part, half_up(0, facts.places), explain.nothing(words))


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
    return half_up(0, facts.places), rounded(full(facts), facts)
