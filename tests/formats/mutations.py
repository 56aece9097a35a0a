"""Ways to damage a file: blind ones that any bytes can suffer, and some that know how a format is built."""

import random
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

from tests.formats.made import OLE, packed
from tests.formats.made_xls import wrapped

Change = Callable[[random.Random, bytes], bytes]
NUMBERS = (b"0", b"-1", b"99999", b"999999999999", b"1048576", b"x", b"")
EXTREMES = (0, 1, 2, 255, 256, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF)


def flip(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(chance: random.Random, data: bytes) -> bytes:
    start, end = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
    return chance.choice((data[:start], data[end:], data[:start] + data[end:]))


def move(chance: random.Random, data: bytes) -> bytes:
    at, start = chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)
    return data[:at] + data[start : start + chance.randrange(200)] + data[at:]


def repeat(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.randrange(1, 60)]
    return data[:start] + piece * chance.choice((2, 5, 400)) + data[start:]


def renumber(chance: random.Random, data: bytes) -> bytes:
    digits = [at for at, byte in enumerate(data) if chr(byte).isdigit()]
    if not digits:
        return data
    at = chance.choice(digits)
    return data[:at] + chance.choice(NUMBERS) + data[at + 1 :]


def restate(chance: random.Random, data: bytes) -> bytes:
    """Put an extreme where a count or an offset of two or four bytes may stand."""
    changed = bytearray(data)
    code = chance.choice(("<H", "<I"))
    at = chance.randrange(max(len(changed) // 2, 1)) * 2
    if at + 4 <= len(changed):
        value = chance.choice((*EXTREMES, chance.randrange(len(data) + 1) & 0xFFFF))
        struct.pack_into(code, changed, at, value if code == "<H" else value * 65_537)
    return bytes(changed)


CHANGES: tuple[Change, ...] = (flip, cut, move, repeat, renumber, restate)


def blindly(chance: random.Random, data: bytes) -> bytes:
    for _ in range(chance.choice((1, 1, 2))):
        data = chance.choice(CHANGES)(chance, data)
    return data


def inside_a_zip(chance: random.Random, data: bytes) -> bytes:
    """Change one part of a zip and pack it again: the zip stays sound, what is in it does not."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(tuple(parts))
    if chance.randrange(8) == 0:
        del parts[name]
    elif chance.randrange(8) == 0:
        parts[name] = parts[chance.choice(tuple(parts))]
    else:
        parts[name] = chance.choice(CHANGES)(chance, parts[name])
    return packed(parts)


# ---------------------------------------------------------------- old workbooks


def records(stream: bytes) -> list[tuple[int, bytes]]:
    found, at = [], 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        found.append((kind, stream[at + 4 : at + 4 + length]))
        at += 4 + length
    return found


def in_the_records(chance: random.Random, data: bytes) -> bytes:
    """Change some records of the stream and put it back into a sound shell."""
    start = data.find(b"\x09\x08")
    found = records(data[max(start, 0) :])[:5_000]
    for _ in range(chance.choice((1, 1, 2, 4))):
        change = chance.choice(RECORD_CHANGES)
        found = change(chance, found) or [(0x000A, b"")]
    lies = chance.randrange(10) == 0
    out = b"".join(
        struct.pack("<HH", kind, (len(body) + lies * chance.choice((-1, 0, 0, 1, 9))) & 0xFFFF) + body
        for kind, body in found
    )
    return wrapped(out) if data.startswith(OLE) else out


Records = list[tuple[int, bytes]]


def drop(chance: random.Random, found: Records) -> Records:
    at = chance.randrange(len(found))
    return found[:at] + found[at + chance.choice((1, 1, 1, 20)) :]


def double(chance: random.Random, found: Records) -> Records:
    at = chance.randrange(len(found))
    return found[:at] + [found[at]] * chance.choice((2, 3, 3_000)) + found[at + 1 :]


def swap(chance: random.Random, found: Records) -> Records:
    one, other = chance.randrange(len(found)), chance.randrange(len(found))
    found[one], found[other] = found[other], found[one]
    return found


def rename(chance: random.Random, found: Records) -> Records:
    at = chance.randrange(len(found))
    kind = chance.choice(
        (found[chance.randrange(len(found))][0], 0x0809, 0x000A, 0x003C, 0x00BD, 0x00E5, 0x0006, 0x002F)
    )
    found[at] = kind, found[at][1]
    return found


def spoil(chance: random.Random, found: Records) -> Records:
    at = chance.randrange(len(found))
    kind, body = found[at]
    found[at] = kind, chance.choice((flip, restate, restate, cut, repeat))(chance, body)[:8_000]
    return found


RECORD_CHANGES = (drop, double, swap, rename, spoil, spoil, spoil)


def in_the_shell(chance: random.Random, data: bytes) -> bytes:
    """Change the head, the allocation table or the directory of a compound file."""
    if not data.startswith(OLE):
        return blindly(chance, data)
    changed = bytearray(data)
    (fat,) = struct.unpack_from("<I", data, 76)
    (directory,) = struct.unpack_from("<I", data, 48)
    start = chance.choice((24, (fat + 1) * 512, (directory + 1) * 512, 76))
    for _ in range(chance.choice((1, 2, 5))):
        at = start + 4 * chance.randrange(128)
        if at + 4 <= len(changed):
            value = chance.choice(
                (0, 1, chance.randrange(len(data) // 512 + 2), 0xFFFFFFFE, 0x7FFFFFFF, 0xFFFFFFFD)
            )
            struct.pack_into("<I", changed, at, value)
    return bytes(changed)


KNOWING: Mapping[str, Sequence[Change]] = {
    "xlsx": (inside_a_zip, inside_a_zip),
    "docx": (inside_a_zip, inside_a_zip),
    "xls": (in_the_records, in_the_records, in_the_records, in_the_shell),
    "doc": (in_the_shell,),
    "ole": (in_the_shell,),
}


def damaged(chance: random.Random, form: str, data: bytes) -> bytes:
    """Damage a sound file of a format in one of the ways that it knows, or blindly."""
    return chance.choice((blindly, *KNOWING.get(form, ())))(chance, data)
