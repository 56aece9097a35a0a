"""A part of a rule-book read from its table: method, bands of rates, tiers of words."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from jixiao.schemes.scheme import Band, Method, Part, Tier, ZeroTarget
from jixiao.schemes.table import CITED, Table

FUND_COLUMNS = ("initial", "annual", "executed", "allocated", "received")
_FRAME = (
    "method",
    "points",
    "numerator",
    "denominator",
    "cap",
    "bands",
    "tiers",
    "pass_threshold",
    "zero_target",
    "settings",
    "applies",
    "says",
    "within",
    "actual_floor",
)
_TIERS = ("met", "partial", "missed")
_STEPS = ("per", "deduct", "limit")

# What a method can't do without, and only it may have; a judgement may be guided by any of them.
_NEEDS = {Method.BANDS: "bands", Method.RUBRIC: "tiers", Method.STEPS: "settings"}


def read_part(key: str, table: Table) -> Part:
    """Read one part.

    Raises: SchemeError: an unknown key or method, a missing source, bands out of order, tiers that
    overlap, or numbers that the method doesn't use or can't do without.
    """
    table.only(*_FRAME, *CITED)
    method = Method(table.choice("method", tuple(Method)))
    _numbers_fit(table, method)
    threshold = table.maybe_number("pass_threshold")
    if threshold is not None and not 0 < threshold <= 1:
        raise table.wrong("pass_threshold", f"写的是 {threshold}", "大于 0、不大于 1 的比率")
    return Part(
        key=key,
        method=method,
        source=table.source(),
        points=_points(table),
        numerator=table.choice("numerator", FUND_COLUMNS, "executed"),
        denominator=table.choice("denominator", FUND_COLUMNS, "annual"),
        cap=table.choice("cap", ("points", "none"), "points") == "points",
        bands=_bands(table.tables("bands")),
        tiers=_tiers(table.tables("tiers")),
        pass_threshold=threshold,
        zero_target=ZeroTarget(table.choice("zero_target", tuple(ZeroTarget), ZeroTarget.UNDECIDED)),
        settings=_settings(table, method),
        applies=table.words("applies"),
        says=table.text("says", ""),
        within=table.text("within", ""),
        actual_floor=table.maybe_number("actual_floor"),
    )


def _numbers_fit(table: Table, method: Method) -> None:
    needed = _NEEDS.get(method)
    if needed is not None and not table.data.get(needed):
        raise table.wrong(needed, "没有写", f"方法 {method} 所需的数值")
    for other in _NEEDS.values():
        if other != needed and method is not Method.ASSESSED and table.has(other):
            raise table.wrong(other, f"方法 {method} 不用它", "删去，或改用相应的方法")


def _points(table: Table) -> Decimal | None:
    points = table.maybe_number("points")
    if points is not None and points <= 0:
        raise table.wrong("points", f"写的是 {points}", "大于零的分值")
    return points


def _settings(table: Table, method: Method) -> dict[str, Decimal]:
    settings = table.maybe_table("settings")
    if settings is None:
        return {}
    if method is Method.STEPS:
        settings.only(*_STEPS)
        for key in ("per", "deduct"):
            if settings.number(key) <= 0:
                raise settings.wrong(key, f"写的是 {settings.number(key)}", "大于零的数")
    return {key: settings.number(key) for key in settings.data}


def _bands(rows: Sequence[Table]) -> tuple[Band, ...]:
    bands = tuple(_band(row) for row in rows)
    for row, (upper, lower) in zip(rows[1:], pairwise(bands), strict=True):
        meets = lower.high is not None and (
            lower.high < upper.low
            or (lower.high == upper.low and not (lower.high_closed and not upper.low_open))
        )
        if not meets:
            raise row.wrong("rate", f"与上一档 {_range(upper)} 重叠或次序颠倒", "由高到低、互不重叠的区间")
    return bands


def _band(row: Table) -> Band:
    row.only("rate", "share", "deduct", "needs")
    low, low_open, high, high_closed = _ends(row.table("rate"))
    if row.has("share") == row.has("deduct"):
        raise row.wrong("share", "share 与 deduct 都写了或都没有写", "其中之一（得分比例，或扣减的分数）")
    share = row.number("share") if row.has("share") else Decimal(1)
    if not 0 <= share <= 1:
        raise row.wrong("share", f"写的是 {share}", "0 至 1 的比例")
    return Band(low, high, share, row.text("needs", ""), high_closed, low_open, row.maybe_number("deduct"))


def _tiers(rows: Sequence[Table]) -> tuple[Tier, ...]:
    tiers = tuple(_tier(row) for row in rows)
    for row, (upper, lower) in zip(rows[1:], pairwise(tiers), strict=True):
        if lower.high > upper.low or (lower.high == upper.low and not (lower.high_open or upper.low_open)):
            raise row.wrong("share", f"与上一档“{upper.says}”重叠或次序颠倒", "由高到低、互不重叠的区间")
    _words_differ(rows, tiers)
    return tiers


def _tier(row: Table) -> Tier:
    row.only("name", "says", "share", "default", "words")
    name = row.choice("name", _TIERS)
    share = row.table("share")
    low, low_open, high, high_closed = _ends(share)
    if high is None or low < 0 or high > 1:
        raise row.wrong("share", "超出 0 至 1", "在 0 至 1 之间、有上下限的比例区间")
    default = row.maybe_number("default")
    if default is not None and not low <= default <= high:
        raise row.wrong("default", f"写的是 {default}", f"在本档 {low} 至 {high} 之间的比例")
    return Tier(name, row.text("says"), low, high, default, row.words("words"), low_open, not high_closed)


def _words_differ(rows: Sequence[Table], tiers: Sequence[Tier]) -> None:
    seen: dict[str, str] = {}
    for row, tier in zip(rows, tiers, strict=True):
        for word in tier.words:
            if word in seen:
                raise row.wrong("words", f"“{word}”也写在 {seen[word]} 一档", "只属于一档的用语")
            seen[word] = tier.name


def _ends(table: Table) -> tuple[Decimal, bool, Decimal | None, bool]:
    table.only("from", "above", "to", "below")
    if table.has("from") == table.has("above") or (table.has("to") and table.has("below")):
        raise table.wrong(
            "from", "两端写得不清楚", "from（含）或 above（不含），以及 to（含）或 below（不含）"
        )
    low = table.number("from" if table.has("from") else "above")
    high = table.maybe_number("to" if table.has("to") else "below")
    closed = table.has("to")
    if high is not None and (high < low or (high == low and not (closed and table.has("from")))):
        raise table.wrong("to" if closed else "below", f"写的是 {high}", f"大于下限 {low} 的数")
    return low, table.has("above"), high, closed


def _range(band: Band) -> str:
    left, right = "(" if band.low_open else "[", "]" if band.high_closed else ")"
    return f"{left}{band.low}, {'∞' if band.high is None else band.high}{right}"
