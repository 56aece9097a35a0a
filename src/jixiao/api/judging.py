"""What is made of a filing: its rule-book, its scores, what is wrong with it and what would put it right."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from jixiao.audit import COLLECTION_RULES, RULES, audit, audit_collection
from jixiao.audit import select as select_rules
from jixiao.audit.office.weights import weighted
from jixiao.audit.remedy import cheapest
from jixiao.audit.remedy.cells import Written, is_cell, rewritten
from jixiao.audit.remedy.change import Remedy
from jixiao.audit.remedy.safe import Edit, Mended, put_in
from jixiao.audit.remedy.safe import mend as apply_safe
from jixiao.audit.rule import Case, CollectionRule, Rule
from jixiao.errors import UnknownNameError
from jixiao.layout import Doubt
from jixiao.model.evaluation import Evaluation
from jixiao.model.finding import FieldPath, Finding, Severity
from jixiao.model.reading import Filing, Kind, Reading, Record
from jixiao.model.review import Review
from jixiao.model.score import ScoreSheet
from jixiao.rollup.rechecks import Compared, rechecked
from jixiao.schemes import Choice
from jixiao.schemes.filing_choice import choice_for, evaluation_of, has_scores, is_main, known_of
from jixiao.schemes.scheme import Scheme
from jixiao.scoring import inference, score
from jixiao.scoring.inference import Inference

_RANK = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Rules:
    """Which rules an audit runs: those over one filing, and those over all of them."""

    each: tuple[Rule, ...] = RULES
    together: tuple[CollectionRule, ...] = COLLECTION_RULES

    @property
    def known(self) -> tuple[Rule | CollectionRule, ...]:
        """All of them by their codes."""
        listed: list[Rule | CollectionRule] = [*self.each, *self.together]
        return tuple(sorted(listed, key=lambda rule: rule.code))


ALL_RULES = Rules()


@dataclass(frozen=True, slots=True)
class Scored:
    """One paper with its score sheet, the rule-book that it was scored under, and what of it was scored."""

    reading: Reading
    sheet: ScoreSheet
    scheme: Scheme
    evaluation: Evaluation


def choose(filing: Filing, scheme_id: str | None = None) -> Choice:
    """Choose the rule-book of a filing, or take the one that the user names.

    Raises:
        UnknownNameError: there is no rule-book of this id.
        SchemeError: the user's own file can't be used.
    """
    reading = filing.readings[filing.main] if filing.main is not None else filing.readings[0]
    return choice_for(filing, reading, evaluation_of(filing, reading) or known_of(reading), scheme_id)


def score_papers(filing: Filing, scheme_id: str | None = None) -> tuple[Scored, ...]:
    """Score each table of a filing that prints points or scores, in the order of its papers.

    The filing's own table is scored with what the other papers supply; another table (a scoring form beside
    it) as read, under the rule-book that fits it.

    Raises:
        UnknownNameError, SchemeError: as in `choose`.
    """
    found = []
    for reading in filing.readings:
        evaluation = evaluation_of(filing, reading)
        if evaluation is not None and has_scores(evaluation):
            choice = choice_for(filing, reading, evaluation, scheme_id)
            supplied = filing.supplied if is_main(filing, reading) else {}
            sheet = score(evaluation, choice.scheme, why=choice.why, supplied=supplied)
            found.append(Scored(reading, sheet, choice.scheme, evaluation))
    return tuple(found)


def rechecks(
    filings: Iterable[Filing], scheme_id: str | None = None
) -> tuple[tuple[Compared, ...], tuple[Scheme, ...]]:
    """Return every re-check beside its self-evaluation, and the rule-books that they were compared under.

    Args:
        filings: in any order; one without a re-check adds nothing.
        scheme_id: a rule-book; None chooses that of each re-check.

    Raises:
        UnknownNameError, SchemeError: as in `choose`.
    """
    found: list[Compared] = []
    schemes: dict[str, Scheme] = {}
    for filing in filings:
        own = next((one for one in filing.readings if one.kind is Kind.RECHECK_TABLE), None)
        if own is not None:
            table = own.record if isinstance(own.record, Evaluation) else known_of(own)
            scheme = choice_for(filing, own, table, scheme_id).scheme
            schemes[scheme.id] = scheme
            found += rechecked(filing, scheme)
    return tuple(found), tuple(schemes.values())


def infer(filing: Filing, scheme_id: str | None = None) -> tuple[Inference, ...]:
    """Return, for each table that `score_papers` scores, which rule-book and which ways its own scores follow.

    Raises:
        UnknownNameError, SchemeError: as in `choose`.
    """
    return tuple(inferred(one) for one in score_papers(filing, scheme_id))


def inferred(one: Scored) -> Inference:
    """Return which rule-book and which ways a paper's own scores follow, where its rule-book refutes some of them."""
    return inference.infer(one.evaluation, one.sheet, one.scheme, one.reading.kind)


def review(filing: Filing, choice: Choice, rules: Rules = ALL_RULES) -> Review:
    """Score a filing and audit it under a rule-book; the sheet is None when the filing has no table."""
    table = filing.evaluation
    sheet = score(table, choice.scheme, why=choice.why, supplied=filing.supplied) if table else None
    findings = audit(filing, sheet, choice.scheme, rules.each)
    return Review(filing, sheet, findings, choice.scheme.id, choice.scheme.digest)


def compare(reviewed: Sequence[tuple[Review, Choice]], rules: Rules = ALL_RULES) -> tuple[Review, ...]:
    """Return the reviews, each with what only the sight of all of them shows; findings in order of severity."""
    cases = [Case(one.filing, one.sheet, choice.scheme) for one, choice in reviewed]
    found = audit_collection(cases, rules.together)
    return tuple(
        replace(one, findings=tuple(sorted((*one.findings, *more), key=lambda f: _RANK[f.severity])))
        for (one, _), more in zip(reviewed, found, strict=True)
    )


def remedy(reviewed: Review, choice: Choice) -> Remedy | None:
    """Return the fewest changes that make a filing's table consistent, and where several are equally few, all."""
    return cheapest.remedy(reviewed, choice.scheme, lambda changed: review(changed, choice))


def _as_found(finding: Finding) -> Finding:
    return finding


def mend(
    filing: Filing,
    choice: Choice,
    codes: Collection[str] | None = None,
    judged: Callable[[Finding], Finding | None] = _as_found,
) -> Mended:
    """Apply the safe fixes to a filing's record; what would leave a new error behind is held back.

    Args:
        filing: the papers.
        choice: their rule-book.
        codes: the rules whose fixes are wanted; all where it is None.
        judged: what a person made of a finding: None where it was refused, a safe fix where one was taken.
    """

    def again(changed: Filing) -> Review:
        found = review(changed, choice)
        left = (judged(finding) for finding in found.findings)
        return replace(found, findings=tuple(finding for finding in left if finding is not None))

    wanted = {rule.code for rule in RULES} if codes is None else codes
    return apply_safe(again(filing), choice.scheme, again, wanted)


def take(filing: Filing, choice: Choice, findings: Iterable[Finding]) -> Mended:
    """Put the changes that a person has taken into a filing's record, safe or not, with the sums that go along.

    What no cell can hold is held back.
    """
    edits, held = list[Edit](), list[Finding]()
    for finding in findings:
        wanted = finding.fix is not None and finding.fix.changes(finding.where)
        changed = put_in(filing, (finding,), choice.scheme) if wanted else None
        if changed is None:
            held.append(finding)
        else:
            filing = changed[0]
            edits += changed[1]
    return Mended(review(filing, choice), tuple(edits), tuple(held))


def settle(reading: Reading, number: int, value: str | None) -> Reading:
    """Return a paper in which one of its doubts is settled: the doubt is gone, the field holds what was said.

    Args:
        reading: the paper.
        number: which of its doubts, from 0.
        value: what stands in the field; None where it was read rightly, or where nothing is to be put anywhere.

    Raises:
        UnknownNameError: there is no such doubt, or its field can't hold this; the sentence says what it holds.
    """
    if not 0 <= number < len(reading.doubts):
        raise UnknownNameError("这处疑点已经处理过了；请刷新页面。")
    doubt = reading.doubts[number]
    record = reading.record
    if value is not None and value != doubt.reading:
        record = _with(record, doubt.where, value)
    return replace(reading, record=record, doubts=(*reading.doubts[:number], *reading.doubts[number + 1 :]))


def settable(reading: Reading, doubt: Doubt) -> bool:
    """Tell whether a doubt is about one cell, so that what stands in it can be said."""
    return is_cell(reading.record, doubt.where)


def _with(record: Record, where: FieldPath, value: str) -> Record:
    """Return the record with a value in a field, read as the paper would be.

    Raises:
        UnknownNameError: there is no such field, or it holds another kind of thing.
    """
    changed = rewritten(record, where, Written(value)) if is_cell(record, where) else None
    if changed is None:
        raise UnknownNameError(f"“{value}”填不进这一栏：分值、得分和金额只能填数字，指标值按表上的写法填。")
    return changed


def rules_named(
    codes: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severities: Mapping[str, Severity] = MappingProxyType({}),
) -> Rules:
    """Return the rules that `codes` name (codes, families or severities; all where it is empty) but for `ignore`.

    `severities` are an office's own, by code; each rule that it names has them.

    Raises:
        UnknownNameError: a word that names none.
    """
    wanted, unwanted = tuple(codes), tuple(ignore)
    each, together = (
        select_rules(RULES, wanted, unwanted),
        select_rules(COLLECTION_RULES, wanted, unwanted),
    )
    return Rules(weighted(each, severities), weighted(together, severities))
