"""A filing moves along the table, for those whose act it is, once, with its entry in the log."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from jixiao.errors import TransitionError
from jixiao.web import access
from jixiao.web.actions import Move, move
from jixiao.web.log import Actor
from jixiao.web.models import Deadline, LogEntry, Membership, Notice
from jixiao.web.workflow import TRANSITIONS, Action, State
from tests.web import cast


def by(county, name):
    return Actor(county[name], timezone.now(), "127.0.0.1")


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: f"{row.action}-{row.source}")
def test_each_act_is_open_to_its_roles_alone(county, row) -> None:
    one = cast.submission(county, state=row.source)
    may = {name for name in county.people if row in access.open_to(county[name], one)}
    roles = {name: role for name, role, _ in cast.CAST}
    inside = {"填报人", "填报人乙", "单位负责人", "部门审核", "财政复核", "二次复核", "财政管理"}
    assert may == {name for name in inside if roles[name] in row.roles}


def test_an_act_moves_the_filing_and_is_logged(county) -> None:
    one = cast.submission(county)
    moved = (
        move(one.pk, Move(Action.RECALL, 0), by(county, "填报人"))
        if one.state == State.AT_DEPARTMENT
        else None
    )
    assert moved is None
    one.state = State.AT_DEPARTMENT
    one.save()
    moved = move(one.pk, Move(Action.FORWARD, 0), by(county, "部门审核"))
    assert (moved.state, moved.version) == (State.AT_BUREAU, 1)
    entry = LogEntry.objects.get(submission=one)
    assert (entry.action, entry.actor) == ("forward", county["部门审核"])
    assert set(Notice.objects.values_list("user__name", flat=True)) == {
        "填报人", "填报人乙", "单位负责人", "财政复核", "二次复核", "财政管理",
    }  # fmt: skip


def test_a_stranger_is_told_that_there_is_no_such_filing(county) -> None:
    one = cast.submission(county, state=State.AT_DEPARTMENT)
    with pytest.raises(Http404):
        move(one.pk, Move(Action.FORWARD, 0), by(county, "外部门审核"))


def test_somebody_without_the_role_is_told_who_may(county) -> None:
    one = cast.submission(county, state=State.AT_DEPARTMENT)
    with pytest.raises(PermissionDenied, match="待部门审核"):
        move(one.pk, Move(Action.FORWARD, 0), by(county, "填报人"))


def test_an_act_on_what_was_seen_before_somebody_elses_is_refused(county) -> None:
    one = cast.submission(county, state=State.AT_DEPARTMENT)
    move(one.pk, Move(Action.FORWARD, 0), by(county, "部门审核"))
    with pytest.raises(TransitionError, match="刷新"):
        move(one.pk, Move(Action.RETURN, 0, "漏填"), by(county, "部门审核"))


def test_a_return_without_a_reason_is_refused(county) -> None:
    one = cast.submission(county, state=State.AT_BUREAU)
    with pytest.raises(TransitionError, match="理由"):
        move(one.pk, Move(Action.RETURN, 0, "  "), by(county, "财政复核"))
    assert not LogEntry.objects.exists()


def test_a_filing_handed_in_after_its_day_is_marked_late(county) -> None:
    one = cast.submission(county, state=State.TARGETS_DRAFT)
    Deadline.objects.create(organization=county.bureau, year=one.year, stage="targets", day="2020-01-01")
    assert move(one.pk, Move(Action.SUBMIT_TARGETS, 0), by(county, "填报人")).late
    Deadline.objects.create(
        organization=county.units["农技站"], year=one.year, stage="targets", day="2999-01-01"
    )
    move(one.pk, Move(Action.RECALL_TARGETS, 1), by(county, "填报人"))
    assert not move(one.pk, Move(Action.SUBMIT_TARGETS, 2), by(county, "填报人")).late


def test_a_membership_of_another_year_opens_nothing(county) -> None:
    one = cast.submission(county)
    Membership.objects.filter(user=county["填报人"]).update(year=one.year - 1)
    assert not access.visible_to(county["填报人"]).exists()
