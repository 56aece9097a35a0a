"""Doubts settled with a click, findings taken or set aside: the record, its scores and its findings follow."""

import json
import re
from dataclasses import replace

import pytest
from django.test import Client

from jixiao import api
from jixiao.layout import Doubt, Place
from jixiao.telling.answers import as_text, papers_read
from jixiao.web.checked.judging import readings_of
from jixiao.web.checked.showing import page_of
from jixiao.web.models import LogEntry, Settlement
from tests.examples import FOLDER
from tests.web.dropping import WRONG, checked

pytestmark = pytest.mark.django_db
WHERE = "indicators.1.score_printed"


@pytest.fixture
def desk() -> Client:
    return Client(HTTP_HOST="localhost")


@pytest.fixture
def doubtful(desk):
    """A paper whose second score may be read as 10 or as 8."""
    reading = api.read_papers(WRONG.read_bytes(), name=WRONG.name)[0]
    doubt = Doubt(Place(cell="H14"), "印章压住了字", "10", "8", WHERE)
    text = as_text(papers_read([replace(reading, doubts=(*reading.doubts, doubt))]))
    return checked(desk, ("识读结果.json", text.encode()))


def asked(file, **more: str) -> dict[str, str]:
    (one,) = [q for q in page_of(file).questions if q.why == "印章压住了字"]
    return {"paper": str(one.paper), "key": one.key, **more}


def score_of(file) -> str:
    file.refresh_from_db()
    record = json.loads(file.record)["papers"][0]["record"]
    return str(record["indicators"][1]["score_printed"])


@pytest.mark.parametrize(
    "answer, value, holds", [("kept", "", "10"), ("other", "8", "8"), ("typed", "7.5", "7.5")]
)
def test_a_doubt_is_settled_by_this_reading_that_one_or_what_is_typed(
    desk, doubtful, answer, value, holds
) -> None:
    told = desk.post(
        f"/checked/{doubtful.pk}/doubt/",
        asked(doubtful, answer=answer, value=value),
        headers={"HX-Request": "true"},
    )
    assert (told.status_code, score_of(doubtful)) == (200, holds)
    assert "印章压住了字" not in [one.why for one in page_of(doubtful).questions]
    row = Settlement.objects.get()
    assert (row.field, row.was, row.value, row.user) == (WHERE, "10", holds, None)
    assert LogEntry.objects.filter(action="settle_doubt").count() == 1


def test_a_settled_score_is_scored_and_audited_again(desk, doubtful) -> None:
    before = {one.code + one.where for one in page_of(doubtful).sections[0].findings}
    desk.post(f"/checked/{doubtful.pk}/doubt/", asked(doubtful, answer="other", value="8"))
    doubtful.refresh_from_db()
    section = page_of(doubtful).sections[0]
    after = {one.code + one.where for one in section.findings}
    assert before - after
    assert section.rows[2].printed == "8"


def test_what_the_field_cant_hold_is_refused_and_nothing_changes(desk, doubtful) -> None:
    told = desk.post(
        f"/checked/{doubtful.pk}/doubt/",
        asked(doubtful, answer="typed", value="约八分"),
        headers={"HX-Request": "true"},
    )
    assert "填不进这一栏" in told.content.decode()
    assert (score_of(doubtful), Settlement.objects.count()) == ("10", 0)


def test_a_doubt_is_settled_once(desk, doubtful) -> None:
    said = asked(doubtful, answer="other", value="8")
    desk.post(f"/checked/{doubtful.pk}/doubt/", said)
    told = desk.post(f"/checked/{doubtful.pk}/doubt/", said, headers={"HX-Request": "true"})
    assert "已经处理过了" in told.content.decode()
    assert Settlement.objects.count() == 1


def finding(file, code: str):
    return next(one for one in page_of(file).sections[0].findings if one.code == code)


def judged(desk, file, code: str, answer: str, reason: str = "") -> str:
    said = {"finding": finding(file, code).id, "answer": answer, "reason": reason}
    return desk.post(f"/checked/{file.pk}/finding/", said, headers={"HX-Request": "true"}).content.decode()


def test_a_taken_change_is_in_the_record_that_goes_out_and_can_be_taken_back(desk) -> None:
    file = checked(desk, WRONG)
    assert "已采用的修改" in judged(desk, file, "SC04", "accept")
    assert finding(file, "SC04").state == "accepted"
    assert page_of(file).sections[0].changes >= 1
    judged(desk, file, "SC04", "undo")
    assert (finding(file, "SC04").state, page_of(file).sections[0].changes) == ("", 0)


def test_a_finding_set_aside_with_a_reason_no_longer_counts(desk) -> None:
    file = checked(desk, WRONG)
    key = finding(file, "SC04").id
    judged(desk, file, "SC04", "refuse", "已有批复文件")
    section = page_of(file).sections[0]
    assert key not in {one.id for one in section.findings}
    assert [(one.id, one.reason) for one in section.settled] == [(key, "已有批复文件")]


def test_without_a_reason_nothing_is_set_aside(desk) -> None:
    file = checked(desk, WRONG)
    assert "请写明不采用的理由" in judged(desk, file, "SC04", "refuse")
    assert not Settlement.objects.exists()


def test_an_error_of_arithmetic_is_nobodys_to_set_aside(desk) -> None:
    file = checked(desk, WRONG)
    assert "算术错误" in judged(desk, file, "FD01", "refuse", "算过了")
    assert not Settlement.objects.exists()


def test_a_finding_that_isnt_there_is_said_so(desk) -> None:
    file = checked(desk, WRONG)
    said = {"finding": "0" * 16, "answer": "accept"}
    told = desk.post(f"/checked/{file.pk}/finding/", said, headers={"HX-Request": "true"})
    assert "已经不在了" in told.content.decode()


def test_an_answer_by_htmx_is_the_part_that_a_reload_shows(desk) -> None:
    file = checked(desk, WRONG)
    part = judged(desk, file, "SC04", "accept")
    whole = desk.get(f"/checked/{file.pk}/").content.decode()
    inside = part[part.index('<div id="paper"') :].strip()
    assert without_tokens(inside) in without_tokens(whole)


def without_tokens(text: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def test_readings_come_back_under_the_files_own_name(desk) -> None:
    file = checked(desk, ("改过名的表.txt", (FOLDER / "村道养护自评表.txt").read_bytes()))
    assert {reading.file for reading in readings_of(file)} == {"改过名的表.txt"}
