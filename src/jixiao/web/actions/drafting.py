"""A draft's beginning and end: from a rule-book, last year or a file; the revision that is made when it is sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from jixiao import api, layout
from jixiao.api import filling
from jixiao.api.filling import Typed
from jixiao.errors import TransitionError, UnreadableError
from jixiao.model.evaluation import Evaluation
from jixiao.model.reading import Kind, Reading
from jixiao.telling.naming import place_words
from jixiao.web import jobs, log, records
from jixiao.web.actions.revising import Said, revise
from jixiao.web.actions.saving import Saved, held_draft, hold, write
from jixiao.web.actions.wanted import Move
from jixiao.web.drafts.content import (
    Content,
    Doubt,
    Stage,
    begun,
    content_of,
    put,
    row_of,
    stage_of,
)
from jixiao.web.drafts.live import place_of
from jixiao.web.drafts.narrative import blanks, report, report_of
from jixiao.web.log import Act, Actor
from jixiao.web.models import Attachment, Beginning, Draft, Revision, Submission

READING = "start_draft"  # the kind of job that reads the file which a draft is to begin with
_TARGETS = (Kind.SELFEVAL_TABLE, Kind.GOAL_DECLARATION, Kind.MONITORING_TABLE)


@dataclass(frozen=True, slots=True)
class Start:
    """What a draft begins with: a rule-book, and one of approved targets, last year's filing, a file, or nothing.

    `what` is approved, last, file or blank; `form` another form than the rule-book's own, "" for that one; of a file
    `name` is its name, `readings` what was read in it, `source` the file as it is kept with the filing.
    """

    what: str
    scheme: str
    name: str = ""
    form: str = ""
    readings: tuple[Reading, ...] = ()
    source: Attachment | None = None


@transaction.atomic
def start(pk: int, wanted: Start, actor: Actor) -> Saved:
    """Begin a stage's draft.

    Raises:
        Http404, PermissionDenied: as in `access.submission_for`.
        TransitionError: it was begun already, or there is nothing to begin with.
        UnreadableError: the file holds no table.
    """
    submission, draft, stage = beginnable(pk, actor)
    Beginning.objects.filter(submission=submission).delete()
    content = _begun(submission, stage, wanted, actor)
    draft.version += 1
    for row in (*content.fixed.values(), *content.rows.values()):
        row.version = draft.version
    content.ordered = draft.version
    put(draft, stage, content)
    draft.changed_by = actor.user
    draft.save()
    log.append(actor, Act("start_draft", f"开始填写{stage.label}：{content.origin}", submission))
    return Saved(submission, draft, content)


def beginnable(pk: int, actor: Actor) -> tuple[Submission, Draft, Stage]:
    """Return a filing, its draft and stage, held by this transaction, where nothing was begun yet.

    Raises:
        Http404, PermissionDenied: as in `access.submission_for`.
        TransitionError: it was begun already, or begins with a file that is being read.
    """
    submission, draft, stage = held_draft(pk, actor)
    if content_of(draft, stage) is not None:
        raise TransitionError("这一阶段已经开始填写：请刷新页面，接着填。")
    reading = Beginning.objects.filter(submission=submission).first()
    if reading is not None and jobs.is_open(READING, str(reading.pk)):
        raise TransitionError(f"正在识读“{reading.name}”，读完就从它开始：请稍候，或先在填报页取消识读。")
    return submission, draft, stage


def _begun(submission: Submission, stage: Stage, wanted: Start, actor: Actor) -> Content:
    form = form_of(stage, wanted.scheme, wanted.form)
    if wanted.what == "file" and not wanted.form:
        form = _form_in(wanted.readings, form)
    doubts: list[Doubt] = []
    if submission.approved is not None and stage is not Stage.TARGETS and filling.holds_targets(form):
        typed = filling.onto(filling.carried(typed_of(submission.approved, form)), form)
        origin = f"从批复的绩效目标（第 {submission.approved.number} 稿）开始"
        if wanted.what == "file":
            typed, origin = _with_results(typed, wanted, form), f"{origin}，完成情况取自“{wanted.name}”"
    elif wanted.what == "last":
        last = last_year(submission, form)
        if last is None:
            raise TransitionError("本项目上年没有在系统里填报过：请从空表或文件开始。")
        typed, origin = (
            filling.carried(typed_of(last, form)),
            f"从 {submission.year - 1} 年度的{_carried(form)}开始",
        )
    elif wanted.what == "file":
        typed, doubts = _from_file(wanted, form, stage)
        doubts = [*_of_another(typed, _known(submission, form)), *doubts]
        origin = f"从文件“{wanted.name}”开始"
    else:
        typed = filling.blank(api.load_scheme(wanted.scheme), form, submission.year)
        origin = "从空表开始" if filling.holds_targets(form) else "从评分口径的指标体系开始"
    typed = replace(typed, year=submission.year, cells={**_known(submission, form), **typed.cells})
    content = begun(typed, wanted.scheme, origin, actor.user, actor.at)
    content.doubts = doubts
    content.source = wanted.source.pk if wanted.source is not None else None
    return content


def form_of(stage: Stage, scheme: str, wanted: str = "") -> str:
    """Return the form that a stage is filled in on under a rule-book; of a self-evaluation the one that is wanted."""
    if stage is Stage.TARGETS:
        return filling.GOAL
    if stage is Stage.SELF and wanted in filling.forms_to_fill():
        return wanted
    return filling.MONITOR if stage is Stage.MONITORING else filling.form_for(api.load_scheme(scheme))


def _known(submission: Submission, form: str) -> dict[str, str]:
    """Return what the county's lists know; on a transfer payment's form the department is that of the place."""
    own = "particular.地方主管部门" if form == filling.TRANSFER else "project.department"
    department = submission.department.name if submission.department is not None else ""
    known = {
        "project.name": submission.project.name,
        "project.unit": submission.unit.name,
        own: department,
    }
    return {key: text for key, text in known.items() if text}


def typed_of(revision: Revision, form: str) -> Typed:
    """Return the texts of a revision's table for a form."""
    table = next((one.record for one in _readings(revision) if one.kind in _kinds(form)), None)
    if not isinstance(table, Evaluation):
        raise TransitionError("那一稿里没有绩效表，不能接着填：请从空表或文件开始。")
    return filling.take(table, form)[0]


def _readings(revision: Revision) -> Sequence[Reading]:
    return records.review_of(revision).filing.readings


def last_year(submission: Submission, form: str) -> Revision | None:
    """Return what a draft on a form takes from the year before: the approved targets, else the last revision.

    A scoring form takes the last one that was filed on such a form.
    """
    before = Submission.objects.filter(project=submission.project_id, year=submission.year - 1).first()
    if before is None or filling.holds_targets(form):
        return (before.approved or before.revision) if before is not None else None
    last = before.revision
    return last if last is not None and any(one.kind in _kinds(form) for one in _readings(last)) else None


def _carried(form: str) -> str:
    return "目标" if filling.holds_targets(form) else "指标体系"


def _kinds(form: str) -> Sequence[Kind]:
    """Return the kinds of papers whose texts a form takes."""
    return _TARGETS if filling.holds_targets(form) else (filling.kind_of(form),)


def _form_in(readings: Sequence[Reading], form: str) -> str:
    """Return the form for a file: that of the rule-book; of a file with nothing but a scoring form, such a form."""
    kinds = {one.kind for one in readings}
    if kinds & {*_kinds(form)} or Kind.SCORING_FORM not in kinds or form in (filling.GOAL, filling.MONITOR):
        return form
    record = next(one.record for one in readings if one.kind is Kind.SCORING_FORM)
    return filling.scoring_form_for(record) if isinstance(record, Evaluation) else form


def _from_file(wanted: Start, form: str, stage: Stage) -> tuple[Typed, list[Doubt]]:
    reading, record = _table_in(wanted, stage, form)
    typed, lost = filling.take(record, form)
    found = [_doubt(one, form) for one in reading.doubts]
    return typed, [*found, *(Doubt(why) for why in lost)]


def _doubt(one: layout.Doubt, form: str) -> Doubt:
    """Return a doubt of reading for the page; where it is about no cell of the form, its words say what it is about."""
    row, key = place_of(one.where, form)
    where = place_words(one.place)
    why = f"{where}：{one.why}" if where else one.why
    why += f"（读作“{one.reading}”）" if one.reading and not key else ""
    return Doubt(why, one.reading or "", one.alternative or "", row, key)


def _of_another(typed: Typed, known: Mapping[str, str]) -> Iterator[Doubt]:
    """Yield a doubt where a file speaks of another project or unit than the filing is of: it may be the wrong file."""
    for key, name in (("project.name", "项目名称"), ("project.unit", "实施单位")):
        said, ours = typed.cells.get(key, ""), known.get(key, "")
        if said and ours and "".join(said.split()) != "".join(ours.split()):
            why = f"文件里的{name}是“{said}”，这份材料的是“{ours}”：请核对是否选错了文件"
            yield Doubt(why, said, ours, row_of(key), key)


def _table_in(wanted: Start, stage: Stage, form: str) -> tuple[Reading, Evaluation]:
    """Return the first table of a file, one of the stage's own kind before another.

    What the table doesn't print and another paper of the file does (the amounts beside a scoring form) is in it.
    """
    own = {Stage.TARGETS: Kind.GOAL_DECLARATION, Stage.MONITORING: Kind.MONITORING_TABLE}
    first = own.get(stage, Kind.SELFEVAL_TABLE)
    tables = [one for one in wanted.readings if one.kind in _kinds(form)]
    found = next((one for one in tables if one.kind is first), tables[0] if tables else None)
    if found is None or not isinstance(found.record, Evaluation) or not found.record.indicators:
        raise UnreadableError(f"“{wanted.name}”里没有找到{_wanted(form)}的文件，或从空表开始填写。")
    return found, _supplied(found, found.record, wanted.readings)


def _wanted(form: str) -> str:
    return "绩效表：请换成自评表或目标申报表" if filling.holds_targets(form) else "评分表：请换成指标评分表"


def _supplied(found: Reading, record: Evaluation, readings: Sequence[Reading]) -> Evaluation:
    """Return a scoring form's record with the amounts of the other papers; another table as it is."""
    if found.kind is not Kind.SCORING_FORM:
        return record
    filings = api.file_together(readings)
    whole = next((one.evaluation for one in filings if found in one.readings), None)
    return replace(record, funds=whole.funds) if whole is not None else record


def _with_results(typed: Typed, wanted: Start, form: str) -> Typed:
    """Put a file's results beside the approved targets: rows of the same name, and what stands outside of the rows."""
    _, record = _table_in(wanted, Stage.SELF, form)
    told, _ = filling.take(record, form)
    results = {row.get("level3", ""): row for row in told.rows}
    rows = tuple(
        {
            **{k: t for k, t in results.get(row.get("level3", ""), {}).items() if k not in filling.DEMANDS},
            **row,
        }
        for row in typed.rows
    )
    cells = {
        key: text for key, text in told.cells.items() if not key.startswith(("project.", "goal.expected"))
    }
    return replace(typed, rows=rows, cells={**cells, **typed.cells})


@transaction.atomic
def settle(pk: int, number: int, how: str, text: str, actor: Actor) -> Saved:
    """Decide a doubt of the file that a draft began with: keep the reading, take the other, or type what holds.

    Raises:
        Http404, PermissionDenied: as in `access.submission_for`.
        TransitionError: there is no such doubt, or it was decided meanwhile.
    """
    held = hold(pk, actor)
    doubts = held.content.doubts
    if not 0 <= number < len(doubts) or doubts[number].settled:
        raise TransitionError("这一处已经有人确认过：请刷新页面。")
    doubt = doubts[number]
    doubt.settled, doubt.name = how, actor.user.name if actor.user is not None else ""
    row = held.content.row(doubt.row)
    said = {"other": doubt.alternative, "typed": text}.get(how)
    if said is not None and row is not None and doubt.key:
        write(held, row, {doubt.key: said.strip()}, actor)
    else:
        held.draft.version += 1
    held.keep(actor)
    words = {"other": "按另一读法", "typed": f"改填“{text}”", "kept": "按原读法"}[how]
    log.append(actor, Act("settle_doubt", f"确认识别存疑处：{doubt.why}（{words}）", held.submission))
    return Saved(held.submission, held.draft, held.content, rows=(doubt.row,))


def finish(submission: Submission, wanted: Move, actor: Actor) -> Mapping[str, object]:
    """Make the revision that is sent of the draft; the caller's transaction holds the filing.

    Raises:
        TransitionError: nothing was filled in, a doubt is open, or what is asked for can't be sent.
    """
    stage = stage_of(submission)
    draft = Draft.objects.select_for_update().filter(submission=submission).first()
    if stage is None:
        raise TransitionError(f"“{wanted.action}”这一步不生成新稿。")
    content = content_of(draft, stage)
    if content is None or draft is None:
        raise TransitionError("还没有填写，不能报送：请先打开“填报”，填好后再报送。")
    _sendable(content)
    typed = filling.complete(
        content.typed, filling.fill(content.typed, content.scheme, filling.Rules((), ()))
    )
    beside = report_of(content)
    filled = filling.fill(typed, content.scheme, beside=beside)
    record = records.record_of((filled.reading, *beside))
    kept = submission.attachments.filter(withdrawn_at=None)
    source = kept.filter(pk=content.source).first() if content.source is not None else None
    made = revise(submission, Said(stage, record, filled.review, source), actor)
    lit = filling.light(filled)
    if stage is Stage.MONITORING:
        submission.light = lit.value if lit is not None else ""
    content.sent = made.number
    put(draft, stage, content)
    draft.save()
    return {"revision_number": made.number}


def _sendable(content: Content) -> None:
    still = content.open_doubts
    if still:
        raise TransitionError(
            f"上传的文件还有 {len(still)} 处识别存疑没有确认，不能报送：请先在填报页逐处确认。"
        )
    if not any(row.get(filling.naming_key(content.form), "").strip() for row in content.typed.rows):
        raise TransitionError("表里还没有一行指标，不能报送：请至少填一行指标名称。")
    if content.outline:
        filled = filling.fill(content.typed, content.scheme)
        wanting = blanks(report(content, filled))
        if wanting:
            raise TransitionError(
                f"自评报告里还有 {wanting} 处“【请填写：…】”没有写，不能报送：请在“自评报告”里写好；"
                "只报送表的，点“只报送表”。"
            )
