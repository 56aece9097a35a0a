"""Tables without rules down: rows by the rules across or by lines, columns by the white between them."""

from collections.abc import Sequence
from itertools import pairwise

from jixiao.formats.pdf import bare, columns
from jixiao.formats.pdf.cells import Piece
from jixiao.formats.pdf.centred import Pattern
from jixiao.formats.pdf.fields import Ladder, piece
from jixiao.formats.pdf.page import Page
from jixiao.formats.pdf.rails import Rail
from jixiao.formats.pdf.rows import Row
from jixiao.layout import Doubt

OVERLAP = 0.5  # of the shorter of two rules of one table stands above the other
FULL = 8.0  # points that a rule over the whole width may be shorter than the table
LEAST_ROWS = 3  # without any rule
APART = 12  # times the size from line to line where a page goes on with a table: a row cut in two
MANY = 8  # strips: a table of so many has a rule between any two rows
MOSTLY = 0.6  # of its strips hold more than one block
NEAR = 4  # times the size from line to line: further apart they make no table
MOST = 3_000  # texts: no page of a form has so many
FORM = 8  # lines of three and more chunks: a form, whatever else stands in it
LONGEST = 60  # characters of a cell in a table without any rule
TIGHT = 1.45  # times the size from line to line: a wrapped line
GUESSED = "没有表格线，按文字上下对齐划分行列；合并单元格和跨行文字看不出来"
ONLY_ACROSS = "只有横线没有竖线，列按文字上下对齐划分"
UNSURE = "几处文字隔得较宽，但列对不齐，按一行文字读取，宽的空处保留为空格"
SENTENCE = ("。", "；", "，", "：")
Thing = Piece | Row


def gather(page: Page, before: Page | None = None) -> None:
    """Make tables of the lines of a page that stand in columns, in place; the first may go on with the page before."""
    for rails in _ladders(page.loose):
        _ruled_across(page, rails)
    last = before.things[-1] if before is not None and before.things else None
    if isinstance(last, Piece) and last.pattern is not None:
        _go_on(page, last.pattern)
    _unruled(page)


# ---------------------------------------------------------------- rules across


def _ladders(loose: Sequence[Rail]) -> list[list[Rail]]:
    """Group the rules across that stand above one another, each group from the top down, two at least."""
    groups: list[list[Rail]] = []
    for rail in sorted(loose):
        for group in groups:
            start, end = min(r.start for r in group), max(r.end for r in group)
            if min(end, rail.end) - max(start, rail.start) > OVERLAP * min(
                end - start, rail.end - rail.start
            ):
                group.append(rail)
                break
        else:
            groups.append([rail])
    return [group for group in groups if len({rail.at for rail in group}) > 1]


def _ruled_across(page: Page, rails: Sequence[Rail]) -> None:
    """Make one table of all strips between rules if there are many, else of each run that stands in columns."""
    left, right = min(rail.start for rail in rails), max(rail.end for rail in rails)
    ats = sorted({r.at for r in rails if r.start < left + FULL and r.end > right - FULL})
    strips = [_strip(page, (above, below), (left, right)) for above, below in pairwise(ats)]
    tabular = [
        bool(strip) and 2 * sum(len(row.chunks) > 1 for row in strip) >= len(strip) for strip in strips
    ]
    if sum(len(row.chunks) for strip in strips for row in strip) > MOST:
        return
    if len(strips) >= MANY and sum(tabular) >= MOSTLY * len(strips):
        _tabulate(page, rails, (0, len(strips)), strips)
        return
    start = None
    for n, is_table in enumerate([*tabular, False]):
        if is_table:
            start = n if start is None else start
        elif start is not None:
            own = [rail for rail in rails if ats[start] <= rail.at <= ats[n]]
            _tabulate(page, own, (start, n), strips)
            start = None


def _strip(page: Page, heights: tuple[float, float], sides: tuple[float, float]) -> list[Row]:
    return [
        thing
        for thing in page.things
        if isinstance(thing, Row)
        and heights[0] < thing.base - thing.size / 3 < heights[1]
        and sides[0] - FULL < thing.x0
        and thing.x1 < sides[1] + FULL
    ]


def _tabulate(
    page: Page, rails: Sequence[Rail], run: tuple[int, int], strips: Sequence[Sequence[Row]]
) -> None:
    lines = [row for strip in strips[run[0] : run[1]] for row in strip]
    left, right = min(rail.start for rail in rails), max(rail.end for rail in rails)
    if run[1] - run[0] < LEAST_ROWS:
        groups = [group for strip in strips[run[0] : run[1]] for group in _table_rows(strip)]
        rails = [*rails, *_between(groups, rails, left, right)]
    ats = sorted({rail.at for rail in rails})
    parts = [[row for row in lines if a < row.base - row.size / 3 < b] for a, b in pairwise(ats)]
    known = [x for rail in rails for x in (rail.start, rail.end)]
    edges = columns.edges([columns.blocks(part) for part in parts], left, right, known)
    if len(lines) < 2 or len(edges) < 3:  # noqa: PLR2004 - one line or one column is no table
        return
    made = piece(Ladder(ats, edges, rails), lines)
    made.doubts.append(Doubt(page.frame.place(made.box), ONLY_ACROSS))
    _put(page, made, lines)


def _between(groups: Sequence[Sequence[Row]], rails: Sequence[Rail], left: float, right: float) -> list[Rail]:
    """Draw a rule between two rows that have none."""
    found: list[Rail] = []
    for above, below in pairwise(groups):
        low, high = above[-1].base, below[0].base - below[0].size
        if not any(above[-1].base - above[-1].size / 3 < rail.at < below[0].base for rail in rails):
            found.append(Rail((low + high) / 2, left, right))
    return found


# ---------------------------------------------------------------- no rules at all


def _unruled(page: Page) -> None:
    for run in _runs(page.things):
        chunks = sum(len(row.chunks) for row in run)
        found = bare.ladder(run) if len(run) >= LEAST_ROWS and chunks < MOST else None
        if found is not None and _is_even(run, found.edges):
            _put_unruled(page, found, run)
        elif len(run) > 1:
            page.doubts.append(Doubt(page.frame.place(run[0].box), UNSURE, reading=run[0].text))


def _go_on(page: Page, before: Pattern) -> None:
    """Make a table of the first lines of a page that stand in the columns of the table before."""
    run: list[Row] = []
    for thing in page.things:
        if not isinstance(thing, Row) or (run and not _belongs(run, thing, APART)):
            break
        run.append(thing)
    _trim(run)
    if not run or not bare.goes_on(run, before):
        return
    found = bare.ladder(run, before) if sum(len(row.chunks) for row in run) < MOST else None
    if found is not None:
        _put_unruled(page, found, run)


def _put_unruled(page: Page, found: Ladder, run: Sequence[Row]) -> None:
    made = piece(found, run)
    made.doubts.append(Doubt(page.frame.place(made.box), GUESSED))
    made.ruled = False
    _put(page, made, run)


def _runs(things: Sequence[Thing]) -> list[list[Row]]:
    """List the runs of lines near each other that begin and end with one of several chunks."""
    runs: list[list[Row]] = []
    run: list[Row] = []
    for thing in [*things, None]:
        if isinstance(thing, Row) and _belongs(run, thing):
            run.append(thing)
            continue
        _trim(run)
        if run:
            runs.append(run)
        run = [thing] if isinstance(thing, Row) and len(thing.chunks) > 1 else []
    return runs


def _trim(run: list[Row]) -> None:
    """Take lines of one chunk off the end of a run, unless such a line is the last of a cell."""
    while run and len(run[-1].chunks) == 1 and not (len(run) > 1 and _wraps(run[-2], run[-1])):
        run.pop()


def _wraps(above: Row, row: Row) -> bool:
    chunk = row.chunks[0]
    return row.base - above.base < TIGHT * row.size and any(
        other.x0 < chunk.x1 and chunk.x0 < other.x1 for other in above.chunks
    )


def _belongs(run: Sequence[Row], row: Row, near: float = NEAR) -> bool:
    if not run or abs(row.size - run[-1].size) > row.size / 5:
        return False
    if len(row.chunks) == 1 and row.x1 - row.x0 > row.frame.width * 2 / 3:
        return False
    return row.base - run[-1].base < near * row.size


def _is_even(rows: Sequence[Row], edges: Sequence[float]) -> bool:
    """Tell whether enough lines fill enough columns, and few are like a sentence."""
    several = sum(len(row.chunks) > 2 for row in rows)  # noqa: PLR2004 - more than a label and what it says
    if several >= FORM and MOSTLY * len(rows) <= 2 * several:
        return True
    texts = [chunk.text for row in rows for chunk in row.chunks]
    if max(map(len, texts)) > LONGEST or any(row.text.endswith(SENTENCE) for row in rows):
        return False
    full = [row for row in rows if len(row.chunks) * 3 >= (len(edges) - 1) * 2]
    return len(full) >= LEAST_ROWS and 2 * len(full) >= len(rows)


def _table_rows(lines: Sequence[Row]) -> list[list[Row]]:
    """Group lines to rows of a table: a line close below another that begins further right goes on with it."""
    groups: list[list[Row]] = []
    left = min((line.x0 for line in lines), default=0)
    most = max((len(line.chunks) for line in lines), default=0)
    for line in lines:
        begins = line.x0 < left + line.size or 2 * len(line.chunks) > most
        if groups and line.base - groups[-1][-1].base < TIGHT * line.size and not begins:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _put(page: Page, made: Piece, rows: Sequence[Row]) -> None:
    """Put a table where its first line stood, and take its lines away."""
    gone = {id(row) for row in rows}
    at = next(n for n, thing in enumerate(page.things) if id(thing) in gone)
    page.things[at:at] = [made]
    page.things = [thing for thing in page.things if id(thing) not in gone]
