"""PDFs written by hand, operator by operator, so that a test shows what is drawn and in which order.

The letters are of a Chinese font that every reader knows by name, so nothing is embedded; places are in points
from the lower left corner, as in the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import md5

FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [ "
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
    b"/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
    b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >> ] >>"
)
MUTE = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Mute /Encoding /Identity-H /DescendantFonts [ "
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Mute /DW 1000 "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >> ] >>"
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page: what is drawn on it, its size, its quarter turns clockwise, what is cut off around it."""

    content: str
    size: tuple[float, float] = (595, 842)
    turns: int = 0
    crop: tuple[float, float, float, float] | None = None
    resources: str = ""


def text(x: float, y: float, words: str, size: float = 10, *, mode: int = 0, along: str = "1 0 0 1") -> str:
    """Draw words; `mode` 3 is invisible, `along` the first four numbers of the text's matrix."""
    codes = words.encode("utf-16-be").hex()
    return f"BT /F1 {size} Tf {mode} Tr {along} {x} {y} Tm <{codes}> Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> str:
    """Draw a straight rule."""
    return f"{width} w {x0} {y0} m {x1} {y1} l S\n"


def bar(x0: float, y0: float, x1: float, y1: float, colour: str = "0 0 0") -> str:
    """Fill a box."""
    return f"{colour} rg {x0} {y0} {x1 - x0} {y1 - y0} re f 0 0 0 rg\n"


def lattice(xs: Sequence[float], ys: Sequence[float], width: float = 0.5) -> str:
    """Draw every rule of a table whose columns and rows all run through."""
    across = (line(xs[0], y, xs[-1], y, width) for y in ys)
    down = (line(x, ys[0], x, ys[-1], width) for x in xs)
    return "".join((*across, *down))


def filled(xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]], size: float = 10) -> str:
    """Write words into the fields of a table; `ys` from the bottom up, rows from the top down."""
    return "".join(
        text(xs[c] + 3, ys[len(ys) - 2 - r] + 5, words, size)
        for r, row in enumerate(rows)
        for c, words in enumerate(row)
        if words
    )


def pdf(*pages: Drawn | str, trailer: str = "", more: Sequence[bytes] = ()) -> bytes:
    """A file of pages; `more` are further objects, the first of which has the number 5 + 2 * pages."""
    drawn = [page if isinstance(page, Drawn) else Drawn(page) for page in pages]
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(drawn)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(drawn)} >>".encode(),
        FONT,
        MUTE,
    ]
    for n, page in enumerate(drawn):
        crop = f"/CropBox [{' '.join(map(str, page.crop))}]" if page.crop else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.size[0]} {page.size[1]}] {crop} "
            f"/Rotate {90 * page.turns} /Contents {6 + 2 * n} 0 R "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> {page.resources} >> >>".encode()
        )
        content = page.content.encode()
        objects.append(b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content))
    return assembled([*objects, *more], trailer)


def assembled(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """Number objects from 1 and put the table of their places behind them."""
    data = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for n, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (n, content)
    start = len(data)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(places) + 1, rows)
    head = f"/Size {len(places) + 1} /Root 1 0 R {trailer}".encode()
    return bytes(data + b"trailer << %s >>\nstartxref\n%d\n%%%%EOF\n" % (head, start))


# ---------------------------------------------------------------- passwords

_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def locked(content: str, password: str) -> bytes:
    """A page in the Latin letters of /F1, locked in the oldest way; "" opens without a word."""
    number, rights = b"0123456789abcdef", (-4 & 0xFFFFFFFF).to_bytes(4, "little")
    user = (password.encode() + _PAD)[:32]
    owner = _stream(md5(_PAD, usedforsecurity=False).digest()[:5], user)
    key = md5(user + owner + rights + number, usedforsecurity=False).digest()[:5]
    own = md5(key + (5).to_bytes(3, "little") + bytes(2), usedforsecurity=False).digest()[:10]
    hidden = _stream(own, content.encode())
    trailer = (
        f"/ID [<{number.hex()}> <{number.hex()}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
        f"/O <{owner.hex()}> /U <{_stream(key, _PAD).hex()}> >>"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        _HELVETICA,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(hidden), hidden),
    ]
    return assembled(objects, trailer)


def _stream(key: bytes, data: bytes) -> bytes:
    """RC4."""
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    made, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        made.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(made)
