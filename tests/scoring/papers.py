"""Strategies for whole papers, most of whose rows can be scored: the total properties need totals."""

from decimal import Decimal

from hypothesis import strategies as st

from jixiao.model.evaluation import Evaluation, Execution, FundLine, Funds, Indicator
from jixiao.model.figure import WAN, figure_of
from jixiao.model.parsing import parse_actual, parse_target
from tests.strategies import decimals

NAMES = ("培训人数", "道路里程", "验收合格率", "成本控制", "安全事故数", "群众满意度", "惠及户数")
UNITS = ("", "人", "公里", "%", "万元")
LABELS = ("达成预期指标", "100%-80%(含)", "完成", "有效保障", "部分达成预期指标")


def amounts() -> st.SearchStrategy[str]:
    return decimals("0.1", "500").map(lambda value: f"{value:f}")


@st.composite
def numeric_cells(draw: st.DrawFn) -> tuple[str, str]:
    """A target with a figure, and an actual that equals, misses or passes it."""
    unit, bound = draw(st.sampled_from(UNITS)), draw(amounts())
    sign = draw(st.sampled_from(("≥", "≤", "=", ">", "<")))
    actual = draw(st.just(bound) | amounts() | st.just("0"))
    return f"{sign}{bound}{unit}", f"{actual}{draw(st.sampled_from((unit, '')))}"


def cells() -> st.SearchStrategy[tuple[str, str]]:
    words = st.sampled_from(("成效显著", "有效保障")).flatmap(
        lambda target: st.tuples(st.just(target), st.sampled_from(LABELS))
    )
    limits = st.tuples(st.just("12月底前"), st.sampled_from(("11月", "2023年12月20日", "按期完成")))
    return numeric_cells() | numeric_cells() | words | limits


@st.composite
def full_rows(draw: st.DrawFn) -> Indicator:
    """A row that prints everything."""
    target, actual = draw(cells())
    return Indicator(
        level1="产出指标",
        level2="数量指标",
        level3=draw(st.sampled_from(NAMES)),
        target=parse_target(target),
        actual=parse_actual(actual),
        points=draw(decimals("1", "30")),
    )


@st.composite
def full_papers(draw: st.DrawFn) -> Evaluation:
    """A table that prints everything, in 万元."""
    annual = draw(decimals("1", "900"))
    executed = draw(st.just(annual) | decimals("0", "900"))
    total = FundLine(None, figure_of(f"{annual:f}", WAN), figure_of(f"{executed:f}", WAN))
    return Evaluation(
        year=2023,
        funds=Funds(unit=WAN, total=total),
        execution=Execution(points=draw(st.sampled_from((Decimal(10), Decimal(20))))),
        indicators=tuple(draw(st.lists(full_rows(), min_size=1, max_size=8))),
    )
