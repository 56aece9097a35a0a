"""Requests are worked at in turn: in order, one at a time, and nobody who only waits holds a turn."""

import io
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from time import monotonic, sleep

import pytest

from jixiao.web.turns import Turns, in_turn

LONG = 30  # seconds: longer than any test waits
SOON = 10


class Site:
    """An application that says what it works at, and stays at each request until it is let go."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.bodies: dict[str, bytes] = {}
        self.may_end: dict[str, Event] = {}

    def __call__(self, environ: dict, _start: Callable) -> list[bytes]:
        path = environ["PATH_INFO"]
        self.begun.append(path)
        if "wsgi.input" in environ:
            self.bodies[path] = environ["wsgi.input"].read()
        if path in self.may_end:
            assert self.may_end[path].wait(SOON)
        if path == "/fails/":
            raise ValueError(path)
        return [path.encode()]


class SlowBody(io.RawIOBase):
    """A body that comes once somebody lets it."""

    def __init__(self) -> None:
        self.comes = Event()

    def read(self, size: int = -1) -> bytes:
        assert self.comes.wait(SOON)
        return b"text"[:size]


def until(holds: Callable[[], bool]) -> None:
    end = monotonic() + SOON
    while not holds():
        assert monotonic() < end, "it never came"
        sleep(0.002)


@contextmanager
def asked(site: Site, patience: float = LONG) -> Iterator[Callable[..., Future]]:
    """Yield what asks for a page in a thread of its own."""
    turns = Turns(patience)
    application = in_turn(site, turns)
    with ThreadPoolExecutor(8) as threads:
        try:
            yield lambda path, **more: threads.submit(application, {"PATH_INFO": path, **more}, print)
        finally:
            for event in site.may_end.values():
                event.set()


def held(site: Site, *paths: str) -> None:
    site.may_end |= {path: Event() for path in paths}


def test_requests_are_worked_at_one_at_a_time_in_the_order_in_which_they_came() -> None:
    site, paths = Site(), [f"/{n}/" for n in range(6)]
    held(site, *paths)
    with asked(site) as ask:
        for path in paths:
            ask(path)
            sleep(0.03)
        for n, path in enumerate(paths):
            until(lambda n=n: len(site.begun) == n + 1)
            sleep(0.01)
            assert site.begun == paths[: n + 1]
            site.may_end[path].set()


def test_a_body_that_comes_slowly_holds_no_turn_and_is_read_whole() -> None:
    site, body = Site(), SlowBody()
    with asked(site) as ask:
        slow = ask("/slow/", **{"CONTENT_LENGTH": "4", "wsgi.input": body})
        assert ask("/quick/").result(SOON) == [b"/quick/"]
        assert site.begun == ["/quick/"]
        body.comes.set()
        assert slow.result(SOON) == [b"/slow/"]
    assert site.bodies["/slow/"] == b"text"


def test_a_large_body_is_left_to_the_page_and_holds_no_turn() -> None:
    site, body = Site(), SlowBody()
    with asked(site) as ask:
        large = ask("/large/", **{"CONTENT_LENGTH": str(2 << 20), "wsgi.input": body})
        until(lambda: site.begun == ["/large/"])
        assert ask("/quick/").result(SOON) == [b"/quick/"]
        body.comes.set()
        assert large.result(SOON) == [b"/large/"]


@pytest.mark.parametrize("path", ["/health/", "/static/site.css"])
def test_files_of_pages_and_the_question_for_health_pass_by(path: str) -> None:
    site = Site()
    held(site, "/long/")
    with asked(site) as ask:
        ask("/long/")
        until(lambda: site.begun == ["/long/"])
        assert ask(path).result(SOON) == [path.encode()]


def test_a_long_page_lets_the_next_one_begin_beside_it_and_that_one_is_alone_again() -> None:
    site = Site()
    held(site, "/long/", "/next/", "/last/")
    with asked(site, patience=0.2) as ask:
        long = ask("/long/")
        until(lambda: site.begun == ["/long/"])
        ask("/next/")
        until(lambda: len(site.begun) == 2)
        last = ask("/last/")
        assert len(site.begun) == 2
        site.may_end["/next/"].set()
        site.may_end["/last/"].set()
        assert last.result(SOON) == [b"/last/"]
        assert not long.done()


def test_a_page_that_fails_gives_its_turn_back() -> None:
    site = Site()
    with asked(site) as ask:
        assert isinstance(ask("/fails/").exception(SOON), ValueError)
        assert ask("/next/").result(SOON) == [b"/next/"]


def test_a_length_that_is_no_number_is_left_to_the_site_to_refuse() -> None:
    site = Site()
    with asked(site) as ask:
        assert ask("/odd/", CONTENT_LENGTH="-4").result(SOON) == [b"/odd/"]
