"""A filing as its page shows it: the line of the year, the verdict, the drawn paper, findings and judgements."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import tostring

from django.utils.safestring import SafeString, mark_safe

from jixiao.audit import finding_id
from jixiao.model.finding import Finding, Severity
from jixiao.telling.done import Done
from jixiao.telling.html_paper import anchors_of, paper_pane
from jixiao.telling.naming import field_words, place_at, place_words
from jixiao.telling.ranking import ranked
from jixiao.telling.score_words import book_words
from jixiao.telling.titles import TITLES
from jixiao.telling.verdict import grade_words, total_words
from jixiao.web import deadlines, records
from jixiao.web.models import Judgement, Revision, Submission
from jixiao.web.workflow import State

_KEY = "p"
_REMEDY = "改法："
# The line of the year: what a step is called, and the states that stand in it.
STEPS = (
    ("目标填报", (State.TARGETS_DRAFT,)),
    ("部门审核", (State.TARGETS_AT_DEPARTMENT,)),
    ("财政批复", (State.TARGETS_AT_BUREAU,)),
    ("运行监控", (State.MONITORING,)),
    ("单位自评", (State.SELF_DRAFT,)),
    ("部门审核", (State.AT_DEPARTMENT,)),
    ("财政复核", (State.AT_BUREAU,)),
    ("复核通过", (State.ACCEPTED,)),
    ("抽查整改", (State.SAMPLED, State.RECTIFYING, State.RECTIFIED)),
    ("公开", (State.PUBLISHED,)),
)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the year: done, here, or still to come; the day by which it is to be done."""

    title: str
    when: str
    day: date | None
    light: str


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as it is listed: where it stands, what is wrong, what to do, and the latest judgement."""

    number: int
    id: str
    code: str
    severity: str
    title: str
    where: str
    target: str
    said: str
    advice: str
    law: str
    judgement: Judgement | None


@dataclass(frozen=True, slots=True)
class Content:
    """What a revision says, drawn: the paper, its findings, the verdict, what the reader wasn't sure of."""

    paper: SafeString
    findings: tuple[Told, ...]
    rows: tuple[records.Row, ...]
    verdict: str
    grade: str
    book: str
    doubts: tuple[str, ...]

    @property
    def groups(self) -> tuple[tuple[str, tuple[Told, ...]], ...]:
        """The findings by severity, the gravest first."""
        by = ((s.value, tuple(one for one in self.findings if one.severity == s.value)) for s in Severity)
        return tuple((level, found) for level, found in by if found)


def steps(submission: Submission, today: date) -> tuple[Step, ...]:
    """Return the line of the year with where a filing stands in it."""
    state = State(submission.state)
    here = next(number for number, (_, states) in enumerate(STEPS) if state in states)
    days = deadlines.laid_down(submission.year)
    return tuple(
        _step(number, here, _day(days, submission, number) if number >= here else None, today)
        for number in range(len(STEPS))
    )


def _day(days: deadlines.Days, submission: Submission, number: int) -> date | None:
    stage = deadlines.STAGES.get(STEPS[number][1][0])
    return deadlines.nearest(days, submission.path, stage) if stage is not None else None


def _step(number: int, here: int, day: date | None, today: date) -> Step:
    when = "past" if number < here else "here" if number == here else ""
    return Step(STEPS[number][0], when, day, deadlines.light(day, today).value if number == here else "")


def content(submission: Submission, revision: Revision) -> Content:
    """Return what a revision of a filing says, drawn."""
    done = records.done_of(revision)
    found = tuple(enumerate(ranked(done), 1))
    pane = tostring(paper_pane(done, found, _KEY), encoding="unicode", method="html")
    sheet = done.review.sheet
    return Content(
        paper=mark_safe(pane),  # noqa: S308 - a tree, written by its library
        findings=tuple(_told(done, found, _judgements(submission))),
        rows=records.rows_of(done.review),
        verdict=total_words(done, sheet) if sheet is not None else "没有自评表，没有评分",
        grade=grade_words(done, sheet) if sheet is not None else "",
        book=book_words(sheet, done.choice.scheme.title) if sheet is not None else done.choice.scheme.title,
        doubts=tuple(_doubts(done)),
    )


def _judgements(submission: Submission) -> Mapping[str, Judgement]:
    """Return the latest judgement of each finding of a filing."""
    return {one.finding: one for one in submission.judgements.select_related("user")}


def _told(
    done: Done, found: Sequence[tuple[int, Finding]], judged: Mapping[str, Judgement]
) -> Iterator[Told]:
    anchors = anchors_of(done, found)
    for number, finding in found:
        reading = done.review.filing.readings[finding.paper]
        said, _, advice = finding.says.partition(_REMEDY)
        where = (field_words(reading, finding.where), place_words(place_at(reading, finding.where)))
        name = finding_id(finding, reading.file)
        yield Told(
            number=number,
            id=name,
            code=finding.code,
            severity=finding.severity.value,
            title=TITLES.get(finding.code, finding.name),
            where="　".join(word for word in where if word) or "整份材料",
            target=f"{_KEY}m{anchors[number]}" if number in anchors else "",
            said=said.strip(),
            advice=advice.strip() or (finding.fix.what if finding.fix is not None else ""),
            law=str(finding.source) if finding.source.document else "",
            judgement=judged.get(name),
        )


def _doubts(done: Done) -> Iterator[str]:
    for reading in done.review.filing.readings:
        for doubt in reading.doubts:
            two = f"：读作“{doubt.reading}”" if doubt.reading else ""
            other = f"，也可能是“{doubt.alternative}”" if doubt.alternative else ""
            at = place_words(doubt.place)
            yield f"{f'{at}　' if at else ''}{doubt.why}{two}{other}"
