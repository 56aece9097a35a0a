"""The words that rules look for: lists kept as data in words/<name>.toml, each with a note on where it comes from.

All lists of all files stand in one automaton, so that one pass over a text tells which lists it touches. A list is
called by its file and key: "scoring.satisfaction".
"""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from jixiao.expressions import expression
from jixiao.model.figure import tidy

_FOLDER = Path(__file__).parent / "words"
Words = tuple[str, ...]
Lists = frozenset[str]
NO_LISTS: Lists = frozenset()
_FIRST, _SECOND = itemgetter(0), itemgetter(1)


def lists_of(name: str) -> Mapping[str, Words]:
    """Return the lists of words/<name>.toml by key; `source` is their note and no list, a table is none either."""
    data = tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))
    return {key: tuple(map(str, words)) for key, words in data.items() if _is_list(words)}


def data_of(name: str) -> Mapping[str, object]:
    """Return all that words/<name>.toml holds, for data that has more shape than a list of words."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of `words`, the longest first; without words it finds nothing."""
    longest = sorted(words, key=len, reverse=True)
    return expression("|".join(map(re.escape, longest)) or r"(?!)")


def has(text: str | None, words: Words) -> bool:
    """Tell whether one of `words` stands in `text`."""
    return text is not None and any(word in text for word in words)


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of some lists in a text, with its offsets there."""

    lists: Lists
    word: str
    start: int
    end: int


def hits(plain: str) -> tuple[Hit, ...]:
    """Return every word of every list that stands in a tidied text, in its order; words may overlap."""
    found = _AUTOMATON.find_matches_as_indexes(plain, overlapping=True)
    return tuple(Hit(_LISTS[n], _WORDS[n], start, end) for n, start, end in found)


def lists_in(plain: str) -> Lists:
    """Return the names of the lists of which a word stands in a tidied text."""
    found = {n for n, _, _ in _AUTOMATON.find_matches_as_indexes(plain, overlapping=True)}
    return NO_LISTS.union(*(_LISTS[n] for n in found)) if found else NO_LISTS


def lists_by_part(parts: Sequence[str]) -> tuple[Lists, ...]:
    """Return for each of some tidied texts the names of the lists it touches, in one pass over all of them."""
    found = _AUTOMATON.find_matches_as_indexes("\n".join(parts), overlapping=True)
    which, starts = list(map(_FIRST, found)), list(map(_SECOND, found))
    told, at, last = [], 0, 0
    for part in parts:
        at += len(part) + 1
        first, last = last, bisect_left(starts, at, last)  # in order by their part, though not inside it
        told.append(NO_LISTS.union(*map(_LISTS.__getitem__, which[first:last])) if last > first else NO_LISTS)
    return tuple(told)


def _is_list(words: object) -> bool:
    return isinstance(words, list) and all(isinstance(word, str) for word in words)


def _all_words() -> dict[str, Lists]:
    """Return every word of every list, tidied, with the names of the lists that have it."""
    found: dict[str, Lists] = {}
    for file in sorted(_FOLDER.glob("*.toml")):
        for key, words in lists_of(file.stem).items():
            for word in filter(None, map(tidy, words)):
                found[word] = found.get(word, NO_LISTS) | {f"{file.stem}.{key}"}
    return found


_BY_WORD = _all_words()
_WORDS = tuple(_BY_WORD)
_LISTS = tuple(_BY_WORD.values())
_AUTOMATON = AhoCorasick(_WORDS)
