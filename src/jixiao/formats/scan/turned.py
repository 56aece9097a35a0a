"""Labels that run down a narrow cell: a letter a line, or the whole label turned on its side, up or down.

The model reads a column of letters as well as a line, when the column is laid on its side as it was set: so each column
is read line by line and laid on either side, and the way in which it says most surely what stands there is taken.
"""

from collections.abc import Sequence

import numpy as np

from jixiao.formats.scan.ink import Picture
from jixiao.formats.scan.recognition import Line
from jixiao.formats.scan.writing import Box, Strip, crop

BROAD, HIGH = (
    1.6,
    2.0,
)  # heights of the writing that a column is broad at most; how much higher than broad it is
SURE, SURER = 0.9, 0.2  # of a way that is taken, and by how much it is surer than the other side


def column_of(strips: Sequence[Strip], em: float) -> Strip | None:
    """Return the box round lines that make a column of letters, None where they make none."""
    boxes = [strip.box for strip in strips if not strip.sign]
    if len(boxes) < 2 or len(boxes) < len(strips):  # noqa: PLR2004 - one letter is no column
        return None
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    if right - left > BROAD * em or bottom - top < HIGH * (right - left):
        return None
    return Strip((left, top, right, bottom))


def sides(grey: Picture, column: Strip, within: Box) -> tuple[Picture, Picture]:
    """Cut a column out and lay it on its side: as it is read downward, and as it is read upward."""
    whole = crop(grey, column, within)
    return np.ascontiguousarray(np.rot90(whole, 1)), np.ascontiguousarray(np.rot90(whole, 3))


def chosen(lines: Sequence[Line], downward: Line, upward: Line) -> Line | None:
    """Choose how a column is read; None for line by line."""
    if _likely([upward]) > max(SURE, _likely([downward]) + SURER):
        return upward
    if _likely(lines) < SURE < _likely([downward]):
        return downward
    return None


def _likely(lines: Sequence[Line]) -> float:
    """How likely its letters are, on the whole; 0 where a line gave none."""
    sure = [letter.sure for line in lines for letter in line.letters]
    return sum(sure) / len(sure) if all(line.letters for line in lines) and sure else 0.0
