"""One page: its ruled tables, and its other lines, in reading order."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from jixiao.formats.pdf.cells import Owned, Piece, centre, piece
from jixiao.formats.pdf.frame import Frame
from jixiao.formats.pdf.ink import Glyph, Ink
from jixiao.formats.pdf.rails import Rail, rails, webs
from jixiao.formats.pdf.rows import Chunk, Row, rows
from jixiao.formats.pdf.ruled import OUTSIDE, Raster, raster
from jixiao.formats.pdf.sheets import sheets
from jixiao.layout import Doubt, Line, Place

CROSSINGS = 2_000_000  # rules across times rules down: a drawing
MUCH_TEXT = 300  # letters of one size outside tables: running text, not a title and some labels
CROWDED = "这一页的线条多得不像表格，按图画略去，文字按行读取"


@dataclass(slots=True)
class Page:
    """A logical page: tables and lines from the top down, and the rails across that belong to no ruled table.

    `blocks` are what a reader of scans made of a page that is a picture, in reading order.
    """

    frame: Frame
    things: list[Piece | Row] = field(default_factory=list)
    loose: list[Rail] = field(default_factory=list)
    blocks: tuple[Line | Piece, ...] = ()
    doubts: list[Doubt] = field(default_factory=list)


def pages(ink: Ink, name: str) -> list[Page]:
    """Read a page; two where two stand side by side on the sheet.

    Raises:
        UnreadableError: more cells than any paper has.
    """
    return [_page(part, name) for part in sheets(ink)]


def body_size(found: Iterable[Page]) -> float:
    """Tell the commonest size of letters, to half a point; 0 where there are none."""
    sizes: Counter[int] = Counter()
    for thing in (thing for page in found for thing in page.things):
        for piece_ in thing.fields if isinstance(thing, Piece) else (thing,):
            sizes[int(piece_.size * 2 + 0.5)] += len(piece_.text)
    return sizes.most_common(1)[0][0] / 2 if sizes else 0


def text_size(found: Iterable[Page], body: float) -> float:
    """Tell the commonest size of letters in lines outside tables where many stand there, else `body`.

    Tables are set smaller than the text beside them, which is no heading for that.
    """
    sizes: Counter[int] = Counter()
    for row in (thing for page in found for thing in page.things if isinstance(thing, Row)):
        sizes[int(row.size * 2 + 0.5)] += len(row.text)
    most = sizes.most_common(1)
    return most[0][0] / 2 if most and most[0][1] >= MUCH_TEXT else body


def _page(ink: Ink, name: str) -> Page:
    across, down = rails(ink.across), rails(ink.down)
    crowded = len(across) * len(down) > CROSSINGS
    found, loose = ([], []) if crowded else webs(across, down)
    rasters = sorted(filter(None, (raster(web, name) for web in found)), key=Raster.size)
    free, inside = _sorted_out(ink.glyphs, rasters)
    turned = {quarter: _sorted_out(glyphs, rasters, quarter) for quarter, glyphs in ink.turned.items()}
    page = Page(ink.frame, loose=loose)
    if crowded:
        page.doubts.append(Doubt(Place(page=ink.frame.page), CROWDED))
    for n, table in enumerate(rasters):
        beside = {quarter: within[n] for quarter, (_, within) in turned.items()}
        made = piece(table, ink.frame, inside[n], beside)
        if made is not None:
            page.things.append(made)
    page.things += rows(free, ink.frame)
    for quarter, (outside, _) in turned.items():
        page.things += _turned_rows(outside, ink.frame, quarter)
    page.things.sort(key=_top)
    return page


def _sorted_out(
    glyphs: Sequence[Glyph], rasters: Sequence[Raster], quarter: int = 0
) -> tuple[list[Glyph], list[list[Owned]]]:
    """Part characters into those in no table, and those of each table with their cells, the smallest table first."""
    free: list[Glyph] = []
    inside: list[list[Owned]] = [[] for _ in rasters]
    tables = [(table.area_at, within.append) for table, within in zip(rasters, inside, strict=True)]
    for glyph in glyphs:
        x, y = centre(glyph, quarter) if quarter else ((glyph.x0 + glyph.x1) / 2, glyph.middle)
        for area_at, add in tables:
            if (owner := area_at(x, y)) != OUTSIDE:
                add((glyph, owner))
                break
        else:
            free.append(glyph)
    return free, inside


def _turned_rows(glyphs: Iterable[Glyph], frame: Frame, quarter: int) -> list[Row]:
    """Lines that run down, up or upside down beside the text, each placed where it begins."""
    found: list[Row] = []
    for row in rows(glyphs, frame):
        x, y = centre(Glyph("", row.x0, row.x0, row.base, row.size, row.base - row.size / 3), quarter)
        found.append(replace(row, chunks=(Chunk(row.text, x, x + row.size, y),), base=y))
    return found


def _top(thing: Piece | Row) -> float:
    return thing.box[1] if isinstance(thing, Piece) else thing.base - thing.size / 2
