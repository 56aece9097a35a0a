"""Turns: of the requests that a process has at hand one is worked at at a time, in the order in which they came.

Two pages worked at by turns of some milliseconds each take as long as both together; one after the other, the first is
done in half of that. What isn't work waits outside: a body that comes in slowly is read first; one that is large, a
page's own files and the question whether the site lives pass by. A page that takes long lets the next one begin too.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Condition
from time import monotonic
from typing import Any

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
_PATIENCE = 0.5  # seconds that a request keeps others waiting at most
_SMALL = 1 << 20  # bytes of a body that is read before its turn
_PASSING = ("/static/", "/health/")


class Turns:
    """Who works and who waits, among the threads of a process."""

    def __init__(self, patience: float = _PATIENCE, clock: Callable[[], float] = monotonic) -> None:
        self._patience, self._clock = patience, clock
        self._changed = Condition()
        self._waiting: deque[object] = deque()
        self._working: dict[object, float] = {}  # and since when, the last one last

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, and have it."""
        own = object()
        with self._changed:
            self._waiting.append(own)
            while self._waiting[0] is not own or (left := self._left()) > 0:
                self._changed.wait(left if self._waiting[0] is own else None)
            self._waiting.popleft()
            self._working[own] = self._clock()
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                del self._working[own]
                self._changed.notify_all()

    def _left(self) -> float:
        """Return for how many seconds the one who began last may still work alone; 0 where nobody works."""
        begun = next(reversed(self._working.values()), None)
        return 0 if begun is None else begun + self._patience - self._clock()


def in_turn(application: Application, turns: Turns) -> Application:
    """Return an application whose requests are worked at in turn; what is sent back is sent outside of it."""

    def through(environ: Environ, start: Start) -> Iterable[bytes]:
        if str(environ.get("PATH_INFO", "")).startswith(_PASSING) or not _read(environ):
            return application(environ, start)
        with turns.turn():
            return application(environ, start)

    return through


def _read(environ: Environ) -> bool:
    """Read the body, if it is small enough to be kept in memory; tell whether it was."""
    stated = str(environ.get("CONTENT_LENGTH") or "0")
    if not stated.isdecimal():
        return True  # Django reads nothing of it
    if int(stated) > _SMALL:
        return False
    if int(stated):
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(int(stated)))
    return True
