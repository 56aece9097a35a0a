"""What users see when something doesn't work: a sentence that says what to do, with the page's look around it."""

import pytest
from django.db import connection
from django.test import Client

from jixiao.web.views import home


@pytest.fixture
def broken(monkeypatch) -> None:
    def fails(*args) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(home, "connection", type("Failing", (), {"cursor": fails}))


@pytest.fixture
def stranger() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


def test_a_failure_is_told_without_asking_what_may_have_failed(
    broken, stranger, django_assert_num_queries, db
) -> None:
    with django_assert_num_queries(0, connection=connection):
        answer = stranger.get("/health/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert ("请再试一次" in page, "site.css" in page, "ZeroDivision" in page) == (True, True, False)


def test_htmx_gets_the_sentence_alone(broken, stranger, db) -> None:
    page = stranger.get("/health/", headers={"HX-Request": "true"}).content.decode()
    assert ("data-said" in page, "<html" in page) == (True, False)


def test_a_page_that_is_not_there_says_where_to_go(stranger, db) -> None:
    answer = stranger.get("/nothing-here/")
    assert (answer.status_code, "请从首页进入" in answer.content.decode()) == (404, True)


def test_a_form_without_its_token_says_that_the_page_is_too_old(county, stranger) -> None:
    answer = stranger.post("/login/", {"username": "u01", "password": "x"})
    assert (answer.status_code, "请刷新页面" in answer.content.decode()) == (403, True)
