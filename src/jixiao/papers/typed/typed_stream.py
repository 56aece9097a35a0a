"""Typed texts as the pieces that the reader of papers would find on their page, without laying a page out.

Where each cell of a form stands is known once its rows are counted and its classes named; what is typed is put into the
pieces at those places. From there on the reader of papers reads them itself: its words stay the law for what they mean.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jixiao.layout import Block, Grid, Line
from jixiao.model.reading import Reading
from jixiao.papers.cells.stream import Atom, Gap, Stream, atoms_of, is_page_number, joined, runs_on
from jixiao.papers.form import Form, load_form
from jixiao.papers.pieces.cutting import only_table
from jixiao.papers.pieces.site_lines import without_site_lines
from jixiao.papers.table import selfeval_table
from jixiao.papers.typed.typed_page import above_line, laid_out
from jixiao.papers.typed.typed_texts import Spot, Typed, printed_row
from jixiao.papers.words import folded, is_label

_Rows = Sequence[Mapping[str, str]]
_Slots = tuple[tuple[Atom, Spot | None], ...]
_KEPT = 64  # forms with their classes, of those that are typed into at a time


@dataclass(frozen=True, slots=True)
class _Blank:
    """A form with so many rows of these classes and nothing else in it: its blocks, the grid last, and its pieces.

    `rows` are those of the grid, each piece with what is typed there; `first` is the row of the first indicator.
    """

    blocks: tuple[Block, ...]
    rows: tuple[_Slots, ...]
    first: int


def read(typed: Typed) -> tuple[Reading, int] | None:
    """Read typed texts as the table of their page.

    Returns:
        the reading and the page's row of the first indicator; None where the page would hold more than one table, or
        lines of its own below it: then the page has to be laid out and looked through.
    """
    form = load_form(typed.form)
    rows = [printed_row(row, form) for row in typed.rows]
    if typed.cells.get("notes"):
        return None
    blank = _blank(
        form.stem, typed.year, tuple((row.get("level1", ""), row.get("level2", "")) for row in rows)
    )
    stream = _stream(typed, rows, blank, form)
    table = only_table(stream, blank.blocks) if stream is not None else None
    return (
        (selfeval_table.read(stream, table), blank.first)
        if stream is not None and table is not None
        else None
    )


@lru_cache(_KEPT)
def _blank(stem: str, year: int | None, classes: tuple[tuple[str, str], ...]) -> _Blank:
    rows = [{"level1": level1, "level2": level2} for level1, level2 in classes]
    sheet = laid_out(load_form(stem), Typed(stem, year), rows)
    blocks = sheet.layout.blocks
    grid = blocks.index(sheet.grid)
    above = len({atom.row for atom in atoms_of(blocks[:grid])})
    slots = tuple(_slots(sheet.grid, sheet.spots, (above, grid)))
    return _Blank(blocks, slots, sheet.first)


def _slots(grid: Grid, spots: Mapping[tuple[int, int], Spot], at: tuple[int, int]) -> Iterator[_Slots]:
    """Yield the rows of a grid as pieces that stand behind so many rows and blocks."""
    for number, cells in enumerate(grid.rows(), at[0]):
        yield tuple(
            (
                Atom(
                    "" if spot else joined(cell.text), "" if spot else folded(joined(cell.text)),
                    Gap.CELL if k else Gap.ROW, number, at[1], cell.place, cell.column, cell.colspan, cell.rowspan,
                ),
                spot,
            )
            for k, cell in enumerate(cells)
            for spot in [spots.get((cell.row, cell.column))]
        )  # fmt: skip


def _stream(typed: Typed, rows: _Rows, blank: _Blank, form: Form) -> Stream | None:
    """Put the texts into their places; None where a row of theirs would be none on the page."""
    lines: list[Block] = [block for block in blank.blocks if isinstance(block, Line)]
    if form.above:
        lines[-1] = above_line(form, typed)
    if without_site_lines(lines) != tuple(lines):
        return None
    atoms = list(atoms_of(lines))
    for slots in blank.rows:
        own = list(_filled(slots, typed, rows))
        alone = len(slots) == 1 and runs_on(_told(slots[0][1], typed, rows))
        if alone or is_page_number("".join(atom.text for atom in own)):
            return None
        atoms += own
    return Stream(tuple(atoms))


def _filled(slots: _Slots, typed: Typed, rows: _Rows) -> Iterator[Atom]:
    """Yield a row's pieces with what was typed; a label that is typed again beside itself says nothing."""
    last = ""
    for blank, spot in slots:
        atom = _put(blank, joined(told)) if (told := _told(spot, typed, rows)) else blank
        if atom.fold and atom.fold == last and is_label(last):
            yield _put(atom, "")
            continue
        last = atom.fold or last
        yield atom


def _put(blank: Atom, text: str) -> Atom:
    """Return a piece with another text."""
    place, column, span, rowspan = blank.place, blank.column, blank.span, blank.rowspan
    return Atom(text, folded(text), blank.gap, blank.row, blank.block, place, column, span, rowspan)


def _told(spot: Spot | None, typed: Typed, rows: _Rows) -> str:
    """Return what was typed into a cell; "" for a label's."""
    if spot is None:
        return ""
    return (rows[spot.rows[0]].get(spot.key) if spot.rows else typed.cells.get(spot.key, "").strip()) or ""
