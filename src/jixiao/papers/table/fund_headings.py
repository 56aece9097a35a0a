"""Finds the headings of a fund block (年初预算数, 全年执行数, 执行率, 得分) and the columns that they head."""

from collections.abc import Iterator, Sequence

from jixiao.expressions import expression
from jixiao.papers import words
from jixiao.papers.cells.headings import Column, heading_run
from jixiao.papers.cells.stream import Stream

_ANCHOR = expression(
    r"年初(?:预算|批复)|期初预算|全年预算|调整后?预算|年度预算数|预算(?:安排)?数|预算(?:金额|资金)"
)
_GROUP = expression(r"(?:年度预算数|项目资金|资金)(?:\((?:万元|元)\))?")


def header_of(
    stream: Stream, start: int, end: int, *, declared: bool
) -> tuple[int, int, tuple[Column, ...]] | None:
    """Return where the headings of the fund block begin and end, and its columns; None where there are none."""
    for anchor in _ANCHOR.finditer(stream.fold, start, end):
        heads = tuple(heading_run(stream, anchor.start(), words.FUND_HEADINGS, words.FUND_SUFFIX, _GROUP))
        kinds = {kind for kind, _, _ in heads}
        if declared and kinds:
            return heads[0][1], max(e for _, _, e in heads), _columns(stream, heads)
        if "executed" in kinds and len(kinds & {"initial", "annual", "rate", "points", "score"}) >= 2:
            return heads[0][1], max(e for _, _, e in heads), _columns(stream, heads)
    return None


def _columns(stream: Stream, heads: Sequence[tuple[str, int, int]]) -> tuple[Column, ...]:
    found: list[Column] = []
    heads = tuple(_whole(stream, heads))
    kinds = {kind for kind, _, _ in heads}
    budgets = [h for h in heads if h[0] == "annual"]
    for kind, start, end in heads:
        if (kind, start, end) in budgets[:-1] and stream.fold.startswith("年度预算数", start):
            continue
        atom = stream.atoms[stream.at(start)]
        if kind == "initial" and "annual" not in kinds:
            kind = "annual"  # noqa: PLW2901  a form with one budget column
        if any(c.kind == kind for c in found):
            continue
        low = atom.column if stream.begins_atom(start) else None
        found.append(Column(kind, stream.fold[start:end], low, None if low is None else low + atom.span))
    return tuple(found)


def _whole(stream: Stream, heads: Sequence[tuple[str, int, int]]) -> Iterator[tuple[str, int, int]]:
    """Yield the headings, 执行率权重 and 执行率得分 in one cell of a grid as what they end with."""
    for k, (kind, start, end) in enumerate(heads):
        before = heads[k - 1] if k else None
        after = heads[k + 1] if k + 1 < len(heads) else None
        if kind == "rate" and after and after[0] in _MARKS and _in_one_cell(stream, start, after[1]):
            continue
        joined = kind in _MARKS and before and before[0] == "rate" and _in_one_cell(stream, before[1], start)
        yield kind, before[1] if joined and before else start, end


_MARKS = ("points", "score")


def _in_one_cell(stream: Stream, first: int, second: int) -> bool:
    own = stream.at(first)
    return own == stream.at(second) and stream.atoms[own].column is not None
