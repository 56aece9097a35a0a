"""Acts done from the browser: by those whose they are, with the version that was seen, with a reason where wanted."""

import pytest
from django.urls import reverse

from jixiao.web.models import LogEntry, Objection, Submission
from jixiao.web.workflow import TRANSITIONS, Action, State
from tests.web import cast
from tests.web.filled import act, by, filled
from tests.web.test_board import at

SIMPLE = [
    row
    for row in TRANSITIONS
    if row.action
    not in {
        Action.SUBMIT, Action.SUBMIT_TARGETS, Action.MONITOR, Action.ACCEPT, Action.REASSIGN,
        Action.DEMAND_RECTIFICATION, Action.ANSWER_RECTIFICATION, Action.RETURN_RECTIFICATION,
        Action.CLOSE_RECTIFICATION,
    }
]  # fmt: skip
WHO = {role: name for name, role, _ in reversed(cast.CAST) if name not in {"外单位填报人", "外部门审核"}}


def post(browser_as, name, one, action, **more):
    data = {"seen": Submission.objects.get(pk=one.pk).version, **more}
    return browser_as(name).post(reverse("filing_act", args=[one.pk, action]), data)


@pytest.mark.parametrize("row", SIMPLE, ids=lambda row: f"{row.action}-{row.source}")
def test_an_act_is_done_by_one_who_may_and_by_nobody_else(county, browser_as, row) -> None:
    one = filled(county, row.source)
    may = WHO[min(row.roles)]
    may_not = next(name for role, name in sorted(WHO.items()) if role not in row.roles and role != "agency")
    for name, status in ((may_not, 403), ("外单位填报人", 404), ("第三方评价", 404)):
        assert post(browser_as, name, one, row.action, reason="因为").status_code == status
    assert not LogEntry.objects.exists()
    if row.reasoned:
        assert post(browser_as, may, one, row.action, reason=" ").status_code == 409
    assert post(browser_as, may, one, row.action, reason="附件不全").status_code == 302
    one.refresh_from_db()
    assert (one.state, one.version) == (row.target, 1)
    assert LogEntry.objects.get(submission=one).action == row.action


def test_an_act_on_an_old_page_is_refused_and_the_reason_is_kept(county, browser_as) -> None:
    one = filled(county, State.AT_DEPARTMENT)
    act(county, one, Action.FORWARD, "部门审核")
    data = {"seen": 0, "reason": "完成值没有佐证"}
    answer = browser_as("财政复核").post(reverse("filing_act", args=[one.pk, "return"]), data)
    assert answer.status_code == 409
    assert "刚被别人处理过" in answer.content.decode()
    assert "完成值没有佐证" in answer.content.decode()
    one.refresh_from_db()
    assert one.state == State.AT_BUREAU


def test_every_button_of_a_page_leads_to_a_page(county, browser_as) -> None:
    people = [browser_as(name) for name in ("填报人", "部门审核", "财政管理", "审计只读")]
    pressed = set()
    for state in State:
        one = cast.submission(county, f"项目 {state}", state=state)
        for client in people:
            page = client.get(reverse("filing", args=[one.pk]))
            assert page.status_code == 200
            for button in page.context["buttons"]:
                key = (state, button["row"].action)
                address = reverse("filing_act", args=[one.pk, button["row"].action])
                assert key in pressed or client.get(address, follow=True).status_code == 200
                pressed.add(key)
    assert pressed == {(row.source, row.action) for row in TRANSITIONS}


def test_an_act_that_is_none_is_not_found(county, browser_as) -> None:
    one = filled(county)
    assert browser_as("填报人").post(reverse("filing_act", args=[one.pk, "destroy"])).status_code == 404


def test_approval_keeps_the_revision_whose_targets_hold(county, browser_as) -> None:
    one = filled(county, State.TARGETS_AT_BUREAU)
    post(browser_as, "财政复核", one, "approve_targets")
    one.refresh_from_db()
    assert one.approved == one.revision


def test_targets_that_nobody_wrote_are_not_approved(county, browser_as) -> None:
    one = cast.submission(county, state=State.TARGETS_AT_BUREAU)
    answer = post(browser_as, "财政复核", one, "approve_targets")
    assert (answer.status_code, "还没有目标稿" in answer.content.decode()) == (409, True)


def test_what_was_said_of_rows_is_shown_to_the_unit(county, browser_as) -> None:
    one = filled(county, State.AT_BUREAU)
    more = {"reason": "两行要改", "row.indicators.1": "培训人数与签到表不符", "row.indicators.2": " "}
    assert post(browser_as, "财政复核", one, "return", **more).status_code == 302
    said = Objection.objects.get()
    assert (said.where, said.row, said.revision) == ("indicators.1", "培训操作人员", one.revision)
    shown = browser_as("填报人").get(reverse("filing", args=[one.pk])).content.decode()
    assert "培训人数与签到表不符" in shown
    listed = at(browser_as("填报人"), "/filings/?returned=1")
    assert f'/filings/{one.pk}/"' in listed


def test_a_filing_is_accepted_without_a_recheck_only_for_a_reason(county, browser_as) -> None:
    one = filled(county, State.AT_BUREAU)
    refused = post(browser_as, "财政复核", one, "accept")
    assert "还没有人复核打分" in refused.content.decode()
    assert post(browser_as, "财政复核", one, "accept", reason="金额小，书面审核").status_code == 302
    one.refresh_from_db()
    assert (one.state, one.score_rechecked) == (State.ACCEPTED, None)


def test_a_filing_is_given_to_two_reviewers_and_an_agency(county, browser_as) -> None:
    one = filled(county, State.AT_BUREAU)
    given = {
        "first": county["财政复核"].pk, "second": county["二次复核"].pk, "agency": county.agency.pk, "reason": "重点项目",
    }  # fmt: skip
    assert post(browser_as, "财政复核", one, "reassign", **given).status_code == 403
    same = {**given, "second": county["财政复核"].pk}
    assert "两个人" in post(browser_as, "财政管理", one, "reassign", **same).content.decode()
    nobody = post(browser_as, "财政管理", one, "reassign", reason="重点项目")
    assert "请选定由谁复核" in nobody.content.decode()
    stranger = {**given, "first": county["填报人"].pk}
    assert post(browser_as, "财政管理", one, "reassign", **stranger).status_code == 422
    assert not one.assignments.exists()
    assert browser_as("第三方评价").get(reverse("filing", args=[one.pk])).status_code == 404
    assert post(browser_as, "财政管理", one, "reassign", **given).status_code == 302
    assert one.assignments.filter(ended_at=None).count() == 3
    assert browser_as("第三方评价").get(reverse("filing", args=[one.pk])).status_code == 200
    post(browser_as, "财政管理", one, "reassign", first=county["二次复核"].pk, reason="另有任务")
    assert [str(row.user) for row in one.assignments.filter(ended_at=None)] == ["二次复核"]
    assert browser_as("第三方评价").get(reverse("filing", args=[one.pk])).status_code == 404


def test_undoing_an_acceptance_takes_the_score_back(county) -> None:
    one = filled(county, State.ACCEPTED)
    Submission.objects.filter(pk=one.pk).update(score_rechecked=9000)
    act(county, one, Action.UNDO_ACCEPTANCE, "财政管理", reason="漏看一处")
    one.refresh_from_db()
    assert (one.state, one.score_rechecked) == (State.AT_BUREAU, None)
    assert by(county, "财政管理").name in LogEntry.objects.get().actor_name
