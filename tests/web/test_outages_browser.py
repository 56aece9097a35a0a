"""A database that is killed while somebody fills a form in: nothing that was typed is lost, and nothing is asked of them."""

import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web import postgres
from tests.web.faults import Site

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL on this machine: make system"),
]


@pytest.fixture
def server():
    with postgres.server(postgres.DURABLE) as made:
        yield made


@pytest.fixture
def site(tmp_path, server):
    made = Site(tmp_path, server.address)
    made.run("jixiao.web", "migrate", "-v0")
    try:
        yield made
    finally:
        if made.process is not None:
            made.kill()


@pytest.fixture
def page(site, browser: Browser) -> Page:
    context = browser.new_context(base_url=site.address, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def logged_in(page: Page, site: Site) -> dict[str, object]:
    made = json.loads(site.run("tests.web.faults_world", "crowd", "1", "1"))
    site.start()
    site.ready()
    key = {"name": "jixiao", "value": made["sessions"][0], "url": site.address}
    page.context.add_cookies([key])
    return made


def test_what_is_typed_while_the_database_is_away_is_saved_when_it_is_back(page, site, server) -> None:
    made = logged_in(page, site)
    draft = made["drafts"][0]
    page.goto(f"/filings/{draft}/fill/")
    page.locator("[data-name='r1|reason']").fill("先写的")
    expect(page.locator("[data-saved]")).to_contain_text("已保存")
    server.kill("all")
    page.locator("[data-name='r1|reason']").fill("断开时写的")
    expect(page.locator("[data-saved]")).to_contain_text("文字已留在本机，会自动再试")
    expect(page.locator("#messages .message-error")).to_have_count(0)
    server.start()
    expect(page.locator("[data-saved]")).to_contain_text("已保存", timeout=40_000)
    assert (
        "断开时写的"
        in json.loads(site.run("tests.web.faults_world", "typed", json.dumps([draft])))[str(draft)]
    )

    page.goto(f"/filings/{draft}/")
    server.kill("all")
    page.goto("/filings/")
    expect(page.locator("main")).to_contain_text("请稍等再试一次")
    server.start()
    page.get_by_role("link", name="再试一次").click()
    expect(page).to_have_url(re.compile("/filings/$"))
    expect(page.locator("h1")).to_contain_text("年度材料")
