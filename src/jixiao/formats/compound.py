"""Compound files (OLE), the shell of old office files: what stands at the top of one, told by its directory.

A document may hold a whole workbook as an embedded object, so only the names at the top say what a file is.
Where the directory can't be followed, the names are looked for in the bytes: the reader will find the damage.
"""

import struct
from collections.abc import Iterator

READERS = (
    ("EncryptedPackage", None),  # an encrypted xlsx or docx
    ("Workbook", "jixiao.formats.xls.reading"),
    ("Book", "jixiao.formats.xls.reading"),
    ("WordDocument", "jixiao.formats.ole.reading"),
)
MOST_ENTRIES = 20_000
ENTRY = 128
FAT_SECTORS = 109  # those that the head names itself
STREAM, ROOT = 2, 5


def reader(data: bytes) -> str | None:
    """Name the module that reads what a compound file holds, None when there is none for it."""
    names = top(data)
    for stream, module in READERS:
        if stream in names:
            return module
    return None


def top(data: bytes) -> frozenset[str]:
    """Name the streams at the top of a compound file; of a damaged one, the known names that occur in it."""
    try:
        names = frozenset(_streams(_directory(data)))
    except (struct.error, ValueError):
        names = frozenset()
    return names or frozenset(name for name, _ in READERS if name.encode("utf-16-le") in data)


def _directory(data: bytes) -> bytes:
    """Gather the directory's sectors along their chain, as far as it can be followed."""
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in {9, 12}:
        raise ValueError
    size = 1 << shift
    fat = struct.unpack_from(f"<{FAT_SECTORS}I", data, 76)
    (sector,) = struct.unpack_from("<I", data, 48)
    found = bytearray()
    while (sector + 2) * size <= len(data) + size - 1 and len(found) < MOST_ENTRIES * ENTRY:
        found += data[(sector + 1) * size : (sector + 2) * size]
        of_fat, at = divmod(sector, size // 4)
        if of_fat >= FAT_SECTORS:
            break
        start = (fat[of_fat] + 1) * size + 4 * at
        if start + 4 > len(data):
            break
        (sector,) = struct.unpack_from("<I", data, start)
    return bytes(found)


def _streams(directory: bytes) -> Iterator[str]:
    """Yield the names of the streams that hang on the root entry; a loop in the tree is walked once."""
    if len(directory) < ENTRY or directory[66] != ROOT:
        raise ValueError
    waiting, seen = [struct.unpack_from("<I", directory, 76)[0]], set()
    while waiting:
        number = waiting.pop()
        if number in seen or (number + 1) * ENTRY > len(directory):
            continue
        seen.add(number)
        length, kind, _, left, right = struct.unpack_from("<HBBII", directory, number * ENTRY + 64)
        waiting += [left, right]
        if kind == STREAM and 2 <= length <= 64:  # noqa: PLR2004 - the room that a name has
            raw = directory[number * ENTRY : number * ENTRY + length - 2]
            yield raw.decode("utf-16-le", "replace")
