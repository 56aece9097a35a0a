"""Pictures of a file's pages, to be shown beside what was read.

Drawing is a matter of untrusted bytes like reading, so it is done in the same guarded process, which only knows how
to send pages of text. A picture therefore travels as a line: its bytes in base64, its size as the line's box.
"""

import struct
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from decimal import Decimal

from jixiao.layout import Line, Place

PNG, JPEG = "image/png", "image/jpeg"


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as it looks: `data` in the format `mime`; `width` and `height` in points, as boxes of places are."""

    page: int
    width: Decimal
    height: Decimal
    mime: str
    data: bytes


def line_of(page: int, size: tuple[str, str], mime: str, data: bytes) -> Line:
    """Pack a picture for its way; `size` is width and height in points."""
    return Line(f"{mime} {b64encode(data).decode()}", Place(page=page, box=("0", "0", *size)))


def picture_of(line: Line) -> Picture | None:
    """Unpack a picture; None for a line that is none."""
    mime, _, data = line.text.partition(" ")
    if mime not in {PNG, JPEG} or line.place.page is None or line.place.box is None:
        return None
    width, height = (Decimal(side) for side in line.place.box[2:])
    return Picture(line.place.page, width, height, mime, b64decode(data))


def png(width: int, height: int, rows: bytes) -> bytes:
    """Return the PNG file of grey pixels, a byte each, row after row without gaps."""

    def chunk(kind: bytes, inside: bytes) -> bytes:
        return struct.pack(">L", len(inside)) + kind + inside + struct.pack(">L", zlib.crc32(kind + inside))

    lines = b"".join(b"\0" + rows[at : at + width] for at in range(0, width * height, width))
    head = struct.pack(">2L5B", width, height, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines, 6)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts
