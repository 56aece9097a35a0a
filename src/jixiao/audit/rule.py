"""What a rule is: a function that looks at a Case and yields what it Found; its docstring is the rule's page.

A rule says what its finding rests on; audit/__init__.py alone decides what that leaves of its severity.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from inspect import cleandoc
from typing import TypeVar, cast

from jixiao.audit.binding.figures import links_in, marks_in
from jixiao.audit.binding.link import Link
from jixiao.audit.lexicon import NO_LISTS, Lists
from jixiao.audit.prose import Passage, Sentence, passages_in
from jixiao.audit.rows import Row, department_reports_of, reports_of, rows_of, scored_rows, tables_of
from jixiao.layout import Doubt
from jixiao.model.asked import asked_once
from jixiao.model.citation import NO_CITATION, Citation
from jixiao.model.claims import DepartmentReport, Report
from jixiao.model.evaluation import Evaluation
from jixiao.model.finding import FieldPath, Fix, Origin, Severity
from jixiao.model.reading import Filing
from jixiao.model.score import ScoreSheet
from jixiao.schemes.scheme import Scheme

T = TypeVar("T")


@dataclass(frozen=True)
class Case:
    """All that a rule may look at: the filing, its score sheet (None without a table) and the rule-book.

    What many rules look at is worked out once, when the first of them asks (docs/decisions/0011).
    """

    filing: Filing
    sheet: ScoreSheet | None
    scheme: Scheme

    @property
    def evaluation(self) -> Evaluation | None:
        """The self-evaluation table's content, None when the filing has none."""
        return self.filing.evaluation

    @property
    def fallback(self) -> bool:
        """Whether the rule-book is the nation-wide one, taken because none or several fitted, and by no one's wish."""
        return self.scheme.match.fallback and self.sheet is not None and "全国通用" in self.sheet.scheme_why

    @asked_once
    def tables(self) -> tuple[tuple[int, Evaluation], ...]:
        """The filing's tables with their index, each as it was read and nothing supplied."""
        return tuple(tables_of(self.filing))

    @asked_once
    def reports(self) -> tuple[tuple[int, Report], ...]:
        """The filing's self-evaluation and evaluation reports with their index."""
        return tuple(reports_of(self.filing))

    @asked_once
    def department_reports(self) -> tuple[tuple[int, DepartmentReport], ...]:
        """The filing's department reports with their index."""
        return tuple(department_reports_of(self.filing))

    @asked_once
    def narratives(self) -> tuple[tuple[int, Report | DepartmentReport | Evaluation], ...]:
        """All papers that hold running text: the reports, and the tables with blocks of it (评价结论, 存在问题)."""
        told = [(at, table) for at, table in self.tables if table.sections]
        return (*self.reports, *self.department_reports, *told)

    @asked_once
    def main_table(self) -> tuple[int, Evaluation] | None:
        """The self-evaluation table as it was read, with its index; None where the filing has none."""
        return next((pair for pair in self.tables if pair[0] == self.filing.main), None)

    @asked_once
    def main_rows(self) -> tuple[Row, ...]:
        """The rows of the filing's table beside their scores; none where there is no sheet."""
        if self.evaluation is None or self.sheet is None:
            return ()
        return scored_rows(self.evaluation, self.sheet.indicators, self.filing.main or 0)

    @asked_once
    def rows_by_paper(self) -> Mapping[int, tuple[Row, ...]]:
        """The rows of every table, form and report by the paper's index; those of the main table are `main_rows`."""
        scored: tuple[tuple[int, Evaluation | Report], ...] = (*self.tables, *self.reports)
        own = self.evaluation.indicators if self.evaluation is not None and self.sheet is not None else None
        return {
            at: self.main_rows if at == self.filing.main and record.indicators is own else rows_of(record, at)
            for at, record in scored
        }

    @asked_once
    def rows(self) -> tuple[Row, ...]:
        """The rows of all papers, tables first."""
        return tuple(row for rows in self.rows_by_paper.values() for row in rows)

    @asked_once
    def table_rows(self) -> tuple[Row, ...]:
        """The rows of all tables and forms."""
        return tuple(row for at, _ in self.tables for row in self.rows_by_paper[at])

    @asked_once
    def passages(self) -> tuple[Passage, ...]:
        """All running text: sections of reports; goals, reasons and remarks of tables."""
        return passages_in(self.filing)

    @asked_once
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of all running text."""
        return tuple(sentence for passage in self.passages for sentence in passage.sentences)

    @asked_once
    def words(self) -> Lists:
        """The lexicon lists of which a word stands in any row or sentence."""
        rows, said = (row.words for row in self.rows), (sentence.words for sentence in self.sentences)
        return frozenset().union(*rows, *said)

    @asked_once
    def _by_list(self) -> Mapping[str, tuple[Sentence, ...]]:
        found: dict[str, list[Sentence]] = {}
        for sentence in self.sentences:
            for name in sentence.words:
                found.setdefault(name, []).append(sentence)
        return {name: tuple(sentences) for name, sentences in found.items()}

    def named(self, first: str, *others: str) -> tuple[Row, ...]:
        """Return the rows of all papers whose own name has a word of one of these lexicon lists, in their order."""
        if not others:
            return self._by_name.get(first, ())
        wanted = {
            (row.paper, row.at): row for name in (first, *others) for row in self._by_name.get(name, ())
        }
        return tuple(wanted[key] for key in sorted(wanted))

    def with_trait(self, name: str) -> tuple[Row, ...]:
        """Return the rows of all papers with this trait (`Row.traits`), in their order."""
        return self._by_trait.get(name, ())

    @asked_once
    def facts(self) -> Lists:
        """What the filing has at all: the lists of which a word stands in it, and the traits of its rows."""
        papers = [name for name, found in (
            ("paper.table", self.tables), ("paper.report", self.reports), ("paper.department", self.department_reports),
            ("paper.text", self.narratives),
        ) if found]  # fmt: skip
        return self.words.union(self._by_trait, papers)

    @asked_once
    def _by_trait(self) -> Mapping[str, tuple[Row, ...]]:
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            for name in row.traits:
                found.setdefault(name, []).append(row)
        return {name: tuple(rows) for name, rows in found.items()}

    @asked_once
    def _by_name(self) -> Mapping[str, tuple[Row, ...]]:
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            for name in row.name_words:
                found.setdefault(name, []).append(row)
        return {name: tuple(rows) for name, rows in found.items()}

    def once(self, work: Callable[["Case"], T]) -> T:
        """Return `work(case)`, worked out for this case when it is first asked for."""
        if work not in self._kept:
            self._kept[work] = work(self)
        return cast("T", self._kept[work])

    @asked_once
    def _kept(self) -> dict[Callable[["Case"], object], object]:
        return {}

    def told(self, first: str, *others: str) -> tuple[Sentence, ...]:
        """Return the sentences in which a word of each of these lexicon lists stands, in the papers' order."""
        found = self._by_list.get(first, ())
        return tuple(s for s in found if s.words.issuperset(others)) if others and found else found

    @asked_once
    def links(self) -> tuple[Link, ...]:
        """Every figure that the reports state, with the cell that it restates."""
        return links_in(self.filing)

    @asked_once
    def marks(self) -> tuple[Link, ...]:
        """Those of them that are of points and scores."""
        return marks_in(self.filing)

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
    """A numbered rule: `code` is permanent, `name` states the fault (saving-punished), `check` finds it.

    `off` is the Chinese reason why it is kept in the table and not run; empty for a rule that runs. `needs` are
    facts (`Case.facts`) of which the filing must have one for the rule to have anything to say; none where it may
    always have.
    """

    code: str
    name: str
    severity: Severity
    source: Citation
    check: Check
    off: str = ""
    needs: Lists = NO_LISTS

    def may_speak(self, facts: Lists) -> bool:
        """Tell whether it can have anything to say of a filing with these facts."""
        return not self.off and not (self.needs and self.needs.isdisjoint(facts))

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
    off: str = ""

    @property
    def page(self) -> str:
        """The rule's page: its docstring in Chinese."""
        return cleandoc(self.check.__doc__ or "")


def rule(
    code: str,
    severity: Severity,
    *,
    source: str,
    verified: bool = False,
    off: str = "",
    needs: Iterable[str] = (),
) -> Callable[[Check], Rule]:
    """Make a Rule of the function below it; the function's name states the fault."""

    def make(check: Check) -> Rule:
        cited = Citation(source, verified=verified)
        return Rule(_valid(code), _fault(check), severity, cited, check, off, frozenset(needs))

    return make


def collection_rule(
    code: str, severity: Severity, *, source: str, verified: bool = False, off: str = ""
) -> Callable[[CollectionCheck], CollectionRule]:
    """Make a CollectionRule of the function below it; the function's name states the fault."""

    def make(check: CollectionCheck) -> CollectionRule:
        cited = Citation(source, verified=verified)
        return CollectionRule(_valid(code), _fault(check), severity, cited, check, off)

    return make


def _valid(code: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}\d\d", code):
        raise ValueError(code)
    return code


def _fault(check: Check | CollectionCheck) -> str:
    return str(getattr(check, "__name__", "")).replace("_", "-")


def headline(page: str) -> str:
    """Return the first sentence of a rule's page: the fault in words."""
    return page.partition("\n")[0].partition("：")[0].rstrip("。")
