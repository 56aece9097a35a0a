"""What can be taken away from a filing: its forms, the list of findings, the marked file, a drafted report, data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone

from jixiao import api
from jixiao.api import filling
from jixiao.audit.remedy.safe import Edit
from jixiao.errors import UnknownNameError
from jixiao.layout import Layout, Line
from jixiao.model.evaluation import Evaluation, Execution, Indicator, Particular
from jixiao.model.parsing import parse_actual
from jixiao.model.reading import Kind
from jixiao.model.record import readings_from
from jixiao.model.review import Review
from jixiao.model.score import Score, ScoreSheet, Step
from jixiao.telling.done import Done
from jixiao.telling.file_names import file_name
from jixiao.telling.listing import listing
from jixiao.telling.naming import KINDS
from jixiao.telling.opinions import opinions
from jixiao.telling.over_original import laid_over, original_of
from jixiao.telling.verdict import main_of
from jixiao.web import files, records
from jixiao.web.checked.handing_out import FORMS, Handed
from jixiao.web.models import Attachment, Recheck, Revision, Submission
from jixiao.web.records import RATE

_OUTLINE, _RECHECK_OUTLINE, _RECHECK_FORM = "o-self", "o-recheck", "f-recheck"
_COMPUTED = "复核得分由自评表的金额、指标值和完成值按评分口径重新计算。"
_JUDGED = "复核得分由复核人员对照评分口径、指标值、完成值和佐证材料逐行评定，与自评不同的写明理由。"


@dataclass(frozen=True, slots=True)
class Offer:
    """A download: the word of its address, what it is called, an icon."""

    what: str
    title: str
    icon: str


def offers(submission: Submission) -> tuple[Offer, ...]:
    """Return what can be taken away from a filing now."""
    if submission.revision is None:
        return ()
    marked = (
        (
            Offer("reviewed", "批注稿（原件加批注）", "message"),
            Offer("corrected", "更正稿（原件改成所报的数，附批注）", "edit"),
        )
        if _source(submission) is not None
        else ()
    )
    forms = tuple(Offer(to, f"官方表样 {to}", "file-text") for to in FORMS)
    rest = (
        Offer("list", "问题清单 xlsx", "list-check"), Offer("report", "自评报告草稿 docx", "report"),
        Offer("data", "数据 JSON", "database"),
    )  # fmt: skip
    return (*forms, *marked, *rest)


def hand_out(submission: Submission, what: str) -> Handed:
    """Return what a person asked for by its word.

    Raises:
        UnknownNameError: there is no such thing of this filing; the sentence says why.
        UnreadableError: the file takes no comments, or the filing has no table.
    """
    if submission.revision is None:
        raise UnknownNameError("这份材料还没有内容，没有可以下载的文件。")
    revision = submission.revision
    if what in FORMS:
        return _official(submission, revision, what)
    makers: Mapping[str, Callable[[Submission, Revision], Handed]] = {
        "reviewed": _reviewed, "corrected": _corrected, "list": _listing, "report": _report, "data": _data,
    }  # fmt: skip
    if what not in makers:
        raise UnknownNameError("没有这种下载；请从“下载”里选。")
    return makers[what](submission, revision)


def _named(submission: Submission, word: str, suffix: str) -> str:
    return f"{file_name(f'{submission.project}（{submission.year}年度{word}）')}.{suffix}"


def _official(submission: Submission, revision: Revision, to: str) -> Handed:
    known = {paper.kind for paper in api.writable()}
    readings = [one for one in records.review_of(revision).filing.readings if one.kind in known]
    if not readings:
        raise UnknownNameError("这份材料里没有可以排成官方表样的表；报告请下载原件。")
    pages = [replace(api.lay_out(one.record, one.kind), name=KINDS[one.kind]) for one in readings]
    pages += [page for one in readings if (page := filling.facts_page(one)) is not None]
    return Handed(_named(submission, "", to), api.bind(pages, to))


def _source(submission: Submission) -> Attachment | None:
    """Return the file that the latest revision was read from, or that its draft began with, where it is kept."""
    kept = submission.revision.source if submission.revision is not None else None
    return kept if kept is not None and kept.withdrawn_at is None else None


def _reviewed(submission: Submission, revision: Revision) -> Handed:
    kept, notes = _notes(submission, revision)
    plain = replace(notes, listed=tuple(replace(note, replacement=None) for note in notes.listed))
    return _written(submission, "批注稿", kept, plain)


def _corrected(submission: Submission, revision: Revision) -> Handed:
    kept, notes = _notes(submission, revision)
    return _written(submission, "更正稿", kept, notes)


def _notes(submission: Submission, revision: Revision) -> tuple[Attachment, api.Notes]:
    """Return the original of a revision, and what is said of it: the findings, and what was sent otherwise."""
    kept = _source(submission)
    if kept is None:
        raise UnknownNameError("这一稿是在线填报的，没有原件可以加批注；请下载官方表样和问题清单。")
    papers = [replace(one, file=kept.name) for one in readings_from(kept.record.encode())]
    done, edits = records.done_of(revision), tuple[Edit, ...]()
    original = original_of(done, papers)
    if original is not None and main_of(done).file != kept.name:
        done, edits = laid_over(done, original)
    return kept, opinions([done], kept.name, timezone.localdate(), {0: edits})


def _written(submission: Submission, word: str, kept: Attachment, notes: api.Notes) -> Handed:
    marked = api.annotate(files.fetch(kept.digest), notes, name=kept.name)
    return Handed(_named(submission, word, marked.suffix.lstrip(".")), marked.data)


def _listing(submission: Submission, revision: Revision) -> Handed:
    return Handed(_named(submission, "问题清单", "xlsx"), listing([records.done_of(revision)]))


def _report(submission: Submission, revision: Revision) -> Handed:
    done = records.done_of(revision)
    drafted = api.draft(done.review, done.choice.scheme, _OUTLINE)
    return Handed(_named(submission, "自评报告草稿", "docx"), api.bind([drafted.layout], "docx"))


def _data(submission: Submission, revision: Revision) -> Handed:
    return Handed(_named(submission, "数据", "json"), revision.record.encode())


# ---------------------------------------------------------------- the re-check


def recheck_form(recheck: Recheck, to: str) -> Handed:
    """Return a re-check on the re-check's form (复核表).

    Raises:
        UnknownNameError: the format isn't one of FORMS, or the filing has no table.
    """
    if to not in FORMS:
        raise UnknownNameError("没有这种下载；请从“下载”里选。")
    page = api.lay_out(_rechecked(recheck), Kind.RECHECK_TABLE, _RECHECK_FORM)
    return Handed(_named(recheck.submission, "复核表", to), api.bind([page], to))


def recheck_report(recheck: Recheck) -> Handed:
    """Return the report on a re-check as a draft: own scores beside the reviewer's, findings, what is to be done.

    Raises:
        UnreadableError: the filing has no table.
    """
    done = records.done_of(recheck.revision)
    review = _with_scores(done, recheck)
    drafted = api.draft_all([(review, done.choice.scheme)], _RECHECK_OUTLINE)
    return Handed(_named(recheck.submission, "复核报告", "docx"), api.bind([_judged(drafted.layout)], "docx"))


def _judged(page: Layout) -> Layout:
    """Say how the scores came about: a person gave them."""
    blocks = tuple(
        replace(block, text=block.text.replace(_COMPUTED, _JUDGED)) if isinstance(block, Line) else block
        for block in page.blocks
    )
    return replace(page, blocks=blocks)


def _rechecked(recheck: Recheck) -> Evaluation:
    """Return a filing's table with the re-check's results and scores, the unit's own kept beside them."""
    table = _table(records.review_of(recheck.revision))
    rows = [_again(row, recheck, f"indicators.{number}") for number, row in enumerate(table.indicators)]
    if table.execution.points is not None:
        rows.append(_again(_rate_row(table), recheck, RATE))
    return replace(
        table, indicators=tuple(rows), execution=Execution(), total_printed=_total(recheck),
        self_total_printed=table.total_printed, form=None, particulars=(*table.particulars, *_signed(recheck)),
    )  # fmt: skip


def _signed(recheck: Recheck) -> tuple[Particular, ...]:
    """Return who re-checked, and on which day: two re-checks of one project are told apart by it."""
    day = timezone.localtime(recheck.done_at or recheck.at)
    return Particular("复核人", str(recheck.reviewer)), Particular(
        "复核日期", f"{day.year}年{day.month}月{day.day}日"
    )


def _table(review: Review) -> Evaluation:
    if review.filing.evaluation is None:
        raise UnknownNameError("这份材料里没有自评表，没有复核表可写。")
    return review.filing.evaluation


def _rate_row(table: Evaluation) -> Indicator:
    told = table.execution
    rate = parse_actual(str(told.rate_printed)) if told.rate_printed is not None else None
    return Indicator(
        "预算执行",
        "预算执行",
        "预算执行率",
        actual=rate,
        points=told.points,
        score_printed=told.score_printed,
    )


def _again(row: Indicator, recheck: Recheck, key: str) -> Indicator:
    told = recheck.rows.get(key, {})
    score = Decimal(told["score"]) if told.get("score") else None
    value = parse_actual(told.get("value", ""), unit=row.unit)
    apart = score - row.score_printed if score is not None and row.score_printed is not None else None
    return replace(
        row, score_printed=score, self_score_printed=row.score_printed, reason=told.get("reason") or None,
        actual=value or row.actual, self_actual=row.actual if value is not None else None,
        particulars=(Particular("复核指标偏差", f"{apart:f}"),) if apart else (),
    )  # fmt: skip


def _total(recheck: Recheck) -> Decimal | None:
    return Decimal(recheck.total).scaleb(-2) if recheck.total is not None else None


def _with_scores(done: Done, recheck: Recheck) -> Review:
    """Return a review with the reviewer's scores where the computed ones stand."""
    sheet = done.review.sheet
    if sheet is None:
        return done.review
    rows = tuple(
        _given(score, recheck, f"indicators.{number}") for number, score in enumerate(sheet.indicators)
    )
    total = _total(recheck)
    whole = replace(sheet.total, score=total, low=total, high=total)
    word = next(
        (band.word for band in done.choice.scheme.grades if total is not None and total >= band.low), None
    )
    made: ScoreSheet = replace(
        sheet, execution=_given(sheet.execution, recheck, RATE), indicators=rows, total=whole,
        grade=replace(sheet.grade, word=word),
    )  # fmt: skip
    return replace(done.review, sheet=made)


def _given(score: Score, recheck: Recheck, key: str) -> Score:
    told = recheck.rows.get(key, {})
    if not told.get("score"):
        return score
    given = Decimal(told["score"])
    if given == score.score:
        return score
    steps = (Step(told.get("reason", ""), Fraction(given)),) if told.get("reason") else ()
    return replace(score, score=given, low=given, high=given, steps=steps, because="")
