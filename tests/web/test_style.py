"""How pages look, on the page that shows every part: nothing out of reach, nothing out of the window, keys that work."""

import pytest

from tests.web import axe


@pytest.fixture
def developing(settings) -> None:
    settings.DEBUG = True


def test_the_page_of_parts_is_not_there_for_users(client, db) -> None:
    assert client.get("/style/").status_code == 404


@pytest.mark.slow
@pytest.mark.usefixtures("developing")
class TestParts:
    def test_fit_the_window_and_everybody(self, page_as) -> None:
        page = page_as()
        seen = []
        page.on("console", lambda said: seen.append(said.text) if said.type == "error" else None)
        page.on("response", lambda answer: seen.append(answer.url) if answer.status >= 400 else None)
        page.goto("/style/")
        for width in (1920, 1280, 400):
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_selector(".chart svg")
            assert (width, axe.faults(page), axe.overflows(page), seen) == (width, [], [], [])

    def test_charts_are_tables_too_print_as_tables_and_lead_on(self, page_as) -> None:
        page = page_as()
        page.goto("/style/")
        chart = page.locator("figure#scores")
        page.wait_for_selector("#scores svg")
        assert chart.locator("table").is_hidden()
        page.emulate_media(media="print")
        assert chart.locator("table").is_visible()
        hidden = (".top", ".tools", ".btn", ".drawing", ".footbar", ".tabs")
        assert [what for what in hidden if page.locator(what).first.is_visible()] == []
        page.emulate_media(media="screen")
        chart.locator("svg path[fill='#14508c']").nth(4).click()
        page.wait_for_url("**?bin=4")
        chart.get_by_role("button", name="表").click()
        row = chart.locator("tbody tr").nth(5)
        assert (chart.locator(".drawing").is_hidden(), row.inner_text().split()) == (True, ["95–100", "210"])
        row.get_by_role("link").click()
        page.wait_for_url("**?bin=5")

    def test_keys_go_through_a_list_and_can_be_switched_off_for_good(self, page_as) -> None:
        page = page_as()
        page.goto("/style/")
        page.evaluate("document.activeElement.blur()")
        for key in "jjx":
            page.keyboard.press(key)
        assert page.locator("tr.current th").inner_text() == "村道养护"
        assert page.locator("[data-picked]").inner_text() == "1"
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "q"
        page.keyboard.type("j?")
        assert page.locator("#q").input_value() == "j?"
        page.locator("h1").click()
        page.keyboard.press("?")
        assert page.get_by_role("dialog", name="快捷键").is_visible()
        assert "打印" in page.locator("[data-keys]").inner_text()
        assert axe.faults(page) == []
        page.get_by_label("使用单键快捷键").uncheck()
        page.reload()
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("j")
        assert page.locator("tr.current").count() == 0

    def test_a_question_opens_and_gives_the_focus_back(self, page_as) -> None:
        page = page_as()
        page.goto("/style/")
        page.get_by_role("link", name="退回修改").click()
        question = page.get_by_role("dialog", name="退回修改")
        assert question.is_visible()
        assert axe.faults(page) == []
        page.keyboard.press("Escape")
        assert question.is_hidden()
        assert page.evaluate("document.activeElement.textContent").strip() == "退回修改"
