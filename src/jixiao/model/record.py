"""Papers as JSON and back, identically: the contract's paper object, filings and reviews.

What contract.md and golden/seeds.json name stands under their keys; what else a record holds stands beside it. Keys
that only repeat something (the place of a row, level1, the amounts of a report) are written and never read.
"""

import codecs
import json
from collections.abc import Iterable

from jixiao.errors import UnreadableError
from jixiao.model.claims import Bin, DepartmentReport, ListedProject, ProjectList, Report, Sample, Unknown
from jixiao.model.codec import (
    DECIMAL,
    FLAG,
    FRACTION,
    INTEGER,
    TEXT,
    WORDS,
    Codec,
    Json,
    chosen,
    keys_of,
    listed,
    mapped,
    optional,
    or_empty,
    record,
    refuse,
    spare,
    variant,
)
from jixiao.model.evaluation import (
    ClassMark,
    Evaluation,
    Execution,
    FundLine,
    Funds,
    Goal,
    Indicator,
    Particular,
    Project,
)
from jixiao.model.figure import Figure, Unit
from jixiao.model.finding import Finding, Fix, Origin, Severity, Swap
from jixiao.model.reading import Filing, Kind, Reading
from jixiao.model.review import Review
from jixiao.model.score import Grade, Score, ScoreSheet, Step
from jixiao.model.statements import Claim, Section
from jixiao.model.values_json import (
    ACTUAL,
    CITATION,
    DOUBT,
    FIGURE,
    PLACE,
    PRINTED,
    SELF_ACTUAL,
    TARGET,
    UNIT,
    amount_in,
    digits_of,
)

FORMAT = 1
_HEAD = 100
_TEXT, _INTEGER, _DECIMAL = optional(TEXT), optional(INTEGER), optional(DECIMAL)
_SPARE_TEXT, _SPARE_DECIMAL = spare(_TEXT), spare(_DECIMAL)

# ---------------------------------------------------------------- tables

_PROJECT = record(
    Project,
    {"name": _TEXT, "code": _TEXT, "department": _TEXT, "unit": _TEXT},
    name="project",
    code="project_code",
)
_PROJECT_KEYS = Codec(_PROJECT.put, _PROJECT.take, inline=True)
_EXECUTION = or_empty(record(Execution, {
    "points": _DECIMAL, "rate_printed": PRINTED, "score_printed": _DECIMAL, "reason": _SPARE_TEXT,
    "standard": _SPARE_TEXT,
}))  # fmt: skip
_GOAL = or_empty(record(Goal, {"expected": _TEXT, "actual": _TEXT}))
_PARTICULARS = spare(listed(record(Particular, {"label": WORDS, "text": WORDS})))
_PARTICULARS = spare(listed(record(Particular, {"label": WORDS, "text": WORDS})))
_PARTICULARS = spare(listed(record(Particular, {"label": WORDS, "text": WORDS})))
_INDICATOR = record(Indicator, {
    "level1": _TEXT, "level2": _TEXT, "level3": _TEXT, "level4": _TEXT, "target": TARGET, "actual": ACTUAL,
    "sign": _SPARE_TEXT, "unit": _TEXT, "points": _DECIMAL, "completion_printed": PRINTED, "score_printed": _DECIMAL,
    "deduction_printed": _SPARE_DECIMAL, "reason": _TEXT, "remedy": _SPARE_TEXT, "remarks": _SPARE_TEXT,
    "self_score_printed": _SPARE_DECIMAL, "self_actual": SELF_ACTUAL, "particulars": _PARTICULARS,
})  # fmt: skip
_CLASS = record(ClassMark, {"name": TEXT, "level": INTEGER, "points": _DECIMAL, "score_printed": _DECIMAL})


def _fund_line(unit: Unit | None) -> Codec:
    amount = amount_in(unit)
    more = Codec(amount.put, amount.take, exact=amount.exact, spare=True)
    return optional(record(FundLine, {
        "initial": amount, "annual": amount, "executed": amount, "allocated": more, "received": more,
        "label": _SPARE_TEXT, "points": _SPARE_DECIMAL, "score_printed": _SPARE_DECIMAL, "adjusted": more,
        "forecast": more,
    }))  # fmt: skip


def _fund_block(unit: Unit | None) -> Codec:
    line = _fund_line(unit)
    return record(Funds, {
        "unit": spare(UNIT), "total": line, "fiscal": line, "carryover": line, "special": line, "other": line,
        "more": spare(listed(line)),
    })  # fmt: skip


def _put_funds(value: object) -> Json:
    unit = value.unit if isinstance(value, Funds) else None
    block = keys_of(_fund_block(unit).put(value), "funds")
    return {"funds_unit": block.pop("unit", None), "funds": block}


def _take_funds(json: Json, path: str) -> object:
    keys = keys_of(json, path)
    unit = UNIT.take(keys.get("funds_unit"), f"{path}.funds_unit")
    block = keys_of(keys.get("funds") or {}, f"{path}.funds")
    codec = _fund_block(unit if isinstance(unit, Unit) else None)
    return codec.take({**block, "unit": keys.get("funds_unit")}, f"{path}.funds")


_SECTION = record(Section, {"number": _TEXT, "title": WORDS, "level": INTEGER, "text": WORDS})
_FIGURE_KEYS = Codec(FIGURE.put, FIGURE.take, inline=True)
_CLAIM = record(Claim, {"what": TEXT, "figure": _FIGURE_KEYS, "subject": WORDS, "quoted": WORDS})
_EVALUATION_FIELDS = record(Evaluation, {
    "year": _INTEGER, "project": _PROJECT_KEYS, "funds": Codec(_put_funds, _take_funds, inline=True),
    "execution": _EXECUTION, "goal": _GOAL, "indicators": listed(_INDICATOR), "classes": spare(listed(_CLASS)),
    "points_printed": _DECIMAL, "total_printed": _DECIMAL, "grade_printed": _TEXT, "notes": spare(listed(TEXT)),
    "form": _SPARE_TEXT, "evaluated_amount": amount_in(None), "achieved_printed": _TEXT,
    "self_total_printed": _SPARE_DECIMAL, "residue": spare(listed(TEXT)), "reason": _SPARE_TEXT,
    "blanks": spare(listed(TEXT)), "filled_by": _SPARE_TEXT, "contacts": spare(listed(TEXT)),
    "sections": spare(listed(_SECTION)), "claims": spare(listed(_CLAIM)), "particulars": _PARTICULARS,
})  # fmt: skip


def _put_evaluation(value: object) -> Json:
    keys = keys_of(_EVALUATION_FIELDS.put(value), "record")
    if isinstance(value, Evaluation):
        keys["evaluated_amount"] = digits_of(value.evaluated_amount, value.funds.unit)
        keys.update(_level1(value.classes))
    return keys


def _level1(classes: Iterable[ClassMark]) -> dict[str, Json]:
    """Return the first-level marks as {"level1": {name: [points, score]}}, nothing where none is printed."""
    marks: dict[str, Json] = {
        mark.name: [_DECIMAL.put(mark.points), _DECIMAL.put(mark.score_printed)]
        for mark in classes
        if mark.level == 1
    }
    return {"level1": marks} if marks else {}


# ---------------------------------------------------------------- reports and lists

_SIGNED = {"closing": spare(listed(TEXT)), "dated": _SPARE_TEXT, "blanks": spare(listed(TEXT)),
           "opening": _SPARE_TEXT}  # fmt: skip
_REPORT_FIELDS = record(Report, {
    "year": _INTEGER, "project": _PROJECT_KEYS, "title": _TEXT, "funds_unit": UNIT, "sections": listed(_SECTION),
    "claims": listed(_CLAIM), "indicators": listed(_INDICATOR), "classes": spare(listed(_CLASS)),
    "points_printed": _DECIMAL, "total_printed": _DECIMAL, "grade_printed": _TEXT,
    "indicator_count_printed": _INTEGER, "pass_mark_printed": _DECIMAL, **_SIGNED,
})  # fmt: skip


def _put_report(value: object) -> Json:
    keys = keys_of(_REPORT_FIELDS.put(value), "record")
    if isinstance(value, Report):
        unit = value.funds_unit
        keys.update(_level1(value.classes))
        keys["budget"] = digits_of(_claimed(value.claims, "budget"), unit)
        keys["executed_printed"] = digits_of(_claimed(value.claims, "executed"), unit)
        keys["rate_printed"] = PRINTED.put(_claimed(value.claims, "execution_rate"))
        keys["standards"] = [_standard(claim) for claim in value.claims if claim.what == "standard"]
    return keys


def _claimed(claims: Iterable[Claim], what: str) -> Figure | None:
    """Return the one figure that all claims of a kind state, None where they are silent or differ."""
    figures = [claim.figure for claim in claims if claim.what == what]
    return figures[0] if figures and all(figure == figures[0] for figure in figures) else None


def _standard(claim: Claim) -> Json:
    return [claim.subject, digits_of(claim.figure, None), UNIT.put(claim.figure.unit)]


_BIN = record(Bin, {"label": WORDS, "low": _DECIMAL, "high": _DECIMAL, "count": _INTEGER})
_AMOUNT = Codec(
    lambda value: {"amount": None} if value is None else _renamed(FIGURE.put(value), "value", "amount"),
    lambda json, path: None if keys_of(json, path).get("amount") is None
    else FIGURE.take(_renamed(json, "amount", "value"), path),
    inline=True,
)  # fmt: skip
_SAMPLE = record(Sample, {"project": WORDS, "amount": _AMOUNT})


def _renamed(json: Json, old: str, new: str) -> Json:
    return {new if key == old else key: item for key, item in keys_of(json, "").items()}


_DEPARTMENT_FIELDS = record(DepartmentReport, {
    "year": _INTEGER, "unit": _TEXT, "title": _TEXT, "projects": _INTEGER, "budget": amount_in(None),
    "executed": amount_in(None), "bins": listed(_BIN), "full_marks": _INTEGER, "with_deviation": _INTEGER,
    "sampled": _INTEGER, "samples": listed(_SAMPLE), "sections": listed(_SECTION), "claims": listed(_CLAIM),
    "listed": spare(listed(TEXT)), **_SIGNED,
}, samples="sample")  # fmt: skip


def _put_department(value: object) -> Json:
    keys = keys_of(_DEPARTMENT_FIELDS.put(value), "record")
    if isinstance(value, DepartmentReport):
        figures = [figure for figure in (value.budget, value.executed) if figure is not None]
        unit = figures[0].unit if figures else None
        keys["funds_unit"] = UNIT.put(unit)
        keys["budget"], keys["executed"] = digits_of(value.budget, unit), digits_of(value.executed, unit)
    return keys


_LISTED = record(ListedProject, {
    "name": WORDS, "number": _TEXT, "budget": optional(FIGURE), "executed": optional(FIGURE), "score_printed": _DECIMAL,
    "rate_printed": optional(FIGURE), "grade_printed": _TEXT, "particulars": _PARTICULARS,
})  # fmt: skip
_LIST = record(ProjectList, {"year": _INTEGER, "unit": _TEXT, "title": _TEXT, "projects": listed(_LISTED),
                             "total": optional(_LISTED)})  # fmt: skip
_UNKNOWN = record(Unknown, {"title": _TEXT, "why": WORDS})
_EVALUATION = Codec(_put_evaluation, _EVALUATION_FIELDS.take)
_RECORD = variant({
    "evaluation": (Evaluation, _EVALUATION),
    "report": (Report, Codec(_put_report, _REPORT_FIELDS.take)),
    "department_report": (DepartmentReport, Codec(_put_department, _DEPARTMENT_FIELDS.take)),
    "project_list": (ProjectList, _LIST),
    "unknown": (Unknown, _UNKNOWN),
})  # fmt: skip

# ---------------------------------------------------------------- readings, filings, reviews

_READING_FIELDS = record(Reading, {
    "file": WORDS, "sha256": WORDS, "index": INTEGER, "kind": chosen(Kind), "place": PLACE, "confidence": DECIMAL,
    "record": _RECORD, "doubts": listed(DOUBT), "places": spare(mapped(PLACE)),
    "scheme": spare(_TEXT),
})  # fmt: skip


def _put_reading(value: object) -> Json:
    keys = keys_of(_READING_FIELDS.put(value), "paper")
    if isinstance(value, Reading):
        form = value.record.form if isinstance(value.record, Evaluation) else None
        keys = {"format": FORMAT, **keys, "form": form}
        _add_places(keys_of(keys["record"], "record"), value)
    return keys


def _add_places(content: dict[str, Json], reading: Reading) -> None:
    """Write the place of each indicator, section and claim beside it."""
    for name in ("indicators", "sections", "claims"):
        rows = content.get(name)
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            place = reading.places.get(f"{name}.{number}")
            keys_of(row, name)["place"] = {} if place is None else PLACE.put(place)


_READING = Codec(_put_reading, _READING_FIELDS.take)
_FILING = record(Filing, {
    "readings": listed(_READING), "evaluation": optional(_EVALUATION), "main": _INTEGER, "supplied": mapped(TEXT),
})  # fmt: skip
_STEP = record(Step, {"says": WORDS, "value": FRACTION})
_SCORE = record(Score, {
    "level3": _TEXT, "where": WORDS, "points": _DECIMAL, "score": _DECIMAL, "low": _DECIMAL, "high": _DECIMAL,
    "printed": _DECIMAL, "method": WORDS, "steps": listed(_STEP), "source": CITATION, "because": WORDS,
})  # fmt: skip
_GRADE = record(Grade, {"word": _TEXT, "printed": _TEXT, "agrees": optional(FLAG)})
_SHEET = record(ScoreSheet, {
    "scheme": WORDS, "scheme_why": WORDS, "scheme_verified": FLAG, "execution": _SCORE, "indicators": listed(_SCORE),
    "total": _SCORE, "grade": _GRADE,
})  # fmt: skip
_SWAP = record(Swap, {"where": WORDS, "new": WORDS, "old": WORDS})
_FIX = record(Fix, {
    "what": WORDS, "replacement": _TEXT, "safe": FLAG, "old": spare(WORDS), "swaps": spare(listed(_SWAP)),
})  # fmt: skip
_FINDING = record(Finding, {
    "code": TEXT, "name": WORDS, "severity": chosen(Severity), "origin": chosen(Origin), "paper": INTEGER,
    "where": WORDS, "says": WORDS, "quoted": WORDS, "printed": _TEXT, "computed": _TEXT,
    "interval": optional(listed(DECIMAL)), "source": CITATION, "scheme": _TEXT, "fix": optional(_FIX), "key": WORDS,
})  # fmt: skip
_REVIEW = record(Review, {
    "filing": _FILING, "sheet": optional(_SHEET), "findings": listed(_FINDING), "scheme": WORDS, "digest": WORDS,
})  # fmt: skip


def to_json(reading: Reading) -> dict[str, Json]:
    """Return the contract's paper object, with what is needed to get an equal reading back."""
    return keys_of(_READING.put(reading), "paper")


def from_json(json: Json) -> Reading:
    """Return the reading that `to_json` wrote.

    Raises:
        UnreadableError: the JSON is no paper object, or of a later format; the sentence names the key.
    """
    reading = _READING.take(_of_format(json), "")
    return reading if isinstance(reading, Reading) else refuse("", "一份材料", json)


def is_record(data: bytes) -> bool:
    """Tell whether a file's bytes are what `jixiao read --format json` prints."""
    start = data[:_HEAD].removeprefix(codecs.BOM_UTF8).lstrip()
    return start.startswith(b"{") and b'"jixiao"' in start


def readings_from(data: bytes) -> tuple[Reading, ...]:
    """Return the papers of such a file, in their order.

    Raises:
        UnreadableError: the JSON is broken or holds no papers; the sentence names the key.
    """
    try:
        answer = json.loads(data, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("记录读不出：不是完整的 JSON。请重新导出这份记录。") from error
    papers = keys_of(answer, "").get("papers")
    if not isinstance(papers, list):
        refuse("papers", "列表", papers)
    return tuple(from_json(paper) for paper in papers)


def review_to_json(review: Review) -> dict[str, Json]:
    """Return a review with its filing, scores, findings and the rule-book that it stands under."""
    return {"format": FORMAT, **keys_of(_REVIEW.put(review), "review")}


def review_from_json(json: Json) -> Review:
    """Return the review that `review_to_json` wrote.

    Raises:
        UnreadableError: the JSON is no review, or of a later format; the sentence names the key.
    """
    review = _REVIEW.take(_of_format(json), "")
    return review if isinstance(review, Review) else refuse("", "一份审核结果", json)


def _of_format(json: Json) -> Json:
    keys = keys_of(json, "")
    written = keys.get("format")
    if written != FORMAT:
        raise UnreadableError(
            f"记录的格式号是“{written}”，这里只能读 {FORMAT}。请用写出它的版本打开，或重新导出。"
        )
    return keys
