"""What each row is worth: the printed points, else the rule-book's, and which rows don't count.

A rule-book that splits a class equally among its rows has a part `equal_split`; the odd hundredths go to
the last row.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from jixiao.model.evaluation import Indicator
from jixiao.model.figure import half_up, tidy
from jixiao.model.score import Step
from jixiao.scoring.execution import Ground
from jixiao.scoring.rows import names_of, part_named


class Worth(NamedTuple):
    """A row's points (None where neither paper nor rule-book says) and the steps that say whence.

    `out` says in Chinese why the row doesn't count, and is empty for all others.
    """

    points: Decimal | None
    told: tuple[Step, ...] = ()
    out: str = ""


def worths(ground: Ground) -> tuple[Worth, ...]:
    """Return what each indicator row is worth, in the paper's order."""
    rows = ground.evaluation.indicators
    found = tuple(_worth(ground, row) for row in rows)
    if "equal_split" not in ground.scheme.parts or all(worth.points is not None for worth in found):
        return found
    return _split(ground, rows, found)


def _worth(ground: Ground, row: Indicator) -> Worth:
    out = left_out(ground, row)
    if out:
        return Worth(row.points, out=out)
    if row.points is not None:
        return Worth(row.points)
    if row.score_printed is None and is_part(row):
        return Worth(None, out="其中项，不单独计分")
    points = set_points(ground, row)
    if points is None:
        return Worth(None)
    return Worth(points, (Step(f"表中未印分值，按口径 {points:f} 分计", Fraction(points)),))


def is_part(row: Indicator) -> bool:
    """Tell whether the row's name says that it is a part of the row above (其中：…)."""
    return (row.level4 or row.level3 or "").strip().startswith("其中")


def left_out(ground: Ground, row: Indicator) -> str:
    """Say why the rule-book leaves the row out, empty where it doesn't."""
    absent = ground.scheme.absent
    if absent is None:
        return ""
    if row.actual is not None and tidy(row.actual.text) in absent.words:
        return f"实际完成值为“{row.actual.text}”，该行不计分（{absent.source}）"
    return f"指标值为空，该行不计分（{absent.source}）" if absent.blank_target and row.target is None else ""


def set_points(ground: Ground, row: Indicator) -> Decimal | None:
    """Return the points that the rule-book fixes for a row of this name."""
    for name in (row.level4, row.level3, row.level2):
        if name is not None and tidy(name) in ground.scheme.items:
            return ground.scheme.items[tidy(name)]
    part = part_named(ground, names_of(row))
    return part.points if part is not None else None


def _split(ground: Ground, rows: Sequence[Indicator], found: tuple[Worth, ...]) -> tuple[Worth, ...]:
    """Split each class's points among its rows where all of them lack points."""
    split = list(found)
    for name, whole in ground.scheme.level1.items():
        mine = [
            n
            for n, row in enumerate(rows)
            if row.level1 is not None and tidy(row.level1) == name and not found[n].out
        ]
        if not mine or any(found[n].points is not None for n in mine):
            continue
        each = half_up(Fraction(whole) / len(mine), ground.scheme.rounding.places)
        last = whole - each * (len(mine) - 1)
        told = f"表中未印分值，{name} {whole:f} 分由 {len(mine)} 行平均分配"
        for n in mine:
            points = last if n == mine[-1] else each
            split[n] = Worth(points, (Step(f"{told}：{points:f}", Fraction(points)),))
    return tuple(split)
