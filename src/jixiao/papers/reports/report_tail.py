"""How a report is signed: the lines of its signature, its date wherever it stands, and labels left blank."""

import re
from dataclasses import dataclass

from jixiao.expressions import expression
from jixiao.papers.prose.narrative import ANNEX, CN, TITLE_MAX, Narrative, Paragraph, numbered
from jixiao.papers.prose.report_head import BLANK_LABEL, is_organ, is_printer, is_title, label_of

_YEAR = r"(?:20\d\d|[二〇○零一九八七六五四三]{4})"
_DATE = expression(
    rf"{_YEAR}(?:年(?:\d{{1,2}}|[{CN}]{{1,3}})月(?:(?:\d{{1,2}}|[{CN}]{{1,3}})日?)?|[./-]\d{{1,2}}(?:[./-]\d{{1,2}})?)"
)
_NO_DATE = expression(r"(?:20)?[\d_]{0,2}年[\d_]{0,2}月[_]*日")  # 年 月 日, with nothing put in
_SIGNED = expression(
    r"(?:[（(](?:盖章|公章|章)[)）])|(?:单位|部门|负责人|填报人|填表人|日期)[^。]{0,12}[:：]"
)
_LAST, _SIGNATURE = 8, 4


@dataclass(frozen=True, slots=True)
class Signature:
    """The printed lines that sign a report, its printed date, and the labels that are printed and left blank."""

    closing: tuple[str, ...] = ()
    dated: str | None = None
    blanks: tuple[str, ...] = ()


def signature_of(narrative: Narrative) -> Signature:
    """Return how a report is signed. Never raises: what isn't printed stays empty."""
    closing = tuple(p.text.strip() for p in _closing(narrative))
    near = (*narrative.front, *narrative.paragraphs[-_LAST:])
    dated = next((d for p in near if (d := _date_in(p)) is not None), None)
    return Signature(closing, dated, _blanks(narrative))


def _closing(narrative: Narrative) -> tuple[Paragraph, ...]:
    """Return the signature that the narrative split off, else the last lines that name a unit, a seal or a date."""
    tail = tuple(p for p in narrative.tail if not ANNEX.fullmatch(p.text) and not is_printer(p.text))
    if tail:
        return tail
    front = len(narrative.front)
    listed = [p for p in narrative.paragraphs[front:] if not ANNEX.fullmatch(p.text)]
    found: list[Paragraph] = []
    for paragraph in reversed(listed[-_SIGNATURE:]):
        if not _signs(paragraph):
            break
        found.append(paragraph)
    return tuple(reversed(found))


def _signs(paragraph: Paragraph) -> bool:
    text = re.sub(r"\s", "", paragraph.text)
    if len(text) > TITLE_MAX or "。" in text or numbered(paragraph.text) or is_title(text):
        return False
    return bool(is_organ(text) or _DATE.search(text) or _NO_DATE.search(text) or _SIGNED.search(text))


def _date_in(paragraph: Paragraph) -> str | None:
    """Return the date that a line is for: one by itself, after its label, or behind the unit; none of a sentence's."""
    text = re.sub(r"\s", "", paragraph.text)
    if len(text) > TITLE_MAX or "。" in text or is_title(text):
        return None
    found = _DATE.search(text)
    if found is None:
        return None
    before = text[: found.start()].strip("（(")
    after = text[found.end() :].strip("）)")
    alone = not before or is_organ(before) or label_of(text) == "date" or _SIGNED.search(before)
    return found.group() if alone and len(after) <= _SIGNATURE else None


def _blanks(narrative: Narrative) -> tuple[str, ...]:
    """Return the labels of head and signature that nothing follows, on their line or on the next."""
    lines = [p for part in (narrative.front, narrative.tail) for p in part]
    found = [
        label
        for k, paragraph in enumerate(lines)
        for label in _blank_labels(paragraph.text)
        if not _answers(label, lines[k + 1 : k + 2])
    ]
    found += [p.text.strip() for p in lines if _NO_DATE.fullmatch(re.sub(r"\s", "", p.text))]
    return tuple(found)


def _blank_labels(text: str) -> list[str]:
    return [re.sub(r"\s", "", m.group("label")) for m in BLANK_LABEL.finditer(text)]


def _answers(label: str, below: list[Paragraph]) -> bool:
    """Tell whether the line below a label is its value: no label itself, and not the title."""
    if not below:
        return False
    text = re.sub(r"\s", "", below[0].text)
    if label_of(text) is not None or is_title(text) or len(text) > TITLE_MAX:
        return False
    return bool(_DATE.search(text)) if label_of(f"{label}：") == "date" else not _DATE.fullmatch(text)
