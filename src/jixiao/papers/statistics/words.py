"""Words for figures on the pages of statistics: shares, chances, filings, groups."""

from decimal import Decimal
from fractions import Fraction

from jixiao.model.figure import half_up
from jixiao.rollup.statistics import Statistics
from jixiao.rollup.statistics.entries import Subject
from jixiao.rollup.statistics.standing import Comparison
from jixiao.rollup.summing import Grouping

GROUPS = {Grouping.UNIT: "单位", Grouping.DEPARTMENT: "主管部门", Grouping.ALL: "范围"}
_LEAST = Decimal("0.0001")


def share_words(share: Fraction | None) -> str:
    """Return a share in per cent with one decimal, "" where there is none."""
    return "" if share is None else f"{half_up(share * 100, 1):f}%"


def range_words(low: Fraction | None, high: Fraction | None) -> str:
    """Return a range of shares."""
    return "" if low is None or high is None else f"{share_words(low)}—{share_words(high)}"


def chance_words(chance: Decimal | None) -> str:
    """Return a chance with four decimals, "" where nothing was tested."""
    if chance is None:
        return ""
    return f"小于 {_LEAST}" if chance < _LEAST else f"{half_up(chance, 4):f}"


def name_of(one: Comparison) -> str:
    """Return what a comparison is called, its class with it."""
    return f"{one.measure.says}（{one.part}）" if one.part else one.measure.says


def behind_words(one: Subject) -> tuple[str, str, str, str]:
    """Return a filing's year, unit, project and file for a table."""
    return str(one.year or ""), one.unit or one.department, one.project or "（没有写项目名称）", one.file


def scope_words(told: Statistics) -> str:
    """Return what was looked at, in a sentence."""
    years = (
        f"{told.years[0]}—{told.years[-1]} 年"
        if len(told.years) > 1
        else "".join(f"{y} 年" for y in told.years)
    )
    return f"{years} {told.filings} 份自评表，{told.projects} 个项目"
