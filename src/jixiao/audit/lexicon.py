"""The words that rules look for: lists kept as data in words/<name>.toml, each with a note on where it comes from."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

_FOLDER = Path(__file__).parent / "words"
Words = tuple[str, ...]


def lists_of(name: str) -> Mapping[str, Words]:
    """Return the lists of words/<name>.toml by key; `source` is their note and no list."""
    data = tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))
    return {key: tuple(map(str, words)) for key, words in data.items() if isinstance(words, list)}


def any_of(words: Words) -> re.Pattern[str]:
    """Return a pattern that finds any of `words`, the longest first; without words it finds nothing."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)) or r"(?!)")


def has(text: str | None, words: Words) -> bool:
    """Tell whether one of `words` stands in `text`."""
    return text is not None and any(word in text for word in words)
