"""Running text as paragraphs, sections and the words around them.

Numbering, titles over several lines, cut sentences.

Holds how a paper's lines become paragraphs (page furniture out, wrapped lines joined, marks removed) and
paragraphs
become numbered sections. It does not know which figures a sentence states (claims_found) nor which paper it
is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from jixiao.expressions import expression
from jixiao.layout import NOWHERE, Block, Line, Place
from jixiao.model.statements import Section
from jixiao.papers.prose.run_on import chapter_offsets

CN = "一二三四五六七八九十百"
ROUND = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# Numbering by section level; the first that fits wins. A decimal (1.5万元) is no number; 1.2022年… is.
NUMBERING = (
    (1, expression(rf"第\s*[{CN}\d]+\s*(?:部分|章|节)\s*[、:：.．]?")),
    (1, expression(rf"[{CN}]{{1,3}}\s*[、．.,，](?![{CN}]、)")),
    (
        1,
        expression(r"、(?=[^\W\d_、]{2,18}(?:情况|概况|结论|建议|问题|分析|措施)[。：:]?$)"),
    ),  # its number got lost
    (2, expression(rf"[（(]\s*[{CN}]{{1,3}}\s*[)）]\s*[、.．]?")),
    (4, expression(r"[（(]\s*\d{1,2}\s*[)）]\s*[、.．]?|\d{1,2}\s*[)）]\s*[、.．]?")),
    (
        2,
        expression(r"\d{1,2}[.．]\d{1,2}(?![.．\d])[.、]?\s*(?=[^\W\d_])(?![万亿元%％分个倍米吨亩公人户年])"),
    ),
    (3, expression(r"\d{1,2}(?:[.．]\d{1,2}){2,3}[.、]?\s*(?=[^\W\d_])")),
    (3, expression(r"\d{1,2}\s*(?:、|[.．](?!\d)|[.．](?=20\d\d\s*年))\s*")),
    (3, expression(r"[A-D]\d[.、]?\s*(?=[^\W\dA-Za-z_])")),
    (4, expression(r"[A-D]\d{2,4}[.、]?\s*(?=[^\W\dA-Za-z_])")),
    (5, expression(rf"[{ROUND}]\s*[、.．]?")),
)
_MARK = expression(r"\*{2,3}|__|\$|\\geq?q?|\\leq?q?|\\times|\\%|\\_|<(?:/?(?:b|u|strong|em|span)\b[^>]*)>")
_MEANT = {
    "\\ge": "≥",
    "\\geq": "≥",
    "\\geqq": "≥",
    "\\le": "≤",
    "\\leq": "≤",
    "\\leqq": "≤",
    "\\times": "×",
    "\\%": "%",
}
_FURNITURE = expression(
    r"[-—–－·\s]*(?:第?\s*\d{1,3}\s*页?(?:\s*[/，,]?\s*共?\s*\d{1,3}\s*页?)?)[-—–－·\s]*|"
    r"\s*\[?\s*TOC\s*\]?\s*"
)
_CONTENTS = expression(
    r".{2,60}?(?:\.{3,}|…+|·{3,}|\t|[ 　]{2,})\s*-?\s*\d{1,3}\s*-?"
)  # a line of the contents
_STOP = expression(r"[。！？：；!?:;…][”’\"'）)】》]*$")
_STARTS = expression(
    rf"(?:[{CN}]是|首先|其次|再次|最后|其中[:：]|注[:：]|附件|备注|项目[{CN}])|第[{CN}][，,]"
)
_LABEL = expression(r"[^\W\d]{2,12}(?:[（(][^）)]{1,8}[)）])?\s*[:：]")
_TITLED = expression(r"(?:报告|清单|表|目录)(?:\s*[（(][^（()）]{1,40}[)）])?$")
_DATE = expression(
    rf"(20\d\d|[二〇○零一九八]{{4}})\s*年\s*(?:\d{{1,2}}|[{CN}]{{1,3}})\s*月(?:\s*(?:\d{{1,2}}|"
    rf"[{CN}]{{1,3}})\s*日)?"
)
# A space that only a conversion puts between a number and its words: 全年 12 个项目, 95 %. Labels keep theirs.
_LOOSE = expression(r"(?<=[\u4e00-\u9fff])[ \u00a0]+(?=\d)|(?<=\d)[ \u00a0]+(?=[\u4e00-\u9fff%％])")
_HALF_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {ord("％"): "%"}
_CLAUSE = expression(r"[，。；]")
_TITLE_END = expression(r"[:：。！!；;]")
_SCORED = expression(
    r"[，,（(]?\s*(?:本项|该项|标准|自评|评价)?\s*(?:满分|分值|标准分|权重|得分|应得)[为:：\s]*\d"
)
ANNEX = expression(r"\s*附[件表]\s*[\d一二三四五六]*\s*[:：]?[^。]{0,40}")
TITLE_MAX = 40


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph.

    From `at` on, its characters come from `place`, beginning at offset `start` there.
    """

    at: int
    place: Place
    start: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Joined text and where it came from.

    `level` is a heading level that the file itself gives, None for body text.
    """

    text: str
    runs: tuple[Run, ...]
    level: int | None = None

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Return the place of text[start:end].

        Where it runs over a line's end, the place of its first line's part.
        """
        if not self.runs:
            return NOWHERE
        k = max((i for i, run in enumerate(self.runs) if run.at <= start), default=0)
        run, stop = self.runs[k], len(self.text) if end is None else end
        later = next((r.at for r in self.runs[k + 1 :] if r.place != run.place), len(self.text))
        last = max(run.start, self._offset(min(stop, later) - 1, run.place) + 1)
        return replace(run.place, start=run.start + start - run.at, end=last)

    def _offset(self, position: int, place: Place) -> int:
        run = next(r for r in reversed(self.runs) if r.at <= max(position, 0) and r.place == place)
        return run.start + max(position, 0) - run.at


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its place and the paragraphs of its own body; `head` is the paragraph that opens it."""

    section: Section
    place: Place
    head: Paragraph
    body: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Narrative:
    """A paper's running text.

    `front` stands before the first section, `parts` are the sections, `tail` the signature.
    """

    paragraphs: tuple[Paragraph, ...]
    front: tuple[Paragraph, ...]
    parts: tuple[Part, ...]
    tail: tuple[Paragraph, ...] = ()


# ---------------------------------------------------------------- lines to paragraphs


def unmarked(line: Line) -> Paragraph:
    """Return a line without Markdown, TeX and HTML marks and the spaces beside a sentence's numbers; digits half-width.

    Every character left keeps its offset in the line.
    """
    raw, pieces, at, text = line.text.translate(_HALF_WIDTH), [], 0, ""
    heading = re.match(r"\s*(#{1,6})\s+", raw)
    begin = heading.end() if heading else len(raw) - len(raw.lstrip())
    loose = _LOOSE.finditer(raw) if _CLAUSE.search(raw) else ()
    marks = sorted((m.start(), m.end(), _MEANT.get(m.group(), "")) for m in (*_MARK.finditer(raw), *loose))
    for stop, end, meant in (*marks, (len(raw), len(raw), "")):
        piece = raw[begin:stop]
        if piece:
            pieces.append(Run(at, line.place, begin))
        text, at = text + piece + meant, at + len(piece) + len(meant)
        if meant:
            pieces.append(Run(at - len(meant), line.place, stop))
        begin = max(begin, end)
    level = line.level if line.level is not None or not heading else len(heading.group(1)) - 1
    return Paragraph(text.rstrip(), tuple(pieces) or (Run(0, line.place, 0),), level)


def numbered(text: str) -> tuple[int, str, int] | None:
    """Return level, number as printed and the offset behind it when `text` begins with a section number."""
    for level, pattern in NUMBERING:
        found = pattern.match(text)
        if found and found.end() < len(text):
            return level, re.sub(r"\s+", "", found.group()), found.end()
    return None


def is_heading_only(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is a heading that stands alone.

    Marked so, or a short number-led line without a clause.
    """
    if paragraph.level is not None:
        return not re.search(r"[。；;]\S|[，,].*[，,]", paragraph.text)
    number = numbered(paragraph.text)
    return (
        number is not None
        and len(paragraph.text) <= TITLE_MAX
        and not re.search(r"[，,；;。：:]", paragraph.text)
    )


def goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Tell whether `after` continues the sentence of `before`.

    Cut by a page or wrapped, and no heading between.
    """
    if (
        after.level is not None
        or numbered(after.text)
        or is_heading_only(before)
        or _STOP.search(before.text)
    ):
        return False
    if before.text[-1] in "、，,（(“《-":
        return True
    if _LABEL.match(after.text) or _TITLED.search(before.text):
        return False
    return len(before.text) >= 20 and not _STARTS.match(after.text) and not _DATE.fullmatch(after.text)


def joined(before: Paragraph, after: Paragraph) -> Paragraph:
    """Return both as one paragraph."""
    shift = len(before.text)
    runs = tuple(replace(run, at=run.at + shift) for run in after.runs)
    return Paragraph(before.text + after.text, before.runs + runs, before.level)


def paragraphs(blocks: Iterable[Block]) -> tuple[Paragraph, ...]:
    """Return the paper's paragraphs in reading order; a grid ends the paragraph before it and is left out."""
    found: list[Paragraph] = []
    open_ = False
    for block in blocks:
        if not isinstance(block, Line):
            open_ = False
            continue
        paragraph = unmarked(block)
        if (
            not paragraph.text.strip()
            or _FURNITURE.fullmatch(paragraph.text)
            or _CONTENTS.fullmatch(paragraph.text)
        ):
            continue
        if open_ and goes_on(found[-1], paragraph):
            found[-1] = joined(found[-1], paragraph)
        else:
            found.append(paragraph)
        open_ = True
    return tuple(found)


# ---------------------------------------------------------------- run-on text


def cut(paragraph: Paragraph, offsets: list[int]) -> Iterator[Paragraph]:
    """Yield the pieces of a paragraph between `offsets`."""
    for start, end in zip([0, *offsets], [*offsets, len(paragraph.text)], strict=True):
        lead = start + len(paragraph.text[start:end]) - len(paragraph.text[start:end].lstrip())
        text = paragraph.text[lead:end].rstrip()
        if not text:
            continue
        inside = [run for run in paragraph.runs if lead < run.at < end]
        first = max((run for run in paragraph.runs if run.at <= lead), key=lambda run: run.at)
        runs = (
            Run(0, first.place, first.start + lead - first.at),
            *(replace(r, at=r.at - lead) for r in inside),
        )
        yield Paragraph(text, runs, paragraph.level)


def unrolled(listed: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """Return paragraphs cut at the headings that a run-on text holds.

    When no line begins with a heading of its own.
    """
    if any((n := numbered(p.text)) and n[0] == 1 for p in listed):
        return listed
    return tuple(piece for p in listed for piece in cut(p, [n for n in chapter_offsets(p.text) if n]))


# ---------------------------------------------------------------- paragraphs to sections


def heading(paragraph: Paragraph) -> tuple[Section, int] | None:
    """Return the section that a paragraph opens and the offset of its body, None when it opens none."""
    number = numbered(paragraph.text)
    if number is None:
        if paragraph.level is None or len(paragraph.text) > TITLE_MAX:
            return None
        return Section(None, paragraph.text.strip(" :：。"), max(1, min(5, paragraph.level))), len(
            paragraph.text
        )
    level, printed, begin = number
    rest = paragraph.text[begin:]
    title, body = titled(rest)
    if not title and level > 2:
        return None
    return Section(printed, title or rest[:TITLE_MAX].strip(), level), begin + body


def titled(rest: str) -> tuple[str, int]:
    """Split what follows a number into title and the offset of the body.

    An empty title when there is none.
    """
    stop = _TITLE_END.search(rest)
    end = stop.start() if stop else len(rest)
    scored = _SCORED.search(rest)
    if scored and 0 < scored.start() < end:
        return rest[: scored.start()].strip(), 0
    if end <= TITLE_MAX and not re.search(r"[，,]", rest[:end]):
        return rest[:end].strip(), (stop.end() if stop else end)
    return "", 0


def narrate(blocks: Iterable[Block]) -> Narrative:
    """Return a paper's running text by sections. Never raises."""
    listed = unrolled(paragraphs(blocks))
    body, tail = unsigned(listed)
    front: list[Paragraph] = []
    parts: list[Part] = []
    for paragraph in body:
        opened = heading(paragraph)
        if opened is not None and (parts or opened[0].number):
            section, begin = opened
            own = tuple(cut(paragraph, [begin]))[1:] if 0 < begin < len(paragraph.text) else ()
            parts.append(Part(section, paragraph.place(), paragraph, own))
        elif parts:
            parts[-1] = replace(parts[-1], body=(*parts[-1].body, paragraph))
        else:
            front.append(paragraph)
    return Narrative(listed, tuple(front), tuple(map(_filled, parts)), tail)


def _filled(part: Part) -> Part:
    return replace(part, section=replace(part.section, text="\n".join(p.text for p in part.body)))


def unsigned(listed: tuple[Paragraph, ...]) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Split off what follows the last section: the signature with its date, and the list of annexes."""
    end = len(listed)
    while end > 1 and ANNEX.fullmatch(listed[end - 1].text):
        end -= 1
    for k in range(max(1, end - 3), end):
        rest = listed[k:end]
        short = all(len(p.text) <= TITLE_MAX and not numbered(p.text) and "。" not in p.text for p in rest)
        if short and any(_DATE.fullmatch(re.sub(r"\s", "", p.text)) for p in rest):
            return listed[:k], listed[k:]
    return listed[:end], listed[end:]


def section_places(narrative: Narrative) -> dict[str, Place]:
    """Return where each section begins, by field path."""
    return {f"sections.{k}": part.place for k, part in enumerate(narrative.parts)}


def sections(narrative: Narrative) -> tuple[Section, ...]:
    """Return the sections in reading order."""
    return tuple(part.section for part in narrative.parts)
