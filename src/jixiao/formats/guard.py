"""Readers of untrusted binary formats, each run in a process apart: its death is one sentence, never ours.

One process for each set of bounds is started when it is first needed, serves file after file and ends with
this one; after a death the next file finds a new one (docs/decisions/0015-guarded-readers.md).
"""

import atexit
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Timer
from typing import BinaryIO, TypeVar, cast

from jixiao.errors import UnreadableError
from jixiao.formats import wire
from jixiao.formats.intake import MB, Bounds, refusal
from jixiao.layout import Layout

RESAVE = "请用 WPS 或 Office 打开，另存为 xlsx 或 docx 后再试"
COMMAND = ("-P", "-m", "jixiao.formats.guarded")  # -P: a module in the folder of the papers is none of ours
HANDED_DOWN = ("PATH", "HOME", "TMP", "TEMP", "TMPDIR", "LANG", "SYSTEMROOT", "LD_LIBRARY_PATH")
HANDED_DOWN_STARTS = ("LC_", "PYTHON", "COVERAGE_")
SESSION = 3  # which field behind the name in /proc/N/stat
GIVES_BACK = {  # glibc then returns what a page took as soon as it is done with, instead of keeping it
    "MALLOC_MMAP_THRESHOLD_": str(2 * MB),
    "MALLOC_TRIM_THRESHOLD_": str(2 * MB),
}
PATIENCE = 2  # seconds that an idle process has to end once nobody gives it orders any more


Answer = TypeVar("Answer")


class _DiedError(Exception):
    """The process is gone, or what it says is no page."""


class _FullError(Exception):
    """The process ran out of memory."""


def read(module: str, data: bytes, *, name: str, bounds: Bounds) -> Layout:
    """Read a file in a process apart.

    Args:
        module: the reader's module.
        data: the whole file.
        name: what the user calls it.
        bounds: how much memory and time the reader may take.

    Raises:
        UnreadableError: the reader refused the file, failed, or went over its bounds.
    """
    with _WARD.lock:
        child = _WARD.child(name, bounds)
        used = child.served > 0
        try:
            return child.read(module, data, name)
        except (_FullError, _DiedError) as error:
            if not used:
                raise _stopped(name, bounds, error) from error
        try:  # the files before may be to blame: once more, in a process of its own
            return _WARD.child(name, bounds).read(module, data, name)
        except (_FullError, _DiedError) as error:
            raise _stopped(name, bounds, error) from error


def ahead(module: str, files: Sequence[bytes], *, bounds: Bounds) -> None:
    """Have the reader's process make files ready together, in the time of one; if it can't, each is read as it is.

    Args:
        module: the reader's module, which has a function `ahead`.
        files: whole files that are soon to be read.
        bounds: those under which they will be read.
    """
    with _WARD.lock, suppress(UnreadableError, _FullError, _DiedError):
        _WARD.child("", bounds).ahead(module, files)


def close() -> None:
    """End the processes, at once where one is still reading for another thread; the next file starts one anew."""
    idle = _WARD.lock.acquire(timeout=PATIENCE)
    try:
        for child in tuple(_WARD.children.values()):
            child.dismiss() if idle else child.kill()
        _WARD.children.clear()
    finally:
        if idle:
            _WARD.lock.release()


def _stopped(name: str, bounds: Bounds, error: Exception) -> UnreadableError:
    if isinstance(error, _FullError):
        return refusal(name, f"处理所需内存超过 {bounds.memory // MB} MB，已停止", RESAVE)
    return refusal(name, "读取这个文件的程序中途停止，文件可能已损坏", RESAVE)


def _refused(name: str, word: str, told: str) -> UnreadableError:
    """Pass a refusal on, or word one for an error that the reader didn't expect."""
    if word == "unreadable" and told.startswith(f"“{name}”：") and "\n" not in told:
        return UnreadableError(told)
    return refusal(name, f"读取时出错（{told[:40]}），文件可能已损坏", RESAVE)


@dataclass(slots=True)
class _Child:
    """A reading process, what it may take, and how many files it has read."""

    process: subprocess.Popen[bytes]
    bounds: Bounds
    served: int = 0
    alive: bool = True

    @property
    def orders(self) -> BinaryIO:
        return cast("BinaryIO", self.process.stdin)

    @property
    def answers(self) -> BinaryIO:
        return cast("BinaryIO", self.process.stdout)

    def read(self, module: str, data: bytes, name: str) -> Layout:
        """Have one file read; anything but a page or a refusal is the end of the process."""
        return self._timed(name, lambda: self._asked(module, data, name))

    def ahead(self, module: str, files: Sequence[bytes]) -> None:
        """Have files made ready; anything but a plain answer is the end of the process."""
        self._timed("", lambda: self._prepared(module, files))

    def _timed(self, name: str, ask: Callable[[], Answer]) -> Answer:
        late = Event()
        clock = Timer(self.bounds.seconds, self._ring, (late,))
        clock.daemon = True
        clock.start()
        try:
            answer = ask()
        except UnreadableError:
            self.served += 1
            raise
        except (EOFError, OSError, ValueError, TypeError, wire.Garbled) as error:
            self.kill()
            if late.is_set():
                reason = f"处理用时超过 {self.bounds.seconds} 秒，已停止"
                raise refusal(name, reason, RESAVE) from error
            raise _DiedError from error
        except BaseException:  # an interruption above all: what comes after it answers no question
            self.kill()
            raise
        finally:
            clock.cancel()
        self.served += 1
        return answer

    def _asked(self, module: str, data: bytes, name: str) -> Layout:
        self._order("read", module, name, [data])
        arriving = wire.Arriving()
        while True:
            word, fields = wire.line(self.answers)
            if word == "read":
                return arriving.page(name, *fields)
            if word == "memory":
                raise _FullError
            if word in {"unreadable", "fault"}:
                raise _refused(name, word, *map(str, fields))
            arriving.take(word, fields)

    def _prepared(self, module: str, files: Sequence[bytes]) -> None:
        self._order("ahead", module, "", files)
        word, _ = wire.line(self.answers)
        if word == "memory":
            raise _FullError
        if word not in {"ready", "fault"}:
            raise wire.Garbled

    def _order(self, word: str, module: str, name: str, files: Sequence[bytes]) -> None:
        most = self.bounds.memory, self.bounds.seconds
        self.orders.write(wire.packed(word, module, name, [len(data) for data in files], *most))
        for data in files:
            self.orders.write(data)
        self.orders.flush()

    def _ring(self, late: Event) -> None:
        late.set()
        self._strike()

    def _strike(self) -> None:
        """Strike the process down, with whatever it has started."""
        if hasattr(os, "killpg"):
            with suppress(OSError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        for process in _session(self.process.pid):
            with suppress(OSError):
                os.kill(process, signal.SIGKILL)

    def kill(self) -> None:
        """End the process at once."""
        self._strike()
        self._bury()

    def dismiss(self) -> None:
        """End the process kindly: without orders it goes by itself."""
        with suppress(OSError):
            self.orders.close()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE)
        if self.process.returncode is None:
            self._strike()
        self._bury()

    def _bury(self) -> None:
        self.alive = False
        self.process.wait()
        for stream in (self.orders, self.answers):
            with suppress(OSError):
                stream.close()


def _session(leader: int) -> list[int]:
    """List the processes that one has started and that are not of its group, where the system tells."""
    found: list[int] = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            fields = status.read_text("ascii", "replace").rpartition(")")[2].split()
            if int(fields[SESSION]) == leader and int(status.parent.name) != leader:
                found.append(int(status.parent.name))
    return found


@dataclass(slots=True)
class _Ward:
    """The processes of this one, by their bounds; one file is read at a time."""

    children: dict[Bounds, _Child] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def child(self, name: str, bounds: Bounds) -> _Child:
        """Find the process for these bounds, or start it."""
        child = self.children.get(bounds)
        if child is None or not child.alive:
            try:
                child = self.children[bounds] = _Child(_started(), bounds)
            except OSError as error:
                reason = "这种文件要在另一个进程里读取，而现在无法启动它"
                raise refusal(name, reason, "请关闭一些程序后再试") from error
        return child

    def forget(self) -> None:
        """After a fork: the processes are those of the parent, and so are the pipes to them."""
        for child in self.children.values():
            child.process.returncode = 0
            for stream in (child.orders, child.answers):
                with suppress(OSError):
                    stream.close()
        self.children.clear()
        self.lock = Lock()


def _started() -> subprocess.Popen[bytes]:
    """Start a process that inherits nothing but where its modules and its temporary folder are."""
    environment = {
        key: value
        for key, value in os.environ.items()
        if key in HANDED_DOWN or key.startswith(HANDED_DOWN_STARTS)
    }
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    environment |= GIVES_BACK
    return subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
        (sys.executable, *COMMAND),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )


_WARD = _Ward()
atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_WARD.forget)
