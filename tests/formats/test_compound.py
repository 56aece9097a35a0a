import io
import random
import struct

import pytest
import xlwt

from jixiao.formats import compound
from tests.formats.made import OLE


def saved(rows: int) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for row in range(rows):
        sheet.write(row, 0, f"指标{row}" * 20)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def renamed(data: bytes, new: str) -> bytes:
    """The same file with its stream called otherwise."""
    old = "Workbook".encode("utf-16-le")
    at = data.index(old)
    raw = new.encode("utf-16-le")
    entry = raw.ljust(64, b"\0") + struct.pack("<H", len(raw) + 2)
    return data[:at] + entry + data[at + 66 :]


@pytest.mark.parametrize("rows", [1, 500, 12_000])
def test_a_small_and_a_large_file_are_known_by_the_stream_at_their_top(rows: int) -> None:
    data = saved(rows)
    assert compound.top(data) == {"Workbook"}
    assert compound.reader(data) == "jixiao.formats.xls.reading"


@pytest.mark.parametrize(
    "stream, module",
    [
        ("Book", "jixiao.formats.xls.reading"),
        ("WordDocument", "jixiao.formats.ole.reading"),
        ("EncryptedPackage", None),
        ("PowerPoint Document", None),
    ],
)
def test_the_stream_chooses_the_reader(stream: str, module: str | None) -> None:
    assert compound.reader(renamed(saved(1), stream)) == module


def test_a_workbook_embedded_in_a_document_does_not_make_it_a_workbook() -> None:
    data = bytearray(renamed(saved(1), "WordDocument"))
    inner = "Workbook".encode("utf-16-le")
    data += inner
    assert compound.reader(bytes(data)) == "jixiao.formats.ole.reading"


def test_a_damaged_directory_is_searched_for_the_names() -> None:
    data = OLE + bytes(600) + "WordDocument".encode("utf-16-le")
    assert compound.top(data) == {"WordDocument"}
    assert compound.top(OLE) == frozenset()


def test_any_damage_gives_an_answer() -> None:
    chance, data = random.Random(4), saved(30)
    for _ in range(3_000):
        changed = bytearray(data[: chance.choice((len(data), chance.randrange(len(data))))])
        for _ in range(20):
            at = chance.choice((chance.randrange(600), chance.randrange(max(len(changed), 1))))
            if at < len(changed):
                changed[at] = chance.randrange(256)
        compound.reader(bytes(changed))


def test_a_directory_that_leads_to_itself_ends() -> None:
    data = bytearray(saved(1))
    (first,) = struct.unpack_from("<I", data, 48)
    (fat,) = struct.unpack_from("<I", data, 76)
    struct.pack_into("<I", data, (fat + 1) * 512 + 4 * first, first)
    struct.pack_into("<I", data, (first + 1) * 512 + 128 + 68, 1)
    assert compound.top(bytes(data)) == {"Workbook"}
