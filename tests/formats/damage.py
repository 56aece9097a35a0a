"""What happens to a page on its way through a scanner or a telephone: every damage a small pure function on pixels."""

from typing import Any

import cv2
import numpy as np

Picture = np.ndarray[Any, np.dtype[np.uint8]]


def turned(picture: Picture, degrees: float) -> Picture:
    """Turn a page about its middle, as it lies on the glass; white comes in at the corners."""
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    white = (255, 255, 255)
    return np.asarray(
        cv2.warpAffine(
            picture,
            turn,
            (width, height),
            flags=cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=white,
        )
    )


def noisy(picture: Picture, sigma: float, *, seed: int = 1, specks: float = 0.0) -> Picture:
    """Add grain, and a share of black specks."""
    rng = np.random.default_rng(seed)
    grain = rng.normal(0, sigma, picture.shape[:2])[..., None]
    out = np.clip(picture.astype(np.float32) + grain, 0, 255).astype(np.uint8)
    if specks:
        out[rng.random(picture.shape[:2]) < specks] = 40
    return out


def blurred(picture: Picture, sigma: float) -> Picture:
    """Draw it out of focus."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma))


def squeezed(picture: Picture, quality: int) -> Picture:
    """Pass it through JPEG."""
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))


def faint(picture: Picture, ink: float) -> Picture:
    """Leave only a share of the ink."""
    return np.asarray(255 - (255 - picture.astype(np.float32)) * ink).astype(np.uint8)


def shadowed(picture: Picture, depth: float) -> Picture:
    """Let a shadow fall from the lower right corner; `depth` is how much of the light it takes there."""
    height, width = picture.shape[:2]
    down, right = np.linspace(0, 1, height)[:, None], np.linspace(0, 1, width)[None, :]
    light = 1 - depth * np.clip(down + right - 0.6, 0, 1)
    return (picture.astype(np.float32) * light[..., None]).astype(np.uint8)


def sealed(
    picture: Picture, centre: tuple[float, float], *, dpi: int, millimetres: float = 42, grey: bool = False
) -> Picture:
    """Stamp a round red seal at a share of width and height: two rings, a star, marks round the edge like letters."""
    height, width = picture.shape[:2]
    layer = np.full_like(picture, 255)
    at = (int(centre[0] * width), int(centre[1] * height))
    radius = int(millimetres / 25.4 * dpi / 2)
    red, pen = (60, 40, 210), max(2, dpi // 50)
    cv2.circle(layer, at, radius, red, pen * 2, cv2.LINE_AA)
    cv2.fillPoly(layer, [star(at, radius * 0.3)], red, cv2.LINE_AA)
    for step in range(14):
        angle = np.pi * (0.15 - 1.3 * step / 13)
        spot = (int(at[0] + 0.76 * radius * np.cos(angle)), int(at[1] + 0.76 * radius * np.sin(angle)))
        size = int(radius * 0.1)
        for line in range(-1, 2):
            first = (spot[0] - size, spot[1] + line * size)
            cv2.line(layer, first, (spot[0] + size, spot[1] + line * size), red, pen, cv2.LINE_AA)
        cv2.line(layer, (spot[0], spot[1] - size), (spot[0], spot[1] + size), red, pen, cv2.LINE_AA)
    stamped = (picture.astype(np.uint16) * layer // 255).astype(np.uint8)
    return np.repeat(cv2.cvtColor(stamped, cv2.COLOR_BGR2GRAY)[..., None], 3, axis=2) if grey else stamped


def star(at: tuple[int, int], radius: float) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Draw the five-pointed star in the middle of a seal."""
    turns = [np.pi * (k / 5 - 0.5) for k in range(10)]
    reach = [radius if k % 2 == 0 else radius * 0.4 for k in range(10)]
    return np.array(
        [(at[0] + r * np.cos(t), at[1] + r * np.sin(t)) for r, t in zip(reach, turns, strict=True)], np.int32
    )


def folded(picture: Picture, at: float, *, dpi: int) -> Picture:
    """Fold the sheet across: a dark crease and a soft shadow beside it, at a share of the height."""
    height = picture.shape[0]
    rows = np.arange(height) - at * height
    shade = (
        1 - 0.35 * np.exp(-(((rows - dpi * 0.04) / (dpi * 0.08)) ** 2)) - 0.2 * np.exp(-((rows / 1.2) ** 2))
    )
    return (picture.astype(np.float32) * shade[:, None, None]).clip(0, 255).astype(np.uint8)


def two_up(left: Picture, right: Picture, *, gutter: int = 40) -> Picture:
    """Lay two pages side by side, as an opened folder on the glass."""
    height = max(left.shape[0], right.shape[0])
    parts = [
        cv2.copyMakeBorder(
            p, 0, height - p.shape[0], 0, gutter // 2, cv2.BORDER_CONSTANT, value=(255, 255, 255)
        )
        for p in (left, right)
    ]
    return np.hstack(parts)


def photographed(picture: Picture, *, lean: float = 0.05, table: int = 90) -> Picture:
    """Photograph the page from one side, on a darker table top; `lean` is how far corners move, of the width."""
    height, width = picture.shape[:2]
    rim = int(width * 0.06)
    dx, dy = lean * width, lean * height
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = np.array(
        [[dx, dy * 0.4], [width - dx * 0.6, 0], [width, height - dy * 0.3], [dx * 0.2, height]], np.float32
    ) + rim  # fmt: skip
    size = (width + 2 * rim, height + 2 * rim)
    turn = cv2.getPerspectiveTransform(corners, seen)
    ground = np.full((size[1], size[0], 3), table, np.uint8)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), turn, size)
    paper = cv2.warpPerspective(picture, turn, size, flags=cv2.INTER_CUBIC)
    return np.where(mask[..., None] > 127, paper, ground).astype(np.uint8)
