"""The made-up county: everybody and everything in it is such as the site itself would have made."""

from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from jixiao.web import log
from jixiao.web.demo.papers import Flaw, topics
from jixiao.web.demo.playing import Wish, make
from jixiao.web.demo.year import reviewed
from jixiao.web.drafts.content import Stage, content_of
from jixiao.web.filing_files import hand_out
from jixiao.web.models import Found, LogEntry, Notice, Organization, Rectification, Revision, Submission
from jixiao.web.workflow import State

NOW = datetime(2026, 4, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
pytestmark = pytest.mark.django_db


def test_each_topic_has_what_a_table_needs() -> None:
    for topic in topics():
        assert len(topic.units) == 2
        assert [row.level2 for row in topic.measures].count("数量指标") == 2


@pytest.mark.slow
def test_the_same_seed_makes_the_same_county_with_filings_led_by_the_book() -> None:
    make(Wish(2025, NOW, filings=400, offices=2))
    rows = list(Submission.objects.order_by("pk").values_list("project__name", "state", "score", "late"))
    assert len(rows) == 400 + 4  # last year's beside them
    assert {state for _, state, _, _ in rows} >= {State.SELF_DRAFT, State.AT_BUREAU, State.ACCEPTED}
    assert not list(log.verify())
    entries = LogEntry.objects.order_by("number").values_list("at", flat=True)
    assert list(entries) == sorted(entries)
    assert Notice.objects.exists()
    assert Revision.objects.filter(stage="self").exclude(review="").exists()
    assert all(one.submission.state != State.SELF_DRAFT for one in Rectification.objects.all())
    real = Submission.objects.filter(revision__submission__pk__isnull=False, score__isnull=False).first()
    assert real is not None
    counted = sum(Found.objects.filter(submission=real, severity="error").values_list("count", flat=True))
    assert counted == real.errors


@pytest.mark.slow
@pytest.mark.parametrize("flaw", [Flaw.SUM, Flaw.SAVING, Flaw.FUNDS, Flaw.BLANKET, Flaw.UNREASONED])
def test_a_flawed_paper_is_found_out(flaw) -> None:
    from random import Random  # noqa: PLC0415 - beside its only use

    from jixiao.web.demo.papers import Names, evaluated, paper  # noqa: PLC0415 - as above

    codes = {"sum": "AR04", "saving": "SC04", "funds": "FD01", "blanket": "AR06", "unreasoned": "DV01"}
    topic = topics()[0]
    names = Names(topic.projects[0], "青禾县交通运输局", "青禾县公路养护中心", 2025)
    said = paper(Random(4), names, topic, flaw)
    _, review = reviewed(evaluated(said), "自评表.txt", done=True)
    assert codes[flaw] in {finding.code for finding in review.findings}


def test_a_county_that_has_somebody_in_it_is_left_alone() -> None:
    Organization.objects.create(name="某局", code="1", kind="bureau")
    with pytest.raises(CommandError, match="没有改动"):
        call_command("demo")
    assert Organization.objects.count() == 1


@pytest.mark.slow
def test_filings_that_came_as_a_file_give_it_back_with_comments() -> None:
    make(Wish(2025, NOW, offices=3))
    came = [one for one in Submission.objects.exclude(revision=None) if one.revision.source is not None]
    assert 0 < len(came) < Submission.objects.exclude(revision=None).count()
    commented = 0
    for one in came:
        assert content_of(one.draft, Stage.SELF).source == one.revision.source_id
        for what in ("reviewed", "corrected"):
            book = load_workbook(BytesIO(hand_out(one, what).data))
            commented += any(cell.comment for sheet in book for row in sheet for cell in row)
    assert commented
