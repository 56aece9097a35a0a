"""A page of two sides: the source at the left and what was read at the right, every cell linked with its other.

What is doubtful is coloured on both sides and listed with both readings. The page needs nothing else (html_parts).
"""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from jixiao.api import Sight
from jixiao.telling.drawing import DrawnTable, DrawnText, Spot
from jixiao.telling.html_links import Links, Taken, links_of, papers_of
from jixiao.telling.html_parts import el, page, styled
from jixiao.telling.html_source import readings, said_of, source_pane
from jixiao.telling.naming import KINDS, place_words, project_words

TITLE = "读出的内容与原件对照"


def beside_page(seen: Sequence[tuple[str, Sight]]) -> str:
    """Return the page of some files, each after its name."""
    sections = [_file(name, sight, f"f{number}") for number, (name, sight) in enumerate(seen)]
    return page(TITLE, ("page.css", "show.css"), ("page.js", "show.js"), [_top(seen), *sections])


def _top(seen: Sequence[tuple[str, Sight]]) -> Element:
    doubts = sum(len(reading.doubts) for _, sight in seen for reading in sight.readings)
    said = f"{len(seen)} 个文件，读得不确定的 {doubts} 处。左边是原件，右边是读出的内容；点一处，另一边就转到同一处。"
    return styled("header", "top", el("h1", TITLE), el("p", said))


def _file(name: str, sight: Sight, key: str) -> Element:
    links = links_of(sight, key)
    pair = styled("div", "pair even", source_pane(sight, links), taken_pane(sight, links))
    header = el("header", el("h2", name))
    return el("section", header, pair, attributes={"class": "review", "id": key})


def taken_pane(sight: Sight, links: Links) -> Element:
    """Return what was read of a file, every field of it one end of a link."""
    parts: list[Element] = list(_doubts(sight, links))
    for number, reading, drawn_parts in papers_of(sight):
        title = f"{KINDS[reading.kind]}　{project_words(reading)}　把握 {reading.confidence:f}"
        parts.append(el("h3", title))
        for part in drawn_parts:
            parts += (
                _table(part, links, number) if isinstance(part, DrawnTable) else _text(part, links, number)
            )
    return el("div", *parts, attributes={"class": "paper taken", "tabindex": "0"})


def _doubts(sight: Sight, links: Links) -> Iterator[Element]:
    if not links.doubts:
        return
    rows = []
    drawn = {picture.page for picture in sight.pictures}
    for number, (doubt, piece, taken) in enumerate(links.doubts):
        boxed = links.doubt_id(number) if doubt.place.page in drawn else ""
        target = links.piece_id(piece) or boxed or links.taken_id(taken)
        said = f"{place_words(doubt.place)}　{doubt.why}{readings(doubt)}".strip()
        rows.append(el("li", said, attributes={"class": "warning", "data-to": target}))
    summary = el("summary", f"读得不确定的 {len(rows)} 处")
    yield el("details", summary, el("ol", *rows), attributes={"class": "doubts", "open": "open"})


def _table(part: DrawnTable, links: Links, paper: int) -> Iterator[Element]:
    if part.title:
        yield el("h4", part.title)
    shown: set[str] = set()
    yield el("table", *(el("tr", *(_cell(spot, links, paper, shown) for spot in row)) for row in part.rows))


def _cell(spot: Spot, links: Links, paper: int, shown: set[str]) -> Element:
    return el("th" if spot.head else "td", spot.text, attributes=_marks(spot.where, links, paper, shown))


def _text(part: DrawnText, links: Links, paper: int) -> Iterator[Element]:
    if part.title:
        yield el("h4", part.title, attributes=_marks(part.where, links, paper, set()))
    if part.text:
        own = {} if part.title else _marks(part.where, links, paper, set())
        yield el("p", part.text, attributes=own)


def _marks(where: str, links: Links, paper: int, shown: set[str]) -> dict[str, str]:
    """Return what makes an element one end of a link; a field that is drawn twice has its id once."""
    taken = Taken(paper, where)
    name = links.taken_id(taken)
    target = links.piece_id(links.spots.get(taken))
    doubts = links.doubts_of(taken) if name else []
    style = " ".join(word for word in ("linked" if target else "", "m warning" if doubts else "") if word)
    own = "" if name in shown else name
    shown.add(name)
    return {"id": own, "data-to": target, "class": style, "title": said_of(doubts)}
