"""Marks inside one line or cell of text: Markdown bold, a few HTML tags and entities, tick boxes."""

import re

from jixiao.expressions import expression
from jixiao.formats.cell_text import tidy

MARKS = expression(r"[*<&\\]")
BOLD = expression(r"\*\*(?=\S)(.+?)\*\*")
BREAK = expression(r"<br\s*/?>", re.IGNORECASE)
TICK_BOX = expression(r"<input\b[^<>]{0,200}>", re.IGNORECASE)
DRESS = expression(r"</?(?:b|i|u|p|div|span|strong|em|sup|sub|font|center)\b[^<>]{0,200}>", re.IGNORECASE)
ENTITY = expression(r"&(nbsp|lt|gt|amp|quot|ge|le|#160|#xa0);", re.IGNORECASE)
ENTITIES = {
    "nbsp": " ", "#160": " ", "#xa0": " ", "lt": "<", "gt": ">", "amp": "&", "quot": '"',
    "ge": "≥", "le": "≤",
}  # fmt: skip


def plain(raw: str) -> str:
    """Take the marks off, keep every character of the paper; `<br>` becomes a newline, a tick box ☑ or ☐."""
    if MARKS.search(raw) is None:
        return tidy(raw)
    text = BOLD.sub(r"\1", raw)
    if "<" in text:
        text = DRESS.sub("", TICK_BOX.sub(_tick_box, BREAK.sub("\n", text)))
    text = ENTITY.sub(lambda found: ENTITIES[found[1].lower()], text)
    return tidy(text.replace("\\|", "|"))


def running(raw: str) -> str:
    """Take the marks off as `plain` does, but leave a `<br>` in a sentence: there it breaks no line of a cell."""
    if "<" not in raw or "。" not in raw or BREAK.search(raw) is None:
        return plain(raw)
    kept = BREAK.findall(raw)
    parts = [plain(part) for part in BREAK.split(raw)]
    return "".join(part + mark for part, mark in zip(parts, (*kept, ""), strict=True))


def _tick_box(found: re.Match[str]) -> str:
    words = found[0].lower()
    if "checkbox" not in words and "radio" not in words:
        return ""
    return "☑" if re.search(r"\schecked\b", words) else "☐"
