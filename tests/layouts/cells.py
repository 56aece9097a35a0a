"""Compares what was read with what is true, cell by cell: the rules of the acceptance, on our own records and exact.

A cell is right when the texts agree but for width, white space and punctuation, or hold the same single number and
neither says anything else.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from jixiao.model.evaluation import Evaluation, Indicator

_SAME = {"≧": "≥", ">=": "≥", "<=": "≤", "═": "=", "≦": "≤"}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PLAIN = re.compile(r"\s*[-+]?[\d.,]+\s*%?\s*")
_MARKS = re.compile(r"[\s，,。.；;：:、()（）\"“”'*★—-]+")
_VALUE = re.compile(r"[-\d.,%\s≥≤=≧═>＜<]")
_ALIKE, _NEAR, _SAME_CLASS = Fraction(34, 100), Fraction(6, 10), Fraction(5, 100)


@dataclass(frozen=True, slots=True)
class Miss:
    """One cell that was read wrongly: its field, the indicator it belongs to, what is true and what was read."""

    field: str
    row: str | None
    true: str | None
    read: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """One paper as read, and whether its reading doubts anything."""

    record: Evaluation
    doubted: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of one paper or of many; `silent` counts the wrong tables whose reading doubts nothing."""

    right: int = 0
    cells: int = 0
    invented: int = 0
    whole: int = 0
    papers: int = 0
    silent: int = 0
    misses: tuple[Miss, ...] = ()

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.right + other.right, self.cells + other.cells, self.invented + other.invented,
            self.whole + other.whole, self.papers + other.papers, self.silent + other.silent, self.misses + other.misses,
        )  # fmt: skip


def compared(truths: Sequence[Evaluation], found: Sequence[Found]) -> Tally:
    """Compare the papers of one file: each true one with the found one that fits it best; what is left is invented."""
    left = list(found)
    tally = Tally()
    for truth in truths:
        best = max(left, key=lambda paper: _likeness(truth, paper.record), default=None)
        if best is not None:
            left = [paper for paper in left if paper is not best]
        tally += _paper(truth, best or Found(Evaluation()))
    return tally + Tally(invented=sum(len(paper.record.indicators) for paper in left))


def _likeness(truth: Evaluation, read: Evaluation) -> Fraction:
    pairs, _ = _pairs(truth.indicators, read.indicators)
    return sum(1 for _, row in pairs if row is not None) + _similar(truth.project.name, read.project.name)


def _paper(truth: Evaluation, found: Found) -> Tally:
    read = found.record
    pairs, extra = _pairs(truth.indicators, read.indicators)
    cells = [cell for pair in pairs for cell in _row(*pair)] + list(_head(truth, read))
    misses = tuple(miss for ok, miss in cells if not ok)
    whole = not misses and not extra
    silent = not whole and not found.doubted
    return Tally(len(cells) - len(misses), len(cells), extra, int(whole), 1, int(silent), misses)


def _pairs(
    truth: Sequence[Indicator], read: Sequence[Indicator]
) -> tuple[list[tuple[Indicator, Indicator | None]], int]:
    """Match the rows by name, and count those read that match none."""
    left = list(range(len(read)))
    pairs: list[tuple[Indicator, Indicator | None]] = []
    for row in truth:
        likeness = {k: _similar(row.level3, read[k].level3) + _kin(row, read[k]) for k in left}
        best = max(likeness, key=lambda k: likeness[k], default=None)
        if best is None or likeness[best] <= _ALIKE:
            pairs.append((row, None))
            continue
        left.remove(best)
        pairs.append((row, read[best]))
    return pairs, len(left)


def _kin(a: Indicator, b: Indicator) -> Fraction:
    return _SAME_CLASS if _norm(a.level2)[:2] == _norm(b.level2)[:2] else Fraction(0)


def _row(true: Indicator, read: Indicator | None) -> Iterator[tuple[bool, Miss]]:
    wanted, got = _cells(true), _cells(read) if read is not None else {}
    for field, value in wanted.items():
        if value is None and field in ("target", "actual"):
            continue
        said = got.get(field)
        ways = _ways(true) if field == "target" else (value,)
        yield (
            read is not None and any(_same(way, said) for way in ways),
            Miss(field, true.level3, value, said),
        )


def _cells(row: Indicator) -> dict[str, str | None]:
    return {
        "level1": row.level1, "level2": row.level2, "level3": row.level3,
        "target": row.target.text if row.target is not None else None,
        "actual": row.actual.text if row.actual is not None else None,
        "points": _said(row.points), "score": _said(row.score_printed),
    }  # fmt: skip


def _ways(row: Indicator) -> tuple[str | None, ...]:
    """The ways in which a target of three cells may be given back."""
    text = row.target.text if row.target is not None else None
    if text is None or not (row.sign or row.unit):
        return (text,)
    return text, f"{row.sign or ''}{text}{row.unit or ''}", f"{row.sign or ''}{text}"


def _head(truth: Evaluation, read: Evaluation) -> Iterator[tuple[bool, Miss]]:
    for (field, value), said in zip(_heads(truth).items(), _heads(read).values(), strict=True):
        if value is None:
            continue
        ok = _same(value, said) or (field == "project" and _similar(value, said) > _NEAR)
        yield ok, Miss(field, None, value, said)


def _heads(record: Evaluation) -> dict[str, str | None]:
    total, execution = record.funds.total, record.execution
    return {
        "annual": _said(total.annual.value) if total and total.annual else None,
        "executed": _said(total.executed.value) if total and total.executed else None,
        "rate": str(execution.rate_printed) if execution.rate_printed else None,
        "execution score": _said(execution.score_printed),
        "total": _said(record.total_printed),
        "project": record.project.name,
    }


def _said(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _wide(text: str | None) -> str:
    return unicodedata.normalize("NFKC", text or "")


def _norm(text: str | None) -> str:
    plain = _wide(text)
    for old, new in _SAME.items():
        plain = plain.replace(old, new)
    return plain.strip().replace(",", "") if _PLAIN.fullmatch(plain) else _MARKS.sub("", plain)


def _same(true: str | None, read: str | None) -> bool:
    if true is None:
        return read in (None, "", "—", "-")
    if _norm(true) == _norm(read):
        return True
    a, b = (_NUMBER.findall(_wide(text).replace(",", "")) for text in (true, read))
    if len(a) != 1 or len(b) != 1 or Decimal(a[0]) != Decimal(b[0]):
        return False
    rest = [_VALUE.sub("", _wide(text)) for text in (true, read)]
    return rest[0] == rest[1] or not all(rest)


def _similar(a: str | None, b: str | None) -> Fraction:
    first, second = (set(zip(_norm(text), _norm(text)[1:], strict=False)) for text in (a, b))
    return Fraction(len(first & second), max(1, len(first | second)))
