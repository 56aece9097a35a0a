"""The http face for programs: the contract's answers for whoever shows a key of the right scope, and for nobody else."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jixiao import api
from jixiao.web import jobs
from jixiao.web.actions import beginning, tokens
from jixiao.web.log import Actor
from jixiao.web.models import Attachment, Draft, Job, Submission, Token
from jixiao.web.rest.keys import SCOPES
from tests.web import cast

EXAMPLES = Path(__file__).parents[2] / "examples"
PAPER = EXAMPLES / "村道养护自评表.xlsx"


@pytest.fixture
def program(county):
    def of(name, *scopes, days=1):
        actor = Actor(county[name], timezone.now())
        _, word = tokens.make("试", scopes or tuple(SCOPES), days, actor)
        return Client(HTTP_HOST="localhost", headers={"authorization": f"Bearer {word}"})

    return of


def sent(client, name, path=PAPER, **fields):
    file = SimpleUploadedFile(path.name, path.read_bytes())
    return client.post(reverse(f"rest:{name}"), {"files": file, **fields})


def printed(verb):
    command = [Path(sys.executable).with_name("jixiao"), verb, PAPER.name, "--format", "json"]
    return json.loads(subprocess.run(command, check=False, capture_output=True, cwd=EXAMPLES).stdout)


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["read", "score", "check"])
def test_a_program_gets_what_the_command_line_prints(program, verb):
    answer = sent(program("填报人", "papers"), verb)
    assert answer.status_code == 200
    assert answer.json() == printed(verb)


def test_chinese_stands_as_chinese(program):
    assert "村道" in sent(program("填报人"), "read").content.decode()


def test_a_paper_is_written_in_another_format(program):
    answer = sent(program("填报人"), "write", paper="selfeval_table", to="docx")
    assert answer.status_code == 200, answer.content.decode()
    assert answer.content[:2] == b"PK"


def test_an_unknown_paper_is_answered_with_those_there_are(program):
    answer = sent(program("填报人"), "write", paper="发票", to="docx")
    assert answer.status_code == 422
    assert "自评表" in answer.json()["detail"]


def test_a_file_that_cannot_be_read_is_answered_with_its_sentence(program):
    file = SimpleUploadedFile("坏.xlsx", b"PK\x03\x04 and nothing more")
    answer = program("填报人").post(reverse("rest:read"), {"files": file})
    assert answer.status_code == 422
    assert "坏.xlsx" in answer.json()["detail"]


def test_a_request_without_a_file_is_told_what_is_wanting(program):
    answer = program("填报人").post(reverse("rest:read"))
    assert answer.status_code == 422
    assert any("files" in fault["place"] for fault in answer.json()["detail"])


def test_nobody_and_a_browsers_session_get_nothing(county, browser_as):
    for client in (Client(HTTP_HOST="localhost"), browser_as("填报人")):
        assert sent(client, "read").status_code == 401
        assert client.get(reverse("rest:filings")).status_code == 401


def test_a_key_opens_its_scope_alone(program):
    client = program("填报人", "papers")
    assert client.get(reverse("rest:filings")).status_code == 401
    assert sent(program("填报人", "filings:read"), "read").status_code == 401


@pytest.mark.parametrize(
    "change", [{"expires_at": timezone.now() - timedelta(days=1)}, {"revoked_at": timezone.now()}]
)
def test_an_expired_or_revoked_key_opens_nothing(program, change):
    client = program("填报人")
    Token.objects.update(**change)
    assert client.get(reverse("rest:filings")).status_code == 401


def test_the_key_of_somebody_switched_off_opens_nothing(program, county):
    client = program("填报人")
    county["填报人"].is_active = False
    county["填报人"].save()
    assert client.get(reverse("rest:filings")).status_code == 401


def test_a_program_sees_what_its_person_sees(program, county):
    one = cast.submission(county)
    mine = program("填报人").get(reverse("rest:filings")).json()
    assert [row["id"] for row in mine["filings"]] == [one.pk]
    assert program("外单位填报人").get(reverse("rest:filings")).json()["filings"] == []
    assert program("外单位填报人").get(reverse("rest:filing", args=[one.pk])).status_code == 404


def opening(county, name=PAPER.name, data=None):
    file = SimpleUploadedFile(name, PAPER.read_bytes() if data is None else data)
    unit = county.units["农技站"]
    said = {"project": "村道养护", "year": cast.YEAR, "reason": "青财绩〔2025〕3号批复"}
    return {"file": file, "unit_code": unit.code, **said}


def work():
    """Do what a worker does with all that waits."""
    for job in Job.objects.filter(state=Job.State.WAITING):
        jobs.do.func(job.pk)


def test_a_filing_is_opened_from_a_file_that_is_read_behind_the_request(program, county, monkeypatch):
    client = program("填报人")
    with monkeypatch.context() as patch:
        patch.setattr(api, "read_papers", lambda *_, **__: pytest.fail("read inside the request"))
        answer = client.post(reverse("rest:open"), opening(county))
        assert answer.status_code == 202, answer.content.decode()
        place = answer["Location"]
        waiting = client.get(place).json()
    assert waiting == answer.json()
    assert (waiting["filing"]["state"], waiting["read"], waiting["check"]) == ("self_draft", None, None)
    assert (waiting["reading"]["file"], waiting["reading"]["state"]) == (PAPER.name, "waiting")
    assert "等待识读" in waiting["reading"]["message"]
    work()
    whole = client.get(place).json()
    assert whole["reading"] is None
    assert "村道养护" in json.dumps(whole["read"], ensure_ascii=False)
    assert whole["filing"]["errors"] == whole["check"]["summary"]["error"]
    one = Submission.objects.get()
    assert (one.revision.number, one.revision.source.name, one.version) == (1, PAPER.name, 1)
    assert one.revision.source == Attachment.objects.get()
    assert Draft.objects.get(submission=one).version == 1


def test_a_file_that_was_read_twice_is_one_revision(program, county):
    program("填报人").post(reverse("rest:open"), opening(county))
    subject = Job.objects.get().subject
    work()
    beginning.read(subject)
    assert (Submission.objects.get().revisions.count(), Attachment.objects.count()) == (1, 1)


def test_a_file_that_was_not_read_says_why_and_another_may_follow(program, county):
    client = program("填报人")
    place = client.post(reverse("rest:open"), opening(county, "说明.txt", "没有表的文件".encode()))[
        "Location"
    ]
    work()
    told = client.get(place).json()
    assert told["reading"]["state"] == "failed"
    assert "说明.txt" in told["reading"]["message"]
    assert client.post(reverse("rest:open"), opening(county)).status_code == 409
    again = client.post(f"{place}/file", {"file": opening(county)["file"]})
    assert (again.status_code, again["Location"], again.json()["reading"]["state"]) == (202, place, "waiting")
    work()
    whole = client.get(place).json()
    assert (whole["reading"], whole["read"] is None) == (None, False)
    assert client.post(f"{place}/file", {"file": opening(county)["file"]}).status_code == 409


def test_what_is_no_file_is_refused_at_once(program, county):
    answer = program("填报人").post(reverse("rest:open"), opening(county, "空.xlsx", b""))
    assert answer.status_code == 422, answer.content.decode()
    assert "空" in answer.json()["detail"]
    assert not Submission.objects.exists()


def test_another_unit_cannot_open_it_or_hand_a_file_in(program, county):
    assert program("外单位填报人").post(reverse("rest:open"), opening(county)).status_code == 403
    assert not Submission.objects.exists()
    one, file = cast.blank(county), opening(county)["file"]
    for name, status in (("外单位填报人", 404), ("部门审核", 403)):
        answer = program(name).post(reverse("rest:hand_in", args=[one.pk]), {"file": file})
        assert answer.status_code == status
    assert not Job.objects.exists()


def test_an_act_is_that_of_the_workflow(program, county):
    one = cast.submission(county, state="at_department")
    act = reverse("rest:act", args=[one.pk, "forward"])
    body = json.dumps({"seen": 0})
    assert program("填报人").post(act, body, content_type="application/json").status_code == 403
    assert program("外部门审核").post(act, body, content_type="application/json").status_code == 404
    moved = program("部门审核").post(act, body, content_type="application/json")
    assert (moved.status_code, moved.json()["filing"]["state"]) == (200, "at_bureau")
    assert program("部门审核").post(act, body, content_type="application/json").status_code == 409


def test_the_document_names_every_answer(browser_as):
    document = browser_as("填报人").get(reverse("rest:openapi-json")).json()
    for path, verbs in document["paths"].items():
        for verb in verbs.values():
            assert {"401", "422"} <= set(verb["responses"]), path


def test_a_key_is_shown_once_and_revoked_by_its_person_alone(browser_as, county):
    mine = browser_as("填报人")
    page = mine.post(
        reverse("tokens"), {"name": "财务系统", "scopes": ["papers"], "days": 30}
    ).content.decode()
    assert "jx_" in page
    assert "jx_" not in mine.get(reverse("tokens")).content.decode()
    held = Token.objects.get()
    assert browser_as("外单位填报人").post(reverse("token_revoke", args=[held.pk])).status_code == 404
    assert mine.post(reverse("token_revoke", args=[held.pk])).status_code == 302
    held.refresh_from_db()
    assert held.revoked_at is not None
