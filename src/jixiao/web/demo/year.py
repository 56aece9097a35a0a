"""Leads made-up filings along the workflow's table: each act with its revision, its entry in the log and its notices.

The acts of all filings are played in the order of their days, so that the log reads as if the year had been lived.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from jixiao import api
from jixiao.model.reading import Reading
from jixiao.model.review import Review
from jixiao.web import deadlines, files, log, notices
from jixiao.web.actions import Said, revise
from jixiao.web.demo.county import County, Office
from jixiao.web.demo.drafts import handed_in, watched
from jixiao.web.demo.papers import Paper, declared, evaluated
from jixiao.web.log import Act, Actor
from jixiao.web.models import Attachment, Revision, Submission, User
from jixiao.web.records import record_of
from jixiao.web.workflow import STATES, Action, Role, State, Transition, transition

_OF_TARGETS = api.rules_named(("IS", "TV"))
_CAME_AS_FILES = 3  # one filing of so many
_NEWS = timedelta(days=10)
A = Action
# How many days ago each act lies (from, to): the way of a filing to its end.
WAY = (
    (A.SUBMIT_TARGETS, 330, 315), (A.FORWARD_TARGETS, 314, 308), (A.APPROVE_TARGETS, 300, 280), (A.MONITOR, 90, 70),
    (A.START_EVALUATION, 40, 30), (A.SUBMIT, 28, 20), (A.FORWARD, 12, 9), (A.ACCEPT, 8, 7), (A.SPOT_CHECK, 6, 5),
    (A.DEMAND_RECTIFICATION, 4, 4), (A.ANSWER_RECTIFICATION, 3, 2), (A.CLOSE_RECTIFICATION, 1, 1),
)  # fmt: skip
_LENGTH = {
    State.TARGETS_DRAFT: 0, State.TARGETS_AT_DEPARTMENT: 1, State.TARGETS_AT_BUREAU: 2, State.MONITORING: 4,
    State.SELF_DRAFT: 5, State.AT_DEPARTMENT: 6, State.AT_BUREAU: 7, State.ACCEPTED: 8, State.PUBLISHED: 8,
    State.SAMPLED: 9, State.RECTIFYING: 10, State.RECTIFIED: 11,
}  # fmt: skip
_WATCHED = frozenset(
    {State.MONITORING, State.SELF_DRAFT}
)  # of the others nobody looks at July's figures any more
_REASONS = (
    "偏差原因没有写明由谁在什么时候改正，请补充后重新报送",
    "全年执行数与决算口径不一致，请核对后重报",
    "“服务对象满意度”没有附问卷，请补充佐证材料",
    "得分与表后注的算法不符，请按口径重新计算",
)


@dataclass(slots=True)
class Filing:
    """A filing to be led to a state: whose it is, what it says, and where it is to end."""

    number: int
    row: Submission
    office: Office
    paper: Paper
    goal: State
    shift: int = 0  # days by which all lies further back
    sent_back: bool = False  # came back once from the department
    stays_back: bool = False  # and was not handed in again
    late: bool = False
    light: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One act on one filing."""

    at: datetime
    filing: Filing
    action: Action
    reason: str = ""


def events(rng: Random, filing: Filing, now: datetime) -> Iterator[Event]:
    """Yield the acts that lead a filing to its goal, in their order."""

    def on(days: int) -> datetime:
        return now - timedelta(days=days + filing.shift, minutes=rng.randrange(0, 400))

    for action, first, last in WAY[: _LENGTH[filing.goal]]:
        days = rng.randint(last, first)
        if action is A.SUBMIT and filing.sent_back:
            yield Event(on(29), filing, A.SUBMIT)
            yield Event(on(25), filing, A.RETURN, rng.choice(_REASONS))
            days = min(days, 24)
        if action is A.SUBMIT and filing.late:
            days = 3
        if action is A.FORWARD and filing.late:
            days = 2
        reason = "抽查发现下列问题，请在期限内整改" if action is A.DEMAND_RECTIFICATION else ""
        yield Event(on(days), filing, action, reason)
    if filing.stays_back:
        yield Event(on(26), filing, A.SUBMIT)
        yield Event(on(6), filing, A.RETURN, rng.choice(_REASONS))
    if filing.goal is State.PUBLISHED:
        yield Event(on(1), filing, A.PUBLISH)


def play(made: County, event: Event, now: datetime) -> Actor:
    """Do one act as it would have been done on its day, and return who did it."""
    one = event.filing.row
    row = transition(event.action, State(one.state))
    if row is None:
        raise AssertionError(f"{event.action} of {one.state}")
    actor = Actor(_by(made, event.filing, row), event.at, "10.20.0.15")
    _write(event, actor)
    late = deadlines.is_late(one, row, event.at)
    one.state, one.state_since, one.version = row.target, event.at, one.version + 1
    if event.action in deadlines.HANDING_IN:
        one.submitted_at, one.late, one.returned = event.at, late, False
    if event.action in {A.RETURN, A.RETURN_TARGETS}:
        one.returned = True
    if event.action is A.APPROVE_TARGETS:
        one.approved = one.revision
    if event.action is A.MONITOR:
        one.light = event.filing.light
    one.save()
    said = f"{row.title}：{STATES[row.source]} → {STATES[row.target]}" + ("（逾期）" if late else "")
    said += f"。理由：{event.reason}" if event.reason else ""
    details = {"from": row.source, "to": row.target, "reason": event.reason, "revision": one.revision_id}
    log.append(actor, Act(row.action, said, one, details=details))
    if now - event.at < _NEWS:
        notices.moved(one, row, event.reason, actor)
    return actor


def _by(made: County, filing: Filing, row: Transition) -> User:
    """Return whose act it is: of the unit the head hands in, of the bureau its people by turns."""
    at = filing.number
    if Role.CLERK in row.roles:
        head = row.action in {A.SUBMIT, A.SUBMIT_TARGETS, A.ANSWER_RECTIFICATION}
        return made.person(Role.HEAD if head else Role.CLERK, filing.row.unit)
    if Role.DEPARTMENT in row.roles:
        return made.person(Role.DEPARTMENT, filing.office.organization)
    return made.person(Role.REVIEWER if Role.REVIEWER in row.roles else Role.MANAGER, made.bureau, at)


def _write(event: Event, actor: Actor) -> None:
    """Keep what is handed in as a revision with its draft, and the workbook that it came as, or that lies beside it."""
    filing = event.filing
    if event.action is A.MONITOR and filing.goal in _WATCHED:
        watched(filing.row, filing.paper, filing.light, actor)
    if event.action not in deadlines.HANDING_IN:
        return
    done = event.action is A.SUBMIT
    text = evaluated(filing.paper) if done else declared(filing.paper)
    name = f"{filing.row.project.name}自评表.txt"
    readings, review = reviewed(text, name, done=done)
    stage = Revision.Stage.SELF if done else Revision.Stage.TARGETS
    source = _attach(filing, review, actor) if done else None
    revision = revise(filing.row, Said(stage, record_of(readings), review, source), actor)
    if review.filing.evaluation is not None:
        handed_in(filing.row, revision, review.filing.evaluation, actor)


def reviewed(text: str, name: str, *, done: bool) -> tuple[tuple[Reading, ...], Review]:
    """Read a paper's text and return its papers with their review; of targets alone only those are audited."""
    readings = api.read_papers(text.encode(), name=name)
    (filing,) = api.file_together(readings)
    return readings, api.review(filing, api.choose(filing), api.ALL_RULES if done else _OF_TARGETS)


def _attach(filing: Filing, review: Review, actor: Actor) -> Attachment | None:
    """Keep the unit's workbook; return it where the filing came as a file, which then takes the comments.

    The others were typed in, and the workbook lies beside them. What is handed in again came as the same file.
    """
    one, table = filing.row, review.filing.evaluation
    if table is None:
        return None
    data = api.render(table, paper="selfeval_table", format="xlsx")
    name, came = f"{one.project.name}自评表.xlsx", filing.number % _CAME_AS_FILES == 0
    kind = Attachment.Kind.SOURCE if came else Attachment.Kind.EVIDENCE
    same = one.attachments.filter(kind=kind).first() if came else None
    record = record_of(api.read_papers(data, name=name)) if came and same is None else ""
    kept = same or Attachment.objects.create(
        submission=one, kind=kind, name=name, digest=files.keep(data), size=len(data), record=record,
        author=actor.user, at=actor.at,
    )  # fmt: skip
    return kept if came else None
