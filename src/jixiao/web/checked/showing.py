"""A checked paper as its page shows it: the file as it was sent, verdict, scores, findings and doubts beside it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from xml.etree.ElementTree import tostring

from django.utils.safestring import SafeString, mark_safe

from jixiao import api
from jixiao.audit import finding_id
from jixiao.audit.office.ledger import Settled
from jixiao.audit.office.remarks import Answer
from jixiao.audit.office.weights import is_arithmetic_error
from jixiao.layout import Doubt
from jixiao.model.claims import Unknown
from jixiao.model.evaluation import Evaluation
from jixiao.model.finding import Finding, Severity
from jixiao.model.layout_json import layout_from_json
from jixiao.model.reading import Reading
from jixiao.model.score import Score, ScoreSheet
from jixiao.schemes.scheme import Scheme
from jixiao.telling.done import Done
from jixiao.telling.naming import KINDS, field_words, place_at, place_words, project_words, unit_words
from jixiao.telling.opinions import joined
from jixiao.telling.ranking import ranked
from jixiao.telling.score_words import (
    EXECUTION,
    book_words,
    printed_words,
    row_words,
    source_words,
    steps_of,
    total_lines,
    worked_words,
)
from jixiao.telling.titles import TITLES
from jixiao.telling.verdict import main_of, total_words, totals
from jixiao.web.checked.judging import Remarks, decided, readings_of, remarks_of, reviews_of, taken
from jixiao.web.checked.sent import Sent
from jixiao.web.models import CheckedFile

_REMEDY = "改法："


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as it is shown: `number` on the paper (None in another file), `target` the mark there.

    `state` is what somebody decided: "", accepted, refused; `refusable` tells whether it may be set aside at all.
    """

    number: int | None
    id: str
    severity: str
    title: str
    code: str
    where: str
    target: str
    said: str
    quoted: str
    steps: tuple[str, ...]
    advice: str
    safe: bool
    fixable: bool
    law: str
    state: str
    reason: str
    refusable: bool
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the score sheet, its sum and its article folded below it."""

    id: str
    name: str
    target_value: str
    actual: str
    points: str
    printed: str
    agrees: str
    differs: bool
    worked: str
    how: tuple[str, ...]
    law: str
    target: str


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt of reading: both readings, and where it stands; `key` names it among the doubts of its paper."""

    number: int
    paper: int
    key: str
    why: str
    where: str
    reading: str | None
    other: str | None
    settable: bool
    target: str


@dataclass(frozen=True, slots=True)
class Section:
    """One project's part of the page: its verdict, findings and scores."""

    title: str
    about: str
    book: str
    said: str
    printed: str
    worked: str
    apart: str
    grade: str
    against: tuple[str, ...]
    least: str
    unknown: str
    findings: tuple[Shown, ...]
    settled: tuple[Shown, ...]
    rows: tuple[Row, ...]
    total: Row | None
    sources: tuple[tuple[str, str], ...]
    changes: int

    @property
    def groups(self) -> tuple[tuple[str, tuple[Shown, ...]], ...]:
        """The findings by severity, the gravest first."""
        by = (
            (level.value, tuple(f for f in self.findings if f.severity == level.value)) for level in Severity
        )
        return tuple((level, found) for level, found in by if found)


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page of a checked file."""

    paper: SafeString
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many findings there are by severity."""
        return {
            level.value: sum(f.severity == level.value for s in self.sections for f in s.findings)
            for level in Severity
        }


def key_of(doubt: Doubt) -> str:
    """Return a name of a doubt that it keeps while others of its paper are settled."""
    said = f"{doubt.where}\n{doubt.why}\n{doubt.reading}\n{doubt.alternative}\n{doubt.place}"
    return sha256(said.encode()).hexdigest()[:16]


def page_of(file: CheckedFile) -> Page:
    """Return the page of a checked file."""
    remarks = remarks_of(file.check_of)
    kept = reviews_of(file)
    done = decided([one for one, _ in kept], remarks)
    sent = Sent(
        layout_from_json(json.loads(file.layout)) if file.layout else None, tuple(file.pages.all()), file.name
    )
    numbers = _numbered([one for one, _ in kept], file.name)  # the same before and after a decision
    sections = tuple(
        _section(number, one, remarks, least, sent, numbers)
        for number, (one, (_, least)) in enumerate(zip(done, kept, strict=True))
    )
    readings = readings_of(file)
    questions = tuple(_questions(readings, sent))
    return Page(mark_safe("".join(_drawn(sent))), sections, questions)  # noqa: S308 - a tree, written by its library


def _drawn(sent: Sent) -> Iterator[str]:
    for element in sent.drawn():
        yield tostring(element, encoding="unicode", method="html")


def _numbered(done: Sequence[Done], name: str) -> dict[str, int]:
    """Return the numbers of the findings in this file, in the order of the page."""
    ids = [_id(one, finding) for one in done for finding in ranked(one) if _file(one, finding) == name]
    return {key: number for number, key in enumerate(dict.fromkeys(ids), 1)}


def _file(one: Done, finding: Finding) -> str:
    return one.review.filing.readings[finding.paper].file


def _id(one: Done, finding: Finding) -> str:
    return finding_id(finding, _file(one, finding))


def _section(
    at: int, one: Done, remarks: Remarks, least: str, sent: Sent, numbers: Mapping[str, int]
) -> Section:
    main, sheet = main_of(one), one.review.sheet
    printed, worked = totals(one)
    found = tuple(_shown(one, finding, remarks, sent, numbers) for finding in ranked(one))
    against = total_lines(sheet, one.choice.scheme)[1] if sheet is not None else ""
    others = [f"{KINDS[r.kind]}（{r.file}）" for r in one.review.filing.readings if r.file != sent.name]
    about = "　".join(
        word for word in (unit_words(main), f"同一项目：{'、'.join(others)}" if others else "") if word
    )
    rows, total = _rows(at, one, sent)
    return Section(
        title=project_words(main),
        about=about,
        book=book_words(sheet, one.choice.scheme.title) if sheet is not None else "",
        said=total_words(one, sheet) if sheet is not None else "",
        printed=printed,
        worked=worked,
        apart=_apart(one),
        grade=_grade(sheet, one.choice.scheme) if sheet is not None else "",
        against=tuple(line for line in against.split("\n") if line),
        least=least,
        unknown=main.record.why if isinstance(main.record, Unknown) else "",
        findings=found,
        settled=tuple(_set_aside(one, settled, sent) for settled in one.settled),
        rows=rows,
        total=total,
        sources=source_words(sheet) if sheet is not None else (),
        changes=len(tuple(joined(taken(one, remarks).edits)))
        if any(shown.state == "accepted" for shown in found)
        else 0,
    )


def _grade(sheet: ScoreSheet, scheme: Scheme) -> str:
    """Say the grade that the total earns, after the one claimed where they differ."""
    earned = sheet.grade.word if total_lines(sheet, scheme)[0] else None
    if earned is None or sheet.grade.agrees is not False:
        return earned or ""
    return f"{sheet.grade.printed} → {earned}"


def _apart(one: Done) -> str:
    """Say how far the totals lie apart, "" where one isn't known."""
    total = one.review.sheet.total if one.review.sheet is not None else None
    if total is None or total.score is None or total.printed is None:
        return "—"
    return "一致" if total.agrees else f"{abs(total.score - total.printed):f}"


# ---------------------------------------------------------------- findings and doubts


def _shown(one: Done, finding: Finding, remarks: Remarks, sent: Sent, numbers: Mapping[str, int]) -> Shown:
    reading = one.review.filing.readings[finding.paper]
    key = finding_id(finding, reading.file)
    number = numbers.get(key)
    target = sent.ring(reading, finding, number) if number is not None else ""
    remark = remarks.get(key)
    accepted = remark is not None and remark.answer is Answer.ACCEPTED
    said, _, fix = finding.says.partition(_REMEDY)
    swaps = finding.fix.changes(finding.where) if finding.fix is not None else ()
    return Shown(
        number=number,
        id=key,
        severity=finding.severity.value,
        title=TITLES.get(finding.code, finding.name),
        code=finding.code,
        where=_where(reading, finding) or "整份材料",
        target=target,
        said=said.strip(),
        quoted=finding.quoted if finding.quoted not in finding.says else "",
        steps=steps_of(one, finding),
        advice=fix.strip() or (finding.fix.what if finding.fix is not None else ""),
        safe=finding.fix is not None and finding.fix.safe,
        fixable=bool(swaps),
        law=str(finding.source) if finding.source.document else "",
        state="accepted" if accepted else "",
        reason=remark.reason if remark is not None else "",
        refusable=not is_arithmetic_error(finding),
        elsewhere="" if number is not None else reading.file,
    )


def _set_aside(one: Done, settled: Settled, sent: Sent) -> Shown:
    finding = settled.finding
    reading = one.review.filing.readings[finding.paper]
    return Shown(
        number=None, id=settled.id, severity=finding.severity.value, title=TITLES.get(finding.code, finding.name),
        code=finding.code, where=_where(reading, finding) or "整份材料", target=sent.at(reading, finding),
        said=finding.says, quoted="", steps=(), advice="", safe=False, fixable=False, law="", state="refused",
        reason=settled.why, refusable=True,
    )  # fmt: skip


def _where(reading: Reading, finding: Finding) -> str:
    words = (field_words(reading, finding.where), place_words(place_at(reading, finding.where)))
    return "　".join(word for word in words if word)


def _questions(readings: Sequence[Reading], sent: Sent) -> Iterator[Question]:
    number = 0
    for paper, reading in enumerate(readings):
        for doubt in reading.doubts:
            number += 1
            words = (field_words(reading, doubt.where) if doubt.where else "", place_words(doubt.place))
            yield Question(
                number=number,
                paper=paper,
                key=key_of(doubt),
                why=doubt.why,
                where="　".join(word for word in words if word),
                reading=doubt.reading,
                other=doubt.alternative,
                settable=api.settable(reading, doubt),
                target=sent.doubt(reading, doubt, number),
            )


# ---------------------------------------------------------------- the score sheet


def _rows(at: int, one: Done, sent: Sent) -> tuple[tuple[Row, ...], Row | None]:
    sheet, main = one.review.sheet, main_of(one)
    if sheet is None:
        return (), None
    named: list[tuple[tuple[str, str, str], Score, str]] = []
    if sheet.execution.points is not None or sheet.execution.score is not None:
        named.append(((EXECUTION, "", ""), sheet.execution, "execution.score_printed"))
    record = main.record
    rows = record.indicators if isinstance(record, Evaluation) else ()
    named += [
        (row_words(row), score, f"indicators.{k}.score_printed")
        for k, (row, score) in enumerate(zip(rows, sheet.indicators, strict=False))
    ]
    here = main.file == sent.name
    listed = tuple(
        _row(f"r{at}-{k}", words, score, sent.score(main, where, f"r{at}-{k}") if here else "")
        for k, (words, score, where) in enumerate(named)
    )
    total = sent.score(main, "total_printed", f"r{at}-t") if here else ""
    return listed, _row(f"r{at}-t", ("合计", "", ""), sheet.total, total)


def _row(key: str, words: tuple[str, str, str], score: Score, target: str) -> Row:
    how, worked = worked_words(score)
    _, agrees = printed_words(score)
    return Row(
        id=key,
        name=words[0],
        target_value=words[1],
        actual=words[2],
        points="—" if score.points is None else f"{score.points:f}",
        printed="—" if score.printed is None else f"{score.printed:f}",
        agrees=agrees,
        differs=score.agrees is False,
        worked=worked,
        how=tuple(step.says for step in score.steps) if score.score is not None else (how,),
        law=str(score.source) if score.source.document else "",
        target=target,
    )
