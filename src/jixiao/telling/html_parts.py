"""Elements of a page: text becomes text and never markup, because a tree is built and written, not a string."""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from jixiao.telling.naming import clean

Child = Element | str
_HERE = Path(__file__).parent


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


def page(title: str, styles: Sequence[str], scripts: Sequence[str], body: Sequence[Element]) -> str:
    """Return a page that needs nothing else, with the named files of this package as its style and script.

    It opens without a network: these styles and scripts, by their digests, and pictures that stand in it are all that
    its policy allows.
    """
    style, script = (
        "\n".join((_HERE / name).read_text("utf-8") for name in names) for names in (styles, scripts)
    )
    digests = [b64encode(sha256(text.encode()).digest()).decode() for text in (style, script)]
    rule = (
        f"default-src 'none'; style-src 'sha256-{digests[0]}'; script-src 'sha256-{digests[1]}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    head = (
        el("meta", attributes={"charset": "utf-8"}),
        el("meta", attributes={"http-equiv": "Content-Security-Policy", "content": rule}),
        el("meta", attributes={"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        el("title", title),
        raw("style", style),
    )
    return _document(head, [*body, raw("script", script)])


def _document(head: Sequence[Element], body: Sequence[Element]) -> str:
    root = el("html", el("head", *head), el("body", *body), attributes={"lang": "zh-CN"})
    return f"<!DOCTYPE html>\n{tostring(root, encoding='unicode', method='html')}\n"


def _add_text(made: Element, text: str) -> None:
    if len(made):
        made[-1].tail = (made[-1].tail or "") + text
    else:
        made.text = (made.text or "") + text
