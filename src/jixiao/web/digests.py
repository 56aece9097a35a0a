"""Digests of files, records and the log: SHA-256, or SM3 where an office must use it (JIXIAO_DIGEST)."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

METHODS = ("sha256", "sm3")
_PIECE = 1 << 20


def digest(data: bytes) -> str:
    """Return a digest with its method before it, such as `sha256:…`; both are 64 hex digits."""
    return digest_of((data,))


def digest_of(pieces: Iterable[bytes]) -> str:
    """Return the digest of what comes in pieces."""
    return _digest(settings.DIGEST, pieces)


def agrees(data: bytes, printed: str) -> bool:
    """Tell whether a digest is that of the data, by the method that the digest itself names."""
    method = printed.partition(":")[0]
    return method in METHODS and _digest(method, (data,)) == printed


def agrees_with(path: Path, printed: str) -> bool:
    """Tell whether a digest is that of a file's bytes, read in pieces."""
    method = printed.partition(":")[0]
    with path.open("rb") as stream:
        return method in METHODS and _digest(method, iter(lambda: stream.read(_PIECE), b"")) == printed


def _digest(method: str, pieces: Iterable[bytes]) -> str:
    made = hashlib.new(method)
    for piece in pieces:
        made.update(piece)
    return f"{method}:{made.hexdigest()}"


def all_of(data: bytes) -> tuple[str, ...]:
    """Return the digests of data by every method: what was kept before an office changed its method is found too."""
    return tuple(_digest(method, (data,)) for method in METHODS)
