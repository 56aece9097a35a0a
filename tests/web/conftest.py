"""What the web tests share: a county with its cast, and a browser of each of its people."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.web import cast
from tests.web.cast import County

As = Callable[[str], Client]


@pytest.fixture(autouse=True)
def data_folder(tmp_path, settings) -> None:
    """Keep uploads of a test in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def in_county(settings) -> None:
    """The site of a county: accounts, roles, the year."""
    settings.MODE = "county"


@pytest.fixture
def county(db, in_county) -> County:
    """青禾县 with everybody in it."""
    return cast.county()


@pytest.fixture
def browser_as(county) -> As:
    """Return a browser in which somebody of the cast has logged in."""

    def of(name: str) -> Client:
        client = Client(HTTP_HOST="localhost")
        client.force_login(county[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return of
