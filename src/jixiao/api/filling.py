"""A form while it is typed into: its page, what the texts say as a paper, what the rule-book makes of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from jixiao import papers
from jixiao.api.entry_forms import (
    GOAL,
    MONITOR,
    SIGNS,
    TRANSFER,
    blank,
    classes_of,
    field_keys,
    form_for,
    forms_to_fill,
    holds_targets,
    is_filled_in,
    kind_of,
    naming_key,
    offers,
    printed_keys,
    row_keys,
    scoring_form_for,
    shown_keys,
)
from jixiao.api.judging import ALL_RULES, Rules, choose, review
from jixiao.layout import Doubt, Layout
from jixiao.model.evaluation import Evaluation, Execution, Indicator
from jixiao.model.figure import half_up
from jixiao.model.filing import file_together
from jixiao.model.parsing import parse_actual, parse_figure, parse_target
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.model.review import Review
from jixiao.model.score import ScoreSheet
from jixiao.model.target import AtLeast, AtMost, Exactly
from jixiao.papers.form import load_form
from jixiao.papers.typed import typed_scoring, typed_stream
from jixiao.papers.typed.framework import LAW, class_points
from jixiao.papers.typed.typed_page import boxes_of, entry_sheet, printed_page, rows_read, typed_of
from jixiao.papers.typed.typed_texts import (
    DEMANDS,
    Sheet,
    Typed,
    carried,
    columns_of,
    entry_form,
    onto,
    parted,
)
from jixiao.schemes import Choice
from jixiao.schemes.scheme import Scheme
from jixiao.scoring import score
from jixiao.scoring.lights import Light, light_of, light_of_spending, worst

_PERCENT, _PLACES = 100, 2
_NARROW = str.maketrans("０１２３４５６７８９．％＋－＜＞＝", "0123456789.%+-<>=")


@dataclass(frozen=True, slots=True)
class Filled:
    """What typed texts come to: the paper read from them, its review, and what is worked out for cells left blank.

    `at` gives for each indicator of the record the typed row that it stands in; `cells` and `rows` (by typed row) are
    the texts that are worked out, by the keys of Typed; `choice` is the rule-book. `review` has them in it.
    """

    reading: Reading
    review: Review
    choice: Choice
    at: Mapping[int, int]
    cells: Mapping[str, str]
    rows: tuple[Mapping[str, str], ...]

    @property
    def sheet(self) -> ScoreSheet | None:
        """The scores; None where the form is none that is scored."""
        return self.review.sheet


def take(record: Evaluation, form: str) -> tuple[Typed, tuple[str, ...]]:
    """Return a record's texts for a form, and in sentences what it has no cell for."""
    typed, lost = typed_of(record, form)
    return replace(typed, cells={**boxes_of(load_form(form)), **typed.cells}), lost


def apart(row: Mapping[str, str], form: str) -> dict[str, str]:
    """Return a row's texts as an official form prints them with sign, number and unit in cells of their own."""
    row = {key: text.translate(_NARROW) if key in ("target", "actual") else text for key, text in row.items()}
    read = Indicator(target=parse_target(row.get("target", "")), actual=parse_actual(row.get("actual", "")))
    told = parted(read, load_form(form))
    texts = {
        "sign": told.sign or "",
        "target": told.target.text if told.target is not None else "",
        "unit": told.unit or "",
        "actual": told.actual.text if told.actual is not None else row.get("actual", ""),
    }
    return {
        **row,
        **{key: text for key, text in texts.items() if key in row or ("target" in row and key != "actual")},
    }


def read_typed(typed: Typed) -> tuple[Reading, Mapping[int, int]]:
    """Read typed texts as the paper that they make, and tell in which typed row each indicator stands."""
    if not holds_targets(typed.form):
        return typed_scoring.read_typed(typed)
    by_place = typed_stream.read(typed)
    if by_place is not None:
        return by_place[0], rows_read(by_place[1], by_place[0])
    sheet = printed_page(typed)
    found = papers.recognize(sheet.layout)
    kind = load_form(typed.form).kind
    reading = next((one for one in found if one.kind is kind), found[0])
    return reading, rows_read(sheet.first, reading)


def read_page(page: Layout) -> tuple[Reading, ...]:
    """Read the papers of a page that was made here."""
    return papers.recognize(page)


def official_page(typed: Typed) -> Layout:
    """Return the official page with the typed texts in it."""
    return printed_page(typed).layout


def facts_page(reading: Reading) -> Layout | None:
    """Return the page of the paper that has the amounts of a scoring form, as they were typed beside it."""
    record = reading.record
    beside = reading.kind is Kind.SCORING_FORM and isinstance(record, Evaluation)
    return typed_scoring.facts_page(record) if beside and isinstance(record, Evaluation) else None


def fill(typed: Typed, scheme_id: str, rules: Rules = ALL_RULES, beside: Sequence[Reading] = ()) -> Filled:
    """Read typed texts, work out what is blank, and audit what then stands there.

    Args:
        typed: the texts.
        scheme_id: the rule-book; "" lets the paper choose.
        rules: the rules that are run.
        beside: other papers of the filing, its report.

    Raises:
        UnknownNameError: there is no such rule-book.
    """
    reading, at = read_typed(typed)
    filing = _filing(reading, beside)
    choice = choose(filing, scheme_id or None)
    record = reading.record
    if not isinstance(record, Evaluation):
        return Filled(reading, review(filing, choice, rules), choice, at, {}, tuple({} for _ in typed.rows))
    cells, rows, whole = _worked(typed, record, choice, at)
    reading = replace(reading, record=whole, doubts=tuple(_open(reading.doubts, whole)))
    return Filled(reading, review(_filing(reading, beside), choice, rules), choice, at, cells, rows)


def _open(doubts: Sequence[Doubt], whole: Evaluation) -> Iterator[Doubt]:
    """Yield the doubts that stay once blank cells are worked out: a total that wasn't found is there now."""
    for doubt in doubts:
        first, _, rest = doubt.where.partition(".")
        number, _, name = rest.partition(".")
        row = whole.indicators[int(number)] if first == "indicators" and number.isdigit() else None
        known = (
            whole.total_printed if doubt.where == "total_printed" else getattr(row, name or "level1", None)
        )
        if known is None or doubt.alternative is not None:
            yield doubt


def lights(filled: Filled) -> Mapping[int, Light | None]:
    """Return the light of each typed row of a monitoring table; nothing for another form."""
    record = filled.reading.record
    if filled.reading.kind is not Kind.MONITORING_TABLE or not isinstance(record, Evaluation):
        return {}
    return {at: light_of(record.indicators[n]) for n, at in filled.at.items()}


def light(filled: Filled) -> Light | None:
    """Return the light of the whole: the worst of its rows and of the money spent."""
    record = filled.reading.record
    if filled.reading.kind is not Kind.MONITORING_TABLE or not isinstance(record, Evaluation):
        return None
    return worst([*lights(filled).values(), light_of_spending(record)])


def _filing(reading: Reading, beside: Sequence[Reading]) -> Filing:
    found = file_together((reading, *beside))
    return next(one for one in found if reading in one.readings)


def complete(typed: Typed, filled: Filled) -> Typed:
    """Put what was worked out into the blank cells: the texts of the paper that is sent."""
    rows = tuple({**worked, **_said(row)} for row, worked in zip(typed.rows, filled.rows, strict=True))
    return replace(typed, cells={**filled.cells, **_said(typed.cells)}, rows=rows)


def _said(texts: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in texts.items() if text.strip()}


Worked = tuple[dict[str, str], tuple[Mapping[str, str], ...], Evaluation]


def _worked(typed: Typed, record: Evaluation, choice: Choice, at: Mapping[int, int]) -> Worked:
    """Work out the cells that were left blank; return their texts and the record with them."""
    if kind_of(typed.form) not in (Kind.SELFEVAL_TABLE, Kind.SCORING_FORM):
        rate = _rate(record, choice.scheme)
        cells = {"funds.total.rate": rate} if rate and not typed.cells.get("funds.total.rate") else {}
        told = replace(record.execution, rate_printed=parse_figure(rate)) if cells else record.execution
        return cells, tuple({} for _ in typed.rows), replace(record, execution=told)
    sheet = score(record, choice.scheme)
    rows, indicators = _worked_rows(typed, record, sheet, at)
    execution, cells = _worked_execution(typed, record, sheet, choice.scheme)
    whole = replace(record, indicators=indicators, execution=execution)
    totals, whole = _worked_totals(typed, whole, score(whole, choice.scheme))
    return {**cells, **totals}, rows, whole


def _worked_rows(
    typed: Typed, record: Evaluation, sheet: ScoreSheet, at: Mapping[int, int]
) -> tuple[tuple[Mapping[str, str], ...], tuple[Indicator, ...]]:
    keys = {key for key, _ in columns_of(entry_form(load_form(typed.form)))}
    texts: list[dict[str, str]] = [{} for _ in typed.rows]
    rows = list(record.indicators)
    for n, where in at.items():
        own, score = typed.rows[where], sheet.indicators[n].score
        if score is not None and "score" in keys and not own.get("score"):
            texts[where]["score"] = f"{score:f}"
            rows[n] = replace(rows[n], score_printed=score)
        done = _completion(rows[n])
        if done and "completion" in keys and not own.get("completion"):
            texts[where]["completion"] = done
            rows[n] = replace(rows[n], completion_printed=parse_figure(done))
    for where, points in class_points(typed).items():
        texts[where] |= points
    return tuple(texts), tuple(rows)


def _completion(row: Indicator) -> str:
    """Return 完成率: the result ÷ the demand in per cent; "" where either is no figure."""
    match row.target:
        case AtLeast(bound=aim) | AtMost(bound=aim) | Exactly(value=aim):
            done = row.actual.figure if row.actual is not None else None
            if done is None or not aim.value:
                return ""
            return _percent(Fraction(done.value) / Fraction(aim.value))
        case _:
            return ""


def _percent(rate: Fraction) -> str:
    return f"{half_up(rate * _PERCENT, _PLACES):f}%"


def _rate(record: Evaluation, scheme: Scheme) -> str:
    part, line = scheme.parts["execution"], record.funds.total
    spent, base = getattr(line, part.numerator, None), getattr(line, part.denominator, None)
    return _percent(Fraction(spent.value) / Fraction(base.value)) if spent and base and base.value > 0 else ""


def _worked_execution(
    typed: Typed, record: Evaluation, sheet: ScoreSheet, scheme: Scheme
) -> tuple[Execution, dict[str, str]]:
    kinds = {column.kind for column in load_form(typed.form).fund_columns}
    told, texts = record.execution, dict[str, str]()

    def wanted(kind: str) -> bool:
        return kind in kinds and not typed.cells.get(f"funds.total.{kind}")

    points, rate, score = sheet.execution.points, _rate(record, scheme), sheet.execution.score
    if points is not None and wanted("points"):
        texts["funds.total.points"], told = f"{points:f}", replace(told, points=points)
    if rate and wanted("rate"):
        texts["funds.total.rate"], told = rate, replace(told, rate_printed=parse_figure(rate))
    if score is not None and wanted("score"):
        texts["funds.total.score"], told = f"{score:f}", replace(told, score_printed=score)
    return told, texts


def _worked_totals(typed: Typed, record: Evaluation, sheet: ScoreSheet) -> tuple[dict[str, str], Evaluation]:
    """Add up what stands in the cells, typed or worked out; the total is open as long as one of them is."""
    keys = (
        {key for key, _ in columns_of(load_form(typed.form))} if load_form(typed.form).total else set[str]()
    )
    texts: dict[str, str] = {}
    counted = [record.execution.points] if sheet.execution.points else []
    points = _added([*counted, *(row.points for row in record.indicators)])
    if points is not None and "points" in keys and not typed.cells.get("total.points"):
        texts["total.points"], record = f"{points:f}", replace(record, points_printed=points)
    total = _total(record, sheet)
    if total is not None and "score" in keys and not typed.cells.get("total.score"):
        texts["total.score"], record = f"{total:f}", replace(record, total_printed=total)
    if sheet.grade.word and total == sheet.total.score and not typed.cells.get("grade") and _has_grade(typed):
        texts["grade"], record = sheet.grade.word, replace(record, grade_printed=sheet.grade.word)
    return texts, record


def _total(record: Evaluation, sheet: ScoreSheet) -> Decimal | None:
    """Return the total: the rule-book's where no cell says otherwise, else the sum of the cells."""
    scores = [row.score_printed for row in record.indicators]
    own = [row.score for row in sheet.indicators]
    if sheet.execution.points:
        scores, own = [record.execution.score_printed, *scores], [sheet.execution.score, *own]
    return sheet.total.score if scores == own else _added(scores)


def _has_grade(typed: Typed) -> bool:
    return any(name == "grade" for name, _ in load_form(typed.form).tail)


def _added(listed: Sequence[Decimal | None]) -> Decimal | None:
    known = [one for one in listed if one is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(listed) else None


__all__ = [
    "DEMANDS", "GOAL", "LAW", "MONITOR", "SIGNS", "TRANSFER", "Filled", "Light", "Rules", "Sheet", "Typed", "apart",
    "blank", "carried", "classes_of", "complete", "entry_form", "entry_sheet", "facts_page", "field_keys", "fill",
    "form_for", "forms_to_fill", "holds_targets", "is_filled_in", "kind_of", "light", "lights", "naming_key", "offers",
    "official_page", "onto", "printed_keys", "read_page", "read_typed", "row_keys", "scoring_form_for",
    "shown_keys", "take",
]  # fmt: skip
