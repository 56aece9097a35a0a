"""What a row has at all, by name: what rules ask of it before they look closer.

Of its target: row.floor, row.cap, row.equal, row.between, row.before, row.worded, row.unclear, row.untold; row.zero;
row.top, a rate of 1 or more. Of its result: row.silent, row.told (in words), row.dated, row.hedged. Of both: row.apart
where they may measure two kinds of thing, row.missed, row.above. Of its other cells: row.lost (points), row.unscored,
row.explained, row.remarked, row.deducted, row.completed.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from jixiao.model.evaluation import Indicator
from jixiao.model.figure import Figure
from jixiao.model.target import AtLeast, AtMost, Before, Between, Exactly, Qualitative, Unclear

_BY_TARGET = {
    AtLeast: "row.floor", AtMost: "row.cap", Exactly: "row.equal", Between: "row.between", Before: "row.before",
    Qualitative: "row.worded", Unclear: "row.unclear", type(None): "row.untold",
}  # fmt: skip


def of_target(i: Indicator, bound: Figure | None) -> Iterator[str]:
    """Yield the traits of the target, whose one figure is `bound`."""
    yield _BY_TARGET[type(i.target)]
    if bound is None:
        return
    if not bound.value:
        yield "row.zero"
    elif (
        bound.unit is not None
        and bound.unit.kind == "ratio"
        and bound.exact.numerator >= bound.exact.denominator
    ):
        yield "row.top"


def of_result(i: Indicator) -> Iterator[str]:
    """Yield the traits of the result."""
    actual = i.actual
    if actual is None:
        yield "row.silent"
        return
    if actual.moment is not None:
        yield "row.dated"
    elif actual.figure is None:
        yield "row.told"
    if actual.hedged:
        yield "row.hedged"


def of_both(i: Indicator, bound: Figure | None, *, met: bool | None, reach: Fraction | None) -> Iterator[str]:
    """Yield the traits of a result beside its target."""
    figure = i.actual.figure if i.actual is not None else None
    if figure is None:
        return
    one, other = bound.unit if bound is not None else None, figure.unit
    if bound is None or (one is not None and other is not None and one.kind != other.kind):
        yield "row.apart"
    if met is False:
        yield "row.missed"
    if reach is not None and reach.numerator > reach.denominator:
        yield "row.above"


def of_cells(i: Indicator, lost: Decimal | None) -> Iterator[str]:
    """Yield the traits of the other cells."""
    if lost:
        yield "row.lost"
    if i.score_printed is None:
        yield "row.unscored"
    if i.reason or i.remedy:
        yield "row.explained"
    if i.remarks:
        yield "row.remarked"
    if i.deduction_printed is not None:
        yield "row.deducted"
    if i.completion_printed is not None:
        yield "row.completed"
