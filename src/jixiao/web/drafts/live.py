"""What the rule-book says of a draft while it is typed: scores, marks beside the cells, sentences under the rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jixiao.api import filling
from jixiao.api.filling import Filled, Light
from jixiao.model.evaluation import Evaluation
from jixiao.model.finding import FieldPath, Finding, Origin, Severity
from jixiao.model.score import Score
from jixiao.web.drafts.content import TOTAL, Content, row_of

Spot = tuple[str, str]  # a row's id and a cell's key
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_ROW_KEYS = {
    "score_printed": "score", "completion_printed": "completion", "deduction_printed": "deduction",
    "remarks": "standard", "remedy": "reason",
}  # fmt: skip
_FIELDS = {
    "total_printed": "total.score", "points_printed": "total.points", "grade_printed": "grade",
    "execution": "funds.total.score", "execution.points": "funds.total.points",
    "execution.rate_printed": "funds.total.rate", "execution.score_printed": "funds.total.score",
    "execution.reason": "funds.total.reason",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Live:
    """A draft's scores and findings, by the page's rows and cells.

    `marks` is the gravest finding of each cell, `said` the findings of each row, `worked` the texts of blank cells
    that are worked out, `own` what the rule-book gives where another score was typed, `lights` those of monitoring;
    `awaited` are the findings on scores that a person has still to give.
    """

    filled: Filled
    marks: Mapping[Spot, Severity]
    said: Mapping[str, tuple[Finding, ...]]
    worked: Mapping[Spot, str]
    own: Mapping[str, str]
    awaited: frozenset[Finding] = frozenset()
    lights: Mapping[str, Light] = field(default_factory=dict)
    light: Light | None = None

    def below(self, row: str) -> tuple[Finding, ...]:
        """What is said below a row: that a person has still to score it, its cell tells already."""
        return tuple(one for one in self.said.get(row, ()) if one not in self.awaited)

    def count(self, severity: str) -> int:
        """How many findings of a severity there are."""
        return sum(one.severity == severity for found in self.said.values() for one in found)

    @property
    def errors(self) -> int:
        """The certain ones."""
        return self.count(Severity.ERROR)

    @property
    def warnings(self) -> int:
        """Those to be looked into."""
        return self.count(Severity.WARNING)

    @property
    def notes(self) -> int:
        """The hints."""
        return self.count(Severity.NOTE)

    @property
    def total(self) -> str:
        """The self score as it would be sent; "" while it is open."""
        record = self.filled.reading.record
        printed = record.total_printed if isinstance(record, Evaluation) else None
        return "" if printed is None else f"{printed:f}"

    @property
    def grade(self) -> str:
        """The grade that the total earns."""
        sheet = self.filled.sheet
        return (sheet.grade.word or "") if sheet is not None and self.total else ""

    def score_of(self, content: Content, row: str) -> Score | None:
        """Return the score of a row of the page; None where it has none."""
        sheet = self.filled.sheet
        if sheet is None:
            return None
        if row == "funds.total":
            return sheet.execution
        if row == TOTAL:
            return sheet.total
        rows = {content.order[at]: n for n, at in self.filled.at.items()}
        return sheet.indicators[rows[row]] if row in rows else None


def live_of(content: Content) -> Live:
    """Read, score and audit a draft as it stands."""
    filled = filling.fill(content.typed, content.scheme)
    marks: dict[Spot, Severity] = {}
    said: dict[str, list[Finding]] = {}
    awaited: set[Finding] = set()
    keys = frozenset(filling.row_keys(content.form))
    for finding in (*filled.review.findings, *_doubted(filled)):
        row, key = _spot(finding.where, filled, content, keys)
        said.setdefault(row, []).append(finding)
        if key == "score" and _is_awaited(content, row):
            awaited.add(finding)
        if key and _RANK[finding.severity] <= _RANK[marks.get((row, key), Severity.NOTE)]:
            marks[row, key] = finding.severity
    worked = {(row_of(key), key): text for key, text in filled.cells.items()}
    for name, texts in zip(content.order, filled.rows, strict=True):
        worked |= {(name, key): text for key, text in texts.items()}
    lights = dict(_lights(filled, content))
    own = {name: tuple(found) for name, found in said.items()}
    lit = filling.light(filled)
    mine = dict(_own(filled, content))
    return Live(filled, marks, own, worked, mine, frozenset(awaited), lights, lit)


def _is_awaited(content: Content, row: str) -> bool:
    """Tell whether a score is still to be given by a person: on a scoring form most are."""
    own = content.rows.get(row)
    return own is not None and not own.cells.get("score") and not filling.holds_targets(content.form)


# What a reader of files says of parts that it doesn't find, said to somebody who hasn't typed them yet.
_WANTING = {
    "indicators": "还没有填指标：请至少填一行三级指标。", "project.name": "请填写项目名称。",
    "funds.total": "请填写年度资金总额：预算执行率要从这里取数。", "total_printed": "",
}  # fmt: skip


def _doubted(filled: Filled) -> Iterator[Finding]:
    """Yield what was typed and can't be read for sure, as something to be looked into."""
    for doubt in filled.reading.doubts:
        if doubt.where in _WANTING:
            if _WANTING[doubt.where]:
                yield Finding("", "", Severity.WARNING, Origin.AUTHOR, 0, doubt.where, _WANTING[doubt.where])
        elif doubt.where:
            says = (
                f"{doubt.why}：“{doubt.alternative}”。请核对所填内容。"
                if doubt.alternative
                else f"{doubt.why}。"
            )
            yield Finding("", "", Severity.WARNING, Origin.AUTHOR, 0, doubt.where, says)


def _row_key(name: str, keys: frozenset[str]) -> str:
    """Return the key of an indicator's field on a form: its own where the form has it, else that which takes it in."""
    return name if name in keys else _ROW_KEYS.get(name, name)


def place_of(where: FieldPath, form: str) -> Spot:
    """Return the row and cell of a field in a draft whose rows are numbered as its file's were; "" for none."""
    first, _, rest = where.partition(".")
    if first == "indicators" and rest:
        number, _, name = rest.partition(".")
        key = _row_key(name, frozenset(filling.row_keys(form)))
        return f"r{int(number) + 1}" if number.isdigit() else "", key if key in filling.row_keys(form) else ""
    key = _FIELDS.get(where, where)
    return (row_of(key), key) if key in filling.field_keys(form) else ("", "")


def _spot(where: FieldPath, filled: Filled, content: Content, keys: frozenset[str]) -> Spot:
    """Return the row and the cell of the page that a field of the record stands in; "" for none."""
    first, _, rest = where.partition(".")
    if first == "indicators" and rest:
        number, _, name = rest.partition(".")
        at = filled.at.get(int(number)) if number.isdigit() else None
        if at is None:
            return "", ""
        key = _row_key(name, keys)
        return content.order[at], key if key in keys else filling.naming_key(content.form)
    key = _FIELDS.get(where, where)
    if first in ("sections", "particulars"):
        key = _titled(first, rest.partition(".")[0], filled, content)
    row = row_of(key)
    return (row, key) if row in content.fixed else ("", "")


def _titled(kind: str, number: str, filled: Filled, content: Content) -> str:
    """Return the key of a block of text, or of a labelled cell, by its title."""
    record = filled.reading.record
    if not isinstance(record, Evaluation) or not number.isdigit():
        return ""
    listed = (
        [one.title for one in record.sections]
        if kind == "sections"
        else [one.label for one in record.particulars]
    )
    title = listed[int(number)] if int(number) < len(listed) else None
    return next((key for key in filling.field_keys(content.form) if title and key.endswith(f".{title}")), "")


def _own(filled: Filled, content: Content) -> Iterator[tuple[str, str]]:
    """Yield what the rule-book gives for the rows in which another score was typed."""
    sheet = filled.sheet
    if sheet is None:
        return
    for n, at in filled.at.items():
        if sheet.indicators[n].agrees is False and sheet.indicators[n].score is not None:
            yield content.order[at], f"{sheet.indicators[n].score:f}"
    if sheet.execution.agrees is False and sheet.execution.score is not None:
        yield "funds.total", f"{sheet.execution.score:f}"
    if sheet.total.agrees is False and sheet.total.score is not None:
        yield TOTAL, f"{sheet.total.score:f}"


def _lights(filled: Filled, content: Content) -> Iterator[tuple[str, Light]]:
    for at, light in filling.lights(filled).items():
        if light is not None:
            yield content.order[at], light
