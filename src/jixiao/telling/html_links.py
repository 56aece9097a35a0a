"""Which piece of a source belongs to which cell of what was read: the links between the two sides of a page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jixiao.api import Sight
from jixiao.layout import NOWHERE, Block, Cell, Doubt, Grid, Line, Place
from jixiao.model.finding import FieldPath
from jixiao.model.reading import Reading
from jixiao.telling.drawing import Drawn, DrawnTable, drawn

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A field as it is shown: the paper it is of, counted from 0, and its path."""

    paper: int
    where: FieldPath


@dataclass(slots=True)
class Links:
    """The links of one file; `key` begins all its ids. Pieces and taken fields are counted from 0.

    `pieces` are the lines and cells of the source in order, `spots` the fields that have a place there.
    """

    key: str
    pieces: tuple[Line | Cell, ...]
    spots: dict[Taken, int] = field(default_factory=dict)
    taken_by: dict[int, Taken] = field(default_factory=dict)
    doubts: list[tuple[Doubt, int | None, Taken | None]] = field(default_factory=list)
    numbers: dict[Taken, int] = field(default_factory=dict)

    def piece_id(self, number: int | None) -> str:
        """Return the id of a piece of the source, "" for none."""
        return "" if number is None else f"{self.key}s{number}"

    def doubt_id(self, number: int) -> str:
        """Return the id of the box of a doubt that is about no piece and has a box of its own, "" for another."""
        doubt, piece, _ = self.doubts[number]
        return f"{self.key}d{number}" if piece is None and doubt.place.box is not None else ""

    def taken_id(self, taken: Taken | None) -> str:
        """Return the id of a field among what was read, "" where it isn't shown."""
        return f"{self.key}t{self.numbers[taken]}" if taken in self.numbers else ""

    def doubts_at(self, number: int) -> list[Doubt]:
        """Return the doubts about a piece of the source."""
        return [doubt for doubt, piece, _ in self.doubts if piece == number]

    def doubts_of(self, taken: Taken) -> list[Doubt]:
        """Return the doubts about a field."""
        return [doubt for doubt, _, about in self.doubts if about == taken]


def links_of(sight: Sight, key: str) -> Links:
    """Find all links of a file."""
    links = Links(key, tuple(pieces_of(sight.layout.blocks)))
    known = known_by(links.pieces)
    for number, reading in enumerate(sight.readings):
        for where in _fields(drawn(reading.record)):
            taken = Taken(number, where)
            links.numbers.setdefault(taken, len(links.numbers))
            piece = piece_at(reading.places.get(where, NOWHERE), known)
            piece = _carried(taken, reading, links) if piece is None else piece
            if piece is not None:
                links.spots[taken] = piece
                links.taken_by.setdefault(piece, taken)
    links.doubts += _doubts(sight, links, known)
    return links


def _carried(taken: Taken, reading: Reading, links: Links) -> int | None:
    """Return where the name of a class stands that a row has from the row above."""
    listed, _, rest = taken.where.partition(".")
    row, _, name = rest.partition(".")
    rows = getattr(reading.record, listed, ())
    if listed != "indicators" or not name.startswith("level") or row == "0":
        return None
    above = int(row) - 1
    same = getattr(rows[above], name, None) == getattr(rows[above + 1], name, "")
    return links.spots.get(Taken(taken.paper, f"indicators.{above}.{name}")) if same else None


def pieces_of(blocks: Sequence[Block]) -> Iterator[Line | Cell]:
    """Yield the lines and cells of a source in their order; their numbers are counted from 0."""
    for block in blocks:
        yield from block.cells if isinstance(block, Grid) else (block,)


def known_by(pieces: Sequence[Line | Cell]) -> Mapping[Key, int]:
    """Return the numbers of pieces by what each may be known by."""
    found: dict[Key, int] = {}
    for number, piece in enumerate(pieces):
        for key in _keys(piece.place):
            found.setdefault(key, number)
    return found


def _keys(place: Place) -> Iterator[Key]:
    """Yield what a place may be known by, the surest first."""
    if place == NOWHERE:
        return
    yield (place,)
    if place.cell is not None or place.row is not None:
        yield (
            "cell",
            place.page if place.table is None else 0,
            place.sheet,
            place.table,
            place.row,
            place.column,
            place.cell,
        )
    elif place.line is not None:
        yield "line", place.page, place.sheet, place.line, place.start
        yield "line", place.page, place.sheet, place.line
    elif place.box is not None:
        yield "box", place.page, place.box


def piece_at(place: Place, known: Mapping[Key, int]) -> int | None:
    """Return the number of the piece that stands at a place, None where none does."""
    return next((known[key] for key in _keys(place) if key in known), None)


def _fields(parts: Sequence[Drawn]) -> Iterator[FieldPath]:
    """Yield the fields that a paper shows, in the order of its page."""
    for part in parts:
        if isinstance(part, DrawnTable):
            yield from (spot.where for row in part.rows for spot in row if spot.where)
        elif part.where:
            yield part.where


def _doubts(
    sight: Sight, links: Links, known: Mapping[Key, int]
) -> Iterator[tuple[Doubt, int | None, Taken | None]]:
    """Yield each doubt once, with the piece and the field that it is about."""
    seen = set()
    for number, reading in enumerate(sight.readings):
        for doubt in reading.doubts:
            about = _nearest(Taken(number, doubt.where), links)
            piece = piece_at(doubt.place, known)
            seen.add((doubt.place, doubt.why))
            yield doubt, links.spots.get(about) if piece is None and about else piece, about
    for doubt in sight.layout.doubts:
        if (doubt.place, doubt.why) not in seen:
            yield doubt, piece_at(doubt.place, known), None


def _nearest(taken: Taken, links: Links) -> Taken | None:
    """Return the field itself, or the one above or inside it that is shown."""
    path = taken.where
    while path:
        if Taken(taken.paper, path) in links.numbers:
            return Taken(taken.paper, path)
        inside = (t for t in links.numbers if t.paper == taken.paper and t.where.startswith(f"{path}."))
        if (first := next(inside, None)) is not None:
            return first
        path = path.rpartition(".")[0]
    return None


def papers_of(sight: Sight) -> Iterator[tuple[int, Reading, tuple[Drawn, ...]]]:
    """Yield each paper with its number and its parts."""
    for number, reading in enumerate(sight.readings):
        yield number, reading, drawn(reading.record)
