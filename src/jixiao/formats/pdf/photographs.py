"""Pictures of pages as a PDF, a page each and nothing on it but the picture: so that notes can be put on them."""

import struct
from collections.abc import Iterable, Sequence

from jixiao.formats.pictures import JPEG, Picture

_FRAME = b"\xff\xc0"  # where a JPEG of the plain kind tells its size
_COLOURS = {1: "DeviceGray", 3: "DeviceRGB"}


def bound(pictures: Iterable[Picture]) -> bytes:
    """Return the PDF of pictures, each as large as it says it is; those that are no plain JPEG are left out."""
    pages = [page for picture in pictures if (page := _page(picture)) is not None]
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    kids = []
    for picture, content, image in pages:
        at = len(objects) + 1
        kids.append(f"{at} 0 R")
        box = f"[0 0 {picture.width} {picture.height}]"
        used = f"<</XObject<</I {at + 2} 0 R>>>>"
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox{box}/Resources{used}/Contents {at + 1} 0 R>>".encode(),
            _stream("", content.encode()),
            _stream(image, picture.data),
        ]
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    return _assembled(objects)


def _page(picture: Picture) -> tuple[Picture, str, str] | None:
    """Return what draws a picture over the whole page, and what the picture says of itself."""
    at = picture.data.find(_FRAME)
    if picture.mime != JPEG or at < 0:
        return None
    height, width, colours = struct.unpack_from(">HHB", picture.data, at + 5)
    image = (
        f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8"
        f"/ColorSpace/{_COLOURS.get(colours, 'DeviceCMYK')}/Filter/DCTDecode"
    )
    return picture, f"q {picture.width} 0 0 {picture.height} 0 0 cm /I Do Q", image


def _stream(says: str, content: bytes) -> bytes:
    return f"<<{says}/Length {len(content)}>>\nstream\n".encode() + content + b"\nendstream"


def _assembled(objects: Sequence[bytes]) -> bytes:
    """Number the objects from 1, and put the table of their places behind them."""
    data, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return bytes(data + head + table + tail)
