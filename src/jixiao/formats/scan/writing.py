"""Lines of writing: the marks of a page gathered to lines inside a given box, and cut out to be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jixiao.formats.scan.ink import Picture, blobs

Box = tuple[int, int, int, int]

MOST = 30_000  # marks of a page: a drawing has more, writing never
SPECK, TALLEST = 0.14, 3.0  # heights of the writing: smaller marks are dust, larger ones no letters
MAIN = 0.45  # so high is a mark that makes a line of its own
LINE, SPLIT = 1.3, 0.6  # how high a line may be, and how far apart two are
MARGIN = 0.16
FLAT, DASH, LONGEST_DASH = 4, 0.35, 3.0  # a dash is so many times wider than high, and so wide
PAIR, ALIKE = 2, 0.12  # the strokes of an equals sign, and by how much one may be longer
ALONE = 0.5  # a mark less high that stands alone is a dot of dust
FULL, INDENT, LEADING = 2.5, 1.0, 2.0  # heights of the writing: left over, drawn in, between lines
LONG = 0.6  # of the width of the page
WIDE_GAP = 1.6  # between words of one line that don't belong together


@dataclass(frozen=True, slots=True)
class Strip:
    """One line of writing: its box in pixels, and the sign that its shape alone gives away: a dash, an equals sign."""

    box: Box
    sign: str = ""


class Marks:
    """The marks of writing on a page: its rulings are left out, and so is dust.

    A page `crowded` with more than any writing has is taken for noise, and none of them is kept.
    """

    def __init__(self, ink: Picture, em: float) -> None:
        found = blobs(ink)[:, :4]
        size, high = found[:, 2:].max(axis=1), found[:, 2:].min(axis=1)
        kept = found[(size >= SPECK * em) & (high <= TALLEST * em) & (size <= 12 * em)].astype(np.int64)
        self.em = em
        self.crowded = len(kept) > MOST
        self._boxes = kept[:0] if self.crowded else kept
        self._middles = self._boxes[:, :2] + self._boxes[:, 2:] // 2

    def inside(self, box: Box) -> Any:  # noqa: ANN401 - an array of integers
        """List the marks whose middle lies in a box."""
        left, top, right, bottom = box
        x, y = self._middles[:, 0], self._middles[:, 1]
        return self._boxes[(x > left) & (x < right) & (y > top) & (y < bottom)]

    def outside(self, boxes: Sequence[Box]) -> Any:  # noqa: ANN401
        """List the marks that lie in none of the boxes."""
        free = np.ones(len(self._boxes), bool)
        x, y = self._middles[:, 0], self._middles[:, 1]
        for left, top, right, bottom in boxes:
            free &= ~((x >= left) & (x <= right) & (y >= top) & (y <= bottom))
        return self._boxes[free]


def strips(marks: Any, em: float) -> list[Strip]:  # noqa: ANN401
    """Gather marks to lines, from the top."""
    if not len(marks):
        return []
    main = marks[marks[:, 3] >= MAIN * em]
    bands = _bands(main, em) if len(main) else _joined(_bands(marks, em), em)
    middles = np.array([(top + bottom) / 2 for top, bottom in bands])
    owner = np.abs((marks[:, 1] + marks[:, 3] / 2)[:, None] - middles[None, :]).argmin(axis=1)
    found = []
    for n, (top, bottom) in enumerate(bands):
        own = marks[owner == n]
        own = own[(own[:, 1] < bottom + LINE * em / 2) & (own[:, 1] + own[:, 3] > top - LINE * em / 2)]
        if len(own) and (strip := _strip(own, em)) is not None:
            found.append(strip)
    return found


def _strip(marks: Any, em: float) -> Strip | None:  # noqa: ANN401
    box = _round(marks)
    width, height = box[2] - box[0], box[3] - box[1]
    sign = _sign(marks, em)
    if not sign and max(width, height) < ALONE * em:
        return None
    return Strip(box, sign)


def _sign(marks: Any, em: float) -> str:  # noqa: ANN401
    """Tell a lone dash from the letter 一, which is never alone, and an equals sign from 二, which is wider below."""
    times = FLAT if len(marks) == 1 else FLAT / 2
    flat = marks[(marks[:, 2] >= times * marks[:, 3]) & (marks[:, 2] >= DASH * em)]
    if len(flat) != len(marks) or marks[:, 2].max() > LONGEST_DASH * em:
        return ""
    if len(marks) == 1:
        return "—"
    upper, lower = flat[flat[:, 1].argsort()][:2]
    return "=" if len(marks) == PAIR and abs(int(upper[2]) - int(lower[2])) <= ALIKE * lower[2] else ""


def _round(marks: Any) -> Box:  # noqa: ANN401
    left, top = (int(marks[:, n].min()) for n in (0, 1))
    right, bottom = (int((marks[:, n] + marks[:, n + 2]).max()) for n in (0, 1))
    return left, top, right, bottom


def _bands(marks: Any, em: float) -> list[tuple[int, int]]:  # noqa: ANN401
    """Find the heights between which lines stand, from the top; a band of several lines is split."""
    order = marks[marks[:, 1].argsort()]
    groups: list[Any] = []
    bottom = -1
    for mark in order:
        if not groups or mark[1] >= bottom:
            groups.append([])
        groups[-1].append(mark)
        bottom = max(bottom, int(mark[1] + mark[3]))
    return [band for group in groups for band in _split(np.array(group), em)]


def _split(marks: Any, em: float) -> list[tuple[int, int]]:  # noqa: ANN401
    """Split marks that reach into each other's heights by the middles of those of usual size."""
    top, bottom = int(marks[:, 1].min()), int((marks[:, 1] + marks[:, 3]).max())
    usual = marks[marks[:, 3] <= LINE * em]
    if bottom - top <= LINE * em or not len(usual):
        return [(top, bottom)]
    middles = np.sort(usual[:, 1] + usual[:, 3] / 2)
    parts = np.split(middles, np.flatnonzero(np.diff(middles) > SPLIT * em / 2) + 1)
    rows = [float(np.median(part)) for part in parts if len(part) * 12 >= len(middles)]
    apart = [rows[0]] if rows else []
    for row in rows[1:]:
        if row - apart[-1] > SPLIT * em:
            apart.append(row)
    if len(apart) <= 1:
        return [(top, bottom)]
    return [(int(row - em / 2), int(row + em / 2)) for row in apart]


def _joined(bands: list[tuple[int, int]], em: float) -> list[tuple[int, int]]:
    """Join the strokes of flat letters such as 二 or =, which don't touch."""
    out = bands[:1]
    for top, bottom in bands[1:]:
        if bottom - out[-1][0] <= LINE * em:
            out[-1] = (out[-1][0], bottom)
        else:
            out.append((top, bottom))
    return out


def runs(marks: Any, em: float) -> list[list[Strip]]:  # noqa: ANN401
    """Gather the marks outside of tables to lines, each of the pieces that stand apart in it, from the left."""
    found = []
    for strip in strips(marks, em):
        left, top, right, bottom = strip.box
        middle = marks[:, 1] + marks[:, 3] / 2
        own = marks[(middle >= top) & (middle <= bottom) & (marks[:, 0] >= left) & (marks[:, 0] < right)]
        own = own[own[:, 0].argsort()]
        ends = np.maximum.accumulate(own[:, 0] + own[:, 2])
        high = max(em, float(bottom - top))
        cuts = np.flatnonzero(own[1:, 0] - ends[:-1] > WIDE_GAP * high) + 1
        pieces = [_strip(part, em) for part in np.split(own, cuts)]
        if line := [piece for piece in pieces if piece is not None]:
            found.append(line)
    return found


def paragraphs(lines: Sequence[list[Strip]], em: float, width: int) -> list[list[int]]:
    """Gather lines to paragraphs: a line over most of the page that reaches the right margin goes on in the next.

    Returns:
        the numbers of the lines of each paragraph, in order.
    """
    left = min((line[0].box[0] for line in lines), default=0)
    right = max((line[-1].box[2] for line in lines), default=0)
    found: list[list[int]] = []
    for n, line in enumerate(lines):
        before = lines[n - 1] if n else []
        full = (
            len(before) == 1
            and before[0].box[2] > right - FULL * em
            and before[0].box[2] - before[0].box[0] > LONG * width
        )
        follows = len(line) == 1 and line[0].box[0] < left + INDENT * em
        if full and follows and line[0].box[1] - before[0].box[3] < LEADING * em:
            found[-1].append(n)
        else:
            found.append([n])
    return found


def crop(grey: Picture, strip: Strip, within: Box) -> Picture:
    """Cut a line out, with a little paper round it but nothing from beyond its cell."""
    left, top, right, bottom = strip.box
    margin = max(2, round(MARGIN * (bottom - top)))
    found = grey[
        max(within[1], top - margin) : min(within[3], bottom + margin),
        max(within[0], left - margin - 1) : min(within[2], right + margin + 1),
    ]
    return found if found.size else grey[top:bottom, left:right]
