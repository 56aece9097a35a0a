"""Makes a page straight: the frame of its table to a rectangle, else the sheet of paper, else its lines level.

One projective map does it all, turn, lean and perspective; it is kept, so that every place found on the
straight page can be told on the page as it came.
"""

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np

from jixiao.formats.scan.creases import creases, without_creases
from jixiao.formats.scan.ink import Picture, blobs, evened, inked

Array = np.ndarray[Any, np.dtype[np.float64]]

LOOKED_AT = 1600  # pixels of the longer side, where frames and angles are measured
FRAME_SHARE = (0.35, 0.06)  # of width and height of the page, at least, for a frame
PAPER_SHARE = 0.3  # of the picture, at least, for a sheet lying on something darker
SHEETS = 2  # one on the other, at most
BEYOND = 0.5  # of the page: sides that meet further out than this are none of one frame
HELD, NEAR = 0.8, 3  # share of a side that ink must bear out, and pixels beside it
STEEPEST, STEPS = 6.0, (0.5, 0.05)  # degrees
MOST_INK = 40_000
GROWN = 1.25
FLAT = 0.7  # pixels: a map that moves no corner further is left out
TOO_LEAN = 0.35  # tangent of the angle by which a side may lean


@dataclass(frozen=True, slots=True)
class Straight:
    """A map from the page as it came to the straight page, and the size of that.

    `creases` are where the sheet was folded: the two ends of each on the straight page.
    """

    forth: Array
    width: int
    height: int
    creases: tuple[Array, ...] = ()

    def page(self, picture: Picture, *, paper: int = 255) -> Picture:
        """Map a picture of the page as it came."""
        return np.asarray(
            cv2.warpPerspective(
                picture, self.forth, (self.width, self.height), flags=cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_CONSTANT, borderValue=(paper, paper, paper),
            ), np.uint8
        )  # fmt: skip

    def back(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Tell a box of the straight page as the box round it on the page as it came."""
        left, top, right, bottom = box
        corners = np.array([[[left, top], [right, top], [right, bottom], [left, bottom]]], np.float64)
        seen = cv2.perspectiveTransform(corners, np.linalg.inv(self.forth))[0]
        (x0, y0), (x1, y1) = seen.min(axis=0), seen.max(axis=0)
        return float(x0), float(y0), float(x1), float(y1)


def straight(grey: Picture, dpi: float, sheets: int = SHEETS) -> Straight:
    """Find the map that makes a page straight; a sheet of paper on its ground is looked for so many times."""
    height, width = grey.shape
    scale = min(1.0, LOOKED_AT / max(height, width))
    small = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    corners = _paper(small) if sheets else None
    if corners is not None:
        first = _upright(corners / scale, width, height)
        inner = straight(
            first.page(grey), dpi, sheets - 1
        )  # the paper lies flat now: what is left is a little turn
        return replace(inner, forth=inner.forth @ first.forth)
    folds = creases(small, dpi * scale)
    ink = inked(evened(without_creases(small, folds, dpi * scale), dpi * scale), dpi * scale)
    corners = _frame(ink)
    if corners is not None:
        found = _upright(corners / scale, width, height, whole=True)
    else:
        found = _turned(_angle(ink), width, height)
    ends = (cv2.perspectiveTransform((fold / scale)[None], found.forth)[0] for fold in folds)
    return replace(found, creases=tuple(np.asarray(each, np.float64) for each in ends))


def _frame(ink: Picture) -> Array | None:
    """Find the corners of the largest ruled frame, clockwise from the upper left, if ink bears out its sides."""
    height, width = ink.shape
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide = (stats[:, 2] > FRAME_SHARE[0] * width) & (stats[:, 3] > FRAME_SHARE[1] * height)
    wide[0] = False
    if not wide.any():
        return None
    areas = np.where(wide, stats[:, 2].astype(np.int64) * stats[:, 3], 0)
    mask = labels == int(areas.argmax())
    corners = _quadrilateral(np.argwhere(mask)[:, ::-1])
    if corners is None:
        return None
    for _ in range(2):
        fitted = _fitted(corners, mask)
        if fitted is None:
            return None
        corners = fitted
    return corners if _borne_out(corners, mask) else None


def _quadrilateral(points: Any) -> Array | None:  # noqa: ANN401
    """Fit four corners round points, clockwise from the upper left."""
    hull = cv2.convexHull(points.astype(np.int32))
    around = cv2.arcLength(hull, closed=True)
    for share in (0.005, 0.01, 0.02, 0.03, 0.05):
        found = cv2.approxPolyDP(hull, share * around, closed=True)[:, 0]
        if len(found) == 4:  # noqa: PLR2004
            return _ordered(found)
    return None


def _ordered(corners: Any) -> Array | None:  # noqa: ANN401
    """Put corners clockwise from the upper left; None where sides lean too much to be a page."""
    middle = corners.mean(axis=0)
    turns = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ring: Array = corners[np.argsort(turns)].astype(np.float64)
    first = int((ring.sum(axis=1)).argmin())
    ring = np.roll(ring, -first, axis=0)
    for k in range(4):
        across, down = np.abs(ring[(k + 1) % 4] - ring[k])
        if (down if k % 2 == 0 else across) > TOO_LEAN * (across if k % 2 == 0 else down):
            return None
    return ring


def _fitted(corners: Array, mask: Any) -> Array | None:  # noqa: ANN401
    """Fit a line to the outermost ink along each side, and meet the lines anew."""
    lines = []
    for k in range(4):
        points = _along(corners[k], corners[(k + 1) % 4], mask, reach=8)
        if len(points) < 12:  # noqa: PLR2004
            return None
        lines.append(cv2.fitLine(points.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel())
    met = np.array([_met(lines[k - 1], lines[k]) for k in range(4)])
    size = np.array(mask.shape[::-1])
    return met if ((met > -BEYOND * size) & (met < (1 + BEYOND) * size)).all() else None


def _along(start: Array, end: Array, mask: Any, reach: int) -> Array:  # noqa: ANN401
    """Collect, for steps along a side, the ink nearest to it."""
    length = float(np.hypot(*(end - start)))
    count = max(2, int(length / 4))
    steps = start + (end - start) * np.linspace(0.01, 0.99, count)[:, None]
    normal = np.array([-(end - start)[1], (end - start)[0]]) / max(length, 1.0)
    offsets = sorted(range(-reach, reach + 1), key=abs)
    left = np.ones(count, bool)
    found = []
    for offset in offsets:
        at = np.rint(steps + normal * offset).astype(int)
        inside = (at[:, 0] >= 0) & (at[:, 1] >= 0) & (at[:, 0] < mask.shape[1]) & (at[:, 1] < mask.shape[0])
        hit = np.zeros(count, bool)
        hit[inside] = mask[at[inside, 1], at[inside, 0]]
        hit &= left
        found.append(steps[hit] + normal * offset)
        left &= ~hit
    return np.concatenate(found)


def _met(first: Any, second: Any) -> Array:  # noqa: ANN401
    """Find where two lines (direction and point) meet."""
    sides = np.array([[first[0], -second[0]], [first[1], -second[1]]], np.float64)
    if abs(np.linalg.det(sides)) < 1e-6:  # noqa: PLR2004
        return np.array([first[2], first[3]], np.float64)
    way = np.linalg.solve(sides, np.array([second[2] - first[2], second[3] - first[3]], np.float64))
    return np.array([first[2] + way[0] * first[0], first[3] + way[0] * first[1]], np.float64)


def _borne_out(corners: Array, mask: Any) -> bool:  # noqa: ANN401
    for k in range(4):
        start, end = corners[k], corners[(k + 1) % 4]
        count = max(2, int(float(np.hypot(*(end - start))) / 4))
        if len(_along(start, end, mask, NEAR)) < HELD * count:
            return False
    return _ordered(corners) is not None


def _paper(small: Picture) -> Array | None:
    """Find the corners of a light sheet on darker ground; None when the sheet fills the picture."""
    height, width = small.shape
    soft = cv2.morphologyEx(cv2.medianBlur(small, 7), cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    rim = np.concatenate([soft[:6].ravel(), soft[-6:].ravel(), soft[:, :6].ravel(), soft[:, -6:].ravel()])
    light = float(np.percentile(soft, 90))
    if float(np.median(rim)) > 0.8 * light:
        return None
    _, mask = cv2.threshold(soft, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    contours = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
    sheet = max(contours, key=cv2.contourArea, default=None)
    if sheet is None or cv2.contourArea(sheet) < PAPER_SHARE * height * width:
        return None
    return _quadrilateral(sheet[:, 0])


def _upright(corners: Array, width: int, height: int, *, whole: bool = False) -> Straight:
    """Map four corners to a rectangle of about their size; with `whole` the page round it comes along."""
    top, right, bottom, left = (float(np.hypot(*(corners[(k + 1) % 4] - corners[k]))) for k in range(4))
    wide, high = (top + bottom) / 2, (left + right) / 2
    start = corners[0] if whole else np.zeros(2)
    rectangle = np.array([[0, 0], [wide, 0], [wide, high], [0, high]]) + start
    if whole and np.abs(rectangle - corners).max() < FLAT:
        return Straight(np.eye(3), width, height)
    forth: Array = np.asarray(
        cv2.getPerspectiveTransform(corners.astype(np.float32), rectangle.astype(np.float32)), np.float64
    )
    if not whole:
        return Straight(forth, int(wide), int(high))
    return _held(forth, width, height)


def _held(forth: Array, width: int, height: int) -> Straight:
    """Move and bound a map so that the page stays in sight."""
    page = np.array([[[0, 0], [width, 0], [width, height], [0, height]]], np.float64)
    seen = cv2.perspectiveTransform(page, forth)[0]
    low = np.clip(seen.min(axis=0), [-(GROWN - 1) * width, -(GROWN - 1) * height], [width, height])
    high = np.clip(seen.max(axis=0), [1, 1], [GROWN * width, GROWN * height])
    move = np.array([[1, 0, -low[0]], [0, 1, -low[1]], [0, 0, 1]])
    return Straight(move @ forth, max(1, int(high[0] - low[0])), max(1, int(high[1] - low[1])))


def _turned(degrees: float, width: int, height: int) -> Straight:
    if abs(degrees) < STEPS[1]:
        return Straight(np.eye(3), width, height)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return _held(np.vstack([turn, [0, 0, 1]]), width, height)


def _angle(ink: Picture) -> float:
    """Measure in degrees by how much the lines of a page sink to the right: where their rows are sharpest."""
    rows, columns = np.nonzero(ink)
    if len(rows) > MOST_INK:
        kept = np.random.default_rng(0).choice(len(rows), MOST_INK, replace=False)
        rows, columns = rows[kept], columns[kept]
    if not len(rows):
        return 0.0
    best = 0.0
    for reach, step in ((STEEPEST, STEPS[0]), (STEPS[0], STEPS[1])):
        tried = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(tried, key=lambda angle: _sharpness(rows, columns, angle)))
    return best


def _sharpness(rows: Any, columns: Any, degrees: float) -> float:  # noqa: ANN401
    turn = np.deg2rad(degrees)
    level = rows * np.cos(turn) - columns * np.sin(turn)
    counts = np.bincount((level - level.min()).astype(int)).astype(np.float64)
    return float((counts * counts).sum())


def upright_turn(ink: Picture, em: float) -> bool:
    """Tell whether the writing runs down the page, so that it lies on its side.

    Letters stand close to the next in their line and further from the next line.
    """
    marks = blobs(ink)
    size = np.maximum(marks[:, 2], marks[:, 3])
    letters = marks[(size > 0.4 * em) & (size < 1.6 * em)]
    if len(letters) < 30:  # noqa: PLR2004
        return False
    across, down = (_neighbours(letters, axis, em) for axis in (0, 1))
    return down > across * 1.5


def _neighbours(letters: Any, axis: int, em: float) -> int:  # noqa: ANN401
    """Count the letters that have another close behind them along an axis, on the same level."""
    middle = letters[:, :2] + letters[:, 2:4] / 2
    order = np.lexsort((middle[:, axis], np.rint(middle[:, 1 - axis] / (0.7 * em))))
    sorted_ = letters[order]
    gap = sorted_[1:, axis] - sorted_[:-1, axis] - sorted_[:-1, 2 + axis]
    level = np.abs(middle[order][1:, 1 - axis] - middle[order][:-1, 1 - axis])
    return int(((gap > -0.2 * em) & (gap < 0.3 * em) & (level < 0.5 * em)).sum())
