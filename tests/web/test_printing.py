"""What templates print: numbers exactly, days in Chinese, marks with letters."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import timezone

from jixiao.model.figure import figure_of, unit_named
from jixiao.web.templatetags import jixiao as printed
from jixiao.web.workflow import STATES


@pytest.mark.parametrize(
    "value, places, shown",
    [
        ("9.90", None, "9.90"),
        ("87.97%", None, "87.97%"),
        (Decimal("1E+2"), None, "100"),
        (Decimal("8.845"), 2, "8.85"),
        (Fraction(1, 3), 2, "0.33"),
        (figure_of("9.92", unit_named("万元")), None, "9.92万元"),
        (0, None, "0"),
        (None, None, "—"),
        (None, 2, "—"),
        ("", None, "—"),
    ],
)
def test_a_figure_keeps_its_digits_or_is_rounded_half_up(value, places, shown) -> None:
    assert printed.figure(value, places) == shown


def test_a_float_and_a_ratio_without_places_are_refused() -> None:
    with pytest.raises(TypeError, match="exact"):
        printed.figure(0.1)
    with pytest.raises(TypeError, match="places"):
        printed.figure(Fraction(1, 3))


def test_columns_are_shown_in_their_unit_and_silence_is_a_dash() -> None:
    assert [printed.wan(n) for n in (9_918_700, 4_000_000_00, 585_190_700_00, -1, 0, None)] == [
        "9.9187", "400.00", "58,519.07", "-0.000001", "0.00", "—",
    ]  # fmt: skip
    assert [printed.score(n) for n in (9884, 10000, 5, 0, None)] == ["98.84", "100.00", "0.05", "0.00", "—"]
    assert [printed.rate(n) for n in (88437, 100_000, None)] == ["88.44%", "100.00%", "—"]
    assert [printed.grouped(n) for n in (50000, 0, None)] == ["50,000", "0", "—"]
    assert [printed.size(n) for n in (12, 46_800, 2_400_000, None)] == ["12 字节", "46 KB", "2.3 MB", "—"]


def test_days_are_those_of_the_office_and_not_of_the_server() -> None:
    assert printed.day(date(2026, 3, 1)) == "2026年3月1日"
    assert printed.weekday(date(2026, 3, 1)) == "2026年3月1日（星期日）"
    assert printed.day(datetime(2026, 2, 28, 16, tzinfo=UTC)) == "2026年3月1日"
    assert printed.weekday(datetime(2026, 2, 28, 16, tzinfo=UTC)) == "2026年3月1日（星期日）"
    assert printed.moment(datetime(2020, 2, 28, 16, 5, tzinfo=UTC)) == "2020年2月29日 0:05"
    assert printed.moment(timezone.now()).startswith("今天 ")
    assert [show(None) for show in (printed.day, printed.weekday, printed.moment)] == ["—"] * 3


def test_marks_and_lights_have_letters_and_words() -> None:
    assert "错</span>" in printed.severity("error")
    assert "需核实 3 处" in printed.severity("warning", 3)
    assert "mark-none" in printed.severity("note", 0)
    assert [printed.severity_word(level) for level in ("error", "warning", "note")] == [
        "错误",
        "需核实",
        "提示",
    ]
    assert ("红" in printed.light("red"), printed.light("")) == (True, "")


def test_every_state_has_a_look_and_its_word() -> None:
    assert all(word in printed.state(state) for state, word in STATES.items())
