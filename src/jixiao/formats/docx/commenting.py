"""A user's own document back with notes as comments on its words, and a page in front that lists them.

Only the document's own part and the comments change: headers, pictures, styles and the comments and revisions of
others stay. Replacements become tracked changes. Macros and the strict dialect are refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jixiao.formats.docx import remarks
from jixiao.formats.docx.front_page import front_page
from jixiao.formats.docx.reading import is_notes, trail_of
from jixiao.formats.docx.remarks import Numbers, Remark
from jixiao.formats.docx.revising import Hand, revise
from jixiao.formats.markup import Element, found
from jixiao.formats.notes import Annotated, Note, Notes, became, told
from jixiao.formats.package import Package, opened
from jixiao.formats.parts import damaged
from jixiao.layout import Place

WHAT = "Word 文档（.docx）"
USUAL = "word/document.xml"
FARTHEST = 400  # paragraphs behind a heading in which a quotation is looked for


@dataclass(slots=True)
class Desk:
    """The work on one document: what stands at each place, the numbers that are free, what became of the notes."""

    trail: Mapping[Place, Element]
    numbers: Numbers
    hand: Hand
    bookmarks: list[str] = field(default_factory=list)
    said: list[Remark] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)


def annotate(data: bytes, notes: Notes, *, name: str) -> Annotated:
    """Put the notes on the words of a document, in stead of those of the same author from before.

    Raises:
        UnreadableError: macros, the strict dialect; or damaged, or over a cap.
    """
    package = opened(data, name, USUAL, WHAT)
    main = package.main(USUAL)
    root = package.tree(main)
    body = found(root, "body")
    if body is None:
        raise damaged(name)
    _take_away(package, main, body, notes.author)
    day = f"{notes.day.isoformat()}T00:00:00Z"
    numbers = remarks.numbers_of(root, remarks.comments_part(package, main)[1])
    desk = Desk(trail_of(root, data, name=name), numbers, Hand(notes.author, day, numbers))
    for number, note in enumerate(notes.listed):
        _put(desk, number, note)
    if desk.said:
        remarks.write(package, main, desk.said, (notes.author, day))
    body.insert(0, front_page(told(notes, desk.changed), desk.bookmarks))
    package.put(main, root)
    lost = tuple(number for number, mark in enumerate(desk.bookmarks) if not mark)
    return Annotated(package.packed(), lost, tuple(desk.changed), tuple(desk.unchanged))


def _take_away(package: Package, main: str, body: Element, author: str) -> None:
    """Take away the page in front from before, and the comments that it lists."""
    pages = [child for child in body if is_notes(child)]
    path, comments = remarks.comments_part(package, main)
    for page in pages:
        body.remove(page)
    if pages and comments is not None:
        remarks.take_away(body, comments, author)
        package.put(path, comments)


def _put(desk: Desk, number: int, note: Note) -> None:
    """Put one note into the text, and do what it says where that is wanted."""
    where = _where(desk.trail, note)
    if not where:
        desk.bookmarks.append("")
        if note.replacement is not None:
            desk.unchanged.append(number)
        return
    at, bookmark = remarks.enclose(where, note.quoted, desk.numbers)
    done = note.replacement is not None and revise(
        where, note.quoted, (note.old, note.replacement), desk.hand
    )
    if note.replacement is not None:
        (desk.changed if done else desk.unchanged).append(number)
    desk.bookmarks.append(bookmark)
    title = f"{note.level.value}：{note.title}"
    desk.said.append(Remark(at, note.level, title, note.text + became(note, done=done)))


def _where(trail: Mapping[Place, Element], note: Note) -> Sequence[Element]:
    """Return the cell, or the paragraph with those behind it in which a quotation may stand; none where it is lost."""
    place = note.place
    if place.line is None:
        cell = trail.get(Place(table=place.table, row=place.row, column=place.column))
        return [] if cell is None else [cell]
    lines = (trail.get(Place(line=n)) for n in range(place.line, place.line + FARTHEST))
    found_lines = [line for line in lines if line is not None]
    if trail.get(Place(line=place.line)) is None:
        return []
    return found_lines if note.quoted else found_lines[:1]
