"""What of a page is shown: elements hidden by attribute, style or a class of the page's own style sheet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from jixiao.expressions import expression
from jixiao.formats.xlsx.number_format import parse, printed

SKIPPED = frozenset({
    "script", "style", "template", "nav", "noscript", "xml", "object", "applet", "svg", "math", "button", "datalist",
    "title", "rt", "rp",
})  # fmt: skip
HIDES = expression(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE
)
BLANKS = expression(r"visibility\s*:\s*hidden", re.IGNORECASE)  # its place stays empty
MEDIA = expression(r"@media[^{}]{0,200}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
RULE = expression(r"([^{}]{1,300})\{([^{}]{0,2000})\}")
CLASS = expression(r"\w*\.([\w-]{1,60})")
NUMBER_FORMAT = expression(
    r"mso-number-format\s*:\s*(\"[^\"]{1,60}\"|'[^']{1,60}'|[^;\"']{1,60})", re.IGNORECASE
)
NUMBER = expression(r"-?\d{1,15}(?:\.\d{1,15})?")
HEX = expression(r"\\([0-9a-fA-F]{4})")
FILLED_IN = frozenset({"text", "number", "date", "tel", "email"})
PAPER = expression(r"\.(?:docx?|xlsx?|wps|et|pdf|zip|rar|ofd)$", re.IGNORECASE)
RULED = expression(r"border(?:-\w+)?\s*:[^;]{0,60}\b(?:solid|double)\b", re.IGNORECASE)
LONGEST_SHEET = 400_000

Attributes = Mapping[str, str]


@dataclass(slots=True)
class Sight:
    """What the page's style sheets hide: the names of classes."""

    hidden_classes: set[str] = field(default_factory=set)

    def learn(self, sheet: str) -> None:
        """Take the plain class selectors of a style sheet that hide something, but not on paper only."""
        if "none" not in sheet or len(sheet) > LONGEST_SHEET:
            return
        for selectors, says in RULE.findall(MEDIA.sub("", sheet)):
            if HIDES.search(says):
                names = (CLASS.fullmatch(selector.strip()) for selector in selectors.split(","))
                self.hidden_classes.update(found[1] for found in names if found)

    def hides(self, attributes: Attributes) -> bool:
        """Tell whether an element is not shown."""
        if not attributes:
            return False
        if "hidden" in attributes or HIDES.search(attributes.get("style", "")):
            return True
        names = attributes.get("class", "") if self.hidden_classes else ""
        return any(name in self.hidden_classes for name in names.split())


def keeps_place(attributes: Attributes) -> bool:
    """Tell of an element that is not shown whether its place on the page stays empty."""
    return BLANKS.search(attributes.get("style", "")) is not None


def is_ruled(attributes: Attributes) -> bool:
    """Tell whether a table or cell has a border of its own."""
    return (
        attributes.get("border", "0").strip() not in {"", "0"}
        or RULED.search(attributes.get("style", "")) is not None
    )


def is_paper(link: str) -> bool:
    """Tell whether a link leads to a file that may hold a paper."""
    return PAPER.search(link.partition("?")[0]) is not None


def field_text(attributes: Attributes) -> str:
    """What an <input> shows: a tick box ☑ or ☐, the text filled in, nothing for buttons."""
    kind = attributes.get("type", "text").lower()
    if kind in {"checkbox", "radio"}:
        return "☑" if "checked" in attributes else "☐"
    return attributes.get("value", "") if kind in FILLED_IN else ""


def in_excel(text: str, style: str) -> str:
    """What Excel would show for a bare number beside a format of percentages, "" for all else."""
    found = NUMBER_FORMAT.search(style)
    if found is None or NUMBER.fullmatch(text) is None:
        return ""
    code = HEX.sub(lambda match: chr(int(match[1], 16)), found[1].strip("\"' ")).replace("\\", "")
    return printed(text, parse(code), epoch_1904=False) if "%" in code else ""
