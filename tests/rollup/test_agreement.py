"""How far reviewers agree: kappas and drifts that can be redone by hand, in exact fractions."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.rollup.agreement import Judgement, Mark, agreement_by_rule, drifts, kappa, verdict


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        # the textbook's 50 grants: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: (0.7 - 0.5) / (1 - 0.5)
        ([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15, Fraction(2, 5)),
        ([("=", "="), ("-", "-")], Fraction(1)),
        ([("=", "-"), ("-", "=")], Fraction(-1)),
        ([("=", "="), ("=", "=")], None),
        ([], None),
    ],
)
def test_kappa_is_cohens(pairs: list[tuple[str, str]], expected: Fraction | None) -> None:
    assert kappa(pairs) == expected


@given(st.lists(st.tuples(st.sampled_from("=-+"), st.sampled_from("=-+")), min_size=1))
def test_kappa_is_at_most_one_and_the_same_both_ways_round(pairs: list[tuple[str, str]]) -> None:
    found = kappa(pairs)
    assert found == kappa([(b, a) for a, b in pairs])
    assert found is None or found <= 1
    if found == 1:
        assert all(a == b for a, b in pairs)


@pytest.mark.parametrize(
    ("own", "score", "said"), [("10", "10.0", "="), ("10", "8", "-"), ("8", "10", "+"), (None, "10", "")]
)
def test_a_verdict_is_what_was_done_with_the_units_own_score(own: str | None, score: str, said: str) -> None:
    assert verdict(Decimal(own) if own else None, Decimal(score)) == said


def test_rules_are_compared_one_by_one_over_what_both_judged() -> None:
    told = [
        Judgement("a", "SC04", "甲", "确认"), Judgement("b", "SC04", "甲", "误报"), Judgement("c", "SC04", "甲", "确认"),
        Judgement("a", "SC04", "乙", "确认"), Judgement("b", "SC04", "乙", "确认"),
        Judgement("a", "FD01", "甲", "确认"),
    ]  # fmt: skip
    (one,) = agreement_by_rule(told)
    assert (one.rule, one.first, one.second, one.judged, one.alike) == ("SC04", "甲", "乙", 2, 1)
    assert one.share == Fraction(1, 2)
    assert one.kappa == 0


def test_three_reviewers_are_compared_two_by_two() -> None:
    told = [Judgement(item, "1", by, "=") for by in "甲乙丙" for item in "ab"]
    assert [(one.first, one.second) for one in agreement_by_rule(told)] == [
        ("甲", "乙"),
        ("甲", "丙"),
        ("乙", "丙"),
    ]


def mark(item: str, by: str, score: str, own: str = "10", points: str = "10") -> Mark:
    return Mark(item, by, Decimal(points), Decimal(own), Decimal(score))


def test_a_reviewer_who_grows_stricter_drifts_below_zero() -> None:
    (one,) = drifts(
        [mark("a", "甲", "10"), mark("b", "甲", "10"), mark("c", "甲", "7"), mark("d", "甲", "5")]
    )
    assert (one.lean, one.early, one.late, one.drift) == (
        Fraction(-1, 5), Fraction(0), Fraction(-2, 5), Fraction(-2, 5),
    )  # fmt: skip
    assert (one.shared, one.beside) == (0, None)


def test_a_reviewer_is_set_beside_the_mean_of_the_others_on_the_same_rows() -> None:
    first, second, third = drifts(
        [mark("a", "甲", "10"), mark("b", "甲", "10"), mark("a", "乙", "7"), mark("a", "丙", "8")]
    )
    assert (first.shared, first.beside) == (1, Fraction(1, 4))
    assert second.beside == Fraction(-1, 5)
    assert (third.marks, third.drift) == (1, None)


def test_points_weigh_a_score_lost() -> None:
    (one,) = drifts([mark("a", "甲", "30", own="40", points="40"), mark("b", "甲", "9")])
    assert one.lean == Fraction(-7, 40)
