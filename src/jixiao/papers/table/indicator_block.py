"""Reads the indicator block of a table into indicators: classes carried down, template rows left out, doubts kept.

Which cell belongs under which heading is decided in columns.py; here the rows become records, and what slid, is missing
or was put back by sense is said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from jixiao.expressions import expression
from jixiao.layout import Doubt, Place
from jixiao.model.evaluation import ClassMark, Indicator, Particular
from jixiao.model.figure import PERCENT
from jixiao.model.parsing import parse_actual, parse_figure, parse_target
from jixiao.papers import words
from jixiao.papers.cells.alignment import RowCells
from jixiao.papers.cells.classes import (
    BENEFIT,
    INPUT,
    KNOWN1,
    OUTPUT,
    canonical1,
    canonical2,
    home_of,
    slid_class,
)
from jixiao.papers.cells.columns import align, worth_of
from jixiao.papers.cells.glued import joined_classes, taken_apart
from jixiao.papers.cells.headings import Column, Header, is_other
from jixiao.papers.cells.row_words import WORDS, as_printed, as_read
from jixiao.papers.cells.spaced import values_joined
from jixiao.papers.cells.stream import Atom, Gap, Stream, said
from jixiao.papers.cells.swapped import unswapped
from jixiao.papers.cells.wrapped import with_tails
from jixiao.papers.table.blank_rows import without_blank_rows, without_tail
from jixiao.papers.table.class_cells import with_second_levels, with_two_levels
from jixiao.papers.table.fund_block import number
from jixiao.papers.table.row_values import RECHECKED, decimal_of, is_crowded, rechecked_row, with_points
from jixiao.papers.table.total_row import Totals, totals_of, without_total

_TEMPLATE = expression(r"(?:指标\d*[:：.、]?)?(?:[.…·。]+|\*+|X+|x+|[/\\—–-]+)?|指标\d+[:：]?\s*")
_PREFIX = expression(r"^指标\s*\d+\s*[:：.、]\s*")
_MARKS = expression(words.MARKS + "$")
_VALUES = ("target", "actual", "points", "score", "completion")


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator as read, with the place of each of its cells; `rechecked` is it after the re-check beside it."""

    indicator: Indicator
    places: dict[str, Place]
    place: Place
    rechecked: Indicator | None = None


@dataclass(slots=True)
class Block:
    """What an indicator block gave: rows, class marks, the total row's numbers, and doubts (where = indicators.N…).

    `residue` are the cells of the blank form that give no indicator: 指标2：, ……
    """

    rows: list[Row] = field(default_factory=list)
    classes: list[ClassMark] = field(default_factory=list)
    points_printed: Decimal | None = None
    total_printed: Decimal | None = None
    recheck_total: Decimal | None = None
    total_place: Place | None = None
    residue: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def read_indicators(stream: Stream, headers: Sequence[Header], end: int, *, scored: bool = True) -> Block:
    """Read the rows under each heading (a page each) up to `end` of the fold; `scored` ones must have scores."""
    block = Block()
    lines: list[RowCells] = []
    for k, heading in enumerate(headers):
        stop = headers[k + 1].start if k + 1 < len(headers) else end
        printed, cells = with_two_levels(heading, stream.cut(heading.end, stop).atoms)
        body = values_joined(_body(block, cells), units=not printed.has("unit"))
        above, _, total = without_total(body)
        above = taken_apart(above)
        if not total:
            above, _, total = without_total(above)
        above = without_tail(above)
        header = _with_marks(printed, above) if scored else printed
        if any(a.gap is Gap.NONE and a.column is None for a in above):
            _doubt_cuts(block, above)
        if header is not printed:
            place = stream.atoms[stream.at(printed.start)].place
            why = "表头没有印出分值或得分一列，各行末尾的数按分值、得分读"
            block.doubts.append(Doubt(place, why, where="indicators"))
        _take_total(block, totals_of(total, header))
        lines.extend(align(above, header))
    if headers[0].guessed:
        place = stream.atoms[min(stream.at(headers[0].start), len(stream.atoms) - 1)].place
        columns = "、".join(WORDS[c.kind] for c in headers[0].columns if c.kind in WORDS)
        why = "没有找到表头，各列按最相近的表样认定，请对照原件核对"
        block.doubts.append(Doubt(place, why, columns, None, "indicators"))
    _Reader(block, headers[0]).read(lines)
    return block


def _doubt_cuts(block: Block, atoms: Sequence[Atom]) -> None:
    why = "原文各格之间没有分隔，按内容切开，请对照原件核对各行的数"
    if not any(d.why == why for d in block.doubts):
        place = next(a.place for a in atoms if a.gap is Gap.NONE)
        block.doubts.append(Doubt(place, why, where="indicators"))


def _with_marks(header: Header, atoms: Sequence[Atom]) -> Header:
    """Give a heading without points and score these columns when the rows plainly hold numbers for them."""
    if header.has("score") or header.has("points") or not atoms:
        return header
    last = next(
        (k for k, c in enumerate(header.columns) if c.kind == "reason" or is_other(c.kind)),
        len(header.columns),
    )
    tried = [header]
    for kinds in (("score",), ("points", "score")):
        added = tuple(Column(kind, "") for kind in kinds)
        columns = (*header.columns[:last], *added, *header.columns[last:])
        tried.append(replace(header, columns=columns, reliable=False))
    return max(tried, key=lambda h: worth_of(atoms, h) - _ADDED * (len(h.columns) - len(header.columns)))


_ADDED = 300


def _take_total(block: Block, found: Totals | None) -> None:
    if found is not None:
        block.points_printed = found.points if found.points is not None else block.points_printed
        block.total_printed = found.score if found.score is not None else block.total_printed
        block.recheck_total = found.recheck if found.recheck is not None else block.recheck_total
        block.total_place = found.place


def _body(block: Block, atoms: Sequence[Atom]) -> tuple[Atom, ...]:
    """Join class names that a narrow column broke, and leave out what the blank form printed and nobody filled in."""
    kept, residue = without_blank_rows(joined_classes(with_tails(atoms)))
    block.residue += residue
    return kept


_BACKING = expression("数据来源|佐证")  # a column of proofs, which gives no reason
_FRAME = frozenset({"决策指标", "过程指标"})


class _Reader:
    """Turns aligned rows into indicators, carrying class names down; one instance a block."""

    def __init__(self, block: Block, header: Header) -> None:
        self.block = block
        self.header = header
        self.level1: str | None = None
        self.level2: str | None = None
        self.printed1: dict[str, str] = {}
        self.backed = any(c.kind == "reason" and _BACKING.match(c.heading) for c in header.columns)

    def read(self, lines: Sequence[RowCells]) -> None:
        kept = with_second_levels([line for line in lines if line.atoms])
        self.printed1 = {
            c: n for line in kept if (n := line.text("level1")) and (c := canonical1(n)) is not None
        }
        marked = [k for k, line in enumerate(kept) if line.text("points") or line.text("score")]
        for k, line in enumerate(kept):
            self._read(line, last=bool(marked) and k >= marked[-1])

    def _read(self, line: RowCells, *, last: bool) -> None:
        bare = self._carry(line)
        name = line.text("level3") or line.text("level4")
        if name is None and line.slid and self._is_scored_frame() and set(bare) == {"level1", "level2"}:
            line, name, bare = replace(line, slid=False), bare["level2"], {"level2": bare["level1"]}
        if name is None and self._repeats_class(bare):
            name = bare.pop("level2")
        stands_alone = name is None or bool(_TEMPLATE.fullmatch(words.folded(name)))
        values = {kind: line.text(kind) for kind in _VALUES}
        if stands_alone and self._is_total(values, bare=bare, last=last):
            return
        if stands_alone and not (values["score"] or (values["target"] and values["points"])):
            self._doubt_words(line)
            if bare and self.block.rows:
                self._label_below(bare)
            self.block.residue += [name] if name else []
            return
        slid = slid_class(bare, name, self.level1)
        if slid is not None:
            bare = {"level2": slid}
            self._doubt_classes(line, slid)
        if bare:
            self._take_levels(bare)
        self._add(line, None if stands_alone else name, values)

    def _doubt_words(self, line: RowCells) -> None:
        """Doubt a line of text whose only words are no known class: they may end a cell of the row above."""
        text = line.text("level1") or line.text("level2")
        known = text is None or canonical1(text) or canonical2(text)
        if text and not known and len(line.cells) == 1 and line.atoms[0].column is None and self.block.rows:
            why = f"“{text}”独占一行，按指标类别读；也可能是上一行某一格的后半截，请对照原件"
            self.block.doubts.append(Doubt(line.atoms[0].place, why, text, where="indicators"))

    def _doubt_classes(self, line: RowCells, slid: str) -> None:
        why = f"“{line.text('level3')}”一行的指标类别与表头错开，已按内容归位"
        where = f"indicators.{len(self.block.rows)}.level1"
        self.block.doubts.append(Doubt(line.atoms[0].place, why, f"{self.level1}／{slid}", slid, where))

    def _carry(self, line: RowCells) -> dict[str, str]:
        """Return the class names printed on this row, marks taken off and kept."""
        found = {}
        for level in ("level1", "level2"):
            text = line.text(level)
            if text is not None:
                found[level] = self._without_marks(text, 1 if level == "level1" else 2)
        return found

    def _repeats_class(self, printed: dict[str, str]) -> bool:
        """Tell whether a row's only name is its class said again: 服务对象满意度 below 服务对象满意度指标."""
        return set(printed) == {"level2"} and self.level2 is not None and (
            canonical2(printed["level2"]) == canonical2(self.level2) is not None)  # fmt: skip

    def _is_scored_frame(self) -> bool:
        """Tell whether the classes are those of the scoring frame, which puts 满意度 below 效益: 决策, 过程, …."""
        return not _FRAME.isdisjoint(self.printed1)

    def _without_marks(self, text: str, level: int) -> str:
        fold = words.folded(text)
        marks = _MARKS.search(fold)
        if not marks or not marks.group():
            return text
        points = marks.group(1) or marks.group(2)
        name = re.sub(r"\s*(?:[（(][^（()）]*[)）]|\d+(?:\.\d+)?\s*分)\s*$", "", text)
        if not any(c.name == name and c.level == level for c in self.block.classes):
            self.block.classes.append(ClassMark(name, level, Decimal(points)))
        return name

    def _take_levels(self, printed: dict[str, str]) -> None:
        if "level1" in printed:
            self.level1, self.level2 = printed["level1"], None
        if "level2" in printed:
            self.level2 = printed["level2"]

    def _is_total(self, values: dict[str, str | None], *, bare: dict[str, str], last: bool) -> bool:
        """A last row of sums without a name is the total whose word was lost or stands elsewhere."""
        points = number(words.folded(values["points"] or ""))
        score = number(words.folded(values["score"] or ""))
        if not last or points is None or values["target"] or (points != 100 and score is None):
            return False
        listed = sum((r.indicator.points or Decimal(0) for r in self.block.rows), Decimal(0))
        if points < listed:
            return False
        if self.block.points_printed is None:
            self.block.points_printed = points
        if self.block.total_printed is None:
            self.block.total_printed = score
        if bare and self.block.rows:
            self._label_below(bare)
        return True

    def _label_below(self, printed: dict[str, str]) -> None:
        """Class names without an indicator of their own: give them to the row above when only they suit it."""
        row = self.block.rows[-1]
        names = "".join(printed.values())
        if (
            "满意" not in names
            or "满意" not in (row.indicator.level3 or "")
            or "满意" in (row.indicator.level2 or "")
        ):
            self._take_levels(printed)
            return
        old = f"{row.indicator.level1 or ''}／{row.indicator.level2 or ''}"
        fixed = replace(row.indicator, level1=printed.get("level1", row.indicator.level1),
                        level2=printed.get("level2", row.indicator.level2))  # fmt: skip
        self.block.rows[-1] = replace(row, indicator=fixed)
        where = f"indicators.{len(self.block.rows) - 1}"
        new = f"{fixed.level1 or ''}／{fixed.level2 or ''}"
        why = f"“{row.indicator.level3}”的指标类别印在下一行，已按指标内容归位"
        self.block.doubts.append(Doubt(row.place, why, new, old, f"{where}.level1"))

    def _add(self, line: RowCells, name: str | None, values: dict[str, str | None]) -> None:
        where = f"indicators.{len(self.block.rows)}"
        place = line.atoms[0].place
        level1 = self._level1_for(where, place)
        unit = line.text("unit") or (said(line.ghosts) if line.ghosts else None)
        values, swapped, both = unswapped(values)
        name, points = with_points(name, values["points"])
        row = Indicator(
            level1=level1,
            level2=self.level2,
            level3=_PREFIX.sub("", name) if name else None,
            level4=line.text("level4") if line.text("level3") else None,
            unit=unit,
            sign=line.text("sign"),
            points=decimal_of(points),
            score_printed=decimal_of(values["score"]),
            deduction_printed=decimal_of(line.text("deduction")),
            completion_printed=parse_figure(values["completion"] or "", unit=PERCENT),
            reason=None if self.backed else line.text("reason"),
            remedy=None,
            remarks=line.text("standard"),
            particulars=self._particulars(line),
        )
        row = self._with_values(row, line, where, place)
        places = {kind: atoms[0].place for kind, atoms in line.cells.items() if atoms and atoms[0].fold}
        self._doubt_row(row, line, where, place)
        if swapped is not None:
            path = f"{where}.{'score_printed' if swapped == 'score' else swapped}"
            self.block.doubts.append(Doubt(place, f"{self._row(row)}的{both}", values[swapped], None, path))
        self.block.rows.append(Row(row, places, place, rechecked_row(row, line)))

    def _particulars(self, line: RowCells) -> tuple[Particular, ...]:
        """Return the cells of the columns that no field holds, by their headings."""
        kinds = (*RECHECKED, "reason") if self.backed else RECHECKED
        others = [c for c in self.header.columns if (is_other(c.kind) or c.kind in kinds) and c.heading]
        return tuple(Particular(c.heading, text) for c in others if (text := line.text(c.kind)))

    def _with_values(self, row: Indicator, line: RowCells, where: str, place: Place) -> Indicator:
        if is_crowded(line):
            cells = "、".join(a.text for a in line.surplus if a.text)
            why = f"{self._row(row)}的格子比表头多，指标值与完成值分不清"
            self.block.doubts.append(Doubt(place, why, None, f"多出的格子：{cells}", f"{where}.target"))
            self.block.doubts.append(Doubt(place, why, None, f"多出的格子：{cells}", f"{where}.actual"))
            return row
        unit = row.unit
        target = parse_target(line.text("target") or "", sign=row.sign, unit=unit)
        return replace(row, target=target, actual=parse_actual(line.text("actual") or "", unit=unit))

    def _level1_for(self, where: str, place: Place) -> str | None:
        """The class carried down, unless this row's second level plainly belongs to another class of the table."""
        home = home_of(self.level2)
        here = canonical1(self.level1) if self.level1 else None
        framed = here == BENEFIT and self._is_scored_frame()
        invested = here == INPUT and home == OUTPUT  # 投入指标 of some provinces: 时效, 成本
        if home is None or here == home or framed or invested or (here is None and self.level1 is not None):
            return self.level1
        if self.level1 is not None and (
            here not in KNOWN1 or (home not in self.printed1 and home != BENEFIT)
        ):
            why = f"二级指标“{self.level2}”列在“{self.level1}”之下，通常属于“{home}”，可能漏印了一级指标"
            if here == BENEFIT and home == "满意度指标":  # where some provinces' forms have it
                why = (
                    f"二级指标“{self.level2}”列在“{self.level1}”之下，已按原样读；别处的表样把它列为“{home}”"
                )
            self.block.doubts.append(Doubt(place, why, self.level1, home, f"{where}.level1"))
            return self.level1
        better = self.printed1.get(home, home)
        better = self._without_marks(better, 1)
        why = f"二级指标“{self.level2}”没有印出所属的一级指标，按指标体系归入“{better}”"
        self.block.doubts.append(Doubt(place, why, better, self.level1, f"{where}.level1"))
        self.level1 = better
        return better

    def _row(self, row: Indicator) -> str:
        """The row that is being read, for a sentence: by its name, else by its number."""
        name = row.level4 or row.level3
        return f"“{name}”一行" if name else f"第 {len(self.block.rows) + 1} 行"

    def _doubt_row(self, row: Indicator, line: RowCells, where: str, place: Place) -> None:
        if line.slid:
            why = f"{self._row(row)}的格子与表头错开，已按内容归位"
            self.block.doubts.append(Doubt(place, why, as_read(line), as_printed(line), where))
        if line.ghosts:
            why = f"{self._row(row)}多出“{said(line.ghosts)}”一格，表头没有这一列，按计量单位读"
            self.block.doubts.append(
                Doubt(line.ghosts[0].place, why, said(line.ghosts), None, f"{where}.unit")
            )
        for kind, value, word in (("points", row.points, "分值"), ("score", row.score_printed, "得分")):
            if value is None and line.text(kind):
                path = f"{where}.{'score_printed' if kind == 'score' else kind}"
                self.block.doubts.append(
                    Doubt(place, f"{self._row(row)}的{word}不是一个数", None, line.text(kind), path)
                )
