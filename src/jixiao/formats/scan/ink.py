"""What is ink and what is paper: the light evened out, and everything darker than the paper marked.

Pixels are grey bytes, 0 black; a mask is 255 where it holds and 0 elsewhere.
"""

from typing import Any

import cv2
import numpy as np

Picture = np.ndarray[Any, np.dtype[np.uint8]]  # grey (height, width) or BGR (height, width, 3) bytes

SHRUNK = 8  # light changes slowly: it is measured on a copy this many times smaller
REACH = 0.25  # inches that the darkest writing may be wide
DARKEST_PAPER = 60
INK_SHARE = 0.5  # percent of the pixels that are surely ink
INK_FROM, LEAST_CONTRAST = 0.3, 25  # how far from the paper towards the ink a pixel counts
ROUND_ABOUT, DARKER = 0.15, 0.12  # inches looked at round a pixel, and how much darker it is, of the contrast


def evened(grey: Picture, dpi: float) -> Picture:
    """Make the paper white wherever shadow, yellowing or a faint copy left it grey."""
    height, width = grey.shape
    small = cv2.resize(
        grey, (max(1, width // SHRUNK), max(1, height // SHRUNK)), interpolation=cv2.INTER_AREA
    )
    side = max(3, int(REACH * dpi / SHRUNK)) | 1
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    paper = cv2.blur(np.maximum(paper, DARKEST_PAPER), (side, side))
    light = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, light, scale=255), np.uint8)


def inked(even: Picture, dpi: float) -> Picture:
    """Mark what is darker than the paper of an evened page and darker than what lies round it."""
    darkest = float(np.percentile(even[::4, ::4], INK_SHARE))
    contrast = 255 - darkest
    level = 255 - max(LEAST_CONTRAST, INK_FROM * contrast)
    side = max(9, int(ROUND_ABOUT * dpi)) | 1
    darker = cv2.subtract(cv2.blur(even, (side, side)), even) > max(LEAST_CONTRAST / 2, DARKER * contrast)
    return np.asarray(((even < level) & darker) * np.uint8(255))


def blobs(mask: Picture) -> Any:  # noqa: ANN401 - an array of integers
    """List the connected pieces of a mask as rows of left, top, width, height, area."""
    return cv2.connectedComponentsWithStats(mask, connectivity=8)[2][1:]


WRITING = (0.05, 0.3)  # inches: between these stands the height of letters
TALL = 80  # percent: most marks of a letter are lower than the letter
USUAL = 0.13  # inches of a letter, where there is nothing to measure


def height_of_writing(ink: Picture, dpi: float) -> float:
    """Measure how high letters stand on a page, in pixels."""
    heights = blobs(ink)[:, 3]
    heights = heights[(heights > WRITING[0] * dpi) & (heights < WRITING[1] * dpi)]
    return float(np.percentile(heights, TALL)) if len(heights) > MARKS else USUAL * dpi


MARKS = 20
