"""Draws a chart as SVG: text to select, shapes beside colours, nothing fetched; the same chart gives the same bytes.

All coordinates are whole tenths of a pixel. The colours are told apart by those who don't see red and green, and in
grey; what is marked has another shape, a pattern of its own and its name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from jixiao.layout import Chart, Dot

WIDE, HIGH = 9600, 6000
_CROWD = 30  # so many dots are drawn small
_LEFT, _RIGHT, _TOP, _BOTTOM = 950, 350, 1250, 1650
_INK, _SOFT, _RULE, _PLAIN, _MARKED, _BAND = "#222222", "#555555", "#dddddd", "#4a90c2", "#c44e00", "#e3e9ef"
_FAMILIES = "Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, sans-serif"
_TICKS, _NAMED, _SHORT, _NOTE_LETTERS = 6, 10, 14, 54
_ZERO, _ONE, _HEADROOM = Fraction(0), Fraction(1), Fraction(11, 10)
_STEPS = tuple(Fraction(n) * Fraction(10) ** k for k in range(-4, 7) for n in (1, 2, 5))
_WIDE_FROM = 0x2E80  # from here on letters are as wide as high


@dataclass(frozen=True, slots=True)
class _Scale:
    """What lies at the ends of an axis, in values and in tenths of a pixel."""

    low: Fraction
    high: Fraction
    start: int
    end: int
    step: Fraction

    def at(self, value: Fraction) -> int:
        """Return where a value stands."""
        place = self.start + (value - self.low) * (self.end - self.start) / (self.high - self.low)
        return place.numerator // place.denominator

    @property
    def ticks(self) -> tuple[Fraction, ...]:
        """The values that a line is drawn at."""
        first = -((-self.low) // self.step)
        return tuple(self.step * n for n in range(int(first), int(self.high // self.step) + 1))


def svg(chart: Chart) -> str:
    """Draw a chart, 960 by 600 pixels."""
    up = _upward(chart)
    drawn = "".join(
        (*_frame(chart, up), *(_bars(chart, up) if chart.bars else _dots(chart, up)), *_legend(chart))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" width="960" height="600" role="img"'
        f' aria-label="{escape(chart.title)}" font-family="{_FAMILIES}">'
        f'<rect width="{WIDE}" height="{HIGH}" fill="#ffffff"/>{drawn}</svg>\n'
    )


def alternative(chart: Chart) -> str:
    """Return what a chart shows in words, for whoever can't see it."""
    return f"{chart.title}。横轴：{chart.across}；纵轴：{chart.up}。{chart.note}"


def _upward(chart: Chart) -> _Scale:
    values = [
        *(part for bar in chart.bars for part in (bar.value, bar.beside) if part is not None),
        *(dot.up for dot in chart.dots), *(end for _, *ends in chart.band for end in ends),
        *([] if chart.level is None else [chart.level]), *([] if chart.places else [_ZERO]),
    ]  # fmt: skip
    high = max(values) * (_HEADROOM if chart.bars else _ONE)
    if chart.percent and max(values) <= _ONE:
        return _scale(min(values), min(high, _ONE), HIGH - _BOTTOM, _TOP, top=_ONE)
    return _scale(min(values), high, HIGH - _BOTTOM, _TOP)


def _scale(low: Fraction, high: Fraction, start: int, end: int, *, top: Fraction | None = None) -> _Scale:
    """Choose a step that gives few lines, and end on one; `top` is where the values can't go beyond."""
    spread = max(high - low, Fraction(1, 1000))
    step = next((one for one in _STEPS if one * _TICKS >= spread), _STEPS[-1])
    bottom, above = step * (low // step), -step * (-high // step)
    if top is not None and high <= top:
        above = min(above, top) if above > bottom else top
    return _Scale(bottom, above if above > bottom else bottom + step, start, end, step)


# ---------------------------------------------------------------- what every chart has


def _frame(chart: Chart, up: _Scale) -> Iterator[str]:
    yield _text((_LEFT, 520), chart.title, size=270, weight="bold")
    yield _text((WIDE - _RIGHT, HIGH - _BOTTOM + 640), chart.across, size=165, anchor="end", ink=_SOFT)
    yield _text((300, _TOP - 150), chart.up, size=165, ink=_SOFT)
    for value in up.ticks:
        y = up.at(value)
        yield _line((_LEFT, y, WIDE - _RIGHT, y), _RULE if value else _INK)
        yield _text((_LEFT - 110, y + 60), _figure(value, chart), size=160, anchor="end", ink=_SOFT)
    for number, part in enumerate(_wrapped(chart.note, _NOTE_LETTERS)):
        yield _text((_LEFT, HIGH - 520 + 220 * number), part, size=150, ink=_SOFT)


def _legend(chart: Chart) -> Iterator[str]:
    x, y = _LEFT, _TOP - 460
    for kind, says in zip(("plain", "marked", "band", "level", "beside"), chart.legend, strict=True):
        if says:
            yield _sample(kind, x, y, bars=bool(chart.bars))
            yield _text((x + 330, y + 60), says, size=160)
            x += 330 + _width(says, 160) + 300


def _sample(kind: str, x: int, y: int, *, bars: bool) -> str:
    if kind == "band":
        return _rect((x, y - 80, 260, 160), _BAND)
    if kind == "level":
        return _line((x, y, x + 260, y), _INK, dashed=True)
    if kind == "beside":
        return _line((x, y, x + 260, y), _INK, thick=40)
    if bars:
        return _bar((x, y - 80, 260, 160), marked=kind == "marked")
    return _point(x + 130, y, marked=kind == "marked")


# ---------------------------------------------------------------- bars


def _bars(chart: Chart, up: _Scale) -> Iterator[str]:
    room = (WIDE - _LEFT - _RIGHT) // len(chart.bars)
    across, zero = room * 6 // 10, up.at(_ZERO)
    size = min(165, room * 95 // max(_width(_cut(bar.name), 100) for bar in chart.bars))
    for number, bar in enumerate(chart.bars):
        x, y = _LEFT + room * number + (room - across) // 2, up.at(bar.value)
        middle = x + across // 2
        yield _bar((x, min(y, zero), across, abs(zero - y)), marked=bar.marked)
        if bar.beside is not None:
            beside = up.at(bar.beside)
            yield _line((x - 40, beside, x + across + 40, beside), _INK, thick=40)
        yield _text(
            (middle, _above(min(y, zero), None if bar.beside is None else up.at(bar.beside))),
            _figure(bar.value, chart),
            size=min(150, room // 4 + 40),
            anchor="middle",
        )
        yield _text((middle, HIGH - _BOTTOM + 260), _cut(bar.name), size=max(size, 80), anchor="middle")


def _above(top: int, beside: int | None) -> int:
    """Return where the figure of a bar stands: over it, and over its mark too where that would cross it."""
    near = beside is not None and top - 260 < beside <= top + 40
    return (min(beside, top) if near and beside is not None else top) - 60


def _bar(box: tuple[int, int, int, int], *, marked: bool) -> str:
    """Draw a bar; a marked one is framed as well, so that it is told in grey."""
    frame = f' stroke="{_INK}" stroke-width="25"' if marked else ""
    return _rect(box, _MARKED if marked else _PLAIN, frame)


# ---------------------------------------------------------------- dots


def _dots(chart: Chart, up: _Scale) -> Iterator[str]:
    across = _outward(chart)
    yield from _places(chart, across)
    if chart.band:
        lower = [(across.at(x), up.at(low)) for x, low, _ in chart.band]
        upper = [(across.at(x), up.at(high)) for x, _, high in chart.band]
        corners = " ".join(f"{x},{y}" for x, y in (*lower, *reversed(upper)))
        yield f'<polygon points="{corners}" fill="{_BAND}"/>'
    if chart.level is not None:
        y = up.at(chart.level)
        yield _line((_LEFT, y, WIDE - _RIGHT, y), _INK, dashed=True)
    for dot in sorted(chart.dots, key=lambda one: one.marked):
        place = across.at(dot.across), up.at(dot.up)
        yield (
            _small(*place)
            if len(chart.dots) > _CROWD and not dot.marked
            else _point(*place, marked=dot.marked)
        )
    yield from _names([dot for dot in chart.dots if dot.marked], across, up)


def _outward(chart: Chart) -> _Scale:
    if chart.places:
        ends = Fraction(1, 2), len(chart.places) + Fraction(1, 2)
        return _Scale(*ends, _LEFT, WIDE - _RIGHT, _ONE)
    values = [dot.across for dot in chart.dots]
    found = _scale(_ZERO, max(values, default=_ONE) + Fraction(1, 2), _LEFT, WIDE - _RIGHT)
    return _Scale(found.low, found.high, found.start, found.end, max(found.step, _ONE))


def _places(chart: Chart, across: _Scale) -> Iterator[str]:
    named = [(Fraction(n), _cut(name)) for n, name in enumerate(chart.places, 1)]
    for value, name in named or [(tick, _figure(tick, None)) for tick in across.ticks]:
        yield _text((across.at(value), HIGH - _BOTTOM + 260), name, size=150, anchor="middle", ink=_SOFT)


def _point(x: int, y: int, *, marked: bool) -> str:
    if marked:
        corners = f"M{x},{y - 110} L{x + 105},{y + 75} L{x - 105},{y + 75} Z"
        return f'<path d="{corners}" fill="{_MARKED}" stroke="#ffffff" stroke-width="15"/>'
    return f'<circle cx="{x}" cy="{y}" r="65" fill="{_PLAIN}" stroke="#ffffff" stroke-width="15"/>'


def _names(dots: Sequence[Dot], across: _Scale, up: _Scale) -> Iterator[str]:
    """Write the names of the marked ones beside them, the highest first, none over another."""
    lowest = 0
    for dot in sorted(dots, key=lambda one: (-one.up, one.name))[:_NAMED]:
        x, y = across.at(dot.across), max(up.at(dot.up) + 60, lowest + 190)
        left = x + 150 + _width(_cut(dot.name), 160) > WIDE - _RIGHT
        yield _text(
            (x - 150 if left else x + 150, y), _cut(dot.name), size=160, anchor="end" if left else "start"
        )
        lowest = y


def _small(x: int, y: int) -> str:
    """A point among so many that outlines would hide their neighbours."""
    return f'<circle cx="{x}" cy="{y}" r="30" fill="{_PLAIN}" fill-opacity="0.5"/>'


# ---------------------------------------------------------------- strokes


def _figure(value: Fraction, chart: Chart | None) -> str:
    """Return a value as it is printed: a share in per cent, with one decimal where it needs one."""
    if chart is None or not chart.percent:
        return _decimal(value)
    return f"{_decimal(value * 100)}%"


def _decimal(value: Fraction) -> str:
    tenths = (abs(value) * 20 + 1) // 2
    whole, rest = divmod(int(tenths), 10)
    sign = "-" if value < 0 and tenths else ""
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


def _cut(name: str) -> str:
    return name if len(name) <= _SHORT else f"{name[: _SHORT - 1]}…"


def _width(text: str, size: int) -> int:
    return sum(size if ord(sign) >= _WIDE_FROM else size * 11 // 20 for sign in text)


def _wrapped(text: str, letters: int) -> list[str]:
    """Break a text into lines of so many wide letters."""
    lines, line = list[str](), ""
    for sign in text:
        if _width(line + sign, 2) > letters * 2 and sign not in "，。；、）：":
            lines.append(line)
            line = ""
        line += sign
    return [*lines, line] if line else lines


def _text(
    at: tuple[int, int], says: str, *, size: int, anchor: str = "start", ink: str = _INK, weight: str = ""
) -> str:
    x, y = at
    bold = f' font-weight="{weight}"' if weight else ""
    return f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" fill="{ink}"{bold}>{escape(says)}</text>'


def _line(ends: tuple[int, int, int, int], ink: str, *, thick: int = 12, dashed: bool = False) -> str:
    x1, y1, x2, y2 = ends
    dash = ' stroke-dasharray="90 60"' if dashed else ""
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{ink}" stroke-width="{thick}"{dash}/>'


def _rect(box: tuple[int, int, int, int], fill: str, more: str = "") -> str:
    x, y, width, height = box
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"{more}/>'
