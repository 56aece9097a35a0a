"""Automatic numbers of paragraphs (一、 （一） 1.): not in the text, but counted as Word does."""

from dataclasses import dataclass, field

from jixiao.formats.counting import counted_as
from jixiao.formats.intake import whole_number
from jixiao.formats.markup import Element, attribute, found, local

SILENT = frozenset({"bullet", "none"})
LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts, its text such as "（%1）", where it starts."""

    counts: str
    text: str
    start: int
    plain_digits: bool


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # by abstract list
    lists: dict[str, str] = field(default_factory=dict)  # list id -> abstract list
    restarts: dict[str, dict[int, int]] = field(
        default_factory=dict
    )  # list id -> level -> where it starts anew
    counted: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def next(self, list_id: str, level: int) -> str:
        """Count one paragraph and give its number as printed, "" for bullets and for lists not there."""
        abstract = self.lists.get(list_id)
        levels = self.levels.get(abstract or "", {})
        here = levels.get(level)
        if abstract is None or here is None:
            return ""
        counted = self.counted.setdefault(abstract, {})
        if list_id not in self.begun:
            self.begun.add(list_id)
            counted.update({at: start - 1 for at, start in self.restarts.get(list_id, {}).items()})
        counted[level] = counted.get(level, here.start - 1) + 1
        for deeper in [deeper for deeper in counted if deeper > level]:
            del counted[deeper]
        return "" if here.counts in SILENT else _filled(here, levels, counted)


def parse_numbering(root: Element) -> Numbering:
    """Read numbering.xml."""
    numbering = Numbering()
    for entry in root:
        if local(entry) == "abstractNum":
            levels = (child for child in entry if local(child) == "lvl")
            numbering.levels[attribute(entry, "abstractNumId") or ""] = dict(map(_level, levels))
        elif local(entry) == "num":
            _list(numbering, entry)
    return numbering


def value_of(parent: Element | None, *names: str) -> str | None:
    """Read the w:val of the element at a path; "" where it has none, None where there is no element."""
    element = found(parent, *names) if parent is not None else None
    return None if element is None else attribute(element, "val") or ""


def values(properties: Element | None) -> dict[str, str]:
    """Read the w:val of every child of a property list at once; "" where a child has none."""
    if properties is None:
        return {}
    return {local(child): attribute(child, "val") or "" for child in properties}


def _list(numbering: Numbering, entry: Element) -> None:
    list_id = attribute(entry, "numId") or ""
    numbering.lists[list_id] = value_of(entry, "abstractNumId") or ""
    for override in entry:
        start = value_of(override, "startOverride")
        if local(override) == "lvlOverride" and start is not None:
            level = whole_number(attribute(override, "ilvl"), 0)
            numbering.restarts.setdefault(list_id, {})[level] = whole_number(start, 1)


def _level(entry: Element) -> tuple[int, Level]:
    level = Level(
        counts=value_of(entry, "numFmt") or "decimal",
        text=(value_of(entry, "lvlText") or "")[:60],
        start=whole_number(value_of(entry, "start"), 1),
        plain_digits=value_of(entry, "isLgl") is not None,
    )
    return whole_number(attribute(entry, "ilvl"), 0), level


def _filled(here: Level, levels: dict[int, Level], counted: dict[int, int]) -> str:
    text = here.text
    for index in range(LEVELS):
        mark = f"%{index + 1}"
        if mark not in text or index not in levels:
            continue
        counts = "decimal" if here.plain_digits else levels[index].counts
        text = text.replace(mark, counted_as(counts, counted.get(index, levels[index].start)))
    return text
