"""What one row's cells hold beside its classes: points inside a name, the values of a re-check, cells that crowd it."""

from dataclasses import replace
from decimal import Decimal

from jixiao.expressions import expression
from jixiao.model.evaluation import Indicator
from jixiao.model.parsing import parse_actual
from jixiao.papers import words
from jixiao.papers.cells.alignment import RowCells
from jixiao.papers.table.fund_block import number

RECHECKED = ("recheck_actual", "recheck_score")
_RECHECK = expression(r"(?!.*偏差)" + words.RECHECK)
_OWN_POINTS = expression(r"\s*[（(](?:满分|权重|分值)?(\d{1,3}(?:\.\d{1,4})?)分[)）]\s*$")


def with_points(name: str | None, points: str | None) -> tuple[str | None, str | None]:
    """Take the points out of the name where no cell holds them: 培训人数（10分）."""
    own = _OWN_POINTS.search(name) if name and not points else None
    return (name, points) if own is None or name is None else (name[: own.start()], own[1])


def rechecked_row(row: Indicator, line: RowCells) -> Indicator | None:
    """Return the indicator with the re-check's result and score, its own score kept; None without a re-check."""
    if not set(RECHECKED) & set(line.cells):
        return None
    again = parse_actual(line.text("recheck_actual") or "", unit=row.unit)
    score = decimal_of(line.text("recheck_score"))
    own = row.actual if again is not None else None
    besides = [one for one in row.particulars if not _RECHECK.match(one.label)]
    return replace(
        row, particulars=tuple(besides), actual=again or row.actual, self_actual=own,
        score_printed=score, self_score_printed=row.score_printed,
    )  # fmt: skip


def is_crowded(line: RowCells) -> bool:
    """Tell whether a piece nobody can place stands between the name and the points: then the values are anybody's."""
    order = sorted(line.atoms, key=lambda a: (a.row, a.column if a.column is not None else 0))
    if not line.surplus or any(a.column is None for a in order):
        return bool(line.surplus)
    kinds = [next((k for k, atoms in line.cells.items() if a in atoms), "surplus") for a in order]
    if "points" not in kinds or "level3" not in kinds:
        return True
    low, high = sorted((kinds.index("level3"), kinds.index("points")))
    return "surplus" in kinds[low:high]


def decimal_of(text: str | None) -> Decimal | None:
    """Return the number of points in a cell, its 分 left out; None for an empty cell and for what is no number."""
    return number(words.folded(text).rstrip("分")) if text else None
