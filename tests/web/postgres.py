"""A PostgreSQL of the tests' own: a cluster in a temporary folder, on a free port of this machine, gone afterwards.

`python -m tests.web.postgres WORDS…` runs a command with JIXIAO_DATABASE and JIXIAO_TEST_DATABASE naming it.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

_SETTINGS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
DURABLE = "-c fsync=on -c synchronous_commit=on -c full_page_writes=on"
PATIENCE = 60
KILLS = ("connection", "postmaster", "all")  # what of a server `kill` can kill


def programs() -> Path | None:
    """Return the folder of the server's programs, None where there is no server on this machine."""
    found = shutil.which("postgres")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return folders[-1] if folders else None


class Cluster:
    """A server as a group of processes: started, killed in part or whole, started again."""

    def __init__(self, folder: Path, settings: str) -> None:
        found = programs()
        assert found is not None, "no PostgreSQL on this machine: make system"
        self.bin, self.folder, self.settings, self.port = found, folder, settings, _free_port()
        self.process = None
        _own(folder)
        how = ["-U", "jixiao", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        words = [*_as_owner(), self.bin / "initdb", "-D", folder / "data", *how]
        subprocess.run(words, check=True, capture_output=True)

    @property
    def address(self) -> str:
        return f"postgresql://jixiao@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start the server, and wait until it answers: after a kill it first writes again what its log holds."""
        words = [self.bin / "postgres", "-D", self.folder / "data", "-p", str(self.port), "-k", self.folder]
        settings = [*self.settings.split(), "-c", "listen_addresses=127.0.0.1"]
        with (self.folder / "log").open("ab") as kept:
            self.process = subprocess.Popen(
                [*_as_owner(), *words, *settings], stdin=subprocess.DEVNULL, stdout=kept, stderr=kept
            )
        self.ready()

    def ready(self) -> None:
        end = time.monotonic() + PATIENCE
        while not self._answers():
            said = (self.folder / "log").read_text("utf-8", "replace")[-2000:]
            assert self.process.poll() is None, said
            assert time.monotonic() < end, said
            time.sleep(0.05)

    def _answers(self) -> bool:
        with suppress(psycopg.OperationalError), psycopg.connect(self.address):
            return True
        return False

    def stop(self) -> None:
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()

    def kill(self, what: str) -> None:
        """Kill -9 the process of one connection, the server's first process, or all of them at one moment.

        The server ends all connections and recovers by itself where one of its processes was killed; where its first
        was, the others leave by themselves, and somebody must start it again.
        """
        below = _children(self.process.pid)
        if what == "connection":
            busy = [pid for pid in below if "127.0.0.1" in _title(pid)]
            _kill(busy[:1])
            return
        if what == "all":
            self.process.send_signal(signal.SIGSTOP)  # nobody is left to tell the others
            below = _children(self.process.pid)
            _kill(below)
        self.process.kill()
        self.process.wait()
        end = time.monotonic() + PATIENCE
        while any(map(_lives, below)) and time.monotonic() < end:
            time.sleep(0.02)


@contextmanager
def server(settings: str = _SETTINGS) -> Iterator[Cluster]:
    """Start a server and yield it."""
    with tempfile.TemporaryDirectory(prefix="jixiao-pg-", ignore_cleanup_errors=True) as folder:
        made = Cluster(Path(folder), settings)
        made.start()
        try:
            yield made
        finally:
            made.stop()


@contextmanager
def cluster(settings: str = _SETTINGS) -> Iterator[str]:
    """Start a server and yield the address of its database."""
    with server(settings) as made:
        yield made.address


def _children(pid: int) -> list[int]:
    with suppress(FileNotFoundError):
        return [int(number) for number in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _title(pid: int) -> str:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace")
    return ""


def _lives(pid: int) -> bool:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def _kill(pids: list[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _own(folder: Path) -> None:
    """Give the folder to the user that the server runs as: it refuses root."""
    if os.getuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)


def _as_owner() -> list[str]:
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []


if __name__ == "__main__":
    with cluster() as address:
        both = {"JIXIAO_DATABASE": address, "JIXIAO_TEST_DATABASE": address}
        sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, **both}, check=False).returncode)
