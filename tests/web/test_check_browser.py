"""A newcomer in the browser: drop a file, see what is wrong and where, settle a doubt, take a change, take copies away.

Pictures of the pages go to the folder that JIXIAO_SHOTS names, where it is set.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.formats import made_pdf
from tests.web import axe
from tests.web.dropping import RIGHT, WRONG, drawn_table, work

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WIDTHS = (1920, 1280, 400)


def shot(page: Page, name: str, width: int) -> None:
    folder = os.environ.get("JIXIAO_SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}-{width}.png")


def looked_at(page: Page, name: str) -> None:
    """See at every width that nothing runs out of the window and everybody can use it."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        shot(page, name, width)
        assert (width, axe.faults(page), axe.overflows(page)) == (width, [], [])
    page.set_viewport_size({"width": 1280, "height": 900})


def dropped(page: Page, *files: Path) -> None:
    page.goto("/")
    page.set_input_files("input[type=file]", [str(path) for path in files])
    page.wait_for_url("**/checks/*/?onward=1")


def test_a_dropped_file_is_checked_marked_corrected_and_taken_away(page_as, tmp_path) -> None:
    page = page_as()
    page.goto("/")
    looked_at(page, "first")
    dropped(page, WRONG)
    expect(page.locator(".working .said")).to_contain_text("约还需")
    shot(page, "working", 1280)
    work()
    page.wait_for_url("**/checked/*/")
    looked_at(page, "checked")

    first = page.locator(".finding.error").first
    first.locator(".where a").click()
    marked = page.locator(".sent .on")
    expect(marked).to_be_in_viewport()
    marked.locator(".mark").first.click()
    expect(page.locator(".found .finding.on")).to_be_in_viewport()
    page.locator(".sheet-row.differs summary").first.click()
    expect(page.locator(".sheet-row[open] .law").first).to_be_visible()
    shot(page, "opened", 1280)

    first.get_by_role("button", name="采用修改").click()
    expect(page.locator(".finding.accepted")).to_have_count(1)
    expect(page.locator(".verdict .good")).to_contain_text("已采用的修改")
    other = page.locator(".finding.warning").first
    other.locator(".refuse summary").click()
    other.locator("input[name=reason]").fill("已有批复文件")
    other.get_by_role("button", name="不采用", exact=True).click()
    expect(page.locator("text=不采用的 1 条")).to_be_visible()
    shot(page, "answered", 1280)

    for name in ("批注稿", "更正稿", "官方表样 Word", "问题清单", "数据"):
        page.get_by_text("下载", exact=True).click()
        with page.expect_download() as taken:
            page.get_by_role("link", name=name).click()
        taken.value.save_as(tmp_path / taken.value.suggested_filename)
    assert {path.suffix for path in tmp_path.iterdir()} >= {".xlsx", ".docx", ".json"}
    page.goto("/")
    expect(page.locator("tbody tr")).to_have_count(1)
    looked_at(page, "last")


def test_several_files_have_a_row_each_and_pages_of_a_pdf_are_pictures(page_as, tmp_path) -> None:
    (tmp_path / "护林补助自评表.pdf").write_bytes(made_pdf.pdf(drawn_table()))
    (tmp_path / "空白.docx").write_bytes(b"PK")
    page = page_as()
    dropped(page, WRONG, RIGHT, tmp_path / "护林补助自评表.pdf", tmp_path / "空白.docx")
    work()
    expect(page.locator("#rows:not([hx-get]) tbody tr")).to_have_count(4)
    looked_at(page, "rows")
    page.locator("tr", has_text="护林补助").locator("th a").click()
    expect(page.locator("svg.page image")).to_be_visible()
    page.wait_for_function("() => document.querySelectorAll('svg.page rect').length > 3")
    looked_at(page, "pdf")
