"""Workbooks under the password that every program knows: Excel encrypts so when only the structure is protected.

[MS-OFFCRYPTO] 2.3.6 and 2.3.5, [MS-XLS] 2.2.10: RC4, keyed anew every 1024 bytes of the stream. Nothing else is
opened here, and no other password is tried.
"""

import struct
from collections.abc import Callable, Iterator
from hashlib import md5, sha1

from jixiao.formats.xls.records import BOUNDSHEET, FILEPASS, Record, has_globals, walk

KNOWN_TO_ALL = "VelvetSweatshop".encode("utf-16-le")
BLOCK = 1024
PLAIN = frozenset(
    {0x0809, FILEPASS, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138}
)  # records that are never encrypted
POSITION = 4  # of a sheet's record, the bytes that say where the sheet begins are plain
HEAD = 4
WEAK_KEY = 5  # bytes; the RC4 of 1997 kept no more of its hash

Keys = Callable[[int], bytes]


class Locked(Exception):  # noqa: N818 - a word between this module and the reader, never the user's
    """The stream is encrypted with a password of its own, or in a way that isn't known here."""


def opened(stream: bytes) -> bytes:
    """Give the stream in plain: as it is where it isn't encrypted.

    Raises:
        Locked: it takes a password.
        Cut: it has no end.
    """
    if not has_globals(stream):
        return stream
    told = next((record for record in walk(stream, 0) if record.kind == FILEPASS), None)
    if told is None:
        return stream
    try:
        keys = _keys(stream[told.start : told.end])
    except struct.error as error:
        raise Locked from error
    plain = bytearray(bytes(map(int.__xor__, stream, _keystream(keys, len(stream)))))
    for record in _records(stream):
        start = _plain_until(record)
        plain[record.at : start] = stream[record.at : start]
    struct.pack_into("<H", plain, told.at, 0x0FFE)
    return bytes(plain)


def _records(stream: bytes) -> Iterator[Record]:
    """The records of the whole stream, one substream after another."""
    at = 0
    while at <= len(stream) - HEAD:
        kind, length = struct.unpack_from("<HH", stream, at)
        yield Record(kind, at, at + HEAD, at + HEAD + length, inner=False)
        at += HEAD + length


def _plain_until(record: Record) -> int:
    if record.kind in PLAIN:
        return record.end
    return record.start + (POSITION if record.kind == BOUNDSHEET else 0)


def _keys(told: bytes) -> Keys:
    """Find the key of each block, if the password is the known one."""
    kind, major, minor = struct.unpack_from("<3H", told)
    if kind == 1 and (major, minor) == (1, 1):
        salt, verifier, proof = struct.unpack_from("<16s16s16s", told, 6)
        keys, digest = _keys_of_1997(salt), md5
    elif kind == 1 and minor == 2:  # noqa: PLR2004 - the second way of keying
        (size,) = struct.unpack_from("<I", told, 10)
        (bits,) = struct.unpack_from("<I", told, 14 + 16)
        salt, verifier, proof = struct.unpack_from("<4x16s16s4x20s", told, 14 + size)
        keys, digest = _keys_of_2002(salt, bits), sha1
    else:
        raise Locked
    plain = bytes(map(int.__xor__, verifier + proof, _rc4(keys(0))))
    if digest(plain[:16], usedforsecurity=False).digest() != plain[16:]:
        raise Locked
    return keys


def _keys_of_1997(salt: bytes) -> Keys:
    first = md5(KNOWN_TO_ALL, usedforsecurity=False).digest()[:WEAK_KEY]
    root = md5((first + salt) * 16, usedforsecurity=False).digest()[:WEAK_KEY]
    return lambda block: md5(root + struct.pack("<I", block), usedforsecurity=False).digest()


def _keys_of_2002(salt: bytes, bits: int) -> Keys:
    root = sha1(salt + KNOWN_TO_ALL, usedforsecurity=False).digest()
    size = (bits or 40) // 8
    if not WEAK_KEY <= size <= 16:  # noqa: PLR2004 - 128 bits
        raise Locked

    def key(block: int) -> bytes:
        return (
            sha1(root + struct.pack("<I", block), usedforsecurity=False)
            .digest()[:size]
            .ljust(16 if size == WEAK_KEY else size, b"\0")
        )

    return key


def _keystream(keys: Keys, size: int) -> Iterator[int]:
    for block in range(-(-size // BLOCK)):
        stream = _rc4(keys(block))
        for _ in range(BLOCK):
            yield next(stream)


def _rc4(key: bytes) -> Iterator[int]:
    state = list(range(256))
    at = 0
    for index in range(256):
        at = (at + state[index] + key[index % len(key)]) & 255
        state[index], state[at] = state[at], state[index]
    index = at = 0
    while True:
        index = (index + 1) & 255
        one = state[index]
        at = (at + one) & 255
        other = state[at]
        state[index], state[at] = other, one
        yield state[(one + other) & 255]
