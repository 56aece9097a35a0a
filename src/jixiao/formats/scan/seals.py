"""Seals: red stamps over black writing, and their grey ghosts where the page was scanned without colour.

A seal is taken off before anything is read; where it stood is kept, because what stood under it is doubtful.
A heading printed in red is no seal: it is longer than high.
"""

from typing import Any

import cv2
import numpy as np

from jixiao.formats.scan.ink import Picture, blobs, evened

REDDER, RED_FROM = 35, 80  # how much more red than green or blue, and how light the red is at least
JOIN, LEAST, OBLONG, SPREAD = (
    0.1,
    0.35,
    2.0,
    0.04,
)  # inches: letters of a seal apart, its size; its shape; its rim
BLACK, LIFTED = (
    45,
    0.87,
)  # under a seal: what is darker is writing; from this share of its own tone on it is the seal
COLOURED, FEW = 24, 0.0008  # a page has colour where so large a share of its pixels differ so much
MIDDLE = (70, 190)  # the grey of a stamp on an evened page
BROAD, LARGE, ROUND = 0.02, 0.9, 1.3  # inches of its strokes and its size, and its shape
FILLED, INKED = 0.08, 100  # of its ground, and how much of a pixel of the copy


def without_seals(picture: Picture, dpi: float) -> tuple[Picture, Picture]:
    """Make a page grey and take its seals off.

    Args:
        picture: BGR or grey pixels.
        dpi: pixels to the inch.

    Returns:
        The grey page, and a mask of where the seals stood.
    """
    if picture.ndim == 2:  # noqa: PLR2004
        return _without_grey(picture, dpi)
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
    blue, green, red = cv2.split(picture)
    beyond = cv2.subtract(red, cv2.max(blue, green))
    if float((beyond[::4, ::4] > COLOURED).mean()) < FEW:
        return _without_grey(grey, dpi)
    reddish = np.asarray(((beyond > REDDER) & (red > RED_FROM)) * np.uint8(255), np.uint8)
    mask = _stamps(reddish, dpi, LEAST, OBLONG)
    if not mask.any():
        return grey, mask
    spread = max(3, int(SPREAD * dpi)) | 1
    under = cv2.bitwise_and(cv2.dilate(reddish, np.ones((spread, spread), np.uint8)), mask)
    tone = float(np.percentile(red[(reddish > 0) & (mask > 0)], 25))
    lifted = _lifted(np.asarray(red, np.uint8), BLACK, int(max(BLACK + 1.0, LIFTED * tone)))
    return np.where(under > 0, lifted, grey), np.asarray(under, np.uint8)


def _without_grey(grey: Picture, dpi: float) -> tuple[Picture, Picture]:
    """Take off a round stamp of middle grey: what is clearly darker than it is writing."""
    even = evened(grey, dpi)
    broad = max(3, int(BROAD * dpi)) | 1
    middle = np.asarray(cv2.inRange(even, MIDDLE[0], MIDDLE[1]), np.uint8)
    strokes = cv2.morphologyEx(
        middle, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (broad, broad))
    )
    mask = _stamps(np.asarray(strokes, np.uint8), dpi, LARGE, ROUND)
    if not mask.any():
        return grey, mask
    tone = float(np.percentile(even[(strokes > 0) & (mask > 0)], 25))
    black = min(float(np.percentile(even[mask > 0], 1)), tone - 20)
    cut = (black + tone) / 2
    spread = max(3, int(SPREAD * dpi)) | 1
    under = cv2.bitwise_and(cv2.dilate(strokes, np.ones((spread, spread), np.uint8)), mask)
    lifted = _lifted(even, int(black), int(cut + 0.5 * (tone - cut)))
    return np.where(under > 0, lifted, grey), np.asarray(under, np.uint8)


def _lifted(grey: Picture, black: int, white: int) -> Picture:
    """Stretch the tones so that `black` is black and everything from `white` on is white."""
    tones = np.clip((np.arange(256) - black) * 255 / max(1, white - black), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(grey, tones), np.uint8)


def _stamps(strokes: Picture, dpi: float, least: float, oblong: float) -> Picture:
    """Mark the ground of what is as large and as square as a seal."""
    half = np.asarray(cv2.resize(strokes, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    side = max(3, int(JOIN * dpi / 2)) | 1
    joined = cv2.morphologyEx(
        (half > INKED).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((side, side), np.uint8)
    )
    mask = np.zeros(half.shape, np.uint8)
    for left, top, width, height, area in blobs(np.asarray(joined, np.uint8)):
        small, large = sorted((int(width), int(height)))
        if small * 2 >= least * dpi and large <= oblong * small and area >= FILLED * width * height:
            _ground(mask, (int(left), int(top), int(width), int(height)))
    return np.asarray(cv2.resize(mask, strokes.shape[::-1], interpolation=cv2.INTER_NEAREST), np.uint8)


def _ground(mask: Picture, box: tuple[int, int, int, int]) -> None:
    left, top, width, height = box
    middle: Any = (left + width // 2, top + height // 2)
    rim = 4
    cv2.ellipse(mask, middle, (width // 2 + rim, height // 2 + rim), 0, 0, 360, 255, -1)
    cv2.rectangle(
        mask, (left + width // 8, top + height // 8), (left + width * 7 // 8, top + height * 7 // 8), 255, -1
    )
