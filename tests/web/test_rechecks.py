"""The re-check: kept row by row by its reviewer, finished with reasons, blind where there are two."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse

from jixiao import api
from jixiao.web import records
from jixiao.web.actions.wanted import Given
from jixiao.web.models import Assignment, LogEntry, Recheck, Submission
from jixiao.web.workflow import Action, State
from tests.web.filled import act, filled

Purpose = Assignment.Purpose


@pytest.fixture
def one(county) -> Submission:
    return filled(county, State.AT_BUREAU)


def keep(client, one, key, **typed):
    version = Recheck.objects.filter(submission=one, reviewer=int(client.session["_auth_user_id"])).first()
    data = {"seen": version.version if version else 0, "key": key, **typed}
    return client.post(reverse("recheck_row", args=[one.pk]), data)


def rows_of(one):
    return records.rows_of(records.review_of(one.revision))


def finish(client, one):
    mine = Recheck.objects.get(submission=one, reviewer=int(client.session["_auth_user_id"]))
    return client.post(reverse("recheck_finish", args=[one.pk]), {"seen": mine.version}, follow=True)


def done_by(browser_as, one, name, **scores):
    """Let somebody re-check a filing, every score the unit's own but for those given."""
    client = browser_as(name)
    for row in rows_of(one):
        score = scores.get(row.key.replace(".", "_"), f"{row.printed:f}")
        reason = "佐证不足" if Decimal(score) != row.printed else ""
        assert keep(client, one, row.key, score=score, reason=reason).status_code == 200
    return finish(client, one)


def test_a_row_is_kept_as_it_is_typed_and_the_sum_answered(one, browser_as) -> None:
    client = browser_as("财政复核")
    answer = keep(client, one, "indicators.1", score="８．５", reason="签到表 85 人")
    assert "复核 8.5" in answer.content.decode()
    assert "-1.5" in answer.content.decode()
    kept = Recheck.objects.get()
    assert kept.rows["indicators.1"] == {"score": "8.5", "value": "", "reason": "签到表 85 人"}
    shown = client.get(reverse("recheck", args=[one.pk])).content.decode()
    assert 'value="8.5"' in shown
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("score", "status"),
    [("十分", 400), ("8.555", 400), ("-1", 400), ("1e1", 400), ("10.5", 409), ("10", 200)],
)
def test_a_score_that_a_row_cannot_have_is_not_kept(one, browser_as, score, status) -> None:
    answer = keep(browser_as("财政复核"), one, "indicators.1", score=score)
    assert answer.status_code == status
    assert Recheck.objects.exists() is (status == 200)
    assert ("data-said" in answer.content.decode()) is (status != 200)


def test_only_those_who_recheck_may_type(one, browser_as) -> None:
    for name, status in (
        ("填报人", 403),
        ("部门审核", 403),
        ("审计只读", 403),
        ("外单位填报人", 404),
        ("系统管理员", 403),
    ):
        client = browser_as(name)
        assert keep(client, one, "indicators.1", score="8").status_code == status
        for page in ("recheck_opinion", "recheck_adopt", "recheck_finish", "recheck_reopen"):
            assert client.post(reverse(page, args=[one.pk]), {"seen": 0}).status_code == status
    assert not Recheck.objects.exists()


def test_what_another_window_kept_meanwhile_is_not_overwritten(one, browser_as) -> None:
    client = browser_as("财政复核")
    keep(client, one, "indicators.1", score="8", reason="甲")
    data = {"seen": 0, "key": "indicators.1", "score": "7"}
    assert client.post(reverse("recheck_row", args=[one.pk]), data).status_code == 409
    assert Recheck.objects.get().rows["indicators.1"]["score"] == "8"


def test_a_recheck_is_finished_with_every_score_and_every_reason(one, browser_as) -> None:
    client = browser_as("财政复核")
    keep(client, one, "indicators.1", score="8")
    assert "没有复核得分" in finish(client, one).content.decode()
    client.post(reverse("recheck_adopt", args=[one.pk]), {"seen": 1})
    assert "请写明理由：培训操作人员" in finish(client, one).content.decode()
    keep(client, one, "indicators.1", score="8", reason="签到表不全")
    assert "复核已完成" in finish(client, one).content.decode()
    kept = Recheck.objects.get()
    table = [Decimal(row["score"]) for row in kept.rows.values()]
    assert kept.total == sum(table) * 100
    assert LogEntry.objects.get().action == "finish_recheck"
    assert keep(client, one, "indicators.1", score="9").status_code == 409


def test_a_finished_recheck_is_taken_up_again(one, browser_as) -> None:
    done_by(browser_as, one, "财政复核")
    kept = Recheck.objects.get()
    client = browser_as("财政复核")
    client.post(reverse("recheck_reopen", args=[one.pk]), {"seen": kept.version})
    kept.refresh_from_db()
    assert (kept.done_at, kept.total) == (None, None)
    assert keep(client, one, "indicators.1", score="9", reason="再看").status_code == 200


def test_an_opinion_is_kept(one, browser_as) -> None:
    answer = browser_as("财政复核").post(
        reverse("recheck_opinion", args=[one.pk]), {"seen": 0, "opinion": "基本属实"}
    )
    assert answer.status_code == 200
    assert Recheck.objects.get().opinion == "基本属实"


def test_acceptance_keeps_the_rechecked_score(one, county, browser_as) -> None:
    done_by(browser_as, one, "财政复核", indicators_1="8")
    act(county, one, Action.ACCEPT, "财政管理")
    one.refresh_from_db()
    assert one.score_rechecked == Recheck.objects.get().total == one.score_printed - 200 - _gap(one)


def _gap(one) -> int:
    """Return by how many hundredths the unit's total is above the sum of its own rows."""
    return int(one.score_printed - sum(row.printed for row in rows_of(one)) * 100)


def blind(county, one) -> None:
    given = (Given(Purpose.RECHECK, county["财政复核"]), Given(Purpose.SECOND, county["二次复核"]))
    act(county, one, Action.REASSIGN, "财政管理", reason="重点项目", given=given)


def test_two_reviewers_see_nothing_of_each_other_until_both_are_done(one, county, browser_as) -> None:
    blind(county, one)
    done_by(browser_as, one, "财政复核", indicators_1="3.37")
    first = Recheck.objects.get()
    for name in ("二次复核", "财政管理", "填报人", "审计只读"):
        client = browser_as(name)
        for page in ("recheck", "filing", "filing_history"):
            assert "3.37" not in client.get(reverse(page, args=[one.pk])).content.decode()
        assert "已完成的复核" not in client.get(reverse("recheck", args=[one.pk])).content.decode()
        assert client.get(reverse("recheck_download", args=[one.pk, first.pk, "xlsx"])).status_code == 404
    for name in ("二次复核", "财政管理"):
        asked = browser_as(name).get(reverse("filing_act", args=[one.pk, "accept"])).context["form"]
        assert not asked.fields["recheck"].queryset.exists()
    refused = browser_as("财政管理").post(reverse("filing_act", args=[one.pk, "accept"]), {"seen": 1})
    assert "二次复核还没有完成复核" in refused.content.decode()
    done_by(browser_as, one, "二次复核", indicators_1="9")
    assert Recheck.objects.get(second=True).reviewer == county["二次复核"]
    shown = browser_as("二次复核").get(reverse("recheck", args=[one.pk]))
    assert "3.37" in shown.content.decode()
    compared = shown.context["agreement"]
    assert (len(compared.rows) - compared.equal, compared.share) == (1, Fraction(8, 9))
    assert "Kappa" in shown.content.decode()


def test_with_both_scores_known_neither_is_changed(one, county, browser_as) -> None:
    blind(county, one)
    done_by(browser_as, one, "财政复核")
    done_by(browser_as, one, "二次复核", indicators_1="9")
    kept = Recheck.objects.get(second=False)
    answer = browser_as("财政复核").post(
        reverse("recheck_reopen", args=[one.pk]), {"seen": kept.version}, follow=True
    )
    assert "不能再改" in answer.content.decode()
    kept.refresh_from_db()
    assert kept.done_at is not None


def test_of_two_different_rechecks_one_is_named_as_counting(one, county, browser_as) -> None:
    blind(county, one)
    done_by(browser_as, one, "财政复核")
    done_by(browser_as, one, "二次复核", indicators_1="9")
    address, client = reverse("filing_act", args=[one.pk, "accept"]), browser_as("财政管理")
    assert "请选定以哪一份为准" in client.post(address, {"seen": 1}).content.decode()
    second = Recheck.objects.get(second=True)
    assert client.post(address, {"seen": 1, "recheck": second.pk}).status_code == 302
    one.refresh_from_db()
    assert one.score_rechecked == second.total


def test_whoever_was_not_asked_does_not_recheck(one, county, browser_as) -> None:
    blind(county, one)
    assert keep(browser_as("财政管理"), one, "indicators.1", score="8").status_code == 403
    assert not Recheck.objects.exists()


def test_an_agency_rechecks_what_it_was_given(one, county, browser_as) -> None:
    assert keep(browser_as("第三方评价"), one, "indicators.1", score="8").status_code == 404
    given = (Given(Purpose.EVALUATE, organization=county.agency),)
    act(county, one, Action.REASSIGN, "财政管理", reason="委托评价", given=given)
    assert keep(browser_as("第三方评价"), one, "indicators.1", score="8", reason="缺").status_code == 200


def test_the_recheck_is_taken_away_as_its_form_and_its_report(one, browser_as) -> None:
    done_by(browser_as, one, "财政复核", indicators_1="7")
    kept = Recheck.objects.get()
    client = browser_as("财政复核")
    data = client.get(reverse("recheck_download", args=[one.pk, kept.pk, "xlsx"])).content
    table = api.read_papers(data, name="复核表.xlsx")[0].record
    row = next(row for row in table.indicators if row.level3 == "培训操作人员")
    assert (row.self_score_printed, row.score_printed, row.reason) == (10, 7, "佐证不足")
    assert table.total_printed * 100 == kept.total
    ((compared,), _) = api.rechecks(api.file_together(api.read_papers(data, name="复核表.xlsx")))
    assert (compared.reviewer, compared.total - compared.own_total) == (str(kept.reviewer), compared.gap)
    report = client.get(reverse("recheck_download", args=[one.pk, kept.pk, "report"])).content
    text = str(api.read_papers(report, name="复核报告.docx")[0].record)
    assert "培训操作人员自评10分，复核7分。计算：佐证不足" in text
    assert "重新计算" not in text
    assert client.get(reverse("recheck_download", args=[one.pk, kept.pk, "exe"])).status_code == 302


def test_the_unit_sees_the_recheck_once_it_is_decided(one, county, browser_as) -> None:
    done_by(browser_as, one, "财政复核", indicators_1="3.37")
    client = browser_as("填报人")
    assert "3.37" not in client.get(reverse("recheck", args=[one.pk])).content.decode()
    act(county, one, Action.ACCEPT, "财政管理")
    assert "3.37" in client.get(reverse("recheck", args=[one.pk])).content.decode()
