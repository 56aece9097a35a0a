"""Characters into the cells that hold their middles, and a table as it stands on one page."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from jixiao.formats.cell_text import tidy
from jixiao.formats.pdf.centred import Pattern
from jixiao.formats.pdf.frame import Box, Frame
from jixiao.formats.pdf.ink import Glyph
from jixiao.formats.pdf.lines import Limit, TextLine, first_unit, last_unit, text_lines, unwrapped
from jixiao.formats.pdf.ruled import Raster
from jixiao.layout import Cell, Doubt, Place

TIGHT = 0.1  # of the size: characters so near are set in one go
CUT = 0.12  # of the size: a wall so deep in a character cuts it
TORN = "表格线有断缺，单元格按看得见的线划分"
OVERFLOW = "文字越过了表格线，按多数字所在的单元格读取"
Owned = tuple[Glyph, int]  # a character, and which cell its middle is in


@dataclass(slots=True)
class Field:
    """A cell on its page: its box and text, its printed lines.

    `unit` is the width of its first word, `letter` of its first character, `size` that of its last line. Only of cells
    at the table's foot are known the baseline `base` of that line, the width `tail` of its last word, how wide a line
    may be (`width`), and what would have fitted into it (`room`): they alone may go on overleaf.
    `unsure` where other cells may share in its text; `cell` is what was recognized, where the page is a picture.
    """

    box: Box
    text: str = ""
    lines: int = 0
    width: float = 0
    room: float = 0
    tail: float = 0
    base: float = 0
    size: float = 0
    unit: float = 0
    letter: float = 0
    unsure: bool = False
    cell: Cell | None = None


@dataclass(slots=True)
class Piece:
    """A table, or what of it stands on one page; `ruled` if lines were drawn, with a `pattern` if texts are centred.

    `place` is set where the page is a picture: its box tells less, it is that of the straightened page.
    """

    frame: Frame
    box: Box
    fields: list[Field] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    ruled: bool = True
    pattern: Pattern | None = None
    place: Place | None = None

    def standing(self, number: int | None = None) -> Place:
        """Tell where it stands on the page as it is shown; `number` is that of its table."""
        if self.place is None:
            return self.frame.place(self.box, number)
        return replace(self.place, table=number)

    def first_row(self) -> list[Field]:
        """List the cells at its upper edge, from left to right."""
        return sorted((f for f in self.fields if f.box[1] == self.box[1]), key=lambda f: f.box[0])

    def last_row(self) -> list[Field]:
        """List the cells that end at its lower edge, from left to right."""
        return sorted((f for f in self.fields if f.box[3] == self.box[3]), key=lambda f: f.box[0])


def centre(glyph: Glyph, quarter: int = 0) -> tuple[float, float]:
    """Tell where the middle of a character stands, turned by quarters clockwise or not."""
    along, across = (glyph.x0 + glyph.x1) / 2, glyph.middle
    return ((along, across), (-across, along), (-along, -across), (across, -along))[quarter]


def piece(
    table: Raster, frame: Frame, upright: Sequence[Owned], turned: Mapping[int, Sequence[Owned]]
) -> Piece | None:
    """Make cells of a raster and the characters inside it; None when it holds none."""
    texts: list[dict[int, list[Glyph]]] = [{} for _ in table.areas]
    found = Piece(frame, (table.xs[0], table.ys[0], table.xs[-1], table.ys[-1]))
    for quarter, glyphs in ((0, _settled(table, upright, found)), *turned.items()):
        for glyph, owner in glyphs:
            texts[owner].setdefault(quarter, []).append(glyph)
    if not any(texts):
        return None
    for area, glyphs_by_turn in zip(table.areas, texts, strict=True):
        if area.open and not glyphs_by_turn:
            continue
        box = table.xs[area.left], table.ys[area.top], table.xs[area.right], table.ys[area.bottom]
        found.fields.append(_field(box, glyphs_by_turn, at_foot=area.bottom == len(table.ys) - 1))
    if table.torn:
        found.doubts.append(Doubt(frame.place(found.box), TORN))
    return found


def _field(box: Box, glyphs_by_turn: Mapping[int, Sequence[Glyph]], *, at_foot: bool) -> Field:
    made = Field(box)
    if not glyphs_by_turn:
        return made
    pieces: list[str] = []
    for quarter, glyphs in sorted(glyphs_by_turn.items()):
        lines = text_lines(glyphs)
        if not lines:
            continue
        x0, y0, x1, y1 = box
        walls = (x0, x1) if quarter == 0 else ((y0, y1), (-x1, -x0), (-y1, -y0))[quarter - 1]
        pieces += unwrapped(lines, walls)
        last, first = lines[-1], lines[0].glyphs[0]
        made.lines += len(lines)
        made.size, made.unit, made.letter = last.size, first_unit(lines[0]), first.x1 - first.x0
        if at_foot:
            limit = Limit(lines, walls)
            made.base, made.tail = last.base, last_unit(last)
            made.width, made.room = limit.width, limit.room(last)
    made.text = tidy("\n".join(pieces))
    return made


def _settled(table: Raster, glyphs: Sequence[Owned], found: Piece) -> Sequence[Owned]:
    """Give each character its cell; a run of them that a wall cuts goes where most of it stands."""
    walls = [(table.xs[area.left], table.xs[area.right]) for area in table.areas]
    if not any(_is_cut(glyph, *walls[owner]) for glyph, owner in glyphs):
        return glyphs
    lines = text_lines(glyph for glyph, _ in glyphs)
    return [pair for line in lines for pair in zip(line.glyphs, _owners(table, line, found), strict=True)]


def _owners(table: Raster, line: TextLine, found: Piece) -> list[int]:
    owners = [table.area_at(*centre(glyph)) for glyph in line.glyphs]
    for start, end in _cut_runs(table, line, owners):
        owner = Counter(owners[start:end]).most_common(1)[0][0]
        owners[start:end] = [owner] * (end - start)
        run, area = TextLine(line.glyphs[start:end]), table.areas[owner]
        box = table.xs[area.left], table.ys[area.top], table.xs[area.right], table.ys[area.bottom]
        found.doubts.append(Doubt(found.frame.place(box), OVERFLOW, reading=run.text()))
    return owners


def _cut_runs(table: Raster, line: TextLine, owners: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield beginning and end of the runs that stand in more than one cell and whose wall cuts a character."""
    glyphs = line.glyphs
    start = 0
    for n in range(1, len(glyphs) + 1):
        if n < len(glyphs) and _in_one_go(glyphs[n - 1], glyphs[n]):
            continue
        if len(set(owners[start:n])) > 1 and any(
            _is_cut(glyph, table.xs[table.areas[owner].left], table.xs[table.areas[owner].right])
            for glyph, owner in zip(glyphs[start:n], owners[start:n], strict=True)
        ):
            yield start, n
        start = n


def _in_one_go(before: Glyph, glyph: Glyph) -> bool:
    return glyph.x0 - before.x1 < TIGHT * glyph.size and abs(glyph.base - before.base) < TIGHT * glyph.size


def _is_cut(glyph: Glyph, left: float, right: float) -> bool:
    deep = CUT * glyph.size
    return glyph.x0 + deep < left or glyph.x1 - deep > right
