"""Rule-books as tables, and what names and words mean to each: asked of jixiao.scoring once for each distinct text."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from jixiao.batch.audit_books import asked_by_audit, grades_told
from jixiao.batch.codes import ABSENT, COLUMNS, METHODS, SCALE, ZEROS
from jixiao.batch.tables import MOST_POINTS, Row, millionths
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.figure import tidy
from jixiao.model.target import Actual, Qualitative
from jixiao.schemes.scheme import Absent, Band, GradeBand, Part, Scheme, Tier
from jixiao.scoring.execution import NAME, Ground
from jixiao.scoring.rows import FOR_FIGURES, WITHOUT_TARGET, by_amounts, holds_execution, names_of, part_named
from jixiao.scoring.totals import claimed_band
from jixiao.scoring.words import label_of, tier_of
from jixiao.scoring.worth import is_part, left_out, set_points

_KINDS = {
    "execution": "execution", "positive": "positive", "negative": "negative", "exact": "exact", "bounded": "interval",
    "deadline": "deadline", "qualitative": "qualitative", "cap": "total_cap",
}  # fmt: skip
_BESIDE_FIGURES = ("positive", "negative", "exact", "bounded")
_WITH_TARGET = Qualitative("—")


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


@dataclass(frozen=True, slots=True)
class Meanings:
    """What texts mean to rule-books: rows only where a text means something."""

    names: list[Row] = field(default_factory=list)
    words: list[Row] = field(default_factory=list)
    tiers: list[Row] = field(default_factory=list)
    grades: list[Row] = field(default_factory=list)
    claims: list[Row] = field(default_factory=list)


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
        **{f"{column}_full": _is_full_for_met(scheme.parts.get(_KINDS[column])) for column in _BESIDE_FIGURES},
        **asked_by_audit(scheme),
    }  # fmt: skip


def _is_full_for_met(part: Part | None) -> bool:
    """Tell whether a part owes a figure that meets its target all points, whatever the figure is."""
    return part is not None and part.method not in WITHOUT_TARGET and part.actual_floor is None


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
    """Yield the totals that earn each word: the first band whose least total is reached, else the last."""
    below: int | None = None
    for place, band in enumerate(grades):
        low = millionths(band.low, band.word)
        last = place == len(grades) - 1
        if last or below is None or (low is not None and low < below):
            yield {"book": book, "place": place, "word": band.word, "low": low, "at_least": None if last else low,
                   "below": below}  # fmt: skip
            below = low


def meanings(
    shelf: Shelf, names: Iterable[Row], words: Mapping[int, str], grades: Iterable[str | None]
) -> Meanings:
    """Return what texts mean to the rule-books of `shelf`.

    Args:
        shelf: the rule-books.
        names: rows of the table of names.
        words: the texts of results by their number.
        grades: the printed grades.
    """
    found = Meanings()
    rows = [(row["names"], _named(row)) for row in names]
    printed = sorted({grade for grade in grades if grade is not None})
    for book, scheme in enumerate(shelf.schemes):
        ground = _ground(scheme)
        for number, row in rows:
            meant = _name_meant(shelf, book, ground, row)
            if any(value is not None and value is not False for value in meant.values()):
                found.names.append({"book": book, "names": number, **meant})
        for grade in printed:
            band = claimed_band(scheme.grades, grade)
            if band is not None:
                found.grades.append({"book": book, "printed": grade, "low": millionths(band.low, grade)})
        found.claims.extend({"book": book, **claim} for claim in grades_told(scheme, printed))
    _words_meant(shelf, words, found)
    return found


def _named(row: Row) -> Indicator:
    level1, level2, level3, level4 = (_text(row[f"level{n}"]) for n in (1, 2, 3, 4))
    return Indicator(level1, level2, level3, level4)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _name_meant(shelf: Shelf, book: int, ground: Ground, row: Indicator) -> Row:
    scheme, part = ground.scheme, part_named(ground, names_of(row))
    aimed = Indicator(row.level1, row.level2, row.level3, row.level4, _WITH_TARGET)
    level1 = tidy(row.level1 or "") if "equal_split" in scheme.parts else ""
    return {
        "part": shelf.numbers[book, part.key] if part is not None else None,
        "amounts": part is not None and by_amounts(part),
        "free": part is not None and part.method in WITHOUT_TARGET,
        "for_figures": part is not None and part.method in FOR_FIGURES and not by_amounts(part),
        "points": millionths(set_points(ground, row), "分值", MOST_POINTS),
        "holds_bare": holds_execution(ground, row), "holds_aimed": holds_execution(ground, aimed),
        "execution": NAME in names_of(row), "execution_alone": row.level3 == NAME, "is_part": is_part(row),
        "class": list(scheme.level1).index(level1) if level1 in scheme.level1 else None,
        "class_points": millionths(scheme.level1.get(level1), "分值", MOST_POINTS),
    }  # fmt: skip


def _words_meant(shelf: Shelf, words: Mapping[int, str], found: Meanings) -> None:
    """Ask what texts mean once for each list of tiers or of absent words: rule-books share most of them."""
    tiers: dict[tuple[Tier, ...], dict[int, int]] = {}
    labels: dict[tuple[Tier, ...], dict[int, int]] = {}
    absents: dict[Absent | None, dict[int, bool]] = {}
    for book, scheme in enumerate(shelf.schemes):
        qualitative = scheme.parts["qualitative"]
        if scheme.absent not in absents:
            absents[scheme.absent] = _left_out(scheme, words)
        if qualitative.tiers not in labels:
            labels[qualitative.tiers] = _places(label_of, qualitative.tiers, words)
        absent, label = absents[scheme.absent], labels[qualitative.tiers]
        first = shelf.first_tiers.get(shelf.numbers[book, "qualitative"], 0)
        for number in {**absent, **label}:
            place = first + label[number] if number in label else None
            found.words.append({"book": book, "words": number, "absent": number in absent, "label": place})
        for part in scheme.parts.values():
            if part.tiers and part.tiers not in tiers:
                tiers[part.tiers] = _places(tier_of, part.tiers, words)
            part_number = shelf.numbers[book, part.key]
            found.tiers.extend(
                {"part": part_number, "words": number, "tier": shelf.first_tiers[part_number] + place}
                for number, place in tiers.get(part.tiers, {}).items()
            )


def _left_out(scheme: Scheme, words: Mapping[int, str]) -> dict[int, bool]:
    """Return the texts of results whose rows the rule-book leaves out."""
    ground = _ground(scheme)
    rows = ((number, Indicator(target=_WITH_TARGET, actual=Actual(text))) for number, text in words.items())
    return {number: True for number, row in rows if left_out(ground, row)}


def _places(
    ask: Callable[[str, Sequence[Tier]], Tier | None], tiers: Sequence[Tier], words: Mapping[int, str]
) -> dict[int, int]:
    """Return which of some tiers each text means, by its place among them; texts that mean none aren't in it."""
    told = ((number, ask(text, tiers)) for number, text in words.items())
    return {number: tiers.index(tier) for number, tier in told if tier is not None}


def _ground(scheme: Scheme) -> Ground:
    return Ground(Evaluation(), scheme, {}, tuple(part for part in scheme.parts.values() if part.applies))
