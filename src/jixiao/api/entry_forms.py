"""The forms that can be typed into: which they are, the keys of their cells, how they look blank, what they offer."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Kind
from jixiao.papers.form import forms_of, list_forms, load_form
from jixiao.papers.scoring_forms.scoring_page import usual_form
from jixiao.papers.templates.template import SECOND, usual_rows
from jixiao.papers.templates.template_filling import UNITS
from jixiao.papers.typed.framework import LAW, framework_rows
from jixiao.papers.typed.typed_page import boxes_of, entry_sheet
from jixiao.papers.typed.typed_texts import Typed, class_keys, columns_of, entry_form
from jixiao.schemes.scheme import Scheme
from jixiao.scoring import live

GOAL, MONITOR, TRANSFER = "f-goal", "f-monitor", "f-transfer"
SIGNS = ("", *live.SIGNS, live.IN_WORDS, live.IN_TIME)


def forms_to_fill() -> tuple[str, ...]:
    """Return the stems of the forms that can be typed into as a self-evaluation."""
    return (*list_forms(), *forms_of(Kind.SCORING_FORM), TRANSFER)


def is_filled_in(scheme: Scheme) -> bool:
    """Tell whether a rule-book scores a paper that can be typed into: a self-evaluation table or a scoring form."""
    return Kind.SELFEVAL_TABLE in scheme.match.kinds or kind_of(form_for(scheme)) is Kind.SCORING_FORM


def kind_of(form: str) -> Kind:
    """Return the kind of paper that a form is."""
    return load_form(form).kind


def scoring_form_for(record: Evaluation) -> str:
    """Return the scoring form with as many levels as a record has."""
    return usual_form(record)


def holds_targets(form: str) -> bool:
    """Tell whether a form prints what was demanded beside what came of it; a scoring form doesn't."""
    return kind_of(form) is not Kind.SCORING_FORM


def classes_of(form: str) -> tuple[tuple[str, ...], ...]:
    """Return the keys of the classes that rows of a form have in common, each with that of its points."""
    return class_keys(load_form(form))


def form_for(scheme: Scheme) -> str:
    """Return the form of a rule-book, the usual one where its own is none that can be typed into."""
    own = (scheme.form or "").lower()
    return own if own in forms_to_fill() else "f-10"


def blank(scheme: Scheme, form: str, year: int) -> Typed:
    """Return a form with blank rows of the usual classes, and the points that the rule-book fixes."""
    printed = load_form(form)
    if not holds_targets(form):
        return Typed(form, year, {}, tuple(framework_rows(scheme, printed)))
    usual = usual_rows(_of_targets(scheme))
    rows = tuple({"level1": row.level1 or "", "level2": row.level2 or ""} for row in usual)
    if printed.class_points_in_level1:
        rows = tuple({**row, "level1": _weighed(row["level1"], scheme)} for row in rows)
    return Typed(form, year, boxes_of(printed), rows)


def _of_targets(scheme: Scheme) -> Scheme:
    """Return a rule-book without classes that are those of its scoring form: targets have the usual ones."""
    return replace(scheme, level1={}) if scheme.framework else scheme


def _weighed(name: str, scheme: Scheme) -> str:
    points = scheme.level1.get(name)
    return name if points is None else f"{name}（{points:f}分）"


def _classes_offered(scheme: Scheme, form: str) -> tuple[tuple[str, ...], ...]:
    if holds_targets(form):
        second = dict.fromkeys(name for names in SECOND.values() for name in names)
        return tuple(_of_targets(scheme).level1) or tuple(SECOND), tuple(second), ()
    levels = [tuple(dict.fromkeys(names)) for names in zip(*scheme.framework, strict=True)]
    first, second_, third = [*levels[: len(classes_of(form))], (), (), ()][:3]
    return tuple(scheme.level1) or first, second_, third


def offers(scheme: Scheme, form: str) -> Mapping[str, tuple[str, ...]]:
    """Return what is offered to be chosen, by the kind of cell: classes, signs, units, tiers, grades."""
    classes, second, third = _classes_offered(scheme, form)
    tiers = (
        tuple(tier.says for tier in scheme.parts["qualitative"].tiers)
        if "qualitative" in scheme.parts
        else ()
    )
    return {
        "level1": classes, "level2": second, "level3": third, "sign": SIGNS, "unit": UNITS, "tiers": tiers,
        "grade": tuple(band.word for band in scheme.grades),
    }  # fmt: skip


def row_keys(form: str) -> tuple[str, ...]:
    """Return the keys of a row's cells on a form, in the order in which they are typed."""
    return tuple(key for key in shown_keys(form) if not key.startswith(LAW))


def shown_keys(form: str) -> tuple[str, ...]:
    """Return the keys of a row's cells as they are shown to be typed into, the rule-book's words among them."""
    return tuple(key for key, _ in columns_of(entry_form(load_form(form))))


def naming_key(form: str) -> str:
    """Return the key of the cell that names a row: that of the last level."""
    return [key for key in row_keys(form) if key.startswith("level")][-1]


def printed_keys(form: str) -> tuple[str, ...]:
    """Return the keys of a row's cells as the official form prints them, in its order."""
    return tuple(key for key, _ in columns_of(load_form(form)))


@cache
def field_keys(form: str) -> tuple[str, ...]:
    """Return the keys of the cells outside of the indicators, the line over the table among them."""
    sheet = entry_sheet(Typed(form))
    return (
        *(key for _, key in sheet.above),
        *(spot.key for spot in sheet.spots.values() if not spot.rows),
        "notes",
    )
