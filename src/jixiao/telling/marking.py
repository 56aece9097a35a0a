"""Which cell of a drawn paper, and which words of its text, each finding belongs to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jixiao.model.finding import FieldPath, Finding
from jixiao.model.reading import Reading
from jixiao.telling.drawing import Drawn, DrawnTable, DrawnText
from jixiao.telling.naming import clean

ENOUGH = 12  # characters of a quotation that find its sentence where the whole of it doesn't
Numbered = tuple[int, Finding]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a text, by their offsets, and the findings that they belong to."""

    start: int
    end: int
    numbers: tuple[int, ...]


@dataclass(slots=True)
class Marks:
    """The numbers of the findings by the cell, table or heading they stand at, and by the words they quote."""

    cells: dict[FieldPath, list[int]] = field(default_factory=dict)
    words: dict[FieldPath, list[Quoted]] = field(default_factory=dict)
    whole: list[int] = field(default_factory=list)


def marks_of(reading: Reading, parts: Sequence[Drawn], findings: Iterable[Numbered]) -> Marks:
    """Return where on a drawn paper its findings belong; what has no cell of its own goes to the nearest above."""
    fields = _fields(parts)
    texts = [part for part in parts if isinstance(part, DrawnText)]
    marks = Marks()
    for number, finding in findings:
        if _mark_words(marks, reading, texts, (number, finding)):
            continue
        where = _nearest(finding.where, fields)
        if where:
            marks.cells.setdefault(where, []).append(number)
        else:
            marks.whole.append(number)
    return marks


def _fields(parts: Sequence[Drawn]) -> dict[FieldPath, None]:
    """Return every field that has a cell, in the order of the page; then the tables and headings."""
    cells = [s.where for p in parts if isinstance(p, DrawnTable) for row in p.rows for s in row if s.where]
    return dict.fromkeys([*cells, *(part.where for part in parts if part.where)])


def _nearest(where: FieldPath, fields: dict[FieldPath, None]) -> FieldPath:
    """Return the field itself, the most telling inside it, or the nearest above it; empty where there is none."""
    path = where
    while path:
        for told in (path, f"{path}.level4", f"{path}.level3", f"{path}.name", f"{path}.label"):
            if told in fields:
                return told
        inside = next((known for known in fields if known.startswith(f"{path}.")), "")
        if inside:
            return inside
        path = path.rpartition(".")[0]
    return ""


def _mark_words(marks: Marks, reading: Reading, texts: Sequence[DrawnText], numbered: Numbered) -> bool:
    """Mark the words that a finding quotes, in its own section first; tell whether they were found."""
    number, finding = numbered
    if not finding.where.startswith(("sections", "claims")):
        return False
    own = [text for text in texts if f"{finding.where}.".startswith(f"{text.where}.")]
    for text in (*own, *(text for text in texts if text not in own)):
        for words in _needles(reading, finding):
            start = text.text.find(words)
            if start >= 0:
                _add(marks.words.setdefault(text.where, []), start, start + len(words), number)
                return True
    return False


def _needles(reading: Reading, finding: Finding) -> list[str]:
    """Return what to look for: the quotation, the claim's own sentence, and the beginnings of both."""
    head, _, rest = finding.where.partition(".")
    claims = getattr(reading.record, "claims", ())
    at = rest.partition(".")[0]
    claim = claims[int(at)].quoted if head == "claims" and at.isdigit() and int(at) < len(claims) else ""
    whole = [words for words in (clean(finding.quoted).rstrip("…"), clean(claim)) if words]
    return [*whole, *(words[:ENOUGH] for words in whole if len(words) > ENOUGH)]


def _add(quoted: list[Quoted], start: int, end: int, number: int) -> None:
    """Add words to those of a text; where they run into others, the findings share one mark."""
    touching = [q for q in quoted if q.start < end and start < q.end]
    for other in touching:
        quoted.remove(other)
    numbers = tuple(dict.fromkeys((*(n for q in touching for n in q.numbers), number)))
    ends = [(q.start, q.end) for q in touching] + [(start, end)]
    quoted.append(Quoted(min(a for a, _ in ends), max(b for _, b in ends), numbers))
    quoted.sort(key=lambda q: q.start)
