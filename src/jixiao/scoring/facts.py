"""What a method looks at, and the answers that it may give: a score with its steps, or why none."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal
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
NO_RATE = Decimal(0)
_RATE = 10**4
_WIDE = Context(prec=200)


@dataclass(frozen=True, slots=True)
class Amounts:
    """Two columns of the fund block, as a rule 全年执行数 over 全年预算数, and where they come from."""

    spent: Figure
    base: Figure
    spent_word: str = "全年执行数"
    base_word: str = "全年预算数"
    told: tuple[Step, ...] = ()


class Mark(NamedTuple):
    """What a row is worth: `points` as printed, `full` the same exactly, `top` rounded as scores are."""

    points: Decimal
    full: Fraction
    top: Decimal


def mark_of(points: Decimal, places: int) -> Mark:
    """Make the Mark of 0 <= `points`; 13.336 points are never rounded up to 13.34."""
    return Mark(points, Fraction(*points.as_integer_ratio()), min(half_up(points, places), points))


class Facts(NamedTuple):
    """One row to be scored: its Mark, the places scores are rounded to, target and actual as read.

    `amounts` is set for the execution row instead of target and actual. `names` are the row's level names
    joined, `year` the evaluation's; `printed`, `level3` and `where` go into the Score as they are. `told`
    are the steps that come before the method's own.
    """

    points: Decimal
    full: Fraction
    top: Decimal
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


def rounded(value: Fraction | Decimal, facts: Facts) -> Decimal:
    """Return `value` rounded half up, inside 0 and the row's points (13.336 points never become 13.34)."""
    up = half_up(value, facts.places)
    if up > facts.top:
        return facts.top
    return half_up(0, facts.places) if up.is_signed() else up


def earned(facts: Facts, part: Part, share: Fraction) -> Fraction:
    """Return the points, not rounded, of a share held inside 0 and 1; none below the pass threshold."""
    over, under = share.numerator, share.denominator
    if over <= 0 or fails(part, share):
        return NOTHING
    if over >= under:
        return facts.full
    return Fraction(facts.full.numerator * over, facts.full.denominator * under)


def allowed(facts: Facts, part: Part, share: Fraction) -> Iterable[Decimal]:
    """Yield the scores of a share: multiplied as it is, and rounded to 0.01% before it is multiplied."""
    yield rounded(earned(facts, part, share), facts)
    yield from rate_first(facts, part, share)


def rate_first(facts: Facts, part: Part, share: Fraction) -> Iterable[Decimal]:
    """Yield the score of a share rounded to 0.01% before it is multiplied, where that is another share."""
    if _RATE % share.denominator:
        rate = half_up(share, 4)
        yield rounded(_WIDE.multiply(facts.points, NO_RATE if fails(part, rate) else rate), facts)


def fails(part: Part, share: Fraction | Decimal) -> bool:
    """Tell whether a share is below the part's pass threshold."""
    return part.pass_threshold is not None and share < type(share)(part.pass_threshold)


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
    return award(facts, part, facts.top, explain.met(words, facts.full, facts.top))


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
    return half_up(0, facts.places), facts.top
