"""Rule-books as tables. What names and words mean to each stands in `meanings`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jixiao.batch.audit_books import asked_by_audit
from jixiao.batch.codes import ABSENT, COLUMNS, METHODS, SCALE, SHARE_GRAIN, ZEROS
from jixiao.batch.tables import MOST_POINTS, Row, millionths
from jixiao.schemes.scheme import Band, GradeBand, Method, Part, Scheme
from jixiao.scoring.rows import WITHOUT_TARGET, by_amounts

_KINDS = {
    "execution": "execution", "positive": "positive", "negative": "negative", "exact": "exact", "bounded": "interval",
    "deadline": "deadline", "qualitative": "qualitative", "cap": "total_cap",
}  # fmt: skip
_BESIDE_FIGURES = ("positive", "negative", "exact", "bounded")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Rule-books as rows; `numbers` gives each part its number, `first_tiers` the number of its best tier."""

    schemes: tuple[Scheme, ...]
    books: list[Row] = field(default_factory=list)
    parts: list[Row] = field(default_factory=list)
    bands: list[Row] = field(default_factory=list)
    tiers: list[Row] = field(default_factory=list)
    grades: list[Row] = field(default_factory=list)
    numbers: dict[tuple[int, str], int] = field(default_factory=dict)
    first_tiers: dict[int, int] = field(default_factory=dict)


def shelve(schemes: Sequence[Scheme]) -> Shelf:
    """Put rule-books into tables.

    Raises:
        UnreadableError: one of their numbers has more than six decimals.
    """
    shelf = Shelf(tuple(schemes))
    for book, scheme in enumerate(schemes):
        for part in scheme.parts.values():
            _add_part(shelf, book, part)
        shelf.books.append(_book(shelf, book, scheme))
        shelf.grades.extend(_grades(book, scheme.grades))
    return shelf


def _book(shelf: Shelf, book: int, scheme: Scheme) -> Row:
    absent = scheme.absent
    return {
        "book": book, "scheme": scheme.id, "total": millionths(scheme.total, "总分", MOST_POINTS),
        "grain": SCALE // 10**scheme.rounding.places, "final": scheme.rounding_source.verified,
        "absent": ABSENT[absent.rule if absent is not None else None],
        "blank_target": absent is not None and absent.blank_target, "deducts": "deduction" in scheme.parts,
        "within": bool(scheme.parts["execution"].within), "beyond_columns": not scheme.rounding.round_then_sum,
        **{column: shelf.numbers.get((book, key)) for column, key in _KINDS.items()},
        **_lanes(shelf, book, scheme),
        **{f"{column}_full": _is_full_for_met(column, scheme.parts.get(_KINDS[column])) for column in _BESIDE_FIGURES},
        **asked_by_audit(scheme),
    }  # fmt: skip


def _lanes(shelf: Shelf, book: int, scheme: Scheme) -> Row:
    """Return what the lanes of the usual rows ask of a rule-book: a share of the target, and tiers of words."""
    positive, least = scheme.parts.get("positive"), 0
    by_share = (
        positive is not None
        and positive.method is Method.RATIO
        and not positive.actual_floor
        and SCALE // 10**scheme.rounding.places >= SHARE_GRAIN
    )
    if by_share and positive is not None and positive.pass_threshold is not None:
        least = millionths(positive.pass_threshold, positive.key) or 0
    return {
        "by_share": by_share and least <= SCALE, "share_from": least,
        "by_tiers": scheme.parts["qualitative"].method is Method.RUBRIC,
        "best": shelf.first_tiers.get(shelf.numbers[book, "qualitative"]),
    }  # fmt: skip


def _is_full_for_met(column: str, part: Part | None) -> bool:
    """Tell whether a part owes a figure that meets its target all points, whatever the figure is.

    A floor under figures takes none below what is at least demanded.
    """
    return (
        part is not None
        and part.method not in WITHOUT_TARGET
        and (part.actual_floor is None or column == "positive")
    )


def _add_part(shelf: Shelf, book: int, part: Part) -> None:
    number = len(shelf.parts)
    shelf.numbers[book, part.key] = number
    shelf.bands.extend(_band(number, place, band) for place, band in enumerate(part.bands))
    for tier in part.tiers:
        shelf.first_tiers.setdefault(number, len(shelf.tiers))
        shelf.tiers.append({
            "tier": len(shelf.tiers), "part": number, "low": millionths(tier.low, tier.says),
            "high": millionths(tier.high, tier.says), "standard": millionths(tier.default, tier.says),
            "low_open": tier.low_open, "high_open": tier.high_open,
        })  # fmt: skip
    settings = part.settings
    shelf.parts.append({
        "part": number, "book": book, "key": part.key, "method": METHODS[part.method],
        "points": millionths(part.points, part.key, MOST_POINTS),
        "amounts": part.key == "total_cap" or by_amounts(part),
        "numerator": COLUMNS.index(part.numerator), "denominator": COLUMNS.index(part.denominator),
        "threshold": millionths(part.pass_threshold, part.key), "zero": ZEROS[part.zero_target],
        "floor_at": millionths(part.actual_floor, part.key), "per": millionths(settings.get("per"), part.key),
        "deduct": millionths(settings.get("deduct"), part.key), "limit_at": millionths(settings.get("limit"), part.key),
        "best": shelf.first_tiers.get(number), "by_figures": part.method not in WITHOUT_TARGET,
        "verified": part.source.verified,
    })  # fmt: skip


def _band(part: int, place: int, band: Band) -> Row:
    return {
        "part": part, "place": place,
        "low": millionths(band.low, "档"), "high": millionths(band.high, "档"), "share": millionths(band.share, "档"),
        "deduct": millionths(band.deduct, "档"), "low_open": band.low_open, "high_closed": band.high_closed,
        "needs": bool(band.needs),
    }  # fmt: skip


def _grades(book: int, grades: Sequence[GradeBand]) -> Iterable[Row]:
    """Yield the totals that earn each word: from its own least total up to that above it; the last has no end below."""
    below: int | None = None
    for place, band in enumerate(grades):
        low = millionths(band.low, band.word)
        last = place == len(grades) - 1
        yield {"book": book, "place": place, "word": band.word, "low": low, "at_least": None if last else low,
               "below": below}  # fmt: skip
        below = low
