"""Readings kept by what was read, so that a second run reads only what changed (decision 0016).

An entry is called after the sha256 of the file's bytes and stands in a folder called after everything that can change
what is read: the program, its data and the libraries it reads with. So an entry is never wrong after an upgrade; at
worst it lies unused until it is the oldest. An entry that can't be read or written is as if it weren't there.
"""

import json
import os
import sys
import tempfile
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from jixiao import __version__
from jixiao.errors import UnreadableError
from jixiao.model.reading import Reading
from jixiao.model.record import readings_from, to_json

PLACE = "JIXIAO_CACHE"  # the variable that names another folder
MOST_BYTES = 500_000_000
_LIBRARIES = (
    "filetype", "lxml", "numpy", "olefile", "onnxruntime", "opencv-python-headless", "pypdfium2", "rapidocr", "xlrd",
)  # fmt: skip
_READS = ("formats", "papers", "model")
_TOOL = "LibreOffice"
_UNUSABLE = (OSError, ValueError, zlib.error, UnreadableError)


@dataclass(frozen=True, slots=True)
class Store:
    """The readings kept for one state of the program; `folder` needn't exist."""

    folder: Path

    def get(self, data: bytes, *, name: str) -> tuple[Reading, ...] | None:
        """Return what was read from these bytes once, as the papers of the file `name`; None where it isn't known."""
        path = self._path(data)
        try:
            kept = readings_from(zlib.decompress(path.read_bytes()))
            os.utime(path)
        except _UNUSABLE:
            return None
        return tuple(replace(reading, file=name) for reading in kept)

    def put(self, data: bytes, readings: Sequence[Reading]) -> None:
        """Keep what was read from these bytes: written beside and renamed, so that nobody sees half of it.

        What doubts for want of a program of the system is not kept: it may be there, or be quicker, the next time.
        """
        if any(_TOOL in doubt.why for reading in readings for doubt in reading.doubts):
            return
        path = self._path(data)
        answer = {"jixiao": __version__, "papers": [to_json(reading) for reading in readings]}
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        with suppress(OSError, UnicodeEncodeError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(path, zlib.compress(text.encode(), 1))

    def trim(self) -> None:
        """Delete the entries that were longest not used, of any state of the program, until what is left is small."""
        kept = []
        for path in self.folder.parent.rglob("*"):
            with suppress(OSError):
                if path.is_file():
                    seen = path.stat()
                    kept.append((seen.st_mtime_ns, seen.st_size, path))
        size = sum(size for _, size, _ in kept)
        for _, bytes_, path in sorted(kept):
            if size <= MOST_BYTES:
                return
            path.unlink(missing_ok=True)
            size -= bytes_

    def _path(self, data: bytes) -> Path:
        digest = sha256(data).hexdigest()
        return self.folder / digest[:2] / digest


def store_of() -> Store:
    """Return the store of this program as it stands, in the folder that the user or the system has for such things."""
    return Store(_cache() / "readings" / state_of(_READS))


def _write(path: Path, data: bytes) -> None:
    handle, beside = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _cache() -> Path:
    named = os.environ.get(PLACE)
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "jixiao"


def state_of(folders: Sequence[str]) -> str:
    """Return a name for all that decides what is made of given bytes, the program's own part being in `folders`."""
    ours = Path(__file__).parent.parent
    files = [ours / "layout.py", *(path for part in folders for path in sorted((ours / part).rglob("*")))]
    sums = sha256(__version__.encode())
    for path in files:
        if path.suffix in {".py", ".toml", ".sql"}:
            sums.update(path.relative_to(ours).as_posix().encode() + path.read_bytes())
    for library in _LIBRARIES:
        sums.update(f"{library} {_version(library)}".encode())
    return sums.hexdigest()[:16]


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
