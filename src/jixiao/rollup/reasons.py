"""扣分原因: the kinds of reason that tables give for points lost, told by words that stand in a file."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jixiao.model.figure import tidy

OTHER, NONE = "其他原因", "没有写原因"
_EMPTY = frozenset({"", "无", "暂无", "-", "—", "——", "/", "不适用"})
_FEW = 3


@dataclass(frozen=True, slots=True)
class Short:
    """A row that lost points: its project, what it is called, and the reason as printed; None where none is."""

    project: str
    row: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Grouped:
    """A kind of reason: how many rows, in how many projects, and some of the reasons in their own words."""

    kind: str
    rows: int
    projects: int
    told: tuple[str, ...]


def kind_of(reason: str | None) -> str:
    """Return the kind of a reason: the first of the file that has a word of it."""
    plain = tidy(reason or "")
    if plain.strip("。；;") in _EMPTY:
        return NONE
    return next((name for name, words in _kinds().items() if any(word in plain for word in words)), OTHER)


@cache  # the file comes with jixiao and doesn't change while it runs: decision 0010
def _kinds() -> Mapping[str, tuple[str, ...]]:
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["kind"]
    return {one["name"]: tuple(one["words"]) for one in told}


def group(rows: Iterable[Short]) -> tuple[Grouped, ...]:
    """Group rows by the kind of their reasons, the most frequent first, those without a reason last."""
    held: dict[str, list[Short]] = {}
    for row in rows:
        held.setdefault(kind_of(row.reason), []).append(row)
    ranked = sorted(held.items(), key=lambda item: (item[0] == NONE, -len(item[1])))
    return tuple(_grouped(kind, found) for kind, found in ranked)


def _grouped(kind: str, rows: list[Short]) -> Grouped:
    told = dict.fromkeys(row.reason for row in rows if row.reason and kind != NONE)
    return Grouped(kind, len(rows), len({row.project for row in rows}), tuple(told)[:_FEW])
