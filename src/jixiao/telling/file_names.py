"""Names for files made of what papers say: fit for Windows, macOS and Linux, none of them twice."""

import re
import unicodedata
from dataclasses import dataclass, field

from jixiao.expressions import expression

_BARRED = expression(r'[<>:"/\\|?*]')
_RESERVED = expression(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$| )", re.IGNORECASE
)
_LONGEST = 80  # characters
_HEAVIEST = 200  # bytes; a name may have 255, and the number and the suffix are still to come
_NAMELESS = "未命名"


def file_name(words: str) -> str:
    """Return words as a file name without its suffix: never empty, never hidden, never a device of Windows."""
    plain = unicodedata.normalize("NFC", "".join(char if char.isprintable() else " " for char in words))
    name = " ".join(_BARRED.sub("_", plain).split()).lstrip(". ")
    name = _cut(name).rstrip(". ")
    if _RESERVED.match(name):
        name = f"_{name}"
    return name if name.strip("_ ") else _NAMELESS


def _cut(name: str) -> str:
    name = name[:_LONGEST]
    while len(name.encode("utf-8", "replace")) > _HEAVIEST:
        name = name[:-1]
    return name


@dataclass(slots=True)
class Names:
    """The names given so far; one that was given, in whatever case of letters, is given again with a number."""

    given: dict[str, int] = field(default_factory=dict)

    def own(self, words: str, suffix: str) -> str:
        """Return a file name of its own for these words: 村道养护.pdf, 村道养护（2）.pdf."""
        stem = file_name(words)
        name, key = f"{stem}{suffix}", f"{stem}{suffix}".casefold()
        while name.casefold() in self.given:
            self.given[key] += 1
            name = f"{stem}（{self.given[key]}）{suffix}"
        self.given[name.casefold()] = 1
        return name
