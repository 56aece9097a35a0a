"""The office's list: each filter, the order, paging, kept views, acts on many and what refuses."""

from io import BytesIO

import openpyxl
import pytest

from jixiao.web.models import Assignment, LogEntry, Notice, SavedView, Submission
from jixiao.web.workflow import State
from tests.web import cast
from tests.web.filed import filed, found
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
    assert names(at(browser_as("财政管理"), f"/list/?{words}")) == wanted


def test_a_rule_leaves_the_filings_in_which_it_found_something(browser_as) -> None:
    found(Submission.objects.get(project__name="课桌椅购置"), "FD01")
    assert names(at(browser_as("财政管理"), "/list/?rule=fd01")) == {"课桌椅购置"}


def test_a_column_puts_the_list_in_its_order_and_the_unknown_last(browser_as) -> None:
    page = at(browser_as("财政管理"), "/list/?order=printed&up=1")
    places = [page.index(f">{name}</a>") for name in ("课桌椅购置", "技术培训", "渠道清淤", "病虫防治")]
    assert places == sorted(places)
    down = at(browser_as("财政管理"), "/list/?order=printed")
    assert down.index(">渠道清淤</a>") < down.index(">课桌椅购置</a>") < down.index(">病虫防治</a>")


def test_pages_hold_each_filing_once(county, browser_as) -> None:
    for number in range(70):
        filed(county, f"第{number:03}号工程")
    browser = browser_as("财政管理")
    both = at(browser, "/list/?q=号工程") + browser.get("/list/?q=号工程&page=2").content.decode()
    assert all(both.count(f">第{number:03}号工程</a>") == 1 for number in range(70))
    assert browser.get("/list/?q=号工程&page=99999").status_code == 200


def test_a_view_is_kept_under_a_name_for_its_person_alone(county, browser_as) -> None:
    browser = browser_as("财政管理")
    assert browser.post("/list/views/?late=1", {"name": "逾期的"}).status_code == 302
    assert SavedView.objects.get().query == "late=1"
    assert "逾期的" in at(browser, "/list/")
    assert "逾期的" not in at(browser_as("财政复核"), "/list/")
    kept = SavedView.objects.get().pk
    assert browser_as("财政复核").post(f"/list/views/{kept}/delete/").status_code == 404
    assert browser_as("填报人").post(f"/list/views/{kept}/delete/").status_code == 403
    assert browser_as("填报人").post("/list/views/", {"name": "x"}).status_code == 403
    assert browser.post(f"/list/views/{kept}/delete/").status_code == 302
    assert not SavedView.objects.exists()


def test_the_list_as_a_workbook_holds_what_the_filter_leaves(browser_as) -> None:
    browser = browser_as("部门审核")
    browser.post("/choose/year/", {"year": cast.YEAR, "next": "/"})
    sheet = openpyxl.load_workbook(BytesIO(browser.get("/list/sheet/?group=filed").content)).active
    texts = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {"渠道清淤", "技术培训", "待财政复核"} <= texts
    assert "课桌椅购置" not in texts


# ---------------------------------------------------------------- acts


def send(browser, *rows: Submission, **what: str):
    browser.post("/choose/year/", {"year": cast.YEAR, "next": "/"})
    picked = [f"{one.pk}:{one.version}" for one in rows]
    return browser.post("/list/act/", {"picked": picked, **what}, follow=True)


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
    browser.post("/list/act/?q=成批", {"every": "1", "act": "forward"})
    assert Submission.objects.filter(project__name__startswith="成批", state=State.AT_BUREAU).count() == 4


def test_nothing_ticked_is_said_so(browser_as) -> None:
    assert "请先勾选" in send(browser_as("部门审核"), act="forward").content.decode()
