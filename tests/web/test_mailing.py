"""Notices by mail: only for whoever asked, sent by the worker, naming no person; a failing server delays nothing."""

import os
import socketserver
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from jixiao.web import mailing
from jixiao.web.models import LogEntry, Notice, Submission
from jixiao.web.workflow import Action, State
from tests.web.filled import act, filled

POST = "jixiao@qinghe.example"


@pytest.fixture
def post(settings) -> None:
    """A site that sends mail."""
    settings.MAIL, settings.ADDRESS = "smtp://localhost", "https://jixiao.example.org"
    settings.DEFAULT_FROM_EMAIL = POST


@pytest.fixture
def one(county) -> Submission:
    """A filing whose clerk has given an address, and the head of whose unit hasn't."""
    clerk = county["填报人"]
    clerk.email = "clerk@qinghe.example"
    clerk.save()
    return filled(county, State.AT_BUREAU)


def back(county, one: Submission) -> None:
    act(county, one, Action.RETURN, "财政复核", reason="王大山的签到表不符")


def test_a_notice_goes_out_by_mail_to_whoever_asked_and_names_no_person(post, one, county) -> None:
    back(county, one)
    assert mail.outbox == []  # the request sends nothing
    assert Notice.objects.filter(waits=True).count() == 1
    assert mailing.send()
    (sent,) = mail.outbox
    assert (sent.to, sent.from_email) == (["clerk@qinghe.example"], POST)
    assert f"https://jixiao.example.org/filings/{one.pk}/" in sent.body
    assert "乡镇卫生院设备更新" in sent.subject
    assert not any(name in sent.subject + sent.body for name in ("王大山", "填报人", "签到表"))
    assert mailing.send()
    assert len(mail.outbox) == 1


def test_without_a_mail_server_nothing_waits(one, county) -> None:
    back(county, one)
    assert Notice.objects.exists()
    assert not Notice.objects.filter(waits=True).exists()


def test_a_failing_server_is_told_to_the_administrators_once_and_what_waits_goes_later(
    post, one, county, settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    back(county, one)
    assert not mailing.send()
    assert not mailing.send()
    told = Notice.objects.filter(text__contains="邮件发不出去")
    assert [notice.user.name for notice in told] == ["系统管理员"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mailing.send()
    assert len(mail.outbox) == 1


def test_what_is_no_news_any_more_is_not_sent(post, one, county) -> None:
    back(county, one)
    Notice.objects.update(at=timezone.now() - timedelta(days=3))
    assert mailing.send()
    assert mail.outbox == []
    assert not Notice.objects.filter(waits=True).exists()


def test_everybody_chooses_their_own_address_and_the_log_does_not_say_it(post, county, browser_as) -> None:
    client, address = browser_as("填报人"), reverse("mail")
    assert address in client.get("/").content.decode()
    assert client.post(address, {"email": "不是邮箱"}).status_code == 422
    assert client.post(address, {"email": "a@qinghe.example"}).status_code == 302
    county["填报人"].refresh_from_db()
    assert county["填报人"].email == "a@qinghe.example"
    assert "qinghe.example" not in "".join(
        f"{one.text}{one.details}" for one in LogEntry.objects.filter(action="choose_mail")
    )
    client.post(address, {"email": ""})
    county["填报人"].refresh_from_db()
    assert county["填报人"].email == ""


def test_where_no_mail_is_sent_there_is_no_such_page(browser_as) -> None:
    client = browser_as("填报人")
    assert client.get(reverse("mail")).status_code == 404
    assert "邮件通知" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("smtp://mail.example", "mail.example 25 False  jixiao@localhost"),
        ("smtp://mail.example:2525?from=a@b.example", "mail.example 2525 False  a@b.example"),
        ("smtps://u%40b.example:w%3A@mail.example", "mail.example 465 True u@b.example u@b.example"),
    ],
)
def test_the_address_of_a_mail_server_is_understood(address, wanted) -> None:
    said = (
        "from jixiao.web import settings as s; print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_SSL, s.EMAIL_HOST_USER,"
        " s.DEFAULT_FROM_EMAIL)"
    )
    own = {**os.environ, "JIXIAO_MAIL": address}
    ran = subprocess.run([sys.executable, "-c", said], env=own, check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == wanted


# ---------------------------------------------------------------- a mail server of the test's own


class Post(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as it takes to be handed a mail, and refuses one address."""

    taken: list[str]

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "DATA":
                self.say("354 go on")
                said = iter(lambda: self.rfile.readline().decode(), ".\r\n")
                self.server.taken.append("".join(said))
                self.say("250 taken")
            elif word == "RCPT" and "gone@" in line:
                self.say("550 nobody here")
            else:
                self.say("221 bye" if word == "QUIT" else "250 ok")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


def test_a_real_server_is_handed_the_mail_and_one_wrong_address_stops_no_other(
    post, one, county, settings
) -> None:
    county["单位负责人"].email = "gone@qinghe.example"
    county["单位负责人"].save()
    back(county, one)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post) as server:
        server.taken = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        assert mailing.send()
        server.shutdown()
    (taken,) = server.taken
    assert "To: clerk@qinghe.example" in taken
    assert not Notice.objects.filter(waits=True).exists()
