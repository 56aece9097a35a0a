"""The strokes and pictures of a page, in the file's own space: thin boxes that may be rules, grounds, pictures.

Nothing is decided here: an underline is a thin box too.
"""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage

from jixiao.formats.intake import LIMITS, too_much
from jixiao.formats.pdf.frame import Box

THIN = 4.5  # points: a box not thicker may be a rule
SLANT = 0.7  # points that the ends of a straight rule may differ
LONG = 3  # times as long as it is thick, or it is a dot
DEEPEST = 12
FEW = 5  # segments of a box: more are walked one by one
WHITE = 245
Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class Strokes:
    """What is drawn but for its characters; boxes have x0, y0, x1, y1 in the file's space, y upward.

    `pale` are white strokes, which are seen only on a ground; `turned` says that some text isn't upright,
    `hidden` that some isn't drawn. `density` is that of the
    finest picture, in pixels to the point.
    """

    rules: list[Box] = field(default_factory=list)
    pale: list[Box] = field(default_factory=list)
    grounds: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    turned: bool = False
    hidden: bool = False
    density: float = 0
    objects: int = 0
    name: str = ""
    matrix: Any = field(
        default_factory=pdfium.FS_MATRIX, repr=False, compare=False
    )  # room for the library's answers


def strokes(page: PdfPage, name: str) -> Strokes:
    """Walk the objects of a page, those inside forms too.

    Raises:
        UnreadableError: more objects than any paper has.
    """
    found = Strokes(name=name)
    get = partial(pdfium.FPDFPage_GetObject, page.raw)
    _walk(pdfium.FPDFPage_CountObjects(page), get, SAME, found, 0)
    return found


def _walk(count: int, get: Callable[[int], object], matrix: Matrix, found: Strokes, depth: int) -> None:
    found.objects += count
    if found.objects > LIMITS.page_objects:
        raise too_much(found.name, "一页中的线条和图形")
    for index in range(count):
        thing = get(index)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            _text(thing, matrix, found)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _path(thing, matrix, found)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            _picture(thing, _bounds(thing, matrix), found)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            inside = partial(pdfium.FPDFFormObj_GetObject, thing)
            moved = _times(_matrix(thing), matrix)
            _walk(pdfium.FPDFFormObj_CountObjects(thing), inside, moved, found, depth + 1)


def _text(thing: object, matrix: Matrix, found: Strokes) -> None:
    if not found.hidden:
        mode = pdfium.FPDFTextObj_GetTextRenderMode(thing)
        found.hidden = mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    if not found.turned:
        own = found.matrix
        pdfium.FPDFPageObj_GetMatrix(thing, own)
        a, b = own.a, own.b
        if matrix is not SAME:
            a, b, *_ = _times((a, b, own.c, own.d, own.e, own.f), matrix)
        found.turned = a <= 0 or abs(b) > a / 50


def _picture(thing: object, box: Box, found: Strokes) -> None:
    if _is_thin(box):
        found.rules.append(box)
        return
    found.pictures.append(box)
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if pdfium.FPDFImageObj_GetImagePixelSize(thing, width, height):
        longer = max(box[2] - box[0], box[3] - box[1], 1)
        found.density = max(found.density, max(width.value, height.value) / longer)


# ---------------------------------------------------------------- paths


def _path(path: object, matrix: Matrix, found: Strokes) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not (fill.value or stroke.value):
        return
    white = _white(path, stroked=bool(stroke.value))
    if white is None:
        return
    into = found.pale if white else found.rules
    segments = pdfium.FPDFPath_CountSegments(path)
    if segments <= FEW and _is_thin(box := _bounds(path, matrix)):
        into.append(box)
        return
    found.objects += segments
    if found.objects > LIMITS.page_objects:
        raise too_much(found.name, "一页中的线条和图形")
    moved = _times(_matrix(path), matrix)
    for points in _subpaths(path, segments, moved):
        _subpath(points, into, found if fill.value and not white else None, stroked=bool(stroke.value))


def _subpath(
    points: list[tuple[float, float]], into: list[Box], ground: Strokes | None, *, stroked: bool
) -> None:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = min(xs), min(ys), max(xs), max(ys)
    if stroked:
        for (ax, ay), (bx, by) in pairwise(points):
            if abs(ax - bx) < SLANT or abs(ay - by) < SLANT:
                into.append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
    elif _is_thin(box):
        into.append(box)
    if ground is not None and not _is_thin(box):
        ground.grounds.append(box)


def _subpaths(path: object, segments: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of each part of a path, the first again at the end of a closed one."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    a, b, c, d, e, f = matrix
    for index in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _white(path: object, *, stroked: bool) -> bool | None:
    """Tell whether a path is drawn in white; None when it can't be seen through and through."""
    get = pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not get(path, red, green, blue, alpha):
        return False
    if alpha.value == 0:
        return None
    return min(red.value, green.value, blue.value) >= WHITE


def _is_thin(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return min(width, height) <= THIN and max(width, height) >= LONG * min(width, height)


def _bounds(thing: object, matrix: Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return 0, 0, 0, 0
    if matrix is SAME:
        return left.value, bottom.value, right.value, top.value
    a, b, c, d, e, f = matrix
    corners = [
        (a * x + c * y + e, b * x + d * y + f)
        for x in (left.value, right.value)
        for y in (bottom.value, top.value)
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(thing: object) -> Matrix:
    got = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(thing, got)
    return got.a, got.b, got.c, got.d, got.e, got.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    if then is SAME:
        return first
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
