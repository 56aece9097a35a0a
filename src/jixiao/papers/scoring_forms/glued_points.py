"""Class names with their points right behind them and no sign between: 决策18, 项目立项12 (评分表).

That the number is points and no part of the name shows in the rows: those under the name add up to it.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import groupby

from jixiao.expressions import expression
from jixiao.layout import Place
from jixiao.model.evaluation import ClassMark, Indicator

_GLUED = expression(r"(?P<name>.*[\u4e00-\u9fff）)])(?P<points>\d{1,3}(?:\.\d)?)")
_DEEPEST = 3
_FEW = 2
_MOST = Decimal("0.75")  # so many of a level's names must be borne out by their rows

Glued = dict[str, tuple[str, Decimal]]


def glued_points(indicators: Sequence[Indicator]) -> Glued:
    """Return the names that carry their points, each with the bare name and the points.

    Nothing at a level where fewer than two names, or not most of them, are what their rows add up to.
    """
    found: Glued = {}
    for depth in range(1, _DEEPEST + 1):
        here: Glued = {}
        right = 0
        for (*_, name), rows in groupby(indicators, partial(_names, depth)):
            m = _GLUED.fullmatch(name) if name else None
            if m is not None and name is not None:
                here[name] = (m["name"], Decimal(m["points"]))
                right += sum((row.points or Decimal(0) for row in rows), Decimal(0)) == here[name][1]
        if len(here) >= _FEW and right >= _MOST * len(here):
            found |= here
    return found


def _names(depth: int, indicator: Indicator) -> tuple[str | None, ...]:
    return (indicator.level1, indicator.level2, indicator.level3)[:depth]


def without_points(indicator: Indicator, glued: Glued) -> Indicator:
    """Return an indicator whose classes have their bare names."""
    return replace(
        indicator,
        level1=_bare(indicator.level1, glued),
        level2=_bare(indicator.level2, glued),
        level3=_bare(indicator.level3, glued),
    )


def _bare(name: str | None, glued: Glued) -> str | None:
    return glued[name][0] if name in glued else name


def with_points(
    marks: Sequence[tuple[ClassMark, Place]], glued: Glued
) -> tuple[tuple[ClassMark, Place], ...]:
    """Return classes under their bare names with the points that stood behind them."""
    return tuple(
        (replace(mark, name=glued[mark.name][0], points=mark.points or glued[mark.name][1]), place)
        if mark.name in glued
        else (mark, place)
        for mark, place in marks
    )
