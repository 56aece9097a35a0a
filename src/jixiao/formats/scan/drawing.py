"""Hands on the pages of a picture file as pictures that every browser shows, to stand beside what was read."""

from jixiao.formats.intake import LIMITS, refusal
from jixiao.formats.pictures import JPEG, line_of
from jixiao.layout import Layout, Line

try:
    import cv2

    from jixiao.formats.scan.ink import Picture
    from jixiao.formats.scan.picture import pictures_in
except ImportError as error:
    _MISSING: ImportError | None = error
else:
    _MISSING = None

_INCH = 72  # points
_LARGEST = 1_600  # pixels of the longer side
_QUALITY = 80


def read(data: bytes, *, name: str) -> Layout:
    """Return the first pages, as many as LIMITS allow, each a packed picture.

    Raises:
        UnreadableError: broken, over a cap, or the extra is not installed.
    """
    if _MISSING is not None:
        raise refusal(name, "看图片所需的组件没有安装", '请安装：pip install "jixiao[scan]"')
    pages = zip(range(LIMITS.drawn_pages), pictures_in(data, name=name), strict=False)
    return Layout(
        name=name, blocks=tuple(_drawn(page, picture, dpi) for page, (picture, dpi) in pages), format="scan"
    )


def _drawn(page: int, picture: "Picture", dpi: float) -> Line:
    height, width = picture.shape[:2]
    shrink = min(1.0, _LARGEST / max(width, height))
    small = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    packed = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()
    size = (f"{width * _INCH / dpi:.2f}", f"{height * _INCH / dpi:.2f}")
    return line_of(page + 1, size, JPEG, packed)
