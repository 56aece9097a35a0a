"""Ruling lines: the long straight strokes of a page, across and down, and the tables that they make up.

Lengths are in proportion to the resolution. A line counts as a ruling only where both its ends stop on
crossing lines, or where several end in line with it (a table open at its sides): so the arcs of a stamp, the
strokes of large letters and underlines are left out.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import cv2
import numpy as np

from jixiao.formats.scan.ink import Picture

ACROSS, DOWN = 1.7, 1.3  # heights of the writing: how long a stroke is at least
GAP, THICKEST = 0.035, 0.05  # inches: of a break in a stroke, of its breadth
GHOST = 0.02  # inches: how far from a line its shreds stand under a seal
SAME, MEETS = 0.045, 0.045  # inches within which strokes are one line, and an end stands on a line
HIDDEN = 0.5  # of a stroke that goes under a seal, at most
SURELY = 3  # crossing lines that a stroke reaches: one of its ends may then be torn off
IN_LINE = 3  # so many ends in line with each other stand for a line that is not drawn
BESIDE = 0.7  # of SAME: where the ink of a line may stand
COVERED, PARTLY, INKED, SEEN, SEAL = 0.6, 0.25, 0.8, 0.3, 0.3
ENDS, AT_END = 0.15, 0.5  # of a stretch beside its crossings, and of that so much must be there
MOST_STROKES, MOST_FIELDS = 4_000, 6_000  # of one table: a drawing has more
BIG, HEAVY = 2, 5  # lines a table has at least each way, and in all

PLACE, START, END = 0, 1, 2
Strokes = np.ndarray[Any, np.dtype[np.int64]]
Masks = tuple[Picture, Picture, Picture]  # strokes, ink, seals


@dataclass(frozen=True, slots=True)
class Network:
    """The rulings of one table: where its lines stand, and which stretches between two crossings are drawn.

    `across[i, j]` says whether line i stands between columns j and j + 1; `down[i, j]` whether upright line j
    stands between rows i and i + 1. `torn_across` and `torn_down` are the stretches of which only a part is there:
    they are not drawn, but may once have been.
    """

    rows: tuple[int, ...]
    columns: tuple[int, ...]
    across: Any
    down: Any
    torn_across: Any
    torn_down: Any

    @property
    def box(self) -> tuple[int, int, int, int]:
        """The outline: left, top, right, bottom."""
        return self.columns[0], self.rows[0], self.columns[-1], self.rows[-1]


@dataclass(frozen=True, slots=True)
class Rulings:
    """The tables of a page from the top, and the mask of every stroke that belongs to one."""

    networks: tuple[Network, ...]
    mask: Picture


def rulings(ink: Picture, sealed: Picture, dpi: float, em: float) -> Rulings:
    """Find the tables of a straight page; `em` is the height of its writing in pixels, `sealed` where seals stood."""
    turned = np.ascontiguousarray(ink.T)
    flat, upright = _strokes(ink, int(ACROSS * em), dpi), _strokes(turned, int(DOWN * em), dpi).T
    across, down = _listed(flat, dpi), _listed(upright.T, dpi)
    count, labels = _joined(flat, upright, dpi)
    own = _labels(across, labels), _labels(down, labels.T)
    del labels
    masks = (flat, ink, sealed), (upright.T, turned, sealed.T)
    found = []
    for label in range(1, count):
        parts = across[own[0] == label], down[own[1] == label]
        if min(map(len, parts)) >= BIG and HEAVY <= sum(map(len, parts)) <= MOST_STROKES:
            network = _network(*parts, masks, dpi)
            found += [network] if network is not None else []
    mask: Picture = np.zeros(ink.shape, np.uint8)
    spread = int(GHOST * dpi) * 2 + 1
    hidden = (
        np.asarray(cv2.dilate(sealed, np.ones((spread, spread), np.uint8)), np.uint8)
        if sealed.any()
        else sealed
    )
    for network in found:
        _trace(mask, (flat, hidden), network, dpi)
        _trace(mask.T, (upright.T, hidden.T), _swapped(network), dpi)
    return Rulings(tuple(sorted(found, key=lambda n: (n.rows[0], n.columns[0]))), mask)


def _joined(flat: Picture, upright: Picture, dpi: float) -> tuple[int, Any]:
    """Number the webs of strokes that meet; small numbers take half the memory, and no page has more."""
    reach = int(MEETS * dpi / 2) | 1
    both = cv2.bitwise_or(flat, upright)
    cv2.dilate(both, np.ones((reach, reach), np.uint8), dst=both)
    return cv2.connectedComponents(both, connectivity=8, ltype=cv2.CV_16U)


def _swapped(network: Network) -> Network:
    """Lay a table on its side."""
    return Network(
        network.columns,
        network.rows,
        network.down.T,
        network.across.T,
        network.torn_down.T,
        network.torn_across.T,
    )


def _trace(mask: Picture, found: tuple[Picture, Picture], network: Network, dpi: float) -> None:
    """Mark the strokes along the stretches that are drawn; strokes of letters are none of them.

    Where a seal was taken off, a line is left in shreds: there everything close to it is marked.
    """
    strokes, hidden = found
    reach, close = max(2, int(SAME * dpi * BESIDE)), max(2, int(GHOST * dpi))
    for i, line in enumerate(network.rows):
        for j, (start, end) in enumerate(pairwise(network.columns)):
            if network.across[i, j]:
                own = slice(max(0, line - reach), line + reach + 1), slice(max(0, start - reach), end + reach)
                mask[own] |= strokes[own]
                shreds = slice(max(0, line - close), line + close + 1), slice(start, end)
                mask[shreds] |= hidden[shreds]


def _strokes(ink: Picture, least: int, dpi: float) -> Picture:
    """Mark the long thin strokes across; breaks between them are closed."""
    thickest, gap = max(4, int(THICKEST * dpi)), max(3, int(GAP * dpi))
    mask = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((thickest, 1), np.uint8))
    cv2.subtract(ink, mask, dst=mask)
    for step, kernel in (
        (cv2.MORPH_DILATE, (3, 1)),  # a line that leans by a pixel here and there is still one
        (cv2.MORPH_CLOSE, (1, 3)),
        (cv2.MORPH_OPEN, (1, least)),
        (cv2.MORPH_CLOSE, (1, gap)),
    ):
        cv2.morphologyEx(mask, step, np.ones(kernel, np.uint8), dst=mask)
    return np.asarray(mask, np.uint8)


def _listed(mask: Picture, dpi: float) -> Strokes:
    """List strokes across as rows of place, start and end."""
    found = cv2.connectedComponentsWithStats(np.ascontiguousarray(mask), connectivity=8, ltype=cv2.CV_16U)
    boxes = found[2][1:].astype(np.int64)
    boxes = boxes[boxes[:, 3] <= THICKEST * dpi + boxes[:, 2] // 100]
    return np.stack([boxes[:, 1] + boxes[:, 3] // 2, boxes[:, 0], boxes[:, 0] + boxes[:, 2]], axis=1)


def _labels(strokes: Strokes, labels: Any) -> Any:  # noqa: ANN401
    return labels[strokes[:, PLACE], (strokes[:, START] + strokes[:, END]) // 2]


def _network(across: Strokes, down: Strokes, masks: tuple[Masks, Masks], dpi: float) -> Network | None:
    rows, columns = _places(across, dpi), _places(down, dpi)
    for _ in range(3):
        rows = _held(across, rows, _with_open_sides(columns, across, dpi), masks[0][2], dpi)
        columns = _held(down, columns, _with_open_sides(rows, down, dpi), masks[1][2], dpi)
    columns, rows = _with_open_sides(columns, across, dpi), _with_open_sides(rows, down, dpi)
    if min(len(rows), len(columns)) < BIG or len(rows) + len(columns) < HEAVY:
        return None
    if len(rows) * len(columns) > MOST_FIELDS:
        return None
    drawn, torn = _drawn(rows, columns, masks[0], dpi)
    stood, split = _drawn(columns, rows, masks[1], dpi)
    return _pruned(Network(tuple(rows), tuple(columns), drawn, stood.T, torn, split.T))


def _places(strokes: Strokes, dpi: float) -> list[int]:
    """Gather strokes of about the same place: where most of their length stands, and no other within reach."""
    if not len(strokes):
        return []
    reach = max(1, int(SAME * dpi))
    weight: Any = np.bincount(strokes[:, PLACE], weights=strokes[:, END] - strokes[:, START])
    weight = np.convolve(weight, np.bartlett(2 * (reach // 2) + 3), mode="same")
    found: list[int] = []
    while weight.max() > 0:
        place = int(weight.argmax())
        weight[max(0, place - reach) : place + reach + 1] = 0
        near = strokes[np.abs(strokes[:, PLACE] - place) <= reach]
        if len(near):
            found.append(round(float(np.average(near[:, PLACE], weights=near[:, END] - near[:, START]))))
    return sorted(set(found))


def _held(strokes: Strokes, places: list[int], crossing: list[int], sealed: Picture, dpi: float) -> list[int]:
    """Keep the lines whose pieces, taken together, begin and end on crossing lines.

    One end may be torn off where the stroke crosses several lines from the other on, or where a seal hides it.
    """
    kept = []
    for place in places:
        pieces = strokes[np.abs(strokes[:, PLACE] - place) <= SAME * dpi]
        starts = [s for s in pieces[:, START] if _on(s, crossing, dpi)]
        ends = [e for e in pieces[:, END] if _on(e, crossing, dpi)]
        hidden = any(_goes_under(sealed, piece, crossing, dpi) for piece in pieces)
        torn = (starts or ends) and (hidden or _crossed(pieces, crossing, dpi) >= SURELY)
        if torn or (starts and ends and min(starts) < max(ends)):
            kept.append(place)
    return kept


def _goes_under(sealed: Picture, piece: Any, crossing: list[int], dpi: float) -> bool:  # noqa: ANN401
    """Tell whether a stroke that begins on a crossing line ends under a seal, without being part of the seal."""
    place, start, end = (int(number) for number in piece)
    reach = int(MEETS * dpi)
    band = np.asarray(
        sealed[max(0, place - reach) : place + reach, max(0, start - reach) : end + reach].any(axis=0)
    )
    within = band[reach:-reach]
    if not band.any() or not within.size or float(within.mean()) > HIDDEN:
        return False
    return bool(
        (_on(start, crossing, dpi) and band[-2 * reach :].any())
        or (_on(end, crossing, dpi) and band[: 2 * reach].any())
    )


def _crossed(pieces: Strokes, crossing: list[int], dpi: float) -> int:
    """Count the crossing lines that the longest piece reaches."""
    if not len(pieces):
        return 0
    longest = pieces[(pieces[:, END] - pieces[:, START]).argmax()]
    reach = MEETS * dpi
    return sum(longest[START] - reach <= line <= longest[END] + reach for line in crossing)


def _on(end: int, lines: list[int], dpi: float) -> bool:
    return any(abs(int(end) - line) <= MEETS * dpi for line in lines)


def _with_open_sides(lines: list[int], strokes: Strokes, dpi: float) -> list[int]:
    """Add a line where a table is open: several strokes end in line, outside of all lines drawn."""
    if not len(strokes):
        return lines
    out = list(lines)
    for side, pick in ((START, min), (END, max)):
        ends = strokes[:, side]
        edge = pick(int(end) for end in ends)
        together = strokes[np.abs(ends - edge) <= MEETS * dpi]
        apart = len(set((together[:, PLACE] // max(1, int(SAME * dpi))).tolist()))
        if apart >= IN_LINE and not _on(edge, out, 2 * dpi):
            out.append(round(float(together[:, side].mean())))
    return sorted(out)


def _drawn(lines: list[int], crossing: list[int], masks: Masks, dpi: float) -> tuple[Any, Any]:
    """Tell for each line across and each stretch between two crossings whether it is drawn, and whether it is torn.

    What a seal hides counts neither way; a stretch that is all hidden is drawn when those beside it are.
    """
    drawn, torn = np.zeros((2, len(lines), len(crossing) - 1), bool)
    reach, thin = max(2, int(SAME * dpi * BESIDE)), max(1, int(dpi / 100))
    for i, line in enumerate(lines):
        band, hidden = (
            np.asarray(m[max(0, line - reach) : line + reach + 1].any(axis=0)) for m in masks[::2]
        )
        raw = np.asarray(masks[1][max(0, line - thin) : line + thin + 1].any(axis=0))
        unseen = []
        for j, (start, end) in enumerate(pairwise(crossing)):
            inner = slice(start + thin, max(start + thin + 1, end - thin))
            visible = ~(hidden[inner] & ~band[inner])
            if float(visible.mean()) < SEEN:
                unseen.append(j)
                continue
            drawn[i, j], torn[i, j] = _stretch(band[inner][visible], raw[inner][visible])
        clear = [
            j for j in np.flatnonzero(drawn[i]) if float(hidden[crossing[j] : crossing[j + 1]].mean()) < SEAL
        ]
        if not clear and 0 < i < len(lines) - 1:
            drawn[i] = False  # nothing but strokes of the seal
            continue
        for j in unseen:
            drawn[i, j] = all(drawn[i, k] for k in (j - 1, j + 1) if 0 <= k < len(crossing) - 1)
    return drawn, torn & ~drawn


def _stretch(band: Any, raw: Any) -> tuple[bool, bool]:  # noqa: ANN401
    """Tell by its strokes and its ink whether a line stands between two crossings, and whether a part of one does.

    A line comes from its crossings; the strokes of letters in the middle of a cell are none.
    """
    share, held = float(band.mean()), band | raw
    end = max(1, int(ENDS * len(band)))
    ends = sorted(float(part.mean()) for part in (held[:end], held[-end:]))
    there = share >= COVERED or (share >= PARTLY and float(raw.mean()) >= INKED)
    return there and ends[0] >= AT_END, share >= PARTLY and ends[1] >= AT_END


def _pruned(network: Network) -> Network | None:
    """Leave out lines of which no stretch is drawn."""
    rows = [i for i in range(len(network.rows)) if i in (0, len(network.rows) - 1) or network.across[i].any()]
    columns = [
        j
        for j in range(len(network.columns))
        if j in (0, len(network.columns) - 1) or network.down[:, j].any()
    ]
    across, torn = (
        np.stack([np.array([drawn[i, a:b].any() for a, b in pairwise(columns)]) for i in rows])
        for drawn in (network.across, network.torn_across)
    )
    down, split = (
        np.stack([np.array([drawn[a:b, j].any() for a, b in pairwise(rows)]) for j in columns], axis=1)
        for drawn in (network.down, network.torn_down)
    )
    if not (across[1:-1].any() or down[:, 1:-1].any()):
        return None
    return Network(
        tuple(network.rows[i] for i in rows),
        tuple(network.columns[j] for j in columns),
        across,
        down,
        torn & ~across,
        split & ~down,
    )
