"""The columns of the lake (docs/batch.md): every table with its types, and what fits into a column.

Amounts, points, scores and rates of 1 are whole millionths; NULL is silence. A number that a column can't hold is
refused by name and never rounded, wrapped or left out.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa

from jixiao.batch.codes import COLUMNS, SCALE
from jixiao.errors import UnreadableError

VERSION = 3
SCORED = frozenset({2, VERSION})  # versions whose lakes are scored, audited and summed as this one's
MOST = 10**12  # amounts and figures, in whole ones: a trillion
MOST_POINTS = 10**4

Row = Mapping[str, object]

_TEXT, _BIG, _SMALL, _BYTE, _FLAG = pa.string(), pa.int64(), pa.int32(), pa.int8(), pa.bool_()


def _fund_columns() -> list[tuple[str, pa.DataType]]:
    return [
        pair
        for name in COLUMNS
        for pair in (
            (name, _BIG),
            (f"{name}_half", _BIG),
            (f"{name}_scale", _BIG),
            (f"{name}_doubted", _FLAG),
        )
    ]


_SETTLED = pa.struct([("code", _TEXT), ("row", _SMALL), ("severity", _TEXT)])

FILINGS = pa.schema([
    ("filing", _BIG), ("scheme", _TEXT), ("year", _SMALL), ("province", _TEXT), ("region", _TEXT),
    ("department", _TEXT), ("unit", _TEXT), ("project", _TEXT), ("code", _TEXT), *_fund_columns(),
    ("rate", _BIG), ("rate_half", _BIG), ("rate_per", _BIG),
    ("execution_points", _BIG), ("execution_printed", _BIG), ("execution_tenth", _FLAG),
    ("points_printed", _BIG), ("total_printed", _BIG), ("total_tenth", _FLAG), ("grade_printed", _TEXT),
    ("traits", _SMALL), ("told_low", _BIG), ("told_high", _BIG), ("told_per", _BIG),
    ("class_cost", _BIG), ("class_output", _BIG), ("class_benefit", _BIG), ("class_satisfaction", _BIG),
    ("cost_row", _SMALL), ("cost_points", _BIG), ("settled", pa.list_(_SETTLED)),
    ("spent_digits", _TEXT), ("spent_unit", _TEXT),
])  # fmt: skip

FUNDS = pa.schema([
    ("filing", _BIG), ("scheme", _TEXT), ("line", _SMALL), ("source", _BYTE), ("label", _TEXT),
    *((f"{name}{end}", _BIG) for name in (*COLUMNS, "adjusted", "forecast") for end in ("", "_half", "_scale")),
    ("points", _BIG), ("printed", _BIG),
])  # fmt: skip

INDICATORS = pa.schema([
    ("filing", _BIG), ("scheme", _TEXT), ("row", _SMALL), ("names", _BIG), ("words", _BIG), ("aim", _BIG),
    ("kind", _BYTE), ("stated", _FLAG), ("lo", _BIG), ("hi", _BIG), ("lo_out", _FLAG), ("hi_out", _FLAG),
    ("has_actual", _FLAG), ("has_figure", _FLAG), ("value", _BIG), ("half", _BIG), ("hedge", _BYTE),
    ("exact", _BIG), ("exact_half", _BIG), ("exact_per", _BIG), ("measure", _BYTE),
    ("beyond", _BIG), ("beyond_per", _BIG),
    ("repeats", _FLAG), ("whole", _FLAG), ("kept", _FLAG), ("smaller", _FLAG),
    ("points", _BIG), ("printed", _BIG), ("tenth", _FLAG), ("deduction", _BIG),
    ("traits", _SMALL), ("above", _BIG), ("above_per", _BIG),
    ("sign", _TEXT), ("unit", _TEXT), ("read", _TEXT), ("hit", _FLAG), ("satisfaction", _TEXT),
])  # fmt: skip

NAMES = pa.schema([
    ("names", _BIG), ("level1", _TEXT), ("level2", _TEXT), ("level3", _TEXT), ("level4", _TEXT),
])  # fmt: skip

WORDS = pa.schema([("words", _BIG), ("text", _TEXT)])

PAPERS = pa.schema([
    ("filing", _BIG), ("paper", _SMALL), ("file", _TEXT), ("index", _SMALL), ("sha256", _TEXT), ("kind", _TEXT),
    ("form", _TEXT), ("project", _TEXT), ("main", _FLAG), ("doubts", _SMALL),
])  # fmt: skip

CLAIMS = pa.schema([
    ("filing", _BIG), ("paper", _SMALL), ("claim", _SMALL), ("what", _TEXT), ("subject", _TEXT), ("quoted", _TEXT),
    ("printed", _TEXT), ("unit", _TEXT), ("measure", _TEXT), ("value", _BIG), ("value_half", _BIG), ("value_per", _BIG),
])  # fmt: skip

FINDINGS = pa.schema([
    ("filing", _BIG), ("finding", _SMALL), ("paper", _SMALL), ("code", _TEXT), ("severity", _TEXT), ("origin", _TEXT),
    ("field", _TEXT), ("says", _TEXT), ("quoted", _TEXT), ("printed", _TEXT), ("computed", _TEXT),
])  # fmt: skip

REFUSED = pa.schema([("file", _TEXT), ("filing", _BIG), ("why", _TEXT)])

TABLES = {
    "papers": PAPERS, "filings": FILINGS, "funds": FUNDS, "indicators": INDICATORS, "claims": CLAIMS,
    "findings": FINDINGS, "refused": REFUSED, "names": NAMES, "words": WORDS,
}  # fmt: skip
TEXTS = ("names", "words")  # tables that hold each text once in a part
UNPLACED = ("refused", "names", "words")  # tables whose rows have neither year nor province

BOOKS = pa.schema([
    ("book", _SMALL), ("scheme", _TEXT), ("total", _BIG), ("grain", _BIG), ("final", _FLAG), ("absent", _BYTE),
    ("blank_target", _FLAG), ("deducts", _FLAG), ("within", _FLAG), ("beyond_columns", _FLAG),
    ("execution", _SMALL), ("positive", _SMALL), ("negative", _SMALL), ("exact", _SMALL), ("bounded", _SMALL),
    ("deadline", _SMALL), ("qualitative", _SMALL), ("cap", _SMALL),
    ("by_share", _FLAG), ("share_from", _BIG), ("by_tiers", _FLAG), ("best", _SMALL),
    ("positive_full", _FLAG), ("negative_full", _FLAG), ("exact_full", _FLAG), ("bounded_full", _FLAG),
    ("grades_verified", _FLAG), ("low_from", _BIG), ("low_surely", _BIG), ("far_from", _BIG), ("cost_most", _BIG),
    ("equal_split", _FLAG), ("own_classes", _FLAG), ("usual_classes", _FLAG), ("names_cost", _FLAG),
    ("names_satisfaction", _FLAG), ("class_cost", _BIG), ("class_output", _BIG), ("class_benefit", _BIG),
    ("class_satisfaction", _BIG),
])  # fmt: skip

PARTS = pa.schema([
    ("part", _SMALL), ("book", _SMALL), ("key", _TEXT), ("method", _BYTE), ("points", _BIG), ("amounts", _FLAG),
    ("numerator", _BYTE), ("denominator", _BYTE), ("threshold", _BIG), ("zero", _BYTE), ("floor_at", _BIG),
    ("per", _BIG), ("deduct", _BIG), ("limit_at", _BIG), ("best", _SMALL), ("by_figures", _FLAG),
    ("verified", _FLAG),
])  # fmt: skip

BANDS = pa.schema([
    ("part", _SMALL), ("place", _SMALL), ("low", _BIG), ("high", _BIG), ("share", _BIG), ("deduct", _BIG),
    ("low_open", _FLAG), ("high_closed", _FLAG), ("needs", _FLAG),
])  # fmt: skip

TIERS = pa.schema([
    ("tier", _SMALL), ("part", _SMALL), ("low", _BIG), ("high", _BIG), ("standard", _BIG), ("low_open", _FLAG),
    ("high_open", _FLAG),
])  # fmt: skip

GRADES = pa.schema([
    ("book", _SMALL), ("place", _SMALL), ("word", _TEXT), ("low", _BIG), ("at_least", _BIG), ("below", _BIG),
])  # fmt: skip

NAMES_MEANT = pa.schema([
    ("book", _SMALL), ("names", _BIG), ("part", _SMALL), ("amounts", _FLAG), ("free", _FLAG),
    ("assessed", _FLAG), ("for_figures", _FLAG),
    ("points", _BIG), ("holds_bare", _FLAG), ("holds_aimed", _FLAG), ("execution", _FLAG), ("execution_alone", _FLAG),
    ("is_part", _FLAG), ("class", _SMALL), ("class_points", _BIG),
])  # fmt: skip

WORDS_MEANT = pa.schema(
    [("book", _SMALL), ("words", _BIG), ("absent", _FLAG), ("label", _SMALL), ("tier", _SMALL)]
)
TIERS_MEANT = pa.schema([("part", _SMALL), ("words", _BIG), ("tier", _SMALL)])
FAULTS = pa.schema([("mark", _BIG), ("code", _TEXT), ("severity", _TEXT)])
GRADES_TOLD = pa.schema([("book", _SMALL), ("printed", _TEXT), ("place", _SMALL)])
USUAL_CLASSES = pa.schema([
    ("class_cost", _BIG), ("class_output", _BIG), ("class_benefit", _BIG), ("class_satisfaction", _BIG),
])  # fmt: skip
GRADES_MEANT = pa.schema([("book", _SMALL), ("printed", _TEXT), ("at_least", _BIG), ("below", _BIG)])


def table(rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    """Make the table of `rows`; a column that a row doesn't name is silent there."""
    return pa.table({field.name: [row.get(field.name) for row in rows] for field in schema}, schema=schema)


def millionths(value: Decimal | Fraction | None, name: str, most: int = MOST) -> int | None:
    """Return a number as whole millionths, None for silence.

    Raises:
        UnreadableError: it has more than six decimals, or lies beyond `most`; the sentence names the field.
    """
    if value is None:
        return None
    over, under = value.as_integer_ratio()
    whole, rest = divmod(over * SCALE, under)
    if rest:
        raise UnreadableError(f"“{name}”小数超过六位，不能入库：请核对数值。")
    if abs(whole) > most * SCALE:
        raise UnreadableError(f"“{name}”超过 {most:d}，不能入库：请核对数值和单位。")
    return whole


def ratio_of(value: Fraction, name: str) -> tuple[int, int]:
    """Return a number as millionths over a whole number, 98% as 98000000 over 100.

    Raises:
        UnreadableError: it can't be held so.
    """
    over, under = value.as_integer_ratio()
    per = under
    for fine in (1, 100, 1000):
        if over * SCALE * fine % under == 0:
            per = fine
            break
    whole, rest = divmod(over * SCALE * per, under)
    if rest or abs(whole) > MOST * SCALE or per > MOST:
        raise UnreadableError(f"“{name}”的数值过大或小数过多，不能入库：请核对数值和单位。")
    return whole, per


def on_its_way(name: str) -> pa.Schema:
    """Return the columns of a lake's table while its rows are on their way to files: with year and province."""
    schema = TABLES[name]
    if name in UNPLACED or "year" in schema.names:
        return schema
    return schema.append(pa.field("year", _SMALL)).append(pa.field("province", _TEXT))
