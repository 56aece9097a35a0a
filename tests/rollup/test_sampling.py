"""Draws: the same seed draws the same filings, each with exactly the probability that is printed."""

import math
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.errors import UnknownNameError
from jixiao.rollup.sampling import Candidate, draw, number, probabilities, systematic

RISKS = st.lists(st.integers(1, 60).map(lambda n: Decimal(n) / 10), min_size=1, max_size=12)


def county(*strata: int) -> list[Candidate]:
    return [
        Candidate(f"2024｜{name}局｜项目{n}", f"{name}局", Decimal(n % 5 + 1))
        for name, count in zip("甲乙丙丁", strata, strict=False)
        for n in range(count)
    ]


def drawn(seed: str, candidates: list[Candidate], size: int, least: int = 1) -> list[str]:
    return [lot.candidate.id for lot in draw(candidates, seed, size, least).lots if lot.drawn]


@given(RISKS, st.data())
def test_probabilities_are_in_proportion_and_add_up_to_the_places(
    risks: list[Decimal], data: st.DataObject
) -> None:
    size = data.draw(st.integers(0, len(risks)))
    found = probabilities(risks, size)
    assert sum(found) == size
    assert all(0 <= share <= 1 for share in found)
    below = {Fraction(risk) / share for risk, share in zip(risks, found, strict=True) if 0 < share < 1}
    assert len(below) <= 1


@settings(deadline=None)
@given(RISKS, st.data())
def test_each_is_hit_by_exactly_its_share_of_all_starts(risks: list[Decimal], data: st.DataObject) -> None:
    size = data.draw(st.integers(0, len(risks)))
    shares = probabilities(risks, size)
    parts = math.lcm(*(share.denominator for share in shares))
    starts = [Fraction(2 * k + 1, 2 * parts) for k in range(parts)]
    hits = [systematic(shares, start) for start in starts[:: max(1, parts // 4000)]]
    assert all(sum(one) == size for one in hits)
    if parts <= 4000:
        assert [Fraction(sum(column), parts) for column in zip(*hits, strict=True)] == shares


def test_the_riskier_is_the_likelier_and_what_must_be_drawn_is() -> None:
    assert probabilities([Decimal(1), Decimal(1), Decimal(8)], 2) == [
        Fraction(1, 2),
        Fraction(1, 2),
        Fraction(1),
    ]
    assert probabilities([Decimal(1), Decimal(3)], 1) == [Fraction(1, 4), Fraction(3, 4)]
    assert probabilities([Decimal(1), Decimal(3)], 2) == [Fraction(1), Fraction(1)]


def test_the_same_seed_draws_the_same_whatever_order_the_filings_come_in() -> None:
    filings = county(12, 9, 20)
    first = drawn("20240517", filings, 10)
    assert drawn("20240517", filings[::-1], 10) == first
    assert len(first) == len(set(first)) == 10
    assert any(drawn(f"种子{n}", filings, 10) != first for n in range(5))


def test_places_go_by_risk_and_each_stratum_has_its_least() -> None:
    made = draw(county(2, 3, 60), "一", 10, 2)
    assert {one.name: one.size for one in made.strata} == {"甲局": 2, "乙局": 2, "丙局": 6}
    found = Counter(lot.candidate.stratum for lot in made.lots if lot.drawn)
    assert found == {"甲局": 2, "乙局": 2, "丙局": 6}


def test_a_stratum_smaller_than_its_least_is_drawn_whole() -> None:
    made = draw(county(1, 30), "一", 8, 3)
    assert {one.name: one.size for one in made.strata} == {"甲局": 1, "乙局": 7}


def test_all_can_be_drawn() -> None:
    made = draw(county(3, 4), "一", 7)
    assert all(lot.drawn and lot.probability == 1 for lot in made.lots)


@pytest.mark.parametrize(
    ("size", "least", "says"),
    [
        (0, 1, "抽不了 0 份"),
        (8, 1, "共有 7 份材料，抽不了 8 份"),
        (3, 2, "每组至少抽 2 份要抽 4 份，多于 3 份"),
    ],
)
def test_what_cannot_be_drawn_is_said(size: int, least: int, says: str) -> None:
    with pytest.raises(UnknownNameError, match=says):
        draw(county(3, 4), "一", size, least)


def test_a_name_that_comes_twice_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="编号相同"):
        draw(county(2) * 2, "一", 2)


def test_the_random_number_is_what_the_page_says() -> None:
    digest = sha256("20240517\n2024｜甲局｜项目1".encode()).hexdigest()
    assert number("20240517", "2024｜甲局｜项目1") == Fraction(int(digest, 16), 2**256)


def test_over_many_seeds_filings_are_drawn_as_often_as_is_printed() -> None:
    filings = county(8, 5)
    times = Counter(name for n in range(600) for name in drawn(f"第{n}次", filings, 5))
    for lot in draw(filings, "第0次", 5).lots:
        expected = float(lot.probability) * 600
        assert abs(times[lot.candidate.id] - expected) <= 5 * math.sqrt(expected)
