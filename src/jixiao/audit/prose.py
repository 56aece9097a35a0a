"""The running text of a filing: passages, their sentences, and the amounts and quantities that stand in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from jixiao.audit.lexicon import Hit, Lists, hits, lists_in
from jixiao.expressions import expression
from jixiao.model.asked import asked_once
from jixiao.model.claims import DepartmentReport, Report
from jixiao.model.evaluation import Evaluation, Indicator
from jixiao.model.figure import Figure, figure_of, half_up, tidy, unit_named
from jixiao.model.finding import FieldPath
from jixiao.model.quantities import find_figures
from jixiao.model.reading import Filing

# A number of any sense has so few digits; an open end would cost the square of a damaged line's length.
NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,12})?"
_MONEY = expression(rf"(?<![\d.])({NUMBER})(亿元|千万元|百万元|万元|千元|元)")
_SENTENCE = expression(r"[^。；;！!？?\n]+[。；;！!？?]?")
_NEAR = 14
_ABOVE = frozenset({"余", "多"})
_HALF, _HUNDREDTH = Fraction(1, 2), Fraction(1, 100)


@dataclass(frozen=True)
class Passage:
    """A piece of running text: in which paper, at which field, under which heading."""

    paper: int
    where: FieldPath
    title: str
    text: str

    @asked_once
    def sentences(self) -> tuple["Sentence", ...]:
        """Its sentences in order."""
        found = ((m.start(), m[0]) for m in _SENTENCE.finditer(self.text))
        return tuple(Sentence(self, text.strip(), at) for at, text in found if text.strip())

    @property
    def in_report(self) -> bool:
        """Whether it is running text of a report, or a block of such text in a table, and not one of its cells."""
        return self.where.startswith(("sections", "opening"))

    @property
    def runs(self) -> bool:
        """Whether it is running text: that of a report, or the goal and its results in a table."""
        return self.in_report or self.where in {"goal.expected", "goal.actual"}


@dataclass(frozen=True)
class Sentence:
    """A sentence as printed, and where it begins in its passage's text; what is worked out is worked out once."""

    passage: Passage
    text: str
    start: int = 0

    @asked_once
    def plain(self) -> str:
        """The sentence tidied: half-width, without blanks; what parsers look at."""
        return tidy(self.text)

    @asked_once
    def words(self) -> Lists:
        """The lexicon lists of which a word stands in it."""
        return lists_in(self.plain)

    @asked_once
    def hits(self) -> tuple[Hit, ...]:
        """Those words with their offsets in `plain`."""
        return hits(self.plain)

    @asked_once
    def amounts(self) -> tuple["Amount", ...]:
        """The amounts of money in it, in order."""
        return amounts_in(self.text) if "元" in self.text else ()

    @asked_once
    def quantities(self) -> tuple["Quantity", ...]:
        """All its figures that are no dates, document numbers or list numbers, in order."""
        return quantities_in(self.plain)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in a sentence with its offsets in the tidied text, and the words before and after it.

    `hedge` is a word that blurs it (100多人: 多).
    """

    figure: Figure
    start: int
    end: int
    before: str
    after: str
    hedge: str = ""

    @property
    def unit(self) -> str:
        """The unit as printed, "" where there is none."""
        return self.figure.unit.name if self.figure.unit else ""


@dataclass(frozen=True, slots=True)
class Amount:
    """Money in a sentence: its figure, the digits as printed, and the words before and after it (tidied)."""

    figure: Figure
    digits: str
    before: str
    after: str

    @property
    def yuan(self) -> Fraction:
        """The amount in 元."""
        return self.figure.exact

    @property
    def per_head(self) -> bool:
        """Whether it is a standard (每人每月 400 元, 35 元/人) and not a sum."""
        return self.after[:1] in {"/", "每"} or bool(re.search(r"[每人均单][^，,、]{0,8}$", self.before))

    def __str__(self) -> str:
        """Return the amount as printed."""
        return f"{self.digits}{self.figure.unit.name if self.figure.unit else ''}"


def clipped(text: str, most: int) -> str:
    """Return a text as a message quotes it: on one line, without its last stop, cut with … where it is long."""
    line = " ".join(text.split()).rstrip("。，；、,;")
    return line if len(line) <= most else f"{line[: most - 1]}…"


def passages_in(filing: Filing) -> tuple[Passage, ...]:
    """Return all running text of the filing: opening and sections of reports; goals, reasons, remarks of tables."""
    found: list[Passage] = []
    for at, reading in enumerate(filing.readings):
        found += passages_of(at, reading.record)
    return tuple(p for p in found if p.text.strip() or p.title.strip())


def passages_of(at: int, record: object) -> Iterator[Passage]:
    """Yield the running text of one paper."""
    if isinstance(record, Report | DepartmentReport) and record.opening is not None:
        yield Passage(at, "opening", "", record.opening)
    if isinstance(record, Report | DepartmentReport | Evaluation):
        for n, section in enumerate(record.sections):
            yield Passage(at, f"sections.{n}", section.title, section.text)
    if isinstance(record, Evaluation):
        yield from _of_table(at, record)
    if isinstance(record, Evaluation | Report):
        for n, row in enumerate(record.indicators):
            if row.reason or row.remedy or row.remarks:
                yield from _of_row(at, n, row)


def _of_row(at: int, n: int, row: Indicator) -> Iterator[Passage]:
    for field, text in (("reason", row.reason), ("remedy", row.remedy), ("remarks", row.remarks)):
        if text:
            yield Passage(at, f"indicators.{n}.{field}", row.level3 or "", text)


def _of_table(at: int, table: Evaluation) -> Iterator[Passage]:
    yield Passage(at, "goal.expected", "预期目标", table.goal.expected or "")
    yield Passage(at, "goal.actual", "实际完成情况", table.goal.actual or "")
    yield Passage(at, "execution.reason", "未完成原因", table.execution.reason or "")
    yield Passage(at, "reason", "偏差原因", table.reason or "")


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text as printed."""
    return tuple(s.strip() for s in _SENTENCE.findall(text) if s.strip())


def quantities_in(plain: str) -> tuple[Quantity, ...]:
    """Return the figures of a tidied text, in its order."""
    return tuple(
        Quantity(
            f.figure,
            f.start,
            f.end,
            plain[max(0, f.start - _NEAR) : f.start],
            plain[f.end : f.end + _NEAR],
            f.hedge,
        )
        for f in find_figures(plain)
    )


def widened(q: Quantity) -> Quantity | None:
    """Return a quantity with what its hedge leaves open: 2.6万余人次 is off by less than 0.1万; None for 几."""
    if not q.hedge:
        return q
    _, _, exponent = q.figure.value.normalize().as_tuple()
    if q.hedge not in _ABOVE or not isinstance(exponent, int) or not q.figure.value:
        return None
    half = max(Decimal(1).scaleb(exponent), q.figure.half)
    return replace(q, figure=replace(q.figure, half=half))


def amounts_in(text: str) -> tuple[Amount, ...]:
    """Return the amounts of money in a text, in its order."""
    plain = tidy(text)
    found = []
    for m in _MONEY.finditer(plain):
        figure = figure_of(m[1].replace(",", ""), unit_named(m[2]))
        found.append(
            Amount(figure, m[1], plain[max(0, m.start() - 14) : m.start()], plain[m.end() : m.end() + 6])
        )
    return tuple(found)


def ratio_of(figure: Figure) -> tuple[Fraction, Fraction]:
    """Return the range of a printed rate as a share of 1; a bare number above 1.5 is in percent.

    One printed place is left open on the upper side: many print rates cut off and not rounded. A bare 0 or 1 is as
    exact as 0% or 100%: nobody rounds a share to a whole number.
    """
    bare = figure.unit is None or figure.unit.kind != "ratio"
    in_percent = bare and figure.value > Decimal("1.5")
    scale = _HUNDREDTH if in_percent else Fraction(1) if bare else figure.scale
    half = Fraction(figure.half)
    if bare and not in_percent and half == _HALF:
        half *= _HUNDREDTH
    value = Fraction(figure.value)
    return (value - half) * scale, (value + 2 * half) * scale


def percent(share: Fraction) -> str:
    """Return a share as a percentage with two decimals."""
    return f"{half_up(share * 100, 2):f}%"
