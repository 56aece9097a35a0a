"""The charts of the statistics, and each chart as a table: what is drawn can be read off in figures."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from jixiao.layout import Bar, Chart, Dot, Layout, Line, Role
from jixiao.papers.pages.plain_table import plain_table
from jixiao.papers.statistics.tables import TITLES
from jixiao.papers.statistics.words import GROUPS, name_of, range_words, scope_words, share_words
from jixiao.rollup.statistics import Statistics
from jixiao.rollup.statistics.digits import Digits
from jixiao.rollup.statistics.grounds import PROOF
from jixiao.rollup.statistics.lowness import EDGES
from jixiao.rollup.statistics.marks import ROUND
from jixiao.rollup.statistics.standing import Comparison

_READ = (
    "读法：一个点是一个{by}。灰带是把全部项目随机分给各{by}时，95% 会落在的地方；项目少的{by}上下浮动是正常的。"
    "标了名称的三角是校正后的线索。"
)
_CLUSTERS = 12


def charts(told: Statistics) -> tuple[Chart, ...]:
    """Return the charts, those of each statistic in turn; one without numbers is left out."""
    found = (*_inflation(told), *_lowness(told), *_heaping(told), *_copies(told))
    return tuple(one for one in found if one.bars or one.dots)


def beside(chart: Chart) -> Layout:
    """Lay the numbers of a chart out as a table, under its title and above how to read it."""
    if chart.bars:
        head = (chart.across, chart.up, *([chart.legend[4]] if chart.legend[4] else []), "标记")
        rows = [
            (bar.name, _value(chart, bar.value), *([_value(chart, bar.beside)] if chart.legend[4] else []),
             _mark(chart, marked=bar.marked))
            for bar in chart.bars
        ]  # fmt: skip
    else:
        spans = {x: range_words(low, high) for x, low, high in chart.band}
        head = ("名称", chart.across, chart.up, *([chart.legend[2]] if chart.band else []), "标记")
        rows = [
            (dot.name, _place(chart, dot), _value(chart, dot.up),
             *([spans.get(dot.across, "")] if chart.band else []), _mark(chart, marked=dot.marked))
            for dot in chart.dots
        ]  # fmt: skip
    level = [] if chart.level is None else [Line(f"{chart.legend[3]}：{_value(chart, chart.level)}。")]
    notes = (Line(chart.note, role=Role.NOTE), Line(PROOF, role=Role.NOTE))
    return Layout(chart.title, (Line(chart.title, level=0), *level, plain_table(head, rows), *notes))


def _value(chart: Chart, value: Fraction | None) -> str:
    if value is None:
        return ""
    return share_words(value) if chart.percent else str(value)


def _place(chart: Chart, dot: Dot) -> str:
    return chart.places[int(dot.across) - 1] if chart.places else str(dot.across)


def _mark(chart: Chart, *, marked: bool) -> str:
    return chart.legend[1] if marked else ""


def _source(told: Statistics) -> str:
    return f"材料：{scope_words(told)}。"


def _funnel(told: Statistics, name: str, one: Comparison) -> Chart:
    by = GROUPS[told.by]
    ordered = sorted(one.standings, key=lambda s: (-s.share, s.group))
    dots = tuple(
        Dot(s.group, Fraction(s.projects), s.share, s.lead) for s in ordered if s.lead or not one.spots
    )
    dots += tuple(Dot(f"同一处的{by}", Fraction(size), share) for size, share in one.spots)
    few = f"{by}很多，相近的只画一个点。" if one.spots else ""
    band = tuple((Fraction(size), low, high) for size, low, high in one.widths)
    return Chart(
        f"{name}-{name_of(one)}", f"{name_of(one)}：各{by}与全部材料", "项目数（个）",
        f"{one.measure.says}，各项目平均（%）",
        _READ.format(by=by) + few + _source(told), dots=dots, band=band, level=one.usual, percent=True,
        legend=(by, "线索", "碰巧的范围（95%）" if band else "", "全部材料的平均", ""),
    )  # fmt: skip


def _funnels(told: Statistics, name: str, comparisons: Sequence[Comparison]) -> Iterator[Chart]:
    yield from (_funnel(told, name, one) for one in comparisons if not one.part)


def _inflation(told: Statistics) -> Iterator[Chart]:
    one = told.inflation
    yield from _funnels(told, TITLES[0], one.comparisons)
    bars = tuple(
        Bar(part.level1 or "（没有写）", Fraction(part.full, part.rows), part.rate) for part in one.classes
    )
    yield Chart(
        f"{TITLES[0]}-一级指标", "各一级指标的满分占比和得分率", "一级指标", "占比（%）",
        f"读法：柱是得满分的行占多少，黑线是得分之和占分值之和多少。各类指标本来就不一样，不作检验。{_source(told)}",
        bars=bars, percent=True,
        legend=("满分占比", "", "", "", "得分率"),
    )  # fmt: skip


def _lowness(told: Statistics) -> Iterator[Chart]:
    one = told.lowness
    names = (
        f"低于{EDGES[0] * 100}%", *(f"{a * 100}—{b * 100}%" for a, b in pairwise(EDGES)),
        f"{EDGES[-1] * 100}%以上",
    )  # fmt: skip
    below = EDGES.index(Fraction(1))
    bars = (
        tuple(Bar(name, Fraction(one.spread[n]), marked=n <= below) for n, name in enumerate(names))
        if one.compared
        else ()
    )
    yield Chart(
        f"{TITLES[1]}-与上年实际比", "今年的目标是上年实际的百分之几", "今年目标 ÷ 上年实际", "指标数（个）",
        "读法：100% 以下，是目标比上年已经做到的还低；“≤”的指标反过来算。任务减少、上年有一次性因素的，"
        f"低于 100% 也是正常的。材料：{one.compared} 个上下两年同名的指标。", bars=bars,
        legend=("不低于上年实际", "低于上年实际", "", "", ""),
    )  # fmt: skip
    yield from _funnels(told, TITLES[1], one.comparisons)


def _heaping(told: Statistics) -> Iterator[Chart]:
    one = told.heaping
    whole = {f"{rate}%" for rate in ROUND}
    bars = tuple(Bar(name, Fraction(count), marked=name in whole) for name, count in one.rates)
    yield Chart(
        f"{TITLES[2]}-满意度", "满意度写的是多少", "满意度（四舍五入到整数）", "份数（份）",
        f"读法：真实的调查结果应当连成一片；90%、95%、98%、100% 高高突起，可能是估的，也可能是调查的人少。"
        f"材料：{sum(count for _, count in one.rates)} 个满意度指标，每个项目取最近一年。", bars=bars,
        legend=("其他", "90%、95%、98%、100%", "", "", ""),
    )  # fmt: skip
    yield from (_digits(test) for test in one.tests if not test.why and test.name.endswith("_digit"))
    yield from _funnels(told, TITLES[2], one.comparisons)


def _digits(test: Digits) -> Chart:
    whole = sum(test.counts)
    bars = tuple(
        Bar(name, Fraction(count, whole), share)
        for name, count, share in zip(test.classes, test.counts, test.expected, strict=True)
    )
    result = "校正后是线索" if test.lead else "校正后不是线索"
    return Chart(
        f"{TITLES[2]}-{test.says}", f"{test.says}数字", "数字", "占比（%）",
        f"读法：柱是实际占比，黑线是本应占的比例。卡方检验{result}。材料：{whole} 份自评表的全年执行数。",
        bars=bars, percent=True,
        legend=("实际", "", "", "", "本应占"),
    )  # fmt: skip


def _copies(told: Statistics) -> Iterator[Chart]:
    shown = told.copies.clusters[:_CLUSTERS]
    dots = tuple(
        Dot(f"{other.subject.unit}：{other.subject.project}", Fraction(number), other.share)
        for number, one in enumerate(shown, 1)
        for other in one.others
    )
    yield Chart(
        f"{TITLES[3]}-各组", "雷同的各组：与中心那一份有多少相同", "组（份数）", "与中心相同（%）",
        "读法：一列是一组，一个点是其中一份材料，点越高与中心那一份越像；八成以下的不列。先列线索，再列不作线索的。"
        f"{_source(told)}", dots=dots, level=Fraction(4, 5), percent=True,
        places=tuple(f"{number}（{1 + len(one.others)} 份）" for number, one in enumerate(shown, 1)),
        legend=("一份材料", "", "", "列出的界限", ""),
    )  # fmt: skip
