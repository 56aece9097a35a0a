"""Bytes of a page to text: by its mark, by what decodes, and only then by what the page claims."""

import re

from jixiao.formats.intake import TEXT_MARKS
from jixiao.formats.text.decoding import decode
from jixiao.layout import Doubt

CLAIM = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{1,20})", re.IGNORECASE)
HEAD = 4_096
MOST_ZEROS = 1_000  # one in so many bytes is an accident
BIG5 = frozenset({b"big5", b"big5-hkscs", b"cp950"})


def page_text(data: bytes, *, name: str, claimed: str = "") -> tuple[str, tuple[Doubt, ...]]:
    """Decode a page; `claimed` is the encoding that an e-mail names for its part.

    Raises:
        UnreadableError: too large, or no text in a known encoding.
    """
    found = CLAIM.search(data[:HEAD])
    claim = claimed.encode("ascii", "ignore") or (found[1] if found else b"")
    if claim.lower() in BIG5:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            data = data.decode("big5-hkscs", "replace").encode()
    elif not data.startswith(TEXT_MARKS) and MOST_ZEROS * data.count(0) < len(data):
        data = data.replace(b"\0", b"")  # a browser passes over them
    return decode(data, name=name)
