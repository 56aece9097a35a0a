"""A page as a stream of atoms: the pieces of text between cell borders, line ends and spaces, in reading order.

One view serves every layout: a ruled table, a table one cell per line, and run-on text differ only in what stands
between two atoms (the gap) and in whether a grid column is known. Patterns search the folded string of the whole
stream, so a heading split over lines or glued to its neighbour is found all the same.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property

from jixiao.expressions import expression
from jixiao.layout import Block, Line, Place
from jixiao.papers.words import folded, is_label


class Gap(IntEnum):
    """What stands before an atom, from the strongest border to none."""

    ROW = 3
    CELL = 2
    SPACE = 1
    NONE = 0


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of text: `text` as printed, `fold` for patterns, `column`/`span` where it stands in a grid, else None.

    `row` numbers the rows of the whole stream (a line is a row); `block` is the index of its block in the layout;
    `rowspan` counts the grid rows it covers.
    """

    text: str
    fold: str
    gap: Gap
    row: int
    block: int
    place: Place
    column: int | None = None
    span: int = 1
    rowspan: int = 1


def joined(text: str) -> str:
    """Return a cell's text with the white space at line breaks removed and the ends trimmed."""
    return "".join(part.strip() for part in text.splitlines()).strip()


def atoms_of(blocks: Sequence[Block]) -> tuple[Atom, ...]:
    """Cut blocks into atoms; empty grid cells become atoms with empty text, blank lines and page numbers vanish."""
    found: list[Atom] = []
    row = 0
    for number, block in enumerate(_pages_joined(blocks)):
        for pieces in _rows(block):
            found.extend(_row_atoms(_without_repeats(pieces), row, number))
            row += bool(pieces)
    return tuple(found)


def _row_atoms(pieces: "Sequence[_Piece]", row: int, block: int) -> Iterator[Atom]:
    for k, (text, gap, place, column, span, rowspan) in enumerate(pieces):
        yield Atom(text, folded(text), gap if k else Gap.ROW, row, block, place, column, span, rowspan)


def _without_repeats(pieces: "Sequence[_Piece]") -> "list[_Piece]":
    """Empty the cells into which the way here wrote a merged label once more (项目名称, 项目名称, …)."""
    kept: list[_Piece] = []
    label = ""
    for piece in pieces:
        fold = folded(piece[0])
        repeats = bool(fold) and fold == label
        kept.append(("", *piece[1:]) if repeats else piece)
        if fold and not repeats:
            label = fold if piece[3] is not None and is_label(fold) else ""
    return kept


_Piece = tuple[str, Gap, Place, int | None, int, int]


def _rows(block: Block) -> Iterator[list[_Piece]]:
    if isinstance(block, Line):
        if not is_page_number(block.text):
            yield [(word, Gap.SPACE, block.place, None, 1, 1) for word in block.text.split()]
        return
    for cells in block.rows():
        if is_page_number("".join(cell.text for cell in cells)):
            continue
        if len(cells) == 1 and runs_on(cells[0].text):
            yield [(word, Gap.SPACE, cells[0].place, None, 1, 1) for word in cells[0].text.split()]
            continue
        yield [(joined(c.text), Gap.CELL, c.place, c.column, c.colspan, c.rowspan) for c in cells]


_RUN_ON = 120
_PAGE_NUMBER = expression(
    r"\s*(?:第\s*\d{1,3}\s*页[\s,，/]*(?:共\s*\d{1,3}\s*页)?|共\s*\d{1,3}\s*页[\s,，/]*第\s*\d{1,3}\s*页|[-—–]\s*\d{1,3}\s*[-—–])\s*"
)
_PAGE_MARK = expression(r"\s*(\d{1,2})、")


def _pages_joined(blocks: Sequence[Block]) -> list[Block]:
    """Run the pages of run-on text together where a sharing site numbered them 1、 2、 3、 in mid-sentence.

    The later pages stay as empty lines, so that the number of blocks doesn't change.
    """
    found = list(blocks)
    first, page = -1, 0
    for k, block in enumerate(blocks):
        mark = _PAGE_MARK.match(block.text) if isinstance(block, Line) else None
        if not isinstance(block, Line) or mark is None:
            continue
        rest = block.text[mark.end() :]
        head = found[first] if first >= 0 else None
        if (
            int(mark.group(1)) == page + 1
            and isinstance(head, Line)
            and not head.text.rstrip().endswith(_SENTENCE_ENDS)
        ):
            found[first], found[k], page = (
                replace(head, text=head.text + rest),
                replace(block, text=""),
                page + 1,
            )
        elif mark.group(1) == "1" and len(rest) > _RUN_ON:
            found[k], first, page = replace(block, text=rest), k, 1
    return found


def is_page_number(text: str) -> bool:
    """Tell whether a line or a row of a grid is nothing but the number of its page."""
    return _PAGE_NUMBER.fullmatch(text) is not None


def runs_on(text: str) -> bool:
    """Tell whether the only cell of a row is running text, whose words are pieces of their own."""
    return len(text) > _RUN_ON and "\n" not in text


_SENTENCE_ENDS = ("。", "；", ";", "：", ":", "！", "？")


@dataclass(frozen=True)
class Stream:
    """Atoms with the folded string of them all; positions in `fold` map back to atoms."""

    atoms: tuple[Atom, ...]

    @cached_property
    def fold(self) -> str:
        """The folded texts of all atoms run together."""
        return "".join(a.fold for a in self.atoms)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The position in `fold` at which each atom starts."""
        at, found = 0, []
        for atom in self.atoms:
            found.append(at)
            at += len(atom.fold)
        return tuple(found)

    @cached_property
    def owners(self) -> tuple[int, ...]:
        """For each position in `fold` the index of its atom."""
        return tuple(k for k, atom in enumerate(self.atoms) for _ in atom.fold)

    @cached_property
    def filled(self) -> Counter[int]:
        """How many atoms with text each block has, by the block's number."""
        return Counter(atom.block for atom in self.atoms if atom.fold)

    def at(self, position: int) -> int:
        """Return the index of the atom that holds `position` of the fold; past the end the number of atoms."""
        return self.owners[position] if position < len(self.owners) else len(self.atoms)

    def between(self, start: int, end: int) -> Iterator[tuple[Atom, int]]:
        """Yield the atoms that start between two positions of the fold, each with its position."""
        low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
        yield from zip(self.atoms[low:high], self.starts[low:high], strict=True)

    def begins_atom(self, position: int) -> bool:
        """Tell whether an atom starts at `position` of the fold."""
        return position < len(self.owners) and self.starts[self.owners[position]] == position

    def cut(self, start: int, end: int) -> "Stream":
        """Return the atoms between two positions of the fold, the first and last cut down where they are glued."""
        kept: list[Atom] = []
        first = max(0, bisect_left(self.starts, start) - 1)
        for atom, at in zip(self.atoms[first:], self.starts[first:], strict=True):
            if at >= end:
                break
            if at >= start and at + len(atom.fold) <= end:
                kept.append(atom)
            elif (low := max(start - at, 0)) < (high := min(end - at, len(atom.fold))):
                kept.append(part(atom, low, high))
        return Stream(tuple(kept))

    def text(self, start: int, end: int) -> str:
        """Return the printed text between two positions of the fold; lines and cells joined without a space."""
        return said(self.cut(start, end).atoms)


def part(atom: Atom, start: int, end: int) -> Atom:
    """Return the piece of `atom` between two offsets of its fold, its text cut at the same characters."""
    return parts(atom, ((start, end),))[0]


def parts(atom: Atom, spans: Sequence[tuple[int, int]]) -> list[Atom]:
    """Return the pieces of `atom` between offsets of its fold, each with its own characters of the text."""
    owners = [k for k, letter in enumerate(atom.text) for _ in range(len(folded(letter)))]
    found = []
    for start, end in spans:
        low = owners[start] if start < len(owners) else len(atom.text)
        high = owners[end] if end < len(owners) else len(atom.text)
        gap = atom.gap if start == 0 else Gap.NONE
        found.append(replace(atom, text=atom.text[low:high].strip(), fold=atom.fold[start:end], gap=gap))
    return found


def said(atoms: Iterable[Atom]) -> str:
    """Return the text of some atoms as one cell: a space only where a space stood inside a line."""
    words: list[str] = []
    for atom in atoms:
        if words and atom.gap is Gap.SPACE and atom.text:
            words.append(" ")
        words.append(atom.text)
    return "".join(words).strip()


def filled_rows(atoms: Sequence[Atom]) -> Iterator[list[Atom]]:
    """Yield the filled atoms of each row."""
    row: list[Atom] = []
    for atom in atoms:
        if row and atom.row != row[0].row:
            yield row
            row = []
        if atom.fold:
            row.append(atom)
    if row:
        yield row
