"""Zips of files: names in every packing, zips in zips, what can't be had, and nothing that harms."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import pytest

from jixiao.errors import UnreadableError
from jixiao.formats import archive, archive_held
from jixiao.formats.archive import Member
from jixiao.formats.intake import LIMITS, Limits
from tests.formats.made import document, packed, paragraph, sheet, workbook

NAME = "包.zip"


def found(data: bytes) -> tuple[Member, ...]:
    listed = archive.members(io.BytesIO(data), name=NAME)
    assert listed is not None
    return listed


def paths(data: bytes) -> list[str]:
    return [one.path for one in found(data)]


def content(data: bytes, at: tuple[int, ...]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, NAME)
        path.write_bytes(data)
        return archive_held.member(path, at, name=NAME)


def named_in_bytes(names: Mapping[bytes, bytes], extra: bytes = b"", flags: int = 0) -> bytes:
    """A zip of stored entries whose names are just these bytes, as packers of other systems write them."""
    body, directory = b"", b""
    for name, data in names.items():
        fixed = struct.pack(
            "<5H3L2H", 20, flags, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(name), len(extra)
        )
        directory += (
            b"PK\x01\x02\x14\x00" + fixed + struct.pack("<3H2L", 0, 0, 0, 0, len(body)) + name + extra
        )
        body += b"PK\x03\x04" + fixed + name + extra + data
    end = struct.pack("<4H2LH", 0, 0, len(names), len(names), len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def test_the_files_of_a_zip_are_named_in_order_and_given_byte_by_byte() -> None:
    data = packed({"乙/2.txt": "二", "乙/": "", "甲.txt": "一", "乙/1.txt": ""})
    assert paths(data) == ["乙/1.txt", "乙/2.txt", "甲.txt"]
    assert [content(data, one.at).decode() for one in found(data)] == ["", "二", "一"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
@pytest.mark.parametrize("name", ["青禾县农业局/自评表.xlsx", "一.txt", "镕喆.docx", "联通.txt", "a.txt"])
def test_names_without_a_mark_are_read_as_their_system_wrote_them(name: str, encoding: str) -> None:
    assert paths(named_in_bytes({name.encode(encoding): b"x"})) == [name]


def test_the_field_for_the_name_in_unicode_counts_if_it_is_of_this_name() -> None:
    raw = "自评表.txt".encode("big5", "replace")
    field = b"\x01" + struct.pack("<L", zlib.crc32(raw)) + "自评表.txt".encode()
    extra = struct.pack("<2H", 0x7075, len(field)) + field
    assert paths(named_in_bytes({raw: b"x"}, extra)) == ["自评表.txt"]
    other = "乙.txt".encode("gb18030")
    assert paths(named_in_bytes({other: b"x"}, extra)) == ["乙.txt"]


@pytest.mark.parametrize(
    "name, shown",
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("甲\\乙\\表.txt", "甲/乙/表.txt"),
        ("C:\\表.txt", "C:/表.txt"),
        ("a/../../b/./c.txt", "a/b/c.txt"),
        ("..", ""),
    ],
)
def test_a_name_leads_nowhere(name: str, shown: str) -> None:
    data = named_in_bytes({name.encode(): b"x"})
    assert paths(data) == ([shown] if shown else [])


def test_a_zip_in_a_zip_is_walked_and_a_third_is_left_as_it_is() -> None:
    third = packed({"丙.txt": "三"})
    data = packed({"一.zip": packed({"乙.txt": "二", "三.zip": third}), "甲.txt": "一"})
    assert paths(data) == ["一.zip/三.zip", "一.zip/乙.txt", "甲.txt"]
    by_path = {one.path: one for one in found(data)}
    assert content(data, by_path["一.zip/乙.txt"].at).decode() == "二"
    assert content(data, by_path["一.zip/三.zip"].at) == third


def test_office_files_are_files_wherever_they_lie_and_no_zips() -> None:
    book, text = workbook(sheet("")), document(paragraph("甲"))
    assert archive.members(io.BytesIO(book), name=NAME) is None
    assert archive.members(io.BytesIO("甲".encode()), name=NAME) is None
    assert archive.members(io.BytesIO(book[:200]), name=NAME) is None
    turned = packed({"xl/styles.xml": "", "xl/workbook.xml": "<x/>"})
    assert archive.members(io.BytesIO(turned), name=NAME) is None
    assert paths(packed({"甲.xlsx": book, "乙.docx": text, "丙.et": turned})) == [
        "丙.et",
        "乙.docx",
        "甲.xlsx",
    ]


def test_a_file_with_a_password_says_so_and_the_others_are_there() -> None:
    data = bytearray(packed({"甲.txt": "一", "乙.txt": "二"}))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[second + 8] |= 1
    one, other = sorted(found(bytes(data)), key=lambda member: bool(member.fault))
    assert (one.path, other.path) == ("甲.txt", "乙.txt")
    assert (
        other.fault == "“包.zip/乙.txt”：压缩包里的这个文件有密码保护；请用密码解压，再读取解压后的文件夹。"
    )
    with pytest.raises(UnreadableError, match="密码"):
        content(bytes(data), other.at)


def test_a_zip_in_a_zip_that_is_broken_says_so() -> None:
    inner = packed({"丙.txt": "三" * 100, "丁.txt": "四"})
    (one, other) = found(packed({"坏.zip": inner[:-30], "甲.txt": "一"}))
    assert "已损坏" in one.fault
    assert one.fault.startswith("“包.zip/坏.zip”：")
    assert other.fault == ""


def test_damage_inside_is_told_when_the_file_is_read() -> None:
    data = bytearray(packed({"甲.txt": bytes(range(256)) * 40}))
    at = data.index("甲.txt".encode()) + 40
    data[at : at + 20] = b"\xff" * 20
    with pytest.raises(UnreadableError, match="损坏"):
        content(bytes(data), (0,))
    with pytest.raises(UnreadableError, match="损坏"):
        content(bytes(data), (7,))


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = Limits(
        archive_files=3, archive_bytes=40_000, archive_inflated=30_000, file_bytes=20_000, ratio_from=5_000
    )
    monkeypatch.setattr(archive, "LIMITS", limits)


@pytest.mark.usefixtures("small")
def test_what_is_over_a_cap_is_refused() -> None:
    refused = {
        "过多": packed({f"{n}.txt": "x" for n in range(4)}),
        "超过": packed({"a.bin": b"x"}) + bytes(50_000),
        "解压后大得不正常": packed({f"{n}.txt": bytes(15_000) for n in range(3)}),
    }
    for words, data in refused.items():
        with pytest.raises(UnreadableError, match=words):
            archive.members(io.BytesIO(data), name=NAME)
    inner = packed({f"{n}.txt": "x" for n in range(3)})
    with pytest.raises(UnreadableError, match="过多"):
        archive.members(io.BytesIO(packed({"a.zip": inner, "b.zip": inner})), name=NAME)


@pytest.mark.usefixtures("small")
def test_a_file_over_a_cap_says_so_and_the_others_are_there() -> None:
    bomb = packed({"大.txt": bytes(25_000), "甲.txt": "一"})
    assert ["超过" in one.fault for one in found(bomb)] == [True, False]
    steep = packed({"陡.txt": bytes(19_000)})
    with pytest.raises(UnreadableError, match="压缩炸弹"):
        content(steep, found(steep)[0].at)


def test_entries_that_share_their_bytes_are_refused() -> None:
    data = bytearray(packed({f"{n}.txt": "x" * 50 for n in range(3)}))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    struct.pack_into("<L", data, second + 42, 0)
    with pytest.raises(UnreadableError, match="压缩炸弹"):
        archive.members(io.BytesIO(bytes(data)), name=NAME)


def test_a_directory_that_is_too_long_is_refused_before_it_is_read() -> None:
    data = bytearray(packed({"甲.txt": "一"}))
    at = data.index(b"PK\x05\x06")
    struct.pack_into("<L", data, at + 12, LIMITS.archive_directory_bytes + 1)
    with pytest.raises(UnreadableError, match="过多"):
        archive.members(io.BytesIO(bytes(data)), name=NAME)


def test_a_size_that_lies_is_not_believed() -> None:
    data = bytearray(packed({"甲.txt": b"x" * 9_000}))
    struct.pack_into("<L", data, data.index(b"PK\x01\x02") + 24, 10)
    with pytest.raises(UnreadableError):
        content(bytes(data), (0,))


def test_the_standard_reader_agrees_on_names_with_the_mark() -> None:
    data = packed({"云河省/自评表.txt": "一"})
    assert paths(data) == zipfile.ZipFile(io.BytesIO(data)).namelist()


class Openings:
    """Counts how often a zip is opened."""

    def __init__(self) -> None:
        self.really, self.count = archive.opened, 0

    def __call__(self, stream: BinaryIO, name: str) -> zipfile.ZipFile:
        self.count += 1
        return self.really(stream, name)


def test_a_zip_and_one_in_it_are_opened_once_for_all_their_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = packed({f"{n}.txt": f"内{n}" for n in range(20)})
    path = tmp_path / NAME
    path.write_bytes(packed({"a.txt": "甲", "内.zip": inner}))
    listed = found(path.read_bytes())
    openings = Openings()
    monkeypatch.setattr(archive, "opened", openings)
    texts = [archive_held.member(path, one.at, name=NAME).decode() for one in listed]
    assert sorted(texts) == sorted(["甲", *(f"内{n}" for n in range(20))])
    assert openings.count == 2


def test_a_zip_that_was_replaced_is_opened_anew(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(packed({"a.txt": "甲"}))
    assert archive_held.member(path, (0,), name=NAME).decode() == "甲"
    path.write_bytes(packed({"a.txt": "乙乙"}))
    assert archive_held.member(path, (0,), name=NAME).decode() == "乙乙"
