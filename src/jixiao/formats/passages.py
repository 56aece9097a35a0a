"""Texts of an office file as they lie in the elements of its parts, to be changed character for character."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jixiao.formats.markup import Element
from jixiao.layout import Place

Node = tuple[
    Element | None, str
]  # None for a character that no element's text holds: a tab, a paragraph's end


@dataclass(slots=True)
class Passage:
    """One text: where it stands, and the elements whose texts make it up, in order."""

    place: Place
    nodes: list[Node]

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(own for _, own in self.nodes)

    def become(self, text: str) -> None:
        """Let another text of the same length stand here; every element keeps its share, and so its looks."""
        at = 0
        for element, own in self.nodes:
            if element is not None:
                element.text = text[at : at + len(own)]
            at += len(own)


def nodes_of(elements: Iterable[Element]) -> list[Node]:
    """Return elements as nodes with their texts."""
    return [(element, str(element.text or "")) for element in elements]


def change(passages: Iterable[Passage], texts: Mapping[Place, str]) -> bool:
    """Let the passages at some places have other texts of the same length; tell whether any was there."""
    changed = False
    for passage in passages:
        text = texts.get(passage.place)
        if text is not None and len(text) == len(passage.text):
            passage.become(text)
            changed = True
    return changed
