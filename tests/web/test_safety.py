"""The border of the site: headers, hosts, forms from elsewhere, weights, and what a deployment must have set."""

import os
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jixiao.web import addresses, allowances
from jixiao.web.downloads import attachment
from tests.web.cast import PASSWORD

WANTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@pytest.mark.parametrize("path", ["/login/", "/nowhere/", "/health/"])
def test_every_answer_carries_the_headers_that_protect_a_browser(county, client, path) -> None:
    answer = client.get(path)
    assert {name: answer[name] for name in WANTED} == WANTED
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "script-src" not in policy  # default-src holds for scripts: none inline, none from elsewhere
    assert "object-src 'none'" in policy
    assert "Server" not in answer.headers


def test_a_page_for_another_host_is_refused(county, client, settings) -> None:
    settings.ALLOWED_HOSTS = ["jixiao.example.com"]
    assert client.get("/login/", HTTP_HOST="evil.example.com").status_code == 400
    assert client.get("/login/", HTTP_HOST="jixiao.example.com").status_code == 200


@pytest.mark.parametrize("path", ["/login/", "/logout/", "/password/", "/people/new/", "/checks/new/"])
def test_a_form_from_elsewhere_is_refused(county, path) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(county["系统管理员"], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(path, {"username": "u01", "password": PASSWORD})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


def test_cookies_are_kept_from_scripts_and_other_sites(county, client) -> None:
    client.post("/login/", {"username": "u01", "password": PASSWORD})
    cookie = client.cookies["jixiao"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")


def test_what_is_too_heavy_is_refused_before_it_is_read(county, browser_as, settings) -> None:
    settings.UPLOAD_BYTES = 1000
    file = SimpleUploadedFile("大.xlsx", b"x" * 2000)
    answer = browser_as("填报人").post("/checks/new/", {"files": file})
    assert answer.status_code == 413
    assert "分几次上传" in answer.content.decode()


def test_a_form_that_is_too_heavy_is_refused(county, browser_as) -> None:
    answer = browser_as("系统管理员").post("/people/new/", {"name": "x" * (9 << 20)})
    assert answer.status_code in {400, 413}
    assert "没有看懂这次请求" in answer.content.decode()


def test_uploads_of_one_person_are_limited(county, browser_as, monkeypatch) -> None:
    monkeypatch.setattr(allowances, "UPLOADS", allowances.Allowed(2, 3600))
    client = browser_as("系统管理员")
    codes = [
        client.post("/import/people/", {"file": SimpleUploadedFile("a.xlsx", b"x")}).status_code
        for _ in range(4)
    ]
    assert codes == [422, 422, 429, 429]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../../秘密.docx", "....%E7%A7%98"),
        ('a"; filename=evil.html', "a%3B%20filename%3Devil.html"),
        ("\r\nX: y", "X%20y"),
        ("", "file"),
    ],
)
def test_a_files_name_can_neither_climb_nor_break_the_header(name, said) -> None:
    answer = attachment(b"x", name)
    disposition = answer["Content-Disposition"]
    assert "\n" not in disposition
    assert "/" not in disposition.partition("''")[2]
    assert said.removeprefix("....") in disposition
    assert answer["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize(
    ("passed", "proxies", "seen"),
    [("9.9.9.9", 0, "127.0.0.1"), ("9.9.9.9", 1, "9.9.9.9"), ("1.1.1.1, 9.9.9.9", 1, "9.9.9.9"),
     ("1.1.1.1, 9.9.9.9", 2, "1.1.1.1"), ("<script>", 1, "127.0.0.1"), ("", 1, "127.0.0.1")],
)  # fmt: skip
def test_the_senders_address_is_the_proxys_word_never_the_senders(
    rf, settings, passed, proxies, seen
) -> None:
    settings.PROXIES = proxies
    assert addresses.sender(rf.get("/", HTTP_X_FORWARDED_FOR=passed)) == seen


@pytest.mark.parametrize("looked_for", [True, False])  # styles: when asked for, as in tests; once, as on duty
def test_no_page_tells_of_the_programs_inside(county, client, settings, looked_for) -> None:
    settings.WHITENOISE_AUTOREFRESH = looked_for
    for path in (
        "/nowhere/",
        "/%ff%fe/",
        "/filings/99999999999999999999/",
        "/static/../settings.py",
        "/static/%2e%2e/x",
    ):
        answer = client.get(path)
        assert answer.status_code in {302, 400, 404}
        text = b"".join(answer) if answer.streaming else answer.content
        assert b"Traceback" not in text
        assert b"SECRET" not in text


SAFE = {
    "JIXIAO_MODE": "county",
    "JIXIAO_HTTPS": "1",
    "JIXIAO_SECRET": "s3cret-" * 10,
    "JIXIAO_HOSTS": "jixiao.example.com",
}


def deploy(tmp_path, **more: str) -> subprocess.CompletedProcess[str]:
    surroundings = {
        name: value for name, value in os.environ.items() if not name.startswith(("JIXIAO_", "DJANGO_"))
    }
    surroundings |= {**SAFE, "JIXIAO_HOME": str(tmp_path), **more}
    command = [sys.executable, "-m", "jixiao.web", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_county_by_https_passes_the_deployment_checks(tmp_path) -> None:
    done = deploy(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "0 silenced" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("more", "why"),
    [({"JIXIAO_HTTPS": "0"}, "明文"), ({"JIXIAO_MODE": "office"}, "没有账号"), ({"JIXIAO_MODE": "x"}, "JIXIAO_MODE"),
     ({"JIXIAO_DIGEST": "md5"}, "JIXIAO_DIGEST"), ({"JIXIAO_DEBUG": "1"}, "DEBUG")],
)  # fmt: skip
def test_an_unsafe_deployment_is_told_what_to_change(tmp_path, more, why) -> None:
    done = deploy(tmp_path, **more)
    assert done.returncode == 1
    assert why in done.stderr
