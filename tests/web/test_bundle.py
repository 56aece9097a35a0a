"""The offline bundle installs and serves in an empty folder, with no index to ask."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOWHERE = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def answer(address: str, server: subprocess.Popen) -> str:
    end = time.monotonic() + 120
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10) as response:  # noqa: S310 - of this machine
                return response.read().decode()
        except OSError:
            time.sleep(0.5)
    return ""


@pytest.mark.slow
def test_the_bundle_installs_without_an_index_and_serves(tmp_path):
    bundle = tmp_path / "bundle"
    made = subprocess.run(
        ["make", "--no-print-directory", "bundle", f"BUNDLE={bundle}"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if made.returncode and "uv build" not in made.stdout:
        pytest.skip(f"SKIPPED: the wheels could not be fetched: {made.stderr[-300:]}")
    assert made.returncode == 0, made.stderr[-2000:]
    home = tmp_path / "installed"
    own = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "JIXIAO_", "DJANGO_"))},
        **NOWHERE,
    }
    installed = subprocess.run(
        ["sh", bundle / "install.sh", home],
        check=False, capture_output=True, text=True, env={**own, "PYTHON": sys.executable},
    )  # fmt: skip
    assert installed.returncode == 0, installed.stderr[-2000:]
    port = free_port()
    server = subprocess.Popen(
        [home / "bin/jixiao", "serve", "--home", tmp_path / "data", "--port", str(port)],
        env=own,
        cwd=tmp_path,
    )
    try:
        assert "绩效" in answer(f"http://127.0.0.1:{port}/", server)
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
