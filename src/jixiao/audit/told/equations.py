"""Arithmetic that a sentence writes out: 3人×2000元×12月+3人×300元=72900元, and wholes with their parts (其中 …).

Whole numbers stand for themselves; a number with decimals, and an amount in 万元, leaves half of its last place open.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jixiao.audit.prose import NUMBER, Sentence
from jixiao.expressions import expression
from jixiao.model.figure import Figure, unit_named

_WORD = r"[^\d,，。；;:：、()（）=×+÷*\-]"
_TERM = rf"(?:{_WORD}{{0,8}}?)({NUMBER})(%|[万亿]?元?)({_WORD}{{0,8}}?)"
_OPERATOR = r"[×xX*÷/+\-]"
_RESULT = rf"(?:=|≈|,?(?:共计|合计|总计|共))({NUMBER})(%|[万亿]?元?)(?!{_WORD}{{0,4}}{_OPERATOR})"
_EQUATION = expression(rf"(?<![\d)）×*÷/+=\-])({_TERM}(?:{_OPERATOR}{_TERM})+){_RESULT}")
_PARTS = expression(rf"({_OPERATOR})?{_TERM}(?=$|{_OPERATOR})")
_NESTED = expression(r"[（(][^（）()]*[)）]")
# What is counted twice, or told of another whole, adds up to anything.
_OVERLAPPING = expression(r"次|同时|既|兼|累计|%|每|均")
_SCALES = {"%": Fraction(1, 100)}


@dataclass(frozen=True, slots=True)
class Span:
    """All values that a printed number may stand for."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Equation:
    """A written calculation: as printed, what it gives, and what the sentence says that it gives."""

    printed: str
    result: Span
    stated: Span
    unit: str

    @property
    def holds(self) -> bool:
        """Whether one true result can stand behind both."""
        return self.result.low <= self.stated.high and self.stated.low <= self.result.high

    @property
    def right(self) -> Fraction:
        """The middle of what the calculation gives, in the unit of the stated result."""
        return (self.result.low + self.result.high) / 2 / _scale(self.unit)


def equations_in(plain: str) -> Iterator[Equation]:
    """Yield the calculations of a tidied sentence."""
    for m in _EQUATION.finditer(plain):
        parts = [(p[1] or "", p[2], p[3]) for p in _PARTS.finditer(m[1])]
        result = _worked_out(parts)
        if result is not None and len(parts) > 1:
            digits, unit = m[m.re.groups - 1], m[m.re.groups]
            yield Equation(f"{m[1]}", result, _stated(digits, unit, result), unit)


def _stated(digits: str, unit: str, result: Span) -> Span:
    """Return the stated result; without a unit it may be in 元 or 万元 alike."""
    span = _cut(_span(digits, unit, half=True))
    if unit or result.low <= 0:
        return span
    wan = _cut(_span(digits, "万元", half=True))
    return wan if wan.low <= result.high and result.low <= wan.high else span


def _span(digits: str, unit: str, *, half: bool = False) -> Span:
    plain = digits.replace(",", "")
    value, scale = Fraction(plain), _scale(unit)
    open_places = "." in plain or unit[:1] in {"万", "亿"} or half
    one = Fraction(1, 2 * 10 ** len(plain.partition(".")[2])) if open_places else Fraction(0)
    return Span((value - one) * scale, (value + one) * scale)


def _cut(span: Span) -> Span:
    """Return the span of a print that may have been cut off and not rounded: one place more on its upper side."""
    return Span(span.low, span.high + (span.high - span.low) / 2)


def _scale(unit: str) -> Fraction:
    return _SCALES.get(unit) or (unit_named(unit).scale if unit.endswith("元") else _bare(unit))


def _bare(unit: str) -> Fraction:
    return Fraction({"万": 10**4, "亿": 10**8}.get(unit, 1))


def _worked_out(parts: Sequence[tuple[str, str, str]]) -> Span | None:
    """Work out terms and operators, × and ÷ before + and −; None where a divisor may be zero."""
    sums: list[tuple[int, Span]] = []
    for operator, digits, unit in parts:
        span = _span(digits, unit)
        if operator in {"", "+", "-"}:
            sums.append((-1 if operator == "-" else 1, span))
            continue
        sign, last = sums[-1]
        if operator in {"÷", "/"} and span.low <= 0:
            return None
        sums[-1] = sign, _times(last, span) if operator not in {"÷", "/"} else _over(last, span)
    low = sum((s.low if sign > 0 else -s.high for sign, s in sums), Fraction(0))
    high = sum((s.high if sign > 0 else -s.low for sign, s in sums), Fraction(0))
    return Span(low, high)


def _times(one: Span, other: Span) -> Span:
    return Span(one.low * other.low, one.high * other.high)


def _over(one: Span, other: Span) -> Span:
    return Span(one.low / other.high, one.high / other.low)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole and the parts that a sentence names for it with 其中."""

    whole: Figure
    parts: tuple[Figure, ...]

    @property
    def exceeded(self) -> bool:
        """Whether the parts are more than the whole, however both were rounded."""
        return sum((p.low for p in self.parts), Fraction(0)) > self.whole.high


_A_MONTH = expression(r"[年月日]均(?=[^其]*其中)")


def wholes_in(sentence: Sentence) -> Iterator[Whole]:
    """Yield the whole before 其中 and the parts after it, where all are counted in the same unit."""
    plain = sentence.plain
    if plain.count("其中") != 1 or _OVERLAPPING.search(_A_MONTH.sub("", plain)):
        return
    at, inside = plain.index("其中"), [m.span() for m in _NESTED.finditer(plain)]
    told = [q for q in sentence.quantities if not any(start <= q.start < end for start, end in inside)]
    before, after = [q for q in told if q.start < at], [q for q in told if q.start > at]
    if not before or len(after) < 2:  # noqa: PLR2004
        return
    whole = before[-1]
    alike = all(q.unit == whole.unit and not q.hedge for q in after)
    if whole.unit and alike and not whole.hedge:
        yield Whole(whole.figure, tuple(q.figure for q in after))
