"""A draft that begins with a file: the file is read behind the request; whatever happens nothing is lost or doubled."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jixiao import api
from jixiao.web import jobs
from jixiao.web.actions import beginning, drafting
from jixiao.web.drafts.content import Stage, content_of
from jixiao.web.models import Attachment, Beginning, Draft, Job, LogEntry, Membership, Submission
from tests.examples import FOLDER
from tests.web import cast
from tests.web.filled import by

SOUND = FOLDER / "村道养护自评表.docx"


def content(one: Submission, stage: Stage = Stage.SELF):
    return content_of(Draft.objects.filter(submission=one).first(), stage)


def given(name: str = SOUND.name, data: bytes | None = None) -> dict[str, object]:
    sent = SOUND.read_bytes() if data is None else data
    return {"what": "file", "scheme": "national-2020", "file": SimpleUploadedFile(name, sent)}


def url(name: str, one: Submission) -> str:
    return reverse(name, args=[one.pk])


def work() -> None:
    """Do what a worker does with all that waits."""
    for job in Job.objects.filter(state=Job.State.WAITING):
        jobs.do.func(job.pk)


def test_the_request_reads_nothing_and_the_page_waits_until_the_draft_has_begun(
    county, browser_as, monkeypatch
) -> None:
    one, clerk = cast.blank(county), browser_as("填报人")
    with monkeypatch.context() as patch:
        patch.setattr(api, "read_papers", lambda *_, **__: pytest.fail("read inside the request"))
        assert clerk.post(url("filling_start", one), given()).status_code == 302
        page = clerk.get(url("filling", one)).content.decode()
    assert f"从文件“{SOUND.name}”开始" in page
    assert "等待识读，约还需 1 秒" in page
    part = clerk.get(url("filling", one), headers={"HX-Request": "true"}).content.decode()
    assert part.partition("<form")[0].strip() in page
    assert content(one) is None
    assert not Attachment.objects.exists()
    work()
    assert clerk.get(url("filling", one), headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "data-name" in clerk.get(url("filling", one)).content.decode()
    made, kept = content(one), Attachment.objects.get()
    assert len(made.order) > 3
    assert made.origin == f"从文件“{SOUND.name}”开始"
    assert (kept.kind, kept.name, kept.author, made.source) == (
        "source", SOUND.name, county["填报人"], kept.pk,
    )  # fmt: skip
    assert not Beginning.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [("空.xlsx", b"", "选的文件是空的"), ("坏.exe", b"MZ\x00\x00", "坏.exe")],
)
def test_what_is_no_file_of_ours_is_said_at_once(county, browser_as, name, data, said) -> None:
    one = cast.blank(county)
    answer = browser_as("填报人").post(url("filling_start", one), given(name, data))
    if answer.status_code == 302:
        work()
        answer = browser_as("填报人").get(url("filling", one))
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "data"), [("说明.txt", "没有表的文件".encode()), ("坏.docx", b"PK\x03\x04")]
)
def test_a_file_that_cannot_be_read_says_so_and_leaves_all_other_ways_open(
    county, browser_as, name, data
) -> None:
    one, clerk = cast.blank(county), browser_as("填报人")
    answer = clerk.post(url("filling_start", one), given(name, data))
    if answer.status_code == 302:
        work()
        assert clerk.get(url("filling", one), headers={"HX-Request": "1"}).headers["HX-Refresh"] == "true"
        page = clerk.get(url("filling", one)).content.decode()
        assert "上传的文件没有读成" in page
    else:
        page = answer.content.decode()
    assert name in page
    assert not Attachment.objects.exists()
    blank = {"what": "blank", "scheme": "national-2020"}
    assert clerk.post(url("filling_start", one), blank).status_code == 302
    assert content(one).origin == "从空表开始"
    assert not Beginning.objects.exists()


def test_another_file_may_follow_one_that_was_not_read(county, browser_as) -> None:
    one, clerk = cast.blank(county), browser_as("填报人")
    clerk.post(url("filling_start", one), given("说明.txt", "没有表的文件".encode()))
    work()
    clerk.post(url("filling_start", one), given())
    work()
    assert content(one).origin == f"从文件“{SOUND.name}”开始"
    assert Attachment.objects.count() == 1


def test_nothing_else_begins_while_a_file_is_read(county, browser_as) -> None:
    one, clerk = cast.blank(county), browser_as("填报人")
    clerk.post(url("filling_start", one), given())
    for told in ({"what": "blank", "scheme": "national-2020"}, given("另一份.docx")):
        answer = browser_as("填报人乙").post(url("filling_start", one), told)
        assert answer.status_code == 422
        assert f"正在识读“{SOUND.name}”" in answer.content.decode()
    assert Beginning.objects.get().name == SOUND.name


def test_called_off_it_leaves_nothing_however_late_the_worker_comes(county, browser_as) -> None:
    one, clerk = cast.blank(county), browser_as("填报人")
    clerk.post(url("filling_start", one), given())
    for who, status in (("部门审核", 403), ("外单位填报人", 404), ("填报人乙", 302)):
        assert browser_as(who).post(url("filling_call_off", one)).status_code == status
    assert "从哪里开始填" in clerk.get(url("filling", one)).content.decode()
    work()
    assert content(one) is None
    assert not Attachment.objects.exists()
    assert [entry.action for entry in LogEntry.objects.order_by("number")][-2:] == [
        "hand_in_start", "call_off_start",
    ]  # fmt: skip


def test_called_off_while_it_is_read_the_draft_does_not_begin(county, browser_as, monkeypatch) -> None:
    one, clerk = cast.blank(county), browser_as("填报人")
    clerk.post(url("filling_start", one), given())
    read = api.read_papers

    def slow(*words: object, **more: object) -> object:
        clerk.post(url("filling_call_off", one))
        return read(*words, **more)

    monkeypatch.setattr(api, "read_papers", slow)
    work()
    assert content(one) is None
    assert not Attachment.objects.exists()


def test_a_worker_killed_half_way_leaves_nothing_and_the_next_one_does_it_once(
    county, browser_as, monkeypatch
) -> None:
    one = cast.blank(county)
    browser_as("填报人").post(url("filling_start", one), given())
    subject = str(Beginning.objects.get().pk)
    with monkeypatch.context() as patch:
        patch.setattr(drafting, "start", killed)
        with pytest.raises(KeyboardInterrupt):
            beginning.read(subject)
    assert (content(one), Attachment.objects.count(), Beginning.objects.count()) == (None, 0, 1)
    beginning.read(subject)
    beginning.read(subject)
    assert Attachment.objects.count() == 1
    assert LogEntry.objects.filter(action="start_draft").count() == 1


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_the_same_file_for_two_stages_is_kept_once(county) -> None:
    one = cast.blank(county)
    for _ in range(2):
        Draft.objects.filter(submission=one).update(content={})
        told = beginning.Given(SOUND.name, SOUND.read_bytes(), "national-2020")
        beginning.read(str(beginning.hand_in(one.pk, told, by(county, "填报人")).pk))
    assert Attachment.objects.count() == 1


def test_who_may_not_fill_in_any_more_begins_nothing(county, browser_as) -> None:
    one = cast.blank(county)
    browser_as("填报人").post(url("filling_start", one), given())
    Membership.objects.filter(user=county["填报人"]).delete()
    work()
    assert content(one) is None
    page = browser_as("填报人乙").get(url("filling", one)).content.decode()
    assert "现在不能填这份材料" in page


def test_others_see_no_begun_filing_while_it_is_read(county, browser_as) -> None:
    one = cast.blank(county)
    browser_as("填报人").post(url("filling_start", one), given())
    assert browser_as("部门审核").get(url("filling", one)).status_code == 404


def test_what_was_chosen_stays_chosen_when_something_is_wanting(county, browser_as) -> None:
    one = cast.blank(county)
    answer = browser_as("填报人").post(
        url("filling_start", one), {"what": "file", "scheme": "gansu-ningxian"}
    )
    page = answer.content.decode()
    assert 'id="way-file" class="form-check-input" checked' in page
    assert 'id="way-blank" class="form-check-input" checked' not in page


def test_a_file_of_another_project_is_asked_about_before_anything_is_sent(county) -> None:
    one = cast.blank(county)
    clerk = by(county, "填报人")
    told = beginning.Given(SOUND.name, SOUND.read_bytes(), "national-2020")
    beginning.read(str(beginning.hand_in(one.pk, told, clerk).pk))
    first, second = (doubt for _, doubt in content(one).open_doubts)
    assert "文件里的项目名称是“村道日常养护补助”，这份材料的是“高标准农田管护”" in first.why
    assert second.key == "project.unit"
    drafting.settle(one.pk, 0, "other", "", clerk)
    assert content(one).fixed["head"].cells["project.name"] == "高标准农田管护"


def test_the_page_names_who_is_here_and_keeps_the_sites_own_ways(county, browser_as) -> None:
    one, clerk = cast.blank(county), browser_as("填报人")
    page = clerk.get(url("filling", one)).content.decode()
    assert 'aria-label="主导航"' in page
    assert "检查文件</a>" in page.partition("<main")[0]
    assert "空表" not in page.partition("<main")[0]
