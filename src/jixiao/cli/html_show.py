"""`read --show`: one page, the source at the left and what was read at the right, every cell linked with its other.

What is doubtful is coloured on both sides and listed with both readings. The page needs nothing else (html_parts).
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from jixiao import api
from jixiao.api import Sight
from jixiao.cli import outlet, report, screen
from jixiao.cli.drawing import DrawnTable, DrawnText, Spot
from jixiao.cli.files import Source
from jixiao.cli.html_links import Links, Taken, links_of, papers_of
from jixiao.cli.html_parts import el, page, styled
from jixiao.cli.html_source import readings, said_of, source_pane
from jixiao.cli.naming import KINDS, place_words, project_words
from jixiao.cli.reading import went_wrong
from jixiao.errors import JixiaoError, UnknownNameError

TITLE = "读出的内容与原件对照"
MOST = 30  # files on one page
NOT_READ = 2


def show(sources: Sequence[Source], out: outlet.Out) -> int:
    """Write the page of some files and return the exit status; what can't be read is said and left out.

    Raises:
        JixiaoError: the page has nowhere to go, or there are too many files for one.
    """
    report.may_write(out, "html")
    if len(sources) > MOST:
        raise UnknownNameError(
            f"一页最多对照 {MOST} 个文件，这里有 {len(sources)} 个；请分几次，或点名要看的文件。"
        )
    seen: list[tuple[Source, Sight]] = []
    for source in sources:
        try:
            seen.append((source, _sight(source)))
        except JixiaoError as error:
            screen.complain([str(error)])
        except Exception as error:  # noqa: BLE001 - the other files still have to be shown
            screen.complain([went_wrong(source.name, error)])
    sections = [_file(source, sight, f"f{number}") for number, (source, sight) in enumerate(seen)]
    told = page(TITLE, ("page.css", "show.css"), ("page.js", "show.js"), [_top(seen), *sections])
    outlet.write(out.path or Path(), [told.encode("utf-8", "replace")], force=out.force)
    return 0 if len(seen) == len(sources) else NOT_READ


def _sight(source: Source) -> Sight:
    if source.fault:
        raise UnknownNameError(source.fault)
    if source.path is None:
        raise UnknownNameError("对照要有原件：请给出文件名，不要用标准输入。")
    return api.look(api.bring_in(source.path, source.inside, name=source.name), name=source.name)


def _top(seen: Sequence[tuple[Source, Sight]]) -> Element:
    doubts = sum(len(reading.doubts) for _, sight in seen for reading in sight.readings)
    said = f"{len(seen)} 个文件，读得不确定的 {doubts} 处。左边是原件，右边是读出的内容；点一处，另一边就转到同一处。"
    return styled("header", "top", el("h1", TITLE), el("p", said))


def _file(source: Source, sight: Sight, key: str) -> Element:
    links = links_of(sight, key)
    pair = styled("div", "pair even", source_pane(sight, links), _taken_pane(sight, links))
    header = el("header", el("h2", source.name))
    return el("section", header, pair, attributes={"class": "review", "id": key})


def _taken_pane(sight: Sight, links: Links) -> Element:
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
