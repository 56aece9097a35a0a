"""The pages of filling in: who may open and post what; parts that run along equal the page that is loaded anew."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localtime

from jixiao.web.drafts.content import Doubt, Stage, content_of, put
from jixiao.web.models import Attachment, Draft, Submission
from jixiao.web.workflow import State
from tests.web import cast


def url(name: str, one: Submission, *more: int) -> str:
    return reverse(name, args=[one.pk, *more])


def content(one: Submission, stage: Stage = Stage.SELF):
    return content_of(Draft.objects.get(submission=one), stage)


def changes(row: str = "r1", key: str = "actual", was: str = "1100", now: str = "1150") -> dict[str, str]:
    return {"changes": json.dumps([{"row": row, "seen": 0, "cells": {key: [was, now]}}])}


def file(name: str = "合同.pdf", data: bytes = b"%PDF-1.4 contract") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


POSTS = {
    "filling_row": changes(),
    "filling_rows": {"act": "add", "row": "r1"},
    "filling_merge": {"row": "r1", "seen": "0", "cell:actual": "m:1180", "theirs:actual": "1100"},
    "filling_narrative": {"act": "take_up"},
    "filling_doubt": {"number": "0", "how": "kept"},
}


@pytest.mark.parametrize("name", POSTS)
def test_a_clerk_may_post_and_others_may_not(county, browser_as, name) -> None:
    one = cast.submission(county)
    draft = Draft.objects.get(submission=one)
    kept = content(one)
    kept.doubts = [Doubt("第 3 行的得分看不清", "8", "3", "r1", "score")]
    put(draft, Stage.SELF, kept)
    draft.save()
    before = draft.content
    for who, status in (
        ("部门审核", 403),
        ("财政复核", 403),
        ("审计只读", 403),
        ("外单位填报人", 404),
        ("系统管理员", 403),
    ):
        assert browser_as(who).post(url(name, one), POSTS[name]).status_code == status
    draft.refresh_from_db()
    assert draft.content == before
    assert browser_as("填报人").post(url(name, one), POSTS[name]).status_code in {200, 302}
    draft.refresh_from_db()
    assert draft.content != before


def test_nothing_is_posted_once_the_filing_was_sent(county, browser_as) -> None:
    one = cast.submission(county)
    Submission.objects.filter(pk=one.pk).update(state=State.AT_DEPARTMENT)
    for name, given in POSTS.items():
        assert browser_as("填报人").post(url(name, one), given).status_code == 403
    assert browser_as("填报人").post(url("filling_send", one), {"seen": 0}).status_code == 403


def test_whoever_sees_the_filing_sees_the_page_and_strangers_do_not(county, browser_as) -> None:
    one = cast.submission(county)
    for who, status in (
        ("填报人", 200),
        ("单位负责人", 200),
        ("部门审核", 200),
        ("审计只读", 200),
        ("外单位填报人", 404),
    ):
        assert browser_as(who).get(url("filling", one)).status_code == status
    shown = browser_as("部门审核").get(url("filling", one)).content.decode()
    assert "只能查看" in shown
    assert "<textarea" not in shown


def cells_of(html: str) -> dict[str, str]:
    return {
        name: unescape(worked)
        for worked, name in re.findall(r'placeholder="([^"]*)" data-name="([^"]*)"', html)
    }


def test_what_runs_along_is_what_a_page_loaded_anew_shows(county, browser_as) -> None:
    one, clerk = cast.submission(county), browser_as("填报人")
    told = clerk.post(url("filling_row", one), changes(now="600")).json()
    page = clerk.get(url("filling", one)).content.decode()
    shown = {name: text for name, text in cells_of(page).items() if text}
    assert shown == {name: text for name, text in told["worked"].items() if name in cells_of(page)}
    assert shown["r1|score"] == "30.00"
    for row, said in told["said"].items():
        assert said.strip() in page, row
    marked = re.findall(r'data-mark="(\w+)">.*?data-name="([^"]+)"', page)
    assert {name: mark for mark, name in marked} == {k: v for k, v in told["marks"].items() if k in page}
    assert (
        re.sub(r'value="[^"]{60,}"', "", told["foot"]).split()
        == re.sub(
            r'value="[^"]{60,}"',
            "",
            re.search(r'id="foot" role="status">(.*?)</div>\s*</main>', page, re.DOTALL)[1],
        ).split()
    )
    assert "错误" in told["foot"]


def test_an_act_on_rows_answers_the_table_that_a_page_loaded_anew_shows(county, browser_as) -> None:
    one, clerk = cast.submission(county), browser_as("填报人")
    told = clerk.post(url("filling_rows", one), {"act": "add", "row": "r1"}).json()
    assert told["sheet"].strip() in clerk.get(url("filling", one)).content.decode()
    again = clerk.get(url("filling_rows", one)).json()
    assert (again["sheet"], again["version"]) == (told["sheet"], told["version"])


def test_a_row_without_any_name_can_be_deleted_and_brought_back(county, browser_as) -> None:
    one = cast.submission(county)
    clerk = browser_as("填报人")
    added = next(iter(clerk.post(url("filling_rows", one), {"act": "add", "row": "r1"}).json()["rows"]))
    kept = content(one)
    kept.rows[added].cells = {"level1": "产出指标"}
    draft = Draft.objects.get(submission=one)
    put(draft, Stage.SELF, kept)
    draft.save()
    told = clerk.post(url("filling_rows", one), {"act": "remove", "row": added, "seen": "99"})
    assert told.status_code == 200
    assert "（没有名称的一行）" in told.json()["sheet"]
    again = clerk.post(url("filling_rows", one), {"act": "restore", "row": added})
    assert added in again.json()["rows"]


def test_two_people_get_a_merge_and_what_was_decided_stands(county, browser_as) -> None:
    one, clerk = cast.submission(county), browser_as("填报人")
    browser_as("填报人乙").post(url("filling_row", one), changes(now="1150"))
    answer = clerk.post(url("filling_row", one), changes(now="1180"))
    assert answer.status_code == 409
    assert "填报人乙" in answer.json()["merge"]
    seen = content(one).rows["r1"].version
    given = {"row": "r1", "seen": seen, "theirs:actual": "1150", "cell:actual": "own", "own:actual": "1165"}
    assert clerk.post(url("filling_merge", one), given).status_code == 200
    assert content(one).rows["r1"].cells["actual"] == "1165"
    assert clerk.post(url("filling_merge", one), given | {"own:actual": "1"}).status_code == 409


@pytest.mark.parametrize(
    "sent", ["", "{", "[]", '[{"row": 1}]', '[{"row":"r1","seen":0,"cells":{"actual":["1"]}}]', '{"a":1}']
)
def test_what_is_no_save_is_answered_with_a_sentence(county, browser_as, sent) -> None:
    answer = browser_as("填报人").post(url("filling_row", cast.submission(county)), {"changes": sent})
    assert answer.status_code == 422
    assert answer.json()["fault"]


def test_the_margin_shows_steps_article_last_year_and_evidence(county, browser_as) -> None:
    last = cast.submission(county)
    cast.revision(last)
    Submission.objects.filter(pk=last.pk).update(year=cast.YEAR - 1)
    one = Submission.objects.create(
        project=last.project, year=cast.YEAR, unit=last.unit, department=last.department, path=last.path,
        state=State.SELF_DRAFT,
    )  # fmt: skip
    cast.draft(one)
    shown = browser_as("填报人").get(url("filling_row", one), {"row": "r1"}).content.decode()
    assert "1100 ÷ 1200 × 60 = 55.00" in shown
    assert "表后注3" in shown
    assert "已核对原文" in shown
    assert "上年（2024）同一行" in shown
    assert browser_as("填报人").get(url("filling_row", one), {"row": "r9"}).status_code == 404


def test_presence_tells_who_else_is_here_and_what_they_saved(county, browser_as) -> None:
    one = cast.submission(county)
    browser_as("填报人乙").post(url("filling_presence", one), {"row": "r2", "version": 0})
    browser_as("填报人乙").post(url("filling_row", one), changes(now="1150"))
    told = browser_as("填报人").post(url("filling_presence", one), {"row": "r1", "version": 0}).json()
    assert told["at"] == {"r2": "填报人乙"}
    assert "填报人乙也在填" in told["here"]
    assert told["rows"]["r1"][1]["actual"] == "1150"
    assert browser_as("外单位填报人").post(url("filling_presence", one), {"version": 0}).status_code == 404


class TestStarting:
    def test_begins_blank_under_a_rule_book(self, county, browser_as) -> None:
        one = cast.blank(county)
        clerk = browser_as("填报人")
        assert "从哪里开始填" in clerk.get(url("filling", one)).content.decode()
        given = {"what": "blank", "scheme": "gansu-ningxian"}
        assert browser_as("部门审核").post(url("filling_start", one), given).status_code == 403
        assert clerk.post(url("filling_start", one), given).status_code == 302
        made = content(one)
        assert (made.form, made.fixed["head"].cells["project.unit"]) == ("f-gs", "青禾县农技站")
        assert clerk.post(url("filling_start", one), given).status_code == 422

    def test_begins_from_last_years_targets_without_results(self, county, browser_as) -> None:
        last = cast.submission(county)
        cast.revision(last)
        Submission.objects.filter(pk=last.pk).update(year=cast.YEAR - 1)
        one = Submission.objects.create(
            project=last.project, year=cast.YEAR, unit=last.unit, department=last.department, path=last.path,
            state=State.TARGETS_DRAFT,
        )  # fmt: skip
        given = {"what": "last", "scheme": "anhui-huaiyuan"}
        assert browser_as("填报人").post(url("filling_start", one), given).status_code == 302
        made = content(one, Stage.TARGETS)
        first = made.rows["r1"].cells
        assert (made.form, first["sign"], first["target"], first["unit"]) == ("f-goal", "≥", "1200", "亩")
        assert "actual" not in first
        assert "score" not in first

    def test_approved_targets_are_taken_over_and_stand_locked(self, county, browser_as) -> None:
        one = cast.submission(county, state=State.TARGETS_DRAFT)
        one.approved = cast.revision(one)
        one.state = State.SELF_DRAFT
        one.save()
        clerk = browser_as("填报人")
        assert (
            clerk.post(
                url("filling_start", one), {"what": "approved", "scheme": "anhui-huaiyuan"}
            ).status_code
            == 302
        )
        assert content(one).rows["r1"].cells["target"] == "1200"
        page = clerk.get(url("filling", one)).content.decode()
        assert 'data-name="r1|target"' in page
        assert not re.search(r'<(?:input|textarea|select)[^>]*data-name="r1\|target"', page)
        assert re.search(r'<textarea[^>]*data-name="r1\|actual"', page)


class TestEvidence:
    def test_is_kept_for_a_row_and_taken_back_but_never_deleted(self, county, browser_as) -> None:
        one, clerk = cast.submission(county), browser_as("填报人")
        given = {"row": "r1", "anchor": "第 3 页", "file": file()}
        shown = clerk.post(url("filling_attachments", one), given).content.decode()
        assert "合同.pdf" in shown
        assert "第 3 页" in shown
        kept = Attachment.objects.get(row="r1")
        assert kept.digest.startswith("sha256:")
        assert "已撤下" in clerk.post(url("filling_attachment_withdraw", one, kept.pk)).content.decode()
        kept.refresh_from_db()
        assert kept.withdrawn_at is not None

    def test_is_taken_from_its_unit_alone_and_under_the_caps(self, county, browser_as) -> None:
        one = cast.submission(county)
        for who, status in (("部门审核", 403), ("外单位填报人", 404)):
            given = {"row": "r1", "file": file()}
            assert browser_as(who).post(url("filling_attachments", one), given).status_code == status
        assert browser_as("填报人").post(url("filling_attachments", one), {"row": "r1"}).status_code == 422
        assert not Attachment.objects.exists()

    def test_is_not_taken_back_by_others(self, county, browser_as) -> None:
        one = cast.submission(county)
        browser_as("填报人").post(url("filling_attachments", one), {"row": "r1", "file": file()})
        kept = Attachment.objects.get()
        for who, status in (("部门审核", 403), ("外单位填报人", 404)):
            assert (
                browser_as(who).post(url("filling_attachment_withdraw", one, kept.pk)).status_code == status
            )


@pytest.mark.parametrize("stage", [State.SELF_DRAFT, State.AT_DEPARTMENT])
def test_what_somebody_typed_is_never_markup_of_the_page(county, browser_as, stage) -> None:
    hostile = """</textarea><script>x</script>" onfocus='x' &amp;"""
    one = cast.submission(county)
    draft = Draft.objects.get(submission=one)
    kept = content(one)
    for row in (*kept.rows.values(), *kept.fixed.values()):
        row.cells |= dict.fromkeys(row.cells, hostile)
    kept.rows["r1"].cells |= {"sign": hostile, "unit": hostile, "score": hostile}
    put(draft, Stage.SELF, kept)
    draft.save()
    Submission.objects.filter(pk=one.pk).update(state=stage)
    page = browser_as("填报人").get(url("filling", one)).content.decode()
    assert "<script>x" not in page
    assert '" onfocus' not in page
    assert "&lt;/textarea&gt;&lt;script&gt;x&lt;/script&gt;&quot; onfocus=&#x27;x&#x27; &amp;amp;" in page


def test_the_margin_arranges_rows_for_those_who_write_and_where_nothing_is_locked(county, browser_as) -> None:
    one = cast.submission(county)
    at = {"row": "r1"}
    shown = browser_as("填报人").get(url("filling_row", one), at).content.decode()
    assert shown.count("data-act=") == 6
    assert (
        "data-act" not in browser_as("填报人").get(url("filling_row", one), {"row": "goal"}).content.decode()
    )
    assert "data-act" not in browser_as("部门审核").get(url("filling_row", one), at).content.decode()
    one.approved = cast.revision(one)
    one.save()
    assert "data-act" not in browser_as("填报人").get(url("filling_row", one), at).content.decode()


def test_the_margin_tells_the_time_of_the_country(county, browser_as) -> None:
    one = cast.submission(county)
    browser_as("填报人").post(url("filling_row", one), changes(now="1150"))
    row = content(one).rows["r1"]
    shown = browser_as("填报人").get(url("filling_row", one), {"row": "r1"}).content.decode()
    assert f"填报人 {localtime(row.when):%m-%d %H:%M}" in shown
    assert localtime(row.when).utcoffset() == timedelta(hours=8)


def test_what_is_still_to_be_typed_is_asked_for_and_not_looked_for_in_a_file(county, browser_as) -> None:
    one, clerk = cast.blank(county), browser_as("填报人")
    clerk.post(url("filling_start", one), {"what": "blank", "scheme": "national-2020"})
    page = clerk.get(url("filling", one)).content.decode()
    assert "请至少填一行三级指标" in page
    assert "没有读到" not in page
    told = clerk.post(url("filling_row", one), changes("r1", "level3", "", "管护农田面积")).json()
    assert "请至少填一行三级指标" not in told["said"].get("", "")
    assert 'data-said-of=""' in page
