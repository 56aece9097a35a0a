"""A source as it is: its pages as pictures, or its lines and tables drawn, each piece as a pen has it."""

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.etree.ElementTree import Element

from jixiao.api import Picture, Sight
from jixiao.layout import Cell, Doubt, Grid, Layout, Line, Place
from jixiao.telling.html_links import Links
from jixiao.telling.html_parts import Child, el, styled
from jixiao.telling.naming import place_words

_WIDEST = 400  # columns that a cell is drawn over


@dataclass(frozen=True, slots=True)
class Pen:
    """How each piece of a source is drawn: its attributes, what stands before and behind its text, by its number.

    `href` gives the address of a page's picture; `told` says what is shown when the pointer rests on a piece of one,
    `flags` what is drawn at its corner, `more` what else is drawn on a page, by its number.
    """

    pieces: tuple[Line | Cell, ...]
    attributes: Callable[[int], dict[str, str]]
    before: Callable[[int], Iterator[Child]]
    behind: Callable[[int], Iterator[Child]]
    told: Callable[[int], str]
    href: Callable[[Picture], str]
    flags: Callable[[int], Iterator[Element]]
    more: Callable[[int], Iterator[Element]]


def source_pane(sight: Sight, links: Links) -> Element:
    """Return the source with every piece linked to what was read from it."""
    parts = drawn_source(sight.layout, sight.pictures, _linked(links))
    return el("div", *parts, attributes={"class": "paper source", "tabindex": "0"})


def drawn_source(layout: Layout, pictures: Sequence[Picture], pen: Pen) -> Iterator[Element]:
    """Yield a source: pictures of its pages first, then whatever stands on none of them."""
    pages = {picture.page for picture in pictures}
    for picture in pictures:
        yield from _page(picture, pen)
    number, sheet = 0, None
    for block in layout.blocks:
        pieces: tuple[Line | Cell, ...] = block.cells if isinstance(block, Grid) else (block,)
        if any(piece.place.page not in pages or piece.place.box is None for piece in pieces):
            if block.place.sheet != sheet and block.place.sheet is not None:
                yield el("h4", f"工作表“{block.place.sheet}”")
            sheet = block.place.sheet
            yield _table(block, pen, number) if isinstance(block, Grid) else _line(block, pen, number)
        number += len(pieces)


def said_of(doubts: Sequence[Doubt]) -> str:
    """Say the doubts about something, both readings of each."""
    return "；".join(f"{doubt.why}{readings(doubt)}" for doubt in doubts)


def readings(doubt: Doubt) -> str:
    """Say how it was read and how it may be read, "" where it can't be told."""
    if doubt.reading is None:
        return ""
    other = f"，也可能是“{doubt.alternative}”" if doubt.alternative is not None else ""
    return f"（读作“{doubt.reading}”{other}）"


def _page(picture: Picture, pen: Pen) -> Iterator[Element]:
    whole = {"width": str(picture.width), "height": str(picture.height)}
    image = Element("image", {"href": pen.href(picture), "preserveAspectRatio": "none", **whole})
    here = [
        number
        for number, piece in enumerate(pen.pieces)
        if piece.place.page == picture.page and piece.place.box is not None
    ]
    boxes = [boxed(pen.pieces[number].place, pen.told(number), pen.attributes(number)) for number in here]
    flags = [flag for number in here for flag in pen.flags(number)]
    frame = {"viewBox": f"0 0 {picture.width} {picture.height}", "class": "page"}
    yield el("h4", f"第 {picture.page} 页")
    yield el("svg", image, *boxes, *pen.more(picture.page), *flags, attributes=frame)


def boxed(place: Place, told: str, marks: dict[str, str]) -> Element:
    """Return the box of a place on a page, with what is told of it."""
    left, top, right, bottom = (Decimal(edge) for edge in place.box or ("0",) * 4)
    where = {
        "x": f"{left}", "y": f"{top}", "width": f"{max(right - left, Decimal(1))}",
        "height": f"{max(bottom - top, Decimal(1))}",
    }  # fmt: skip
    return el("rect", el("title", told), attributes={**marks, **where})


def _line(line: Line, pen: Pen, number: int) -> Element:
    tag = "p" if line.level is None else "h4"
    return el(tag, *_inside(line, pen, number), attributes=pen.attributes(number))


def _table(grid: Grid, pen: Pen, first: int) -> Element:
    """Draw a table; spots that no cell owns are empty cells."""
    owned = {(cell.row, cell.column): number for number, cell in enumerate(grid.cells, first)}
    covered = {
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + min(cell.colspan, _WIDEST))
    }
    rows = sorted({row for row, _ in covered})
    width = max((column for _, column in covered), default=-1) + 1
    drawn = (
        el("tr", *_cells([(row, column) for column in range(width)], owned, covered, pen)) for row in rows
    )
    return el("table", *drawn)


def _cells(
    spots: Sequence[tuple[int, int]],
    owned: dict[tuple[int, int], int],
    covered: set[tuple[int, int]],
    pen: Pen,
) -> Iterator[Element]:
    for spot in spots:
        number = owned.get(spot)
        piece = pen.pieces[number] if number is not None else None
        if number is not None and isinstance(piece, Cell):
            spans = {"rowspan": str(piece.rowspan), "colspan": str(min(piece.colspan, _WIDEST))}
            real = {name: value for name, value in spans.items() if value != "1"}
            yield el("td", *_inside(piece, pen, number), attributes={**pen.attributes(number), **real})
        elif spot not in covered:
            yield el("td")


def _inside(piece: Line | Cell, pen: Pen, number: int) -> Iterator[Child]:
    yield from pen.before(number)
    yield piece.text
    yield from pen.behind(number)


# ---------------------------------------------------------------- linked with what was read


def _linked(links: Links) -> Pen:
    """Return the pen that links every piece with the field that was read from it, and colours what is doubtful."""
    return Pen(
        links.pieces,
        lambda number: _marks(links, number),
        lambda number: _name(links.pieces[number]),
        lambda number: _doubt(links.doubts_at(number)),
        lambda number: _told(links, number),
        lambda picture: f"data:{picture.mime};base64,{b64encode(picture.data).decode()}",
        lambda _: iter(()),
        lambda page: _doubtful(page, links),
    )


def _name(piece: Line | Cell) -> Iterator[Child]:
    if piece.place.cell is not None:
        yield styled("small", "name", piece.place.cell)


def _doubt(doubts: Sequence[Doubt]) -> Iterator[Child]:
    if doubts:
        yield styled("small", "doubt", said_of(doubts))


def _told(links: Links, number: int) -> str:
    piece = links.pieces[number]
    words = " ".join(word for word in (place_words(piece.place), piece.text) if word)
    return "\n".join(word for word in (words, said_of(links.doubts_at(number))) if word)


def _doubtful(page: int, links: Links) -> Iterator[Element]:
    """Yield the boxes of doubts on a page that are about no piece of it."""
    for number, (doubt, _, taken) in enumerate(links.doubts):
        name = links.doubt_id(number)
        if name and doubt.place.page == page:
            marks = {"id": name, "class": "m warning", "data-to": links.taken_id(taken)}
            yield boxed(doubt.place, said_of([doubt]), marks)


def _marks(links: Links, number: int) -> dict[str, str]:
    """Return what makes an element one end of a link, and coloured where it is doubtful."""
    target = links.taken_id(links.taken_by.get(number))
    style = "linked" if target else ""
    if links.doubts_at(number):
        style = f"{style} m warning".strip()
    name = place_words(links.pieces[number].place)
    return {"id": links.piece_id(number), "data-to": target, "class": style, "title": name}
