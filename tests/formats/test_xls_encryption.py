import hashlib
import shutil
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from jixiao.errors import UnreadableError
from jixiao.formats.xls import encryption, reading
from jixiao.layout import Grid
from tests.formats.made_xls import number, stream, wide_label, wrapped

SALT, VERIFIER = bytes(range(16)), bytes(range(100, 116))
HEADER = struct.pack("<8I", 4, 0, 0x6801, 0x8004, 128, 1, 0, 0) + "甲\0".encode("utf-16-le")
EASY = "VelvetSweatshop"


def rc4(key: bytes, data: bytes) -> bytes:
    """The cipher once more, as its textbook has it."""
    state, at, out = list(range(256)), 0, bytearray()
    for n in range(256):
        at = (at + state[n] + key[n % len(key)]) % 256
        state[n], state[at] = state[at], state[n]
    n = at = 0
    for byte in data:
        n = (n + 1) % 256
        at = (at + state[n]) % 256
        state[n], state[at] = state[at], state[n]
        out.append(byte ^ state[(state[n] + state[at]) % 256])
    return bytes(out)


def key_of_1997(password: str, block: int) -> bytes:
    first = hashlib.md5(password.encode("utf-16-le")).digest()[:5]  # noqa: S324
    root = hashlib.md5((first + SALT) * 16).digest()[:5]  # noqa: S324
    return hashlib.md5(root + struct.pack("<I", block)).digest()  # noqa: S324


def key_of_2002(password: str, block: int) -> bytes:
    root = hashlib.sha1(SALT + password.encode("utf-16-le")).digest()  # noqa: S324
    return hashlib.sha1(root + struct.pack("<I", block)).digest()[:16]  # noqa: S324


def told_in_1997(password: str) -> bytes:
    proof = hashlib.md5(VERIFIER).digest()  # noqa: S324
    return struct.pack("<3H", 1, 1, 1) + SALT + rc4(key_of_1997(password, 0), VERIFIER + proof)


def told_in_2002(password: str) -> bytes:
    proof = hashlib.sha1(VERIFIER).digest()  # noqa: S324
    sealed = rc4(key_of_2002(password, 0), VERIFIER + proof)
    sizes = struct.pack("<3HII", 1, 2, 2, 4, len(HEADER))
    return sizes + HEADER + struct.pack("<I", 16) + SALT + sealed[:16] + struct.pack("<I", 20) + sealed[16:]


def locked(told: bytes, key: Callable[[int], bytes]) -> bytes:
    """A workbook of three thousand bytes, encrypted record by record."""
    cells = [wide_label(row, 0, f"指标{row}") for row in range(100)] + [number(0, 1, 88.44)]
    plain = stream(cells, shared=[(0x002F, told), (0x00E1, b"\xb0\x04")])
    out, at = bytearray(plain), 0
    secret = b"".join(rc4(key(n), plain[1024 * n : 1024 * n + 1024]) for n in range(-(-len(plain) // 1024)))
    while at < len(plain):
        kind, length = struct.unpack_from("<HH", plain, at)
        start = at + 4 + (length if kind in {0x0809, 0x002F, 0x00E1} else 4 if kind == 0x0085 else 0)
        out[start : at + 4 + length] = secret[start : at + 4 + length]
        at += 4 + length
    return wrapped(bytes(out))


WAYS = [
    (told_in_1997, lambda password: lambda block: key_of_1997(password, block)),
    (told_in_2002, lambda password: lambda block: key_of_2002(password, block)),
]


@pytest.mark.parametrize("told, keys", WAYS)
def test_a_workbook_whose_structure_is_protected_is_read(
    told: Callable[[str], bytes], keys: Callable[[str], Callable[[int], bytes]]
) -> None:
    (grid,) = reading.read(locked(told(EASY), keys(EASY)), name="表").blocks
    assert isinstance(grid, Grid)
    assert len(grid.cells) == 101
    assert [cell.text for cell in grid.cells[:3]] == ["指标0", "88.44", "指标1"]


@pytest.mark.parametrize("told, keys", WAYS)
def test_a_workbook_with_a_password_of_its_own_is_refused(
    told: Callable[[str], bytes], keys: Callable[[str], Callable[[int], bytes]]
) -> None:
    with pytest.raises(
        UnreadableError, match=r"^“表”：文件有密码保护，无法读取；请用 WPS 或 Excel 打开，去掉密码"
    ):
        reading.read(locked(told("青禾"), keys("青禾")), name="表")


@pytest.mark.parametrize(
    "told", [b"", b"\0\0\x12\x34\x56\x78", b"\1\0\1\0\1\0", b"\1\0\4\0\2\0" + b"\xff" * 60]
)
def test_an_encryption_that_is_not_known_is_refused(told: bytes) -> None:
    with pytest.raises(encryption.Locked):
        encryption.opened(stream([number(0, 0, 1.0)], shared=[(0x002F, told)]))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_what_was_encrypted_here_as_in_1997(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(locked(told_in_1997(EASY), lambda block: key_of_1997(EASY, block)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", ".", "a.xls"],
        capture_output=True, check=True, timeout=120, cwd=tmp_path,
    )  # fmt: skip
    assert "88.44\n指标1,\n指标2,\n" in (tmp_path / "a.csv").read_text("utf-8")
