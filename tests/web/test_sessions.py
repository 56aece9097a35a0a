"""Coming and going: who guesses is locked out, who is idle is logged out, a new password ends all else."""

from datetime import timedelta
from itertools import pairwise
from time import time

import pytest
from django.contrib.auth.hashers import get_hasher
from django.test import Client
from django.utils import timezone

from jixiao.web import allowances
from jixiao.web import settings as real
from jixiao.web.models import LogEntry
from tests.web import cast
from tests.web.cast import PASSWORD

NEW = "山高水长-Jx-77"


def come(name="u01", password=PASSWORD, client=None, **more):
    client = client or Client(HTTP_HOST="localhost")
    return client, client.post("/login/", {"username": name, "password": password, **more})


def at_home(client) -> bool:
    return client.get("/password/").status_code == 200


def change(client, new=NEW, old=PASSWORD):
    return client.post("/password/", {"old_password": old, "new_password1": new, "new_password2": new})


@pytest.fixture
def within_a_minute(monkeypatch) -> None:
    """No stretch of time ends while a test counts, however slow the machine."""
    now = time()
    monkeypatch.setattr(allowances, "time", lambda: now)


def test_who_logs_in_is_in_and_logged(county) -> None:
    client, answer = come()
    assert answer["Location"] == "/"
    assert at_home(client)
    assert LogEntry.objects.get().action == "log_in"


def test_passwords_are_kept_by_argon2() -> None:
    assert real.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert get_hasher("argon2").algorithm == "argon2"


def test_a_wrong_password_says_the_same_as_a_wrong_name_and_is_logged(county) -> None:
    said = {
        come(name, "不是这个")[1].content.decode().count("用户名或密码不对") for name in ("u01", "nobody")
    }
    assert said == {1}
    assert list(LogEntry.objects.values_list("action", "subject")) == [
        ("log_in_failed", "u01"), ("log_in_failed", "nobody"),
    ]  # fmt: skip


def test_five_wrong_passwords_lock_the_name_even_for_the_right_one(county) -> None:
    for _ in range(5):
        come(password="不是这个")  # noqa: S106 - a wrong one
    _, answer = come()
    assert answer.status_code == 429
    assert "账号已锁定" in answer.content.decode()
    assert come("u02")[1].status_code == 302


def test_one_address_may_not_try_many_names(county, within_a_minute) -> None:
    codes = [come(f"nobody{n}", "x")[1].status_code for n in range(32)]
    assert codes[:30] == [422] * 30
    assert codes[-1] == 429


def test_one_name_may_not_be_tried_from_many_addresses(county, within_a_minute) -> None:
    codes = [come(password="x", client=Client(REMOTE_ADDR=f"10.0.0.{n}"))[1].status_code for n in range(32)]  # noqa: S106
    assert codes[-1] == 429


def test_the_proxys_word_on_the_sender_is_taken_and_the_senders_own_is_not(county, settings) -> None:
    settings.PROXIES = 1
    come(client=Client(HTTP_X_FORWARDED_FOR="1.2.3.4, 10.9.8.7"))
    settings.PROXIES = 0
    come(client=Client(HTTP_X_FORWARDED_FOR="1.2.3.4"))
    assert list(LogEntry.objects.values_list("address", flat=True)) == ["10.9.8.7", "127.0.0.1"]


def test_an_idle_session_ends(county) -> None:
    client, _ = come()
    session = client.session
    session["seen"] = int(time()) - 31 * 60
    session.save()
    assert not at_home(client)


def test_a_session_ends_after_twelve_hours_however_busy(county) -> None:
    client, _ = come()
    session = client.session
    session["born"] = int(time()) - 12 * 3600 - 5
    session.save()
    assert not at_home(client)


def test_a_fourth_log_in_ends_the_first(county) -> None:
    clients = [come()[0] for _ in range(4)]
    assert [at_home(client) for client in clients] == [False, True, True, True]


def test_a_new_password_ends_every_other_session(county) -> None:
    here, elsewhere = come()[0], come()[0]
    assert change(here).status_code == 302
    assert at_home(here)
    assert not at_home(elsewhere)
    assert come(password=PASSWORD)[1].status_code == 422
    assert come(password=NEW)[1].status_code == 302


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("短Jx-1", "10"),
        ("1234567890123", "数字"),
        ("password123", "常见"),
        ("qinghe-caizheng1", "姓名"),
        (PASSWORD, "用过"),
    ],
)
def test_a_bad_password_is_refused_with_the_reason(county, word, why) -> None:
    cast.User.objects.filter(username="u01").update(name="qinghe-caizheng")
    answer = change(come()[0], word)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert why in said
    assert "你" not in said


def test_the_last_five_passwords_are_not_taken_again(county) -> None:
    client, _ = come()
    words = [PASSWORD, *(f"山高水长-Jx-202{n}" for n in range(5))]
    for old, new in pairwise(words):
        assert change(client, new, old).status_code == 302
    assert change(client, PASSWORD, words[-1]).status_code == 422


def test_a_first_password_must_be_changed_before_anything_else(county) -> None:
    user = county["填报人"]
    user.must_change_password = True
    user.save()
    client, _ = come()
    assert client.get("/")["Location"] == "/password/"


def test_an_old_password_must_be_changed_where_the_office_says_so(county, settings) -> None:
    client, _ = come()
    county["填报人"].__class__.objects.update(password_changed_at=timezone.now() - timedelta(days=91))
    assert client.get("/password/").status_code == 200
    settings.PASSWORD_DAYS = 90
    assert client.get("/")["Location"] == "/password/"


def test_somebody_switched_off_is_out_at_once(county) -> None:
    client, _ = come()
    cast.User.objects.update(is_active=False)
    assert not at_home(client)
    assert come()[1].status_code == 422


@pytest.mark.parametrize(
    "to", ["https://evil.example.com/", "//evil.example.com", "/\\evil.example.com", "javascript:alert(1)"]
)
def test_nobody_is_sent_elsewhere_after_log_in(county, to) -> None:
    assert come(next=to)[1]["Location"] == "/"
    assert come(next="/password/")[1]["Location"] == "/password/"


def test_logging_out_takes_a_post_and_ends_the_session(county) -> None:
    client, _ = come()
    key = client.session["login"]
    assert client.get("/logout/").status_code == 405
    client.post("/logout/")
    assert not at_home(client)
    assert key not in cast.User.objects.get(username="u01").logins


def test_the_session_key_changes_at_log_in(county) -> None:
    client = Client()
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    client.cookies["jixiao"] = before
    come(client=client)
    assert client.session.session_key != before
