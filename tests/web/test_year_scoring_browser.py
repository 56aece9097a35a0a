"""The year of a filing on a scoring form (湛江): a written file up, the form filled in, examined, re-checked, published."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from jixiao import api
from jixiao.api import filling
from jixiao.web import jobs, log
from jixiao.web.models import Job, Submission
from jixiao.web.workflow import State
from tests.web import axe, cast, scoring
from tests.web.test_year_browser import button, looked_at, now

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
HEAD = {
    "project.name": "高标准农田管护", "project.department": "青禾县农业农村局", "project.unit": "青禾县农技站",
}  # fmt: skip
BY_AMOUNTS = ("资金到位率", "预算执行率")


@pytest.fixture(autouse=True)
def in_the_year(monkeypatch) -> Iterator[None]:
    monkeypatch.setattr("jixiao.web.years.usual", lambda: cast.YEAR)
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=20_000)


def a_written_file(folder: Path) -> Path:
    """Write a workbook as a unit would have it: the form with its scores, the amounts on a sheet of their own."""
    typed = filling.blank(api.load_scheme(scoring.BOOK), "f-score", cast.YEAR)
    money = {f"funds.total.{kind}": text for kind, text in scoring.MONEY.items()}
    rows = tuple(
        row if row["level4"] in BY_AMOUNTS else {**row, "score": row["points"], "remarks": "资料齐全。"}
        for row in typed.rows
    )
    typed = replace(typed, cells={**HEAD, **money}, rows=rows)
    filled = filling.fill(typed, scoring.BOOK, filling.Rules((), ()))
    reading, _ = filling.read_typed(filling.complete(typed, filled))
    page, facts = api.lay_out(reading.record, reading.kind), filling.facts_page(reading)
    assert facts is not None
    made = folder / "自评评分表.xlsx"
    made.write_bytes(api.bind([replace(page, name="评分表"), facts], "xlsx"))
    return made


def test_the_year_of_a_scoring_form(county, page_as, tmp_path) -> None:
    one = cast.blank(county)
    unit, department, reviewer, manager = (
        page_as(county[name]) for name in ("填报人", "部门审核", "财政复核", "财政管理")
    )
    _begun_with_a_file(unit, one, a_written_file(tmp_path))
    _filled_in(unit, one)
    button_on(unit, one, "送审")
    now(one, State.AT_DEPARTMENT)
    department.goto(f"/filings/{one.pk}/act/return/")
    department.get_by_label("理由", exact=True).fill("完成进度的评分说明不够，请补充。")
    department.get_by_role("button", name="退回修改").click()
    department.wait_for_url(f"**/filings/{one.pk}/")
    button_on(unit, one, "送审")
    department.goto(f"/filings/{one.pk}/")
    button(department, "审核通过，报财政")
    now(one, State.AT_BUREAU)
    _rechecked(reviewer, manager, one)
    _taken_down(unit, one)
    assert list(log.verify()) == []


def button_on(page: Page, one: Submission, words: str) -> None:
    page.goto(f"/filings/{one.pk}/")
    button(page, words)
    expect(page.locator("main")).to_contain_text("评分表")


def _begun_with_a_file(unit: Page, one: Submission, file: Path) -> None:
    unit.goto(f"/filings/{one.pk}/fill/")
    unit.get_by_label("已有的文件").check()
    unit.get_by_label("选择文件").set_input_files(file)
    unit.get_by_label("评分口径", exact=True).select_option(scoring.BOOK)
    unit.get_by_role("button", name="开始填写").click()
    expect(unit.locator("main")).to_contain_text(f"从文件“{file.name}”开始")
    for job in Job.objects.all():  # no worker runs beside the test
        jobs.do.func(job.pk)
    expect(unit.locator("#foot")).to_contain_text("自评 98.15")


def _filled_in(unit: Page, one: Submission) -> None:
    """Lower a score with its reason, and settle whatever the reader wasn't sure of."""
    while unit.locator("#doubts button[value=kept]").count():
        unit.locator("#doubts button[value=kept]").first.click()
        unit.wait_for_load_state()
    row = scoring.row_named(one, "完成进度")
    unit.locator(f'[data-name="{row}|score"]').fill("20")
    unit.locator(f'[data-name="{row}|remarks"]').fill("两块农田因修路未管护。")
    unit.locator(f'[data-name="{row}|remarks"]').press("Tab")
    total = unit.locator('[data-name="total|total.score"]')
    expect(unit.locator("#foot")).to_contain_text("已保存")
    total.fill("96.15")
    total.press("Tab")
    expect(unit.locator("#foot")).to_contain_text("自评 96.15")
    looked_at(unit, "scoring")


def _rechecked(reviewer: Page, manager: Page, one: Submission) -> None:
    reviewer.goto(f"/filings/{one.pk}/recheck/")
    expect(reviewer.locator("main")).to_contain_text("两块农田因修路未管护")
    rows = reviewer.locator("[data-row]")
    own = scoring.printed(one)
    for n in range(rows.count()):
        field = rows.nth(n).locator("[name=score]")
        field.fill(own[n])
        field.press("Tab")
    expect(reviewer.locator("#recheck-foot")).to_contain_text("20／20 行")
    reviewer.locator("#opinion").fill("评分与佐证相符。")
    reviewer.locator("#opinion").press("Tab")
    looked_at(reviewer, "scoring-recheck")
    reviewer.get_by_role("button", name="完成复核").click()
    expect(reviewer.locator("#messages")).to_contain_text("复核已完成")
    manager.goto(f"/filings/{one.pk}/act/accept/")
    manager.get_by_role("button", name="复核通过").click()
    now(one, State.ACCEPTED)
    assert one.score_rechecked == 9615


def _taken_down(unit: Page, one: Submission) -> None:
    """Take the official form and the commented original away; both are the unit's own words and amounts."""
    unit.goto(f"/filings/{one.pk}/")
    assert axe.faults(unit) == []
    for name in ("官方表样 xlsx", "批注稿（原件加批注）"):
        unit.locator("details.menu summary", has_text="下载").first.click()
        with unit.expect_download() as taken:
            unit.get_by_role("link", name=name).click()
        book = load_workbook(io.BytesIO(Path(taken.value.path()).read_bytes()))
        words = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
        assert "论证充分性" in words
        assert any("基础数据表" in sheet.title for sheet in book)
        unit.goto(f"/filings/{one.pk}/")
