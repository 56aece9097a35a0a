"""Every filing of the made-up county can be gone on with, in its state, by whoever's it is."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import Client

from jixiao.web import access, publication, rechecking, records
from jixiao.web.actions import drafting, moving, publishing, rectifying, reviewing
from jixiao.web.actions.drafting import Start
from jixiao.web.actions.wanted import Demand, Given, Move
from jixiao.web.demo.playing import Wish, make
from jixiao.web.drafts.content import content_of, stage_of
from jixiao.web.log import Actor
from jixiao.web.models import Assignment, Draft, Rectification, Submission, User
from jixiao.web.publication import Choice
from jixiao.web.workflow import BUREAU, STATES, Action, State, Transition, transitions

NOW = datetime(2026, 4, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
YEAR = 2025
BOOK = "national-2020"
ENOUGH = 2  # filings that an act is tried with, beside those that were sent back
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def whose(one: Submission, row: Transition) -> Iterator[Actor]:
    """Yield who may take a row, each of them."""
    for user in User.objects.filter(memberships__role__in=[role.value for role in row.roles]).distinct():
        if row in access.open_to(user, one):
            yield Actor(user, NOW, "127.0.0.1")


def typed(one: Submission, actor: Actor) -> None:
    """Begin what isn't begun yet, as its page offers."""
    stage = stage_of(one)
    assert stage is not None
    if content_of(Draft.objects.filter(submission=one).first(), stage) is None:
        drafting.start(one.pk, Start("approved" if one.approved else "last", BOOK), actor)


def rechecked(one: Submission, actor: Actor) -> dict[str, object]:
    """Let everybody who was asked finish a re-check, else the actor; return which counts."""
    people = [each.user for each in rechecking.assigned(one)] or [actor.user]
    for user in people:
        own = Actor(user, NOW, "127.0.0.1")
        kept = one.rechecks.filter(revision=one.revision, reviewer=user).first()
        adopted = reviewing.adopt(one.pk, kept.version if kept else 0, own)
        reviewing.finish(one.pk, adopted.version, own)
    return {"recheck": rechecking.finished(one)[0].pk}


def answered(one: Submission, actor: Actor) -> dict[str, object]:
    for item in one.rectifications.all():
        rectifying.answer(one.pk, item.number, "已改正", (), actor)
    return {}


def judged(verdict: Rectification.State) -> Callable[[Submission, Actor], dict[str, object]]:
    def of(one: Submission, actor: Actor) -> dict[str, object]:
        for item in one.rectifications.all():
            rectifying.settle(one.pk, item.number, verdict, "已看过", actor)
        return {}

    return of


def confirmed(one: Submission, actor: Actor) -> dict[str, object]:
    choices = {group.id: Choice(masked=True) for group in publication.groups(one)}
    publishing.decide(one.pk, 0, choices, actor)
    return {}


def started(one: Submission, actor: Actor) -> dict[str, object]:
    typed(one, actor)
    return {}


def given(one: Submission, actor: Actor) -> dict[str, object]:
    other = next(user for user in User.objects.filter(memberships__role__in=BUREAU) if user != actor.user)
    return {"given": (Given(Assignment.Purpose.RECHECK, user=other),)}


def demanded(one: Submission, actor: Actor) -> dict[str, object]:
    return {"demands": (Demand("得分与口径不符", "请改正"),)}


# What has to be done before an act; each returns what goes along with it.
BEFORE = {
    Action.SUBMIT_TARGETS: started,
    Action.MONITOR: started,
    Action.SUBMIT: started,
    Action.ACCEPT: rechecked,
    Action.REASSIGN: given,
    Action.DEMAND_RECTIFICATION: demanded,
    Action.ANSWER_RECTIFICATION: answered,
    Action.CLOSE_RECTIFICATION: judged(Rectification.State.CLOSED),
    Action.RETURN_RECTIFICATION: judged(Rectification.State.RETURNED),
    Action.PUBLISH: confirmed,
}


def tried(one: Submission, row: Transition) -> str:
    """Take a row as somebody who may, and undo it; return where that led."""
    actor = next(whose(one, row))
    before = BEFORE.get(row.action)
    with transaction.atomic():
        undo = transaction.savepoint()
        more = before(one, actor) if before else {}
        done = moving.move(one.pk, Move(row.action, one.version, "请核对", **more), actor)
        transaction.savepoint_rollback(undo)
    return done.state


def browser(user: User) -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_every_filing_of_the_demo_goes_on_from_where_it_stands(in_county) -> None:
    make(Wish(YEAR, NOW, offices=8))
    rows = list(Submission.objects.filter(year=YEAR).select_related("revision", "approved"))
    assert {one.state for one in rows} == {state.value for state in STATES}
    acted: Counter[tuple[Action, State]] = Counter()
    for one in rows:
        fresh = one.state == State.TARGETS_DRAFT and one.project.submissions.count() == 1
        for row in transitions(State(one.state)):
            key = row.action, row.source
            if fresh and row.action is Action.SUBMIT_TARGETS:
                continue  # it begins on an empty table: there is nothing to send yet
            if acted[key] < ENOUGH or one.returned:
                assert tried(one, row) == row.target
                acted[key] += 1
    assert set(acted) == {(row.action, row.source) for state in State for row in transitions(state)}
    back = [one for one in rows if one.returned]
    assert back
    for one in back:
        clerk = next(whose(one, transitions(State.SELF_DRAFT)[0])).user
        page = browser(clerk).get(f"/filings/{one.pk}/fill/").content.decode()
        assert "送审" in page
        assert records.rows_of(records.review_of(one.revision))[1].name in page
    published = list(Submission.objects.filter(state=State.PUBLISHED))
    assert published
    reader = User.objects.get(username="auditor")
    for one in published:
        for what in publication.FORMATS:
            assert browser(reader).get(f"/published/{one.pk}/{what}/").content
