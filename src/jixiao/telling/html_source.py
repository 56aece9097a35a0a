"""The left side of `read --show`: the source as it is, its pages as pictures or its lines and tables drawn."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element

from jixiao.api import Picture, Sight
from jixiao.layout import Cell, Doubt, Grid, Line, Place
from jixiao.telling.html_links import Links
from jixiao.telling.html_parts import Child, el, styled
from jixiao.telling.naming import place_words

_WIDEST = 400  # columns that a cell is drawn over


def source_pane(sight: Sight, links: Links) -> Element:
    """Return the source: pictures of its pages first, then whatever stands on none of them."""
    pages = {picture.page for picture in sight.pictures}
    parts = [part for picture in sight.pictures for part in _page(picture, links)]
    number, sheet = 0, None
    for block in sight.layout.blocks:
        pieces: tuple[Line | Cell, ...] = block.cells if isinstance(block, Grid) else (block,)
        if any(piece.place.page not in pages or piece.place.box is None for piece in pieces):
            if block.place.sheet != sheet and block.place.sheet is not None:
                parts.append(el("h4", f"工作表“{block.place.sheet}”"))
            sheet = block.place.sheet
            parts.append(
                _table(block, links, number) if isinstance(block, Grid) else _line(block, links, number)
            )
        number += len(pieces)
    return el("div", *parts, attributes={"class": "paper source", "tabindex": "0"})


def said_of(doubts: Sequence[Doubt]) -> str:
    """Say the doubts about something, both readings of each."""
    return "；".join(f"{doubt.why}{readings(doubt)}" for doubt in doubts)


def readings(doubt: Doubt) -> str:
    """Say how it was read and how it may be read, "" where it can't be told."""
    if doubt.reading is None:
        return ""
    other = f"，也可能是“{doubt.alternative}”" if doubt.alternative is not None else ""
    return f"（读作“{doubt.reading}”{other}）"


def _page(picture: Picture, links: Links) -> Iterator[Element]:
    data = f"data:{picture.mime};base64,{b64encode(picture.data).decode()}"
    whole = {"width": str(picture.width), "height": str(picture.height)}
    image = Element("image", {"href": data, "preserveAspectRatio": "none", **whole})
    boxes = [
        _box(piece, links, number)
        for number, piece in enumerate(links.pieces)
        if piece.place.page == picture.page and piece.place.box is not None
    ]
    frame = {"viewBox": f"0 0 {picture.width} {picture.height}", "class": "page"}
    yield el("h4", f"第 {picture.page} 页")
    yield el("svg", image, *boxes, *_doubtful(picture.page, links), attributes=frame)


def _box(piece: Line | Cell, links: Links, number: int) -> Element:
    words = " ".join(word for word in (place_words(piece.place), piece.text) if word)
    told = "\n".join(word for word in (words, said_of(links.doubts_at(number))) if word)
    return _rect(piece.place, told, _marks(links, number))


def _doubtful(page: int, links: Links) -> Iterator[Element]:
    """Yield the boxes of doubts on a page that are about no piece of it."""
    for number, (doubt, _, taken) in enumerate(links.doubts):
        name = links.doubt_id(number)
        if name and doubt.place.page == page:
            marks = {"id": name, "class": "m warning", "data-to": links.taken_id(taken)}
            yield _rect(doubt.place, said_of([doubt]), marks)


def _rect(place: Place, told: str, marks: dict[str, str]) -> Element:
    left, top, right, bottom = (Decimal(edge) for edge in place.box or ("0",) * 4)
    where = {
        "x": f"{left}", "y": f"{top}", "width": f"{max(right - left, Decimal(1))}",
        "height": f"{max(bottom - top, Decimal(1))}",
    }  # fmt: skip
    return el("rect", el("title", told), attributes={**marks, **where})


def _line(line: Line, links: Links, number: int) -> Element:
    tag = "p" if line.level is None else "h4"
    return el(tag, *_inside(line, links, number), attributes=_marks(links, number))


def _table(grid: Grid, links: Links, first: int) -> Element:
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
        el("tr", *_cells([(row, column) for column in range(width)], owned, covered, links)) for row in rows
    )
    return el("table", *drawn)


def _cells(
    spots: Sequence[tuple[int, int]],
    owned: dict[tuple[int, int], int],
    covered: set[tuple[int, int]],
    links: Links,
) -> Iterator[Element]:
    for spot in spots:
        number = owned.get(spot)
        piece = links.pieces[number] if number is not None else None
        if number is not None and isinstance(piece, Cell):
            spans = {"rowspan": str(piece.rowspan), "colspan": str(min(piece.colspan, _WIDEST))}
            real = {name: value for name, value in spans.items() if value != "1"}
            yield el("td", *_inside(piece, links, number), attributes={**_marks(links, number), **real})
        elif spot not in covered:
            yield el("td")


def _inside(piece: Line | Cell, links: Links, number: int) -> Iterator[Child]:
    if piece.place.cell is not None:
        yield styled("small", "name", piece.place.cell)
    yield piece.text
    doubts = links.doubts_at(number)
    if doubts:
        yield styled("small", "doubt", said_of(doubts))


def _marks(links: Links, number: int) -> dict[str, str]:
    """Return what makes an element one end of a link, and coloured where it is doubtful."""
    target = links.taken_id(links.taken_by.get(number))
    style = "linked" if target else ""
    if links.doubts_at(number):
        style = f"{style} m warning".strip()
    name = place_words(links.pieces[number].place)
    return {"id": links.piece_id(number), "data-to": target, "class": style, "title": name}
