"""A user's own workbook back with notes as comments on its cells, and a sheet in front that lists them.

The parts are edited one by one: what no note touches keeps its bytes, and styles, widths, merges, pictures, charts and
formulas stay as they are. Macros and the strict dialect are refused.
"""

from dataclasses import dataclass, field

from jixiao.formats.notes import Annotated, Note, Notes, told
from jixiao.formats.package import opened
from jixiao.formats.xlsx.balloons import Said, comment, in_threads, take_away
from jixiao.formats.xlsx.correcting import correct, recalculated
from jixiao.formats.xlsx.front_sheet import Target, put_in_front
from jixiao.formats.xlsx.reading import printing_of
from jixiao.formats.xlsx.sheet import Spot, spot
from jixiao.formats.xlsx.style_sheet import styles_of
from jixiao.formats.xlsx.workbook_parts import USUAL, Book, book_of, name_of

WHAT = "Excel 工作簿（.xlsx）"
LONGEST = 30_000  # characters of a comment; Excel holds 32,767


@dataclass(slots=True)
class Desk:
    """The work on one workbook: where each note goes, what became of the changes."""

    book: Book
    targets: list[Target | None]
    changed: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)


def annotate(data: bytes, notes: Notes, *, name: str) -> Annotated:
    """Put the notes on the cells of a workbook, in stead of those of the same author from before.

    Raises:
        UnreadableError: macros, the strict dialect; or damaged, or over a cap.
    """
    book = book_of(opened(data, name, USUAL, WHAT))
    for tab in book.tabs if book.front is not None else ():
        take_away(book.package, tab, notes.author)
    desk = Desk(book, [_target(book, note) for note in notes.listed])
    styles = styles_of(book)
    printing = printing_of(data, name=name)
    for number, note in enumerate(notes.listed):
        target = desk.targets[number]
        if note.replacement is not None:
            done = target is not None and correct(
                target.tab, target.at, (note.old, note.replacement), styles, printing
            )
            (desk.changed if done else desk.unchanged).append(number)
    if desk.changed:
        recalculated(book.root)
    for tab in {id(t.tab): t.tab for n in desk.changed if (t := desk.targets[n]) is not None}.values():
        book.package.put(tab.path, tab.root)
    answered = told(notes, desk.changed)
    _comment(desk, answered)
    put_in_front(book, styles, answered, desk.targets)
    styles.keep(book)
    book.keep()
    lost = tuple(number for number, target in enumerate(desk.targets) if target is None)
    return Annotated(book.package.packed(), lost, tuple(desk.changed), tuple(desk.unchanged))


def _target(book: Book, note: Note) -> Target | None:
    """Return the sheet and the cell that a note belongs to; a merged range is commented at its upper left corner."""
    place = note.place
    tab = next((tab for tab in book.tabs if tab.title == place.sheet), None)
    at = spot(place.cell or "")
    if tab is None or at is None:
        return None
    return Target(tab, tab.owner(at))


def _comment(desk: Desk, notes: Notes) -> None:
    """Write the comments of all sheets; a cell that has a thread of comments gets none, and the list says so.

    What a cell's comment has no room for stands in the list alone.
    """
    package, tabs = desk.book.package, desk.book.tabs
    threads = {tab.path: in_threads(package, tab) for tab in tabs}
    said: dict[str, dict[Spot, list[Said]]] = {tab.path: {} for tab in tabs}
    for number, note in enumerate(notes.listed):
        target = desk.targets[number]
        if target is None:
            continue
        if name_of(target.at) in threads[target.tab.path]:
            desk.targets[number] = None
            continue
        words = Said(note.level, f"{note.level.value}：{note.title}", note.text[:LONGEST])
        there = said[target.tab.path].setdefault(target.at, [])
        if sum(len(one.title) + len(one.text) for one in (*there, words)) <= LONGEST or not there:
            there.append(words)
    for tab in tabs:
        comment(package, tab, said[tab.path], notes.author)
