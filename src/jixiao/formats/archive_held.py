"""The zip that files are being taken out of, held open: its directory is read once, however many of its files follow.

So is one zip inside it. A zip that has changed since, by its size or its time, is opened anew.
"""

import atexit
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from jixiao.formats import archive

Mark = tuple[str, int, int, int]  # a path, and what tells whether the file there is still the same


@dataclass(slots=True)
class _Held:
    """An open zip, and the last of the zips in it that something was taken out of, by the numbers that lead there."""

    mark: Mark | None = None
    stream: BinaryIO | None = None
    outer: zipfile.ZipFile | None = None
    inner: tuple[tuple[int, ...], zipfile.ZipFile] | None = None
    lock: Lock = field(default_factory=Lock)

    def opened(self, path: Path, name: str) -> zipfile.ZipFile:
        """Give the zip at a path, opened anew where another one or an older one is held."""
        seen = path.stat()
        mark = str(path.absolute()), seen.st_ino, seen.st_size, seen.st_mtime_ns
        if self.outer is None or self.mark != mark:
            self.close()
            self.stream = path.open("rb")
            self.outer, self.mark = archive.opened(self.stream, name), mark
        return self.outer

    def within(self, outer: zipfile.ZipFile, at: tuple[int, ...], name: str) -> zipfile.ZipFile:
        """Give the zip inside that the numbers lead to; the outer one for none."""
        if not at:
            return outer
        if self.inner is None or self.inner[0] != at:
            self.inner = None  # its bytes go before others come
            parent = self.within(outer, at[:-1], name)
            data = archive.inflated(parent, at[-1], name)
            self.inner = at, archive.opened(BytesIO(data), name)
        return self.inner[1]

    def close(self) -> None:
        """Let go of everything."""
        self.inner = self.outer = self.mark = None
        if self.stream is not None:
            with suppress(OSError):
                self.stream.close()
        self.stream = None


_HELD = _Held()
atexit.register(_HELD.close)


def member(path: Path, at: Sequence[int], *, name: str) -> bytes:
    """Return the bytes of the file in the zip at `path` that the numbers lead to.

    Raises:
        UnreadableError: it is damaged, encrypted or over a cap.
        OSError: the zip can't be opened.
    """
    with _HELD.lock:
        outer = _HELD.opened(path, name)
        return archive.inflated(_HELD.within(outer, tuple(at[:-1]), name), at[-1], name)
