"""Tables that go on: the pieces of one table on several pages, and the cells that a page's end cut in two."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from jixiao.expressions import expression
from jixiao.formats.pdf.cells import Field, Piece
from jixiao.formats.pdf.lines import LIST_MARK, glued, sticks
from jixiao.layout import Doubt

NEAR = 5.0  # points: edges not further apart are one
FOOT = 110.0  # points that a page may keep free below its text
PITCH = 1.2  # of the size, from line to line at the closest
SHARED = 0.5  # of the inner edges of the piece that has fewer must be the other's too
HEADING_ROWS = 8  # a repeated heading stands among so many first rows
FEW_LABELS = 2  # a heading row has so many cells that aren't empty; fewer are a title
BROKEN = "一行在换页处断开，与上页末行按同一行合并"
MAYBE_BROKEN = "换页处分不清是同一单元格的续文还是新的一行，按新的一行读取"
ENDS = ("。", "；", "！", "？", "：", ".", ";")
WORD_END, WORD_START = expression(r"[!-~≥≤]*$"), expression(r"[!-~≥≤]*")
TWO_NUMBERS = expression(r"\.\d*\.|%\d|\d[≥≤<>=]")  # what no number holds
FIGURE = expression(r"[≥≤<>=＜＞＝+—-]*\s*\d")
SENTENCE = 12  # characters: a cell of fewer that goes on while all others do may as well be a new one
Seam = tuple[int, float]  # which piece, and a height on its page


@dataclass(slots=True)
class Spread:
    """A cell of a table that may run over pages: its first field, its edges, its whole text."""

    first: Field
    piece: int
    x0: float
    x1: float
    top: Seam
    bottom: Seam
    text: str
    last: Field


@dataclass(slots=True)
class Table:
    """A table: its pieces in order of the pages, and its cells; `shift` brings the last one's edges to the first's."""

    pieces: list[Piece] = field(default_factory=list)
    cells: list[Spread] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    shift: float = 0


def begun(piece: Piece) -> Table:
    """Begin a table with its first piece."""
    table = Table([piece], doubts=[*piece.doubts])
    table.cells = [_spread(table, cell) for cell in piece.fields]
    return table


def goes_on(table: Table, piece: Piece) -> bool:
    """Tell whether a piece at the head of a page goes on with the table at the foot of the page before."""
    before = table.pieces[-1]
    shift = before.box[0] - piece.box[0]
    if before.ruled != piece.ruled or abs(before.box[2] - piece.box[2] - shift) > NEAR:
        return False
    rows = list(_rows(piece))
    heading = _repeated(table, piece)
    if heading and not any(_labels(row) >= FEW_LABELS for row in rows[:heading]):
        return False  # only the title comes again: another form
    if not _same_columns(before, piece, shift):
        return False
    first = rows[heading] if heading < len(rows) else rows[0]
    height = max((cell.box[3] - cell.box[1] for cell in first), default=0)
    low = min((cell.box[3] - cell.box[1] for cell in first), default=0)
    most = height if heading else min(height, low + NEAR)  # rows beside one label may have been kept together
    return before.frame.height - before.box[3] <= FOOT + most


def add(table: Table, piece: Piece) -> None:
    """Go on with a table: drop a repeated heading, join the cells that the page's end cut."""
    heading = _repeated(table, piece)
    kept = _without(piece, heading)
    last = [cell for cell in table.cells if cell.bottom == _foot(table)]
    seam = _foot(table)
    table.shift += table.pieces[-1].box[0] - piece.box[0]
    table.pieces.append(piece)
    table.doubts += piece.doubts
    top = min((cell.box[1] for cell in kept), default=0)
    first = sorted((cell for cell in kept if cell.box[1] == top), key=lambda cell: cell.box[0])
    pairs = [(_above(table, last, cell), cell) for cell in first]
    if heading:
        _forget_repeated(pairs)
    going_on = _broken(table, pairs)
    if not going_on:
        going_on = _labels_going_on(pairs)
    joined = {id(cell): above for above, cell in going_on}
    for cell in kept:
        above = joined.get(id(cell))
        if above is None:
            table.cells.append(_spread(table, cell, seam if cell.box[1] == top else None))
        else:
            _lengthen(table, above, cell)


def _foot(table: Table) -> Seam:
    return len(table.pieces) - 1, table.pieces[-1].box[3]


def _spread(table: Table, cell: Field, seam: Seam | None = None) -> Spread:
    n, (x0, y0, x1, y1) = len(table.pieces) - 1, cell.box
    top = seam or (n, y0)
    return Spread(cell, n, x0 + table.shift, x1 + table.shift, top, (n, y1), cell.text, cell)


def _lengthen(table: Table, above: Spread, cell: Field) -> None:
    above.bottom = len(table.pieces) - 1, cell.box[3]
    if cell.text:
        wrapped = above.text and _may_go_on(above, cell)
        above.text = (
            glued(above.text, cell.text) if wrapped or not above.text else f"{above.text}\n{cell.text}"
        )
        above.last = cell


def _above(table: Table, last: Sequence[Spread], cell: Field) -> Spread | None:
    x0, x1 = cell.box[0] + table.shift, cell.box[2] + table.shift
    return next((s for s in last if abs(s.x0 - x0) <= NEAR and abs(s.x1 - x1) <= NEAR), None)


# ---------------------------------------------------------------- where a page's end cuts


def _broken(table: Table, pairs: Sequence[tuple[Spread | None, Field]]) -> list[tuple[Spread, Field]]:
    """Pair the cells of a row that was cut in its middle; nothing when the page begins with a row of its own."""
    whole = [(above, cell) for above, cell in pairs if above is not None]
    on = [(above, cell) for above, cell in whole if cell.text]
    done = any(above.text and not cell.text for above, cell in whole)
    if not on or not all(_may_go_on(above, cell) for above, cell in on):
        return []
    if (
        len(whole) < len(pairs) and len(on) < FEW_LABELS
    ):  # some cells begin here: others go on from two rows above
        return []
    if not done and all(len(above.text) < SENTENCE for above, _ in on):
        return []
    place = table.pieces[-1].standing()
    before, after = on[0][0].text, on[0][1].text
    if all(above.text.endswith(ENDS) for above, _ in on):
        table.doubts.append(Doubt(place, MAYBE_BROKEN, reading=after, alternative=before + after))
        return []
    table.doubts.append(Doubt(place, BROKEN, reading=before + after, alternative=after))
    return whole


def _may_go_on(above: Spread, cell: Field) -> bool:
    """Tell whether a text goes on in the cell below the page's end: it is full, and reaches down to that end."""
    last = above.last
    if not above.text or LIST_MARK.match(cell.text) or last.box[3] - last.base > 2 * last.size:
        return False
    if not sticks(above.text[-1], cell.text[0]):
        return last.room < cell.unit
    word = f"{WORD_END.search(above.text)[0]}{WORD_START.match(cell.text)[0]}"  # type: ignore[index]
    return last.room < cell.letter and last.tail + cell.unit > last.width and not TWO_NUMBERS.search(word)


def _labels_going_on(pairs: Sequence[tuple[Spread | None, Field]]) -> list[tuple[Spread, Field]]:
    """Pair the label cells left of the first text: an empty one goes on from above, one empty above begins there."""
    found: list[tuple[Spread, Field]] = []
    begun_here = (one for one, _ in pairs if one is not None and one.bottom[0] == one.piece)
    edge = max((one.first.box[1] for one in begun_here), default=0)
    for above, cell in pairs:
        if (
            above is None
            or bool(above.text) == bool(cell.text)
            or (cell.text and not above.first.box[1] < above.last.box[3])
        ):
            break
        if cell.text and above.first.lines == 0 and _could_begin(above, cell, edge):
            break
        found.append((above, cell))
    return found if len(found) < len(pairs) else []


def _forget_repeated(pairs: Sequence[tuple[Spread | None, Field]]) -> None:
    """Empty the labels that a program prints again below a repeated heading: they go on from above."""
    for above, cell in pairs:
        if above is None or not cell.text or not above.text.endswith(cell.text):
            return
        if above.first.box[3] - above.first.box[1] <= 2 * cell.lines * PITCH * cell.size:
            return
        cell.text = ""


def _could_begin(above: Spread, cell: Field, edge: float) -> bool:
    """Tell whether a text that stands below the page's end had room above it, in an empty cell of one row."""
    box = above.first.box
    one_row = above.bottom[0] == above.piece and box[1] >= edge - NEAR
    return one_row and box[3] - box[1] >= cell.lines * PITCH * cell.size


# ---------------------------------------------------------------- headings and columns


def _rows(piece: Piece) -> Iterator[list[Field]]:
    """Yield the cells that begin at each height, from the top down, each row from left to right."""
    ordered = sorted(piece.fields, key=lambda cell: (cell.box[1], cell.box[0]))
    for _, row in groupby(ordered, key=lambda cell: cell.box[1]):
        yield list(row)


def _labels(row: Sequence[Field]) -> int:
    return sum(bool(cell.text) for cell in row)


def _repeated(table: Table, piece: Piece) -> int:
    """Count the rows at the head of a piece that repeat rows of the table: its first, or headings further down."""
    rows = list(_rows(piece))
    best = 0
    for before in table.pieces:
        shift = before.box[0] - piece.box[0]
        head = list(_rows(before))
        known = HEADING_ROWS if before is table.pieces[0] else 0
        for start in range(len(head)):
            count = 0
            while (
                count < min(len(rows) - 1, len(head) - start)
                and _same(head[start + count], rows[count], shift)
                and (start + count < known or _is_heading(rows[count]))
            ):
                count += 1
            best = max(best, count)
    return best


def _is_heading(row: Sequence[Field]) -> bool:
    """Tell whether a row further down may be a heading: several words, and no figure among them."""
    return _labels(row) >= FEW_LABELS and not any(FIGURE.match(cell.text) for cell in row)


def _same(row: Sequence[Field], other: Sequence[Field], shift: float) -> bool:
    """Compare a row with one that may repeat it; of a label that reaches below it there may be less, or nothing."""
    floor = min((cell.box[3] for cell in row), default=0) + NEAR
    return (
        len(row) == len(other)
        and _labels(row) > 0
        and all(
            (a.text == b.text or (a.text.startswith(b.text) and a.box[3] > floor))
            and abs(a.box[0] - b.box[0] - shift) <= NEAR
            and abs(a.box[2] - b.box[2] - shift) <= NEAR
            for a, b in zip(row, other, strict=True)
        )
    )


def _without(piece: Piece, rows: int) -> list[Field]:
    """Take away the cells of the first rows; a label that reaches below them begins there, and its text is repeated."""
    if not rows:
        return list(piece.fields)
    tops = sorted({cell.box[1] for cell in piece.fields})
    first = tops[rows]
    reaching = (cell for cell in piece.fields if cell.box[1] < first < cell.box[3] - NEAR)
    below = (cell for cell in piece.fields if cell.box[1] >= first)
    return [*(replace(cell, text="", box=(cell.box[0], first, *cell.box[2:])) for cell in reaching), *below]


def _same_columns(before: Piece, piece: Piece, shift: float) -> bool:
    """Tell whether enough inner edges of two pieces agree."""
    edges = [
        sorted({x for cell in p.fields for x in (cell.box[0], cell.box[2])})[1:-1] for p in (before, piece)
    ]
    fewer, other = sorted((edges[0], [x + shift for x in edges[1]]), key=len)
    near = sum(any(abs(x - y) <= NEAR for y in other) for x in fewer)
    return near >= SHARED * len(fewer)
