"""What one box of a page holds, in order: lines as a browser would break them, and the tables between them."""

from dataclasses import dataclass, field

from jixiao.expressions import expression
from jixiao.formats.cell_text import tidy
from jixiao.formats.counting import counted_as
from jixiao.formats.html.grid import Draft, Text
from jixiao.formats.html.shown import Attributes
from jixiao.formats.intake import Tally, whole_number

SPACES = expression(r"[ \t\r\n\f]+")
WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f—…“”‘’"
SEAM = expression(rf"(?<=[{WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{WIDE}])")
COUNTS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "lower-alpha": "lowerLetter", "upper-alpha": "upperLetter", "lower-latin": "lowerLetter",
    "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCounting", "simp-chinese-informal": "chineseCounting",
    "decimal": "decimal", "none": "none",
}  # fmt: skip
LIST_STYLE = expression(r"list-style(?:-type)?\s*:\s*([a-z-]{1,30})")
UNNUMBERED = frozenset({"none", "disc", "circle", "square"})


@dataclass(slots=True)
class Flow:
    """A box being filled: what is whole, and the line that is still open."""

    tally: Tally
    items: list[Text | Draft] = field(default_factory=list)
    level: int | None = None
    kept_spaces: int = 0  # open elements that keep white space as it stands
    _pieces: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Take a piece of text on as it stands in the source."""
        if self.kept_spaces:
            self._pieces.append(text.replace("\n", "\v").replace(" ", "\xa0"))
        else:
            self._pieces.append(text)

    def end_line(self) -> None:
        """Close the open line; one of nothing but white space is no line."""
        if not self._pieces:
            return
        for text in tidy(collapsed("".join(self._pieces))).split("\n"):
            if text:
                self.items.append(Text(self.tally.add(text), self.level))
        self._pieces.clear()


def collapsed(raw: str) -> str:
    """Run white space together as a browser does; between two Chinese signs a break of the source is nothing."""
    if "\n" in raw:
        raw = SEAM.sub("", raw)
    return SPACES.sub(" ", raw).replace("\xa0", " ")


@dataclass(slots=True)
class Counter:
    """A list being counted; `counts` is "none" for bullets."""

    counts: str
    number: int

    def next(self, attributes: Attributes) -> str:
        """Count one item and say what stands before it."""
        self.number = whole_number(attributes.get("value"), self.number)
        shown = "" if self.counts == "none" else counted_as(self.counts, self.number)
        self.number += 1
        return shown and f"{shown}{'、' if self.counts == 'chineseCounting' else '.'}"


def counter(tag: str, attributes: Attributes) -> Counter:
    """Begin a list."""
    style = LIST_STYLE.search(attributes.get("style", ""))
    kind = style[1] if style else attributes.get("type", "1")
    if tag != "ol" or kind in UNNUMBERED:
        return Counter("none", 1)
    return Counter(COUNTS.get(kind, "decimal"), whole_number(attributes.get("start"), 1))
