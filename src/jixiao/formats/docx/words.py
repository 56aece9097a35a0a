"""The letters of a paragraph one by one, and its runs cut between two of them: what comments and revisions stand on."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from jixiao.formats.docx.paragraph import SKIPPED
from jixiao.formats.markup import Element, child_of, local

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ASIDE = SKIPPED | {"txbxContent", "object", "pict", "drawing", "AlternateContent"}
_DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: the text element that holds it, and where in it."""

    holder: Element
    at: int


def tag(name: str) -> str:
    """Name an element or attribute of a document with its namespace."""
    return f"{{{MAIN}}}{name}"


def letters_of(paragraph: Element) -> tuple[str, list[Letter]]:
    """Return what a paragraph says, and for each letter where it stands; its text boxes are left out."""
    letters = list(_letters(paragraph, 0))
    return "".join(letter.holder.text[letter.at] for letter in letters), letters


def _letters(element: Element, depth: int) -> Iterator[Letter]:
    for child in element:
        kind = local(child)
        if kind == "t":
            yield from (Letter(child, at) for at in range(len(child.text or "")))
        elif kind not in _ASIDE and depth < _DEEPEST:
            yield from _letters(child, depth + 1)


def is_plain(letter: Letter, paragraph: Element) -> bool:
    """Tell whether a letter stands in a run of the paragraph itself: in no link, field or earlier insertion."""
    run = letter.holder.getparent()
    return local(run) == "r" and run.getparent() is paragraph


def outer(letter: Letter, paragraph: Element) -> Element:
    """Return the child of the paragraph that holds a letter."""
    element = letter.holder
    while element.getparent() is not paragraph:
        element = element.getparent()
    return element


def cut(paragraph: Element, at: int) -> None:
    """Cut the run at a letter, by its number, so that a run begins there; each part keeps its looks.

    Nothing is cut in links and fields, nor before the first letter or behind the last.
    """
    letters = letters_of(paragraph)[1]
    if not 0 < at < len(letters) or not is_plain(letters[at], paragraph):
        return
    letter = letters[at]
    run = letter.holder.getparent()
    if outer(letters[at - 1], paragraph) is not run:
        return
    later = run.makeelement(run.tag, dict(run.attrib))
    run.addnext(later)
    later.extend(deepcopy(child) for child in run if local(child) == "rPr")
    behind = list(letter.holder.itersiblings())
    if letter.at:
        text = letter.holder.text
        _say(letter.holder, text[: letter.at])
        _say(child_of(later, letter.holder.tag), text[letter.at :])
    else:
        later.append(letter.holder)
    later.extend(behind)


def _say(holder: Element, text: str) -> None:
    holder.text = text
    holder.set(SPACE, "preserve")


def paragraphs_of(cell: Element) -> list[Element]:
    """Return the paragraphs of a cell, without those of tables and text boxes inside; a paragraph is its own."""
    if local(cell) == "p":
        return [cell]
    return [p for p in cell.iter(tag("p")) if next(p.iterancestors(tag("tc"), tag("txbxContent"))) is cell]
