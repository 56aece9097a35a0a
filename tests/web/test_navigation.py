"""The navigation: one place for each thing, the section one is in marked, folded away on a phone."""

import re

import pytest
from django.test import Client
from playwright.sync_api import expect

from jixiao.web.workflow import State
from tests.web import axe, cast
from tests.web.filled import filled


def marked(page: str) -> list[str]:
    """Return the words of the way that is marked, with how."""
    ways = page[page.index('id="ways"') : page.index("</nav>")]
    return re.findall(r'aria-current="(\w+)"><svg.*?</svg>([^<]+)</a>', ways)


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("/", ("page", "首页")),
        ("/filings/", ("page", "年度材料")),
        ("/filings/{}/", ("true", "年度材料")),
        ("/filings/{}/recheck/", ("true", "年度材料")),
        ("/board/scores/", ("true", "看板")),
        ("/rules/SC04/", ("true", "口径和规则")),
        ("/deadlines/", ("page", "期限")),
    ],
)
def test_a_page_marks_the_section_that_it_belongs_to(county, browser_as, address, wanted) -> None:
    one = filled(county, State.AT_BUREAU)
    assert marked(browser_as("财政管理").get(address.format(one.pk)).content.decode()) == [wanted]


def test_a_page_of_ones_own_marks_none(browser_as) -> None:
    assert marked(browser_as("财政管理").get("/password/").content.decode()) == []


def test_an_office_has_one_place_for_checking(db, settings) -> None:
    settings.MODE = "office"
    page = Client(HTTP_HOST="localhost").get("/").content.decode()
    assert ">首页</a>" not in page
    assert marked(page) == [("true", "检查文件")]
    assert marked(Client(HTTP_HOST="localhost").get("/checks/").content.decode()) == [("page", "检查文件")]


@pytest.mark.slow
def test_on_a_phone_the_navigation_unfolds(county, page_as) -> None:
    filled(county, State.AT_BUREAU)
    page = page_as(county["财政管理"], width=400)
    page.goto("/")
    ways = page.get_by_role("navigation", name="主导航")
    expect(ways.get_by_role("link", name="看板")).to_be_hidden()
    ways.get_by_role("button", name="菜单").click()
    expect(ways.get_by_role("link", name="看板")).to_be_visible()
    assert (axe.faults(page), axe.overflows(page)) == ([], [])
    ways.get_by_role("link", name="年度材料").click()
    page.locator("summary", has_text="年度").first.click()
    page.get_by_role("button", name=f"{cast.YEAR} 年度").click()
    expect(page.get_by_role("link", name="乡镇卫生院设备更新")).to_be_visible()
    assert (axe.faults(page), axe.overflows(page)) == ([], [])


@pytest.mark.slow
def test_a_board_is_printed_whole_and_a_filing_unfolded(county, page_as) -> None:
    one = filled(county, State.AT_BUREAU)
    page = page_as(county["财政管理"])
    page.goto("/board/")
    page.locator("summary", has_text="年度").first.click()
    page.get_by_role("button", name=f"{cast.YEAR} 年度").click()
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="打印").click()
    page.wait_for_function("window.printed")
    expect(page.locator("[data-later] .waiting")).to_have_count(0)
    page.goto(f"/filings/{one.pk}/")
    folded = page.locator("main .finding details:not([open]), main details.finding:not([open])")
    assert folded.count()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert not folded.count()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert folded.count()
