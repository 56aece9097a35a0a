"""The drafts behind what made-up units handed in, so that whoever gets a filing back, or watches it, can go on."""

from dataclasses import replace
from datetime import datetime

from jixiao.api import filling
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import half_up
from jixiao.web.actions import drafting
from jixiao.web.actions.wanted import Move
from jixiao.web.demo.papers import Measure, Paper, Row
from jixiao.web.drafts.content import Content, Stage, begun, content_of, put
from jixiao.web.log import Actor
from jixiao.web.models import Draft, Revision, Submission
from jixiao.web.workflow import Action

# How far each light's unit has come by July, in hundredths of its target: money, and what it does.
_SO_FAR = {"green": (62, 66), "amber": (52, 50), "red": (31, 28)}
_WHOLE = 100
_BEHIND = "上半年采购和进场较晚；已与施工、供货单位重新排定进度，九月底前补上"


def handed_in(one: Submission, revision: Revision, table: Evaluation, actor: Actor) -> None:
    """Keep the draft of which a revision, and the table in it, would have been made."""
    stage = Stage(revision.stage)
    form = drafting.form_of(stage, revision.scheme)
    typed, _ = filling.take(table, form)
    origin = "从空表开始" if one.approved is None else f"从批复的绩效目标（第 {one.approved.number} 稿）开始"
    if revision.source is not None:
        origin += f"，完成情况取自“{revision.source.name}”"
    content = begun(typed, revision.scheme, origin, actor.user, actor.at)
    content.sent, content.source = revision.number, revision.source_id
    _keep(one, stage, content, actor)


def watched(one: Submission, said: Paper, light: str, actor: Actor) -> None:
    """Type in what was spent and done by July, and hand that in as the unit would."""
    if one.approved is None:
        raise AssertionError(f"{one} has no approved targets")
    form = drafting.form_of(Stage.MONITORING, one.approved.scheme)
    typed = filling.onto(filling.carried(drafting.typed_of(one.approved, form)), form)
    money, deeds = _SO_FAR[light]
    spent = half_up(said.executed * money / _WHOLE, 2)
    cells = {**typed.cells, "funds.total.annual": f"{said.budget}", "funds.total.executed": f"{spent}",
             "funds.total.forecast": f"{said.executed}"}  # fmt: skip
    rows = tuple(
        {**row, **_so_far(own, deeds, light)} for row, own in zip(typed.rows, said.rows, strict=True)
    )
    typed = replace(typed, year=one.year, cells=cells, rows=rows)
    origin = f"从批复的绩效目标（第 {one.approved.number} 稿）开始"
    _keep(one, Stage.MONITORING, begun(typed, one.approved.scheme, origin, actor.user, actor.at), actor)
    drafting.finish(one, Move(Action.MONITOR, one.version), actor)


def _so_far(row: Row, deeds: int, light: str) -> dict[str, str]:
    share = deeds if _grows(row.measure) else _WHOLE
    behind = {"reason": _BEHIND} if light != "green" and share < _WHOLE else {}
    return {"actual": f"{half_up(row.actual * share / _WHOLE, 0)}{row.measure.unit}", **behind}


def _grows(one: Measure) -> bool:
    """Tell whether more of it is done every month, as of kilometres but not of rates and prices."""
    return one.level2 == "数量指标" and one.unit != "%"


def _keep(one: Submission, stage: Stage, content: Content, actor: Actor) -> None:
    draft = Draft.objects.filter(submission=one).first() or Draft(submission=one)
    before = content_of(draft, stage)
    draft.version += 1
    for row in (*content.fixed.values(), *content.rows.values()):
        row.version = draft.version
    content.ordered = draft.version
    content.origin = before.origin if before is not None else content.origin
    put(draft, stage, content)
    draft.changed_by = actor.user
    draft.save()
    _dated(draft, actor.at)


def _dated(draft: Draft, at: datetime) -> None:
    """Let it have been changed on its day: saving alone would say now."""
    Draft.objects.filter(pk=draft.pk).update(changed_at=at)
