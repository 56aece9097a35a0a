"""The processes beside the server: the one that does the work behind requests, and how none outlives the server."""

import os
import subprocess
import sys
import threading
from time import monotonic, sleep
from typing import Self

# Seconds before a worker that died is started again: twice as many each time it dies young, but not more than these.
_PAUSE, _LONGEST = 1, 60
_LOOK = 0.5  # seconds between two looks at whether the server still lives
_SERVER = "JIXIAO_SERVER"  # in the environment of what a server starts: its id
_PATIENCE = 20  # seconds that a worker is given to end its task
_YIELDING = 10  # by so much the worker stands behind who waits for a page


class Keeper:
    """Keeps one worker process alive for as long as it is entered."""

    def __init__(self) -> None:
        self._process = self._started()
        self._leaving = threading.Event()
        self._watch = threading.Thread(target=self._keep, daemon=True)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._leaving.set()
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _keep(self) -> None:
        pause = _PAUSE
        while not self._leaving.is_set():
            begun = monotonic()
            self._process.wait()
            pause = min(pause * 2, _LONGEST) if monotonic() - begun < _LONGEST else _PAUSE
            if not self._leaving.wait(pause):
                self._process = self._started()

    @staticmethod
    def _started() -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "jixiao.web", "work"])


def lead() -> None:
    """Let what this process starts know whose it is."""
    os.environ[_SERVER] = str(os.getpid())


def leave_with_server() -> None:
    """End this process soon after the server that started it has died: what it was at is begun again later.

    A server that is killed can't end its own; those left would hold its port, and work beside the next one's.
    """
    parent = int(os.environ.get(_SERVER, os.getppid()))

    def look() -> None:
        while os.getppid() == parent:
            sleep(_LOOK)
        os._exit(1)

    threading.Thread(target=look, daemon=True).start()


def yield_to_people() -> None:
    """Let the work behind requests wait for those who wait for a page, where the system knows of that."""
    if hasattr(os, "nice"):
        os.nice(_YIELDING)
