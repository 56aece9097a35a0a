"""抽样: a draw in strata, the riskier the likelier, that anybody can repeat from the published list and seed.

Each stratum gets a number of places by its risk. Within it filings are put in the order of their SHA-256 with the seed,
laid end to end, each as long as its probability, and every whole number behind a random start hits one: systematic
sampling with probabilities proportional to size. The probability of each filing is therefore exact, and every stratum
gets exactly its places. docs/sampling.md tells how it is done with ten lines.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

from jixiao.errors import UnknownNameError

METHOD = "jixiao-sample-1"
_WHOLE = 2**256


@dataclass(frozen=True, slots=True)
class Candidate:
    """A filing that may be drawn: a name that no other has, the stratum that it lies in, its risk above 0."""

    id: str
    stratum: str
    risk: Decimal


@dataclass(frozen=True, slots=True)
class Stratum:
    """A stratum: how many filings it has, their risk, and how many of them are drawn."""

    name: str
    filings: int
    risk: Decimal
    size: int


@dataclass(frozen=True, slots=True)
class Lot:
    """A filing in the draw: how probable it was that it is drawn, and whether it was."""

    candidate: Candidate
    probability: Fraction
    drawn: bool


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw, whole: what it was made with, the strata by name, the filings in the order of strata and lots."""

    seed: str
    size: int
    least: int
    strata: tuple[Stratum, ...]
    lots: tuple[Lot, ...]


def draw(candidates: Sequence[Candidate], seed: str, size: int, least: int = 1) -> Draw:
    """Draw filings.

    Args:
        candidates: in any order; the draw doesn't depend on it.
        seed: any text; the same one gives the same draw.
        size: how many are drawn.
        least: how many are drawn of each stratum at least; all of one that has fewer.

    Raises:
        UnknownNameError: there are fewer filings than `size`, or `size` has no room for `least` of each stratum.
    """
    if not 0 < size <= len(candidates):
        raise UnknownNameError(f"共有 {len(candidates)} 份材料，抽不了 {size} 份；请改 --size。")
    if len({one.id for one in candidates}) < len(candidates):
        raise UnknownNameError("有两份材料的编号相同，抽样要求编号各不相同。")
    held: dict[str, list[Candidate]] = {}
    for one in sorted(candidates, key=lambda one: (one.stratum, number(seed, one.id), one.id)):
        held.setdefault(one.stratum, []).append(one)
    sizes = _sizes(held, size, least)
    lots = [lot for name, rows in held.items() for lot in _lots(rows, sizes[name], number(seed, name))]
    strata = tuple(Stratum(name, len(rows), _risk(rows), sizes[name]) for name, rows in held.items())
    return Draw(seed, size, least, strata, tuple(lots))


def number(seed: str, word: str) -> Fraction:
    """Return the random number of a word under a seed: SHA-256 of both in UTF-8, a line each, as a share of 2^256."""
    return Fraction(int(sha256(f"{seed}\n{word}".encode()).hexdigest(), 16), _WHOLE)


def _risk(rows: Sequence[Candidate]) -> Decimal:
    return sum((one.risk for one in rows), Decimal(0))


def _sizes(held: Mapping[str, Sequence[Candidate]], size: int, least: int) -> dict[str, int]:
    """Give each stratum its least, then the next place to the stratum with the greatest risk ÷ (2 × places + 1)."""
    sizes = {name: min(least, len(rows)) for name, rows in held.items()}
    if sum(sizes.values()) > size:
        raise UnknownNameError(
            f"共分 {len(held)} 组，每组至少抽 {least} 份要抽 {sum(sizes.values())} 份，多于 {size} 份；"
            "请加大 --size，或用 --least 0。"
        )
    risks = {name: Fraction(_risk(rows)) for name, rows in held.items()}
    for _ in range(size - sum(sizes.values())):
        room = [name for name, rows in held.items() if sizes[name] < len(rows)]
        best = max(room, key=lambda name: (risks[name] / (2 * sizes[name] + 1), name))
        sizes[best] += 1
    return sizes


def _lots(rows: Sequence[Candidate], size: int, start: Fraction) -> list[Lot]:
    shares = probabilities([one.risk for one in rows], size)
    hits = systematic(shares, start)
    return [Lot(*lot) for lot in zip(rows, shares, hits, strict=True)]


def probabilities(risks: Sequence[Decimal], size: int) -> list[Fraction]:
    """Return the probability of each: in proportion to its risk and 1 at most; together they are `size`."""
    certain: set[int] = set()
    while True:
        left, rest = size - len(certain), [at for at in range(len(risks)) if at not in certain]
        whole = sum((Fraction(risks[at]) for at in rest), Fraction(0))
        more = {at for at in rest if left * Fraction(risks[at]) >= whole}
        if not more or not left:
            break
        certain |= more
    return [Fraction(1) if at in certain else left * Fraction(risk) / whole for at, risk in enumerate(risks)]


def systematic(shares: Sequence[Fraction], start: Fraction) -> list[bool]:
    """Lay the shares end to end from 0; one is hit where a point `start`, `start` + 1, … falls into it."""
    hits, edge = [], -start
    for share in shares:
        hits.append(math.ceil(edge + share) > math.ceil(edge))
        edge += share
    return hits
