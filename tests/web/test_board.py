"""The board: its figures are those of the lists that they lead to, a department sees its own, nothing is asked per row."""

from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jixiao.web.board.questions import QUESTIONS
from jixiao.web.models import Deadline
from jixiao.web.workflow import State
from tests.web import cast
from tests.web.filed import filed, found

OFFICES = ("财政复核", "财政管理", "部门审核", "审计只读")
OTHERS = ("填报人", "单位负责人", "第三方评价", "系统管理员", "安全管理员", "审计管理员")


@pytest.fixture
def year(county, browser_as, settings):
    """A few filings of 2025, which everybody looks at."""
    filed(county, "渠道清淤", state=State.AT_BUREAU, score_printed=10_000, full_marks=True, rate=62_000)
    filed(county, "技术培训", state=State.ACCEPTED, score_rechecked=9150, late=True)
    filed(county, "课桌椅购置", "第一小学", State.AT_DEPARTMENT, score_printed=8800)
    cast.submission(county, "病虫防治", "水务站", State.SELF_DRAFT)
    back = cast.submission(county, "测土配方", "农技站", State.SELF_DRAFT)
    back.returned = True
    back.save()
    return county


def at(browser, address: str) -> str:
    browser.post("/choose/year/", {"year": cast.YEAR, "next": "/"})
    return browser.get(address, follow=True).content.decode()


def figures(page: str) -> dict[str, int]:
    """Read the line of figures."""
    import re  # noqa: PLC0415 - beside its only use

    told = re.findall(r"<dt>(\w+)</dt><dd><a[^>]*>([\d,]+)</a>", page)
    return {name: int(number.replace(",", "")) for name, number in told}


def test_the_line_of_figures_counts_what_is_due_filed_late_sent_back_and_accepted(year, browser_as) -> None:
    told = figures(at(browser_as("财政管理"), "/board/"))
    assert told == {"应报": 5, "已报": 3, "逾期": 1, "退回": 1, "通过": 1}


def test_what_is_not_handed_in_counts_as_late_once_the_day_of_the_nearest_organisation_is_past(
    year, browser_as
) -> None:
    Deadline.objects.create(organization=year.bureau, year=cast.YEAR, stage="self", day="2020-01-01")
    assert figures(at(browser_as("财政管理"), "/board/"))["逾期"] == 3
    Deadline.objects.create(organization=year.units["水务站"], year=cast.YEAR, stage="self", day="2999-01-01")
    assert figures(at(browser_as("财政管理"), "/board/"))["逾期"] == 2


def test_a_department_sees_its_own_board(year, browser_as) -> None:
    page = at(browser_as("部门审核"), "/board/")
    assert figures(page)["应报"] == 4
    assert "教育局" not in page
    assert figures(at(browser_as("外部门审核"), "/board/"))["应报"] == 1


def test_another_departments_number_in_the_address_opens_nothing_of_it(year, browser_as) -> None:
    other = year.departments["教育局"].pk
    assert "本年度还没有材料" in at(browser_as("部门审核"), f"/board/?department={other}")
    assert "没有符合条件的材料" in at(browser_as("部门审核"), f"/filings/?department={other}")


@pytest.mark.parametrize("name", OFFICES)
@pytest.mark.parametrize(
    "address", ["/board/", "/board/scores/", "/board/rules/sheet/", "/filings/", "/filings/sheet/"]
)
def test_offices_open_it(year, browser_as, name, address) -> None:
    assert browser_as(name).get(address).status_code == 200


@pytest.mark.parametrize("name", OTHERS)
def test_others_do_not(year, browser_as, name) -> None:
    browser = browser_as(name)
    for address in ("/board/", "/board/scores/", "/board/likeness/", "/board/other-book/"):
        assert browser.get(address).status_code == 403


@pytest.mark.parametrize("key", QUESTIONS)
def test_each_answer_is_the_same_as_part_and_as_page(year, browser_as, key) -> None:
    browser = browser_as("财政管理")
    found(filed(year, "农机补贴"), "SC04", count=2)
    browser.post("/choose/year/", {"year": cast.YEAR, "next": "/"})
    page = browser.get(f"/board/{key}/").content.decode()
    part = browser.get(f"/board/{key}/", headers={"HX-Request": "true"}).content.decode()
    assert part.strip() in page
    assert "<table" in part
    assert "application/json" in part


def test_the_points_of_an_answer_lead_to_the_filings_behind_them(year, browser_as) -> None:
    browser = browser_as("财政管理")
    page = at(browser, "/board/scores/")
    assert "/filings/?group=filed&amp;low=85&amp;high=90" in page
    listed = browser.get("/filings/?group=filed&low=85&high=90").content.decode()
    assert "课桌椅购置" in listed
    assert "渠道清淤" not in listed
    assert "渠道清淤" in at(browser, "/board/rates/")
    assert "/filings/?apart_low=2&amp;apart_high=5" in at(browser, "/board/apart/")
    assert "技术培训" in browser.get("/filings/?apart_low=2&apart_high=5").content.decode()


def test_rules_are_counted_by_filings_and_units_by_findings(year, browser_as) -> None:
    one = filed(year, "农机补贴")
    found(one, "SC04", count=3)
    found(filed(year, "秸秆还田"), "SC04")
    page = at(browser_as("财政管理"), "/board/rules/")
    assert "SC04" in page
    assert 'rule=SC04">2</a>' in page
    assert ">4</a>" in page


def test_an_answer_as_a_workbook_holds_its_table(year, browser_as) -> None:
    browser = browser_as("财政管理")
    browser.post("/choose/year/", {"year": cast.YEAR, "next": "/"})
    answer = browser.get("/board/scores/sheet/")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    texts = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {"自评得分", "85–90"} <= texts


def test_the_board_asks_no_more_of_more_filings(year, browser_as) -> None:
    browser = browser_as("财政管理")
    at(browser, "/board/")
    found(filed(year, "农机补贴", full_marks=True))

    def asked() -> int:
        with CaptureQueriesContext(connection) as told:
            for address in ("/board/", "/filings/", *(f"/board/{key}/" for key in QUESTIONS)):
                assert browser.get(address).status_code == 200
        return len(told)

    asked()
    few = asked()
    for number in range(60):
        found(filed(year, f"项目{number}", state=State.AT_BUREAU, full_marks=number % 2 == 0))
    assert asked() <= few
    assert few <= 20 * (2 + len(QUESTIONS))
