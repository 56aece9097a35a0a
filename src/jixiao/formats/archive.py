"""The files inside a zip that somebody packed, under caps: their names, and the bytes of one of them.

Nothing is ever written to disk, and a name inside is only a name: it decides neither what is opened nor where. A zip
that is itself an office file is no archive. What stands inside a file is the matter of the readers.
"""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import IO, BinaryIO

from jixiao.errors import UnreadableError
from jixiao.formats.intake import LIMITS, refusal, too_large, too_much
from jixiao.formats.parts import BROKEN, bomb, damaged, directory_bytes

_START = b"PK\x03\x04"
_HEADER = 30  # bytes of a member's own header before its name
_UTF8 = 0x800
_ENCRYPTED = 0x1
_UNICODE_PATH = 0x7075
_FIRST_PARTS = ("[content_types].xml", "_rels/", "docprops/", "mimetype")
_OFFICE_PARTS = (
    "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/workbook.bin", "word/document.xml",
    "ppt/presentation.xml", "content.xml", "OFD.xml", "META-INF/MANIFEST.MF",
)  # fmt: skip
_WIDE = 0x2E80  # from here on stands what Chinese is written with


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a zip: its path inside, the numbers that lead to it, and why it can't be had, if so.

    `at` holds the entry's number in the zip, and for a zip in the zip the number in that one after it.
    """

    path: str
    at: tuple[int, ...]
    fault: str = ""


def members(stream: BinaryIO, *, name: str) -> tuple[Member, ...] | None:
    """Return the files of a zip in the order of their names, those of the zips in it too; None where it is no archive.

    Args:
        stream: the zip, at its start; it must be one that can be sought in.
        name: what the user calls it.

    Raises:
        UnreadableError: it is over a cap, or its entries overlap.
    """
    if not _may_be_archive(stream):
        return None
    try:
        archive = opened(stream, name)
    except UnreadableError as error:
        if isinstance(error.__cause__, BROKEN):
            return None  # no whole zip: its reader says so
        raise
    with archive:
        if _is_office(archive):
            return None
        found = tuple(islice(_within(archive, name, 1), LIMITS.archive_files + 1))
    if len(found) > LIMITS.archive_files:
        raise too_much(name, "压缩包里的文件")
    return found


def _may_be_archive(stream: IO[bytes]) -> bool:
    """Tell by the first entry alone: office files begin with parts of their own, so their directory waits."""
    start = stream.read(_HEADER + 40)
    return start.startswith(_START) and not start[_HEADER:].lower().startswith(
        tuple(part.encode() for part in _FIRST_PARTS)
    )


def _too_wide(stream: BinaryIO) -> bool:
    return directory_bytes(_tail(stream)) > LIMITS.archive_directory_bytes


def _tail(stream: BinaryIO) -> bytes:
    size = stream.seek(0, 2)
    stream.seek(max(size - 70_000, 0))
    return stream.read()


def opened(stream: BinaryIO, name: str) -> zipfile.ZipFile:
    """Open a zip of files.

    Raises:
        UnreadableError: it is damaged, over a cap, or its entries overlap.
    """
    if stream.seek(0, 2) > LIMITS.archive_bytes:
        raise too_large(name, LIMITS.archive_bytes)
    if _too_wide(stream):
        raise too_much(name, "压缩包里的文件")
    try:
        archive = zipfile.ZipFile(stream)
    except BROKEN as error:
        raise damaged(name) from error
    if len(archive.infolist()) > LIMITS.archive_files:
        raise too_much(name, "压缩包里的文件")
    if _overlap(archive.infolist()) or sum(e.file_size for e in archive.infolist()) > LIMITS.archive_inflated:
        raise bomb(name)
    return archive


def _overlap(entries: Sequence[zipfile.ZipInfo]) -> bool:
    """Tell whether two entries share bytes: packers never do that, and a few kilobytes then inflate to terabytes."""
    spans = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    ends = [offset + _HEADER + size for offset, size in spans]
    return any(end > after for end, (after, _) in zip(ends, spans[1:], strict=False))


def _within(archive: zipfile.ZipFile, name: str, depth: int) -> Iterator[Member]:
    named = ((file_name(entry), number) for number, entry in enumerate(archive.infolist()))
    for path, number in sorted(named):
        if path:
            yield from _one(archive, number, path, f"{name}/{path}", depth)


def _one(archive: zipfile.ZipFile, number: int, path: str, name: str, depth: int) -> Iterator[Member]:
    """Yield a file, or instead of a zip what is in it; what can't be had says why."""
    try:
        inner = _inner(archive, number, name) if depth < LIMITS.archive_depth else None
        if inner is None:
            _allowed(archive, number, name)
            yield Member(path, (number,))
            return
        with inner:
            for found in _within(inner, name, depth + 1):
                yield Member(f"{path}/{found.path}", (number, *found.at), found.fault)
    except UnreadableError as error:
        yield Member(path, (number,), str(error))


def _inner(archive: zipfile.ZipFile, number: int, name: str) -> zipfile.ZipFile | None:
    """Return the archive that an entry is, None when it is a file of another kind."""
    entry = _allowed(archive, number, name)
    try:
        with archive.open(entry) as source:
            if not _may_be_archive(source):
                return None
    except BROKEN as error:
        raise damaged(name) from error
    inner = opened(BytesIO(inflated(archive, number, name)), name)
    return None if _is_office(inner) else inner


def _is_office(archive: zipfile.ZipFile) -> bool:
    return any(part in archive.NameToInfo for part in _OFFICE_PARTS)


def _allowed(archive: zipfile.ZipFile, number: int, name: str) -> zipfile.ZipInfo:
    """Return an entry that may be inflated, as far as what it states of itself goes."""
    if not 0 <= number < len(archive.infolist()):
        raise damaged(name)
    entry = archive.infolist()[number]
    if entry.flag_bits & _ENCRYPTED:
        raise refusal(name, "压缩包里的这个文件有密码保护", "请用密码解压，再读取解压后的文件夹")
    if entry.file_size > LIMITS.file_bytes:
        raise too_large(name, LIMITS.file_bytes)
    return entry


def inflated(archive: zipfile.ZipFile, number: int, name: str) -> bytes:
    """Inflate one entry: no more than it states, which was looked at, and no more than the ratio allows.

    Raises:
        UnreadableError: it is damaged, encrypted or over a cap.
    """
    entry = _allowed(archive, number, name)
    most = max(LIMITS.ratio_from, LIMITS.ratio * entry.compress_size)
    try:
        with archive.open(entry) as source:
            data = source.read(most + 1)
    except BROKEN as error:
        raise damaged(name) from error
    if len(data) > most:
        raise bomb(name)
    return data


def file_name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's path as its packer meant it, "" for a folder; steps up and roots are left out.

    Names without the mark of UTF-8 are GB18030 where Chinese Windows packed them, and UTF-8 from some other systems.
    """
    text = (
        entry.orig_filename if entry.flag_bits & _UTF8 else _named_apart(entry) or _decoded(_raw(entry))
    ).replace("\\", "/")
    steps = [step for step in text.split("/") if step not in {"", ".", ".."}]
    return "" if text.endswith("/") else "/".join(steps)


def _raw(entry: zipfile.ZipInfo) -> bytes:
    return entry.orig_filename.encode("cp437", "replace")


def _decoded(raw: bytes) -> str:
    try:
        as_utf8 = raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
    if raw.isascii() or any(ord(char) >= _WIDE for char in as_utf8):
        return as_utf8
    return raw.decode("gb18030", "replace")


def _named_apart(entry: zipfile.ZipInfo) -> str:
    """Return the name in the field that some packers add for it, "" where there is none or it is of another name."""
    extra = entry.extra
    while len(extra) >= 4:  # noqa: PLR2004 - each field begins with its kind and its size, two bytes each
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and int.from_bytes(field[1:5], "little") == zlib.crc32(_raw(entry)):
            return field[5:].decode("utf-8", "replace")
    return ""
