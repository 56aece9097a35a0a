"""A score with the steps that lead to it, and the sheet of all scores of one evaluation."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jixiao.model.citation import NO_CITATION, Citation


@dataclass(frozen=True, slots=True)
class Step:
    """One operation that an auditor can redo on paper: a line such as 17 ÷ 20 × 10 = 8.50, and its exact value."""

    says: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Score:
    """What a row earns under the rule-book, or why that can't be said.

    `score` is the rule-book's default inside `low`..`high` (every score it allows, given printed precision and the
    evaluator's choice), None when undecided, and `because` then says why in Chinese; `low` and `high` may be known even
    so. `printed` is the paper's own score. `level3` and `where` name the row.
    """

    points: Decimal | None
    score: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    printed: Decimal | None = None
    method: str = ""
    steps: tuple[Step, ...] = ()
    source: Citation = NO_CITATION
    because: str = ""
    level3: str | None = None
    where: str = ""

    @property
    def agrees(self) -> bool | None:
        """Whether the printed score lies inside low..high; None when either side is silent."""
        if self.printed is None or self.low is None or self.high is None:
            return None
        return self.low <= self.printed <= self.high


@dataclass(frozen=True, slots=True)
class Grade:
    """The grade word (优良中差) that the total earns, None when the total is undecided, and the printed word."""

    word: str | None
    printed: str | None = None
    agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """All scores of one evaluation: execution, a Score per indicator in the paper's order, total and grade.

    `scheme` is the rule-book's id, `scheme_why` the Chinese sentence that says why it was chosen.
    """

    scheme: str
    scheme_why: str
    scheme_verified: bool
    execution: Score
    indicators: tuple[Score, ...]
    total: Score
    grade: Grade

    @property
    def undecided(self) -> tuple[Score, ...]:
        """The rows (execution first) that could not be scored."""
        return tuple(s for s in (self.execution, *self.indicators) if s.score is None)
