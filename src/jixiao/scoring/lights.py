"""The lights of monitoring (运行监控): how far each target has got when part of the year is over.

What the unit itself expects (确定能, 有可能, 完全不可能) comes first. Where it says nothing, the result so far is set
against the share of the year that has passed; no issued text sets these bounds, they are a chosen practice.
"""

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction

from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.target import AtLeast, AtMost, Exactly

SEVEN_MONTHS = Fraction(7, 12)  # 财预〔2019〕136号 has the figures of January to July filled in
BEHIND = Fraction(4, 5)  # of the share of the year: below it is red


class Light(StrEnum):
    """Green: on its way; amber: behind; red: far behind, or given up."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


EXPECTED = {"确定能": Light.GREEN, "有可能": Light.AMBER, "完全不可能": Light.RED}
_RANK = (Light.RED, Light.AMBER, Light.GREEN)


def light_of(row: Indicator, passed: Fraction = SEVEN_MONTHS) -> Light | None:
    """Return the light of an indicator, `passed` (0..1) of the year being over; None where nothing can be said."""
    told = {one.label: one.text.strip() for one in row.particulars}
    expected = next((light for label, light in EXPECTED.items() if told.get(label)), None)
    if expected is not None:
        return expected
    done = row.actual.figure if row.actual is not None else None
    if done is None:
        return None
    match row.target:
        case AtLeast(bound=aim) | Exactly(value=aim):
            return _by_share(Fraction(done.value) / Fraction(aim.value), passed) if aim.value > 0 else None
        case AtMost(bound=aim):
            return Light.GREEN if done.value <= aim.value else Light.RED
        case _:
            return None


def light_of_spending(record: Evaluation, passed: Fraction = SEVEN_MONTHS) -> Light | None:
    """Return the light of the money spent so far."""
    line = record.funds.total
    spent, budget = (line.executed, line.annual) if line is not None else (None, None)
    if spent is None or budget is None or budget.value <= 0:
        return None
    return _by_share(Fraction(spent.value) / Fraction(budget.value), passed)


def worst(lights: Iterable[Light | None]) -> Light | None:
    """Return the worst of several lights; None where there is none."""
    lit = set(lights)
    return next((light for light in _RANK if light in lit), None)


def _by_share(share: Fraction, passed: Fraction) -> Light:
    if share >= passed:
        return Light.GREEN
    return Light.AMBER if share >= passed * BEHIND else Light.RED
