"""The spot check: scored beside what was accepted, by anybody of the bureau; its score counts once it is over."""

import json

import pytest
from django.urls import reverse

from jixiao.errors import TransitionError
from jixiao.web import log, rechecking
from jixiao.web.actions.wanted import Demand
from jixiao.web.models import LogEntry, Recheck, Submission
from jixiao.web.workflow import Action, State
from tests.web.filled import act, filled
from tests.web.test_rechecks import keep, rows_of

BEFORE = 9700


@pytest.fixture
def one(county) -> Submission:
    """A filing in a spot check, accepted with a re-check of 财政复核."""
    made = filled(county, State.SAMPLED)
    reviewer = county["财政复核"]
    Recheck.objects.create(
        submission=made, revision=made.revision, reviewer=reviewer, total=BEFORE, at=made.changed_at,
        done_at=made.changed_at, rows={"indicators.1": {"score": "10", "reason": "", "value": ""}},
    )  # fmt: skip
    made.score_rechecked = BEFORE
    made.save()
    return made


def scored(browser_as, one: Submission, name: str, first: str) -> None:
    """Let somebody score the filing in the spot check, the first indicator as given, and finish."""
    client = browser_as(name)
    for row in rows_of(one):
        score = first if row.key == "indicators.1" else f"{row.printed:f}"
        own = Recheck.objects.filter(submission=one, reviewer__name=name, sampled=True).first()
        told = {"seen": own.version if own else 0, "key": row.key, "score": score, "reason": "抽查核减"}
        assert client.post(reverse("recheck_row", args=[one.pk]), told).status_code == 200
    mine = Recheck.objects.get(submission=one, reviewer__name=name, sampled=True)
    client.post(reverse("recheck_finish", args=[one.pk]), {"seen": mine.version})


def test_the_score_of_a_spot_check_counts_once_it_is_over(one, county, browser_as) -> None:
    scored(browser_as, one, "财政复核", "6")
    sampled = Recheck.objects.get(sampled=True)
    one.refresh_from_db()
    assert (one.score_rechecked, sampled.total != BEFORE) == (BEFORE, True)
    page = (
        browser_as("财政复核").get(reverse("filing_act", args=[one.pk, "pass_spot_check"])).content.decode()
    )
    assert "办理后以它为准" in page
    act(county, one, Action.PASS_SPOT_CHECK, "财政管理")
    one.refresh_from_db()
    assert (one.state, one.score_rechecked) == (State.ACCEPTED, sampled.total)
    told = json.loads(LogEntry.objects.get(action="pass_spot_check").details)
    assert (told["score"], told["before"]) == (sampled.total, BEFORE)
    assert LogEntry.objects.filter(action="finish_recheck", text__contains="完成抽查复核").exists()
    assert not list(log.verify())


def test_what_was_accepted_is_kept_beside_it(one, browser_as) -> None:
    scored(browser_as, one, "财政复核", "6")
    first, again = Recheck.objects.order_by("sampled")
    assert (first.reviewer, first.total, first.rows["indicators.1"]["score"]) == (
        again.reviewer,
        BEFORE,
        "10",
    )
    assert list(rechecking.finished(one)) == [first]


def test_without_a_score_the_old_one_stands(one, county, browser_as) -> None:
    keep(browser_as("二次复核"), one, "indicators.1", score="1", reason="没有做完")
    act(county, one, Action.PASS_SPOT_CHECK, "财政管理")
    one.refresh_from_db()
    assert one.score_rechecked == BEFORE


def test_a_demand_takes_the_score_along(one, county, browser_as) -> None:
    scored(browser_as, one, "二次复核", "5")
    act(
        county,
        one,
        Action.DEMAND_RECTIFICATION,
        "财政管理",
        reason="见下",
        demands=(Demand("多计分", "改正"),),
    )
    one.refresh_from_db()
    assert one.score_rechecked == Recheck.objects.get(sampled=True).total


def test_of_two_scores_one_is_named(one, county, browser_as) -> None:
    scored(browser_as, one, "财政复核", "6")
    scored(browser_as, one, "二次复核", "5")
    with pytest.raises(TransitionError, match="以哪一份为准"):
        act(county, one, Action.PASS_SPOT_CHECK, "财政管理")
    with pytest.raises(TransitionError, match="改成一致"):
        act(
            county,
            one,
            Action.DEMAND_RECTIFICATION,
            "财政管理",
            reason="见下",
            demands=(Demand("多计分", "改"),),
        )
    manager = browser_as("财政管理")
    page = manager.get(reverse("filing_act", args=[one.pk, "pass_spot_check"])).content.decode()
    chosen = Recheck.objects.get(sampled=True, reviewer=county["二次复核"])
    assert f'value="{chosen.pk}"' in page
    accepted = Recheck.objects.get(sampled=False)
    assert f'name="recheck" value="{accepted.pk}"' not in page
    one.refresh_from_db()
    told = {"seen": one.version, "recheck": chosen.pk}
    manager.post(reverse("filing_act", args=[one.pk, "pass_spot_check"]), told)
    one.refresh_from_db()
    assert (one.state, one.score_rechecked) == (State.ACCEPTED, chosen.total)


def test_the_unit_learns_of_the_spot_check_when_it_is_over(one, county, browser_as) -> None:
    scored(browser_as, one, "财政复核", "6")
    address = reverse("recheck", args=[one.pk])
    assert "抽查核减" not in browser_as("填报人").get(address).content.decode()
    assert "抽查核减" in browser_as("审计只读").get(address).content.decode()
    act(county, one, Action.PASS_SPOT_CHECK, "财政管理")
    assert "抽查核减" in browser_as("填报人").get(address).content.decode()
