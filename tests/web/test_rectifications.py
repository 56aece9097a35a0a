"""Putting right: demanded by the bureau, answered by the unit item by item, all closed before the filing goes on."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from jixiao.web.models import LogEntry, Notice, Rectification
from jixiao.web.workflow import Action, State
from tests.web.filled import act, filled

Item = Rectification.State


@pytest.fixture
def one(county):
    return filled(county, State.SAMPLED)


def demand(browser_as, one, name="财政复核", **more):
    one.refresh_from_db()
    data = {
        "seen": one.version, "problem": "培训没有签到表", "demand": "补齐签到表", "due": "2099-03-31", "reason": "抽查发现",
        **more,
    }  # fmt: skip
    return browser_as(name).post(reverse("rectification", args=[one.pk]), data)


def answer(browser_as, one, number, text="已补齐", name="填报人", **more):
    address = reverse("rectification_answer", args=[one.pk, number])
    return browser_as(name).post(address, {"answer": text, **more})


def settle(browser_as, one, number, verdict, said="", name="财政复核"):
    address = reverse("rectification_settle", args=[one.pk, number])
    return browser_as(name).post(address, {"verdict": verdict, "said": said})


def go(browser_as, one, action, name, reason=""):
    one.refresh_from_db()
    address = reverse("filing_act", args=[one.pk, action])
    return browser_as(name).post(address, {"seen": one.version, "reason": reason})


def test_findings_and_words_become_demands_with_a_term(one, county, browser_as) -> None:
    page = browser_as("财政复核").get(reverse("rectification", args=[one.pk]))
    chosen = [told for told in page.context["found"] if told.code == "SC01"]
    assert demand(browser_as, one, findings=[chosen[0].id]).status_code == 302
    first, second = one.rectifications.all()
    assert (first.number, first.code, first.finding, first.state) == (1, "SC01", chosen[0].id, Item.OPEN)
    assert "得分改为 8.00" in first.demand
    assert "补齐签到表" in first.demand
    assert (second.number, second.problem, str(second.due)) == (2, "培训没有签到表", "2099-03-31")
    one.refresh_from_db()
    assert one.state == State.RECTIFYING
    assert LogEntry.objects.get().action == "demand_rectification"
    assert Notice.objects.filter(user=county["填报人"], text__contains="抽查发现").exists()


def test_nothing_is_demanded_for_nothing_or_for_yesterday(one, browser_as) -> None:
    assert "至少选一个问题" in demand(browser_as, one, problem="").content.decode()
    assert "不能早于今天" in demand(browser_as, one, due="2020-01-01").content.decode()
    assert demand(browser_as, one, reason="").status_code == 422
    assert demand(browser_as, one, findings=["strange"]).status_code == 422
    assert not Rectification.objects.exists()


def test_only_the_bureau_demands_and_settles_and_only_the_unit_answers(one, browser_as) -> None:
    for name, status in (("填报人", 403), ("部门审核", 403), ("外单位填报人", 404)):
        assert demand(browser_as, one, name=name).status_code == status
    demand(browser_as, one)
    for name, status in (("财政复核", 403), ("部门审核", 403), ("外单位填报人", 404), ("审计只读", 403)):
        assert answer(browser_as, one, 1, name=name).status_code == status
    answer(browser_as, one, 1)
    go(browser_as, one, Action.ANSWER_RECTIFICATION, "填报人")
    for name, status in (("填报人", 403), ("部门审核", 403), ("外部门审核", 404)):
        assert settle(browser_as, one, 1, "closed", name=name).status_code == status
    assert Rectification.objects.get().state == Item.ANSWERED


def test_the_year_goes_on_only_when_all_is_closed(one, browser_as) -> None:
    page = browser_as("财政复核").get(reverse("rectification", args=[one.pk]))
    demand(browser_as, one, findings=[next(iter(page.context["found"])).id])
    assert "第 1、2 条还没有答复" in go(browser_as, one, "answer_rectification", "填报人").content.decode()
    answer(browser_as, one, 1, "得分已改为 8 分")
    proof = [SimpleUploadedFile("签到表.pdf", b"%PDF-1"), SimpleUploadedFile("照片.jpg", b"x")]
    answer(browser_as, one, 2, "签到表见附件", proof=proof)
    assert go(browser_as, one, "answer_rectification", "填报人").status_code == 302
    assert settle(browser_as, one, 3, "closed").status_code == 404
    settle(browser_as, one, 1, "closed")
    assert "第 2 条还没有销号" in go(browser_as, one, "close_rectification", "财政复核").content.decode()
    settle(browser_as, one, 2, "returned")
    assert one.rectifications.get(number=2).state == Item.ANSWERED
    settle(browser_as, one, 2, "returned", "照片看不清日期")
    assert go(browser_as, one, "return_rectification", "财政复核", "第 2 条重做").status_code == 302
    answer(browser_as, one, 1, "再改")
    assert one.rectifications.get(number=1).answer == "得分已改为 8 分"
    assert (
        "照片看不清日期" in browser_as("填报人").get(reverse("rectification", args=[one.pk])).content.decode()
    )
    answer(browser_as, one, 2, "已换清楚的照片")
    go(browser_as, one, "answer_rectification", "单位负责人")
    settle(browser_as, one, 2, "closed", "属实")
    assert go(browser_as, one, "close_rectification", "财政复核").status_code == 302
    one.refresh_from_db()
    assert one.state == State.ACCEPTED
    assert one.rectifications.get(number=2).attachments.count() == 2
    said = [entry.action for entry in LogEntry.objects.filter(submission=one)]
    assert said == [
        "demand_rectification", "answer_item", "answer_item", "answer_rectification", "settle_item", "settle_item",
        "return_rectification", "answer_item", "answer_rectification", "settle_item", "close_rectification",
    ]  # fmt: skip


def test_proof_is_fetched_by_whoever_sees_the_filing(one, browser_as) -> None:
    demand(browser_as, one)
    answer(browser_as, one, 1, proof=[SimpleUploadedFile("../../签到表.pdf", b"%PDF-1")])
    kept = one.attachments.get()
    assert kept.name == "签到表.pdf"
    address = reverse("filing_file", args=[one.pk, kept.pk])
    assert browser_as("财政复核").get(address).content == b"%PDF-1"
    assert browser_as("外单位填报人").get(address).status_code == 404
    assert browser_as("填报人").get(reverse("filing_file", args=[one.pk, kept.pk + 1])).status_code == 404


def test_a_term_that_is_near_or_over_is_lit(one, county, browser_as) -> None:
    demand(browser_as, one, due=timezone.localdate().isoformat())
    assert "light-amber" in browser_as("填报人").get(reverse("rectification", args=[one.pk])).content.decode()
    Rectification.objects.update(due="2020-01-01")
    assert "light-red" in browser_as("填报人").get(reverse("rectification", args=[one.pk])).content.decode()


def test_returning_what_is_all_closed_is_refused(one, county, browser_as) -> None:
    demand(browser_as, one)
    answer(browser_as, one, 1)
    act(county, one, Action.ANSWER_RECTIFICATION, "填报人")
    settle(browser_as, one, 1, "closed")
    refused = go(browser_as, one, "return_rectification", "财政复核", "不行")
    assert "都已销号" in refused.content.decode()
