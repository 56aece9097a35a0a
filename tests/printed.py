"""Hypothesis strategies for what is printed in one cell: figures, moments, targets, results."""

from decimal import Decimal
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st

from jixiao.model.figure import Figure, Unit, figure_of, unit_named
from jixiao.model.parsing import parse_actual, parse_target
from jixiao.model.target import (
    Actual,
    AtLeast,
    AtMost,
    Before,
    Between,
    Exactly,
    Moment,
    Qualitative,
    Target,
    Unclear,
)

UNIT_NAMES = (
    "元",
    "万元",
    "%",
    "‰",
    "人",
    "人次",
    "万人次",
    "公里",
    "个",
    "次",
    "户",
    "亩",
    "个百分点",
    "元/人/月",
)
WORDS = (
    "成效显著",
    "及时",
    "合格",
    "按文件标准执行",
    "达成预期指标",
    "部分达成",
    "有效保障",
    "明显改善",
    "完成",
    "购买",
)
T = TypeVar("T")


def silent(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """None, or what `strategy` makes."""
    return st.none() | strategy


def rows_of(
    strategy: st.SearchStrategy[T], least: int = 0, most: int = 4
) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, min_size=least, max_size=most).map(tuple)


# ---------------------------------------------------------------- numbers


@cache
def decimals(least: str = "0", most: str = "100", places: int = 2) -> st.SearchStrategy[Decimal]:
    """Exact decimals with no more than `places` places, printed with as many or fewer."""
    whole = st.integers(int(Decimal(least) * 10**places), int(Decimal(most) * 10**places))
    return st.builds(
        lambda n, drop: Decimal(n // 10**drop).scaleb(drop - places), whole, st.integers(0, places)
    )


@cache
def units() -> st.SearchStrategy[Unit]:
    return st.sampled_from(UNIT_NAMES).map(unit_named)


@cache
def figures(unit: Unit | None = None, most: str = "100000") -> st.SearchStrategy[Figure]:
    """A printed figure, in `unit` or in none."""
    return decimals("0", most, 4).map(lambda value: figure_of(format(value, "f"), unit))


@cache
def any_figures() -> st.SearchStrategy[Figure]:
    """A figure in any unit, also one whose half is not what its digits say."""
    printed = st.builds(
        lambda value, unit: figure_of(format(value, "f"), unit), decimals("0", "9999", 4), silent(units())
    )
    return printed | st.builds(Figure, decimals("-5", "1000"), decimals("0", "9"), silent(units()))


@cache
def moments() -> st.SearchStrategy[Moment]:
    """Moments that a paper can print: a year, a month of a year or of no year, a day."""
    years, months, days = st.integers(2015, 2030), st.integers(1, 12), st.integers(1, 28)
    return (
        st.builds(Moment, years)
        | st.builds(Moment, silent(years), months)
        | st.builds(Moment, silent(years), months, days)
    )


# ---------------------------------------------------------------- cells


@cache
def printed_targets() -> st.SearchStrategy[str]:
    """Target cells as papers print them."""
    numbers = decimals("0", "5000").map(lambda value: format(value, "f"))
    signs = st.sampled_from(("≥", ">=", "≤", "＜=", "=", "＞", "<", "", "不低于", "不超过", "至少"))
    names = st.sampled_from(("", *UNIT_NAMES))
    bounds = st.builds(lambda s, n, u: f"{s}{n}{u}", signs, numbers, names)
    ranges = st.builds(lambda a, b, u: f"{a}-{a + b}{u}", st.integers(0, 90), st.integers(1, 9), names)
    limits = st.builds(
        lambda m, w: f"{m}月{w}", st.integers(1, 12), st.sampled_from(("底前", "30日前完成", "底前完成"))
    )
    return bounds | ranges | limits | st.sampled_from(WORDS)


@cache
def targets() -> st.SearchStrategy[Target]:
    """Every type of target, as parsed from a cell or as another reader may have made it."""
    parsed = printed_targets().map(lambda text: parse_target(text) or Qualitative(text))
    text = printed_targets()
    made = st.one_of(
        st.builds(AtLeast, text, any_figures(), st.booleans()),
        st.builds(AtMost, text, any_figures(), st.booleans()),
        st.builds(Exactly, text, any_figures(), st.booleans()),
        st.builds(Between, text, figures(), figures()),
        st.builds(Before, text, moments()),
        st.builds(Qualitative, text),
        st.builds(Unclear, text, st.just("两个数值，不知以哪个为准")),
    )
    return parsed | made


@cache
def actuals() -> st.SearchStrategy[Actual]:
    """Results: parsed from a cell, or made of any parts."""
    cells = (
        printed_targets() | decimals("0", "200").map(lambda value: f"{value:f}%") | st.just("100%-80%(含)")
    )
    parsed = cells.map(lambda text: parse_actual(text) or Actual(text))
    made = st.builds(
        Actual, cells, silent(any_figures()), silent(moments()), st.sampled_from(("", "约", "以上"))
    )
    return parsed | made


@cache
def cell_texts() -> st.SearchStrategy[str]:
    """What may stand in a cell: headings, targets, numbers, words, dashes, damage."""
    numbers = decimals("0", "20000").map(lambda value: f"{value:f}")
    headings = st.sampled_from(
        (
            "一级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "总分",
            "项目名称",
            "年度资金总额",
        )
    )
    return (
        headings
        | printed_targets()
        | numbers
        | st.sampled_from(("", "—", "产出指标\n(50分)"))
        | st.text(max_size=12)
    )
