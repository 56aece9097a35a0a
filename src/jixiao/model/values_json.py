"""The codecs of what every paper is made of: places and doubts, figures, targets and results, sources."""

from fractions import Fraction

from jixiao.layout import Doubt, Place
from jixiao.model.citation import Citation
from jixiao.model.codec import (
    DECIMAL,
    FLAG,
    FRACTION,
    INTEGER,
    TEXT,
    WORDS,
    Codec,
    Json,
    keys_of,
    listed,
    optional,
    or_empty,
    record,
    refuse,
    spare,
    variant,
)
from jixiao.model.figure import Figure, Unit, decimal_of, figure_of, unit_named
from jixiao.model.parsing import parse_actual, parse_figure, parse_target
from jixiao.model.target import (
    Actual,
    AtLeast,
    AtMost,
    Before,
    Between,
    Exactly,
    Moment,
    Qualitative,
    Unclear,
)

_PLACE = record(Place, {
    "page": spare(optional(INTEGER)), "sheet": spare(optional(TEXT)), "table": spare(optional(INTEGER)),
    "row": spare(optional(INTEGER)), "column": spare(optional(INTEGER)), "cell": spare(optional(TEXT)),
    "line": spare(optional(INTEGER)), "start": spare(optional(INTEGER)), "end": spare(optional(INTEGER)),
    "box": spare(optional(listed(TEXT))),
})  # fmt: skip
PLACE = or_empty(_PLACE)
DOUBT = record(Doubt, {
    "place": PLACE, "why": WORDS, "reading": optional(TEXT), "alternative": optional(TEXT), "where": WORDS,
})  # fmt: skip
CITATION = record(Citation, {"document": WORDS, "article": WORDS, "verified": FLAG})
_ODD_UNIT = record(Unit, {"name": TEXT, "kind": TEXT, "scale": FRACTION})


def _put_unit(value: object) -> Json:
    if not isinstance(value, Unit):
        return None
    return value.name if unit_named(value.name) == value else _ODD_UNIT.put(value)


def _take_unit(json: Json, path: str) -> object:
    return unit_named(json) if isinstance(json, str) else _ODD_UNIT.take(json, path)


UNIT = optional(Codec(_put_unit, _take_unit))
_FIGURE = record(Figure, {"value": DECIMAL, "half": DECIMAL, "unit": UNIT})


def _put_figure(value: object) -> Json:
    """Leave out the half where the digits say it."""
    keys = keys_of(_FIGURE.put(value), "figure")
    if isinstance(value, Figure) and figure_of(str(keys["value"]), value.unit) == value:
        del keys["half"]
    return keys


def _take_figure(json: Json, path: str) -> object:
    keys = keys_of(json, path)
    value = DECIMAL.take(keys.get("value"), f"{path}.value")
    unit = UNIT.take(keys.get("unit"), f"{path}.unit")
    if keys.get("half") is not None or not isinstance(unit, Unit | None):
        return _FIGURE.take(json, path)
    return figure_of(f"{value}", unit)


FIGURE = Codec(_put_figure, _take_figure)


def digits_of(figure: Figure | None, unit: Unit | None) -> Json:
    """Return a figure as exact digits in `unit`; in its own where it can't be converted exactly, None where silent."""
    if figure is None:
        return None
    own = figure.unit
    if unit is None or own is None or own.kind != unit.kind or own.scale == unit.scale:
        return format(figure.value, "f")
    digits = decimal_of(figure.exact / unit.scale)
    return format(digits if Fraction(digits) * unit.scale == figure.exact else figure.value, "f")


def amount_in(unit: Unit | None) -> Codec:
    """A figure as plain digits in `unit`: 35.37 in a block of 万元."""

    def take(json: Json, path: str) -> object:
        return figure_of(f"{DECIMAL.take(json, path)}", unit)

    shown = Codec(
        lambda value: digits_of(value, unit) if isinstance(value, Figure) else None, take, exact=FIGURE
    )
    return optional(shown)


def _take_printed(json: Json, path: str) -> object:
    figure = parse_figure(json) if isinstance(json, str) else None
    return figure if figure is not None else refuse(path, "一个数（可带单位）", json)


# A figure as printed, with its unit: "88.44%".
PRINTED = optional(Codec(str, _take_printed, exact=FIGURE))

_MOMENT = record(Moment, {"year": optional(INTEGER), "month": optional(INTEGER), "day": optional(INTEGER)})
_TARGET = variant({
    "at_least": (AtLeast, record(AtLeast, {"text": WORDS, "bound": FIGURE, "strict": FLAG})),
    "at_most": (AtMost, record(AtMost, {"text": WORDS, "bound": FIGURE, "strict": FLAG})),
    "exactly": (Exactly, record(Exactly, {"text": WORDS, "value": FIGURE, "stated": FLAG})),
    "between": (Between, record(Between, {"text": WORDS, "low": FIGURE, "high": FIGURE})),
    "before": (Before, record(Before, {"text": WORDS, "limit": _MOMENT})),
    "qualitative": (Qualitative, record(Qualitative, {"text": WORDS})),
    "unclear": (Unclear, record(Unclear, {"text": WORDS, "why": WORDS})),
})  # fmt: skip
_ACTUAL = record(Actual, {
    "text": WORDS, "figure": spare(optional(FIGURE)), "moment": spare(optional(_MOMENT)), "hedged": spare(WORDS),
})  # fmt: skip


def _put_cell(codec: Codec, key: str, value: object) -> Json:
    """Put the printed cell under `key` and what was read in it under `key`_read."""
    if value is None:
        return {key: None}
    meaning = keys_of(codec.put(value), key)
    return {key: meaning.pop("text", ""), f"{key}_read": meaning}


def _take_target(json: Json, path: str) -> object:
    keys = keys_of(json, path)
    text = optional(TEXT).take(keys.get("target"), f"{path}.target")
    if not isinstance(text, str):
        return None
    if keys.get("target_read") is None:
        sign, unit = (optional(WORDS).take(keys.get(name), f"{path}.{name}") for name in ("sign", "unit"))
        return parse_target(text, sign=f"{sign or ''}", unit=f"{unit or ''}")
    meaning = keys_of(keys["target_read"], f"{path}.target_read")
    return _TARGET.take({**meaning, "text": text}, f"{path}.target_read")


def _take_actual(json: Json, path: str) -> object:
    keys = keys_of(json, path)
    text = optional(TEXT).take(keys.get("actual"), f"{path}.actual")
    if not isinstance(text, str):
        return None
    if keys.get("actual_read") is None:
        unit = optional(WORDS).take(keys.get("unit"), f"{path}.unit")
        return parse_actual(text, unit=f"{unit or ''}")
    meaning = keys_of(keys["actual_read"], f"{path}.actual_read")
    return _ACTUAL.take({**meaning, "text": text}, f"{path}.actual_read")


TARGET = Codec(lambda value: _put_cell(_TARGET, "target", value), _take_target, inline=True)
ACTUAL = Codec(lambda value: _put_cell(_ACTUAL, "actual", value), _take_actual, inline=True)
# The result beside a re-check's own: one object with its text and what was read in it.
SELF_ACTUAL = spare(optional(_ACTUAL))
# The result beside a re-check's own: one object with its text and what was read in it.
SELF_ACTUAL = spare(optional(_ACTUAL))
# The result beside a re-check's own: one object with its text and what was read in it.
SELF_ACTUAL = spare(optional(_ACTUAL))
