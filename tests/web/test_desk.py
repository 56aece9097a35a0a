"""The desk: what waits for whom with its day and light, what one is told, what became of what was sent on."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from jixiao.web.actions.wanted import Given
from jixiao.web.models import Assignment, Deadline, Notice
from jixiao.web.workflow import DESK, Action, State
from tests.web import cast
from tests.web.filled import act, filled


@pytest.fixture(autouse=True)
def in_the_year(monkeypatch) -> None:
    monkeypatch.setattr("jixiao.web.years.usual", lambda: cast.YEAR)


def tasks(browser_as, name):
    return browser_as(name).get("/").context["tasks"]


def test_filings_lie_on_the_desks_of_the_table_and_on_no_other(county, browser_as) -> None:
    for state in State:
        cast.submission(county, f"项目 {state}", state=state)
    for name, role, _ in cast.CAST:
        mine = {state for state in State if role in DESK[state]}
        wanted = set() if name in {"外单位填报人", "外部门审核"} else mine
        assert {task.filing.state for task in tasks(browser_as, name)} == wanted, name


def test_every_task_leads_to_a_page_that_opens(county, browser_as) -> None:
    for state in State:
        filled(county, state, project=f"项目 {state}")
    for name in ("填报人", "部门审核", "财政复核"):
        client = browser_as(name)
        for task in client.get("/").context["tasks"]:
            assert client.get(reverse(task.page, args=[task.filing.pk])).status_code == 200


def test_what_is_due_first_stands_first_with_its_light(county, browser_as) -> None:
    today = timezone.localdate()
    cast.submission(county, "自评的", state=State.SELF_DRAFT)
    cast.submission(county, "目标的", state=State.TARGETS_DRAFT)
    cast.submission(county, "监控的", state=State.MONITORING)
    for stage, day in (("self", today + timedelta(days=3)), ("targets", today - timedelta(days=1))):
        Deadline.objects.create(organization=county.bureau, year=cast.YEAR, stage=stage, day=day)
    found = [(str(task.filing.project), task.light) for task in tasks(browser_as, "填报人")]
    assert found == [("目标的", "red"), ("自评的", "amber"), ("监控的", "")]


def test_an_agency_finds_what_it_was_given(county, browser_as) -> None:
    one = filled(county, State.AT_BUREAU)
    assert not tasks(browser_as, "第三方评价")
    given = (Given(Assignment.Purpose.EVALUATE, organization=county.agency),)
    act(county, one, Action.REASSIGN, "财政管理", reason="委托", given=given)
    assert [task.filing.pk for task in tasks(browser_as, "第三方评价")] == [one.pk]


def test_what_was_sent_on_is_shown_with_where_it_is_now(county, browser_as) -> None:
    one = filled(county, State.AT_DEPARTMENT)
    act(county, one, Action.FORWARD, "部门审核")
    assert [str(sent) for sent in browser_as("部门审核").get("/").context["sent"]] == [str(one)]
    assert not browser_as("外部门审核").get("/").context["sent"]
    act(county, one, Action.RETURN, "财政复核", reason="漏填")
    assert "被退回" in browser_as("填报人").get("/").content.decode()


def test_notices_are_marked_as_read_by_their_reader_alone(county, browser_as) -> None:
    one = filled(county, State.AT_DEPARTMENT)
    act(county, one, Action.RETURN, "部门审核", reason="漏填")
    mine = Notice.objects.get(user=county["填报人"])
    client = browser_as("填报人")
    assert client.get("/").context["unread"] == 1
    browser_as("填报人乙").post("/notices/read/", {"notice": mine.pk})
    browser_as("填报人乙").post("/notices/read/", {"notice": "x"})
    assert client.get("/").context["unread"] == 1
    client.post("/notices/read/", {"notice": mine.pk})
    assert client.get("/").context["unread"] == 0
    assert Notice.objects.filter(user=county["填报人乙"], read_at=None).exists()
    browser_as("填报人乙").post("/notices/read/")
    assert not Notice.objects.filter(user=county["填报人乙"], read_at=None).exists()


def test_administrators_find_no_filings_on_their_desk(county, browser_as) -> None:
    filled(county, State.AT_BUREAU)
    said = browser_as("系统管理员").get("/").content.decode()
    assert "不经办绩效材料" in said
    assert "乡镇卫生院设备更新" not in said
