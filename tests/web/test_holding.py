"""What a person is and was given is read once a request, and pages that come often ask no more than they need."""

import json
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jixiao.web import access, holding
from jixiao.web.models import Assignment, Submission, User
from tests.web import cast

OFTEN = 6  # queries: session, person, what they are, the filing; and the draft there and back, or who is here, told and asked


def given_to(county, **to: object) -> int:
    one = Submission.objects.first() or cast.submission(county)
    own = {"purpose": Assignment.Purpose.EVALUATE, "given_by": county["财政管理"], "at": timezone.now(), **to}
    Assignment.objects.create(submission=one, **own)
    return one.pk


def read(county, name: str) -> User:
    user = User.objects.get(pk=county[name].pk)
    holding.read(user)
    return user


def test_nobody_who_was_given_nothing_is_asked_about_again(county, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        user = read(county, "填报人")
        assert access.given(user) == {}
    assert [one.role for one in access.held(user)] == ["clerk"]


def test_what_was_given_to_a_person_or_to_their_agency_is_seen(county) -> None:
    pk = given_to(county, organization=county.agency)
    assert set(access.given(read(county, "第三方评价"))) == {pk}
    other = given_to(county, user=county["财政复核"])
    assert set(access.given(read(county, "财政复核"))) == {other}


def test_what_was_taken_back_is_given_no_longer(county) -> None:
    given_to(county, user=county["财政复核"], ended_at=timezone.now())
    assert access.given(read(county, "财政复核")) == {}


def test_somebody_who_is_nothing_sees_still_what_was_given_to_them(county) -> None:
    county["财政复核"].memberships.all().delete()
    pk = given_to(county, user=county["财政复核"])
    assert set(access.given(read(county, "财政复核"))) == {pk}


@pytest.mark.parametrize("name", ["filling_row", "filling_presence"])
def test_what_comes_often_asks_the_database_little(county, browser_as, name: str) -> None:
    one = cast.submission(county)
    clerk = browser_as("填报人")
    cells = json.dumps([{"row": "r1", "seen": 10**9, "cells": {"actual": ["1100", "1150"]}}])
    said = {"filling_row": {"changes": cells}, "filling_presence": {"row": "r1", "version": "9"}}[name]
    form = "application/x-www-form-urlencoded"
    clerk.post(reverse("filling_presence", args=[one.pk]), {"row": "r1", "version": "9"})
    with CaptureQueriesContext(connection) as asked:
        sent = clerk.post(reverse(name, args=[one.pk]), urlencode(said), content_type=form)
    assert sent.status_code == 200
    told = [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))]
    assert len(told) <= OFTEN, told
