"""Bytes to text: UTF-8, UTF-16 with its mark, GB18030; anything else is refused, never guessed at."""

import codecs

from jixiao.errors import UnreadableError
from jixiao.expressions import expression
from jixiao.formats.intake import LIMITS, refusal, too_large, too_much
from jixiao.layout import NOWHERE, Doubt

RESAVE = "请在原程序中另存为 UTF-8 编码的文本，或提供 xlsx、docx"
STRANGE = expression(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ue000-\uf8ff]")
FOREIGN_SCRIPTS = expression(r"[\u0100-\u036f\u0400-\u1fff\u2c00-\u2e7f\ua000-\uf8ff]")
MARKED = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, *, name: str) -> tuple[str, tuple[Doubt, ...]]:
    """Decode a text file.

    Returns:
        the text, and a doubt when a few broken characters had to be left out.

    Raises:
        UnreadableError: too large, or no text in a known encoding.
    """
    if len(data) > LIMITS.text_bytes:
        raise too_large(name, LIMITS.text_bytes)
    for mark, encoding in MARKED:
        if data.startswith(mark):
            return _checked(_forgiving(data[len(mark) :], encoding), name)
    try:
        return _checked(data.decode("utf-8"), name)
    except UnicodeDecodeError:
        return _checked(_mended(data), name)


def _mended(data: bytes) -> str:
    """UTF-8 with few faults stays UTF-8 (a file cut off inside a character); else it is GB18030."""
    as_utf8 = _forgiving(data, "utf-8")
    if 20 * as_utf8.count("\ufffd") < sum(not char.isascii() for char in as_utf8[:100_000]):
        return as_utf8
    return _forgiving(data, "gb18030")


def _forgiving(data: bytes, encoding: str) -> str:
    return data.decode(encoding, errors="replace")


def _checked(text: str, name: str) -> tuple[str, tuple[Doubt, ...]]:
    if len(text) > LIMITS.characters:
        raise too_much(name, "文字")
    broken = text.count("\ufffd")
    strange = len(text) - len(STRANGE.sub("", text))
    if "\0" in text or 50 * strange > len(text) or _reads_as_noise(text):
        raise _no_text(name)
    if not broken:
        return text, ()
    why = f"文中有 {broken} 处字节损坏、不成文字，已略去"
    return text.replace("\ufffd", ""), (Doubt(place=NOWHERE, why=why),)


def _reads_as_noise(text: str) -> bool:
    """A third of the letters from scripts that no such paper uses: bytes in an unknown encoding."""
    return 3 * (len(text) - len(FOREIGN_SCRIPTS.sub("", text))) > len(text)


def _no_text(name: str) -> UnreadableError:
    return refusal(name, "不是 UTF-8、UTF-16 或 GB18030（GBK）编码的文本", RESAVE)
