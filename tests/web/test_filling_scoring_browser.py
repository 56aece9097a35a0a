"""A scoring form with a real browser: typed, pasted, sent; looked at as images."""

import pytest
from playwright.sync_api import Page, expect

from tests.web import axe, cast, scoring

pytestmark = pytest.mark.slow


@pytest.fixture
def county(transactional_db, in_county):
    """青禾县, seen by a server of its own too."""
    return cast.county()


def cell(page: Page, row: str, key: str):
    return page.locator(f'[data-name="{row}|{key}"]')


def test_a_clerk_types_a_scoring_form_and_sees_scores_at_once(county, browser_as, page_as, tmp_path) -> None:
    one = scoring.begun(county, browser_as)
    rate, first = scoring.row_named(one, "预算执行率"), scoring.content(one).order[0]
    page = page_as(county["填报人"])
    page.goto(f"/filings/{one.pk}/fill/")
    for kind, text in scoring.MONEY.items():
        cell(page, "funds.total", f"funds.total.{kind}").fill(text)
    expect(cell(page, rate, "score")).to_have_attribute("placeholder", "3.75")
    cell(page, rate, "remarks").click()
    expect(page.locator("#margin")).to_contain_text("60 ÷ 80")
    cell(page, first, "score").fill("5")
    expect(page.locator(f'[data-said-of="{first}"]')).to_contain_text("分值")
    page.screenshot(path=str(tmp_path / "wide.png"), full_page=True)
    assert (axe.faults(page), axe.overflows(page)) == ([], [])
    page.set_viewport_size({"width": 400, "height": 800})
    page.screenshot(path=str(tmp_path / "phone.png"), full_page=True)
    assert axe.overflows(page) == []
