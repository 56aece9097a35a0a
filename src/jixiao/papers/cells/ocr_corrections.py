"""What figures prove about letters read from a picture: a sum that must come out, a rate that two amounts fix.

A cell is read anew only where exactly one likely misreading makes the identity hold; the change is a doubt with both
readings and the identity. Where the identity doesn't decide, there is a doubt and nothing is changed. Pages whose text
was no picture are left alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

from jixiao.expressions import expression
from jixiao.layout import Cell, Doubt, Grid, Layout, Line, Place
from jixiao.model.evaluation import Evaluation
from jixiao.model.figure import Figure, half_up, tidy
from jixiao.model.reading import Reading

_SHAKY = Decimal("0.9")
_MOST_SUSPECTS, _MOST_WAYS = 4, 400
_LETTERS = str.maketrans({
    "O": "0", "o": "0", "Q": "0", "D": "0", "〇": "0", "。": ".", "I": "1", "l": "1", "i": "1", "|": "1", "!": "1",
    "丨": "1", "Z": "2", "z": "2", "S": "5", "s": "5", "B": "8", "b": "6", "G": "6", "g": "9", "q": "9", ",": ".",
    "，": ".", "·": ".", "、": ".", " ": ".", "-": ".", "'": ".",
})  # fmt: skip
_NUMBER = expression(r"\d{1,4}(?:\.\d{1,4})?")
_SIGN_LOST = expression(r"(2|到|[>＞z乏])(\d+(?:\.\d+)?)(.*)", re.DOTALL)
_FLAT = frozenset("一二")
_LARGEST = 100

_Spot = tuple[int | None, int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One term of a sum: its field, its cell, what it is worth as read and what else it may say."""

    where: str
    cell: Cell
    value: Decimal | None
    ways: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class _Change:
    """A cell to be read anew, and the doubt that says so."""

    doubt: Doubt
    text: str


def from_pictures(layout: Layout) -> bool:
    """Tell whether anything on a page was read from a picture."""
    return any(piece.confidence is not None for piece in _pieces(layout))


def proven(layout: Layout, readings: Sequence[Reading]) -> tuple[Layout, tuple[Doubt, ...]]:
    """Correct what the figures of the papers prove.

    Args:
        layout: the page as it was read.
        readings: the papers that were found in it.

    Returns:
        The page with the proven texts, and the doubts about those cells and others that an identity puts in question.
    """
    found = [entry for reading in readings for entry in _entries_of(layout, reading)]
    changes = [entry for entry in found if isinstance(entry, _Change)]
    doubts = [entry.doubt if isinstance(entry, _Change) else entry for entry in found]
    return _changed(layout, changes), tuple(doubts)


def _entries_of(layout: Layout, reading: Reading) -> Iterator[_Change | Doubt]:
    if not isinstance(reading.record, Evaluation):
        return
    cells = {_spot(cell.place): cell for cell in _pieces(layout) if isinstance(cell, Cell)}
    others = {_spot(d.place): d.alternative for d in layout.doubts if d.alternative}
    page = _Page(reading.record, reading.places, cells, others)
    yield from (*page.sums(), *page.rate(), *page.signs())


def located(doubts: Sequence[Doubt], readings: Sequence[Reading]) -> list[tuple[Doubt, ...]]:
    """Give each doubt about the page to the paper whose field its cell is, with that field; else to the first."""
    out: list[list[Doubt]] = [[] for _ in readings]
    fields = [{_spot(place): where for where, place in reading.places.items()} for reading in readings]
    for doubt in doubts:
        at = _spot(doubt.place)
        owner = next((n for n, known in enumerate(fields) if doubt.place.row is not None and at in known), 0)
        where = doubt.where or (fields[owner].get(at, "") if doubt.place.row is not None else "")
        out[owner].append(replace(doubt, where=where))
    return [tuple(each) for each in out]


def confidence(layout: Layout, reading: Reading) -> Decimal:
    """Bring a paper's confidence down by how surely its cells were read, on the whole."""
    sure = {_spot(piece.place): piece.confidence for piece in _pieces(layout) if piece.confidence is not None}
    own = [sure[spot] for spot in map(_spot, set(reading.places.values())) if spot in sure] or list(
        sure.values()
    )
    if not own:
        return reading.confidence
    return half_up(reading.confidence * sum(own) / len(own), 2)


def _pieces(layout: Layout) -> Iterator[Cell | Line]:
    for block in layout.blocks:
        if isinstance(block, Grid):
            yield from block.cells
        else:
            yield block


def _spot(place: Place) -> _Spot:
    return place.page, place.table, place.row, place.column


def _changed(layout: Layout, changes: Sequence[_Change]) -> Layout:
    if not changes:
        return layout
    texts = {_spot(change.doubt.place): change.text for change in changes}

    def anew(cell: Cell) -> Cell:
        return replace(cell, text=texts.get(_spot(cell.place), cell.text))

    blocks = tuple(
        replace(block, cells=tuple(map(anew, block.cells))) if isinstance(block, Grid) else block
        for block in layout.blocks
    )
    return replace(layout, blocks=blocks)


@dataclass(frozen=True, slots=True)
class _Page:
    """One table as it was read, and the cells that its fields stand in."""

    record: Evaluation
    places: Mapping[str, Place]
    cells: Mapping[_Spot, Cell]
    others: Mapping[_Spot, str | None]

    def sums(self) -> Iterator[_Change | Doubt]:
        """Hold the points against 100 or 90, and the scores against their total."""
        record = self.record
        for column, total, name in (
            ("points", record.points_printed, "分值"), ("score_printed", record.total_printed, "得分"),
        ):  # fmt: skip
            entries = self._entries(column)
            wanted = (
                {total} if total is not None else {Decimal(100), Decimal(90)} if column == "points" else set()
            )
            if entries and wanted:
                yield from _settled(entries, wanted, name)

    def _entries(self, column: str) -> list[_Entry]:
        """List what stands in a column of the indicators, and in the row of the execution."""
        found = []
        own = getattr(self.record.execution, column)
        if (cell := self._cell(f"execution.{column}")) is not None:
            found.append(self._entry(f"execution.{column}", cell, own))
        at = next(
            (p.column for w, p in self.places.items() if w.endswith(f".{column}") and w[0] == "i"), None
        )
        for n, row in enumerate(self.record.indicators):
            where = f"indicators.{n}.{column}"
            cell = self._cell(where)
            if cell is None and (start := self.places.get(f"indicators.{n}")) is not None:
                cell = self.cells.get((start.page, start.table, start.row, at))
            if cell is not None and cell.text.strip():
                found.append(self._entry(where, cell, getattr(row, column)))
        return found

    def _cell(self, where: str) -> Cell | None:
        place = self.places.get(where)
        return None if place is None else self.cells.get(_spot(place))

    def _entry(self, where: str, cell: Cell, value: Decimal | None) -> _Entry:
        shaky = cell.confidence is not None and cell.confidence < _SHAKY
        if value is not None and not shaky and value <= _LARGEST:
            return _Entry(where, cell, value)
        ways = [(text, Decimal(text)) for text in _likely(cell.text, self.others.get(_spot(cell.place)))]
        return _Entry(
            where, cell, value, tuple(way for way in ways if way[1] != value and way[1] <= _LARGEST)
        )

    def rate(self) -> Iterator[_Change | Doubt]:
        """Hold the rate of execution against the two amounts."""
        total, rate = self.record.funds.total, self.record.execution.rate_printed
        cell = self._cell("execution.rate_printed")
        if (
            cell is None
            or total is None
            or total.annual is None
            or total.executed is None
            or not total.annual.value
        ):
            return
        if rate is not None and _agrees(rate.value, rate.half, total.executed, total.annual):
            return
        plain = cell.text.rstrip("%％ ")
        percent = cell.text[len(plain) :] or "%"
        ways = [w for w in _likely(plain, None) if _agrees(*_printed(w), total.executed, total.annual)]
        if len(ways) == 1:
            why = f"识别为“{cell.text}”；全年执行数除以全年预算数，应为“{ways[0]}{percent}”，已按此读取"
            yield _Change(
                Doubt(cell.place, why, ways[0] + percent, cell.text, "execution.rate_printed"),
                ways[0] + percent,
            )
        elif rate is None or (cell.confidence is not None and cell.confidence < _SHAKY):
            why = "执行率与全年执行数、全年预算数之比不符，可能认错"
            yield Doubt(cell.place, why, cell.text, None, "execution.rate_printed")

    def signs(self) -> Iterator[Doubt]:
        """Doubt a target whose sign may have been read as a letter, and a lone 一 that may be a dash."""
        for n, row in enumerate(self.record.indicators):
            for column in ("target", "actual", "points", "score_printed"):
                where = f"indicators.{n}.{column}"
                cell = self._cell(where)
                if cell is not None and cell.text in _FLAT:
                    yield Doubt(cell.place, "单独一个横画，可能是表示没有的横线", cell.text, "—", where)
            cell = self._cell(f"indicators.{n}.target")
            done = row.actual.text if row.actual is not None else ""
            if cell is not None and (other := _sign_lost(cell.text, done)) is not None:
                why = "年度指标值的符号可能认错（≥ 常被认成 2、到、>）"
                yield Doubt(cell.place, why, cell.text, other, f"indicators.{n}.target")


def _likely(text: str, other: str | None) -> list[str]:
    """List the numbers that a cell may show, its own first: letters taken for figures, a point that was lost."""
    found: dict[str, None] = {}
    for reading in (text, other or ""):
        plain = tidy(reading).translate(_LETTERS).strip(".")
        if _NUMBER.fullmatch(plain):
            found[plain] = None
        if plain.isdigit():
            found |= {f"{plain[:-k]}.{plain[-k:]}": None for k in (1, 2) if len(plain) > k}
    return list(found)


def _settled(entries: Sequence[_Entry], wanted: set[Decimal], name: str) -> Iterator[_Change | Doubt]:
    """Find the one way in which the suspects make the sum come out."""
    firm = [entry.value for entry in entries if not entry.ways]
    suspects = [entry for entry in entries if entry.ways]
    if all(entry.value is not None for entry in entries) and sum(e.value or 0 for e in entries) in wanted:
        return
    if not suspects or None in firm or len(suspects) > _MOST_SUSPECTS:
        return
    held = sum((value for value in firm if value is not None), Decimal(0))
    choices = [(*((("", e.value),) if e.value is not None else ()), *e.ways) for e in suspects]
    ways = 1
    for choice in choices:
        ways *= len(choice)
    right = [
        picked for picked in product(*choices) if held + sum((value for _, value in picked), Decimal(0)) in wanted
    ] if ways <= _MOST_WAYS else []  # fmt: skip
    goal = "或".join(f"{value:f}" for value in sorted(wanted))
    if len({tuple(value for _, value in picked) for picked in right}) == 1:
        for entry, (text, _) in zip(suspects, right[0], strict=True):
            if text:
                why = f"识别为“{entry.cell.text}”；各行{name}合计应为 {goal}，只有“{text}”相符，已按此读取"
                yield _Change(Doubt(entry.cell.place, why, text, entry.cell.text, entry.where), text)
        return
    for entry in suspects:
        why = f"各行{name}合计与 {goal} 不符，这一格可能认错"
        yield Doubt(entry.cell.place, why, entry.cell.text, entry.ways[0][0], entry.where)


def _printed(text: str) -> tuple[Decimal, Decimal]:
    """Give a printed number with half its last place."""
    value = Decimal(text)
    return value, Decimal(5).scaleb(-1 - len(text.partition(".")[2]))


def _agrees(percent: Decimal, half: Decimal, executed: Figure, annual: Figure) -> bool:
    """Tell whether a rate can be the quotient of two amounts, as far as all three were printed."""
    low = Fraction(executed.value - executed.half) / Fraction(annual.value + annual.half)
    under = Fraction(annual.value - annual.half)
    high = Fraction(executed.value + executed.half) / under if under > 0 else low
    return low * 100 <= Fraction(percent + half) and Fraction(percent - half) <= high * 100


def _sign_lost(target: str, actual: str) -> str | None:
    """Say what a target would be if its first letter were ≥; None where nothing speaks for it."""
    found = _SIGN_LOST.fullmatch(target)
    if found is None:
        return None
    first, number, rest = found.groups()
    if first == "2":
        beyond = "%" in rest and Decimal(first + number) > _LARGEST >= Decimal(number)
        if not beyond and not re.match(rf"{re.escape(number)}(?![\d.])", actual):
            return None
    return f"≥{number}{rest}"
