"""What a rule is: a function that looks at a Case and yields what it Found; its docstring is the rule's page.

A rule says what its finding rests on; audit/__init__.py alone decides what that leaves of its severity.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from inspect import cleandoc

from jixiao.layout import Doubt
from jixiao.model.citation import NO_CITATION, Citation
from jixiao.model.evaluation import Evaluation
from jixiao.model.finding import FieldPath, Fix, Origin, Severity
from jixiao.model.reading import Filing
from jixiao.model.score import ScoreSheet
from jixiao.schemes.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Case:
    """All that a rule may look at: the filing, its score sheet (None without a table) and the rule-book."""

    filing: Filing
    sheet: ScoreSheet | None
    scheme: Scheme

    @property
    def evaluation(self) -> Evaluation | None:
        """The self-evaluation table's content, None when the filing has none."""
        return self.filing.evaluation

    def doubts_at(self, where: FieldPath, paper: int | None = None) -> tuple[Doubt, ...]:
        """Return the reading's doubts about the field `where`, a field above it or one inside it.

        `paper` is an index in the filing's readings; None is the paper that the evaluation came from.
        """
        at = self.filing.main if paper is None else paper
        if at is None or not 0 <= at < len(self.filing.readings):
            return ()
        doubts = self.filing.readings[at].doubts
        return tuple(d for d in doubts if d.where and (f"{where}.".startswith(f"{d.where}.")
                                                       or f"{d.where}.".startswith(f"{where}.")))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Collection:
    """All that a rule over many papers may look at: the filings of one audit, each as its own Case."""

    cases: tuple[Case, ...]


class Ground(StrEnum):
    """What a finding leans on: the paper alone, or the rule-book's text."""

    PAPER = "paper"
    SCHEME = "scheme"


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule yields: the field, what is wrong in Chinese, and what differs from the rule's own severity.

    `paper` is the index in the filing's readings, None for the paper that the evaluation came from. `rests` are the
    other fields that it leans on: a doubt about one of them leaves no more than a warning. A finding whose `ground`
    is the rule-book is no error where that text is unverified or was chosen for want of another, unless
    `undisputed`: every formula known refutes what is printed.
    """

    where: FieldPath
    says: str
    paper: int | None = None
    severity: Severity | None = None
    origin: Origin = Origin.AUTHOR
    quoted: str = ""
    printed: str | None = None
    computed: str | None = None
    interval: tuple[Decimal, Decimal] | None = None
    source: Citation = NO_CITATION
    fix: Fix | None = None
    key: str = ""
    rests: tuple[FieldPath, ...] = ()
    ground: Ground = Ground.PAPER
    undisputed: bool = False


Check = Callable[[Case], Iterable[Found]]
CollectionCheck = Callable[[Collection], Iterable[tuple[int, Found]]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A numbered rule: `code` is permanent, `name` states the fault (saving-punished), `check` finds it."""

    code: str
    name: str
    severity: Severity
    source: Citation
    check: Check

    @property
    def page(self) -> str:
        """The rule's page: its docstring in Chinese."""
        return cleandoc(self.check.__doc__ or "")


@dataclass(frozen=True, slots=True)
class CollectionRule:
    """A rule that needs several filings; its `check` yields the index of the case beside what it Found there."""

    code: str
    name: str
    severity: Severity
    source: Citation
    check: CollectionCheck

    @property
    def page(self) -> str:
        """The rule's page: its docstring in Chinese."""
        return cleandoc(self.check.__doc__ or "")


def rule(code: str, severity: Severity, *, source: str, verified: bool = False) -> Callable[[Check], Rule]:
    """Make a Rule of the function below it; the function's name states the fault."""

    def make(check: Check) -> Rule:
        return Rule(_valid(code), _fault(check), severity, Citation(source, verified=verified), check)

    return make


def collection_rule(
    code: str, severity: Severity, *, source: str, verified: bool = False
) -> Callable[[CollectionCheck], CollectionRule]:
    """Make a CollectionRule of the function below it; the function's name states the fault."""

    def make(check: CollectionCheck) -> CollectionRule:
        cited = Citation(source, verified=verified)
        return CollectionRule(_valid(code), _fault(check), severity, cited, check)

    return make


def _valid(code: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}\d\d", code):
        raise ValueError(code)
    return code


def _fault(check: Check | CollectionCheck) -> str:
    return str(getattr(check, "__name__", "")).replace("_", "-")
