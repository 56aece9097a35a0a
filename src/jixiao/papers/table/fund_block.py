"""Reads the fund block (项目资金) of a table: its unit, its rows by source, and what it claims about execution.

Amounts are put under their headings by column where the grid is sound; else by trying every order-keeping way and
taking the one whose own arithmetic holds (执行率 = 执行数 ÷ 预算数, 得分 = 分值 × 执行率).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise

from jixiao.expressions import expression
from jixiao.papers import words
from jixiao.papers.cells.fits import is_blank
from jixiao.papers.cells.headings import Column
from jixiao.papers.cells.stream import Atom, Stream, part
from jixiao.papers.table.fund_headings import header_of
from jixiao.papers.table.fund_pairs import pairs_of

_UNIT = expression(
    r"\((?:单位[:：])?(万元|元|千元|亿元)\)|单位[:：](万元|元|千元|亿元)|资金(?:总额)?(万元|元)"
)
_STOP = expression(
    rf"未完成原因分析|当年绩效目标|{words.GOAL_GROUP}|预期目标|年初设定目标|(?:\d[.、．])?项目年度目标|一级指标|年度(?:总体)?绩效|绩效指标|1\.预算执行率|资金管理情况|"
    r"年度履职目标|年度(?:主要|重点)(?:工作)?任务"
)
_POINTS = expression(r"得分\((\d{1,2})分[*×x]|预算执行(?:情况)?(?:\([^()]{0,8}元\))?\((\d{1,2})分\)")
_AMOUNT = expression(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:万元|元)?")
_MARK = expression(r"\d{1,3}(?:\.\d+)?分")
# What a form explains in a cell beside the amounts, or below them: sources named there are no rows.
_NEXT, _EXPLAINED = 12, expression(r"1\.预算执行率")
_RATE = expression(r"\d+(?:\.\d+)?%")
_MONEY = ("initial", "adjusted", "annual", "received", "executed", "forecast")


@dataclass(frozen=True, slots=True)
class FundRow:
    """One row as read: which source, its printed label, and the atom under each column."""

    source: str
    label: str
    cells: dict[str, Atom]


@dataclass(frozen=True, slots=True)
class FundBlock:
    """The fund block at start..end of the fold: the name of its unit, None where none is printed, and its rows.

    `points` are those that a heading holds: 预算执行情况（20分）, 得分（20分*执行率）; None where none does. `crowded`
    are the rows that print more figures than there are headings, each with its first.
    """

    start: int
    end: int
    unit: str | None
    rows: tuple[FundRow, ...]
    points: Decimal | None = None
    crowded: tuple[tuple[str, Atom], ...] = ()


def read_fund_block(stream: Stream, start: int, end: int, *, declared: bool = False) -> FundBlock | None:
    """Find and read the fund block between two positions of the fold; None where there is none.

    A block that is `declared` (目标申报表) has a budget and no spending.
    """
    if not declared and (paired := pairs_of(stream, start, end)) is not None:
        figures, below = paired
        return FundBlock(end, below, _unit(stream, start, below), (FundRow("total", "", figures),))
    header = header_of(stream, start, end, declared=declared)
    if header is None:
        return None
    head_start, head_end, columns = header
    stop = next((m.start() for m in _STOP.finditer(stream.fold, head_end, end) if _closes(stream, m)), end)
    unit = _unit(stream, start, stop)
    labels = tuple(_labels(stream, head_end, stop))
    straight = [_by_column(*_parted(label, columns), columns) for label in labels]
    sound = all(cells is not None for cells in straight)
    rows: list[FundRow] = []
    for label, cells in zip(labels, straight, strict=True):
        like = rows[0].cells if rows else {}
        own_cells = cells if sound and cells is not None else _in_order(label, columns, like)
        rows.append(FundRow(label.source, label.label, own_cells))
    own = _POINTS.search(stream.fold, start, stop)
    points = None if own is None else Decimal(own[1] or own[2])
    return FundBlock(
        head_start, stop, unit, tuple(rows), points, () if sound else tuple(_crowded(labels, columns))
    )


def _unit(stream: Stream, start: int, stop: int) -> str | None:
    """Return the unit of money that is printed first between two positions of the fold."""
    return next((next(filter(None, m.groups())) for m in _UNIT.finditer(stream.fold, start, stop)), None)


def _closes(stream: Stream, hit: re.Match[str]) -> bool:
    """Tell whether the block ends at a label: it begins a cell, and no more rows stand below what it explains."""
    at = hit.start()
    if not _may_begin(stream, at):
        return False
    own = stream.at(at)
    after = next((atom.fold for atom in stream.atoms[own + 1 : own + _NEXT] if atom.fold), "")
    return not (_EXPLAINED.match(hit[0]) and any(p.fullmatch(after) for p in words.FUND_ROW.values()))


def _crowded(labels: Sequence["_Label"], columns: Sequence[Column]) -> Iterator[tuple[str, Atom]]:
    """Yield the rows that print more figures than there are columns for them, by label, with their first figure."""
    room = sum(1 for c in columns if c.kind not in ("reason", "standard"))
    for label in labels:
        figures = list(_numbers([a for a in label.atoms if a.fold]))
        if room < len(figures) <= room + _SPARE:
            yield label.label, figures[0]


@dataclass(frozen=True, slots=True)
class _Label:
    source: str
    label: str
    atoms: tuple[Atom, ...]
    goes_on: bool = False


def _labels(stream: Stream, start: int, end: int) -> Iterator[_Label]:
    """Yield each source's label with the atoms up to the next label."""
    hits = list(_label_hits(stream, start, end))
    first = hits[0][1] if hits else end
    if all(source != "total" for source, _, _ in hits) and (total := _unnamed(stream, start, first)):
        yield _Label("total", "", total)
    for k, (source, low, high) in enumerate(hits):
        stop = hits[k + 1][1] if k + 1 < len(hits) else end
        own = (a for a in stream.cut(high, stop).atoms if not _EXPLAINED.match(a.fold))
        goes_on = k + 1 < len(hits)
        yield _Label(source, stream.text(low, high).rstrip(":："), tuple(own), goes_on)


def _unnamed(stream: Stream, start: int, end: int) -> tuple[Atom, ...]:
    """Return the row of amounts of a form that names no source for it; nothing where a grid has no such row."""
    atoms = [a for a in stream.cut(start, end).atoms if a.fold and a.column is not None]
    atoms = [a for a in atoms if not _UNIT.fullmatch(a.fold)]
    row = [a for a in atoms if a.row == atoms[0].row] if atoms else []
    figures = [a for a in row if _AMOUNT.fullmatch(a.fold) or _RATE.fullmatch(a.fold)]
    return tuple(row) if row == figures and len(figures) >= _UNNAMED else ()


_UNNAMED = 4  # budget, spending, rate and score


def _label_hits(stream: Stream, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    at = start
    while at < end:
        own = stream.at(at)
        if stream.begins_atom(at) and _EXPLAINED.match(stream.atoms[own].fold):
            at += len(stream.atoms[own].fold)
            continue
        free = _may_begin(stream, at) or not stream.fold[at - 1].isalpha()
        hit = _label_at(stream, at) if free and not _in_sentence(stream, at) else None
        if hit is None:
            at += 1
            continue
        yield hit[0], at, hit[1]
        at = hit[1]


def _may_begin(stream: Stream, at: int) -> bool:
    """A cell begins where an atom does; inside glued text, where no border is to be seen, it may begin anywhere."""
    return stream.begins_atom(at) or len(stream.atoms[stream.at(at)].fold) > _GLUED


def _in_sentence(stream: Stream, at: int) -> bool:
    """Tell whether words of the same piece stand before it as in a sentence: 尾款，按合同约定结转下年."""
    own, atom = stream.starts[stream.at(at)], stream.atoms[stream.at(at)]
    if atom.column is not None and _TOLD.search(stream.fold, own, at):
        return True
    return bool(_SENTENCE.search(stream.fold[max(own, at - _CLAUSE) : at]))


_CLAUSE = 16
_TOLD = expression(r"(?<=[\u4e00-\u9fff])[,，;；。]")  # a cell of a ruled table that already tells something
_SENTENCE = expression(
    r"[\u4e00-\u9fff][,，;；][^\d,，。;；:：]{1,12}$"
)  # the clause right before, no whole run-on text
_WORDS = expression(r"[\u4e00-\u9fff]{4}")
_GLUED = 40
_WHOSE = r"(?:\([^()]{1,12}\))?[:：]?"
_MORE = expression(words.MORE_FUND_ROWS + _WHOSE)
_MORE_WHOLE = expression(words.MORE_FUND_ROWS.replace("{0,8}?", "{0,8}") + _WHOSE)


def _label_at(stream: Stream, at: int) -> tuple[str, int] | None:
    hits = [(m.end(), name) for name, p in words.FUND_ROW.items() if (m := p.match(stream.fold, at))]
    atom_end = stream.starts[stream.at(at)] + len(stream.atoms[stream.at(at)].fold)
    if _MORE_WHOLE.fullmatch(stream.fold, at, atom_end):
        hits.append((atom_end, "more"))
    elif more := _MORE.match(stream.fold, at):
        hits.append((more.end(), "more"))
    if not hits:
        return None
    end, name = max(hits)
    return name, end


def _in_order(label: _Label, columns: tuple[Column, ...], like: dict[str, Atom]) -> dict[str, Atom]:
    """Put a row's cells by their order and arithmetic: one row whose columns are off makes all of them unsafe.

    `like` is the row of the totals, whose amounts a row of a source often repeats.
    """
    atoms = [a for a in label.atoms if a.fold]
    kinds = [c.kind for c in columns if c.kind not in ("reason", "standard")]
    cells = _by_sums(_as_total(list(_numbers(atoms)), like), kinds, like)
    told = bool(atoms) and columns[-1].kind == "reason" and _WORDS.search(atoms[-1].fold) is not None
    reason = atoms[-1] if told else _parted(label, columns)[1]
    return cells if reason is None else cells | {"reason": reason}


def _as_total(numbers: list[Atom], like: dict[str, Atom]) -> list[Atom]:
    """Take a lone 2020 apart into the 20 and 20 that the row of the totals prints as budget and spending."""
    parts = [like[kind].fold for kind in ("annual", "executed") if kind in like]
    if len(numbers) != 1 or len(parts) != 2 or numbers[0].fold != "".join(parts):
        return numbers
    low = len(parts[0])
    return [_piece(numbers[0], 0, low), _piece(numbers[0], low, len(numbers[0].fold))]


def _parted(label: _Label, columns: Sequence[Column]) -> tuple[list[Atom], Atom | None]:
    """Return a row's cells, and apart from them the words that end it where no heading stands over them: the reason.

    Such words stand behind the last figure: in its row, or on a line of their own before the next source's.
    """
    atoms = [a for a in label.atoms if a.fold]
    if len(atoms) <= _FIGURES or any(c.kind in ("reason", "standard") for c in columns):
        return atoms, None
    before, last = atoms[-2], atoms[-1]
    behind = last.row == before.row or (label.goes_on and last.column is None)
    edge, at = columns[-1].low, before.column
    free = last.column is None or (edge is not None and at is not None and at >= edge)
    figure = _RUN.match(before.fold) is not None or is_blank(before.fold)
    told = _WORDS.search(last.fold) is not None and not words.is_label(last.fold)
    return (atoms[:-1], last) if behind and free and figure and told else (atoms, None)


_FIGURES = 2  # a budget and a spending stand before a reason


def _by_column(
    atoms: Sequence[Atom], reason: Atom | None, columns: tuple[Column, ...]
) -> dict[str, Atom] | None:
    """Take each cell under its heading; None where a cell has no heading or isn't of its kind."""
    cells: dict[str, Atom] = {} if reason is None else {"reason": reason}
    for atom in atoms:
        hit = [
            c
            for c in columns
            if atom.column is not None and c.low is not None and c.low <= atom.column < (c.high or 0)
        ]
        if len(hit) != 1 or hit[0].kind in cells or not _is_kind(hit[0].kind, atom.fold):
            return None
        cells[hit[0].kind] = atom
    return cells if _holds(cells) >= 0 else None


def _is_kind(kind: str, fold: str) -> bool:
    if kind in ("reason", "standard") or is_blank(fold):
        return True
    if kind in ("points", "score") and _MARK.fullmatch(fold):
        return True
    return bool(_AMOUNT.fullmatch(fold) or (_RATE.fullmatch(fold) and kind in ("rate", "score")))


def _numbers(atoms: Sequence[Atom]) -> Iterator[Atom]:
    """Yield the cells of numbers up to the first words; words glued behind a number are cut off."""
    for atom in atoms:
        run = _RUN.match(atom.fold)
        if is_blank(atom.fold) or _AMOUNT.fullmatch(atom.fold) or _MARK.fullmatch(atom.fold):
            yield atom
        elif run and _NO_AMOUNT.match(atom.fold):
            return
        elif run:
            yield atom if run.end() == len(atom.fold) else part(atom, 0, run.end())
            if run.end() < len(atom.fold):
                return
        else:
            return


_RUN = expression(r"[\d.,]+%?[\d.,%]*")
_NO_AMOUNT = expression(
    r"20[12]\d年(?!度)|\d{1,2}[.、．](?!\d)"
)  # 结转2025年支付, and the number of a reason: 1.


def _by_sums(numbers: Sequence[Atom], kinds: Sequence[str], like: dict[str, Atom]) -> dict[str, Atom]:
    """Put the numbers under the columns in order; where several ways are open, the one whose arithmetic holds best."""
    best: dict[str, Atom] = {}
    worth = -1000
    for cut in (some for whole in _cuts(list(numbers), len(kinds)) for some in _fewer(whole, len(kinds))):
        for chosen in combinations(range(len(kinds)), min(len(cut), len(kinds))):
            cells = {kinds[k]: atom for k, atom in zip(chosen, cut, strict=False)}
            value = _holds(cells) * 10 + _likely(cells)
            value += sum(
                _REPEATED for kind, atom in cells.items() if kind in like and like[kind].fold == atom.fold
            )
            if value > worth:
                best, worth = cells, value
    return best


_REPEATED = 50  # more than an identity that holds by chance


def _fewer(numbers: list[Atom], most: int) -> Iterator[Sequence[Atom]]:
    """Yield the numbers, or where a few are too many for the columns, each way of leaving those out."""
    if most < len(numbers) <= most + _SPARE:
        yield from combinations(numbers, most)
    else:
        yield numbers


_SPARE = 2


def _cuts(numbers: list[Atom], most: int) -> Iterator[list[Atom]]:
    """Yield the numbers as they stand and, where one is several glued together, every way of taking it apart."""
    glued = next((k for k, a in enumerate(numbers) if _is_run_together(a.fold)), None)
    if glued is None or len(numbers) >= most:
        yield numbers
        return
    atom = numbers[glued]
    for pieces in _splits(atom.fold, most - len(numbers) + 1):
        yield [*numbers[:glued], *(_piece(atom, low, high) for low, high in pieces), *numbers[glued + 1 :]]


def _piece(atom: Atom, low: int, high: int) -> Atom:
    return replace(atom, text=atom.fold[low:high], fold=atom.fold[low:high])


def _is_run_together(fold: str) -> bool:
    if re.fullmatch(r"\d{5,}(?:\.\d+)?%", fold):
        return True
    return (bool(re.fullmatch(r"[\d.,%]{4,}", fold)) and not (_AMOUNT.fullmatch(fold) or _RATE.fullmatch(fold))) or (
        fold.isdigit() and len(fold) >= 8
    )  # fmt: skip


_WHOLE = expression(r"(?:0|[1-9]\d{0,8})(?:\.\d{1,6})?%?")


def _splits(fold: str, most: int, start: int = 0) -> Iterator[list[tuple[int, int]]]:
    if start == len(fold):
        yield []
    elif most:
        ends = (end for end in range(start + 1, len(fold) + 1) if _WHOLE.fullmatch(fold[start:end]))
        for end in ends:
            yield from ([(start, end), *rest] for rest in _splits(fold, most - 1, end))


def number(fold: str) -> Decimal | None:
    """Return the number of a folded cell (commas, %, 元 and 分 dropped), None for anything else."""
    digits = fold.replace(",", "").rstrip("%分").removesuffix("万元").removesuffix("元")
    return Decimal(digits) if re.fullmatch(r"-?\d+(?:\.\d+)?", digits) else None


def _values(cells: dict[str, Atom]) -> dict[str, Decimal]:
    found = {kind: number(atom.fold) for kind, atom in cells.items()}
    return {kind: value for kind, value in found.items() if value is not None}


def _holds(cells: dict[str, Atom]) -> int:
    """Return how many identities of the row hold, less those that fail."""
    v = _values(cells)
    worth = 0
    annual, executed, rate = v.get("annual"), v.get("executed"), v.get("rate")
    if annual and executed is not None and rate is not None:
        true = Fraction(executed) / Fraction(annual)
        near = min(abs(true * 100 - Fraction(rate)), abs(true - Fraction(rate)) * 100)
        worth += 3 if near <= Fraction(1, 2) else -1
    points, score = v.get("points"), v.get("score")
    if points is not None and score is not None:
        worth += -4 if score > points else 1
        if rate is not None and points:
            share = Fraction(rate) / (1 if rate <= 1 and "%" not in cells["rate"].fold else 100)
            worth += (
                2 if abs(min(share, Fraction(1)) * Fraction(points) - Fraction(score)) < Fraction(1, 2) else 0
            )
    return worth


def _likely(cells: dict[str, Atom]) -> int:
    worth = sum(4 for kind in ("annual", "executed") if kind in cells) + 3 * len(cells)
    worth += 3 if "rate" in cells and "%" in cells["rate"].fold else 0
    worth -= sum(15 for kind, atom in cells.items() if kind != "rate" and "%" in atom.fold)
    points = number(cells["points"].fold) if "points" in cells else None
    worth += 6 if points in (5, 10, 20) else -6 if points is not None else 0
    amounts = [number(cells[k].fold) for k in _MONEY if k in cells]
    return worth + sum(1 for a, b in pairwise(amounts) if a is not None and a == b)
