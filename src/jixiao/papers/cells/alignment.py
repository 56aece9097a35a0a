"""Finds the best way of cutting a sequence of atoms into the cells and rows of a table, by dynamic programming.

Every cell earns how well it fits its column (fits.py) and where it stands in the grid, and pays for columns left
out, for pieces joined over a border and for pieces nobody can place. Rows that slid by a cell, headings without their
column, cells glued together and tables of one cell a line are all the same problem at other prices.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from jixiao.papers.cells.fits import fit, is_blank, is_level1, is_level2
from jixiao.papers.cells.headings import Header, is_other
from jixiao.papers.cells.stream import Atom, Gap, said

# Prices in hundredths, like the fits; chosen on the generated layouts of tests/layouts, not on single papers.
_SKIP = {
    "level3": 250, "level4": 40, "sign": 120, "target": 140, "unit": 30, "actual": 120, "points": 180, "score": 180,
    "completion": 60, "deduction": 60, "standard": 40, "other": 30,
    "recheck_actual": 60, "recheck_score": 120,
}  # fmt: skip
_JOIN = {Gap.ROW: -170, Gap.CELL: -210, Gap.SPACE: -15, Gap.NONE: 0}
_JOIN_RULED = {Gap.ROW: -420, Gap.CELL: -420, Gap.SPACE: -15, Gap.NONE: 0}
_CUT_NONE, _CUT_NUMBER, _CUT_SIGN = -25, -190, -400
_SURPLUS = -330
_GHOST_UNIT = -90
_KNOWN_UNIT = 200
_MATCH, _MISMATCH = 100, -45
_CLASS_ONLY = 220
_MAX_JOIN = {Gap.ROW: 2, Gap.CELL: 3, Gap.SPACE: 8, Gap.NONE: 16}
_DIGITS, _SIGNS = "0123456789.", "≥≤=<>"
_OPENERS = ("level1", "level2", "level3")


@dataclass(frozen=True, slots=True)
class RowCells:
    """One row as cut: the atoms under each kind of column, the pieces that fit nowhere, and how good the fit is.

    `slid` tells that some cell doesn't stand under its own heading.
    """

    cells: dict[str, tuple[Atom, ...]]
    surplus: tuple[Atom, ...] = ()
    ghosts: tuple[Atom, ...] = ()
    slid: bool = False

    def text(self, kind: str) -> str | None:
        """Return the cell under `kind` as printed, None where there is none or it holds only a dash."""
        atoms = self.cells.get(kind)
        if not atoms:
            return None
        words = said(_once(atoms))
        return None if is_blank("".join(a.fold for a in atoms)) or not words else words

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """All atoms of the row in reading order."""
        return tuple(a for cell in self.cells.values() for a in cell) + self.surplus + self.ghosts


def _once(atoms: tuple[Atom, ...]) -> tuple[Atom, ...]:
    twice = len(atoms) == 2 and len(atoms[0].fold) > _WORD and atoms[0].fold == atoms[1].fold
    return atoms[:1] if twice else atoms


_WORD = 3


@dataclass(frozen=True, slots=True)
class Prices:
    """What borders cost: a new row at a row's end or inside one, going on past a row's end, joining two pieces."""

    at_end: int
    inside: int
    past_end: int
    join: dict[Gap, int]


STRICT = Prices(60, -2000, -2000, _JOIN_RULED)
LINED = Prices(60, -160, -160, {**_JOIN, Gap.ROW: -300})
TORN = Prices(30, -30, -30, _JOIN_RULED)
LOOSE = Prices(0, -120, 0, _JOIN)


_Key = tuple[int, str]  # the column that the last cell went to, and the open row's points
_BEAM, _HOPELESS, _BEHIND = 3, -450, 1500


@dataclass(slots=True)
class _State:
    """The best way found to a point: its worth, where it came from, and what the open row already holds."""

    worth: int
    back: "tuple[int, _Key] | None"
    label: str
    start: int
    points: str = ""
    target: str = ""


_NAMED = 200


@dataclass(slots=True)
class Alignment:
    """One run of the dynamic programme over the atoms of a block; states are (atoms read, last column of the row).

    `worth` is that of the way taken, once rows() has run.
    """

    atoms: Sequence[Atom]
    header: Header
    prices: Prices
    table: list[dict[_Key, _State]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    opens: list[bool] = field(default_factory=list)
    passages: dict[bool, list[list[int]]] = field(default_factory=dict)
    worth: int = 0

    def rows(self) -> tuple[RowCells, ...]:
        """Cut the atoms into rows the best way found."""
        self.kinds = [c.kind for c in self.header.columns]
        columns = range(len(self.kinds))
        for opens in (False, True):
            self.passages[opens] = [[self._passage(last - 1, k, opens=opens) for k in columns]
                                    for last in range(len(self.kinds) + 1)]  # fmt: skip
        for k, atom in enumerate(self.atoms):
            after_blank = (
                k > 0
                and self.opens[k - 1]
                and not self.atoms[k - 1].fold
                and self.atoms[k - 1].row == atom.row
            )
            self.opens.append(k == 0 or atom.gap is Gap.ROW or after_blank)
        self.table = [{} for _ in range(len(self.atoms) + 1)]
        self.table[0][-1, ""] = _State(0, None, "", 0)
        for at in range(len(self.atoms)):
            if self.table[at]:
                self.table[at] = _best(self.table[at])
                self._extend(at)
        return self._read_back()

    def _extend(self, at: int) -> None:
        joins = 0
        for end in range(at + 1, len(self.atoms) + 1):
            if end > at + 1:
                gap = self.atoms[end - 1].gap
                joins += self.prices.join[gap] if not self._same(at, end) else -60
                if not self._may_join(at, end, gap):
                    return
            self._place(at, end, joins)

    def _same(self, at: int, end: int) -> bool:
        return (
            end == at + 2 and len(self.atoms[at].fold) > 3 and self.atoms[at].fold == self.atoms[at + 1].fold
        )

    def _may_join(self, at: int, end: int, gap: Gap) -> bool:
        if end - at > _MAX_JOIN[gap] or not self.atoms[end - 1].fold or not self.atoms[at].fold:
            return False
        if (
            gap >= Gap.CELL
            and self.atoms[end - 1].fold[0] in _DIGITS
            and self.atoms[end - 2].fold[-1:] in _DIGITS
        ):
            return False
        return gap < Gap.CELL or not (is_blank(self.atoms[end - 1].fold) or is_blank(self.atoms[at].fold))

    def _place(self, at: int, end: int, joins: int) -> None:
        first = self.atoms[at]
        fold = first.fold if self._same(at, end) else "".join(a.fold for a in self.atoms[at:end])
        price = joins + self._cut_price(at)
        worths = ((k, kind, self._worth(kind, k, fold, first) + price) for k, kind in enumerate(self.kinds))
        cells = [cell for cell in worths if cell[2] > _HOPELESS]
        passages = self.passages[self.opens[at]]
        for (last, points), state in self.table[at].items():
            for k, kind, worth in cells:
                total = state.worth + worth + passages[last + 1][k]
                self._move(end, (at, (last, points)), (k, kind, total), fold)
            self._stay(state, at, end, last, fold, joins)

    def _cut_price(self, at: int) -> int:
        """Price of a border where the text shows none; dearest inside a number."""
        atom = self.atoms[at]
        if atom.gap is not Gap.NONE or at == 0:
            return 0
        left, right = self.atoms[at - 1].fold[-1:], atom.fold[:1]
        if (left in _SIGNS and right in _DIGITS) or (left in _DIGITS and right in ("%", "0", ".", ",")):
            return _CUT_SIGN
        return _CUT_NUMBER if left in _DIGITS and right in _DIGITS else _CUT_NONE

    def _worth(self, kind: str, k: int, fold: str, atom: Atom) -> int:
        worth = 20 if is_other(kind) else fit(kind, fold)
        if kind == "level3" and k == 0 and (is_level1(fold) or is_level2(fold)):
            worth = _NAMED  # no column for classes stands before it: 社会效益 is what the row is called
        column = self.header.columns[k]
        if atom.column is None or not self.header.reliable or column.low is None or column.high is None:
            return worth
        return worth + (_MATCH if column.low <= atom.column < column.high else _MISMATCH)

    def _move(self, end: int, back: tuple[int, _Key], cell: tuple[int, str, int], fold: str) -> None:
        """Offer the way that puts `fold` into column k, with what the open row's points and target say of it."""
        at, (last, _) = back
        k, kind, total = cell
        before = self.table[at][back[1]]
        points, target = (before.points, before.target) if k > last >= 0 else ("", "")
        if kind in ("score", "recheck_score") and points:
            total += _within(fold, points)
        elif kind == "points":
            total, points = total + _usual(fold), fold
        elif kind == "actual" and target:
            total += 80 if fold and target.endswith(fold) else 0
        elif kind == "target":
            target = fold
        known = self.table[end].get((k, points))
        if known is None or total > known.worth:
            self.table[end][k, points] = _State(total, back, kind, at, points, target)

    def _passage(self, last: int, k: int, *, opens: bool) -> int:
        """Price of going from column `last` to column `k`: on the same row when k lies behind, else on a new one."""
        if 0 <= last < k:
            broken = self.prices.past_end if opens else 0
            return broken - self._skipped(last + 1, k, self.kinds[last])
        fresh = self.prices.at_end if opens else self.prices.inside
        return fresh - self._left(last) - self._opening(k)

    def _skipped(self, low: int, high: int, last: str) -> int:
        names = self.kinds[low:high]
        price = sum(
            _SKIP["other" if is_other(name) else name] for name in names if is_other(name) or name in _SKIP
        )
        return price + (90 if last == "level1" and "level2" in names else 0)

    def _left(self, last: int) -> int:
        if last < 0:
            return 0
        if self.kinds[last] in ("level1", "level2", "seq"):
            return _CLASS_ONLY
        return self._skipped(last + 1, len(self.kinds), "")

    def _opening(self, k: int) -> int:
        kind = self.kinds[k]
        if kind in _OPENERS or kind == "seq":
            return 0
        return 120 + self._skipped(0, k, "")

    def _stay(self, state: _State, at: int, end: int, last: int, fold: str, joins: int) -> None:
        if not fold:
            self._offer(
                end, last, _State(state.worth, (at, (last, state.points)), "", at, state.points, state.target)
            )
            return
        early = last >= 0 and self.kinds[last] in ("level1", "level2")
        surplus = state.worth + _SURPLUS + joins - (130 if early else 0)
        self._offer(
            end, last, _State(surplus, (at, (last, state.points)), "surplus", at, state.points, state.target)
        )
        if (
            "unit" not in self.kinds
            and last >= 0
            and self.kinds[last] in ("target", "actual", "points")
            and self.atoms[at].gap >= Gap.CELL
        ):
            known = fit("unit", fold)
            worth = state.worth + (known + _GHOST_UNIT if known > _KNOWN_UNIT else 2 * _SURPLUS) + joins
            self._offer(
                end, last, _State(worth, (at, (last, state.points)), "ghost", at, state.points, state.target)
            )

    def _offer(self, end: int, k: int, state: _State) -> None:
        key = (k, state.points)
        known = self.table[end].get(key)
        if known is None or state.worth > known.worth:
            self.table[end][key] = state

    def _read_back(self) -> tuple[RowCells, ...]:
        ends = self.table[-1]
        if not ends:
            return ()
        key = max(ends, key=lambda name: ends[name].worth - self._left(name[0]))
        self.worth = ends[key].worth - self._left(key[0])
        at, path = len(self.atoms), []
        while at > 0:
            state = self.table[at][key]
            path.append((key[0], state.label, state.start, at))
            at, key = state.back or (0, (-1, ""))
        return self._cut(path[::-1])

    def _cut(self, path: list[tuple[int, str, int, int]]) -> tuple[RowCells, ...]:
        rows: list[_Open] = []
        before = -1
        for k, label, start, end in path:
            if label in ("", "surplus", "ghost"):
                self._aside(rows, label, start, end)
                continue
            if not rows or k <= before:
                rows.append(_Open())
            rows[-1].cells[label] = tuple(self.atoms[start:end])
            before = k
        usual = _usual_columns(rows)
        return tuple(
            RowCells(r.cells, tuple(r.surplus), tuple(r.ghosts), r.slid(usual)) for r in rows if r.filled()
        )

    def _aside(self, rows: list["_Open"], label: str, start: int, end: int) -> None:
        if not label:
            return
        if not rows:
            rows.append(_Open())
        (rows[-1].surplus if label == "surplus" else rows[-1].ghosts).extend(self.atoms[start:end])


@dataclass(slots=True)
class _Open:
    cells: dict[str, tuple[Atom, ...]] = field(default_factory=dict)
    surplus: list[Atom] = field(default_factory=list)
    ghosts: list[Atom] = field(default_factory=list)

    def slid(self, usual: dict[str, int]) -> bool:
        """Tell whether cells stand in other grid columns than this kind of cell does in most rows.

        A row that only leaves out its merged class cells stands further left as a whole: that is no sliding.
        """
        off = {a[0].column - usual.get(kind, a[0].column) for kind, a in self.cells.items()
               if a and a[0].fold and a[0].column is not None}  # fmt: skip
        left_out = sum(1 for kind in ("level1", "level2") if kind not in self.cells)
        return bool(off) and off not in ({0}, {-left_out}, {min(0, 1 - left_out)})

    def filled(self) -> bool:
        return any(a.fold for cell in self.cells.values() for a in cell) or bool(self.surplus)


def _best(states: dict[_Key, _State]) -> dict[_Key, _State]:
    """Keep the few best ways for each last column: a worse one may win by the score that is still to come."""
    kept: dict[_Key, _State] = {}
    counts: Counter[int] = Counter()
    best = max(state.worth for state in states.values())
    for key, state in sorted(states.items(), key=lambda item: -item[1].worth):
        if counts[key[0]] < _BEAM and state.worth > best - _BEHIND:
            counts[key[0]] += 1
            kept[key] = state
    return kept


def _usual_columns(rows: Sequence[_Open]) -> dict[str, int]:
    """Return the grid column in which most rows have each kind of cell."""
    votes: dict[str, Counter[int]] = {}
    for row in rows:
        for kind, atoms in row.cells.items():
            if atoms and atoms[0].fold and atoms[0].column is not None:
                votes.setdefault(kind, Counter())[atoms[0].column] += 1
    return {kind: count.most_common(1)[0][0] for kind, count in votes.items()}


def _within(score: str, points: str) -> int:
    """A score above its points is hardly ever one; equality is what most rows print."""
    left, right = _number(score), _number(points)
    if left is None or right is None:
        return 0
    if left == right:
        return 80
    if left > right:
        return -320
    return 40 if 2 * left[0] >= right[0] else -60


def _usual(points: str) -> int:
    """Points of a single row are mostly round and seldom above 60."""
    if points in ("5", "10", "15", "20", "25", "30"):
        return 25
    value = _number(points)
    return -130 if value is not None and value[0] > _SELDOM else 0


_SELDOM = 60


def _number(fold: str) -> tuple[int, int] | None:
    """Return a plain number of points as (whole, thousandths) for comparison, None for anything else."""
    whole, _, rest = fold.rstrip("分").partition(".")
    if not whole.isdigit() or (rest and not rest.isdigit()):
        return None
    return int(whole), int((rest + "000")[:3])
