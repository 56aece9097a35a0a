"""Finds the heading of an indicator block and the order of its columns, in a grid, a column of lines or run-on text.

Knows headings only; how rows are put under them stands in columns.py.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from jixiao.expressions import expression
from jixiao.papers import words
from jixiao.papers.cells.fits import is_level1, is_level2
from jixiao.papers.cells.stream import Stream

_ANCHOR = expression(
    rf"一级(?:绩效)?指标|一级|二级指标|三级(?:绩效)?指标|指标名称|指标内容|年度指标值|绩效指标|年初目标值|{words.CLASS_HEADINGS}"
)
_GROUP = expression(rf"(?:{words.GROUPS}|名称){words.SUFFIX}")
_VALUES = {"target", "actual", "points", "score", "standard"}
_LEVELS = ("level1", "level2", "level3", "level4")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field it holds (`kind`), its printed heading, and the grid columns it covers, None if unknown."""

    kind: str
    heading: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """A heading found at start..end of the stream's fold, its columns in the order of the row's cells.

    `reliable` tells whether grid columns of heading and rows can be trusted to agree, `guessed` that no heading is
    printed and a known form's was put in its place.
    """

    start: int
    end: int
    columns: tuple[Column, ...]
    reliable: bool
    glued: bool
    guessed: bool = False

    def has(self, kind: str) -> bool:
        """Tell whether a column of this kind is there."""
        return any(c.kind == kind for c in self.columns)


def find_headers(stream: Stream) -> tuple[Header, ...]:
    """Return the headings of all indicator blocks in reading order; a repeated heading (new page) counts each time."""
    found: list[Header] = []
    end = 0
    for anchor in _ANCHOR.finditer(stream.fold):
        if anchor.start() < end:
            continue
        header = _header_at(stream, _from_number(stream, anchor.start()))
        if header is not None:
            found.append(header)
            end = header.end
    return tuple(found)


def _from_number(stream: Stream, start: int) -> int:
    """Return where the headings begin: at 序号 where it stands right before the first of the levels."""
    own = stream.at(start)
    if not stream.begins_atom(start):
        return start
    before = next((k for k in range(own - 1, max(-1, own - _MISREAD), -1) if stream.atoms[k].fold), None)
    numbers = before is not None and _NUMBER.fullmatch(stream.atoms[before].fold)
    return stream.starts[before] if before is not None and numbers else start


_NUMBER = expression(words.HEADINGS["seq"])


def _header_at(stream: Stream, start: int) -> Header | None:
    heads = _once(stream.fold, heading_run(stream, start, words.HEADINGS, words.SUFFIX, _GROUP))
    heads = _own(_with_classes(heads))
    kinds = {kind for kind, _, _ in heads}
    levels = len(kinds & set(_LEVELS))
    whole = levels > 2 and bool(kinds & _VALUES)
    told = (levels > 1 or bool(kinds & {"target", "actual"})) and len(kinds & _VALUES) > 1
    if not levels or not (whole or told) or ("level3" not in kinds and levels < 2 and len(kinds) < 5):
        return None
    return header_of(stream, start, heads)


def header_of(stream: Stream, start: int, heads: Sequence[tuple[str, int, int]]) -> Header:
    """Return the heading that a run of headings (kind, start, end) is, its columns in the order of the row's cells."""
    end = max(e for _, _, e in heads)
    owners = [stream.at(s) for _, s, _ in heads]
    glued = len(set(owners)) * 2 < len(owners)
    ordered, moved = _in_row_order(_with_target(_without_groups([_column(stream, *head) for head in heads])))
    spanned = any(
        stream.atoms[k].span > 1 or stream.atoms[k].rowspan > 1 for k in range(owners[0], owners[-1] + 1)
    )
    placed = [c.low for c in ordered if c.low is not None]
    reliable = len(placed) == len(ordered) and (spanned or not moved)
    if reliable and len(set(placed)) == len(placed):
        ordered = sorted(ordered, key=lambda c: c.low or 0)
    return Header(start, end, _without_doubles(ordered), reliable and len(set(placed)) == len(placed), glued)


def _once(fold: str, run: Iterable[tuple[str, int, int]]) -> tuple[tuple[str, int, int], ...]:
    """Return a run of headings up to where it begins to repeat itself word by word, and no more than any form has."""
    heads: list[tuple[str, int, int]] = []
    texts: list[str] = []
    for head in islice(run, _MOST_HEADINGS):
        heads.append(head)
        texts.append(fold[head[1] : head[2]])
        half = len(texts) // 2
        if half >= _SIDE_BY_SIDE and texts[0] == texts[half] and texts[:half] == texts[half : 2 * half]:
            return tuple(heads[:half])
    return tuple(heads)


_MOST_HEADINGS = 60


def _with_classes(heads: tuple[tuple[str, int, int], ...]) -> tuple[tuple[str, int, int], ...]:
    """Read 指标类型 right before the only level, the name, as the class; elsewhere it tells 定量 from 定性."""
    levels = [k for k, (kind, _, _) in enumerate(heads) if kind in _LEVELS]
    before = levels[0] - 1 if len(levels) == 1 and heads[levels[0]][0] == "level3" else -1
    meant = ("level1" if k == before else "other" for k in range(len(heads)))
    return tuple(
        (own if kind == "class" else kind, start, end)
        for own, (kind, start, end) in zip(meant, heads, strict=True)
    )


def _own(heads: tuple[tuple[str, int, int], ...]) -> tuple[tuple[str, int, int], ...]:
    """Read 复核得分 as the score, and 复核完成值 as the result, of a table that has no other."""
    kinds = {kind for kind, _, _ in heads}
    only = {f"recheck_{kind}": kind for kind in ("actual", "score") if kind not in kinds}
    return tuple((only.get(kind, kind), start, end) for kind, start, end in heads)


def heading_run(
    stream: Stream, start: int, headings: Mapping[str, str], suffix: str, group: re.Pattern[str]
) -> Iterator[tuple[str, int, int]]:
    """Yield (kind, start, end) of the headings that follow one another without a break from `start` of the fold."""
    fold, at, row, kinds = stream.fold, start, -1, set[str]()
    patterns = [(kind, expression(rf"(?:{pattern}){suffix}")) for kind, pattern in headings.items()]
    while at < len(fold):
        hits = [(m.end(), kind) for kind, p in patterns if (m := p.match(fold, at)) and m.end() > at]
        hits = _in_own_cell(stream, at, hits)
        passed = group.match(fold, at)
        if hits and (not passed or max(hits)[0] >= passed.end()):
            end, kind = max(hits)
            kinds.add(kind)
            yield kind, at, end
            row, at = stream.atoms[stream.at(at)].row, end
        elif passed and passed[0] == "绩效指标完成情况" and kinds & {"target"}:
            yield "actual", at, passed.end()
            row, at = stream.atoms[stream.at(at)].row, passed.end()
        elif passed and passed.end() > at and stream.begins_atom(at) and _may_end(stream, passed.end()):
            at = passed.end()
        else:
            resumed = _unknown_heading(stream, at, row, patterns)
            if resumed is None:
                return
            if stream.begins_atom(at):
                yield _by_sense(fold[at:resumed]), at, resumed
            at = resumed


def _may_end(stream: Stream, at: int) -> bool:
    """Tell whether a group of headings may end here: in a grid only where its cell ends."""
    return stream.begins_atom(at) or at >= len(stream.fold) or stream.atoms[stream.at(at)].column is None


def _in_own_cell(stream: Stream, at: int, hits: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Leave out what runs over a cell's border where another heading fills the cell: 得分｜说明 is no 得分说明.

    Where no cells are seen, both pieces must be whole headings, of different columns.
    """
    owner = stream.at(at)
    end = stream.starts[owner] + len(stream.atoms[owner].fold)
    own = [hit for hit in hits if hit[0] == end]
    if not own or stream.atoms[owner].column is not None:
        return own or hits
    over = max(hits)
    behind = words.HEADING.fullmatch(stream.fold, end, over[0]) if over[0] > end else None
    apart = behind is not None and own[0][1] not in (over[1], behind.lastgroup)
    return own if apart else hits


def _unknown_heading(
    stream: Stream, at: int, row: int, patterns: list[tuple[str, re.Pattern[str]]]
) -> int | None:
    """Return where the headings go on after an unknown one or a few misread letters; None if they don't.

    `row` is the row of the last heading: what stands beside it in a grid is a heading too.
    """
    if at and stream.begins_atom(at):
        atom = stream.atoms[stream.at(at)]
        end = at + len(atom.fold)
        known = any(p.match(stream.fold, end) for _, p in patterns)
        beside = row == atom.row and atom.column is not None
        plain = len(atom.fold) <= _LONG_HEADING and not _begins_rows(atom.fold)
        return end if plain and (known or beside) else None
    for end in range(at + 1, min(at + _MISREAD, len(stream.fold))):
        if stream.begins_atom(end) or any(p.match(stream.fold, end) for _, p in patterns if p.pattern):
            return end if not stream.begins_atom(end) and not is_level1(stream.fold[at:end]) else None
    return None


def _begins_rows(fold: str) -> bool:
    """Tell whether a cell is the name of a class or of a source of funds, with which the rows begin."""
    return is_level1(fold) or is_level2(fold) or any(p.fullmatch(fold) for p in words.FUND_ROW.values())


_SENSES = (
    ("actual", r"完成.*值|实际.*值"), ("target", r"指标值|目标值|数值"), ("points", r"分值|权重|满分"),
    ("score", r"得分|评分"), ("reason", r"原因|措施|说明|备注"), ("unit", r"单位|计量|度量"),
    ("completion", r"完成[率比程]"), ("sign", r"性质|方向|符号"),
)  # fmt: skip


def _by_sense(heading: str) -> str:
    """Tell what an unlisted heading is for by the words in it; "other" where none is telling."""
    return next((kind for kind, words_of in _SENSES if re.search(words_of, heading)), "other")


_LONG_HEADING = 20
_MISREAD = 7


def _column(stream: Stream, kind: str, start: int, end: int) -> Column:
    atom = stream.atoms[stream.at(start)]
    if atom.column is None or not stream.begins_atom(start):
        return Column(kind, stream.fold[start:end])
    return Column(kind, stream.fold[start:end], atom.column, atom.column + atom.span)


def _without_groups(columns: list[Column]) -> list[Column]:
    """Leave out a heading that stands over others: its columns begin where theirs do and hold them."""
    parts = {"sign", "target", "unit"}
    if len({c.low for c in columns}) < _SIDE_BY_SIDE:
        return columns
    return [c for k, c in enumerate(columns) if not any(
        _stands_over(c, d) and (d.kind in parts if c.kind == "target" else _is_part(c, d))
        for d in columns[k + 1 :])]  # fmt: skip


def _with_target(columns: list[Column]) -> list[Column]:
    """Take the unknown heading between 运算符号 and 度量单位 for the target where none has its name: 内容, 数值."""
    if any(c.kind == "target" for c in columns):
        return columns
    beside = [(a.kind, b.kind, c.kind) for a, b, c in zip(columns, columns[1:], columns[2:], strict=False)]
    parts = [k for k, kinds in enumerate(beside, 1) if kinds == ("sign", "other", "unit")]
    return [replace(c, kind="target") if k in parts[:1] else c for k, c in enumerate(columns)]


def _is_part(group: Column, part: Column) -> bool:
    """Tell whether a column below a group is narrower than it, or both as narrow as where no spans are known.

    A group is no known column but one like 偏差原因分析.
    """
    if not (is_other(group.kind) or group.kind == "reason"):
        return False
    widths = [(c.high or 0) - (c.low or 0) for c in (group, part)]
    return widths[0] > widths[1] or widths == [1, 1]


_SIDE_BY_SIDE = 3


def _stands_over(upper: Column, lower: Column) -> bool:
    if upper.low is None or lower.low is None or upper.high is None or lower.high is None:
        return False
    return upper.low == lower.low and upper.high >= lower.high


def _in_row_order(columns: list[Column]) -> tuple[list[Column], bool]:
    """Put a heading of two rows into the order of its cells: the sub-headings take the place of their group."""
    first = next((k for k, c in enumerate(columns) if c.kind in _LEVELS), 0)
    upper, lower = columns[:first], columns[first:]
    if not upper or all(c.kind == "seq" for c in upper):
        return _with_parts_in_place(columns)
    inside = {c.kind for c in lower}
    return [*lower, *(c for c in upper if c.kind not in inside)], True


def _with_parts_in_place(columns: list[Column]) -> tuple[list[Column], bool]:
    """Put 指标性质, 指标值, 度量单位 of a second heading row where their group 年度指标值 stands in the first."""
    targets = [k for k, c in enumerate(columns) if c.kind == "target"]
    if len(targets) != 2 or {c.kind for c in columns[targets[1] - 1 :]} - {"sign", "target", "unit"}:
        return columns, False
    group, first = targets[0], targets[1] - (columns[targets[1] - 1].kind == "sign")
    return [*columns[:group], *columns[first:], *columns[group + 1 : first]], True


def _without_doubles(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Keep one column a kind: the yearly target before the initial one, points before a weight, the first score."""
    kept: list[Column] = []
    targets = [c for c in columns if c.kind == "target"]
    points = [c for c in columns if c.kind == "points"]
    standards = [c for c in columns if c.kind == "standard"]
    own = {
        "standard": next(
            (c for c in standards if not _EXPLAINS.search(c.heading)), standards[0] if standards else None
        ),
        "target": next(
            (c for c in targets if not _OTHER_TIME.search(c.heading)), targets[0] if targets else None
        ),
        "points": next((c for c in points if "权重" not in c.heading), points[0] if points else None),
    }
    seen: set[str] = set()
    for column in columns:
        double = column.kind in seen or (column.kind in own and column is not own[column.kind])
        if not double:
            seen.add(column.kind)
        kept.append(replace(column, kind="other") if double else column)
    return _numbered(kept)


_EXPLAINS = expression("解释|说明|要点")
_OTHER_TIME = expression(
    "年初|实施期|中期|长期|规划期|总体|[三五]年"
)  # targets of another time than the year's


def _numbered(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Number the columns that have no field of their own, each a kind by itself: other, other2, ….."""
    found: list[Column] = []
    for column in columns:
        others = sum(1 for c in found if is_other(c.kind))
        numbered = is_other(column.kind) and others > 0
        found.append(replace(column, kind=f"other{others + 1}") if numbered else column)
    return tuple(found)


def is_other(kind: str) -> bool:
    """Tell whether a kind of column is one that no field holds."""
    return kind.startswith("other")
