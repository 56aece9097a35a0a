"""Publishing: every piece of personal data is decided before a copy is public, and a copy can be taken back."""

from dataclasses import replace

import pytest
from django.urls import reverse

from jixiao import api
from jixiao.model.evaluation import Goal
from jixiao.web import publication, records
from jixiao.web.actions import Said, revise
from jixiao.web.models import Disclosure, LogEntry, Revision, Submission
from jixiao.web.workflow import Action, State
from tests.web import cast
from tests.web.filled import SOUND, act, by, filled, read, reviewed

GOAL = "养护村道，联系人：王大山，手机13800001234。"


@pytest.fixture(autouse=True)
def in_the_year(monkeypatch) -> None:
    monkeypatch.setattr("jixiao.web.years.usual", lambda: cast.YEAR)


@pytest.fixture
def one(county):
    made = filled(county, State.ACCEPTED, SOUND, "村道养护")
    readings = read(SOUND)[0]
    table = replace(readings[0].record, goal=Goal(GOAL, "已完成。"))
    changed = (replace(readings[0], record=table, file="自评表.xlsx"),)
    revise(
        made, Said(Revision.Stage.SELF, records.record_of(changed), reviewed(changed)), by(county, "填报人")
    )
    made.refresh_from_db()
    return made


def decide(browser_as, one, seen=0, **ways):
    data = {"seen": seen}
    for group in publication.groups(one):
        way, reason = ways.get("phone" if group.text.isdigit() else "name", ("mask", ""))
        data |= {f"way.{group.id}": way, f"reason.{group.id}": reason}
    return browser_as("部门审核").post(reverse("publication", args=[one.pk]), data)


def publish(browser_as, one, name="部门审核"):
    one.refresh_from_db()
    return browser_as(name).post(reverse("filing_act", args=[one.pk, "publish"]), {"seen": one.version})


def text_of(data: bytes, name: str) -> str:
    return str(api.read_papers(data, name=name)[0].record)


def test_personal_data_is_listed_to_whoever_publishes_and_masked_to_others(one, browser_as) -> None:
    assert {group.text for group in publication.groups(one)} == {"王大山", "13800001234"}
    page = reverse("publication", args=[one.pk])
    assert "13800001234" in browser_as("部门审核").get(page).content.decode()
    assert "13800001234" not in browser_as("审计只读").get(page).content.decode()


def test_nothing_is_public_until_every_piece_is_decided(one, browser_as) -> None:
    assert "还有 2 项个人信息没有确认" in publish(browser_as, one).content.decode()
    assert decide(browser_as, one, name=("", "")).status_code == 302
    assert "还有 1 项个人信息没有确认" in publish(browser_as, one).content.decode()
    refused = decide(browser_as, one, seen=1, name=("keep", " "))
    assert "请写明" in refused.content.decode()
    one.refresh_from_db()
    assert one.state == State.ACCEPTED
    assert not Disclosure.objects.exclude(published_at=None).exists()


def test_the_copy_is_masked_as_decided_and_fetched_by_whoever_logged_in(one, browser_as) -> None:
    decide(browser_as, one, name=("keep", "本人同意公开"))
    assert publish(browser_as, one).status_code == 302
    kept = Disclosure.objects.get()
    assert sorted(kept.files) == ["docx", "pdf", "xlsx"]
    assert [entry.action for entry in LogEntry.objects.all()] == ["confirm_personal", "publish"]
    client = browser_as("外单位填报人")
    assert "村道养护" in client.get("/published/").content.decode()
    for what in ("xlsx", "docx"):
        text = text_of(client.get(reverse("published_file", args=[one.pk, what])).content, f"公开稿.{what}")
        assert "138****1234" in text
        assert "13800001234" not in text
        assert "王大山" in text
    assert client.get(reverse("published_file", args=[one.pk, "exe"])).status_code == 404


def test_the_copy_is_taken_back(one, county, browser_as) -> None:
    decide(browser_as, one)
    publish(browser_as, one, "财政管理")
    act(county, one, Action.WITHDRAW, "财政管理", reason="金额有误")
    assert browser_as("填报人").get(reverse("published_file", args=[one.pk, "pdf"])).status_code == 404
    assert "村道养护" not in browser_as("填报人").get("/published/").content.decode()
    assert publish(browser_as, one).status_code == 302
    assert browser_as("填报人").get(reverse("published_file", args=[one.pk, "pdf"])).status_code == 200


def test_only_department_and_manager_decide_and_publish(one, browser_as) -> None:
    for name, status in (("填报人", 403), ("财政复核", 403), ("外部门审核", 404), ("系统管理员", 403)):
        data = {"seen": 0}
        assert browser_as(name).post(reverse("publication", args=[one.pk]), data).status_code == status
        assert publish(browser_as, one, name).status_code == status
    assert not Disclosure.objects.exists()


def test_what_somebody_decided_meanwhile_is_not_overwritten(one, browser_as) -> None:
    decide(browser_as, one)
    again = decide(browser_as, one, phone=("keep", "公开电话"))
    assert again.status_code == 409
    assert all(choice["masked"] for choice in Disclosure.objects.get().choices.values())


def test_nothing_is_fetched_before_it_is_public(one, browser_as) -> None:
    decide(browser_as, one)
    assert browser_as("部门审核").get(reverse("published_file", args=[one.pk, "pdf"])).status_code == 404


def test_a_filing_without_a_table_is_not_published(county, browser_as) -> None:
    empty = cast.submission(county, "空", state=State.ACCEPTED)
    assert "还没有内容" in publish(browser_as, empty).content.decode()


def test_what_is_public_without_a_copy_leaves_the_list_empty_and_said_so(one, browser_as) -> None:
    Submission.objects.update(state=State.PUBLISHED)
    assert "还没有公开的自评" in browser_as("填报人").get("/published/").content.decode()
