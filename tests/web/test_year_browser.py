"""The year of a filing, played in the browser by everybody whose it is: from the targets to the public copy.

Pictures of the pages go to the folder that JIXIAO_SHOTS names, where it is set.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from jixiao import api
from jixiao.web import jobs, log
from jixiao.web.actions import drafting
from jixiao.web.drafts.content import content_of, stage_of
from jixiao.web.models import Deadline, Job, LogEntry, Recheck, Submission
from jixiao.web.workflow import State
from tests.web import axe, cast
from tests.web.filled import EXAMPLES, FAULTY, by

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PERSON = "联系人：王大山，手机13800001234。"


@pytest.fixture(autouse=True)
def in_the_year(monkeypatch) -> Iterator[None]:
    monkeypatch.setattr("jixiao.web.years.usual", lambda: cast.YEAR)
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=20_000)


def looked_at(page: Page, name: str) -> None:
    """See at every width that nothing runs out of the window and everybody can use it."""
    folder = os.environ.get("JIXIAO_SHOTS")
    for width in (1920, 1280, 400) if folder else (1280,):
        page.set_viewport_size({"width": width, "height": 900})
        if folder:
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
        assert (name, width, axe.overflows(page)) == (name, width, [])
    page.set_viewport_size({"width": 1280, "height": 900})
    assert (name, axe.faults(page)) == (name, [])


def button(page: Page, words: str) -> None:
    """Press a filing's button, and its name again where it asks."""
    page.locator(".head .do").get_by_role("link", name=words, exact=True).click()
    asked = page.locator("dialog[open]")
    if asked.count():
        asked.get_by_role("button", name=words, exact=True).click()
    page.wait_for_load_state()


def now(one: Submission, state: State) -> None:
    one.refresh_from_db()
    assert one.state == state


def sure(county, one: Submission) -> None:
    """Settle what the reader of the file wasn't sure of as it was read; the page for it has tests of its own."""
    one.refresh_from_db()
    content = content_of(one.draft, stage_of(one))
    for number, doubt in enumerate(content.doubts):
        if not doubt.settled:
            drafting.settle(one.pk, number, "kept", "", by(county, "填报人"))


def recheck(page: Page, one: Submission, score: str) -> None:
    """Type a score and its reason into the row of the training, take the computed ones elsewhere, finish."""
    page.goto(f"/filings/{one.pk}/recheck/")
    row = page.locator('[data-row="indicators.1"]')
    row.locator("[name=score]").fill(score)
    row.locator("[name=score]").press("Tab")
    expect(row.locator(".row-said")).to_contain_text("请写理由")
    row.locator("[name=reason]").fill("签到表只有 96 人次")
    row.locator("[name=reason]").press("Tab")
    expect(page.locator("#recheck-foot")).to_contain_text("1／9 行")
    expect(page.locator("#recheck-foot")).not_to_contain_text("缺理由")
    page.get_by_role("button", name="空白行填重算得分").click()
    expect(page.locator("#recheck-foot")).to_contain_text("9／9 行")
    page.locator("#opinion").fill("完成情况基本属实，培训人次按签到表核减。")
    page.locator("#opinion").press("Tab")


def test_the_year_from_the_targets_to_the_public_copy(county, page_as, tmp_path) -> None:
    for stage, day in (("targets", "2099-02-28"), ("self", "2099-03-31"), ("recheck", "2099-06-30")):
        Deadline.objects.create(organization=county.bureau, year=cast.YEAR, stage=stage, day=day)
    unit, department, reviewer, second, manager, stranger = (
        _patient(page_as(county[name]))
        for name in ("填报人", "部门审核", "财政复核", "二次复核", "财政管理", "外单位填报人")
    )

    one = _declared(county, unit)
    department.goto("/")
    department.get_by_role("link", name="乡镇卫生院设备更新", exact=True).click()
    button(department, "审核通过，报财政")
    reviewer.goto(f"/filings/{one.pk}/")
    button(reviewer, "批复目标")
    now(one, State.MONITORING)
    assert one.approved is not None

    _evaluated(county, unit, department, one)
    _rechecked(reviewer, second, manager, one)
    _put_right(unit, reviewer, manager, one, tmp_path)
    _published(department, stranger, one)

    unit.goto(f"/filings/{one.pk}/history/?from=2")
    expect(unit.locator("main")).to_contain_text("第 3 稿")
    looked_at(unit, "history")
    unit.goto("/filings/")
    looked_at(unit, "list")
    assert list(log.verify()) == []
    assert LogEntry.objects.filter(submission=one).count() >= 20


def _patient(page: Page) -> Page:
    """Let a page wait as long as a busy machine may need."""
    page.set_default_timeout(60_000)
    return page


def _declared(county, unit: Page) -> Submission:
    """Make the filing from a file, and hand its targets in."""
    unit.goto("/")
    looked_at(unit, "desk-empty")
    unit.get_by_role("link", name="新建材料").first.click()
    looked_at(unit, "new")
    unit.get_by_label(re.compile("^自评表或目标申报表")).set_input_files(EXAMPLES / FAULTY)
    unit.get_by_label("项目名称").fill("乡镇卫生院设备更新")
    unit.get_by_role("button", name="新建").click()
    expect(unit.locator("main")).to_contain_text(f"从文件“{FAULTY}”开始")
    looked_at(unit, "reading")
    one = Submission.objects.get()
    for job in Job.objects.all():  # no worker runs beside the test
        jobs.do.func(job.pk)
    expect(unit.locator("#waiting")).to_have_count(0)
    unit.goto(f"/filings/{one.pk}/")
    button(unit, "报送目标")
    expect(unit.locator("main")).to_contain_text("识别存疑没有确认")
    sure(county, one)
    unit.goto(f"/filings/{one.pk}/")
    button(unit, "报送目标")
    now(one, State.TARGETS_AT_DEPARTMENT)
    looked_at(unit, "filing")
    unit.locator(".finding .where a").first.click()
    expect(unit.locator(".paper .on")).to_be_in_viewport()
    return one


def _evaluated(county, unit: Page, department: Page, one: Submission) -> None:
    """Evaluate, hand in, get it back with words at a row, hand it in again."""
    unit.goto(f"/filings/{one.pk}/")
    button(unit, "开始自评")
    file = FAULTY.replace(".docx", ".txt")
    told = (EXAMPLES / file).read_text("utf-8").replace("96人次。", f"96人次。{PERSON}")
    readings = api.read_papers(told.encode(), name=file)
    begun = drafting.Start("file", "national-2020", file, readings=readings)
    drafting.start(one.pk, begun, by(county, "填报人"))
    sure(county, one)
    unit.reload()
    button(unit, "送审")
    department.goto(f"/filings/{one.pk}/act/return/")
    department.get_by_label("理由", exact=True).fill("培训人次与签到表不符，请核对。")
    department.get_by_label("培训操作人员").fill("签到表只有 96 人次")
    looked_at(department, "return")
    department.get_by_role("button", name="退回修改").click()
    unit.goto("/")
    expect(unit.locator("main")).to_contain_text("被退回")
    looked_at(unit, "desk")
    unit.goto(f"/filings/{one.pk}/")
    expect(unit.locator("main")).to_contain_text("签到表只有 96 人次")
    button(unit, "送审")
    department.goto(f"/filings/{one.pk}/")
    button(department, "审核通过，报财政")
    now(one, State.AT_BUREAU)


def _rechecked(reviewer: Page, second: Page, manager: Page, one: Submission) -> None:
    """Give it to two who don't see each other, and accept what the manager chooses."""
    manager.goto(f"/filings/{one.pk}/")
    button(manager, "改派复核人")
    manager.get_by_label(re.compile("^复核人")).select_option(label="财政复核")
    manager.get_by_label(re.compile("^二次复核人")).select_option(label="二次复核")
    manager.get_by_label("理由", exact=True).fill("重点项目")
    looked_at(manager, "reassign")
    manager.get_by_role("button", name="改派复核人").click()
    recheck(reviewer, one, "8")
    looked_at(reviewer, "recheck")
    reviewer.get_by_role("button", name="完成复核").click()
    expect(reviewer.locator("#messages")).to_contain_text("复核已完成")
    recheck(second, one, "7.5")
    assert "财政复核 8" not in second.content()
    second.get_by_role("button", name="完成复核").click()
    expect(second.locator("main")).to_contain_text("Kappa")
    looked_at(second, "agreement")
    with second.expect_download() as taken:
        second.get_by_role("link", name="复核表 xlsx").first.click()
    assert taken.value.suggested_filename == "乡镇卫生院设备更新（2025年度复核表）.xlsx"
    manager.goto(f"/filings/{one.pk}/act/accept/")
    looked_at(manager, "accept")
    manager.get_by_role("radio").first.check()
    manager.get_by_role("button", name="复核通过").click()
    now(one, State.ACCEPTED)
    assert one.score_rechecked == Recheck.objects.get(second=False).total


def _put_right(unit: Page, reviewer: Page, manager: Page, one: Submission, tmp_path: Path) -> None:
    """Sample it, demand two things, answer them with a file, close them."""
    manager.goto(f"/filings/{one.pk}/")
    button(manager, "列入抽查")
    reviewer.goto(f"/filings/{one.pk}/rectification/")
    reviewer.locator("[name=findings]").first.check()
    reviewer.get_by_label(re.compile("^另写一条")).fill("设备没有贴资产标签")
    reviewer.get_by_label(re.compile("^总的理由")).fill("抽查发现两处问题")
    looked_at(reviewer, "demand")
    reviewer.get_by_role("button", name="发出整改要求").click()
    proof = tmp_path / "资产标签照片.jpg"
    proof.write_bytes(b"\xff\xd8\xff")
    unit.goto(f"/filings/{one.pk}/rectification/")
    unit.locator("#answer1").fill("总分已改为各行之和")
    unit.locator(".item").nth(0).get_by_role("button", name="保存答复").click()
    unit.locator("#answer2").fill("标签已贴，照片见附件")
    unit.locator("#proof2").set_input_files(proof)
    unit.locator(".item").nth(1).get_by_role("button", name="保存答复").click()
    expect(unit.locator(".footbar")).to_contain_text("各条都已答复")
    looked_at(unit, "answer")
    unit.get_by_role("button", name="报送整改结果").click()
    reviewer.goto(f"/filings/{one.pk}/rectification/")
    for number in range(2):
        reviewer.locator(".item").nth(number).get_by_role("button", name="销号").click()
    expect(reviewer.locator(".footbar")).to_contain_text("各条都已销号")
    looked_at(reviewer, "close")
    reviewer.get_by_role("button", name="确认整改").click()
    expect(reviewer.locator("#messages")).to_contain_text("复核通过")
    now(one, State.ACCEPTED)


def _published(department: Page, stranger: Page, one: Submission) -> None:
    """Decide what is masked, publish, and fetch the copy as somebody of another unit."""
    department.goto(f"/filings/{one.pk}/publication/")
    expect(department.get_by_role("button", name="公开", exact=True)).to_be_disabled()
    for choice in department.locator("select[name^=way]").all():
        choice.select_option("mask")
    department.get_by_role("button", name="保存").click()
    looked_at(department, "publication")
    department.get_by_role("button", name="公开", exact=True).click()
    expect(department.locator("#messages")).to_contain_text("已公开")
    stranger.goto("/published/")
    looked_at(stranger, "published")
    with stranger.expect_download() as taken:
        stranger.get_by_role("link", name="pdf").click()
    assert Path(taken.value.path()).read_bytes().startswith(b"%PDF")
    now(one, State.PUBLISHED)
