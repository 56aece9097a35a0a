"""A county's site begins with three administrators, each with a password for one log-in, and only where nobody is."""

from django.test import Client
from django.urls import reverse

from jixiao.web import access, first_people, log
from jixiao.web.house import furnish
from jixiao.web.models import User
from jixiao.web.workflow import ADMINISTRATORS


def test_the_three_administrators_are_three_people(db):
    made = first_people.make()
    assert {role for user in User.objects.all() for role in access.all_roles(user)} == ADMINISTRATORS
    assert all(len(access.all_roles(user)) == 1 for user in User.objects.all())
    assert len({first.password for first in made}) == 3
    assert list(log.verify()) == []


def test_where_somebody_is_nobody_is_made(county):
    before = User.objects.count()
    assert first_people.make() == ()
    assert User.objects.count() == before


def test_the_first_log_in_leads_to_a_password_of_ones_own(db, in_county):
    first = first_people.make()[0]
    client = Client(HTTP_HOST="localhost")
    said = {"username": first.username, "password": first.password}
    assert client.post(reverse("log_in"), said).status_code == 302
    assert client.get(reverse("organizations")).url == reverse("password")


def test_the_folder_of_the_data_is_its_owners_alone_and_keeps_its_secret(tmp_path):
    home = furnish(tmp_path / "数据")
    secret = (home / "secret").read_text("ascii")
    assert (home.stat().st_mode & 0o777, (home / "secret").stat().st_mode & 0o777) == (0o700, 0o600)
    assert len(secret) > 50
    furnish(home)
    assert (home / "secret").read_text("ascii") == secret
