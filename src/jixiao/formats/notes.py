"""Notes on a file of somebody else's: what is said of which place, and what became of it.

They say nothing of what a paper is about: a place, a title, a text, how grave it is, and perhaps other words for those
that stand there.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jixiao.expressions import expression
from jixiao.layout import Place


class Level(StrEnum):
    """How grave a note is, in the words that a reader sees."""

    ERROR = "错误"
    WARNING = "需核实"
    HINT = "提示"


COLOURS = {Level.ERROR: "C00000", Level.WARNING: "B35900", Level.HINT: "5F6368"}  # RGB, in hexadecimal


@dataclass(frozen=True, slots=True)
class Note:
    """One note.

    `place` is where it belongs, as a reader of the same file gave it; `where` says so in words. `quoted` are the
    words that it is about, in or after that place, empty where it is about the whole of it. With `replacement` these
    words are put where `old` stands; `old` empty means an empty cell. `replacement` None leaves all as it is.
    """

    place: Place
    title: str
    text: str
    level: Level = Level.WARNING
    where: str = ""
    quoted: str = ""
    old: str = ""
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class Notes:
    """All the notes on a file: who makes them, on which day, and what is said in front of the file.

    `title` names the sheet or page in front; `verdict` are the lines above its table. There is no clock here: `day`
    is what comments and tracked changes carry.
    """

    listed: tuple[Note, ...]
    author: str
    day: date
    title: str
    verdict: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Annotated:
    """A file with its notes: its bytes, which notes found no place, which replacements were and were not made.

    The numbers are those of the notes, from 0, in `Notes.listed`; `suffix` is that of the file's format.
    """

    data: bytes
    lost: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    unchanged: tuple[int, ...] = ()
    suffix: str = ""


UNREAD = "前面有 jixiao 加的审核意见，不是材料本身，未读取"
LOST = "未能定位"
UNCLEAR = "公式算出的，或原文不止一处"
NUMBER = expression(r"-?\d[\d,]*(?:\.\d+)?%?", re.ASCII)
_ENOUGH = 12  # characters of a quotation that find its sentence
_BLANKS = expression(r"\s+")
_HALF_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {ord("％"): "%"}
_FORBIDDEN = expression(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def bare(text: str) -> str:
    """Return text without white space: line breaks of a cell are no part of its words."""
    return _BLANKS.sub("", text)


def amended(shown: str, old: str, new: str) -> str | None:
    """Return what a cell or sentence says with `new` for `old`; None where it isn't clear where `old` stands in it."""
    span = span_of(shown, old)
    return None if span is None else shown[: span[0]] + new + shown[span[1] :]


def span_of(shown: str, old: str) -> tuple[int, int] | None:
    """Return where `old` stands in what a cell or sentence says; None where that isn't clear.

    A number may be printed in another way than `old` writes it: 10.00 is 10.
    """
    if bare(shown) == bare(old):
        return 0, len(shown)
    if not bare(old):
        return None
    numbers = [found for found in NUMBER.finditer(shown) if _same_number(found[0], old)]
    if NUMBER.fullmatch(old.strip()):
        return numbers[0].span() if len(numbers) == 1 else None
    if shown.count(old) != 1:
        return None
    at = shown.index(old)
    return at, at + len(old)


def quotation(text: str, quoted: str) -> tuple[int, int] | None:
    """Return where a quotation stands in a text, white space and the width of digits apart.

    Where only its beginning does, where that stands; None where not even that is found.
    """
    at = [number for number, char in enumerate(text) if not char.isspace()]
    plain, words = (bare(one).translate(_HALF_WIDTH) for one in (text, quoted))
    words = words.strip("…")
    for wanted in (words, words[:_ENOUGH] if len(words) > _ENOUGH else ""):
        start = plain.find(wanted) if wanted else -1
        if start >= 0:
            return at[start], at[start + len(wanted) - 1] + 1
    return None


def _same_number(one: str, other: str) -> bool:
    other = other.strip()
    if not NUMBER.fullmatch(other) or one.endswith("%") != other.endswith("%"):
        return False
    return _value(one) == _value(other)


def _value(number: str) -> Decimal:
    return Decimal(number.rstrip("%").replace(",", ""))


def became(note: Note, *, done: bool, why: str = UNCLEAR) -> str:
    """Say at the end of a note what became of its replacement; "" where it has none."""
    if note.replacement is None:
        return ""
    before = f"“{note.old}”" if note.old else "空白"
    if done:
        return f"\n已改：原为{before}，现为“{note.replacement}”。"
    return f"\n没有代改（{why}），请手工改：{before}改为“{note.replacement}”。"


def told(notes: Notes, changed: Collection[int], *, why: str = UNCLEAR) -> Notes:
    """Return the notes, each with the sentence that says what became of its replacement."""
    listed = (
        replace(note, text=note.text + became(note, done=number in changed, why=why))
        for number, note in enumerate(notes.listed)
    )
    return replace(notes, listed=tuple(listed))


def cleaned(notes: Notes) -> Notes:
    """Return the notes without characters that no office file can hold."""
    listed = tuple(
        replace(
            note,
            title=clean(note.title),
            text=clean(note.text),
            where=clean(note.where),
            replacement=None if note.replacement is None else clean(note.replacement),
        )
        for note in notes.listed
    )
    verdict = tuple(clean(line) for line in notes.verdict)
    return replace(
        notes, listed=listed, verdict=verdict, author=clean(notes.author), title=clean(notes.title)
    )


def clean(text: str) -> str:
    """Return text without control characters and lone surrogates; line breaks stay."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
