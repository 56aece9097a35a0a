"""Compound files (OLE), the shell of old office files: the streams at the top of one, told by its directory.

A document may hold a whole workbook as an embedded object, so only the names at the top say what a file is.
Every chain is followed at most as far as the file has sectors, so no loop and no count holds anything up.
"""

import struct
import sys
from array import array
from collections.abc import Iterator
from typing import NamedTuple

from jixiao.formats.intake import OLE_START

READERS = (
    ("EncryptedPackage", None),  # an encrypted xlsx or docx
    ("Workbook", "jixiao.formats.xls.reading"),
    ("Book", "jixiao.formats.xls.reading"),
    ("WordDocument", "jixiao.formats.ole.reading"),
)
ENTRY = 128
HEAD_FAT = 109  # sectors of the allocation table that the head names itself
STREAM, ROOT = 2, 5
END = 0xFFFFFFFA  # from here on a number is no sector
SHIFTS = (9, 12)


class Broken(Exception):  # noqa: N818 - a word between this module and the readers, never the user's
    """The file's own tables can't be followed."""


class Stream(NamedTuple):
    """A stream as its directory entry tells it: its first sector and its size in bytes."""

    start: int
    size: int


class Compound:
    """A compound file opened: its streams at the top by name."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            (self._shift,) = struct.unpack_from("<H", data, 30)
            first, _, self._cutoff, small, _, more, _ = struct.unpack_from("<7I", data, 48)
            head = struct.unpack_from(f"<{HEAD_FAT}I", data, 76)
        except struct.error as error:
            raise Broken from error
        if self._shift not in SHIFTS:
            raise Broken
        self._fat = self._allocation(head, more)
        self._small_fat = _numbers(self._joined(small))
        self._directory = self._joined(first)
        self.streams = dict(self._top())

    def read(self, name: str) -> bytes:
        """Read a stream whole, or as much of it as the file still has.

        Raises:
            Broken: its sectors can't be followed.
        """
        stream = self.streams[name]
        if stream.size >= self._cutoff:
            return self._joined(stream.start, stream.size)
        within = self._joined(struct.unpack_from("<I", self._directory, 116)[0])
        sectors = _chain(stream.start, self._small_fat)
        return b"".join(within[at << 6 : (at + 1) << 6] for at in sectors)[: stream.size]

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) << self._shift : (number + 2) << self._shift]

    def _joined(self, first: int, size: int | None = None) -> bytes:
        """Join the sectors of a chain; those that follow each other in the file, as most do, in one piece."""
        runs: list[list[int]] = []
        for number in _chain(first, self._fat):
            if runs and runs[-1][1] == number:
                runs[-1][1] = number + 1
            else:
                runs.append([number, number + 1])
        pieces = (self._data[(start + 1) << self._shift : (end + 1) << self._shift] for start, end in runs)
        return b"".join(pieces)[:size]

    def _allocation(self, head: tuple[int, ...], more: int) -> "array[int]":
        """Gather the allocation table: its sectors are named in the head, and in a chain behind it."""
        table: array[int] = array("I")
        sectors = list(head)
        most = (len(self._data) >> self._shift) + 1
        while more < END and len(sectors) < most + HEAD_FAT:
            named = _numbers(self._sector(more))
            if not named:
                break
            sectors += named[:-1]
            more = named[-1]
        for sector in sectors[:most]:
            if sector < END:
                table += _numbers(self._sector(sector))
        return table[:most]

    def _top(self) -> Iterator[tuple[str, Stream]]:
        """Yield the streams that hang on the root entry; a loop in the tree is walked once."""
        directory = self._directory
        if len(directory) < ENTRY or directory[66] != ROOT:
            raise Broken
        waiting, seen = [struct.unpack_from("<I", directory, 76)[0]], set()
        while waiting:
            at = waiting.pop() * ENTRY
            if at in seen or at + ENTRY > len(directory):
                continue
            seen.add(at)
            length, kind, _, left, right = struct.unpack_from("<HBBII", directory, at + 64)
            waiting += [left, right]
            if kind == STREAM and 2 <= length <= 64:  # noqa: PLR2004 - the room that a name has
                name = directory[at : at + length - 2].decode("utf-16-le", "replace")
                yield name, Stream(*struct.unpack_from("<II", directory, at + 116))


def reader(data: bytes) -> str | None:
    """Name the module that reads what a compound file holds, or a bare workbook; None when there is none."""
    if not data.startswith(OLE_START):
        return "jixiao.formats.xls.reading"
    names = top(data)
    for stream, module in READERS:
        if stream in names:
            return module
    return None


def top(data: bytes) -> frozenset[str]:
    """Name the streams at the top of a compound file.

    Where its tables can't be followed, the known names that occur in it: the reader will find the damage.
    """
    try:
        names = frozenset(Compound(data).streams)
    except Broken:
        names = frozenset()
    return names or frozenset(name for name, _ in READERS if name.encode("utf-16-le") in data)


def _numbers(raw: bytes) -> "array[int]":
    numbers = array("I")
    numbers.frombytes(raw[: len(raw) - len(raw) % 4])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _chain(first: int, table: "array[int]") -> Iterator[int]:
    """Yield the sectors of a chain.

    Raises:
        Broken: it leaves the table, or never ends.
    """
    for _ in range(len(table) + 1):
        if first >= END:
            return
        yield first
        if first >= len(table):
            break
        first = table[first]
    raise Broken
