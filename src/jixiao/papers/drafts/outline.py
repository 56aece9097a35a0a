"""The outlines of reports (提纲) as data: outlines/<id>.toml, and which one a rule-book's region asks for."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from jixiao.errors import UnknownNameError
from jixiao.schemes.scheme import Scheme

_FOLDER = Path(__file__).parent.parent / "outlines"
GENERAL, EVALUATION = "o-self", "o-eval"


class Scope(StrEnum):
    """What a report is about: one project, or several of a department."""

    PROJECT = "project"
    DEPARTMENT = "department"


@dataclass(frozen=True, slots=True)
class Part:
    """One heading: its level (1 for 一、, 2 for （一）, 3 for 1.), its words, and what is told below it, by name."""

    level: int
    title: str
    tells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """One outline: `says` is its Chinese name, `suffix` the end of the title.

    `regions` are the first words of the regions that print it; `verified` whether somebody has read the issued text;
    `signed` whether the unit that is told of signs it.
    """

    id: str
    says: str
    scope: Scope
    suffix: str
    source: str
    verified: bool
    regions: tuple[str, ...]
    signed: bool
    parts: tuple[Part, ...]


def load_outline(name: str) -> Outline:
    """Return the outline called `name` (o-gs); UnknownNameError lists what there is."""
    stem = name.lower()
    if stem not in list_outlines():
        raise UnknownNameError(f"没有名为“{name}”的报告提纲。现有：{'、'.join(list_outlines())}。")
    return outline_of(stem, tomllib.loads((_FOLDER / f"{stem}.toml").read_text(encoding="utf-8")))


def outline_of(name: str, data: Mapping[str, Any]) -> Outline:
    """Return the outline that a TOML file holds; `name` is the file's stem."""
    return Outline(
        id=name, says=data["says"], scope=Scope(data["scope"]), suffix=data["suffix"],
        source=data["source"], verified=data["verified"], regions=tuple(data.get("regions", ())),
        signed=data.get("signed", True),
        parts=tuple(Part(level, title, tuple(tells)) for level, title, *tells in data["parts"]),
    )  # fmt: skip


def list_outlines() -> tuple[str, ...]:
    """Return the names of all outlines."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def outline_for(scheme: Scheme) -> str:
    """Return the outline that the region of a rule-book asks for, the general one where none does."""
    for name in list_outlines():
        outline = load_outline(name)
        if outline.scope is Scope.PROJECT and any(map(scheme.region.startswith, outline.regions)):
            return name
    return EVALUATION if "evaluation_report" in scheme.match.kinds else GENERAL
