"""A page made ready for reading: seals off, straight, upright, evened, split where two pages lie side by side."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np

from jixiao.formats.scan.creases import without_creases
from jixiao.formats.scan.ink import Picture, evened, height_of_writing, inked
from jixiao.formats.scan.picture import fit_to_read
from jixiao.formats.scan.rulings import Network, rulings
from jixiao.formats.scan.seals import without_seals
from jixiao.formats.scan.straightening import Straight, straight, upright_turn
from jixiao.formats.scan.writing import Box, Marks

WIDE, GUTTER, MIDDLE = 1.2, 0.15, (0.35, 0.65)  # shape of two pages, inches between them, and where
SPECKS = 300_000  # pieces of ink on a page: all of them noise
CLEAN = 0.002  # of the height of a gutter: dust
ENOUGH = 0.002  # of a half: ink that makes it a page


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as it is read; pixels are straight ones, `back` tells them as points on the page as it came.

    A page of `noise` has more ink than any writing, and none of it is kept.
    """

    grey: Picture
    sealed: Picture
    networks: tuple[Network, ...]
    marks: Marks
    em: float
    dpi: float
    map: Straight
    points: float
    noise: bool

    def back(self, box: tuple[float, float, float, float]) -> tuple[str, str, str, str]:
        """Tell a box in points on the page as it came."""
        left, top, right, bottom = (f"{max(0.0, edge * self.points):.1f}" for edge in self.map.back(box))
        return left, top, right, bottom

    def is_creased(self, box: Box) -> bool:
        """Tell whether a crease runs through a box."""
        left, top, right, bottom = box
        within = left, top, right - left, bottom - top
        return any(cv2.clipLine(within, *np.rint(ends).astype(int).tolist())[0] for ends in self.map.creases)


def sheets(picture: Picture, points: float, *, turns: int = 0) -> Iterator[Sheet]:
    """Make a picture ready; two sheets where two pages lie side by side.

    Args:
        picture: BGR or grey pixels.
        points: points to the pixel.
        turns: quarter turns against the clock that the page needs to stand upright, besides lying on its side.
    """
    even, hidden, whole, dpi = _straightened(picture, 72 / points, turns)
    ink = inked(even, dpi)
    for left, right in _halves(ink, dpi):
        move = np.array([[1.0, 0, -left], [0, 1, 0], [0, 0, 1]])
        folds = tuple(ends - [left, 0] for ends in whole.creases)
        part = Straight(move @ whole.forth, right - left, whole.height, folds)
        own = slice(left, right)
        yield _ready(even[:, own], ink[:, own], hidden[:, own], part, (dpi, points))


def _straightened(picture: Picture, dpi: float, turns: int) -> tuple[Picture, Picture, Straight, float]:
    """Take off seals and creases, turn and straighten; tell where seals stood, and the resolution it has now."""
    came = dpi
    picture, dpi = fit_to_read(picture, dpi)
    shrink = dpi / came
    grey, sealed = without_seals(picture, dpi)
    turns += _on_its_side(grey, dpi)
    quarter = _quarter(turns % 4, *grey.shape[::-1])
    grey, sealed = (np.ascontiguousarray(np.rot90(each, turns % 4)) for each in (grey, sealed))
    level = straight(grey, dpi)
    hidden, grey = level.page(sealed, paper=0), level.page(grey)
    even = evened(without_creases(grey, level.creases, dpi), dpi)
    scale = np.diag([shrink, shrink, 1.0])
    return even, hidden, replace(level, forth=level.forth @ quarter @ scale), dpi


def _ready(
    even: Picture, ink: Picture, sealed: Picture, level: Straight, scale: tuple[float, float]
) -> Sheet:
    dpi, points = scale
    ink = np.ascontiguousarray(ink)
    noise = cv2.connectedComponents(ink, connectivity=8)[0] > SPECKS
    if noise:
        ink[:] = 0
    em = height_of_writing(ink, dpi)
    ruled = rulings(ink, sealed, dpi, em)
    broad = max(3, int(dpi / 60)) | 1
    lines = cv2.dilate(ruled.mask, np.ones((broad, broad), np.uint8)) > 0
    even[lines] = 255
    ink[lines] = 0
    marks = Marks(ink, em)
    return Sheet(even, sealed, ruled.networks, marks, em, dpi, level, points, noise or marks.crowded)


def _on_its_side(grey: Picture, dpi: float) -> int:
    scale = min(1.0, 120 / dpi)
    small = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    ink = inked(evened(small, dpi * scale), dpi * scale)
    return int(upright_turn(ink, height_of_writing(ink, dpi * scale)))


def _quarter(turns: int, width: int, height: int) -> Any:  # noqa: ANN401
    """Give the map of a picture of this size turned by quarters against the clock, as numpy turns it."""
    out = np.eye(3)
    for _ in range(turns):
        out = np.array([[0.0, 1, 0], [-1, 0, width], [0, 0, 1]]) @ out
        width, height = height, width
    return out


def _halves(ink: Picture, dpi: float) -> list[tuple[int, int]]:
    """Cut two pages apart where nothing stands between them from top to bottom."""
    height, width = ink.shape
    if width < WIDE * height:
        return [(0, width)]
    start, end = (int(share * width) for share in MIDDLE)
    empty = (ink[:, start:end] > 0).mean(axis=0) < CLEAN
    edges = np.flatnonzero(np.diff(np.concatenate([[0], empty.astype(np.int8), [0]])))
    gaps = sorted(zip(edges[::2], edges[1::2], strict=True), key=lambda gap: gap[0] - gap[1])
    if not gaps or gaps[0][1] - gaps[0][0] < GUTTER * dpi:
        return [(0, width)]
    cut = start + int(gaps[0][0] + gaps[0][1]) // 2
    if min(float((ink[:, :cut] > 0).mean()), float((ink[:, cut:] > 0).mean())) < ENOUGH:
        return [(0, width)]
    return [(0, cut), (cut, width)]
