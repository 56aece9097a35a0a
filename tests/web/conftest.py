"""What the web tests share: a county with its cast, and a browser of each of its people."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as site
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.web import cast
from tests.web.cast import County

As = Callable[[str], Client]
PageAs = Callable[..., Page]
STYLES = Path(__file__).parents[2] / "src/jixiao/web/static/vendor/tabler.css"


expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no fault


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


# ---------------------------------------------------------------- a real browser, for tests marked slow


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Start the system's Chromium, which calls nobody; its loop goes on until the end, so Django must bear with one."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    chromium = shutil.which("chromium")
    if chromium is None or not STYLES.is_file():
        pytest.skip("SKIPPED: no Chromium (apt-get install chromium), or no styles (make assets)")
    return {"executable_path": chromium, "args": ["--no-sandbox", "--disable-background-networking"]}


@pytest.fixture
def page_as(live_server, browser: Browser) -> Iterator[PageAs]:
    """Return a page in which somebody of the cast has logged in (None: nobody), as wide as asked."""
    contexts = []

    def of(person: object = None, width: int = 1280) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        if person is not None:
            client = Client()
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
            key = client.cookies[site.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": site.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        return context.new_page()

    yield of
    for context in contexts:
        context.close()
