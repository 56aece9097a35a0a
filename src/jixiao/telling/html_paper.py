"""The left side of the page: the papers of a filing, drawn, a ring and a letter at every cell with a finding."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from jixiao.model.finding import FieldPath, Finding, Severity
from jixiao.model.reading import Reading
from jixiao.telling.done import Done
from jixiao.telling.drawing import DrawnTable, DrawnText, Spot, drawn
from jixiao.telling.html_parts import Child, el
from jixiao.telling.marking import Marks, Numbered, Quoted, marks_of
from jixiao.telling.naming import KINDS, sheet_words

LETTERS = {Severity.ERROR: "错", Severity.WARNING: "核", Severity.NOTE: "提"}
_GRAVEST = tuple(Severity)
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws one paper of the review `key`: its marks, and the review's findings, numbered from 1."""

    marks: Marks
    findings: Sequence[Finding]
    key: str

    def mark(self, tag: str, numbers: Sequence[int], *children: Child) -> Element:
        """Return an element, ringed and lettered where findings stand at it."""
        if not numbers:
            return el(tag, *children)
        first = numbers[0]
        attributes = {
            "class": f"m {self.gravest(numbers)}",
            "id": f"{self.key}m{first}",
            "data-to": f"{self.key}f{first}",
        }
        return el(tag, *(self.letter(number) for number in numbers), *children, attributes=attributes)

    def letter(self, number: int) -> Element:
        """Return the letter and number of a finding, a link to it."""
        severity = self.findings[number - 1].severity
        target = f"{self.key}f{number}"
        attributes = {"class": f"letter {severity.value}", "href": f"#{target}", "data-to": target}
        return el("a", f"{LETTERS[severity]}{number}", attributes=attributes)

    def gravest(self, numbers: Sequence[int]) -> str:
        """Return the class of the gravest of some findings."""
        levels = {self.findings[number - 1].severity for number in numbers}
        return next(severity.value for severity in _GRAVEST if severity in levels)


def paper_pane(one: Done, found: Sequence[Numbered], key: str) -> Element:
    """Return the papers of a review, the one it is called after first."""
    filing = one.review.filing
    order = sorted(range(len(filing.readings)), key=lambda at: at != (filing.main or 0))
    findings = [finding for _, finding in found]
    parts = [
        part
        for at in order
        for part in _paper(filing.readings[at], [(n, f) for n, f in found if f.paper == at], findings, key)
    ]
    return el("div", *parts, attributes={"class": "paper", "tabindex": "0"})


def anchors_of(one: Done, found: Sequence[Numbered]) -> dict[int, int]:
    """Return for each finding the number whose mark on the paper it shares."""
    anchors: dict[int, int] = {}
    for at, reading in enumerate(one.review.filing.readings):
        marks = marks_of(reading, drawn(reading.record), [(n, f) for n, f in found if f.paper == at])
        shared = [*marks.cells.values(), *(q.numbers for qs in marks.words.values() for q in qs), marks.whole]
        anchors |= {number: numbers[0] for numbers in shared for number in numbers}
    return anchors


def _paper(
    reading: Reading, own: Sequence[Numbered], findings: Sequence[Finding], key: str
) -> Iterator[Element]:
    parts = drawn(reading.record)
    pen = Pen(marks_of(reading, parts, own), findings, key)
    title = "　".join(word for word in (KINDS[reading.kind], reading.file, sheet_words(reading)) if word)
    yield pen.mark("h3", pen.marks.whole, title)
    for part in parts:
        yield from _table(pen, part) if isinstance(part, DrawnTable) else _text(pen, part)


def _table(pen: Pen, part: DrawnTable) -> Iterator[Element]:
    numbers = _once(pen, part.where) if part.where not in _cells(part) else ()
    if part.title or numbers:
        yield pen.mark("h4", numbers, part.title or "本表")
    yield el("table", *(el("tr", *(_cell(pen, spot) for spot in row)) for row in part.rows))


def _cells(part: DrawnTable) -> set[FieldPath]:
    return {spot.where for row in part.rows for spot in row}


def _cell(pen: Pen, spot: Spot) -> Element:
    return pen.mark("th" if spot.head else "td", _once(pen, spot.where), spot.text)


def _once(pen: Pen, where: FieldPath) -> Sequence[int]:
    """Return the findings at a field, the first time that it is drawn."""
    return pen.marks.cells.pop(where, ()) if where else ()


def _text(pen: Pen, part: DrawnText) -> Iterator[Element]:
    numbers = _once(pen, part.where)
    if part.title or numbers:
        tag = "h4" if part.level < _DEEPEST else "p"
        yield pen.mark(tag, numbers, part.title or "本段")
    if part.text:
        yield el("p", *_words(pen, part.text, pen.marks.words.get(part.where, ())))


def _words(pen: Pen, text: str, quoted: Sequence[Quoted]) -> Iterator[Child]:
    at = 0
    for words in quoted:
        yield text[at : words.start]
        yield pen.mark("mark", words.numbers, text[words.start : words.end])
        at = words.end
    yield text[at:]
