"""A draft is sent: a revision of what the page showed, its columns; nothing blank or doubtful goes."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from jixiao.api import filling
from jixiao.errors import TransitionError
from jixiao.model.evaluation import Evaluation
from jixiao.model.record import readings_from
from jixiao.web import records
from jixiao.web.actions import Move, arranging, drafting, move, narrating, saving
from jixiao.web.actions.saving import Change
from jixiao.web.drafts.content import Doubt, Stage, content_of, put
from jixiao.web.drafts.live import live_of
from jixiao.web.drafts.narrative import BLANK, report
from jixiao.web.log import Actor
from jixiao.web.models import Draft, LogEntry, Submission
from jixiao.web.workflow import Action, State
from tests.web import cast


def by(county, name="填报人"):
    return Actor(county[name], timezone.now(), "127.0.0.1")


def content(one, stage=Stage.SELF):
    return content_of(Draft.objects.get(submission=one), stage)


def test_the_revision_says_what_the_page_showed(county) -> None:
    one = cast.submission(county)
    shown = live_of(content(one))
    sent = move(one.pk, Move(Action.SUBMIT, 0), by(county))
    assert (sent.state, sent.score_printed, sent.budget, sent.indicators) == (
        State.AT_DEPARTMENT,
        9379,
        11_280_000,
        2,
    )
    (table,) = readings_from(sent.revision.record.encode())
    assert isinstance(table.record, Evaluation)
    assert table.record == shown.filled.reading.record
    assert filling.read_typed(filling.take(table.record, "f-ah-note")[0])[0].record == table.record
    entry = LogEntry.objects.filter(submission=one).order_by("-number")[0]
    assert entry.action == "submit"


def test_a_filing_without_a_row_or_a_draft_is_not_sent(county) -> None:
    empty = cast.blank(county)
    with pytest.raises(TransitionError, match="还没有填写"):
        move(empty.pk, Move(Action.SUBMIT, 0), by(county))
    cast.draft(empty, ({"level1": "产出指标", "level2": "数量指标"},))
    with pytest.raises(TransitionError, match="没有一行指标"):
        move(empty.pk, Move(Action.SUBMIT, 0), by(county))
    empty.refresh_from_db()
    assert (empty.state, empty.revision) == (State.SELF_DRAFT, None)


def test_a_filing_with_an_open_doubt_is_not_sent_until_it_is_settled(county) -> None:
    one = cast.submission(county)
    draft, kept = Draft.objects.get(submission=one), content(one)
    kept.doubts = [Doubt("分值看不清", "60", "50", "r1", "points")]
    put(draft, Stage.SELF, kept)
    draft.save()
    with pytest.raises(TransitionError, match="1 处识别存疑"):
        move(one.pk, Move(Action.SUBMIT, 0), by(county))
    drafting.settle(one.pk, 0, "other", "", by(county))
    assert content(one).rows["r1"].cells["points"] == "50"
    with pytest.raises(TransitionError, match="已经有人确认"):
        drafting.settle(one.pk, 0, "kept", "", by(county))
    assert move(one.pk, Move(Action.SUBMIT, 0), by(county)).state == State.AT_DEPARTMENT


def test_the_year_from_targets_to_monitoring_to_results(county) -> None:
    one = cast.submission(county, state=State.TARGETS_DRAFT)
    assert content(one, Stage.TARGETS).form == "f-goal"
    move(one.pk, Move(Action.SUBMIT_TARGETS, 0), by(county))
    move(one.pk, Move(Action.FORWARD_TARGETS, 1), by(county, "部门审核"))
    sent = move(one.pk, Move(Action.APPROVE_TARGETS, 2), by(county, "财政复核"))
    assert (sent.approved.stage, sent.revision) == (Stage.TARGETS, sent.approved)
    drafting.start(one.pk, drafting.Start("approved", "anhui-huaiyuan"), by(county))
    assert content(one, Stage.MONITORING).rows["r1"].cells["target"] == "≥1200亩"
    told = [("r1", "actual", "300亩"), ("r2", "actual", "92%"), ("funds.total", "funds.total.executed", "7")]
    saving.save(one.pk, [Change(row, 1, {key: ("", text)}) for row, key, text in told], by(county))
    lit = live_of(content(one, Stage.MONITORING))
    assert {row: light.value for row, light in lit.lights.items()} == {"r1": "red", "r2": "green"}
    watched = move(one.pk, Move(Action.MONITOR, 3), by(county))
    assert (watched.light, watched.revision.stage, watched.state) == (
        "red",
        Stage.MONITORING,
        State.MONITORING,
    )
    move(one.pk, Move(Action.START_EVALUATION, 4), by(county))
    drafting.start(one.pk, drafting.Start("approved", "anhui-huaiyuan"), by(county))
    first = content(one).rows["r1"].cells
    assert (first["sign"], first["target"], first["unit"]) == ("≥", "1200", "亩")
    assert "actual" not in first
    assert content(one, Stage.MONITORING).rows["r1"].cells["actual"] == "300亩"


def test_the_page_sends_for_the_unit_alone(county, browser_as) -> None:
    one = cast.submission(county)
    address = reverse("filling_send", args=[one.pk])
    assert browser_as("部门审核").post(address, {"seen": 0}).status_code == 403
    assert browser_as("外单位填报人").post(address, {"seen": 0}).status_code == 404
    assert browser_as("填报人").post(address, {"seen": 7})["Location"] == reverse("filling", args=[one.pk])
    assert browser_as("单位负责人").post(address, {"seen": 0})["Location"] == reverse("filing", args=[one.pk])
    assert Submission.objects.get(pk=one.pk).state == State.AT_DEPARTMENT


class TestReport:
    def paragraph(self, one, words):
        kept = content(one)
        return next(
            p
            for p in report(kept, live_of(kept).filled)
            if words in p.text and p.level is None and p.grid is None
        )

    def test_figures_that_were_left_follow_the_table(self, county) -> None:
        one = cast.submission(county)
        shown = self.paragraph(one, "1100亩")
        text = shown.text.replace("。", "，群众反映较好。", 1)
        narrating.write(one.pk, shown.key, text, 0, by(county))
        saving.save(one.pk, [Change("r1", 0, {"actual": ("1100", "1000")})], by(county))
        again = self.paragraph(one, "群众反映较好")
        assert "1000" in again.text
        assert "1100" not in again.text
        assert not any(mark.by_hand for mark in again.marks)

    def test_a_figure_written_by_hand_is_shown_beside_the_tables(self, county) -> None:
        one = cast.submission(county)
        shown = self.paragraph(one, "1100亩")
        narrating.write(one.pk, shown.key, shown.text.replace("1100", "1111", 1), 0, by(county))
        by_hand = [mark for mark in self.paragraph(one, "1111").marks if mark.by_hand]
        assert (
            [mark.table for mark in by_hand] == [mark.table for mark in by_hand if "1100" in mark.table] != []
        )
        narrating.write(one.pk, shown.key, "", 1, by(county))
        assert not self.paragraph(one, "1100亩").is_edited

    def test_a_paragraph_that_another_saved_meanwhile_is_not_written_over(self, county) -> None:
        one = cast.submission(county)
        shown = self.paragraph(one, "1100亩")
        narrating.write(one.pk, shown.key, f"{shown.text}甲。", 0, by(county, "填报人乙"))
        (clash,) = narrating.write(one.pk, shown.key, f"{shown.text}乙。", 0, by(county)).clashes
        assert clash.by == "填报人乙"
        assert self.paragraph(one, "1100亩").text.endswith("甲。")

    def test_is_sent_with_the_table_once_it_was_taken_up_and_written(self, county) -> None:
        one = cast.submission(county)
        narrating.take_up(one.pk, by(county))
        with pytest.raises(TransitionError, match="处“【请填写：…】”没有写"):
            move(one.pk, Move(Action.SUBMIT, 0), by(county))
        for paragraph in report(content(one), live_of(content(one)).filled):
            if BLANK.search(paragraph.text) and paragraph.grid is None:
                narrating.write(one.pk, paragraph.key, BLANK.sub("按规定办理", paragraph.text), 0, by(county))
        sent = move(one.pk, Move(Action.SUBMIT, 0), by(county))
        kinds = [reading.kind for reading in records.review_of(sent.revision).filing.readings]
        assert kinds == ["selfeval_table", "selfeval_report"]

    def test_that_is_not_to_be_sent_need_not_be_written(self, county) -> None:
        one = cast.submission(county)
        narrating.take_up(one.pk, by(county))
        narrating.drop(one.pk, by(county))
        assert move(one.pk, Move(Action.SUBMIT, 0), by(county)).state == State.AT_DEPARTMENT

    def test_says_on_its_page_what_is_still_to_be_written(self, county, browser_as) -> None:
        one = cast.submission(county)
        address = reverse("filling_narrative", args=[one.pk])
        page = browser_as("填报人").post(address, {"act": "take_up"}).content.decode()
        number = len(re.findall('<mark class="fill-blank">【请填写', page))
        assert number > 3
        assert f"还有 {number} 处要写" in page

    def test_is_not_written_by_those_who_only_look(self, county) -> None:
        with pytest.raises(PermissionDenied):
            narrating.take_up(cast.submission(county).pk, by(county, "部门审核"))


def test_rows_beyond_what_a_form_takes_are_refused(county) -> None:
    block = arranging.Block("r2", "actual", [("1",)] * 400, {})
    with pytest.raises(TransitionError, match="最多"):
        arranging.paste(cast.submission(county).pk, block, by(county))
