"""What filings say alike, found without keeping the filings: only the clauses of each, and whose they are."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from jixiao.audit.collection.likeness import Alike, Features, alike, boilerplate, shingles
from jixiao.audit.collection.scores import filed
from jixiao.audit.collection.texts import EVERYBODY, LEAST_OWNERS, SHORT, said_in
from jixiao.audit.rule import Case, Collection
from jixiao.model.reading import Filing
from jixiao.schemes.scheme import Scheme

LEAST = Fraction(4, 5)


def own_clauses(filing: Filing, scheme: Scheme) -> tuple[str, ...]:
    """Return the clauses of a filing's running text, its own names and all numbers made alike; none without a table."""
    entries = filed(Collection((Case(filing, None, scheme),)))
    return said_in(entries[0]) if entries else ()


def copied(said: Sequence[Sequence[str]], owners: Sequence[str], least: Fraction = LEAST) -> Iterator[Alike]:
    """Yield the pairs of texts, as CL02 finds them, that share at least `least` of their shingles.

    Args:
        said: the clauses of each text, as `own_clauses` gives them.
        owners: who wrote each: clauses of a quarter of all owners (ten at least) are the form's and don't count.
        least: the share, 0..1.
    """
    form = frozenset(boilerplate(said, owners, EVERYBODY, LEAST_OWNERS))

    def own(at: int) -> Features:
        return shingles(said[at], form)

    for pair in alike(len(said), own, least):
        if len(own(pair.second)) >= SHORT:
            yield pair
