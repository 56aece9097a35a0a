"""The bureau's pages in a browser: charts drawn and led from, filings ticked and moved, all at every width.

Pictures of the pages go to the folder that JIXIAO_SHOTS names, where it is set.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from jixiao.web.board.questions import QUESTIONS
from jixiao.web.models import Submission
from jixiao.web.workflow import State
from tests.web import axe, cast
from tests.web.filed import filed, found

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def in_the_year(monkeypatch) -> None:
    monkeypatch.setattr("jixiao.web.years.usual", lambda: cast.YEAR)


@pytest.fixture
def year(county):
    """Filings of two departments, some of them odd."""
    units = ("农技站", "水务站", "第一小学")
    for number in range(12):
        one = filed(
            county, f"第{number}号工程", units[number % 3], State.AT_DEPARTMENT if number % 2 else State.ACCEPTED,
            score_printed=10_000 - 110 * number, full_marks=number % 5 == 0, rate=99_000 - 4000 * number,
            score_rechecked=None if number % 2 else 9_950 - 130 * number,
        )  # fmt: skip
        found(one, ("SC04", "FD01", "AR04")[number % 3])
    cast.submission(county, "还没报的工程", "水务站", State.SELF_DRAFT)
    return county


def looked_at(page: Page, name: str) -> None:
    """See at every width that nothing runs out of the window and everybody can use it."""
    folder = os.environ.get("JIXIAO_SHOTS")
    for width in (1920, 1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        if folder:
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
        assert (name, width, axe.overflows(page)) == (name, width, [])
    page.set_viewport_size({"width": 1280, "height": 900})
    assert (name, axe.faults(page)) == (name, [])


def test_the_board_answers_its_questions_as_they_come_into_sight(year, page_as) -> None:
    page = page_as(year["财政管理"])
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto("/board/")
    expect(page.locator(".figures")).to_contain_text("应报")
    for question in page.locator(".question").all():
        question.scroll_into_view_if_needed()
    expect(page.locator("figure.chart svg").first).to_be_visible()
    drawn = (
        2 * 3 + len(QUESTIONS) - 4
    )  # three questions have two charts, that of departments is the table above
    expect(page.locator("figure.chart")).to_have_count(drawn)
    looked_at(page, "board")
    page.locator("#scores").get_by_role("button", name="表").click()
    page.locator("#scores").get_by_role("link", name=re.compile(r"^[1-9]")).first.click()
    expect(page.get_by_role("heading", name=f"{cast.YEAR} 年度材料")).to_be_visible()
    assert "group=filed" in page.url
    assert not said


def test_ticked_filings_are_moved_and_the_rest_stays(year, page_as) -> None:
    page = page_as(year["部门审核"])
    page.goto("/filings/?state=at_department&order=printed")
    looked_at(page, "list")
    boxes = page.locator("tbody .pick input")
    boxes.nth(0).check()
    boxes.nth(1).check()
    expect(page.locator("[data-picked]")).to_have_text("2")
    page.get_by_role("button", name="办理", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("已办理 2 份")
    assert Submission.objects.filter(state=State.AT_BUREAU).count() == 2


def test_books_rules_and_trials_fit_every_window(year, page_as) -> None:
    page = page_as(year["财政管理"])
    for name, address in (
        ("books", "/rulebooks/"), ("book", "/rulebooks/anhui-huaiyuan/"), ("rule", "/rules/FD01/"),
        ("books-compared", "/rulebooks/compared/?one=national-2020&other=anhui-huaiyuan"),
        ("other-book", "/board/other-book/"), ("likeness", "/board/likeness/"),
    ):  # fmt: skip
        page.goto(address)
        looked_at(page, name)
