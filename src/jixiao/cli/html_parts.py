"""Elements of a page: text becomes text and never markup, because a tree is built and written, not a string."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, tostring

from jixiao.cli.naming import clean

Child = Element | str


def el(tag: str, *children: Child, attributes: dict[str, str] | None = None) -> Element:
    """Return an element with its children in their order; text is cleaned of control characters."""
    made = Element(tag, {name: clean(value) for name, value in (attributes or {}).items() if value})
    for child in children:
        if isinstance(child, str):
            _add_text(made, clean(child))
        else:
            made.append(child)
    return made


def styled(tag: str, style: str, *children: Child) -> Element:
    """Return an element of a class."""
    return el(tag, *children, attributes={"class": style})


def raw(tag: str, text: str) -> Element:
    """Return a style or script element, whose text is written as it is; it must be our own."""
    made = Element(tag)
    made.text = text
    return made


def document(head: Sequence[Element], body: Sequence[Element]) -> str:
    """Return the whole page."""
    root = el("html", el("head", *head), el("body", *body), attributes={"lang": "zh-CN"})
    return f"<!DOCTYPE html>\n{tostring(root, encoding='unicode', method='html')}\n"


def _add_text(made: Element, text: str) -> None:
    if len(made):
        made[-1].tail = (made[-1].tail or "") + text
    else:
        made.text = (made.text or "") + text
