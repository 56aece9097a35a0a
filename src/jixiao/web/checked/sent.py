"""The paper as it was sent, with what was found on it: cells ringed and lettered, doubts dotted, scores linked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree.ElementTree import Element

from django.urls import reverse

from jixiao.api import Picture
from jixiao.layout import NOWHERE, Block, Cell, Doubt, Grid, Layout, Line, Place
from jixiao.model.finding import FieldPath, Finding, Severity
from jixiao.model.reading import Reading
from jixiao.telling.html_links import Key, known_by, piece_at, pieces_of
from jixiao.telling.html_paper import LETTERS
from jixiao.telling.html_parts import Child, el
from jixiao.telling.html_source import Pen, boxed, drawn_source, said_of
from jixiao.telling.naming import clean, exact_place, place_words
from jixiao.web.models import CheckedPage

MOST = 30_000  # lines and cells that one page draws
_RANK = {severity: rank for rank, severity in enumerate(Severity)}
_ENOUGH = 12  # characters of a quotation that find its line
_FLAG = Decimal(9)  # points; half the width of a letter with its number on a picture


@dataclass(slots=True)
class Sent:
    """A file's looks; rings and links are put on it while the other side is made, and then it is drawn.

    `layout` is None for a file that looks like nothing.
    """

    layout: Layout | None
    pages: tuple[CheckedPage, ...]
    name: str
    pieces: tuple[Line | Cell, ...] = ()
    known: dict[Key, int] = field(default_factory=dict)
    rings: dict[int, list[tuple[int, Finding]]] = field(default_factory=dict)
    doubts: dict[int, list[tuple[int, Doubt]]] = field(default_factory=dict)
    loose: list[tuple[int, Doubt]] = field(default_factory=list)
    scores: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Number the pieces; of an enormous file only the first are drawn."""
        if self.layout is not None:
            self.layout = _cut(self.layout)
            self.pieces = tuple(pieces_of(self.layout.blocks))
            self.known = dict(known_by(self.pieces))

    def ring(self, reading: Reading, finding: Finding, number: int) -> str:
        """Ring the place of a finding with its number, and return the mark's id; "" where it has none."""
        piece = self._piece(reading, finding)
        if piece is None:
            return ""
        self.rings.setdefault(piece, []).append((number, finding))
        return f"s{piece}"

    def at(self, reading: Reading, finding: Finding) -> str:
        """Return the id of the place of a finding without ringing it."""
        piece = self._piece(reading, finding) if reading.file == self.name else None
        return "" if piece is None else f"s{piece}"

    def doubt(self, reading: Reading, doubt: Doubt, number: int) -> str:
        """Dot the place of a doubt, and return its mark's id."""
        place = doubt.place if doubt.place != NOWHERE else exact_place(reading, doubt.where)
        piece = piece_at(place, self.known)
        if piece is None and doubt.where:
            piece = piece_at(exact_place(reading, doubt.where), self.known)
        if piece is not None:
            self.doubts.setdefault(piece, []).append((number, doubt))
            return f"s{piece}"
        if doubt.place.box is not None and doubt.place.page in {page.number for page in self.pages}:
            self.loose.append((number, doubt))
            return f"x{number}"
        return ""

    def score(self, reading: Reading, where: FieldPath, row: str) -> str:
        """Link the cell of a score with its row in the score sheet, and return its id."""
        piece = piece_at(reading.places.get(where, NOWHERE), self.known)
        if piece is None:
            return ""
        self.scores.setdefault(piece, row)
        return f"s{piece}"

    def drawn(self) -> Iterator[Element]:
        """Yield the paper."""
        if self.layout is None:
            return iter(())
        pictures = [Picture(page.number, page.width, page.height, page.mime, b"") for page in self.pages]
        return drawn_source(self.layout, pictures, self._pen())

    def _piece(self, reading: Reading, finding: Finding) -> int | None:
        """Return the piece that a finding is about: the line of its quotation, else its field's own or the nearest."""
        piece = piece_at(exact_place(reading, finding.where), self.known)
        if piece is None or not finding.quoted or not finding.where.startswith(("sections", "claims")):
            return piece
        words = clean(finding.quoted)[:_ENOUGH]
        after = range(piece, len(self.pieces))
        return next((k for k in after if words in self.pieces[k].text), piece)

    def _pen(self) -> Pen:
        hrefs = {
            page.number: reverse("checked_page", args=[page.file_id, page.number]) for page in self.pages
        }
        return Pen(
            self.pieces,
            self._attributes,
            self._letters,
            lambda _: iter(()),
            self._told,
            lambda picture: hrefs[picture.page],
            self._flags,
            self._boxes,
        )

    def _attributes(self, number: int) -> dict[str, str]:
        rings, doubts = self.rings.get(number, []), self.doubts.get(number, [])
        style, to = [], self.scores.get(number, "")
        if doubts:
            style.append("doubt")
            to = f"d{doubts[0][0]}"
        if rings:
            worst = min(rings, key=lambda ring: _RANK[ring[1].severity])
            style.append(f"cell-{worst[1].severity.value}")
            to = f"f{worst[0]}"
        if to and not style:
            style.append("linked")
        if not to:
            return {}
        said = said_of([doubt for _, doubt in doubts])
        return {"id": f"s{number}", "class": " ".join(style), "data-to": to, "title": said}

    def _letters(self, number: int) -> Iterator[Child]:
        for at, finding in self.rings.get(number, []):
            level = finding.severity.value
            marks = {"class": f"mark mark-{level}", "href": f"#f{at}", "data-to": f"f{at}"}
            yield el("a", f"{LETTERS[finding.severity]}{at}", attributes=marks)
        for at, _ in self.doubts.get(number, []):
            yield el(
                "a",
                f"疑{at}",
                attributes={"class": "mark mark-doubt", "href": f"#d{at}", "data-to": f"d{at}"},
            )

    def _told(self, number: int) -> str:
        piece = self.pieces[number]
        found = [f"{LETTERS[f.severity]}{at} {f.name}" for at, f in self.rings.get(number, [])]
        doubts = said_of([doubt for _, doubt in self.doubts.get(number, [])])
        return "\n".join(word for word in (place_words(piece.place), piece.text, *found, doubts) if word)

    def _flags(self, number: int) -> Iterator[Element]:
        """Yield the letters at the corner of a box on a picture."""
        place, along = self.pieces[number].place, Decimal(0)
        for at, finding in self.rings.get(number, []):
            yield _flag(place, along, f"{LETTERS[finding.severity]}{at}", (finding.severity.value, f"f{at}"))
            along += _FLAG * 2
        for at, _ in self.doubts.get(number, []):
            yield _flag(place, along, f"疑{at}", ("doubt", f"d{at}"))
            along += _FLAG * 2

    def _boxes(self, page: int) -> Iterator[Element]:
        for number, doubt in self.loose:
            if doubt.place.page == page:
                marks = {"id": f"x{number}", "class": "doubt", "data-to": f"d{number}"}
                yield boxed(doubt.place, said_of([doubt]), marks)
                yield _flag(doubt.place, Decimal(0), f"疑{number}", ("doubt", f"d{number}"))


def _flag(place: Place, along: Decimal, text: str, look: tuple[str, str]) -> Element:
    _, top, right, _ = (Decimal(edge) for edge in place.box or ("0",) * 4)
    level, to = look
    where = {
        "x": f"{right - along - 1}",
        "y": f"{top + 2}",
        "class": f"flag flag-{level}",
        "data-to": to,
    }
    return el("text", text, attributes=where)


def _cut(layout: Layout) -> Layout:
    """Return so much of a page as can be drawn, with a line that says how much is left out."""
    left, blocks = MOST, list[Block]()
    for block in layout.blocks:
        size = len(block.cells) if isinstance(block, Grid) else 1
        if size > left:
            if isinstance(block, Grid):
                blocks.append(Grid(block.cells[:left], block.place))
            blocks.append(Line(f"文件很大，这里只画出前 {MOST} 格；其余的也已审核，请看右边的问题。"))
            return Layout(layout.name, tuple(blocks), layout.format)
        blocks.append(block)
        left -= size
    return layout
