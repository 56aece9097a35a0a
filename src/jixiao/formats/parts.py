"""The parts of an office file (a zip), read under caps: entries, inflated size, ratio, and no DOCTYPE.

Sizes stated in the zip are believed for a refusal only; what is let in is measured while it is read.
"""

import posixpath
import struct
import zipfile
import zlib
from io import BytesIO
from typing import IO

from jixiao.errors import UnreadableError
from jixiao.formats.intake import LIMITS, refusal, too_much

AGAIN = "请重新下载、重新导出或重新保存后再试"
RESAVE = "请用 WPS 或 Office 打开后另存一份再试"
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError,
    OverflowError, struct.error,
)  # fmt: skip
DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
OVERLAP = max(map(len, DOCTYPES)) - 1
END = b"PK\x05\x06"
END64_LOCATOR = b"PK\x06\x07"
END64_BYTES = 56
MAIN_PARTS = (("xlsx", "xl/workbook.xml"), ("docx", "word/document.xml"))


def damaged(name: str) -> UnreadableError:
    """Refuse a file whose zip or XML can't be followed."""
    return refusal(name, "文件不完整或已损坏，内容读不通", AGAIN)


def office_format(data: bytes, *, name: str) -> str | None:
    """Tell a workbook from a document by the parts inside, None when it is neither.

    Raises:
        UnreadableError: the zip is broken, encrypted or over a cap.
    """
    parts = Parts(data, name)
    for office, main in MAIN_PARTS:
        if main in parts:
            return office
    main = parts.main()
    return "xlsx" if main.startswith("xl/") else "docx" if main.startswith("word/") else None


class Parts:
    """An office file opened: its parts by name, each to be read once, as a capped stream."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.inflated = 0
        if directory_bytes(data) > LIMITS.zip_directory_bytes:
            raise too_much(name, "压缩包内的条目")
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except BROKEN as error:
            raise damaged(name) from error
        entries = self._archive.infolist()
        if len(entries) > LIMITS.zip_entries:
            raise too_much(name, "压缩包内的条目")
        self._entries = {entry.filename.replace("\\", "/").lstrip("/"): entry for entry in entries}

    def __contains__(self, path: str) -> bool:
        return path in self._entries

    def open(self, path: str) -> "PartReader":
        """Open a part for reading.

        Raises:
            UnreadableError: it is missing, encrypted, or its stated size is beyond the cap.
        """
        entry = self._entries.get(path)
        if entry is None:
            raise damaged(self.name)
        if entry.flag_bits & 1:
            raise refusal(self.name, "压缩包里的内容有密码保护", "请去掉密码后另存再试")
        if entry.file_size > LIMITS.inflated_bytes:
            raise bomb(self.name)
        try:
            return PartReader(self, entry, self._archive.open(entry))
        except BROKEN as error:
            raise damaged(self.name) from error

    def size(self, path: str) -> int:
        """The size of a part as the zip states it, in bytes; no more than that is ever read of it."""
        return self._entries[path].file_size if path in self else 0

    def entries(self) -> dict[str, tuple[int, int, int, int, int, int]]:
        """Return the names of all parts in their order, each with the date that it bears."""
        return {path: entry.date_time for path, entry in self._entries.items()}

    def main(self) -> str:
        """Name the main part by the package's relations, "" when they don't tell."""
        if "_rels/.rels" not in self:
            return ""
        from_start = self.open("_rels/.rels").read(LIMITS.ratio_from)
        for piece in from_start.split(b"<")[1:]:
            if b"/relationships/officeDocument" in piece and b'Target="' in piece:
                target = piece.partition(b'Target="')[2].partition(b'"')[0]
                return target.decode("utf-8", "replace").lstrip("/")
        return ""


class PartReader:
    """One part as a stream; `read` measures, `release` says that what was parsed so far has been let go."""

    def __init__(self, parts: Parts, entry: zipfile.ZipInfo, source: IO[bytes]) -> None:
        self.name = parts.name
        self._parts = parts
        self._entry = entry
        self._source = source
        self._size = 0
        self._held = 0
        self._tail = b""

    def read(self, size: int) -> bytes:
        """Read up to `size` bytes of XML.

        Raises:
            UnreadableError: damaged, over a cap, or a DOCTYPE is met.
        """
        chunk = self.raw(size)
        seam = self._tail + chunk
        if any(mark in seam for mark in DOCTYPES):
            raise refusal(
                self.name, "文件里夹带了 DOCTYPE 声明，正常的工作簿和文档没有这一项，为安全起见不读取", RESAVE
            )
        self._tail = seam[-OVERLAP:]
        return chunk

    def raw(self, size: int) -> bytes:
        """Read up to `size` bytes of whatever it is.

        Raises:
            UnreadableError: damaged, or over a cap.
        """
        try:
            chunk = self._source.read(size)
        except BROKEN as error:
            raise damaged(self.name) from error
        self._measure(chunk)
        return chunk

    def release(self) -> None:
        """Begin counting anew: the elements parsed so far are gone from memory."""
        self._held = 0

    def _measure(self, chunk: bytes) -> None:
        self._size += len(chunk)
        self._parts.inflated += len(chunk)
        grown = self._size > LIMITS.ratio_from and self._size > LIMITS.ratio * max(
            self._entry.compress_size, 1
        )
        if grown or self._parts.inflated > LIMITS.inflated_bytes:
            raise bomb(self.name)
        self._held += (
            len(chunk) + 60 * chunk.count(b"<") + 240 * chunk.count(b"=")
        )  # what libxml2 makes of it
        if self._held > LIMITS.markup_bytes:
            raise too_much(self.name, "单个表格或段落的内容")


def bomb(name: str) -> UnreadableError:
    """Refuse what grows out of all proportion when it is inflated."""
    return refusal(name, "文件解压后大得不正常（疑似压缩炸弹），为安全起见不读取", RESAVE)


def resolve(part: str, target: str) -> str:
    """Name the part that a relation of `part` points to; only a name inside the zip can come of it."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def directory_bytes(data: bytes) -> int:
    """Bytes of the zip's directory, the largest by every end record that a reader might pick."""
    last = data.rfind(END, max(len(data) - 66_000, 0))
    return max((_stated(data, at) for at in (last, len(data) - 22) if at >= 0), default=0)


def _stated(data: bytes, at: int) -> int:
    if data[at : at + 4] != END or at + 22 > len(data):
        return 0
    end64 = at - 20 - END64_BYTES
    if end64 >= 0 and data[at - 20 : at - 16] == END64_LOCATOR:
        return int(struct.unpack_from("<Q", data, end64 + 40)[0])
    return int(struct.unpack_from("<L", data, at + 12)[0])
