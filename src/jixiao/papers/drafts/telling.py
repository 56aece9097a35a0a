"""Sentences that know where their figures come from: plain words, and quotes bound to fields of the record.

Nothing here reads a record; `grounds` does, and gives the quotes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

from jixiao.layout import Role
from jixiao.model.finding import FieldPath


class How(StrEnum):
    """How a quoted text follows from the fields that it is bound to."""

    FIELD = "field"  # what the one field prints, or a part of it
    SUM = "sum"  # all fields added up
    DIFFERENCE = (
        "difference"  # the sum of the first half of the fields less that of the second, without a sign
    )
    RATE = "rate"  # the sum of the first half of the fields ÷ the sum of the second, in percent with two decimals
    COUNT = "count"  # how many fields there are
    NUMBER = "number"  # a heading's or an item's number; bound to no field


@dataclass(frozen=True, slots=True)
class Quote:
    """A text taken from fields; `paths` as in Finding.where, or below sheet., scheme., findings. and reviews.N."""

    text: str
    paths: tuple[FieldPath, ...] = ()
    how: How = How.FIELD


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in their order, quotes among them."""

    words: tuple[str | Quote, ...] = ()

    @property
    def text(self) -> str:
        """The passage as it is printed."""
        return "".join(word if isinstance(word, str) else word.text for word in self.words)

    def __add__(self, other: "Passage") -> "Passage":
        """Put another passage behind it."""
        return Passage(self.words + other.words)


Word = str | Quote | Passage
NOTHING = Passage()


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    passage: Passage


@dataclass(frozen=True, slots=True)
class Head:
    """A heading that a chapter puts in itself, one level below its own: the items behind it stand below it."""

    passage: Passage


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph that is numbered one level below the heading it stands under."""

    passage: Passage


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its heading row first; `caption` stands above it; `widths` are the columns' shares of the width.

    `roles` are those of the columns below the heading.
    """

    caption: Passage
    rows: tuple[tuple[Passage, ...], ...]
    widths: tuple[int, ...]
    roles: tuple[Role, ...]


Told = Text | Head | Item | Table


def say(pattern: str, **named: Word) -> Passage:
    """Fill quotes, words and passages into a sentence, for {annual} in “全年预算数{annual}。” what is named annual."""
    found: list[str | Quote] = []
    for plain, name, _, _ in Formatter().parse(pattern):
        if plain:
            found.append(plain)
        if name is not None:
            word = named[name]
            found += word.words if isinstance(word, Passage) else (word,)
    return Passage(tuple(found))


def blank(wanted: str, **named: Word) -> Passage:
    """Return what is to be filled in by whoever sends the paper: 【请填写：立项依据】."""
    return say(f"【请填写：{wanted}】", **named)


def joined(passages: Iterable[Passage], between: str = "") -> Passage:
    """Put passages one behind the other."""
    words: list[str | Quote] = []
    for passage in passages:
        if words and between:
            words.append(between)
        words += passage.words
    return Passage(tuple(words))


def of(word: Word) -> Passage:
    """Return one word as a passage."""
    return word if isinstance(word, Passage) else Passage((word,))


def below(passage: Passage, prefix: str) -> Passage:
    """Return a passage told from one of several reviews, its paths below that review's: reviews.2.total_printed."""
    words = (
        word
        if isinstance(word, str)
        else Quote(word.text, tuple(f"{prefix}.{p}" for p in word.paths), word.how)
        for word in passage.words
    )
    return Passage(tuple(words))


def closed(text: Word) -> Passage:
    """End a quoted text with a full stop where it has none."""
    passage = of(text)
    return passage if passage.text.endswith(("。", "！", "？", "；", "】")) else passage + Passage(("。",))
