"""统计线索 of very many filings, cut short for people: each list keeps what is strongest, each figure its counts."""

from collections.abc import Sequence
from dataclasses import replace

from jixiao.rollup.statistics import Statistics
from jixiao.rollup.statistics.digits import Digits
from jixiao.rollup.statistics.lowness import lowest
from jixiao.rollup.statistics.standing import Comparison, Standing

LARGE = 20_000  # filings beyond which lists are cut
FILINGS, ROWS = 20, 1000  # the most filings behind a figure, and the most rows of a table, that are kept


def abridged(told: Statistics, most: int = FILINGS, rows: int = ROWS) -> Statistics:
    """Keep the strongest of each list, and say so in `absent`.

    Args:
        told: the statistics.
        most: the filings kept behind each group and each digit: those with the greatest share first.
        rows: the groups kept of a comparison (leads, then the greatest shares), and the pairs (those that ask for the
            least beside last year's result), repeated ones and overstated totals. Leads are all kept.
    """
    inflated, lowered, heaped = told.inflation, told.lowness, told.heaping
    over = inflated.overstated
    return replace(
        told, absent=(*told.absent, _sentence(most, rows)),
        inflation=replace(
            inflated, comparisons=_cut(inflated.comparisons, most, rows),
            rates=tuple(sorted(inflated.rates, key=lambda pair: (-pair[1], pair[0]))[:rows]),
            overstated=None if over is None else replace(over, behind=over.behind[:rows]),
        ),
        lowness=replace(
            lowered, comparisons=_cut(lowered.comparisons, most, rows), repeated=lowered.repeated[:rows],
            pairs=tuple(sorted(lowered.pairs, key=lowest)[:rows]),
        ),
        heaping=replace(
            heaped, comparisons=_cut(heaped.comparisons, most, rows),
            tests=tuple(_few(one, most) for one in heaped.tests),
        ),
    )  # fmt: skip


def _sentence(most: int, rows: int) -> str:
    return (
        f"材料很多，这里只列最突出的：每个单位、每个数字至多 {most} 份（占比高的在前），每张表至多 {rows} 行"
        f"（线索在前，占比高的在前）；份数、项目数和检验仍按全部材料算，全部材料在“材料”文件夹的表里。"
    )


def _cut(comparisons: Sequence[Comparison], most: int, rows: int) -> tuple[Comparison, ...]:
    return tuple(replace(one, standings=_strongest(one.standings, most, rows)) for one in comparisons)


def _strongest(standings: Sequence[Standing], most: int, rows: int) -> tuple[Standing, ...]:
    ordered = sorted(standings, key=lambda one: (not one.lead, -one.share, one.group))
    kept = max(rows, sum(one.lead for one in standings))
    return tuple(replace(one, behind=one.behind[:most]) for one in ordered[:kept])


def _few(one: Digits, most: int) -> Digits:
    kept = tuple(
        pair for name in one.classes for pair in [pair for pair in one.behind if pair[0] == name][:most]
    )
    return replace(one, behind=kept)
