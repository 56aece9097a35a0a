"""What a revision says, as the values that everything else works with: its review, its rows, its own words for them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from jixiao import api
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.reading import Reading
from jixiao.model.record import review_from_json
from jixiao.model.review import Review
from jixiao.model.score import Score
from jixiao.telling.answers import as_text, papers_read
from jixiao.telling.done import Done
from jixiao.telling.naming import row_words
from jixiao.telling.score_words import EXECUTION, worked_words
from jixiao.web.models import Revision

RATE = "execution"


@dataclass(frozen=True, slots=True)
class Row:
    """A row that has a score: its key (execution, indicators.3), what it is called, and what stands in it."""

    key: str
    name: str
    level1: str
    level2: str
    target: str
    actual: str
    points: Decimal | None
    printed: Decimal | None
    computed: Decimal | None
    steps: str
    source: str
    reason: str = ""

    @property
    def differs(self) -> bool:
        """Whether the paper's own score is another than the one worked out; unknown counts as no."""
        return None not in {self.printed, self.computed} and self.printed != self.computed


def review_of(revision: Revision) -> Review:
    """Return the review that was kept with a revision."""
    return review_from_json(json.loads(revision.review, parse_float=str))


def done_of(revision: Revision) -> Done:
    """Return a revision's review with its rule-book, in the shape that `telling` takes."""
    review = review_of(revision)
    why = review.sheet.scheme_why if review.sheet is not None else ""
    return Done(review, api.Choice(api.load_scheme(review.scheme), why))


def record_of(readings: Sequence[Reading]) -> str:
    """Return papers as the JSON text that a revision keeps."""
    return as_text(papers_read(readings))


def rows_of(review: Review) -> tuple[Row, ...]:
    """Return the scored rows of a filing's table, the indicators in its order, the execution first."""
    table, sheet = review.filing.evaluation, review.sheet
    if table is None:
        return ()
    scores = sheet.indicators if sheet is not None else (None,) * len(table.indicators)
    rows = [_row(n, row, score) for n, (row, score) in enumerate(zip(table.indicators, scores, strict=True))]
    rate = _rate(table, sheet.execution if sheet is not None else None)
    return (rate, *rows) if table.execution.points is not None else tuple(rows)


def _rate(table: Evaluation, score: Score | None) -> Row:
    line, told = table.funds.total, table.execution
    annual, executed = (line.annual, line.executed) if line is not None else (None, None)
    return Row(
        RATE, EXECUTION, "预算执行", "", _amount(annual), _amount(executed), told.points, told.score_printed,
        *_worked(score), reason=told.reason or "",
    )  # fmt: skip


def _amount(figure: object) -> str:
    return "" if figure is None else str(figure)


def _row(number: int, row: Indicator, score: Score | None) -> Row:
    return Row(
        f"indicators.{number}", row.level4 or row.level3 or row_words(row), row.level1 or "", row.level2 or "",
        row.demand, row.actual.text if row.actual is not None else "", row.points, row.score_printed, *_worked(score),
        reason=row.reason or row.remarks or "",
    )  # fmt: skip


def _worked(score: Score | None) -> tuple[Decimal | None, str, str]:
    if score is None:
        return None, "", ""
    return score.score, worked_words(score)[0], str(score.source) if score.source.document else ""
