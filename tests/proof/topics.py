"""What the made-up projects are about: the words of a dozen kinds of project, from topics.toml. Data only."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("topics.toml")


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator that belongs to a kind of project.

    `level2` is the class under 财预〔2020〕10号; `sign` "" means words: then `target` and `actual` are the cells. Figures
    lie in low..high; `clause` says it in a sentence with {} for the figure and its unit (养护村道{}), empty where a goal
    doesn't speak of it; `evidence` is where the figure comes from.
    """

    level2: str
    name: str
    sign: str = ""
    unit: str = ""
    low: int = 0
    high: int = 0
    clause: str = ""
    target: str = ""
    actual: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A kind of project: its names, the offices that run it, its own words and its indicators.

    `noun` is what it is about (村道), `served` whom it serves (沿线群众), `basis` the local document it rests on, `uses`
    what the money is spent on, `deeds` what was done (sentences without figures), `problems` pairs of a problem that costs
    no points and the suggestion for it, `reasons` why a result stays behind or exceeds, by the kind of miss.
    """

    key: str
    names: tuple[str, ...]
    office: str
    centre: str
    noun: str
    served: str
    basis: str
    purpose: str
    uses: tuple[str, ...]
    deeds: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]
    late: tuple[tuple[str, str], ...]
    measures: tuple[Measure, ...]


@cache
def topics() -> tuple[Topic, ...]:
    """All kinds of project."""
    return tuple(_topic(data) for data in tomllib.loads(_FILE.read_text("utf-8"))["topic"])


def _topic(data: dict[str, object]) -> Topic:
    measures = tuple(Measure(**row) for row in data.pop("measures"))  # type: ignore[attr-defined]
    fields = {key: _tupled(value) for key, value in data.items()}
    return Topic(measures=measures, **fields)


def _tupled(value: object) -> object:
    return tuple(map(_tupled, value)) if isinstance(value, list) else value
