"""A sheet with two pages side by side, or two columns of text: parted where white runs down through it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from jixiao.formats.pdf.ink import Ink, Rule
from jixiao.formats.pdf.lines import TextLine, text_lines

LANDSCAPE = 1.2
GUTTER = 0.02  # of the width: white between two pages or columns isn't narrower
MIDDLE = (0.38, 0.62)  # of the width: where a gutter may stand
LINES = 6  # fewer lines make no column
LEAVE = 6  # lines at the head, above the columns, that may run across
FEET = 2  # lines at the foot, below the columns, that may
LONG = 10  # times the size
FULL = 0.6  # of a column's lines reach its right edge, or it is no running text
Span = tuple[float, float]


def sheets(ink: Ink) -> list[Ink]:
    """Part a sheet into what stands above, left, right and below of a gutter; itself when there is none."""
    width = ink.frame.width
    crossing = [(x0, x1) for _, x0, x1 in ink.across] + [(x - 1, x + 1) for x, _, _ in ink.down]
    if ink.turned or any(x0 < MIDDLE[0] * width and x1 > MIDDLE[1] * width for x0, x1 in crossing):
        return [ink]
    lines = text_lines(ink.glyphs)
    if len(lines) < LINES:
        return [ink]
    for skip in range(LEAVE + 1):
        for drop in range(FEET + 1):
            body = lines[skip : len(lines) - drop]
            gutter = _gutter(body, crossing, width) if len(body) >= LINES else None
            if gutter is not None and _worth_parting(ink, body, gutter):
                return _parted(ink, body, gutter)
        if crossing and ink.across:
            break
    return [ink]


def _gutter(lines: Sequence[TextLine], crossing: Sequence[Span], width: float) -> float | None:
    """Find the middle of the widest white strip in the middle of the sheet."""
    spans = sorted(
        [(g.x0, g.x1) for line in lines for g in line.glyphs if not g.text.isspace()] + list(crossing)
    )
    low, high = MIDDLE[0] * width, MIDDLE[1] * width
    best, reached = (0.0, 0.0), 0.0
    for start, end in [*spans, (width, width)]:
        if start - reached > best[1] - best[0] and low < (start + reached) / 2 < high:
            best = reached, start
        reached = max(reached, end)
    return (best[0] + best[1]) / 2 if best[1] - best[0] > GUTTER * width else None


def _worth_parting(ink: Ink, lines: Sequence[TextLine], gutter: float) -> bool:
    """Two pages hold rules of their own or running text on both sides; two columns hold running text."""
    left = [g for line in lines for g in line.glyphs if g.x0 < gutter]
    right = [g for line in lines for g in line.glyphs if g.x0 >= gutter]
    sides = [text_lines(side) for side in (left, right)]
    if any(len(side) < LINES for side in sides):
        return False
    framed = [any(r[2] < gutter for r in ink.across), any(r[1] > gutter for r in ink.across)]
    if ink.frame.width > LANDSCAPE * ink.frame.height and any(framed):
        return True
    return all(framed[n] or _runs(side) for n, side in enumerate(sides))


def _runs(lines: Sequence[TextLine]) -> bool:
    """Tell running text: most lines are long, without gaps, and reach the same right edge."""
    edge = max(line.x1 for line in lines)
    long = [line for line in lines if line.x1 - line.x0 > LONG * line.size and line.x1 > edge - 2 * line.size]
    return sum(not _has_gap(line) for line in long) >= FULL * len(lines)


def _has_gap(line: TextLine) -> bool:
    inked = [glyph for glyph in line.glyphs if not glyph.text.isspace()]
    return any(b.x0 - a.x1 > 2 * line.size for a, b in pairwise(inked))


def _parted(ink: Ink, body: Sequence[TextLine], gutter: float) -> list[Ink]:
    top = min(line.base - line.size for line in body)
    bottom = max(line.base for line in body) + 1
    return [
        part
        for part in (
            _beyond(ink, -1, top),
            _side(ink, (top, bottom), (0, gutter)),
            _side(ink, (top, bottom), (gutter, ink.frame.width)),
            _beyond(ink, bottom, ink.frame.height + 1),
        )
        if part.glyphs or part.across
    ]


def _beyond(ink: Ink, low: float, high: float) -> Ink:
    """Keep what stands between two heights: above the columns, or below them."""
    glyphs = [glyph for glyph in ink.glyphs if low < glyph.base < high]
    across = [rule for rule in ink.across if low < rule[0] < high]
    return replace(ink, glyphs=glyphs, across=across, down=[])


def _side(ink: Ink, rows: Span, columns: Span) -> Ink:
    glyphs = [g for g in ink.glyphs if rows[0] <= g.base <= rows[1] and _in((g.x0 + g.x1) / 2, columns)]
    return replace(
        ink,
        glyphs=glyphs,
        across=_within(ink.across, columns),
        down=[r for r in ink.down if _in(r[0], columns)],
    )


def _in(x: float, columns: Span) -> bool:
    return columns[0] <= x < columns[1]


def _within(rules: Sequence[Rule], columns: Span) -> list[Rule]:
    return [rule for rule in rules if _in((rule[1] + rule[2]) / 2, columns)]
