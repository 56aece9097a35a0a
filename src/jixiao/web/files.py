"""Files as they were handed in, kept under their digest: written whole, flushed, and only then named in a row.

A killed server leaves at worst a file that no row names (`jixiao sweep` removes those).
"""

import os
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from django.conf import settings

from jixiao.web.digests import digest

_PIECE = 1 << 20
_NAME = 200  # characters of a name that a row holds


def keep(data: bytes) -> str:
    """Keep a file's bytes and return their digest; the same bytes are kept once."""
    printed = digest(data)
    path = path_of(printed)
    if not path.is_file():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = path.with_name(f".{token_hex(8)}")
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
        _settle(path.parent)
    else:
        path.touch()  # kept again: a sweep leaves it until its row is there
    return printed


def path_of(printed: str) -> Path:
    """Return where the file of a digest is kept."""
    method, _, digits = printed.partition(":")
    if not (method.isalnum() and digits.isalnum()):
        raise ValueError(printed)
    return Path(settings.MEDIA_ROOT) / method / digits[:2] / digits


def fetch(printed: str) -> bytes:
    """Return the bytes of a kept file."""
    return path_of(printed).read_bytes()


def opened(printed: str) -> BinaryIO:
    """Return a kept file, opened for reading."""
    return path_of(printed).open("rb")


def _settle(folder: Path) -> None:
    """Flush a folder's own entry, so that a file's name outlives a fall of the current."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def plain(name: str | None) -> str:
    """Return the name of a file that was sent, without folders, at a length that the tables take."""
    return (name or "文件").rpartition("/")[2].rpartition("\\")[2][-_NAME:]
