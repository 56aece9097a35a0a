"""What a row has at all, by name: what rules ask of it before they look closer.

Of its target: row.floor, row.cap, row.equal, row.between, row.before, row.worded, row.unclear, row.untold; row.zero;
row.top, a rate of 1 or more. Of its result: row.silent, row.told (in words), row.dated, row.hedged. Of both: row.apart
where they may measure two kinds of thing, row.missed, row.above. Of its other cells: row.lost (points), row.unscored,
row.explained, row.remarked, row.deducted, row.completed; row.dated_name, a name with years in it.
"""

from decimal import Decimal
from fractions import Fraction

from jixiao.expressions import expression
from jixiao.model.evaluation import Indicator
from jixiao.model.figure import Figure
from jixiao.model.target import AtLeast, AtMost, Before, Between, Exactly, Qualitative, Unclear

_YEARS_IN_NAME = expression(r"\d年|年(?:之|以)?[内后]")
_BY_TARGET = {
    AtLeast: "row.floor", AtMost: "row.cap", Exactly: "row.equal", Between: "row.between", Before: "row.before",
    Qualitative: "row.worded", Unclear: "row.unclear", type(None): "row.untold",
}  # fmt: skip


def of_target(i: Indicator, bound: Figure | None) -> list[str]:
    """Return the traits of the target, whose one figure is `bound`."""
    told = [_BY_TARGET[type(i.target)]]
    if bound is None:
        return told
    if not bound.value:
        told.append("row.zero")
    elif (
        bound.unit is not None
        and bound.unit.kind == "ratio"
        and bound.value * bound.unit.scale.numerator >= bound.unit.scale.denominator
    ):
        told.append("row.top")
    return told


def of_result(i: Indicator) -> list[str]:
    """Return the traits of the result."""
    actual = i.actual
    if actual is None:
        return ["row.silent"]
    told = ["row.hedged"] if actual.hedged else []
    if actual.moment is not None:
        told.append("row.dated")
    elif actual.figure is None:
        told.append("row.told")
    return told


def of_both(i: Indicator, bound: Figure | None, *, met: bool | None, reach: Fraction | None) -> list[str]:
    """Return the traits of a result beside its target."""
    figure = i.actual.figure if i.actual is not None else None
    if figure is None:
        return []
    one, other = bound.unit if bound is not None else None, figure.unit
    apart = bound is None or (one is not None and other is not None and one.kind != other.kind)
    told = ["row.apart"] if apart else []
    if met is False:
        told.append("row.missed")
    if reach is not None and reach.numerator > reach.denominator:
        told.append("row.above")
    return told


def of_cells(i: Indicator, lost: Decimal | None) -> list[str]:
    """Return the traits of the other cells."""
    told = ["row.lost"] if lost else []
    if _YEARS_IN_NAME.search(i.level4 or i.level3 or ""):
        told.append("row.dated_name")
    if i.score_printed is None:
        told.append("row.unscored")
    if i.reason or i.remedy:
        told.append("row.explained")
    if i.remarks:
        told.append("row.remarked")
    if i.deduction_printed is not None:
        told.append("row.deducted")
    if i.completion_printed is not None:
        told.append("row.completed")
    return told
