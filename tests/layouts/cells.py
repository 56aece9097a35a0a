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
_PATHS = {
    "score": "score_printed", "annual": "funds.total.annual", "executed": "funds.total.executed",
    "rate": "execution.rate_printed", "execution score": "execution.score_printed", "total": "total_printed",
    "project": "project.name",
}  # fmt: skip
_ALIKE, _NEAR, _SAME_CLASS = Fraction(34, 100), Fraction(6, 10), Fraction(5, 100)


@dataclass(frozen=True, slots=True)
class Miss:
    """One cell that was read wrongly: its field, the indicator it belongs to, what is true and what was read.

    `path` is where it stands in the record as read, "indicators" for a cell of a row that was not read at all.
    """

    field: str
    row: str | None
    true: str | None
    read: str | None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One paper as read, and whether its reading doubts anything."""

    record: Evaluation
    doubted: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of one paper or of many; `silent` counts the wrong tables whose reading doubts nothing.

    `rows` are those of the indicators, `rows_right` those without a wrong cell.
    """

    right: int = 0
    cells: int = 0
    invented: int = 0
    whole: int = 0
    papers: int = 0
    silent: int = 0
    misses: tuple[Miss, ...] = ()
    rows: int = 0
    rows_right: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.right + other.right, self.cells + other.cells, self.invented + other.invented,
            self.whole + other.whole, self.papers + other.papers, self.silent + other.silent, self.misses + other.misses,
            self.rows + other.rows, self.rows_right + other.rows_right,
        )  # fmt: skip


def compared(truths: Sequence[Evaluation], found: Sequence[Found]) -> Tally:
    """Compare the papers of one file: each true one with the found one that fits it best; what is left is invented."""
    left = list(found)
    tally = Tally()
    for truth in truths:
        best = best_of(truth, left)
        left = [paper for paper in left if paper is not best]
        tally += paired(truth, best or Found(Evaluation()))
    return tally + Tally(invented=sum(len(paper.record.indicators) for paper in left))


def best_of(truth: Evaluation, found: Sequence[Found]) -> Found | None:
    """Choose the paper that was read for a true one; None where nothing was read."""
    return max(found, key=lambda paper: _likeness(truth, paper.record), default=None)


def _likeness(truth: Evaluation, read: Evaluation) -> Fraction:
    pairs, _ = _pairs(truth.indicators, read.indicators)
    return sum(1 for _, row in pairs if row is not None) + _similar(truth.project.name, read.project.name)


def paired(truth: Evaluation, found: Found) -> Tally:
    """Compare one paper with the one that was read for it."""
    read = found.record
    pairs, extra = _pairs(truth.indicators, read.indicators)
    rows = [list(_row(row, at, read)) for row, at in pairs]
    cells = [cell for row in rows for cell in row] + list(_head(truth, read))
    misses = tuple(miss for ok, miss in cells if not ok)
    whole = not misses and not extra
    silent = not whole and not found.doubted
    right = sum(all(ok for ok, _ in row) for row in rows)
    return Tally(
        len(cells) - len(misses), len(cells), extra, int(whole), 1, int(silent), misses, len(rows), right
    )


def _pairs(
    truth: Sequence[Indicator], read: Sequence[Indicator]
) -> tuple[list[tuple[Indicator, int | None]], int]:
    """Match the rows by name with the indexes of those read, and count those read that match none."""
    left = list(range(len(read)))
    pairs: list[tuple[Indicator, int | None]] = []
    for row in truth:
        likeness = {k: _similar(row.level3, read[k].level3) + _kin(row, read[k]) for k in left}
        best = max(likeness, key=lambda k: likeness[k], default=None)
        if best is None or likeness[best] <= _ALIKE:
            pairs.append((row, None))
            continue
        left.remove(best)
        pairs.append((row, best))
    return pairs, len(left)


def _kin(a: Indicator, b: Indicator) -> Fraction:
    return _SAME_CLASS if normal(a.level2)[:2] == normal(b.level2)[:2] else Fraction(0)


def _row(true: Indicator, at: int | None, read: Evaluation) -> Iterator[tuple[bool, Miss]]:
    wanted, got = _cells(true), _cells(read.indicators[at]) if at is not None else {}
    for field, value in wanted.items():
        if value is None and field in ("target", "actual"):
            continue
        said = got.get(field)
        ways = _ways(true) if field == "target" else (value,)
        path = "indicators" if at is None else f"indicators.{at}.{_PATHS.get(field, field)}"
        yield (
            at is not None and any(_same(way, said) for way in ways),
            Miss(field, true.level3, value, said, path),
        )


def _cells(row: Indicator) -> dict[str, str | None]:
    return {
        "level1": row.level1, "level2": row.level2, "level3": row.level3,
        "target": row.target.text if row.target is not None else None,
        "actual": row.actual.text if row.actual is not None else None,
        "points": _said(row.points), "score": _said(row.score_printed),
    }  # fmt: skip


def true_cells(truth: Evaluation) -> Iterator[str]:
    """Yield the texts of all cells that are compared and not silent."""
    said = [value for row in truth.indicators for value in _cells(row).values()]
    yield from (value for value in (*said, *_heads(truth).values()) if value)


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
        yield ok, Miss(field, None, value, said, _PATHS[field])


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


def normal(text: str | None) -> str:
    """The text without what doesn't count: width, white space, punctuation, the other forms of a sign."""
    plain = _wide(text)
    for old, new in _SAME.items():
        plain = plain.replace(old, new)
    return plain.strip().replace(",", "") if _PLAIN.fullmatch(plain) else _MARKS.sub("", plain)


def _same(true: str | None, read: str | None) -> bool:
    if true is None:
        return read in (None, "", "—", "-")
    if normal(true) == normal(read):
        return True
    a, b = (_NUMBER.findall(_wide(text).replace(",", "")) for text in (true, read))
    if len(a) != 1 or len(b) != 1 or Decimal(a[0]) != Decimal(b[0]):
        return False
    rest = [_VALUE.sub("", _wide(text)) for text in (true, read)]
    return rest[0] == rest[1] or not all(rest)


def _similar(a: str | None, b: str | None) -> Fraction:
    first, second = (set(zip(normal(text), normal(text)[1:], strict=False)) for text in (a, b))
    return Fraction(len(first & second), max(1, len(first | second)))
