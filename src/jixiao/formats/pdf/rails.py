"""Rules that belong together: strokes within a few points are one rail, rails that touch make a frame.

A rail has a place, a beginning and an end. Rails that touch none across their way (underlines, the rules of
a three-line table) stay loose.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from jixiao.formats.pdf.ink import Rule

NEAR = 3.0  # points: strokes not further apart are one rail (double lines, shifted cells)
GAP = 4.0  # points: a break not longer is none (dashes, cells drawn one by one)
TOUCH = 3.5  # points: a rail ending so near another touches it


class Rail(NamedTuple):
    """A rule made of strokes: where it stands, where it begins and ends."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Web:
    """Rails that hang together, across and down, each in the order of their places."""

    across: list[Rail] = field(default_factory=list)
    down: list[Rail] = field(default_factory=list)


def rails(rules: Iterable[Rule]) -> list[Rail]:
    """Join strokes into rails, ordered by place and beginning; those of nearly one place get the same."""
    found: list[Rail] = []
    group: list[Rule] = []
    for rule in sorted(rules):
        if group and rule[0] - group[0][0] > NEAR:
            found += _joined(group)
            group = []
        group.append(rule)
    return found + _joined(group)


def _joined(group: Sequence[Rule]) -> list[Rail]:
    """Join strokes of nearly one place, which is that of the longest."""
    if not group:
        return []
    at = max(group, key=lambda rule: rule[2] - rule[1])[0]
    found: list[Rail] = []
    start = end = min(rule[1] for rule in group)
    for _, begins, ends in sorted(group, key=lambda rule: rule[1]):
        if begins - end > GAP:
            found.append(Rail(at, start, end))
            start = begins
        end = max(end, ends)
    return [*found, Rail(at, start, end)]


def webs(across: Sequence[Rail], down: Sequence[Rail]) -> tuple[list[Web], list[Rail]]:
    """Part the rails into webs of those that touch, from the top down, and the loose rails that run across."""
    owner = list(range(len(across) + len(down)))
    ats = [rail.at for rail in across]
    for d, rail in enumerate(down, len(across)):
        for a in range(bisect_left(ats, rail.start - TOUCH), bisect_right(ats, rail.end + TOUCH)):
            if across[a].start - TOUCH <= rail.at <= across[a].end + TOUCH:
                _unite(owner, a, d)
    made: dict[int, Web] = {}
    for k, rail in enumerate((*across, *down)):
        web = made.setdefault(_root(owner, k), Web())
        (web.across if k < len(across) else web.down).append(rail)
    found = [web for web in made.values() if web.across and web.down]
    loose = [web.across[0] for web in made.values() if not web.down]
    return sorted(found, key=lambda web: web.across[0].at), loose


def _root(owner: list[int], k: int) -> int:
    while owner[k] != k:
        owner[k] = owner[owner[k]]
        k = owner[k]
    return k


def _unite(owner: list[int], one: int, other: int) -> None:
    owner[_root(owner, other)] = _root(owner, one)
