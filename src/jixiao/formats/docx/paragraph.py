"""A paragraph's text as printed: insertions kept, deletions and hidden text dropped, tick boxes ☑ and ☐."""

from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from jixiao.formats.docx.numbering import Numbering, value_of, values
from jixiao.formats.intake import whole_number
from jixiao.formats.markup import Element, attribute, found, local, tree
from jixiao.formats.parts import PartReader

SKIPPED = frozenset({
    "pPr", "rPr", "sdtPr", "sdtEndPr", "del", "moveFrom",
    "delText", "instrText", "delInstrText", "Fallback",
    "rt", "footnoteReference", "endnoteReference", "commentReference", "tblPr", "tcPr", "trPr", "binData",
})  # fmt: skip
REVISIONS = frozenset({"ins", "del", "moveFrom", "moveTo"})
BOXED = "txbxContent"
PICTURES = frozenset({"blip", "imagedata"})
SET_ASIDE = frozenset({BOXED, "object", "sdt", *PICTURES})
MARKS = {
    "tab": " ",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "den": "/",
}  # den: below a line of fraction
LAST_LETTER, FIRST_PRIVATE, LAST_PRIVATE = 0xFF, 0xF000, 0xF0FF
LONGEST_DESCENT = 12
OFF = frozenset({"0", "false", "off"})
SYMBOLS = {
    "wingdings": {"A8": "☐", "6F": "☐", "FE": "☑", "FC": "✓", "FD": "☒", "78": "☒", "D7": "×", "FB": "×"},
    "wingdings 2": {"52": "☑", "A3": "☐", "54": "☒", "50": "✓", "2A": "☐", "53": "☒", "4F": "×", "51": "☒"},
    "symbol": {"B3": "≥", "A3": "≤", "B4": "×", "B1": "±", "B8": "÷", "B9": "≠"},
}
MARK_WITHOUT_SPACE = ("、", "）", "．", "。", "：", "章", "节", "条", ".", ")", " ")


@dataclass(slots=True)
class Text:
    """What has been gathered of a paragraph: its text, its text boxes, whether it was revised, what isn't read."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    revised: bool = False
    objects: int = 0
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says that matters here: heading level, list, level in the list."""

    level: int | None = None
    list_id: str | None = None
    list_level: int | None = None


PLAIN = Style()
HEADING_DIGITS = tuple("123456789")


class _Entry(NamedTuple):
    """A style as it stands in the file: what it is based on, and what it says itself."""

    based_on: str
    level: int | None
    list_id: str | None
    list_level: str | None


def gather(element: Element, text: Text) -> None:
    """Gather the text under an element, in order; text boxes are set aside, each once."""
    for child in element:
        kind = local(child)
        text.revised = text.revised or kind in REVISIONS
        if kind == "t":
            text.pieces.append(child.text or "")
        elif kind == "r":
            _run(child, text)
        elif kind in SET_ASIDE:
            _set_aside(kind, child, text)
        elif kind not in SKIPPED:
            text.pieces.append(_mark(kind, child))
            gather(child, text)


def _run(run: Element, text: Text) -> None:
    """Take a run in, unless it is hidden; letters in a symbol font are the signs that they show."""
    properties = found(run, "rPr")
    if properties is None:
        gather(run, text)
    elif not _is_hidden(properties):
        before = len(text.pieces)
        gather(run, text)
        signs = _signs_of(properties)
        if signs is not None:
            text.pieces[before:] = ["".join(map(partial(_sign, signs), "".join(text.pieces[before:])))]


def _signs_of(properties: Element) -> dict[str, str] | None:
    """The signs of the run's font, None for a font of letters."""
    fonts = found(properties, "rFonts")
    return None if fonts is None else SYMBOLS.get((attribute(fonts, "ascii") or "").lower())


def _sign(signs: dict[str, str], letter: str) -> str:
    """What a letter shows in a symbol font: Chinese is taken from another font, what isn't known is left out."""
    code = ord(letter)
    if code > LAST_LETTER and not FIRST_PRIVATE <= code <= LAST_PRIVATE:
        return letter
    return letter if letter.isspace() else signs.get(f"{code & 0xFF:02X}", "")


def _set_aside(kind: str, element: Element, text: Text) -> None:
    if kind == BOXED:
        text.boxes.append(element)
    elif kind == "object":
        text.objects += 1
    elif kind in PICTURES:
        text.pictures += 1
    else:
        state = value_of(element, "sdtPr", "checkbox", "checked")
        if state is None:
            gather(element, text)
        else:
            text.pieces.append("☐" if state.lower() in OFF else "☑")


def _mark(kind: str, element: Element) -> str:
    if kind in MARKS:
        return MARKS[kind]
    if kind == "sym":
        return _symbol(element)
    if kind == "ddList":
        return _chosen(element)
    return _tick_box(element) if kind == "checkBox" else ""


def _chosen(fields: Element) -> str:
    """The chosen word of an old drop-down field."""
    words = [attribute(entry, "val") or "" for entry in fields if local(entry) == "listEntry"]
    number = whole_number(value_of(fields, "result") or value_of(fields, "default"), 0)
    return words[number] if number < len(words) else ""


def _symbol(element: Element) -> str:
    """A sign of a symbol font; one that isn't known here is left out rather than shown as another letter."""
    font = (attribute(element, "font") or "").lower()
    code = (attribute(element, "char") or "").upper()
    return SYMBOLS.get(font, {}).get(code[-2:], "")


def _tick_box(element: Element) -> str:
    """An old form field: ticked by hand (checked), or by the form's maker (default)."""
    checked = value_of(element, "checked")
    state = checked if checked is not None else value_of(element, "default")
    return "☑" if state is not None and state.lower() not in OFF else "☐"


def _is_hidden(properties: Element) -> bool:
    vanish = value_of(properties, "vanish")
    return vanish is not None and vanish.lower() not in OFF


# ---------------------------------------------------------------- heading level and number


def style_of(paragraph: Element, styles: dict[str, Style]) -> Style:
    """Say which heading and which list a paragraph belongs to: its own word before its style's."""
    properties = found(paragraph, "pPr")
    if properties is None:
        return PLAIN
    own = values(properties)
    style = styles.get(own.get("pStyle", ""), PLAIN)
    in_list = values(found(properties, "numPr")) if "numPr" in own else {}
    return Style(
        level=_heading_level(own["outlineLvl"]) if "outlineLvl" in own else style.level,
        list_id=in_list.get("numId", style.list_id),
        list_level=whole_number(in_list["ilvl"], 0) if "ilvl" in in_list else style.list_level,
    )


def _heading_level(outline: str) -> int | None:
    """Outline levels 0 to 8 are headings 1 to 9; 9 is body text."""
    number = whole_number(outline, 9)
    return number + 1 if number < 9 else None  # noqa: PLR2004


def numbered(text: str, style: Style, numbering: Numbering) -> str:
    """Put the automatic number before the text. An empty paragraph of a list counts too, as in Word."""
    if style.list_id in {None, "0"}:
        return text
    number = numbering.next(style.list_id or "", style.list_level or 0)
    if not number or not text:
        return number + text
    return f"{number}{text}" if number.endswith(MARK_WITHOUT_SPACE) else f"{number} {text}"


def parse_styles(part: PartReader) -> dict[str, Style]:
    """Read styles.xml: for each paragraph style its heading level and list, inherited where it is silent."""
    entries: dict[str, _Entry] = {}
    for element in tree(part).iterchildren("{*}style"):
        if attribute(element, "type") in {"paragraph", None}:
            entries[attribute(element, "styleId") or ""] = _entry(element)
    return {style_id: _inherited(style_id, entries) for style_id in entries}


def _entry(element: Element) -> _Entry:
    own = values(element)
    in_list = values(found(element, "pPr", "numPr"))
    level = _named_level(own.get("name", ""), value_of(element, "pPr", "outlineLvl"))
    return _Entry(own.get("basedOn", ""), level, in_list.get("numId"), in_list.get("ilvl"))


def _inherited(style_id: str, entries: dict[str, _Entry]) -> Style:
    """Climb from a style to those it is based on; the first that speaks counts."""
    line: list[_Entry] = []
    while style_id in entries and len(line) < LONGEST_DESCENT:
        line.append(entries[style_id])
        style_id = line[-1].based_on
    list_level = next((entry.list_level for entry in line if entry.list_level is not None), None)
    return Style(
        level=next((entry.level for entry in line if entry.level is not None), None),
        list_id=next((entry.list_id for entry in line if entry.list_id is not None), None),
        list_level=None if list_level is None else whole_number(list_level, 0),
    )


def _named_level(name: str, outline: str | None) -> int | None:
    name = name.lower().replace(" ", "")
    if name in {"title", "标题"}:
        return 0
    for prefix in ("heading", "标题"):
        if name.startswith(prefix) and name[len(prefix) :] in HEADING_DIGITS:
            return int(name[-1])
    return _heading_level(outline) if outline is not None else None
