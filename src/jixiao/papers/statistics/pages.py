"""统计线索: lays the statistics out: a page in front, then one each: findings, numbers, how, limits."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from jixiao.layout import Block, Chart, Grid, Layout, Line, Role
from jixiao.papers.pages.plain_table import plain_table
from jixiao.papers.statistics.tables import Told, copied, heaped, inflated, lowered
from jixiao.papers.statistics.words import GROUPS, scope_words
from jixiao.rollup.statistics import Statistics
from jixiao.rollup.statistics.grounds import PROOF, Grounds
from jixiao.rollup.summing import Grouping

TITLE = "自评材料统计线索"
_MORE = "另有 {} 行，全部在 xlsx 和 json 里。"
_HEADINGS = "一二三四五六七八九十"


def lay_out(told: Statistics, most: int | None = None, drawn: Sequence[Chart] = ()) -> tuple[Layout, ...]:
    """Lay statistics out: five pages, a workbook's sheets.

    Args:
        told: the statistics.
        most: of a table at most so many rows, all where it is None.
        drawn: the charts that stand on the pages, for formats that show pictures; each on its statistic's own.
    """
    parts = (inflated(told), lowered(told), heaped(told), copied(told))
    return (_front(told, parts), *(_page(one, most, _drawn(one, drawn)) for one in parts))


def _drawn(one: Told, drawn: Sequence[Chart]) -> list[Line]:
    """Return the captions of a statistic's charts, numbered, each with its chart."""
    own = [chart for chart in drawn if chart.name.startswith(f"{one.title}-")]
    return [
        Line(f"图 {number} {chart.title}", role=Role.SUBTITLE, chart=chart)
        for number, chart in enumerate(own, 1)
    ]


def lay_out_briefly(told: Statistics, most: int) -> tuple[Layout, ...]:
    """Lay out what a reader wants first: the front, then of each statistic with leads the leads and its limits."""
    parts = (inflated(told), lowered(told), heaped(told), copied(told))
    return (_front(told, parts), *(_brief(one, most) for one in parts if one.leads))


def _front(told: Statistics, parts: Sequence[Told]) -> Layout:
    rows = [(one.title, one.asks, str(one.leads), one.said[0]) for one in parts]
    table = plain_table(("统计", "看什么", "线索", "结果"), rows)
    return _layout(TITLE, [Line(TITLE, level=0), *_notes(_scope(told)), table])


def _scope(told: Statistics) -> Iterator[str]:
    by = "不分单位" if told.by is Grouping.ALL else f"按{GROUPS[told.by]}比较"
    yield f"范围：{scope_words(told)}；{by}。线索是值得先看的地方，不是差错。{PROOF}"
    if told.twice:
        yield f"同一项目同一年度的材料不止一份的，只用第一份，另有 {told.twice} 份没有计入。"
    if told.without:
        yield f"另有 {told.without} 份没有自评表的材料没有计入。"
    yield from told.absent


def _brief(one: Told, most: int) -> Layout:
    tables = tuple(pair for pair in one.tables if pair[1] is not None and pair[1].leads)
    grounds = replace(one.grounds, method=(), assumptions=())
    return _page(replace(one, tables=tables, grounds=grounds), most)


def _page(one: Told, most: int | None, drawn: Sequence[Line] = ()) -> Layout:
    blocks: list[Block] = [Line(one.title, level=0), *(Line(says) for says in one.said)]
    tables = [(heading, table) for heading, table in one.tables if table is not None]
    for number, (heading, table) in enumerate(tables):
        blocks += [
            Line(f"{_HEADINGS[number]}、{heading}", level=1),
            plain_table(table.head, table.rows[:most]),
        ]
        blocks += _notes([_MORE.format(len(table.rows) - most)] if most and len(table.rows) > most else [])
    if drawn:
        blocks += [Line(f"{_HEADINGS[len(tables)]}、图", level=1), *drawn]
    for number, (heading, said) in enumerate(_grounds(one.grounds), len(tables) + bool(drawn)):
        blocks += [Line(f"{_HEADINGS[number]}、{heading}", level=1), *_listed(said)]
    return _layout(one.title, blocks)


def _grounds(grounds: Grounds) -> tuple[tuple[str, tuple[str, ...]], ...]:
    parts = (("办法", grounds.method), ("前提", grounds.assumptions), ("不能说明什么", grounds.limits))
    return tuple(part for part in parts if part[1])


def _listed(said: Sequence[str]) -> Iterator[Line]:
    yield from (Line(f"{number}. {one}") for number, one in enumerate(said, 1))


def _notes(said: Iterable[str]) -> Iterator[Line]:
    yield from (Line(one, role=Role.NOTE) for one in said)


def _layout(name: str, blocks: Sequence[Line | Grid]) -> Layout:
    return Layout(name, tuple(blocks), landscape=True)
