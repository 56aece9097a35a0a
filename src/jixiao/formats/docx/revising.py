"""Other words put into a user's document as tracked changes, which Word and WPS accept or reject one by one."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from jixiao.formats.docx.remarks import Numbers
from jixiao.formats.docx.words import SPACE, cut, is_plain, letters_of, outer, paragraphs_of, tag
from jixiao.formats.markup import Element, child_of, found, local
from jixiao.formats.notes import bare, quotation, span_of


@dataclass(slots=True)
class Hand:
    """Who changes the document and when, and the numbers that are free for changes."""

    author: str
    date: str
    numbers: Numbers

    def mark(self, parent: Element, kind: str) -> Element:
        """Return a new ins or del, not yet in its place."""
        one = parent.makeelement(tag(kind))
        one.set(tag("id"), str(self.numbers.next_other()))
        one.set(tag("author"), self.author)
        one.set(tag("date"), self.date)
        return one


def revise(where: Sequence[Element], quoted: str, change: tuple[str, str], hand: Hand) -> bool:
    """Strike words out and put others beside them.

    Args:
        where: the cell or paragraphs in which they stand.
        quoted: the sentence in which they stand, "" where it is the whole.
        change: the old words, "" for an empty cell, and the new ones.
        hand: who does it.

    Returns:
        whether it was done: only where it is clear where the old words stand, and no link or field holds them.
    """
    old, new = change
    paragraphs = [paragraph for element in where for paragraph in paragraphs_of(element)]
    if not bare(old):
        return _filled(paragraphs, new, hand)
    spans = [(p, span) for p in paragraphs if (span := _span(p, quoted, old)) is not None]
    if len(spans) != 1:
        return False
    paragraph, (start, end) = spans[0]
    letters = letters_of(paragraph)[1]
    if not all(is_plain(letter, paragraph) for letter in letters[start:end]):
        return False
    _replace(paragraph, (start, end), new, hand)
    return True


def _span(paragraph: Element, quoted: str, old: str) -> tuple[int, int] | None:
    """Return where the old words stand in a paragraph: in the quoted sentence if it is there."""
    text = letters_of(paragraph)[0]
    sentence = quotation(text, quoted) if quoted else None
    if sentence is not None:
        span = span_of(text[sentence[0] : sentence[1]], old)
        if span is not None:
            return span[0] + sentence[0], span[1] + sentence[0]
    return span_of(text, old)


def _filled(paragraphs: Sequence[Element], new: str, hand: Hand) -> bool:
    """Put words into an empty cell."""
    if not paragraphs or any(bare(letters_of(p)[0]) for p in paragraphs):
        return False
    first = paragraphs[0]
    insertion = hand.mark(first, "ins")
    _run(insertion, new, found(first, "pPr", "rPr"))
    first.append(insertion)
    return True


def _replace(paragraph: Element, span: tuple[int, int], new: str, hand: Hand) -> None:
    start, end = span
    cut(paragraph, end)
    cut(paragraph, start)
    letters = letters_of(paragraph)[1][start:end]
    runs = list(dict.fromkeys(outer(letter, paragraph) for letter in letters))
    looks = found(runs[0], "rPr")
    insertion = hand.mark(paragraph, "ins")
    _run(insertion, new, looks)
    for run in runs:
        _strike(run, hand)
    runs[-1].getparent().addnext(insertion)


def _strike(run: Element, hand: Hand) -> None:
    deletion = hand.mark(run, "del")
    run.addprevious(deletion)
    deletion.append(run)
    for text in _texts(run):
        text.tag = tag("delText")
        text.set(SPACE, "preserve")


def _texts(run: Element) -> Iterator[Element]:
    return (child for child in list(run) if local(child) == "t")


def _run(parent: Element, words: str, looks: Element | None) -> None:
    run = child_of(parent, tag("r"))
    if looks is not None:
        own = child_of(run, tag("rPr"))
        own.extend(deepcopy(child) for child in looks if local(child) not in {"ins", "del", "rPrChange"})
    text = child_of(run, tag("t"))
    text.text = words
    text.set(SPACE, "preserve")
