"""Two cells of one row that stand in each other's column: the score under 完成率, and the rate under 得分 or 分值."""

from jixiao.expressions import expression
from jixiao.papers.words import folded

_RATE = expression(r"\d{1,4}(?:\.\d+)?%")
_POINTS = expression(r"\d{1,3}(?:\.\d{1,3})?分?")
_SAID = {"score": "得分", "points": "分值"}
_MOST = 100

Values = dict[str, str | None]


def unswapped(values: Values) -> tuple[Values, str | None, str]:
    """Return a row's values in their own columns, the column that held the rate, and a sentence on the two cells.

    Only what its own mark shows is moved: a percentage where points must stand, beside a bare number where it must.
    """
    rate = folded(values.get("completion") or "")
    for kind, word in _SAID.items():
        mark = folded(values.get(kind) or "")
        if _RATE.fullmatch(mark) and _POINTS.fullmatch(rate) and whole_of(rate) <= _MOST:
            said = f"{word}与完成率两格填反（{word}“{mark}”，完成率“{rate}”），以下按对调后的数核对"
            return values | {kind: values["completion"], "completion": values[kind]}, kind, said
    return values, None, ""


def whole_of(fold: str) -> int:
    """Return the whole part of a plain number."""
    return int(fold.rstrip("分").partition(".")[0])
