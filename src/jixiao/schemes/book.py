"""One rule-book file as it is written: every key checked, nothing inherited yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from jixiao.model.citation import Citation
from jixiao.model.reading import Kind
from jixiao.schemes.scheme import (
    THRESHOLDS,
    Absent,
    AbsentRule,
    GradeBand,
    Match,
    Part,
    Rounding,
)
from jixiao.schemes.shares import read_part
from jixiao.schemes.standards import Standard, read_standards
from jixiao.schemes.table import CITED, Table

# The parts that every rule-book must have in the end, and those it may have besides.
NEEDED = ("execution", "positive", "negative", "exact", "interval", "deadline", "qualitative")
KNOWN = (*NEEDED, "satisfaction", "total_cap", "deduction", "equal_split")
CRITERIA = ("regions", "forms", "notes", "level1", "execution_points", "weights")
TIERS = ("met", "partial", "missed")
_TABLES = ("match", "level1", "total", "grades", "rounding", "thresholds", "items", "words", "absent",
           "fund_unit", "sections", "framework", "notes", "other", "standards")  # fmt: skip


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cited(Generic[T]):
    """A value with the text that states it."""

    value: T
    source: Citation


@dataclass(frozen=True, slots=True)
class Classes:
    """First-level points: all, or only those fixed when `open`; empty when the text leaves them free."""

    points: Mapping[str, Decimal]
    open: bool


@dataclass(frozen=True, slots=True)
class Total:
    """The full mark, and whether the points are checked against it."""

    points: Decimal
    checked: bool


@dataclass(frozen=True, slots=True)
class Book:
    """What one file says; None or empty where it leaves a thing to the book it extends."""

    id: str
    table: Table
    title: str
    region: str
    extends: str | None
    form: str | None
    effective_from: date | None
    effective_to: date | None
    match: Match
    parts: Mapping[str, Part]
    level1: Cited[Classes] | None
    total: Cited[Total] | None
    grades: Cited[tuple[GradeBand, ...]] | None
    rounding: Cited[Rounding] | None
    thresholds: Mapping[str, Cited[Decimal]]
    items: Mapping[str, Cited[Decimal]]
    words: Mapping[str, Cited[tuple[str, ...]]]
    absent: Absent | None
    fund_unit: Cited[str] | None
    sections: Cited[tuple[str, ...]] | None
    framework: Cited[tuple[tuple[str, ...], ...]] | None
    notes: tuple[str, ...]
    standards: tuple[Standard, ...]


def read_book(name: str, table: Table) -> Book:
    """Read the file's top table into a Book.

    Args:
        name: the rule-book's id, the stem of the file's name.
        table: the whole file.

    Raises: SchemeError: naming file and key: an unknown key or method, a missing source, a value of the
    wrong kind.
    """
    table.only("title", "region", "extends", "form", "effective", *_TABLES, *KNOWN)
    start, end = _effective(table)
    return Book(
        id=name,
        table=table,
        title=table.text("title"),
        region=table.text("region"),
        extends=table.text("extends") if table.has("extends") else None,
        form=table.text("form") if table.has("form") else None,
        effective_from=start,
        effective_to=end,
        match=_match(table.maybe_table("match")),
        parts=_parts(table),
        level1=_level1(table.maybe_table("level1")),
        total=_total(table.maybe_table("total")),
        grades=_grades(table.maybe_table("grades")),
        rounding=_rounding(table.maybe_table("rounding")),
        thresholds=_numbers(table.maybe_table("thresholds"), tuple(THRESHOLDS)),
        items=_numbers(table.maybe_table("items"), ()),
        words=_words(table.maybe_table("words")),
        absent=_absent(table.maybe_table("absent")),
        fund_unit=_fund_unit(table.maybe_table("fund_unit")),
        sections=_sections(table.maybe_table("sections")),
        framework=_framework(table.maybe_table("framework")),
        notes=tuple(_note(note) for note in table.tables("notes")),
        standards=read_standards(table),
    )


def _effective(table: Table) -> tuple[date | None, date | None]:
    span = table.maybe_table("effective")
    if span is None:
        return None, None
    span.only("from", "to")
    start, end = span.maybe_year("from", month=1, day=1), span.maybe_year("to", month=12, day=31)
    if start is not None and end is not None and end < start:
        raise span.wrong("to", f"写的是 {end}", f"不早于 from（{start}）的日期")
    return start, end


def _match(table: Table | None) -> Match:
    if table is None:
        return Match(kinds=())
    table.only(*CRITERIA, "kinds", "codes", "excludes", "requires", "otherwise", "fallback")
    kinds = table.words("kinds") if table.has("kinds") else Match().kinds
    for kind in kinds:
        if kind not in tuple(Kind):
            raise table.wrong("kinds", f"写的是 {kind}", "、".join(Kind) + " 之一")
    requires = table.words("requires")
    for name in requires:
        if name not in CRITERIA or not table.has(name):
            raise table.wrong("requires", f"写的是 {name}", "本表已写出的条件：" + "、".join(CRITERIA))
    return Match(
        regions=table.words("regions"),
        forms=table.words("forms"),
        notes=table.words("notes"),
        level1=table.words("level1"),
        execution_points=table.maybe_number("execution_points"),
        weights=table.truth("weights", default=False),
        kinds=kinds,
        codes=table.words("codes"),
        excludes=table.words("excludes"),
        requires=requires,
        otherwise=table.text("otherwise", ""),
        fallback=table.truth("fallback", default=False),
    )


def _parts(table: Table) -> dict[str, Part]:
    parts = {key: read_part(key, table.table(key)) for key in KNOWN if table.has(key)}
    other = table.maybe_table("other")
    for key, part in other.named_tables() if other is not None else ():
        if key in KNOWN:
            raise part.wrong("", "这个名称已有固定含义", f"[{key}]（不放在 other 之下）")
        parts[key] = read_part(key, part)
        if not parts[key].applies and not parts[key].says:
            raise part.wrong("applies", "没有写", "适用的指标名称，或用 says 写明内容")
    return parts


def _level1(table: Table | None) -> Cited[Classes] | None:
    if table is None:
        return None
    names = [key for key in table.data if key not in (*CITED, "free", "open")]
    points = {name: table.number(name) for name in names}
    for name, value in points.items():
        if value < 0:
            raise table.wrong(name, f"写的是 {value}", "不小于零的分值")
    if table.truth("free", default=False) == bool(points):
        raise table.wrong(
            "free", "既写了分值又写 free，或两者都没有写", "各类分值，或 free = true（不作规定）"
        )
    return Cited(Classes(points, table.truth("open", default=False)), table.source())


def _total(table: Table | None) -> Cited[Total] | None:
    if table is None:
        return None
    table.only("points", "checked", *CITED)
    return Cited(Total(table.number("points"), table.truth("checked", default=True)), table.source())


def _grades(table: Table | None) -> Cited[tuple[GradeBand, ...]] | None:
    if table is None:
        return None
    table.only("bands", *CITED)
    bands: list[GradeBand] = []
    for row in table.tables("bands"):
        row.only("word", "low", "also")
        band = GradeBand(row.text("word"), row.number("low"), row.words("also"))
        if bands and band.low >= bands[-1].low:
            raise row.wrong("low", f"写的是 {band.low}", f"小于上一等级的 {bands[-1].low}（由高到低排列）")
        bands.append(band)
    if not bands:
        raise table.wrong("bands", "没有写", "由高到低的等级（[[grades.bands]]）")
    return Cited(tuple(bands), table.source())


def _rounding(table: Table | None) -> Cited[Rounding] | None:
    if table is None:
        return None
    table.only("places", "mode", "order", *CITED)
    places = table.number("places")
    if places != int(places) or not 0 <= places <= 6:  # noqa: PLR2004 nobody scores in millionths
        raise table.wrong("places", f"写的是 {places}", "0 至 6 的整数（小数位数）")
    table.choice("mode", ("half_up",), "half_up")
    order = table.choice("order", ("round_then_sum", "sum_then_round"), "round_then_sum")
    return Cited(Rounding(int(places), order == "round_then_sum"), table.source())


def _numbers(table: Table | None, known: tuple[str, ...]) -> dict[str, Cited[Decimal]]:
    if table is None:
        return {}
    if known:
        table.only(*known, *CITED)
    source = table.source()
    return {key: Cited(table.number(key), source) for key in table.data if key not in CITED}


def _words(table: Table | None) -> dict[str, Cited[tuple[str, ...]]]:
    if table is None:
        return {}
    table.only(*TIERS, *CITED)
    source = table.source()
    return {tier: Cited(table.words(tier), source) for tier in TIERS if table.has(tier)}


def _absent(table: Table | None) -> Absent | None:
    if table is None:
        return None
    table.only("rule", "words", "blank_target", *CITED)
    rule = AbsentRule(table.choice("rule", tuple(AbsentRule)))
    return Absent(rule, table.source(), table.words("words"), table.truth("blank_target", default=False))


def _fund_unit(table: Table | None) -> Cited[str] | None:
    if table is None:
        return None
    table.only("unit", *CITED)
    return Cited(table.choice("unit", ("元", "万元")), table.source())


def _sections(table: Table | None) -> Cited[tuple[str, ...]] | None:
    if table is None:
        return None
    table.only("headings", *CITED)
    return Cited(table.words("headings"), table.source())


def _framework(table: Table | None) -> Cited[tuple[tuple[str, ...], ...]] | None:
    """Take the rows of a scoring form (评分表), each the names of its levels from the first, parted by a slash."""
    if table is None:
        return None
    table.only("rows", *CITED)
    rows = tuple(tuple(name.strip() for name in row.split("/")) for row in table.words("rows"))
    if len({len(row) for row in rows}) != 1 or any(not name for row in rows for name in row):
        raise table.wrong("rows", "各行的级数不同，或缺名称", "每行写全各级指标名称，以 / 分开")
    return Cited(rows, table.source())


def _note(table: Table) -> str:
    table.only("says", *CITED)
    return f"{table.text('says')}（依据：{table.source()}）"
