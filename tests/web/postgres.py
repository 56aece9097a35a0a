"""A PostgreSQL of the tests' own: a cluster in a temporary folder, on a free port of this machine, gone afterwards.

`python -m tests.web.postgres WORDS…` runs a command with JIXIAO_DATABASE and JIXIAO_TEST_DATABASE naming it.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SETTINGS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=127.0.0.1"


def programs() -> Path | None:
    """Return the folder of the server's programs, None where there is no server on this machine."""
    found = shutil.which("postgres")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return folders[-1] if folders else None


@contextmanager
def cluster(settings: str = _SETTINGS) -> Iterator[str]:
    """Start a server and yield the address of its database."""
    bin_folder = programs()
    assert bin_folder is not None, "no PostgreSQL on this machine: make system"
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="jixiao-pg-", ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "data"
        _own(Path(folder))
        as_owner = _as_owner()
        subprocess.run(
            [
                *as_owner,
                bin_folder / "initdb",
                "-D",
                data,
                "-U",
                "jixiao",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
            ],
            check=True,
            capture_output=True,
        )
        start = [
            bin_folder / "pg_ctl",
            "-D",
            data,
            "-w",
            "-l",
            f"{folder}/log",
            "-o",
            f"-p {port} -k {folder} {settings}",
        ]
        subprocess.run([*as_owner, *start, "start"], check=True, stdout=subprocess.DEVNULL)
        try:
            yield f"postgresql://jixiao@127.0.0.1:{port}/postgres"
        finally:
            stop = [bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "stop"]
            subprocess.run([*as_owner, *stop], check=False, stdout=subprocess.DEVNULL)


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
