"""A user's own PDF back with notes as annotations on its pages, and a page in front that lists them.

What stands in the file stays to the byte: the notes are written behind its end, as the format allows. The pages are
looked at in the guarded process, for the file is as untrusted as when it is read.
"""

import json
from base64 import b64decode
from collections.abc import Sequence

from jixiao.errors import UnreadableError
from jixiao.formats import guard
from jixiao.formats.intake import LIMITS, refusal, too_large
from jixiao.formats.notes import COLOURS, LOST, Annotated, Level, Note, Notes, told
from jixiao.formats.pdf.writing import write
from jixiao.layout import Cell, Grid, Layout, Line, Role

MARKING = "jixiao.formats.pdf.marking"
LARGEST = 60 * 1024 * 1024  # bytes: what is written comes back through the guard as text
UNTOUCHED = "PDF 不改原文"
PAGES = "位置里的页码按原件计，不含本页。"
COLUMNS = ("序号", "级别", "位置", "问题", "说明")
WIDTHS = (6, 9, 25, 22, 38)


def annotate(data: bytes, notes: Notes, *, name: str) -> Annotated:
    """Put the notes on the pages of a PDF; replacements are only said.

    Raises:
        UnreadableError: damaged, protected by a password, too large, or with notes from before.
    """
    if len(data) > LARGEST:
        raise too_large(name, LARGEST)
    wanted = tuple(number for number, note in enumerate(notes.listed) if note.replacement is not None)
    notes = told(notes, (), why=UNTOUCHED)
    front = _set(notes)
    order = {"author": notes.author, "day": notes.day.strftime("%Y%m%d"), "front": len(front)}
    spots = [
        (
            note.place.page,
            note.place.box,
            note.quoted,
            list(Level).index(note.level),
            COLOURS[note.level],
            _text(note),
        )
        for note in notes.listed
    ]
    head = json.dumps({**order, "spots": spots}).encode() + b"\n"
    made = guard.read(MARKING, head + front + data, name=name, bounds=LIMITS.guard)
    lines = [block.text for block in made.blocks if isinstance(block, Line)]
    try:
        lost = tuple(int(number) for number in lines[0].split())
        marked = b"".join(b64decode(line, validate=True) for line in lines[1:])
    except (IndexError, ValueError) as error:
        raise refusal(name, "写批注时出错，文件可能已损坏", "请重新导出 PDF 后再试") from error
    return Annotated(marked, lost, (), wanted)


def _set(notes: Notes) -> bytes:
    """Return the page in front; nothing where there is no font for it: the notes on the pages tell by themselves."""
    try:
        return write([_front(notes)])
    except UnreadableError:
        return b""


def _text(note: Note) -> str:
    return f"{note.level.value}：{note.title}\n{note.text}"


def _front(notes: Notes) -> Layout:
    """Lay the list out; what has no page is said to be lost, what isn't found on its page can't be known here."""
    lines = [Line(notes.title, level=0), *(Line(text) for text in (*notes.verdict, PAGES))]
    cells = [Cell(0, column, word, role=Role.HEADING) for column, word in enumerate(COLUMNS)]
    for number, note in enumerate(notes.listed, 1):
        cells += [Cell(number, column, text) for column, text in enumerate(_row(number, note))]
    table = [Grid(tuple(cells), widths=WIDTHS, repeated=(0, 1))] if notes.listed else []
    return Layout(notes.title, (*lines, *table), landscape=True)


def _row(number: int, note: Note) -> Sequence[str]:
    where = note.where if note.place.page is not None else f"{note.where}（{LOST}）"
    return str(number), note.level.value, where, note.title, note.text
