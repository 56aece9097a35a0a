"""The records of a workbook's stream: what its cells don't need is left out, so that nobody trips over it.

A record is two bytes of kind, two of length and its data. Little is understood here: where the sheets are, what
belongs to a chart inside a sheet, which formulas have a number for their result.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

BOF, END, CONTINUE = 0x0809, 0x000A, 0x003C
BOUNDSHEET, FILEPASS, FORMULA, STRING = 0x0085, 0x002F, 0x0006, 0x0207
WORKSHEET = 0  # of the kinds of sheets
OF_GLOBALS = frozenset({
    BOF, END, BOUNDSHEET, FILEPASS,
    0x0022, 0x0042,  # the epoch, the code page
    0x00E0, 0x041E,  # styles and their number formats
    0x00FC,  # shared texts
})  # fmt: skip
OF_SHEETS = frozenset({
    BOF, END, FORMULA,
    0x0207, 0x0221, 0x0236, 0x04BC,  # the text that a formula gave, and what may stand between
    0x0203, 0x027E, 0x00BD,  # numbers
    0x00FD, 0x0204, 0x00D6, 0x0205,  # texts, truths, errors
    0x0208, 0x0225, 0x007D,  # heights and widths
    0x00E5,  # merges
})  # fmt: skip
BEHIND_FORMULAS = frozenset({STRING, 0x0221, 0x0236, 0x04BC})
NO_NUMBER = b"\xff\xff"  # the end of a result that is none; its first byte says what it is
TEXT, EMPTY = 0, 3
Spot = tuple[int, int, int]  # sheet, row and column, from 0


class Cut(Exception):  # noqa: N818 - a word between this module and the reader, never the user's
    """The stream ends, or leads out of itself, before its last record."""


class Record(NamedTuple):
    """A record: its kind, where it begins, where its data lie, whether a chart inside a sheet holds it."""

    kind: int
    at: int
    start: int
    end: int
    inner: bool


@dataclass(slots=True)
class Records:
    """A stream without what the cells don't need.

    `hidden` tells of each worksheet, in the order of the tabs, whether it is hidden; None for a stream so old
    that it was left as it is. `bare` are the workbook's formulas if not one of them has a result but 0 or "".
    """

    stream: bytes
    hidden: list[bool] | None = None
    bare: set[Spot] = field(default_factory=set)


def walk(stream: bytes, at: int) -> Iterator[Record]:
    """Yield the records of the substream that begins at `at`.

    Raises:
        Cut: it has no end.
    """
    depth = 0
    while 0 <= at <= len(stream) - 4:
        kind, length = struct.unpack_from("<HH", stream, at)
        end = at + 4 + length
        if end > len(stream):
            break
        yield Record(kind, at, at + 4, end, depth > (kind != BOF))
        depth += (kind == BOF) - (kind == END)
        if depth <= 0:
            return
        at = end
    raise Cut


def has_globals(stream: bytes) -> bool:
    """Tell a workbook of Excel 5 or later from a bare sheet of the time before."""
    return stream[:2] == b"\x09\x08" and stream[6:8] == b"\x05\0"


def cleaned(stream: bytes) -> Records:
    """Leave out what the cells don't need.

    Raises:
        Cut: the globals or a visible sheet have no end.
    """
    if not has_globals(stream):
        return Records(stream)
    out = bytearray()
    sheets: list[tuple[int, int, int, int]] = []  # where the offset is to be written, the offset, state, kind
    for record in _kept(stream, 0, OF_GLOBALS):
        if record.kind == BOUNDSHEET and record.end - record.start >= 6:  # noqa: PLR2004 - the fields here
            sheets.append((len(out) + 4, *struct.unpack_from("<IBB", stream, record.start)))
        out += stream[record.at : record.end]
    hidden: list[bool] = []
    results: dict[Spot, bool] = {}
    moved: dict[int, int] = {}
    for place, offset, state, kind in sheets:
        if kind == WORKSHEET:
            hidden.append(state & 3 != 0)
            if not hidden[-1] and offset not in moved:
                moved[offset] = len(out)
                results |= _copied(out, stream, offset, len(hidden) - 1)
            struct.pack_into("<I", out, place, moved.get(offset, 0))
    return Records(bytes(out), hidden, set() if any(results.values()) else set(results))


def _copied(out: bytearray, stream: bytes, offset: int, sheet: int) -> dict[Spot, bool]:
    """Copy a sheet; tell where its formulas stand, and whether each has a result other than 0 and an empty text."""
    results: dict[Spot, bool] = {}
    promised = -1  # where in `out` a result says that its text comes behind
    for record in _kept(stream, offset, OF_SHEETS):
        if promised >= 0 and record.kind not in BEHIND_FORMULAS:
            out[promised] = EMPTY  # it does not
            promised = -1
        out += stream[record.at : record.end]
        if record.kind == FORMULA and record.end - record.start >= 14:  # noqa: PLR2004 - up to the result
            row, column, result = struct.unpack_from("<HH2x8s", stream, record.start)
            results[sheet, row, column] = any(result) and not (result[6:] == NO_NUMBER and result[0] == EMPTY)
            if result[6:] == NO_NUMBER and result[0] == TEXT:
                promised = len(out) - (record.end - record.start) + 6
        elif record.kind == STRING:
            promised = -1
    return results


def _kept(stream: bytes, at: int, kinds: frozenset[int]) -> Iterator[Record]:
    """Yield the records of these kinds; what continues a record goes with it."""
    keeps = False
    for record in walk(stream, at):
        keeps = keeps if record.kind == CONTINUE else record.kind in kinds and not record.inner
        if keeps:
            yield record
