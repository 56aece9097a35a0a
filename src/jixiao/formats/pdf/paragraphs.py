"""Lines to paragraphs: a line that reaches the right margin goes on in the next, unless that begins anew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jixiao.formats.cell_text import one_line, tidy
from jixiao.formats.pdf.lines import LIST_MARK, glued
from jixiao.formats.pdf.rows import Row
from jixiao.layout import Line

TITLE = 1.25  # times the size of the text, and centred: a heading
HUGE = 1.6  # times the size of the text: a heading wherever it stands
CENTRED = 0.05  # of the width that the middle of a centred line may be off
ALIKE = 0.12  # of the size that two lines of one paragraph may differ
LEAST = 14  # times the size: a line that isn't longer fills no page
PITCH = 2.6  # times the size from line to line
INDENT = 1.2  # times the size
WIDE_TITLE = 0.7  # of the width: a title so wide may go on in the next line
ENDS = ("。", "！", "？", "；", "：")


@dataclass(slots=True)
class Margins:
    """Where text begins and ends on each page, and how large it is.

    `edges` are the left and right margin by page and sheet part, `body` the commonest size, `indented` whether
    paragraphs begin with an indent.
    """

    body: float = 0
    indented: bool = False
    edges: dict[int, tuple[float, float]] = field(default_factory=dict)


def margins(groups: Sequence[Sequence[Row]], body: float) -> Margins:
    """Measure the text of a file.

    Args:
        groups: what stands on each page; it gets its number in the order given.
        body: the commonest size of letters.
    """
    found = Margins(body)
    indents = 0
    widest: dict[int, float] = {}
    for rows in groups:
        for row in rows:
            key = int(row.frame.width)
            widest[key] = max(widest.get(key, 0), row.x1)
    for n, rows in enumerate(groups):
        if not rows:
            continue
        left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
        few = 5
        if len(rows) < few:
            right = max(right, widest[int(rows[0].frame.width)])
        found.edges[n] = left, right
        indents += sum(row.size * 1.5 < row.x0 - left < row.size * 2.5 for row in rows)
    found.indented = indents > 0
    return found


def lines(rows: Sequence[tuple[int, Row]], margin: Margins) -> Iterator[Line]:
    """Join rows to paragraphs; each row comes with the number of its group."""
    group: list[tuple[int, Row]] = []
    for row in rows:
        if group and not _goes_on(group[-1], row, margin):
            yield _line(group, margin)
            group = []
        group.append(row)
    if group:
        yield _line(group, margin)


def _goes_on(before: tuple[int, Row], after: tuple[int, Row], margin: Margins) -> bool:
    (page, row), (next_page, following) = before, after
    if row.is_wide or following.is_wide or LIST_MARK.match(following.text):
        return False
    if abs(row.size - following.size) > ALIKE * row.size:
        return False
    if page == next_page and following.base - row.base > PITCH * row.size:
        return False
    if _level(row, margin) == 0:
        wide = row.x1 - row.x0 > WIDE_TITLE * row.frame.width or _is_full(
            row, following, margin.edges[page][1]
        )
        return wide and _level(following, margin) == 0
    return _is_full(row, following, margin.edges[page][1]) and (
        following.x0 - margin.edges[next_page][0] <= INDENT * following.size
        and (margin.indented or not row.text.endswith(ENDS))
    )


def _is_full(row: Row, following: Row, right: float) -> bool:
    """Tell whether the first word of the next line wouldn't have fitted."""
    return row.x1 - row.x0 > LEAST * row.size and right - row.x1 <= following.unit + row.size * 3 / 10


def _level(row: Row, margin: Margins) -> int | None:
    """Tell a heading by size and place; 0 or None."""
    if row.size >= HUGE * margin.body:
        return 0
    off = abs((row.x0 + row.x1) / 2 - row.frame.width / 2)
    return 0 if row.size >= TITLE * margin.body and off < CENTRED * row.frame.width else None


def _line(group: Sequence[tuple[int, Row]], margin: Margins) -> Line:
    first = group[0][1]
    text = ""
    for _, row in group:
        text = glued(text, row.text)
    boxes = [row.box for _, row in group if row.frame is first.frame]
    box = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    shown = tidy(text) if first.is_wide else one_line(tidy(text))
    return Line(shown, first.frame.place(box), _level(first, margin))
