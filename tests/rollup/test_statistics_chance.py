"""Chances are counted: dealt filings, exact intervals, tails, and the adjustment for many tests."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.rollup.statistics.chance import COUNTED, adjusted, binomial_tail, bounds, chi_square, deal

LEVELS = (0, 1, 1, 3, 4, 4, 7, 9)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8])
def test_the_chance_of_a_group_is_counted_over_all_groups(size: int) -> None:
    sums = [sum(group) for group in combinations(LEVELS, size)]
    dealt = deal(LEVELS, len(LEVELS))
    for total in range(max(sums) + 2):
        assert dealt.tail(size, total) == Fraction(sum(one >= total for one in sums), len(sums))


def test_the_range_leaves_at_most_a_fortieth_on_each_side() -> None:
    sums = sorted(sum(group) for group in combinations(range(12), 4))
    low, high = (end * 4 for end in deal(range(12), 4).within(4))
    assert 40 * sum(one < low for one in sums) <= len(sums) < 40 * sum(one <= low for one in sums)
    assert 40 * sum(one > high for one in sums) <= len(sums) < 40 * sum(one >= high for one in sums)


def test_a_group_too_large_to_count_is_looked_up_close_to_what_counting_gives() -> None:
    levels = [n * 7 % 21 for n in range(400)]
    counted, looked_up = deal(levels, COUNTED), deal(levels, 1)
    for total in (380, 420, 450, 480):
        assert abs(counted.tail(COUNTED, total) - looked_up.tail(COUNTED, total)) < Fraction(1, 200)
    assert deal(levels, COUNTED).tail(300, 0) > Fraction(99, 100)


def test_filings_that_are_all_alike_are_no_surprise() -> None:
    assert deal([5] * 60, 60).tail(50, 250) == 1
    assert deal([5] * 60, 3).tail(3, 15) == 1


def test_many_tests_are_adjusted_as_benjamini_and_hochberg_do() -> None:
    chances = [Fraction(n, 1000) for n in (1, 8, 39, 41, 42, 60, 74, 205, 212, 216)]
    found = adjusted(chances)
    assert [one <= Fraction(1, 20) for one in found] == [True, True] + [False] * 8
    assert found[0] == Fraction(1, 100)
    assert found[2] == found[4] == Fraction(84, 1000)
    assert adjusted(chances[::-1]) == found[::-1]
    assert adjusted([]) == ()


@given(st.lists(st.tuples(st.fractions(0, 1, max_denominator=50), st.integers(1, 4)), max_size=8))
def test_tests_told_by_their_number_are_adjusted_like_so_many_tests(told: list[tuple[Fraction, int]]) -> None:
    chances, times = [chance for chance, _ in told], [count for _, count in told]
    each = adjusted([chance for chance, count in told for _ in range(count)])
    assert [
        one for one, count in zip(adjusted(chances, times), times, strict=True) for _ in range(count)
    ] == list(each)


def test_the_interval_of_a_share_is_clopper_and_pearsons() -> None:
    assert bounds(0, 10) == (0, Fraction(309, 1000))  # 0.3085 by the formula 1 - 0.025^(1/10)
    assert bounds(10, 10) == (Fraction(691, 1000), 1)
    assert bounds(5, 10) == (Fraction(187, 1000), Fraction(813, 1000))  # 0.1871 to 0.8129


def test_the_tail_of_chi_square_is_that_of_the_tables() -> None:
    shares = [Fraction(1, 9)] * 9
    apart, chance = chi_square([10] * 9, shares)
    assert (apart, chance) == (0, 1)
    critical = {  # of 8 degrees of freedom: 15.507 for 5 %, 20.090 for 1 %
        (18, 3, 14, 5, 10, 10, 10, 10, 10): (Fraction(154, 10), Fraction(5, 100), False),
        (20, 4, 6, 12, 8, 10, 10, 10, 10): (Fraction(16), Fraction(5, 100), True),
        (20, 0, 10, 10, 10, 10, 10, 10, 10): (Fraction(20), Fraction(1, 100), False),
        (20, 0, 11, 9, 10, 10, 10, 10, 10): (Fraction(202, 10), Fraction(1, 100), True),
    }
    for counts, (wanted, level, beyond) in critical.items():
        apart, chance = chi_square(counts, shares)
        assert (apart, chance < level) == (wanted, beyond)


def test_the_tail_of_a_binomial_is_a_sum_of_whole_numbers() -> None:
    assert binomial_tail(2, 3, Fraction(1, 3)) == Fraction(7, 27)
    assert binomial_tail(0, 3, Fraction(1, 3)) == 1
