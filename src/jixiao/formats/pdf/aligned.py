"""Tables without rules down: columns where white runs down through all rows, rows by rules across or by lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from jixiao.formats.pdf.cells import Field, Piece
from jixiao.formats.pdf.lines import glued
from jixiao.formats.pdf.page import Page
from jixiao.formats.pdf.rails import Rail
from jixiao.formats.pdf.rows import Row
from jixiao.layout import Doubt
import itertools

SAME = 6.0  # points that the ends of the rules of one table may differ
STRIP = 3.0  # points: a white strip between columns isn't narrower
CROSSING = 10  # of so many chunks one may run across a strip: a heading over two columns
LEAST_ROWS = 3  # without any rule
LONGEST = 60  # characters of a cell in a table without any rule
TIGHT = 1.45  # times the size from line to line: a wrapped line
GUESSED = "没有表格线，按文字上下对齐划分行列；合并单元格和跨行文字看不出来"
ONLY_ACROSS = "只有横线没有竖线，列按文字上下对齐划分"
UNSURE = "几处文字隔得较宽，但列对不齐，按一行文字读取，宽的空处保留为空格"
SENTENCE = ("。", "；", "，", "：")
Thing = Piece | Row


@dataclass(slots=True)
class _Line:
    """A line of a table: in which column each of its chunks begins, and the column after its last."""

    row: Row
    spans: list[tuple[int, int]] = field(default_factory=list)


def gather(page: Page) -> None:
    """Make tables of the lines of a page that stand in columns, in place."""
    for rails in _alike(page.loose):
        _ruled_across(page, rails)
    _unruled(page)


def _alike(loose: Sequence[Rail]) -> list[list[Rail]]:
    """Group the rules across that begin and end alike, each group from the top down, two at least."""
    groups: list[list[Rail]] = []
    for rail in sorted(loose):
        for group in groups:
            if abs(group[0].start - rail.start) < SAME and abs(group[0].end - rail.end) < SAME:
                group.append(rail)
                break
        else:
            groups.append([rail])
    return [group for group in groups if len(group) > 1]


# ---------------------------------------------------------------- rules across


def _ruled_across(page: Page, rails: Sequence[Rail]) -> None:
    """Make a table of each run of strips between rules in which lines stand in columns."""
    strips = [_strip(page, above, below) for above, below in itertools.pairwise(rails)]
    run: list[int] = []
    for n, strip in enumerate([*strips, []]):
        if strip and 2 * sum(len(row.chunks) > 1 for row in strip) >= len(strip):
            run.append(n)
            continue
        if run and sum(len(strips[k]) for k in run) > 1:
            _tabulate(page, [strips[k] for k in run], (rails[run[0]], rails[run[-1] + 1]))
        run = []


def _strip(page: Page, above: Rail, below: Rail) -> list[Row]:
    return [
        thing
        for thing in page.things
        if isinstance(thing, Row)
        and above.at < thing.base - thing.size / 3 < below.at
        and above.start - SAME < thing.x0
        and thing.x1 < above.end + SAME
    ]


def _tabulate(page: Page, strips: Sequence[Sequence[Row]], ends: tuple[Rail, Rail]) -> None:
    rows = [row for strip in strips for row in strip]
    edges = _edges(rows, ends[0].start, ends[0].end)
    if len(edges) < 3:  # noqa: PLR2004 - one column is no table
        return
    groups = [group for strip in strips for group in _table_rows(strip, edges)]
    made = _piece(groups, edges, (ends[0].at, ends[1].at))
    made.doubts.append(Doubt(page.frame.place(made.box), ONLY_ACROSS))
    _put(page, made, rows)


# ---------------------------------------------------------------- no rules at all


def _unruled(page: Page) -> None:
    for run in _runs(page.things):
        edges = _edges(run, min(row.x0 for row in run) - 1, max(row.x1 for row in run) + 1)
        if len(run) >= LEAST_ROWS and len(edges) > 2 and _is_even(run, edges):  # noqa: PLR2004
            groups = _table_rows(run, edges)
            made = _piece(groups, edges, (run[0].box[1], run[-1].box[3]))
            made.doubts.append(Doubt(page.frame.place(made.box), GUESSED))
            made.ruled = False
            _put(page, made, run)
        elif len(run) > 1:
            page.doubts.append(Doubt(page.frame.place(run[0].box), UNSURE, reading=run[0].text))


def _runs(things: Sequence[Thing]) -> list[list[Row]]:
    """List the runs of lines of several chunks; a wrapped line of one chunk may stand among them."""
    runs: list[list[Row]] = []
    run: list[Row] = []
    for thing in [*things, None]:
        if isinstance(thing, Row) and _belongs(run, thing):
            run.append(thing)
            continue
        while run and len(run[-1].chunks) == 1:
            run.pop()
        if run:
            runs.append(run)
        run = [thing] if isinstance(thing, Row) and len(thing.chunks) > 1 else []
    return runs


def _belongs(run: Sequence[Row], row: Row) -> bool:
    if not run or abs(row.size - run[-1].size) > row.size / 5:
        return len(row.chunks) > 1 and not run
    if len(row.chunks) == 1:
        return row.base - run[-1].base < TIGHT * row.size and row.x1 - row.x0 < row.frame.width / 3
    return row.base - run[-1].base < 4 * row.size


def _is_even(rows: Sequence[Row], edges: Sequence[float]) -> bool:
    """Tell whether most rows fill most columns, with nothing in them like a sentence."""
    texts = [chunk.text for row in rows for chunk in row.chunks]
    if max(map(len, texts)) > LONGEST or any(row.text.endswith(SENTENCE) for row in rows):
        return False
    full = [row for row in rows if len(row.chunks) * 3 >= (len(edges) - 1) * 2]
    return len(full) >= LEAST_ROWS and 2 * len(full) >= len(rows)


# ---------------------------------------------------------------- rows and columns


def _edges(rows: Sequence[Row], left: float, right: float) -> list[float]:
    """Find the edges of columns: the middles of the strips that next to nothing runs across."""
    spans = [(chunk.x0, chunk.x1) for row in rows for chunk in row.chunks]
    marks = sorted([(x0, 1) for x0, _ in spans] + [(x1, -1) for _, x1 in spans])
    allowed = len(spans) // CROSSING
    edges = [left]
    depth, since = 0, None
    for x, step in marks:
        if since is not None and step > 0 and depth + step > allowed:
            if x - since > STRIP and since > marks[0][0]:
                edges.append((since + x) / 2)
            since = None
        depth += step
        if step < 0 and depth <= allowed and since is None:
            since = x
    return [*edges, right]


def _table_rows(rows: Sequence[Row], edges: Sequence[float]) -> list[list[_Line]]:
    """Group lines to rows of a table: a line that doesn't fill the first column goes on with the one above."""
    lines = [_Line(row, [_span(chunk.x0, chunk.x1, edges) for chunk in row.chunks]) for row in rows]
    begins = [line.spans[0][0] == 0 and 2 * len(line.spans) >= len(edges) - 1 for line in lines]
    if sum(begins) == 1 and len(lines) > 1 and _is_tight(rows):
        return [lines]
    groups: list[list[_Line]] = []
    for n, line in enumerate(lines):
        wrapped = n > 0 and line.row.base - lines[n - 1].row.base < TIGHT * line.row.size
        if groups and wrapped and not (begins[n] or 2 * len(line.spans) > len(edges) - 1):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _is_tight(rows: Sequence[Row]) -> bool:
    return all(b.base - a.base < TIGHT * b.size for a, b in itertools.pairwise(rows))


def _span(x0: float, x1: float, edges: Sequence[float]) -> tuple[int, int]:
    """Tell over which columns a chunk reaches by more than a little."""
    over = [
        k
        for k in range(len(edges) - 1)
        if min(x1, edges[k + 1]) - max(x0, edges[k]) > min(STRIP, (x1 - x0) / 2)
    ]
    return (over[0], over[-1] + 1) if over else (0, 1)


def _piece(groups: Sequence[Sequence[_Line]], edges: Sequence[float], ends: tuple[float, float]) -> Piece:
    frame = groups[0][0].row.frame
    made = Piece(frame, (edges[0], ends[0], edges[-1], ends[1]))
    tops = [ends[0], *(group[0].row.box[1] for group in groups[1:]), ends[1]]
    for n, group in enumerate(groups):
        texts: dict[tuple[int, int], str] = {}
        for line in group:
            for chunk, span in zip(line.row.chunks, line.spans, strict=True):
                own = next((s for s in texts if s[0] <= span[0] < s[1] or span[0] <= s[0] < span[1]), span)
                texts[own] = glued(texts.get(own, ""), chunk.text)
        covered = {k for start, end in texts for k in range(start, end)}
        texts.update({(k, k + 1): "" for k in range(len(edges) - 1) if k not in covered})
        made.fields += [
            Field((edges[start], tops[n], edges[end], tops[n + 1]), text)
            for (start, end), text in sorted(texts.items())
        ]
    return made


def _put(page: Page, made: Piece, rows: Sequence[Row]) -> None:
    """Put a table where its first line stood, and take its lines away."""
    gone = {id(row) for row in rows}
    at = next(n for n, thing in enumerate(page.things) if id(thing) in gone)
    page.things[at:at] = [made]
    page.things = [thing for thing in page.things if id(thing) not in gone]
