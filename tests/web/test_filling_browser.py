"""Filling in with a real browser: typed, pasted, recovered, two people on one row; looked at as images."""

import re

import pytest
from playwright.sync_api import Page, expect

from jixiao.web.drafts.content import content_of, shown_stage
from jixiao.web.models import Draft
from tests.web import axe, cast

pytestmark = pytest.mark.slow
BLOCK = "管护合格率\t≥98%\t99%\t5\t5\n管护完成时间\t2025年12月底前\t2025年11月\t5\t5"


@pytest.fixture
def county(transactional_db, in_county):
    """青禾县, seen by a server of its own too."""
    return cast.county()


def cell(page: Page, row: str, key: str):
    return page.locator(f'[data-name="{row}|{key}"]')


def rows_of(one) -> dict[str, dict[str, str]]:
    content = content_of(Draft.objects.get(submission=one), shown_stage(one))
    return {name: content.rows[name].cells for name in content.order}


def opened(page: Page, one) -> Page:
    page.goto(f"/filings/{one.pk}/fill/")
    expect(page.locator("#foot")).to_contain_text("错误")
    return page


def test_a_clerk_types_pastes_and_sees_score_and_findings_at_once(county, page_as) -> None:
    one = cast.submission(county)
    page = opened(page_as(county["填报人"]), one)
    expect(cell(page, "r1", "score")).to_have_attribute("placeholder", "55.00")
    cell(page, "r1", "actual").fill("600")
    expect(cell(page, "r1", "score")).to_have_attribute("placeholder", "30.00")
    expect(page.locator("#foot")).to_contain_text("已保存")
    cell(page, "r1", "score").fill("60")
    expect(page.locator('[data-own="r1"]')).to_have_text("按口径 30.00")
    expect(page.locator('[data-said-of="r1"]')).to_contain_text("60")
    cell(page, "r1", "level3").press("Alt+n")
    expect(cell(page, "r3", "level3")).to_be_focused()
    cell(page, "r3", "level3").evaluate(
        """(field, text) => { const data = new DataTransfer(); data.setData("text/plain", text);
        field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }""",
        BLOCK,
    )
    expect(cell(page, "r3", "level3")).to_have_value("管护合格率")
    expect(cell(page, "r3", "sign")).to_have_value("≥")
    expect(cell(page, "r2", "level3")).to_have_value("管护完成时间")
    with page.expect_response("**/fill/rows/"):
        cell(page, "r3", "level3").press("Alt+ArrowUp")
    expect(page.locator("#margin h2")).to_have_text("管护合格率")
    expect(page.locator("#margin")).to_contain_text("表后注")
    assert list(rows_of(one)) == ["r3", "r1", "r2"]
    assert rows_of(one)["r3"]["unit"] == "%"
    assert axe.faults(page) == []
    assert axe.overflows(page) == []


def test_what_was_not_saved_when_the_page_went_away_is_offered_again(county, page_as) -> None:
    one = cast.submission(county)
    page = opened(page_as(county["填报人"]), one)
    page.context.set_offline(offline=True)
    cell(page, "r1", "reason").fill("连续降雨，两块农田未能管护。")
    expect(page.locator("[data-saved]")).to_contain_text("没有连上服务器")
    again = page.context.new_page()
    page.close()
    again.context.set_offline(offline=False)
    opened(again, one)
    expect(again.locator("#recover")).to_contain_text("连续降雨，两块农田未能管护。")
    with again.expect_response("**/fill/row/"):
        again.locator("[data-recover]").click()
    expect(cell(again, "r1", "reason")).to_have_value("连续降雨，两块农田未能管护。")
    expect(again.locator("#recover")).to_be_hidden()
    assert rows_of(one)["r1"]["reason"] == "连续降雨，两块农田未能管护。"


def test_two_people_on_one_row_decide_cell_by_cell_and_nothing_is_lost(county, page_as) -> None:
    one = cast.submission(county)
    mine, theirs = opened(page_as(county["填报人"]), one), opened(page_as(county["填报人乙"]), one)
    mine.context.route("**/fill/presence/", lambda route: route.abort())  # or theirs would be shown in time
    with theirs.expect_response("**/fill/row/"):
        cell(theirs, "r1", "actual").fill("1150")
    cell(mine, "r1", "actual").fill("1180")
    cell(mine, "r1", "reason").fill("修路占地。")
    expect(mine.locator("#merge")).to_be_visible()
    expect(mine.locator("#merge")).to_contain_text("填报人乙")
    expect(mine.locator("#merge")).to_contain_text("1150")
    assert rows_of(one)["r1"]["actual"] == "1150"
    mine.locator('#merge input[value="t:1150"]').check()
    mine.get_by_role("button", name="按所选保存").click()
    expect(mine.locator("#merge")).to_be_hidden()
    expect(cell(mine, "r1", "actual")).to_have_value("1150")
    expect(cell(mine, "r1", "reason")).to_have_value("修路占地。")
    assert rows_of(one)["r1"]["actual"] == "1150"
    assert rows_of(one)["r1"]["reason"] == "修路占地。"


def test_the_report_beside_the_table_follows_it(county, page_as) -> None:
    one = cast.submission(county)
    page = opened(page_as(county["填报人"], 1920), one)
    page.get_by_role("tab", name="自评报告").click()
    bound = page.locator("#narrative mark.fill-bound", has_text=re.compile("^1100"))
    expect(bound.first).to_be_visible()
    cell(page, "r1", "actual").fill("1000")
    expect(page.locator("#narrative mark.fill-bound", has_text=re.compile("^1000")).first).to_be_visible()
