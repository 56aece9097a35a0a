"""Digests of files, records and the log: SHA-256, or SM3 where an office must use it (JIXIAO_DIGEST)."""

import hashlib
from collections.abc import Iterable

from django.conf import settings

METHODS = ("sha256", "sm3")


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


def _digest(method: str, pieces: Iterable[bytes]) -> str:
    made = hashlib.new(method)
    for piece in pieces:
        made.update(piece)
    return f"{method}:{made.hexdigest()}"
