"""Figures: exact values, what printing leaves open, units, and the one rounding."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.model.figure import PERCENT, WAN, YUAN, Figure, figure_of, half_up, sum_of, tidy, unit_named


def test_an_amount_in_wan_with_two_decimals_leaves_fifty_yuan_open() -> None:
    figure = figure_of("9.92", WAN)
    assert (figure.exact, figure.low, figure.high) == (99_200, 99_150, 99_250)


def test_what_is_counted_is_exact() -> None:
    figure = figure_of("17", unit_named("人"))
    assert figure.low == figure.high == 17


@pytest.mark.parametrize("unit", [None, WAN, PERCENT, unit_named("公里"), unit_named("万人次")])
def test_what_is_measured_or_has_no_unit_leaves_half_a_place_open(unit: object) -> None:
    assert figure_of("17", unit).half == Decimal("0.5")  # type: ignore[arg-type]


def test_amounts_printed_in_different_units_agree_within_what_rounding_leaves_open() -> None:
    assert figure_of("9.92", WAN).agrees_with(figure_of("99187", YUAN))
    assert not figure_of("9.92", WAN).agrees_with(figure_of("99251", YUAN))


def test_figures_of_unlike_kinds_never_agree() -> None:
    assert not figure_of("3", YUAN).agrees_with(figure_of("3", unit_named("人")))
    assert figure_of("3", YUAN).agrees_with(figure_of("3"))


def test_two_figures_of_one_print_are_equal_and_print_as_printed() -> None:
    assert figure_of("20.00", WAN) == Figure(Decimal(20), Decimal("0.005"), WAN)
    assert str(figure_of("20.00", WAN)) == "20.00万元"


@pytest.mark.parametrize(
    ("name", "kind", "scale"),
    [
        ("万元", "money", 10_000),
        ("千元", "money", 1000),
        ("百万元", "money", 10**6),
        ("%", "ratio", Fraction(1, 100)),
        ("%(百分比)", "ratio", Fraction(1, 100)),
        ("人", "人", 1),
        ("名", "人", 1),
        ("人次", "人次", 1),
        ("万人次", "人次", 10_000),
        ("个村", "个", 1),
        ("公里", "length", 1000),
        ("千米", "length", 1000),
        ("万亩", "area", Fraction(20_000_000, 3)),
        ("元/人/月", "money/人/月", 1),
        ("元/人·月", "money/人/月", 1),
        ("元/人、月", "money/人/月", 1),
        ("元/月/人", "money/人/月", 1),
        ("万元/年", "money/年", 10_000),
        ("榀", "榀", 1),
        ("个月", "months", 1),
    ],
)
def test_a_unit_has_a_kind_and_a_scale(name: str, kind: str, scale: Fraction) -> None:
    unit = unit_named(name)
    assert (unit.kind, unit.scale) == (kind, scale)


@given(st.text(max_size=8))
def test_any_word_can_be_a_unit(name: str) -> None:
    assert unit_named(name).scale > 0


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        ("8.845", 2, "8.85"),
        ("8.8449", 2, "8.84"),
        ("-8.845", 2, "-8.85"),
        ("0.285", 2, "0.29"),
        ("2.5", 0, "3"),
        ("10", 2, "10.00"),
    ],
)
def test_half_is_rounded_away_from_zero(value: str, places: int, rounded: str) -> None:
    assert str(half_up(Decimal(value), places)) == rounded


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 4))
def test_rounding_moves_by_half_a_place_at_most(value: Fraction, places: int) -> None:
    assert abs(Fraction(half_up(value, places)) - value) <= Fraction(1, 2 * 10**places)


def test_a_sum_adds_what_is_left_open() -> None:
    total = sum_of([figure_of("1.25", WAN), figure_of("300", YUAN)])
    assert (total.value, total.half, total.unit) == (Decimal("1.28"), Decimal("0.00505"), WAN)


def test_the_sum_of_nothing_is_zero() -> None:
    assert sum_of([]) == Figure(Decimal(0))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("９５ ％", "95%"),
        ("≥ 95﹪", "≥95%"),
        ("７，７１０．００", "7,710.00"),
        ("100㎡", "100㎡"),
        ("①项", "①项"),
        ("\u200b3\ufeff", "3"),
    ],
)
def test_tidy_makes_text_half_width_and_adds_no_digits(text: str, plain: str) -> None:
    assert tidy(text) == plain
