"""A sheet's markup without its empty cells and rows: borders on a million of them cost a search, not a tree.

Only what says where it stands goes, and only before something else that says so, or before the end: what counts
on from its neighbour keeps it. What isn't recognised here, by a prefix, say, is walked like anything else.
"""

import re

from jixiao.formats.parts import PartReader

_CELL = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"[^<>]*(?:/>|></c>)\s*(?=<c r="|</row>)')
_ROW = re.compile(
    rb'<row r="[0-9]{1,7}"(?![^<>]*(?: hidden=| ht="0))[^<>]*(?:/>|>\s*</row>)\s*(?=<row r="|</sheetData>)'
)
_RAW = b"<!["  # from here on a tag may be text


class Thinned:
    """A part as a stream, thinned as it is read."""

    def __init__(self, part: PartReader) -> None:
        self.name = part.name
        self._part = part
        self._raw = False
        self._tail = b""

    def read(self, size: int) -> bytes:
        """Read up to `size` bytes, and hand on what is left of them; b"" only at the end.

        Raises:
            UnreadableError: damaged, over a cap, or a DOCTYPE is met.
        """
        while chunk := self._part.read(size):
            self._raw = self._raw or _RAW in chunk or _RAW in self._tail + chunk[:2]
            self._tail = chunk[-2:]
            if self._raw:
                return chunk
            if left := _ROW.sub(b"", _CELL.sub(b"", chunk)):
                return left
        return b""

    def release(self) -> None:
        """Begin counting anew: the elements parsed so far are gone from memory."""
        self._part.release()
