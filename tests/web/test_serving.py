"""`jixiao serve`: nothing outlives a server that is killed, and a port that is held is said to be."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from jixiao.web import ports
from tests.web.faults import ROOT, Site

PATIENCE = 20


def lives(pid: int) -> bool:
    """Tell whether a process is there, and more than its parent's memory of it."""
    with suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def test_a_port_that_is_free_may_be_listened_on_and_one_that_is_held_names_its_holder() -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        found.listen()
        port = found.getsockname()[1]
        said = ports.fault("127.0.0.1", port)
        assert said.startswith(f"端口 {port} 已被占用，占用它的是进程 {os.getpid()}（")
        assert "--port" in said
    assert ports.fault("127.0.0.1", port) == ""


def test_an_address_that_is_no_ones_here_is_said_so() -> None:
    assert "没有地址" in ports.fault("192.0.2.1", 8000)
    assert "没有地址" in ports.fault("nowhere.invalid", 8000)


def test_a_port_that_is_let_go_of_soon_is_waited_for() -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        found.listen()
        port = found.getsockname()[1]
        held = subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(0.6)"], pass_fds=[found.fileno()]
        )
    assert ports.fault("127.0.0.1", port) != ""
    assert ports.fault("127.0.0.1", port, PATIENCE) == ""
    held.wait()


@pytest.mark.slow
def test_what_a_killed_server_started_ends_and_the_next_one_starts(tmp_path) -> None:
    site = Site(tmp_path, "")
    site.start()
    try:
        site.ready()
        below = site.children()
        assert len(below) >= 2  # the worker of the pages and that of the jobs
        again = subprocess.run(
            [sys.executable, "-m", "jixiao.web", "serve", "--port", str(site.port)],
            env=site.own, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert again.returncode == 2
        assert f"端口 {site.port} 已被占用" in again.stderr
        assert "Traceback" not in again.stderr
        os.kill(site.process.pid, signal.SIGKILL)
        site.process.wait()
        end = time.monotonic() + PATIENCE
        while any(map(lives, below)) and time.monotonic() < end:
            time.sleep(0.1)
        assert not [pid for pid in below if lives(pid)]
        while ports.fault("127.0.0.1", site.port) and time.monotonic() < end:
            time.sleep(0.1)  # the system lets go of a port a moment later, or lent it to another's call
        assert ports.fault("127.0.0.1", site.port) == ""
        site.start()
        site.ready()
    finally:
        site.kill()
