"""XML parts of office files: no entities, no network, no DTD, and only one piece held at a time."""

from collections.abc import Iterator
from typing import Any, Protocol

from lxml import etree

from jixiao.formats.intake import CHUNK, LIMITS
from jixiao.formats.parts import DOCTYPES, PartReader, damaged

Element = Any  # lxml ships no types

SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
}


class Source(Protocol):
    """A part to be parsed: a PartReader, or what thins one."""

    name: str

    def read(self, size: int) -> bytes:
        """Read up to `size` bytes."""

    def release(self) -> None:
        """Begin counting anew."""


def walk(
    part: Source, tags: tuple[str, ...], events: tuple[str, ...] = ("end",)
) -> Iterator[tuple[str, Element]]:
    """Yield (event, element) for the named local tags, in any namespace, as the part is parsed.

    Raises:
        UnreadableError: damaged XML, a DOCTYPE, or a cap.
    """
    parser = etree.XMLPullParser(events, tag=[f"{{*}}{tag}" for tag in tags], **SAFE)
    try:
        while chunk := part.read(CHUNK):
            parser.feed(chunk)
            yield from parser.read_events()
        parser.close()
        yield from parser.read_events()
    except etree.LxmlError as error:
        raise damaged(part.name) from error


def tree(part: PartReader) -> Element:
    """Parse a small part whole.

    Raises:
        UnreadableError: damaged XML, a DOCTYPE, or a cap.
    """
    try:
        root = etree.fromstring(part.read(LIMITS.ratio_from), etree.XMLParser(**SAFE))
    except (etree.LxmlError, ValueError) as error:
        raise damaged(part.name) from error
    if root.getroottree().docinfo.doctype or root is None:
        raise damaged(part.name)
    return root


def let_go(element: Element, part: Source) -> None:
    """Free an element that has been read, and the emptied ones before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and parent[0] is not element:
        del parent[0]
    part.release()


def local(element: Element) -> str:
    """Name an element without its namespace: the strict and the usual dialect differ only there."""
    tag: str = element.tag if type(element.tag) is str else ""  # an entity left as it stands has no name
    return tag[tag.find("}") + 1 :]


def attribute(element: Element, name: str) -> str | None:
    """Read an attribute by its local name, in whatever namespace it stands."""
    value = element.get(name)
    if value is not None:
        return str(value)
    for key, text in element.items():
        if key.rpartition("}")[2] == name:
            return str(text)
    return None


def found(element: Element, *names: str) -> Element | None:
    """Follow a path of local names down the first children of each name."""
    for name in names:
        element = next(element.iterchildren(f"{{*}}{name}"), None)
        if element is None:
            return None
    return element


def children(element: Element, *names: str) -> list[Element]:
    """List what stands under a path of local names, nothing when the path leads nowhere."""
    inner = found(element, *names)
    return [] if inner is None else list(inner)


def parsed(data: bytes, name: str) -> Element:
    """Parse a part that is to be written again: its comments and instructions stay.

    Raises:
        UnreadableError: damaged XML, a DOCTYPE, or a cap.
    """
    if len(data) > LIMITS.markup_bytes or any(mark in data for mark in DOCTYPES):
        raise damaged(name)
    try:
        return etree.fromstring(
            data, etree.XMLParser(**{**SAFE, "remove_comments": False, "remove_pis": False})
        )
    except (etree.LxmlError, ValueError) as error:
        raise damaged(name) from error


def written(root: Element) -> bytes:
    """Write a part as office programs do, all that stands around its root too."""
    data: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def child_of(parent: Element, tag: str, *, at: int | None = None) -> Element:
    """Add an empty child at the end, or at a place among the children; `tag` has its namespace in braces."""
    child = parent.makeelement(tag)
    if at is None:
        parent.append(child)
    else:
        parent.insert(at, child)
    return child


def serialized(element: Element) -> bytes:
    """Write an element out again, with the namespaces it needs."""
    data: bytes = etree.tostring(element, encoding="utf-8", with_tail=False)
    return data
