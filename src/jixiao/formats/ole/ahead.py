"""Documents converted together before each is read: LibreOffice is started once for many.

What was made waits here, by the content it was made of, until its document is read; a document that nothing waits for
is converted by itself.
"""

from collections.abc import Sequence
from hashlib import sha256

from jixiao.formats.ole.soffice import converted

ROUNDS = 2  # a document over which LibreOffice breaks off leaves those behind it to another call

_WAITING: dict[tuple[str, bytes], bytes] = {}


def prepare(files: Sequence[bytes], suffix: str) -> None:
    """Convert documents of one kind that have been looked at; those prepared before are forgotten."""
    _WAITING.clear()
    left = list(files)
    for _ in range(ROUNDS):
        made = converted(left, suffix=suffix, to="docx") if len(left) > 1 else ()
        for data, document in zip(left, made, strict=False):
            if document is not None:
                _WAITING[_key(data, suffix)] = document
        last = max((n for n, document in enumerate(made) if document is not None), default=-1)
        left = left[last + 2 :]


def docx_of(data: bytes, suffix: str) -> bytes | None:
    """Give what LibreOffice made or makes of a document; None where that is nothing."""
    made = _WAITING.pop(_key(data, suffix), None)
    if made is not None:
        return made
    return converted([data], suffix=suffix, to="docx")[0]


def _key(data: bytes, suffix: str) -> tuple[str, bytes]:
    return suffix, sha256(data).digest()
