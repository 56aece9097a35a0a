"""A filing's pages: the page shows what it says, and a new filing comes from a file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jixiao.web import jobs
from jixiao.web.actions import beginning
from jixiao.web.models import Attachment, Deadline, Job, LogEntry, Project, Submission
from jixiao.web.workflow import State
from tests.web import cast
from tests.web.filled import EXAMPLES, FAULTY, filled


@pytest.fixture(autouse=True)
def in_the_year(county, settings, monkeypatch) -> None:
    monkeypatch.setattr("jixiao.web.years.usual", lambda: cast.YEAR)


def test_the_page_shows_verdict_paper_and_findings(county, browser_as) -> None:
    one = filled(county, State.AT_BUREAU)
    said = browser_as("财政复核").get(reverse("filing", args=[one.pk])).content.decode()
    for words in ("98.50", "97.00", "SC01", "更新设备的卫生院", "退回修改", "官方表样"):
        assert words in said
    assert 'class="m error"' in said


def test_strangers_and_administrators_do_not_see_a_filing(county, browser_as) -> None:
    one = filled(county)
    for page in ("filing", "filing_history", "filing_files", "recheck", "rectification", "publication"):
        assert browser_as("外单位填报人").get(reverse(page, args=[one.pk])).status_code == 404
        assert browser_as("第三方评价").get(reverse(page, args=[one.pk])).status_code == 404
        assert browser_as("审计管理员").get(reverse(page, args=[one.pk])).status_code == 403
        assert browser_as("审计只读").get(reverse(page, args=[one.pk])).status_code == 200


@pytest.mark.parametrize(
    ("what", "start"),
    [("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF"), ("list", b"PK"), ("report", b"PK"), ("data", b"{")],
)
def test_a_filing_is_taken_away_as_a_file(county, browser_as, what, start) -> None:
    one = filled(county)
    answer = browser_as("填报人").get(reverse("filing_download", args=[one.pk, what]))
    assert answer.content.startswith(start)
    assert "attachment" in answer["Content-Disposition"]


def test_what_cannot_be_taken_away_is_said(county, browser_as) -> None:
    one = filled(county)
    for what, why in (("reviewed", "没有原件"), ("nothing", "没有这种下载")):
        answer = browser_as("填报人").get(reverse("filing_download", args=[one.pk, what]), follow=True)
        assert why in answer.content.decode()


def new(county, unit="农技站", **more: object) -> dict[str, object]:
    return {"unit": county.units[unit].pk, "year": cast.YEAR, "project": "", "start": "targets_draft", **more}


def test_a_new_filing_begins_with_a_file_once_that_was_read(county, browser_as) -> None:
    file = SimpleUploadedFile(FAULTY, (EXAMPLES / FAULTY).read_bytes())
    client = browser_as("填报人")
    told = new(county, project="卫生院设备", file=file, start="self_draft", reason="青财绩〔2025〕3号批复")
    answer = client.post("/filings/new/", told)
    one = Submission.objects.get()
    assert answer.headers["Location"] == reverse("filling", args=[one.pk])
    assert (str(one.project), one.state, one.revision) == ("卫生院设备", State.SELF_DRAFT, None)
    assert one.department == county.departments["农业农村局"]
    beginning.read(str(one.beginning.pk))
    assert [entry.action for entry in LogEntry.objects.filter(submission=one)] == [
        "open_filing",
        "hand_in_start",
        "start_draft",
    ]
    assert "培训操作人员" in client.get(answer.headers["Location"]).content.decode()


def test_a_filing_with_a_file_that_is_none_is_not_made(county, browser_as) -> None:
    file = SimpleUploadedFile("空.xlsx", b"")
    answer = browser_as("填报人").post("/filings/new/", new(county, project="卫生院设备", file=file))
    assert answer.status_code == 422
    assert "选的自评表或目标申报表是空的" in answer.content.decode()
    assert not Submission.objects.exists()


def test_a_filing_is_made_empty_and_only_once(county, browser_as) -> None:
    client = browser_as("单位负责人")
    assert client.post("/filings/new/", new(county, project="农机补贴")).status_code == 302
    again = client.post("/filings/new/", new(county, project="农机补贴"))
    assert again.status_code == 422
    assert "已有 2025 年度的材料" in again.content.decode()
    assert Submission.objects.count() == 1


def test_a_project_that_was_switched_off_gets_no_filing(county, browser_as) -> None:
    Project.objects.create(unit=county.units["农技站"], name="农机补贴", active=False)
    answer = browser_as("填报人").post("/filings/new/", new(county, project="农机补贴"))
    assert answer.status_code == 422
    assert "已停用" in answer.content.decode()
    assert not Submission.objects.exists()


def test_a_late_filing_says_why_and_is_marked(county, browser_as) -> None:
    Deadline.objects.create(organization=county.bureau, year=cast.YEAR, stage="targets", day="2020-01-01")
    client = browser_as("填报人")
    refused = client.post("/filings/new/", new(county, project="农机补贴"))
    assert "补报请写明理由" in refused.content.decode()
    assert not Submission.objects.exists()
    client.post("/filings/new/", new(county, project="农机补贴", reason="年中追加的项目"))
    assert Submission.objects.get().late
    assert "逾期补报" in LogEntry.objects.get().text


def test_a_filing_whose_file_has_no_table_says_so_and_is_typed_in_otherwise(county, browser_as) -> None:
    file = SimpleUploadedFile("说明.txt", "今天开会。".encode())
    client = browser_as("填报人")
    address = client.post("/filings/new/", new(county, project="农机补贴", file=file)).headers["Location"]
    for job in Job.objects.all():
        jobs.do.func(job.pk)
    page = client.get(address).content.decode()
    assert "“说明.txt”里没有找到绩效表" in page
    assert "从哪里开始填" in page
    assert not Attachment.objects.exists()


def test_a_filing_wants_a_name(county, browser_as) -> None:
    answer = browser_as("填报人").post("/filings/new/", new(county))
    assert answer.status_code == 422
    assert "请填写项目名称。" in answer.content.decode()


def test_nobody_opens_a_filing_for_a_unit_of_others(county, browser_as) -> None:
    answer = browser_as("填报人").post("/filings/new/", new(county, unit="第一小学", project="校舍维修"))
    assert answer.status_code == 422
    for name in ("部门审核", "财政管理", "第三方评价", "系统管理员"):
        assert browser_as(name).post("/filings/new/", new(county, project="农机补贴")).status_code == 403
    assert not Submission.objects.exists()


def test_a_finding_is_judged_by_whoever_may(county, browser_as) -> None:
    one = filled(county, State.AT_DEPARTMENT)
    page = browser_as("部门审核").get(reverse("filing", args=[one.pk]))
    told = page.context["content"].findings[0]
    address = reverse("filing_judge", args=[one.pk])
    assert (
        browser_as("填报人").post(address, {"finding": told.id, "holds": "0", "reason": "x"}).status_code
        == 403
    )
    assert browser_as("外部门审核").post(address, {"finding": told.id, "holds": "1"}).status_code == 404
    browser_as("部门审核").post(address, {"finding": told.id, "holds": "0", "reason": " "})
    browser_as("部门审核").post(address, {"finding": "strange", "holds": "1"})
    assert not one.judgements.exists()
    assert not LogEntry.objects.exists()
    browser_as("部门审核").post(address, {"finding": told.id, "holds": "0", "reason": "附件另有批复"})
    assert (one.judgements.get().holds, one.judgements.get().code) == (False, told.code)
    assert LogEntry.objects.get().action == "judge"
    assert "附件另有批复" in browser_as("填报人").get(reverse("filing", args=[one.pk])).content.decode()
