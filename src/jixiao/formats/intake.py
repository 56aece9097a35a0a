"""What may come in: how large, of what kind by its content, and the words of a refusal.

Every cap stands in LIMITS and nowhere else. Nothing here looks at a suffix or follows a path named inside a
file. What lies inside a zip is the matter of `parts`; what we turn away by kind is named in `foreign`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from jixiao.errors import UnreadableError

MB = 1024 * 1024
CHUNK = 64 * 1024
LONGEST_NUMBER = 9  # digits of a number worth reading in an attribute


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the process that reads an untrusted binary format may take: bytes that it can write to, seconds."""

    memory: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is let in, chosen so that reading stays under 300 MB of memory whatever the file holds.

    Attributes:
        file_bytes: one file
        text_bytes: a file of plain text
        characters: the text of one file
        pieces: lines and cells of one file together
        zip_entries: parts of a workbook or document
        zip_directory_bytes: the list of those parts
        inflated_bytes: all parts of a file, inflated
        ratio: how many times larger a part may get by inflating, once it has passed ratio_from
        ratio_from: up to here any ratio is let in
        markup_bytes: one paragraph, table or row once parsed
        merges: merged ranges of a workbook
        merged_spots: cells under merged ranges
        nesting: tables in tables
        pages: pages of a PDF
        page_objects: things drawn on a PDF page
        page_characters: characters on a PDF page
        drawn_pages: pages shown as pictures by `read --show`
        archive_bytes: a zip of files
        archive_files: files in it, those of zips in it too
        archive_directory_bytes: the list of its files
        archive_inflated: all its files, inflated, as it states
        archive_depth: zips in zips that are walked, the outer one counted
        doubts: doubts told of one file
        office_seconds: LibreOffice, for one file
        office_memory: LibreOffice
        guard: a process that reads a binary format, beside the libraries it has loaded
        guard_of_scans: a process that reads pictures
        scanned_pages: pages of pictures in one file
        pixels: one picture
        picture_bytes: one picture, its file and what opening it takes together
        pixels_read: a page as it is read; a larger one is made coarser
    """

    file_bytes: int = 100 * MB
    text_bytes: int = 16 * MB
    characters: int = 8_000_000
    pieces: int = 200_000
    zip_entries: int = 5_000
    zip_directory_bytes: int = 2 * MB
    inflated_bytes: int = 300 * MB
    ratio: int = 300
    ratio_from: int = 20 * MB
    markup_bytes: int = 80 * MB
    merges: int = 50_000
    merged_spots: int = 400_000
    nesting: int = 60
    pages: int = 2_000
    page_objects: int = 100_000
    page_characters: int = 100_000
    drawn_pages: int = 40
    archive_bytes: int = 2_000 * MB
    archive_files: int = 20_000
    archive_directory_bytes: int = 4 * MB
    archive_inflated: int = 4_000 * MB
    archive_depth: int = 2
    doubts: int = 100
    office_seconds: int = 40
    office_memory: int = 1_500 * MB
    guard: Bounds = Bounds(270 * MB, 60)
    guard_of_scans: Bounds = Bounds(1_200 * MB, 300)
    scanned_pages: int = 40
    pixels: int = 80_000_000
    picture_bytes: int = 130 * MB
    pixels_read: int = 9_000_000


LIMITS = Limits()


class Kind(Enum):
    """What the first look at the bytes says."""

    TEXT = "text"
    ZIP = "zip"
    OLE = "ole"
    TAGS = "tags"
    PDF = "pdf"
    PICTURE = "picture"
    FOREIGN = "foreign"


OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # xls doc et wps, or an encrypted xlsx or docx
BARE_BOOKS = (  # workbooks without a shell: of the first Excels, and of programs that write a few records
    b"\t\x08\x10\0\0\x06", b"\t\x08\x08\0\0\x05", b"\t\x08\x08\0\0\0\x10\0",
    b"\t\x04\x06\0", b"\t\x02\x06\0", b"\t\0\x04\0",
)  # fmt: skip
PDF_START = b"%PDF-"  # some programs put a mark or white space before it
PICTURE_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
FOREIGN_STARTS = (
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)
TAGS_STARTS = (
    b"<!", b"<?xml", b"<html", b"<head", b"<body", b"<meta", b"<table", b"<div", b"<style", b"<p>", b"<p ", b"<font",
    b"<center", b"<title", b"<link", b"<span", b"<script", b"<form", b"mime-version:", b"from:", b"subject:", b"{\\rtf",
)  # fmt: skip
TEXT_MARKS = (b"\xff\xfe", b"\xfe\xff")


def refusal(name: str, reason: str, remedy: str) -> UnreadableError:
    """Word a refusal: one sentence naming the file, the reason and the remedy."""
    return UnreadableError(f"“{name}”：{reason}；{remedy}。")


def sniff(data: bytes) -> Kind:
    """Tell by the content alone what `data` (not empty) may be; TEXT is still to be proved by decoding."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.ZIP
    if data.startswith((OLE_START, *BARE_BOOKS)):
        return Kind.OLE
    if is_picture(data):
        return Kind.PICTURE
    start = data[:256].removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \t\r\n\0").replace(b"\0", b"")
    if start.lower().startswith(TAGS_STARTS):
        return Kind.TAGS
    if start.startswith(PDF_START):
        return Kind.PDF
    binary = b"\0" in data and not data.startswith(TEXT_MARKS)
    return Kind.FOREIGN if binary or data.startswith(FOREIGN_STARTS) else Kind.TEXT


def is_picture(data: bytes) -> bool:
    """Tell a picture of a kind that is read by its first bytes: png, jpg, tiff, bmp, webp."""
    bmp = data.startswith(b"BM") and data[6:10] == bytes(4)
    return data.startswith(PICTURE_STARTS) or bmp or (data.startswith(b"RIFF") and data[8:12] == b"WEBP")


def read_file(path: Path) -> bytes:
    """Read a file whole, unless its size is over the cap: then it is refused before a byte is read.

    Raises:
        UnreadableError: no such file, not a plain file, not allowed, or too large.
    """
    with open_capped(path) as stream:
        return read_stream(stream, name=path.name)


@contextmanager
def open_capped(path: Path) -> Iterator[BinaryIO]:
    """Open a plain file for reading after looking at its size.

    Raises:
        UnreadableError: no such file, not a plain file, not allowed, or too large.
    """
    try:
        if not path.is_file():
            reason = "是文件夹或设备，不是文件" if path.exists() else "找不到这个文件"
            raise refusal(path.name, reason, "请核对文件名和所在位置")
        if path.stat().st_size > LIMITS.file_bytes:
            raise too_large(path.name, LIMITS.file_bytes)
        stream = path.open("rb")
    except (OSError, ValueError) as error:
        raise refusal(path.name, "没有权限或无法打开", "请确认文件未被占用且允许读取") from error
    with stream:
        yield stream


def read_stream(stream: BinaryIO, *, name: str) -> bytes:
    """Read a stream (standard input too) to its end under a running cap.

    Raises:
        UnreadableError: more came than the cap allows, or the stream broke off.
    """
    chunks: list[bytes] = []
    size = 0
    try:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > LIMITS.file_bytes:
                raise too_large(name, LIMITS.file_bytes)
            chunks.append(chunk)
    except OSError as error:
        raise refusal(name, "读到一半中断", "请把文件复制到本机后再试") from error
    return b"".join(chunks)


def too_large(name: str, cap: int) -> UnreadableError:
    """Refuse by size; `cap` in bytes."""
    return refusal(
        name, f"文件超过 {cap // MB} MB，不像一份自评材料", "请只留需要审核的表和报告，或拆成几个文件"
    )


def too_much(name: str, what: str) -> UnreadableError:
    """Refuse by quantity: too many cells, characters, merges, parts."""
    return refusal(name, f"{what}过多，超出自评材料应有的规模", "请只留需要审核的表和报告，或拆成几个文件")


@dataclass(slots=True)
class Tally:
    """Counts the lines and cells made from one file, and their characters, and stops at the caps."""

    name: str
    pieces: int = 0
    characters: int = 0
    merges: int = 0
    merged_spots: int = 0

    def add(self, text: str) -> str:
        """Count one piece and hand its text back."""
        self.pieces += 1
        self.characters += len(text)
        if self.pieces > LIMITS.pieces:
            raise too_much(self.name, "行和单元格")
        if self.characters > LIMITS.characters:
            raise too_much(self.name, "文字")
        return text

    def spread(self, across: int) -> None:
        """Count a cell that takes several columns."""
        self.merged_spots += across - 1
        if self.merged_spots > LIMITS.merged_spots:
            raise too_much(self.name, "合并单元格")


def whole_number(text: str | None, otherwise: int) -> int:
    """Read a small number out of an attribute; what is no such number is `otherwise`."""
    if text is None or len(text) > LONGEST_NUMBER or not (text.isascii() and text.isdigit()):
        return otherwise
    return int(text)
