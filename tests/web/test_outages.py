"""A database that goes away: whoever asks is told to try again and loses nothing; the work behind requests goes on."""

import sqlite3
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from jixiao.web import access, jobs, outages
from jixiao.web.checked import reading
from jixiao.web.management.commands import serve, work
from jixiao.web.models import CheckedFile, Job
from jixiao.web.rest import keys
from tests.web import cast

GONE = "consuming input failed: server closed the connection unexpectedly"


def gone(*_args, **_more) -> None:
    raise OperationalError(GONE)


@pytest.fixture
def person(browser_as):
    client = browser_as("部门审核")
    client.raise_request_exception = False
    return client


@pytest.fixture
def away(monkeypatch, person):
    """Nobody can be asked what a person holds: the first question of every page."""
    monkeypatch.setattr(access, "held", gone)
    return person


def test_a_page_says_to_try_again_and_where(away, django_assert_num_queries) -> None:
    answer = away.get("/filings/?year=2024&name=a")
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "请稍等再试一次" in page
    assert 'href="/filings/?year=2024&amp;name=a"' in page
    assert GONE not in page


def test_what_was_typed_into_a_form_can_be_sent_again_from_the_page(away) -> None:
    typed = {"seen": "3", "reason": '第 2 行"没有"佐证\n第 3 行也是'}
    page = sent(away, "/filings/1/act/return/", urlencode(typed)).content.decode()
    assert "都还在这一页里" in page
    assert '<form method="post" action="/filings/1/act/return/">' in page
    assert '<input type="hidden" name="seen" value="3">' in page.replace("\n    ", "")
    assert "第 2 行&quot;没有&quot;佐证\n第 3 行也是" in page


def sent(client, path, said):
    return client.post(path, said, content_type="application/x-www-form-urlencoded")


def test_the_same_form_sent_again_is_what_was_sent_first(person, county, monkeypatch) -> None:
    one = cast.submission(county, state="at_department")
    with monkeypatch.context() as patched:
        patched.setattr(access, "held", gone)
        page = sent(person, reverse("filing_act", args=[one.pk, "forward"]), "seen=0&reason=%E5%A5%BD")
    fields = {field.split('"')[1]: field.split('"')[3] for field in page.content.decode().split("name=")[1:]}
    fields = {name: text for name, text in fields.items() if name in {"seen", "reason"}}
    assert fields == {"seen": "0", "reason": "好"}
    assert person.post(reverse("filing_act", args=[one.pk, "forward"]), fields).status_code == 302
    one.refresh_from_db()
    assert one.state == "at_bureau"


def test_a_password_never_stands_in_the_page(away) -> None:
    page = sent(away, "/password/", "old_password=geheim-1&new_password=geheim-2").content.decode()
    assert "geheim" not in page
    assert "后退" in page


def test_a_part_of_a_page_gets_the_sentence_alone(away) -> None:
    answer = away.get("/filings/", headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert (answer.status_code, "data-said" in page, "<html" in page) == (503, True, False)


def test_a_program_gets_the_sentence_as_json(db, in_county, monkeypatch) -> None:
    client = Client(headers={"authorization": "Bearer jx_some"}, raise_request_exception=False)
    monkeypatch.setattr(keys, "all_of", gone)
    answer = client.get(reverse("rest:filings"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "请稍等再试一次" in answer.json()["detail"]


def test_a_session_that_could_not_be_kept_is_told_so_too(person, county, monkeypatch) -> None:
    """Django calls it a session that somebody deleted, and the request a bad one."""
    session = person.session
    session["seen"] = 1  # the gate notes it anew once a minute
    session.save()
    monkeypatch.setattr(settings, "SESSION_IDLE", 10**10)
    monkeypatch.setattr(Session, "save", gone)
    answer = person.get("/filings/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_a_fault_of_the_program_is_none_of_the_database(db) -> None:
    """SQLite files a table that isn't there under the same kind as a database that is held by others."""
    error = OperationalError("no such table")
    error.__cause__ = sqlite3.OperationalError()
    error.__cause__.sqlite_errorname = "SQLITE_ERROR"
    assert not outages.is_outage(error)
    error.__cause__.sqlite_errorname = "SQLITE_BUSY"
    assert outages.is_outage(error)
    assert not outages.is_outage(ZeroDivisionError())
    assert not outages.is_outage(None)


def test_what_is_being_done_when_the_database_goes_is_asked_for_again(db, monkeypatch) -> None:
    job = Job.objects.create(kind=reading.READ, subject="1")
    monkeypatch.setattr(reading, "read", gone)
    with pytest.raises(OperationalError):
        jobs.do.func(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == (Job.State.WORKING, "")
    Job.objects.update(heartbeat=job.heartbeat - 2 * jobs.STALE)
    assert jobs.recover() == 1


def test_a_file_is_not_blamed_for_the_database(db, monkeypatch, browser_as) -> None:
    dropped = SimpleUploadedFile("表.txt", b"no table")
    browser_as("填报人").post("/checks/new/", {"dropped": dropped})
    file = CheckedFile.objects.get()
    monkeypatch.setattr(reading, "_look", gone)
    with pytest.raises(OperationalError):
        reading.read(str(file.pk))
    file.refresh_from_db()
    assert file.state == CheckedFile.State.WORKING


def test_the_worker_goes_on_once_the_database_is_back(monkeypatch) -> None:
    tried, waited = [], []

    def runs(*_words, **_more) -> None:
        tried.append(1)
        if len(tried) < 3:
            gone()

    monkeypatch.setattr(work, "leave_with_server", lambda: None)
    monkeypatch.setattr(work, "Thread", lambda **_how: type("Quiet", (), {"start": lambda _self: None})())
    monkeypatch.setattr(work, "call_command", runs)
    monkeypatch.setattr(outages, "fault", lambda: waited.append(1) or "")
    work.Command().handle()
    assert (len(tried), len(waited)) == (3, 3)


def test_what_the_worker_looks_after_is_looked_after_in_the_next_round(monkeypatch) -> None:
    rounds = []

    def looks() -> float:
        rounds.append("looked")
        if len(rounds) == 1:
            gone()
        return 7

    def rests(seconds: float) -> None:
        rounds.append(seconds)
        if len(rounds) == 4:
            raise SystemExit

    monkeypatch.setattr(work, "sleep", rests)
    monkeypatch.setattr(work, "connection", type("Quiet", (), {"close": lambda: None}))
    with pytest.raises(SystemExit):
        work._again_and_again(looks)
    assert rounds == ["looked", work._POST, "looked", 7]


def test_a_site_without_its_database_says_what_to_look_at(monkeypatch) -> None:
    monkeypatch.setattr(serve.ports, "fault", lambda *_: "")
    monkeypatch.setattr(outages, "fault", lambda: "Connection refused")
    monkeypatch.setattr(serve, "_STARTING", -1)
    with pytest.raises(CommandError, match=r"Connection refused.*JIXIAO_DATABASE"):
        call_command("serve")


def test_a_database_that_comes_back_is_waited_for(monkeypatch) -> None:
    said = iter(["starting up", "starting up", ""])
    monkeypatch.setattr(outages, "fault", lambda: next(said))
    monkeypatch.setattr(outages, "sleep", lambda _: None)
    assert outages.wait() == ""
