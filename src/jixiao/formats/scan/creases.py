"""Creases: where a sheet was folded, or dust on the glass drew a streak, a line runs from edge to edge of the page.

It is no ruling: it goes on over the margins on both sides, paler than ink. Its shade is measured along its length and
divided out, so that writing and rulings under it stay; where it ran is kept, because writing that it cuts is doubtful.
"""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np

from jixiao.formats.scan.ink import Picture, evened

Array = np.ndarray[Any, np.dtype[np.float64]]

MARGIN, INSET = 0.02, 0.004  # of the width: how much of a margin is looked at, and what is left of its edge
REACH = 0.3  # inches that the shade of a crease reaches to either side
LINE = 0.05  # inches: the crease itself is thinner, its shade broader
SHALLOWEST, DEEPEST = 9, 0.8  # tones of a dip; of the darkest ink: a darker line is ink
MOST, STEEPEST = 4, 0.06  # dips of a margin: more are a table cut off at its sides; tangent of the lean
RUNS_ON, LIKE = 0.8, 0.4  # of the stretches must be so much as dark as the margins
BLOCKS = 40  # stretches
PAPER = 60  # percent: among the tones along a crease most are paper
FAINTEST, FAR, PHASES, ROUNDS = 0.25, 0.85, 3, 4
SIDE, OFF = 0.06, 0.015  # of the width: where no ruling can hide the crease; inches by which it may be off


def creases(small: Picture, dpi: float) -> list[Array]:
    """Find the creases of a page, across and down, each by its two ends (x, y)."""
    even = evened(small, 4 * dpi)  # shades as broad as a fold's are to stay
    darkest = 255.0 - float(np.percentile(even[::4, ::4], 0.5))
    found: list[Array] = []
    for _ in range(ROUNDS):
        across = _across(even, dpi, darkest)
        down = [ends[:, ::-1] for ends in _across(np.ascontiguousarray(even.T), dpi, darkest)]
        if not across and not down:
            break
        found += [*across, *down]
        even = without_creases(even, (*across, *down), dpi)
        for ends in (*across, *down):  # what is left of one is none again; another may stand in its shade
            first, last = np.rint(ends).astype(int).tolist()
            cv2.line(even, first, last, (255,), 2 * int(LINE * dpi) + 1)
    return found


def _across(even: Picture, dpi: float, darkest: float) -> list[Array]:
    """Find the darkest crease across a page, if there is one."""
    width = even.shape[1]
    wide, inset = max(6, int(MARGIN * width)), max(1, int(INSET * width))
    sides = even[:, inset : inset + wide], even[:, width - inset - wide : width - inset]
    left, right = (_dips(side, dpi, DEEPEST * darkest) for side in sides)
    if max(len(left), len(right)) > MOST:
        return []
    first, last = inset + wide / 2, width - inset - wide / 2
    found = [
        (min(depth0, depth1), y0, y1)
        for y0, depth0 in left
        for y1, depth1 in right
        if abs(y1 - y0) < STEEPEST * width and _runs_on(even, (first, y0, last, y1), min(depth0, depth1))
    ]
    if not found:
        return []
    _, y0, y1 = max(found)
    slope = (y1 - y0) / (last - first)
    return [np.array([[0.0, y0 - slope * first], [width - 1.0, y0 + slope * (width - 1.0 - first)]])]


def _dips(side: Picture, dpi: float, deepest: float) -> list[tuple[int, float]]:
    """List where a margin is darker than above and below, with how much."""
    level = np.asarray(side.mean(axis=1), np.float32)
    reach = max(2, int(LINE * dpi))
    filled = cv2.morphologyEx(level[:, None], cv2.MORPH_CLOSE, np.ones((2 * reach + 1, 1), np.uint8))[:, 0]
    depth = filled - level
    found: list[tuple[int, float]] = []
    while float(depth.max()) > SHALLOWEST and len(found) <= MOST:
        at = int(depth.argmax())
        found.append((at, float(depth[at])))
        depth[max(0, at - 2 * reach) : at + 2 * reach + 1] = 0
    return found if all(each < deepest for _, each in found) else []


def _runs_on(even: Picture, line: tuple[float, float, float, float], depth: float) -> bool:
    """Tell whether the paper is about as dark all the way from one margin to the other."""
    x0, y0, x1, y1 = line
    xs = np.arange(int(x0), int(x1))
    ys = np.rint(y0 + (xs - x0) * (y1 - y0) / (x1 - x0)).astype(int)
    dark = np.min([even[np.clip(ys + k, 0, len(even) - 1), xs] for k in (-1, 0, 1)], axis=0)
    blocks = [float(np.percentile(part, PAPER)) for part in np.array_split(dark, BLOCKS)]
    return float(np.mean([255 - block > LIKE * depth for block in blocks])) >= RUNS_ON


def without_creases(page: Picture, lines: Sequence[Array], dpi: float) -> Picture:
    """Divide the shade of creases, each given by its two ends in pixels of this grey page, out of it."""
    if lines:
        page = page.copy()
    for ends in lines:
        (x0, y0), (x1, y1) = ends
        if abs(x1 - x0) >= abs(y1 - y0):
            _divide(page, (x0, y0, x1, y1), dpi)
        else:
            _divide(page.T, (y0, x0, y1, x1), dpi)
    return page


def _divide(page: Picture, line: tuple[float, float, float, float], dpi: float) -> None:
    height, width = page.shape
    x0, y0, x1, y1 = line
    reach = max(4, int(REACH * dpi))
    heights = y0 + (np.arange(width) - x0) * (y1 - y0) / (x1 - x0)
    top, bottom = max(0, int(heights.min()) - reach), min(height, int(heights.max()) + reach + 1)
    if bottom - top < reach:
        return
    heights = _followed(page, heights, dpi)
    away = np.arange(top, bottom)[:, None] - heights[None, :]
    gain = np.interp(away, *_shade(page, heights, reach), left=1.0, right=1.0)
    page[top:bottom] = np.clip(page[top:bottom] / gain, 0, 255).astype(np.uint8)


def _along(page: Picture, heights: Array, reach: int) -> Picture:
    """Lay the band along a crease flat: a row for each step from its middle."""
    at = np.rint(heights).astype(int) + np.arange(-reach, reach + 1)[:, None]
    return page[np.clip(at, 0, len(page) - 1), np.arange(page.shape[1])]


def _followed(page: Picture, heights: Array, dpi: float) -> Array:
    """Follow a crease more closely: the line through where the paper is darkest in each stretch."""
    off = max(2, int(OFF * dpi))
    tones = _along(page, heights, off + 2)
    parts = np.array_split(np.arange(len(heights)), BLOCKS)
    paper = np.stack([np.percentile(tones[:, part], PAPER, axis=1) for part in parts], axis=1)
    clear = paper.max(axis=0) - paper.min(axis=0) > SHALLOWEST
    middles = np.array([part.mean() for part in parts])
    steps = np.array([_centre(column, off) for column in paper.T])
    steps += np.array([(np.rint(heights[part]) - heights[part]).mean() for part in parts])
    for _ in range(3):
        if clear.sum() < BLOCKS / 3:
            return heights
        slope, start = np.polyfit(middles[clear], steps[clear], 1)
        clear &= np.abs(steps - slope * middles - start) <= max(1.0, off / 4)
    return np.asarray(heights + slope * np.arange(len(heights)) + start)


def _centre(paper: Array, off: int) -> float:
    """Find the middle of the darkest spot of a row of tones, finer than their steps; 0 is the row's own middle."""
    at = 2 + int(paper[2:-2].argmin())
    near = paper[at - 2 : at + 3].max() - paper[at - 2 : at + 3]
    weight = float(near.sum())
    return at - off - 2 + (float((near * np.arange(-2, 3)).sum()) / weight if weight else 0.0)


def _shade(page: Picture, heights: Array, reach: int) -> tuple[Array, Array]:
    """Measure the tone of the paper by its distance from the middle of a crease, as a share of the paper beside it.

    Distances are finer than pixels: columns where the crease stands at the same height between two are taken together.
    """
    least = _at_the_sides(page, heights, reach)
    phases = ((heights - np.floor(heights)) * PHASES).astype(int)
    found = []
    for phase in range(PHASES):
        tones = _along(page, np.floor(heights), reach)[:, phases == phase]
        if tones.size:
            paper = np.maximum(np.percentile(tones, PAPER, axis=1), least)
            found.append((np.arange(-reach, reach + 1) - (phase + 0.5) / PHASES, paper))
    away, paper = (np.concatenate([each[n] for each in found]) for n in (0, 1))
    order = away.argsort()
    far = np.abs(away) > reach * FAR
    share = paper[order] / max(1.0, float(np.median(paper[far])))
    return away[order], np.clip(share, FAINTEST, 1.0)


def _at_the_sides(page: Picture, heights: Array, reach: int) -> Array:
    """Measure the tone at each step where no ruling stands beside a crease; no crease is darker in between."""
    tones = _along(page, np.floor(heights), reach)
    side = int(SIDE * len(heights))
    level = np.median(np.concatenate([tones[:, :side], tones[:, -side:]], axis=1), axis=1)
    return np.asarray(cv2.erode(level.astype(np.float32)[:, None], np.ones((3, 1)))[:, 0], np.float64)
