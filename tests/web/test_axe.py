"""What measures the pages: only as they stand once everything has come."""

import pytest
from playwright.sync_api import Route, expect

from jixiao.web.workflow import State
from tests.web import axe
from tests.web.filled import filled

_TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.mark.slow
def test_a_page_is_measured_with_its_style_sheets(county, page_as) -> None:
    one = filled(county, State.AT_BUREAU)
    page = page_as(county["财政管理"])
    held: list[Route] = []
    page.route("**/tabler.css", lambda route: held.append(route))  # noqa: PLW0108 -- a method of a list has no names to be wrapped by
    page.expose_function("release", lambda: held.pop().continue_())
    page.goto(f"/filings/{one.pk}/rectification/", wait_until="commit")
    expect(page.locator("main")).to_contain_text("整改")
    for _ in range(100):  # its wide parts come a moment after its heading
        if page.evaluate(_TOO_WIDE):
            break
        page.wait_for_timeout(100)
    assert page.evaluate(_TOO_WIDE), "nothing was held back"
    page.evaluate("() => void setTimeout(release, 300)")
    assert axe.overflows(page) == []
