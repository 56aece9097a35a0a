"""No rate that a head count gives is accused (AV08), and every sentence about a result says what to do."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.audit import RULES
from jixiao.audit.actuals.surveys import gives
from jixiao.model.figure import PERCENT, figure_of, half_up
from tests.audit.test_rules import found, written

FAMILIES = ("AV", "DV")


@given(st.integers(2, 400), st.data(), st.integers(0, 2))
def test_a_rate_of_whole_people_is_never_refuted(number: int, data: st.DataObject, places: int) -> None:
    satisfied = data.draw(st.integers(0, number))
    rate = half_up(Fraction(100 * satisfied, number), places)
    assert gives(number, figure_of(f"{rate:f}", PERCENT))


@given(st.integers(2, 400), st.data(), st.integers(0, 2))
def test_a_rate_that_is_cut_off_is_not_refuted_either(number: int, data: st.DataObject, places: int) -> None:
    satisfied = data.draw(st.integers(0, number))
    cut = 100 * satisfied * 10**places // number
    digits = f"{cut // 10**places}.{cut % 10**places:0{places}d}" if places else str(cut)
    assert gives(number, figure_of(digits, PERCENT))


@pytest.mark.parametrize(
    ("number", "rate"), [(30, "95"), (25, "93"), (12, "95"), (40, "96.3"), (7, "90"), (3, "98.5")]
)
def test_a_rate_that_no_head_count_gives_is_refuted(number: int, rate: str) -> None:
    assert not gives(number, figure_of(rate, PERCENT))


@pytest.mark.parametrize("rule", [r for r in RULES if r.code[:2] in FAMILIES], ids=lambda rule: rule.code)
def test_a_finding_says_what_to_do(rule: object) -> None:
    code = getattr(rule, "code", "")
    for name, case in written("fail"):
        if name == code:
            assert all("改法：" in finding.says for finding in found(code, case))
