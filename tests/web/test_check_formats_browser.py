"""Every format in the browser: its doubts settled one by one, everything taken away that the page offers."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from jixiao import api
from jixiao.layout import Doubt, Place
from jixiao.telling.answers import as_text, papers_read
from jixiao.web.checked.judging import readings_of
from jixiao.web.models import CheckedFile
from tests.examples import FOLDER
from tests.web import axe
from tests.web.dropping import WRONG, work
from tests.web.test_check_browser import dropped

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MAGIC = {".xlsx": b"PK", ".docx": b"PK", ".pdf": b"%PDF", ".json": b"{"}


def written(folder: Path, form: str) -> Path:
    """Return the faulty example as a file of a form: a sheet, a document, a page of a PDF, a scan of that page."""
    if form in {"xlsx", "docx"}:
        return FOLDER / f"卫生院设备自评表.{form}"
    (reading, *_) = api.read_papers(WRONG.read_bytes(), name=WRONG.name)
    made = folder / "卫生院设备自评表.pdf"
    made.write_bytes(api.render(reading.record, paper=reading.kind, format="pdf"))
    if form == "pdf":
        return made
    scan = folder / "扫描件.png"
    pypdfium2.PdfDocument(made)[0].render(scale=200 / 72).to_pil().save(scan)
    return scan


def stamped() -> None:
    """Let a stamp have covered three scores of the checked paper, as on a worse copy of it."""
    file = CheckedFile.objects.get()
    reading, *others = readings_of(file)
    table = reading.record
    doubts = tuple(
        Doubt(
            Place(),
            f"印章压住了第 {n} 行的字",
            f"{table.indicators[n].score_printed}",
            "8",
            f"indicators.{n}.score_printed",
        )
        for n in range(3)
    )
    file.record = as_text(papers_read([replace(reading, doubts=(*reading.doubts, *doubts)), *others]))
    file.save()


def settled(page: Page) -> None:
    """Settle a doubt by each answer that there is, and what else there may be by the first."""
    left = page.locator("section.questions .finding")
    for answer in ("kept", "other", "typed"):
        before = left.count()
        one = left.filter(has_text="印章压住了").first
        if answer == "typed":
            one.locator("input.form-control").fill("7")
            one.get_by_role("button", name="确定").click()
        else:
            one.locator(f"button[value={answer}]").click()
        expect(left).to_have_count(before - 1)
    while before := left.count():
        left.first.locator("button[value=kept]").click()
        expect(left).to_have_count(before - 1)


def taken(page: Page) -> dict[str, bytes]:
    """Fetch everything that the page offers, by the ends of its names."""
    found = {}
    for link in page.locator(".do .menu-list a[href*='download'], .do .menu-list a[href^='/checked/']").all():
        name = link.text_content() or ""
        page.get_by_text("下载", exact=True).click()
        with page.expect_download() as one:
            link.click()
        path = Path(one.value.path())
        found[f"{name}{Path(one.value.suggested_filename).suffix}"] = path.read_bytes()
        page.keyboard.press("Escape")
    return found


@pytest.mark.parametrize(
    ("form", "own"), [("xlsx", ".xlsx"), ("docx", ".docx"), ("pdf", ".pdf"), ("png", ".pdf")]
)
def test_doubts_are_settled_and_everything_is_taken_away(page_as, tmp_path, form, own) -> None:
    page = page_as()
    dropped(page, written(tmp_path, form))
    work()
    page.wait_for_url("**/checked/*/")
    stamped()
    page.reload()
    settled(page)
    table = readings_of(CheckedFile.objects.get())[0].record
    assert [f"{row.score_printed:f}" for row in table.indicators[1:3]] == ["8", "7"]
    assert (axe.faults(page), axe.overflows(page)) == ([], [])
    found = taken(page)
    assert len(found) == 7
    assert f"批注稿原件加批注{own}" in found
    assert all(data.startswith(MAGIC[Path(name).suffix]) for name, data in found.items())
