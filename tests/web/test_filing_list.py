"""The list of filings: who sees what, each filter, the order, paging, kept views, acts on many and what refuses."""

from io import BytesIO

import openpyxl
import pytest
from django.utils import timezone

from jixiao.web.models import Assignment, LogEntry, Notice, SavedView, Submission
from jixiao.web.workflow import State
from tests.web import cast
from tests.web.filed import filed, found
from tests.web.filled import filled
from tests.web.test_board import at, year  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("year")


def names(page: str) -> set[str]:
    told = ("渠道清淤", "技术培训", "课桌椅购置", "病虫防治", "测土配方")
    return {name for name in told if f">{name}</a>" in page}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("q=清淤", {"渠道清淤"}),
        ("q=第一小学", {"课桌椅购置"}),
        ("state=accepted", {"技术培训"}),
        ("group=unfiled", {"病虫防治", "测土配方"}),
        ("group=passed", {"技术培训"}),
        ("group=reviewing", {"渠道清淤", "课桌椅购置"}),
        ("late=1", {"技术培训"}),
        ("returned=1", {"测土配方"}),
        ("full=1", {"渠道清淤"}),
        ("low=90&high=96", {"技术培训"}),
        ("rate_high=80", {"渠道清淤"}),
        ("apart_low=2", {"技术培训"}),
        ("light=red", set()),
        ("low=很高", {"渠道清淤", "技术培训", "课桌椅购置", "病虫防治", "测土配方"}),
    ],
)
def test_a_filter_leaves_what_it_says(browser_as, words, wanted) -> None:
    assert names(at(browser_as("财政管理"), f"/filings/?{words}")) == wanted


def test_what_was_found_is_a_filter(county, browser_as) -> None:
    for name, columns in {
        "渠道清淤": {"errors": 2, "score": 9000},
        "技术培训": {"warnings": 1},
        "课桌椅购置": {"score": 8800},
    }.items():
        Submission.objects.filter(project__name=name).update(**columns)
    filled(county, State.AT_BUREAU, project="村道养护", name="村道养护自评表.xlsx")
    browser = browser_as("财政管理")
    assert names(at(browser, "/filings/?found=errors")) == {"渠道清淤"}
    assert names(at(browser, "/filings/?found=warnings")) == {"技术培训"}
    assert names(at(browser, "/filings/?found=differs")) == {"渠道清淤"}
    assert "村道养护" in (clean := at(browser, "/filings/?found=clean"))
    assert names(clean) == set()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("填报人", {"渠道清淤", "技术培训", "测土配方"}),
        ("外单位填报人", {"课桌椅购置"}),
        ("部门审核", {"渠道清淤", "技术培训", "测土配方", "病虫防治"}),
        ("审计只读", {"渠道清淤", "技术培训", "测土配方", "病虫防治", "课桌椅购置"}),
        ("第三方评价", set()),
    ],
)
def test_everybody_has_the_same_list_of_what_they_see(browser_as, name, wanted) -> None:
    assert names(at(browser_as(name), "/filings/")) == wanted


def test_an_agency_narrows_the_list_to_a_unit_that_it_was_given(county, browser_as) -> None:
    one, other = filed(county, "委托评价的", "水务站"), Submission.objects.get(project__name="渠道清淤")
    for given in (one, other):
        Assignment.objects.create(
            submission=given,
            user=county["第三方评价"],
            purpose="evaluate",
            at=timezone.now(),
            given_by=county["财政管理"],
        )
    browser = browser_as("第三方评价")
    assert "委托评价的" in at(browser, "/filings/")
    assert names(at(browser, f"/filings/?unit={one.unit_id}")) == set()
    hidden = county.units["第一小学"].pk
    assert "第一小学" not in at(browser, f"/filings/?unit={hidden}")


def test_a_clerk_makes_a_filing_from_the_list_and_acts_on_none_there(browser_as) -> None:
    page = at(browser_as("填报人"), "/filings/")
    assert "/filings/new/" in page
    assert "批量办理" not in page
    assert "主管部门" not in page
    assert "/filings/new/" not in at(browser_as("财政管理"), "/filings/")


def test_a_rule_leaves_the_filings_in_which_it_found_something(browser_as) -> None:
    found(Submission.objects.get(project__name="课桌椅购置"), "FD01")
    assert names(at(browser_as("财政管理"), "/filings/?rule=fd01")) == {"课桌椅购置"}


def test_a_column_puts_the_list_in_its_order_and_the_unknown_last(browser_as) -> None:
    page = at(browser_as("财政管理"), "/filings/?order=printed&up=1")
    places = [page.index(f">{name}</a>") for name in ("课桌椅购置", "技术培训", "渠道清淤", "病虫防治")]
    assert places == sorted(places)
    down = at(browser_as("财政管理"), "/filings/?order=printed")
    assert down.index(">渠道清淤</a>") < down.index(">课桌椅购置</a>") < down.index(">病虫防治</a>")


def test_pages_hold_each_filing_once(county, browser_as) -> None:
    for number in range(70):
        filed(county, f"第{number:03}号工程")
    browser = browser_as("财政管理")
    both = at(browser, "/filings/?q=号工程") + browser.get("/filings/?q=号工程&page=2").content.decode()
    assert all(both.count(f">第{number:03}号工程</a>") == 1 for number in range(70))
    assert browser.get("/filings/?q=号工程&page=99999").status_code == 200


def test_a_view_is_kept_under_a_name_for_its_person_alone(county, browser_as) -> None:
    browser = browser_as("财政管理")
    assert browser.post("/filings/views/?late=1", {"name": "逾期的"}).status_code == 302
    assert SavedView.objects.get().query == "late=1"
    assert "逾期的" in at(browser, "/filings/")
    assert "逾期的" not in at(browser_as("财政复核"), "/filings/")
    kept = SavedView.objects.get().pk
    assert browser_as("财政复核").post(f"/filings/views/{kept}/delete/").status_code == 404
    assert browser_as("填报人").post(f"/filings/views/{kept}/delete/").status_code == 404
    assert browser_as("填报人").post("/filings/views/?late=1", {"name": "我的"}).status_code == 302
    assert browser_as("系统管理员").post("/filings/views/", {"name": "x"}).status_code == 403
    assert SavedView.objects.filter(user=county["填报人"]).delete()[0] == 1
    assert browser.post(f"/filings/views/{kept}/delete/").status_code == 302
    assert not SavedView.objects.exists()


def test_the_list_as_a_workbook_holds_what_the_filter_leaves(browser_as) -> None:
    browser = browser_as("部门审核")
    browser.post("/choose/year/", {"year": cast.YEAR, "next": "/"})
    sheet = openpyxl.load_workbook(BytesIO(browser.get("/filings/sheet/?group=filed").content)).active
    texts = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {"渠道清淤", "技术培训", "待财政复核"} <= texts
    assert "课桌椅购置" not in texts


# ---------------------------------------------------------------- acts


def send(browser, *rows: Submission, **what: str):
    browser.post("/choose/year/", {"year": cast.YEAR, "next": "/"})
    picked = [f"{one.pk}:{one.version}" for one in rows]
    return browser.post("/filings/act/", {"picked": picked, **what}, follow=True)


def test_each_filing_moves_with_an_entry_of_its_own(county, browser_as) -> None:
    rows = [filed(county, f"项目{n}", state=State.AT_DEPARTMENT) for n in range(3)]
    assert "已办理 3 份" in send(browser_as("部门审核"), *rows, act="forward").content.decode()
    assert set(Submission.objects.filter(pk__in=[r.pk for r in rows]).values_list("state", flat=True)) == {
        "at_bureau"
    }
    assert LogEntry.objects.filter(action="forward").count() == 3


def test_what_refuses_is_listed_with_its_reason_and_stops_no_other(county, browser_as) -> None:
    good, wrong = filed(county, "能退", state=State.AT_BUREAU), filed(county, "已通过", state=State.ACCEPTED)
    answer = send(browser_as("财政复核"), good, wrong, act="return", reason="请补充佐证")
    page = answer.content.decode()
    assert "1 份没有办成" in page
    assert "已通过" in page
    assert "刷新页面" in page
    good.refresh_from_db()
    assert (good.state, good.returned) == (State.SELF_DRAFT, True)


def test_a_return_without_a_reason_moves_nothing(county, browser_as) -> None:
    one = filed(county, "项目", state=State.AT_BUREAU)
    answer = send(browser_as("财政复核"), one, act="return")
    assert answer.status_code == 409
    assert "理由" in answer.content.decode()
    one.refresh_from_db()
    assert one.state == State.AT_BUREAU


@pytest.mark.parametrize("name", ["填报人", "单位负责人", "审计只读", "第三方评价", "系统管理员"])
def test_who_may_not_act_is_refused_at_the_door(county, browser_as, name) -> None:
    one = filed(county, "项目", state=State.AT_DEPARTMENT)
    assert send(browser_as(name), one, act="forward").status_code == 403
    one.refresh_from_db()
    assert one.state == State.AT_DEPARTMENT


def test_a_stranger_moves_nothing_and_learns_no_name(county, browser_as) -> None:
    one = filed(county, "机密工程", state=State.AT_DEPARTMENT)
    page = send(browser_as("外部门审核"), one, act="forward").content.decode()
    assert "没有办成" in page
    assert "机密工程" not in page


def test_an_act_on_what_was_seen_before_somebody_elses_is_refused(county, browser_as) -> None:
    one = filed(county, "项目", state=State.AT_DEPARTMENT)
    Submission.objects.filter(pk=one.pk).update(version=5)
    assert "刷新" in send(browser_as("部门审核"), one, act="forward").content.decode()


def test_filings_are_reassigned_and_sampled_by_the_manager_alone(county, browser_as) -> None:
    one, other = filed(county, "甲", state=State.AT_BUREAU), filed(county, "乙", state=State.ACCEPTED)
    reviewer = str(county["财政复核"].pk)
    told = {"act": "reassign", "reviewer": reviewer, "reason": "工作调整"}
    assert "没有办成" in send(browser_as("二次复核"), one, **told).content.decode()
    assert "已办理 1 份" in send(browser_as("财政管理"), one, **told).content.decode()
    assert Assignment.objects.get(submission=one).user == county["财政复核"]
    assert "已办理 1 份" in send(browser_as("财政管理"), other, act="spot_check").content.decode()
    other.refresh_from_db()
    assert other.state == State.SAMPLED


def test_a_reminder_tells_whose_desk_it_is_and_moves_nothing(county, browser_as) -> None:
    one = cast.submission(county, "还没报", state=State.SELF_DRAFT)
    assert (
        "已办理 1 份" in send(browser_as("部门审核"), one, act="remind", reason="本周五前").content.decode()
    )
    told = Notice.objects.filter(submission=one)
    assert {notice.user.name for notice in told} == {"填报人", "填报人乙", "单位负责人"}
    assert "本周五前" in told[0].text
    assert LogEntry.objects.get(action="remind").submission == one
    one.refresh_from_db()
    assert (one.state, one.version) == (State.SELF_DRAFT, 0)
    done = filed(county, "已公开的", state=State.PUBLISHED)
    assert "没有办成" in send(browser_as("部门审核"), done, act="remind").content.decode()


def test_all_of_a_list_is_acted_on_at_once(county, browser_as) -> None:
    for number in range(4):
        filed(county, f"成批{number}", state=State.AT_DEPARTMENT)
    browser = browser_as("部门审核")
    browser.post("/choose/year/", {"year": cast.YEAR, "next": "/"})
    browser.post("/filings/act/?q=成批", {"every": "1", "act": "forward"})
    assert Submission.objects.filter(project__name__startswith="成批", state=State.AT_BUREAU).count() == 4


def test_nothing_ticked_is_said_so(browser_as) -> None:
    assert "请先勾选" in send(browser_as("部门审核"), act="forward").content.decode()
