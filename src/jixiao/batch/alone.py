"""One command at a time on a lake: a lock of the operating system, which ends with the process that holds it.

The lock is on a file in the lake that is there only while a command works, so a lake's bytes don't depend on it. A
process that was killed leaves the file and no lock; the next command takes the file over and removes it.
"""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jixiao.errors import UnreadableError

LOCK = "lake.lock"
_TAKEN = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})


@contextmanager
def alone(lake: Path) -> Iterator[None]:
    """Let nobody else write to a lake meanwhile; where the folder isn't there, nothing is held.

    POSIX record locks: processes that this one forks don't inherit them, so that they can't outlive it in one. On a
    file system that knows no locks nothing is held either.

    Raises:
        UnreadableError: another process is at it; the sentence says what to do.
    """
    if not lake.is_dir():
        yield
        return
    path = lake / LOCK
    handle = _opened(path)
    while not _same(handle, path):  # whoever held it has removed it meanwhile
        os.close(handle)
        handle = _opened(path)
    try:
        yield
    finally:
        if sys.platform == "win32":  # an open file can't be removed there
            os.close(handle)
        with suppress(OSError):
            path.unlink()
        if sys.platform != "win32":
            os.close(handle)


def is_empty(folder: Path) -> bool:
    """Tell whether a folder isn't there, or holds nothing but what a command that was killed at its start leaves."""
    if not folder.is_dir():
        return not folder.exists()
    return all(one.name == LOCK for one in folder.iterdir())


def _opened(path: Path) -> int:
    """Open and lock the file; without a lock where the file system has none."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _lock(handle)
    except OSError as error:
        if error.errno in _TAKEN:
            os.close(handle)
            raise UnreadableError(
                f"“{path.parent}”正由另一个 jixiao batch 命令写入：请等它结束再运行一次，或换一个数据湖。"
            ) from error
    return handle


def _same(handle: int, path: Path) -> bool:
    """Tell whether an open file is still the one of that name."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
