"""Pages as scans and photographs: drawn by typst, turned into pixels, damaged, and packed as pictures in a PDF."""

from collections.abc import Callable
from io import BytesIO
from random import Random

import cv2
from PIL import Image

from jixiao.layout import Layout
from tests.formats import damage
from tests.formats.damage import Picture
from tests.formats.drawn import pictures_of
from tests.reading.drawings import Sheet, pdf_of

Hurt = Callable[[Random, Picture], Picture]
_SHEET = Sheet(width=297, height=210, size=9, margin=12)
_SHORT = Sheet(width=297, height=115, size=9, margin=12, furniture=True)
_UPRIGHT = Sheet(size=8, margin=12, parted=True)


def scan(rng: Random, page: Layout, *, hurt: Hurt, dpi: int = 200) -> bytes:
    """Scan a page lying on its side and damage every picture of it."""
    return packed([hurt(rng, picture) for picture in pictures_of(pdf_of(page, _SHEET), dpi=dpi)], dpi)


def long(rng: Random, page: Layout) -> bytes:
    """Scan short pages that a table runs over, with a head and a page number on each."""
    return packed([light(rng, picture) for picture in pictures_of(pdf_of(page, _SHORT), dpi=_DPI)], _DPI)


def two_up(rng: Random, page: Layout) -> bytes:
    """Two upright pages lie side by side on the glass; a paper begins on a page of its own."""
    pictures = pictures_of(pdf_of(page, _UPRIGHT), dpi=_DPI)
    if len(pictures) % 2:
        pictures.append(pictures[0] * 0 + 255)
    pairs = zip(pictures[::2], pictures[1::2], strict=True)
    return packed([light(rng, damage.two_up(left, right)) for left, right in pairs], _DPI)


def light(rng: Random, picture: Picture) -> Picture:
    """Turn by one degree, with light noise: the scan by which reading is judged."""
    return damage.noisy(damage.turned(picture, rng.choice((-1.0, 1.0))), 6, seed=rng.randrange(999))


def straight(_rng: Random, picture: Picture) -> Picture:
    """Leave it as it is drawn."""
    return picture


def skewed(rng: Random, picture: Picture) -> Picture:
    """Turn by two degrees."""
    return damage.turned(picture, rng.choice((-2.0, 2.0)))


def blurred(_rng: Random, picture: Picture) -> Picture:
    """Draw it out of focus."""
    return damage.blurred(picture, 1.3)


def squeezed(rng: Random, picture: Picture) -> Picture:
    """Pass it through JPEG of low quality."""
    return damage.squeezed(picture, rng.choice((25, 35)))


def noisy(rng: Random, picture: Picture) -> Picture:
    """Add strong grain and black specks."""
    return damage.noisy(picture, 18, seed=rng.randrange(999), specks=0.001)


def red_seal(rng: Random, picture: Picture) -> Picture:
    """Stamp a red seal over the figures."""
    return damage.sealed(light(rng, picture), _spot(rng), dpi=_DPI)


def grey_seal(rng: Random, picture: Picture) -> Picture:
    """Stamp a seal and copy it without colour."""
    return damage.sealed(light(rng, picture), _spot(rng), dpi=_DPI, grey=True)


def folded(rng: Random, picture: Picture) -> Picture:
    """Fold the sheet across the table."""
    return damage.folded(light(rng, picture), rng.uniform(0.3, 0.6), dpi=_DPI)


def faint(rng: Random, picture: Picture) -> Picture:
    """Print it with little toner."""
    return damage.noisy(damage.faint(picture, 0.35), 4, seed=rng.randrange(999))


def photographed(rng: Random, picture: Picture) -> Picture:
    """Photograph it from one side, with a shadow."""
    return damage.photographed(damage.shadowed(picture, 0.25), lean=rng.uniform(0.02, 0.05))


_DPI = 200


def _spot(rng: Random) -> tuple[float, float]:
    return rng.uniform(0.55, 0.8), rng.uniform(0.4, 0.65)


def packed(pictures: list[Picture], dpi: int) -> bytes:
    """Put pictures as JPEG into a PDF of their size, one a page, without any text."""
    images = [Image.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)) for picture in pictures]
    stream = BytesIO()
    images[0].save(stream, "PDF", save_all=True, append_images=images[1:], resolution=dpi, quality=85)
    return stream.getvalue()


def album(rng: Random, page: Layout) -> bytes:
    """The same short pages as one TIFF of several pages, in grey."""
    pictures = [light(rng, picture) for picture in pictures_of(pdf_of(page, _SHORT), dpi=_DPI)]
    grey = [cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY) for picture in pictures]
    return bytes(cv2.imencodemulti(".tiff", grey)[1])


def pictured(rng: Random, page: Layout) -> bytes:
    """One photograph as a JPEG file."""
    first = pictures_of(pdf_of(page, _SHEET), dpi=_DPI)[0]
    return bytes(cv2.imencode(".jpg", light(rng, first), [cv2.IMWRITE_JPEG_QUALITY, 85])[1])
