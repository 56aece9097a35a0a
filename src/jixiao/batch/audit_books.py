"""What the audit asks of a rule-book, as columns: its thresholds, first-level points, and the grades it knows."""

from collections.abc import Iterator, Sequence

from jixiao.audit.indicator_rows import stem_of
from jixiao.audit.indicators.frame import NATIONAL
from jixiao.audit.scores.rows import FAR
from jixiao.audit.targets.levels import REASON, WARN
from jixiao.audit.told.grades import bands_named
from jixiao.batch.codes import SCALE
from jixiao.batch.tables import MOST_POINTS, Row, millionths
from jixiao.batch.traits import STEMS
from jixiao.schemes.scheme import Scheme


def asked_by_audit(scheme: Scheme) -> Row:
    """Return the columns that only audit.sql looks at."""
    asked, points = scheme.thresholds, {stem_of(name): mark for name, mark in scheme.level1.items()}
    return {
        "grades_verified": scheme.grades_source.verified,
        "low_from": millionths(asked.get("over_warn", WARN), "over_warn"),
        "low_surely": millionths(asked.get("over_reason", REASON), "over_reason"),
        "far_from": millionths(asked.get("over_reason") or asked.get("over_warn") or FAR, "over_reason"),
        "cost_most": millionths(asked.get("cost_points_most"), "cost_points_most"),
        "equal_split": "equal_split" in scheme.parts,
        "own_classes": bool(scheme.level1) and not scheme.match.fallback, "usual_classes": scheme.match.fallback,
        "names_cost": STEMS["cost"] in points,
        "names_satisfaction": not scheme.level1 or STEMS["satisfaction"] in points,
        **{f"class_{name}": millionths(points.get(stem), stem, MOST_POINTS) for name, stem in STEMS.items()},
    }  # fmt: skip


def grades_told(scheme: Scheme, printed: Sequence[str]) -> Iterator[Row]:
    """Yield the printed grades that hold a word, each with the place of the band it names, None where none does."""
    for text in printed:
        named = bands_named(text, scheme.grades)
        for band in (named or (None,)) if named is not None and scheme.grades else ():
            place = scheme.grades.index(band) if band is not None else None
            yield {"printed": text, "place": place}


def usual_classes() -> list[Row]:
    """Return the sets of first-level points that the nation's texts know; 0 for a class that a set hasn't."""
    return [{f"class_{name}": one.get(stem, 0) * SCALE for name, stem in STEMS.items()} for one in NATIONAL]
