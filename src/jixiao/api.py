"""The verbs that the web and the command line call: read, choose, score, review, compare.

Only this module knows both ends of a paper's path, the formats and the papers; everything else meets in between.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from jixiao import formats, papers
from jixiao.audit import COLLECTION_RULES, RULES, audit, audit_collection
from jixiao.audit import remedy as cheapest
from jixiao.audit import select as select_rules
from jixiao.audit.remarks import Remark
from jixiao.audit.remedy_change import Remedy
from jixiao.audit.remedy_safe import Mended
from jixiao.audit.remedy_safe import mend as apply_safe
from jixiao.audit.rule import Case, CollectionRule, Rule
from jixiao.audit.weights import weighted
from jixiao.errors import UnreadableError
from jixiao.formats import archive, archive_held, bind_into, intake
from jixiao.formats import public_copy as own_copy
from jixiao.formats.archive import Member
from jixiao.formats.notes import Annotated, Level, Note, Notes
from jixiao.formats.pictures import Picture
from jixiao.layout import Layout
from jixiao.model.evaluation import Evaluation
from jixiao.model.filing import file_together
from jixiao.model.finding import Severity
from jixiao.model.reading import Filing, Reading, Record
from jixiao.model.record import is_record, readings_from
from jixiao.model.review import Review
from jixiao.model.score import ScoreSheet
from jixiao.papers import Paper, disclosure, findings_list, lay_out, writable
from jixiao.papers import template as fill_in
from jixiao.papers.disclosure import PublicCopy, Sighting
from jixiao.papers.drafts import Draft, Outline, Scope, draft, draft_all, load_outline, outline_for
from jixiao.papers.findings_list import Listed
from jixiao.papers.form import list_forms
from jixiao.papers.left_out import left_out
from jixiao.papers.rollup_page import lay_out as rollup_page
from jixiao.papers.summary_page import summary_of
from jixiao.schemes import Choice, load_scheme
from jixiao.schemes.filing_choice import choice_for, evaluation_of, has_scores, is_main, known_of
from jixiao.schemes.scheme import Scheme
from jixiao.scoring import inference, score
from jixiao.scoring.inference import Inference

__all__ = [
    "ALL_RULES", "Annotated", "Choice", "Draft", "Level", "Listed", "Member", "Note", "Notes", "Outline",
    "Paper", "Picture", "PublicCopy", "Rules", "Scope", "Scored", "Sight", "Sighting", "annotate", "bind",
    "bind_into", "bring_in", "choose", "compare", "disclose", "draft", "draft_all", "file_together", "formats_written",
    "infer", "inferred", "lay_out", "left_out", "list_forms", "load_outline", "load_scheme", "look", "members", "mend",
    "outline_for", "public_copy", "read_file", "read_findings_list", "read_papers", "read_stream", "remedy",
    "render", "review", "rollup_page", "rules_named", "score_papers", "summary_of", "template",
    "writable", "write_findings_list",
]  # fmt: skip

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
class Sight:
    """A file as it looks beside what was read from it: its page, pictures of its pages if it has any, its papers."""

    layout: Layout
    pictures: tuple[Picture, ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """One paper with its score sheet, the rule-book that it was scored under, and what of it was scored."""

    reading: Reading
    sheet: ScoreSheet
    scheme: Scheme
    evaluation: Evaluation


def read_papers(data: bytes, *, name: str) -> tuple[Reading, ...]:
    """Read the papers of a file, in their order; each names the file and its sha256.

    What `read --format json` or `check --fix` wrote is taken as it is; the sha256 stays that of the paper.

    Raises:
        UnreadableError: the file can't be read; the sentence names it, the reason and the remedy.
    """
    if is_record(data):
        return _record(data, name)
    digest = sha256(data).hexdigest()
    found = papers.recognize(formats.read(data, name=name))
    return tuple(replace(reading, file=name, sha256=digest) for reading in found)


def ahead(files: Sequence[bytes]) -> None:
    """Make ready in this process what `read_papers` is soon to be asked for: old documents, several at once."""
    formats.ahead(files)


def look(data: bytes, *, name: str) -> Sight:
    """Read a file as `read_papers` does, and keep what it looks like.

    Raises:
        UnreadableError: the file can't be read, or is a record, which looks like nothing.
    """
    if is_record(data):
        raise intake.refusal(name, "是读出来的记录，没有原件可看", "请给出原来的文件")
    layout = formats.read(data, name=name)
    digest = sha256(data).hexdigest()
    readings = tuple(replace(one, file=name, sha256=digest) for one in papers.recognize(layout))
    return Sight(layout, formats.draw(data, name=name), readings)


def _record(data: bytes, name: str) -> tuple[Reading, ...]:
    try:
        return tuple(replace(reading, file=name) for reading in readings_from(data))
    except UnreadableError as error:
        raise UnreadableError(f"“{name}”：{error}") from error


def members(path: Path, *, name: str) -> tuple[Member, ...] | None:
    """Return the files in the zip at `path`; None where it is no zip of files, or can't be opened.

    Raises:
        UnreadableError: the zip is over a cap or built to do harm.
    """
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            return archive.members(stream, name=name)
    except (OSError, ValueError):
        return None


def bring_in(path: Path, inside: Sequence[int] = (), *, name: str) -> bytes:
    """Return the bytes of the file at `path`, or of the one that `inside` leads to where it is a zip.

    Raises:
        UnreadableError: it can't be opened, or is over a cap.
    """
    if not inside:
        with intake.open_capped(path) as stream:
            return intake.read_stream(stream, name=name)
    try:
        return archive_held.member(path, inside, name=name)
    except OSError as error:
        raise intake.refusal(name, "压缩包打不开", "请确认它没有被移走，并允许读取") from error


def read_file(path: Path, *, name: str) -> tuple[Reading, ...]:
    """Read the papers of the file at `path`, called `name` in all that is said of it.

    Raises:
        UnreadableError: there is no such file, it is too large, or it can't be read.
    """
    with intake.open_capped(path) as stream:
        return read_stream(stream, name=name)


def read_stream(stream: BinaryIO, *, name: str) -> tuple[Reading, ...]:
    """Read the papers of a stream to its end, under the same caps as a file.

    Raises:
        UnreadableError: too much came, the stream broke off, or what came can't be read.
    """
    return read_papers(intake.read_stream(stream, name=name), name=name)


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


def mend(filing: Filing, choice: Choice, codes: Collection[str] | None = None) -> Mended:
    """Apply the safe fixes to a filing's record; what would leave a new error behind is held back.

    `codes` are the rules whose fixes are wanted; all where it is None.
    """

    def again(changed: Filing) -> Review:
        return review(changed, choice)

    wanted = {rule.code for rule in RULES} if codes is None else codes
    return apply_safe(again(filing), choice.scheme, again, wanted)


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


def render(what: Record, *, paper: str, form: str | None = None, format: str) -> bytes:  # noqa: A002 - the design's word
    """Write a record as an official paper in a file format; the same record gives the same bytes.

    Args:
        what: what the paper says.
        paper: the kind of paper, by the contract's name or its Chinese name.
        form: a form of papers/forms; where it is None the record's own, else the kind's usual one.
        format: a format of FORMATS that can be written.

    Raises:
        UnknownNameError: no such paper, form or format, or none for this record; the sentence lists what there is.
    """
    return formats.write(lay_out(what, paper, form), format)


def bind(layouts: Iterable[Layout], format: str) -> bytes:  # noqa: A002 - as in `render`
    """Write several papers that were laid out, in their order, as one file: a sheet, a section or a page each.

    Raises:
        UnknownNameError: no such format, or one that can't be written.
    """
    return formats.bind(layouts, format)


def formats_written() -> Mapping[str, str]:
    """Return the formats that papers can be written in, each with the suffix of its files."""
    return formats.written()


def annotate(data: bytes, notes: Notes, *, name: str) -> Annotated:
    """Put notes on a user's own file, in its own format; what they don't touch stays as it was.

    Args:
        data: the file as its sender made it, which the places in the notes were read from.
        notes: what is to be said, where, and what is to be put in stead of what.
        name: what the user calls the file.

    Raises:
        UnreadableError: it takes no notes (another format, macros); the sentence names the remedy.
    """
    return formats.annotate(data, notes, name=name)


def public_copy(data: bytes, *, name: str, format: str | None = None) -> PublicCopy:  # noqa: A002 - as above
    """Look for personal data in a file that is to be published, in a format of FORMATS or (None) in its own.

    Raises:
        UnreadableError: the file can't be read, or holds what can't be looked into.
    """
    own = None if is_record(data) else own_copy.texts(data, format, name=name)
    pages = (own,) if own is not None else _official(data, name)
    said = tuple(doubt.why for doubt in own.doubts) if own is not None else ()
    return PublicCopy(pages, disclosure.sightings(pages), said, own is not None)


def disclose(data: bytes, copy: PublicCopy, chosen: Sequence[Sighting], *, name: str, format: str) -> bytes:  # noqa: A002
    """Write the copy with the chosen pieces masked: the file itself where it can be, else its papers in a format.

    Raises:
        UnreadableError: a piece is left where it can't be masked.
        UnknownNameError: there is no such format.
    """
    pages = disclosure.masked(copy.pages, chosen)
    if not copy.own:
        return formats.bind(pages, format)
    changes = disclosure.changes(copy.pages, pages)
    return own_copy.replaced(data, changes, disclosure.hard(chosen), name=name)


def _official(data: bytes, name: str) -> tuple[Layout, ...]:
    """Return a file's papers laid out anew where all of them can be, else its page as read."""
    readings = read_papers(data, name=name)
    known = {row.kind for row in writable()}
    if all(reading.kind in known for reading in readings):
        return tuple(lay_out(reading.record, reading.kind) for reading in readings)
    if is_record(data):
        raise intake.refusal(name, "是读出来的记录，其中的报告没有原文", "请给出原来的文件")
    return (formats.read(data, name=name),)


def write_findings_list(rows: Sequence[Listed], summary: str, format: str = "xlsx") -> bytes:  # noqa: A002 - as above
    """Write the list of findings (问题清单) for a reviewer; only a workbook offers the answers to choose from."""
    return formats.write(findings_list.lay_out(rows, summary), format)


def template(scheme_id: str, start: Evaluation, form: str | None = None) -> bytes:
    """Write a form to be filled in as a workbook: what `start` knows filled in, scores worked out while it is typed.

    Raises:
        UnknownNameError: there is no such rule-book or form.
        SchemeError: the user's own rule-book can't be used.
    """
    return formats.write(fill_in.lay_out(load_scheme(scheme_id), start, form), "xlsx")


def read_findings_list(path: Path, *, name: str) -> tuple[tuple[Remark, ...], tuple[str, ...]]:
    """Return a reviewer's remarks in a list that came back, and in sentences what of the file was not read.

    Raises:
        UnreadableError: there is no such file, it can't be read, or it is no such list.
    """
    with intake.open_capped(path) as stream:
        layout = formats.read(intake.read_stream(stream, name=name), name=name)
    return findings_list.read(layout), tuple(doubt.why for doubt in layout.doubts)
