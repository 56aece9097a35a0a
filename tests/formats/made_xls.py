"""Old workbooks made record by record, or by xlwt, so that a test shows the records it is about."""

import io
import struct
from collections.abc import Sequence

import xlwt
from xlwt.CompoundDoc import XlsDoc

from tests.formats.made import OLE

Record = tuple[int, bytes]
BIFF5, BIFF8 = 0x0500, 0x0600


def saved(book: xlwt.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def substream(kind: int, records: Sequence[Record], version: int = BIFF8) -> bytes:
    head = struct.pack("<HHHH", version, kind, 0, 1997) + (bytes(8) if version == BIFF8 else b"")
    return record(0x0809, head) + b"".join(record(*entry) for entry in records) + record(0x000A, b"")


def stream(
    *sheets: Sequence[Record], version: int = BIFF8, shared: Sequence[Record] = (), states: Sequence[int] = ()
) -> bytes:
    """A bare stream: globals with the `shared` records, then each sheet; `states` are 1 where one is hidden."""
    bodies = [substream(0x0010, sheet, version) for sheet in sheets]
    states = [*states, *[0] * (len(sheets) - len(states))]

    def globals_of(offsets: Sequence[int]) -> bytes:
        listed = []
        for number, (offset, state) in enumerate(zip(offsets, states, strict=True), 1):
            name = struct.pack("<BB", 6, 0) if version == BIFF8 else struct.pack("<B", 6)
            listed.append((0x0085, struct.pack("<IBB", offset, state, 0) + name + b"Sheet%d" % number))
        return substream(0x0005, [*shared, *listed], version)

    at = len(globals_of([0] * len(sheets)))
    offsets = [at + sum(map(len, bodies[:number])) for number in range(len(bodies))]
    return globals_of(offsets) + b"".join(bodies)


def wrapped(bare: bytes) -> bytes:
    """A stream in a compound file."""
    file = io.BytesIO()
    XlsDoc().save(file, bare)
    return file.getvalue()


def small(bare: bytes) -> bytes:
    """A stream of less than 4096 bytes, kept in short sectors as Excel keeps it."""
    end, free, sectors = 0xFFFFFFFE, 0xFFFFFFFF, -(-len(bare) // 512)

    def chain(first: int, count: int) -> list[int]:
        return [*range(first + 1, first + count), end]

    fat = [0xFFFFFFFD, end, end, *chain(3, sectors)]
    tables = [fat, chain(0, -(-len(bare) // 64))]
    packed = [b"".join(struct.pack("<I", n) for n in table).ljust(512, b"\xff") for table in tables]
    head = struct.pack("<8s16xHHHHH6xIIIIIIIII", OLE, 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 2, 1, end, 0)

    def entry(name: str, kind: int, child: int, start: int) -> bytes:
        raw = name.encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII36xIII", raw, len(raw) + 2, kind, 1, free, free, child, start, len(bare), 0
        )

    directory = entry("Root Entry", 5, 1, 3) + entry("Workbook", 2, free, 0) + bytes(256)
    body = packed[0] + directory + packed[1] + bare.ljust(512 * sectors, b"\0")
    return (head + struct.pack("<I", 0)).ljust(512, b"\xff") + body


def number(row: int, column: int, value: float, style: int = 0) -> Record:
    return 0x0203, struct.pack("<HHHd", row, column, style, value)


def formula(row: int, column: int, result: bytes) -> Record:
    return 0x0006, struct.pack("<HHH8sHIH", row, column, 0, result, 0, 0, 3) + b"\x1e\x01\x00"


def label(row: int, column: int, text: bytes) -> Record:
    """A text of the time before Unicode."""
    return 0x0204, struct.pack("<HHHH", row, column, 0, len(text)) + text


def wide_label(row: int, column: int, text: str) -> Record:
    raw = text.encode("utf-16-le")
    return 0x0204, struct.pack("<HHHHB", row, column, 0, len(raw) // 2, 1) + raw
