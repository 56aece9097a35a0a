"""Cuts a file into papers: where each table begins and ends, and what running text is left between them.

A table is found by the heading of its indicators; it begins at its own title or head block and ends with its notes.
What a table is (自评表, 评分表, 基础数据表) is told by its title and columns. Nothing is read here.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jixiao.expressions import expression
from jixiao.layout import Block, Grid, Line
from jixiao.model.reading import Kind
from jixiao.papers import words
from jixiao.papers.cells.fits import is_level1, is_level2
from jixiao.papers.cells.headings import Header, find_headers
from jixiao.papers.cells.stream import Atom, Gap, Stream, atoms_of
from jixiao.papers.pieces.lost import lost_header
from jixiao.papers.pieces.unlevelled import unlevelled_headers
from jixiao.papers.pieces.upright import without_upright
from jixiao.papers.prose.table_texts import is_label_of_text

_TITLE = expression(
    r"[^。；;：:]{0,40}(?:自评表|自评价表|评价表|评分表|基础数据表|指标体系(?:框架)?|申报表|监控表|自查表|目标表|评分汇总表|"
    rf"{words.RECHECK_TITLE})(?:\((?:20\d\d年?度?|样表|参考|[^()]{{0,12}})\))?"
)
_OPENER = expression(rf"(?:{words.LABELS['name']})[:：]?|附件?表?\d*[:：]?|附件\d*")
_TOTAL = expression(words.TOTAL)
_NAME = expression(rf"(?:{words.LABELS['name']})[:：]?")
_LABEL_AND_VALUE = 120
_TOLD = expression(rf"(?:{words.LABELS['name']})[为是]")  # a sentence of a report, no head of a form
_NEAR = 300
_GLUED_TITLE = expression(r"(?:20\d\d年度?)?(?:部门预算)?项目(?:支出)?(?:绩效)?(?:目标)?自评表|项目名称")
_REPORT = expression(
    r"[^。；;]{0,60}(?:自评|评价)(?:工作)?(?:情况)?(?:的)?报告|[一二三四五六七八九十]、.{2,30}|第[一二三四]部分.{0,40}|[^。；;]{0,40}清单"
)
_REPORT_TITLE = expression(r"[^。；;,，]{0,60}(?:自评|评价)(?:工作)?(?:情况)?(?:的)?报告")
_TAIL = expression(
    r"(?:填表)?(?:注|备注|说明)[:：1一]?|填[表报](?:说明|人)|\(?\d{1,2}[.、．)].*|评价结论|存在问题|改进措施|项目负责人|财务负责人|单位(?:主要)?负责人|其他需要说明|"
    r"联系(?:人|电话)|自评(?:等级|结论)|偏差大或|(?:未完成|偏差)原因(?:分析|说明)?[:：]|签[批名字]|审核|日期|\(?[盖公]章"
)
_BASE_DATA = expression(r"基础(?:数据|信息)表")
_CHAPTER = expression(r"[一二三四五六七八九十]{1,2}、")
_PARAGRAPH = expression(r"\([一二三四五六七八九十]{1,2}\)")
_KINDS = (
    (_BASE_DATA, Kind.BASE_DATA_FORM),
    (expression(r"评分表|评分汇总表|指标体系"), Kind.SCORING_FORM),
    (expression(r"(?:目标|绩效)申报表|绩效目标表"), Kind.GOAL_DECLARATION),
    (expression(r"监控"), Kind.MONITORING_TABLE),
)


@dataclass(frozen=True, slots=True)
class Table:
    """One table's part of the stream: positions of the fold, its kind, its headings (one a page) and its blocks."""

    kind: Kind
    start: int
    end: int
    headers: tuple[Header, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Running text between tables, as blocks in reading order; `start` is its position in the fold."""

    start: int
    blocks: tuple[Block, ...]


def cut(blocks: Sequence[Block]) -> tuple[Stream, tuple[Table | Text, ...]]:
    """Return the stream of the whole file and its parts in reading order."""
    stream = Stream(without_upright(atoms_of(blocks)))
    tables = _tables(stream, blocks)
    parts: list[Table | Text] = list(tables)
    edges = [0, *(edge for t in tables for edge in (t.start, t.end)), len(stream.fold)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        left = _blocks_between(stream, blocks, start, end)
        if left:
            parts.append(Text(start, left))
    return stream, tuple(sorted(parts, key=lambda p: p.start))


def only_table(stream: Stream, blocks: Sequence[Block]) -> Table | None:
    """Return the table of targets and results that a stream is from its beginning to its end; None where it is else."""
    found = _tables(stream, blocks)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(stream.fold)):
        return None
    return None if found[0].kind in (Kind.SCORING_FORM, Kind.BASE_DATA_FORM) else found[0]


def _tables(stream: Stream, blocks: Sequence[Block]) -> tuple[Table, ...]:
    headers = find_headers(stream) or unlevelled_headers(stream) or lost_header(stream)
    found: list[Table] = []
    floor = 0
    groups = _groups(stream, headers)
    for k, group in enumerate(groups):
        ceiling = groups[k + 1][0].start if k + 1 < len(groups) else len(stream.fold)
        start = _begin(stream, floor, group[0].start)
        next_start = _begin(stream, group[-1].end, ceiling) if k + 1 < len(groups) else ceiling
        end = _finish(stream, group[-1].end, next_start)
        kind = _kind(stream, start, group)
        table = Table(kind, start, end, group, _blocks_between(stream, blocks, start, end))
        if found and _goes_on(found[-1], table, stream):
            table = _merged(found.pop(), table, stream, blocks)
        found.append(table)
        floor = table.end
    return tuple(found)


def _groups(stream: Stream, headers: Sequence[Header]) -> list[tuple[Header, ...]]:
    """Put headings together that repeat on the next page of the same table: no total and no new title between them."""
    groups: list[tuple[Header, ...]] = []
    for header in headers:
        last = groups[-1][-1] if groups else None
        if last is not None and not _breaks(stream, last.end, header.start):
            groups[-1] = (*groups[-1], header)
        else:
            groups.append((header,))
    return groups


def _breaks(stream: Stream, start: int, end: int) -> bool:
    for atom, _ in stream.between(start, end):
        if atom.fold and (_is_total(atom.fold) or _is_title(atom.fold) or _OPENER.fullmatch(atom.fold)):
            return True
    between = stream.fold[start:end]
    return bool(re.search(r"总分\d|合计\d|项目名称|自评表", between)) or _chaptered(stream, start, end)


def _chaptered(stream: Stream, start: int, end: int) -> bool:
    """Tell whether a chapter of running text begins between two positions in ruled tables."""
    if start >= end or stream.atoms[stream.at(start - 1)].column is None:
        return False
    lines = (a for a, _ in stream.between(start, end) if a.column is None and a.gap is Gap.ROW)
    return any(_CHAPTER.match(a.fold) or _PARAGRAPH.match(a.fold) for a in lines)


def _is_total(fold: str) -> bool:
    return bool(_TOTAL.fullmatch(fold))


def _is_title(fold: str) -> bool:
    return len(fold) < 60 and bool(_TITLE.fullmatch(fold))


def _begin(stream: Stream, floor: int, header: int) -> int:
    """Return where the table's own text begins: its title, else its head block, else the heading itself."""
    title = opener = None
    for atom, at in stream.between(floor, header):
        if _is_title(atom.fold):
            if title is not None and _BASE_DATA.search(stream.fold, title, at):
                opener = None  # the head of the form before it
            title = at
        elif _NAME.match(atom.fold) and len(atom.fold) < _LABEL_AND_VALUE and not _TOLD.match(atom.fold):
            opener = at
    glued = [m.start() for m in _GLUED_TITLE.finditer(stream.fold[floor:header])]
    if title is not None:
        return min(title, opener) if opener is not None and title - opener < _NEAR else title
    if opener is not None:
        return opener
    if glued and not stream.begins_atom(header):
        return floor + glued[0]
    row = stream.atoms[stream.at(header)].row
    first = next((at for atom, at in stream.between(floor, header) if atom.row == row), header)
    block = _grid_start(stream, floor, header)
    return max(floor, min(first, block))


def _grid_start(stream: Stream, floor: int, header: int) -> int:
    """Return where the grid of the heading begins; a heading outside a grid begins at itself."""
    atom = stream.atoms[stream.at(header)]
    if atom.column is None:
        return header
    return next((at for a, at in stream.between(floor, header) if a.block == atom.block), header)


def _finish(stream: Stream, start: int, ceiling: int) -> int:
    """Return the end of the table's tail: the rest of its grid, then notes, up to the next title or chapter."""
    end = _rest_of_atom(stream, start, ceiling)
    tail = _Tail(end, stream.atoms[stream.at(start)].block if end > start else -1)
    tail.ruled = stream.atoms[stream.at(start - 1)].column is not None
    tail.total = bool(re.search(r"总分|合计", stream.fold[start:end]))
    for atom, at in stream.between(start, ceiling):
        if not atom.fold:
            continue
        fresh = at > start and stream.atoms[stream.at(at - 1)].row != atom.row
        if not tail.takes(atom, begins_line=fresh):
            break
        tail.end = at + len(atom.fold)
    return tail.end


@dataclass(slots=True)
class _Tail:
    """What is known while walking down a table's tail: where it ends so far, in which block, what was met.

    `told` is set once a label of running text stood; `ruled` where the table is a grid.
    """

    end: int
    block: int
    total: bool = False
    notes: bool = False
    begun: bool = False
    told: bool = False
    ruled: bool = False

    def takes(self, atom: Atom, *, begins_line: bool) -> bool:
        """Tell whether the atom still belongs to the table."""
        fold = atom.fold
        if atom.column is None and (self._closes(fold) if begins_line else self._ends_in_line(fold)):
            return False
        self.told = self.told or (self.total and begins_line and is_label_of_text(fold))
        if atom.column is None and atom.block != self.block:
            going_on = self.told or not _REPORT.fullmatch(fold)
            self.notes = bool(_TAIL.match(fold)) or (self.notes and going_on) or self.told
            if self.total and not self.notes and not _is_total(fold) and not re.fullmatch(r"[\d.%—-]+", fold):
                return len(fold) >= _LABEL
        else:
            self.notes = self.notes and atom.column is None
        self.begun = self.begun or is_level1(fold) or is_level2(fold) or bool(re.search(r"\d", fold))
        closing = _is_total(fold) or bool(re.search(r"(?:总分|合计)\d", fold))
        self.total = self.total or (closing and self.begun)  # a total above the rows closes nothing
        self.block = atom.block
        return True

    def _ends_in_line(self, fold: str) -> bool:
        """Tell whether a report begins behind the total in the one line that a page lost its ends to."""
        return self.total and not self.told and _REPORT_TITLE.fullmatch(fold) is not None

    def _closes(self, fold: str) -> bool:
        if self.told and _CHAPTER.match(fold):
            return False  # the chapters of 自评情况说明 below the table are its text
        return (
            _is_title(fold)
            or bool(_REPORT.fullmatch(fold))
            or (self.total and bool(_OPENER.fullmatch(fold)))
            or (self.ruled and not self.told and _PARAGRAPH.match(fold) is not None)
        )


_LABEL = 60


def _rest_of_atom(stream: Stream, start: int, ceiling: int) -> int:
    """Return the end of the glued text that the heading stands in, `start` itself when the heading fills its atom."""
    if start >= len(stream.fold) or stream.begins_atom(start):
        return start
    own = stream.at(start)
    return min(ceiling, stream.starts[own] + len(stream.atoms[own].fold))


def _kind(stream: Stream, start: int, group: Sequence[Header]) -> Kind:
    header = group[0]
    title = stream.fold[start : header.start]
    named = [kind for pattern, kind in _KINDS if pattern.search(title[:200])]
    if Kind.BASE_DATA_FORM in named:
        return Kind.BASE_DATA_FORM
    if _is_recheck(title, header):
        return Kind.RECHECK_TABLE
    plain = not header.has("target") and not header.has("actual")
    if header.has("level4") or (plain and header.has("score")):
        return Kind.SCORING_FORM
    if Kind.SCORING_FORM in named and scores_results(header):
        return Kind.SCORING_FORM
    if named and not (header.has("actual") and header.has("score")):
        return named[0]
    return Kind.SELFEVAL_TABLE


def scores_results(header: Header) -> bool:
    """Tell whether a table scores what was done by a standard and sets no targets: 评分标准, 完成情况, 得分."""
    return not header.has("target") and all(header.has(kind) for kind in ("standard", "actual", "score"))


def _is_recheck(title: str, header: Header) -> bool:
    """Tell a re-check by its title; a table without one by its two columns 自评得分 and 复核得分."""
    if _RECHECK.match(title):
        return True
    twice = header.has("score") and header.has("recheck_score")
    return twice and not _TITLE.match(title) and "自评表" not in title


_RECHECK = expression(rf"[^。；;：:]{{0,40}}?{words.RECHECK_TITLE}")


def _goes_on(before: Table, table: Table, stream: Stream) -> bool:
    """A scoring form over several pages repeats its title and project on each, and has one total."""
    if before.kind is not Kind.SCORING_FORM or table.kind is not Kind.SCORING_FORM:
        return False
    if _chaptered(stream, before.headers[-1].end, table.headers[0].start):
        return False
    names = [_NAMED.search(stream.fold[t.start : t.headers[0].start]) for t in (before, table)]
    same = names[0] is None or names[1] is None or names[0].group(1) == names[1].group(1)
    return same and not re.search(r"合计|总分", stream.fold[table.start : table.end])


_NAMED = expression(r"项目名称[:：]?(.{2,40}?)(?=评价指标|一级|项目|填报|$)")


def _merged(before: Table, table: Table, stream: Stream, blocks: Sequence[Block]) -> Table:
    return Table(before.kind, before.start, table.end, (*before.headers, *table.headers),
                 _blocks_between(stream, blocks, before.start, table.end))  # fmt: skip


def _blocks_between(stream: Stream, blocks: Sequence[Block], start: int, end: int) -> tuple[Block, ...]:
    """Return the blocks whose text lies between two positions; a block cut in the middle gives its part only."""
    mine: dict[int, list[Atom]] = {}
    for atom in stream.atoms[bisect_left(stream.starts, start) : bisect_left(stream.starts, end)]:
        if atom.fold:
            mine.setdefault(atom.block, []).append(atom)
    kept: list[Block] = []
    for number, atoms in mine.items():
        block = blocks[number]
        if len(atoms) == stream.filled[number]:
            kept.append(block)
        elif isinstance(block, Line):
            kept.append(replace(block, text=" ".join(a.text for a in atoms), gaps=()))
        else:
            kept.append(_rows_of(block, atoms))
    return tuple(kept)


def _rows_of(grid: Grid, atoms: Sequence[object]) -> Grid:
    places = {getattr(a, "place", None) for a in atoms}
    rows = {c.row for c in grid.cells if c.place in places}
    return Grid(tuple(c for c in grid.cells if c.row in rows), grid.place)
